"""Who was a customer on a day and what recurring revenue there was: the two snapshots loyalty is counted between.

The opening snapshot is the close of the day before the period, so that the opening of one period is the close of the
one before and nobody falls between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.measure.customers.customers import Customers, months_later, period_named
from esgreport.measure.customers.figures import because
from esgreport.measure.customers.pools import Refused
from esgreport.measure.customers.sampling import Floats, summed
from esgreport.model import Period

Mask = npt.NDArray[np.bool_]
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class Standing:
    """Which accounts there were at the opening, and which of all are there at the close; by account number."""

    opening: Mask
    closing: Mask
    method: str
    tables: tuple[str, ...]

    @property
    def kept(self) -> Mask:
        """Those of the opening that are still there: a set, so that new customers cannot stand in for lost ones."""
        return self.opening & self.closing

    @property
    def new(self) -> Mask:
        """Those at the close that were not there at the opening."""
        return self.closing & ~self.opening


def standing(customers: Customers, period: Period) -> Standing | Refused:
    """Who was there at the opening and at the close of a period, as the settings define being a customer."""
    key = ("standing", period)
    if key not in customers.kept:
        customers.kept[key] = _standing(customers, period)
    return cast(Standing | Refused, customers.kept[key])


def _standing(customers: Customers, period: Period) -> Standing | Refused:
    assert period.start is not None
    days = (period.start - timedelta(days=1), period.end)
    match customers.tables.text("retention_definition"):
        case "activity":
            tables = tuple(name for name in ("orders", "usage", "revenue") if customers.tables.tables[name].given)
            if not tables:
                return Refused(because("no_activity"))
            opening, closing = (_active_before(customers, day, tables) for day in days)
            return Standing(opening, closing, "kept_by_activity", tables)
        case "contract_active" if customers.tables.tables["contracts"].given:
            opening, closing = (_under_contract(customers, day) for day in days)
            return Standing(opening, closing, "kept_by_contract", ("contracts",))
        case "contract_active":
            if not customers.tables.tables["accounts"].has("customer_since"):
                return Refused(because("no_table", table=customers.customer.tables["contracts"].sheet))
            opening, closing = (_listed(customers, day) for day in days)
            return Standing(opening, closing, "kept_by_accounts", ("accounts",))
        case _:
            return Refused(because("no_retention_definition"))


def _under_contract(customers: Customers, day: date) -> Mask:
    frame = customers.tables["contracts"]
    grace = int(customers.tables.number("churn_grace_days") or 0) * _DAY
    at = np.datetime64(day)
    start, end = (frame[name].to_numpy(dtype="datetime64[D]") for name in ("start", "end"))
    running = (start <= at) & (np.isnat(end) | (end + grace >= at))
    return _any_of(customers, customers.accounts_of("contracts")[running])


def _listed(customers: Customers, day: date) -> Mask:
    since = customers.account_column("customer_since").to_numpy(dtype="datetime64[D]")
    left = customers.account_column("churned_on").to_numpy(dtype="datetime64[D]")
    gone = (customers.account_column("status").astype("object") == "churned").to_numpy(dtype=bool) & np.isnat(left)
    at = np.datetime64(day)
    return np.asarray((since <= at) & (np.isnat(left) | (left > at)) & ~gone, dtype=bool)


def _active_before(customers: Customers, day: date, tables: tuple[str, ...]) -> Mask:
    """Who bought, used or paid something in the days before, as many as the settings say."""
    days = int(customers.tables.number("activity_days") or 365)
    window = Period(day, day - timedelta(days=days - 1))
    found = np.zeros(len(customers.account_ids), dtype=bool)
    for table in tables:
        times = customers.times(table, ["ordered_at"] if table == "orders" else ["period"])
        inside = customers.within(times, window)
        if table == "revenue":
            inside &= (_all_revenue(customers.tables["revenue"]) > 0).to_numpy(dtype=bool)
        if table == "usage":
            inside &= (customers.tables["usage"]["count"] > 0).fillna(False).to_numpy(dtype=bool)
        found |= _any_of(customers, customers.accounts_of(table)[inside])
    return found


def _any_of(customers: Customers, numbers: npt.NDArray[np.int64]) -> Mask:
    return np.bincount(numbers[numbers >= 0], minlength=len(customers.account_ids)) > 0


def _all_revenue(frame: pd.DataFrame) -> pd.Series:
    return frame["recurring_revenue"].fillna(0) + frame["other_revenue"].fillna(0)


@dataclass(frozen=True, slots=True)
class Revenues:
    """Recurring revenue at the opening and at the close, by account number, and which accounts had some before."""

    opening: Floats
    closing: Floats
    earlier: Mask
    method: str
    table: str


def revenues(customers: Customers, period: Period) -> Revenues | Refused:
    """The recurring revenue of the last month (or quarter, year) before the period and of its last one.

    From the table of revenue; without one, the annual value of the contracts in force.
    """
    assert period.start is not None
    days = (period.start - timedelta(days=1), period.end)
    frame = customers.tables["revenue"]
    names = frame["period"].cat.categories
    for months in (1, 3, 12):
        opening, closing = (_last_complete(day, months) for day in days)
        if opening in names and closing in names:
            return _from_revenue(customers, opening, closing)
    if customers.tables.tables["contracts"].given:
        before, after = (_contracted(customers, day) for day in days)
        return Revenues(before, after, _ever_before(customers, days[0]), "revenue_by_contracts", "contracts")
    return Refused(because("no_recurring_revenue"))


def _last_complete(day: date, months: int) -> str:
    """The name of the last month, quarter or year that had ended by a day."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    if months_later(first, months) - timedelta(days=1) > day:
        first = months_later(first, -months)
    if months == 12:
        return str(first.year)
    return f"{first.year}-Q{(first.month + 2) // 3}" if months == 3 else f"{first.year}-{first.month:02}"


