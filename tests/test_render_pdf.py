"""The PDF: tagged, titled, with outline and fonts inside, the same bytes each time, and nothing fetched."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from render_document import draft_document, hostile_document, sample_document

from esgreport.document import Answer, Answers, Document, Figure, Note, Section
from esgreport.errors import RenderError
from esgreport.render.html import render_html
from esgreport.render.pdf import render_pdf


def small_document() -> Document:
    """One short section, for what does not need a whole report."""
    document = sample_document()
    answers = Answers("a", (Answer("Legal form", (Figure("S.p.A.", facts=(document.provenance[0].anchor,)),)),))
    part = replace(document.parts[0], sections=(Section("b1", "General", "B1", "24", "general", (answers,)),))
    return replace(
        document,
        key_figures=replace(document.key_figures, figures=()),
        parts=(part,),
        index=document.index[:1],
        provenance=document.provenance[:1],
        footnotes=(),
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    document = sample_document()
    return render_pdf(render_html(document), document)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.fixture
def engine_log(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """What the layout engine logged, at any level above its progress."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        yield caplog.records


def test_the_report_opens_with_its_title_language_and_tags(reader: PdfReader) -> None:
    assert len(reader.pages) > 15
    assert reader.metadata is not None
    assert reader.metadata.title == "Sustainability report 2025 – Officine Valdarno S.p.A."
    assert reader.metadata.author == "Officine Valdarno S.p.A."
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_that_it_is_accessible(reader: PdfReader) -> None:
    said = reader.root_object["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part" in said


def test_the_outline_has_a_line_for_every_part_and_disclosure(reader: PdfReader) -> None:
    def titles(outline: object) -> Iterator[str]:
        for entry in outline if isinstance(outline, list) else [outline]:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield str(entry.title)

    said = list(titles(reader.outline))
    for part in sample_document().parts:
        assert part.title in said
        for section in part.sections:
            assert f"{section.number} {section.title}" in said
    for title in ("At a glance", "Contents", "Content index", "Data and sources"):
        assert title in said


def test_pages_have_the_entity_their_section_and_their_number(reader: PdfReader) -> None:
    number = next(n for n, page in enumerate(reader.pages) if "Address of site" in page.extract_text())
    text = reader.pages[number].extract_text()
    assert "Officine Valdarno S.p.A." in text
    assert "Data and sources" in text
    assert str(number + 1) in text.split()
    assert "Officine" not in reader.pages[1].extract_text().split("Contents")[-1]


def test_the_contents_name_the_page_each_part_begins_on(reader: PdfReader) -> None:
    numbers = reader.pages[1].extract_text().split("Contents", 1)[0].split()
    for name in ("at-a-glance", "about", *(part.id for part in sample_document().parts), "content-index", "sources"):
        page = reader.get_destination_page_number(reader.named_destinations[name])
        assert page is not None and str(page + 1) in numbers, name


def test_every_font_is_embedded(reader: PdfReader) -> None:
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for one in font.get_object().get("/DescendantFonts", [font]):
                descriptor = one.get_object()["/FontDescriptor"].get_object()
                fonts[str(one.get_object()["/BaseFont"])] = descriptor
    assert fonts
    for name, descriptor in fonts.items():
        assert isinstance(descriptor, DictionaryObject)
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys(), name
        assert "Inter" in name, f"{name} is not ours: a character is missing from the bundled typeface"


def test_every_figure_leads_to_its_source_inside_the_pdf(reader: PdfReader) -> None:
    targets = {
        str(note.get_object()["/Dest"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/Dest" in note.get_object()
    }
    anchors = {fact.anchor for fact in sample_document().provenance}
    assert len(anchors & targets) > 300
    assert targets <= set(reader.named_destinations)


def test_the_same_report_gives_the_same_bytes(pdf: bytes) -> None:
    document = small_document()
    page = render_html(document)
    assert render_pdf(page, document) == render_pdf(page, document)


def test_a_clean_report_leaves_nothing_in_the_log(engine_log: list[logging.LogRecord]) -> None:
    document = draft_document()
    render_pdf(render_html(document), document)
    assert [record.getMessage() for record in engine_log] == []


def test_a_draft_is_marked_on_every_page() -> None:
    document = replace(small_document(), draft=True, findings=draft_document().findings)
    pages = PdfReader(BytesIO(render_pdf(render_html(document), document))).pages
    assert ["Draft – not for publication" in page.extract_text() for page in pages] == [True] * len(pages)


def test_a_request_for_anything_outside_the_file_stops_the_report() -> None:
    html = '<!doctype html><html lang="en"><title>t</title><img alt="x" src="{}">'
    for address in ("https://example.org/x.png", "file:///etc/hostname", "//example.org/x.png", "x.png"):
        with pytest.raises(RenderError):
            render_pdf(html.format(address), sample_document())
    with pytest.raises(RenderError):
        render_pdf('<!doctype html><title>t</title><style>@import "file:///etc/passwd";</style>', sample_document())


def test_a_link_to_nowhere_stops_the_report() -> None:
    html = '<!doctype html><html lang="en"><title>t</title><h1>t</h1><p><a href="#nowhere">here</a>'
    with pytest.raises(RenderError, match="nowhere"):
        render_pdf(html, sample_document())


def with_text(text: str) -> Document:
    """The small report with a text of the undertaking in it."""
    document = small_document()
    about = replace(document.about, blocks=(Note(text),))
    return replace(document, about=about)


def test_a_sign_that_no_typeface_has_is_shown_as_a_box_and_the_report_says_so() -> None:
    document = with_text("Two \U0003fffd unassigned \U0003fffc signs")
    text = "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(render_pdf(render_html(document), document))).pages
    )
    assert "Two □ unassigned □ signs" in text
    assert "Signs that no typeface" in text
    assert "Signs that no typeface" not in "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(render_pdf(render_html(small_document()), document))).pages
    )


def test_characters_that_stand_for_nothing_do_no_harm() -> None:
    document = with_text("a\x0bb\x1fc\x00d\ufffee f\u200bg\u00adh\u2028i")
    page = render_html(document)
    assert "abcde f" in page
    assert "abcde f" in PdfReader(BytesIO(render_pdf(page, document))).pages[2].extract_text()


def test_hostile_text_makes_a_pdf_like_any_other() -> None:
    document = hostile_document()
    assert render_pdf(render_html(document), document).startswith(b"%PDF")


def test_pages_are_called_what_is_printed_on_them(reader: PdfReader) -> None:
    assert reader.page_labels[:3] == ["i", "2", "3"]
    assert reader.pages[2].extract_text().split()[-1] == "3"
