"""Tables: one function a kind of block (numbers, matrix, table, changes); which concepts they show is in the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from esgreport.compose.columns import Cells, NumberColumn, table_of
from esgreport.compose.numbers import makes
from esgreport.compose.writer import Writer, row_column
from esgreport.compose.years import Told, before, before_at
from esgreport.definitions.layout import ChangesBlock, MatrixBlock, NumbersBlock, TableBlock, TableColumn
from esgreport.document import Column, Figure, Row, Table
from esgreport.model import Fact


@dataclass(frozen=True, slots=True)
class Line:
    """A row before it is text: its head, this year's fact, those of earlier years, and whether it is a total."""

    head: str
    now: Fact | None
    before: Sequence[Told | None] = ()
    total: bool = False


# ── the kinds ──


def numbers_table(writer: Writer, block: NumbersBlock, place: str) -> Table | None:
    """Single figures, a row each; the unit stands in the header when all have the same. None where none is there."""
    names = (*block.concepts, *(name for name in block.totals if name not in block.concepts), *block.metrics)
    lines = [
        Line(writer.label(name), writer.single(name), before_at(writer, name, ()), total=name in block.totals)
        for name in names
    ]
    facts = [line.now for line in lines if line.now]
    if not facts:
        return None
    paragraph = writer.paragraph(fact.concept for fact in facts)
    frame = Table(place, writer.text(block.caption), (), (), _computed(writer, facts), paragraph)
    return lines_table(writer, frame, lines)


def lines_table(writer: Writer, frame: Table, lines: Sequence[Line]) -> Table:
    """A table of single figures: a column a year, then by how much the figures differ from the year before."""
    shown = [line for line in lines if line.now or any(line.before)]
    year = writer.numbers.year(writer.filing.period)
    column = NumberColumn(year, [line.now for line in shown], [line.before for line in shown], differences=True)
    frame = replace(frame, columns=(Column(writer.say("Figure")),))
    return table_of(writer, frame, [column], [(line.head, line.total) for line in shown])


def _computed(writer: Writer, facts: Iterable[Fact]) -> str:
    """Which of a table's figures were not reported but computed."""
    names = [writer.label(fact.concept) for fact in facts if fact.inputs]
    return writer.say("Computed from figures reported: %(names)s.", names="; ".join(names)) if names else ""


def matrix_table(writer: Writer, block: MatrixBlock, place: str) -> Table | None:
    """Concepts down and members across; rows and columns without a fact are left out. None where nothing is there."""
    names = (*block.concepts, *(name for name in block.totals if name not in block.concepts))
    default = writer.definitions.axes[block.axis].default
    grid = [(name, [writer.at(name, block.axis, member) for member in block.members]) for name in names]
    if block.total:
        whole = writer.single(block.total)
        grid.append((block.total, [whole if member == default else None for member in block.members]))
    grid = [(name, cells) for name, cells in grid if any(cells)]
    if not grid:
        return None
    columns = [
        _member_column(writer, block, member, [(name, cells[at]) for name, cells in grid])
        for at, member in enumerate(block.members)
    ]
    if block.change:
        changes = {fact.inputs[0].concept: fact for fact in writer.of(block.change) if fact.inputs}
        header = _change_header(writer, list(changes.values()))
        columns.append(NumberColumn(header, [changes.get(name) for name, _ in grid]))
    totals = {*block.totals, block.total}
    paragraph = writer.paragraph(name for name, _ in grid)
    frame = Table(place, writer.text(block.caption), (Column(""),), (), _mismatch(writer, block), paragraph)
    kept = [column for column in columns if any(column.facts)]
    return table_of(writer, frame, kept, [(writer.label(name), name in totals) for name, _ in grid])


def _member_column(
    writer: Writer, block: MatrixBlock, member: str, cells: Sequence[tuple[str, Fact | None]]
) -> NumberColumn:
    """The column of a member: with earlier years, unless it is a year itself; the default one with the difference."""
    facts = [fact for _, fact in cells]
    header = _member_header(writer, block, member, facts)
    default = writer.definitions.axes[block.axis].default
    if not writer.earlier or (block.periods and (member != default or _has_year_before(writer, block))):
        return NumberColumn(header, facts)
    dimensions = () if member == default else ((block.axis, member),)
    earlier = [before(writer, fact) if fact else before_at(writer, name, dimensions) for name, fact in cells]
    group = "" if block.periods else header
    return NumberColumn(header, facts, earlier, group, differences=member == default)


