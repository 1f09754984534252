"""Kinds of check on numbers: sums, ratios, limits; differences that rounding explains are no difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from esgreport.check.problems import Problem, at
from esgreport.check.reported import Amount, Context, Reported, context_of, number_of
from esgreport.definitions.rules import AddsUp, AtMost, Plausible, Range, RatioOf, ZeroIff
from esgreport.model import Fact


def adds_up(check: AddsUp, reported: Reported) -> Iterator[Problem]:
    """One problem for each context in which the parts do not make the total.

    It sits at the total; or at the first part when the total belongs to a disclosure before it and is not its own.
    """
    for fact in reported.all(check.total):
        context = context_of(fact)
        total = reported.amount(check.total, context)
        parts = [part for concept in check.parts if (part := _part(check, concept, context, reported))]
        whole = reported.total(parts, total.unit) if total else None
        if total and whole and abs(total.value - whole.value) > _allowed(check.tolerance, total, whole):
            yield _sum_problem(check, reported, total, whole)


def _part(check: AddsUp, concept: str, context: Context, reported: Reported) -> Amount | None:
    if check.over:
        return reported.members(concept, context, check.over, check.group)
    alone = reported.amount(concept, context)
    if alone is None and check.members_stand_in:
        return reported.members(concept, context, check.members_stand_in)
    return alone


def _allowed(tolerance: Decimal, *amounts: Amount) -> Decimal:
    largest = max(abs(amount.value) for amount in amounts)
    return sum((amount.slack for amount in amounts), Decimal(0)) + tolerance * largest


def _sum_problem(check: AddsUp, reported: Reported, total: Amount, whole: Amount) -> Problem:
    home = reported.definitions.disclosure_of
    wrong = total.facts[0] if home(check.total) == home(check.parts[0]) else whole.facts[0]
    words = reported.words
    return at(
        wrong,
        total_label=words.label(check.total),
        total=words.amount(check.total, total.value, total.unit),
        sum=words.amount(check.total, whole.value, total.unit),
        difference=words.amount(check.total, abs(total.value - whole.value), total.unit),
        parts=_listed(whole.facts, reported),
    )


def _listed(facts: Iterable[Fact], reported: Reported) -> str:
    numbers = ((fact, number_of(fact)) for fact in facts)
    return " + ".join(
        reported.words.amount(fact.concept, value, fact.unit) for fact, value in numbers if value is not None
    )


def ratio_of(check: RatioOf, reported: Reported) -> Iterator[Problem]:
    """One problem for each context in which the ratio is not that of its two figures."""
    for fact in reported.all(check.ratio):
        context = context_of(fact)
        ratio = reported.amount(check.ratio, context)
        units = ratio.unit.split("/") if ratio else []
        upper = _in_unit(check.numerator, context, units[:-1], reported)
        lower = _in_unit(check.denominator, context, units[1:], reported)
        if not (ratio and upper and lower) or lower.value == 0:
            continue
        expected = upper.value / lower.value * check.factor
        if abs(ratio.value - expected) > _precision(ratio) / 2 + check.tolerance * abs(expected):
            words = reported.words
            yield at(
                fact,
                ratio=words.amount(check.ratio, ratio.value, ratio.unit),
                expected=words.amount(check.ratio, expected, ratio.unit),
                numerator=words.amount(check.numerator, upper.value, upper.unit),
                numerator_label=words.label(check.numerator),
                denominator=words.amount(check.denominator, lower.value, lower.unit),
                denominator_label=words.label(check.denominator),
            )


def _in_unit(concept: str, context: Context, units: list[str], reported: Reported) -> Amount | None:
    """The amount in its side's unit of a ratio such as tCO2e/EUR; as it is where the ratio is a pure number."""
    amount = reported.amount(concept, context)
    return reported.total([amount], units[0]) if amount and units else amount


