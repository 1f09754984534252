"""The kinds of check that look at the workbooks of earlier years; without one of those they find nothing."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import Literal

from esgreport.definitions.models import ConceptType, Text, closed
from esgreport.definitions.rule_parts import AxisName, Check, ConceptName, UnitName


@closed
class _OfFigures(Check):
    """A check of the figures of some concepts, or of all of some types but a few."""

    concepts: list[ConceptName] = field(default_factory=list)
    types: list[ConceptType] = field(default_factory=list)
    but: list[ConceptName] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuses a check of nothing."""
        if not self.concepts and not self.types:
            raise ValueError("name the concepts, or the types of concept")


@closed
class ChangeWithin(_OfFigures):
    """A figure differs from that of the year before by no more than a share of it, or by less than is worth asking.

    A change is asked about when it is more than `share` of last year's figure and more than `at_least`, which is in
    `unit`, or in the unit reported where none is named. A part is left alone where its whole is asked about, and so is
    a quantity of a period where the periods are not equally long. `message_from_zero` is said where last year's figure
    was zero, of which there is no share.
    """

    kind: Literal["change_within"]
    share: Decimal
    at_least: Decimal
    unit: UnitName = ""
    message_from_zero: Text = field(default_factory=dict)


@closed
class AsReported(Check):
    """A figure for an earlier period is the one that the report of that period, or the last one with it, gave."""

    kind: Literal["as_reported"]


@closed
class SameYears(Check):
    """A member of the axis, such as the base year, stands for the same period as in the last report."""

    kind: Literal["same_years"]
    axis: AxisName
    member: str


@closed
class NotRepeated(_OfFigures):
    """A figure of so many digits or more is not the same to the last one as that of the year before.

    One finding a disclosure, at the first of its figures that are.
    """

    kind: Literal["not_repeated"]
    digits: int = 3
