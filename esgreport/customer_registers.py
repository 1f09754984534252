"""What is kept in lists beside the figures: assumptions, maturity, sources of data, goals; it computes none.

All texts are in the reader's language; statements and evidence are as they were entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esgreport.customer_metrics import CustomerMetric, Named
from esgreport.model import Source


@dataclass(frozen=True, slots=True)
class GoalReach:
    """A goal of customers, the touchpoints by channel at which it can be reached, and how far it is.

    `channels` are pairs of a channel and touchpoints; `preferred` whether one of them is a channel customers prefer,
    None where nobody was asked. `reached` is a share, the mean over touchpoints that state it; None where none does.
    """

    goal: str
    channels: tuple[tuple[str, tuple[str, ...]], ...]
    preferred: bool | None
    reached: float | None


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something taken for true about customers, and what was found of it; `status` None: nobody looked yet."""

    id: str
    statement: str
    owner: str
    evidence: str
    status: Named | None
    source: Source


@dataclass(frozen=True, slots=True)
class MaturityItem:
    """A practice of customer centricity, and whether it is there; `status` None: not entered."""

    item: Named
    status: Named | None
    evidence: str
    owner: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where a table comes from, who answers for it, when it was taken; None: nobody said where it comes from."""

    table: Named
    system: str
    owner: str
    extracted_on: date | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class ScoreCompared:
    """What one of the usual scores measures, what speaks for it between businesses, and what against."""

    score: Named
    measures: str
    strength: str
    weakness: str


@dataclass(frozen=True, slots=True)
class Registers:
    """The lists, figures on them, what the usual scores are good for, and what the words mean (`meanings`)."""

    assumptions: tuple[Assumption, ...] = ()
    maturity: tuple[MaturityItem, ...] = ()
    sources: tuple[DataSource, ...] = ()
    scores: tuple[ScoreCompared, ...] = ()
    figures: tuple[CustomerMetric, ...] = ()
    meanings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
