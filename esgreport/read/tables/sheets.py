"""The tables on the sheets of a workbook, as they stand; it knows no type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from esgreport.definitions.cx import CustomerTable
from esgreport.model import Cell, CellValue, Sheet, Source, Workbook
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.raw import NO_RESULT, Grid, Stored, column_of_cells

_ROWS_BEFORE_HEADS = 20


@dataclass(frozen=True, slots=True)
class Sheets:
    """The tables of a workbook, the sheets that are none, and the sheets named as a table without its heads."""

    grids: tuple[Grid, ...]
    others: tuple[Source, ...]
    headless: tuple[Source, ...]


def grids_of(workbook: Workbook, headings: Headings, but: Iterable[str]) -> Sheets:
    """Every sheet that is a table, hidden or not, but those named in `but`. Errors: WorkbookError."""
    grids, others, headless = [], [], []
    left_out = set(but)
    for name in workbook.sheet_names:
        if name in left_out:
            continue
        sheet, source = workbook.sheets[name], Source(workbook.file, name)
        if not sheet.cells:
            continue
        table = headings.table_named(name)
        grid = _grid(sheet, source, table, headings)
        if grid:
            grids.append(grid)
        elif table:
            headless.append(source)
        elif not sheet.hidden:
            others.append(source)
    return Sheets(tuple(grids), tuple(others), tuple(headless))


def _grid(sheet: Sheet, source: Source, table: CustomerTable | None, headings: Headings) -> Grid | None:
    rows = by_row(sheet.cells)
    first = list(rows)[:_ROWS_BEFORE_HEADS]
    head = headings.head([[head_text(cell.value) for cell in rows[row].values()] for row in first], table)
    if head is None:
        return None
    last = first[head.at + head.more]
    return _cut(rows, first[head.at], [row for row in rows if row > last], source, head.table.name)


def _cut(rows: Mapping[int, Mapping[int, Cell]], head: int, body: Sequence[int], source: Source, table: str) -> Grid:
    letters = tuple(column for column, cell in rows[head].items() if head_text(cell.value))
    heads = tuple(head_text(rows[head][column].value) for column in letters)
    wanted = set(letters)
    filled = [row for row in body if any(stored(cell) is not None for at, cell in rows[row].items() if at in wanted)]
    columns = tuple(column_of_cells([stored(rows[row].get(letter)) for row in filled]) for letter in letters)
    return Grid(source, heads, columns, letters, np.array(filled, dtype=np.int64), head, table)


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
