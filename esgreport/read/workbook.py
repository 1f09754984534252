"""A workbook from its file: names at once, each sheet when it is first asked for; it judges no value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from esgreport.model import Sheet, Workbook
from esgreport.read.book import Book, read_book
from esgreport.read.file import content, is_zip, not_a_workbook
from esgreport.read.package import Package, open_package
from esgreport.read.refusal import SAVE_AGAIN, refusal
from esgreport.read.sheets import MOST_CELLS, read_cells
from esgreport.read.strings import SharedStrings
from esgreport.read.styles import NumberFormat, number_formats
from esgreport.read.values import Settings
from esgreport.read.xml import Part


def read(path: Path, shown: str) -> Workbook:
    """What `esgreport.read.read_workbook` promises."""
    data = content(path, shown)
    if not is_zip(data):
        raise not_a_workbook(data, shown)
    package = open_package(data, shown)
    return of_package(package, read_book(package), hashlib.sha256(data).hexdigest())


def of_package(package: Package, book: Book, digest: str) -> Workbook:
    """The workbook in a package that was opened, with the hash of its file."""
    return Workbook(
        file=package.shown,
        names=book.names,
        sheet_names=tuple(sheet.name for sheet in book.sheets),
        sheets=Sheets(package, book),
        digest=digest,
    )


class Sheets(Mapping[str, Sheet]):
    """The worksheets by name, each read when it is first asked for."""

    def __init__(self, package: Package, book: Book) -> None:
        self._package, self._book = package, book
        self._entries = {sheet.name: sheet for sheet in book.sheets}
        self._read: dict[str, Sheet] = {}

    def __getitem__(self, name: str) -> Sheet:
        sheet = self._read.get(name)
        if sheet is None:
            sheet = self._read[name] = self._read_sheet(name)
        return sheet

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def _read_sheet(self, name: str) -> Sheet:
        entry = self._entries[name]
        if not entry.part:
            raise refusal(self._package.shown, name, "the sheet is listed but not in the file", SAVE_AGAIN)
        part = Part(self._package.shown, name, self._package.read(entry.part, name))
        left = MOST_CELLS - sum(len(sheet.cells) for sheet in self._read.values())
        cells, merged = read_cells(part, self.formats, self.settings, left)
        return Sheet(name, cells, merged, entry.hidden)

    def part_of(self, name: str) -> str:
        """The part a sheet is in; empty when the list of sheets leads nowhere."""
        return self._entries[name].part

    @cached_property
    def formats(self) -> Mapping[str, NumberFormat]:
        """The number formats cells refer to."""
        return number_formats(self._part(self._book.styles_part)) if self._book.styles_part else {}

    @cached_property
    def settings(self) -> Settings:
        """What values depend on besides their cell."""
        part = self._book.strings_part
        return Settings(SharedStrings(self._part(part)) if part else None, self._book.from_1904)

    def _part(self, name: str) -> Part:
        return Part(self._package.shown, name, self._package.read(name))
