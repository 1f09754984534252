"""A book of tables as an .xlsx file; what looks like a formula or an address in it stays text."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from esgreport.books import Book, Entry, Page
from esgreport.render.workbook_draw import FORMULA_SIGNS, MADE

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""Characters a cell can hold."""
_NO_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 31
_HEAD = 0


def write_book(book: Book) -> bytes:
    """The book as the bytes of a file; the same for the same book."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    file = xlsxwriter.Workbook(target, options)
    file.set_properties({"title": book.title, "created": MADE})
    looks = _Looks(file)
    used: set[str] = set()
    for page in book.pages:
        name = _name(page.title, used)
        used.add(name.casefold())
        _draw(file.add_worksheet(name), page, looks)
    file.close()
    return target.getvalue()


class _Looks:
    """The formats of a file, each made once."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self._file = file
        self._known: dict[tuple[str, bool, bool], Format] = {}

    def of(self, code: str = "", *, bold: bool = False, guarded: bool = False) -> Format:
        """A format with a number format's code; `guarded` for text a spreadsheet might take for a formula."""
        key = (code, bold, guarded)
        if key not in self._known:
            wanted: dict[str, object] = {"valign": "top"}
            wanted |= {"num_format": code} if code else {"text_wrap": True}
            wanted |= {"bold": True, "bottom": 1} if bold else {}
            wanted |= {"quote_prefix": True} if guarded else {}
            self._known[key] = self._file.add_format(wanted)
        return self._known[key]


def _name(title: str, used: set[str]) -> str:
    """A sheet's name as spreadsheets allow it, and no other sheet has it."""
    plain = _NO_NAME.sub(" ", title).strip()[:_LONGEST_NAME].rstrip() or "Sheet"
    name, number = plain, 2
    while name.casefold() in used:
        name = f"{plain[: _LONGEST_NAME - 3]} {number}"
        number += 1
    return name


def _draw(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    for column, heading in enumerate(page.headings):
        sheet.write_string(_HEAD, column, heading.title, looks.of(bold=True))
        sheet.set_column(column, column, heading.width)
    for number, row in enumerate(page.rows, start=1):
        for column, entry in enumerate(row):
            _write(sheet, (number, column), entry, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(page.rows), 1), len(page.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)


def _write(sheet: Worksheet, place: tuple[int, int], entry: Entry, looks: _Looks) -> None:
    value = entry.value
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, looks.of("General"))
    elif isinstance(value, Decimal):
        sheet.write_number(*place, float(value), looks.of(_code(entry)))
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, looks.of("yyyy-mm-dd"))
    elif value:
        text = _NO_XML.sub("", value)
        text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
        sheet.write_string(*place, text, looks.of(guarded=text.startswith(FORMULA_SIGNS)))


def _code(entry: Entry) -> str:
    """The code of a number's format: places shown, thousands parted but in years."""
    if entry.kind == "year":
        return "0"
    decimals = "." + "0" * entry.places if entry.places > 0 else ""
    return f"0{decimals}%" if entry.kind == "percent" else f"#,##0{decimals}"
