"""Small workbooks made part by part, well-formed or not, for tests of reading: no library writes some of these."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"

Parts = dict[str, bytes]


def parts(
    rows: str = "",
    *,
    names: str = "",
    properties: str = "",
    strings: str | None = None,
    formats: Iterable[str] = (),
    after: str = "",
    sheet: str = "Answers",
) -> Parts:
    """A workbook of one sheet: rows, names, shared strings as XML; cell style n + 1 has the nth of `formats`."""
    return {
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": workbook({sheet: "rId1"}, names, properties),
        "xl/_rels/workbook.xml.rels": relations(
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("styles", "styles.xml"),
                **({"rId3": ("sharedStrings", "sharedStrings.xml")} if strings is not None else {}),
            }
        ),
        "xl/worksheets/sheet1.xml": worksheet(rows, after),
        "xl/styles.xml": styles(formats),
        **({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()} if strings is not None else {}),
    }


def workbook(sheets: Mapping[str, str], names: str = "", properties: str = "") -> bytes:
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="{identifier}"/>'
        for number, (name, identifier) in enumerate(sheets.items(), 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    ).encode()


def relations(links: Mapping[str, tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identifier, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'.encode()


def worksheet(rows: str, after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def styles(formats: Iterable[str]) -> bytes:
    codes = list(formats)
    declared = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{escape(code)}"/>' for index, code in enumerate(codes)
    )
    used = "".join(f'<xf numFmtId="{164 + index}"/>' for index in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{declared}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="wrong"/></dxf></dxfs></styleSheet>'
    ).encode()


def zipped(content: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """The parts as a zip archive; given as pairs, a name may come twice."""
    pairs = content.items() if isinstance(content, Mapping) else content
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name that comes twice, which is the point
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def saved(folder: Path, content: Mapping[str, bytes] | bytes, name: str = "book.xlsx") -> Path:
    """The workbook as a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else zipped(content))
    return path
