"""One worksheet: its filled cells and merged areas, in one pass; cells without a value cost nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pyexpat import XMLParserType

from esgreport.errors import WorkbookError
from esgreport.model import Area, Cell, cell_reference
from esgreport.read.references import area_on, position
from esgreport.read.refusal import SAVE_AGAIN, refusal
from esgreport.read.styles import GENERAL, NumberFormat
from esgreport.read.values import Settings, cell_value
from esgreport.read.xml import SPREADSHEET, Part, scan

MOST_CELLS = 500_000
MOST_MERGED = 100_000

Cells = Mapping[tuple[int, int], Cell]


def read_cells(part: Part, formats: Mapping[str, NumberFormat], settings: Settings) -> tuple[Cells, tuple[Area, ...]]:
    """The cells that hold a value or a formula, and the merged areas, of a worksheet part; its place is its name.

    Errors: WorkbookError with sheet and cell.
    """
    scanner = _SheetScanner(part, formats, settings)
    scan(part, "worksheet", SPREADSHEET, scanner)
    return scanner.cells, tuple(scanner.merged)


class _SheetScanner:
    """Callbacks of the parser. They are called for each element, so they are written to do little."""

    def __init__(self, part: Part, formats: Mapping[str, NumberFormat], settings: Settings) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Area] = []
        self._part, self._formats, self._settings = part, formats, settings
        self._general = formats.get("0", GENERAL)
        self._attributes: dict[str, str] = {}
        self._chunks: list[str] = []
        self._row = 0
        self._row_is_counted = False
        self._reference = ""
        self._valued = self._formula = self._phonetic = False

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._parser = parser
        self._cell, self._value, self._formula_text, self._row_element, self._text = (
            f"{namespace} {local}" for local in ("c", "v", "f", "row", "t")
        )
        self._inline, self._reading, self._data, self._merge = (
            f"{namespace} {local}" for local in ("is", "rPh", "sheetData", "mergeCell")
        )
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell:
            self._attributes = attributes
            if "r" not in attributes or self._row_is_counted:
                self._place(attributes.get("r"))
            else:
                self._reference = attributes["r"]
        elif name in (self._value, self._text):
            self._valued = True
            if not self._phonetic:
                self._parser.CharacterDataHandler = self._chunks.append
        elif name == self._formula_text:
            self._formula = True
        elif name == self._row_element:
            self._begin_row(attributes.get("r"))
        elif name == self._inline:
            self._valued = True
        elif name == self._reading:
            self._phonetic = True

    def _end(self, name: str) -> None:
        if name == self._cell:
            if self._valued or self._formula:
                self._keep()
        elif name in (self._value, self._text):
            self._parser.CharacterDataHandler = None
        elif name == self._reading:
            self._phonetic = False
        elif name == self._data:
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._after_data, None

    def _after_data(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._merge:
            area = area_on(self._part.place, attributes.get("ref", ""))
            if area is None:
                raise self._refused("", f"the merged area {attributes.get('ref')!r} is none")
            self.merged.append(area)
            if len(self.merged) > MOST_MERGED:
                raise self._refused("", f"there are more than {MOST_MERGED:,} merged areas")

    def _begin_row(self, number: str | None) -> None:
        self._row_is_counted = number is None
        self._reference = ""
        if number is None:
            self._row += 1
        elif number.isascii() and number.isdecimal() and len(number) < 9:
            self._row = int(number)
        else:
            raise self._refused("", f"a row has the number {number!r}")

    def _place(self, reference: str | None) -> None:
        """Find out where a cell is when the row or the cell itself does not say it: after the one before."""
        try:
            if reference is None:
                before = position(self._reference)[1] if self._reference else 0
                self._reference = cell_reference(self._row, before + 1)
            else:
                self._reference = reference
                self._row = position(reference)[0]
        except ValueError:
            raise self._refused(self._reference, "this is no place on a sheet") from None

    def _keep(self) -> None:
        attributes = self._attributes
        style = attributes.get("s")
        shown_as = self._formats.get(style, self._general) if style else self._general
        try:
            place = position(self._reference)
        except ValueError:
            raise self._refused(self._reference, "this is no place on a sheet") from None
        try:
            text = "".join(self._chunks)
            value = cell_value(attributes.get("t", "n"), text, shown_as, self._settings) if self._valued else None
        except ValueError as error:
            raise self._refused(self._reference, f"the cell cannot be read: {error}") from None
        if place in self.cells:
            raise self._refused(self._reference, "this cell is stored twice")
        if value is not None or self._formula:
            self.cells[place] = Cell(value, shown_as.code, self._formula)
            if len(self.cells) > MOST_CELLS:
                raise self._refused("", f"there are more than {MOST_CELLS:,} filled cells")
        self._chunks.clear()
        self._valued = self._formula = False

    def _refused(self, cell: str, what: str) -> WorkbookError:
        place = f"{self._part.place}!{cell}" if cell else self._part.place
        return refusal(self._part.shown, place, what, SAVE_AGAIN)
