"""Rules for the map of the customer's journey, as data; it computes nothing."""

from __future__ import annotations

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Band(Closed):
    """A range of scores: above a number, or at least one; the first that fits holds, the last has neither."""

    name: str
    labels: Text
    above: float | None = None
    at_least: float | None = None

    def holds(self, score: float) -> bool:
        """Whether a score lies in it, the bands before having been tried."""
        if self.above is not None:
            return score > self.above
        return self.at_least is None or score >= self.at_least


class OnMap(Closed):
    """A figure shown on touchpoints: the answers to the questions of a metric as this figure."""

    figure: str
    asked: str


class JourneyRules(Closed):
    """The map: its rows, what each touchpoint must have, what counts as heard from customers, how ranks are made.

    `draws` and `seed` are of the bootstrap and of the trial that moves every judgement by up to `judgement_step`. A
    channel is preferred where `preferred_from` of the contacts say so.
    """

    perspectives: list[str]
    customer_evidence: list[str]
    must_have: list[str]
    playbook: list[str]
    qualities: list[str]
    usual_touchpoints: tuple[int, int]
    usual_personas: tuple[int, int]
    usual_weeks: int
    start_with: int
    figures: list[OnMap]
    scale: tuple[float, float]
    opportunity_scale: tuple[float, float]
    bands: list[Band]
    draws: int
    seed: int
    judgement_step: int
    preferred_from: float
    reference: list[Cited]
