"""How customers buy: again or once, how often, how much, at what distance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from esgreport.definitions.cx_loyalty import Purchases, RepeatPurchase
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.durations import mean_of_accounts, quantile_of
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.lifetimes import Lifetimes
from esgreport.measure.customers.pools import Pool, Refused, absent, pool_figures
from esgreport.measure.customers.resampling import bootstrapped
from esgreport.measure.customers.rows import account_pool
from esgreport.measure.customers.sampling import Floats, Ints, summed
from esgreport.model import Period

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class _Orders:
    """Orders in order of time: whose, when, how much."""

    accounts: Ints
    days: npt.NDArray[np.datetime64]
    amounts: Floats


def _orders(customers: Customers, period: Period | None = None) -> _Orders | Refused:
    """The orders of a period, or all."""
    table = customers.tables.tables["orders"]
    if not table.given:
        return Refused(because("no_table", table=customers.customer.tables["orders"].sheet))
    frame = table.frame
    accounts = customers.accounts_of("orders")
    chosen = (accounts >= 0) & frame["ordered_at"].notna().to_numpy()
    if period is not None:
        chosen &= customers.within(frame["ordered_at"], period)
    days = frame["ordered_at"].to_numpy(dtype="datetime64[D]")[chosen]
    order = np.argsort(days, kind="stable")
    amounts = frame["amount"].to_numpy(dtype=np.float64)[chosen]
    return _Orders(accounts[chosen][order], days[order], amounts[order])


def pool_of_repeat_purchase(metric: RepeatPurchase, customers: Customers) -> Pool | Refused:
    """Buyers as cases: 1 for those who bought again."""
    if customers.period is None or customers.prior is None:
        return Refused(because("no_period"))
    if metric.within_days is not None:
        return _after_first(metric, metric.within_days, customers)
    numbers, values, before = [], [], []
    size = len(customers.account_ids)
    for period in (customers.period, customers.prior):
        orders = _orders(customers, period)
        if isinstance(orders, Refused):
            return orders
        counts = summed(orders.accounts, np.ones(len(orders.accounts)), size)
        buyers = np.flatnonzero(counts)
        numbers.append(buyers)
        values.append((counts[buyers] >= 2).astype(np.float64))
        before.append(np.full(len(buyers), period is customers.prior))
    return account_pool(metric, customers, np.concatenate(numbers), np.concatenate(values), np.concatenate(before))


def _after_first(metric: RepeatPurchase, days: int, customers: Customers) -> Pool | Refused:
    """Accounts whose first order of all is known and long enough ago: 1 for those with another within the days."""
    orders = _orders(customers)
    if isinstance(orders, Refused):
        return orders
    assert customers.period is not None
    order = np.lexsort((orders.days, orders.accounts))
    accounts, days_of = orders.accounts[order], orders.days[order]
    buyers, first = np.unique(accounts, return_index=True)
    began = days_of[first]
    followed = np.append(accounts[1:] == accounts[:-1], False)[first]
    in_time = np.append(days_of[1:], np.datetime64("NaT"))[first] <= began + days * _DAY
    since = customers.account_column("customer_since").to_numpy(dtype="datetime64[D]")[buyers]
    # Of who was a customer before the orders are on record, the first order is not known.
    known = np.isnat(since) | (since >= orders.days.min())
    old = began + days * _DAY <= np.datetime64(customers.period.end)
    buyers, again = buyers[known & old], (followed & in_time)[known & old].astype(np.float64)
    return account_pool(metric, customers, buyers, again, np.zeros(len(buyers), dtype=bool))


def repeat_purchase(metric: RepeatPurchase, customers: Customers) -> Iterator[Figure]:
    """The share of buyers that bought again."""
    pool = pool_of_repeat_purchase(metric, customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
        return
    for figure in pool_figures(metric, pool, customers):
        yield replace(figure, tables=("orders",))


def purchases(metric: Purchases, customers: Customers) -> Iterator[Figure]:
    """How often, how much and at what distance customers buy in the period."""
    orders = _orders(customers, customers.period) if customers.period else Refused(because("no_period"))
    if isinstance(orders, Refused) or not len(orders.accounts):
        yield absent(metric, orders.reason if isinstance(orders, Refused) else because("no_cases"), customers.period)
        return
    size = len(customers.account_ids)
    counts = summed(orders.accounts, np.ones(len(orders.accounts)), size)
    spent = summed(orders.accounts, orders.amounts, size)
    buyers = np.flatnonzero(counts)
    base = Figure(metric.code, None, (), customers.period, ("student_t",), (), ("orders",))
    match metric.what:
        case "frequency":
            yield replace(base, estimate=mean_of_accounts(counts[buyers], buyers, customers.confidence))
        case "amount":
            given = ~np.isnan(orders.amounts)
            estimate = mean_of_accounts(orders.amounts[given], orders.accounts[given], customers.confidence)
            yield replace(base, estimate=estimate, methods=("student_t", "clustered_by_account"))
        case "interval":
            yield _interval(base, customers)
        case "repeat_spend_ratio":
            yield _spend_ratio(base, counts[buyers], spent[buyers], customers)


def _interval(base: Figure, customers: Customers) -> Figure:
    """The median distance between orders of a customer; the time since its last order counts as still running."""
    orders = _orders(customers)
    assert not isinstance(orders, Refused) and customers.period is not None
    order = np.lexsort((orders.days, orders.accounts))
    accounts, days = orders.accounts[order], orders.days[order]
    until = days <= np.datetime64(customers.period.end)
    accounts, days = accounts[until], days[until]
    follows = np.append(accounts[1:] == accounts[:-1], False)
    following = np.append(days[1:], np.datetime64("NaT"))
    ends = np.where(follows, following, np.datetime64(customers.period.end))
    hours = (ends - days) / np.timedelta64(1, "h")
    kept = hours > 0
    found, reasons = quantile_of(Lifetimes(hours[kept], follows[kept], accounts[kept]), 0.5, 24.0, customers.confidence)
    return replace(base, estimate=found, reasons=reasons, methods=("kaplan_meier", "account_bootstrap"))


def _spend_ratio(base: Figure, counts: Floats, spent: Floats, customers: Customers) -> Figure:
    """The mean spend of customers who bought several times by that of those who bought once."""
    again = (counts >= 2).astype(np.float64)
    if not 0 < again.sum() < len(again):
        return replace(base, reasons=(because("no_groups"),))

    def statistic(spend: Floats, repeated: Floats, axis: int = -1) -> Floats:
        of_repeat = (spend * repeated).sum(axis=axis) / repeated.sum(axis=axis)
        of_once = (spend * (1 - repeated)).sum(axis=axis) / (1 - repeated).sum(axis=axis)
        return np.asarray(of_repeat / of_once)

    value = float(statistic(spent, again))
    interval = bootstrapped((spent, again), statistic, customers.confidence)
    estimate = Estimate(value, interval, len(spent), len(spent), customers.confidence)
    few = min(int(again.sum()), int((1 - again).sum())) < customers.thresholds.show
    reasons = (because("few_in_a_group"),) if few else ()
    return replace(base, estimate=estimate, reasons=reasons, methods=("account_bca",), weak=few)
