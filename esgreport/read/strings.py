"""The table of texts that cells share; it knows no cell."""

from __future__ import annotations

from pyexpat import XMLParserType

from esgreport.errors import WorkbookError
from esgreport.read.refusal import OTHER_DATA, refusal
from esgreport.read.text import unescaped
from esgreport.read.xml import SPREADSHEET, Part, steps

MOST_STRINGS = 1_000_000


class SharedStrings:
    """The texts by their number. The table is read as far as it is asked for, as most texts belong to other sheets.

    Formatted runs are joined, phonetic readings left out. Errors, at any time: WorkbookError.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._chunks: list[str] = []
        self._starts: list[int] = []
        self._joined: dict[int, str] = {}  # a long text in many cells must be in memory once
        self._phonetic = False
        self._is_complete = False
        self._steps = steps(part, "sst", SPREADSHEET, self)

    def __getitem__(self, index: int) -> str:
        """Errors, besides: IndexError for a number that no text has."""
        text = self._joined.get(index)
        if text is None:
            text = self._joined[index] = unescaped("".join(self._pieces(index)))
        return text

    def _pieces(self, index: int) -> list[str]:
        try:
            while not self._is_complete and len(self._starts) <= index + 1:  # until the next one begins
                self._is_complete = next(self._steps, self) is self
        except WorkbookError:
            self._starts.clear()  # the last text may be half a text: nobody shall get it
            raise
        end = self._starts[index + 1] if index + 1 < len(self._starts) else None
        return self._chunks[self._starts[index] : end]

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
            if len(self._starts) > MOST_STRINGS:
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
