"""What goes with recommendation and renewal: R² shared out among drivers, or the rule that the data do not meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from esgreport.customer_panels import DriverAnalysis, Named
from esgreport.definitions.cx_drivers import Driver, Outcome
from esgreport.measure.customers.behaviour import renewed_after
from esgreport.measure.customers.explained import correlations, drawn_correlations, lmg_shares, relative_weights
from esgreport.measure.customers.figures import Estimate, Figure, Reason, because
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.measure.customers.stated import stated


@dataclass(frozen=True, slots=True)
class Design:
    """Complete cases: the outcome, a column a driver, the account of each case (-1: its own)."""

    outcome: Floats
    drivers: Floats
    names: tuple[str, ...]
    accounts: Ints


# ── from answers to an analysis ──────────────────────────────────────────────────────────────────────────────


def driver_analyses(desk: Desk) -> tuple[DriverAnalysis, ...]:
    """One analysis an outcome, or the rule that forbids it."""
    return tuple(_analysis(desk, outcome) for outcome in desk.panels.drivers.outcomes)


def _analysis(desk: Desk, outcome: Outcome) -> DriverAnalysis:
    named = Named(outcome.name, desk.said(outcome.labels))
    design = _design(desk, outcome)
    refused = _too_few(desk, outcome, design)
    notes = (desk.text("association"), desk.text("driver_overlap"))
    if refused:
        none = desk.handed_on([Figure("driver_explained", None, (("outcome", outcome.name),), reasons=(refused,))])[0]
        return DriverAnalysis(named, none, (), none.reason, notes[:1])
    explained, *others = desk.handed_on(_figures(desk, outcome, design))
    shares = tuple(each for each in others if each.metric == "driver_share")
    weights = tuple(each for each in others if each.metric == "driver_weight")
    return DriverAnalysis(named, explained, shares, "", notes, weights)


def _design(desk: Desk, outcome: Outcome) -> Design:
    """Responses that answer outcome and drivers together; drivers hardly answered beside the outcome are left out."""
    rules = desk.panels.drivers
    asked = tuple(dict.fromkeys(driver.asked for driver in rules.drivers))
    answers = stated(desk.customers, (*asked, *([outcome.asked] if outcome.asked else [])))
    answers = answers[answers["survey_type"] != "transactional"]
    about = answers.groupby("response_id").agg(account=("account", "first"), day=("collected_at", "first"))
    table = about.assign(outcome=_outcome(desk, outcome, answers, about)).dropna(subset=["outcome"])
    for driver in rules.drivers:
        values = _of_driver(answers, driver).reindex(table.index)
        if values.notna().mean() >= 0.5 and values.nunique() > 1:
            table[driver.name] = values
    names = [driver.name for driver in rules.drivers if driver.name in table.columns][: rules.most_drivers]
    whole = table.dropna(subset=names)
    columns = whole[names].to_numpy(dtype=np.float64)
    return Design(whole["outcome"].to_numpy(dtype=np.float64), columns, tuple(names), whole["account"].to_numpy())


def _outcome(desk: Desk, outcome: Outcome, answers: pd.DataFrame, about: pd.DataFrame) -> pd.Series:
    if outcome.of == "score":
        return answers[answers["metric"] == outcome.asked].groupby("response_id")["better"].mean().reindex(about.index)
    days = about["day"].to_numpy(dtype="datetime64[D]")
    accounts = about["account"].to_numpy(dtype=np.int64)
    return pd.Series(renewed_after(desk.customers, accounts, days, desk.panels.drivers.follow_days), index=about.index)


def _of_driver(answers: pd.DataFrame, driver: Driver) -> pd.Series:
    mine = answers[answers["metric"] == driver.asked]
    if driver.about:
        mine = mine[mine["construct"] == driver.about]
    return mine.groupby("response_id")["better"].mean()


def _too_few(desk: Desk, outcome: Outcome, design: Design) -> Reason | None:
    """The rule that the data do not meet; None where they do."""
    rules, count = desk.panels.drivers, len(design.names)
    if count < 2:
        return because("no_drivers")
    cases, accounts = len(design.outcome), len(np.unique(design.accounts[design.accounts >= 0]))
    needed = max(rules.cases_from, rules.cases_per_driver * count)
    if outcome.of == "renewal" and cases:
        events = int(min(design.outcome.sum(), cases - design.outcome.sum()))
        if events < rules.events_per_driver * count:
            lost = int(cases - design.outcome.sum())
            return because("too_few_events", events=lost, drivers=count, needed=rules.events_per_driver * count)
    if cases < needed or accounts < rules.accounts_from:
        return because(
            "too_few_for_drivers",
            cases=cases,
            accounts=accounts,
            drivers=count,
            needed=needed,
            accounts_from=rules.accounts_from,
        )
    return None


def _figures(desk: Desk, outcome: Outcome, design: Design) -> Iterator[Figure]:
    """R² first, then the shares, the largest first, then the weights in the same order."""
    rules = desk.panels.drivers
    every = correlations(design.outcome, design.drivers)
    columns = np.column_stack([design.drivers, design.outcome])
    drawn = drawn_correlations(columns, design.accounts, rules.draws, rules.seed)
    shares, drawn_shares = lmg_shares(every), lmg_shares(drawn)
    weights, drawn_weights = relative_weights(every), relative_weights(drawn)
    of = (("outcome", outcome.name),)
    yield _figure(desk, "driver_explained", (float(shares.sum()), drawn_shares.sum(axis=1)), of, design)
    order = np.argsort(-shares, kind="stable")
    for code, found, of_draws in (("driver_share", shares, drawn_shares), ("driver_weight", weights, drawn_weights)):
        for at in order:
            dimensions = (("driver", design.names[at]), *of)
            yield _figure(desk, code, (float(found[at]), of_draws[:, at]), dimensions, design)


def _figure(
    desk: Desk, code: str, found: tuple[float, Floats], dimensions: Sequence[tuple[str, str]], design: Design
) -> Figure:
    confidence = desk.customers.confidence
    low, high = np.quantile(found[1], [(1 - confidence) / 2, (1 + confidence) / 2])
    accounts = len(np.unique(design.accounts[design.accounts >= 0]))
    estimate = Estimate(found[0], (float(low), float(high)), len(design.outcome), accounts, confidence)
    method = "johnson" if code == "driver_weight" else "lmg"
    return Figure(code, estimate, tuple(dimensions), None, (method,), (because("not_cause"),), ("responses",))