def _has_year_before(writer: Writer, block: MatrixBlock) -> bool:
    """Whether one of the years across is the year before, as this year's report states it."""
    last = writer.earlier[0].filing.period.end
    members = [member for member in block.members if member != writer.definitions.axes[block.axis].default]
    facts = (writer.at(name, block.axis, member) for name in block.concepts for member in members)
    return any(fact.period.end == last for fact in facts if fact)


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


Key = tuple[str, str, int]
"""A row of a table: the axis's value, then its place in the workbook."""


def axis_table(writer: Writer, block: TableBlock, place: str) -> Table | None:
    """A row for each value of the table's axis; columns without a fact are left out. None where nothing is there.

    A value of a list that only the year before has gets a row too, for what has ceased.
    """
    definition = writer.definitions.tables[block.table]
    axis = definition.axes[0]
    keyed: dict[Key, dict[int, Fact]] = {}
    for at, column in enumerate(block.columns):
        for fact in _column_facts(writer, axis, column):
            key = (fact.dimensions[0][1], fact.source.sheet, row_column(fact)[0])
            keyed.setdefault(key, {}).setdefault(at, fact)
    if not keyed:
        return None
    order = sorted(keyed, key=lambda key: key[1:])
    order += [(member, "", 0) for member in _ceased(writer, axis, block)]
    columns = [
        _axis_column(writer, axis, column, [(key[0], keyed.get(key, {}).get(at)) for key in order])
        for at, column in enumerate(block.columns)
    ]
    columns = [column for column in columns if any(column.facts)]
    if sum(any(isinstance(fact.value, Decimal) for fact in column.facts if fact) for column in columns) == 1:
        columns = [replace(column, differences=True) for column in columns]
    names = dict.fromkeys(fact.concept for key in order for fact in keyed.get(key, {}).values())
    axis_header = writer.text(block.axis_header) or writer.text(writer.definitions.axes[axis].labels)
    caption = writer.text(block.caption) or writer.text(definition.labels)
    frame = Table(place, caption, (Column(axis_header),), (), paragraph=writer.paragraph(names))
    return table_of(writer, frame, columns, [(writer.member(axis, key[0]), False) for key in order])


def _axis_column(
    writer: Writer, axis: str, column: TableColumn, cells: Sequence[tuple[str, Fact | None]]
) -> NumberColumn:
    """A column of a table, with the year before where that has a figure for a row."""
    header = _column_header(writer, column)
    facts = [fact for _, fact in cells]
    rows = Counter(member for member, _ in cells)
    earlier = [
        _row_before(writer, column, ((axis, member),), fact) if fact or rows[member] == 1 else (None,)
        for member, fact in cells
    ]
    numeric = any(any(told) for told in earlier)
    return NumberColumn(header, facts, earlier, header) if numeric else NumberColumn(header, facts)


def _row_before(
    writer: Writer, column: TableColumn, dimensions: tuple[tuple[str, str], ...], fact: Fact | None
) -> tuple[Told | None, ...]:
    names = [fact.concept] if fact else column.concepts if writer.earlier else []
    if fact and len(writer.in_context(fact.concept, dimensions)) > 1:
        return (None,)  # which of two rows it was last year cannot be known
    found = (before_at(writer, name, dimensions)[:1] for name in names)
    return next((told for told in found if any(told)), (None,))


def _ceased(writer: Writer, axis: str, block: TableBlock) -> tuple[str, ...]:
    """The values of a list that only the year before has figures for."""
    if not writer.earlier or writer.definitions.axes[axis].kind == "typed":
        return ()
    now, then = (
        dict.fromkeys(
            fact.dimensions[0][1]
            for column in block.columns
            for fact in _column_facts(year, axis, column)
            if isinstance(fact.value, Decimal)
        )
        for year in (writer, writer.earlier[0])
    )
    gone = (member for member in then if member not in now)
    return tuple(
        member
        for member in gone
        if any(any(_row_before(writer, column, ((axis, member),), None)) for column in block.columns)
    )


def _column_facts(writer: Writer, axis: str, column: TableColumn) -> list[Fact]:
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
