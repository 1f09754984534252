"""A book of tables before it is a file: sheets of rows whose entries are numbers, days, yes or no, or text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["plain", "percent", "year"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell; None is an empty one. A number has decimal places, and is a percentage as a fraction."""

    value: Decimal | bool | date | str | None = None
    places: int = 0
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading and its width in letters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: headings, and rows that have an entry for each of them."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets, in order."""

    title: str
    pages: tuple[Page, ...]
