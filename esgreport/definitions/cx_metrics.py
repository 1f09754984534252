"""All customer metrics there are: every kind in one place, loaded from `schemas/cx/metrics` and checked by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from esgreport.definitions import cx_loyalty as loyalty
from esgreport.definitions import cx_rows as rows
from esgreport.definitions import cx_surveys as surveys
from esgreport.definitions.closed import Closed
from esgreport.definitions.cx import CustomerDefinitions
from esgreport.definitions.cx_metric import Condition, Dimension, UnitOfMetrics, Word, Words
from esgreport.definitions.loading import load_file
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

OfSurveys = (
    surveys.Answers
    | surveys.Change
    | surveys.AgainstRest
    | surveys.Detectable
    | surveys.EqualGroups
    | surveys.MixEffect
    | surveys.NonResponse
    | surveys.Coverage
    | surveys.Dismissed
)
OfRows = (
    rows.RowShare
    | rows.RowSplit
    | rows.RowMean
    | rows.RowCount
    | rows.RatioOfSums
    | rows.Duration
    | rows.WithinDays
    | rows.OpenAtEnd
    | rows.AccountShare
    | rows.PerAccount
    | rows.Recurring
)
OfLoyalty = (
    loyalty.Retention
    | loyalty.RevenueRetention
    | loyalty.RevenueMovement
    | loyalty.Concentration
    | loyalty.Cohorts
    | loyalty.Survival
    | loyalty.SurvivalTest
    | loyalty.RepeatPurchase
    | loyalty.Purchases
    | loyalty.Expansion
    | loyalty.Cost
    | loyalty.AcquisitionCost
    | loyalty.EarnedGrowth
    | loyalty.HistoricValue
    | loyalty.FormulaValue
    | loyalty.ContractValue
    | loyalty.PurchaseValue
)
MetricOfCustomers = OfSurveys | OfRows | OfLoyalty


class CustomerMetricsFile(Closed):
    """A file of `cx/metrics/`."""

    metrics: list[Annotated[MetricOfCustomers, Field(discriminator="kind")]]


@dataclass(frozen=True)
class CustomerMetricDefinitions:
    """The metrics by code, and the words and dimensions they are told with, by name."""

    metrics: Mapping[str, MetricOfCustomers]
    groups: Mapping[str, Word]
    units: Mapping[str, UnitOfMetrics]
    counts: Mapping[str, Word]
    methods: Mapping[str, Word]
    reasons: Mapping[str, Word]
    statuses: Mapping[str, Word]
    columns: Mapping[str, Word]
    dimensions: Mapping[str, Dimension]

    def asked_for(self, option: str) -> tuple[str, ...]:
        """The dimensions an option of the command, or the name of one, stands for; empty for a name that is none."""
        return tuple(name for name, each in self.dimensions.items() if option in (name, each.option))


def load_customer_metrics(folder: Path, customer: CustomerDefinitions) -> CustomerMetricDefinitions:
    """What `schemas/cx` says about metrics. Errors: DefinitionError for a name given twice or one that is none."""
    files = [load_file(path, CustomerMetricsFile) for path in sorted((folder / "metrics").glob("*.yaml"))]
    words = load_file(folder / "words.yaml", Words)
    metrics = [metric for file in files for metric in file.metrics]
    _refuse_twins("metric", [metric.code for metric in metrics])
    found = CustomerMetricDefinitions(
        {metric.code: metric for metric in metrics},
        _named("group", words.groups),
        {unit.name: unit for unit in words.units},
        _named("count", words.counts),
        _named("method", words.methods),
        _named("reason", words.reasons),
        _named("status", words.statuses),
        _named("column", words.columns),
        {dimension.name: dimension for dimension in words.dimensions},
    )
    for metric in metrics:
        _check_metric(metric, found, customer)
    return found


def _named(what: str, words: Iterable[Word]) -> Mapping[str, Word]:
    listed = list(words)
    _refuse_twins(what, [word.name for word in listed])
    return {word.name: word for word in listed}


def _refuse_twins(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DefinitionError(f"schemas/cx: the {what} {name!r} is defined twice.")


def _check_metric(metric: MetricOfCustomers, found: CustomerMetricDefinitions, customer: CustomerDefinitions) -> None:
    place = f"schemas/cx/metrics: {metric.code}"
    _refuse_unknown(place, "group", metric.group, found.groups)
    _refuse_unknown(place, "unit", metric.unit, found.units)
    _refuse_unknown(place, "count", metric.counts, found.counts)
    for name in metric.by:
        _refuse_unknown(place, "dimension", name, found.dimensions)
    of = getattr(metric, "of", "")
    if of:
        _refuse_unknown(place, "metric", of, found.metrics)
    practical = getattr(metric, "practical", "")
    if practical:
        _refuse_unknown(place, "setting", practical, customer.settings)
    if isinstance(metric, OfRows):
        _check_columns(place, metric, customer)


def _check_columns(place: str, metric: OfRows, customer: CustomerDefinitions) -> None:
    _refuse_unknown(place, "table", metric.table, customer.tables)
    columns = customer.tables[metric.table].by_name
    fields = ("column", "above", "below", "begin", "finish", "minutes", "amount", "distinct")
    named = [str(getattr(metric, name, "")) for name in fields]
    conditions: list[Condition] = [*metric.where, *getattr(metric, "having", [])]
    for name in (*metric.dated, *filter(None, named), *(each.column for each in conditions)):
        _refuse_unknown(f"{place}: {metric.table}", "column", name, columns)


def _refuse_unknown(place: str, what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise DefinitionError(f"{place}: unknown {what} {name!r}.{did_you_mean(name, known)}")
