"""Rules for loyalty by perception of sustainability, and the claims of the founding documents; it computes nothing."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Claim(Closed):
    """A statement with a number that a founding document makes; never a fact of ours.

    `figure` is the figure of a panel or metric that says what our own data have on it; empty: cannot be tested here.
    `kind` of it is a limit, a heuristic, a market figure or a legal one.
    """

    id: str
    seed: str
    where: str
    kind: Literal["market", "heuristic", "behaviour", "law", "reference"]
    text: Text
    figure: str = ""
    dimension: str = ""
    member: str = ""
    note: Text = {}


class ValuesRules(Closed):
    """Groups by perception: the parts of the scale (0 worst to 1 best) that make it low and high.

    `price_rise_above` is the rise of a price that counts as one; `events_from` how many leavers a model needs.
    """

    asked: str
    halo: str
    low_below: float
    high_from: float
    follow_days: int
    price_rise_above: float
    failure_satisfaction_at_most: float
    events_per_term: int
    mediator: str
    claims: list[Claim] = []
    reference: list[Cited]
