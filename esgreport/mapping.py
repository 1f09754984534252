"""How a file of another tool might be laid out as one of our tables, as frozen values: a proposal for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Doubt = Literal["name", "values", "dates", "numbers"]
"""What a person must look at: the name fits only roughly; values of a list are not known; days or numbers have two
readings.
"""


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """A column of the file and what it seems to be: ours, how sure that is (0 to 1), and what a person must look at.

    `values` are the words it holds that none of our lists has, each with the value it is most like, if any is.
    """

    head: str
    column: str
    confidence: float
    doubts: tuple[Doubt, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """A column that seems to be answers to a question: its head, a code, the span of its numbers where it has any."""

    head: str
    code: str
    lowest: float | None = None
    highest: float | None = None

    @property
    def in_words(self) -> bool:
        """Whether it is answered in words."""
        return self.lowest is None


@dataclass(frozen=True, slots=True)
class Proposal:
    """How one sheet or file might be read; `known` is the tool whose export it is recognised as, without a mapping."""

    file: str
    sheet: str
    table: str
    columns: tuple[ProposedColumn, ...]
    answers: tuple[ProposedAnswer, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Columns of ours that are required and were not found."""
    known: str = ""
