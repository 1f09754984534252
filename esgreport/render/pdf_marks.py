"""What a PDF says of itself to be PDF/A-3a and PDF/UA-1 at once, and the files it carries; no page is set here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Attachment
    from weasyprint.document import Document as LaidOut

VARIANT = "pdf/a-3a"

_ACCESSIBLE = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\
"""
"""PDF/A allows a property it does not know only with its description (ISO 19005-3, 6.6.2.3)."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file the PDF carries: its name, what is in it, what it is to the report (`Source`, `Data`), in words too."""

    name: str
    content: bytes
    relationship: Literal["Source", "Data"]
    description: str


def mark_accessible(laid_out: LaidOut) -> None:
    """Let the metadata say PDF/UA-1 beside PDF/A-3a: the layout engine writes only one of them."""
    metadata = laid_out.metadata
    written = metadata.generate_rdf_metadata

    def with_both(*variant: object) -> bytes:
        return bytes(written(*variant)).replace(b"</rdf:RDF>", _ACCESSIBLE + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_both


def attachments(enclosures: Sequence[Enclosure]) -> list[Attachment]:
    """The files as the layout engine takes them."""
    from io import BytesIO

    from weasyprint import Attachment

    return [
        Attachment(
            file_obj=BytesIO(each.content),
            name=each.name,
            description=each.description,
            relationship=each.relationship,
        )
        for each in enclosures
    ]


def finish(_document: LaidOut, pdf: pydyf.PDF) -> None:
    """Name each file once and without the time of this run (same input, same bytes); call pages as they are printed."""
    import pydyf

    cover, others = pydyf.Dictionary({"S": "/r"}), pydyf.Dictionary({"S": "/D", "St": 2})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, cover, 1, others])})
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/EmbeddedFile":
            for moment in ("CreationDate", "ModDate"):
                each.extra["Params"].pop(moment, None)
