"""The test for predictive service as data: criteria with their inequalities; it decides nothing."""

from __future__ import annotations

from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Criterion(Closed):
    """One criterion: what is measured, the inequality it must meet, and the setting that has the limit.

    `above` is strict: the limit itself does not meet it. `within` includes both ends; more than the upper end is met
    with a note. `declared` is a yes or no of the settings, with its evidence.
    """

    name: str
    labels: Text
    inequality: Literal["above", "within", "declared"]
    limit: str
    upper: str = ""
    figure: str = ""
    shown: Text


class PredictiveRules(Closed):
    """The criteria in order, the setting that says how many are many, and the scenario of the break-even."""

    criteria: list[Criterion]
    many: str
    lifetime_low: float
    lifetime_high: float
    draws: int
    seed: int
    reference: list[Cited]
