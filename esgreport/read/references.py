"""References as workbooks write them (`D5`, `'My sheet'!$A$1:$B$9`) to positions and areas; it looks at no cell."""

from __future__ import annotations

from esgreport.model import Area

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
LARGEST_AREA = 100_000
"""Cells a named range may have and still be taken for a rectangle of answers; the official template needs 6,700."""

_NOT_IN_A_BARE_NAME = frozenset(" #'!(),;&{}[]=+*/^<>:\"")
_columns: dict[str, int] = {}


def _column(letters: str) -> int:
    """The column of one to three letters, counted from 1: `A` → 1, `$AB$` → 28. Errors: ValueError."""
    letters = letters.removeprefix("$").removesuffix("$")
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise ValueError(letters)
    return number


def position(reference: str) -> tuple[int, int]:
    """Row and column of a cell reference without its sheet, `$` or not. Errors: ValueError for what is none."""
    letters = reference.rstrip("0123456789")
    column = _columns.get(letters)
    if column is None:
        column = _columns[letters] = _column(letters)
    number = reference[len(letters) :]
    row = int(number) if 0 < len(number) < 8 else 0
    if not 0 < row <= LAST_ROW:
        raise ValueError(reference)
    return row, column


def area_on(sheet: str, text: str) -> Area | None:
    """The area of `D5` or `$D$5:$F$9` on a sheet; None for what is no rectangle of cells inside the sheet."""
    first, colon, last = text.partition(":")
    try:
        top, left = position(first)
        bottom, right = position(last) if colon else (top, left)
    except ValueError:
        return None
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def named_area(refers_to: str) -> Area | None:
    """The area a name stands for, sheet as written.

    None for other books, `#REF!`, formulas, unions, whole rows and columns, and more than `LARGEST_AREA` cells.
    """
    prefix, _, cells = refers_to.strip().rpartition("!")
    sheet = _one_sheet(prefix)
    area = area_on(sheet, cells) if sheet else None
    if area is None or (area.bottom - area.top + 1) * (area.right - area.left + 1) > LARGEST_AREA:
        return None
    return area


def _one_sheet(prefix: str) -> str:
    """The sheet that stands before `!`; empty for another book, a run of sheets, or anything longer than a name."""
    if not prefix.startswith("'"):
        return prefix if _NOT_IN_A_BARE_NAME.isdisjoint(prefix) else ""
    name = prefix[1:-1]
    closed = prefix.endswith("'") and "'" not in name.replace("''", "")
    return name.replace("''", "'") if closed and "[" not in name and ":" not in name else ""
