"""What is passed on inside this package: how a table is laid out, and questions whose places are not yet made out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from esgreport.definitions.structure import Role

Position = tuple[int, int]
Shape = Literal["table", "form", "transposed", "list", "none"]


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a sheet that are laid out alike: which rows head them and what each column is for.

    `values` are columns of a grid, each with its head and year; `marks` columns in which an answer is ticked.
    """

    shape: Shape
    first: int
    last: int
    left: int = 1
    right: int = 1
    heads: tuple[int, ...] = ()
    columns: Mapping[Role, tuple[int, ...]] | None = None
    values: tuple[Value, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    skipped: frozenset[int] = frozenset()
    why: str = ""

    def of(self, role: Role) -> tuple[int, ...]:
        """The columns of a role, the best first."""
        return (self.columns or {}).get(role, ())

    def one(self, role: Role) -> int:
        """The best column of a role; 0 for none."""
        return next(iter(self.of(role)), 0)


@dataclass(frozen=True, slots=True)
class Value:
    """A column of a grid: its head, the year it is for, the unit below its head."""

    column: int
    head: str = ""
    year: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer offered: its text, the cell that picks it, and what is written there."""

    text: str
    mark: Position | None = None
    writes: str | bool = ""
    given: str = ""
    """The entry of another cell under which alone it is offered."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list to be filled in: its head, its cells from above to below, the unit its head names."""

    head: str
    places: tuple[Position, ...]
    unit: str = ""


WhyNot = Literal["", "no_answer_cell", "example", "formula", "locked", "filled", "shaded", "boxes_in_text", "signature"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as its row or cell gives it; positions are those of anchors."""

    place: Position
    text: str
    answer: Position | None = None
    number: str = ""
    section: str = ""
    guidance: str = ""
    unit: str = ""
    unit_place: Position | None = None
    comment: Position | None = None
    evidence: Position | None = None
    year: int | None = None
    choices: tuple[Choice, ...] = ()
    several: bool = False
    parent: Position | None = None
    is_value: bool = False
    """Whether it is one cell of a grid, which wants a number unless something else is said."""
    is_example: bool = False
    is_shaded: bool = False
    """Whether its answer cell is greyed out where those of other rows are not."""
    is_table: bool = False
    """Whether rows of a list are asked for, `answer` being the first cell."""
    columns: tuple[Column, ...] = ()
    """The columns of that list."""
    sort: str = ""
    """What the sheet says about the form of the answer: the text of an "answer type" column."""
