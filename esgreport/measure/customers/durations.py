"""How long things take: medians and other quantiles, the unfinished counted as running, calendar or service hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from esgreport.definitions.cx_rows import Duration, OpenAtEnd, PerAccount, WithinDays
from esgreport.measure.customers.business_time import business_hours_between, hours_of
from esgreport.measure.customers.customers import Customers, Grouping
from esgreport.measure.customers.figures import Estimate, Figure, Reason, because
from esgreport.measure.customers.intervals import Scale, intervals
from esgreport.measure.customers.lifetimes import Lifetimes, curve, drawn, ends_of
from esgreport.measure.customers.pools import NOT_STATED, Refused, absent
from esgreport.measure.customers.rows import Chosen, chosen_rows
from esgreport.measure.customers.sampling import Floats, Ints, binned, by_case
from esgreport.model import Period

_FEW_ACCOUNTS = 10
MANY = 20_000
"""From so many cases on, quantiles get their interval without drawing accounts anew."""
_HOUR, _DAY = np.timedelta64(1, "h"), np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class _Timed:
    """Lifetimes with the rows they are of."""

    lives: Lifetimes
    rows: Ints


def duration(metric: Duration, customers: Customers) -> Iterator[Figure]:
    """A quantile or the mean of how long the rows begun in the period took."""
    chosen = chosen_rows(metric, customers)
    timed = chosen if isinstance(chosen, Refused) else _timed(metric, chosen, customers)
    if isinstance(timed, Refused):
        yield absent(metric, timed.reason)
        return
    if not len(timed.rows):
        yield absent(metric, because("no_cases"), customers.period)
        return
    for dimension, members, lives in _parts(metric, timed, customers):
        estimate, reasons = _estimated(metric, lives, customers.confidence)
        yield Figure(
            metric.code,
            estimate,
            members,
            customers.period,
            _methods(metric, len(lives.time)),
            (*_unfinished(metric, lives), *reasons),
            (metric.table,),
            broken_down=dimension,
            weak=len(np.unique(lives.accounts)) < _FEW_ACCOUNTS,
        )


def _methods(metric: Duration, cases: int) -> tuple[str, ...]:
    clock = f"{metric.clock}_time"
    if metric.statistic == "mean":
        return ("mean_of_finished", "student_t", clock)
    return ("kaplan_meier", "woodruff" if cases > MANY else "account_bootstrap", clock)


def _timed(metric: Duration, chosen: Chosen, customers: Customers) -> _Timed | Refused:
    frame = customers.tables[metric.table].iloc[chosen.now]
    begin, finish = (frame[name].to_numpy() for name in (metric.begin, metric.finish))
    observed = last_moment(customers, metric.table)
    ended = ~np.isnat(finish)
    until = np.where(ended, finish, np.maximum(observed, begin))
    if metric.clock == "calendar":
        hours = (until - begin) / _HOUR
    else:
        counted = frame[metric.minutes].to_numpy(dtype=np.float64, na_value=np.nan) / 60 if metric.minutes else None
        service = hours_of(customers.tables.text("business_hours"), customers.tables.text("business_holidays"))
        if service is not None:
            hours = business_hours_between(begin, until, service)
            hours = hours if counted is None else np.where(np.isnan(counted), hours, counted)
        elif counted is not None and not np.isnan(counted).all():
            hours, ended = counted, ~np.isnan(counted)
        else:
            return Refused(because("no_business_hours"))
    kept = ~np.isnan(hours) & (hours >= 0) & ~np.isnat(begin)
    lives = Lifetimes(hours[kept], ended[kept], chosen.accounts_now[kept])
    return _Timed(lives, chosen.now[kept])


def _unfinished(metric: Duration, lives: Lifetimes) -> tuple[Reason, ...]:
    """How many are still open, and whether the figure counts them: a mean of the finished cannot."""
    count = int((~lives.ended).sum())
    return (because("open_left_out" if metric.statistic == "mean" else "still_open", open=count),) if count else ()


def last_moment(customers: Customers, table: str) -> np.datetime64:
    """The last thing a table knows of: how far what is open was watched."""
    columns = customers.customer.tables[table].columns
    moments = [column.name for column in columns if column.type == "datetime"]
    named = moments or [column.name for column in columns if column.type == "date"]
    latest = [customers.tables[table][name].max() for name in named]
    return np.datetime64(max(each for each in latest if not pd.isna(each)))


Members = tuple[tuple[str, str], ...]


def _parts(metric: Duration, timed: _Timed, customers: Customers) -> Iterator[tuple[str, Members, Lifetimes]]:
    """The whole, then each group of each dimension asked for; cases in no group are a group."""
    yield "", (), timed.lives
    for dimension in customers.dimensions_for(metric.by):
        grouping = customers.grouping(dimension, metric.table)
        if grouping is None:
            continue
        codes = group_codes(grouping, timed.rows, timed.lives.accounts)
        for code in np.unique(codes):
            name = grouping.members[code] if code >= 0 else NOT_STATED
            yield dimension.name, ((dimension.name, name),), timed.lives.of(codes == code)


def group_codes(grouping: Grouping, rows: Ints, accounts: Ints) -> Ints:
    """The group of each of some rows."""
    return np.append(grouping.codes, -1)[accounts] if grouping.of_accounts else grouping.codes[rows]


def _estimated(metric: Duration, lives: Lifetimes, confidence: float) -> tuple[Estimate | None, tuple[Reason, ...]]:
    scale = 24.0 if metric.unit == "days" else 1.0
    if metric.statistic == "mean":
        finished = lives.of(lives.ended)
        return mean_of_accounts(finished.time / scale, finished.accounts, confidence), ()
    return quantile_of(lives, metric.statistic, scale, confidence)


def quantile_of(
    lives: Lifetimes, share: float, scale: float, confidence: float
) -> tuple[Estimate | None, tuple[Reason, ...]]:
    """The time by which a share has ended, in hours or another unit; None where it is not reached."""
    value = float(curve(lives).quantile(share)[0]) / scale
    if np.isinf(value):
        return None, (because("not_reached", share=share),)
    n, accounts = len(lives.time), _known(lives.accounts)
    if n > MANY:
        return Estimate(value, _woodruff(lives, (value * scale, share, scale), confidence), n, accounts, confidence), ()
    low, high = ends_of(drawn(lives, "quantile", share) / scale, confidence)
    if np.isinf(high):
        return Estimate(value, None, n, accounts), (because("at_least", low=round(low, 2)),)
    clusters = len(np.unique(lives.accounts[lives.accounts >= 0])) + int((lives.accounts < 0).sum())
    interval = (low, high) if clusters > 1 else None
    return Estimate(value, interval, n, accounts, confidence), ()


def _woodruff(lives: Lifetimes, at: tuple[float, float, float], confidence: float) -> tuple[float, float] | None:
    """The interval of a quantile of many cases: where the curve meets the ends of the interval of the share ended.

    Cases last seen before the quantile tell nothing of that share and are left out of its error.
    """
    quantile, share, scale = at
    told = lives.ended | (lives.time > quantile)
    ended = (lives.time[told] <= quantile).astype(np.float64)
    sample = by_case(
        binned(
            np.zeros(len(ended), dtype=np.int64), lives.accounts[told], 1, int(lives.accounts.max(initial=-1)) + 1
        ).cells(ended)
    )
    made = intervals(sample, Scale("binary", 1.0, 0.0, 1.0), confidence)
    shift = share - float(sample.mean[0])
    found = curve(lives)
    low, high = (float(found.quantile(float(end[0]) + shift)[0]) / scale for end in (made.low, made.high))
    return (low, high) if np.isfinite(high) and low < high else None


def _known(accounts: Ints) -> int | None:
    return len(np.unique(accounts[accounts >= 0])) if (accounts >= 0).any() else None


def mean_of_accounts(values: Floats, accounts: Ints, confidence: float) -> Estimate | None:
    """The mean of cases, with Student's t and the error of account totals; None without a case."""
    if not len(values):
        return None
    zeros = np.zeros(len(values), dtype=np.int64)
    sample = by_case(binned(zeros, accounts, 1, int(accounts.max(initial=-1)) + 1).cells(values))
    made = intervals(sample, Scale("number"), confidence)
    interval = None if np.isnan(made.low[0]) else (float(made.low[0]), float(made.high[0]))
    return Estimate(float(sample.mean[0]), interval, len(values), _known(accounts), confidence)


