"""Number formats of cells: the code each style stands for, and whether it shows a day; it formats nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pyexpat import XMLParserType

from esgreport.read.xml import SPREADSHEET, Part, scan

BUILT_IN: Mapping[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Codes that files name by number only (ECMA-376 part 1, 18.8.30); 27-36 and 50-58 are East Asian dates and times."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format code as stored, and whether it shows a day, month or year rather than a number."""

    code: str
    is_date: bool = False


GENERAL = NumberFormat("General")


def number_formats(part: Part) -> Mapping[str, NumberFormat]:
    """The number format of each cell style, by the style's index as cells write it. Errors: WorkbookError."""
    scanner = _StyleScanner()
    scan(part, "styleSheet", SPREADSHEET, scanner)
    codes = {str(number): code for number, code in BUILT_IN.items()} | scanner.codes
    return {str(index): number_format(codes.get(number, "General")) for index, number in enumerate(scanner.styles)}


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """A format code with what it shows: `d-mmm-yy` a date, `0.00%`, `[h]:mm` and `h:mm` (a time of day) none."""
    if not set(code) & set("dmyDMY"):
        return NumberFormat(code)
    literals = r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|am/pm|a/p'
    first_section = re.sub(literals, "", code, flags=re.IGNORECASE | re.DOTALL).split(";")[0].lower()
    is_time = "h" in first_section or "s" in first_section
    return NumberFormat(code, "d" in first_section or "y" in first_section or ("m" in first_section and not is_time))


class _StyleScanner:
    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.styles: list[str] = []
        self._section = ""

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._formats, self._format, self._cell_styles, self._style = (
            f"{namespace} {local}" for local in ("numFmts", "numFmt", "cellXfs", "xf")
        )
        # a difference of conditional formats ("dxf") may have a number format too, a named style an "xf"
        self._sections = {f"{namespace} {local}" for local in ("numFmts", "fonts", "cellStyleXfs", "cellXfs", "dxfs")}
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._style:
            if self._section == self._cell_styles:
                self.styles.append(attributes.get("numFmtId", "0"))
        elif name == self._format:
            if self._section == self._formats and "numFmtId" in attributes:
                self.codes[attributes["numFmtId"]] = attributes.get("formatCode", "General")
        elif name in self._sections:
            self._section = name
