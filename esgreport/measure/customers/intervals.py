"""Intervals and tests for means of coded cases, each by the method its kind of value calls for; it reads no table.

Few independent units are paid for twice: the cases are counted as `effective` ones (those of one account agree), and
below twenty accounts Student's t stands in for the normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from esgreport.measure.customers.sampling import Floats, Sample

Nature = Literal["trinomial", "binary", "number"]
"""What one case can be: -1, 0 or 1; 0 or 1; any number within bounds."""

FEW_CLUSTERS = 20
_PSEUDO_CASES = 3.0
_PSEUDO_SQUARES = 1.5
"""Rocks 2016: three cases more, three quarters of one against, one and a half neutral, three quarters in favour."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the mean of coded cases is multiplied by to be in the metric's unit, and between which ends it can be."""

    nature: Nature
    factor: float = 1.0
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True, slots=True)
class Intervals:
    """Ends of the intervals of means, and what tests compare: a centre and its standard error, in the metric's unit.

    As columns over groups. NaN where there is none: no case, or a mean of numbers that are all the same.
    """

    low: Floats
    high: Floats
    centre: Floats
    error: Floats
    method: str


def quantiles(sample: Sample, confidence: float) -> Floats:
    """How many standard errors the interval reaches to each side, for each group."""
    from scipy.special import ndtri, stdtrit

    level = (1 + confidence) / 2
    normal = float(ndtri(level))
    few = (sample.clusters < FEW_CLUSTERS) & (sample.clustered | (sample.effective < sample.clusters - 0.5))
    freedom = np.maximum(np.fmin(sample.clusters, sample.effective) - 1, 1)
    return np.where(few, stdtrit(freedom, level), normal).astype(np.float64)


def intervals(sample: Sample, scale: Scale, confidence: float) -> Intervals:
    """The interval of each group's mean: adjusted Wald for net scores, Wilson for shares, Student's t for numbers."""
    reach = quantiles(sample, confidence)
    match scale.nature:
        case "trinomial":
            low, high, centre, error = _adjusted_wald(sample, reach)
            method = "adjusted_wald"
        case "binary":
            low, high, centre, error = _wilson(sample, reach)
            method = "wilson"
        case "number":
            low, high, centre, error = _student(sample, confidence)
            method = "student_t"
    low, high = (np.clip(end * scale.factor, scale.low, scale.high) for end in (low, high))
    return Intervals(low, high, centre * scale.factor, error * scale.factor, method)


Parts = tuple[Floats, Floats, Floats, Floats]


def _adjusted_wald(sample: Sample, reach: Floats) -> Parts:
    n = sample.effective
    mean = sample.mean * n / (n + _PSEUDO_CASES)
    squares = (n * (sample.spread + sample.mean**2) + _PSEUDO_SQUARES) / (n + _PSEUDO_CASES)
    error = np.sqrt((squares - mean**2) / (n + _PSEUDO_CASES))
    return mean - reach * error, mean + reach * error, mean, error


def _wilson(sample: Sample, reach: Floats) -> Parts:
    """Wilson's interval with as many cases as the sample is worth, by statsmodels."""
    from scipy.special import ndtr
    from statsmodels.stats.proportion import proportion_confint

    n = sample.effective
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = proportion_confint(sample.mean * n, n, alpha=2 * ndtr(-reach), method="wilson")
    # The error a test may use: that of the interval's centre (Agresti & Coull), never nought.
    centre = (sample.mean * n + reach**2 / 2) / (n + reach**2)
    error = np.sqrt(centre * (1 - centre) / (n + reach**2))
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64), centre, error


def _student(sample: Sample, confidence: float) -> Parts:
    from scipy.special import stdtrit

    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(sample.spread / sample.effective * sample.clusters / (sample.clusters - 1))
        freedom = np.where(sample.clusters > 1, np.fmin(sample.clusters, sample.effective + 1) - 1, np.nan)
        reach = stdtrit(np.maximum(freedom, 1), (1 + confidence) / 2)
    error = np.where((error > 0) & (sample.clusters > 1), error, np.nan)
    return sample.mean - reach * error, sample.mean + reach * error, sample.mean, error


@dataclass(frozen=True, slots=True)
class Measured:
    """One mean with its interval, and the standard error and centre tests compare, in the metric's unit.

    The centre is the mean itself where none is given.
    """

    value: float
    low: float
    high: float
    error: float
    centre: float | None = None

    @property
    def middle(self) -> float:
        """What a test compares."""
        return self.value if self.centre is None else self.centre


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much one mean is above another, the interval of that, and the chance of so much were there none."""

    value: float
    low: float
    high: float
    p: float

    @property
    def clear(self) -> bool:
        """Whether no difference lies outside the interval."""
        return self.low > 0 or self.high < 0


def difference(first: Measured, second: Measured, correlation: float = 0.0) -> Difference:
    """First less second, from their own intervals (MOVER; with Wilson's and no correlation it is Newcombe's).

    `correlation` is that of their errors where the same accounts are in both.
    """
    from scipy.special import ndtr

    value = first.value - second.value

    def reach(ours: float, theirs: float) -> float:
        return float(np.sqrt(max(ours**2 - 2 * correlation * ours * theirs + theirs**2, 0.0)))

    low = value - reach(first.value - first.low, second.high - second.value)
    high = value + reach(first.high - first.value, second.value - second.low)
    error = reach(first.error, second.error)
    apart = abs(first.middle - second.middle)
    return Difference(value, low, high, float(2 * ndtr(-apart / error)) if error > 0 else 1.0)


def smallest_detectable(spread: float, effective: float, confidence: float, power: float) -> float:
    """The smallest difference between two samples like this one that a test finds with that probability."""
    from scipy.special import ndtri

    return float((ndtri((1 + confidence) / 2) + ndtri(power)) * np.sqrt(2 * spread / effective))
