"""What is passed about inside the room: an estimate, and the figure it makes; no text and no arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esgreport.customer_metrics import Evidence
from esgreport.model import Period


@dataclass(frozen=True, slots=True)
class InUnit:
    """A value of a reason that is in the metric's own unit."""

    value: float


ReasonValue = str | float | date | InUnit


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of `schemas/cx/words.yaml` with the values its text asks for."""

    code: str
    values: tuple[tuple[str, ReasonValue], ...] = ()


def because(code: str, **values: ReasonValue) -> Reason:
    """A reason with its values."""
    return Reason(code, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and what it rests on, in the metric's unit.

    `confidence` is None where the interval is no confidence interval (bounds). `accounts` is None where it is not known
    or makes no sense. `error` is the standard error that tests use; `effective` how many independent cases it is worth.
    """

    value: float
    interval: tuple[float, float] | None
    n: int
    accounts: int | None
    confidence: float | None = None
    error: float | None = None
    effective: float | None = None
    spread: float | None = None
    """Variance of one case."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure before it is put into words and before small groups are withheld.

    `estimate` is None where there is nothing to measure; `reasons` then say why. `methods` are names in `words.yaml`,
    `tables` those it was computed from. `broken_down` names the dimension whose groups it is one of: all figures that
    differ in it alone are parts of one whole. `weak` figures are indicative however many cases they have.
    """

    metric: str
    estimate: Estimate | None
    dimensions: tuple[tuple[str, str], ...] = ()
    period: Period | None = None
    methods: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    tables: tuple[str, ...] = ()
    evidence: Evidence = Evidence.NOT_COMPARED
    broken_down: str = ""
    weak: bool = False
    withheld: bool = False
