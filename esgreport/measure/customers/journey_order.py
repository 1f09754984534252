"""Touchpoints in order of what to look at first, with the ranks each may as well have; scores come from definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from esgreport.definitions.cx_journey import Band, JourneyRules
from esgreport.measure.customers.sampling import Floats, Ints

_OUTER = 0.025


@dataclass(frozen=True, slots=True)
class Judged:
    """A touchpoint as it was judged, and the measured satisfaction (0 worst to 1 best) with the account of each."""

    id: str
    importance: float
    potential: float
    satisfaction: float
    measured: Floats
    accounts: Ints


@dataclass(frozen=True, slots=True)
class Ranked:
    """A touchpoint's score, rank from 1, the ranks it may as well have, and those whose ranks overlap."""

    id: str
    score: float
    rank: int
    ranks: tuple[int, int]
    ties: tuple[str, ...]


def opportunity_score(importance: float, satisfaction: float) -> float:
    """Ulwick's score: importance and what it lacks of being satisfied, both from 1 to 10."""
    return importance + max(importance - satisfaction, 0.0)


def band_of(score: float, bands: Sequence[Band]) -> Band:
    """The first band a score lies in."""
    return next(band for band in bands if band.holds(score))


def by_priority(touchpoints: Sequence[Judged], rules: JourneyRules) -> Mapping[str, Ranked]:
    """By importance times potential for dissatisfaction; every judgement is moved by up to a step to see who stays."""
    chosen = _in_order([each for each in touchpoints if not np.isnan(each.importance * each.potential)])
    if not chosen:
        return {}
    given = np.array([[each.importance, each.potential] for each in chosen])
    step, draw = rules.judgement_step, np.random.default_rng(rules.seed)
    moves = draw.integers(-step, step + 1, size=(rules.draws, *given.shape))
    moved = np.clip(given + moves, *rules.scale)
    return _ranked(chosen, given.prod(axis=1), moved.prod(axis=2))


def by_opportunity(touchpoints: Sequence[Judged], rules: JourneyRules) -> Mapping[str, Ranked]:
    """By opportunity score; satisfaction is measured where there are answers, else as it was judged.

    The ranks come from drawing each touchpoint's customers again.
    """
    chosen = [each for each in touchpoints if not np.isnan(_satisfaction(each, rules) + each.importance)]
    chosen = _in_order(chosen)
    if not chosen:
        return {}
    draw = np.random.default_rng(rules.seed)
    importance = np.array([_on_ten(each.importance, rules.scale, rules) for each in chosen])
    now = np.array([_satisfaction(each, rules) for each in chosen])
    drawn = np.stack([_redrawn(each, rules, draw) for each in chosen], axis=1)
    scores = importance + np.maximum(importance - now, 0)
    return _ranked(chosen, scores, importance + np.maximum(importance - drawn, 0))


def _in_order(touchpoints: Sequence[Judged]) -> list[Judged]:
    """By name, so that the order of the rows moves no draw."""
    return sorted(touchpoints, key=lambda each: each.id)


def _on_ten(value: float, scale: tuple[float, float], rules: JourneyRules) -> float:
    low, high = rules.opportunity_scale
    return low + (value - scale[0]) / (scale[1] - scale[0]) * (high - low)


def _satisfaction(each: Judged, rules: JourneyRules) -> float:
    if len(each.measured):
        return _on_ten(float(each.measured.mean()), (0.0, 1.0), rules)
    return _on_ten(each.satisfaction, rules.scale, rules)


def _redrawn(each: Judged, rules: JourneyRules, draw: np.random.Generator) -> Floats:
    """The satisfaction had from other customers of the same kind: whole accounts are drawn, not answers."""
    if not len(each.measured):
        return np.full(rules.draws, _satisfaction(each, rules))
    apart = np.where(each.accounts < 0, -1 - np.arange(len(each.accounts)), each.accounts)
    _, cluster = np.unique(apart, return_inverse=True)
    sums, counts = np.bincount(cluster, weights=each.measured), np.bincount(cluster)
    picked = draw.integers(0, len(counts), size=(rules.draws, len(counts)))
    share = sums[picked].sum(axis=1) / counts[picked].sum(axis=1)
    low, high = rules.opportunity_scale
    return np.asarray(low + share * (high - low), dtype=np.float64)


def _ranked(chosen: Sequence[Judged], scores: Floats, drawn: Floats) -> Mapping[str, Ranked]:
    ranks, spread = _ranks(scores[None, :])[0], _ranks(drawn)
    low = np.minimum(np.quantile(spread, _OUTER, axis=0, method="lower"), ranks).astype(int)
    high = np.maximum(np.quantile(spread, 1 - _OUTER, axis=0, method="higher"), ranks).astype(int)
    found = {}
    for at, each in enumerate(chosen):
        overlaps = (low <= high[at]) & (high >= low[at])
        ties = tuple(other.id for other, alike in zip(chosen, overlaps, strict=True) if alike and other is not each)
        found[each.id] = Ranked(each.id, float(scores[at]), int(ranks[at]), (int(low[at]), int(high[at])), ties)
    return found


def _ranks(scores: Floats) -> npt.NDArray[np.int64]:
    """The rank of each score in its row: one more than there are higher ones."""
    higher: npt.NDArray[np.int64] = (scores[:, None, :] > scores[:, :, None] + 1e-9).sum(axis=2)
    return higher + 1
