"""Whether a circumstance is met by what was filed: yes, no, or not to be told; it knows no disclosure by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esgreport.definitions.applicability import Circumstance
from esgreport.definitions.rule_parts import Condition, Threshold
from esgreport.readiness.filed import COMPREHENSIVE, EMPLOYEES, MODULE, Filed
from esgreport.thresholds import fits, reaches


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no, or None where it cannot be told; then which concept would tell, or that full-time equivalents do not.

    `said` is the question whose answer was no.
    """

    holds: bool | None
    open: str = ""
    full_time_equivalents: bool = False
    said: str = ""


YES, NO = Answer(True), Answer(False)


def met(circumstance: Circumstance, filed: Filed) -> Answer:
    """Whether what a circumstance describes is asked for."""
    answers = [_not(answer(each, filed)) for each in circumstance.unless]
    said = filed.said(circumstance.question)
    if said is not None:
        return _all([*answers, YES if said else Answer(False, said=circumstance.question)])
    answers += [answer(each, filed) for each in circumstance.when]
    if circumstance.any_reported:
        answers.append(Answer(any(filed.has(concept) for concept in circumstance.any_reported)))
    return _all(answers)


def presumed(circumstance: Circumstance, filed: Filed) -> bool:
    """Whether nobody can tell: what is left out then counts as not applicable."""
    return not circumstance.decidable and filed.said(circumstance.question) is None


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
    day = filed.filing.period.end
    return Answer(any(fits(fact, condition, day, filed.definitions) for fact in facts))


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


def _not(one: Answer) -> Answer:
    """The opposite; of what is not answered, that it does not hold: nothing was said that would stand in the way."""
    return YES if one.holds is None else Answer(not one.holds)


def _all(answers: Iterable[Answer]) -> Answer:
    """No where one says no; not to be told where one cannot tell; else yes."""
    ranked = sorted(answers, key=lambda each: (each.holds is not False, each.holds is not None))
    return ranked[0] if ranked else YES
