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


def fitted(renewals: Renewals, near: RenewalModel | None = None) -> RenewalModel | None:
    """The model most likely for what was seen; None where nobody left or nobody renewed.

    `near` is a model to begin looking from, of data much like these.
    """
    from scipy.optimize import minimize

    if not renewals.lost.sum() > 0 or not (renewals.seen[1:].sum() + renewals.lost[1:].sum()) > 0:
        return None
    begin = np.log([near.alpha, near.beta]) if near else np.zeros(2)
    scaled = _scaled(renewals)
    found = minimize(
        _unlikeliness,
        begin,
        args=(scaled,),
        jac=True,
        method="L-BFGS-B",
        bounds=[_BOUNDS] * 2,
        options={"ftol": 1e-15, "gtol": 1e-9},
    )
    alpha, beta = np.exp(found.x)
    return RenewalModel(float(alpha), float(beta))


_BOUNDS = (-7.0, 7.0)
"""Of the logarithms: beyond, customers are as good as alike, and more of the same tells no more."""


def _scaled(renewals: Renewals) -> Renewals:
    """The same shares for one customer, so that the search ends equally near whatever their number."""
    everyone = renewals.lost.sum() + renewals.seen.sum()
    return Renewals(renewals.lost / everyone, renewals.seen / everyone, renewals.before / everyone)


def _unlikeliness(logs: Floats, renewals: Renewals) -> tuple[float, Floats]:
    """Minus the log-likelihood for one customer, and how it changes with the logarithms of both parameters."""
    from scipy.special import betaln, psi

    alpha, beta = np.exp(logs)
    value, by_alpha, by_beta = 0.0, 0.0, 0.0
    for counts, left, sign in ((renewals.lost, 1, -1), (renewals.seen, 0, -1), (renewals.before, 0, 1)):
        first, second = alpha + left, beta + np.arange(len(counts))
        # The times of leaving are B(a + 1, b + t) / B(a, b), of staying B(a, b + k) / B(a, b).
        value += sign * float(counts @ (betaln(first, second) - betaln(alpha, beta)))
        shared = psi(alpha + beta) - psi(first + second)
        by_alpha += sign * float(counts @ (psi(first) - psi(alpha) + shared))
        by_beta += sign * float(counts @ (psi(second) - psi(beta) + shared))
    return value, np.array([alpha * by_alpha, beta * by_beta])
