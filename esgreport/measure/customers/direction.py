"""Whether an effort question runs the way it is declared: who finds it easy should not be the less satisfied for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from esgreport.measure.customers.sampling import Floats

_FEWEST = 20
_CHANCE = 0.05
_MOST = 5_000
"""More answers than these tell nothing more about a sign."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """The rank correlation of ease with satisfaction or willingness to recommend, in the same questionnaires."""

    correlation: float
    n: int


@dataclass(frozen=True, slots=True)
class Rated:
    """Answers by the questionnaire they are from, best the highest."""

    responses: pd.Series
    values: Floats


def reversal(ease: Rated, liking: Rated) -> Reversal | None:
    """The correlation where it runs the wrong way beyond chance; None where it does not, or too few answered both."""
    ours = pd.DataFrame({"response": ease.responses.iloc[:_MOST].to_numpy(), "ease": ease.values[:_MOST]})
    same = liking.responses.isin(ours["response"].to_numpy()).to_numpy()
    theirs = pd.DataFrame({"response": liking.responses.to_numpy()[same], "liking": liking.values[same]})
    both = ours.merge(theirs, on="response")
    if len(both) < _FEWEST or both["ease"].nunique() < 2 or both["liking"].nunique() < 2:
        return None
    from scipy.stats import spearmanr

    found = spearmanr(both["ease"].to_numpy(), both["liking"].to_numpy())
    correlation, chance = float(found.statistic), float(found.pvalue)
    wrong = correlation < 0 and chance < _CHANCE and not np.isnan(chance)
    return Reversal(correlation, len(both)) if wrong else None
