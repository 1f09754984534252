"""Going through the XML of one part, element by element; it opens nothing, expands nothing and refuses any DTD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pyexpat import ErrorString, ExpatError, ParserCreate, XMLParserType
from typing import Protocol

from esgreport.read.refusal import SAVE_AGAIN, refusal

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The two namespaces workbooks are written in: the usual (transitional) one and that of the strict variant."""
LONGEST_MARKUP = 1_000_000
"""Bytes of one tag: its attributes cost many times that in memory."""
_CHUNK = 65_536
RELATIONSHIPS = ("http://schemas.openxmlformats.org/package/2006/relationships",)


@dataclass(frozen=True, slots=True)
class Part:
    """XML to be read: the file and place as messages name them, and the bytes."""

    shown: str
    place: str
    data: bytes


class Scanner(Protocol):
    """What goes through a part: it gets the parser to set its own callbacks on, and the namespace of the root."""

    def begin(self, parser: XMLParserType, namespace: str) -> None:
        """The root element was met; element names that follow are `namespace + " " + local name`."""
        ...


def scan(part: Part, root: str, namespaces: tuple[str, ...], scanner: Scanner) -> None:
    """Let `scanner` go through a part whose root element is `root` in one of `namespaces`.

    Errors: WorkbookError for XML that is cut off or damaged, has a DOCTYPE, or has another root.
    """
    for _ in steps(part, root, namespaces, scanner):
        pass


def steps(part: Part, root: str, namespaces: tuple[str, ...], scanner: Scanner) -> Iterator[None]:
    """As `scan`, but some way at a time, for who may not need all of it; what is left over is not looked at."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def meet_root(name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if local != root or namespace not in namespaces:
            raise refusal(part.shown, part.place, f"a <{root}> was expected here, not <{local}>", SAVE_AGAIN)
        scanner.begin(parser, namespace)

    def refuse_doctype(*_declaration: object) -> None:
        what = "the XML has a document type declaration, which no workbook has and which can do harm"
        raise refusal(part.shown, part.place, what, "Ask the sender how the file was made.")

    parser.StartElementHandler = meet_root
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        yield from _feed(parser, part)
    except ExpatError as error:
        reason = ErrorString(error.code) or "unreadable"
        what = f"the XML is cut off or damaged at line {error.lineno}, column {error.offset + 1} ({reason})"
        raise refusal(part.shown, part.place, what, SAVE_AGAIN) from None
    except (ValueError, LookupError):  # an encoding that is none
        raise refusal(part.shown, part.place, "the XML is in an unknown encoding", SAVE_AGAIN) from None


def _feed(parser: XMLParserType, part: Part) -> Iterator[None]:
    view = memoryview(part.data)
    for start in range(0, len(view), _CHUNK):
        if start:
            yield
        chunk = view[start : start + _CHUNK]
        parser.Parse(chunk, False)
        if start + len(chunk) - parser.CurrentByteIndex > LONGEST_MARKUP:
            raise refusal(part.shown, part.place, "the XML has a tag of more than a million characters", SAVE_AGAIN)
    parser.Parse(b"", True)
