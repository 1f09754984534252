"""Who reports and for which period, at the top of the company's sheet; and the table of footnotes at the end."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from esgreport.definitions.workbook import FootnotesBlock, IdentityBlock, IdentityLine
from esgreport.model import Area, Filing
from esgreport.render.workbook_cells import FIRST, HELP, LABEL, LAST, SECOND, STATUS, UNIT, add_status
from esgreport.render.workbook_desk import Desk, quoted
from esgreport.render.workbook_formulas import Status
from esgreport.render.workbook_shapes import Box, Check, Content, PlannedSheet, Role, Style, height_of


def add_identity(desk: Desk, sheet: PlannedSheet, block: IdentityBlock) -> None:
    """The lines on the report itself, under the names of the official template."""
    top, keys = sheet.row, []
    for line in block.lines:
        keys.append(_add_line(desk, sheet, line))
    area = Area(sheet.name, top, STATUS, sheet.row - 1, STATUS)
    sheet.statuses.append(area)
    desk.count(block.disclosure, area, tuple(keys))


def _add_line(desk: Desk, sheet: PlannedSheet, line: IdentityLine) -> str:
    row, theme = sheet.row, sheet.theme
    value = _stated(desk, line)
    role: Role = {"date": "answer", "locked": "stated"}.get(line.type, "text_answer")  # type: ignore[assignment]
    shown = "yyyy-mm-dd" if line.type == "date" else "@"
    right = 0 if line.type == "date" else LAST
    label, helping = desk.say(line.label), desk.say(line.help)
    sheet.add(Box(row, 1, Style("reference", theme=theme)))
    sheet.add(Box(row, LABEL, Style("label", theme=theme), label))
    area = sheet.add(Box(row, FIRST, Style(role, shown, theme), value, right=right))
    desk.name(line.name, area)
    if check := _check(desk, line):
        sheet.checks.append((area, check))
    sheet.add(Box(row, UNIT, Style("fixed", theme=theme)))
    status = _status(desk, line, value)
    add_status(desk, sheet, Box(row, STATUS, Style("status", theme=theme)), status)
    sheet.add(Box(row, HELP, Style("help", theme=theme), helping))
    if not right:
        for column in (SECOND, LAST):
            sheet.add(Box(row, column, Style("fixed", theme=theme)))
    text = value if isinstance(value, str) else ""
    sheet.tall(row, max(21, height_of(text, sheet.width(FIRST, LAST)), height_of(helping, sheet.width(HELP), 9)))
    sheet.row += 1
    return status.key


def _status(desk: Desk, line: IdentityLine, value: Content) -> Status:
    if line.type == "locked":
        return Status("", "computed")
    filled, empty = desk.text("filled"), "missing" if line.required else "optional"
    formula = f'=IF({line.name}<>"",{quoted(filled)},{quoted(desk.text(empty))})'
    return Status(formula, "filled" if value else empty)


def _check(desk: Desk, line: IdentityLine) -> Check | None:
    if line.type == "date":
        return Check("date")
    choices = {
        "schemes": tuple(desk.layout.schemes),
        "currencies": tuple(desk.layout.currencies),
        "languages": tuple(f"{item.name} [{item.code}]" for item in desk.definitions.languages.values()),
    }.get(line.choices)
    if choices is None:
        return None
    return Check("code" if line.choices == "currencies" else "list", desk.choices(line.choices, choices))


def _stated(desk: Desk, line: IdentityLine) -> Content:
    """What a filing, or else the empty workbook, says on a line."""
    language = desk.definitions.languages[desk.language]
    if line.name == "template_reporting_language":
        return f"{language.name} [{language.code}]"
    filing = desk.entries.filing
    if line.name == "template_reporting_schemaRef":
        return filing.taxonomy if filing else desk.definitions.taxonomies[-1].entry_point
    return _of_filing(desk, filing)[line.name] or None if filing else None


def _of_filing(desk: Desk, filing: Filing) -> dict[str, Content]:
    schemes = {uri: name for name, uri in desk.layout.schemes.items()}
    return {
        "template_reporting_entity_name": filing.entity.name,
        "template_reporting_entity_identifier": filing.entity.identifier,
        "template_reporting_entity_identifier_scheme": schemes.get(filing.entity.scheme, filing.entity.scheme),
        "template_reporting_period_startdate": filing.period.start,
        "template_reporting_period_enddate": filing.period.end,
        "template_currency": filing.currency,
        "template_reporting_title": filing.title,
        "template_reporting_subtitle": filing.subtitle,
    }


def add_footnotes(desk: Desk, sheet: PlannedSheet, block: FootnotesBlock) -> None:
    """The table of footnotes: text, the question it belongs to, and the member for a figure of a table."""
    note = desk.say(block.note)
    sheet.row += 1
    sheet.add(Box(sheet.row, 2, Style("prose", theme=sheet.theme), note, right=4))
    sheet.tall(sheet.row, height_of(note, sheet.width(2, 4)))
    sheet.row += 1
    heads = ("row", "footnote", "footnote_concept", "footnote_member")
    for column, key in enumerate(heads, start=1):
        sheet.add(
            Box(
                sheet.row,
                column,
                Style("column" if column == 1 else "column_answer", theme=sheet.theme),
                desk.text(key),
            )
        )
    sheet.tall(sheet.row, 21)
    sheet.frozen_rows = sheet.row
    top = sheet.row + 1
    notes = list(_notes(desk))
    bottom = top + max(block.rows, len(notes)) - 1
    for row in range(top, bottom + 1):
        _add_note(sheet, row, top, notes[row - top] if row - top < len(notes) else ("", "", ""))
    for name, left, right in (("table", 2, 4), ("text", 2, 2), ("ref_concept", 3, 3), ("ref_dimension", 4, 4)):
        desk.name(f"footnote_{name}", Area(sheet.name, top, left, bottom, right))
    labels = tuple(desk.say(concept.labels) for concept in desk.definitions.concepts.values())
    check = Check("code", desk.choices("concepts", labels))
    sheet.checks.append((Area(sheet.name, top, 3, bottom, 3), check))
    sheet.row = bottom + 1


def _add_note(sheet: PlannedSheet, row: int, top: int, texts: tuple[str, str, str]) -> None:
    sheet.add(Box(row, 1, Style("reference", theme=sheet.theme), Decimal(row - top + 1)))
    for column, text in enumerate(texts, start=2):
        sheet.add(Box(row, column, Style("text_answer", theme=sheet.theme), text or None))
    sheet.tall(row, max(21, *(height_of(text, sheet.width(at)) for at, text in enumerate(texts, start=2))))


def _notes(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Each note once for each concept and member it belongs to."""
    seen: set[tuple[str, str, str]] = set()
    for fact in desk.entries.facts:
        for text in fact.footnotes:
            members = [_member(desk, axis, value) for axis, value in fact.dimensions]
            label = desk.say(desk.concept(fact.concept).labels)
            line = (text, label, members[0] if members else "")
            if line not in seen:
                seen.add(line)
                yield line


def _member(desk: Desk, axis: str, value: str) -> str:
    members = desk.definitions.axes[axis].members
    return desk.member(members, value) if members else value
