"""R² shared out from sums of products: the shares, the weights that check them, and customers drawn whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from esgreport.measure.customers.explained import (
    correlations,
    drawn_correlations,
    lmg_shares,
    relative_weights,
    shares_of_r_squared,
    units,
)

Floats = NDArray[np.float64]


def data(seed: int, cases: int = 60, drivers: int = 4) -> tuple[Floats, Floats]:
    draw = np.random.default_rng(seed)
    columns = draw.normal(size=(cases, 1)) + draw.normal(size=(cases, drivers))
    return columns @ draw.normal(size=drivers) + draw.normal(size=cases), columns


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_weights_add_up_to_what_the_shares_add_up_to_and_none_is_negative(seed: int) -> None:
    outcome, columns = data(seed)
    every = correlations(outcome, columns)
    assert relative_weights(every).sum() == pytest.approx(lmg_shares(every).sum(), abs=1e-9)
    assert (relative_weights(every) >= 0).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_weights_are_those_johnson_had_from_the_singular_vectors_of_the_drivers(seed: int) -> None:
    """The way of the paper: X = PΔQ′, the nearest orthogonal drivers Z = PQ′, then (Z′X)²(Z′y)²."""
    outcome, columns = data(seed)
    normal = columns - columns.mean(axis=0)
    normal /= np.sqrt((normal**2).sum(axis=0))
    explained = outcome - outcome.mean()
    explained /= np.sqrt((explained**2).sum())
    left, _, right = np.linalg.svd(normal, full_matrices=False)
    nearest = left @ right
    expected = ((nearest.T @ normal) ** 2).T @ (nearest.T @ explained) ** 2
    assert relative_weights(correlations(outcome, columns)) == pytest.approx(expected, abs=1e-9)


def test_drivers_that_do_not_go_together_have_the_same_share_and_weight() -> None:
    draw = np.random.default_rng(1)
    columns = np.linalg.qr(draw.normal(size=(80, 3)) - 0.0)[0]
    columns = np.linalg.qr(columns - columns.mean(axis=0))[0]
    outcome = columns @ np.array([1.0, 2.0, 0.5]) + 0.1 * draw.normal(size=80)
    every = correlations(outcome, columns)
    assert relative_weights(every) == pytest.approx(lmg_shares(every), abs=1e-9)


def test_one_driver_given_twice_is_no_obstacle_and_both_weigh_the_same() -> None:
    outcome, columns = data(5, drivers=1)
    every = correlations(outcome, np.column_stack([columns, columns]))
    whole = correlations(outcome, columns)[0, 1] ** 2
    assert relative_weights(every) == pytest.approx([whole / 2] * 2)


# ── customers drawn anew ─────────────────────────────────────────────────────────────────────────────────────


def rows_of_draws(accounts: NDArray[np.int64], draws: int, seed: int) -> list[NDArray[np.int64]]:
    """The rows that the same draws would pick, one by one."""
    draw = np.random.default_rng(seed)
    unit = units(accounts, draw)
    count = int(unit.max()) + 1
    picked = [draw.integers(0, count, size=count) for _ in range(draws)]
    return [np.concatenate([np.flatnonzero(unit == at) for at in of]) for of in picked]


def test_weighing_sums_is_the_same_as_copying_the_rows_of_the_customers_drawn() -> None:
    outcome, columns = data(4, cases=40, drivers=3)
    accounts = np.array([*np.arange(30) % 7, *[-1] * 10])
    together = np.column_stack([columns, outcome])
    found = drawn_correlations(together, accounts, 12, seed=9)
    for every, rows in zip(found, rows_of_draws(accounts, 12, seed=9), strict=True):
        assert every == pytest.approx(correlations(outcome[rows], columns[rows]), abs=1e-9)
        assert lmg_shares(every) == pytest.approx(shares_of_r_squared(outcome[rows], columns[rows]), abs=1e-9)


def test_customers_are_drawn_whole_and_an_answer_of_nobody_known_is_a_customer() -> None:
    unit = units(np.array([0, 0, 0, 1, -1, -1]), np.random.default_rng(0))
    assert len(set(unit[:3])) == 1
    assert len(set(unit)) == 4


def test_many_customers_are_drawn_in_groups_and_the_interval_is_as_wide() -> None:
    """The spread of a correlation of independent cases is known: about 1/√n."""
    draw = np.random.default_rng(3)
    columns = draw.normal(size=(20_000, 2))
    unit = units(np.arange(20_000), np.random.default_rng(0))
    assert len(set(unit)) == 4000
    found = drawn_correlations(columns, np.arange(20_000), 400, seed=2)[:, 0, 1]
    assert found.std() == pytest.approx(1 / np.sqrt(20_000), rel=0.15)
