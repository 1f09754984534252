"""The table of texts that cells share; it knows no cell."""

from __future__ import annotations

from pyexpat import XMLParserType

from esgreport.read.refusal import OTHER_DATA, refusal
from esgreport.read.text import unescaped
from esgreport.read.xml import SPREADSHEET, Part, scan

MOST_STRINGS = 1_000_000


class SharedStrings:
    """The texts by their number; each is put together when it is first asked for, as most never are.

    Formatted runs are joined, phonetic readings left out. Errors, when it is made: WorkbookError.
    """

    def __init__(self, part: Part | None = None) -> None:
        self._part = part
        self._chunks: list[str] = []
        self._starts: list[int] = []
        self._joined: dict[int, str] = {}  # a long text in many cells must be in memory once
        self._phonetic = False
        if part is not None:
            scan(part, "sst", SPREADSHEET, self)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> str:
        text = self._joined.get(index)
        if text is None:
            end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._chunks)
            text = self._joined[index] = unescaped("".join(self._chunks[self._starts[index] : end]))
        return text

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        """The table begins (called by `scan`)."""
        self._parser = parser
        self._item, self._text, self._reading = (f"{namespace} {local}" for local in ("si", "t", "rPh"))
        parser.StartElementHandler = self._start

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == self._text:
            if not self._phonetic:
                self._parser.CharacterDataHandler = self._chunks.append
                self._parser.EndElementHandler = self._end
        elif name == self._item:
            self._starts.append(len(self._chunks))
            if len(self._starts) > MOST_STRINGS and self._part:
                raise refusal(self._part.shown, "", f"there are more than {MOST_STRINGS:,} texts", OTHER_DATA)
        elif name == self._reading:
            self._phonetic = True
            self._parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        if name == self._text:
            self._parser.CharacterDataHandler = None
            if not self._phonetic:
                self._parser.EndElementHandler = None
        elif name == self._reading:
            self._phonetic = False
            self._parser.EndElementHandler = None
