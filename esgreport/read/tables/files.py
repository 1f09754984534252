"""One file of customers' data, opened: workbook, text or Parquet; what its tables are, not what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from esgreport.definitions.cx import CustomerDefinitions, folded
from esgreport.definitions.cx_exports import Export
from esgreport.model import Sheet, Source
from esgreport.read import workbook as workbooks
from esgreport.read.file import beginning, is_zip
from esgreport.read.tables.exports import arranged, export_of, heads_of
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.raw import Grid
from esgreport.read.tables.sheets import SheetRows, grid_of_sheet, head_text
from esgreport.read.tables.text import open_text, sheet_of_text

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Known:
    """What files are held against: our tables, the heads they are known by, and the layouts of other tools."""

    definitions: CustomerDefinitions
    headings: Headings
    exports: tuple[Export, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet or file that is the export of another tool: what was taken as what (theirs, ours), what was left."""

    source: Source
    layout: Export
    taken: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: tables, a sheet of settings, exports, and what is none of our tables or lacks its heads."""

    digest: str
    grids: tuple[Grid, ...] = ()
    settings: tuple[tuple[Sheet, Source], ...] = ()
    others: tuple[Source, ...] = ()
    headless: tuple[Source, ...] = ()
    exports: tuple[Recognised, ...] = ()


def open_file(path: Path, shown: str, known: Known) -> Opened:
    """Open a file by what it is. Errors: WorkbookError when it cannot be read in full and safely."""
    start = beginning(path, shown)
    return _open_workbook(path, shown, known) if is_zip(start) else _open_text(path, shown, known)


def _open_workbook(path: Path, shown: str, known: Known) -> Opened:
    workbook = workbooks.read(path, shown)
    start = {folded(text) for text in known.definitions.workbook.sheet.values()}
    grids: list[Grid] = []
    others: list[Source] = []
    headless: list[Source] = []
    exports: list[Recognised] = []
    settings: list[tuple[Sheet, Source]] = []
    for name in workbook.sheet_names:
        sheet, source = workbook.sheets[name], Source(shown, name)
        if is_settings(name, known.definitions):
            settings.append((sheet, source))
        elif not sheet.cells or folded(name) in start:
            continue
        elif recognised := _export(SheetRows(sheet, source), known):
            exports.append(recognised[0])
            grids.append(recognised[1])
        elif grid := grid_of_sheet(sheet, source, known.headings):
            grids.append(grid)
        elif known.headings.table_named(name):
            headless.append(source)
        elif not sheet.hidden:
            others.append(source)
    return Opened(workbook.digest, tuple(grids), tuple(settings), tuple(others), tuple(headless), tuple(exports))


def _open_text(path: Path, shown: str, known: Known) -> Opened:
    file = open_text(path, shown)
    digest, source = _digest(path), Source(shown)
    if is_settings(path.stem, known.definitions):
        return Opened(digest, settings=((sheet_of_text(file), source),))
    if recognised := _export(file, known):
        return Opened(digest, (recognised[1],), exports=(recognised[0],))
    named = known.headings.table_named(path.stem)
    head = known.headings.head([[head_text(text) for text in record] for record in file.first], named)
    if head is None:
        return Opened(digest, headless=(source,)) if named else Opened(digest, others=(source,))
    heads = tuple(head_text(text) for text in file.first[head.at])
    return Opened(digest, (file.grid(heads, head.at, head.more, head.table.name),))


class Rows(Protocol):
    """A sheet or text file before it is known what it is."""

    @property
    def source(self) -> Source:
        """Where it is."""
        ...

    @property
    def first(self) -> Sequence[Sequence[str]]:
        """Its first rows, as text."""
        ...

    def grid(self, heads: Sequence[str], at: int, skipped: int, table: str) -> Grid:
        """The table below the first row number `at` (from 0), without as many rows after it as are `skipped`."""
        ...


def _export(rows: Rows, known: Known) -> tuple[Recognised, Grid] | None:
    """What a sheet or file is as an export of another tool; None when it is none."""
    found = export_of(rows.first, known.exports)
    if found is None:
        return None
    layout, at = found
    laid = arranged(layout, rows.grid(heads_of(layout, rows.first, at), at, layout.skip, layout.table))
    return Recognised(rows.source, layout, laid.taken, laid.left_out), laid.grid


def is_settings(name: str, definitions: CustomerDefinitions) -> bool:
    """Whether a sheet or file of that name is the one with the settings."""
    sheet = definitions.settings_sheet
    return folded(name) in {folded(each) for each in (sheet.sheet, *sheet.labels.values())}


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
