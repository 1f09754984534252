"""R² shared out among drivers, from correlations alone, and correlations of customers drawn anew; no case is copied.

All that R² and its shares need is sums of products. They are added up by customer once; to draw customers anew is then
to weigh those sums, so that a million answers cost as much as a thousand.
"""

from __future__ import annotations

from math import comb

import numpy as np

from esgreport.measure.customers.sampling import Floats, Ints

_MOST_UNITS = 4000
"""Customers beyond are put together at random and drawn as one: groups of customers are as independent as they are."""
_NOTHING = 1e-12


def shares_of_r_squared(outcome: Floats, drivers: Floats) -> Floats:
    """How much each driver adds to R², averaged over all orders (LMG, which is Shapley's value of R²).

    The shares add up to R²; they do not depend on the order of columns or rows. `drivers` has a column each.
    """
    return lmg_shares(correlations(outcome, drivers))


def correlations(outcome: Floats, drivers: Floats) -> Floats:
    """The correlations of the drivers and, last, the outcome; a column that never changes goes with nothing."""
    together = np.column_stack([drivers, outcome])
    centred = together - together.mean(axis=0)
    return _scaled(centred.T @ centred / max(len(centred), 1))


def lmg_shares(every: Floats) -> Floats:
    """The shares of R² by Lindeman, Merenda and Gold, of one table of correlations or of a stack of them."""
    count = every.shape[-1] - 1
    explained = _r_squared_of_subsets(every)
    found = np.zeros((*every.shape[:-2], count))
    for subset in range(2**count):
        size = subset.bit_count()
        for at in range(count):
            if not subset >> at & 1:
                gain = explained[..., subset | 1 << at] - explained[..., subset]
                found[..., at] += gain / (count * comb(count - 1, size))
    return found


def _r_squared_of_subsets(every: Floats) -> Floats:
    """R² for every subset of columns, numbered by its bits."""
    count = every.shape[-1] - 1
    found = np.zeros((*every.shape[:-2], 2**count))
    for subset in range(1, 2**count):
        chosen = [at for at in range(count) if subset >> at & 1]
        within, with_outcome = every[..., chosen, :][..., chosen], every[..., chosen, count]
        inverse = np.linalg.pinv(within, rcond=1e-10, hermitian=True)
        found[..., subset] = np.einsum("...i,...ij,...j", with_outcome, inverse, with_outcome)
    return found


def relative_weights(every: Floats) -> Floats:
    """Johnson's relative weights (2000), by way of the nearest drivers that do not go together; they add up to R²."""
    within, with_outcome = every[..., :-1, :-1], every[..., :-1, -1]
    lengths, axes = np.linalg.eigh(within)
    kept = lengths > 1e-10
    roots = np.sqrt(np.where(kept, lengths, 0.0))
    back = np.where(kept, 1 / np.where(kept, roots, 1.0), 0.0)
    nearest = np.einsum("...ik,...k,...jk->...ij", axes, roots, axes)
    slopes = np.einsum("...ik,...k,...jk,...j->...i", axes, back, axes, with_outcome)
    return np.asarray(np.einsum("...ij,...j->...i", nearest**2, slopes**2), dtype=np.float64)


def _scaled(covariances: Floats) -> Floats:
    """Correlations of covariances, of one table or of a stack of them."""
    spread = np.sqrt(np.maximum(np.diagonal(covariances, axis1=-2, axis2=-1), 0))
    scale = spread[..., :, None] * spread[..., None, :]
    made: Floats = np.divide(covariances, scale, out=np.zeros_like(covariances), where=scale > _NOTHING)
    return made


# ── customers drawn anew ─────────────────────────────────────────────────────────────────────────────────────


def drawn_correlations(columns: Floats, accounts: Ints, draws: int, seed: int) -> Floats:
    """The correlations of the columns in each of so many draws; drawn as covariances are."""
    return _scaled(drawn_covariances(columns, accounts, draws, seed))


def drawn_covariances(columns: Floats, accounts: Ints, draws: int, seed: int) -> Floats:
    """The covariances of the columns in so many draws of as many customers as there are, each drawn whole.

    A case without an account (-1) is a customer of its own.
    """
    draw = np.random.default_rng(seed)
    unit = units(accounts, draw)
    centred = columns - columns.mean(axis=0)
    count, width = int(unit.max(initial=-1)) + 1, columns.shape[1]
    sums = _sums_of_products(np.column_stack([centred, np.ones(len(centred))]), unit, count)
    times = np.array([np.bincount(draw.integers(0, count, size=count), minlength=count) for _ in range(draws)])
    added = (times @ sums).reshape(draws, width + 1, width + 1)
    cases = added[:, -1, -1]
    means = added[:, :-1, -1] / cases[:, None]
    return np.asarray(added[:, :-1, :-1] / cases[:, None, None] - means[:, :, None] * means[:, None, :])


def units(accounts: Ints, draw: np.random.Generator) -> Ints:
    """The number of the unit each case is drawn with: its customer, or a group of customers where there are many."""
    apart = np.where(accounts < 0, -1 - np.arange(len(accounts)), accounts)
    known, unit = np.unique(apart, return_inverse=True)
    if len(known) > _MOST_UNITS:
        unit = (draw.permutation(len(known)) % _MOST_UNITS)[unit]
    return np.asarray(unit, dtype=np.int64)


def _sums_of_products(columns: Floats, unit: Ints, count: int) -> Floats:
    """For each unit the sums of the products of any two columns, one after the other."""
    width = columns.shape[1]
    found = np.zeros((count, width, width))
    for at in range(width):
        for other in range(at + 1):
            added = np.bincount(unit, weights=columns[:, at] * columns[:, other], minlength=count)
            found[:, at, other] = found[:, other, at] = added
    return found.reshape(count, width * width)
