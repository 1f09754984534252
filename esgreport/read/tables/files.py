"""One file of customers' data, opened: workbook, text or Parquet; what its tables are, not what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from esgreport.definitions.cx import CustomerDefinitions, folded
from esgreport.definitions.cx_exports import Export
from esgreport.model import Sheet, Source
from esgreport.read.book import SheetEntry, read_book
from esgreport.read.file import beginning, content, is_zip
from esgreport.read.package import LARGEST_STREAM, Package, open_package
from esgreport.read.tables.exports import arranged, export_of, heads_of
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.large import LARGE_SHEET, LargeSheet
from esgreport.read.tables.parquet import is_parquet, open_parquet
from esgreport.read.tables.raw import Grid
from esgreport.read.tables.sheets import SheetRows, head_text
from esgreport.read.tables.text import open_text, sheet_of_text
from esgreport.read.workbook import Sheets

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


@dataclass
class Opened:
    """What a file holds: tables, a sheet of settings, exports, and what is none of our tables or lacks its heads."""

    digest: str
    grids: list[Grid] = field(default_factory=list)
    settings: list[tuple[Sheet, Source]] = field(default_factory=list)
    exports: list[Recognised] = field(default_factory=list)
    others: list[Source] = field(default_factory=list)
    headless: list[Source] = field(default_factory=list)


class Rows(Protocol):
    """A sheet or file before it is known what it is."""

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


def open_file(path: Path, shown: str, known: Known) -> Opened:
    """Open a file by what it is. Errors: WorkbookError when it cannot be read in full and safely."""
    start = beginning(path, shown)
    if is_zip(start):
        return _open_workbook(path, shown, known)
    opened = Opened(_digest(path))
    if is_parquet(start):
        _sort_in(opened, open_parquet(path, shown), path.stem, known)
        return opened
    file = open_text(path, shown)
    if is_settings(path.stem, known.definitions):
        opened.settings.append((sheet_of_text(file), file.source))
    else:
        _sort_in(opened, file, path.stem, known)
    return opened


def _open_workbook(path: Path, shown: str, known: Known) -> Opened:
    data = content(path, shown)
    package = open_package(data, shown, LARGEST_STREAM)
    book = read_book(package)
    sheets = Sheets(package, book)
    start = {folded(text) for text in known.definitions.workbook.sheet.values()}
    opened = Opened(hashlib.sha256(data).hexdigest())
    for entry in book.sheets:
        source = Source(shown, entry.name)
        if is_settings(entry.name, known.definitions):
            opened.settings.append((sheets[entry.name], source))
        elif folded(entry.name) not in start and (rows := _rows(sheets, package, entry, source)):
            _sort_in(opened, rows, entry.name, known)
            if entry.hidden and source in opened.others:  # what is hidden and no table is nobody's business
                opened.others.remove(source)
    return opened


def _rows(sheets: Sheets, package: Package, entry: SheetEntry, source: Source) -> Rows | None:
    """A sheet as rows, a large one as columns at once; None for one without cells."""
    if entry.part and package.size(entry.part) > LARGE_SHEET:
        return LargeSheet(package, entry.part, source, sheets.formats, sheets.settings).columns()
    sheet = sheets[entry.name]
    return SheetRows(sheet, source) if sheet.cells else None


def _sort_in(opened: Opened, rows: Rows, name: str, known: Known) -> None:
    """Put a sheet or file where it belongs: an export of another tool, a table of ours, or neither."""
    named = known.headings.table_named(name)
    first = rows.first
    layout = export_of(first, known.exports)
    head = known.headings.head([[head_text(text) for text in row] for row in first], named)
    if layout is not None:
        export, at = layout
        laid = arranged(export, rows.grid(heads_of(export, first, at), at, export.skip, export.table))
        opened.exports.append(Recognised(rows.source, export, laid.taken, laid.left_out))
        opened.grids.append(laid.grid)
    elif head is not None:
        heads = [head_text(text) for text in first[head.at]]
        opened.grids.append(rows.grid(heads, head.at, head.more, head.table.name))
    else:
        (opened.headless if named else opened.others).append(rows.source)


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
