"""Customers' tables as metrics ask for them: periods, account numbers, groups; made once, and shared by all kinds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions.cx import CustomerDefinitions
from esgreport.definitions.cx_metric import Dimension
from esgreport.definitions.cx_metrics import CustomerMetricDefinitions
from esgreport.measure.customers.disclosure import Thresholds
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.model import Period
from esgreport.tables import CustomerTables

MOST_GROUPS = 60
"""A column with more values than this is no segment but a name of its own for nearly every row."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group each row is in (-1: in none), and what the groups are called."""

    dimension: str
    codes: Ints
    members: tuple[str, ...]
    of_accounts: bool = False


@dataclass(frozen=True)
class Customers:
    """The tables with their definitions; `by` are the dimensions asked for, by name or by option of the command."""

    tables: CustomerTables
    customer: CustomerDefinitions
    metrics: CustomerMetricDefinitions
    by: tuple[str, ...] = ()

    # ── settings and periods ──

    @cached_property
    def confidence(self) -> float:
        """Of all intervals; 0.95 unless the workbook says otherwise."""
        return self.tables.number("confidence") or 0.95

    @cached_property
    def thresholds(self) -> Thresholds:
        """How many cases and accounts it takes to show a figure."""
        show, full, accounts = (self.tables.number(name) for name in ("min_n_show", "min_n_full", "min_accounts"))
        return Thresholds(int(show or 5), int(full or 30), int(accounts or 3))

    @cached_property
    def period(self) -> Period | None:
        """The reporting period; None where it is not entered, or ends before it begins."""
        start, end = self.tables.day("reporting_period_start"), self.tables.day("reporting_period_end")
        return Period(end, start) if start and end and start <= end else None

    @cached_property
    def prior(self) -> Period | None:
        """The period as long before it: as many whole months where it is made of months, else as many days."""
        return period_before(self.period) if self.period else None

    def within(self, times: pd.Series, period: Period) -> npt.NDArray[np.bool_]:
        """Which days or points of time lie in a period, its last day included."""
        assert period.start is not None
        values = times.to_numpy()
        start, after = np.datetime64(period.start), np.datetime64(period.end + timedelta(days=1))
        return np.asarray((values >= start) & (values < after), dtype=bool)

    def times(self, table: str, columns: Sequence[str]) -> pd.Series:
        """When each row of a table was: the first of the columns that is given; of a period its last day."""
        frame = self.tables[table]
        found = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
        for column in columns:
            if self.customer.tables[table].by_name[column].type == "period":
                ends = [period_named(str(name)).end for name in frame[column].cat.categories]
                days = np.array([*ends, None], dtype="datetime64[us]")
                given = pd.Series(days[frame[column].cat.codes.to_numpy()], index=frame.index)
            else:
                given = frame[column]
            found = found.fillna(given)
        return found

    def account_column_of(self, table: str) -> str:
        """The column of a table that names the account its rows are about."""
        columns = self.customer.tables[table].columns
        refers = (column.name for column in columns if column.to == "accounts")
        return "account_id" if table == "accounts" else next(refers)

    # ── accounts ──

    @cached_property
    def account_ids(self) -> pd.Index:
        """Every account any table names; its place here is its number."""
        names: dict[str, None] = dict.fromkeys(self.tables["accounts"]["account_id"].dropna())
        for table in self.customer.tables.values():
            for column in table.columns:
                if column.to == "accounts" and table.name != "accounts":
                    names |= dict.fromkeys(self.tables[table.name][column.name].cat.categories)
        return pd.Index(list(names), dtype="object")

    def accounts_of(self, table: str, column: str = "account_id") -> Ints:
        """The number of the account each row of a table is about; -1 where it names none."""
        values = self.tables[table][column]
        if not isinstance(values.dtype, pd.CategoricalDtype):
            return self.account_ids.get_indexer(pd.Index(values, dtype="object")).astype(np.int64)
        numbers = self.account_ids.get_indexer(values.cat.categories.astype("object"))
        return np.append(numbers, -1)[values.cat.codes.to_numpy()].astype(np.int64)

    @cached_property
    def _row_of_account(self) -> Ints:
        """The first row of the accounts that lists each account; -1 where none does."""
        ids = pd.Index(self.tables["accounts"]["account_id"], dtype="object")
        rows = np.full(len(self.account_ids), -1, dtype=np.int64)
        numbers = self.account_ids.get_indexer(ids)
        known = np.flatnonzero(numbers >= 0)[::-1]
        rows[numbers[known]] = known
        return rows

    def account_column(self, column: str) -> pd.Series:
        """A column of the accounts, by account number; missing where the account is not listed."""
        values = self.tables["accounts"][column].array
        return pd.Series(values.take(self._row_of_account, allow_fill=True))

    @cached_property
    def revenue_weights(self) -> Floats | None:
        """What each account's say weighs by revenue: its annual revenue; None where nobody entered any."""
        if not self.tables.tables["accounts"].has("annual_revenue"):
            return None
        return self.account_column("annual_revenue").to_numpy(dtype=np.float64, na_value=np.nan)

    def were_customers(self, period: Period) -> npt.NDArray[np.bool_]:
        """Which accounts were customers at some time of a period, by account number."""
        assert period.start is not None
        since = self.account_column("customer_since").to_numpy(dtype="datetime64[D]")
        left = self.account_column("churned_on").to_numpy(dtype="datetime64[D]")
        status = self.account_column("status").astype("object").to_numpy()
        begun = np.isnat(since) | (since <= np.datetime64(period.end))
        there = np.isnat(left) | (left > np.datetime64(period.start))
        gone = (status == "churned") & np.isnat(left)
        return np.asarray(begun & there & ~gone & ~pd.isna(status) & (status != "prospect"), dtype=bool)

    # ── groups ──

    def dimensions_for(self, names: list[str]) -> tuple[Dimension, ...]:
        """The dimensions a metric may be broken down by and that were asked for; columns nobody knows among them."""
        wanted = [name for asked in self.by for name in self.metrics.asked_for(asked)]
        found: list[Dimension] = []
        for name in dict.fromkeys(wanted):
            dimension = self.metrics.dimensions[name]
            if name in names:
                found += self._own_columns(dimension) if dimension.others else [dimension]
        return tuple(found)

    def _own_columns(self, dimension: Dimension) -> list[Dimension]:
        known = self.customer.tables["accounts"].by_name
        columns = [str(column) for column in self.tables["accounts"].columns if column not in known]
        texts = {"name": "", "column": ""}
        return [dimension.model_copy(update=dict.fromkeys(texts, column) | {"others": False}) for column in columns]

    def grouping(self, dimension: Dimension, table: str) -> Grouping | None:
        """The groups of a table's rows, or of accounts by number; None where nothing is entered, or too many things."""
        of_accounts = dimension.of == "accounts"
        frame = self.tables["accounts" if of_accounts else table]
        if dimension.column not in frame.columns:
            return None
        values = self.account_column(dimension.column) if of_accounts else frame[dimension.column]
        codes, found = pd.factorize(values)
        names = [str(member) for member in found]
        if not 0 < len(names) <= MOST_GROUPS:
            return None
        order = sorted(range(len(names)), key=lambda at: names[at])
        rank = np.empty(len(names) + 1, dtype=np.int64)
        rank[order], rank[-1] = np.arange(len(names)), -1
        return Grouping(dimension.name, rank[codes], tuple(names[at] for at in order), of_accounts)

    @cached_property
    def kept(self) -> dict[object, object]:
        """Things worth making once, by a key of their maker."""
        return {}


def period_named(name: str) -> Period:
    """The days of `2025`, `2025-Q1` or `2025-03`."""
    year, _, part = name.partition("-")
    if not part:
        return Period(date(int(year), 12, 31), date(int(year), 1, 1))
    months = 3 if part.startswith("Q") else 1
    first = (int(part[1:]) - 1) * 3 + 1 if months == 3 else int(part)
    start = date(int(year), first, 1)
    return Period(months_later(start, months) - timedelta(days=1), start)


def period_before(period: Period) -> Period:
    """The period of the same length that ends the day before."""
    assert period.start is not None
    end = period.start - timedelta(days=1)
    last = monthrange(period.end.year, period.end.month)[1]
    if period.start.day == 1 and period.end.day == last:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        return Period(end, months_later(period.start, -months))
    return Period(end, end - (period.end - period.start))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last there is in that month."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def members_of(dimensions: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Dimensions as a figure carries them: sorted pairs."""
    return tuple(sorted(dimensions.items()))
