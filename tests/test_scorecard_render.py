"""The scorecard drawn: one self-contained page that says what its values say, at every width, in four languages."""

from __future__ import annotations

import ast
import base64
import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as lxml_html
from scorecard_values import LONG, card, empty_card, long_card, one_side, points

import esgreport.render.scorecard
from esgreport import resources
from esgreport.render.design import plain_design
from esgreport.render.pages import fingerprint
from esgreport.render.pictures import Picture
from esgreport.render.scorecard import render_scorecard
from esgreport.render.scorecard_marks import Scale, bullet, scales, sign, sparkline
from esgreport.render.tokens import contrast, painted_with, tokens_of
from esgreport.scorecard import Light
from esgreport.texts import translator

PAGE = render_scorecard(card())
TREE = lxml_html.document_fromstring(PAGE)
LANGUAGES = ("it", "de", "fr")
COLOURS = tokens_of(
    "\n".join((resources.folder("templates") / name).read_text("utf-8") for name in ("report.css", "scorecard.css"))
)


def rects(drawing: str, name: str) -> list[dict[str, str]]:
    """The attributes of the rectangles of a class."""
    return [
        dict(re.findall(r'(\S+)="([^"]*)"', found)) for found in re.findall(rf'<rect class="{name}"[^>]*>', drawing)
    ]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_title_states_the_message_and_the_subtitle_who_what_and_when() -> None:
    assert TREE.findtext(".//h1") == card().message == TREE.findtext(".//title")
    assert TREE.find_class("sub")[0].text == card().subtitle


def test_every_row_is_on_the_page_with_its_figures_state_in_words_and_where_it_comes_from() -> None:
    board = TREE.find_class("board")[0]
    rows = [line for line in board.iter("tr") if line.find_class("label") and line.getparent().tag == "tbody"]
    under = [line for line in board.iter("tr") if line.get("class") == "more"]
    assert len(rows) == 16
    for line, more, row in zip(rows, under, card().rows, strict=True):
        said = line.text_content()
        assert row.label in said and row.light_words in said and row.owner in said and row.variance in said
        assert row.missing in said if row.actual is None else row.actual.shown in said
        assert line.find_class("sign")
        (link,) = line.iter("a")
        drill = TREE.get_element_by_id(link.get("href").lstrip("#"))
        assert drill.getparent().tag == "details" and more is line.getnext() and drill in more.iter()
        for text in (row.definition, row.formula, row.comment, *map(str, row.source)):
            assert text in drill.text_content()


def test_a_sparkline_takes_three_periods_and_a_missing_figure_has_no_graph() -> None:
    assert sparkline(points((1, 2), "{}"), "x") == ""
    with painted_with(COLOURS):
        assert sparkline(points((1, 2, 3), "{}"), "x").count("k-prior") == 2
    row = next(each for each in TREE.find_class("board")[0].iter("tr") if "Gender pay gap" in each.text_content())
    assert not row.find_class("bullet") and "Not reported for this period." in row.text_content()


def test_the_page_asks_for_nothing_and_lets_in_only_its_own_style_and_script() -> None:
    said = TREE.xpath("//meta[@http-equiv]/@content")[0]
    assert (
        f"'{fingerprint(TREE.findtext('.//style'))}'" in said and f"'{fingerprint(TREE.findtext('.//script'))}'" in said
    )
    assert not re.search(r'(?:src|href)="(?!#|data:)', PAGE) and " style=" not in PAGE
    assert not TREE.xpath("//img | //link | //iframe")


def test_a_brand_puts_its_logo_on_the_page_and_leaves_the_colours_of_states_alone() -> None:
    plain = plain_design()
    logo = Picture("data:image/svg+xml;base64,PHN2Zy8+", 3.0)
    style = plain.style + "\n:root{--environment:#B00020}"
    page = render_scorecard(card(3), replace(plain, style=style, logo=logo, name="Valdarno"))
    (drawn,) = lxml_html.document_fromstring(page).iter("img")
    assert (drawn.get("src"), drawn.get("alt")) == (logo.address, "Valdarno")
    assert not re.search("#B00020", page.partition("</style>")[2], re.IGNORECASE)
    assert "var(--environment)" not in page[page.index("/* The scorecard") :]


