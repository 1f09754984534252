"""Rules for loyalty by perception of sustainability, and the claims of the founding documents; it computes nothing."""

from __future__ import annotations

from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Claim(Closed):
    """A statement with a number that a founding document makes; never a fact of ours.

    `figure` is the figure of a panel or the metric that says what our own data have on it; empty: not testable here.
    """

    id: str
    seed: str
    where: str
    kind: Literal["market", "heuristic", "behaviour", "law", "reference"]
    text: Text
    figure: str = ""


class ValuesRules(Closed):
    """Groups by the answers to `asked`: the parts of the scale (0 worst to 1 best) that make them low and high.

    `halo` is the score taken out, `explained` the one looked at; `price_rise_above` what counts as a rise; a model
    needs `cases_from` answers of `accounts_from` customers. `lost` are outcomes of requests that cost business.

    `mediator` is what perception may work through. `terms` are those of the model of renewal, perception first; each
    needs `events_per_term` of the rarer decision. `scales` are what several questions may ask about, doubtful as one
    thing where its interval begins below `alpha_from`. Intervals come from `draws` of customers.
    """

    asked: str
    halo: str
    explained: str
    low_below: float
    high_from: float
    follow_days: int
    price_rise_above: float
    cases_from: int
    accounts_from: int
    lost: list[str]
    mediator: str
    terms: list[Literal["perception", "satisfaction", "tenure", "size"]]
    events_per_term: int
    scales: list[str]
    alpha_from: float
    draws: int
    seed: int
    claims: list[Claim]
    reference: list[Cited]
