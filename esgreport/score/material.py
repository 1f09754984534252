"""What a scorecard is made from, as the rooms before hand it over; it makes none of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from esgreport.assessment import Readiness
from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import CustomerPanels
from esgreport.definitions import Definitions
from esgreport.definitions.scorecards import ScorecardDefinition
from esgreport.model import Fact, Filing, Period, Source
from esgreport.questionnaire import Given
from esgreport.score.writing import Measure, Say
from esgreport.scorecard import Point, Quality
from esgreport.tables import CustomerTables


@dataclass(frozen=True, slots=True)
class Sustainability:
    """The filing with its earlier years, what was measured from it, how ready it is, what customers were told of it."""

    filing: Filing
    measured: tuple[Fact, ...]
    readiness: Readiness
    told: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Customers:
    """The tables, the metrics of each period (the one shown first), and the panels of that period."""

    tables: CustomerTables
    periods: tuple[tuple[Period, tuple[CustomerMetric, ...]], ...]
    panels: CustomerPanels


@dataclass(frozen=True)
class Case:
    """What a scorecard is made from, the definition it follows, and how it speaks. One of both sides may be missing."""

    sustainability: Sustainability | None
    customers: Customers | None
    definition: ScorecardDefinition
    definitions: Definitions
    say: Say

    @property
    def language(self) -> str:
        """The language of all texts."""
        return self.say.language

    @property
    def period(self) -> Period:
        """The period shown: that of the filing, else that of the customers' data, else none yet."""
        if self.sustainability:
            return self.sustainability.filing.period
        if self.customers and self.customers.periods:
            return self.customers.periods[0][0]
        return Period(date.min)

    @property
    def customer_groups(self) -> tuple[str, ...]:
        """The groups whose rows are about customers."""
        return tuple(group.id for group in self.definition.groups if group.side == "cx")

    @property
    def currency(self) -> str:
        """The currency of money about customers."""
        return self.customers.tables.text("currency") if self.customers else ""


@dataclass(frozen=True, slots=True)
class Had:
    """What is had for a row: points oldest first, how they are shown, how they were had, what stands behind them.

    `points` end with that of the period shown, where `missing` is empty. `no_light` says why no light is allowed.
    `change` and `rose` are what evidence says of the difference to the point before; `rose` is None without any.
    """

    label: str
    measure: Measure
    points: tuple[Point, ...] = ()
    missing: str = ""
    quality: Quality = Quality.UNKNOWN
    quality_words: str = ""
    no_light: str = ""
    change: str = ""
    rose: bool | None = None
    better: str = ""
    definition: str = ""
    formula: str = ""
    reference: str = ""
    segments: tuple[tuple[str, Point | None, str], ...] = ()
    inputs: tuple[tuple[str, str, Source], ...] = ()
    source: tuple[Source, ...] = ()
    confidence: float = 0.95
    quality_short: str = ""
    comment: str = ""
    path: Mapping[int, float] = field(default_factory=dict)
    """The ends of the reduction path the facts state: year and value."""