def test_the_numbers_can_be_saved_without_a_script() -> None:
    saved = {link.get("download"): link.get("href") for link in TREE.iter("a") if link.get("download")}
    text = {name: base64.b64decode(href.partition("base64,")[2]).decode() for name, href in saved.items()}
    lines = list(csv.DictReader(io.StringIO(text["scorecard.csv"])))
    first = card().rows[0]
    assert len(lines) == 16 and first.actual and float(lines[0]["actual"]) == first.actual.value
    assert lines[0]["variance"] == "'+40"
    whole = json.loads(text["scorecard.json"])
    assert whole["rows"][0]["series"][0]["period"]["end"] == "2022-12-31" and len(whole["actions"]) == 3


def test_what_is_written_in_the_values_is_text_and_no_markup() -> None:
    assert "<b>Hostile" not in PAGE and "<b>Hostile & Sons</b>" in unescape(PAGE)
    hostile = replace(card(1), message="</title><script>alert(1)</script>", entity='"><img src=x>')
    tree = lxml_html.document_fromstring(render_scorecard(hostile))
    assert len(list(tree.iter("script"))) == 1 and not list(tree.iter("img"))
    assert tree.findtext(".//title") == hostile.message


def test_names_of_customers_stand_under_a_mark_and_not_on_the_page_itself() -> None:
    assert "Meccanica Rossi" not in TREE.find_class("page-one")[0].text_content()
    assert "Internal: names customers" in TREE.get_element_by_id("customers").text_content()


def test_a_withheld_score_has_no_number_and_says_why() -> None:
    scores = TREE.find_class("page-one")[0].find_class("score")
    assert scores[0].find_class("score-value")[0].text_content() == "63" and scores[0].find_class("bullet")
    assert "100 = every target, or best value stated, reached" in TREE.get_element_by_id("scores-title").text_content()
    assert "–" in scores[1].text_content() and "52% of the weight" in scores[1].text_content()
    assert not scores[1].find_class("bullet")


def test_what_is_lacking_is_said_where_its_group_would_stand() -> None:
    lacking = {
        name: [" ".join(each.itertext()).split() for each in lxml_html.document_fromstring(page).find_class("lacking")]
        for name, page in {
            "esg": render_scorecard(one_side("esg")),
            "cx": render_scorecard(one_side("cx")),
            "none": render_scorecard(empty_card()),
        }.items()
    }
    assert " ".join(lacking["esg"][0]) == "Customers, Loyalty, Service No customers’ data were given."
    assert " ".join(lacking["cx"][0]) == "Environment, Social, Governance No figures on sustainability were given."
    assert len(lacking["none"]) == 1 and "No customers’ data were given." in " ".join(lacking["none"][0])


def test_that_a_side_was_not_given_is_said_once_and_not_in_each_of_its_rows() -> None:
    lacking = "No customers’ data were given."
    rows = tuple(replace(each, missing=lacking, actual=None) for each in card().rows if each.group == "service")
    made = replace(one_side("esg"), rows=(*one_side("esg").rows, *rows))
    first = lxml_html.document_fromstring(render_scorecard(made)).get_element_by_id("page")
    assert first.text_content().count(lacking) == 1


# ── drawings ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_of_one_scale_are_as_long_as_their_values_and_begin_at_zero() -> None:
    rows = {row.id: row for row in card(12).rows}
    on = scales(rows.values())["percent"]
    assert on.low == 0
    with painted_with(COLOURS):
        wide = {
            name: float(rects(bullet(rows[name], on, ""), "k-actual")[0]["width"]) for name in ("renewable", "kept")
        }
    assert wide["kept"] / wide["renewable"] == pytest.approx(0.92 / 0.47, rel=1e-3)


def test_values_under_zero_are_drawn_to_the_left_of_it() -> None:
    row = next(each for each in card().rows if each.id == "promoters")
    now = replace(row.actual, value=-30.0, interval=None) if row.actual else None
    row = replace(row, actual=now, prior=None)
    on = scales([row])[row.scale]
    with painted_with(COLOURS):
        (bar,) = rects(bullet(row, on, ""), "k-actual")
    assert on.low < -30
    assert float(bar["x"]) + float(bar["width"]) == pytest.approx(on.at(0.0), abs=0.02)


def test_bands_lie_in_the_order_of_what_is_good() -> None:
    row = card(1).rows[0]
    with painted_with(COLOURS):
        lower = re.findall(r"k-band-(\w+)", bullet(row, Scale(0, 1000), ""))
        higher = re.findall(r"k-band-(\w+)", bullet(replace(row, better="higher"), Scale(0, 1000), ""))
        without = bullet(replace(row, bands=None), Scale(0, 1000), "")
    assert (lower, higher) == (["good", "watch", "bad"], ["bad", "watch", "good"])
    assert "k-band" not in without


