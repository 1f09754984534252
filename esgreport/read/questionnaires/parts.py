"""One worksheet with all that tells where to write: styles, validations, protection, what is hidden; it judges none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pyexpat import XMLParserType

from esgreport.model import Area
from esgreport.read.references import area_on
from esgreport.read.sheets import SheetScanner
from esgreport.read.styles import NumberFormat
from esgreport.read.values import Settings
from esgreport.read.xml import SPREADSHEET, Part, scan

MOST_STYLED = 400_000
MOST_RULES = 20_000
MOST_AREAS = 10_000
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be entered in some areas: `kind` as Excel names it (`list`, `whole`, …), the formulas as text."""

    areas: tuple[Area, ...]
    kind: str
    first: str = ""
    second: str = ""
    prompt: str = ""
    operator: str = ""


class FormScanner(SheetScanner):
    """Callbacks of the parser, for a sheet that is to be filled in."""

    def __init__(self, part: Part, formats: Mapping[str, NumberFormat], settings: Settings, most: int) -> None:
        super().__init__(part, formats, settings, most)
        self.styled: dict[str, str] = {}
        self.row_styles: dict[int, str] = {}
        self.column_styles: list[tuple[int, int, str]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.protected = False
        self.rules: list[Rule] = []
        self.controls: dict[str, str] = {}
        self.drawing = ""
        self._rule: dict[str, str] = {}
        self._formulas: dict[str, str] = {}
        self._text: list[str] = []
        self._areas = 0

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        """The sheet begins (called by `scan`)."""
        super().begin(parser, namespace)
        rule = self._begin_rule
        self._begin = {
            **self._begin,
            f"{namespace} col": self._column,
            f"{namespace} sheetProtection": self._protect,
            f"{namespace} dataValidation": rule,
            f"{_X14} dataValidation": rule,
            f"{namespace} control": self._control,
            f"{namespace} legacyDrawing": self._drawing,
        }
        self._ends = {f"{namespace} dataValidation", f"{_X14} dataValidation"}
        self._formula_names = {
            f"{namespace} formula1": "first",
            f"{namespace} formula2": "second",
            f"{_X14} formula1": "first",
            f"{_X14} formula2": "second",
            f"{_XM} sqref": "sqref",
        }

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        super()._start(name, attributes)
        if name == self._cell and len(self.styled) < MOST_STYLED:
            self.styled[attributes["r"]] = attributes.get("s", "0")

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        super()._begin_row(attributes)
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self._row)
        if "s" in attributes and attributes.get("customFormat") in ("1", "true"):
            self.row_styles[self._row] = attributes["s"]

    def _column(self, attributes: Mapping[str, str]) -> None:
        first, last = (attributes.get(key, "") for key in ("min", "max"))
        if not (first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6):
            return
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.append((int(first), int(last)))
        if "style" in attributes:
            self.column_styles.append((int(first), int(last), attributes["style"]))

    def _protect(self, attributes: Mapping[str, str]) -> None:
        self.protected = attributes.get("sheet") in ("1", "true")

    def _control(self, attributes: Mapping[str, str]) -> None:
        link = next((value for key, value in attributes.items() if key.endswith("/relationships id")), "")
        self.controls[attributes.get("shapeId", "")] = link

    def _drawing(self, attributes: Mapping[str, str]) -> None:
        self.drawing = next((value for key, value in attributes.items() if key.endswith("/relationships id")), "")

    def _begin_rule(self, attributes: Mapping[str, str]) -> None:
        """From here on only validations are listened to, until the rule ends; cells come before them."""
        self._rule, self._formulas = dict(attributes), {}
        self._parser.StartElementHandler = self._in_rule
        self._parser.EndElementHandler = self._end_rule

    def _in_rule(self, name: str, _attributes: dict[str, str]) -> None:
        if name in self._formula_names or name == f"{_XM} f":
            self._text = []
            self._parser.CharacterDataHandler = self._text.append

    def _end_rule(self, name: str) -> None:
        if name in self._formula_names:
            self._formulas[self._formula_names[name]] = "".join(self._text)
            self._parser.CharacterDataHandler = None
        elif name in self._ends:
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = None
            if len(self.rules) < MOST_RULES:
                self.rules.append(self._made())

    def _made(self) -> Rule:
        places = self._rule.get("sqref") or self._formulas.get("sqref", "")
        references = places.split()[: max(MOST_AREAS - self._areas, 0)]
        self._areas += len(references)
        areas = (area_on(self._part.place, reference) for reference in references)
        return Rule(
            areas=tuple(area for area in areas if area),
            kind=self._rule.get("type", ""),
            first=self._formulas.get("first", "").strip(),
            second=self._formulas.get("second", "").strip(),
            prompt=self._rule.get("prompt", ""),
            operator=self._rule.get("operator", ""),
        )


def scanned(part: Part, formats: Mapping[str, NumberFormat], settings: Settings, most: int) -> FormScanner:
    """A worksheet part gone through; its place is its name, `most` how many filled cells it may have.

    Errors: WorkbookError with sheet and cell.
    """
    scanner = FormScanner(part, formats, settings, most)
    scan(part, "worksheet", SPREADSHEET, scanner)
    return scanner
