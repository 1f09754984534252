"""What our input workbook consists of before it is drawn: boxes, checks, names, as plain values; it draws nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from esgreport.model import Area

Content = str | Decimal | date | None
"""What stands in a cell; yes, no and members are text in the reader's language."""

Role = Literal[
    "title",
    "subtitle",
    "column",
    "column_answer",
    "column_number",
    "column_count",
    "band",
    "heading",
    "prose",
    "step",
    "reference",
    "label",
    "help",
    "answer",
    "text_answer",
    "block_answer",
    "unit_answer",
    "fixed",
    "stated",
    "computed",
    "status",
    "link",
    "count",
    "share",
]
"""What a cell is for; the drawing gives each role its look."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks: its role, the number format, and the theme its sheet belongs to."""

    role: Role
    number_format: str = "General"
    theme: str = "general"


@dataclass(frozen=True, slots=True)
class Check:
    """What may be entered in a cell; `source` is the name a list is taken from."""

    kind: Literal["list", "code", "number", "any_number", "percent", "gap", "date", "year"]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell, or several merged into one; rows and columns count from 1.

    With a `formula`, `value` is what it gives as things stand, stored beside it so that the file reads as it is.
    """

    row: int
    left: int
    style: Style
    value: Content = None
    formula: str = ""
    right: int = 0
    bottom: int = 0
    link: str = ""
    """A sheet to jump to."""


@dataclass
class PlannedSheet:
    """A sheet as it is put together, from top to bottom."""

    name: str
    theme: str
    widths: tuple[float, ...]
    boxes: list[Box] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    checks: list[tuple[Area, Check]] = field(default_factory=list)
    statuses: list[Area] = field(default_factory=list)
    shares: list[Area] = field(default_factory=list)
    frozen_rows: int = 0
    one_page: bool = False
    hidden: bool = False
    row: int = 1
    """The next free row."""

    @property
    def last_column(self) -> int:
        """The rightmost column in use."""
        return len(self.widths)

    def add(self, box: Box) -> Area:
        """Put a box on the sheet. Returns the area of its first cell."""
        self.boxes.append(box)
        return Area(self.name, box.row, box.left, box.row, box.left)

    def tall(self, row: int, height: float) -> None:
        """Make a row at least that high, in points; Excel allows 409."""
        self.heights[row] = min(max(height, self.heights.get(row, 0)), 409)

    def width(self, left: int, right: int = 0) -> float:
        """The width of a column, or of several together."""
        return sum(self.widths[left - 1 : max(left, right)])


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole workbook before it is drawn; `names` are pairs of a name and what it refers to."""

    sheets: tuple[PlannedSheet, ...]
    names: tuple[tuple[str, str], ...]
    title: str


def height_of(text: str, width: float, size: int = 10) -> float:
    """The height in points that a text of that size needs in a column of that width, with a little air.

    A column's width counts digits of 11 points; letters are narrower than digits on average.
    """
    per_line = max(int(width * 12 / size), 1)
    lines = sum(max(1, -(-len(paragraph) // per_line)) for paragraph in text.split("\n"))
    return lines * size * 1.32 + 8


def absolute(area: Area) -> str:
    """An area as a formula or a name refers to it from anywhere: `'B6 Water'!$C$5:$C$9`."""
    first = _dollars(area.top, area.left)
    last = _dollars(area.bottom, area.right)
    return f"'{area.sheet}'!{first}" if first == last else f"'{area.sheet}'!{first}:{last}"


def _dollars(row: int, column: int) -> str:
    cell = Area("", row, column, row, column).reference
    letters = cell.rstrip("0123456789")
    return f"${letters}${row}"
