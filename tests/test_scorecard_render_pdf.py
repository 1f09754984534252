"""The scorecard on paper: page one holds it whole whatever its rows say; behind it stand both sides and the method."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from scorecard_values import card, empty_card, long_card

from esgreport.render.preflight import preflight
from esgreport.render.scorecard import render_scorecard, render_scorecard_pdf
from esgreport.scorecard import Scorecard


def pages_of_the_page(made: Scorecard) -> int:
    """How many sheets page one takes, what stands behind it left away."""
    from weasyprint import HTML

    page = re.sub(r'<div class="tools">.*</main>', "</main>", render_scorecard(made), flags=re.DOTALL)
    return len(HTML(string=page).render().pages)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("language", ["de", "fr"])
@pytest.mark.parametrize("count", [1, 8, 16, 24])
def test_the_scorecard_fits_its_page_also_where_every_text_is_long(count: int, language: str) -> None:
    assert pages_of_the_page(long_card(count, language)) == 1


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = card()
    return render_scorecard_pdf(render_scorecard(made), made)


def test_behind_the_page_stand_sustainability_customers_and_method(pdf: bytes) -> None:
    pages = [(page.extract_text() or "").strip() for page in PdfReader(BytesIO(pdf)).pages]
    assert [page.splitlines()[0].strip() for page in pages] == [
        card().message,
        "Sustainability",
        "Customers",
        "Actions and method",
    ]
    assert "Meccanica Rossi" in pages[2] and "Meccanica Rossi" not in pages[0]
    assert "9f" * 32 in pages[3].replace("\n", "")


def test_the_page_is_a4_landscape_and_the_pdf_archivable_and_accessible(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    wide, high = (float(each) / 72 * 25.4 for each in reader.pages[0].mediabox.upper_right)
    assert (round(wide), round(high)) == (297, 210)
    assert preflight(pdf, "en") == ()
    assert reader.metadata is not None and reader.metadata.title == card().message


def test_the_same_scorecard_without_data_is_a_pdf_too_and_the_same_bytes_each_time() -> None:
    made = empty_card("fr")
    page = render_scorecard(made)
    assert render_scorecard_pdf(page, made) == render_scorecard_pdf(page, made)
