"""Whether a circumstance is met by what was filed: yes, no, or not to be told; it knows no disclosure by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esgreport.definitions.applicability import Circumstance
from esgreport.definitions.rule_parts import Bound, Condition, Threshold
from esgreport.model import Fact
from esgreport.readiness.filed import COMPREHENSIVE, EMPLOYEES, MODULE, Filed


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no, or None where it cannot be told; then which concept would tell, or that full-time equivalents do not."""

    holds: bool | None
    open: str = ""
    full_time_equivalents: bool = False


YES, NO = Answer(True), Answer(False)


def met(circumstance: Circumstance, filed: Filed) -> Answer:
    """Whether what a circumstance describes is asked for."""
    answers = [answer(each, filed) for each in circumstance.when]
    answers += [_not(answer(each, filed)) for each in circumstance.unless]
    if circumstance.any_reported:
        answers.append(Answer(any(filed.has(concept) for concept in circumstance.any_reported)))
    return _all(answers)


def answer(condition: Condition, filed: Filed) -> Answer:
    """Whether a condition is met."""
    if condition.module:
        return _comprehensive(filed)
    if condition.employees:
        return _employees(condition.employees, filed)
    if condition.reported is not None:
        return Answer(filed.has(condition.concept) == condition.reported)
    facts = filed.facts(condition.concept)
    if not facts:
        return Answer(None, condition.concept)
    if condition.different is not None:
        return Answer(len({fact.value for fact in facts}) >= condition.different)
    return Answer(any(_fits(fact, condition, filed) for fact in facts))


def _comprehensive(filed: Filed) -> Answer:
    chosen = COMPREHENSIVE if filed.both_modules else filed.value(MODULE)
    return Answer(None, MODULE) if chosen is None else Answer(chosen == COMPREHENSIVE)


def _employees(threshold: Threshold, filed: Filed) -> Answer:
    if filed.employees is None:
        return Answer(None, EMPLOYEES)
    reached = reaches(filed.employees, threshold, filed.filing.period.end)
    if not reached and filed.full_time_equivalents:
        return Answer(None, EMPLOYEES, full_time_equivalents=True)
    return Answer(reached)


def _fits(fact: Fact, condition: Condition, filed: Filed) -> bool:
    if condition.number:
        return isinstance(fact.value, Decimal) and reaches(fact.value, condition.number, filed.filing.period.end)
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    if condition.group:
        codes = filed.definitions.code_list(filed.definitions.concepts[fact.concept].members)
        known = (codes.by_member.get(str(value)) for value in values)
        return any(code is not None and code.group in condition.group for code in known)
    return (condition.contains or condition.equals) in values


def reaches(value: Decimal, threshold: Threshold, day: date) -> bool:
    """Whether a number lies within the limits that hold on a day."""
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


def _not(one: Answer) -> Answer:
    """The opposite; of what is not answered, that it does not hold: nothing was said that would stand in the way."""
    return YES if one.holds is None else Answer(not one.holds)


def _all(answers: Iterable[Answer]) -> Answer:
    """No where one says no; not to be told where one cannot tell; else yes."""
    ranked = sorted(answers, key=lambda each: (each.holds is not False, each.holds is not None))
    return ranked[0] if ranked else YES
