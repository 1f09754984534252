"""Customers in the report: who sees what, that nothing is said without interval and n, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from babel.messages.pofile import read_po
from filings import DEFINITIONS

from esgreport import customers, pipeline, resources
from esgreport.compose import ReportOptions, compose_report
from esgreport.compose.customers.desk import CustomerDesk
from esgreport.compose.writer import Writer
from esgreport.customer_metrics import Status
from esgreport.customer_panels import CustomerFigures
from esgreport.definitions.cx_report import Audience
from esgreport.document import Block, Document, Estimates, HeatMap, JourneyPicture, Note, Section, Table
from esgreport.measure import measure
from esgreport.model import Filing

LANGUAGES = ("en", "it", "de", "fr")
LAYOUT = DEFINITIONS.cx_panels.report


@cache
def figures(language: str = "en") -> CustomerFigures:
    tables = customers.sample_customers(DEFINITIONS, language)
    reading = customers.CustomerReading(replace(tables, files=("cx.xlsx",), digests=(("a/b/cx.xlsx", "0" * 64),)), ())
    found = customers.measured(reading, DEFINITIONS, language, LAYOUT.breakdowns)
    return CustomerFigures(found.metrics, found.panels, reading.tables.digests)


@cache
def filed(language: str) -> Filing:
    return pipeline.sample_filing(DEFINITIONS, language)


@cache
def composed(audience: Audience = "customer", language: str = "en") -> Document:
    filing = filed(language)
    options = ReportOptions(language, customers=figures(language), audience=audience)
    return compose_report(filing, measure(filing, DEFINITIONS), (), DEFINITIONS, options)


def desk(audience: Audience = "customer", language: str = "en") -> CustomerDesk:
    return CustomerDesk(Writer(filed(language), (), DEFINITIONS, language), figures(language), audience)


def sections(document: Document) -> dict[str, Section]:
    part = next(part for part in document.parts if part.theme == "customers")
    return {section.id: section for section in part.sections}


def blocks(document: Document) -> Iterator[Block]:
    for section in sections(document).values():
        yield from section.blocks


def words(value: object) -> str:
    """Everything a document says, as it stands in its parts."""
    return repr(value)


# ── who sees what ──


@pytest.mark.parametrize("audience", ["customer", "full"])
def test_no_edition_names_a_customer_or_a_person_or_quotes_a_comment(audience: Audience) -> None:
    told = words((list(blocks(composed(audience))), composed(audience).appendices, composed(audience).key_figures))
    tables = customers.sample_customers(DEFINITIONS, "en")
    for code in {*tables["accounts"]["account_id"], *tables["contacts"]["contact_id"]}:
        assert not re.search(rf"\b{re.escape(str(code))}\b", told), code
    quotes = [quote for theme in figures().panels.themes.themes for quote in theme.quotes]
    assert quotes
    assert [quote for quote in quotes if quote in told] == []


def test_customers_are_not_told_what_they_are_worth_or_what_happens_inside() -> None:
    ours, theirs = sections(composed("full")), sections(composed("customer"))
    assert ours.keys() - theirs.keys() == {
        "customers-value",
        "customers-drivers",
        "customers-predictive",
        "customers-surveys",
    }
    metrics = {entry.concept for entry in composed("customer").provenance}
    inner = {
        "gross_revenue_retention",
        "customer_lifetime_value_formula",
        "cost_to_retain",
        "esg_stake",
        "churn_reasons",
    }
    assert not metrics & inner
    assert inner - {"churn_reasons"} <= {entry.concept for entry in composed("full").provenance}


def test_customers_see_the_journey_as_they_live_it_and_we_see_what_is_behind_it() -> None:
    def perspectives(audience: Audience) -> list[str]:
        picture = next(block for block in blocks(composed(audience)) if isinstance(block, JourneyPicture))
        assert {cell.perspective for cell in picture.journey.cells} <= {
            one.code for one in picture.journey.perspectives
        }
        return [one.code for one in picture.journey.perspectives]

    assert perspectives("customer") == ["front_end", "experience"]
    assert perspectives("full") == ["front_end", "experience", "back_end_actual", "back_end_desired"]


def test_an_edition_for_customers_says_what_is_left_out() -> None:
    first = sections(composed("customer"))["customers-about"].blocks
    assert LAYOUT.left_out["en"] in [block.text for block in first if isinstance(block, Note)]
    assert LAYOUT.left_out["en"] not in words(sections(composed("full")))


def test_what_is_withheld_has_no_number_anywhere() -> None:
    withheld = [each for each in desk().figures if each.status is Status.WITHHELD]
    assert withheld
    anchors = {desk().anchors[each] for each in withheld}
    assert not anchors & {entry.anchor for entry in composed("full").provenance}


# ── nothing without its interval, n and method ──


def test_every_figure_in_a_table_has_its_source_and_its_method() -> None:
    document = composed("full")
    known = {entry.anchor: entry for entry in document.provenance}
    shown = [
        anchor
        for block in blocks(document)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for anchor in cell.facts
    ]
    assert len(shown) > 150
    assert [anchor for anchor in shown if anchor not in known] == []
    assert all(
        known[anchor].formula and known[anchor].source.file == "cx.xlsx"
        for anchor in shown
        if known[anchor].source.sheet
    )
    appendix = document.appendices[0].blocks[-1]
    assert isinstance(appendix, Table)
    explained = {row.cells[0].text for row in appendix.rows}
    definitions = {**DEFINITIONS.cx_metrics.metrics, **DEFINITIONS.cx_panels.figures}
    assert {definitions[known[anchor].concept].labels["en"] for anchor in shown} <= explained


def test_a_table_of_figures_says_value_interval_n_customers_and_state() -> None:
    table = next(
        block for block in blocks(composed()) if isinstance(block, Table) and block.id == "customers-scores-table"
    )
    assert [column.header for column in table.columns] == ["Figure", "Value", "95% interval", "n", "Customers", "State"]
    first = [cell.text for cell in table.rows[0].cells]
    assert first == ["Net promoter score (NPS) · Relationship", "13.1", "−7.0 to 31.7", "99", "34", "full"]


def test_a_chart_has_the_whole_scale_and_hollow_points_for_few_cases() -> None:
    charts = [block for block in blocks(composed()) if isinstance(block, Estimates)]
    recommendation = next(chart for chart in charts if chart.id == "chart-recommendation")
    assert recommendation.scale == (-100.0, 100.0)
    assert [row.faint for row in recommendation.rows] == [False, False, False]
    ledger = next(chart for chart in charts if chart.id == "chart-ledger")
    assert any(row.faint for row in ledger.rows) == bool(ledger.faintly)
    for chart in charts:
        low, high = chart.scale
        ends = [end for row in chart.rows for end in (row.value, *(row.interval or ()))]
        assert low <= min(ends) and max(ends) <= high, chart.id
        assert low <= 0 <= high, chart.id
        assert all(row.shown in chart.description for row in chart.rows)


def test_cohorts_are_a_heat_map_with_every_share_in_words() -> None:
    cohorts = next(block for block in blocks(composed()) if isinstance(block, HeatMap))
    assert cohorts.columns == ("3 months", "6 months", "12 months")
    assert all(len(row.cells) == len(cohorts.columns) for row in cohorts.rows)
    assert "2024: 3 months 100.0%" in cohorts.description


def test_a_change_is_called_one_only_where_there_is_evidence() -> None:
    told = words(sections(composed())["customers-scores"].blocks)
    assert "no evidence of a change from the year before" in told
    assert "It rose" not in told and "It fell" not in told


def test_a_sentence_whose_figure_is_missing_is_not_said() -> None:
    nobody = replace(figures(), metrics=tuple(each for each in figures().metrics if each.metric != "renewal_rate"))
    filing = filed("en")
    options = ReportOptions("en", customers=nobody)
    document = compose_report(filing, (), (), DEFINITIONS, options)
    told = words(sections(document)["customers-loyalty"].blocks[0])
    assert "customers at the beginning" in told and "contracts" not in told


def test_without_customers_there_is_no_chapter_no_appendix_and_no_word_of_them() -> None:
    filing = filed("en")
    document = compose_report(filing, measure(filing, DEFINITIONS), (), DEFINITIONS, ReportOptions("en"))
    assert [part for part in document.parts if part.theme == "customers"] == []
    assert document.appendices == ()
    assert "customers from" not in document.facts_line


def test_where_nothing_could_be_measured_there_is_no_chapter() -> None:
    none = replace(
        figures(),
        metrics=(),
        panels=replace(
            figures().panels, journey=replace(figures().panels.journey, touchpoints=(), gaps=(), figures=())
        ),
    )
    panels = replace(
        none.panels,
        feedback=replace(none.panels.feedback, ledger=(), loop=(), actions=()),
        themes=replace(none.panels.themes, themes=(), topics=(), figures=()),
    )
    panels = replace(
        panels, values=replace(panels.values, figures=(), controlled=(), requests=(), claims=()), drivers=()
    )
    filing = filed("en")
    document = compose_report(filing, (), (), DEFINITIONS, ReportOptions("en", customers=replace(none, panels=panels)))
    assert [part for part in document.parts if part.theme == "customers"] == []


def test_a_few_figures_on_customers_stand_at_a_glance_with_their_interval() -> None:
    keys = [key for key in composed().key_figures.figures if key.section.startswith("customers-")]
    assert [key.label for key in keys][:3] == [
        "Net promoter score",
        "Satisfied customers’ answers (CSAT)",
        "Customers kept",
    ]
    assert keys[0].context == "95% interval −7.0 to 31.7 · 99 responses"
    assert keys[0].before == "No evidence of a change from the year before (+0.8 points)"


def test_files_are_named_without_the_folders_they_lie_in() -> None:
    assert "a/b" not in words(composed())
    assert "customers from cx.xlsx (SHA-256 000000000000…)" in composed().facts_line


# ── four languages ──


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_chapter_in_another_language_has_the_same_blocks(language: str) -> None:
    english, other = sections(composed()), sections(composed("customer", language))
    assert list(english) == list(other)
    for name, section in english.items():
        assert [type(block) for block in section.blocks] == [type(block) for block in other[name].blocks], name


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_of_the_layout_is_in_every_language_with_the_same_places(language: str) -> None:
    wrong = []
    for text in _texts(LAYOUT.model_dump()):
        if set(re.findall(r"{\w+}", text.get(language, ""))) - {"{named}"} != set(re.findall(r"{\w+}", text["en"])) - {
            "{named}"
        }:
            wrong.append(text["en"])
        if not text.get(language):
            wrong.append(text["en"])
    assert wrong == []


def _texts(value: object) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("en"), str):
            yield value
        else:
            for item in value.values():
                yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_of_the_chapter_is_translated_and_no_other(language: str) -> None:
    import ast
    from pathlib import Path

    import esgreport.compose.customers

    said: set[str] = set()
    for path in Path(esgreport.compose.customers.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                said |= {str(node.args[0].value)} if name == "say" else set()
    folder = resources.folder("templates") / "locale" / language
    catalogues: dict[str, dict[str, object]] = {}
    for path in folder.glob("*.po"):
        with path.open("rb") as file:
            messages = read_po(file, locale=language, abort_invalid=True)
            catalogues[path.stem] = {
                message.id[0] if isinstance(message.id, (tuple, list)) else message.id: message.string
                for message in messages
                if message.id
            }
    own = catalogues.pop("customers")
    elsewhere = {text for catalogue in catalogues.values() for text in catalogue}
    assert own.keys() | elsewhere >= said
    assert own.keys() <= said
    assert all(own.values())


def test_french_says_a_unit_in_the_singular_below_two() -> None:
    french = desk("customer", "fr")
    change = next(each for each in french.figures if each.metric == "net_promoter_score_change" and each.value)
    assert french.with_unit(replace(change, value=0.8)) == "+0,8 point"
    assert french.with_unit(replace(change, value=2.5)) == "+2,5 points"


# ── the layout itself ──


def test_a_layout_that_names_no_metric_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from filings import copied_definitions

    from esgreport.errors import DefinitionError

    found = copied_definitions(tmp_path)
    path = found.folder / "cx" / "report.yaml"
    path.write_text(path.read_text("utf-8").replace("{metric: promoter_share,", "{metric: promoter_shares,"), "utf-8")
    with pytest.raises(DefinitionError, match=r"cx/report\.yaml: unknown metric 'promoter_shares'.*Did you mean"):
        _ = found.cx_panels.report
