"""Whether a finished PDF is what it says: archivable, accessible, whole in itself; it reads the bytes, and mends none.

Not a validator of PDF/A-3 (ISO 19005-3) and PDF/UA-1 (ISO 14289-1): the rules here are those that a change of our
templates could break without anyone seeing it, quick enough for every build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject, PdfObject

_ACTIVE = ("/OpenAction", "/AA")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def preflight(pdf: bytes, language: str, carried: Collection[str] = ()) -> tuple[str, ...]:
    """What keeps the PDF from being a good one, in words; nothing where all is well.

    `language` is what it should name as its own, `carried` the names of the files it should carry.
    """
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    return (
        *_of_the_whole(reader, language),
        *_of_files(reader, carried),
        *_of_pages(reader),
        *_of_tags(reader),
    )


def _of_the_whole(reader: PdfReader, language: str) -> Iterator[str]:
    root = reader.root_object
    if root.get("/Lang") != language:
        yield f"the language is {root.get('/Lang')}, not {language}"
    if not _inside(root, "/MarkInfo").get("/Marked") or "/StructTreeRoot" not in root:
        yield "it is not tagged"
    if not _inside(root, "/ViewerPreferences").get("/DisplayDocTitle"):
        yield "readers would show the name of the file in place of its title"
    if "/OutputIntents" not in root:
        yield "it does not say what its colours mean"
    if "/Outlines" not in root:
        yield "it has no bookmarks"
    if any(key in root for key in _ACTIVE) or "/JavaScript" in _inside(root, "/Names"):
        yield "something would run when it is opened"
    said = _content(root, "/Metadata")
    if not all(re.search(rb"%s:part(=\"|>)%d\b" % part, said) for part in ((b"pdfaid", 3), (b"pdfuaid", 1))):
        yield "the metadata do not name PDF/A-3 and PDF/UA-1"


def _of_files(reader: PdfReader, carried: Collection[str]) -> Iterator[str]:
    listed = [_whole(each) for each in reader.root_object.get("/AF", ())]
    found = [str(each.get("/UF")) for each in listed]
    if sorted(found) != sorted(carried):
        yield f"it carries {', '.join(found) or 'no file'}, not {', '.join(carried) or 'none'}"
    for name, each in zip(found, listed, strict=True):
        if each.get("/AFRelationship") not in ("/Source", "/Data"):
            yield f"it does not say what {name} is to it"


def _of_pages(reader: PdfReader) -> Iterator[str]:
    loose: set[str] = set()
    for number, page in enumerate(reader.pages, start=1):
        loose.update(_fonts_outside(_inside(page, "/Resources")))
        if page.get("/Tabs") != "/S":
            yield f"page {number} is not read in the order of its tags"
        links = (_whole(each) for each in page.get("/Annots", ()))
        if any(each.get("/Subtype") == "/Link" and not each.get("/Contents") for each in links):
            yield f"a link on page {number} does not say where it leads"
    yield from (f"the typeface {name} is not inside it" for name in sorted(loose))


def _fonts_outside(resources: DictionaryObject) -> Iterator[str]:
    for font in _inside(resources, "/Font").values():
        whole = _whole(font)
        parts = [_whole(each) for each in whole.get("/DescendantFonts", ())] or [whole]
        for part in parts:
            if not any(key in _inside(part, "/FontDescriptor") for key in _FONT_FILES):
                yield str(whole.get("/BaseFont", "?")).lstrip("/")


def _of_tags(reader: PdfReader) -> Iterator[str]:
    if "/StructTreeRoot" not in reader.root_object:
        return
    deepest = 0
    for element in _elements(_whole(reader.root_object["/StructTreeRoot"])):
        tag = str(element.get("/S"))
        if tag == "/Figure" and not element.get("/Alt"):
            yield "a picture has no words in its place"
        level = _HEADINGS.get(tag)
        if level is not None:
            if level > deepest + 1:
                yield f"a heading of level {level} follows one of level {deepest}"
            deepest = level


def _elements(element: DictionaryObject) -> Iterator[DictionaryObject]:
    """The structure elements below one, in reading order; a stack in place of recursion, since a table is deep."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if "/S" in current:
            yield current
        children = current.get("/K")
        listed = list(children) if isinstance(children, list) else [children]
        whole = (each.get_object() for each in listed if each is not None and hasattr(each, "get_object"))
        waiting.extend(reversed([each for each in whole if isinstance(each, dict)]))  # type: ignore[misc]


def _inside(holder: DictionaryObject, key: str) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    found = holder.get(key)
    whole = found.get_object() if found is not None else None
    return whole if isinstance(whole, DictionaryObject) else DictionaryObject()


def _content(holder: DictionaryObject, key: str) -> bytes:
    from pypdf.generic import StreamObject

    found = holder[key].get_object() if key in holder else None
    return bytes(found.get_data()) if isinstance(found, StreamObject) else b""


def _whole(reference: PdfObject) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    found = reference.get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
