"""The PDF: tagged, titled, with outline and fonts inside, the same bytes each time, and nothing fetched."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from render_document import sample_document

from esgreport.errors import RenderError
from esgreport.render.html import render_html
from esgreport.render.pdf import render_pdf


@pytest.fixture(scope="module")
def pdf() -> bytes:
    document = sample_document()
    return render_pdf(render_html(document), document)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def test_the_report_opens_with_its_title_language_and_tags(reader: PdfReader) -> None:
    assert len(reader.pages) > 10
    assert reader.metadata is not None
    assert reader.metadata.title == "Sustainability report 2025 – Officine Valdarno S.p.A."
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object


def test_a_request_for_anything_outside_the_file_stops_the_report() -> None:
    html = '<!doctype html><html lang="en"><title>t</title><img alt="x" src="https://example.org/x.png">'
    with pytest.raises(RenderError, match=r"outside itself|cleanly"):
        render_pdf(html, sample_document())
