"""Who answered and who did not: response, accounts, revenue, deciders; and how far the silent could move a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions.cx_surveys import Answers, Coverage, NonResponse
from esgreport.measure.customers.answers import Given, answers_to, pool_of_answers
from esgreport.measure.customers.customers import Customers, members_of
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.intervals import Scale
from esgreport.measure.customers.pools import Pool, Refused, absent, pool_figures
from esgreport.measure.customers.rows import SHARE
from esgreport.measure.customers.sampling import Floats, Ints, summed

_LATE = 2 / 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """The invitations that arrived in the period: their rows, whose they were, and the answer each got (-1: none)."""

    rows: Ints
    accounts: Ints
    answer: Ints


def _asked(customers: Customers, given: Given) -> _Asked | Refused:
    """Invitations to the waves in which the question was asked, matched to answers by wave and person, else account."""
    table = customers.tables.tables["invitations"]
    if customers.period is None:
        return Refused(because("no_period"))
    if not table.given:
        return Refused(because("no_invitations"))
    frame = table.frame
    responses = customers.tables["responses"].iloc[given.rows[~given.before]]
    waves = responses["wave"].astype("object")
    arrived = (frame["delivered"] != False).fillna(True).to_numpy(dtype=bool)  # noqa: E712 - a nullable column
    arrived &= frame["wave"].astype("object").isin(waves.dropna().unique()).to_numpy()
    rows = np.flatnonzero(arrived)
    if not len(rows):
        return Refused(because("no_invitations"))
    accounts = customers.accounts_of("invitations")
    invited = frame.iloc[rows]
    by_person = _matched(invited, responses, ["wave", "contact_id"])
    anonymous = invited["contact_id"].isna().to_numpy()
    by_account = _matched(invited, responses, ["wave", "account_id"])
    return _Asked(rows, accounts[rows], np.where(anonymous, by_account, by_person))


def _matched(invited: pd.DataFrame, responses: pd.DataFrame, keys: list[str]) -> Ints:
    """For each invitation, the place of the answer with the same keys; -1 where there is none."""
    answers = responses[keys].astype("object").reset_index(drop=True)
    answers["place"] = np.arange(len(answers))
    answers = answers.dropna(subset=keys).drop_duplicates(keys, keep="last")
    found = invited[keys].astype("object").merge(answers, on=keys, how="left")["place"]
    return found.fillna(-1).to_numpy(dtype=np.int64)


def coverage(metric: Coverage, customers: Customers) -> Iterator[Figure]:
    """The share of people or accounts asked that answered, or of revenue or deciders heard."""
    given = answers_to(customers, metric.asked)
    if isinstance(given, Refused):
        yield absent(metric, given.reason)
        return
    match metric.what:
        case "people":
            yield from _people(metric, given, customers)
        case "accounts":
            yield from _accounts(metric, given, customers)
        case "revenue":
            yield from _revenue(metric, given, customers)
        case "deciders":
            yield from _deciders(metric, given, customers)


def _pool(metric: Coverage, table: str, rows: Ints, accounts: Ints, values: Floats) -> Pool:
    return Pool(
        key=("coverage", metric.code),
        table=table,
        rows=rows,
        accounts=accounts,
        values=values,
        before=np.zeros(len(values), dtype=bool),
        strata=np.zeros(len(values), dtype=np.int64),
        members=((),),
        scale=SHARE,
    )


def _people(metric: Coverage, given: Given, customers: Customers) -> Iterator[Figure]:
    asked = _asked(customers, given)
    if not isinstance(asked, Refused):
        pool = _pool(metric, "invitations", asked.rows, asked.accounts, (asked.answer >= 0).astype(np.float64))
        yield from pool_figures(metric, replace(pool, period=given.period), customers)
        return
    waves = customers.tables["waves"]
    now = given.rows[~given.before]
    answered = customers.tables["responses"]["wave"].iloc[now].astype("object").value_counts()
    arrived = waves.set_index("wave")["delivered"].fillna(waves.set_index("wave")["invited"])
    known = arrived.reindex(answered.index).dropna()
    if not len(known) or not known.sum():
        yield absent(metric, asked.reason, given.period)
        return
    count, total = int(answered[known.index].sum()), int(known.sum())
    values = np.repeat([1.0, 0.0], [min(count, total), max(total - count, 0)])
    nobody = np.full(len(values), -1, dtype=np.int64)
    pool = replace(_pool(metric, "waves", nobody, nobody, values), period=given.period)
    yield from (figure for figure in pool_figures(metric.model_copy(update={"by": []}), pool, customers))


def _accounts(metric: Coverage, given: Given, customers: Customers) -> Iterator[Figure]:
    asked = _asked(customers, given)
    if isinstance(asked, Refused):
        yield absent(metric, asked.reason, given.period)
        return
    known = asked.accounts >= 0
    size = len(customers.account_ids)
    there = np.flatnonzero(summed(asked.accounts[known], np.ones(int(known.sum())), size))
    answered = summed(asked.accounts[known], (asked.answer[known] >= 0).astype(np.float64), size)[there] > 0
    pool = _pool(metric, "accounts", there, there, answered.astype(np.float64))
    yield from pool_figures(metric, replace(pool, period=given.period), customers)


def _revenue(metric: Coverage, given: Given, customers: Customers) -> Iterator[Figure]:
    """How much of the customers' revenue has been heard, by kind of survey; a census of accounts, so no interval."""
    weights = customers.revenue_weights
    if weights is None or customers.period is None:
        yield absent(metric, because("no_revenue" if weights is None else "no_period"), given.period)
        return
    there = customers.were_customers(customers.period) & (np.nan_to_num(weights) > 0)
    for stratum, heard in _heard(given, len(weights)):
        if there.any():
            share = float(weights[there & heard].sum() / weights[there].sum())
            count = int(there.sum())
            kind = {name: value for name, value in given.members[stratum] if name == "survey_type"}
            estimate = Estimate(share, None, count, count)
            methods, tables = ("share_of_revenue",), ("responses", "accounts")
            yield Figure(metric.code, estimate, members_of(kind), given.period, methods, (), tables)


