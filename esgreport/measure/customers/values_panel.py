"""Values-based loyalty as one panel: perception, requests, and the founding documents' claims beside our own data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import ClaimView, ValuesPanel
from esgreport.measure.customers.behaviour import customers_on
from esgreport.measure.customers.figures import Figure, because
from esgreport.measure.customers.panel_desk import SHARE, Desk, cases, counted, means, plain, split
from esgreport.measure.customers.values import by_perception, controlled, modelled, reliable


def values_panel(desk: Desk, known: Sequence[CustomerMetric]) -> ValuesPanel:
    """Loyalty by perceived sustainability and by requests; `known` are all other figures, for the claims."""
    figures, model = by_perception(desk), (*controlled(desk), *modelled(desk))
    requests = desk.handed_on([*_requests(desk), _exclusion(desk), *_left_by_request(desk)], ("asked",))
    claims = tuple(_claims(desk, (*known, *figures, *model, *requests)))
    return ValuesPanel(figures, model, requests, claims, (desk.text("values_association"),), reliable(desk))


def _requests(desk: Desk) -> Iterator[Figure]:
    frame = desk.customers.tables["esg_requests"]
    period = desk.customers.period
    if period:
        frame = frame[desk.customers.within(frame["received"], period)]
    table, why = ("esg_requests",), because("no_requests")
    end = pd.Timestamp(period.end) if period else frame["received"].max()
    due = frame[frame["due"].notna() & (frame["answered"].notna() | (frame["due"] <= end))]
    on_time = int((due["answered"] <= due["due"]).sum())
    yield counted("esg_requests_on_time", on_time, len(due), table, *(() if len(due) else (why,)))
    ended = frame[frame["outcome"].notna() & (frame["outcome"] != "open")]
    lost = int(ended["outcome"].isin(desk.panels.values.lost).sum())
    yield counted("esg_requests_lost", lost, len(ended), table, *(() if len(ended) else (why,)))
    stake = frame["revenue_at_stake"].dropna()
    if len(stake):
        yield plain("esg_stake", float(stake.sum()), len(stake), *table)
    else:
        yield Figure("esg_stake", None, reasons=(why,), tables=table)


def _exclusion(desk: Desk) -> Figure:
    customers = desk.customers
    stated = customers.account_column("esg_exclusion_criterion")
    if customers.period is None:
        return Figure("esg_exclusion", None, reasons=(because("no_period"),), tables=("accounts",))
    there = stated[customers.were_customers(customers.period)].dropna()
    reasons = () if len(there) else (because("no_customers"),)
    return counted("esg_exclusion", int(there.sum()), len(there), ("accounts",), *reasons)


def _left_by_request(desk: Desk) -> tuple[Figure, ...]:
    """Customers when the period began: did those that had asked for data leave more or less often in it?"""
    customers, tables = desk.customers, ("accounts", "esg_requests")
    period = customers.period
    if period is None or period.start is None:
        return (Figure("request_left", None, reasons=(because("no_period"),), tables=tables),)
    there = np.flatnonzero(customers_on(customers, np.datetime64(period.start, "D"))[: len(customers.account_ids)])
    if not len(there):
        return (Figure("request_left", None, reasons=(because("no_customers"),), tables=tables),)
    requests = customers.tables["esg_requests"]
    early = (requests["received"] < pd.Timestamp(period.start)).to_numpy()
    asked = np.isin(there, customers.accounts_of("esg_requests")[early])
    left = customers.within(customers.account_column("churned_on"), period)[there].astype(np.float64)
    groups = split("asked", np.where(asked, "yes", "no"))
    return means("request_left", cases(left, there, *tables), SHARE, customers, groups)


def _claims(desk: Desk, known: Sequence[CustomerMetric]) -> Iterator[ClaimView]:
    for claim in desk.panels.values.claims:
        own = tuple(each for each in known if claim.figure and each.metric == claim.figure and not _apart(each))
        tested = any(each.value is not None for each in own)
        text = desk.text("claim_own" if tested else "claim_alone", seed=claim.seed)
        if not tested:
            text = f"{text} {desk.text('claim_not_tested')}"
        yield ClaimView(claim.id, claim.seed, desk.said(claim.text), own, text)


def _apart(metric: CustomerMetric) -> bool:
    """Whether a figure is one of a part only; kinds of survey, aspects and scales are never put together anyway."""
    return any(name not in ("survey_type", "aspect", "scale", "question", "score") for name, _ in metric.dimensions)
