"""Workbooks as values for tests of the facts room: a small text says what stands where.

One line a cell: `Sheet!B2 = value`, or a name: `Name -> Sheet!B2:C4`. Values: numbers, TRUE/FALSE, dates (2025-12-31),
`#REF!`, `=` for a formula without result; all else is text. A number format follows in braces: `12.5 {0.00}`.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from esgreport.model import Area, Cell, CellError, CellValue, DefinedName, Sheet, Workbook

IDENTITY = """
template_reporting_entity_name -> Top!A1
template_reporting_entity_identifier -> Top!A2
template_reporting_entity_identifier_scheme -> Top!A3
template_currency -> Top!A4
template_reporting_period_startdate -> Top!A5
template_reporting_period_enddate -> Top!A6
template_reporting_schemaRef -> Top!A7
Top!A1 = Muster GmbH
Top!A2 = IT01234567890
Top!A3 = VAT
Top!A4 = EUR
Top!A5 = 2025-01-01
Top!A6 = 2025-12-31
Top!A7 = https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme-all.xsd
"""


def book(text: str, identity: str = IDENTITY) -> Workbook:
    """The workbook a text describes, with an identity unless another is given."""
    names: list[DefinedName] = []
    cells: dict[str, dict[tuple[int, int], Cell]] = {}
    for line in (identity + text).splitlines():
        if " -> " in line:
            name, _, target = line.strip().partition(" -> ")
            names.append(DefinedName(name, target, _area(target)))
        elif " = " in line or line.rstrip().endswith(" ="):
            place, _, value = line.strip().partition(" =")
            area = _area(place)
            assert area is not None, line
            cells.setdefault(area.sheet, {})[(area.top, area.left)] = _cell(value.removeprefix(" "))
    sheets = {name: Sheet(name, content) for name, content in cells.items()}
    for name in names:
        if name.area:
            sheets.setdefault(name.area.sheet, Sheet(name.area.sheet, {}))
    return Workbook("book.xlsx", tuple(names), tuple(sheets), sheets, "0" * 64)


def _area(reference: str) -> Area | None:
    match = re.fullmatch(r"([^!]+)!([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?", reference.strip())
    if match is None:
        return None
    sheet, left, top, right, bottom = match.groups()
    return Area(sheet, int(top), _column(left), int(bottom or top), _column(right or left))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(text: str) -> Cell:
    value, _, number_format = text.partition(" {")
    if value == "=":
        return Cell(None, formula=True)
    return Cell(_value(value.replace("\\n", "\n")), number_format.rstrip("}") or "General")


def _value(text: str) -> CellValue:
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if text in set(CellError):
        return CellError(text)
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        return Decimal(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.fromisoformat(text)
    return text.removeprefix("'")
