"""Kinds of check that hold a figure against what it was worked out from, and the cells of a list against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from esgreport.check.arithmetic import precision
from esgreport.check.problems import Holds, Problem, Remedy
from esgreport.check.reported import Amount, Reported
from esgreport.definitions.rules_of_side_answers import ChangeBetween, Distinct, QuotientOf
from esgreport.model import Fact
from esgreport.thresholds import number_of


def quotient_of(check: QuotientOf, reported: Reported) -> Iterator[Problem | Holds]:
    """One problem at the ratio when it does not follow from its figures; or that it does, but for rounding."""
    sides = [_sum(concepts, reported) for concepts in (check.numerators, check.less, check.denominators)]
    upper, minus, lower = sides
    ratio = next(iter(reported.amounts(check.ratio)), None)
    if ratio is None or upper is None or lower is None or not lower.value or (minus is None and check.less):
        return
    expected = (upper.value - (minus.value if minus else 0)) / lower.value * check.factor
    difference, half = abs(ratio.value - expected), precision(ratio) / 2
    allowed = half + check.tolerance * abs(expected)
    figures = tuple(fact for side in sides if side for fact in side.facts)
    if difference > allowed:
        values = _values(check.ratio, ratio, expected, reported) | {"figures": _listed(figures, reported)}
        remedies = (
            Remedy(ratio.facts[0], expected - allowed, expected + allowed),
            *_remedies(check, (ratio, upper, lower), half + check.tolerance * abs(ratio.value)),
        )
        facts = (*ratio.facts, *figures)
        yield Problem(check.ratio, ratio.facts[0].source, values, facts=facts, remedies=remedies)
    elif difference <= half:
        yield Holds((*ratio.facts, *figures))


def _remedies(check: QuotientOf, amounts: tuple[Amount, Amount, Amount], allowed: Decimal) -> Iterator[Remedy]:
    """What a figure that is alone above or below would have to be, were it the wrong one."""
    ratio, upper, lower = amounts
    low, high = ratio.value - allowed, ratio.value + allowed
    if low <= 0 or check.less:
        return
    if len(upper.facts) == 1:
        scale = lower.value / check.factor
        yield Remedy(upper.facts[0], low * scale, high * scale)
    if len(lower.facts) == 1:
        scale = upper.value * check.factor
        yield Remedy(lower.facts[0], scale / high, scale / low)


def _sum(concepts: Iterable[str], reported: Reported) -> Amount | None:
    """The figures added up, in the unit of the first; None where one is missing or is of another kind."""
    found = [reported.amounts(concept) for concept in concepts]
    amounts = [amount for each in found for amount in each]
    return reported.total(amounts, amounts[0].unit) if found and all(found) else None


def _values(concept: str, ratio: Amount, expected: Decimal, reported: Reported) -> dict[str, str]:
    words = reported.words
    return {
        "ratio": words.amount(concept, ratio.value, ratio.unit),
        "expected": words.amount(concept, expected, ratio.unit),
    }


LONGEST_LIST = 6
"""Figures that a message shows one by one."""


def _listed(facts: Iterable[Fact], reported: Reported) -> str:
    numbers = [(fact, value) for fact in facts if (value := number_of(fact)) is not None]
    words = reported.words
    shown = [
        f"{words.label(fact.concept)}: {words.amount(fact.concept, value, fact.unit)}"
        for fact, value in numbers[:LONGEST_LIST]
    ]
    return "; ".join([*shown, "…"] if len(numbers) > LONGEST_LIST else shown)


def change_between(check: ChangeBetween, reported: Reported) -> Iterator[Problem]:
    """One problem at the change when it is not that from the earlier figure to the later one."""
    change = next(iter(reported.amounts(check.change)), None)
    before, after = (_at_member(check, member, reported) for member in (check.earlier, check.later))
    earlier, later = (number_of(fact) if fact else None for fact in (before, after))
    if change is None or before is None or after is None or not earlier or later is None:
        return
    expected = later / earlier - 1
    allowed = precision(change) / 2 + check.tolerance * abs(expected)
    if abs(change.value - expected) > allowed:
        words, values = reported.words, _values(check.change, change, expected, reported)
        values |= {"earlier": words.amount(check.concept, earlier), "later": words.amount(check.concept, later)}
        remedies = [Remedy(change.facts[0], expected - allowed, expected + allowed)]
        allowed = precision(change) / 2 + check.tolerance * abs(change.value)
        if (low := 1 + change.value - allowed) > 0:
            high = 1 + change.value + allowed
            remedies += [Remedy(after, earlier * low, earlier * high), Remedy(before, later / high, later / low)]
        facts = (*change.facts, before, after)
        yield Problem(check.change, change.facts[0].source, values, facts=facts, remedies=tuple(remedies))


def _at_member(check: ChangeBetween, member: str, reported: Reported) -> Fact | None:
    return next((each for each in reported.all(check.concept) if each.member(check.axis) == member), None)


def distinct(check: Distinct, reported: Reported) -> Iterator[Problem]:
    """One problem at each cell that says what one before it says."""
    first: dict[object, Fact] = {}
    codes = reported.definitions.questions[check.concept].members
    for fact in reported.all(check.concept):
        before = first.setdefault(fact.value, fact)
        if before is not fact:
            values = {"text": reported.words.member(codes, str(fact.value)), "first": before.source.cell}
            yield Problem(fact.concept, fact.source, values, facts=(fact,))
