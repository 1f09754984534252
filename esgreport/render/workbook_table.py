"""Open tables: a row a site, a waste, a country; as many rows as are laid out, or as the facts need."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from esgreport.definitions import Axis, Concept
from esgreport.definitions.workbook import TableBlock, TableColumn
from esgreport.model import Area, Fact, cell_reference
from esgreport.render.workbook_cells import add_status, answer_role, check_of, content_of, unit_check
from esgreport.render.workbook_desk import UNITS_WITHOUT_CELL, Desk, quoted
from esgreport.render.workbook_entries import Dimensions, number_format, rows_of
from esgreport.render.workbook_formulas import Question, Status, groups_name, settled, status_of, sum_of_cells
from esgreport.render.workbook_matrix import letter
from esgreport.render.workbook_shapes import Box, Check, Content, PlannedSheet, Role, Style, height_of


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as it is laid out: its block, axis, first and last row, and what each row is for."""

    block: TableBlock
    axis: Axis
    top: int
    rows: tuple[tuple[str, str], ...]
    """The axis's value and the unit of each row; both empty for a row still to be filled in."""

    @property
    def bottom(self) -> int:
        return self.top + len(self.rows) - 1

    @property
    def axis_column(self) -> TableColumn:
        return next(column for column in self.block.columns if column.axis)

    @property
    def unit_column(self) -> TableColumn | None:
        return next((column for column in self.block.columns if column.unit), None)


def add_table(desk: Desk, sheet: PlannedSheet, block: TableBlock) -> None:
    """An open table, its heading's status included, from the sheet's next free row on."""
    heading = sheet.row - 1
    axis = desk.axis_of(block.table)
    columns = frozenset(concept for column in block.columns for concept in column.concepts)
    rows = rows_of(desk.entries.facts, axis.name, axis.default, columns)
    rows += [("", "")] * (block.rows - len(rows))
    _add_heads(desk, sheet, block)
    table = _Table(block, axis, sheet.row, tuple(rows))
    seen: set[str] = set()
    for index, (value, unit) in enumerate(rows):
        _add_row(desk, sheet, table, _Row(table.top + index, value, unit, value in seen))
        seen.add(value)
    _name_ranges(desk, sheet, table)
    _add_checks(desk, sheet, table)
    sheet.row = table.bottom + 1
    _add_table_status(desk, sheet, table, heading)


def _add_heads(desk: Desk, sheet: PlannedSheet, block: TableBlock) -> None:
    style = Style("column", theme=sheet.theme)
    used = {letter(column.at) for column in block.columns} | {letter(block.status_at)}
    for at in range(1, max(used) + 1):
        sheet.add(Box(sheet.row, at, style, desk.text("row") if at == 1 else None))
    for column in block.columns:
        numeric = bool(column.concepts) and desk.concept(column.concepts[0]).numeric
        head = Style("column_number" if numeric else "column_answer", theme=sheet.theme)
        sheet.add(Box(sheet.row, letter(column.at), head, _head(desk, column)))
        sheet.tall(sheet.row, height_of(_head(desk, column), sheet.width(letter(column.at)), 9))
    sheet.add(Box(sheet.row, letter(block.status_at), Style("column_answer", theme=sheet.theme), desk.text("status")))
    sheet.row += 1
    if sheet.frozen_rows == 2:
        sheet.frozen_rows = sheet.row - 1


