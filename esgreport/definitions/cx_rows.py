"""Kinds of metric that count, share out or time the rows of a table of customers' data; it computes nothing."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from typing import Literal

from esgreport.definitions.cx_metric import Condition, CustomerMetricBase


class _OfRows(CustomerMetricBase):
    """Rows of `table` that meet `where`, dated by the first of `dated` that is given; without, all there are."""

    table: str
    dated: list[str] = []
    where: list[Condition] = []


class RowShare(_OfRows):
    """The share of rows that also meet `having`."""

    kind: Literal["share"]
    having: list[Condition]


class RowSplit(_OfRows):
    """The share of each value of a column, the largest first, `most` at most."""

    kind: Literal["split"]
    column: str
    most: int = 10


class RowMean(_OfRows):
    """The mean of a column."""

    kind: Literal["mean"]
    column: str


class RowCount(_OfRows):
    """How many rows there are; a plain count has no interval."""

    kind: Literal["count"]


class RatioOfSums(_OfRows):
    """One column added up, divided by another added up."""

    kind: Literal["ratio_of_sums"]
    above: str
    below: str


class Duration(_OfRows):
    """How long it takes from `begin` to `finish`; rows not finished are censored, not left out.

    `statistic` is a quantile (0.5, 0.9), or the mean of the finished. `clock` business counts service hours only, from
    the hours in the settings or from `minutes`, a column counted by the ticket system; without either there is no
    figure.
    """

    kind: Literal["duration"]
    begin: str
    finish: str
    statistic: float | Literal["mean"]
    clock: Literal["calendar", "business"] = "calendar"
    minutes: str = ""


class WithinDays(_OfRows):
    """The share finished within some days, rows still open censored (Kaplan-Meier)."""

    kind: Literal["within_days"]
    begin: str
    finish: str
    days: float


class OpenAtEnd(_OfRows):
    """Rows begun and not finished at the end of the period: how many, or a quantile of their age in days."""

    kind: Literal["open_at_end"]
    begin: str
    finish: str
    statistic: float | Literal["count"]


class AccountShare(_OfRows):
    """The share of customers with at least `at_least` such rows; `amount` adds a column up instead of counting rows."""

    kind: Literal["account_share"]
    at_least: float = 1
    amount: str = ""


class PerAccount(_OfRows):
    """Rows per customer, customers without any counted; `distinct` counts the different values of a column."""

    kind: Literal["per_account"]
    statistic: Literal["mean", "median", "p90"]
    distinct: str = ""


class Recurring(_OfRows):
    """The share of rows whose reason comes back: on so many rows of so many accounts within some days."""

    kind: Literal["recurring"]
    column: str
    rows: int = 3
    accounts: int = 2
    days: int = 90
