"""The kinds of check that hold a figure against what it was worked out from: the side answers of a workbook."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import Literal

from esgreport.definitions.models import closed
from esgreport.definitions.rule_parts import AxisName, Check, ConceptName, Concepts


@closed
class QuotientOf(Check):
    """The ratio is (numerators − `less`) / denominators × factor, each side added up; of rows all are added up.

    All of them must be reported, and the denominators not be zero. The difference allowed is what rounding to the
    digits the ratio is written or shown with can make (the finer of the two), plus `tolerance` as a fraction of it.
    """

    kind: Literal["quotient_of"]
    ratio: ConceptName
    numerators: Concepts
    less: list[ConceptName] = field(default_factory=list)
    denominators: Concepts
    factor: Decimal = Decimal(1)
    tolerance: Decimal = Decimal(0)


@closed
class ChangeBetween(Check):
    """The change is that of a concept from one member of an axis to another: later / earlier − 1."""

    kind: Literal["change_between"]
    change: ConceptName
    concept: ConceptName
    axis: AxisName
    earlier: str
    later: str
    tolerance: Decimal = Decimal(0)


@closed
class Distinct(Check):
    """No two cells of a list say the same."""

    kind: Literal["distinct"]
    concept: ConceptName
