"""Customers' data from the files they come in, to tables of typed columns; it judges no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.definitions.cx_exports import load_export
from esgreport.model import Finding
from esgreport.read.tables.build import Builder, joined
from esgreport.read.tables.coherence import coherent
from esgreport.read.tables.files import Known, Opened, open_file
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.raw import Grid
from esgreport.read.tables.settings import default_settings, settings_of
from esgreport.read.tables.wide import RESPONSES, asked_in
from esgreport.tables import CustomerTable as Table
from esgreport.tables import CustomerTables

QUESTIONS = "questions"


def read(
    files: Sequence[tuple[Path, str]], definitions: Definitions, language: str, maps: Sequence[Path] = ()
) -> tuple[CustomerTables, tuple[Finding, ...]]:
    """What `esgreport.read.read_tables` promises."""
    builder = Builder(definitions, language)
    headings = Headings(builder.customer)
    own = [load_export(path, builder.customer.columns) for path in maps]
    known = Known(builder.customer, headings, (*own, *builder.customer.exports))
    opened = [open_file(path, shown, known) for path, shown in files]
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


def read_one(
    name: str, file: tuple[Path, str], definitions: Definitions, language: str
) -> tuple[Table, tuple[Finding, ...]]:
    """What `esgreport.read.read_table` promises."""
    builder = Builder(definitions, language)
    headings = Headings(builder.customer)
    opened = open_file(*file, Known(builder.customer, headings, ()))
    for source in opened.headless:
        named = headings.table_named(source.sheet)
        if named and named.name == name:
            builder.find("CX-17", source)
    parts = [builder.table_of(grid, headings) for grid in opened.grids if grid.table == name]
    return joined(parts, builder.customer.tables[name]), tuple(builder.findings)


def _find_strangers(opened: Opened, builder: Builder) -> None:
    for source in opened.others:
        builder.find("CX-01", source)
    for source in opened.headless:
        builder.find("CX-17", source)
    for export in opened.exports:
        label = builder.table_label(builder.customer.tables[export.layout.table])
        taken = ", ".join(f"{ours} = “{theirs}”" for theirs, ours in export.taken)
        builder.find("CX-24", export.source, tool=export.layout.tool, table=label, columns=taken)
        if export.left_out:
            builder.find("CX-25", export.source, heads=", ".join(f"“{head[:60]}”" for head in export.left_out))


def _tables(grids: Sequence[Grid], builder: Builder, headings: Headings) -> Mapping[str, Table]:
    """Every table, the questions first: their codes are heads of responses that have a column for each."""
    defined = builder.customer.tables

    def parts(name: str) -> list[Grid]:
        return [grid for grid in grids if grid.table == name]

    questions = joined([builder.table_of(grid, headings) for grid in parts(QUESTIONS)], defined[QUESTIONS])
    asked = _questions_by_name(questions)
    worded = set(questions.frame["question_id"][questions.frame["metric"] == "text"].dropna())
    found = {QUESTIONS: questions}
    for name, definition in defined.items():
        if name != QUESTIONS:
            tables = []
            for grid in parts(name):
                heads = asked_in(grid, asked, worded) if name == RESPONSES else ()
                tables.append(builder.answers_of(grid, heads, headings) if heads else builder.table_of(grid, headings))
            found[name] = joined(tables, definition)
    return {name: found[name] for name in defined}


def _questions_by_name(questions: Table) -> Mapping[str, str]:
    """The codes of questions by wording and by code."""
    frame = questions.frame[questions.frame["question_id"].notna()]
    said = frame[frame["question_text"].notna()]
    by_wording = dict(zip(said["question_text"], said["question_id"], strict=True))
    return by_wording | {code: code for code in frame["question_id"]}
