"""Questions on lines of their own, one below the other, each with its cell, unit, status and what is asked."""

from __future__ import annotations

from esgreport.definitions import Concept
from esgreport.definitions.workbook import Line, LinesBlock
from esgreport.model import Area, Fact
from esgreport.render.workbook_cells import (
    FIRST,
    LAST,
    SECOND,
    STATUS,
    UNIT,
    Margin,
    add_margin,
    add_unit,
    answer_role,
    check_of,
    content_of,
)
from esgreport.render.workbook_desk import Desk
from esgreport.render.workbook_entries import number_format
from esgreport.render.workbook_formulas import Question, Status, compute, settled, status_of
from esgreport.render.workbook_shapes import Box, PlannedSheet, Style, height_of

WIDE = ("text", "text_block", "enumeration", "enumeration_set")
"""Types whose answers take all three columns."""


def add_lines(desk: Desk, sheet: PlannedSheet, block: LinesBlock) -> None:
    """The questions of a block, from the sheet's next free row on."""
    top, keys = sheet.row, []
    for line in block.lines:
        concept = desk.concept(line.concept)
        add = _add_set if concept.type == "enumeration_set" else _add_single
        keys.append(add(desk, sheet, block, line))
    area = Area(sheet.name, top, STATUS, sheet.row - 1, STATUS)
    sheet.statuses.append(area)
    desk.count(block.disclosure, area, tuple(keys))


def _add_single(desk: Desk, sheet: PlannedSheet, block: LinesBlock, line: Line) -> str:
    """A question with one cell. Returns the key of its status."""
    concept, row = desk.concept(line.concept), sheet.row
    look, own = desk.entries.look(concept.name), desk.own_unit(concept)
    unit = (look.unit if look and own else "") or own
    computed = compute(desk, line.formula, own) if line.formula else None
    formula = settled(computed, look) if unit == own else None
    fact = desk.entries.take(concept.name)
    locked = formula is not None and not line.open
    style = Style("computed" if locked else answer_role(concept), _format(concept, line, fact), sheet.theme)
    value = content_of(desk, concept, fact.value) if fact else ("" if formula else None)
    right = LAST if concept.type in WIDE else 0
    area = sheet.add(Box(row, FIRST, style, value, formula.formula if formula else "", right))
    desk.name(concept.name, area)
    check = check_of(desk, concept, negative=line.negative)
    if check and not locked:
        sheet.checks.append((area, check))
    if not right:
        for column in (SECOND, LAST):
            sheet.add(Box(row, column, Style("fixed", theme=sheet.theme)))
    add_unit(desk, sheet, Box(row, UNIT, style), concept, (unit, line.units))
    question = Question(concept.name, f'{concept.name}<>""', fact is not None, line.optional, line.when)
    status = Status("", "computed") if locked else status_of(desk, block, question)
    add_margin(desk, sheet, row, Margin(concept, status))
    _make_room(sheet, concept, line, value if isinstance(value, str) else "")
    sheet.row += 1
    return status.key


def _format(concept: Concept, line: Line, fact: Fact | None) -> str:
    return "@" if concept.type == "text" else number_format(concept, line.places, fact)


def _make_room(sheet: PlannedSheet, concept: Concept, line: Line, text: str) -> None:
    if concept.type == "text_block":
        width = sheet.width(FIRST, LAST)
        sheet.tall(sheet.row, max(height_of("\n" * (line.lines - 1), width), height_of(text, width)))
    elif text:
        sheet.tall(sheet.row, height_of(text, sheet.width(FIRST, LAST)))


def _in_order(desk: Desk, concept: Concept, fact: Fact | None) -> tuple[str, ...]:
    """The members of a set in the order of their list."""
    members = fact.value if fact and isinstance(fact.value, tuple) else ()
    order = {code.member: place for place, code in enumerate(desk.definitions.code_list(concept.members).codes)}
    return tuple(sorted(members, key=lambda member: order.get(member, len(order))))


def _add_set(desk: Desk, sheet: PlannedSheet, block: LinesBlock, line: Line) -> str:
    """A question with several cells to choose members in, one below the other. Returns the key of its status."""
    concept, top = desk.concept(line.concept), sheet.row
    fact = desk.entries.take(concept.name)
    members = _in_order(desk, concept, fact)
    texts = [desk.member(concept.members, member) for member in members] or (["None"] if fact else [])
    rows = max(line.rows, len(texts))
    question = Question(concept.name, f"COUNTA({concept.name})>0", fact is not None, line.optional, line.when)
    status = status_of(desk, block, question)
    add_margin(desk, sheet, top, Margin(concept, status, rows))
    for index in range(rows):
        text = texts[index] if index < len(texts) else None
        sheet.add(Box(top + index, FIRST, Style("text_answer", theme=sheet.theme), text, right=LAST))
        sheet.tall(top + index, height_of(text or "", sheet.width(FIRST, LAST)))
    sheet.add(Box(top, UNIT, Style("fixed", theme=sheet.theme), bottom=top + rows - 1))
    area = Area(sheet.name, top, FIRST, top + rows - 1, FIRST)
    desk.name(concept.name, area)
    check = check_of(desk, concept)
    if check:
        sheet.checks.append((area, check))
    sheet.row += rows
    return status.key
