"""Tables: one function a kind of block (numbers, matrix, table, changes); which concepts they show is in the layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from esgreport.compose.numbers import makes
from esgreport.compose.writer import DASH, Writer, row_column
from esgreport.definitions.layout import ChangesBlock, MatrixBlock, NumbersBlock, TableBlock, TableColumn
from esgreport.document import Column, Figure, Row, Table
from esgreport.model import Fact

Cells = Sequence[Fact | None]


def numbers_table(writer: Writer, block: NumbersBlock, place: str) -> Table | None:
    """Single figures, a row each; the unit stands in the header when all have the same. None where none is there."""
    names = (*block.concepts, *(name for name in block.totals if name not in block.concepts), *block.metrics)
    facts = [fact for fact in (writer.single(name) for name in names) if fact]
    if not facts:
        return None
    unit = _common_unit(writer, facts)
    rows = tuple(
        Row((Figure(writer.label(fact.concept)), _cell(writer, fact, unit)), total=fact.concept in block.totals)
        for fact in facts
    )
    year = writer.numbers.year(writer.filing.period)
    columns = (Column(writer.say("Figure")), Column(year, unit, numeric=True))
    paragraph = writer.paragraph(fact.concept for fact in facts)
    return Table(place, writer.text(block.caption), columns, rows, _computed(writer, facts), paragraph)


def _computed(writer: Writer, facts: Iterable[Fact]) -> str:
    """Which of a table's figures were not reported but computed."""
    names = [writer.label(fact.concept) for fact in facts if fact.inputs]
    return writer.say("Computed from figures reported: %(names)s.", names="; ".join(names)) if names else ""


def matrix_table(writer: Writer, block: MatrixBlock, place: str) -> Table | None:
    """Concepts down and members across; rows and columns without a fact are left out. None where nothing is there."""
    names = (*block.concepts, *(name for name in block.totals if name not in block.concepts))
    grid = [(name, [writer.at(name, block.axis, member) for member in block.members]) for name in names]
    if block.total:
        default = writer.definitions.axes[block.axis].default
        whole = writer.single(block.total)
        grid.append((block.total, [whole if member == default else None for member in block.members]))
    grid = [(name, cells) for name, cells in grid if any(cells)]
    if not grid:
        return None
    columns = [[cells[at] for _, cells in grid] for at in range(len(block.members))]
    headers = [
        _member_header(writer, block, member, column) for member, column in zip(block.members, columns, strict=True)
    ]
    if block.change:
        changes = {fact.inputs[0].concept: fact for fact in writer.of(block.change) if fact.inputs}
        columns.append([changes.get(name) for name, _ in grid])
        headers.append(_change_header(writer, list(changes.values())))
    kept = [(header, column) for header, column in zip(headers, columns, strict=True) if any(column)]
    totals = {*block.totals, block.total}
    paragraph = writer.paragraph(name for name, _ in grid)
    return _table(
        writer,
        Table(place, writer.text(block.caption), (Column(""),), (), _mismatch(writer, block), paragraph),
        kept,
        [(writer.label(name), name in totals) for name, _ in grid],
    )


def _change_header(writer: Writer, changes: Sequence[Fact]) -> str:
    years = {writer.numbers.year(fact.inputs[0].period) for fact in changes}
    return writer.say("Change since %(year)s", year=years.pop()) if len(years) == 1 else writer.say("Change")


def _mismatch(writer: Writer, block: MatrixBlock) -> str:
    """What the parts make and what the total is, where these are not the same."""
    whole = writer.single(block.total) if block.total else None
    parts = [fact for fact in (writer.single(name) for name in block.concepts) if fact]
    values = [fact.value for fact in parts if isinstance(fact.value, Decimal) and whole and fact.unit == whole.unit]
    if whole is None or not isinstance(whole.value, Decimal) or not values or len(values) < len(parts):
        return ""
    made = sum(values, Decimal(0))
    if makes(made, whole.value):
        return ""
    shown = writer.with_unit(replace(whole, value=made))
    return writer.say(
        "The parts make %(parts)s, the total reported is %(total)s.", parts=shown, total=writer.with_unit(whole)
    )


def _member_header(writer: Writer, block: MatrixBlock, member: str, column: Cells) -> str:
    fact = next((fact for fact in column if fact), None)
    if not block.periods or fact is None:
        return writer.text(block.short[member]) if member in block.short else writer.member(block.axis, member)
    year = writer.numbers.year(fact.period)
    return f"{year} ({writer.member(block.axis, member)})" if fact.dimensions else year


