"""The ledger of said and done: every statement against what happened after it, with those who said nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.measure.customers.answers import answered
from esgreport.measure.customers.behaviour import customers_on, left_after, recommended_after, renewed_after
from esgreport.measure.customers.figures import Figure, because
from esgreport.measure.customers.panel_desk import SHARE, Desk, cases, means, plain, split
from esgreport.measure.customers.sampling import Floats
from esgreport.measure.customers.stated import stated

CLASSES = ("promoter", "passive", "detractor", "silent")
_TABLES = ("responses", "accounts")


def ledger(desk: Desk) -> tuple[CustomerMetric, ...]:
    """What became of promoters, passives, detractors and the silent; intentions kept; promoters that recommend."""
    by_class = desk.handed_on(_by_class(desk))
    figures = [_disagreement(desk, by_class), *_intentions(desk), _recommending(desk), *_silent(desk)]
    return (*_false_promoters(desk, by_class), *by_class, *desk.handed_on(figures))


# ── promoters, passives, detractors, the silent ──────────────────────────────────────────────────────────────


def _statements(desk: Desk) -> pd.DataFrame:
    """Relational answers to the question of recommendation, with their class and whether the account left after it."""
    answers = stated(desk.customers, ("nps",))
    answers = answers[answers["survey_type"] != "transactional"]
    score = answers["value_number"].to_numpy()
    named = np.where(score >= 9, "promoter", np.where(score <= 6, "detractor", "passive"))
    made = pd.DataFrame({"stated": named, "account": answers["account"], "day": answers["collected_at"]})
    return made.assign(left=_left(desk, made)).dropna(subset=["left"])


def _left(desk: Desk, made: pd.DataFrame) -> Floats:
    days = made["day"].to_numpy(dtype="datetime64[D]")
    follow = desk.panels.feedback.follow_days
    return left_after(desk.customers, made["account"].to_numpy(dtype=np.int64), days, follow)


def _silences(desk: Desk) -> pd.DataFrame:
    """Customers from which no answer came in a wave of the relationship survey: one row each and wave."""
    customers = desk.customers
    waves = customers.tables["waves"]
    waves = waves[(waves["survey_type"] != "transactional").fillna(True) & waves["end"].notna()]
    responses = customers.tables["responses"]
    said_something = answered(responses)
    heard = pd.DataFrame(
        {
            "wave": responses.loc[said_something, "wave"].astype("object"),
            "account": customers.accounts_of("responses")[said_something],
        }
    )
    rows = []
    for wave, end in zip(waves["wave"], waves["end"], strict=True):
        there = np.flatnonzero(customers_on(customers, np.datetime64(end, "D"))[: len(customers.account_ids)])
        said = heard.loc[(heard["wave"] == wave).fillna(False), "account"]
        rows += [("silent", number, end) for number in there if number not in set(said)]
    made = pd.DataFrame(rows, columns=["stated", "account", "day"]).astype({"account": np.int64})
    made["day"] = pd.to_datetime(made["day"])
    return made.assign(left=_left(desk, made)).dropna(subset=["left"])


def _by_class(desk: Desk) -> tuple[Figure, ...]:
    rows = pd.concat([_statements(desk), _silences(desk)], ignore_index=True)
    if not len(rows):
        return (Figure("ledger_left", None, reasons=(because("nothing_followed"),), tables=_TABLES),)
    of = cases(rows["left"], rows["account"], *_TABLES)
    found = means("ledger_left", of, SHARE, desk.customers, split("stated", rows["stated"]))
    order = sorted(found, key=lambda figure: CLASSES.index(figure.dimensions[0][1]))
    return tuple(_followed(desk, figure) for figure in order)


def _followed(desk: Desk, figure: Figure) -> Figure:
    why = because("followed_days", days=desk.panels.feedback.follow_days)
    return replace(figure, methods=(*figure.methods, "followed"), reasons=(*figure.reasons, why))


def _false_promoters(desk: Desk, by_class: Sequence[CustomerMetric]) -> tuple[CustomerMetric, ...]:
    """The promoters' line of the ledger under its own name, so that it is withheld exactly where that is."""
    label = desk.said(desk.panels.figures["false_promoter_rate"].labels)
    lines = [each for each in by_class if each.member("stated") == "promoter"]
    if not lines:
        none = Figure("false_promoter_rate", None, reasons=(because("nothing_followed"),), tables=_TABLES)
        return desk.handed_on([none])
    return tuple(replace(each, metric="false_promoter_rate", label=label, dimensions=()) for each in lines)


