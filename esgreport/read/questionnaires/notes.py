"""Notes on cells (what Excel calls comments) by their position; it reads no threads and no pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pyexpat import XMLParserType

from esgreport.read.book import relations
from esgreport.read.package import Package
from esgreport.read.questionnaires.drafts import Position
from esgreport.read.references import position
from esgreport.read.text import unescaped
from esgreport.read.xml import SPREADSHEET, Part, scan

LARGEST_NOTES = 5_000_000
MOST_NOTES = 5_000


def notes_of(package: Package, sheet_part: str, sheet: str) -> Mapping[Position, str]:
    """The notes of a worksheet, in one line each. Errors: WorkbookError for a part that is damaged."""
    links = relations(package, sheet_part)
    part = next((link.part for link in links.values() if link.kind == "comments"), "")
    if not part or not package.has(part) or package.size(part) > LARGEST_NOTES:
        return {}
    scanner = _NoteScanner()
    scan(Part(package.shown, sheet, package.read(part, sheet)), "comments", SPREADSHEET, scanner)
    return scanner.notes


class _NoteScanner:
    def __init__(self) -> None:
        self.notes: dict[Position, str] = {}
        self._reference = ""
        self._chunks: list[str] = []

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._parser = parser
        self._note, self._text = f"{namespace} comment", f"{namespace} t"
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._note:
            self._reference, self._chunks = attributes.get("ref", ""), []
        elif name == self._text:
            self._parser.CharacterDataHandler = self._chunks.append

    def _end(self, name: str) -> None:
        if name == self._text:
            self._parser.CharacterDataHandler = None
        elif name == self._note and len(self.notes) < MOST_NOTES:
            try:
                self.notes[position(self._reference)] = " ".join(unescaped("".join(self._chunks)).split())
            except ValueError:
                return
