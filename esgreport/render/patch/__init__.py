"""Changes in a workbook someone sent us: only the parts that must change do, every other byte of it stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from esgreport.errors import RenderError
from esgreport.render.patch.book import Book
from esgreport.render.patch.sheet import Change, SheetPart, Value

__all__ = ["Change", "Patched", "Value", "patch"]


@dataclass(frozen=True, slots=True)
class Patched:
    """A changed workbook, and the names of the parts of it that are not as they were."""

    content: bytes
    parts_changed: tuple[str, ...]


def patch(content: bytes, sheet_changes: Mapping[str, Sequence[Change]]) -> Patched:
    """The workbook with cells changed, by the name of their sheet.

    A cell keeps its style unless it is given one; one that is not stored gets that of its row or column. A change
    inside a merged area goes to the cell that shows. Text is written in the cell itself and is never a formula. Where
    a value is written, the workbook asks to be computed anew when it is opened.
    Errors: RenderError for a sheet there is not, a value in place of a formula, a text too long, a damaged file.
    """
    book = Book(content)
    for sheet, changes in sheet_changes.items():
        part = book.sheet_part(sheet)
        page = SheetPart(book.read(part), part)
        try:
            book.write(part, page.changed(at_anchor(page, change) for change in changes))
        except RenderError as error:
            raise RenderError(f"{sheet}!{error.message}") from None
    if any(change.value is not None for changes in sheet_changes.values() for change in changes):
        book.recalculate_on_load()
    return Patched(book.content(), book.changed)


def at_anchor(page: SheetPart, change: Change) -> Change:
    """The change at the cell that shows what stands there."""
    row, column = page.anchor(change.row, change.column)
    return Change(row, column, change.value, change.style)
