"""A measured figure about customers as it is handed on: value, interval, n, how sure one may be; it measures none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from esgreport.model import Period, Source


@dataclass(frozen=True, slots=True)
class Named:
    """A code and what it is called."""

    code: str
    label: str


class Status(StrEnum):
    """How far a figure carries: `indicative` from few cases, `withheld` to protect people, `absent` without data."""

    FULL = "full"
    INDICATIVE = "indicative"
    WITHHELD = "withheld"
    ABSENT = "absent"


class Evidence(StrEnum):
    """What a comparison shows; only RISE and FALL allow an arrow."""

    NOT_COMPARED = ""
    RISE = "rise"
    FALL = "fall"
    TOO_SMALL = "too_small"
    """Different, but by less than what was said to matter."""
    NONE = "none"
    """No evidence of a difference, which is not evidence that there is none."""


@dataclass(frozen=True, slots=True)
class CustomerMetric:
    """One figure with all that is printed beside it. The texts are in the reader's language.

    `value` and `interval` are in `unit`: shares are fractions, money is in the currency of the unit. `n` counts what
    the definition says it counts, `accounts` the customers behind it. `dimensions` are sorted pairs of dimension and
    member. `reason` says why a figure is withheld, absent or only indicative, and what limits it. `source` are the
    rows it came from. A withheld figure carries no number at all.
    """

    metric: str
    label: str
    value: float | None
    unit: str
    interval: tuple[float, float] | None
    confidence: float | None
    n: int | None
    accounts: int | None
    dimensions: tuple[tuple[str, str], ...]
    period: Period | None
    method: str
    status: Status
    reason: str
    better: str
    """`higher`, `lower`, or empty where neither is better."""
    source: tuple[Source, ...]
    evidence: Evidence = Evidence.NOT_COMPARED

    def member(self, dimension: str) -> str | None:
        """The member of a dimension; None where the figure is not broken down by it."""
        return next((member for name, member in self.dimensions if name == dimension), None)
