"""How long customers stay: cohorts, survival and its median, whether groups differ.

Losses are only known since they are on record (`standing.watched_from`). Customers who came before enter at the age
they had then, and cohorts that began before are left out: their early losses were never written down, and counting only
who is left would make everyone look loyal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.customer_metrics import Evidence
from esgreport.definitions.cx_loyalty import Cohorts, Survival, SurvivalTest
from esgreport.measure.customers.customers import Customers, members_of, months_later
from esgreport.measure.customers.durations import group_codes
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.lifetimes import Lifetimes
from esgreport.measure.customers.pools import NOT_STATED, Refused, absent, pool_figures
from esgreport.measure.customers.rows import account_pool
from esgreport.measure.customers.sampling import Ints
from esgreport.measure.customers.standing import watched_from

if TYPE_CHECKING:
    from statsmodels.duration.survfunc import SurvfuncRight

_DAYS_A_MONTH = 365.25 / 12
_FEWEST_AT_RISK = 5
Days = npt.NDArray[np.datetime64]


def _tenures(customers: Customers) -> tuple[Lifetimes, date] | Refused:
    """Customers' time with the company in months, to their leaving or to the end of the period."""
    if customers.period is None:
        return Refused(because("no_period"))
    since, left = _since(customers), _left(customers)
    first = watched_from(customers)
    if first is None or np.isnat(since).all():
        return Refused(because("no_tenure"))
    end, watched = np.datetime64(customers.period.end), np.datetime64(first)
    ended = ~np.isnat(left) & (left <= end)
    until = np.where(ended, left, end)
    day = np.timedelta64(1, "D")
    time = (until - since) / day / _DAYS_A_MONTH
    entry = np.maximum((watched - since) / day / _DAYS_A_MONTH, 0)
    known = ~np.isnat(since) & ~_never(customers) & (time > entry)
    lives = Lifetimes(time[known], ended[known], np.flatnonzero(known), entry[known])
    return (lives, first) if known.any() else Refused(because("no_tenure"))


def _since(customers: Customers) -> Days:
    return customers.account_column("customer_since").to_numpy(dtype="datetime64[D]")


def _left(customers: Customers) -> Days:
    return customers.account_column("churned_on").to_numpy(dtype="datetime64[D]")


def _never(customers: Customers) -> npt.NDArray[np.bool_]:
    """Accounts that are no customers yet, or left on a day nobody wrote down."""
    status = customers.account_column("status").astype("object")
    unknown = (status == "churned").to_numpy(dtype=bool) & np.isnat(_left(customers))
    return np.asarray((status == "prospect").to_numpy(dtype=bool) | unknown, dtype=bool)


def survival(metric: Survival, customers: Customers) -> Iterator[Figure]:
    """The share of customers that stay longer than some months, or the median time they stay."""
    found = _tenures(customers)
    if isinstance(found, Refused):
        yield absent(metric, found.reason)
        return
    lives, first = found
    yield _survival(metric, lives, first, customers)
    for dimension in customers.dimensions_for(metric.by):
        grouping = customers.grouping(dimension, "accounts") if dimension.of == "accounts" else None
        if grouping is None:
            continue
        codes = group_codes(grouping, lives.accounts, lives.accounts)
        for code in np.unique(codes):
            name = grouping.members[code] if code >= 0 else NOT_STATED
            figure = _survival(metric, lives.of(codes == code), first, customers)
            yield replace(figure, dimensions=((dimension.name, name),), broken_down=dimension.name)


def _survival(metric: Survival, lives: Lifetimes, first: date, customers: Customers) -> Figure:
    """The curve and its interval by statsmodels: each customer is one case here, so none need be drawn anew."""
    from statsmodels.duration.survfunc import SurvfuncRight

    with np.errstate(divide="ignore", invalid="ignore"):  # where all at risk leave at once, Greenwood's error is none
        found = SurvfuncRight(lives.time, lives.ended.astype(np.float64), entry=lives.entry)
    reasons = [because("watched_from", day=first)]
    weak, n = False, len(lives.time)
    if metric.months is None:
        value = float(found.quantile(0.5))
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = (float(end) for end in found.quantile_ci(0.5, 1 - customers.confidence, method="cloglog"))
    else:
        value, low, high = share_after(found, metric.months, customers.confidence)
        weak = bool((found.n_risk[found.surv_times <= metric.months] < _FEWEST_AT_RISK).any())
        reasons += [because("few_at_risk")] if weak else []
    base = Figure(metric.code, None, (), customers.period, ("kaplan_meier_entry", "greenwood"))
    if np.isnan(value):
        return replace(base, reasons=(because("not_reached", share=0.5), *reasons))
    interval = (low, high) if np.isfinite([low, high]).all() and low < high else None
    if interval is None:
        reasons += [
            because("at_least", low=round(low, 1))
            if np.isfinite(low) and metric.months is None
            else because("all_the_same")
        ]
    estimate = Estimate(value, interval, n, n, customers.confidence)
    return replace(base, estimate=estimate, reasons=tuple(reasons), tables=("accounts",), weak=weak)


