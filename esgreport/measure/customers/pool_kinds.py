"""Which kinds of metric are the mean of a pool of cases, and how each gathers its pool; a new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from esgreport.definitions.cx_metrics import MetricOfCustomers
from esgreport.measure.customers import answers, purchases, retention, rows
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.figures import because
from esgreport.measure.customers.pools import Pool, Refused

OF_KIND: Mapping[str, Callable[..., Pool | Refused]] = {
    "answers": answers.pool_of_answers,
    "share": rows.pool_of_rows,
    "mean": rows.pool_of_rows,
    "account_share": rows.pool_of_account_share,
    "retention": retention.pool_of_retention,
    "expansion": retention.pool_of_expansion,
    "repeat_purchase": purchases.pool_of_repeat_purchase,
}


def pool_of(metric: MetricOfCustomers, customers: Customers) -> Pool | Refused:
    """The cases a metric is the mean of; refused where a metric is no mean of cases, or has none."""
    gather = OF_KIND.get(metric.kind)
    return gather(metric, customers) if gather else Refused(because("no_cases"))
