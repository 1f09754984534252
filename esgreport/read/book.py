"""The workbook around its sheets: which sheets and names there are and where their parts lie; it reads no cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pyexpat import XMLParserType

from esgreport.errors import WorkbookError
from esgreport.model import DefinedName
from esgreport.read.package import Package, target_part
from esgreport.read.references import named_area
from esgreport.read.refusal import SAVE_AGAIN, refusal
from esgreport.read.xml import RELATIONSHIPS, SPREADSHEET, Part, scan

MOST_NAMES = 50_000


@dataclass(frozen=True, slots=True)
class Relation:
    """A link of one part to another: the last word of its type (`worksheet`), and the part."""

    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet as the workbook lists it; `part` is empty when the list leads nowhere."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What the workbook part says; parts are empty where the workbook has none."""

    sheets: tuple[SheetEntry, ...]
    names: tuple[DefinedName, ...]
    from_1904: bool
    strings_part: str
    styles_part: str


def read_book(package: Package) -> Book:
    """Sheets, names and settings of the workbook in a package. Errors: WorkbookError."""
    start = next((link.part for link in relations(package, "").values() if link.kind == "officeDocument"), "")
    if not start or not package.has(start):
        raise no_workbook_inside(package, start or "_rels/.rels")
    if start.casefold().startswith(("word/", "ppt/")) or start.casefold().endswith(".bin"):
        raise no_workbook_inside(package, start)
    links = relations(package, start)
    scanner = _BookScanner(package.shown)
    scan(Part(package.shown, start, package.read(start)), "workbook", SPREADSHEET, scanner)
    by_kind = {link.kind: link.part for link in reversed(tuple(links.values()))}
    sheets = tuple(_worksheets(scanner.sheets, links))
    _refuse_twins(sheets, package.shown)
    return Book(
        sheets=sheets,
        names=_by_scope(scanner.names, {sheet.name.casefold(): sheet.name for sheet in sheets}),
        from_1904=scanner.from_1904,
        strings_part=by_kind.get("sharedStrings", ""),
        styles_part=by_kind.get("styles", ""),
    )


def relations(package: Package, part: str) -> Mapping[str, Relation]:
    """The links of a part (`""`: of the whole package) to parts of this package, by their identifier."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels".lstrip("/")
    if not package.has(links):
        return {}
    scanner = _RelationScanner(part)
    scan(Part(package.shown, links, package.read(links)), "Relationships", RELATIONSHIPS, scanner)
    return scanner.relations


def no_workbook_inside(package: Package, missing: str) -> WorkbookError:
    """The error for an archive that holds something else, or lacks a part: it says what, where that can be seen."""
    known = (
        ("word/", "this is a Word document (.docx)", "Give the Excel workbook (.xlsx)."),
        ("ppt/", "this is a presentation (.pptx)", "Give the Excel workbook (.xlsx)."),
        ("xl/workbook.bin", "this is a binary workbook (.xlsb)", "Open it in Excel and save it as .xlsx."),
        ("content.xml", "this is an OpenDocument file, such as .ods", "Open it in LibreOffice and save it as .xlsx."),
        ("index/", "this is a workbook of Numbers", "Export it from Numbers as Excel (.xlsx)."),
        ("xl/", f"the part {missing} is missing from the file", SAVE_AGAIN),
    )
    for beginning, what, advice in known:
        if any(name.startswith(beginning) for name in package.parts):
            return refusal(package.shown, "", what, advice)
    return refusal(package.shown, "", "this is a zip archive without a workbook", "Unpack it and give the workbook.")


def _worksheets(listed: Iterable[tuple[str, str, str]], links: Mapping[str, Relation]) -> Iterable[SheetEntry]:
    for name, state, identifier in listed:
        link = links.get(identifier)
        if link is None or link.kind == "worksheet":  # not: sheets that are a chart, a dialog or a macro
            yield SheetEntry(name, link.part if link else "", state in ("hidden", "veryHidden"))


def _refuse_twins(sheets: tuple[SheetEntry, ...], shown: str) -> None:
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in seen:
            raise refusal(shown, sheet.name, "two sheets have this name", SAVE_AGAIN)
        seen.add(sheet.name.casefold())


def _by_scope(found: Iterable[tuple[str, str, str | None]], sheets: Mapping[str, str]) -> tuple[DefinedName, ...]:
    """One of each name: the workbook's own before those of single sheets, then one that points to cells."""
    best: dict[str, tuple[tuple[bool, bool], DefinedName]] = {}
    for name, refers_to, sheet in found:
        area = named_area(refers_to)
        if area and area.sheet not in sheets.values() and area.sheet.casefold() in sheets:
            area = replace(area, sheet=sheets[area.sheet.casefold()])
        rank = (sheet is None, area is not None)
        known = best.get(name.casefold())
        if known is None or rank > known[0]:
            best[name.casefold()] = rank, DefinedName(name, refers_to, area)
    return tuple(name for _, name in best.values())


class _BookScanner:
    def __init__(self, shown: str) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.names: list[tuple[str, str, str | None]] = []
        self.from_1904 = False
        self._shown = shown
        self._chunks: list[str] = []
        self._attributes: dict[str, str] = {}

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._parser = parser
        self._sheet, self._name, self._properties = (
            f"{namespace} {local}" for local in ("sheet", "definedName", "workbookPr")
        )
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._name:
            self._attributes = attributes
            self._parser.CharacterDataHandler = self._chunks.append
        elif name == self._sheet:
            identifier = next((value for key, value in attributes.items() if key.endswith("/relationships id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), identifier))
        elif name == self._properties:
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def _end(self, name: str) -> None:
        if name != self._name:
            return
        self._parser.CharacterDataHandler = None
        title = self._attributes.get("name", "")
        if not title.startswith("_xlnm."):  # print areas and filters, which Excel keeps as names
            self.names.append((title, "".join(self._chunks), self._attributes.get("localSheetId")))
        self._chunks.clear()
        if len(self.names) > MOST_NAMES:
            raise refusal(self._shown, "", f"the workbook has more than {MOST_NAMES:,} names", SAVE_AGAIN)


class _RelationScanner:
    def __init__(self, source: str) -> None:
        self.relations: dict[str, Relation] = {}
        self._source = source

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        self._relation = f"{namespace} Relationship"
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._relation and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            part = target_part(self._source, attributes.get("Target", ""))
            self.relations[attributes.get("Id", "")] = Relation(kind, part)
