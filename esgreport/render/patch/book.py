"""A workbook as linked parts: which sheet is which part, and parts, links and sheets added; it changes no cell."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from esgreport.errors import RenderError
from esgreport.render.patch import styles, xml
from esgreport.render.patch.archive import Archive

_TYPES_PART = "[Content_Types].xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_AFTER_CALCULATION = [
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]
LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of one part to another of the same package: its identifier, the last word of its type, the part."""

    identifier: str
    kind: str
    part: str


class Book:
    """A workbook that is being patched. Parts are read from the archive until they are written."""

    def __init__(self, content: bytes) -> None:
        """Errors: RenderError for what is no workbook."""
        self._archive = Archive(content)
        self._written: dict[str, bytes] = {}
        self.workbook_part = next((link.part for link in self.links("") if link.kind == "officeDocument"), "")
        if not self.workbook_part or not self.has(self.workbook_part):
            raise RenderError("The archive holds no workbook.")

    # ── parts ──

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return part in self._written or self._archive.has(part)

    def read(self, part: str) -> bytes:
        """A part as it now is, in UTF-8. Errors: RenderError for one that is missing or damaged."""
        return self._written[part] if part in self._written else xml.utf_8(self._archive.read(part), part)

    def write(self, part: str, data: bytes) -> None:
        """Replace a part, or add one."""
        self._written[part] = data

    @property
    def changed(self) -> tuple[str, ...]:
        """The parts that are not as they were."""
        return tuple(
            name
            for name, data in self._written.items()
            if not self._archive.has(name) or self._archive.read(name) != data
        )

    def content(self) -> bytes:
        """The workbook's bytes: what was written, and every other part as it was."""
        return self._archive.with_parts(self._written)

    def free_name(self, pattern: str) -> str:
        """A part name that is not taken; `pattern` has `{}` for a number."""
        return next(name for name in map(pattern.format, range(1, 100_000)) if not self.has(name))

    # ── links ──

    def links(self, part: str) -> tuple[Link, ...]:
        """The links of a part (`""`: of the package) inside the package."""
        if not self.has(_links_part(part)):
            return ()
        return tuple(_links(part, xml.elements(self.read(_links_part(part)), _links_part(part), _all)))

    def link(self, part: str, kind: str, target: str) -> str:
        """Link a part to another one; the identifier of the link."""
        where = _links_part(part)
        begin = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{xml.PACKAGE}">'
        data = self.read(where) if self.has(where) else xml.encoded(f"{begin}</Relationships>")
        found = xml.elements(data, where, _all)
        taken = {each.attributes.get("Id", "") for each in found}
        identifier = next(name for name in map("rId{}".format, range(1, 100_000)) if name not in taken)
        name = xml.qualified(found[0].prefix, "Relationship")
        path = posixpath.relpath("/" + target, posixpath.dirname("/" + part))
        kind = f"{xml.STRICT_OFFICE if self.strict else xml.OFFICE}/{kind}"
        entry = f'<{name} Id="{identifier}" Type="{kind}" Target="{xml.attribute(path)}"/>'
        self.write(where, xml.spliced(data, [xml.appended(data, found[0], xml.encoded(entry))]))
        return identifier

    def declare(self, part: str, content_type: str) -> None:
        """Say what a part is, where the package does not yet."""
        data = self.read(_TYPES_PART)
        found = xml.elements(data, _TYPES_PART, _all)
        name = xml.qualified(found[0].prefix, "Override")
        entry = f'<{name} PartName="/{xml.attribute(part)}" ContentType="{content_type}"/>'
        self.write(_TYPES_PART, xml.spliced(data, [xml.appended(data, found[0], xml.encoded(entry))]))

    # ── sheets ──

    @cached_property
    def strict(self) -> bool:
        """Whether the workbook is written in the strict variant of the format, which has namespaces of its own."""
        return self._outline[0].name.startswith(xml.STRICT)

    @property
    def namespace(self) -> str:
        """The namespace of the workbook's parts."""
        return xml.STRICT if self.strict else xml.MAIN

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The parts of the worksheets by their names."""
        links = {link.identifier: link for link in self.links(self.workbook_part)}
        found: dict[str, str] = {}
        for element in self._outline:
            if element.local == "sheet":
                identifier = next((value for key, value in element.attributes.items() if key.endswith(" id")), "")
                link = links.get(identifier)
                if link and link.kind == "worksheet" and self.has(link.part):
                    found[element.attributes.get("name", "")] = link.part
        return found

    def sheet_part(self, sheet: str) -> str:
        """The part of a worksheet. Errors: RenderError for a sheet there is not."""
        if sheet not in self.sheets:
            raise RenderError(f"The workbook has no sheet {sheet!r}.")
        return self.sheets[sheet]

    def free_title(self, title: str) -> str:
        """A name for a sheet that none has yet: the title, or with a number."""
        listed = (element.attributes.get("name", "") for element in self._outline if element.local == "sheet")
        taken = {name.casefold() for name in listed}
        titles = [title[:LONGEST_TITLE], *(f"{title[: LONGEST_TITLE - 6]} ({n})" for n in range(2, 1_000))]
        return next(each for each in titles if each.casefold() not in taken)

    def add_sheet(self, title: str, data: bytes) -> str:
        """Add a worksheet after all others, under a title that is free; its part."""
        folder = posixpath.dirname(self.workbook_part)
        part = self.free_name(posixpath.join(folder, "worksheets", "sheet{}.xml"))
        self.write(part, data)
        self.declare(part, _SHEET)
        identifier = self.link(self.workbook_part, "worksheet", part)
        book, outline = self.read(self.workbook_part), self._outline
        listed = xml.the(outline, "sheets", self.workbook_part)
        numbers = [xml.whole_number(each.attributes.get("sheetId")) for each in outline if each.local == "sheet"]
        name = xml.qualified(listed.prefix, "sheet")
        office = xml.STRICT_OFFICE if self.strict else xml.OFFICE
        entry = (
            f'<{name} name="{xml.attribute(title)}" sheetId="{max(numbers, default=0) + 1}" '
            f'xmlns:r="{office}" r:id="{identifier}"/>'
        )
        self._write_book(xml.spliced(book, [xml.appended(book, listed, xml.encoded(entry))]))
        return part

    def recalculate_on_load(self) -> None:
        """Ask the program that opens the workbook to compute it anew; LibreOffice does so only when set to."""
        book, outline = self.read(self.workbook_part), self._outline
        settings = next((element for element in outline if element.local == "calcPr"), None)
        if settings:
            tag = xml.with_attributes(book[settings.start : settings.opened], {"fullCalcOnLoad": "1"})
            splice = xml.Splice(settings.start, settings.opened, tag)
        else:
            entry = xml.encoded(f'<{xml.qualified(outline[0].prefix, "calcPr")} fullCalcOnLoad="1"/>')
            later = [each for each in outline if each.depth == 1 and each.local in _AFTER_CALCULATION]
            if later:
                splice = xml.Splice(later[0].start, later[0].start, entry)
            else:
                splice = xml.appended(book, outline[0], entry)
        self._write_book(xml.spliced(book, [splice]))

    def styles_part(self) -> str:
        """The part with the list of styles, made where the workbook has none."""
        for link in self.links(self.workbook_part):
            if link.kind == "styles" and self.has(link.part):
                return link.part
        part = self.free_name(posixpath.join(posixpath.dirname(self.workbook_part), "styles{}.xml"))
        self.write(part, styles.EMPTY.replace(xml.MAIN.encode(), self.namespace.encode()))
        self.declare(part, _STYLES)
        self.link(self.workbook_part, "styles", part)
        return part

    @property
    def _outline(self) -> list[xml.Element]:
        """The workbook part's children, and the sheets it lists."""
        return xml.elements(
            self.read(self.workbook_part), self.workbook_part, lambda local, depth: depth == 1 or local == "sheet"
        )

    def _write_book(self, data: bytes) -> None:
        self.write(self.workbook_part, data)
        self.__dict__.pop("sheets", None)


def _links_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _links(part: str, found: list[xml.Element]) -> Iterator[Link]:
    for element in found:
        values = element.attributes
        if element.local == "Relationship" and values.get("TargetMode") != "External":
            joined = posixpath.join("/", posixpath.dirname(part), values.get("Target", "").replace("\\", "/"))
            target = posixpath.normpath(joined).lstrip("/")
            yield Link(values.get("Id", ""), values.get("Type", "").rpartition("/")[2], target)


def _all(_local: str, _depth: int) -> bool:
    return True
