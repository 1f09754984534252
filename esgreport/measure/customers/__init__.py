"""Customers measured honestly: tables and definitions become metrics with interval, n, method and reason.

It lies in `measure` since it does for customers' tables what `measure` does for facts: definitions in, figures out; it
reads no file and lays nothing out.

How a metric comes about, and where a new one goes:

1. A **metric** is an entry of `schemas/cx/metrics/*.yaml`. Nothing here knows one by its code.
2. A **kind** is a class in `definitions/cx_surveys.py`, `cx_rows.py`, `cx_loyalty.py` (or a module beside them), named
   in the union of `definitions/cx_metrics.py`, and a function `(metric, customers) -> Iterator[Figure]` named in
   `kinds.OF_KIND`. It returns `Figure`s: estimate, dimensions, names of methods and reasons of `schemas/cx/words.yaml`.
   Where there is nothing to measure it returns `pools.absent(metric, because("…"))`: never nought, never nothing.
3. What is **the mean of cases** (answers, tickets, customers coded as numbers) makes a `pools.Pool` and leaves the rest
   to `pools.pool_figures`: strata that are never mixed, dimensions asked for, account-clustered errors (`sampling`),
   intervals by nature of the value (`intervals`). Named in `pool_kinds.pool_of` as well, it can be the `of` of
   `change`, `against_rest`, `detectable`, `equal_groups` without further code.
4. **Significance** lives in `comparisons` alone: interval of the difference, test, correction for many groups, and the
   practical threshold of the settings. `Evidence.RISE` and `FALL` are the only leave to draw an arrow.
5. **Disclosure control** is `disclosure.disclosure_control`, the last step, here and nowhere else. A figure that is one
   of several groups says by which dimension in `broken_down`; groups must always make the whole (`not_stated`), or
   what is hidden follows by subtraction. What is shown of groups otherwise than as figures (a ledger, a table, quotes)
   asks `disclosure.hidden_groups` with `customers.thresholds` first.
6. `wording` puts figures into words last; nothing before it knows a language.
"""

from __future__ import annotations

from collections.abc import Sequence

from esgreport.customer_metrics import CustomerMetric
from esgreport.definitions import Definitions
from esgreport.measure.customers.answers import findings_of_questions
from esgreport.measure.customers.benchmarks import with_benchmarks
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.disclosure import disclosure_control
from esgreport.measure.customers.entry import findings_of_entry
from esgreport.measure.customers.kinds import OF_KIND
from esgreport.measure.customers.ticket_scores import findings_of_tickets, with_ticket_scores
from esgreport.measure.customers.wording import Wording
from esgreport.model import Finding
from esgreport.tables import CustomerTables

__all__ = ["check_customers", "measure_customers"]


def measure_customers(
    tables: CustomerTables, definitions: Definitions, language: str = "en", by: Sequence[str] = ()
) -> tuple[tuple[CustomerMetric, ...], tuple[Finding, ...]]:
    """Every metric of `schemas/cx/metrics`, in its order, broken down by the dimensions or options named in `by`.

    What cannot be measured is there too, as absent with the reason. Small groups are withheld. The findings are what
    measuring found wrong in the data, such as a scale declared the wrong way round.
    Errors: DefinitionError for a text or a reason that is not defined.
    """
    metrics = definitions.cx_metrics
    customers = Customers(with_ticket_scores(tables), definitions.cx, metrics, tuple(by))
    figures = [figure for metric in metrics.metrics.values() for figure in OF_KIND[metric.kind](metric, customers)]
    asked_for = customers.dimensions_for(list(metrics.dimensions))
    of_accounts = [dimension.name for dimension in asked_for if dimension.of == "accounts"]
    shown = disclosure_control(
        list(with_benchmarks(figures, customers)), metrics.metrics, customers.thresholds, of_accounts
    )
    wording = Wording(metrics, customers.tables, language)
    return tuple(wording.worded(figure) for figure in shown), _found(tables, customers, definitions, language)


def check_customers(tables: CustomerTables, definitions: Definitions, language: str = "en") -> tuple[Finding, ...]:
    """What `measure_customers` finds wrong in the data, without a metric measured."""
    customers = Customers(with_ticket_scores(tables), definitions.cx, definitions.cx_metrics, ())
    return _found(tables, customers, definitions, language)


def _found(
    tables: CustomerTables, customers: Customers, definitions: Definitions, language: str
) -> tuple[Finding, ...]:
    return (
        *findings_of_entry(tables, definitions, language),
        *findings_of_questions(customers, definitions, language),
        *findings_of_tickets(tables, definitions, language),
    )
