"""Two years on a page: headings over columns, the earlier file among the sources, the same bytes each time."""

from __future__ import annotations

from functools import cache

from lxml import html
from test_compose_years import company, of_years

from esgreport.render.html import render_html
from esgreport.render.pdf import render_pdf


@cache
def page() -> str:
    return render_html(of_years(*company("en")))


def width(row: html.HtmlElement) -> int:
    return sum(int(cell.get("colspan", "1")) for cell in row)


def test_headings_over_columns_span_what_stands_under_them() -> None:
    grouped = [
        table for table in html.fromstring(page()).iter("table") if table.find(".//th[@scope='colgroup']") is not None
    ]
    assert len(grouped) >= 5
    for table in grouped:
        above, below = table.findall("thead/tr")
        tall = [cell for cell in above if cell.get("rowspan") == "2"]
        assert len(tall) + len([cell for cell in above if cell.get("scope") == "colgroup"]) == len(above)
        spanned = sum(int(cell.get("colspan")) for cell in above if cell.get("scope") == "colgroup")
        assert width(below) == spanned
        assert {width(row) for row in table.findall("tbody/tr")} == {width(above)}


def test_a_table_without_headings_over_columns_has_one_row_of_them() -> None:
    tables = [
        table for table in html.fromstring(page()).iter("table") if table.find(".//th[@scope='colgroup']") is None
    ]
    assert {len(table.findall("thead/tr")) for table in tables} == {1}


def test_earlier_figures_are_links_to_their_own_sources() -> None:
    document = html.fromstring(page())
    earlier = document.xpath("//td[contains(@class, 'prior')]//a[contains(@class, 'f')]")
    assert len(earlier) > 80
    rows = {row.get("id"): row.getparent().getparent() for row in document.iter("tr") if row.get("id")}
    files = {rows[link.get("href")[1:]].get("data-file") for link in earlier}
    assert files == {"officine-quattroponti-2024.json", ""}  # none for what was computed from them


def test_earlier_years_have_a_chapter_in_the_contents() -> None:
    document = html.fromstring(page())
    assert document.xpath("//nav[@id='contents']//a[@href='#comparatives']/text()") == ["Figures of earlier years"]
    assert document.get_element_by_id("comparatives").find("h2").text == "Figures of earlier years"


def test_a_key_figure_shows_what_it_was() -> None:
    (first, *_) = html.fromstring(page()).xpath("//section[@id='at-a-glance']//dl[contains(@class, 'beside')]")
    assert " ".join(first.text_content().split()).startswith("2024 663.8 6.9% less")
    assert first.xpath(".//a[contains(@class, 'f')]/@data-f")[0].startswith("y1-")


def test_the_same_two_years_make_the_same_bytes() -> None:
    document = of_years(*company("en"))
    assert render_html(document) == page()
    assert render_pdf(page(), document) == render_pdf(page(), document)
