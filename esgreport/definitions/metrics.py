"""What may stand in `schemas/metrics/`: models of derived figures, one class a kind; it computes nothing."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Axis, Concept, Reference, Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError


class Input(Closed):
    """A figure that is put in: a concept, with a member of an axis, or added up over all members of `sum_over`.

    `unit` is the unit it is converted to before anything is computed; an `optional` one may be missing.
    """

    concept: str
    axis: str = ""
    member: str = ""
    sum_over: str = ""
    unit: str = ""
    optional: bool = False


class _Metric(Closed):
    """What every metric has. `gives` is the concept it answers: computed, nobody needs to enter it."""

    code: str
    gives: str = ""
    disclosure: str
    labels: Text
    formula: Text
    unit: str
    unit_labels: Text = {}
    shown: Literal["number", "percent"] = "number"
    decimals: int = 2
    better: Literal["higher", "lower", "none"] = "none"
    editions: dict[str, Reference] = {}


class Ratio(_Metric):
    """Numerators added up, divided by denominators added up, times `scale`.

    With `whole`, the denominators must make that reported total within `tolerance`, or there is no figure.
    """

    kind: Literal["ratio"]
    numerator: list[Input]
    denominator: list[Input]
    scale: Decimal = Decimal(1)
    whole: Input | None = None
    tolerance: Decimal = Decimal("0.005")


class Weighted(Closed):
    """A mean of a group and the group's size."""

    value: str
    weight: str


class WeightedMean(_Metric):
    """The mean of groups' means, weighted with their size; a group with people and no mean leaves no figure."""

    kind: Literal["weighted_mean"]
    groups: list[Weighted]


class Change(_Metric):
    """By how much each of `concepts` differs at one member of an axis from another; the default member is ``""``."""

    kind: Literal["change"]
    concepts: list[str]
    axis: str
    from_member: str
    to_member: str = ""


Metric = Ratio | WeightedMean | Change


class Metrics(Closed):
    """A file of `metrics/`."""

    metrics: list[Annotated[Metric, Field(discriminator="kind")]]


def inputs_of(metric: Metric) -> Iterator[Input]:
    """Every figure a metric is computed from, as its definition names it."""
    match metric:
        case Ratio():
            yield from (*metric.numerator, *metric.denominator, *([metric.whole] if metric.whole else []))
        case WeightedMean():
            for group in metric.groups:
                yield from (Input(concept=group.value), Input(concept=group.weight))
        case Change():
            for concept in metric.concepts:
                yield Input(concept=concept, axis=metric.axis, member=metric.from_member)


def load_metrics(
    folder: Path, concepts: Mapping[str, Concept], axes: Mapping[str, Axis], disclosures: Collection[str]
) -> Mapping[str, Metric]:
    """Derived figures by code. Errors: DefinitionError for a code given twice or a name that is none."""
    metrics: dict[str, Metric] = {}
    for path in sorted(folder.glob("*.yaml")):
        for metric in load_file(path, Metrics).metrics:
            if metric.code in metrics:
                raise DefinitionError(f"schemas/metrics/{path.name}: {metric.code} is defined twice.")
            metrics[metric.code] = metric
    check_metrics(metrics, concepts, axes, disclosures)
    return metrics


def check_metrics(
    metrics: Mapping[str, Metric],
    concepts: Mapping[str, Concept],
    axes: Mapping[str, Axis],
    disclosures: Collection[str],
) -> None:
    """Whether metrics name only what exists. Errors: DefinitionError with the nearest name there is."""
    for metric in metrics.values():
        place = f"schemas/metrics: {metric.code}"
        if metric.disclosure not in disclosures:
            known = did_you_mean(metric.disclosure, disclosures)
            raise DefinitionError(f"{place}: unknown disclosure {metric.disclosure!r}.{known}")
        for name in filter(None, (metric.gives, *(item.concept for item in inputs_of(metric)))):
            if name not in concepts:
                raise DefinitionError(f"{place}: unknown concept {name!r}.{did_you_mean(name, concepts)}")
        for item in inputs_of(metric):
            for axis in filter(None, (item.axis, item.sum_over)):
                if axis not in axes:
                    raise DefinitionError(f"{place}: unknown axis {axis!r}.{did_you_mean(axis, axes)}")
