"""Kinds of check on numbers that belong together: sums, ratios, limits; what rounding explains is no difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from esgreport.check.blanks import blank, blank_beside_heading
from esgreport.check.problems import Holds, Problem, Remedy
from esgreport.check.reported import Amount, Context, Reported, context_of
from esgreport.definitions.rules_of_figures import AddsUp, AtMost, Group, Plausible, RatioOf, WeightedMean, ZeroIff
from esgreport.model import Fact
from esgreport.thresholds import number_of


def adds_up(check: AddsUp, reported: Reported) -> Iterator[Problem | Holds]:
    """One problem for each context in which the parts do not make the total; or that they do, but for rounding.

    It sits at the total, or at the part the check names; at the first part when the total belongs to another
    disclosure and is not its own.
    """
    for fact in reported.all(check.total) if reported.unreadable.isdisjoint(check.parts) else ():
        context = context_of(fact)
        total = reported.amount(check.total, context)
        ways = [_whole(check, parts, context, reported) for parts in (check.parts, check.or_parts)]
        wholes = [whole for whole in ways if whole]
        if total and wholes and not any(reported.has(concept, context) for concept in check.without):
            fitting = next((whole for whole in wholes if _fits(check, total, whole)), None)
            if fitting is None:
                yield _sum_problem(check, reported, total, wholes[0])
            elif abs(total.value - fitting.value) <= _allowed(Decimal(0), total, fitting):
                yield Holds((*total.facts, *fitting.facts))


def _whole(check: AddsUp, concepts: Iterable[str], context: Context, reported: Reported) -> Amount | None:
    """The sum of the parts in the unit of the total; None without any, or without all where all are needed."""
    concepts = list(concepts)
    parts = [part for concept in concepts if (part := _part(check, concept, context, reported))]
    if check.all_parts and len(parts) < len(concepts):
        return None
    total = reported.amount(check.total, context)
    return reported.total(parts, total.unit) if total else None


def _part(check: AddsUp, concept: str, context: Context, reported: Reported) -> Amount | None:
    if check.over:
        return reported.members(concept, context, check.over, check.group)
    alone = reported.amount(concept, context)
    if alone is None and check.members_stand_in:
        return reported.members(concept, context, check.members_stand_in)
    return alone


def _fits(check: AddsUp, total: Amount, whole: Amount) -> bool:
    difference, allowed = whole.value - total.value, _allowed(check.tolerance, total, whole)
    too_much, too_little = difference > allowed, difference < -allowed
    if check.differs == "above":
        return not too_much
    return not too_little if check.differs == "below" else not (too_much or too_little)


def _allowed(tolerance: Decimal, *amounts: Amount) -> Decimal:
    largest = max(abs(amount.value) for amount in amounts)
    return sum((amount.slack for amount in amounts), Decimal(0)) + tolerance * largest


def _sum_problem(check: AddsUp, reported: Reported, total: Amount, whole: Amount) -> Problem:
    home = reported.definitions.disclosure_of
    wrong = total.facts[0] if home(check.total) == home(check.parts[0]) else whole.facts[0]
    wrong = next((fact for fact in (*total.facts, *whole.facts) if fact.concept == check.at), wrong)
    words, missing, slack = reported.words, total.value - whole.value, total.slack + whole.slack
    mended = slack + check.tolerance * abs(whole.value)
    remedies = [Remedy(total.facts[0], whole.value - mended, whole.value + mended)]
    allowed = slack + check.tolerance * abs(total.value)  # what is allowed once the part is right, and the sum with it
    for part in whole.facts:
        rate = reported.rate(part, total.unit)
        value = number_of(part)
        if rate and value is not None:
            remedies.append(Remedy(part, value + (missing - allowed) / rate, value + (missing + allowed) / rate))
    if missing > 0 and check.differs == "either_way":
        empty = _blank(check, total.facts[0], reported)
        others = [] if empty else _blanks_elsewhere(check, total.facts[0], reported)
        remedies += [Remedy(fact, missing - allowed, missing + allowed) for fact in ([empty] if empty else others)]
        wrong = empty or next((fact for fact in others if reported.all(fact.concept)), wrong)
    values = {
        "total_label": words.label(check.total),
        "total": words.amount(check.total, total.value, total.unit),
        "sum": words.amount(check.total, whole.value, total.unit),
        "difference": words.amount(check.total, abs(missing), total.unit),
        "parts": _listed(whole.facts, reported),
    }
    return Problem(wrong.concept, wrong.source, values, facts=(*total.facts, *whole.facts), remedies=tuple(remedies))


def _blank(check: AddsUp, total: Fact, reported: Reported) -> Fact | None:
    """The one part that has an empty cell: what the sum lacks is likelier to belong there than to be a slip."""
    if check.over:
        return _blank_member(check, total, reported)
    context = context_of(total)
    absent = [part for part in check.parts if not reported.has(part, context) and part not in reported.left_out]
    return blank(absent[0], total.dimensions, reported) if len(absent) == 1 else None


def _blank_member(check: AddsUp, total: Fact, reported: Reported) -> Fact | None:
    concept, axis = check.parts[0], reported.definitions.axes[check.over]
    codes = reported.definitions.code_list(axis.members).codes if axis.members else []
    lines = [
        tuple(sorted((*total.dimensions, (check.over, code.member)))) for code in codes if code.member != axis.default
    ]
    absent = [line for line in lines if not reported.has(concept, (line, total.period.end))]
    if len(absent) == 1 and not check.group:
        return blank(concept, absent[0], reported)
    return blank_beside_heading(check.over, concept, reported)


def _blanks_elsewhere(check: AddsUp, total: Fact, reported: Reported) -> list[Fact]:
    """Empty cells of what the sum is made without: they explain it where several sums fall short alike."""
    return [fact for concept in check.without if (fact := blank(concept, total.dimensions, reported))]


LONGEST_LIST = 8
"""Parts that a message shows one by one."""


def _listed(facts: Iterable[Fact], reported: Reported) -> str:
    numbers = [(fact, value) for fact in facts if (value := number_of(fact)) is not None]
    shown = [reported.words.amount(fact.concept, value, fact.unit) for fact, value in numbers[:LONGEST_LIST]]
    return " + ".join([*shown, "…"] if len(numbers) > LONGEST_LIST else shown)


def ratio_of(check: RatioOf, reported: Reported) -> Iterator[Problem | Holds]:
    """One problem for each context in which the ratio is not that of its figures; or that it is, but for rounding."""
    for fact in reported.all(check.ratio):
        context = context_of(fact)
        ratio = reported.amount(check.ratio, context)
        units = ratio.unit.split("/") if ratio else []
        upper = _in_unit(check.numerator, context, units[:-1], reported)
        lower = _in_unit(check.denominator, context, units[1:], reported)
        if not (ratio and upper and lower) or lower.value == 0:
            continue
        expected = upper.value / lower.value * check.factor
        difference, half = abs(ratio.value - expected), precision(ratio) / 2
        if difference > half + check.tolerance * abs(expected):
            yield _ratio_problem(check, reported, (ratio, upper, lower))
        elif difference <= half:
            yield Holds((*ratio.facts, *upper.facts, *lower.facts))


def _ratio_problem(check: RatioOf, reported: Reported, amounts: tuple[Amount, Amount, Amount]) -> Problem:
    ratio, upper, lower = amounts
    words, expected = reported.words, upper.value / lower.value * check.factor
    values = {
        "ratio": words.amount(check.ratio, ratio.value, ratio.unit),
        "expected": words.amount(check.ratio, expected, ratio.unit),
        "numerator": words.amount(check.numerator, upper.value, upper.unit),
        "numerator_label": words.label(check.numerator),
        "denominator": words.amount(check.denominator, lower.value, lower.unit),
        "denominator_label": words.label(check.denominator),
    }
    facts = (*ratio.facts, *upper.facts, *lower.facts)
    remedies = tuple(_ratio_remedies(check, amounts, reported))
    return Problem(check.ratio, ratio.facts[0].source, values, facts=facts, remedies=remedies)


def _ratio_remedies(check: RatioOf, amounts: tuple[Amount, Amount, Amount], reported: Reported) -> Iterator[Remedy]:
    """What each of the three would have to be, were it the wrong one."""
    ratio, upper, lower = amounts
    half, expected = precision(ratio) / 2, upper.value / lower.value * check.factor
    allowed = half + check.tolerance * abs(expected)
    yield Remedy(ratio.facts[0], expected - allowed, expected + allowed)
    allowed = half + check.tolerance * abs(ratio.value)
    if ratio.value > allowed:
        low, high = ratio.value - allowed, ratio.value + allowed
        if rate := reported.rate(upper.facts[0], upper.unit):
            scale = lower.value / check.factor / rate
            yield Remedy(upper.facts[0], low * scale, high * scale)
        if rate := reported.rate(lower.facts[0], lower.unit):
            scale = upper.value * check.factor / rate
            yield Remedy(lower.facts[0], scale / high, scale / low)


def _in_unit(concept: str, context: Context, units: list[str], reported: Reported) -> Amount | None:
    """The amount in its side's unit of a ratio such as tCO2e/EUR; as it is where the ratio is a pure number."""
    amount = reported.amount(concept, context)
    return reported.total([amount], units[0]) if amount and units else amount