def share_after(found: SurvfuncRight, months: float, confidence: float) -> tuple[float, float, float]:
    """The share that stays longer, and its interval on the scale of log(-log) (Kalbfleisch & Prentice)."""
    from scipy.special import ndtri

    at = int(np.searchsorted(found.surv_times, months, side="right")) - 1
    if at < 0:
        return 1.0, np.nan, np.nan
    share, error = float(found.surv_prob[at]), float(found.surv_prob_se[at])
    if not 0 < share < 1:
        return share, np.nan, np.nan
    reach = float(ndtri((1 + confidence) / 2)) * error / (share * abs(np.log(share)))
    return share, share ** np.exp(reach), share ** np.exp(-reach)


def survival_test(metric: SurvivalTest, customers: Customers) -> Iterator[Figure]:
    """For each dimension asked for, the chance of such different curves if all stayed equally long (log-rank)."""
    found = _tenures(customers)
    if isinstance(found, Refused):
        return
    lives, _ = found
    for dimension in customers.dimensions_for(metric.by):
        grouping = customers.grouping(dimension, "accounts") if dimension.of == "accounts" else None
        codes = group_codes(grouping, lives.accounts, lives.accounts) if grouping else np.zeros(0, dtype=np.int64)
        large = [code for code in np.unique(codes) if (codes == code).sum() >= customers.thresholds.show and code >= 0]
        if len(large) > 1:
            chosen = np.isin(codes, large)
            yield _log_rank(metric, lives.of(chosen), codes[chosen], dimension.name, customers)


def _log_rank(metric: SurvivalTest, lives: Lifetimes, codes: Ints, dimension: str, customers: Customers) -> Figure:
    from statsmodels.duration.survfunc import survdiff

    try:
        chi_squared, p = survdiff(lives.time, lives.ended.astype(float), codes, entry=lives.entry)
    except np.linalg.LinAlgError:  # nobody left while customers of two groups were watched
        return absent(metric, because("no_losses"), customers.period)
    clear = p < 1 - customers.confidence
    groups = len(np.unique(codes))
    said = because("curves_differ" if clear else "curves_no_evidence", groups=groups, chi=round(float(chi_squared), 2))
    return Figure(
        metric.code,
        Estimate(float(p), None, len(codes), len(codes)),
        members_of({"compared_by": dimension}),
        customers.period,
        ("log_rank",),
        (said,),
        ("accounts",),
        Evidence.NOT_COMPARED if clear else Evidence.NONE,
    )


def cohorts(metric: Cohorts, customers: Customers) -> Iterator[Figure]:
    """For each cohort old enough, and for all together, the share still there after so many months."""
    found = _tenures(customers)
    if isinstance(found, Refused):
        yield absent(metric, found.reason)
        return
    _, first = found
    assert customers.period is not None
    since, left, never = _since(customers), _left(customers), _never(customers)
    any_found = False
    for months in metric.months:
        latest = months_later(customers.period.end, -months)
        began = ~np.isnat(since) & ~never & (since >= np.datetime64(first)) & (since <= np.datetime64(latest))
        there = np.flatnonzero(began)
        due = _later(since[there], months)
        kept = np.isnat(left[there]) | (left[there] > due)
        for name, chosen in _cohorts(metric, since[there], latest, customers.tables.text("horizon")):
            any_found = any_found or bool(chosen.any())
            yield from _cohort(
                metric, (there[chosen], kept[chosen]), {"cohort": name, "months": str(months)}, customers
            )
    if not any_found:
        yield absent(metric, because("no_cohort_old_enough", day=first), customers.period)


def _later(days: Days, months: int) -> Days:
    moved = [months_later(day.astype(object), months) for day in days]
    return np.array(moved, dtype="datetime64[D]")


def _cohorts(metric: Cohorts, since: Days, latest: date, horizon: str) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """Each cohort all of whose members are old enough, by the name of its span; or all of these as one."""
    spans = pd.PeriodIndex(since, freq={"month": "M", "quarter": "Q"}.get(horizon, "Y"))
    old = [span for span in spans.unique().sort_values() if span.end_time.date() <= latest]
    if metric.pooled:
        yield "all", np.asarray(spans.isin(old))
        return
    for span in old:
        yield _span_name(span), np.asarray(spans == span)


def _span_name(span: pd.Period) -> str:
    if span.freqstr.startswith("Q"):
        return f"{span.year}-Q{span.quarter}"
    return f"{span.year}-{span.month:02}" if span.freqstr.startswith("M") else str(span.year)


def _cohort(
    metric: Cohorts,
    members: tuple[Ints, npt.NDArray[np.bool_]],
    dimensions: dict[str, str],
    customers: Customers,
) -> Iterator[Figure]:
    numbers, kept = members
    if not len(numbers):
        return
    pool = account_pool(metric, customers, numbers, kept.astype(np.float64), np.zeros(len(numbers), dtype=bool))
    apart = dimensions["cohort"] + dimensions["months"]
    pool = replace(pool, key=("cohort", metric.code, apart), members=(members_of(dimensions),))
    for figure in pool_figures(metric, pool, customers):
        yield replace(
            figure, tables=("accounts",), broken_down=figure.broken_down or ("" if metric.pooled else "cohort")
        )
