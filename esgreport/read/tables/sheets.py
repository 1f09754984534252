"""The tables on the sheets of a workbook, as they stand; it knows no type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from esgreport.model import Cell, CellValue, Sheet, Source
from esgreport.read.tables.raw import NO_RESULT, Grid, Stored, column_of_cells

_ROWS_BEFORE_HEADS = 20


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet before it is known what it is."""

    sheet: Sheet
    source: Source

    @property
    def first(self) -> list[list[str]]:
        """Its first filled rows, as text, each from the first column on."""
        rows = by_row(self.sheet.cells)
        return [
            [head_text(rows[row][at].value) if at in rows[row] else "" for at in range(1, max(rows[row]) + 1)]
            for row in list(rows)[:_ROWS_BEFORE_HEADS]
        ]

    def grid(self, heads: Sequence[str], at: int, skipped: int, table: str) -> Grid:
        """The table below the first filled row number `at` (from 0), without the `skipped` rows after it."""
        rows = by_row(self.sheet.cells)
        numbers = list(rows)
        places = {column: head for column, head in enumerate(heads, start=1) if head}
        return _cut(rows, (numbers[at], places), numbers[at + 1 + skipped :], self.source, table)


def _cut(
    rows: Mapping[int, Mapping[int, Cell]],
    head: tuple[int, Mapping[int, str]],
    body: Sequence[int],
    source: Source,
    table: str,
) -> Grid:
    """The columns that have a head, for the rows with something in them; `head` is its row and the heads by column."""
    at, heads = head
    filled = [
        row for row in body if any(stored(cell) is not None for column, cell in rows[row].items() if column in heads)
    ]
    columns = tuple(column_of_cells([stored(rows[row].get(column)) for row in filled]) for column in heads)
    return Grid(source, tuple(heads.values()), columns, tuple(heads), np.array(filled, dtype=np.int64), at, table)


def by_row(cells: Mapping[tuple[int, int], Cell]) -> dict[int, dict[int, Cell]]:
    """The cells by row and then by column, both in their order."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, {})[column] = cell
    return rows


def head_text(value: CellValue) -> str:
    """A head without the star that marks what is required."""
    return value.strip().rstrip("*").strip() if isinstance(value, str) else "" if value is None else str(value)


def stored(cell: Cell | None) -> Stored:
    """What a cell holds; blanks alone are nothing."""
    if cell is None:
        return None
    if cell.value is None:
        return NO_RESULT if cell.formula else None
    return None if isinstance(cell.value, str) and not cell.value.strip() else cell.value
