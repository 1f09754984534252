"""What is had of a figure on sustainability: its years, source, inputs and reduction path; it sets no target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from esgreport.definitions import Concept
from esgreport.definitions.metrics import Metric
from esgreport.definitions.scorecards import ScoreRowDefinition
from esgreport.history import same_length
from esgreport.model import Fact, Filing, Source
from esgreport.score.material import Case, Had, Sustainability
from esgreport.score.parts import converted, labelled, parts_of
from esgreport.score.writing import Measure
from esgreport.scorecard import Point, Quality

_YEARS_AXIS, _BASE, _TARGET = "ReportingScopesAxis", "BaselineYearMember", "TargetYearMember"
_BASE_YEAR, _TARGET_YEAR = "GreenhouseGasEmissionReductionTargetBaseYear", "GreenhouseGasEmissionReductionTargetYear"
"""The taxonomy's own names for the years of C3 and for the axis its figures stand on."""


def of_sustainability(row: ScoreRowDefinition, case: Case) -> Had:
    """What is had for a row on sustainability: nothing but a reason where it is missing."""
    definition = case.definitions.metrics[row.metric] if row.metric else case.definitions.concepts[row.concept]
    had = _described(definition, row, case)
    if case.sustainability is None:
        return replace(had, missing=case.say("no_sustainability"))
    facts = list(_by_year(row.name, case.sustainability))
    now = facts[-1] if facts and facts[-1].period.end == case.period.end else None
    if now is None:
        return replace(had, missing=_why_missing(row, case.sustainability, case))
    had = replace(had, measure=replace(had.measure, symbol=_symbol(definition, now, case)))
    points = tuple(_points(facts, now, had.measure, case))
    quality = Quality(row.quality) if row.quality else Quality.UNKNOWN
    return replace(
        had,
        points=points,
        quality=quality,
        quality_words=case.say(f"quality_{quality.value}"),
        no_light="" if quality is not Quality.EXTRAPOLATED else case.say("no_light_extrapolated"),
        quality_short=case.say(f"quality_{quality.value}_short"),
        change=case.say("change_counted") if len(points) > 1 else "",
        rose=points[-1].value > points[-2].value if len(points) > 1 else None,
        segments=tuple(parts_of(now, had.measure, case)),
        inputs=tuple(_inputs(now, case)),
        comment=" ".join(dict.fromkeys(note for each in _origins(now) for note in each.footnotes)),
        source=tuple(dict.fromkeys(each.source for each in _origins(now))),
        path=_path(row.name, now, case),
    )


def _described(definition: Concept | Metric, row: ScoreRowDefinition, case: Case) -> Had:
    """What the definition says, with nothing measured yet."""
    label, filing = case.say.text(definition.labels), case.sustainability.filing if case.sustainability else None
    edition = filing.edition if filing else ""
    reference = definition.editions[edition].paragraph if edition in definition.editions else ""
    shown = label if not reference else f"{case.say('standard')} {reference}"
    if isinstance(definition, Concept):
        kind = "percent" if definition.type == "percent" else "number"
        meaning = case.say.text(definition.help)
        return Had(label, Measure(kind, ""), better=row.better, definition=meaning, reference=shown)
    better = row.better or ("" if definition.better == "none" else definition.better)
    places = None if definition.shown == "percent" else definition.decimals
    formula = case.say.text(definition.formula)
    measure = Measure(definition.shown, "", places)
    return Had(label, measure, better=better, definition=label, formula=formula, reference=shown)


def _by_year(name: str, given: Sustainability) -> Iterator[Fact]:
    """The one figure of each year, oldest first."""
    for year in reversed(given.filing.years):
        facts = (*year.facts, *(fact for fact in given.measured if fact.period == year.period))
        found = [fact for fact in facts if fact.concept == name and not fact.dimensions]
        own = [fact for fact in found if fact.period.end == year.period.end and isinstance(fact.value, Decimal)]
        if len(own) == 1:
            yield own[0]


def _points(facts: Sequence[Fact], now: Fact, measure: Measure, case: Case) -> Iterator[Point]:
    """The figures in this year's unit; those that cannot be converted or cover another length are left out."""
    for fact in facts:
        if not same_length(fact.period, now.period) or not isinstance(fact.value, Decimal):
            continue
        value = converted(fact, now, case)
        if value is not None:
            yield Point(fact.period, float(value), case.say.figure(float(value), measure))


def _why_missing(row: ScoreRowDefinition, given: Sustainability, case: Case) -> str:
    """Why there is no figure: the reason readiness has for a datapoint, else that it cannot be worked out."""
    points = (point for each in given.readiness.disclosures for point in each.datapoints)
    reason = next((point.reason for point in points if point.concept == row.name and point.reason), "")
    return reason or case.say("not_computed" if row.metric else "not_reported")


def _symbol(definition: Concept | Metric, fact: Fact, case: Case) -> str:
    labels = getattr(definition, "unit_labels", {})
    if labels:
        return case.say.text(labels).replace("{currency}", _currency(case))
    unit = fact.unit or ""
    if unit.startswith("iso4217:"):
        return unit.removeprefix("iso4217:")
    known = case.definitions.units.get(unit)
    return known.symbol if known else ""


def _currency(case: Case) -> str:
    return case.sustainability.filing.currency if case.sustainability else ""


def _origins(fact: Fact) -> Iterator[Fact]:
    """The fact, or those it was computed from."""
    if not fact.inputs:
        yield fact
    for each in fact.inputs:
        yield from _origins(each)


def _inputs(fact: Fact, case: Case) -> Iterator[tuple[str, str, Source]]:
    for each in _origins(fact):
        concept = case.definitions.concepts.get(each.concept)
        if concept is None or not isinstance(each.value, Decimal):
            continue
        kind = "percent" if concept.type == "percent" else "number"
        measure = Measure(kind, _symbol(concept, each, case))
        yield labelled(each, case), case.say.with_unit(float(each.value), measure), each.source


def _path(name: str, now: Fact, case: Case) -> dict[int, float]:
    """The ends of the path C3 states for a concept, in the unit of its figure; nothing where one end is missing."""
    assert case.sustainability is not None
    filing = case.sustainability.filing
    ends: dict[int, float] = {}
    for year_of, member in ((_BASE_YEAR, _BASE), (_TARGET_YEAR, _TARGET)):
        found = [fact for fact in filing.facts if fact.concept == name and fact.dimensions == ((_YEARS_AXIS, member),)]
        value = converted(found[0], now, case) if len(found) == 1 else None
        if value is None:
            return {}
        ends[_year(filing, year_of) or found[0].period.end.year] = float(value)
    return ends if len(ends) == len((_BASE, _TARGET)) else {}


def _year(filing: Filing, concept: str) -> int | None:
    """A year that was reported, written as a number, a text of four digits, or a day."""
    for fact in filing.facts:
        if fact.concept == concept:
            text = str(fact.value)[:4]
            return int(text) if text.isdecimal() else None
    return None
