"""What a question may ask for beyond concepts: `schemas/targets.yaml` as models, one class a way of having an answer.

It describes; the room `answers` has the answers.
"""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.metrics import Input, Metric, Weighted, inputs_of
from esgreport.definitions.models import Axis, Concept, Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError


class OfFact(Closed):
    """The fact of a concept itself, at a member of an axis or at none, times `factor`."""

    kind: Literal["fact"]
    concept: str
    axis: str = ""
    member: str = ""
    factor: Decimal = Decimal(1)


class OfMetric(Closed):
    """A derived figure of `schemas/metrics/`, times `factor`; `of` is the concept a change is the change of."""

    kind: Literal["metric"]
    metric: str
    of: str = ""
    factor: Decimal = Decimal(1)


class FirstOf(Closed):
    """The first of several that can be had."""

    kind: Literal["first_of"]
    of: list[Annotated[OfFact | OfMetric, Field(discriminator="kind")]]


class OneOf(Closed):
    """Figures of which any may be meant: given where only one is held or all are equal, else a person chooses."""

    kind: Literal["one_of"]
    operands: list[Input]


class ShareOf(Closed):
    """Numerators added up, divided by denominators added up, times `scale`.

    With `whole` the denominators must make that reported total, within half a per cent, or there is no figure.
    """

    kind: Literal["ratio"]
    numerator: list[Input]
    denominator: list[Input]
    scale: Decimal = Decimal(1)
    whole: Input | None = None


class SumOf(Closed):
    """Figures added up; with `whole`, they and the `rest` must make that reported total, within half a per cent."""

    kind: Literal["sum_of"]
    operands: list[Input]
    rest: list[Input] = []
    whole: Input | None = None


class SumOfProducts(Closed):
    """A mean of each group times the group's size, added up; a group with people and no mean leaves no figure."""

    kind: Literal["sum_of_products"]
    pairs: list[Weighted]


class ShareFromRatio(Closed):
    """The share r ÷ (1 + r) of the first of two groups whose ratio r a concept holds."""

    kind: Literal["share_from_ratio"]
    concept: str


class CountOfRows(Closed):
    """How many rows of a table there are: the distinct values on its axis among the facts of some concepts."""

    kind: Literal["count_of_rows"]
    axis: str
    concepts: list[str]
    only_true: bool = False
    """Whether only facts that say yes count."""


class RowsOf(Closed):
    """The rows of a table in words, the facts of some concepts joined."""

    kind: Literal["rows_of"]
    axis: str
    concepts: list[str]


class ListOf(Closed):
    """The distinct values of a concept, or with `axis` the members it has facts for, as a list."""

    kind: Literal["list_of"]
    concept: str
    axis: str = ""


class YesIfAny(Closed):
    """Yes where a fact proves it: a yes, a text, a number above nought.

    A nought proves yes, no or nothing, as `zero` says; what is not reported never proves anything.
    """

    kind: Literal["yes_if_any"]
    concepts: list[str] = []
    inputs: list[Input] = []
    zero: Literal["proves_yes", "proves_no", "proves_nothing"]


class YesIfMember(Closed):
    """Yes where a set of members has this one; a set without it proves nothing."""

    kind: Literal["yes_if_member"]
    concept: str
    member: str


class OfProfile(Closed):
    """What a filing says of the undertaking and itself; without `part` nothing does, and a person has to.

    `site` are concepts that say it of a site: of the only one, it is offered to that person.
    """

    kind: Literal["profile"]
    part: Literal[
        "",
        "name",
        "lei",
        "vat",
        "duns",
        "euid",
        "nationalregister",
        "period",
        "year",
        "start",
        "end",
        "currency",
        "language",
    ] = ""
    site: list[str] = []


class OfCustomers(Closed):
    """The first of some customer metrics that has a figure for the whole company: its value, or that there is one."""

    kind: Literal["customer_metric"]
    metrics: list[str]
    gives: Literal["value", "yes"]


How = (
    OfFact
    | OfMetric
    | FirstOf
    | OneOf
    | ShareOf
    | SumOf
    | SumOfProducts
    | ShareFromRatio
    | CountOfRows
    | RowsOf
    | ListOf
    | YesIfAny
    | YesIfMember
    | OfProfile
    | OfCustomers
)


