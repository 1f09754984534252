"""Customers' data from the files they come in, to tables of typed columns; it judges no figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.definitions.cx import CustomerTable
from esgreport.model import Finding
from esgreport.read.tables.build import Builder, joined
from esgreport.read.tables.coherence import coherent
from esgreport.read.tables.files import Opened, open_file
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.raw import Grid
from esgreport.read.tables.settings import default_settings, settings_of
from esgreport.read.tables.wide import RESPONSES, long_grids
from esgreport.tables import CustomerTable as Table
from esgreport.tables import CustomerTables

QUESTIONS = "questions"


def read(
    files: Sequence[tuple[Path, str]], definitions: Definitions, language: str
) -> tuple[CustomerTables, tuple[Finding, ...]]:
    """What `esgreport.read.read_tables` promises."""
    builder = Builder(definitions, language)
    headings = Headings(builder.customer)
    opened = [open_file(path, shown, builder.customer, headings) for path, shown in files]
    for each in opened:
        _find_strangers(each, builder)
    grids = [grid for each in opened for grid in each.grids]
    settings = {
        name: value
        for each in opened
        for sheet, source in each.settings
        for name, value in settings_of(sheet, source, builder).items()
    }
    tables = coherent(_tables(grids, builder, headings), builder)
    found = CustomerTables(
        files=tuple(shown for _, shown in files),
        tables=tables,
        settings=settings,
        defaults=default_settings(builder),
        digests=tuple((shown, each.digest) for (_, shown), each in zip(files, opened, strict=True)),
    )
    return found, tuple(builder.findings)


def _find_strangers(opened: Opened, builder: Builder) -> None:
    for source in opened.others:
        builder.find("CX-01", source)
    for source in opened.headless:
        builder.find("CX-17", source)


def _tables(grids: Sequence[Grid], builder: Builder, headings: Headings) -> Mapping[str, Table]:
    """Every table, the questions first: their codes are heads of responses that have a column for each."""
    defined = builder.customer.tables

    def table(definition: CustomerTable, parts: Iterable[Grid]) -> Table:
        return joined([builder.table_of(grid, definition, headings) for grid in parts], definition)

    questions = table(defined[QUESTIONS], [grid for grid in grids if grid.table == QUESTIONS])
    found = {QUESTIONS: questions}
    for name, definition in defined.items():
        if name != QUESTIONS:
            parts = [grid for grid in grids if grid.table == name]
            found[name] = table(definition, _long(parts, questions) if name == RESPONSES else parts)
    return {name: found[name] for name in defined}


def _long(grids: Iterable[Grid], questions: Table) -> Iterator[Grid]:
    codes = questions.frame["question_id"].dropna()
    worded = codes[(questions.frame["metric"] == "text").reindex(codes.index)]
    for grid in grids:
        yield from long_grids(grid, codes, worded)
