"""XML changed where it must be and left alone elsewhere: elements by their place in the bytes, pieces put in between.

Nothing is serialised anew, so what this project does not know survives: other namespaces, extensions, odd blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pyexpat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from esgreport.errors import RenderError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*?\?>")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNDERSCORE_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Element:
    """An element and where it stands: from `start` to `end` in all, its start tag up to `opened`, its end tag from
    `closing` on. The last three are one for `<a/>`.
    """

    name: str
    """Namespace, a blank, local name."""
    prefix: str
    attributes: dict[str, str]
    depth: int
    start: int
    opened: int
    closing: int
    end: int

    @property
    def local(self) -> str:
        """The name without namespace."""
        return self.name.rpartition(" ")[2]

    @property
    def empty(self) -> bool:
        """Whether it is written `<a/>`."""
        return self.closing == self.end


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes that come in place of those from `start` to `end`."""

    start: int
    end: int
    content: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes with all splices made; those at one place come in the order given."""
    pieces, place = [], 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        pieces += [data[place : splice.start], splice.content]
        place = splice.end
    return b"".join([*pieces, data[place:]])


def utf_8(data: bytes, part: str) -> bytes:
    """XML in UTF-8, whatever it was written in; usually the same bytes."""
    declared = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if encoding in ("utf-8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        raise RenderError(f"The part {part} of the workbook is in an unknown encoding.") from None
    return re.sub(r"(<\?xml[^>]*?encoding\s*=\s*[\"'])[^\"']+", r"\1UTF-8", text, count=1).encode("utf-8")


Wanted = Callable[[str, int], bool]
"""Whether an element of that local name, so many levels below the root, is asked for."""


def elements(data: bytes, part: str, wanted: Wanted) -> list[Element]:
    """The elements asked for, in the order in which they begin; the root always is the first.

    Errors: RenderError for XML that is damaged, or has a document type declaration, which can do harm.
    """
    return _Scan(data, part, wanted).run()


def the(found: Iterable[Element], local: str, part: str) -> Element:
    """The first element of that name. Errors: RenderError where the part has none."""
    for element in found:
        if element.local == local:
            return element
    raise RenderError(f"The part {part} of the workbook is damaged: it has no <{local}>.")


def whole_number(text: str | None) -> int:
    """An attribute's value as a whole number that is not negative; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdecimal() else 0


class _Scan:
    """Goes through a part once, keeping the elements that are asked for."""

    def __init__(self, data: bytes, part: str, wanted: Wanted) -> None:
        self._data, self._part, self._wanted = data, part, wanted
        self._found: list[Element | None] = []
        self._open: list[tuple[int, str, str, dict[str, str], int, int]] = []
        self._depth = 0
        self._kept_depths: list[int] = []

    def run(self) -> list[Element]:
        self._parser = parser = ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(self._data, True)
        except ExpatError as error:
            raise RenderError(f"The part {self._part} of the workbook is damaged: {error}.") from None
        return [element for element in self._found if element is not None]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self._depth
        self._depth += 1
        namespace, _, rest = name.partition(" ")
        local, _, prefix = rest.partition(" ")
        if depth and not self._wanted(local, depth):
            return
        start = self._parser.CurrentByteIndex
        self._kept_depths.append(depth)
        plain = {_without_prefix(key): value for key, value in attributes.items()}
        self._open.append((len(self._found), f"{namespace} {local}", prefix, plain, start, tag_end(self._data, start)))
        self._found.append(None)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if not self._kept_depths or self._kept_depths[-1] != self._depth:
            return
        self._kept_depths.pop()
        place, name, prefix, attributes, start, opened = self._open.pop()
        if self._data[opened - 2 : opened] == b"/>":
            closing = end = opened
        else:
            closing = self._parser.CurrentByteIndex
            end = tag_end(self._data, closing)
        self._found[place] = Element(name, prefix, attributes, self._depth, start, opened, closing, end)

    def _refuse(self, *_declaration: object) -> None:
        raise RenderError(f"The part {self._part} of the workbook has a document type declaration, which can do harm.")


def _without_prefix(name: str) -> str:
    """`uri local prefix` as `uri local`: what a name means does not depend on its prefix."""
    return " ".join(name.split(" ")[:2])


def tag_end(data: bytes, start: int) -> int:
    """Where the tag that begins at `start` ends."""
    found = _TAG.match(data, start)
    return found.end() if found else start


def qualified(prefix: str, local: str) -> str:
    """A name as it is written under a prefix."""
    return f"{prefix}:{local}" if prefix else local


def appended(data: bytes, parent: Element, content: bytes) -> Splice:
    """Content put in as the last children of an element."""
    if not parent.empty:
        return Splice(parent.closing, parent.closing, content)
    name = qualified(parent.prefix, parent.local).encode("utf-8")
    tag = data[parent.start : parent.opened].removesuffix(b"/>").rstrip()
    return Splice(parent.start, parent.end, tag + b">" + content + b"</" + name + b">")


def with_attributes(tag: bytes, values: dict[str, str]) -> bytes:
    """A start tag with attributes (without a prefix) set: in place where it has them, else at its end."""
    for name, value in values.items():
        written = f'{name}="{attribute(value)}"'.encode()
        pattern = rb"(?<=\s)" + re.escape(name.encode()) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')"
        tag, found = re.subn(pattern, lambda _match, new=written: new, tag, count=1)  # type: ignore[misc]
        if not found:
            end = b"/>" if tag.endswith(b"/>") else b">"
            tag = tag.removesuffix(end).rstrip() + b" " + written + end
    return tag


def text(value: str) -> str:
    """A text as an element's content: characters XML cannot hold are left out; beyond ASCII it is code numbers."""
    return escape(_NOT_IN_XML.sub("", _UNDERSCORE_CODE.sub("_x005F_", value))).replace("\r", "_x000D_")


def attribute(value: str) -> str:
    """A text as an attribute's value between double quotes."""
    entities = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return escape(_NOT_IN_XML.sub("", value), entities)


def encoded(xml: str) -> bytes:
    """Markup as bytes that mean the same in any encoding."""
    return xml.encode("ascii", "xmlcharrefreplace")
