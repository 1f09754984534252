"""Rules for looking for what drives recommendation and renewal, as data; it computes nothing."""

from __future__ import annotations

from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited
from esgreport.definitions.models import Text


class Outcome(Closed):
    """What is to be explained: a score given, or whether the account renewed afterwards."""

    name: str
    labels: Text
    of: Literal["score", "renewal"]
    asked: str = ""


class Driver(Closed):
    """What may explain it: answers to the questions of a metric, of one construct where it names one."""

    name: str
    labels: Text
    asked: str
    about: str = ""


class DriverRules(Closed):
    """From how many cases a driver may be looked at, how many drivers at once, and how intervals are drawn.

    `slow_after_days` is from when on a ticket not solved counts as late.
    """

    outcomes: list[Outcome]
    drivers: list[Driver]
    cases_per_driver: int
    events_per_driver: int
    cases_from: int
    accounts_from: int
    most_drivers: int
    draws: int
    seed: int
    compared: list[str]
    follow_days: int
    events_to_compare: int
    slow_after_days: float
    reference: list[Cited]