def _from_revenue(customers: Customers, opening: str, closing: str) -> Revenues:
    frame = customers.tables["revenue"]
    recurring = (frame["type"].astype("object") != "one_off").to_numpy(dtype=bool)
    amounts = np.nan_to_num(frame["recurring_revenue"].to_numpy()) * recurring
    accounts = customers.accounts_of("revenue")
    names = frame["period"].astype("object").to_numpy()
    size = len(customers.account_ids)

    def total(chosen: Mask) -> Floats:
        return summed(accounts[chosen], amounts[chosen], size)

    start = period_named(opening).start
    assert start is not None
    ends = customers.times("revenue", ["period"]).to_numpy()
    earlier = total(np.asarray(ends < np.datetime64(start), dtype=bool)) > 0
    return Revenues(total(names == opening), total(names == closing), earlier, "revenue_by_period", "revenue")


def _contracted(customers: Customers, day: date) -> Floats:
    frame = customers.tables["contracts"]
    at = np.datetime64(day)
    start, end = (frame[name].to_numpy(dtype="datetime64[D]") for name in ("start", "end"))
    running = (start <= at) & (np.isnat(end) | (end >= at))
    accounts, values = customers.accounts_of("contracts"), np.nan_to_num(frame["annual_value"].to_numpy())
    return summed(accounts[running], values[running], len(customers.account_ids))


def _ever_before(customers: Customers, day: date) -> Mask:
    frame = customers.tables["contracts"]
    before = frame["end"].to_numpy(dtype="datetime64[D]") < np.datetime64(day)
    return _any_of(customers, customers.accounts_of("contracts")[before])


def revenue_in(customers: Customers, period: Period) -> Floats | None:
    """All revenue of each account in a period, by account number; None where there is none on record."""
    frame = customers.tables["revenue"]
    spans = [period_named(str(name)) for name in frame["period"].cat.categories]
    assert period.start is not None
    inside = np.array([span.start >= period.start and span.end <= period.end for span in spans if span.start] + [False])
    chosen = inside[frame["period"].cat.codes.to_numpy()]
    if not chosen.any():
        return None
    accounts = customers.accounts_of("revenue")[chosen]
    return summed(accounts, _all_revenue(frame).to_numpy()[chosen], len(customers.account_ids))


def watched_from(customers: Customers) -> date | None:
    """Since when losses are on record: the first that is, or the period before, whichever is earlier."""
    first = customers.tables["accounts"]["churned_on"].min()
    known = [] if pd.isna(first) else [cast(pd.Timestamp, first).date()]
    prior = [customers.prior.start] if customers.prior and customers.prior.start else []
    return min([*known, *prior], default=None)
