"""The cells a question is answered in, by the type of its concept: style, check, content; and the frame around them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from esgreport.definitions import Concept
from esgreport.model import FactValue
from esgreport.render.workbook_desk import UNITS_WITHOUT_CELL, Desk
from esgreport.render.workbook_formulas import Status
from esgreport.render.workbook_shapes import Box, Check, Content, PlannedSheet, Role, Style, height_of

REFERENCE, LABEL, FIRST, SECOND, LAST, UNIT, STATUS, HELP = range(1, 9)
"""The columns of a sheet of questions: paragraph, question, three for answers, unit, status, what is asked."""


def content_of(desk: Desk, concept: Concept, value: FactValue) -> Content:
    """A fact's value as it is written into a cell: members and yes or no in the workbook's words."""
    if isinstance(value, bool):
        return desk.yes_or_no(value)
    if isinstance(value, tuple):
        return ""
    if concept.type == "year":
        return year_of(str(value))
    return desk.member(concept.members, value) if concept.members and isinstance(value, str) else value


def year_of(text: str) -> Content:
    """A year as a number; as it is written where it is none."""
    return Decimal(text) if text.isdecimal() else text


def check_of(desk: Desk, concept: Concept, *, negative: bool = False) -> Check | None:
    """What may be entered for a concept; None for text."""
    if concept.members:
        long = concept.members in desk.layout.offered or len(desk.definitions.code_list(concept.members).codes) > 60
        return Check("code" if long else "list", desk.members(concept.members))
    if concept.type == "boolean":
        return Check("list", desk.choices("yes_no", (desk.yes_or_no(True), desk.yes_or_no(False))))
    if concept.type == "percent":
        return Check("gap" if negative else "percent")
    if concept.type == "date":
        return Check("date")
    if concept.type == "year":
        return Check("year")
    return Check("any_number" if negative else "number") if concept.numeric else None


def answer_role(concept: Concept) -> Role:
    """The look of an answer's cell: numbers to the right, words to the left, text blocks from the top."""
    if concept.type == "text_block":
        return "block_answer"
    return "answer" if concept.numeric or concept.type in ("date", "year") else "text_answer"


def add_unit(
    desk: Desk, sheet: PlannedSheet, place: Box, concept: Concept, choices: tuple[str, tuple[str, ...]]
) -> None:
    """The unit beside an answer: the currency, a fixed sign, or a choice of signs; named where it is read back.

    `place` gives row and column; `choices` are the unit as things stand and those to choose from, where there are any.
    """
    row, column = place.row, place.left
    unit, offered = choices
    fixed = Style("fixed", theme=sheet.theme)
    if concept.type == "monetary":
        sheet.add(Box(row, column, fixed, desk.currency, formula='=template_currency&""'))
    elif concept.type == "ghg_emissions_per_monetary":
        sign = desk.ghg_symbol()
        sheet.add(Box(row, column, fixed, f"{sign}/{desk.currency}", formula=f'="{sign}/"&template_currency'))
    elif not concept.numeric or concept.type in UNITS_WITHOUT_CELL:
        sheet.add(Box(row, column, fixed, "%" if concept.type == "percent" else None))
    else:
        style = Style("unit_answer", theme=sheet.theme) if offered else fixed
        area = sheet.add(Box(row, column, style, desk.symbol(unit)))
        if offered:
            sheet.checks.append((area, unit_check(desk, offered)))
        desk.name(f"{concept.name}_unit", area)


def unit_check(desk: Desk, offered: tuple[str, ...]) -> Check:
    """The list of units to choose from."""
    signs = tuple(desk.symbol(unit) for unit in offered)
    key = "units_" + "_".join(unit.partition(":")[2] for unit in offered)
    return Check("list", desk.choices(key, signs))


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands around an answer: its concept, its status, and how many rows it takes."""

    concept: Concept
    status: Status
    rows: int = 1


def add_margin(desk: Desk, sheet: PlannedSheet, row: int, margin: Margin) -> None:
    """Paragraph, label, status and help of a question, its rows made high enough for them."""
    concept, bottom = margin.concept, row + margin.rows - 1
    label, helping = desk.say(concept.labels), desk.say(concept.help)
    reference = concept.editions.get(desk.edition) or next(iter(concept.editions.values()), None)
    parts: list[tuple[int, Role, Content]] = [
        (REFERENCE, "reference", reference.paragraph if reference else ""),
        (LABEL, "label", label),
        (HELP, "help", helping),
    ]
    for column, role, text in parts:
        sheet.add(Box(row, column, Style(role, theme=sheet.theme), text, bottom=bottom))
    add_status(desk, sheet, Box(row, STATUS, Style("status", theme=sheet.theme), bottom=bottom), margin.status)
    needed = max(height_of(label, sheet.width(LABEL)), height_of(helping, sheet.width(HELP), 9))
    for at in range(row, bottom + 1):
        sheet.tall(at, max(21, needed / margin.rows))


def add_status(desk: Desk, sheet: PlannedSheet, place: Box, status: Status) -> None:
    """A status cell at a place, with what it shows as things stand."""
    text = desk.text(status.key) if status.key else ""
    sheet.add(Box(place.row, place.left, place.style, text, status.formula, place.right, place.bottom))
