"""Intervals of what is no mean, by drawing accounts anew (BCa bootstrap of scipy); the same numbers every time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from esgreport.measure.customers.sampling import Floats

_SEED = 20251231
_SAMPLES = 4999
_MOST_ACCOUNTS = 3000
"""Beyond, percentiles of fewer samples serve: BCa leaves out every account once."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Linear algebra on one thread for as long: on matrices of a few rows, waking others costs ten times the work."""
    import scipy.linalg  # noqa: F401  its library must be loaded to be limited
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):
        yield


def bootstrapped(
    columns: Sequence[Floats], statistic: Callable[..., Floats], confidence: float
) -> tuple[float, float] | None:
    """The interval of a statistic of columns by account; None where nothing differs or fewer than two are there."""
    from scipy.stats import DegenerateDataWarning, bootstrap

    if len(columns[0]) < 2:
        return None
    many = len(columns[0]) > _MOST_ACCOUNTS
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(
            tuple(columns),
            statistic,
            paired=True,
            vectorized=True,
            confidence_level=confidence,
            n_resamples=399 if many else _SAMPLES,
            batch=50 if many else None,
            method="percentile" if many else "BCa",
            rng=np.random.default_rng(_SEED),
        )
    low, high = float(found.confidence_interval.low), float(found.confidence_interval.high)
    return (low, high) if low < high else None
