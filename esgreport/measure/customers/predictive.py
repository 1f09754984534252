"""The test for predictive service: five criteria with what was observed, and how many are met; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_panels import BreakEven, CriterionResult, Met, Named, PredictivePanel
from esgreport.definitions.cx_predictive import Criterion
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.panel_desk import Desk, plain
from esgreport.measure.customers.panel_money import costs_in, revenue_in
from esgreport.model import Period


def predictive_panel(desk: Desk, metrics: Sequence[CustomerMetric]) -> PredictivePanel:
    """The criteria one by one, how many are met, and the break-even; `metrics` are those the room has measured."""
    own = desk.handed_on(_figures(desk, metrics))
    results = tuple(_result(desk, criterion, (*metrics, *own)) for criterion in desk.panels.predictive.criteria)
    met = sum(result.met is Met.YES for result in results)
    unsure = sum(result.met in (Met.UNCERTAIN, Met.UNKNOWN) for result in results)
    many = int(desk.customers.tables.number(desk.panels.predictive.many) or len(results))
    name = "predictive_look" if met >= many else "predictive_not_yet"
    verdict = desk.text(name, met=met, all=len(results), uncertain=unsure, many=many)
    even = break_even(desk, metrics)
    notes = () if even else (desk.text("break_even_missing"),)
    return PredictivePanel(results, met, unsure, many, verdict, even, notes)


# ── what is observed ─────────────────────────────────────────────────────────────────────────────────────────


def whole(metrics: Sequence[CustomerMetric], name: str) -> CustomerMetric | None:
    """The figure of a metric that is not broken down; None where it was not measured."""
    return next((each for each in metrics if each.metric == name and not each.dimensions), None)


def _figures(desk: Desk, metrics: Sequence[CustomerMetric]) -> Iterator[Figure]:
    yield _unplanned(desk)
    yield _deciders(desk)
    rules = desk.panels.predictive
    winning, keeping = (whole(metrics, name) for name in (rules.winning, rules.keeping))
    if winning and keeping and winning.value is not None and keeping.value:
        ratio = plain("acquisition_to_keeping", winning.value / keeping.value, keeping.n or 0, "costs", "accounts")
        few = winning.status is Status.INDICATIVE
        yield replace(ratio, weak=few, reasons=(because("few_won", won=winning.n or 0),) if few else ())
    else:
        yield Figure("acquisition_to_keeping", None, reasons=(because("no_ratio"),), tables=("costs",))


def _unplanned(desk: Desk) -> Figure:
    """Without a period nothing says which year the costs belong to."""
    empty = Figure("unplanned_cost_share", None, reasons=(because("no_unplanned"),), tables=("costs", "revenue"))
    period = desk.customers.period
    if period is None:
        return empty
    cost = costs_in(desk.customers, period, desk.panels.predictive.unplanned)
    revenue = revenue_in(desk.customers, period)
    if cost is None or not revenue:
        return empty
    return plain(
        "unplanned_cost_share", cost / revenue, int(desk.customers.were_customers(period).sum()), *empty.tables
    )


def _deciders(desk: Desk) -> Figure:
    """The median over customers, with the ranks that hold it at the confidence of the settings."""
    from scipy.stats import binom

    accounts = desk.customers.tables["accounts"]
    given = accounts.loc[accounts["status"] != "prospect", "decision_makers"].dropna().to_numpy(dtype=np.float64)
    if not len(given):
        return Figure("deciders_typical", None, reasons=(because("no_deciders"),), tables=("accounts",))
    ordered = np.sort(given)
    confidence = desk.customers.confidence
    below = int(binom.ppf((1 - confidence) / 2, len(ordered), 0.5))
    interval = None
    if below >= 1:
        interval = (float(ordered[below - 1]), float(ordered[len(ordered) - below]))
    estimate = Estimate(float(np.median(ordered)), interval, len(ordered), len(ordered), confidence)
    return Figure("deciders_typical", estimate, methods=("median_ranks",), tables=("accounts",))


# ── whether a criterion is met ───────────────────────────────────────────────────────────────────────────────


def is_above(value: float, interval: tuple[float, float] | None, limit: float) -> Met:
    """Strictly above; uncertain where the limit lies within the interval."""
    low, high = interval or (value, value)
    if low > limit:
        return Met.YES
    return Met.UNCERTAIN if high > limit else Met.NO


def is_within(value: float, interval: tuple[float, float] | None, limits: tuple[float, float]) -> Met:
    """At least the lower limit, which it meets itself; above the upper one is met too, and noted."""
    low, high = interval or (value, value)
    if low >= limits[0]:
        return Met.YES
    return Met.UNCERTAIN if high >= limits[0] else Met.NO


def _result(desk: Desk, criterion: Criterion, metrics: Sequence[CustomerMetric]) -> CriterionResult:
    if criterion.inequality == "declared":
        return _declared(desk, criterion)
    tables = desk.customers.tables
    limit, upper = tables.number(criterion.limit), tables.number(criterion.upper) if criterion.upper else None
    observed = whole(metrics, criterion.figure)
    met, notes = Met.UNKNOWN, []
    if limit is None:
        notes.append(desk.text("limit_unset"))
    elif observed is None or observed.value is None:
        notes.append(observed.reason if observed else desk.text("check_no_data"))
    else:
        met = is_above(observed.value, observed.interval, limit)
        if criterion.inequality == "within" and upper is not None:
            met = is_within(observed.value, observed.interval, (limit, upper))
            if observed.value > upper:
                notes.append(desk.text("above_upper"))
        if observed.status is Status.INDICATIVE:
            notes.append(observed.reason)
        if met is Met.UNCERTAIN:
            notes.append(desk.text("limit_within"))
    if limit is not None and criterion.limit not in tables.settings:
        notes.append(desk.text("limit_default"))
    return _told(desk, criterion, met, (observed, " ".join(notes)))


def _declared(desk: Desk, criterion: Criterion) -> CriterionResult:
    said = desk.customers.tables.flag(criterion.limit)
    evidence = desk.customers.tables.text(criterion.evidence)
    met = Met.UNKNOWN if said is None else Met.YES if said else Met.NO
    note = desk.text("check_no_data")
    if said is not None:
        note = desk.text("declared_evidence", evidence=evidence) if evidence else desk.text("declared_bare")
    return _told(desk, criterion, met, (None, note))


def _told(desk: Desk, criterion: Criterion, met: Met, seen: tuple[CustomerMetric | None, str]) -> CriterionResult:
    limits = {}
    for name, setting in (("limit", criterion.limit), ("upper", criterion.upper)):
        value = desk.customers.tables.number(setting) if setting else None
        kind = desk.customers.customer.settings[setting].type if setting else ""
        limits[name] = "?" if value is None else desk.percent(value) if kind == "share" else desk.shown(value)
    inequality = desk.said(criterion.shown).format(**limits)
    named = Named(criterion.name, desk.said(criterion.labels))
    return CriterionResult(named, inequality, met, desk.text(f"met_{met.value}"), *seen)


# ── what it would pay ────────────────────────────────────────────────────────────────────────────────────────


def break_even(desk: Desk, metrics: Sequence[CustomerMetric]) -> BreakEven | None:
    """Loss avoided in a year against the investment; None where one of its parts is not known.

    Loss is what customers that left in the period are worth, by their size, and unplanned service, each times the
    share that is assumed to be avoided. The ends are those of the interval of the lifetime value.
    """
    tables, rules, period = desk.customers.tables, desk.panels.predictive, desk.customers.period
    names = (rules.investment, rules.churn_avoided, rules.unplanned_avoided)
    investment, churn, unplanned = (tables.number(name) for name in names)
    worth = whole(metrics, rules.lifetime_value)
    if period is None or investment is None or churn is None or unplanned is None or worth is None:
        return None
    cost = costs_in(desk.customers, period, rules.unplanned)
    if worth.value is None or cost is None:
        return None
    left, size = _left_in(desk, period)
    ends = worth.interval or (worth.value, worth.value)
    loss, low, high = (churn * left * size * value + unplanned * cost for value in (worth.value, *ends))
    total = left * size * worth.value + cost
    text = desk.text(
        "break_even_text",
        churn=desk.percent(churn),
        left=left,
        value=_rounded(worth.value * size),
        unplanned=desk.percent(unplanned),
        loss=_rounded(loss),
        low=_rounded(low),
        high=_rounded(high),
        investment=_rounded(investment),
    )
    return BreakEven(loss, low, high, investment, investment / total if total else None, text)


def _left_in(desk: Desk, period: Period) -> tuple[int, float]:
    """How many left, and how large they were against the average customer by annual revenue (1 where not known)."""
    customers = desk.customers
    left = customers.within(customers.account_column("churned_on"), period)
    weights = customers.revenue_weights
    there = customers.were_customers(period)
    if weights is None or not left.any() or not np.nansum(weights[there]) > 0 or np.isnan(weights[left]).all():
        return int(left.sum()), 1.0
    return int(left.sum()), float(np.nanmean(weights[left]) / np.nanmean(weights[there]))


def _rounded(amount: float) -> int:
    """Three digits: more would claim a precision there is not."""
    digits = len(str(int(abs(amount)))) - 3
    return round(amount) if digits <= 0 else round(amount / 10**digits) * 10**digits
