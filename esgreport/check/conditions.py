"""Whether a rule applies: its conditions, looked up in the facts; what cannot be known counts as not met."""

from __future__ import annotations

from collections.abc import Iterable

from esgreport.check.reported import Reported
from esgreport.definitions.rule_parts import Condition
from esgreport.thresholds import fits, number_of, on_day, reaches

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
        fact = reported.first(EMPLOYEES)
        value = number_of(fact) if fact else None
        return value is not None and reaches(value, condition.employees, reported.filing.period.end)
    facts = reported.answered(condition.concept)
    if condition.reported is not None:
        return bool(facts) == condition.reported
    if condition.different is not None:
        return len({fact.value for fact in facts}) >= condition.different
    return any(fits(fact, condition, reported.filing.period.end, reported.definitions) for fact in facts)


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
