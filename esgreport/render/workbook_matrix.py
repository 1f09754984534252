"""Fixed tables: a row a concept, a column a member; totals across and down, and the years at the head of columns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from esgreport.definitions.workbook import MatrixBlock, MatrixColumn, MatrixRow
from esgreport.model import Area, Fact, cell_reference
from esgreport.render.workbook_cells import (
    HELP,
    LABEL,
    REFERENCE,
    STATUS,
    UNIT,
    Margin,
    add_margin,
    add_unit,
    check_of,
    content_of,
    year_of,
)
from esgreport.render.workbook_desk import Desk
from esgreport.render.workbook_entries import Dimensions, number_format
from esgreport.render.workbook_formulas import Computed, Question, Status, compute, settled, status_of, sum_of_cells
from esgreport.render.workbook_shapes import Box, Check, PlannedSheet, Style, height_of


def add_matrix(desk: Desk, sheet: PlannedSheet, block: MatrixBlock) -> None:
    """A fixed table, from the sheet's next free row on."""
    _add_heads(desk, sheet, block)
    if any(column.year for column in block.columns):
        _add_years(desk, sheet, block)
    top, keys = sheet.row, []
    for row in block.rows:
        keys.append(_add_row(desk, sheet, block, row))
    area = Area(sheet.name, top, STATUS, sheet.row - 1, STATUS)
    sheet.statuses.append(area)
    desk.count(block.disclosure, area, tuple(keys))


def _add_heads(desk: Desk, sheet: PlannedSheet, block: MatrixBlock) -> None:
    axis = desk.axis_of(block.table)
    style = Style("column", theme=sheet.theme)
    for at in (REFERENCE, LABEL, UNIT, STATUS, HELP):
        sheet.add(Box(sheet.row, at, style))
    for column in block.columns:
        text = desk.member(axis.members, column.member)
        sheet.add(Box(sheet.row, letter(column.at), Style("column_number", theme=sheet.theme), text))
        sheet.tall(sheet.row, height_of(text, sheet.width(letter(column.at)), 9))
    sheet.row += 1


def _add_years(desk: Desk, sheet: PlannedSheet, block: MatrixBlock) -> None:
    """The row of years: each names the member of its column, and answers a concept of its own."""
    axis, row = desk.axis_of(block.table), sheet.row
    for empty in (REFERENCE, UNIT, STATUS, HELP):
        sheet.add(Box(row, empty, Style("fixed", theme=sheet.theme)))
    sheet.add(Box(row, LABEL, Style("label", theme=sheet.theme), desk.say(axis.labels)))
    for column in block.columns:
        at = letter(column.at)
        if not column.year:
            end = desk.entries.filing.period.end.year if desk.entries.filing else None
            formula = '=IF(template_reporting_period_enddate="","",YEAR(template_reporting_period_enddate))'
            shown = Decimal(end) if end else ""
            sheet.add(Box(row, at, Style("computed", "0", sheet.theme), shown, formula))
            continue
        desk.entries.take(column.year)
        year = desk.entries.year(column.member, column.year)
        area = sheet.add(Box(row, at, Style("answer", "0", sheet.theme), year_of(year) or None))
        desk.name(column.year, area)
        desk.name(column.member, area)
        sheet.checks.append((area, Check("year")))
    sheet.tall(row, 21)
    sheet.row += 1


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell of the matrix: its row's definition and its column's, the name of the cell, its dimensions."""

    row: MatrixRow
    column: MatrixColumn
    name: str
    dimensions: Dimensions
    unit: str


def _add_row(desk: Desk, sheet: PlannedSheet, block: MatrixBlock, row: MatrixRow) -> str:
    concept = desk.concept(row.concept)
    spots = [_spot(desk, block, row, column) for column in block.columns]
    looks = [desk.entries.look(concept.name, spot.dimensions) for spot in spots]
    unit = next((fact.unit for fact in looks if fact and fact.unit), desk.own_unit(concept))
    facts = [_add_spot(desk, sheet, block, spot, unit) for spot in spots]
    add_unit(desk, sheet, Box(sheet.row, UNIT, Style("fixed")), concept, (unit, ()))
    main = next((i for i, item in enumerate(block.columns) if item.bare or item.sum_of), 0)
    if row.formula:
        status = Status("", "computed")
    else:
        question = Question(concept.name, f'{spots[main].name}<>""', facts[main] is not None, row.optional)
        status = status_of(desk, block, question)
    add_margin(desk, sheet, sheet.row, Margin(concept, status))
    sheet.row += 1
    return status.key


def _spot(desk: Desk, block: MatrixBlock, row: MatrixRow, column: MatrixColumn) -> _Spot:
    axis = desk.axis_of(block.table)
    name = row.concept if column.bare else f"{row.concept}_{column.member}"
    dimensions: Dimensions = () if column.member == axis.default else ((axis.name, column.member),)
    return _Spot(row, column, name, dimensions, desk.own_unit(desk.concept(row.concept)))


def _add_spot(desk: Desk, sheet: PlannedSheet, block: MatrixBlock, spot: _Spot, unit: str) -> Fact | None:
    """One cell, named; a formula in it where the layout has one and it says what was reported."""
    concept, at = desk.concept(spot.row.concept), letter(spot.column.at)
    look = desk.entries.look(concept.name, spot.dimensions)
    formula = settled(_computed(desk, sheet, block, spot), look) if unit == spot.unit else None
    fact = desk.entries.take(concept.name, spot.dimensions, unit)
    style = Style("computed" if formula else "answer", number_format(concept, None, fact), sheet.theme)
    value = content_of(desk, concept, fact.value) if fact else ("" if formula else None)
    area = sheet.add(Box(sheet.row, at, style, value, formula.formula if formula else ""))
    desk.name(spot.name, area)
    check = check_of(desk, concept)
    if check and not formula:
        sheet.checks.append((area, check))
    return fact


def _computed(desk: Desk, sheet: PlannedSheet, block: MatrixBlock, spot: _Spot) -> Computed | None:
    if spot.row.formula:
        suffix = "" if spot.column.bare else f"_{spot.column.member}"
        member = spot.dimensions[0] if spot.dimensions else None
        return compute(desk, spot.row.formula, spot.unit, suffix, member)
    if spot.column.sum_of:
        parts = [column for column in block.columns if column.member in spot.column.sum_of]
        cells = [cell_reference(sheet.row, letter(column.at)) for column in parts]
        facts = [
            desk.entries.look(spot.row.concept, _spot(desk, block, spot.row, column).dimensions) for column in parts
        ]
        values = [fact.value if fact and isinstance(fact.value, Decimal) else None for fact in facts]
        return sum_of_cells(cells, values)
    return None


def letter(column: str) -> int:
    """The number of a column named by one letter: A is 1."""
    return ord(column) - ord("A") + 1
