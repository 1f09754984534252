"""Customers in the report: short tables for others and whole ones in full, lettered notes, sources folded on paper."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import html as lxml_html
from test_compose_customers import LANGUAGES, LAYOUT, blocks, composed

from esgreport.compose.customers.tables import lettered
from esgreport.definitions.cx_report import PanelBlock
from esgreport.document import Table
from esgreport.render.html import render_html

LIMITED = [
    block
    for section in LAYOUT.sections
    for block in section.blocks
    if isinstance(block, PanelBlock) and block.most is not None
]


def tables(audience: str) -> dict[str, Table]:
    return {block.id: block for block in blocks(composed(audience)) if isinstance(block, Table)}  # type: ignore[arg-type]


@pytest.mark.parametrize("layout", LIMITED, ids=lambda layout: layout.id)
def test_others_see_the_first_rows_and_how_many_more_there_are_and_the_full_edition_has_all(
    layout: PanelBlock,
) -> None:
    short, whole = tables("customer")[layout.id], tables("full")[layout.id]
    assert layout.most is not None
    assert len(short.rows) == min(layout.most, len(whole.rows))
    assert whole.rows[: len(short.rows)] == short.rows
    assert whole.note == ""
    more = len(whole.rows) - len(short.rows)
    assert short.note.startswith(str(more)) if more else short.note == ""


def test_the_sample_has_more_touchpoints_than_others_are_listed() -> None:
    assert len(tables("full")["customers-touchpoints"].rows) > 3


# ── lettered notes ──


def appendix(language: str = "en") -> Table:
    for section in composed("customer", language).appendices:
        for block in section.blocks:
            if isinstance(block, Table) and block.notes:
                return block
    raise AssertionError("no table of definitions has notes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_has_one_note_and_every_note_a_letter_that_is_used(language: str) -> None:
    table = appendix(language)
    letters = [letter for letter, _ in table.notes]
    used = [letter for row in table.rows for cell in row.cells for letter in cell.letters]
    assert len(set(letters)) == len(letters)
    assert set(used) == set(letters)
    assert max(Counter(text for _, text in table.notes).values()) == 1


def test_what_two_metrics_have_in_common_is_said_once_under_the_table() -> None:
    table = appendix()
    used = Counter(letter for row in table.rows for cell in row.cells for letter in cell.letters)
    assert max(used.values()) > 1
    for _, text in table.notes:
        assert not any(text in cell.text for row in table.rows for cell in row.cells)


def test_letters_go_on_after_z_and_belong_to_one_text_each() -> None:
    texts = [f"Method {n}." for n in range(60)]
    letters = lettered([*texts, *texts])
    assert list(letters) == texts
    assert len(set(letters.values())) == 60
    assert all(letter.isalpha() and letter.islower() for letter in letters.values())
    assert next(iter(letters.values())) == "a"


def test_letters_stand_beside_their_metric_and_before_their_note_on_the_page() -> None:
    page = lxml_html.fromstring(render_html(composed()))
    table = appendix()
    (drawn,) = page.xpath(f"//table[@id='{table.id}']")
    (notes,) = drawn.xpath("ancestor::div[1]/following-sibling::ul[contains(@class, 'lettered')][1]")
    assert [sup.text for sup in notes.xpath("li/sup")] == [letter for letter, _ in table.notes]
    cells = [" ".join(row.cells[0].letters) for row in table.rows]
    assert ["".join(row.xpath("th//sup/text()")) for row in drawn.xpath("tbody/tr")] == cells


# ── sources, folded on paper ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_on_customers_leads_to_the_line_of_its_metric_on_paper(language: str) -> None:
    document = composed("full", language)
    folded = [fact for fact in document.provenance if fact.printed]
    assert folded
    assert {fact.anchor.partition("-")[0] for fact in folded} == {"cx"}
    page = lxml_html.fromstring(render_html(document))
    for fact in folded:
        assert fact.printed == f"of-{fact.concept}"
        assert fact.place
    lines = page.xpath("//*[contains(@class, 'on-paper')]//*[@id]/@id")
    assert sorted(lines) == sorted({fact.printed for fact in folded})
    targets = {link.get("data-at") for link in page.xpath("//a[@data-at]")}
    assert targets <= {f"#{line}" for line in lines}


def test_a_line_on_paper_says_how_many_figures_of_its_metric_are_shown() -> None:
    document = composed()
    page = lxml_html.fromstring(render_html(document))
    shown = Counter(fact.printed for fact in document.provenance if fact.printed)
    for printed, count in shown.items():
        (line,) = page.xpath(f"//*[@id='{printed}']")
        assert line.xpath("string(dd)").endswith(f"· {count}")