def precision(ratio: Amount) -> Decimal:
    """The weight of the last digit a ratio is written or shown with; none for zero, which is no rounded ratio."""
    exponent = ratio.value.normalize().as_tuple().exponent
    if not ratio.value or not isinstance(exponent, int):
        return Decimal(0)
    written = Decimal(1).scaleb(min(exponent, 0))
    return min(written, ratio.slack * 2) if ratio.slack else written


def weighted_mean(check: WeightedMean, reported: Reported) -> Iterator[Problem]:
    """One problem when the mean of all is not the weighted mean of the groups."""
    fact = reported.first(check.mean)
    groups = [_group(group, reported) for group in check.groups]
    sized = [group for group in groups if group is not None and group[1].value]
    mean = next(iter(reported.amounts(check.mean)), None)
    size = sum((group[1].value for group in sized), Decimal(0))
    if fact is None or mean is None or not size or any(group[0] is None for group in sized):
        return
    means = [(own, people) for own, people in sized if own is not None]
    expected = sum((own.value * people.value for own, people in means), Decimal(0)) / size
    slack = mean.slack + max(own.slack for own, _ in means)
    if abs(mean.value - expected) > slack + check.tolerance * abs(expected):
        shown = (reported.words.amount(check.mean, mean.value, mean.unit), reported.words.rough(expected))
        facts = (fact, *(each for own, people in means for each in (*own.facts, *people.facts)))
        yield Problem(fact.concept, fact.source, {"value": shown[0], "expected": shown[1]}, facts=facts)


