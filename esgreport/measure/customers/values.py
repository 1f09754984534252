"""Loyalty by perceived sustainability, with the halo of satisfaction taken out; it says what goes together, not why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from esgreport.customer_metrics import CustomerMetric
from esgreport.measure.customers.behaviour import left_after
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.mediation import mediation
from esgreport.measure.customers.panel_desk import SHARE, Desk, Split, cases, means
from esgreport.measure.customers.perception import GROUPS, answers_on, group_of, said_before
from esgreport.measure.customers.perception_renewal import renewal_by_perception
from esgreport.measure.customers.perception_tenure import staying
from esgreport.measure.customers.reliability import reliability
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.measure.customers.stated import stated


def by_perception(desk: Desk) -> tuple[CustomerMetric, ...]:
    """Who left, took a price rise, stayed after a complaint, and how long they stay, by what they had said before."""
    figures = [*_left(desk), *_prices(desk), *_after_failure(desk), *staying(desk)]
    return desk.handed_on(figures)


def controlled(desk: Desk) -> tuple[CustomerMetric, ...]:
    """How far recommendation goes with perceived sustainability, alone and among equally satisfied people."""
    table = _together(desk)
    codes = ("perception_recommendation", "perception_recommendation_controlled")
    return desk.handed_on([_slope(desk, code, table, held=at > 0) for at, code in enumerate(codes)])


def modelled(desk: Desk) -> tuple[CustomerMetric, ...]:
    """How much of it would run through trust, and how far renewal goes with perception, alone and with controls."""
    return desk.handed_on([*mediation(desk), *renewal_by_perception(desk)])


def reliable(desk: Desk) -> tuple[CustomerMetric, ...]:
    """Whether questions that are put together measure one thing."""
    return desk.handed_on(reliability(desk))


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────


def _grouped(desk: Desk, code: str, of: tuple[Floats, Ints, Ints], *tables: str) -> tuple[Figure, ...]:
    """The share in each group of the cases whose outcome is known."""
    values, accounts, groups = of
    known = ~np.isnan(values) & (groups >= 0)
    if not known.any():
        return (Figure(code, None, reasons=(because("no_perception" if not len(groups) else "nothing_followed"),)),)
    made = Split("perception", GROUPS, groups[known])
    found = means(code, cases(values[known], accounts[known], *tables), SHARE, desk.customers, made)
    why = (because("not_cause"), because("halo"))
    return tuple(replace(figure, reasons=(*figure.reasons, *why)) for figure in found)


# ── what they did ────────────────────────────────────────────────────────────────────────────────────────────


def _left(desk: Desk) -> tuple[Figure, ...]:
    answers = answers_on(desk, desk.panels.values.asked)
    accounts = answers["account"].to_numpy(dtype=np.int64)
    days = answers["day"].to_numpy(dtype="datetime64[D]")
    left = left_after(desk.customers, accounts, days, desk.panels.values.follow_days)
    return _grouped(
        desk, "perception_left", (left, accounts, group_of(desk, answers["better"])), "responses", "accounts"
    )


def _prices(desk: Desk) -> tuple[Figure, ...]:
    """Contracts with a decision and a higher price; what was said before they fell due."""
    contracts = desk.customers.tables["contracts"]
    chosen = contracts["renewed"].isin(("yes", "no")) & (
        contracts["price_change"] > desk.panels.values.price_rise_above
    )
    chosen &= contracts["due_for_renewal"].notna()
    rows = contracts[chosen]
    if not len(rows):
        return (Figure("perception_price", None, reasons=(because("no_price_rises"),), tables=("contracts",)),)
    if not (rows["renewed"] == "no").any():
        # Rises are on record only where they were taken: a share of them would always be all.
        return (Figure("perception_price", None, reasons=(because("rises_only_taken"),), tables=("contracts",)),)
    accounts = desk.customers.accounts_of("contracts")[chosen.to_numpy()]
    decided = rows["renewed_on"].fillna(rows["due_for_renewal"])
    said = said_before(desk, desk.panels.values.asked, accounts, decided)
    renewed = np.where(rows["renewed"] == "yes", 1.0, 0.0)
    return _grouped(desk, "perception_price", (renewed, accounts, group_of(desk, said)), "contracts", "responses")


def _after_failure(desk: Desk) -> tuple[Figure, ...]:
    """From each customer's first complaint on which something had been said before."""
    tickets = desk.customers.tables["tickets"]
    chosen = tickets["is_complaint"].fillna(False).astype(bool) & tickets["opened_at"].notna()
    rows = tickets.loc[chosen, ["opened_at"]].assign(account=desk.customers.accounts_of("tickets")[chosen.to_numpy()])
    rows = rows[rows["account"] >= 0].sort_values("opened_at", kind="stable").drop_duplicates("account")
    accounts = rows["account"].to_numpy(dtype=np.int64)
    said = said_before(desk, desk.panels.values.asked, accounts, rows["opened_at"])
    days = rows["opened_at"].to_numpy(dtype="datetime64[D]")
    left = left_after(desk.customers, accounts, days, desk.panels.values.follow_days)
    of = (left, accounts, group_of(desk, said))
    return _grouped(desk, "perception_after_failure", of, "tickets", "responses", "accounts")


# ── the halo ─────────────────────────────────────────────────────────────────────────────────────────────────


def _together(desk: Desk) -> pd.DataFrame:
    """Responses that answer recommendation, perceived sustainability and satisfaction together."""
    rules = desk.panels.values
    answers = stated(desk.customers, (rules.explained, rules.asked, rules.halo))
    answers = answers[answers["survey_type"] != "transactional"]
    table = answers.pivot_table(index="response_id", columns="metric", values="better", observed=True)
    table = table.reindex(columns=[rules.explained, rules.asked, rules.halo]).dropna()
    account = answers.groupby("response_id")["account"].first()
    return table.assign(account=account.reindex(table.index)).query("account >= 0")


def _slope(desk: Desk, code: str, table: pd.DataFrame, *, held: bool) -> Figure:
    """The slope on perceived sustainability, with errors that know answers of one account are alike."""
    from statsmodels.regression.linear_model import OLS
    from statsmodels.tools import add_constant

    rules = desk.panels.values
    accounts = int(table["account"].nunique())
    empty = Figure(code, None, tables=("responses",))
    columns = [rules.asked, *([rules.halo] if held else [])]
    varied = len(table) > 0 and bool((table[columns].std() > 0).all())
    if len(table) < rules.cases_from or accounts < rules.accounts_from or not varied:
        needed = {"needed": rules.cases_from, "accounts_from": rules.accounts_from}
        return replace(empty, reasons=(because("too_few_for_model", n=len(table), accounts=accounts, **needed),))
    design = add_constant(table[columns].to_numpy(dtype=np.float64))
    outcome = table[rules.explained].to_numpy(dtype=np.float64)
    groups = table["account"].to_numpy(dtype=np.int64)
    fitted = OLS(outcome, design).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    low, high = fitted.conf_int(1 - desk.customers.confidence)[1]
    estimate = Estimate(
        100 * float(fitted.params[1]),
        (100 * float(low), 100 * float(high)),
        len(table),
        accounts,
        desk.customers.confidence,
    )
    methods = ("regression_clustered", *(("halo_controlled",) if held else ()))
    reasons = (because("not_cause"), *(() if held else (because("halo"),)))
    return replace(empty, estimate=estimate, methods=methods, reasons=reasons)
