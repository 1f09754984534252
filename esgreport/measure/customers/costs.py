"""What it costs to keep and to win customers, and the growth that those who stay bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from esgreport.definitions.cx_loyalty import AcquisitionCost, Cost, EarnedGrowth
from esgreport.measure.customers.customers import Customers, period_named
from esgreport.measure.customers.durations import mean_of_accounts
from esgreport.measure.customers.figures import Estimate, Figure, Reason, because
from esgreport.measure.customers.pools import Refused, absent
from esgreport.measure.customers.resampling import bootstrapped
from esgreport.measure.customers.sampling import Floats
from esgreport.measure.customers.standing import Standing, revenue_in, standing
from esgreport.model import Period


def cost(metric: Cost, customers: Customers) -> Iterator[Figure]:
    """Cost of some kinds in the period, by customer or by revenue kept; a plain quotient without an interval."""
    if customers.period is None:
        yield absent(metric, because("no_period"))
        return
    spent = spent_on(customers, metric.kinds, customers.period)
    found = standing(customers, customers.period)
    if spent is None or isinstance(found, Refused):
        yield absent(metric, found.reason if isinstance(found, Refused) else because("no_costs"), customers.period)
        return
    divisor, n = _divisor(metric, found, customers, customers.period)
    if not divisor > 0:
        yield absent(metric, because("no_cases"), customers.period)
        return
    estimate = Estimate(spent / divisor, None, n, n)
    tables = ("costs", *found.tables)
    yield Figure(metric.code, estimate, (), customers.period, (found.method, f"per_{metric.per}"), (), tables)


def spent_on(customers: Customers, kinds: list[str], period: Period) -> float | None:
    """What was spent on some kinds of cost in a period; None where none of them is on record in it."""
    frame = customers.tables["costs"]
    assert period.start is not None
    spans = [period_named(str(name)) for name in frame["period"].cat.categories]
    inside = np.array([span.start >= period.start and span.end <= period.end for span in spans if span.start] + [False])
    chosen = inside[frame["period"].cat.codes.to_numpy()] & frame["kind"].isin(kinds).to_numpy(dtype=bool)
    amounts = frame["amount"].to_numpy()[chosen]
    return float(np.nansum(amounts)) if chosen.any() else None


def _divisor(metric: Cost, found: Standing, customers: Customers, period: Period) -> tuple[float, int]:
    match metric.per:
        case "kept_account":
            count = int(found.kept.sum())
        case "new_account":
            count = int(found.new.sum())
        case "account":
            count = int(customers.were_customers(period).sum())
        case "kept_revenue":
            revenue = revenue_in(customers, period)
            kept = int(found.kept.sum())
            return (float(revenue[found.kept].sum()) if revenue is not None else 0.0), kept
    return float(count), count


def acquisition_cost(metric: AcquisitionCost, customers: Customers) -> Iterator[Figure]:
    """The mean of what winning each new customer of the period cost, where that is entered."""
    if customers.period is None:
        yield absent(metric, because("no_period"))
        return
    accounts = customers.tables["accounts"]
    new = customers.within(accounts["customer_since"], customers.period)
    by_referral = (accounts["acquisition_channel"] == "referral").fillna(False).to_numpy(dtype=bool)
    if metric.channels != "all":
        new &= by_referral == (metric.channels == "referral")
    costs = accounts["acquisition_cost"].to_numpy()
    given = new & ~np.isnan(costs)
    estimate = mean_of_accounts(costs[given], customers.accounts_of("accounts")[given], customers.confidence)
    if estimate is None:
        yield absent(metric, because("no_cases"), customers.period)
        return
    missing = int((new & np.isnan(costs)).sum())
    reasons = (because("not_entered", count=missing),) if missing else ()
    yield Figure(metric.code, estimate, (), customers.period, ("student_t",), reasons, ("accounts",))


def earned_growth(metric: EarnedGrowth, customers: Customers) -> Iterator[Figure]:
    """What customers that stay and those they bring add to revenue, beside revenue that was bought."""
    if customers.period is None or customers.prior is None:
        yield absent(metric, because("no_period"))
        return
    before, now = (revenue_in(customers, period) for period in (customers.prior, customers.period))
    if before is None or now is None:
        yield absent(metric, because("no_revenue_of_both"), customers.period)
        return
    if not customers.tables.tables["accounts"].has("acquisition_reason"):
        yield absent(metric, because("no_acquisition_reason"), customers.period)
        return
    reason = customers.account_column("acquisition_reason").astype("object")
    earned = (reason == "earned").to_numpy(dtype=bool).astype(np.float64)
    there = (before > 0) | (now > 0)
    columns = before[there], now[there], earned[there]
    unknown = int(((before <= 0) & (now > 0) & reason.isna().to_numpy()).sum())
    value = float(_growth(metric.what)(*columns))
    if metric.what == "share_of_growth" and not now.sum() > before.sum():
        yield absent(metric, because("no_growth"), customers.period)
        return
    interval = (
        None if metric.what == "share_of_growth" else bootstrapped(columns, _growth(metric.what), customers.confidence)
    )
    count = int(there.sum())
    reasons: tuple[Reason, ...] = (because("not_entered", count=unknown),) if unknown else ()
    unsure = metric.what == "share_of_growth" and not _grew(columns, customers.confidence)
    reasons += (because("growth_not_shown"),) if unsure else ()
    estimate = Estimate(value, interval, count, count, customers.confidence)
    methods = ("account_bca",) if interval else ("plain_quotient",)
    tables = ("revenue", "accounts")
    yield Figure(metric.code, estimate, (), customers.period, methods, reasons, tables, weak=unsure)


def _grew(columns: tuple[Floats, Floats, Floats], confidence: float) -> bool:
    """Whether revenue grew by more than drawing other customers could bring about."""

    def change(before: Floats, now: Floats, axis: int = -1) -> Floats:
        return np.asarray(now.sum(axis=axis) - before.sum(axis=axis))

    interval = bootstrapped(columns[:2], change, confidence)
    return interval is not None and interval[0] > 0


def _growth(what: str) -> Callable[..., Floats]:
    """Growth from columns by account: revenue before, revenue now, whether the customer came by recommendation."""

    def growth(before: Floats, now: Floats, earned: Floats, axis: int = -1) -> Floats:
        base = before.sum(axis=axis)
        stayed = (now * (before > 0)).sum(axis=axis) / base
        won = (now * (before <= 0) * earned).sum(axis=axis) / base
        match what:
            case "earned_new":
                return np.asarray(won)
            case "rate":
                return np.asarray(stayed + won - 1)
            case _:
                return np.asarray((stayed + won - 1) / (now.sum(axis=axis) / base - 1))

    return growth
