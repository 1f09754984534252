"""What the registers are told with: what the usual scores are good for, and when teams are compared; no figure."""

from __future__ import annotations

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Compared(Closed):
    """A score (a metric of questions) with what it measures, its strength and its weakness between businesses."""

    score: str
    measures: Text
    strength: Text
    weakness: Text


class RegisterRules(Closed):
    """`settled` are the states of an assumption that was looked at. Teams' own experience is held against customers'.

    That takes `teams_from` pairs of team and period, each of `respondents_from` people and as many answers.
    """

    settled: list[str]
    scores: list[Compared]
    teams_from: int
    respondents_from: int
    reference: list[Cited]
