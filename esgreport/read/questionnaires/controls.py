"""Check-boxes drawn over a sheet: where each lies, what it says, which cell it is linked to; it ticks none.

Excel keeps them in VML, which is often no sound XML, so that it is read leniently: what is not understood is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from esgreport.model import Area
from esgreport.read.book import relations
from esgreport.read.package import Package
from esgreport.read.references import area_on

LARGEST_DRAWING = 5_000_000
MOST_BOXES = 2_000
_LINK = re.compile(r"<x:FmlaLink>\s*([^<]{1,80}?)\s*</x:FmlaLink>")
_ANCHOR = re.compile(r"<x:Anchor>\s*([\d\s,.-]{1,120})</x:Anchor>")
_LINK_OF_CONTROL = re.compile(r'\bfmlaLink="([^"]{1,80})"')


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A check-box: the cell its upper left corner lies in, its label, and its linked cell, where it has one."""

    row: int
    column: int
    label: str
    linked: Area | None


def check_boxes(package: Package, sheet_part: str, sheet: str, controls: Mapping[str, str]) -> tuple[CheckBox, ...]:
    """The check-boxes of a worksheet, from above to below; `controls` are relations of controls by shape."""
    links = relations(package, sheet_part)
    drawing = next((link.part for link in links.values() if link.kind == "vmlDrawing"), "")
    if not drawing or package.size(drawing) > LARGEST_DRAWING or not package.has(drawing):
        return ()
    linked = {
        shape: _linked_cell(package, links[relation].part, sheet)
        for shape, relation in controls.items()
        if relation in links
    }
    text = package.read(drawing, sheet).decode("utf-8", "replace")
    found = sorted(_boxes(text, sheet, linked), key=lambda box: (box.row, box.column))
    return tuple(found[:MOST_BOXES])


def _boxes(text: str, sheet: str, linked: Mapping[str, Area | None]) -> Iterator[CheckBox]:
    for attributes, content in _elements(text, "v:shape"):
        if 'ObjectType="Checkbox"' not in content:
            continue
        anchor = _ANCHOR.search(content)
        numbers = [int(number) for number in re.findall(r"\d+", anchor[1])] if anchor else []
        if len(numbers) < 3:
            continue
        link = _LINK.search(content)
        number = re.search(r'\bid="[^"]*?_s(\d+)"', attributes)
        area = area_on(sheet, _bare(link[1])) if link else linked.get(number[1]) if number else None
        yield CheckBox(numbers[2] + 1, numbers[0] + 1, _label(content), area)


def _linked_cell(package: Package, part: str, sheet: str) -> Area | None:
    if not package.has(part) or package.size(part) > 100_000:
        return None
    found = _LINK_OF_CONTROL.search(package.read(part, sheet).decode("utf-8", "replace"))
    return area_on(sheet, _bare(html.unescape(found[1]))) if found else None


def _bare(reference: str) -> str:
    """A reference without its sheet: boxes linked to another sheet's cell are told by where the area then is."""
    return reference.rpartition("!")[2]


def _label(content: str) -> str:
    _, inside = next(_elements(content, "v:textbox"), ("", ""))
    text = re.sub(r"<[^<>]*>", " ", inside)
    return " ".join(html.unescape(text).split())


def _elements(text: str, name: str) -> Iterator[tuple[str, str]]:
    """The attributes and content of each element of a name, in one pass; the first that is not closed ends it."""
    at = 0
    while (start := text.find(f"<{name} ", at)) >= 0 or (start := text.find(f"<{name}>", at)) >= 0:
        opened, end = text.find(">", start), text.find(f"</{name}>", start)
        if opened < 0 or end < opened:
            return
        yield text[start + len(name) + 1 : opened], text[opened + 1 : end]
        at = end
