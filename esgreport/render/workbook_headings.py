"""What stands at the top of a sheet and above its groups: title, column heads, disclosure, heading, note."""

from __future__ import annotations

from esgreport.definitions.workbook import Block, FootnotesBlock, IdentityBlock, LinesBlock, SheetLayout, StartBlock
from esgreport.render.workbook_cells import FIRST, HELP, LABEL, LAST, REFERENCE, STATUS, UNIT
from esgreport.render.workbook_desk import Desk
from esgreport.render.workbook_shapes import Box, PlannedSheet, Role, Style, height_of

COLUMN_HEADS = (
    (REFERENCE, "paragraph"),
    (LABEL, "item"),
    (FIRST, "answer"),
    (UNIT, "unit"),
    (STATUS, "status"),
    (HELP, "help"),
)
ABOUT = (
    '=template_reporting_entity_name&IF(OR(template_reporting_entity_name="",template_reporting_period_enddate=""),"",'
    '", "&YEAR(template_reporting_period_enddate))'
)


def open_sheet(desk: Desk, layout: SheetLayout) -> PlannedSheet:
    """A sheet with its title and who it is about; sheets of questions get their column heads, which stay in view."""
    sheet = PlannedSheet(desk.say(layout.name), layout.theme, tuple(layout.columns or desk.layout.columns))
    right = sheet.last_column
    sheet.add(Box(1, 1, Style("title", theme=sheet.theme), desk.say(layout.title), right=right))
    sheet.add(Box(2, 1, Style("subtitle", theme=sheet.theme), desk.about, ABOUT, right=right))
    sheet.tall(1, 32)
    sheet.tall(2, 20)
    sheet.row, sheet.frozen_rows = 3, 2
    if not layout.columns:
        for column, key in COLUMN_HEADS:
            last = LAST if column == FIRST else 0
            role: Role = "column" if column < FIRST else "column_answer"
            sheet.add(Box(3, column, Style(role, theme=sheet.theme), desk.text(key), right=last))
        sheet.tall(3, 20)
        sheet.row, sheet.frozen_rows = 4, 3
    return sheet


def open_block(desk: Desk, sheet: PlannedSheet, block: Block, previous: str) -> None:
    """The heading of a group of questions; the disclosure's own when the group before belonged to another."""
    if isinstance(block, (StartBlock, FootnotesBlock)):
        return
    sheet.row += 1
    if isinstance(block, IdentityBlock):
        add_band(sheet, desk.say(block.heading))
        return
    disclosure = desk.disclosure(block.disclosure)
    if block.disclosure != previous:
        code = f"{disclosure.code}  " if disclosure.code[0] in "BC" else ""
        add_band(sheet, f"{code}{desk.say(disclosure.title)}")
        if summary := desk.say(disclosure.summary):
            add_prose(sheet, summary)
    caption = desk.say(block.heading)
    if not caption and not isinstance(block, LinesBlock):
        caption = desk.say(desk.table(block.table).labels)
    if caption:
        sheet.add(Box(sheet.row, LABEL, Style("heading", theme=sheet.theme), caption, right=heading_right(sheet)))
        sheet.tall(sheet.row, 26)
        sheet.row += 1
    if note := desk.say(block.note):
        add_prose(sheet, note)


def heading_right(sheet: PlannedSheet) -> int:
    """How far a heading goes: to the status column, which may hold the status of what it heads."""
    return min(UNIT, sheet.last_column - 1)


def add_band(sheet: PlannedSheet, text: str) -> None:
    """The band that opens a disclosure, over the sheet's whole width."""
    sheet.add(Box(sheet.row, 1, Style("band", theme=sheet.theme), text, right=sheet.last_column))
    sheet.tall(sheet.row, 24)
    sheet.row += 1


def add_prose(sheet: PlannedSheet, text: str) -> None:
    """A sentence or two under a heading."""
    right = heading_right(sheet)
    sheet.add(Box(sheet.row, LABEL, Style("prose", theme=sheet.theme), text, right=right))
    sheet.tall(sheet.row, height_of(text, sheet.width(LABEL, right)))
    sheet.row += 1
