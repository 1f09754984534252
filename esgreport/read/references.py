"""References as workbooks write them (`D5`, `'My sheet'!$A$1:$B$9`) to positions and areas; it looks at no cell."""

from __future__ import annotations

import re
from functools import cache

from esgreport.model import Area

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
LARGEST_AREA = 100_000
"""Cells a named range may have and still be taken for a rectangle of answers; the official template needs 6,700."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")
_ON_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\s(),;&{}\"=+*/^<>]+))!(.+)")


@cache
def column_number(letters: str) -> int:
    """The column of up to three letters, counted from 1: `A` → 1, `AB` → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def position(reference: str) -> tuple[int, int]:
    """Row and column of a cell reference without sheet and `$`. Errors: ValueError for what is none."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    row, column = int(match[2]), column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(reference)
    return row, column


def area_on(sheet: str, text: str) -> Area | None:
    """The area of `D5` or `$D$5:$F$9` on a sheet; None for what is no rectangle of cells inside the sheet."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    left, top = column_number(match[1]), int(match[2])
    right, bottom = (column_number(match[3]), int(match[4])) if match[3] else (left, top)
    if max(left, right) > LAST_COLUMN or max(top, bottom) > LAST_ROW:
        return None
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def named_area(refers_to: str) -> Area | None:
    """The area a name stands for, sheet as written.

    None for other books, `#REF!`, formulas, unions, whole rows and columns, and more than `LARGEST_AREA` cells.
    """
    match = _ON_SHEET.fullmatch(refers_to.strip())
    if match is None:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    if "[" in sheet or ":" in sheet:  # another book; a run of sheets
        return None
    area = area_on(sheet, match[3])
    if area is None or (area.bottom - area.top + 1) * (area.right - area.left + 1) > LARGEST_AREA:
        return None
    return area
