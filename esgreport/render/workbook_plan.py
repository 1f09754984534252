"""Our workbook as a plan: every sheet laid out from definitions and a filing's facts; nothing is drawn."""

from __future__ import annotations

from esgreport.definitions import Definitions
from esgreport.definitions.workbook import (
    Block,
    FootnotesBlock,
    IdentityBlock,
    LinesBlock,
    MatrixBlock,
    SheetLayout,
    StartBlock,
    TableBlock,
    WorkbookLayout,
)
from esgreport.errors import RenderError
from esgreport.model import Area, Fact, Filing
from esgreport.render.workbook_desk import Desk, year_columns
from esgreport.render.workbook_entries import Entries
from esgreport.render.workbook_headings import open_block, open_sheet
from esgreport.render.workbook_identity import add_footnotes, add_identity
from esgreport.render.workbook_lines import add_lines
from esgreport.render.workbook_matrix import add_matrix
from esgreport.render.workbook_shapes import Box, Plan, PlannedSheet, Style, absolute
from esgreport.render.workbook_start import add_start
from esgreport.render.workbook_table import add_table


def plan_workbook(definitions: Definitions, layout: WorkbookLayout, language: str, filing: Filing | None) -> Plan:
    """The workbook in a language, empty or with a filing's facts in their cells.

    Errors: RenderError when a fact has no cell: for another period or currency, of an unknown concept, given twice.
    """
    entries = Entries(definitions, filing, frozenset(year_columns(layout)))
    desk = Desk(definitions, layout, language, entries)
    # The first sheet counts what is filled in on the others, so it is laid out last.
    later = [item for item in layout.sheets if not _counts(item)]
    laid_out = {item.name["en"]: _sheet(desk, item) for item in later}
    laid_out |= {item.name["en"]: _sheet(desk, item) for item in layout.sheets if _counts(item)}
    left = entries.left()
    if left:
        raise RenderError(_homeless(left))
    sheets = (*(laid_out[item.name["en"]] for item in layout.sheets), _lists(desk))
    names = tuple(sorted((name, absolute(area)) for name, area in desk.names.items()))
    return Plan(sheets, names, desk.say(layout.sheets[0].title))


def _counts(layout: SheetLayout) -> bool:
    return any(isinstance(block, StartBlock) for block in layout.blocks)


def _sheet(desk: Desk, layout: SheetLayout) -> PlannedSheet:
    sheet = open_sheet(desk, layout)
    previous = ""
    for block in layout.blocks:
        open_block(desk, sheet, block, previous)
        _add_block(desk, sheet, block)
        previous = "" if isinstance(block, (StartBlock, IdentityBlock, FootnotesBlock)) else block.disclosure
    return sheet


def _add_block(desk: Desk, sheet: PlannedSheet, block: Block) -> None:
    match block:
        case StartBlock():
            add_start(desk, sheet, block)
        case IdentityBlock():
            add_identity(desk, sheet, block)
        case LinesBlock():
            add_lines(desk, sheet, block)
        case MatrixBlock():
            add_matrix(desk, sheet, block)
        case TableBlock():
            add_table(desk, sheet, block)
        case FootnotesBlock():
            add_footnotes(desk, sheet, block)


def _homeless(facts: tuple[Fact, ...]) -> str:
    fact = facts[0]
    members = "".join(f", {value}" for _, value in fact.dimensions)
    period = fact.period.end if fact.period.start is None else f"{fact.period.start} to {fact.period.end}"
    how_many = "1 fact has" if len(facts) == 1 else f"{len(facts)} facts have"
    return (
        f"{how_many} no cell in the workbook, the first: {fact.concept}{members}, "
        f"in {fact.unit or 'no unit'}, {period}. Correct its period, currency or dimensions, or leave it out."
    )


def _lists(desk: Desk) -> PlannedSheet:
    """The hidden sheet with the lists that cells take their choices from, a column each."""
    sheet = PlannedSheet(desk.text("lists"), "general", tuple(28.0 for _ in desk.lists), hidden=True)
    for column, (name, texts) in enumerate(desk.lists.items(), start=1):
        sheet.add(Box(1, column, Style("column"), name.removeprefix("enum_")))
        for row, text in enumerate(texts, start=2):
            sheet.add(Box(row, column, Style("fixed"), text))
        desk.name(name, Area(sheet.name, 2, column, len(texts) + 1, column))
    return sheet