def _group(group: Group, reported: Reported) -> tuple[Amount | None, Amount] | None:
    """The mean and the size of a group; None where its size is not known."""
    own, people = (next(iter(reported.amounts(concept)), None) for concept in (group.mean, group.size))
    return (own, people) if people else None


def plausible(check: Plausible, reported: Reported) -> Iterator[Problem]:
    """One problem when the figure that follows from the others lies outside what can be."""
    fact = reported.first(check.concept)
    upper, lower = (_product(concepts, reported) for concepts in (check.numerators, check.denominators))
    if fact is None or upper is None or not lower:
        return
    value = upper / lower * check.factor
    low, high = check.minimum, check.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        number = reported.words.number
        values = {
            "value": reported.words.amount(fact.concept, number_of(fact) or Decimal(0), fact.unit),
            "implied": reported.words.rough(value),
            "minimum": number(low or Decimal(0)),
            "maximum": number(high or Decimal(0)),
        }
        remedies = tuple(_product_remedies(check, value, reported))
        facts = tuple(remedy.fact for remedy in remedies)
        yield Problem(fact.concept, fact.source, values, facts=facts, remedies=remedies)


def _product_remedies(check: Plausible, value: Decimal, reported: Reported) -> Iterator[Remedy]:
    """What each factor or divisor would have to be, were it the wrong one; of nought no factor makes anything else."""
    if not value:
        return
    low, high = (None if end is None else end / value for end in (check.minimum, check.maximum))
    for concept in dict.fromkeys((*check.numerators, *check.denominators)):
        fact = reported.first(concept)
        own = number_of(fact) if fact else None
        if fact and own and concept in check.denominators:
            yield Remedy(fact, own / high if high else None, own / low if low else None)
        elif fact and own:
            yield Remedy(fact, own * low if low is not None else None, own * high if high is not None else None)


def _product(concepts: Iterable[str], reported: Reported) -> Decimal | None:
    product = Decimal(1)
    for concept in concepts:
        fact = reported.first(concept)
        value = number_of(fact) if fact else None
        if value is None:
            return None
        product *= value
    return product


def at_most(check: AtMost, reported: Reported) -> Iterator[Problem]:
    """One problem for each context in which the limit is passed; at the largest of the concepts, or at the answer."""
    for upper, limit in _compared(check, reported):
        most = limit.value * check.fraction
        slack = Decimal(0) if check.strictly else upper.slack + limit.slack
        if upper.value - most > slack or (check.strictly and upper.value == most):
            yield _limit_problem(check, reported, upper, limit)


def _limit_problem(check: AtMost, reported: Reported, upper: Amount, limit: Amount) -> Problem:
    words, excess = reported.words, limit.value * check.fraction - upper.value
    largest = max(
        upper.facts, key=lambda fact: (number_of(fact) or Decimal(0)) * (reported.rate(fact, limit.unit) or 1)
    )
    answer = reported.first(check.at) if check.at else None
    wrong = answer or largest
    remedies = [Remedy(limit.facts[0], upper.value / check.fraction, None)]
    for fact in upper.facts:
        rate, value = reported.rate(fact, limit.unit), number_of(fact)
        if rate and value is not None:
            remedies.append(Remedy(fact, None, value + excess / rate))
    values = {
        "value": words.amount(check.concepts[0], upper.value, upper.unit),
        "what": words.labels(dict.fromkeys(fact.concept for fact in upper.facts)),
        "limit": words.amount(check.limit, limit.value, limit.unit),
        "limit_label": words.label(check.limit),
        "share": words.percentage(upper.value / limit.value) if limit.value else "",
        "fraction": words.percentage(check.fraction),
        "parts": _listed(upper.facts, reported),
    }
    return Problem(wrong.concept, wrong.source, values, facts=(*upper.facts, *limit.facts), remedies=tuple(remedies))


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
            values = {
                "value": words.amount(check.concept, value.value, value.unit),
                "partner": words.amount(check.partner, partner.value, partner.unit),
                "partner_label": words.label(check.partner),
            }
            yield Problem(fact.concept, fact.source, values, facts=(*value.facts, *partner.facts))