def _precision(ratio: Amount) -> Decimal:
    """The weight of the last digit a ratio is written or shown with; none for zero, which is no rounded ratio."""
    exponent = ratio.value.normalize().as_tuple().exponent
    if not ratio.value or not isinstance(exponent, int):
        return Decimal(0)
    written = Decimal(1).scaleb(min(exponent, 0))
    return min(written, ratio.slack * 2) if ratio.slack else written


def plausible(check: Plausible, reported: Reported) -> Iterator[Problem]:
    """One problem when the figure that follows from the others lies outside what can be."""
    fact = reported.first(check.concept)
    upper, lower = (_product(concepts, reported) for concepts in (check.numerators, check.denominators))
    if fact is None or upper is None or not lower:
        return
    value = upper / lower * check.factor
    if not check.minimum <= value <= check.maximum:
        number = reported.words.number
        own = number_of(fact) or Decimal(0)
        yield at(
            fact,
            value=reported.words.amount(fact.concept, own, fact.unit),
            implied=number(round(value, 0)),
            minimum=number(check.minimum),
            maximum=number(check.maximum),
        )


def _product(concepts: Iterable[str], reported: Reported) -> Decimal | None:
    product = Decimal(1)
    for concept in concepts:
        fact = reported.first(concept)
        value = number_of(fact) if fact else None
        if value is None:
            return None
        product *= value
    return product


def within(check: Range, reported: Reported) -> Iterator[Problem]:
    """One problem for each value beyond a limit."""
    of_type = [name for name, concept in reported.definitions.concepts.items() if concept.type in check.types]
    for concept in (name for name in (*check.concepts, *of_type) if name not in check.but):
        for fact in reported.all(concept):
            value = number_of(fact)
            limit = _passed(check, value) if value is not None else None
            if value is not None and limit is not None:
                shown, bound = (reported.words.amount(concept, each, fact.unit) for each in (value, limit))
                yield at(fact, value=shown, limit=bound)


def _passed(check: Range, value: Decimal) -> Decimal | None:
    if check.minimum is not None and value < check.minimum:
        return check.minimum
    return check.maximum if check.maximum is not None and value > check.maximum else None


def at_most(check: AtMost, reported: Reported) -> Iterator[Problem]:
    """One problem for each context in which the limit is passed; it sits at the first of the concepts."""
    for upper, limit in _compared(check, reported):
        slack = Decimal(0) if check.strictly else upper.slack + limit.slack
        if upper.value - limit.value > slack or (check.strictly and upper.value == limit.value):
            words = reported.words
            yield at(
                upper.facts[0],
                value=words.amount(check.concepts[0], upper.value, upper.unit),
                limit=words.amount(check.limit, limit.value, limit.unit),
                limit_label=words.label(check.limit),
            )


def _compared(check: AtMost, reported: Reported) -> Iterator[tuple[Amount, Amount]]:
    """The sums and their limits, in one unit."""
    for fact in reported.all(check.limit):
        context = context_of(fact)
        limit = reported.amount(check.limit, context)
        if check.over:
            if fact.member(check.over) != check.limit_member:
                continue
            dimensions = tuple(sorted({**dict(context[0]), check.over: check.member}.items()))
            ends = {context_of(other) for name in check.concepts for other in reported.all(name)}
            contexts = [each for each in ends if each[0] == dimensions]
        else:
            contexts = [context]
        for each in sorted(contexts):
            found = [amount for concept in check.concepts if (amount := reported.amount(concept, each))]
            upper = reported.total(found, limit.unit) if limit else None
            if upper and limit:
                yield upper, limit


def zero_iff(check: ZeroIff, reported: Reported) -> Iterator[Problem]:
    """One problem for each context in which one figure is zero and its partner is not; it sits at the first."""
    for fact in reported.all(check.concept):
        context = context_of(fact)
        value, partner = (reported.amount(concept, context) for concept in (check.concept, check.partner))
        if value and partner and (value.value == 0) != (partner.value == 0):
            words = reported.words
            yield at(
                fact,
                value=words.amount(check.concept, value.value, value.unit),
                partner=words.amount(check.partner, partner.value, partner.unit),
                partner_label=words.label(check.partner),
            )