def _head(desk: Desk, column: TableColumn) -> str:
    if column.label:
        return desk.say(column.label)
    if column.axis:
        return desk.say(desk.definitions.axes[column.axis].labels)
    if column.concepts:
        return desk.say(desk.concept(column.concepts[0]).labels)
    return desk.text("unit" if column.unit else "hazard")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: where it is, what it is for, and whether the same value had a row above."""

    row: int
    value: str
    unit: str
    repeated: bool


def _add_row(desk: Desk, sheet: PlannedSheet, table: _Table, row: _Row) -> None:
    sheet.add(Box(row.row, 1, Style("reference", theme=sheet.theme), Decimal(row.row - table.top + 1)))
    used = {letter(column.at) for column in table.block.columns}
    for gap in set(range(2, letter(table.block.status_at))) - used:
        sheet.add(Box(row.row, gap, Style("fixed", theme=sheet.theme)))
    tallest = 21.0
    filled: set[str] = set()
    for column in table.block.columns:
        text = _add_cell(desk, sheet, table, column, row)
        if text is not None:
            filled.add(column.at)
        if isinstance(text, str):
            tallest = max(tallest, height_of(text, sheet.width(letter(column.at))))
    sheet.tall(row.row, tallest)
    place = Box(row.row, letter(table.block.status_at), Style("status", theme=sheet.theme))
    add_status(desk, sheet, place, _row_status(desk, table, row, filled))


def _add_cell(desk: Desk, sheet: PlannedSheet, table: _Table, column: TableColumn, row: _Row) -> Content:
    """A cell of the row. Returns what it holds; a formula's result does not count."""
    at, theme = letter(column.at), sheet.theme
    if column.axis:
        shown = row.value if not table.axis.members or not row.value else desk.member(table.axis.members, row.value)
        sheet.add(Box(row.row, at, Style("text_answer", "@", theme), shown or None))
        return shown or None
    if column.unit:
        sign = desk.symbol(row.unit) if row.unit else None
        sheet.add(Box(row.row, at, Style("unit_answer", theme=theme), sign))
        return sign
    if column.group:
        _add_group(desk, sheet, table, at, row)
        return None
    return _add_value(desk, sheet, table, column, row)


def _add_value(desk: Desk, sheet: PlannedSheet, table: _Table, column: TableColumn, row: _Row) -> Content:
    concept = _concept_in(desk, column, row.unit)
    dimensions = _dimensions(table.axis, row.value)
    # Words of a value with two rows, one a unit, stand in the first.
    wanted = bool(row.value) and (concept.numeric or not row.repeated)
    fact = desk.entries.take(concept.name, dimensions, row.unit or None) if wanted and concept.numeric else None
    if wanted and not concept.numeric:
        fact = desk.entries.take(concept.name, dimensions)
    formula = _total(desk, table, column, row, fact)
    role: Role = "computed" if formula else answer_role(concept)
    shown = "@" if concept.type == "text" else number_format(concept, None, fact)
    value = content_of(desk, concept, fact.value) if fact else ("" if formula else None)
    sheet.add(Box(row.row, letter(column.at), Style(role, shown, sheet.theme), value, formula))
    return None if formula else value


def _total(desk: Desk, table: _Table, column: TableColumn, row: _Row, fact: Fact | None) -> str:
    """The formula of a row's total, empty where the cell takes an answer."""
    if not column.sum_of:
        return ""
    parts = [part for part in table.block.columns if part.at in column.sum_of]
    dimensions = _dimensions(table.axis, row.value)
    facts = [desk.entries.look(_concept_in(desk, part, row.unit).name, dimensions, row.unit) for part in parts]
    values = [part.value if part and isinstance(part.value, Decimal) else None for part in facts]
    cells = [cell_reference(row.row, letter(part.at)) for part in parts]
    computed = settled(sum_of_cells(cells, values), fact)
    return computed.formula if computed else ""


def _concept_in(desk: Desk, column: TableColumn, unit: str) -> Concept:
    """The concept a cell answers in that unit, of the two that may share a column (mass or volume)."""
    concepts = [desk.concept(name) for name in column.concepts]
    measures = desk.definitions.units[unit].measures if unit in desk.definitions.units else ""
    return next((concept for concept in concepts if concept.type == measures), concepts[0])


def _dimensions(axis: Axis, value: str) -> Dimensions:
    return () if value == axis.default else ((axis.name, value),)


def _add_group(desk: Desk, sheet: PlannedSheet, table: _Table, at: int, row: _Row) -> None:
    """The group of the row's code, looked up in the list that is offered; a code alone is enough to find it."""
    members = desk.members(table.axis.members, table.axis.default)
    offered = desk.offered(table.axis.members, table.axis.default)
    codes = desk.definitions.code_list(table.axis.members).by_member
    groups = tuple(desk.text(codes[member].group) for member in offered)
    found = desk.choices(f"{table.axis.members}_groups", groups)
    cell = cell_reference(row.row, letter(table.axis_column.at))
    # A code typed alone is found too, in pairs of digits as the list has it or in one run (150101).
    paired = f'LEFT({cell},2)&" "&MID({cell},3,2)&" "&MID({cell},5,2)'
    place = f'IFERROR(MATCH({cell}&"*",{members},0),MATCH({paired}&"*",{members},0))'
    formula = f'=IF({cell}="","",IFERROR(INDEX({found},{place}),""))'
    now = desk.text(codes[row.value].group) if row.value in offered else ""
    sheet.add(Box(row.row, at, Style("help", theme=sheet.theme), now, formula))


