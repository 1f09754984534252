"""Customers' data from the files they come in, to tables of typed columns; it judges no figure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.model import Finding, Source
from esgreport.read import workbook as workbooks
from esgreport.read.tables.build import Builder, joined
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.raw import Grid
from esgreport.read.tables.settings import default_settings, settings_of, settings_sheet
from esgreport.read.tables.sheets import grids_of
from esgreport.tables import CustomerTables, SettingValue


@dataclass(frozen=True, slots=True)
class _File:
    """What one file gave: grids that are tables, settings, its hash."""

    grids: tuple[Grid, ...]
    settings: Mapping[str, SettingValue]
    digest: str


def read(
    files: Sequence[tuple[Path, str]], definitions: Definitions, language: str
) -> tuple[CustomerTables, tuple[Finding, ...]]:
    """What `esgreport.read.read_tables` promises."""
    builder = Builder(definitions, language)
    headings = Headings(builder.customer)
    read_files = [_read_workbook(path, shown, builder, headings) for path, shown in files]
    tables = builder.customer.tables
    parts = [builder.table_of(grid, tables[grid.table], headings) for each in read_files for grid in each.grids]
    found = CustomerTables(
        files=tuple(shown for _, shown in files),
        tables={name: joined([part for part in parts if part.name == name], table) for name, table in tables.items()},
        settings={name: value for each in read_files for name, value in each.settings.items()},
        defaults=default_settings(builder),
        digests=tuple((shown, each.digest) for (_, shown), each in zip(files, read_files, strict=True)),
    )
    return found, tuple(builder.findings)


def _read_workbook(path: Path, shown: str, builder: Builder, headings: Headings) -> _File:
    workbook = workbooks.read(path, shown)
    sheet = settings_sheet(workbook, builder.customer)
    settings = settings_of(sheet, Source(shown, sheet.name), builder) if sheet else {}
    sheets = grids_of(workbook, headings, [sheet.name] if sheet else [])
    for source in sheets.others:
        builder.find("CX-01", source)
    for source in sheets.headless:
        builder.find("CX-17", source)
    return _File(sheets.grids, settings, hashlib.sha256(path.read_bytes()).hexdigest())
