"""The test for predictive service as data: criteria with their inequalities; it decides nothing."""

from __future__ import annotations

from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Criterion(Closed):
    """One criterion: the figure it looks at, the inequality that figure must meet, and the setting that has the limit.

    `above` is strict: the limit itself does not meet it. `within` includes both ends, `limit` and `upper`; more than
    the upper end is met with a note. `declared` is a yes or no of the settings, `evidence` the setting that backs it.
    `of` says whether the figure is one of the metrics or of this panel.
    """

    name: str
    labels: Text
    inequality: Literal["above", "within", "declared"]
    limit: str
    upper: str = ""
    evidence: str = ""
    figure: str = ""
    of: Literal["metrics", "panel"] = "panel"
    shown: Text


class PredictiveRules(Closed):
    """The criteria in order, the setting that says how many are many, and what the break-even is made of.

    `lifetime_value` is the metric that says what a customer that leaves is worth; `unplanned` the kind of cost.
    """

    criteria: list[Criterion]
    many: str
    lifetime_value: str
    winning: str
    keeping: str
    unplanned: str
    investment: str
    churn_avoided: str
    unplanned_avoided: str
    reference: list[Cited]
