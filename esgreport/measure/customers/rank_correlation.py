"""How far two orders go together, of independent units: Spearman's coefficient with Fieller's interval; no cause."""

from __future__ import annotations

import numpy as np

from esgreport.measure.customers.figures import Estimate
from esgreport.measure.customers.sampling import Floats


def rank_correlation(first: Floats, second: Floats, confidence: float) -> Estimate | None:
    """The coefficient and its interval on the scale of Fisher's z; None where one of the two never changes.

    The interval is missing where the orders are the same or opposite. Source: Fieller, Hartley and Pearson (1957).
    """
    from scipy.stats import norm, spearmanr

    count = len(first)
    if count < 4 or not (np.std(first) > 0 and np.std(second) > 0):
        return None
    value = float(spearmanr(first, second).statistic)
    if abs(value) >= 1:
        return Estimate(value, None, count, None, confidence)
    reach = float(norm.ppf((1 + confidence) / 2)) * float(np.sqrt(1.06 / (count - 3)))
    low, high = (float(np.tanh(np.arctanh(value) + end)) for end in (-reach, reach))
    return Estimate(value, (low, high), count, None, confidence)
