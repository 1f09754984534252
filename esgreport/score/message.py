"""The title that states what matters most, by stated rules, and who, what, when below it; it invents no cause."""

from __future__ import annotations

from collections.abc import Sequence

from esgreport.model import Period
from esgreport.score.material import Case
from esgreport.score.rows import Made
from esgreport.score.scores import shortfall
from esgreport.scorecard import Light

_JUDGED = (Light.GOOD, Light.WATCH, Light.BAD)


def message_of(rows: Sequence[Made], waiting: str, case: Case) -> str:
    """The worst row that is off target by weight, else how many targets are met; then what customers wait for."""
    first = _of_rows(rows, case)
    return f"{first}; {waiting}" if waiting else first


def _of_rows(rows: Sequence[Made], case: Case) -> str:
    say = case.say
    had = [each for each in rows if each.row.actual]
    judged = [each for each in rows if each.row.light in _JUDGED]
    good = sum(each.row.light is Light.GOOD for each in judged)
    if not had:
        return say("message_no_data")
    if not judged:
        return say("message_no_targets", had=len(had), rows=len(rows))
    bad = [each for each in judged if each.row.light is Light.BAD and each.row.variance]
    if bad:
        worst = max(bad, key=lambda each: (max(each.plan.weight, 0.1) * (shortfall(each) or 0), each.plan.weight))
        counts = {"good": good, "judged": len(judged)}
        return say("message_missed", label=worst.row.label, variance=worst.row.variance.lstrip("+−"), **counts)
    if good < len(judged):
        return say("message_met", good=good, judged=len(judged))
    return say("message_one_met") if good == 1 else say("message_all_met", judged=len(judged))


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
