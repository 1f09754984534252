"""The workbook's list of styles, added to at its end: what cells refer to by number keeps its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esgreport.errors import RenderError
from esgreport.render.patch.xml import (
    MAIN,
    Element,
    Splice,
    appended,
    elements,
    encoded,
    qualified,
    spliced,
    with_attributes,
)

_ORDER = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]
_ALWAYS = {
    "fonts": ("<font/>",),
    "fills": ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'),
    "cellXfs": ("<xf/>",),
}
"""What a list of ours begins with where the workbook has none: the entries Excel takes for granted."""
EMPTY = encoded(f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{MAIN}"></styleSheet>')


class Styles:
    """The styles part, with what is added to it."""

    def __init__(self, data: bytes, part: str) -> None:
        """`data` is UTF-8. Errors: RenderError for what is no list of styles."""
        self._data = data
        found = elements(data, part, lambda _local, depth: depth <= 2)
        self._root = found[0]
        if self._root.local != "styleSheet":
            raise RenderError(f"The part {part} of the workbook is no list of styles.")
        self._lists = {element.local: element for element in found if element.depth == 1}
        self._items: dict[str, list[Element]] = {}
        for element in found:
            if element.depth == 1:
                inside = self._items.setdefault(element.local, [])
            elif element.depth == 2:
                inside.append(element)
        self._added: dict[str, list[bytes]] = {}
        self._filled: dict[tuple[int, str], int] = {}

    def filled(self, style: int, colour: str) -> int:
        """The style that is another one in all but its fill; `colour` is `RRGGBB`."""
        if (style, colour) not in self._filled:
            fill = {"fillId": str(self._fill(colour)), "applyFill": "1"}
            self._filled[style, colour] = self._add("cellXfs", self._like(style, fill))
        return self._filled[style, colour]

    def made(self, *, fill: str = "", colour: str = "", face: Sequence[str] = (), centred: bool = False) -> int:
        """A style of its own: fill and text colour as `RRGGBB`, `face` of `b` and `u`; text is wrapped, at the top."""
        prefix = self._root.prefix
        marks = "".join(f"<{qualified(prefix, each)}/>" for each in face)
        tint = f'<{qualified(prefix, "color")} rgb="FF{colour}"/>' if colour else ""
        size, name = (qualified(prefix, each) for each in ("sz", "name"))
        font = qualified(prefix, "font")
        typeface = f'<{font}>{marks}<{size} val="11"/>{tint}<{name} val="Calibri"/></{font}>'
        values = {"numFmtId": "0", "fontId": str(self._add("fonts", encoded(typeface))), "applyFont": "1"}
        if fill:
            values |= {"fillId": str(self._fill(fill)), "applyFill": "1"}
        written = "".join(f' {key}="{value}"' for key, value in values.items())
        xf, alignment = qualified(prefix, "xf"), qualified(prefix, "alignment")
        across = ' horizontal="center"' if centred else ""
        inside = f'<{alignment} vertical="top"{across} wrapText="1"/>'
        return self._add("cellXfs", encoded(f'<{xf}{written} applyAlignment="1">{inside}</{xf}>'))

    def result(self) -> bytes:
        """The part with all that was added."""
        return spliced(self._data, self._splices())

    def _like(self, style: int, values: dict[str, str]) -> bytes:
        known = self._items.get("cellXfs", [])
        if style >= len(known):
            return with_attributes(encoded(f"<{qualified(self._root.prefix, 'xf')}/>"), values)
        element = known[style]
        tag = with_attributes(self._data[element.start : element.opened], values)
        return tag + self._data[element.opened : element.end]

    def _fill(self, colour: str) -> int:
        prefix = self._root.prefix
        fill, pattern, front, back = (qualified(prefix, each) for each in ["fill", "patternFill", "fgColor", "bgColor"])
        inside = f'<{front} rgb="FF{colour}"/><{back} indexed="64"/>'
        content = encoded(f'<{fill}><{pattern} patternType="solid">{inside}</{pattern}></{fill}>')
        return self._add("fills", content)

    def _add(self, name: str, content: bytes) -> int:
        """The number of an entry at the end of a list; one that is added already is not added twice."""
        known = len(self._items.get(name, ())) or len(_ALWAYS[name])
        added = self._added.setdefault(name, [])
        if content not in added:
            added.append(content)
        return known + added.index(content)

    def _splices(self) -> Iterator[Splice]:
        for name in sorted(self._added, key=_ORDER.index):
            content, present = b"".join(self._added[name]), len(self._items.get(name, ()))
            if not present:
                content = encoded("".join(map(self._prefixed, _ALWAYS[name]))) + content
            count = str((present or len(_ALWAYS[name])) + len(self._added[name]))
            element = self._lists.get(name)
            if element is None:
                list_name = qualified(self._root.prefix, name)
                written = encoded(f'<{list_name} count="{count}">') + content + encoded(f"</{list_name}>")
                yield self._in_order(name, written)
            else:
                tag = with_attributes(self._data[element.start : element.opened], {"count": count})
                yield from _filled_in(self._data, element, tag, content)

    def _prefixed(self, xml: str) -> str:
        prefix = f"{self._root.prefix}:" if self._root.prefix else ""
        return xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")

    def _in_order(self, name: str, content: bytes) -> Splice:
        later = [each for each in self._lists.values() if _rank(each.local) > _ORDER.index(name)]
        if later:
            return Splice(later[0].start, later[0].start, content)
        return appended(self._data, self._root, content)


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _filled_in(data: bytes, element: Element, tag: bytes, content: bytes) -> Iterator[Splice]:
    """An element with another start tag and more children."""
    if element.empty:
        name = encoded(qualified(element.prefix, element.local))
        whole = tag.removesuffix(b"/>").rstrip() + b">" + content + b"</" + name + b">"
        yield Splice(element.start, element.end, whole)
    else:
        yield Splice(element.start, element.opened, tag)
        yield Splice(element.closing, element.closing, content)
