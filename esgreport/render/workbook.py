"""Our input workbook as an .xlsx file, empty or filled with facts; it reads none and judges none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, in_language
from esgreport.definitions.workbook import load_layout
from esgreport.model import Filing
from esgreport.render.customers import TableSheet, draw_table_in
from esgreport.render.workbook_draw import draw_workbook
from esgreport.render.workbook_plan import plan_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def write_workbook(
    definitions: Definitions, language: str, filing: Filing | None, more: Sequence[TableSheet] = ()
) -> bytes:
    """The workbook in a language: every concept of the standard has a named cell, as the official template has them.

    In: the definitions, a language code, and the facts to fill it with (None: an empty workbook). `more` are tables of
    the customers' workbook that get a sheet at its end, each with what to fill it with.
    Out: the bytes of the file; the same for the same facts. Read back, it gives the same facts.
    Errors: RenderError when a fact has no cell or a text is too long for one; DefinitionError for a wrong layout.
    """
    layout = load_layout(definitions.folder)
    plan = plan_workbook(definitions, layout, language, filing)

    def say(key: str) -> str:
        return in_language(layout.texts[key], language)

    def draw_more(book: Workbook) -> None:
        for sheet in more:
            draw_table_in(book, sheet, definitions, language)

    return draw_workbook(plan, say, draw_more)
