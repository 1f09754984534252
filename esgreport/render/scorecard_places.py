"""Source cells in few signs: by file and sheet, cells that follow each other as one range; it drops none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from esgreport.model import Source

_CELL = re.compile(r"([A-Z]{1,3})(\d+)\Z")


def places(sources: Iterable[Source]) -> str:
    """Where figures stand, each sheet once: `book.xlsx Water!C12:C14, D3; Energy!C7`."""
    by_sheet: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        by_sheet.setdefault((source.file, source.sheet), []).append(source.cell)
    files: dict[str, list[str]] = {}
    for (file, sheet), cells in by_sheet.items():
        found = ", ".join(_ranges(dict.fromkeys(filter(None, cells))))
        files.setdefault(file, []).append("!".join(filter(None, (sheet, found))))
    return "; ".join(f"{file} {'; '.join(filter(None, sheets))}".strip() for file, sheets in files.items())


def _ranges(cells: Iterable[str]) -> Iterator[str]:
    """Cells of one column in a row as ranges, in their order; what is no single cell as it is."""
    known = sorted(((found[1], int(found[2])) for cell in cells if (found := _CELL.match(cell))), key=_by_column)
    for column, rows in groupby(known, key=lambda pair: pair[0]):
        for _, run in groupby(enumerate(row for _, row in rows), key=lambda pair: pair[1] - pair[0]):
            ends = [row for _, row in run]
            yield f"{column}{ends[0]}" if len(ends) == 1 else f"{column}{ends[0]}:{column}{ends[-1]}"
    yield from (cell for cell in cells if not _CELL.match(cell))


def _by_column(cell: tuple[str, int]) -> tuple[int, str, int]:
    return len(cell[0]), *cell
