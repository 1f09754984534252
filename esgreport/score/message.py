"""The title that states what matters most, by stated rules, and who, what, when below it; it invents no cause."""

from __future__ import annotations

from collections.abc import Sequence

from esgreport.model import Period
from esgreport.score.material import Case
from esgreport.score.rows import Made
from esgreport.score.scores import shortfall
from esgreport.scorecard import Light

_WHOLE = 0.1
"""From here on a share is told in whole percent."""
_JUDGED = (Light.GOOD, Light.WATCH, Light.BAD, Light.UNSURE)


def message_of(rows: Sequence[Made], waiting: str, case: Case) -> str:
    """The worst row that is off target by weight, else how many targets are met; then what customers wait for."""
    first = _of_rows(rows, case)
    return f"{first}; {waiting}" if waiting else first


def _of_rows(rows: Sequence[Made], case: Case) -> str:
    say = case.say
    had = [each for each in rows if each.row.actual]
    judged = [each for each in rows if each.row.light in _JUDGED]
    if not had:
        return say("message_no_data")
    if not judged:
        return say("message_no_targets", had=len(had), rows=len(rows))
    counts = "; ".join(filter(None, (_counts(judged, case), _without(len(had), len(judged), case))))
    bad = [each for each in judged if each.row.light is Light.BAD and each.row.target]
    if not bad:
        return counts
    worst = max(bad, key=lambda each: (max(each.plan.weight, 0.1) * (shortfall(each) or 0), each.plan.weight))
    away = _away(worst, case)
    return say("message_worst", worst=away, counts=counts) if len(had) > 1 else away


def _counts(judged: Sequence[Made], case: Case) -> str:
    """How many targets are met, missed, and left open by the intervals."""
    good = sum(each.row.light is Light.GOOD for each in judged)
    missed = sum(_missed(each) for each in judged)
    if good == len(judged):
        return case.say("message_one_met") if good == 1 else case.say("message_all_met", judged=good)
    said = {"good": good, "missed": missed, "open": len(judged) - good - missed, "judged": len(judged)}
    return case.say("message_counts" if said["open"] else "message_counts_sure", **said)


def _without(had: int, judged: int, case: Case) -> str:
    """That more figures have no target than have one: what is said of targets is then said of the fewer."""
    return case.say("message_without", without=had - judged, had=had) if had - judged > judged else ""


def _missed(each: Made) -> bool:
    """Whether a target is missed for certain, also where it is open by how much."""
    if each.row.light is Light.UNSURE:
        return each.row.variance_good is False
    return each.row.light in (Light.WATCH, Light.BAD)


def _away(each: Made, case: Case) -> str:
    """How far a figure is from its target, in percent of it, in percentage points, or in its unit."""
    now, target = each.row.actual, each.row.target
    assert now is not None
    assert target is not None
    away, measure = now.value - target.value, each.had.measure
    if measure.kind == "percent" or measure.signed or target.value <= 0:
        size = case.say.difference(abs(away), measure).lstrip("+")
    else:
        share = abs(away) / target.value
        size = case.say.share(share) if share >= _WHOLE else case.say.change(share).lstrip("+")
    return case.say("message_above" if away > 0 else "message_below", label=each.row.label, size=size)


def subtitle_of(entity: str, case: Case) -> str:
    """Who, what, when; the period of the customers' data where it is another one."""
    say = case.say
    parts = [entity, say.text(case.definition.title), _days(case.period, case), say("subtitle")]
    periods = case.customers.periods if case.customers else ()
    if case.sustainability and periods and periods[0][0] != case.period:
        parts.append(say("subtitle_other_period", period=_days(periods[0][0], case)))
    return " · ".join(filter(None, parts))


def _days(period: Period, case: Case) -> str:
    if period.end == period.end.min:
        return ""
    return f"{case.say.day(period.start)} – {case.say.day(period.end)}" if period.start else case.say.day(period.end)
