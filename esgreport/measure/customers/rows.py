"""Figures that count and share out the rows of a table: tickets, contracts, orders, use; which ones, the data say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions.cx_metric import Condition, CustomerMetricBase
from esgreport.definitions.cx_metrics import OfRows
from esgreport.definitions.cx_rows import (
    AccountShare,
    RatioOfSums,
    Recurring,
    RowCount,
    RowMean,
    RowShare,
    RowSplit,
)
from esgreport.measure.customers.answers import answered
from esgreport.measure.customers.customers import Customers, members_of
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.intervals import Scale
from esgreport.measure.customers.pools import Pool, Refused, absent, pool_figures
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.model import Period

Mask = npt.NDArray[np.bool_]
SHARE = Scale("binary", 1.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of a table a metric is about: their places, whose they are, when, and which are of the period before."""

    table: str
    rows: Ints
    accounts: Ints
    before: Mask
    period: Period | None

    @property
    def now(self) -> Ints:
        """The rows of the period itself."""
        return self.rows[~self.before]

    @property
    def accounts_now(self) -> Ints:
        """Whose the rows of the period are."""
        return self.accounts[~self.before]


def chosen_rows(metric: OfRows, customers: Customers) -> Chosen | Refused:
    """The rows that meet the conditions, of the period and of the one before; of an undated metric all there are.

    Of responses only what customers said: no test, preview, spam, or what was put aside.
    """
    table = customers.tables.tables[metric.table]
    if not table.given:
        return Refused(because("no_table", table=customers.customer.tables[metric.table].sheet))
    met = meets(table.frame, metric.where)
    if metric.table == "responses":
        met &= answered(table.frame)
    before = np.zeros(len(met), dtype=bool)
    if metric.dated:
        if customers.period is None or customers.prior is None:
            return Refused(because("no_period"))
        times = customers.times(metric.table, metric.dated)
        before = customers.within(times, customers.prior)
        met = met & (before | customers.within(times, customers.period))
    rows = np.flatnonzero(met)
    accounts = customers.accounts_of(metric.table, customers.account_column_of(metric.table))
    return Chosen(metric.table, rows, accounts[rows], before[rows], customers.period)


def meets(frame: pd.DataFrame, conditions: Sequence[Condition]) -> Mask:
    """Which rows meet all conditions; one about a value is not met where there is none."""
    met = np.ones(len(frame), dtype=bool)
    for condition in conditions:
        values = frame[condition.column]
        if condition.given is not None:
            met &= values.notna().to_numpy() == condition.given
        if condition.one_of:
            met &= values.isin(condition.one_of).to_numpy(dtype=bool)
        if condition.holds is not None:
            met &= (values == condition.holds).fillna(False).to_numpy(dtype=bool)
        if condition.at_least is not None:
            met &= (values >= condition.at_least).fillna(False).to_numpy(dtype=bool)
        if condition.at_most is not None:
            met &= (values <= condition.at_most).fillna(False).to_numpy(dtype=bool)
    return met


def pool_of_rows(metric: RowShare | RowMean, customers: Customers) -> Pool | Refused:
    """The rows of a share or a mean as cases; those without the value of a mean are left out."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused):
        return chosen
    frame = customers.tables[metric.table]
    if isinstance(metric, RowShare):
        return _pool(metric, chosen, meets(frame, metric.having)[chosen.rows].astype(np.float64), SHARE)
    values = frame[metric.column].to_numpy(dtype=np.float64, na_value=np.nan)[chosen.rows]
    given = ~np.isnan(values)
    kept = replace(chosen, rows=chosen.rows[given], accounts=chosen.accounts[given], before=chosen.before[given])
    return _pool(metric, kept, values[given], Scale("number"))


def _pool(metric: CustomerMetricBase, chosen: Chosen, values: Floats, scale: Scale) -> Pool:
    return Pool(
        key=("rows", metric.code),
        table=chosen.table,
        rows=chosen.rows,
        accounts=chosen.accounts,
        values=values,
        before=chosen.before,
        strata=np.zeros(len(values), dtype=np.int64),
        members=((),),
        scale=scale,
        period=chosen.period,
    )


def mean_of_rows(metric: RowShare | RowMean, customers: Customers) -> Iterator[Figure]:
    """The share or the mean of the rows of the period."""
    pool = pool_of_rows(metric, customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
    else:
        yield from pool_figures(metric, pool, customers)


def split(metric: RowSplit, customers: Customers) -> Iterator[Figure]:
    """The share of each value of a column among the rows where it is given, the largest first."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused):
        yield absent(metric, chosen.reason)
        return
    codes, names = pd.factorize(customers.tables[metric.table][metric.column].iloc[chosen.rows])
    given = codes >= 0
    now = given & ~chosen.before
    if not now.any():
        yield absent(metric, because("no_cases"), chosen.period)
        return
    kept = replace(chosen, rows=chosen.rows[given], accounts=chosen.accounts[given], before=chosen.before[given])
    counts = np.bincount(codes[now], minlength=len(names))
    for number in np.argsort(-counts, kind="stable")[: metric.most]:
        if not counts[number]:
            break
        pool = _pool(metric, kept, (codes[given] == number).astype(np.float64), SHARE)
        members = members_of({metric.column: str(names[number])})
        yield from pool_figures(metric, replace(pool, members=(members,)), customers)