def _heard(given: Given, size: int) -> Iterator[tuple[int, npt.NDArray[np.bool_]]]:
    """For each kind of survey, one stratum that has it, and which accounts answered in any of them."""
    kinds = [dict(members).get("survey_type", "") for members in given.members]
    for kind in dict.fromkeys(kinds):
        strata = [at for at, name in enumerate(kinds) if name == kind]
        now = ~given.before & np.isin(given.strata, strata) & (given.accounts >= 0)
        if now.any():
            yield strata[0], summed(given.accounts[now], np.ones(int(now.sum())), size) > 0


def _deciders(metric: Coverage, given: Given, customers: Customers) -> Iterator[Figure]:
    """The share of the deciders on record, of those who are customers, that answered."""
    contacts = customers.tables["contacts"]
    if customers.period is None or not customers.tables.tables["contacts"].has("role"):
        yield absent(metric, because("no_roles" if customers.period else "no_period"), given.period)
        return
    accounts = customers.accounts_of("contacts")
    there = customers.were_customers(customers.period)[np.maximum(accounts, 0)] & (accounts >= 0)
    rows = np.flatnonzero((contacts["role"] == "decider").fillna(False).to_numpy(dtype=bool) & there)
    now = given.rows[~given.before]
    answered = customers.tables["responses"]["contact_id"].iloc[now].dropna().unique()
    values = contacts["contact_id"].iloc[rows].isin(answered).to_numpy().astype(np.float64)
    pool = _pool(metric, "contacts", rows, accounts[rows], values)
    yield from pool_figures(metric, replace(pool, period=given.period), customers)


def nonresponse(metric: NonResponse, customers: Customers) -> Iterator[Figure]:
    """What a net score could be had all answered: between the worst and the best, or as those who answered late."""
    of = customers.metrics.metrics[metric.of]
    assert isinstance(of, Answers)
    given, pool = answers_to(customers, of.asked), pool_of_answers(of, customers)
    if isinstance(given, Refused) or isinstance(pool, Refused):
        refused = given if isinstance(given, Refused) else pool
        assert isinstance(refused, Refused)
        yield absent(metric, refused.reason)
        return
    asked = _asked(customers, given)
    if isinstance(asked, Refused):
        yield absent(metric, asked.reason, given.period)
        return
    answered = asked.answer >= 0
    values = pool.values[~pool.before][asked.answer[answered]]
    if not len(values):
        yield absent(metric, because("no_answers"), given.period)
        return
    if metric.scenario == "bounds":
        yield _bounds(metric, values, asked, pool.scale, given)
    else:
        yield _late(metric, values, asked, pool.scale, (customers, given))


def _bounds(metric: NonResponse, values: Floats, asked: _Asked, scale: Scale, given: Given) -> Figure:
    share = len(values) / len(asked.rows)
    seen = float(values.mean()) * scale.factor
    ends = (seen * share + scale.low * (1 - share), seen * share + scale.high * (1 - share))
    accounts = len(np.unique(asked.accounts[asked.accounts >= 0]))
    estimate = Estimate(seen, ends, len(values), accounts)
    said = because("silent", share=f"{100 * (1 - share):.0f}")
    kind = tuple(pair for pair in given.members[0] if pair[0] == "survey_type")
    tables = ("responses", "invitations")
    return Figure(metric.code, estimate, kind, given.period, ("nonresponse_bounds",), (said,), tables)


def _late(metric: NonResponse, values: Floats, asked: _Asked, scale: Scale, of: tuple[Customers, Given]) -> Figure:
    customers, given = of
    answered = asked.answer >= 0
    sent = customers.tables["invitations"]["sent_at"].to_numpy()[asked.rows[answered]]
    rows = given.rows[~given.before][asked.answer[answered]]
    waited = customers.tables["responses"]["collected_at"].to_numpy()[rows] - sent
    known = ~np.isnat(waited)
    if known.sum() < 3 * customers.thresholds.show:
        return absent(metric, because("few_late"), given.period)
    days = waited / np.timedelta64(1, "D")
    late = known & (days >= np.quantile(days[known], _LATE))
    share = len(values) / len(asked.rows)
    value = (float(values.mean()) * share + float(values[late].mean()) * (1 - share)) * scale.factor
    accounts = len(np.unique(asked.accounts[asked.accounts >= 0]))
    estimate = Estimate(value, None, len(values), accounts)
    said = because("late_answers", count=int(late.sum()), silent=len(asked.rows) - len(values))
    kind = tuple(pair for pair in given.members[0] if pair[0] == "survey_type")
    tables = ("responses", "invitations")
    return Figure(metric.code, estimate, kind, given.period, ("nonresponse_late",), (said,), tables)
