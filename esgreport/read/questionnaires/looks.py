"""How cells look, as far as that tells heads from answers: fill, border, bold, locked; it knows no cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pyexpat import XMLParserType

from esgreport.read.xml import SPREADSHEET, Part, scan

_PLAIN_FILLS = frozenset(("FFFFFFFF", "00FFFFFF", "FFFFFF", "indexed64", "indexed9", "theme0"))


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a cell: its fill (empty for none or white); whether it is framed, bold, locked under protection."""

    fill: str = ""
    framed: bool = False
    bold: bool = False
    locked: bool = True


PLAIN = Look()


def looks(part: Part) -> Mapping[str, Look]:
    """The look of each cell style, by the style's index as cells write it. Errors: WorkbookError."""
    scanner = _LookScanner()
    scan(part, "styleSheet", SPREADSHEET, scanner)
    return {str(index): scanner.look(style) for index, style in enumerate(scanner.styles)}


class _LookScanner:
    def __init__(self) -> None:
        self.styles: list[dict[str, str]] = []
        self._bold: list[bool] = []
        self._fills: list[str] = []
        self._framed: list[bool] = []
        self._section = ""

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._prefix = f"{namespace} "
        parser.StartElementHandler = self._start

    def look(self, style: Mapping[str, str]) -> Look:
        """The look a style stands for."""

        def chosen(key: str, count: int) -> int:
            number = style.get(key, "0")
            return int(number) if number.isdecimal() and len(number) < 6 and int(number) < count else -1

        bold, fill, framed = (
            chosen("fontId", len(self._bold)),
            chosen("fillId", len(self._fills)),
            chosen("borderId", len(self._framed)),
        )
        return Look(
            fill=self._fills[fill] if fill >= 0 else "",
            framed=self._framed[framed] if framed >= 0 else False,
            bold=self._bold[bold] if bold >= 0 else False,
            locked=style.get("locked", "1") not in ("0", "false"),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.removeprefix(self._prefix)
        if local in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "numFmts"):
            self._section = local
            return
        match self._section:
            case "fonts":
                self._font(local, attributes)
            case "fills":
                self._fill(local, attributes)
            case "borders":
                self._border(local, attributes)
            case "cellXfs":
                self._style(local, attributes)

    def _font(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "font":
            self._bold.append(False)
        elif local == "b" and self._bold:
            self._bold[-1] = attributes.get("val", "1") not in ("0", "false")

    def _fill(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "fill":
            self._fills.append("")
        elif local == "patternFill" and self._fills:
            pattern = attributes.get("patternType", "none")
            self._fills[-1] = "" if pattern in ("none", "gray125") else pattern
        elif local == "fgColor" and self._fills and self._fills[-1]:
            kind = next((key for key in ("rgb", "theme", "indexed") if key in attributes), "")
            tint = attributes.get("tint", "")
            color = f"{'' if kind == 'rgb' else kind}{attributes.get(kind, '')}{f':{tint}' if tint else ''}"
            self._fills[-1] = "" if color in _PLAIN_FILLS else color

    def _border(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "border":
            self._framed.append(False)
        elif local in ("left", "right", "top", "bottom", "start", "end") and self._framed:
            self._framed[-1] |= attributes.get("style", "none") != "none"

    def _style(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "xf":
            self.styles.append(dict(attributes))
        elif local == "protection" and self.styles and "locked" in attributes:
            self.styles[-1]["locked"] = attributes["locked"]