def axis_table(writer: Writer, block: TableBlock, place: str) -> Table | None:
    """A row for each value of the table's axis; columns without a fact are left out. None where nothing is there."""
    keyed: dict[tuple[str, ...], dict[int, Fact]] = {}
    members: dict[tuple[str, ...], str] = {}
    for at, column in enumerate(block.columns):
        for fact in _column_facts(writer, block, column):
            axis, member = fact.dimensions[0]
            key = (member, fact.source.sheet, str(row_column(fact)[0]))
            members[key] = writer.member(axis, member)
            keyed.setdefault(key, {}).setdefault(at, fact)
    if not keyed:
        return None
    order = sorted(keyed, key=lambda key: (key[1], int(key[2])))
    kept = [
        (_column_header(writer, column), [keyed[key].get(at) for key in order])
        for at, column in enumerate(block.columns)
        if any(at in row for row in keyed.values())
    ]
    names = dict.fromkeys(fact.concept for key in order for fact in keyed[key].values())
    definition = writer.definitions.tables[block.table]
    axis_header = writer.text(block.axis_header) or writer.text(writer.definitions.axes[definition.axes[0]].labels)
    caption = writer.text(block.caption) or writer.text(definition.labels)
    frame = Table(place, caption, (Column(axis_header),), (), paragraph=writer.paragraph(names))
    return _table(writer, frame, kept, [(members[key], False) for key in order])


def _column_facts(writer: Writer, block: TableBlock, column: TableColumn) -> list[Fact]:
    axis = writer.definitions.tables[block.table].axes[0]
    facts = [fact for name in column.concepts for fact in writer.of(name)]
    return [fact for fact in facts if [name for name, _ in fact.dimensions] == [axis]]


def _column_header(writer: Writer, column: TableColumn) -> str:
    return writer.text(column.header) or writer.label(column.concepts[0])


def changes_table(writer: Writer, block: ChangesBlock, place: str) -> Table | None:
    """The figures of one metric, a row a concept it was measured of. None where there are none."""
    facts = writer.of(block.metric)
    if not facts:
        return None
    last = facts[0].inputs[-1]
    year = writer.numbers.year(last.period)
    members = ", ".join(writer.member(axis, member) for axis, member in last.dimensions)
    rows = tuple(
        Row((Figure(writer.label(fact.inputs[0].concept)), writer.figure(fact))) for fact in facts if fact.inputs
    )
    columns = (Column(writer.say("Figure")), Column(f"{year} ({members})" if members else year, numeric=True))
    note = writer.say("Computed from figures reported: %(names)s.", names=writer.label(block.metric))
    return Table(place, writer.text(block.caption), columns, rows, note, writer.paragraph([block.metric]))


def _table(
    writer: Writer, frame: Table, columns: Sequence[tuple[str, Cells]], heads: Sequence[tuple[str, bool]]
) -> Table:
    """A table from its frame, its columns of facts and its row heads (label, and whether it is a total)."""
    described: list[Column] = [*frame.columns]
    shown: list[list[Figure]] = []
    for header, facts in columns:
        there = [fact for fact in facts if fact]
        unit = _common_unit(writer, there)
        places = _common_places(writer, there)
        described.append(Column(header, unit, numeric=all(_is_numeric(writer, fact) for fact in there)))
        shown.append([_cell(writer, fact, unit, places) for fact in facts])
    rows = tuple(
        Row((Figure(label), *(column[at] for column in shown)), total=total) for at, (label, total) in enumerate(heads)
    )
    return Table(frame.id, frame.caption, tuple(described), rows, frame.note, frame.paragraph)


def _is_numeric(writer: Writer, fact: Fact) -> bool:
    """Whether a fact stands in a numeric column."""
    concept = writer.concept(fact)
    return concept.numeric if concept else writer.metric(fact) is not None


def _common_places(writer: Writer, facts: Sequence[Fact]) -> int:
    """As many places for all numbers of one unit, so that they compare at a glance; very small ones keep their own."""
    if len({(fact.unit, writer.is_percent(fact)) for fact in facts}) != 1:
        return 0
    return max((writer.places(fact) for fact in facts if not writer.is_minute(fact)), default=0)


def _common_unit(writer: Writer, facts: Iterable[Fact]) -> str:
    units = {writer.unit(fact) for fact in facts}
    return units.pop() if len(units) == 1 else ""


def _cell(writer: Writer, fact: Fact | None, common: str, places: int = 0) -> Figure:
    if fact is None:
        return DASH
    figure = writer.figure(fact, max(places, writer.places(fact)))
    return Figure(figure.text, "", figure.facts, figure.notes) if common else figure