def _disagreement(desk: Desk, by_class: Sequence[CustomerMetric]) -> Figure:
    """Withheld where one of its two classes is: it would follow from the other."""
    rows = _statements(desk)
    rows = rows[rows["stated"] != "passive"]
    if not len(rows):
        return Figure("say_do_disagreement", None, reasons=(because("nothing_followed"),), tables=_TABLES)
    against = np.where(rows["stated"] == "promoter", rows["left"], 1 - rows["left"])
    found = means("say_do_disagreement", cases(against, rows["account"], *_TABLES), SHARE, desk.customers)[0]
    if any(each.status is Status.WITHHELD for each in by_class if each.member("stated") in ("promoter", "detractor")):
        return replace(found, withheld=True)
    return _followed(desk, found)


# ── intentions and recommendations ───────────────────────────────────────────────────────────────────────────


def _intentions(desk: Desk) -> tuple[Figure, ...]:
    """By what was said about renewing: how often the next contract due went the other way."""
    rules = desk.panels.feedback
    answers = stated(desk.customers, ("intention",))
    answers = answers[(answers["better"] >= rules.agree_from) | (answers["better"] <= rules.disagree_to)]
    days = answers["collected_at"].to_numpy(dtype="datetime64[D]")
    accounts = answers["account"].to_numpy(dtype=np.int64)
    renewed = renewed_after(desk.customers, accounts, days, rules.follow_days)
    yes = (answers["better"] >= rules.agree_from).to_numpy()
    against = np.where(yes, 1 - renewed, renewed)
    tables = ("responses", "contracts")
    known = ~np.isnan(against)
    if not known.any():
        return (Figure("intention_contradicted", None, reasons=(because("nothing_followed"),), tables=tables),)
    groups = split("stated", np.where(yes, "yes", "no")[known])
    found = means("intention_contradicted", cases(against, accounts, *tables), SHARE, desk.customers, groups)
    return tuple(_followed(desk, figure) for figure in found)


def _recommending(desk: Desk) -> Figure:
    """Of companies with a promoter, those that recommended us afterwards; from the first time they said so."""
    answers = stated(desk.customers, ("nps",))
    said = answers[(answers["value_number"] >= 9) & (answers["account"] >= 0)].sort_values(
        "collected_at", kind="stable"
    )
    said = said.drop_duplicates("account")
    days = said["collected_at"].to_numpy(dtype="datetime64[D]")
    accounts = said["account"].to_numpy(dtype=np.int64)
    did = recommended_after(desk.customers, accounts, days, desk.panels.feedback.follow_days)
    tables = ("responses", "referrals")
    if np.isnan(did).all() or not desk.customers.tables.tables["referrals"].given:
        return Figure("promoters_who_refer", None, reasons=(because("nothing_followed"),), tables=tables)
    return _followed(desk, means("promoters_who_refer", cases(did, accounts, *tables), SHARE, desk.customers)[0])


# ── who says nothing ─────────────────────────────────────────────────────────────────────────────────────────


def _silent(desk: Desk) -> tuple[Figure, ...]:
    customers = desk.customers
    answers = stated(customers)
    there = np.flatnonzero(customers.were_customers(customers.period)) if customers.period else np.array([], dtype=int)
    if customers.period is None or not len(there):
        why = (because("no_period" if customers.period is None else "no_customers"),)
        return tuple(Figure(code, None, reasons=why) for code in ("silent_accounts", "silent_revenue"))
    heard = answers.loc[customers.within(answers["collected_at"], customers.period), "account"]
    quiet = ~np.isin(there, heard)
    count = plain("silent_accounts", float(quiet.mean()), len(there), *_TABLES)
    revenue = customers.revenue_weights
    if revenue is None or not np.nansum(revenue[there]) > 0:
        return (count, Figure("silent_revenue", None, reasons=(because("no_revenue"),), tables=_TABLES))
    worth = np.nan_to_num(revenue[there])
    share = float(worth[quiet].sum() / worth.sum())
    return (count, plain("silent_revenue", share, int(quiet.sum()), *_TABLES, accounts=int(quiet.sum())))
