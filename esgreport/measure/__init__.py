"""Derived figures: facts and metric definitions become more facts; it knows kinds of metric and no figure by name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from esgreport.amounts import Amounts, distinct
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
class _Figures(Amounts):
    """The figures of a filing as metrics ask for them."""

    def want(self, metric: Metric) -> bool:
        """Whether a metric is one of the edition, and the filing does not itself report the concept it gives."""
        reference = metric.editions.get(self.filing.edition)
        reported = any(fact.concept == metric.gives and not fact.dimensions for fact in self.filing.facts)
        return not reported and not (reference and reference.status == "deleted")


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
    if above is None or below is None or not below.value:
        return ()
    if not figures.makes(below.value, metric.whole, metric.tolerance):
        return ()
    inputs = distinct((above.facts, below.facts))
    return (_fact(metric, figures.filing, above.value * metric.scale / below.value, inputs),)


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