class Target(Closed):
    """Something a question may ask for: what it is called, what answer it is, in which unit, and how it is had.

    `review` leaves every answer to a person; `caveat` is said beside it.
    """

    id: str
    kind: Literal["number", "boolean", "choice", "text", "date", "table"]
    labels: Text
    how: Annotated[How, Field(discriminator="kind")]
    unit: str = ""
    shown: Literal["number", "percent"] = "number"
    review: bool = False
    caveat: Text = {}


class Targets(Closed):
    """The file `targets.yaml`."""

    targets: list[Target]


@dataclass(frozen=True, slots=True)
class Nameable:
    """What targets may name."""

    concepts: Mapping[str, Concept]
    metrics: Mapping[str, Metric]
    axes: Mapping[str, Axis]
    customer_metrics: Collection[str]


def customer_metric_codes(folder: Path) -> frozenset[str]:
    """The codes of the customer metrics, without reading what they are: that takes long, and their names suffice."""
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.yaml"))
    return frozenset(code for text in texts for code in re.findall(r"^\s*- code: (\w+)", text, re.MULTILINE))


def load_targets(path: Path, nameable: Nameable) -> Mapping[str, Target]:
    """The targets by identifier. Errors: DefinitionError for an identifier given twice or a name of nothing."""
    targets: dict[str, Target] = {}
    for target in load_file(path, Targets).targets:
        place = f"schemas/{path.name}: {target.id}"
        if target.id in targets:
            raise DefinitionError(f"{place} is defined twice.")
        for name, known in _names(target.how, nameable):
            if name not in known:
                raise DefinitionError(f"{place}: unknown name {name!r}.{did_you_mean(name, known)}")
        targets[target.id] = target
    return targets


def _names(how: How, nameable: Nameable) -> Iterator[tuple[str, Collection[str]]]:
    for item in inputs_of_target(how):
        yield item.concept, nameable.concepts
        for axis in filter(None, (item.axis, item.sum_over)):
            yield axis, nameable.axes
    for metric in metrics_of_target(how):
        yield metric, nameable.metrics
    if isinstance(how, CountOfRows | RowsOf | ListOf) and how.axis:
        yield how.axis, nameable.axes
    if isinstance(how, OfCustomers):
        for code in how.metrics:
            yield code, nameable.customer_metrics


def inputs_of_target(how: How) -> tuple[Input, ...]:
    """The figures of the standard an answer is made from, as they are named; those of metrics are not among them."""
    found: list[Input] = []
    match how:
        case OfFact():
            found = [Input(concept=how.concept, axis=how.axis, member=how.member)]
        case ListOf() | ShareFromRatio() | YesIfMember():
            found = [Input(concept=how.concept)]
        case FirstOf():
            found = [item for each in how.of for item in inputs_of_target(each)]
        case OneOf():
            found = how.operands
        case ShareOf():
            found = [*how.numerator, *how.denominator, *([how.whole] if how.whole else [])]
        case SumOf():
            found = [*how.operands, *how.rest, *([how.whole] if how.whole else [])]
        case SumOfProducts():
            found = [Input(concept=name) for pair in how.pairs for name in (pair.value, pair.weight)]
        case CountOfRows() | RowsOf():
            found = [Input(concept=name) for name in how.concepts]
        case OfProfile():
            found = [Input(concept=name) for name in how.site]
        case YesIfAny():
            found = [*(Input(concept=name) for name in how.concepts), *how.inputs]
    return tuple(found)


def metrics_of_target(how: How) -> tuple[str, ...]:
    """The derived figures of `schemas/metrics/` an answer is one of."""
    match how:
        case OfMetric():
            return (how.metric,)
        case FirstOf():
            return tuple(name for each in how.of for name in metrics_of_target(each))
        case _:
            return ()


def concepts_of_target(target: Target, metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """The standard's concepts an answer stands on, each once, the first operand first."""
    own = [item.concept for item in inputs_of_target(target.how)]
    own += [item.concept for name in metrics_of_target(target.how) for item in inputs_of(metrics[name])]
    return tuple(dict.fromkeys(own))
