"""The sheets of the customers' workbook: start, settings, one for each table, and the hidden one with the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from esgreport.definitions.cx import Column, CustomerTable, Setting
from esgreport.model import column_letters
from esgreport.render.customers_desk import NUMBER_FORMATS, CustomerDesk
from esgreport.render.tokens import tokens
from esgreport.render.workbook_shapes import Role, Style, height_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE, ABOUT, KEYS, HEADS, BODY = range(5)
SPARE_ROWS = 100
CHECKED_ROWS = 20_000
_WIDTHS = {"text": 28.0, "list": 24.0, "date": 12.0, "datetime": 17.0, "boolean": 10.0, "integer": 10.0}
_WIDE = {"text": 42.0}


def draw_start(desk: CustomerDesk) -> None:
    """The first sheet: what the workbook is, how to fill it in, which sheets there are and how far each is."""
    sheet = desk.book.add_worksheet(desk.say(desk.layout.sheet))
    for column, width in enumerate((5, 30, 74, 9)):
        sheet.set_column(column, column, width)
    desk.write(sheet, (0, 0), desk.say(desk.layout.title), Style("title"))
    sheet.set_row(0, 32)
    company = desk.setting("company")
    desk.write(sheet, (1, 0), str(company or ""), Style("subtitle"))
    row = 3
    for text in desk.layout.intro:
        row = _prose(desk, sheet, row, desk.say(text))
    row = _band(desk, sheet, row + 1, desk.text("steps"))
    for number, text in enumerate(desk.layout.steps, start=1):
        desk.write(sheet, (row, 0), number, Style("step"))
        row = _prose(desk, sheet, row, desk.say(text))
    row = _band(desk, sheet, row + 1, desk.text("sheets"))
    for column, key in enumerate(("", "sheets", "holds", "rows")):
        desk.write(
            sheet, (row, column), desk.text(key) if key else "", Style("column_count" if column == 3 else "column")
        )
    _contents(desk, sheet, row + 1)
    _set_up(sheet, "general", portrait=True)


def _prose(desk: CustomerDesk, sheet: Worksheet, row: int, text: str) -> int:
    sheet.merge_range(row, 1, row, 3, "", desk.format("prose"))
    desk.write(sheet, (row, 1), text, Style("prose"))
    sheet.set_row(row, height_of(text, 113))
    return row + 1


def _band(desk: CustomerDesk, sheet: Worksheet, row: int, text: str) -> int:
    sheet.merge_range(row, 0, row, 3, "", desk.format("band"))
    desk.write(sheet, (row, 0), text, Style("band"))
    sheet.set_row(row, 24)
    return row + 1


def _contents(desk: CustomerDesk, sheet: Worksheet, row: int) -> None:
    settings = desk.definitions.cx.settings_sheet
    lines = [(desk.settings_name(), desk.say(settings.help), "general", "")]
    for topic in desk.layout.topics:
        for name in topic.tables:
            table = desk.definitions.cx.tables[name]
            required = [at for at, column in enumerate(table.columns) if column.required]
            letter = column_letters((required or [0])[0] + 1)
            count = f"COUNTA('{desk.sheet_name(table)}'!${letter}${BODY + 1}:${letter}$1048576)"
            lines.append((desk.sheet_name(table), desk.say(table.help), topic.theme, count))
    for name, text, theme, count in lines:
        sheet.write_url(row, 1, f"internal:'{name}'!A1", desk.format("link", theme), name)
        desk.write(sheet, (row, 0), "", Style("label"))
        desk.write(sheet, (row, 2), text, Style("help"))
        if count:
            rows = len(desk.filled.tables[_table_named(desk, name).name].frame) if desk.filled else 0
            sheet.write_formula(row, 3, f"={count}", desk.format("count", number_format="#,##0"), rows)
        else:
            desk.write(sheet, (row, 3), "", Style("label"))
        sheet.set_row(row, max(20, height_of(text, 74, 9)))
        row += 1


def _table_named(desk: CustomerDesk, sheet_name: str) -> CustomerTable:
    return next(table for table in desk.definitions.cx.tables.values() if desk.sheet_name(table) == sheet_name)


def draw_settings(desk: CustomerDesk) -> None:
    """The sheet of settings: key, label, value to fill in, what holds when empty, what it means."""
    sheet = desk.book.add_worksheet(desk.settings_name())
    for column, width in enumerate((34, 36, 28, 14, 66)):
        sheet.set_column(column, column, width)
    definition = desk.definitions.cx.settings_sheet
    desk.write(sheet, (TITLE, 0), desk.say(definition.labels), Style("title"))
    desk.write(sheet, (ABOUT, 0), desk.say(definition.help), Style("subtitle"))
    sheet.set_row(TITLE, 32)
    heads: Iterable[tuple[str, Role]] = (
        ("", "column"), ("setting", "column"), ("value", "column_answer"), ("default", "column"), ("meaning", "column"),
    )  # fmt: skip
    for column, (key, role) in enumerate(heads):
        desk.write(sheet, (HEADS, column), desk.text(key) if key else "", Style(role))
    for row, setting in enumerate(desk.definitions.cx.settings.values(), start=BODY):
        _setting(desk, sheet, row, setting)
    sheet.freeze_panes(BODY, 2)
    _set_up(sheet, "general")


def _setting(desk: CustomerDesk, sheet: Worksheet, row: int, setting: Setting) -> None:
    star = " *" if setting.required else ""
    desk.write(sheet, (row, 0), setting.name, Style("reference"))
    desk.write(sheet, (row, 1), desk.label(setting) + star, Style("label"))
    role: Role = "text_answer" if setting.dtype in ("str", "category", "boolean") else "answer"
    style = Style(role, NUMBER_FORMATS.get(setting.type, "General"))
    desk.write(sheet, (row, 2), desk.shown(setting, desk.setting(setting.name)), style)
    desk.write(sheet, (row, 3), _default(desk, setting), Style("fixed"))
    help_text = desk.say(desk.definitions.cx.help_of(setting))
    desk.write(sheet, (row, 4), help_text, Style("help"))
    sheet.set_row(row, max(20, height_of(help_text, 66, 9)))
    if check := _check(desk, setting):
        sheet.data_validation(row, 2, row, 2, dict(check))


def _default(desk: CustomerDesk, setting: Setting) -> str:
    values = desk.definitions.cx.values_of(setting)
    labels = {value.name: desk.say(value.labels) for value in values.values} if values else {}
    default = setting.default or ""
    return labels.get(default, f"{float(default):.0%}" if setting.type == "share" and default else default)


def draw_table(desk: CustomerDesk, table: CustomerTable, theme: str) -> None:
    """The sheet of a table: title, what it holds, names and labels of the columns with a note each, and its rows."""
    sheet = desk.book.add_worksheet(desk.sheet_name(table))
    desk.write(sheet, (TITLE, 0), desk.say(table.labels), Style("title", theme=theme))
    sheet.set_row(TITLE, 32)
    desk.write(sheet, (ABOUT, 0), f"{desk.say(table.help)}  {desk.text('required')}", Style("subtitle", theme=theme))
    for at, column in enumerate(table.columns):
        _head(desk, sheet, at, column)
    rows = _rows(desk, sheet, table)
    last = max(rows + SPARE_ROWS, BODY + SPARE_ROWS)
    for at, column in enumerate(table.columns):
        if check := _check(desk, column):
            sheet.data_validation(BODY, at, CHECKED_ROWS, at, dict(check))
    _blanks(desk, sheet, table, range(BODY + rows, last))
    sheet.autofilter(HEADS, 0, max(BODY, BODY + rows - 1), len(table.columns) - 1)
    sheet.freeze_panes(BODY, 1)
    sheet.set_row(HEADS, 34)
    _set_up(sheet, theme)
    whole = f"A{BODY + 1}:{column_letters(len(table.columns))}{last + 1}"
    sheet.ignore_errors({"number_stored_as_text": whole})


def _head(desk: CustomerDesk, sheet: Worksheet, at: int, column: Column) -> None:
    label = desk.label(column)
    width = max(_WIDTHS.get(column.type, 14.0), min(len(label) * 0.72 + 4, 26))
    sheet.set_column(at, at, _WIDE.get(column.type, width) if column.private == "text" else width)
    desk.write(sheet, (KEYS, at), column.name, Style("reference"))
    desk.write(sheet, (HEADS, at), label + (" *" if column.required else ""), Style("column_answer"))
    note = _note(desk, column)
    if note:
        lines = sum(1 + len(line) // 44 for line in note.split("\n"))
        size = {"x_scale": 2.3, "y_scale": max(0.6, lines * 0.21), "font_size": 9}
        sheet.write_comment(HEADS, at, note, {"author": "esgreport", **size})


def _note(desk: CustomerDesk, column: Column) -> str:
    parts = [desk.say(desk.definitions.cx.help_of(column))]
    values = desk.definitions.cx.values_of(column)
    if values and values.values:
        key = "suggested" if values.open else "one_of"
        parts.append(f"{desk.text(key)} {', '.join(desk.choices(values))}.")
    if column.to:
        parts.append(f"{desk.text('refers')} “{desk.sheet_name(desk.definitions.cx.tables[column.to])}”.")
    if column.required:
        parts.append(desk.text("required_note"))
    return "\n".join(filter(None, parts))


def _rows(desk: CustomerDesk, sheet: Worksheet, table: CustomerTable) -> int:
    """The rows to fill in; how many there are."""
    if desk.filled is None:
        return 0
    frame = desk.filled.tables[table.name].frame
    for at, column in enumerate(table.columns):
        style = _style(column)
        for row, value in enumerate(frame[column.name].astype(object).tolist(), start=BODY):
            desk.write(sheet, (row, at), desk.shown(column, _missing_none(value)), style)
    return len(frame)


def _missing_none(value: object) -> object:
    import pandas as pd

    return None if value is pd.NA or value is pd.NaT else value


def _blanks(desk: CustomerDesk, sheet: Worksheet, table: CustomerTable, rows: Iterable[int]) -> None:
    styles = [_style(column) for column in table.columns]
    for row in rows:
        for at, style in enumerate(styles):
            desk.write(sheet, (row, at), None, style)


def _style(column: Column) -> Style:
    numeric = column.type in ("integer", "number", "money", "share", "quantity", "date", "datetime")
    role: Role = "answer" if numeric else "text_answer"
    text = "@" if column.type in ("id", "reference", "period") else "General"
    return Style(role, NUMBER_FORMATS.get(column.type, text))


# ── what may be entered ──


def _check(desk: CustomerDesk, column: Column) -> Mapping[str, object] | None:
    """The check of a column's cells in XlsxWriter's words; None where anything may stand."""
    values = desk.definitions.cx.values_of(column)
    if column.type == "boolean":
        return _listed(desk, "yes_no", "stop")
    if values and (values.values or values.codes):
        return _listed(desk, values.name, "warning" if values.open else "stop")
    if column.type in ("integer", "number", "money", "share", "quantity"):
        kind = "whole" if column.type == "integer" else "number"
        low = -1e15 if column.minimum is None else column.minimum
        high = 1e15 if column.maximum is None else column.maximum
        limits = {"criteria": "between", "minimum": _bound(low), "maximum": _bound(high)}
        return {"validate": "integer" if kind == "whole" else "decimal", **limits, **_words(desk, kind)}
    if column.type in ("date", "datetime"):
        limits = {"criteria": "between", "minimum": date(1950, 1, 1), "maximum": date(2100, 12, 31)}
        return {"validate": "date", **limits, **_words(desk, "date")}
    return None


def _bound(limit: float) -> float:
    return int(limit) if float(limit).is_integer() else limit


def _listed(desk: CustomerDesk, name: str, error_type: str) -> Mapping[str, object]:
    error = desk.text("choice_error" if error_type == "stop" else "open_error")
    words = {"error_title": desk.text("choice_title"), "error_message": error}
    source = list(desk.yes_no()) if desk.alone and name == "yes_no" else f"=list_{name}"
    return {"validate": "list", "source": source, "error_type": error_type, **words}


def _words(desk: CustomerDesk, kind: str) -> Mapping[str, str]:
    return {"error_title": desk.text(f"{kind}_title"), "error_message": desk.text(f"{kind}_error")}


def draw_lists(desk: CustomerDesk) -> None:
    """The hidden sheet the drop-down lists are taken from, each under a name."""
    name = desk.text("lists")
    sheet = desk.book.add_worksheet(name)
    lists = {each.name: desk.choices(each) for each in desk.definitions.cx.lists.values()} | {"yes_no": desk.yes_no()}
    for at, (key, choices) in enumerate((key, choices) for key, choices in lists.items() if choices):
        desk.write(sheet, (0, at), key, Style("column"))
        for row, choice in enumerate(choices, start=1):
            desk.write(sheet, (row, at), choice, Style("label"))
        letter = column_letters(at + 1)
        desk.book.define_name(f"list_{key}", f"='{name}'!${letter}$2:${letter}${len(choices) + 1}")
    sheet.hide()


def _set_up(sheet: Worksheet, theme: str, *, portrait: bool = False) -> None:
    """What holds for a sheet as a whole: view and paper; nothing is locked, so that data can be pasted."""
    sheet.hide_gridlines(2)
    sheet.set_tab_color(tokens().light[theme])
    sheet.set_paper(9)
    if not portrait:
        sheet.set_landscape()
        sheet.repeat_rows(KEYS, HEADS)
    sheet.fit_to_pages(1, 1 if portrait else 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