def test_a_forecast_is_hatched_and_an_actual_is_not() -> None:
    with painted_with(COLOURS):
        drawn = sparkline(points((3, 2, 4, 5), "{}", forecast=True), "x")
    assert drawn.count("k-hatch") == 1 and drawn.count("k-actual") == 1 and drawn.count("k-prior") == 2


def test_the_next_forecast_stands_hatched_above_the_bar_of_the_figure_on_the_same_scale() -> None:
    row = card(1).rows[0]
    assert row.actual is not None
    ahead = replace(row, series=(*row.series, replace(row.actual, value=2 * row.actual.value, forecast=True)))
    on = scales([ahead])[row.scale]
    with painted_with(COLOURS):
        assert "k-hatch" not in bullet(row, on, "")
        drawn = bullet(ahead, on, "")
    assert drawn.count("k-hatch") == 1 and on.high > 2 * row.actual.value
    key = lxml_html.document_fromstring(render_scorecard(replace(card(1), rows=(ahead,)))).find_class("key")[0]
    assert "Forecast" in key.text_content() and "Forecast" not in TREE.find_class("key")[0].text_content()


def test_states_differ_in_shape_and_no_two_signs_are_alike_without_colour() -> None:
    with painted_with(COLOURS):
        drawn = {re.sub(r'#\w{6}|class="[^"]*"', "", sign(light, "")) for light in Light}
    assert len(drawn) == len(Light)


def test_an_arrow_is_drawn_only_where_there_is_evidence_of_a_change() -> None:
    drawn = [each for each in TREE.find_class("board")[0].iter("tr") if each.find_class("actual")][1:]
    lines = {row.id: line for row, line in zip(card().rows, drawn, strict=True)}
    assert lines["emissions"].find_class("way")
    assert not lines["promoters"].find_class("way") and not lines["convictions"].find_class("way")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_marks_and_words_of_the_scorecard_have_the_contrast_they_need(mode: str) -> None:
    colours = COLOURS.light if mode == "light" else COLOURS.dark
    for name in ("reached", "warning", "error", "ink-2"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for band in ("band-bad", "band-watch", "band-good"):
        assert contrast(colours["ink"], colours[band]) >= 3, band
    assert contrast(colours["prior"], colours["paper"]) >= 3
    shades = [contrast(colours[band], colours["paper"]) for band in ("band-bad", "band-watch", "band-good")]
    assert shades == sorted(shades, reverse=True) and min(a / b for a, b in pairwise(shades)) > 1.15


# ── languages ────────────────────────────────────────────────────────────────────────────────────────────────


def said() -> set[str]:
    """Every sentence of the template and its drawings."""
    templates = resources.folder("templates").glob("scorecard*.j2")
    found = {each for path in templates for each in re.findall(r'_\("([^"]+)"', path.read_text("utf-8"))}
    for node in ast.walk(ast.parse(Path(esgreport.render.scorecard.__file__).read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "say"
            and isinstance(node.args[0], ast.Constant)
        ):
            found.add(str(node.args[0].value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_scorecard_is_translated_and_no_other(language: str) -> None:
    from babel.messages.pofile import read_po

    own: dict[str, str] = {}
    others: dict[str, str] = {}
    for path in (resources.folder("templates") / "locale" / language).glob("*.po"):
        with path.open("rb") as file:
            catalogue = {str(each.id): str(each.string) for each in read_po(file, locale=language) if each.id}
        (own if path.stem == "scorecard" else others).update(catalogue)
    assert said() <= own.keys() | others.keys()
    assert own.keys() <= said() and not own.keys() & others.keys()
    for message, translation in own.items():
        assert translation and re.findall(r"%\(\w+\)s", translation) == re.findall(r"%\(\w+\)s", message), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scorecard_speaks_the_language_of_its_reader(language: str) -> None:
    page = render_scorecard(long_card(8, language))
    say = translator(language)
    for message in (
        "Actual",
        "Last year",
        "Target",
        "Data quality",
        "Next actions",
        "Where customers and sustainability meet",
    ):
        assert say(message) != message and f">{say(message)}<" in page
    assert f'<html lang="{language}">' in page and LONG[language] in unescape(page)


def test_a_bar_with_nothing_beside_it_is_not_drawn() -> None:
    row = next(each for each in card().rows if each.target and each.actual)
    assert row.actual is not None
    bare = replace(row, target=None, bands=None, prior=None, actual=replace(row.actual, interval=None))
    assert bullet(bare, Scale(0.0, 1.0), "") == ""
    assert bullet(replace(bare, target=row.target), Scale(0.0, 1.0), "").startswith("<svg")
