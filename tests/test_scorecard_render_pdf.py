"""The scorecard on paper: four pages whatever its rows say, with nothing cut; it is archivable and accessible."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from scorecard_values import LONG, card, empty_card, long_card, one_side

from esgreport.model import Source
from esgreport.render.design import plain_design
from esgreport.render.pdf import pages_of
from esgreport.render.preflight import preflight
from esgreport.render.scorecard import paper_scorecard, render_scorecard_pdf
from esgreport.render.scorecard_fit import SECTIONS, Fit, first_fit, fitted
from esgreport.render.scorecard_places import places
from esgreport.scorecard import Scorecard


def said(pdf: bytes) -> list[str]:
    """The text of each page, without what only breaks lines."""
    return [re.sub(r"[\u00ad-]?\s+", " ", page.extract_text() or "").strip() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize(("count", "language"), [(1, "fr"), (8, "it"), (24, "de")])
def test_the_scorecard_is_four_pages_also_where_every_text_is_long(count: int, language: str) -> None:
    pages = pages_of(paper_scorecard(long_card(count, language)))
    assert [next(name for name in SECTIONS if name in anchors) for anchors in pages] == list(SECTIONS)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("made", "sections"),
    [
        (card(24), SECTIONS),
        (one_side("cx"), ("page", "customers", "method")),
        (one_side("esg"), ("page", "sustainability", "method")),
    ],
)
def test_each_side_that_was_given_has_a_page_and_the_other_none(made: Scorecard, sections: tuple[str, ...]) -> None:
    pages = pages_of(paper_scorecard(made))
    assert tuple(next(name for name in SECTIONS if name in anchors) for anchors in pages) == sections


def test_nothing_on_the_page_is_cut() -> None:
    style = paper_scorecard(card(8)).partition("<style>")[2].partition("</style>")[0]
    own = style[style.index("/* The scorecard") :]
    assert not re.search(r"max-lines|block-ellipsis|text-overflow|line-clamp", own)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_scorecard_pdf(card())


def test_page_one_says_every_row_whole(pdf: bytes) -> None:
    page = said(pdf)[0].replace(" ", "")
    for row in card().rows:
        shown = (
            row.label,
            row.variance,
            row.light_words,
            row.owner,
            row.action,
            row.actual.shown if row.actual else "",
        )
        for text in shown:
            assert re.sub(r"[\s-]", "", text) in page.replace("-", ""), text


def test_behind_the_page_stand_sustainability_customers_and_method(pdf: bytes) -> None:
    pages = said(pdf)
    heads = (card().message, "Sustainability", "Customers", "Actions and method")
    assert all(page.startswith(head) for page, head in zip(pages, heads, strict=True))
    assert "Meccanica Rossi" in pages[2] and "Meccanica Rossi" not in pages[0]
    assert "9f" * 32 in pages[3].replace(" ", "")


def test_the_page_is_a4_landscape_and_the_pdf_archivable_and_accessible(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    wide, high = (float(each) / 72 * 25.4 for each in reader.pages[0].mediabox.upper_right)
    assert (round(wide), round(high)) == (297, 210)
    assert preflight(pdf, "en") == ()
    assert reader.metadata is not None and reader.metadata.title == card().message


def test_on_letter_it_is_four_landscape_pages_too() -> None:
    reader = PdfReader(BytesIO(render_scorecard_pdf(card(18), plain_design(page="letter"))))
    assert {tuple(map(float, page.mediabox.upper_right)) for page in reader.pages} == {(792.0, 612.0)}
    assert len(reader.pages) == 4


def test_the_same_scorecard_without_data_is_a_pdf_too_and_the_same_bytes_each_time() -> None:
    made = empty_card("fr")
    assert render_scorecard_pdf(made) == render_scorecard_pdf(made)


# ── how it is made to fit ────────────────────────────────────────────────────────────────────────────────────


def steps(needed: dict[str, int], start: Fit) -> tuple[Fit, int]:
    """The fit found where each page fits from a step on, and how often the pages were laid out for it."""
    drawn: list[Fit] = []

    def draw(fit: Fit) -> str:
        drawn.append(fit)
        pages = (
            f'<p id="{name}" style="break-before:page">' + ('<p style="break-before:page">' if spills else "")
            for name, spills in ((name, getattr(fit, name) < needed.get(name, 0)) for name in fit.sections)
        )
        return "".join(pages)

    return fitted(draw, start), len(drawn)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("page", [0, 6, 7, 9, 10])
@pytest.mark.parametrize("customers", [1, 3, 5])
def test_the_roomiest_step_that_fits_is_found_in_a_few_tries(page: int, customers: int) -> None:
    fit, tries = steps({"page": page, "customers": customers}, first_fit(16))
    assert (fit.page, fit.customers, fit.method) == (max(page, 5), min(customers, 4), 0)
    assert fit.sections == SECTIONS
    assert tries <= 9


def test_the_last_steps_leave_actions_and_then_reasons_to_the_pages_behind() -> None:
    assert (first_fit(16).rows, first_fit(99).rows, first_fit(16).lean) == (16, 24, False)
    assert Fit(page=9).lean and not Fit(page=9).bare and Fit(page=10).bare


def test_columns_nobody_filled_are_not_there() -> None:
    bare = card(8)
    bare = replace(bare, rows=tuple(replace(row, owner="", action="", prior=None, series=()) for row in bare.rows))
    head = re.search(r"<thead.*?</thead>", paper_scorecard(bare), re.DOTALL)
    assert head is not None
    assert not re.search("Owner|Action|Last year|Trend", head.group())
    assert "Last year" not in re.search(r'<p class="key">.*?</p>', paper_scorecard(bare), re.DOTALL).group()  # type: ignore[union-attr]


def test_a_text_too_long_for_the_page_stands_on_the_page_behind() -> None:
    page = paper_scorecard(long_card(24, "de"))
    first, _, behind = page.partition('id="sustainability"')
    action = f"{LONG['de']}. {LONG['de']}"
    assert action not in first and behind.count(action) == 24


def test_cells_that_follow_each_other_are_one_range() -> None:
    cells = [Source("b.xlsx", "Waste", cell) for cell in ("C22", "C23", "C24", "D3", "AA9")]
    assert places([*cells, Source("b.xlsx", "Water", "C7"), Source("r.csv", "", "5:5")]) == (
        "b.xlsx Waste!C22:C24, D3, AA9; Water!C7; r.csv 5:5"
    )
