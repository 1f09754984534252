"""The table of texts that cells share; it knows no cell."""

from __future__ import annotations

from pyexpat import XMLParserType

from esgreport.read.refusal import refusal
from esgreport.read.text import unescaped
from esgreport.read.xml import SPREADSHEET, Part, scan

MOST_STRINGS = 1_000_000


def shared_strings(part: Part) -> tuple[str, ...]:
    """The texts in their order, formatted runs joined, phonetic readings left out. Errors: WorkbookError."""
    scanner = _StringScanner(part)
    scan(part, "sst", SPREADSHEET, scanner)
    return tuple(scanner.strings)


class _StringScanner:
    def __init__(self, part: Part) -> None:
        self.strings: list[str] = []
        self._part = part
        self._chunks: list[str] = []
        self._phonetic = False

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._parser = parser
        self._item, self._text, self._reading = (f"{namespace} {local}" for local in ("si", "t", "rPh"))
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == self._text:
            if not self._phonetic:
                self._parser.CharacterDataHandler = self._chunks.append
        elif name == self._reading:
            self._phonetic = True

    def _end(self, name: str) -> None:
        if name == self._text:
            self._parser.CharacterDataHandler = None
        elif name == self._item:
            self.strings.append(unescaped("".join(self._chunks)))
            self._chunks.clear()
            if len(self.strings) > MOST_STRINGS:
                what = f"there are more than {MOST_STRINGS:,} texts"
                raise refusal(self._part.shown, self._part.place, what, "Remove the sheets that hold other data.")
        elif name == self._reading:
            self._phonetic = False
