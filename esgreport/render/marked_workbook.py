"""The user's own workbook with its findings: a colour and a note at each cell, and a sheet that lists them all.

Everything else of the workbook stays as it was, part for part: nothing is read into a model and written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from esgreport.model import Finding, Severity
from esgreport.render.patch import at_anchor
from esgreport.render.patch.book import Book
from esgreport.render.patch.findings_sheet import findings_sheet
from esgreport.render.patch.notes import add_notes
from esgreport.render.patch.sheet import LONGEST_TEXT, Change, SheetPart, area_of
from esgreport.render.patch.styles import Styles
from esgreport.texts import Translate

FILLS: Mapping[Severity, str] = {
    Severity.ERROR: "FFC7CE",
    Severity.WARNING: "FFEB9C",
    Severity.INFO: "D9E8F5",
}
"""Colours of a marked cell, those spreadsheet programs use for bad and neutral; black text reads well on each."""

_Places = dict[tuple[int, int], list[Finding]]


def marked_workbook(content: bytes, findings: Sequence[Finding], say: Translate) -> bytes:
    """A copy of a workbook with a mark at each cell that has a finding, and a sheet of all findings at the end.

    In: the workbook's bytes, its findings in the reader's language, and how to say things in that language. The mark
    is the cell's own style with another fill, and a note where the cell has none and the sheet can take one.
    Errors: RenderError for a damaged workbook.
    """
    book = Book(content)
    styles_part = book.styles_part()
    styles = Styles(book.read(styles_part), styles_part)
    for sheet, found in _by_sheet(findings, book).items():
        part = book.sheets[sheet]
        page = SheetPart(book.read(part), part)
        places = _by_place(found, page)
        marks = [
            Change(row, column, style=styles.filled(page.style(row, column), FILLS[_gravest(here)]))
            for (row, column), here in places.items()
        ]
        book.write(part, page.changed(marks))
        add_notes(book, part, {place: _note(here, say) for place, here in places.items()})
    title = book.free_title(say("Findings"))
    book.add_sheet(title, findings_sheet(findings, book, styles, say))
    book.write(styles_part, styles.result())
    return book.content()


def _by_sheet(findings: Iterable[Finding], book: Book) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.source.sheet in book.sheets and area_of(finding.source.cell):
            found.setdefault(finding.source.sheet, []).append(finding)
    return found


def _by_place(findings: Iterable[Finding], page: SheetPart) -> _Places:
    """The findings by the cell that shows them: the first of their area, and of a merged one the one that is seen."""
    places: _Places = {}
    for finding in findings:
        area = area_of(finding.source.cell)
        if area:
            seen = at_anchor(page, Change(area.top, area.left))
            places.setdefault((seen.row, seen.column), []).append(finding)
    return places


def _gravest(findings: Iterable[Finding]) -> Severity:
    order = list(Severity)
    return min((finding.severity for finding in findings), key=order.index)


def _note(findings: Iterable[Finding], say: Translate) -> str:
    return "\n\n".join("\n".join(_lines(finding, say)) for finding in findings)[:LONGEST_TEXT]


def _lines(finding: Finding, say: Translate) -> Iterator[str]:
    words = {Severity.ERROR: say("Error"), Severity.WARNING: say("Warning"), Severity.INFO: say("Remark")}
    yield f"{words[finding.severity]} {finding.code}: {finding.title}"
    yield finding.message
    if finding.fix:
        yield f"→ {finding.fix}"