def within_days(metric: WithinDays, customers: Customers) -> Iterator[Figure]:
    """The share finished within some days of being begun, those open shorter than that counted as far as they go."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused) or not len(chosen.now):
        yield absent(metric, chosen.reason if isinstance(chosen, Refused) else because("no_cases"))
        return
    frame = customers.tables[metric.table].iloc[chosen.now]
    begin, finish = (frame[name].to_numpy() for name in (metric.begin, metric.finish))
    ended = ~np.isnat(finish)
    until = np.where(ended, finish, np.maximum(last_moment(customers, metric.table), begin))
    lives = Lifetimes((until - begin) / _DAY, ended, chosen.accounts_now)
    value = 1 - float(curve(lives).after(metric.days)[0])
    high, low = ends_of(drawn(lives, "after", metric.days), customers.confidence)
    interval = (1 - low, 1 - high) if low > high else None
    estimate = Estimate(value, interval, len(lives.time), _known(lives.accounts), customers.confidence)
    reasons = () if interval else (because("all_the_same"),)
    methods = ("kaplan_meier", "account_bootstrap")
    yield Figure(metric.code, estimate, (), customers.period, methods, reasons, (metric.table,))


def open_at_end(metric: OpenAtEnd, customers: Customers) -> Iterator[Figure]:
    """What was begun and not finished when the period ended: how many, or how old."""
    table = customers.tables.tables[metric.table]
    if customers.period is None or not table.given:
        sheet = customers.customer.tables[metric.table].sheet
        yield absent(metric, because("no_table", table=sheet) if customers.period else because("no_period"))
        return
    begin, finish = (table.frame[name].to_numpy() for name in (metric.begin, metric.finish))
    close = np.datetime64(customers.period.end) + _DAY
    open_then = (begin < close) & (np.isnat(finish) | (finish >= close))
    accounts = customers.accounts_of(metric.table, customers.account_column_of(metric.table))[open_then]
    at = Period(customers.period.end)
    if metric.statistic == "count":
        estimate = Estimate(float(open_then.sum()), None, int(open_then.sum()), _known(accounts))
        yield Figure(metric.code, estimate, (), at, ("plain_count",), (), (metric.table,))
    elif not open_then.any():
        yield absent(metric, because("no_cases"), at)
    else:
        ages = (close - begin[open_then]) / _HOUR
        lives = Lifetimes(ages, np.ones(len(ages), dtype=bool), accounts)
        found, reasons = quantile_of(lives, metric.statistic, 24.0, customers.confidence)
        yield Figure(metric.code, found, (), at, ("account_bootstrap",), reasons, (metric.table,))


def per_account(metric: PerAccount, customers: Customers) -> Iterator[Figure]:
    """How many rows customers have, those without any counted in."""
    chosen = chosen_rows(metric, customers)
    if isinstance(chosen, Refused) or customers.period is None:
        yield absent(metric, chosen.reason if isinstance(chosen, Refused) else because("no_period"))
        return
    there = np.flatnonzero(customers.were_customers(customers.period))
    if not len(there):
        yield absent(metric, because("no_cases"), customers.period)
        return
    counts = _counted(metric, chosen, customers)[there]
    methods: tuple[str, ...] = ("student_t",)
    if metric.statistic == "mean":
        estimate = mean_of_accounts(counts, there, customers.confidence)
    else:
        lives = Lifetimes(counts, np.ones(len(counts), dtype=bool), there)
        estimate, _ = quantile_of(lives, 0.5 if metric.statistic == "median" else 0.9, 1.0, customers.confidence)
        methods = ("account_bootstrap",)
    yield Figure(metric.code, estimate, (), customers.period, methods, (), ("accounts", metric.table))


def _counted(metric: PerAccount, chosen: Chosen, customers: Customers) -> Floats:
    size = len(customers.account_ids)
    known = chosen.accounts_now >= 0
    accounts, rows = chosen.accounts_now[known], chosen.now[known]
    if not metric.distinct:
        return np.bincount(accounts, minlength=size).astype(np.float64)
    codes = customers.tables[metric.table][metric.distinct].cat.codes.to_numpy()[rows].astype(np.int64)
    pairs = np.unique(np.stack([accounts, codes])[:, codes >= 0], axis=1)
    return np.bincount(pairs[0], minlength=size).astype(np.float64)
