"""Customers without contracts who buy when they like: BG/NBD and Gamma-Gamma, by lifetimes, an extra."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from esgreport.definitions.cx_loyalty import PurchaseValue
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.figures import Estimate, Figure, Reason, because
from esgreport.measure.customers.pools import Refused, absent
from esgreport.measure.customers.sampling import Floats

_DAYS_A_UNIT = 7
_FEW_BUYERS = 100


@dataclass(frozen=True, slots=True)
class History:
    """Each buyer's purchases after the first, the age at the last of them, its age now (in weeks), the mean spend.

    The mean spend is of the purchases after the first; 0 for who bought once.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    spend: Floats


@dataclass(frozen=True, slots=True)
class Expectation:
    """What each buyer is expected to do: purchases in the time ahead, still being a customer, worth of a purchase.

    `worth` is None where the model of spend does not settle, as when buyers hardly differ.
    """

    purchases: Floats
    alive: Floats
    worth: Floats | None


def histories(orders: pd.DataFrame, until: np.datetime64) -> History:
    """What the models need, from orders with `account`, `day` and `amount`; several on a day are one purchase."""
    daily = orders[orders["day"] <= until].groupby(["account", "day"], as_index=False)["amount"].sum()
    daily["first"] = daily.groupby("account")["day"].transform("min")
    later = daily[daily["day"] > daily["first"]]
    first = daily.groupby("account")["first"].min()
    last = daily.groupby("account")["day"].max()
    week = np.timedelta64(_DAYS_A_UNIT, "D")
    repeated = later.groupby("account")["amount"].agg(["size", "mean"]).reindex(first.index)
    return History(
        repeated["size"].fillna(0).to_numpy(dtype=np.float64),
        ((last - first).to_numpy() / week).astype(np.float64),
        ((until - first.to_numpy()) / week).astype(np.float64),
        repeated["mean"].fillna(0).to_numpy(dtype=np.float64),
    )


def expected(history: History, weeks: float) -> Expectation | Refused:
    """By BG/NBD and Gamma-Gamma; refused where the extra is not installed or the first does not settle."""
    said = io.StringIO()  # it prints what its search says when that fails
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(said):
        warnings.simplefilter("ignore")  # an archived library: what it warns of is its own age
        try:
            from lifetimes import BetaGeoFitter, GammaGammaFitter
            from lifetimes.utils import ConvergenceError
        except ImportError:
            return Refused(because("needs_extra", extra="clv"))
        again = (history.frequency > 0) & (history.spend > 0)
        usual = float(history.spend[again].mean())  # spend is fitted in its own mean, since the search begins near 1
        seen = history.frequency, history.recency, history.age
        model, spending = BetaGeoFitter(penalizer_coef=0.0), GammaGammaFitter(penalizer_coef=0.0)
        worth: Floats | None = None
        try:
            model.fit(*seen)
        except ConvergenceError:
            return Refused(because("model_not_settled"))
        with contextlib.suppress(ConvergenceError):
            spending.fit(history.frequency[again], history.spend[again] / usual)
            mean = spending.conditional_expected_average_profit(history.frequency, history.spend / usual)
            worth = np.asarray(mean * usual, dtype=np.float64)
        purchases = model.conditional_expected_number_of_purchases_up_to_time(weeks, *seen)
        alive = model.conditional_probability_alive(*seen)
    return Expectation(np.asarray(purchases, dtype=np.float64), np.asarray(alive, dtype=np.float64), worth)


def purchase_value(metric: PurchaseValue, customers: Customers) -> Iterator[Figure]:
    """The mean over buyers of what the models expect of the time ahead; the models' own error is not in it."""
    found = _expected_of(customers, metric.days)
    if isinstance(found, Refused):
        yield absent(metric, found.reason, customers.period)
        return
    history, expectation = found
    values = {
        "purchases": expectation.purchases,
        "alive": expectation.alive,
        "value": None if expectation.worth is None else expectation.purchases * expectation.worth,
    }[metric.what]
    if values is None:
        yield absent(metric, because("model_not_settled"), customers.period)
        return
    count = len(values)
    again = (history.frequency > 0) & (history.spend > 0)
    correlation = float(np.corrcoef(history.frequency[again], history.spend[again])[0, 1])
    few = count < _FEW_BUYERS
    reasons: tuple[Reason, ...] = (because("spend_correlation", r=round(correlation, 2)),)
    reasons += (because("few_buyers", full=_FEW_BUYERS),) if few else ()
    estimate = Estimate(float(np.mean(values)), None, count, count)
    yield Figure(metric.code, estimate, (), customers.period, ("bg_nbd", "gamma_gamma"), reasons, ("orders",), weak=few)


def _expected_of(customers: Customers, days: int) -> tuple[History, Expectation] | Refused:
    """Made once for all metrics of this kind."""
    key = ("purchases ahead", days)
    if key not in customers.kept:
        customers.kept[key] = _made(customers, days)
    made = customers.kept[key]
    assert isinstance(made, (tuple, Refused))
    return made


def _made(customers: Customers, days: int) -> tuple[History, Expectation] | Refused:
    if customers.period is None:
        return Refused(because("no_period"))
    if customers.tables.text("business_setting") == "contract":
        return Refused(because("under_contract"))
    table = customers.tables.tables["orders"]
    if not table.given:
        return Refused(because("no_table", table=customers.customer.tables["orders"].sheet))
    frame = pd.DataFrame(
        {
            "account": customers.accounts_of("orders"),
            "day": table.frame["ordered_at"].to_numpy(),
            "amount": table.frame["amount"].to_numpy(),
        }
    )
    history = histories(frame[frame["account"] >= 0].dropna(), np.datetime64(customers.period.end))
    if int(((history.frequency > 0) & (history.spend > 0)).sum()) < customers.thresholds.full:
        return Refused(because("too_few_repeat_buyers", full=customers.thresholds.full))
    expectation = expected(history, days / _DAYS_A_UNIT)
    return expectation if isinstance(expectation, Refused) else (history, expectation)
