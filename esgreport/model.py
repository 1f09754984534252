"""The nouns: what flows from room to room, as frozen values; no room's work is done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol

# ── a workbook as it was read ────────────────────────────────────────────────────────────────────────────────


class CellError(StrEnum):
    """An Excel error in place of a value."""

    REF = "#REF!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    NAME = "#NAME?"
    NA = "#N/A"
    NUM = "#NUM!"
    NULL = "#NULL!"
    OTHER = "#ERROR!"


CellValue = str | Decimal | bool | datetime | CellError | None
"""What a cell holds. Numbers are the shortest decimal that is the stored double; dates come without a time zone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: value, its number format code as stored (`0.00%`), and whether a formula stands behind it.

    A formula whose result was never stored has `formula=True` and `value=None`.
    """

    value: CellValue
    number_format: str = "General"
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells on one sheet; rows and columns count from 1, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def inside(self, other: Area) -> bool:
        """Whether every cell of this area belongs to `other`."""
        return (
            self.sheet == other.sheet
            and other.top <= self.top
            and self.bottom <= other.bottom
            and other.left <= self.left
            and self.right <= other.right
        )

    def overlaps(self, other: Area) -> bool:
        """Whether some cell belongs to both."""
        return (
            self.sheet == other.sheet
            and self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    @property
    def reference(self) -> str:
        """The area as a user writes it, `D5` or `D5:F9`."""
        first = cell_reference(self.top, self.left)
        last = cell_reference(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 → `A`, 28 → `AB`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_reference(row: int, column: int) -> str:
    """A cell as a user writes it: (5, 4) → `D5`."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A named range: `area` is None when it points nowhere or to no plain rectangle; `refers_to` keeps the text."""

    name: str
    refers_to: str
    area: Area | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its filled cells by (row, column), and its merged areas."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it arrived: `file` as the user typed it; `sheets` may read a sheet when it is first asked for."""

    file: str
    names: tuple[DefinedName, ...]
    sheet_names: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    digest: str = ""
    """SHA-256 of the file, hexadecimal."""

    def cell(self, sheet: str, row: int, column: int) -> Cell:
        """The cell there; an empty one where nothing is stored or the sheet does not exist."""
        found = self.sheets[sheet].cells.get((row, column)) if sheet in self.sheets else None
        return found or EMPTY_CELL


EMPTY_CELL = Cell(None)

# ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: the file as the user typed it, sheet, cell or area (`D5:F9`), name of the range."""

    file: str
    sheet: str = ""
    cell: str = ""
    name: str = ""

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.name
        return f"{self.file} {place}".rstrip()


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, or one instant when `start` is None; both days are included."""

    end: date
    start: date | None = None

    @property
    def instant(self) -> bool:
        """Whether this is a single day rather than a span."""
        return self.start is None


@dataclass(frozen=True, slots=True)
class Entity:
    """The undertaking that reports: its name, and an identifier in a scheme (a URI; for a LEI the ISO 17442 one)."""

    name: str
    identifier: str = ""
    scheme: str = ""


FactValue = Decimal | bool | date | str | tuple[str, ...]
"""Numbers (percentages as fractions), yes/no, a day, text or a member's local name, or a sorted set of members."""

Decimals = int | Literal["INF"] | None
"""Decimal places the number is shown with in its cell; `INF` is as stored; None for what is no number."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One reported value: which concept, for which period and dimensions, in which unit, from which cell.

    `concept` and members are the names of the newest taxonomy; the name an older one uses is in its definition.
    `dimensions` are sorted pairs of axis and member (or typed value); default members are left out.
    A measured fact carries in `inputs` the facts it was computed from and has no cell of its own.
    """

    concept: str
    value: FactValue
    period: Period
    unit: str | None = None
    decimals: Decimals = None
    dimensions: tuple[tuple[str, str], ...] = ()
    source: Source = Source("")
    footnotes: tuple[str, ...] = ()
    inputs: tuple[Fact, ...] = ()

    def member(self, axis: str) -> str | None:
        """The member (or typed value) on an axis; None where the fact does not have it."""
        return next((value for name, value in self.dimensions if name == axis), None)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A filled cell that became no fact, and why; `code` is a finding code, `cause` the other cell that spoils it."""

    source: Source
    code: str
    reason: str
    cause: Source | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """All that one undertaking reports for one period, as facts: what the rooms after `facts` work on.

    `cells_filled` is the number of filled answers met: always facts plus dropped. `prior` is what it reported for the
    years before, newest first; those have none of their own.
    """

    workbooks: tuple[str, ...]
    taxonomy: str
    entity: Entity
    currency: str
    period: Period
    facts: tuple[Fact, ...]
    dropped: tuple[Dropped, ...] = ()
    cells_filled: int = 0
    edition: str = "vsme-2025"
    title: str = ""
    subtitle: str = ""
    language: str = ""
    """Code of the language the workbook was filled in with; empty when it does not say."""
    digests: tuple[tuple[str, str], ...] = ()
    """Pairs of file and SHA-256, one for each file read."""
    stated_at: tuple[tuple[str, Source], ...] = ()
    """Pairs of what it says of itself (`name`, `identifier`, `scheme`, `currency`, `start`, `end`), and where."""
    asked_at: tuple[tuple[str, Source], ...] = ()
    """Pairs of concept and the cell in which its answer belongs, filled or not, then of axis and the first heading of
    its rows; empty where only facts are known."""
    side_answers: tuple[Fact, ...] = ()
    """What is answered besides the concepts (leavers, yes/no questions), for rules to compare with: none is reported.

    They are written as facts are, under the names of `schemas/side_answers.yaml`.
    """
    prior: tuple[Filing, ...] = ()

    @property
    def years(self) -> tuple[Filing, ...]:
        """This filing and those of the years before, newest first."""
        return (self, *self.prior)


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────


class Severity(StrEnum):
    """How much a finding matters: an error stops a report, a warning wants a look, an info is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


CUSTOMERS = "CX"
"""What stands in place of a disclosure where a finding is on customers' data."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the data that a person should look at: where, what with the numbers, what to do."""

    code: str
    severity: Severity
    title: str
    message: str
    fix: str = ""
    source: Source = Source("")
    concept: str = ""
    disclosure: str = ""
    paragraph: str = ""

    def __str__(self) -> str:
        text = f"{self.source}: {self.severity} {self.code}: {self.title}: {self.message}"
        return f"{text} {self.fix}".rstrip()


class Progress(Protocol):
    """How a long work says where it is: called with a few words before each step."""

    def __call__(self, step: str) -> None:
        """Say that a step begins."""
        ...
