"""One worksheet: its filled cells and merged areas, in one pass; cells without a value cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pyexpat import XMLParserType

from esgreport.errors import WorkbookError
from esgreport.model import Area, Cell, cell_reference
from esgreport.read.references import area_on, position
from esgreport.read.refusal import OTHER_DATA, SAVE_AGAIN, refusal
from esgreport.read.styles import GENERAL, NumberFormat
from esgreport.read.values import Settings, cell_value
from esgreport.read.xml import SPREADSHEET, Part, scan

MOST_CELLS = 500_000
"""In all sheets of a workbook that are read. The official template has 3,000 on those with answers."""
MOST_MERGED = 100_000

Cells = Mapping[tuple[int, int], Cell]


def read_cells(
    part: Part, formats: Mapping[str, NumberFormat], settings: Settings, most: int = MOST_CELLS
) -> tuple[Cells, tuple[Area, ...]]:
    """The cells that hold a value or a formula, and the merged areas, of a worksheet part; its place is its name.

    `most` is how many cells it may have.
    Errors: WorkbookError with sheet and cell.
    """
    scanner = SheetScanner(part, formats, settings, most)
    scan(part, "worksheet", SPREADSHEET, scanner)
    return scanner.cells, tuple(scanner.merged)


class SheetScanner:
    """Callbacks of the parser. They are called for each element, so they are written to do little.

    Who wants to know more of a sheet than its values extends it.
    """

    def __init__(self, part: Part, formats: Mapping[str, NumberFormat], settings: Settings, most: int) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Area] = []
        self._part, self._formats, self._settings, self._most = part, formats, settings, most
        self._general = formats.get("0", GENERAL)
        self._attributes: dict[str, str] = {}
        self._chunks: list[str] = []
        self._row = 0
        self._counts = False
        self._valued = self._formula = self._phonetic = False

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        """The sheet begins (called by `scan`)."""
        self._parser = parser
        self._cell = f"{namespace} c"
        self._texts = (f"{namespace} v", f"{namespace} t")
        self._reading = f"{namespace} rPh"
        self._begin: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            f"{namespace} v": self._begin_text,
            f"{namespace} t": self._begin_text,
            f"{namespace} f": self._begin_formula,
            f"{namespace} row": self._begin_row,
            f"{namespace} mergeCell": self._merge,
            self._reading: self._begin_reading,
        }
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell:
            if self._counts or self._valued or "r" not in attributes:
                self._place(attributes)
            self._attributes = attributes
        elif begin := self._begin.get(name):
            begin(attributes)

    def _end(self, name: str) -> None:
        """The end of an element in a cell that is not empty; ends are not listened to before there is one."""
        if name in self._texts:
            self._parser.CharacterDataHandler = None
        elif name == self._cell:
            self._keep()
            self._parser.EndElementHandler = None
        elif name == self._reading:
            self._phonetic = False

    def _begin_text(self, _attributes: Mapping[str, str]) -> None:
        self._valued = True
        if not self._phonetic:
            self._parser.CharacterDataHandler = self._chunks.append
        self._parser.EndElementHandler = self._end

    def _begin_formula(self, _attributes: Mapping[str, str]) -> None:
        self._formula = True
        self._parser.EndElementHandler = self._end

    def _begin_reading(self, _attributes: Mapping[str, str]) -> None:
        self._phonetic = True
        self._parser.EndElementHandler = self._end

    def _merge(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("ref", "")
        area = area_on(self._part.place, reference)
        if area is None:
            raise self._refused("", f"the merged area {reference[:40]!r} is none")
        self.merged.append(area)
        if len(self.merged) > MOST_MERGED:
            raise self._refused("", f"there are more than {MOST_MERGED:,} merged areas", OTHER_DATA)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        self._counts = number is None
        self._attributes = {}
        if number is None:
            self._row += 1
        elif number.isascii() and number.isdecimal() and len(number) < 9:
            self._row = int(number)
        else:
            raise self._refused("", f"a row has the number {number[:40]!r}")

    def _place(self, attributes: dict[str, str]) -> None:
        """Write into a cell's attributes where it is when it or its row does not say so: after the one before."""
        before = self._attributes.get("r")
        if self._valued:
            raise self._refused(before or "", "a value stands outside a cell, or a cell inside another")
        try:
            if "r" in attributes:
                self._row = position(attributes["r"])[0]
            else:
                column = position(before)[1] + 1 if before else 1
                attributes["r"] = cell_reference(self._row, column)
        except ValueError:
            raise self._refused(attributes.get("r", before or ""), "this is no place on a sheet") from None

    def _keep(self) -> None:
        attributes = self._attributes
        reference = attributes["r"]
        shown_as = self._formats.get(attributes.get("s", "0"), self._general)
        try:
            place = position(reference)
        except ValueError:
            raise self._refused(reference, "this is no place on a sheet") from None
        try:
            text = "".join(self._chunks)
            value = cell_value(attributes.get("t", "n"), text, shown_as, self._settings) if self._valued else None
        except ValueError as error:
            raise self._refused(reference, f"the cell cannot be read: {error}") from None
        if place in self.cells:
            raise self._refused(reference, "this cell is stored twice")
        if value is not None or self._formula:
            self.cells[place] = Cell(value, shown_as.code, self._formula)
            if len(self.cells) > self._most:
                what = f"with this sheet the workbook has more than {MOST_CELLS:,} filled cells"
                raise self._refused("", what, OTHER_DATA)
        self._chunks.clear()
        self._valued = self._formula = False

    def _refused(self, cell: str, what: str, advice: str = SAVE_AGAIN) -> WorkbookError:
        place = f"{self._part.place}!{cell}" if cell else self._part.place
        return refusal(self._part.shown, place, what, advice)
