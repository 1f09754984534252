"""Ways in which scores come to look better than they are, each looked for in the data; it accuses nobody by name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import Check
from esgreport.definitions.cx_feedback import Spike
from esgreport.measure.customers.answers import NOT_FROM_CUSTOMERS, answered
from esgreport.measure.customers.behaviour import customers_on
from esgreport.measure.customers.figures import Figure, because
from esgreport.measure.customers.intervals import Measured, difference
from esgreport.measure.customers.panel_desk import Desk, plain
from esgreport.measure.customers.sampling import Ints
from esgreport.measure.customers.stated import stated


def checks(desk: Desk) -> tuple[Check, ...]:
    """All checks, also those for which there are no data."""
    spikes = [_spike(desk, spike) for spike in desk.panels.feedback.spikes]
    return (_pay(desk), _invited(desk), _selection(desk), *spikes, _clusters(desk))


def _nothing(desk: Desk, name: str) -> Check:
    return Check(desk.word(name), None, desk.text("check_no_data"))


def _pay(desk: Desk) -> Check:
    said = desk.customers.tables.text("score_linked_to_pay")
    speaks = {"yes": True, "no": False}.get(said)
    return Check(desk.word("check_pay"), speaks, desk.text(f"pay_{said}" if speaks is not None else "pay_unknown"))


# ── who is asked ─────────────────────────────────────────────────────────────────────────────────────────────


def _asked(desk: Desk) -> Ints:
    """The accounts that were invited in the period."""
    customers = desk.customers
    sent = customers.tables["invitations"]["sent_at"]
    number = customers.accounts_of("invitations")
    chosen = customers.within(sent, customers.period) if customers.period else np.ones(len(sent), dtype=bool)
    return np.unique(number[chosen & (number >= 0)])


def invited_share(desk: Desk) -> CustomerMetric:
    """The share of customers of which anybody was invited."""
    customers = desk.customers
    asked = _asked(desk)
    if customers.period is None or not len(asked):
        none = Figure("invited_accounts", None, reasons=(because("no_invitations"),), tables=("invitations",))
        return desk.handed_on([none])[0]
    there = np.flatnonzero(customers.were_customers(customers.period))
    share = float(np.isin(there, asked).mean())
    return desk.handed_on([plain("invited_accounts", share, len(there), "invitations", "accounts")])[0]


def _invited(desk: Desk) -> Check:
    figure = invited_share(desk)
    low = desk.panels.feedback.invited_share_low
    if figure.value is None:
        return Check(desk.word("check_invited"), None, figure.reason, figure)
    text = desk.text("check_invited_text", share=desk.percent(figure.value), low=desk.percent(low))
    return Check(desk.word("check_invited"), figure.value < low, text, figure)


def _selection(desk: Desk) -> Check:
    """Whether those not asked leave more often: customers at the start of the period, left within it."""
    customers = desk.customers
    asked = _asked(desk)
    if customers.period is None or customers.period.start is None or not len(asked):
        return _nothing(desk, "check_selection")
    start = np.datetime64(customers.period.start, "D")
    there = np.flatnonzero(customers_on(customers, start)[: len(customers.account_ids)])
    left = customers.within(customers.account_column("churned_on"), customers.period)[there]
    inside = np.isin(there, asked)
    limits = customers.thresholds
    if not all(limits.enough(int(each.sum()), int(each.sum())) for each in (inside, ~inside)):
        return _nothing(desk, "check_selection")
    sides = [_share(int(left[side].sum()), int(side.sum()), customers.confidence) for side in (inside, ~inside)]
    found = difference(sides[1], sides[0])
    text = desk.text(
        "check_selection_text",
        asked=desk.percent(sides[0].value),
        others=desk.percent(sides[1].value),
        low=desk.percent(found.low),
        high=desk.percent(found.high),
    )
    return Check(desk.word("check_selection"), found.low > 0, text)


def _share(count: int, of: int, confidence: float) -> Measured:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, of, alpha=1 - confidence, method="wilson")
    return Measured(count / of, float(low), float(high), float(np.sqrt(max(count, 0.5) / of * (1 - count / of) / of)))


# ── what is answered ─────────────────────────────────────────────────────────────────────────────────────────


def _in_period(desk: Desk, answers: pd.DataFrame) -> pd.DataFrame:
    period = desk.customers.period
    return answers[desk.customers.within(answers["collected_at"], period)] if period else answers


def _spike(desk: Desk, spike: Spike) -> Check:
    """Far more answers just above the line than just below it; steep scales exist, so it calls for a look, no more."""
    from scipy.stats import binomtest

    rules = desk.panels.feedback
    answers = _in_period(desk, stated(desk.customers, (spike.asked,)))
    values = answers["value_number"]
    at, under = int((values == spike.line).sum()), int((values == spike.below).sum())
    limits = desk.customers.thresholds
    if not limits.enough(len(answers), int(answers["account"].nunique())) or at + under < limits.full:
        return _nothing(desk, "check_spike")
    expected = rules.spike_ratio / (1 + rules.spike_ratio)
    speaks = binomtest(at, at + under, expected, alternative="greater").pvalue < rules.spike_p_below
    label = desk.value("metrics", spike.asked)
    text = desk.text(
        "check_spike_text",
        metric=label.label if label else spike.asked,
        line=spike.line,
        at=at,
        below=spike.below,
        under=under,
    )
    return Check(desk.word("check_spike"), bool(speaks), text)


def _clusters(desk: Desk) -> Check:
    """Days on which one agent got many answers, nearly all at the top of the scale."""
    rules = desk.panels.feedback
    answers = _in_period(desk, stated(desk.customers, ("nps", "csat", "ces")))
    answers = answers[answers["agent"].notna()]
    if not len(answers):
        return _nothing(desk, "check_cluster")
    days = answers.assign(day=answers["collected_at"].dt.normalize(), top=answers["better"] >= 1)
    groups = days.groupby(["agent", "day"], observed=True).agg(n=("response_id", "nunique"), top=("top", "mean"))
    found = int(((groups["n"] >= rules.cluster_answers) & (groups["top"] >= rules.cluster_share_top)).sum())
    text = desk.text(
        "check_cluster_text", answers=rules.cluster_answers, share=desk.percent(rules.cluster_share_top), n=found
    )
    return Check(desk.word("check_cluster"), found > 0, text)


def fatigue(desk: Desk) -> Iterator[Figure]:
    """The share of people asked again before the rest between surveys was over, from invitations, else from answers."""
    customers = desk.customers
    sent = customers.tables["invitations"][["contact_id", "sent_at"]].dropna()
    if not len(sent):
        responses = customers.tables["responses"]
        asked = responses[answered(responses, NOT_FROM_CUSTOMERS)]
        sent = asked[["contact_id", "collected_at", "response_id"]].dropna()
        sent = sent.drop_duplicates("response_id")[["contact_id", "collected_at"]]
    sent = sent.set_axis(["person", "at"], axis=1)
    if not len(sent):
        yield Figure("survey_fatigue", None, reasons=(because("no_surveys_sent"),))
        return
    gaps = sent.sort_values(["person", "at"], kind="stable").groupby("person")["at"].diff()
    soon = (gaps < pd.Timedelta(days=customers.tables.number("survey_rest_days") or 0)).groupby(sent["person"]).any()
    yield plain("survey_fatigue", float(soon.mean()), len(soon), "invitations", "responses")
