"""The rows of a scorecard: what is had of each figure, beside its target, bands, light and change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from esgreport.definitions.scorecards import ScoreRowDefinition
from esgreport.model import Period
from esgreport.score.customers import of_customers
from esgreport.score.material import Case, Had
from esgreport.score.sustainability import of_sustainability
from esgreport.score.targets import bands_of, is_met, light_of, target_of
from esgreport.scorecard import Point, Quality, ScoreRow, Target


@dataclass(frozen=True, slots=True)
class Made:
    """A row as it is shown, with its definition and what was had of it, for scores and actions."""

    row: ScoreRow
    plan: ScoreRowDefinition
    had: Had


def made(plan: ScoreRowDefinition, case: Case) -> Made:
    """One row from its definition."""
    had = of_customers(plan, case) if plan.customers else of_sustainability(plan, case)
    target = target_of(plan, had, case)
    bands = bands_of(plan, had, target, case)
    light, words, why = light_of(had, bands, target, case)
    now = had.points[-1] if had.points else None
    before = _year_before(had)
    change, change_good = _change(had, before, case)
    label = case.say.text(plan.label) or had.label
    row = ScoreRow(
        id=plan.id,
        group=plan.group,
        label=label,
        unit="%" if had.measure.kind == "percent" else case.say.text(plan.unit) or had.measure.symbol,
        better=cast(Literal["higher", "lower", ""], had.better),
        actual=now,
        prior=before,
        series=(*had.points, *_forecasts(plan, had, case)),
        target=target,
        bands=bands,
        light=light,
        light_words=words,
        light_why=why,
        quality=had.quality,
        quality_words=had.quality_words,
        quality_short=had.quality_short or had.quality_words,
        variance=_variance(now, target, had, case),
        variance_good=is_met(now, target.value, had.better) if now and target else None,
        change=change,
        change_good=change_good,
        owner=plan.owner,
        action=case.say.text(plan.action),
        scale=plan.scale or (had.measure.symbol or _of_shares(had)),
        missing=had.missing,
    )
    return Made(_opened(row, had), plan, had)


def _opened(row: ScoreRow, had: Had) -> ScoreRow:
    """The row with what it opens to."""
    return replace(
        row,
        definition=had.definition,
        formula=had.formula,
        reference=_reference(had, row.label),
        segments=had.segments,
        inputs=had.inputs,
        source=had.source,
        comment=had.comment,
    )


def _of_shares(had: Had) -> str:
    """The scale all shares are drawn on; what is counted without a unit has a scale of its own."""
    return "percent" if had.measure.kind == "percent" else ""


def _reference(had: Had, label: str) -> str:
    """Where the figure is from, with its own name there where the row has a shorter one."""
    return ": ".join(filter(None, (had.reference, had.label if had.label != label else "")))


def _forecasts(plan: ScoreRowDefinition, had: Had, case: Case) -> Iterator[Point]:
    """What the undertaking says it expects of later periods, the next first."""
    for one in sorted(plan.forecasts, key=lambda each: each.due):
        if one.due > case.period.end:
            yield Point(Period(one.due), one.value, case.say.figure(one.value, had.measure), forecast=True)


def _year_before(had: Had) -> Point | None:
    """The point of the year before, not of an earlier one."""
    if len(had.points) < 2:
        return None
    before, now = had.points[-2:]
    return before if now.period.end.year - before.period.end.year == 1 else None


def _variance(now: Point | None, target: Target | None, had: Had, case: Case) -> str:
    """By how much the figure differs from the target, in its unit and, where that says something, in percent."""
    if now is None or target is None:
        return ""
    away = now.value - target.value
    text = case.say.difference(away, had.measure)
    if had.measure.kind == "percent" or target.value <= 0 or had.measure.signed:
        return text
    return f"{text} ({case.say.change(away / target.value)})"


def _change(had: Had, before: Point | None, case: Case) -> tuple[str, bool | None]:
    """What changed against last year: of counted figures the difference, of a sample only what evidence says."""
    if had.missing or not had.points:
        return "", None
    if before is None:
        return had.change if had.change and len(had.points) == 1 else case.say("change_no_year_before"), None
    now, year = had.points[-1], case.say.year(before.period)
    if now.interval is not None or had.change != case.say("change_counted"):
        return had.change, None if had.rose is None or not had.better else had.rose == (had.better == "higher")
    away = now.value - before.value
    text = case.say.difference(away, had.measure)
    if had.measure.kind != "percent" and before.value > 0 and not had.measure.signed:
        text = case.say.change(away / before.value)
    if not away:
        return case.say("change_none", year=year), None
    if had.quality in (Quality.ESTIMATED, Quality.EXTRAPOLATED):
        return case.say("change_estimated", change=text, year=year), None
    better = None if not had.better else (away > 0) == (had.better == "higher")
    return case.say("change_against", change=text, year=year), better
