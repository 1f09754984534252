"""The shifted beta-geometric model of contract renewals (Fader & Hardie 2007): fit, survival, residual lifetime.

Each customer has a chance of leaving at each renewal that stays the same; chances differ between customers by a beta
distribution. `scipy.stats.betanbinom` with n=1 is the time of leaving.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from esgreport.measure.customers.sampling import Floats


@dataclass(frozen=True, slots=True)
class Renewals:
    """How many customers left at their first, second, … renewal, and how many were last seen after so many renewals.

    `lost[t]` left at renewal t+1; `seen[k]` renewed k times and are still there; `before[k]` had renewed k times when
    losses began to be written down, and so are only counted from there.
    """

    lost: Floats
    seen: Floats
    before: Floats


@dataclass(frozen=True, slots=True)
class RenewalModel:
    """The fitted model: customers' chances of leaving are beta distributed with these parameters."""

    alpha: float
    beta: float

    def survival(self, renewals: Floats) -> Floats:
        """The share still there after so many renewals."""
        from scipy.stats import betanbinom

        return np.asarray(betanbinom.sf(np.asarray(renewals) - 1, 1, self.alpha, self.beta), dtype=np.float64)

    def retention(self, renewals: float) -> float:
        """The chance that a customer who has renewed so often renews again."""
        return (self.beta + renewals) / (self.alpha + self.beta + renewals)

    def residual_terms(self, renewals: float, discount: float) -> float:
        """Expected further terms of a customer who has renewed so often, before it is known whether it renews again.

        Discounted by a rate for each term; the first of them counts in full.
        """
        from scipy.special import hyp2f1

        a, b, n = self.alpha, self.beta, renewals + 1
        return float((b + n - 1) / (a + b + n - 1) * hyp2f1(1, b + n, a + b + n, 1 / (1 + discount)))


def fitted(renewals: Renewals) -> RenewalModel | None:
    """The model most likely for what was seen; None where nobody left or nobody renewed."""
    from scipy.optimize import minimize

    if not renewals.lost.sum() > 0 or not (renewals.seen[1:].sum() + renewals.lost[1:].sum()) > 0:
        return None
    found = minimize(_unlikeliness, np.zeros(2), args=(renewals,), method="L-BFGS-B", bounds=[(-7.0, 9.0)] * 2)
    alpha, beta = np.exp(found.x)
    return RenewalModel(float(alpha), float(beta))


def _unlikeliness(logs: Floats, renewals: Renewals) -> float:
    from scipy.special import betaln

    alpha, beta = np.exp(logs)
    base = betaln(alpha, beta)
    at = np.arange(len(renewals.lost))
    leaving = betaln(alpha + 1, beta + at) - base
    staying = betaln(alpha, beta + np.arange(len(renewals.seen))) - base
    known = betaln(alpha, beta + np.arange(len(renewals.before))) - base
    return float(-(renewals.lost @ leaving + renewals.seen @ staying - renewals.before @ known))
