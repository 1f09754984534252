"""One file of customers' data, opened: workbook, text or Parquet; what its tables are, not what they say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from esgreport.definitions.cx import CustomerDefinitions, folded
from esgreport.model import Sheet, Source
from esgreport.read import workbook as workbooks
from esgreport.read.file import beginning, is_zip
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.raw import Grid
from esgreport.read.tables.sheets import grids_of, head_text
from esgreport.read.tables.text import grid_of_text, open_text, sheet_of_text

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: tables, a sheet of settings, and what is none of our tables or lacks its heads."""

    digest: str
    grids: tuple[Grid, ...] = ()
    settings: tuple[tuple[Sheet, Source], ...] = ()
    others: tuple[Source, ...] = ()
    headless: tuple[Source, ...] = field(default=())


def open_file(path: Path, shown: str, definitions: CustomerDefinitions, headings: Headings) -> Opened:
    """Open a file by what it is. Errors: WorkbookError when it cannot be read in full and safely."""
    start = beginning(path, shown)
    if is_zip(start):
        return _open_workbook(path, shown, definitions, headings)
    return _open_text(path, shown, definitions, headings)


def _open_workbook(path: Path, shown: str, definitions: CustomerDefinitions, headings: Headings) -> Opened:
    workbook = workbooks.read(path, shown)
    named = next((name for name in workbook.sheet_names if is_settings(name, definitions)), None)
    start = {folded(text) for text in definitions.workbook.sheet.values()}
    known = [name for name in workbook.sheet_names if name == named or folded(name) in start]
    sheets = grids_of(workbook, headings, known)
    settings = ((workbook.sheets[named], Source(shown, named)),) if named else ()
    return Opened(workbook.digest, sheets.grids, settings, sheets.others, sheets.headless)


def _open_text(path: Path, shown: str, definitions: CustomerDefinitions, headings: Headings) -> Opened:
    file = open_text(path, shown)
    digest = _digest(path)
    if is_settings(path.stem, definitions):
        return Opened(digest, settings=((sheet_of_text(file), Source(shown)),))
    named = headings.table_named(path.stem)
    head = headings.head([[head_text(text) for text in record] for record in file.first], named)
    if head is None:
        return Opened(digest, headless=(Source(shown),)) if named else Opened(digest, others=(Source(shown),))
    heads = tuple(head_text(text) for text in file.first[head.at])
    return Opened(digest, (grid_of_text(file, heads, head.at + 1, head.more, head.table.name),))


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
