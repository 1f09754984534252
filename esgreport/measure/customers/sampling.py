"""Cases added up by group and account, and what they say about a mean: columns in, columns out, one pass over the rows.

Cases of one account are not independent, so every standard error here is that of account totals. It is the
cluster-robust error of a regression on a constant, which the tests hold against statsmodels; here it is had from sums
per account, so that a million cases cost a few additions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_ROOM_FOR_ALL_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Coded cases added up for each group and account that has any.

    `cases` how many, `weight` of them, `total` the weighted sum of the values, `squares` that of their squares.
    A case without an account is an account of its own (`account` -1).
    """

    groups: int
    group: Ints
    account: Ints
    cases: Floats
    weight: Floats
    total: Floats
    squares: Floats

    def of_group(self, group: int) -> Cells:
        """The cells of one group, as group 0."""
        return self._picked(self.group == group)

    def of_groups(self, groups: Sequence[int]) -> Cells:
        """The cells of several groups put together by account, as group 0."""
        return self._picked(np.isin(self.group, groups)).pooled()

    def _picked(self, chosen: npt.NDArray[np.bool_]) -> Cells:
        zeros = np.zeros(int(chosen.sum()), dtype=np.int64)
        cases, weight, total, squares = (part[chosen] for part in self._sums)
        return Cells(1, zeros, self.account[chosen], cases, weight, total, squares)

    @property
    def _sums(self) -> tuple[Floats, ...]:
        return (self.cases, self.weight, self.total, self.squares)

    def pooled(self) -> Cells:
        """All groups as one."""
        known = self.account >= 0
        size = int(self.account.max(initial=-1)) + 1
        sums = [np.bincount(self.account[known], weights=part[known], minlength=size) for part in self._sums]
        there = np.flatnonzero(sums[0])
        account = np.concatenate([there, self.account[~known]])
        cases, weight, total, squares = (
            np.concatenate([added[there], part[~known]]) for added, part in zip(sums, self._sums, strict=True)
        )
        return Cells(1, np.zeros(len(account), dtype=np.int64), account, cases, weight, total, squares)