def count(metric: RowCount, customers: Customers) -> Iterator[Figure]:
    """How many rows the period has."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused):
        yield absent(metric, chosen.reason)
        return
    accounts = len(np.unique(chosen.accounts_now[chosen.accounts_now >= 0]))
    estimate = Estimate(float(len(chosen.now)), None, len(chosen.now), accounts)
    yield Figure(metric.code, estimate, (), chosen.period, ("plain_count",), (), (metric.table,))


def ratio_of_sums(metric: RatioOfSums, customers: Customers) -> Iterator[Figure]:
    """One column's sum by another's, with the linearised error of account totals."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused):
        yield absent(metric, chosen.reason)
        return
    frame = customers.tables[metric.table]
    above, below = (
        np.nan_to_num(frame[name].to_numpy(dtype=np.float64, na_value=np.nan))[chosen.now]
        for name in (metric.above, metric.below)
    )
    if not below.sum() > 0:
        yield absent(metric, because("no_cases"), chosen.period)
        return
    estimate = ratio(above, below, chosen.accounts_now, customers.confidence)
    yield Figure(metric.code, estimate, (), chosen.period, ("ratio_linearised",), (), (metric.table,))


def ratio(above: Floats, below: Floats, accounts: Ints, confidence: float) -> Estimate:
    """The ratio of two sums; its interval is Student's t with the error of account totals (Taylor)."""
    from scipy.special import stdtrit

    known, place = np.unique(accounts, return_inverse=True)
    totals = np.bincount(place, weights=above), np.bincount(place, weights=below)
    value = float(totals[0].sum() / totals[1].sum())
    groups = int((totals[1] > 0).sum())
    if groups < 2:
        return Estimate(value, None, len(above), groups)
    residuals = (totals[0] - value * totals[1]) / totals[1].sum()
    error = float(np.sqrt((residuals**2).sum() * groups / (groups - 1)))
    reach = float(stdtrit(groups - 1, (1 + confidence) / 2)) * error
    interval = (value - reach, value + reach) if error > 0 else None
    return Estimate(value, interval, len(above), int((known >= 0).sum()), confidence, error)


def pool_of_account_share(metric: AccountShare, customers: Customers) -> Pool | Refused:
    """Customers of the period and of the one before as cases: 1 for those with enough rows."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused):
        return chosen
    if customers.period is None or customers.prior is None:
        return Refused(because("no_period"))
    if not meets(customers.tables[metric.table], metric.where).any():
        return Refused(because("not_recorded"))  # never one in all the records: nobody writes it down
    size = len(customers.account_ids)
    amount = np.ones(len(chosen.rows))
    if metric.amount:
        column = customers.tables[metric.table][metric.amount].to_numpy(dtype=np.float64, na_value=np.nan)
        amount = np.nan_to_num(column)[chosen.rows]
    numbers, values, before = [], [], []
    for period, of_period in ((customers.period, ~chosen.before), (customers.prior, chosen.before)):
        known = of_period & (chosen.accounts >= 0)
        totals = np.bincount(chosen.accounts[known], weights=amount[known], minlength=size)
        there = np.flatnonzero(customers.were_customers(period))
        numbers.append(there)
        values.append((totals[there] >= metric.at_least).astype(np.float64))
        before.append(np.full(len(there), period is customers.prior))
    return account_pool(metric, customers, np.concatenate(numbers), np.concatenate(values), np.concatenate(before))


def account_pool(metric: CustomerMetricBase, customers: Customers, numbers: Ints, values: Floats, before: Mask) -> Pool:
    """A pool whose cases are accounts, each once a period; broken down only by what is said of accounts."""
    return Pool(
        key=("accounts", metric.code),
        table="accounts",
        rows=numbers,
        accounts=numbers,
        values=values,
        before=before,
        strata=np.zeros(len(values), dtype=np.int64),
        members=((),),
        scale=SHARE,
        period=customers.period,
    )


def account_share(metric: AccountShare, customers: Customers) -> Iterator[Figure]:
    """The share of customers with enough such rows in the period."""
    pool = pool_of_account_share(metric, customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
        return
    for figure in pool_figures(metric, pool, customers):
        yield replace(figure, tables=("accounts", metric.table))


def recurring(metric: Recurring, customers: Customers) -> Iterator[Figure]:
    """The share of rows whose reason came back on enough rows of enough accounts within some days."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused):
        yield absent(metric, chosen.reason)
        return
    frame = customers.tables[metric.table].iloc[chosen.rows]
    codes, _ = pd.factorize(frame[metric.column])
    times = customers.times(metric.table, metric.dated).to_numpy()[chosen.rows]
    back = np.zeros(len(codes), dtype=bool)
    for code in range(codes.max(initial=-1) + 1):
        places = np.flatnonzero(codes == code)
        places = places[np.argsort(times[places], kind="stable")]
        back[places] = comes_back(times[places], chosen.accounts[places], metric)
    given = codes >= 0
    kept = replace(chosen, rows=chosen.rows[given], accounts=chosen.accounts[given], before=chosen.before[given])
    yield from pool_figures(metric, _pool(metric, kept, back[given].astype(np.float64), SHARE), customers)


def comes_back(times: npt.NDArray[np.datetime64], accounts: Ints, metric: Recurring) -> Mask:
    """Which of the rows of one reason, in order of time, lie in a span with enough rows of enough accounts."""
    ends = np.searchsorted(times, times + np.timedelta64(metric.days, "D"), side="right")
    marks = np.zeros(len(times) + 1, dtype=np.int64)
    for first, end in enumerate(ends):
        if end - first >= metric.rows and len(np.unique(accounts[first:end])) >= metric.accounts:
            marks[first] += 1
            marks[end] -= 1
    return np.cumsum(marks[:-1]) > 0
