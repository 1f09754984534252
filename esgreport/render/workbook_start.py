"""The first sheet: what the workbook is, how to fill it in, what the colours mean, and how far each disclosure is."""

from __future__ import annotations

from decimal import Decimal

from esgreport.definitions.workbook import StartBlock
from esgreport.model import Area, cell_reference
from esgreport.render.workbook_desk import Desk, quoted
from esgreport.render.workbook_headings import add_band
from esgreport.render.workbook_shapes import Box, PlannedSheet, Role, Style, absolute, height_of

LEGEND: tuple[tuple[Role, str, str], ...] = (
    ("text_answer", "", "legend_input"),
    ("computed", "", "legend_computed"),
    ("status", "filled", "legend_filled"),
    ("status", "missing", "legend_missing"),
    ("status", "optional", "legend_optional"),
    ("status", "not_applicable", "legend_not_applicable"),
)
TITLE, SHEET, FILLED, OPEN, SHARE = range(2, 7)


def add_start(desk: Desk, sheet: PlannedSheet, block: StartBlock) -> None:
    """The first sheet; all others must be laid out before, for it counts their statuses."""
    sheet.row += 1
    for text in block.intro:
        _add_text(sheet, "prose", desk.say(text))
    sheet.row += 1
    add_band(sheet, desk.text("how"))
    for number, text in enumerate(block.steps, start=1):
        sheet.add(Box(sheet.row, 1, Style("step", theme=sheet.theme), Decimal(number)))
        _add_text(sheet, "prose", desk.say(text))
    sheet.row += 1
    add_band(sheet, desk.text("legend"))
    for role, shown, meaning in LEGEND:
        sheet.add(Box(sheet.row, SHEET, Style(role, theme=sheet.theme), desk.text(shown) if shown else None))
        if role == "status":
            sheet.statuses.append(Area(sheet.name, sheet.row, SHEET, sheet.row, SHEET))
        sheet.add(Box(sheet.row, TITLE, Style("label", theme=sheet.theme), desk.text(meaning)))
        sheet.tall(sheet.row, 21)
        sheet.row += 1
    sheet.row += 1
    _add_progress(desk, sheet)
    sheet.frozen_rows, sheet.one_page = 0, True


def _add_text(sheet: PlannedSheet, role: Role, text: str) -> None:
    sheet.add(Box(sheet.row, TITLE, Style(role, theme=sheet.theme), text, right=SHARE))
    sheet.tall(sheet.row, height_of(text, sheet.width(TITLE, SHARE)))
    sheet.row += 1


def _add_progress(desk: Desk, sheet: PlannedSheet) -> None:
    add_band(sheet, desk.text("progress"))
    heads = (
        (1, ""),
        (TITLE, "disclosure"),
        (SHEET, "sheet"),
        (FILLED, "answered"),
        (OPEN, "open"),
        (SHARE, "progress"),
    )
    for column, key in heads:
        role: Role = "column_count" if column in (1, FILLED, OPEN, SHARE) else "column"
        sheet.add(Box(sheet.row, column, Style(role, theme=sheet.theme), desk.text(key) if key else None))
    sheet.tall(sheet.row, 21)
    sheet.row += 1
    top = sheet.row
    totals = [0, 0]
    for disclosure in desk.definitions.disclosures:
        counted = desk.counts.get(disclosure.code, [])
        if not counted:
            continue
        code = disclosure.code if disclosure.code[0] in "BC" else ""
        sheet.add(Box(sheet.row, 1, Style("count", theme=disclosure.theme), code))
        sheet.add(Box(sheet.row, TITLE, Style("label", theme=sheet.theme), desk.say(disclosure.title)))
        target = counted[0][0].sheet
        sheet.add(Box(sheet.row, SHEET, Style("link", theme=disclosure.theme), target, link=target))
        numbers = [_count(desk, sheet, counted, key, column) for key, column in (("filled", FILLED), ("missing", OPEN))]
        totals = [total + number for total, number in zip(totals, numbers, strict=True)]
        _add_share(sheet, *numbers)
        sheet.tall(sheet.row, max(21, height_of(desk.say(disclosure.title), sheet.width(TITLE))))
        sheet.row += 1
    for column, text in ((1, None), (TITLE, desk.text("all")), (SHEET, None)):
        sheet.add(Box(sheet.row, column, Style("label", theme=sheet.theme), text))
    for column, total in zip((FILLED, OPEN), totals, strict=True):
        cells = f"{cell_reference(top, column)}:{cell_reference(sheet.row - 1, column)}"
        sheet.add(Box(sheet.row, column, Style("count", theme=sheet.theme), Decimal(total), f"=SUM({cells})"))
    _add_share(sheet, *totals)
    sheet.tall(sheet.row, 21)
    sheet.shares.append(Area(sheet.name, top, SHARE, sheet.row, SHARE))
    sheet.row += 1


def _count(desk: Desk, sheet: PlannedSheet, counted: list[tuple[Area, tuple[str, ...]]], key: str, column: int) -> int:
    """How many statuses of a disclosure are of a kind, as a formula and now."""
    parts = "+".join(f"COUNTIF({absolute(area)},{quoted(desk.text(key))})" for area, _ in counted)
    number = sum(keys.count(key) for _, keys in counted)
    sheet.add(Box(sheet.row, column, Style("count", theme=sheet.theme), Decimal(number), f"={parts}"))
    return number


def _add_share(sheet: PlannedSheet, filled: int, missing: int) -> None:
    """How much of what must be answered, or is, has been answered; nothing where nothing must be."""
    done, lacking = cell_reference(sheet.row, FILLED), cell_reference(sheet.row, OPEN)
    formula = f'=IF({done}+{lacking}=0,"",{done}/({done}+{lacking}))'
    share = Decimal(filled) / (filled + missing) if filled + missing else ""
    sheet.add(Box(sheet.row, SHARE, Style("share", "0%", sheet.theme), share, formula))
