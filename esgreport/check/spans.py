"""Kinds of check on one figure's size: limits of its own, whole numbers, and the spans that are usual in a sector."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from esgreport.check.problems import Problem, Remedy, at
from esgreport.check.reported import Amount, Reported
from esgreport.definitions.plausibility import Limits, Span
from esgreport.definitions.rules_of_figures import Range, Whole, WithinSpan
from esgreport.thresholds import number_of

NACE = "NaceSectorClassificationCodes"


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


def whole(check: Whole, reported: Reported) -> Iterator[Problem]:
    """One problem for each value with something after the point."""
    for fact in (fact for concept in check.concepts for fact in reported.current(concept)):
        value = number_of(fact)
        if value is not None and value != value.to_integral_value():
            yield at(fact, value=reported.words.amount(fact.concept, value, fact.unit))


def within_span(check: WithinSpan, reported: Reported) -> Iterator[Problem]:
    """One problem when the ratio lies on that side of its usual span; silent where it cannot be computed."""
    span = reported.definitions.spans[check.span]
    limits = _limits(span, reported)
    upper, lower = _numerator(span, reported), _denominator(span, reported)
    if limits is None or upper is None or lower is None or not (upper.value and lower.value):
        return
    ratio = upper.value / lower.value
    bound = limits.maximum if check.side == "above" else limits.minimum
    if bound is not None and (ratio > bound if check.side == "above" else ratio < bound):
        yield _span_problem(check, (upper, lower), limits, reported)


def _numerator(span: Span, reported: Reported) -> Amount | None:
    found = [amount for concept in span.numerators for amount in reported.amounts(concept)]
    total = reported.total(found, span.unit or found[0].unit) if found else None
    return total if total and _of_known_worth(total, span) else None


def _denominator(span: Span, reported: Reported) -> Amount | None:
    if span.denominator in reported.definitions.tables:
        rows = reported.rows(span.denominator)
        return Amount(Decimal(len(rows)), "", Decimal(0), ()) if rows else None
    found = reported.amounts(span.denominator)
    total = reported.total(found, span.per or found[0].unit) if found else None
    return total if total and _of_known_worth(total, span) else None


def _of_known_worth(amount: Amount, span: Span) -> bool:
    currency = amount.unit.removeprefix("iso4217:")
    return currency == amount.unit or not span.currencies or currency in span.currencies


def _limits(span: Span, reported: Reported) -> Limits | None:
    """The limits for the undertaking's sections; of those the newest whose day has come."""
    codes = reported.definitions.code_list(reported.definitions.concepts[NACE].members).by_member
    members = [member for fact in reported.current(NACE) if isinstance(fact.value, tuple) for member in fact.value]
    own = {codes[member].group for member in members if member in codes}
    fitting = next((each.sections for each in span.limits if not each.sections or own & set(each.sections)), None)
    in_force = [each for each in span.limits if each.sections == fitting and each.since <= reported.filing.period.end]
    return max(in_force, key=lambda each: each.since, default=None)


def _span_problem(check: WithinSpan, amounts: tuple[Amount, Amount], limits: Limits, reported: Reported) -> Problem:
    upper, lower = amounts
    largest = max(
        upper.facts, key=lambda fact: (number_of(fact) or Decimal(0)) * (reported.rate(fact, upper.unit) or 1)
    )
    wrong = lower.facts[0] if check.at == "denominator" and lower.facts else largest
    words = reported.words
    values = {
        "numerator": words.amount(largest.concept, upper.value, upper.unit),
        "ratio": words.with_unit(words.rough(upper.value / lower.value), upper.unit),
        "minimum": words.number(limits.minimum or Decimal(0)),
        "maximum": words.number(limits.maximum or Decimal(0)),
        "denominator": words.with_unit(words.number(lower.value), lower.unit),
        "thousandth": words.with_unit(words.number(upper.value / 1000), upper.unit),
    }
    facts = (*upper.facts, *lower.facts)
    return Problem(wrong.concept, wrong.source, values, facts=facts, remedies=_remedies(amounts, limits, reported))


def _remedies(amounts: tuple[Amount, Amount], limits: Limits, reported: Reported) -> tuple[Remedy, ...]:
    upper, lower = amounts
    least, most = (None if each is None else each * lower.value for each in (limits.minimum, limits.maximum))
    remedies = []
    for fact in upper.facts:
        rate, value = reported.rate(fact, upper.unit), number_of(fact)
        if rate and value is not None:
            ends = [None if end is None else value + (end - upper.value) / rate for end in (least, most)]
            remedies.append(Remedy(fact, ends[0], ends[1]))
    for fact in lower.facts[:1]:
        if rate := reported.rate(fact, lower.unit):
            low = upper.value / limits.maximum / rate if limits.maximum else None
            high = upper.value / limits.minimum / rate if limits.minimum else None
            remedies.append(Remedy(fact, low, high))
    return tuple(remedies)
