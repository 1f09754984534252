"""The pages around the chapters, as they come out of the layout: at a glance, about this report, contents, methods."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from lxml import html
from pypdf import PdfReader
from render_document import hostile_document, sample_document

from esgreport.document import Beside, Document, Figure, KeyFigure, KeyFigures, Note, Section
from esgreport.render.design import plain_design
from esgreport.render.html import render_html
from esgreport.render.pdf import render_pdf

KEY = KeyFigure(
    "Meldepflichtige Arbeitsunfälle der Beschäftigten im Berichtszeitraum",
    Figure("25.449,1", "tCO₂e"),
    "94,6 % dem Recycling oder der Wiederverwendung zugeführt",
    "",
    "",
    (
        Beside("2024", Figure("27.485,03", "tCO₂e"), "7,4 % weniger"),
        Beside("Ziel 2030", Figure("18.430,0", "tCO₂e")),
    ),
)


def around(document: Document, figures: int = 8) -> Document:
    """A document without its chapters, with so many key figures."""
    return replace(
        document,
        key_figures=KeyFigures((KEY,) * figures),
        parts=(),
        index=(),
        footnotes=(),
        provenance=(),
        about=Section("about", "About this report", blocks=(Note("One sentence.", "method", title="Assurance"),)),
        methods=None,
    )


def pages(document: Document, *names: str, theme: str = "plain", page: str = "a4") -> list[int]:
    """The pages on which some chapters begin."""
    pdf = PdfReader(BytesIO(render_pdf(render_html(document, plain_design(theme, page)), document)))
    found = [pdf.get_destination_page_number(pdf.named_destinations[name]) for name in names]
    assert None not in found
    return [int(number) for number in found if number is not None]


@pytest.mark.parametrize("figures", [1, 3, 5, 8, 12])
def test_at_a_glance_is_one_page_with_any_number_of_figures(figures: int) -> None:
    glance, about = pages(around(sample_document(), figures), "at-a-glance", "about")
    assert about == glance + 1


@pytest.mark.parametrize(("theme", "page"), [("plain", "letter"), ("editorial", "a4")])
def test_a_full_page_of_figures_is_one_page_on_other_paper_and_in_another_theme(theme: str, page: str) -> None:
    glance, about = pages(around(sample_document(), 12), "at-a-glance", "about", theme=theme, page=page)
    assert about == glance + 1


@pytest.mark.parametrize(
    ("figures", "wide"), [(1, "wide-2"), (3, "wide-2"), (4, ""), (8, ""), (10, "wide-3"), (11, "wide-2")]
)
def test_the_first_figure_takes_the_room_that_would_stay_empty(figures: int, wide: str) -> None:
    page = html.fromstring(render_html(around(sample_document(), figures)))
    first, *rest = page.xpath("//section[@id='at-a-glance']//li/@class")
    assert ("wide-" in first) == bool(wide) and wide in first
    assert not any("wide-" in each for each in rest)


def test_a_figure_without_a_year_before_or_a_target_has_no_empty_label_for_them() -> None:
    plain = replace(around(sample_document()), key_figures=KeyFigures((KeyFigure("Waste", Figure("5", "t")),)))
    page = html.fromstring(render_html(plain))
    assert not page.xpath("//section[@id='at-a-glance']//dl")


def test_a_figure_has_last_year_and_target_beside_it() -> None:
    page = html.fromstring(render_html(around(sample_document(), 1)))
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//section[@id='at-a-glance']//dl/div")]
    assert rows == ["2024 27.485,03 7,4 % weniger", "Ziel 2030 18.430,0"]


def test_a_note_stands_under_its_heading() -> None:
    page = html.fromstring(render_html(around(sample_document())))
    (heading,) = page.xpath("//section[@id='about']/h3")
    assert (heading.text, heading.getnext().text) == ("Assurance", "One sentence.")


def test_texts_of_others_are_no_markup_around_the_chapters() -> None:
    page = html.fromstring(render_html(hostile_document()))
    assert not page.xpath("//section[@id='at-a-glance' or @id='about']//script")


def test_notes_stand_with_the_methods_before_what_is_appended() -> None:
    document = replace(
        sample_document(),
        methods=Section("methods", "Methods", blocks=(Note("How."),)),
        appendices=(Section("more", "More", blocks=(Note("More."),)),),
    )
    order = html.fromstring(render_html(document)).xpath("//main/section/@id")
    assert order[order.index("methods") :][:4] == ["methods", "footnotes", "more", "content-index"]
