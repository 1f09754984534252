"""One file of customers' data, opened: workbook, text or Parquet; what its tables are, not what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet of a workbook, or a file that is one table: rows, or the sheet where it is the one with the settings."""

    name: str
    source: Source
    rows: Rows | None = None
    settings: Sheet | None = None
    hidden: bool = False


def open_file(path: Path, shown: str, known: Known) -> Opened:
    """Open a file by what it is. Errors: WorkbookError when it cannot be read in full and safely."""
    opened = Opened(_digest(path, shown))
    for part in parts_of(path, shown, known.definitions):
        if part.settings is not None:
            opened.settings.append((part.settings, part.source))
        elif part.rows is not None:
            _sort_in(opened, part.rows, part.name, known)
            if part.hidden and part.source in opened.others:  # what is hidden and no table is nobody's business
                opened.others.remove(part.source)
    return opened


def parts_of(path: Path, shown: str, definitions: CustomerDefinitions) -> Iterator[Part]:
    """The sheets of a workbook, each opened when its turn comes, or the one table of another file.

    Errors: WorkbookError, also while they are gone through.
    """
    start = beginning(path, shown)
    if is_zip(start):
        yield from _sheets_of(path, shown, definitions)
    elif is_parquet(start):
        file = open_parquet(path, shown)
        yield Part(path.stem, file.source, file)
    else:
        text = open_text(path, shown)
        settings = sheet_of_text(text) if is_settings(path.stem, definitions) else None
        yield Part(path.stem, text.source, None if settings else text, settings)


def _sheets_of(path: Path, shown: str, definitions: CustomerDefinitions) -> Iterator[Part]:
    package = open_package(content(path, shown), shown, LARGEST_STREAM)
    book = read_book(package)
    sheets = Sheets(package, book)
    start = {folded(text) for text in definitions.workbook.sheet.values()}
    for entry in book.sheets:
        source = Source(shown, entry.name)
        if is_settings(entry.name, definitions):
            yield Part(entry.name, source, settings=sheets[entry.name])
        elif folded(entry.name) not in start:
            yield Part(entry.name, source, _rows(sheets, package, entry, source), hidden=entry.hidden)


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


def _digest(path: Path, shown: str) -> str:
    beginning(path, shown)  # which says what is wrong with a file that cannot be opened
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
