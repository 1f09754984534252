"""Customers and revenue kept and lost between two snapshots, and what became of those who began together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from esgreport.definitions.cx_loyalty import Concentration, Expansion, Retention, RevenueMovement, RevenueRetention
from esgreport.measure.customers.customers import Customers, members_of
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.pools import Pool, Refused, absent, pool_figures
from esgreport.measure.customers.resampling import bootstrapped
from esgreport.measure.customers.rows import account_pool
from esgreport.measure.customers.sampling import Floats
from esgreport.measure.customers.standing import Revenues, Standing, revenues, standing

Flow = Callable[[Floats, Floats], Floats]


def pool_of_retention(metric: Retention, customers: Customers) -> Pool | Refused:
    """The customers of the opening as cases, of the period and of the one before: 1 for those counted."""
    if customers.period is None or customers.prior is None:
        return Refused(because("no_period"))
    numbers, values, before = [], [], []
    for period in (customers.period, customers.prior):
        found = standing(customers, period)
        if isinstance(found, Refused):
            return found
        there = np.flatnonzero(found.opening)
        numbers.append(there)
        values.append((found.kept[there] == (metric.counted == "kept")).astype(np.float64))
        before.append(np.full(len(there), period is customers.prior))
    now = standing(customers, customers.period)
    assert isinstance(now, Standing)
    pool = account_pool(metric, customers, np.concatenate(numbers), np.concatenate(values), np.concatenate(before))
    return replace(pool, methods=(now.method,), key=("retention", metric.code))


def retention(metric: Retention, customers: Customers) -> Iterator[Figure]:
    """The share of the customers of the opening that stayed, or left."""
    pool = pool_of_retention(metric, customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
        return
    for figure in pool_figures(metric, pool, customers):
        yield replace(figure, tables=("contracts", "accounts", "orders", "usage"))


FLOWS: dict[str, Flow] = {
    "gross": np.minimum,
    "net": lambda opening, closing: closing,
    "lost": lambda opening, closing: np.maximum(opening - closing, 0),
    "churned": lambda opening, closing: opening * (closing <= 0),
    "contracted": lambda opening, closing: np.maximum(opening - closing, 0) * (closing > 0),
    "expanded": lambda opening, closing: np.maximum(closing - opening, 0),
}
"""What each account of the opening adds to a flow of recurring revenue; capped at what it had, account by account."""


def revenue_retention(metric: RevenueRetention, customers: Customers) -> Iterator[Figure]:
    """A flow of recurring revenue as a share of the opening revenue of the same accounts."""
    if customers.period is None:
        yield absent(metric, because("no_period"))
        return
    found = revenues(customers, customers.period)
    if isinstance(found, Refused):
        yield absent(metric, found.reason)
        return
    groups: list[tuple[str, tuple[tuple[str, str], ...], npt.NDArray[np.bool_]]] = [("", (), found.opening > 0)]
    for dimension in customers.dimensions_for(metric.by):
        grouping = customers.grouping(dimension, "accounts") if dimension.of == "accounts" else None
        for number, member in enumerate((*grouping.members, "not_stated") if grouping else ()):
            code = number if grouping and number < len(grouping.members) else -1
            chosen = (found.opening > 0) & ((grouping.codes == code) if grouping else False)
            groups.append((dimension.name, ((dimension.name, member),), chosen))
    for dimension_name, members, chosen in groups:
        if chosen.any():
            figure = _flow(metric, found, chosen, customers)
            yield replace(figure, dimensions=members, broken_down=dimension_name)
        elif not dimension_name:
            yield absent(metric, because("no_cases"), customers.period)


def _flow(metric: RevenueRetention, found: Revenues, chosen: npt.NDArray[np.bool_], customers: Customers) -> Figure:
    opening, closing = found.opening[chosen], found.closing[chosen]
    part = FLOWS[metric.flow](opening, closing)

    def share(parts: Floats, openings: Floats, axis: int = -1) -> Floats:
        return np.asarray(parts.sum(axis=axis) / openings.sum(axis=axis))

    value = float(part.sum() / opening.sum())
    interval = bootstrapped((part, opening), share, customers.confidence)
    estimate = Estimate(value, interval, len(opening), len(opening), customers.confidence)
    largest = np.sort(opening)[::-1][:5].sum() / opening.sum()
    reasons = [because("largest_five", share=f"{100 * largest:.0f}")]
    if interval is None:
        reasons.append(because("all_the_same"))
    return Figure(
        metric.code, estimate, (), customers.period, (found.method, "account_bca"), tuple(reasons), (found.table,)
    )


def revenue_movement(metric: RevenueMovement, customers: Customers) -> Iterator[Figure]:
    """Recurring revenue won and lost between the snapshots, by movement."""
    if customers.period is None:
        yield absent(metric, because("no_period"))
        return
    found = revenues(customers, customers.period)
    if isinstance(found, Refused):
        yield absent(metric, found.reason)
        return
    opening, closing = found.opening, found.closing
    begun, there = (opening <= 0) & (closing > 0), opening > 0
    movements = {
        "new": (begun & ~found.earlier, closing),
        "reactivated": (begun & found.earlier, closing),
        "expansion": (there & (closing > opening), closing - opening),
        "contraction": (there & (closing < opening) & (closing > 0), closing - opening),
        "churn": (there & (closing <= 0), closing - opening),
    }
    for name, (chosen, amounts) in movements.items():
        count = int(chosen.sum())
        if count:
            yield Figure(
                metric.code,
                Estimate(float(amounts[chosen].sum()), None, count, count),
                members_of({"movement": name}),
                customers.period,
                (found.method,),
                (),
                (found.table,),
                broken_down="movement",
            )


def concentration(metric: Concentration, customers: Customers) -> Iterator[Figure]:
    """The share of the opening recurring revenue that the largest accounts make."""
    found = revenues(customers, customers.period) if customers.period else Refused(because("no_period"))
    if isinstance(found, Refused):
        yield absent(metric, found.reason)
        return
    opening = np.sort(found.opening[found.opening > 0])[::-1]
    if not len(opening):
        yield absent(metric, because("no_cases"), customers.period)
        return
    estimate = Estimate(float(opening[: metric.top].sum() / opening.sum()), None, len(opening), len(opening))
    yield Figure(metric.code, estimate, (), customers.period, (found.method,), (), (found.table,))


def pool_of_expansion(metric: Expansion, customers: Customers) -> Pool | Refused:
    """The accounts under contract at both snapshots as cases: 1 for those that took more of a product, or a new one."""
    if customers.period is None:
        return Refused(because("no_period"))
    if not customers.tables.tables["contracts"].has("product"):
        return Refused(because("no_products"))
    opening, closing, price = _by_product(customers)
    there = np.flatnonzero((opening.sum(axis=1) > 0) & (closing.sum(axis=1) > 0))
    if metric.what == "upsell":
        more = (opening > 0) & (closing > opening * price * 1.001)
    else:
        more = (opening <= 0) & (closing > 0)
    values = np.any(more[there], axis=1).astype(np.float64)
    return account_pool(metric, customers, there, values, np.zeros(len(there), dtype=bool))


def _by_product(customers: Customers) -> tuple[Floats, Floats, Floats]:
    """Contract value by account and product at both snapshots, and the price rises between them."""
    assert customers.period is not None and customers.period.start is not None
    frame = customers.tables["contracts"]
    accounts, products = customers.accounts_of("contracts"), frame["product"].cat.codes.to_numpy()
    shape = (len(customers.account_ids), len(frame["product"].cat.categories))
    known = (accounts >= 0) & (products >= 0)
    start, end, decided = (frame[name].to_numpy(dtype="datetime64[D]") for name in ("start", "end", "renewed_on"))
    values = np.nan_to_num(frame["annual_value"].to_numpy())
    found = []
    first, last = np.datetime64(customers.period.start), np.datetime64(customers.period.end)
    for at in (first - np.timedelta64(1, "D"), last):
        running = known & (start <= at) & (np.isnat(end) | (end >= at))
        totals = np.zeros(shape)
        np.add.at(totals, (accounts[running], products[running]), values[running])
        found.append(totals)
    price = np.ones(shape)
    when = np.where(np.isnat(end), decided, end)
    raised = known & (when >= first - np.timedelta64(1, "D")) & (when < last)
    np.multiply.at(
        price, (accounts[raised], products[raised]), 1 + np.nan_to_num(frame["price_change"].to_numpy())[raised]
    )
    return found[0], found[1], price


def expansion(metric: Expansion, customers: Customers) -> Iterator[Figure]:
    """The share of accounts that took more of the same product, or a new one."""
    pool = pool_of_expansion(metric, customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
        return
    for figure in pool_figures(metric, pool, customers):
        yield replace(figure, tables=("contracts",))
