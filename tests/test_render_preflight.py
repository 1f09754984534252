"""The look at a finished PDF: what is wrong is named, and a good one passes."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from render_document import sample_document

from esgreport.errors import RenderError
from esgreport.render import pdf as pdf_module
from esgreport.render.html import render_html
from esgreport.render.pdf import render_pdf
from esgreport.render.pdf_marks import Enclosure
from esgreport.render.preflight import preflight

ENCLOSED = (
    Enclosure("data.xlsx", b"PK\x03\x04 not really", "Source", "Workbook the figures come from"),
    Enclosure("facts.json", b'{"facts": []}', "Data", "The facts, for machines"),
)
NAMES = [each.name for each in ENCLOSED]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    document = sample_document()
    return render_pdf(render_html(document), document, ENCLOSED)


def changed(pdf: bytes, key: str, value: object = None) -> bytes:
    """The PDF with an entry of its catalogue taken out or replaced."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    root = writer.root_object
    if value is None:
        del root[NameObject(key)]
    else:
        root[NameObject(key)] = value  # type: ignore[assignment]
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_report_is_archivable_and_accessible_and_carries_its_files(pdf: bytes) -> None:
    assert preflight(pdf, "en", NAMES) == ()
    reader = PdfReader(BytesIO(pdf))
    metadata = reader.root_object["/Metadata"].get_object().get_data()
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.attachments == {each.name: [each.content] for each in ENCLOSED}
    listed = [each.get_object() for each in reader.root_object["/AF"]]
    assert [(each["/UF"], each["/AFRelationship"]) for each in listed] == [
        ("data.xlsx", "/Source"),
        ("facts.json", "/Data"),
    ]


def test_the_files_it_carries_do_not_tell_when_it_was_made(pdf: bytes) -> None:
    for each in PdfReader(BytesIO(pdf)).root_object["/AF"]:
        assert set(each.get_object()["/EF"]["/F"]["/Params"]) == {"/CheckSum", "/Size"}


def test_a_wrong_language_and_a_file_too_many_are_named(pdf: bytes) -> None:
    assert preflight(pdf, "de", NAMES[:1]) == (
        "the language is en, not de",
        "it carries data.xlsx, facts.json, not data.xlsx",
    )


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("/MarkInfo", "it is not tagged"),
        ("/ViewerPreferences", "readers would show the name of the file in place of its title"),
        ("/OutputIntents", "it does not say what its colours mean"),
        ("/Outlines", "it has no bookmarks"),
        ("/Metadata", "the metadata do not name PDF/A-3 and PDF/UA-1"),
    ],
)
def test_what_is_taken_out_is_missed(pdf: bytes, key: str, fault: str) -> None:
    assert preflight(changed(pdf, key), "en", NAMES) == (fault,)


def test_what_would_run_on_opening_is_named(pdf: bytes) -> None:
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    assert preflight(changed(pdf, "/OpenAction", script), "en", NAMES) == ("something would run when it is opened",)


def test_a_file_without_its_relation_is_named(pdf: bytes) -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    del writer.root_object["/AF"][0].get_object()[NameObject("/AFRelationship")]  # type: ignore[index]
    out = BytesIO()
    writer.write(out)
    assert preflight(out.getvalue(), "en", NAMES) == ("it does not say what data.xlsx is to it",)


def test_a_picture_without_words_and_a_skipped_heading_are_named() -> None:
    def element(tag: str, *children: DictionaryObject) -> DictionaryObject:
        return DictionaryObject({NameObject("/S"): NameObject(tag), NameObject("/K"): ArrayObject(children)})

    document = sample_document()
    writer = PdfWriter(clone_from=BytesIO(render_pdf(render_html(document), document)))
    writer.root_object["/StructTreeRoot"].get_object()[NameObject("/K")] = ArrayObject(
        [element("/Document", element("/H1"), element("/H3"), element("/Figure"))]
    )
    out = BytesIO()
    writer.write(out)
    assert preflight(out.getvalue(), "en") == (
        "a heading of level 3 follows one of level 1",
        "a picture has no words in its place",
    )


def test_a_pdf_with_a_fault_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    document = sample_document()
    monkeypatch.setattr(pdf_module, "finish", lambda _document, pdf: pdf.catalog.pop("MarkInfo"))
    with pytest.raises(RenderError, match=r"not fit to be handed on: it is not tagged\."):
        render_pdf(render_html(document), document)
