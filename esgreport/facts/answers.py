"""Every filled cell of the bound ranges as one answer: a fact, or the reason why it is none; nothing is left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from esgreport.definitions import Axis, Concept, Definitions
from esgreport.facts import units
from esgreport.facts.names import Binding, Bindings
from esgreport.facts.values import (
    Reader,
    Refusal,
    decimals_of,
    is_filled,
    read_axis,
    read_member,
    read_value,
    text_of,
)
from esgreport.model import Area, Cell, CellError, Fact, FactValue, Period, Source, Workbook, cell_reference

NO_MEMBERS = "none"
"""What the official template's lists offer for "nothing applies": an empty set, which is an answer too."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a fact is about, but for its concept: its period, its unit, and its dimensions."""

    period: Period
    unit: str | None
    dimensions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A filled cell (or, for ticks, their range): the fact it gives, or why it gives none."""

    source: Source
    concept: str
    result: Fact | Refusal
    culprit: Source | None = None
    """The cell that is to be mended, when it is another one (a unit cell, a row's identifier)."""
    context: Context | None = None
    """For a formula without a result: what its number would be about."""
    number_format: str = ""


@dataclass(frozen=True)
class Desk:
    """All that reading answers needs to have at hand."""

    workbook: Workbook
    bindings: Bindings
    definitions: Definitions
    currency: str
    period: Period
    years: Mapping[str, Period | None]
    """The period of a member that stands for a year of its own (base year, target year); None when it has none."""
    readers: Mapping[str, Reader]
    """How each sheet is read."""

    def source(self, area: Area, name: str) -> Source:
        """An area of the workbook as a source."""
        return Source(self.workbook.file, area.sheet, area.reference, name)

    def filled(self, area: Area) -> Iterator[tuple[int, int, Cell]]:
        """The filled cells of an area, row by row."""
        cells = self.workbook.sheets[area.sheet].cells
        height, width = area.bottom - area.top + 1, area.right - area.left + 1
        places: Iterable[tuple[int, int]]
        if height * width <= len(cells):
            places = itertools.product(range(area.top, area.bottom + 1), range(area.left, area.right + 1))
        else:  # a name may cover a hundred thousand cells of which three are filled
            places = sorted(
                (row, column)
                for row, column in cells
                if area.top <= row <= area.bottom and area.left <= column <= area.right
            )
        for row, column in places:
            cell = cells.get((row, column))
            if cell is not None and is_filled(cell):
                yield row, column, cell


def read_answers(desk: Desk) -> Iterator[Answer]:
    """The answers of all bound ranges; a cell that two concepts share (mass or volume) gives one for each."""
    for binding in desk.bindings.values:
        concept = desk.definitions.concepts[binding.concept]
        if concept.type == "enumeration_set":
            yield from _set_answers(desk, binding, concept)
        else:
            yield from _cell_answers(desk, binding, concept)
    yield from _lonely_row_headers(desk)


def answer_cells(desk: Desk) -> tuple[tuple[str, Source], ...]:
    """Pairs of concept and the cell its answer belongs in, filled or not; of a table's column the first, one each.

    Pairs of axis and the first cell for the headings of a table's rows come after them, one for each such column.
    """
    found: dict[str, Source] = {}
    for binding in desk.bindings.values:
        concept, area = desk.definitions.concepts[binding.concept], binding.area
        if concept.type != "enumeration_set" and concept.table and not binding.preset:
            area = Area(area.sheet, area.top, area.left, area.top, area.left)
        if concept.name not in found or not binding.preset:
            found[concept.name] = desk.source(area, binding.name)
    headings = (
        (axis.concept, desk.source(replace(axis.area, bottom=axis.area.top, right=axis.area.left), axis.name))
        for axis in desk.bindings.axes
    )
    return (*found.items(), *headings)


def _cell_answers(desk: Desk, binding: Binding, concept: Concept) -> Iterator[Answer]:
    """One answer a row of a table; of a single range its first cell, further filled ones being too many."""
    axes = _axis_ranges(desk, binding, concept)
    in_rows = bool(axes) or _lacks_an_axis(desk, binding, concept)
    seen_rows: set[int] = set()
    for row, column, cell in desk.filled(binding.area):
        if axes and cell.value is None and not _row_is_begun(desk, binding, axes, row):
            continue  # a template's own formula in a row nobody filled in
        source = Source(desk.workbook.file, binding.area.sheet, cell_reference(row, column), binding.name)
        first = row not in seen_rows if in_rows else not seen_rows
        seen_rows.add(row)
        if not first:
            yield Answer(source, concept.name, Refusal("CELL-10", {"concept": concept.name}))
            continue
        if not in_rows:
            source = desk.source(binding.area, binding.name)
        answer = _answer(desk, _Place(binding, concept, source, row, axes), cell)
        if not _is_unticked_box(cell, answer):
            yield answer


def _row_is_begun(desk: Desk, binding: Binding, axes: tuple[Binding, ...], row: int) -> bool:
    """Whether a person filled in something on this row of a table: a heading of their own, or a value."""
    headings = (
        cell
        for axis in axes
        for _, _, cell in desk.filled(_row_of(axis.area, row))
        if not _is_preprinted(cell, desk.definitions.axes[axis.concept])
    )
    if any(True for _ in headings):
        return True
    table = desk.definitions.concepts[binding.concept].table
    columns = (other for other in desk.bindings.values if desk.definitions.concepts[other.concept].table == table)
    return any(
        cell.value not in (None, False)
        for other in columns
        if other.area.sheet == binding.area.sheet
        for _, _, cell in desk.filled(_row_of(other.area, row))
        if other.area.top <= row <= other.area.bottom
    )


def _is_unticked_box(cell: Cell, answer: Answer) -> bool:
    """Whether this is a box the template left unticked in a row nobody filled in: no answer of anybody's."""
    return cell.value is False and isinstance(answer.result, Refusal) and answer.result.code in ("AXIS-01", "AXIS-03")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer stands: its range, its cell, and the ranges its axes are read from."""

    binding: Binding
    concept: Concept
    source: Source
    row: int
    axes: tuple[Binding, ...]


def _answer(desk: Desk, place: _Place, cell: Cell) -> Answer:
    concept, source = place.concept, place.source

    def refused(refusal: Refusal, culprit: Source | None = None) -> Answer:
        why = Refusal(refusal.code, {"concept": concept.name, **refusal.values})
        return Answer(source, concept.name, why, culprit)

    context, culprit = _context(desk, place)
    if cell.value is None:
        known = context if isinstance(context, Context) else None
        missing = Refusal("CELL-02", {"concept": concept.name})
        return Answer(source, concept.name, missing, context=known, number_format=cell.number_format)
    if isinstance(context, Refusal):
        return refused(context, culprit)
    value = read_value(cell, concept, desk.readers[source.sheet])
    if isinstance(value, Refusal):
        return refused(value)
    return Answer(source, concept.name, fact_in(context, concept, value, (source, cell.number_format)))


def fact_in(context: Context, concept: Concept, value: FactValue, cell: tuple[Source, str]) -> Fact:
    """The fact of a value in its context, from a cell: where it stands, and its number format."""
    source, number_format = cell
    return Fact(
        concept=concept.name,
        value=value,
        period=context.period,
        unit=context.unit,
        decimals=decimals_of(number_format) if concept.numeric else None,
        dimensions=context.dimensions,
        source=source,
    )


def _context(desk: Desk, place: _Place) -> tuple[Context | Refusal, Source | None]:
    """What an answer is about; or why that cannot be said, and the cell to mend."""
    unit, unit_source = _unit(desk, place)
    if isinstance(unit, Refusal):
        return unit, unit_source
    dimensions, culprit = _dimensions(desk, place)
    if isinstance(dimensions, Refusal):
        return dimensions, culprit
    period = period_of(desk, place.concept, dimensions)
    if period is None:
        member = dict(dimensions)["ReportingScopesAxis"]
        year_area = desk.bindings.members.get(member)
        return Refusal("TIME-01"), desk.source(year_area, member) if year_area else None
    return Context(period, unit, dimensions), None


def period_of(desk: Desk, concept: Concept, dimensions: tuple[tuple[str, str], ...]) -> Period | None:
    """A fact's period: the reporting period or the year its member stands for, or that period's last day."""
    span: Period | None = desk.period
    for _, member in dimensions:
        if member in desk.years:
            span = desk.years[member]
    if span is None or concept.period == "duration":
        return span
    return Period(span.end)


def _unit(desk: Desk, place: _Place) -> tuple[str | Refusal | None, Source | None]:
    """The unit of a number, None for what is none; or why there is none, and the cell to mend."""
    concept = place.concept
    if not concept.numeric:
        return None, None
    area = desk.bindings.units.get(concept.name)
    if area is None or not units.has_unit_cell(concept):
        unit = units.own_unit(concept, desk.currency, desk.definitions)
        return unit or Refusal("UNIT-03"), None
    row = place.row if area.top <= place.row <= area.bottom and area.bottom > area.top else area.top
    source = Source(desk.workbook.file, area.sheet, cell_reference(row, area.left), f"{concept.name}_unit")
    cell = desk.workbook.cell(area.sheet, row, area.left)
    if not is_filled(cell) or isinstance(cell.value, CellError):
        return Refusal("UNIT-01"), source
    text = text_of(cell.value)
    named = units.written_units(text, desk.definitions)
    if not named and (english := desk.readers[area.sheet].translated(text)):
        named = units.written_units(english, desk.definitions)
    found = units.fitting_unit(named, concept, desk.definitions)
    return found or Refusal("UNIT-02", {"text": text}), source


def _dimensions(desk: Desk, place: _Place) -> tuple[tuple[tuple[str, str], ...] | Refusal, Source | None]:
    """The sorted dimensions of an answer without default members; or why its row has none, and the cell to mend."""
    found: dict[str, str] = dict([place.binding.preset] if place.binding.preset else [])
    for axis_range in place.axes:
        axis = desk.definitions.axes[axis_range.concept]
        row_header = next(iter(desk.filled(_row_of(axis_range.area, place.row))), None)
        if row_header is None:
            here = Area(axis_range.area.sheet, place.row, axis_range.area.left, place.row, axis_range.area.left)
            return Refusal("AXIS-01", {"axis": axis.name}), desk.source(here, axis_range.name)
        row, column, cell = row_header
        member = read_axis(cell, axis, desk.readers[axis_range.area.sheet])
        if isinstance(member, Refusal):
            return member, Source(
                desk.workbook.file, axis_range.area.sheet, cell_reference(row, column), axis_range.name
            )
        found[axis.name] = member
    wanted = desk.definitions.tables[place.concept.table].axes if place.concept.table else []
    for name in wanted:
        if name not in found and not desk.definitions.axes[name].default:
            return Refusal("AXIS-03", {"axis": name}), desk.source(place.binding.area, place.binding.name)
    defaults = {desk.definitions.axes[axis].default for axis in found}
    return tuple(sorted((axis, member) for axis, member in found.items() if member not in defaults)), None


def _row_of(area: Area, row: int) -> Area:
    return Area(area.sheet, row, area.left, row, area.right)


def _axis_ranges(desk: Desk, binding: Binding, concept: Concept) -> tuple[Binding, ...]:
    """The axis columns that speak for a range: of its table, beside it on the same rows."""
    table = desk.definitions.tables.get(concept.table)
    if table is None or binding.preset:
        return ()
    frames = [frame.area for frame in desk.bindings.tables if frame.concept == table.name]
    frame = next((area for area in frames if binding.area.inside(area)), None)
    return tuple(
        axis
        for axis in desk.bindings.axes
        if axis.concept in table.axes
        and axis.area.sheet == binding.area.sheet
        and axis.area.top <= binding.area.bottom
        and binding.area.top <= axis.area.bottom
        and (frame is None or axis.area.inside(frame))
    )


def _lacks_an_axis(desk: Desk, binding: Binding, concept: Concept) -> bool:
    """Whether a range is a column of a table of which no column says what its rows are for."""
    table = desk.definitions.tables.get(concept.table)
    wanted = [axis for axis in table.axes if not desk.definitions.axes[axis].default] if table else []
    return bool(wanted) and not binding.preset and not _axis_ranges(desk, binding, concept)


def _lonely_row_headers(desk: Desk) -> Iterator[Answer]:
    """Row headers (a site's id, a pollutant) beside which nothing was filled in: they would vanish without a word."""
    ranges = [(value, axis) for value in desk.bindings.values for axis in _axes_of(desk, value)]
    for axis in desk.bindings.axes:
        columns = [value.area for value, its_axis in ranges if its_axis == axis]
        if not columns:
            continue
        for row, column, cell in desk.filled(axis.area):
            if _is_preprinted(cell, desk.definitions.axes[axis.concept]):
                continue
            if not any(next(iter(desk.filled(_row_of(area, row))), None) for area in columns):
                source = Source(desk.workbook.file, axis.area.sheet, cell_reference(row, column), axis.name)
                yield Answer(source, axis.concept, Refusal("AXIS-02"))


def _is_preprinted(cell: Cell, axis: Axis) -> bool:
    """Whether a row header is one of the running numbers that templates print before anyone fills them in."""
    return axis.kind == "typed" and isinstance(cell.value, Decimal)


def _axes_of(desk: Desk, binding: Binding) -> tuple[Binding, ...]:
    return _axis_ranges(desk, binding, desk.definitions.concepts[binding.concept])


def _set_answers(desk: Desk, binding: Binding, concept: Concept) -> Iterator[Answer]:
    """A set's one fact from ticks or texts; a text that names no member is an answer of its own."""
    members: set[str] = set()
    said_none = False
    cells = [found for found in desk.filled(binding.area) if not _is_failed(found[2])]
    yield from _first_failure(desk, binding, concept)
    for row, column, cell in cells:
        member = _set_member(desk, concept, cell, _offset(binding.area, (row, column), cells))
        if isinstance(member, Refusal):
            source = Source(desk.workbook.file, binding.area.sheet, cell_reference(row, column), binding.name)
            yield Answer(source, concept.name, Refusal(member.code, {"concept": concept.name, **member.values}))
        elif member == NO_MEMBERS:
            said_none = True
        elif member:
            members.add(member)
    source = desk.source(binding.area, binding.name)
    if said_none and members:
        yield Answer(source, concept.name, Refusal("CELL-11", {"concept": concept.name}))
    elif said_none or members:
        period = desk.period if concept.period == "duration" else Period(desk.period.end)
        yield Answer(source, concept.name, Fact(concept.name, tuple(sorted(members)), period, source=source))


def _is_failed(cell: Cell) -> bool:
    return cell.value is None or isinstance(cell.value, CellError)


def _first_failure(desk: Desk, binding: Binding, concept: Concept) -> Iterator[Answer]:
    """One answer for all cells of a set that have an error or no result: they are one list, with one cure."""
    for row, column, cell in desk.filled(binding.area):
        if _is_failed(cell):
            source = Source(desk.workbook.file, binding.area.sheet, cell_reference(row, column), binding.name)
            error = {"error": cell.value.value} if isinstance(cell.value, CellError) else {}
            yield Answer(
                source, concept.name, Refusal("CELL-01" if error else "CELL-02", {"concept": concept.name, **error})
            )
            return


def _set_member(desk: Desk, concept: Concept, cell: Cell, offset: int) -> str | Refusal:
    """The member a cell of a set stands for: by its place for a tick, by its text; empty for what is not ticked."""
    codes = desk.definitions.code_list(concept.members)
    reader = next(iter(desk.readers.values()))
    text = text_of(cell.value).strip()
    if text.casefold() in ("true", "false"):
        ticked = text.casefold() == "true" and offset < len(codes.domain)
        return codes.domain[offset].member if ticked else ""
    if text.casefold() == NO_MEMBERS:
        return NO_MEMBERS
    return read_member(text, concept.members, reader)


def _offset(area: Area, place: tuple[int, int], cells: list[tuple[int, int, Cell]]) -> int:
    """A tick's place along the direction in which the range is filled, or else its longer side."""
    row, column = place
    in_one_column = len({column for _, column, _ in cells}) == 1
    in_one_row = len({row for row, _, _ in cells}) == 1
    tall = area.bottom - area.top >= area.right - area.left
    down = in_one_column if in_one_column != in_one_row else tall
    return row - area.top if down else column - area.left
