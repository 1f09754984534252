"""Derived figures: facts and metric definitions become more facts; it knows kinds of metric and no figure by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from esgreport.definitions import Definitions
from esgreport.definitions.metrics import Change, Input, Metric, Ratio, WeightedMean
from esgreport.model import Fact, Filing

__all__ = ["measure"]

CONCEPT_AXIS = "MeasuredConcept"
"""Which concept a change is the change of; no axis of the taxonomy."""
_AS_A_DOUBLE = Context(prec=15)


def measure(filing: Filing, definitions: Definitions) -> tuple[Fact, ...]:
    """The derived figures that can be had from what was filed, in the order of their definitions; newest year first.

    A measured fact has the metric's code as its concept, the facts it was computed from as `inputs` and no cell.
    Where an input is missing or met twice, or a denominator is nought, there is no fact: never a nought. What the
    edition has deleted is not measured, nor what the filing reports itself.
    """
    years = (_Figures(year, definitions) for year in filing.years)
    return tuple(
        fact
        for figures in years
        for metric in definitions.metrics.values()
        if figures.want(metric)
        for fact in _measured(metric, figures)
    )


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with the facts it came from."""

    value: Decimal
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a filing as metrics ask for them."""

    filing: Filing
    definitions: Definitions

    def want(self, metric: Metric) -> bool:
        """Whether a metric is one of the edition, and the filing does not itself report the concept it gives."""
        reference = metric.editions.get(self.filing.edition)
        reported = any(fact.concept == metric.gives and not fact.dimensions for fact in self.filing.facts)
        return not reported and not (reference and reference.status == "deleted")

    def amount(self, item: Input) -> _Amount | None:
        """The one figure, or the sum over an axis, in the unit asked for; None where missing or not clear."""
        facts = [fact for fact in self.filing.facts if self._fits(fact, item)]
        if not facts or (len(facts) > 1 and not item.sum_over):
            return None
        values = [self._converted(fact, item.unit) for fact in facts]
        numbers = [value for value in values if value is not None]
        return _Amount(sum(numbers, Decimal(0)), tuple(facts)) if len(numbers) == len(values) else None

    def _fits(self, fact: Fact, item: Input) -> bool:
        if fact.concept != item.concept or not isinstance(fact.value, Decimal):
            return False
        if item.sum_over:
            return [axis for axis, _ in fact.dimensions] == [item.sum_over]
        return fact.dimensions == (((item.axis, item.member),) if item.member else ())

    def _converted(self, fact: Fact, unit: str) -> Decimal | None:
        if not isinstance(fact.value, Decimal):
            return None
        return self.definitions.converted(fact.value, fact.unit, unit) if unit else fact.value

    def total(self, items: Iterable[Input]) -> _Amount | None:
        """Several figures added up; None where one that is not optional is missing, or all are."""
        found: list[_Amount] = []
        for item in items:
            amount = self.amount(item)
            if amount is not None:
                found.append(amount)
            elif not item.optional:
                return None
        if not found:
            return None
        return _Amount(sum((one.value for one in found), Decimal(0)), _distinct(one.facts for one in found))


def _measured(metric: Metric, figures: _Figures) -> tuple[Fact, ...]:
    match metric:
        case Ratio():
            return _ratio(metric, figures)
        case WeightedMean():
            return _weighted_mean(metric, figures)
        case Change():
            return _change(metric, figures)


def _ratio(metric: Ratio, figures: _Figures) -> tuple[Fact, ...]:
    above, below = figures.total(metric.numerator), figures.total(metric.denominator)
    if above is None or below is None or not below.value or not _whole(metric, below, figures):
        return ()
    inputs = _distinct((above.facts, below.facts))
    return (_fact(metric, figures.filing, above.value * metric.scale / below.value, inputs),)


def _whole(metric: Ratio, parts: _Amount, figures: _Figures) -> bool:
    """Whether the parts make the total that was reported; a share of something else would not be what it says."""
    if metric.whole is None:
        return True
    total = figures.amount(metric.whole)
    return total is not None and abs(parts.value - total.value) <= abs(total.value) * metric.tolerance


def _weighted_mean(metric: WeightedMean, figures: _Figures) -> tuple[Fact, ...]:
    weighted, size = Decimal(0), Decimal(0)
    inputs: list[Fact] = []
    for group in metric.groups:
        mean, weight = (figures.amount(Input(concept=name)) for name in (group.value, group.weight))
        if weight is None or not weight.value:
            if mean is not None and mean.value:
                return ()  # a mean of people of whom nobody said how many they are
            continue
        if mean is None:
            return ()
        weighted, size = weighted + mean.value * weight.value, size + weight.value
        inputs += (*mean.facts, *weight.facts)
    return (_fact(metric, figures.filing, weighted / size, tuple(inputs)),) if size else ()


def _change(metric: Change, figures: _Figures) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for concept in metric.concepts:
        ends = [
            Input(concept=concept, axis=metric.axis, member=member) for member in (metric.from_member, metric.to_member)
        ]
        before, after = (figures.amount(end) for end in ends)
        if before is None or after is None or not before.value or before.facts[0].unit != after.facts[0].unit:
            continue
        value = (after.value - before.value) / before.value
        found.append(_fact(metric, figures.filing, value, (*before.facts, *after.facts), concept))
    return tuple(found)


def _fact(metric: Metric, filing: Filing, value: Decimal, inputs: tuple[Fact, ...], of: str = "") -> Fact:
    return Fact(
        concept=metric.code,
        value=_AS_A_DOUBLE.plus(value),
        period=filing.period,
        unit=metric.unit.replace("{currency}", f"iso4217:{filing.currency}"),
        decimals=metric.decimals,
        dimensions=((CONCEPT_AXIS, of),) if of else (),
        inputs=inputs,
    )


def _distinct(groups: Iterable[Sequence[Fact]]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(fact for group in groups for fact in group))
