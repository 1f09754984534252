"""What a customer is worth: to date, by the quick formula, and under contract by a model of renewals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt

from esgreport.definitions.cx_loyalty import ContractValue, FormulaValue, HistoricValue
from esgreport.measure.customers.customers import Customers, members_of
from esgreport.measure.customers.figures import Estimate, Figure, Reason, because
from esgreport.measure.customers.pools import Refused, absent
from esgreport.measure.customers.renewal_model import RenewalModel, Renewals, fitted
from esgreport.measure.customers.resampling import bootstrapped, one_thread
from esgreport.measure.customers.sampling import Floats, Ints, summed
from esgreport.measure.customers.standing import revenue_in, standing, watched_from
from esgreport.model import Period

_SEED = 20251231
_FITS = 199
_FEW_CHAINS = 100
_LONGEST = 60
_DAYS_A_YEAR = 365.25


def historic_value(metric: HistoricValue, customers: Customers) -> Iterator[Figure]:
    """The mean over customers of the margin of all revenue on record, less what winning them cost where entered."""
    if customers.period is None:
        yield absent(metric, because("no_period"))
        return
    margin = _margins(customers, Period(customers.period.end, customers.period.start), whole=True)
    if isinstance(margin, Refused):
        yield absent(metric, margin.reason, customers.period)
        return
    costs = customers.account_column("acquisition_cost").to_numpy(dtype=np.float64, na_value=np.nan)
    there = ~np.isnan(margin) & (margin != 0)
    if not there.any():
        yield absent(metric, because("no_cases"), customers.period)
        return
    values = margin[there] - np.nan_to_num(costs[there])
    interval = bootstrapped((values,), _mean, customers.confidence)
    count = int(there.sum())
    estimate = Estimate(float(values.mean()), interval, count, count, customers.confidence)
    reasons = (because("cost_not_entered", count=int(np.isnan(costs[there]).sum())), because("from_what_is_on_record"))
    tables = ("revenue", "orders", "accounts")
    yield Figure(metric.code, estimate, (), customers.period, ("margin_to_date", "account_bca"), reasons, tables)


def _mean(values: Floats, axis: int = -1) -> Floats:
    return np.asarray(values.mean(axis=axis))


def _margins(customers: Customers, period: Period, *, whole: bool = False) -> Floats | Refused:
    """Margin by account in a period, or of all that is on record to its end; NaN where it cannot be had.

    Revenue times the account's gross margin; the margin of orders as entered where that is so.
    """
    rate = customers.account_column("gross_margin").to_numpy(dtype=np.float64, na_value=np.nan)
    revenue = _revenue_to(customers, period) if whole else revenue_in(customers, period)
    if revenue is None:
        return Refused(because("no_recurring_revenue"))
    if np.isnan(rate).all():
        return Refused(because("no_margin"))
    return np.asarray(revenue * rate, dtype=np.float64)


def _revenue_to(customers: Customers, period: Period) -> Floats | None:
    ends = customers.times("revenue", ["period"])
    if not len(ends):
        return None
    first = ends.min().date()
    return revenue_in(customers, Period(period.end, first.replace(year=first.year - 1)))


def formula_value(metric: FormulaValue, customers: Customers) -> Iterator[Figure]:
    """m·r/(1+i-r) with the mean margin of a year, the share kept and the discount rate; then at other rates."""
    found = _inputs(customers)
    if isinstance(found, Refused):
        yield absent(metric, found.reason, customers.period)
        return
    margin, kept, years, discount = found
    value = float(_formula((margin, kept), years, discount))
    interval = bootstrapped(
        (margin, kept), lambda m, k, axis=-1: _formula((m, k), years, discount, axis), customers.confidence
    )
    count = len(margin)
    base = Figure(
        metric.code,
        Estimate(value, interval, count, count, customers.confidence),
        (),
        customers.period,
        ("margin_multiple", "account_bca"),
        (because("at_rates", retention=round(float(kept.mean() ** (1 / years)), 3), discount=discount),),
        ("revenue", "accounts", "contracts"),
    )
    yield base
    yearly = float(margin.mean() / years)
    for rate in metric.retention_steps:
        for other in metric.discount_steps:
            members = members_of({"retention": f"{rate:g}", "discount": f"{other:g}"})
            estimate = Estimate(yearly * margin_multiple(rate, other), None, count, count)
            yield replace(base, estimate=estimate, dimensions=members, methods=("margin_multiple",), reasons=())


def margin_multiple(retention: float, discount: float) -> float:
    """How many yearly margins a customer is worth: r/(1+i-r) (Gupta & Lehmann 2003)."""
    return retention / (1 + discount - retention)


def _formula(columns: tuple[Floats, Floats], years: float, discount: float, axis: int = -1) -> Floats:
    margin, kept = (column.mean(axis=axis) for column in columns)
    rate = kept ** (1 / years)
    return np.asarray(margin / years * rate / (1 + discount - rate))


def _inputs(customers: Customers) -> tuple[Floats, Floats, float, float] | Refused:
    """Margin in the period and whether kept, of each customer of the opening; how many years; the discount rate."""
    discount = customers.tables.number("discount_rate")
    if customers.period is None or customers.period.start is None:
        return Refused(because("no_period"))
    if discount is None:
        return Refused(because("no_discount_rate"))
    there = standing(customers, customers.period)
    margin = _margins(customers, customers.period)
    if isinstance(there, Refused):
        return there
    if isinstance(margin, Refused):
        return margin
    years = ((customers.period.end - customers.period.start).days + 1) / _DAYS_A_YEAR
    chosen = there.opening & ~np.isnan(margin)
    if not chosen.any():
        return Refused(because("no_cases"))
    return margin[chosen], there.kept[chosen].astype(np.float64), round(years, 2), discount


@dataclass(frozen=True, slots=True)
class _Chains:
    """One chain of terms for each account and product: renewals before losses were on record, in all, and whether lost.

    `value` is the yearly value of its last term, `months` how long that is; `current` whether it is running.
    """

    accounts: Ints
    before: Ints
    renewals: Ints
    lost: npt.NDArray[np.bool_]
    value: Floats
    months: Floats
    current: npt.NDArray[np.bool_]

    def counted(self, weights: Floats) -> Renewals:
        """The counts the model is fitted to, each chain as often as its weight says."""
        size = min(int(self.renewals.max(initial=0)), _LONGEST) + 1
        renewals, before = (np.minimum(each, size - 1) for each in (self.renewals, self.before))
        lost = summed(renewals[self.lost], weights[self.lost], size)
        seen = summed(renewals[~self.lost], weights[~self.lost], size)
        return Renewals(lost, seen, summed(before, weights, size))


def _chains(customers: Customers) -> _Chains | Refused:
    table = customers.tables.tables["contracts"]
    first = watched_from(customers)
    if customers.period is None or first is None:
        return Refused(because("no_period"))
    if not table.has("renewed"):
        return Refused(because("no_renewals"))
    frame = table.frame
    accounts = customers.accounts_of("contracts")
    chain = accounts * (len(frame["product"].cat.categories) + 1) + frame["product"].cat.codes.to_numpy() + 1
    start, end = (frame[name].to_numpy(dtype="datetime64[D]") for name in ("start", "end"))
    close, watched = np.datetime64(customers.period.end), np.datetime64(first)
    known = (accounts >= 0) & (start <= close)
    renewed = (frame["renewed"] == "yes").fillna(False).to_numpy(dtype=bool) & known & (end <= close)
    gone = (frame["renewed"] == "no").fillna(False).to_numpy(dtype=bool) & known & (end <= close)
    names, place = np.unique(chain[known], return_inverse=True)
    size = len(names)
    last = np.zeros(size, dtype=np.int64)
    order = np.argsort(start[known], kind="stable")
    last[place[order]] = np.flatnonzero(known)[order]
    chains = _Chains(
        accounts=accounts[last],
        before=summed(place, (renewed & (end < watched))[known].astype(float), size).astype(np.int64),
        renewals=summed(place, renewed[known].astype(float), size).astype(np.int64),
        lost=summed(place, gone[known].astype(float), size) > 0,
        value=np.nan_to_num(frame["annual_value"].to_numpy()[last]),
        months=frame["term_months"].to_numpy(dtype=np.float64, na_value=np.nan)[last],
        current=np.isnat(end[last]) | (end[last] >= close),
    )
    return _watched(chains, gone, place, end, (known, watched))


def _watched(
    chains: _Chains,
    gone: npt.NDArray[np.bool_],
    place: npt.NDArray[np.intp],
    end: npt.NDArray[np.datetime64],
    limits: tuple[npt.NDArray[np.bool_], np.datetime64],
) -> _Chains:
    """Without the chains that were lost before losses were on record: those that happen to be listed say nothing."""
    known, watched = limits
    early = summed(place.astype(np.int64), (gone & (end < watched))[known].astype(float), len(chains.accounts)) > 0
    kept = ~early
    return _Chains(
        chains.accounts[kept],
        chains.before[kept],
        chains.renewals[kept],
        chains.lost[kept],
        chains.value[kept],
        chains.months[kept],
        chains.current[kept],
    )


def contract_value(metric: ContractValue, customers: Customers) -> Iterator[Figure]:
    """What the model of renewals says of the contracts in force; an interval by fitting to accounts drawn anew."""
    chains = _chains(customers)
    if isinstance(chains, Refused):
        yield absent(metric, chains.reason, customers.period)
        return
    discount = customers.tables.number("discount_rate")
    models = _models(chains, customers)
    if not models or not chains.current.any():
        yield absent(metric, because("no_renewals"), customers.period)
        return
    model = models[0]
    if metric.what != "next_renewal" and discount is None:
        yield absent(metric, because("no_discount_rate"), customers.period)
        return
    weights = _weights(chains, metric, customers)
    if isinstance(weights, Refused):
        yield absent(metric, weights.reason, customers.period)
        return
    rate = discount or 0.0
    value = _expected(metric, model, chains, weights, rate)
    drawn = np.array([_expected(metric, other, chains, weights, rate) for other in models[1:]])
    tail = (1 - customers.confidence) / 2
    interval = tuple(np.quantile(drawn, [tail, 1 - tail])) if len(drawn) > _FITS / 2 else None
    count = len(chains.accounts)
    few = count < _FEW_CHAINS
    # Where the likelihood is flat, further digits are those of the search, not of the data.
    said = because("model_parameters", alpha=float(f"{model.alpha:.2g}"), beta=float(f"{model.beta:.2g}"))
    ends = (float(interval[0]), float(interval[1])) if interval else None
    estimate = Estimate(value, ends, count, len(np.unique(chains.accounts)), customers.confidence)
    reasons: tuple[Reason, ...] = (said, *((because("few_chains", full=_FEW_CHAINS),) if few else ()))
    beside = metric.what == "value" and customers.tables.tables["orders"].given
    reasons += (because("contracts_only"),) if beside else ()
    methods = ("shifted_beta_geometric", "account_bootstrap")
    yield Figure(metric.code, estimate, (), customers.period, methods, reasons, ("contracts",), weak=few)


def _weights(chains: _Chains, metric: ContractValue, customers: Customers) -> Floats | Refused:
    """What a further term of each running chain is worth: its margin, or just one."""
    if metric.what != "value":
        return chains.current.astype(np.float64)
    rate = customers.account_column("gross_margin").to_numpy(dtype=np.float64, na_value=np.nan)[chains.accounts]
    if np.isnan(rate[chains.current]).all():
        return Refused(because("no_margin"))
    months = np.where(np.isnan(chains.months), 12.0, chains.months)
    return np.where(chains.current, np.nan_to_num(chains.value * rate * months / 12), 0.0)


def _expected(metric: ContractValue, model: RenewalModel, chains: _Chains, weights: Floats, discount: float) -> float:
    """The mean over running chains of the chance to renew, the further terms, or their worth."""
    months = np.where(np.isnan(chains.months), 12.0, chains.months)
    found = np.zeros(len(chains.accounts))
    for renewals, length in {(int(k), float(m)) for k, m in zip(chains.renewals, months, strict=True)}:
        chosen = (chains.renewals == renewals) & (months == length)
        if metric.what == "next_renewal":
            found[chosen] = model.retention(renewals)
        else:
            found[chosen] = model.residual_terms(renewals, (1 + discount) ** (length / 12) - 1)
    running = chains.current.sum() if metric.what != "value" else len(np.unique(chains.accounts[chains.current]))
    return float((found * weights).sum() / running)


def _models(chains: _Chains, customers: Customers) -> tuple[RenewalModel, ...]:
    """The model of the chains, then those of as many accounts drawn anew; none where it cannot be fitted. Made once."""
    key = ("renewal models",)
    if key not in customers.kept:
        model = fitted(chains.counted(np.ones(len(chains.accounts))))
        customers.kept[key] = (model, *_redrawn(chains, model)) if model else ()
    return cast(tuple[RenewalModel, ...], customers.kept[key])


def _redrawn(chains: _Chains, model: RenewalModel) -> Iterator[RenewalModel]:
    accounts, place = np.unique(chains.accounts, return_inverse=True)
    random = np.random.default_rng(_SEED)
    with one_thread():
        for _ in range(_FITS):
            times = random.multinomial(len(accounts), np.full(len(accounts), 1 / len(accounts)))[place]
            other = fitted(chains.counted(times.astype(np.float64)), near=model)
            if other is not None:
                yield other
