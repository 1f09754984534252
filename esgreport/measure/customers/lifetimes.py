"""Kaplan-Meier with weights and late entry, and its uncertainty by drawing accounts anew; it knows no table.

statsmodels gives the curve and its quantiles where every case is its own; cases of one account are not, and no library
draws clusters. The curve here is the textbook's, held against statsmodels in the tests, for many weightings at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from esgreport.measure.customers.sampling import Floats, Ints

_SEED = 20251231
_CASES_A_CHUNK = 4_000_000


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long each case lasted, whether it ended (or is only known to last longer), whose it is, when it came in."""

    time: Floats
    ended: npt.NDArray[np.bool_]
    accounts: Ints
    entry: Floats | None = None

    def of(self, chosen: npt.NDArray[np.bool_]) -> Lifetimes:
        """Some of the cases."""
        entry = None if self.entry is None else self.entry[chosen]
        return Lifetimes(self.time[chosen], self.ended[chosen], self.accounts[chosen], entry)


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that lasts beyond each of some times, a row for each weighting, and how many were at risk at each."""

    times: Floats
    share: Floats
    at_risk: Floats

    def after(self, time: float) -> Floats:
        """The share that lasts longer than a time."""
        at = int(np.searchsorted(self.times, time, side="right"))
        ones = np.ones((self.share.shape[0], 1))
        return np.asarray(np.concatenate([ones, self.share], axis=1)[:, at])

    def quantile(self, share: float) -> Floats:
        """The time by which that share has ended; infinite where it is not reached."""
        reached = self.share <= 1 - share + 1e-12
        first = reached.argmax(axis=1)
        return np.where(reached.any(axis=1), self.times[first], np.inf)


def curve(lives: Lifetimes, weights: Floats | None = None) -> Curve:
    """The Kaplan-Meier curve; `weights` has a row for each weighting of the cases."""
    weights = np.ones((1, len(lives.time))) if weights is None else weights
    order = np.argsort(lives.time, kind="stable")
    time = lives.time[order]
    times, first = np.unique(time, return_index=True)
    weighted = weights[:, order]
    ended: Floats = np.add.reduceat(weighted * lives.ended[order], first, axis=1).astype(np.float64)
    leaving: Floats = np.cumsum(weighted[:, ::-1], axis=1)[:, ::-1][:, first].astype(np.float64)
    if lives.entry is not None:
        leaving = leaving - _not_yet_in(lives.entry, times, weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.cumprod(np.where(ended > 0, 1 - ended / leaving, 1.0), axis=1)
    return Curve(times, share.astype(np.float64), leaving)


def _not_yet_in(entry: Floats, times: Floats, weights: Floats) -> Floats:
    """The weight of cases that come in at or after each time, which are not at risk there."""
    order = np.argsort(entry, kind="stable")
    later = np.cumsum(weights[:, order][:, ::-1], axis=1)[:, ::-1]
    padded = np.concatenate([later, np.zeros((weights.shape[0], 1))], axis=1)
    return np.asarray(padded[:, np.searchsorted(entry[order], times, side="left")])


def drawn(lives: Lifetimes, statistic: str, at: float) -> Floats:
    """A statistic (`quantile` or `after`) of the curve over samples of accounts drawn with replacement."""
    loose = lives.accounts < 0
    accounts = np.where(loose, lives.accounts.max(initial=0) + 1 + np.arange(len(lives.accounts)), lives.accounts)
    known, place = np.unique(accounts, return_inverse=True)
    random = np.random.default_rng(_SEED)
    found = []
    for size in _chunks(len(lives.time)):
        chosen = random.integers(0, len(known), (size, len(known))) + len(known) * np.arange(size)[:, None]
        times_drawn = np.bincount(chosen.ravel(), minlength=chosen.size).reshape(chosen.shape)
        drawn_curve = curve(lives, times_drawn[:, place].astype(np.float64))
        found.append(drawn_curve.quantile(at) if statistic == "quantile" else drawn_curve.after(at))
    return np.concatenate(found)


def _chunks(cases: int) -> list[int]:
    """How many samples at a time: 999 in all, fewer of many cases, which need them less."""
    samples = 999 if cases <= 2_000 else 399
    size = max(1, min(samples, _CASES_A_CHUNK // max(cases, 1)))
    return [size] * (samples // size) + ([samples % size] if samples % size else [])


def ends_of(samples: Floats, confidence: float) -> tuple[float, float]:
    """The middle part of what was drawn; an end may be infinite."""
    inside = samples[~np.isnan(samples)]
    if not len(inside):
        return np.nan, np.nan
    low, high = np.quantile(inside, [(1 - confidence) / 2, (1 + confidence) / 2], method="closest_observation")
    return float(low), float(high)
