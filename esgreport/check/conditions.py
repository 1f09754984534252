"""Whether a rule applies: its conditions, looked up in the facts; what cannot be known counts as not met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from esgreport.check.reported import Reported, number_of
from esgreport.definitions.rule_parts import Bound, Condition, Threshold
from esgreport.model import Fact

EMPLOYEES = "NumberOfEmployees"


def applies(when: Iterable[Condition], unless: Iterable[Condition], reported: Reported) -> bool:
    """Whether all conditions of the first hold and none of the second."""
    return all(holds(each, reported) for each in when) and not any(holds(each, reported) for each in unless)


def holds(condition: Condition, reported: Reported) -> bool:
    """Whether a condition is met by what is reported for the period."""
    if condition.module:
        return reported.comprehensive
    if condition.employees:
        # Full-time equivalents are never more than heads: a figure in either that reaches the limit proves it, and
        # one below proves nothing unless it counts heads, so both ways the figure itself decides.
        return _reaches(reported.first(EMPLOYEES), condition.employees, reported.filing.period.end)
    facts = reported.answered(condition.concept)
    if condition.reported is not None:
        return bool(facts) == condition.reported
    if condition.different is not None:
        return len({fact.value for fact in facts}) >= condition.different
    return any(_fits(fact, condition, reported) for fact in facts)


def _fits(fact: Fact, condition: Condition, reported: Reported) -> bool:
    if condition.number:
        return _reaches(fact, condition.number, reported.filing.period.end)
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    if condition.group:
        codes = reported.definitions.code_list(reported.definitions.concepts[fact.concept].members)
        known = (codes.by_member.get(str(value)) for value in values)
        return any(code is not None and code.group in condition.group for code in known)
    return (condition.contains or condition.equals) in values


def _reaches(fact: Fact | None, threshold: Threshold, day: date) -> bool:
    value = number_of(fact) if fact else None
    if value is None:
        return False
    if threshold.at_least is not None and value < on_day(threshold.at_least, day):
        return False
    if threshold.more_than is not None and value <= on_day(threshold.more_than, day):
        return False
    return threshold.less_than is None or value < on_day(threshold.less_than, day)


def on_day(bound: Bound, day: date) -> Decimal:
    """The limit that holds on a day; before the first of dated ones, that first one."""
    if isinstance(bound, Decimal):
        return bound
    dated = sorted(bound, key=lambda each: each.since)
    return next((each.value for each in reversed(dated) if each.since <= day), dated[0].value)


def limits(conditions: Iterable[Condition], reported: Reported) -> dict[str, str]:
    """For the texts: the number of employees and the limit a rule begins at or stays below, where it has one."""
    for condition in conditions:
        threshold = condition.number if condition.concept == EMPLOYEES else condition.employees
        fact = reported.first(EMPLOYEES)
        value = number_of(fact) if fact else None
        if threshold and value is not None:
            ends = (threshold.less_than, threshold.at_least, threshold.more_than)
            bound = next(end for end in ends if end is not None)
            limit = reported.words.number(on_day(bound, reported.filing.period.end))
            return {"employees": reported.words.number(value), "threshold": limit}
    return {}
