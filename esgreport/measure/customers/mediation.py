"""How much of what perceived sustainability and recommendation share runs through trust; it shows no order, no cause.

Satisfaction is held constant in every equation, since satisfied customers rate everything higher. Whole, direct and
through trust are slopes of linear regressions, so that the first is the sum of the others; their intervals come from
customers drawn anew (Preacher and Hayes).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from esgreport.measure.customers.explained import drawn_covariances
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.sampling import Floats
from esgreport.measure.customers.stated import stated

CODES = ("mediation_whole", "mediation_direct", "mediation_through")


def mediation(desk: Desk) -> Iterator[Figure]:
    """The whole slope, the part with trust held constant, and the part that runs through it."""
    rules, confidence = desk.panels.values, desk.customers.confidence
    table = _together(desk)
    accounts = int(table["account"].nunique())
    names = [rules.asked, rules.mediator, rules.explained, rules.halo]
    varied = len(table) > 0 and bool((table[names].std() > 0).all())
    if len(table) < rules.cases_from or accounts < rules.accounts_from or not varied:
        needed = {"needed": rules.cases_from, "accounts_from": rules.accounts_from}
        why = because("too_few_for_model", n=len(table), accounts=accounts, **needed)
        yield from (Figure(code, None, reasons=(why,), tables=("responses",)) for code in CODES)
        return
    columns = table[names].to_numpy(dtype=np.float64) * 100
    found = slopes(np.cov(columns, rowvar=False))
    numbers = table["account"].to_numpy(dtype=np.int64)
    drawn = slopes(drawn_covariances(columns, numbers, rules.draws, rules.seed))
    ends = np.nanquantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    for at, code in enumerate(CODES):
        interval = (float(100 * ends[0, at]), float(100 * ends[1, at]))
        estimate = Estimate(100 * float(found[at]), interval, len(table), accounts, confidence)
        made = Figure(code, estimate, methods=("mediation", "halo_controlled"), tables=("responses",))
        yield replace(made, reasons=(because("not_cause"), because("order_assumed")))


def slopes(covariances: Floats) -> Floats:
    """Whole, direct and through, of covariances of cause, way, outcome and what is held constant (a stack of them)."""
    cause, way, outcome, held = range(4)
    first = _regression(covariances, [cause, held], way)[..., 0]
    whole = _regression(covariances, [cause, held], outcome)[..., 0]
    both = _regression(covariances, [cause, way, held], outcome)
    return np.stack([whole, both[..., 0], first * both[..., 1]], axis=-1)


def _regression(covariances: Floats, terms: list[int], outcome: int) -> Floats:
    """The slopes of a linear regression, from covariances."""
    within = covariances[..., terms, :][..., terms]
    with_outcome = covariances[..., terms, outcome]
    inverse = np.linalg.pinv(within, rcond=1e-10, hermitian=True)
    return np.asarray(np.einsum("...ij,...j->...i", inverse, with_outcome))


def _together(desk: Desk) -> pd.DataFrame:
    """Responses that answer all four together, each by the mean of its answers from 0 to 1; and their accounts."""
    rules = desk.panels.values
    names = [rules.asked, rules.mediator, rules.explained, rules.halo]
    answers = stated(desk.customers, tuple(names))
    answers = answers[answers["survey_type"] != "transactional"]
    table = answers.pivot_table(index="response_id", columns="metric", values="better", observed=True)
    table = table.reindex(columns=names).dropna()
    account = answers.groupby("response_id")["account"].first()
    return table.assign(account=account.reindex(table.index)).query("account >= 0")
