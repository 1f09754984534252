"""The HTML: one file, well formed, every figure traced, every text escaped, nothing fetched and nothing foreign run."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as lxml_html
from render_document import draft_document, hostile_document, sample_document
from tinyhtml5.parser import HTMLParser

from esgreport import resources
from esgreport.document import (
    Column,
    Document,
    Figure,
    KeyFigures,
    Provenance,
    Row,
    Section,
    Table,
)
from esgreport.errors import RenderError
from esgreport.model import Source
from esgreport.render.design import plain_design
from esgreport.render.html import mixed_units, render_html, sheets, usual_period
from esgreport.render.pages import policy
from esgreport.render.prose import breakable, linked
from esgreport.texts import translator

PAGE = render_html(sample_document())
TREE = lxml_html.document_fromstring(PAGE)
LANGUAGES = ("it", "de", "fr")


def body_of(page: str, tag: str) -> str:
    """What stands between the first opening and the next closing tag, as the browser reads it."""
    return page.split(f"<{tag}>", 1)[1].split(f"</{tag}>", 1)[0]


# ── form ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("document", [sample_document(), draft_document()], ids=["report", "draft"])
def test_the_page_is_html_without_a_parse_error(document: Document) -> None:
    parser = HTMLParser()
    parser.parse(render_html(document))
    assert parser.errors == []


def test_identifiers_are_unique() -> None:
    counted = Counter(element.get("id") for element in TREE.iter() if element.get("id"))
    assert [name for name, count in counted.items() if count > 1] == []


def test_every_link_inside_the_page_leads_somewhere() -> None:
    names = {element.get("id") for element in TREE.iter()}
    targets = {link.get("href")[1:] for link in TREE.iter("a") if link.get("href", "").startswith("#")}
    assert targets - names == set()


def test_every_label_and_control_refers_to_something() -> None:
    names = {element.get("id") for element in TREE.iter()}
    for attribute in ("aria-labelledby", "aria-controls", "popovertarget", "for"):
        for element in TREE.iter():
            if isinstance(element.tag, str) and element.get(attribute):
                assert element.get(attribute) in names, (element.tag, attribute)


def test_landmarks_have_names_of_their_own_even_where_sections_share_a_title() -> None:
    document = sample_document()
    twins = tuple(
        replace(part, sections=(*part.sections, Section(f"more-{part.id}", "More"))) for part in document.parts
    )
    tree = lxml_html.document_fromstring(render_html(replace(document, parts=twins)))
    names = [
        " ".join(tree.get_element_by_id(element.get("aria-labelledby")).itertext())
        for element in tree.iter("section", "nav")
        if element.get("aria-labelledby")
    ]
    assert len(names) == len(set(names)) > 5


def test_a_column_without_a_header_has_an_empty_corner_and_no_nameless_header() -> None:
    document = sample_document()
    bare = Table("bare", "Bare", (Column(""), Column("n", numeric=True)), (Row((Figure("a"), Figure("1"))),))
    part = replace(document.parts[0], sections=(replace(document.parts[0].sections[0], blocks=(bare,)),))
    tree = lxml_html.document_fromstring(render_html(replace(document, parts=(part,), index=())))
    assert [cell.tag for cell in tree.get_element_by_id("bare").find("thead/tr")] == ["td", "th"]
    assert all("".join(cell.itertext()).strip() for cell in tree.iter("th"))


def test_a_report_without_key_figures_has_no_page_for_them() -> None:
    document = sample_document()
    tree = lxml_html.document_fromstring(render_html(replace(document, key_figures=KeyFigures(()))))
    assert "at-a-glance" not in {element.get("id") for element in tree.iter()}


def test_the_page_says_its_language_and_title() -> None:
    assert TREE.get("lang") == "en"
    assert TREE.findtext(".//title") == "Sustainability report 2025 – Officine Valdarno S.p.A."
    assert lxml_html.document_fromstring(render_html(replace(sample_document(), language="de"))).get("lang") == "de"


@pytest.mark.parametrize("document", [sample_document(), draft_document()], ids=["report", "draft"])
def test_headings_go_down_one_level_at_a_time(document: Document) -> None:
    tree = lxml_html.document_fromstring(render_html(document))
    levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_header_for_each_column() -> None:
    for table in TREE.iter("table"):
        wide = sum(int(cell.get("colspan", "1")) for cell in table.find("thead/tr"))
        assert {len(row) for row in table.iterfind("tbody/tr")} <= {wide}
        assert all(cell.get("scope") == "col" for cell in table.iterfind("thead/tr/th"))


def test_the_same_document_gives_the_same_page() -> None:
    assert render_html(sample_document()) == PAGE


# ── provenance ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_figure_leads_to_the_row_of_its_fact() -> None:
    rows = {row.get("id") for row in TREE.iterfind(".//section[@id='sources']//tbody/tr")}
    assert rows == {fact.anchor for fact in sample_document().provenance}
    links = TREE.xpath("//a[contains(concat(' ', @class, ' '), ' f ')]")
    assert len(links) > 300
    for link in links:
        anchors = link.get("data-f").split()
        assert link.get("href") == f"#{anchors[0]}"
        assert set(anchors) <= rows


def test_the_row_of_a_fact_has_all_there_is_to_know_of_it() -> None:
    fact = next(fact for fact in sample_document().provenance if fact.label == "Total energy consumption")
    row = TREE.get_element_by_id(fact.anchor)
    said = " ".join(row.itertext()) + " ".join(row.values()) + " ".join(row.getparent().getparent().values())
    parts = (fact.label, fact.exact, fact.unit, fact.paragraph, fact.concept)
    for part in (*parts, fact.source.cell, fact.source.name, fact.source.sheet, fact.source.file):
        assert part in said


def test_a_fact_of_another_period_than_most_says_so() -> None:
    document = sample_document()
    odd = replace(document.provenance[0], period="31 December 2024")
    document = replace(document, provenance=(odd, *document.provenance[1:]))
    tree = lxml_html.document_fromstring(render_html(document))
    assert usual_period(document) == document.provenance[1].period
    assert "31 December 2024" in " ".join(tree.get_element_by_id(odd.anchor).itertext())
    assert document.provenance[1].period not in " ".join(
        tree.get_element_by_id(document.provenance[1].anchor).itertext()
    )


def test_a_computed_fact_leads_to_the_facts_it_was_computed_from() -> None:
    document = sample_document()
    first, second = document.provenance[:2]
    computed = Provenance(
        "m-1", "Share", "38 %", "0.38", "", first.period, "", Source(""), "Share", "", (first.anchor,), "a / b"
    )
    document = replace(document, provenance=(*document.provenance, computed))
    row = lxml_html.document_fromstring(render_html(document)).get_element_by_id("m-1")
    assert [link.get("href") for link in row.iter("a")] == [f"#{first.anchor}"]
    assert "a / b" in " ".join(row.itertext())
    assert [sheet.computed for sheet in sheets(document)] == [False, False, False, False, True]
    assert second in sheets(document)[0].facts


def test_what_was_not_reported_is_a_dash_that_says_so() -> None:
    (dash, *_) = TREE.xpath("//span[@class='absent']")
    assert dash.text == "–"
    assert dash.get("aria-label") == "not reported"


# ── closed ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_in_the_page_is_fetched() -> None:
    for element in TREE.iter():
        for name, value in element.items() if isinstance(element.tag, str) else ():
            if name in ("src", "srcset", "action", "poster", "data", "background", "manifest"):
                pytest.fail(f"{element.tag} {name}={value}")
            if name == "href":
                assert element.tag == "a"
    assert not re.search(r"@import|url\((?!data:)", body_of(PAGE, "style"))
    assert re.findall(r"\b(?:fetch|XMLHttpRequest|WebSocket|importScripts|eval)\b", body_of(PAGE, "script")) == []


def test_the_policy_lets_in_this_style_and_this_script_and_no_other() -> None:
    said = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert said.startswith("default-src 'none'; ")
    assert "unsafe" not in said and "http" not in said
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(body_of(PAGE, tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in said
    assert len(TREE.xpath("//style")) == len(TREE.xpath("//script")) == 1
    assert policy("a", "b") != policy("a", "c")


def test_no_element_carries_a_style_or_a_handler() -> None:
    for element in TREE.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118


def test_the_page_is_small_enough_to_send() -> None:
    assert len(PAGE.encode()) < 500_000


# ── hostile text ─────────────────────────────────────────────────────────────────────────────────────────────


def test_hostile_text_is_shown_and_not_run() -> None:
    page = render_html(hostile_document())
    tree = lxml_html.document_fromstring(page)
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert body_of(page, "script") == body_of(PAGE, "script")
    assert body_of(page, "style") == body_of(PAGE, "style")
    assert tree.xpath("//img | //iframe | //object | //embed | //form | //base | //link") == []
    assert "{{ 7*7 }}" in page and "{{ 49 }}" not in page
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
            assert "javascript:" not in element.get("href", "")


def test_only_plain_web_addresses_become_links_and_they_tell_the_other_side_nothing() -> None:
    tree = lxml_html.document_fromstring(render_html(hostile_document()))
    outward = [link for link in tree.iter("a") if not link.get("href").startswith("#")]
    assert {link.get("href") for link in outward} == {"https://example.org/?q="}
    assert all(link.get("rel") == "noopener noreferrer" for link in outward)


def test_an_address_ends_before_the_full_stop_of_its_sentence() -> None:
    assert linked("See https://example.org/a_b?c=1&d=2.") == (
        'See <a class="out" href="https://example.org/a_b?c=1&amp;d=2" rel="noopener noreferrer">'
        "https://example.org/a_b?c=1&amp;d=2</a>."
    )
    assert linked("ftp://example.org <b>") == "ftp://example.org &lt;b&gt;"
    assert linked("mailto:a@example.org javascript://x") == "mailto:a@example.org javascript://x"


def test_a_column_whose_units_differ_gets_a_column_of_units() -> None:
    table = next(block for block in sample_document().parts[1].sections[1].blocks if isinstance(block, Table))
    assert mixed_units(table) == {1, 3}
    assert [int(cell.get("colspan", "1")) for cell in TREE.get_element_by_id(table.id).find("thead/tr")] == [1, 2, 1, 2]


# ── draft and words ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_says_so_and_lists_its_findings() -> None:
    page = render_html(draft_document())
    tree = lxml_html.document_fromstring(page)
    said = " ".join(tree.get_element_by_id("findings").itertext())
    for finding in draft_document().findings:
        assert finding.message in said and finding.code in said
    assert "Draft – not for publication" in page
    assert "Draft – not for publication" not in PAGE
    assert "findings" not in {element.get("id") for element in TREE.iter()}


def template_messages() -> set[str]:
    folder = resources.folder("templates")
    files = [folder / "report.html.j2", *(folder / "partials").glob("*.j2")]
    return {text for file in files for text in re.findall(r'_\("([^"]+)"', file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_templates_is_translated_and_no_other(language: str) -> None:
    from babel.messages.pofile import read_po

    path = resources.folder("templates") / "locale" / language / "pages.po"
    with path.open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file, locale=language) if message.id}
    assert catalogue.keys() == template_messages()
    for message, translation in catalogue.items():
        assert re.findall(r"%\(\w+\)s", str(translation)) == re.findall(r"%\(\w+\)s", str(message)), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_speak_the_language_of_the_document(language: str) -> None:
    page = render_html(replace(sample_document(), language=language))
    say = translator(language)
    for message in ("At a glance", "Content index", "Data and sources", "Where this figure comes from"):
        assert say(message) != message
        assert say(message) in page
    assert ">At a glance<" not in page


def test_a_template_that_asks_for_what_is_not_there_is_an_error_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text("<p>\n{{ document.colour }}", encoding="utf-8")
    with pytest.raises(RenderError) as error:
        render_html(sample_document(), replace(plain_design(), templates=tmp_path))
    said = error.value.message
    assert said.startswith(f"{tmp_path}/report.html.j2:2: ") and "no attribute 'colour'" in said


def test_an_endless_word_gets_places_to_break_and_an_address_stays_whole() -> None:
    assert breakable("short words stay") == "short words stay"
    assert breakable("x" * 40) == "\u200b".join(["x" * 16, "x" * 16, "x" * 8])
    address = "https://example.org/" + "a" * 40
    assert f">{address}</a>" in linked(f"see {address}")


# ── what a reader can do with tables ─────────────────────────────────────────────────────────────────────────


def test_the_figures_can_be_had_as_a_workbook_as_csv_and_as_json() -> None:
    assert {button.get("data-save") for button in TREE.iter("button")} - {None} == {"xlsx", "csv", "json"}


def test_what_sorting_did_is_said_in_the_readers_language() -> None:
    for language, word in (("en", "descending"), ("de", "absteigend"), ("it", "decrescente"), ("fr", "décroissant")):
        tree = lxml_html.document_fromstring(render_html(replace(sample_document(), language=language)))
        said = tree.get_element_by_id("said")
        assert said.get("role") == "status"
        assert word in said.get("data-descending") and "%(column)s" in said.get("data-descending")


def test_every_line_of_the_panel_on_a_figure_is_filled_by_the_script() -> None:
    script = body_of(PAGE, "script")
    lines = {line.get("data-k") for line in TREE.get_element_by_id("trace").iter("div")} - {None}
    assert "years" in lines
    assert [line for line in lines if not re.search(rf"\b{line}\b", script)] == []


def test_tables_can_be_sorted_because_their_rows_have_as_many_cells_as_their_heads() -> None:
    for table in TREE.iterfind(".//main//table"):
        assert not table.findall("tbody//*[@rowspan]") and not table.findall("tbody//*[@colspan]")


def test_an_address_with_a_name_before_its_host_is_no_link() -> None:
    assert "<a" not in linked("see http://bank.example@evil.example/login")
    assert "<a" in linked("see https://example.org/@home")


def test_a_narrative_keeps_its_paragraphs_and_line_breaks() -> None:
    text = TREE.get_element_by_id("c1-model")
    assert len(text.findall(".//p")) == 3  # two of text, one with the source
    assert len(text.findall(".//div/p")[0].findall("br")) == 1