def _row_status(desk: Desk, table: _Table, row: _Row, filled: set[str]) -> Status:
    """Filled when the row has all it needs, incomplete when only a part, nothing while it is empty."""
    answers = [column for column in table.block.columns if not column.group and not column.sum_of]
    needed = [column for column in answers if column.axis or column.required]
    amounts = [column for column in answers if column.concepts]
    cells = {column.at: cell_reference(row.row, letter(column.at)) for column in answers}
    everything = ",".join(cells.values())
    tests = [f'{cells[column.at]}<>""' for column in needed]
    tests.append(f"COUNTA({','.join(cells[column.at] for column in amounts)})>0")
    complete = {column.at for column in needed} <= filled and bool({column.at for column in amounts} & filled)
    if table.unit_column:
        numbers = [column.at for column in amounts if desk.concept(column.concepts[0]).numeric]
        counted = ",".join(cells[at] for at in numbers)
        tests.append(f'OR(COUNT({counted})=0,{cells[table.unit_column.at]}<>"")')
        complete = complete and (not set(numbers) & filled or table.unit_column.at in filled)
    group = next((column.at for column in table.block.columns if column.group), "")
    if group:
        tests.append(f'{cell_reference(row.row, letter(group))}<>""')
        complete = complete and row.value in desk.offered(table.axis.members, table.axis.default)
    done, part = quoted(desk.text("filled")), quoted(desk.text("incomplete"))
    formula = f'=IF(COUNTA({everything})=0,"",IF(AND({",".join(tests)}),{done},{part}))'
    return Status(formula, ("filled" if complete else "incomplete") if filled else "")


def _name_ranges(desk: Desk, sheet: PlannedSheet, table: _Table) -> None:
    inside = [letter(column.at) for column in table.block.columns if column.axis or column.concepts]
    desk.name(table.block.table, Area(sheet.name, table.top, min(inside), table.bottom, max(inside)))
    for column in table.block.columns:
        area = _column_area(sheet, table, column)
        if column.axis:
            desk.name(column.name or column.axis, area)
        elif column.group:
            desk.name(groups_name(table.block.table), area)
        for name in column.concepts:
            desk.name(name, area)
    if table.unit_column is None:
        return
    for column in table.block.columns:
        for name in column.concepts:
            if desk.concept(name).numeric and desk.concept(name).type not in UNITS_WITHOUT_CELL:
                desk.name(f"{name}_unit", _column_area(sheet, table, table.unit_column))


def _column_area(sheet: PlannedSheet, table: _Table, column: TableColumn) -> Area:
    at = letter(column.at)
    return Area(sheet.name, table.top, at, table.bottom, at)


def _add_checks(desk: Desk, sheet: PlannedSheet, table: _Table) -> None:
    for column in table.block.columns:
        check: Check | None = None
        if column.choose_from:
            check = Check("code", column.choose_from)
        elif column.axis and table.axis.members:
            check = Check("code", desk.members(table.axis.members, table.axis.default))
        elif column.unit:
            check = unit_check(desk, column.unit)
        elif column.concepts and not column.sum_of:
            check = check_of(desk, desk.concept(column.concepts[0]))
        if check:
            sheet.checks.append((_column_area(sheet, table, column), check))


def _add_table_status(desk: Desk, sheet: PlannedSheet, table: _Table, heading: int) -> None:
    """The status of the table as a whole, on the line of its heading or note."""
    at = letter(table.block.status_at)
    column = table.axis_column
    question = Question(
        next(name for each in table.block.columns for name in each.concepts),
        f"COUNTA({column.name or column.axis})>0",
        any(value for value, _ in table.rows),
    )
    status = status_of(desk, table.block, question)
    add_status(desk, sheet, Box(heading, at, Style("status", theme=sheet.theme)), status)
    area = Area(sheet.name, heading, at, heading, at)
    sheet.statuses += [area, Area(sheet.name, table.top, at, table.bottom, at)]
    desk.count(table.block.disclosure, area, (status.key,))
