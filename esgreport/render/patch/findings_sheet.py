"""The sheet that lists a workbook's findings, each with a link to its cell; it judges none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esgreport.model import Finding, Severity, cell_reference
from esgreport.render.patch import xml
from esgreport.render.patch.book import Book
from esgreport.render.patch.sheet import LONGEST_TEXT, area_of
from esgreport.render.patch.styles import Styles
from esgreport.texts import Translate

_WIDTHS = (12, 15, 12, 28, 12, 76, 56)
_LINE, _AIR, _TALLEST = 15, 4, 409
"""Points: of a line, around the text, and of the tallest row there can be."""
_TAB = "B3261E"
_HEAD_FILL, _HEAD_INK, _LINK_INK = "0D2328", "FFFFFF", "0B57D0"
_INKS = {Severity.ERROR: "B3261E", Severity.WARNING: "8A5A00", Severity.INFO: "2B3B45"}
_CELL = 4
"""Which of the columns holds the link, counted from 0."""


def findings_sheet(findings: Sequence[Finding], book: Book, styles: Styles, say: Translate) -> bytes:
    """The sheet's part; the styles it needs are added to those of the workbook."""
    rows = "".join(_rows(findings, styles, say)) or _nothing(styles, say)
    last = cell_reference(max(len(findings), 1) + 1, len(_WIDTHS))
    links = "".join(_links(findings, book))
    columns = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, 1))
    return xml.encoded(
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{book.namespace}">'
        f'<sheetPr><tabColor rgb="FF{_TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{_heading(styles, say)}{rows}</sheetData>"
        f'<autoFilter ref="A1:{last}"/>{f"<hyperlinks>{links}</hyperlinks>" if links else ""}'
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _heading(styles: Styles, say: Translate) -> str:
    titles = (
        say("Severity"),
        say("Code"),
        say("Disclosure"),
        say("Sheet"),
        say("Cell"),
        say("Finding"),
        say("What to do"),
    )
    style = styles.made(fill=_HEAD_FILL, colour=_HEAD_INK, face=("b",))
    return f'<row r="1">{"".join(_cell(1, column, title, style) for column, title in enumerate(titles, 1))}</row>'


def _rows(findings: Sequence[Finding], styles: Styles, say: Translate) -> Iterator[str]:
    plain, link = styles.made(), styles.made(colour=_LINK_INK, face=("u",))
    inks = {severity: styles.made(colour=ink, face=("b",)) for severity, ink in _INKS.items()}
    words = {Severity.ERROR: say("Error"), Severity.WARNING: say("Warning"), Severity.INFO: say("Remark")}
    for number, finding in enumerate(findings, 2):
        source = finding.source
        texts = (
            words[finding.severity],
            finding.code,
            finding.disclosure,
            source.sheet,
            source.cell or source.name,
            f"{finding.title}\n{finding.message}",
            finding.fix,
        )
        used = [inks[finding.severity], *([plain] * 3), link if _linked(finding) else plain, plain, plain]
        cells = [_cell(number, column, *pair) for column, pair in enumerate(zip(texts, used, strict=True), 1)]
        yield f'<row r="{number}" ht="{_height(texts)}" customHeight="1">{"".join(cells)}</row>'


def _height(texts: Sequence[str]) -> int:
    """Points a row needs for its longest text, wrapped: programs do not all work that out when they open a file."""
    wrapped = (
        sum(1 + len(line) // width for line in text.split("\n")) for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return min(_LINE * max(wrapped) + _AIR, _TALLEST)


def _nothing(styles: Styles, say: Translate) -> str:
    return f'<row r="2">{_cell(2, 6, say("Nothing was found that would have to be corrected."), styles.made())}</row>'


def _cell(row: int, column: int, words: str, style: int) -> str:
    inline = f'<is><t xml:space="preserve">{xml.text(words[:LONGEST_TEXT])}</t></is>'
    return f'<c r="{cell_reference(row, column)}" s="{style}" t="inlineStr">{inline}</c>'


def _links(findings: Sequence[Finding], book: Book) -> Iterator[str]:
    for number, finding in enumerate(findings, 2):
        if _linked(finding) and finding.source.sheet in book.sheets:
            sheet = finding.source.sheet.replace("'", "''")
            place = xml.attribute(f"'{sheet}'!{finding.source.cell}")
            shown = xml.attribute(finding.source.cell)
            yield f'<hyperlink ref="{cell_reference(number, _CELL + 1)}" location="{place}" display="{shown}"/>'


def _linked(finding: Finding) -> bool:
    return bool(finding.source.sheet and area_of(finding.source.cell))
