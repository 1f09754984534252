"""Which kinds of metric are the mean of a pool of cases, and how each gathers its pool; a new one is a line here."""

from __future__ import annotations

from esgreport.definitions.cx_metrics import MetricOfCustomers
from esgreport.definitions.cx_surveys import Answers
from esgreport.measure.customers.answers import pool_of_answers
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.figures import because
from esgreport.measure.customers.pools import Pool, Refused


def pool_of(metric: MetricOfCustomers, customers: Customers) -> Pool | Refused:
    """The cases a metric is the mean of; refused, too, where a metric is no mean of cases."""
    match metric:
        case Answers():
            return pool_of_answers(metric, customers)
        case _:
            return Refused(because("no_cases"))