def summed(places: Ints, values: Floats, size: int) -> Floats:
    """The values added up by place, from 0 to `size` - 1; what has no place (-1) is left out."""
    there = places >= 0
    return np.bincount(places[there], weights=values[there], minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Binning:
    """Which cell each case belongs to: made once for a grouping, used for every coding of the same cases."""

    groups: int
    place: Ints
    group: Ints
    account: Ints

    def cells(self, values: Floats, weights: Floats | None = None) -> Cells:
        """The cells of one coding of the cases."""
        size = len(self.group)
        cases = self._added(None, size)
        weight = cases if weights is None else self._added(weights, size)
        weighed = values if weights is None else values * weights
        total = self._added(weighed, size)
        squares = self._added(weighed * values, size)
        there = cases > 0
        cases, weight, total, squares = (part[there] for part in (cases, weight, total, squares))
        return Cells(self.groups, self.group[there], self.account[there], cases, weight, total, squares)

    def _added(self, values: Floats | None, size: int) -> Floats:
        return np.bincount(self.place, weights=values, minlength=size).astype(np.float64)


def binned(group: npt.NDArray[np.integer], account: npt.NDArray[np.integer], groups: int, accounts: int) -> Binning:
    """The cells of cases by group (0 to groups-1) and account (0 to accounts-1; -1 is none: a cell of its own)."""
    group, account = group.astype(np.int64), account.astype(np.int64)
    loose = np.flatnonzero(account < 0)
    key = group * accounts + account
    size = groups * accounts
    key[loose] = size + np.arange(len(loose))
    if size <= max(_ROOM_FOR_ALL_CELLS, 2 * len(group)):
        every = np.arange(size)
        of_group = np.concatenate([every // max(accounts, 1), group[loose]])
        of_account = np.concatenate([every % max(accounts, 1), np.full(len(loose), -1)])
        return Binning(groups, key, of_group, of_account)
    found, place = np.unique(key, return_inverse=True)
    inside = found < size
    of_group = np.where(inside, found // accounts, 0)
    of_group[~inside] = group[loose]
    return Binning(groups, place, of_group, np.where(inside, found % accounts, -1))


@dataclass(frozen=True, slots=True)
class Sample:
    """What the cells of each group say about its mean, as columns over the groups.

    `n` cases, `accounts` known accounts behind them, `clusters` independent units, `mean`, `spread` the variance of one
    unit, `effective` how many independent units the mean is worth, `clustered` whether accounts were heard several
    times. `residuals` are what each cell adds to the error of the mean, in the order of `cells`.
    """

    cells: Cells
    n: Floats
    accounts: Floats
    clusters: Floats
    mean: Floats
    spread: Floats
    effective: Floats
    clustered: npt.NDArray[np.bool_]
    residuals: Floats


def by_case(cells: Cells) -> Sample:
    """Every case counts with its weight; the error is that of the accounts' totals."""
    weight = _by_group(cells, cells.weight)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = _by_group(cells, cells.total) / weight
        spread = np.maximum(_by_group(cells, cells.squares) / weight - mean**2, 0)
        residuals = (cells.total - mean[cells.group] * cells.weight) / weight[cells.group]
    return _sample(cells, (mean, spread, _by_group(cells, cells.cases)), residuals, cells.cases)


def by_account(cells: Cells, weights: Floats | None = None) -> Sample:
    """Every account counts once, or with its weight (by account number); cases without an account cannot count.

    An account without a weight above nought is left out.
    """
    chosen = cells.account >= 0
    if weights is not None:
        chosen = chosen & (np.nan_to_num(weights[np.maximum(cells.account, 0)]) > 0)
    group, account, cases = cells.group[chosen], cells.account[chosen], cells.cases[chosen]
    value = cells.total[chosen] / cells.weight[chosen]
    share = np.ones(len(account)) if weights is None else weights[account]
    kept = Cells(cells.groups, group, account, cases, share, value * share, value**2 * share)
    weight_of_all = _by_group(kept, share)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = _by_group(kept, kept.total) / weight_of_all
        spread = np.maximum(_by_group(kept, kept.squares) / weight_of_all - mean**2, 0)
        residuals = (kept.total - mean[group] * share) / weight_of_all[group]
    return _sample(kept, (mean, spread, _by_group(kept, cases)), residuals, np.ones(len(group)))


def _sample(cells: Cells, moments: tuple[Floats, Floats, Floats], residuals: Floats, units: Floats) -> Sample:
    """`units` is how many cases, each of the same weight, a cell is made of."""
    mean, spread, n = moments
    clusters = _by_group(cells, np.ones(len(cells.group)))
    with np.errstate(invalid="ignore", divide="ignore"):
        kish = _by_group(cells, cells.weight) ** 2 / _by_group(cells, cells.weight**2 / units)
        effective = np.fmin(spread / _by_group(cells, residuals**2), kish)
    # Nobody differs: then nothing tells cases of one account apart, and each account is one case.
    effective = np.where(spread > 0, effective, np.fmin(clusters, kish))
    return Sample(
        cells=cells,
        n=n,
        accounts=_by_group(cells, (cells.account >= 0).astype(np.float64)),
        clusters=clusters,
        mean=mean,
        spread=spread,
        effective=effective,
        clustered=n > clusters,
        residuals=residuals,
    )


def _by_group(cells: Cells, values: Floats) -> Floats:
    return np.bincount(cells.group, weights=values, minlength=cells.groups).astype(np.float64)


def standard_error(sample: Sample) -> Floats:
    """The account-clustered standard error of the mean of each group, without any adjustment for few cases."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt(_by_group(sample.cells, sample.residuals**2) * sample.clusters / (sample.clusters - 1))


def correlation(first: Sample, second: Sample) -> float:
    """How far the errors of two means go together because the same accounts are in both; each sample has one group."""
    size = int(max(first.cells.account.max(initial=-1), second.cells.account.max(initial=-1))) + 1
    ours, theirs = (_by_number(sample, size) for sample in (first, second))
    scale = float(np.sqrt((first.residuals**2).sum() * (second.residuals**2).sum()))
    return float(np.clip(ours @ theirs / scale, -0.99, 0.99)) if scale > 0 else 0.0


def _by_number(sample: Sample, size: int) -> Floats:
    known = sample.cells.account >= 0
    return np.bincount(sample.cells.account[known], weights=sample.residuals[known], minlength=size).astype(np.float64)
