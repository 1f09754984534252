"""Questionnaires as small texts: what stands in a workbook's cells, and what a reader must make of each row.

A text has directives (`@sheet Name protect frame hidden`, `@lang de`, `@name List =Lists!$A$1:$A$3`, `@hide C`,
`@hiderow 5`, `@box F5 F5 label`, `@at B3`, `@repeat 9 row`) and rows: cells between ` | `, the truth after ` => `.

A cell: `#head`, `~section`, `*bold`, `_` an empty framed cell, `_y` a yellow one, `_u` an unlocked one (`_yu` both),
each with `:text` for what it holds already, `""` an empty text, `=A1+1` a formula, `'12` a text of digits. Behind it
`>>3` (merged over three columns), `^^2` (over two rows), `{list:Yes;No}`, `{list:=Lists!$A$1:$A$3}`, `{x14:=Lists!…}`,
`{num}`, `{between:0;100}`, `{date}`, `{fmt:0.0%}`.

A truth: `B>C number u=MWh y=2024 o=Yes;No l=en why=filled s=Section t=Text`: the question's cell, the cell of its
answer (`-` for none; the row goes without saying), what kind of answer; several are joined by ` && `. An option with
a cell of its own is `Yes@D`. What is left out is not compared, but for the text, which is that of the cell.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

HEAD = {"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "border": 1, "text_wrap": True}
SECTION = {"bold": True, "bg_color": "#D9D9D9"}


@dataclass(frozen=True)
class Truth:
    """What one question of a questionnaire is."""

    sheet: str
    cell: str
    answer: str
    kind: str = ""
    text: str = ""
    unit: str | None = None
    year: int | None = None
    language: str = ""
    options: tuple[str, ...] | None = None
    marks: tuple[str, ...] = ()
    why_not: str = ""
    section: str | None = None


@dataclass
class _Sheet:
    name: str
    words: list[str]
    row: int = 0
    left: int = 0
    language: str = "en"
    x14: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str, str]] = field(default_factory=list)


class BookWriter:
    """Writes one text as a workbook."""

    def __init__(self, text: str, path: Path) -> None:
        self.truths: list[Truth] = []
        self._text, self._path = text, path
        self._book = xlsxwriter.Workbook(str(path))
        self._formats: dict[str, xlsxwriter.format.Format] = {}
        self._sheets: list[_Sheet] = []
        self._language = "en"

    def write(self) -> list[Truth]:
        for line in self._text.strip("\n").splitlines():
            if line.startswith("@"):
                self._directive(*line[1:].split(maxsplit=1))
            elif line.strip() or self._sheets:
                self._row(line)
        self._book.close()
        if any(sheet.x14 or sheet.boxes for sheet in self._sheets):
            add_parts(self._path, self._sheets)
        return self.truths

    def _directive(self, name: str, rest: str = "") -> None:
        if name == "sheet":
            title, *words = rest.split(" / ")
            sheet = _Sheet(title, " ".join(words).split(), language=self._language)
            self._sheets.append(sheet)
            self._page = self._book.add_worksheet(title)
            if "hidden" in sheet.words:
                self._page.hide()
            if "protect" in sheet.words:
                self._page.protect()
        elif name == "lang":
            self._language = rest
            if self._sheets:
                self._sheets[-1].language = rest
        elif name == "name":
            title, formula = rest.split(maxsplit=1)
            self._book.define_name(title, formula)
        elif name == "hide":
            self._page.set_column(f"{rest}:{rest}", None, None, {"hidden": True})
        elif name == "hiderow":
            self._page.set_row(int(rest) - 1, None, None, {"hidden": True})
        elif name == "at":
            self._sheets[-1].row, self._sheets[-1].left = xl_cell_to_rowcol(rest)
        elif name == "box":
            cell, linked, label = rest.split(maxsplit=2)
            self._sheets[-1].boxes.append((cell, linked, label))
        elif name == "repeat":
            count, row = rest.split(maxsplit=1)
            for _ in range(int(count)):
                self._row(row)
        elif name == "note":
            cell, comment = rest.split(maxsplit=1)
            self._page.write_comment(cell, comment)

    def _row(self, line: str) -> None:
        sheet = self._sheets[-1]
        content, _, truths = line.partition(" => ")
        column = sheet.left
        if content.strip():
            for cell in re.split(r"(?:^|(?<= ))\|(?= |$)", content):
                column += self._cell(sheet, column, cell.strip())
        for truth in truths.split(" && "):
            if truth.strip():
                self.truths.append(self._truth(sheet, truth.strip()))
        sheet.row += 1

    # ── cells ──

    def _cell(self, sheet: _Sheet, column: int, cell: str) -> int:
        rules = re.findall(r"\{(\w+):?([^}]*)\}", cell)
        cell = re.sub(r"\s*\{\w+:?[^}]*\}", "", cell)
        across = int(found[1]) if (found := re.search(r">>(\d+)", cell)) else 1
        down = int(found[1]) if (found := re.search(r"\^\^(\d+)", cell)) else 1
        cell = re.sub(r"\s*(>>|\^\^)\d+", "", cell)
        style, value = self._style(sheet, cell)
        for rule, argument in rules:
            style |= self._rule(sheet, column, rule, argument)
        self._put(sheet, (column, across, down), value, style)
        return across

    def _style(self, sheet: _Sheet, cell: str) -> tuple[dict[str, object], str]:
        body: dict[str, object] = {"border": 1} if "frame" in sheet.words else {}
        if cell in ("", "."):
            return {}, ""
        if cell[0] in "#~*" and not re.match(r"\*\s", cell):
            kind = {"#": HEAD, "~": SECTION, "*": {"bold": True}}[cell[0]]
            return dict(kind), cell[1:].strip()
        if match := re.match(r"_([yugl]*)(?::(.*))?$", cell, re.DOTALL):
            style: dict[str, object] = {"border": 1}
            style |= {"bg_color": "#FFF2CC"} if "y" in match[1] else {}
            style |= {"locked": False} if "u" in match[1] else {}
            style |= {"bg_color": "#A6A6A6"} if "g" in match[1] else {}
            return style, match[2] or ""
        return body, cell

    def _rule(self, sheet: _Sheet, column: int, rule: str, argument: str) -> dict[str, object]:
        place = (sheet.row, column, sheet.row, column)
        if rule == "list":
            source: object = argument if argument.startswith("=") else argument.split(";")
            self._page.data_validation(*place, {"validate": "list", "source": source})
        elif rule == "x14":
            sheet.x14.append((f"{xl_col_to_name(column)}{sheet.row + 1}", argument.removeprefix("=")))
        elif rule == "num":
            options = {"validate": "decimal", "criteria": ">=", "value": 0}
            self._page.data_validation(*place, options)
        elif rule == "between":
            least, most = argument.split(";")
            options = {"validate": "decimal", "criteria": "between", "minimum": float(least), "maximum": float(most)}
            self._page.data_validation(*place, options)
        elif rule == "date":
            options = {"validate": "date", "criteria": ">", "value": 36526}
            self._page.data_validation(*place, options)
        return {"num_format": argument} if rule == "fmt" else {}

    def _put(self, sheet: _Sheet, place: tuple[int, int, int], value: str, style: dict[str, object]) -> None:
        column, across, down = place
        made = self._format(style)
        if across > 1 or down > 1:
            self._page.merge_range(sheet.row, column, sheet.row + down - 1, column + across - 1, "", made)
        if not value:
            if style:
                self._page.write_blank(sheet.row, column, None, made)
        elif value == '""':
            self._page.write_string(sheet.row, column, "", made)
        elif value.startswith("="):
            self._page.write_formula(sheet.row, column, value, made, 0)
        elif re.fullmatch(r"-?\d+(\.\d+)?", value):
            self._page.write_number(sheet.row, column, float(value), made)
        elif value in ("TRUE", "FALSE"):
            self._page.write_boolean(sheet.row, column, value == "TRUE", made)
        else:
            self._page.write_string(sheet.row, column, value.removeprefix("'").replace("\\n", "\n"), made)

    def _format(self, style: dict[str, object]) -> xlsxwriter.format.Format:
        key = repr(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]

    # ── truth ──

    def _truth(self, sheet: _Sheet, text: str) -> Truth:
        text, _, said = text.partition(" t=")
        text, _, section = text.partition(" s=")
        options = re.search(r" o=(.*?)(?= [uylw]\w*=|$)", text)
        text = text.replace(options[0], "") if options else text
        places, *words = text.split()
        cell, _, answer = places.partition(">")
        values = dict(word.split("=", 1) for word in words if "=" in word)
        listed = [one.partition("@") for one in options[1].split(";")] if options else []
        return Truth(
            sheet=sheet.name,
            cell=self._full(sheet, cell),
            answer="" if answer == "-" else self._full(sheet, answer),
            kind=next((word for word in words if "=" not in word), ""),
            text=said,
            unit=values["u"].replace("_", " ") if "u" in values else None,
            year=int(values["y"]) if "y" in values else None,
            language=values.get("l", sheet.language),
            options=tuple(one for one, _, _ in listed) if options else None,
            marks=tuple(self._full(sheet, mark) for _, _, mark in listed if mark),
            why_not=values.get("why", ""),
            section=section or None,
        )

    def _full(self, sheet: _Sheet, cell: str) -> str:
        return cell if cell[-1].isdigit() else f"{cell}{sheet.row + 1}"


# ── parts xlsxwriter does not write ──────────────────────────────────────────────────────────────────────────

_X14 = (
    '<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="{count}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">{rules}'
    "</x14:dataValidations></ext></extLst>"
)
_X14_RULE = (
    '<x14:dataValidation type="list" allowBlank="1" showInputMessage="1"><x14:formula1><xm:f>{formula}</xm:f>'
    "</x14:formula1><xm:sqref>{cell}</xm:sqref></x14:dataValidation>"
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">{shapes}</xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t201" style="position:absolute"><v:textbox><div><font>{label}</font>'
    '<br></div></v:textbox><x:ClientData ObjectType="Checkbox"><x:Anchor>{column}, 5, {row}, 2, {right}, 0, {below}, 0'
    "</x:Anchor><x:FmlaLink>{linked}</x:FmlaLink></x:ClientData></v:shape>"
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTROL = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="x14"><controls>{each}</controls></mc:Choice></mc:AlternateContent>'
)


def add_parts(path: Path, sheets: list[_Sheet]) -> None:
    """Put x14 validations and check-boxes into a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, sheet in enumerate(sheets, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        end = ""
        if sheet.boxes:
            shapes = "".join(_shape(index, box) for index, box in enumerate(sheet.boxes))
            parts[f"xl/drawings/vmlDrawing{number}9.vml"] = _VML.format(shapes=shapes).encode()
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                f'Id="rId99" Type="{_RELATIONSHIPS}/vmlDrawing" Target="../drawings/vmlDrawing{number}9.vml"/>'
                "</Relationships>"
            ).encode()
            end += f'<legacyDrawing xmlns:r="{_RELATIONSHIPS}" r:id="rId99"/>'
        if sheet.x14:
            rules = "".join(_X14_RULE.format(cell=cell, formula=formula) for cell, formula in sheet.x14)
            end += _X14.format(count=len(sheet.x14), rules=rules)
        parts[name] = parts[name].replace(b"</worksheet>", end.encode() + b"</worksheet>")
    types = parts["[Content_Types].xml"].decode()
    if "vml" not in types:
        extra = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        parts["[Content_Types].xml"] = re.sub(r"(<Types[^>]*>)", rf"\1{extra}", types, count=1).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _shape(index: int, box: tuple[str, str, str]) -> str:
    cell, linked, label = box
    row, column = xl_cell_to_rowcol(cell)
    place = {"row": row, "column": column, "right": column + 1, "below": row + 1}
    absolute = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", linked)
    return _SHAPE.format(number=1025 + index, label=label, linked=absolute, **place)


def write_book(text: str, path: Path) -> list[Truth]:
    """Write the workbook a text describes; what a reader must make of it is returned."""
    return BookWriter(text, path).write()
