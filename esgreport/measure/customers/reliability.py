"""Whether several questions measure one thing: Cronbach's alpha and McDonald's omega; it judges no wording.

Both are worked out from covariances of answers given together, so that their intervals come from customers drawn anew.
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

_STEPS = 200
_LEAST_FOR_OMEGA = 3


def reliability(desk: Desk) -> Iterator[Figure]:
    """Alpha, and omega from three questions on, of each thing several questions ask about in one questionnaire."""
    for scale in desk.panels.values.scales:
        table = _items(desk, scale)
        items = [name for name in table.columns if name != "account"]
        if len(items) > 1:
            yield from _of_scale(desk, scale, table[items].to_numpy(dtype=np.float64), table["account"])


def _items(desk: Desk, scale: str) -> pd.DataFrame:
    """Responses that answer every question of a scale, a column a question; and their accounts."""
    answers = stated(desk.customers, (scale,))
    answers = answers[answers["survey_type"] != "transactional"]
    table = answers.pivot_table(index="response_id", columns="question_id", values="better", observed=True)
    kept = [name for name in table.columns if table[name].notna().mean() >= 0.5]
    account = answers.groupby("response_id")["account"].first()
    return table[kept].dropna().assign(account=account)


def _of_scale(desk: Desk, scale: str, answers: Floats, accounts: pd.Series) -> Iterator[Figure]:
    rules, confidence = desk.panels.values, desk.customers.confidence
    known = int(accounts[accounts >= 0].nunique())
    base = Figure("", None, (("construct", scale),), tables=("responses",))
    if len(answers) < rules.cases_from or known < rules.accounts_from or not (answers.std(axis=0) > 0).all():
        needed = {"needed": rules.cases_from, "accounts_from": rules.accounts_from}
        why = because("too_few_for_model", n=len(answers), accounts=known, **needed)
        yield from (replace(base, metric=code, reasons=(why,)) for code in ("scale_alpha", "scale_omega"))
        return
    drawn = drawn_covariances(answers, accounts.to_numpy(dtype=np.int64), rules.draws, rules.seed)
    count = answers.shape[1]
    for code, work_out in (("scale_alpha", alpha), ("scale_omega", omega)):
        if code == "scale_omega" and count < _LEAST_FOR_OMEGA:
            yield replace(base, metric=code, reasons=(because("omega_needs_three", items=count),))
            continue
        low, high = np.nanquantile(work_out(drawn), [(1 - confidence) / 2, (1 + confidence) / 2])
        value = float(work_out(np.cov(answers, rowvar=False)))
        estimate = Estimate(value, (float(low), float(high)), len(answers), known, confidence)
        doubtful = (because("scale_doubtful"),) if low < rules.alpha_from else ()
        reasons = (because("items_of_scale", items=count), *doubtful)
        yield replace(base, metric=code, estimate=estimate, methods=("account_bootstrap",), reasons=reasons)


def alpha(covariances: Floats) -> Floats:
    """Cronbach's alpha: k/(k-1) times one less the share of the questions' own variances in that of their sum."""
    count = covariances.shape[-1]
    own = np.trace(covariances, axis1=-2, axis2=-1)
    return np.asarray(count / (count - 1) * (1 - own / covariances.sum(axis=(-2, -1))))


def omega(covariances: Floats) -> Floats:
    """McDonald's omega (total) of one common factor, by principal axes: its variance in the sum, by that of the sum."""
    own = np.diagonal(covariances, axis1=-2, axis2=-1)
    shared = own * 0.5
    loadings = np.zeros_like(own)
    for _ in range(_STEPS):
        reduced = covariances.copy()
        np.einsum("...ii->...i", reduced)[...] = shared
        lengths, axes = np.linalg.eigh(reduced)
        loadings = np.sqrt(np.maximum(lengths[..., -1:], 0)) * axes[..., -1]
        shared = np.minimum(loadings**2, own)
    common = loadings.sum(axis=-1) ** 2
    return np.asarray(common / (common + (own - shared).sum(axis=-1)))
