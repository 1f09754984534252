"""The workbook for customers' data as an .xlsx file, empty or filled with tables; it reads none and judges none."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, in_language
from esgreport.render.customers_desk import CustomerDesk, Filled
from esgreport.render.customers_sheets import draw_lists, draw_settings, draw_start, draw_table
from esgreport.render.workbook_draw import MADE

if TYPE_CHECKING:
    from xlsxwriter import Workbook


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table of the customers' workbook as a sheet of another one: its name, and what to fill it with."""

    table: str
    filled: Filled | None


def draw_table_in(book: Workbook, sheet: TableSheet, definitions: Definitions, language: str) -> None:
    """The sheet of a table at the end of a workbook that is drawn; its lists stand in the checks themselves."""
    layout = definitions.cx.workbook
    theme = next(topic.theme for topic in layout.topics if sheet.table in topic.tables)
    desk = CustomerDesk(definitions, layout, language, book, sheet.filled, alone=True)
    draw_table(desk, definitions.cx.tables[sheet.table], theme)


def write_customer_workbook(definitions: Definitions, language: str, filled: Filled | None = None) -> bytes:
    """The workbook in a language: a sheet for each table, with explanations, drop-down lists and notes.

    In: the definitions, a language code, and what to fill it with (None: an empty workbook).
    Out: the bytes of the file; the same for the same tables. Read back, it gives the same tables.
    """
    import xlsxwriter

    layout = definitions.cx.workbook
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": in_language(layout.title, language), "created": MADE})
    desk = CustomerDesk(definitions, layout, language, book, filled)
    draw_start(desk)
    draw_settings(desk)
    for topic in layout.topics:
        for name in topic.tables:
            draw_table(desk, definitions.cx.tables[name], topic.theme)
    draw_lists(desk)
    book.close()
    return target.getvalue()
