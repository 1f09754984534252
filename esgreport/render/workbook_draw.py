"""Drawing a planned workbook with XlsxWriter: cells, checks, protection, paper; same plan, same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esgreport.errors import RenderError
from esgreport.model import Area, cell_reference
from esgreport.render.tokens import tokens
from esgreport.render.workbook_looks import properties, status_looks
from esgreport.render.workbook_shapes import Box, Check, Plan, PlannedSheet, Style

LONGEST_TEXT = 32_767
"""What an Excel cell holds at most."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MADE = datetime(2025, 1, 1)
"""The date in the file's properties: always the same, so that the same facts give the same bytes."""

Say = Callable[[str], str]


class _NoResult(str):
    """The empty text as a formula's result.

    XlsxWriter stores a plain empty text without its type, which reads as a formula that was never computed.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


class _Number(float):
    """A number that is stored with all the digits that make it the double it is.

    XlsxWriter keeps sixteen of them, which is one too few for some.
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return repr(float(self)).upper()


def draw_workbook(plan: Plan, say: Say, more: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    """The plan as an .xlsx file. `say` gives the texts of checks and statuses by key; `more` draws sheets behind it.

    Errors: RenderError for a text longer than a cell can hold.
    """
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": plan.title, "created": MADE})
    book.set_calc_mode("auto")
    pen = _Pen(book, say)
    for sheet in plan.sheets:
        pen.draw(sheet)
    for name, reference in plan.names:
        book.define_name(name, f"={reference}")
    if more:
        more(book)
    book.close()
    return target.getvalue()


@dataclass
class _Pen:
    book: xlsxwriter.Workbook
    say: Say
    formats: dict[tuple[Style, bool], Format] = field(default_factory=dict)
    status_formats: dict[str, Format] = field(default_factory=dict)

    def format(self, style: Style, *, guarded: bool = False) -> Format:
        """The format of a style; `guarded` for text that a spreadsheet might take for a formula."""
        key = (style, guarded)
        if key not in self.formats:
            guard = {"quote_prefix": True} if guarded else {}
            self.formats[key] = self.book.add_format({**properties(style), **guard})
        return self.formats[key]

    def draw(self, sheet: PlannedSheet) -> None:
        """One sheet."""
        worksheet = self.book.add_worksheet(sheet.name)
        for column, width in enumerate(sheet.widths):
            worksheet.set_column(column, column, width)
        for row, height in sheet.heights.items():
            worksheet.set_row(row - 1, height)
        for box in sheet.boxes:
            self._box(worksheet, sheet, box)
        for area, check in sheet.checks:
            worksheet.data_validation(*_corners(area), _rule(check, self.say))
        self._conditions(worksheet, sheet)
        _set_up(worksheet, sheet, self.say)

    def _box(self, worksheet: Worksheet, sheet: PlannedSheet, box: Box) -> None:
        right, bottom = max(box.right, box.left), max(box.bottom, box.row)
        guarded = isinstance(box.value, str) and not box.formula and box.value.startswith(FORMULA_SIGNS)
        form = self.format(box.style, guarded=guarded)
        if (bottom, right) != (box.row, box.left):
            worksheet.merge_range(box.row - 1, box.left - 1, bottom - 1, right - 1, "", form)
        self._write(worksheet, sheet, box, form)

    def _write(self, worksheet: Worksheet, sheet: PlannedSheet, box: Box, form: Format) -> None:
        row, column, value = box.row - 1, box.left - 1, box.value
        if box.formula:
            worksheet.write_formula(row, column, box.formula, form, _result(value))
        elif box.link:
            worksheet.write_url(row, column, f"internal:'{box.link}'!A1", form, box.link)
        elif isinstance(value, Decimal):
            worksheet.write_number(row, column, _Number(value), form)
        elif isinstance(value, date):
            worksheet.write_datetime(row, column, datetime(value.year, value.month, value.day), form)
        elif value:
            if len(value) > LONGEST_TEXT:
                place = f"{sheet.name}!{cell_reference(box.row, box.left)}"
                raise RenderError(f"{place}: the text has {len(value)} characters, an Excel cell holds {LONGEST_TEXT}.")
            worksheet.write_string(row, column, value, form)
        else:
            worksheet.write_blank(row, column, None, form)

    def _conditions(self, worksheet: Worksheet, sheet: PlannedSheet) -> None:
        for area in sheet.statuses:
            for key, look in status_looks().items():
                form = self.status_formats.setdefault(key, self.book.add_format(look))
                rule = {"type": "cell", "criteria": "==", "value": f'"{self.say(key)}"', "format": form}
                worksheet.conditional_format(*_corners(area), rule)
        for area in sheet.shares:
            bar = {
                "type": "data_bar",
                "bar_solid": True,
                "bar_color": tokens().light["environment-soft"],
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": 1,
            }
            worksheet.conditional_format(*_corners(area), bar)


def _result(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value or _NoResult()


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.top - 1, area.left - 1, area.bottom - 1, area.right - 1


def _rule(check: Check, say: Say) -> Mapping[str, object]:
    """A check in XlsxWriter's words, with a message that says what to enter."""
    limits: dict[str, dict[str, object]] = {
        "list": {"validate": "list", "source": f"={check.source}"},
        "code": {"validate": "list", "source": f"={check.source}", "error_type": "warning"},
        "number": {"validate": "decimal", "criteria": ">=", "value": 0},
        "any_number": {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15},
        "percent": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
        "gap": {"validate": "decimal", "criteria": "<=", "value": 1},
        "date": {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1990, 1, 1),
            "maximum": date(2100, 12, 31),
        },
        "year": {"validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100},
    }
    titles = {"list": "choice", "code": "choice", "any_number": "number", "gap": "percent"}
    errors = {"list": "choice", "any_number": "number"}
    title = say(f"{titles.get(check.kind, check.kind)}_title")
    return {
        **limits[check.kind],
        "error_title": title,
        "error_message": say(f"{errors.get(check.kind, check.kind)}_error"),
    }


def _set_up(worksheet: Worksheet, sheet: PlannedSheet, say: Say) -> None:
    """What holds for the sheet as a whole: view, protection without a password, paper."""
    worksheet.hide_gridlines(2)
    worksheet.set_zoom(100)
    worksheet.set_tab_color(tokens().light[sheet.theme])
    last = max((max(box.bottom, box.row) for box in sheet.boxes), default=1)
    # Postal codes and identifiers are text by intent: no green corners.
    whole = Area(sheet.name, 1, 1, last, sheet.last_column).reference
    worksheet.ignore_errors({"number_stored_as_text": whole})
    if sheet.hidden:
        worksheet.hide()
    if sheet.frozen_rows:
        worksheet.freeze_panes(sheet.frozen_rows, 0)
        worksheet.repeat_rows(0, sheet.frozen_rows - 1)
    worksheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
    if not sheet.one_page:
        worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 1 if sheet.one_page else 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.set_footer(f"&L&8&A&R&8{say('page')} &P / &N")
