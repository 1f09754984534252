"""Notes at cells (the yellow boxes that open under the pointer), added to those a sheet has; it changes no cell.

A note is two things: its text in the part of comments, and a shape in a drawing of the old kind (VML). Where either is
there in a form that cannot safely be added to, the sheet gets no notes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from esgreport.model import cell_reference
from esgreport.render.patch import xml
from esgreport.render.patch.book import Book
from esgreport.render.patch.placing import anchor
from esgreport.render.patch.sheet import SheetPart, area_of

AUTHOR = "esgreport"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""What comes after `legacyDrawing` in a worksheet; the old controls are wrapped in `AlternateContent`."""
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_BLOCK = re.compile(rb"<o:idmap[^>]*\bdata\s*=\s*[\"'](\d+)")
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout>{kind}</xml>'
)
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:{width}pt;height:{height}pt;z-index:{layer};visibility:hidden" fillcolor="#FFFFE1" o:insetmode="auto">'
    '<v:fill color2="#FFFFE1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_WIDTH, _LINE, _CHARACTERS = 260, 14, 46
"""Of a note: points across, points a line, and characters that fit a line."""

Notes = Mapping[tuple[int, int], str]
"""Texts by row and column."""


def add_notes(book: Book, part: str, notes: Notes) -> int:
    """Add notes to the cells of a worksheet that have none; how many were added.

    Row and column are those of the cell that shows (of a merged area its first). 0 where the sheet's own notes are in
    a form that is not understood, and in workbooks of the strict variant, which has no such notes.
    """
    page = SheetPart(book.read(part), part)
    links = {link.identifier: link for link in book.links(part)}
    comments = next((link.part for link in links.values() if link.kind == "comments"), "")
    legacy = page.child("legacyDrawing")
    identifier = next(
        (value for key, value in (legacy.attributes if legacy else {}).items() if key.endswith(" id")), ""
    )
    drawing = links[identifier].part if identifier in links else ""
    taken = _commented(book, comments) if comments else frozenset()
    notes = {place: text for place, text in notes.items() if place not in taken}
    odd = (comments and not drawing) or (legacy and not drawing)
    if book.strict or odd or not notes or (drawing and not _can_grow(book, drawing)):
        return 0
    _write_comments(book, part, comments, notes)
    _write_shapes(book, page, (part, drawing), notes)
    return len(notes)


def _commented(book: Book, part: str) -> frozenset[tuple[int, int]]:
    found = xml.elements(book.read(part), part, lambda local, _depth: local == "comment")
    areas = (area_of(each.attributes.get("ref", "")) for each in found[1:])
    return frozenset((area.top, area.left) for area in areas if area)


def _can_grow(book: Book, drawing: str) -> bool:
    """Whether shapes can be put before the drawing's end; these drawings are often no well-formed XML."""
    return book.has(drawing) and b"</xml>" in book.read(drawing)


# ── texts ──


def _write_comments(book: Book, sheet: str, part: str, notes: Notes) -> None:
    if not part:
        part = book.free_name(posixpath.join(posixpath.dirname(book.workbook_part), "comments{}.xml"))
        begin = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{book.namespace}">'
        book.write(part, xml.encoded(f"{begin}<authors></authors><commentList></commentList></comments>"))
        book.declare(part, _COMMENTS)
        book.link(sheet, "comments", part)
    data = book.read(part)
    found = xml.elements(data, part, lambda local, depth: depth == 1 or local == "author")
    authors = xml.the(found, "authors", part)
    listed = xml.the(found, "commentList", part)
    ours = sum(each.local == "author" for each in found)
    name = xml.qualified(authors.prefix, "author")
    who = xml.appended(data, authors, xml.encoded(f"<{name}>{AUTHOR}</{name}>"))
    texts = "".join(_comment(listed.prefix, place, text, ours) for place, text in sorted(notes.items()))
    book.write(part, xml.spliced(data, [who, xml.appended(data, listed, xml.encoded(texts))]))


def _comment(prefix: str, place: tuple[int, int], text: str, author: int) -> str:
    name, body, run, words = (xml.qualified(prefix, each) for each in ("comment", "text", "r", "t"))
    inside = f'<{body}><{run}><{words} xml:space="preserve">{xml.text(text)}</{words}></{run}></{body}>'
    return f'<{name} ref="{cell_reference(*place)}" authorId="{author}">{inside}</{name}>'


# ── shapes ──


def _write_shapes(book: Book, page: SheetPart, parts: tuple[str, str], notes: Notes) -> None:
    sheet, drawing = parts
    if not drawing:
        folder = posixpath.dirname(book.workbook_part)
        drawing = book.free_name(posixpath.join(folder, "drawings", "vmlDrawing{}.vml"))
        block = len(book.sheets) + 1
        book.write(drawing, xml.encoded(_DRAWING.format(block=block, kind=_KIND)))
        book.declare(drawing, _VML)
        identifier = book.link(sheet, "vmlDrawing", drawing)
        book.write(sheet, xml.spliced(page.data, [_reference(page, identifier)]))
    data = book.read(drawing)
    block = int(found.group(1)) if (found := _BLOCK.search(data)) else 1
    last = max((int(number) for number in _SHAPE_NUMBER.findall(data)), default=block * 1024)
    kind = "" if b'"_x0000_t202"' in data else _KIND
    shapes = [_shape(page, place, notes[place], last + n) for n, place in enumerate(sorted(notes), 1)]
    end = data.rindex(b"</xml>")
    book.write(drawing, data[:end] + xml.encoded(kind + "".join(shapes)) + data[end:])


def _shape(page: SheetPart, place: tuple[int, int], text: str, number: int) -> str:
    height = _LINE * (2 + sum(1 + len(line) // _CHARACTERS for line in text.split("\n")))
    row, column = place
    return _SHAPE.format(
        number=number,
        layer=number % 1024 or 1,
        width=_WIDTH,
        height=height,
        anchor=anchor(page, place, (_WIDTH, height)),
        row=row - 1,
        column=column - 1,
    )


def _reference(page: SheetPart, identifier: str) -> xml.Splice:
    """The sheet's mention of its drawing, where the order of elements wants it."""
    name = xml.qualified(page.root.prefix, "legacyDrawing")
    entry = xml.encoded(f'<{name} xmlns:r="{xml.OFFICE}" r:id="{identifier}"/>')
    body = next(place for place, each in enumerate(page.children) if each.local == "sheetData")
    later: Sequence[xml.Element] = [each for each in page.children[body:] if each.local in _AFTER_DRAWING]
    if later:
        return xml.Splice(later[0].start, later[0].start, entry)
    return xml.appended(page.data, page.root, entry)
