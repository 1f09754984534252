"""The chapter on other frameworks: only for what is reported, as the table of correspondences has it, and no more."""

from __future__ import annotations

import pytest
from filings import DEFINITIONS, filing
from lxml import html

from esgreport import audience
from esgreport.compose import ReportOptions, compose_report
from esgreport.definitions.audiences import audience_named
from esgreport.document import Crosswalk, Document
from esgreport.measure import measure
from esgreport.render.html import render_html

GASES = """
GrossScope1GreenhouseGasEmissions = 5 utr:tCO2e
TotalEnergyConsumption = 5 utr:MWh
"""


def report(text: str, language: str = "en") -> Document:
    filed = filing(text)
    return compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions(language))


def crosswalk(text: str, language: str = "en") -> Crosswalk:
    found = report(text, language).crosswalk
    assert found
    return found


def cells(found: Crosswalk) -> dict[str, dict[str, str]]:
    names = [name for _, name in found.frameworks]
    return {row.number: dict(zip(names, map(" ".join, row.cells), strict=True)) for row in found.rows}


def test_a_disclosure_has_the_places_of_what_is_reported_of_it_and_signs_for_how_near_they_are() -> None:
    found = crosswalk(GASES)
    assert cells(found) == {
        "B3": {
            "ESRS 2023": "E1-5 37; E1-6 48(a)",
            "ESRS 2026": "+E1-8",
            "GRI": "302-1, 305-1",
            "SDG": "≈7.3, ≈13",
            "SFDR PAI": "+T1-1, ≈T1-2, ≈T1-5, ≈T1-6",
        }
    }
    assert [row.section for row in found.rows] == ["b3"]


def test_what_is_not_reported_has_no_place_and_a_framework_that_asks_for_none_of_it_no_column() -> None:
    found = crosswalk("TotalSealedArea = 2 utr:ha")
    assert cells(found) == {"B5": {"ESRS 2023": "E4-5 AR 34(b)"}}


def test_an_empty_cell_is_left_empty_and_said_to_mean_no_knowledge() -> None:
    found = crosswalk("TotalSealedArea = 2 utr:ha\nTotalEnergyConsumption = 5 utr:MWh")
    assert cells(found)["B5"]["GRI"] == ""
    assert any("empty where no correspondence is known" in note for note in found.notes)


def test_an_unverified_correspondence_is_marked_and_the_mark_explained_only_where_there_is_one() -> None:
    found = crosswalk("AreaOfSiteInBiodiversitySensitiveArea = 1 utr:ha @S1")
    assert cells(found)["B5"]["ESRS 2023"] == "E4-5 +35?"
    assert "? not verified" in found.notes[1]
    assert "not verified" not in crosswalk(GASES).notes[1]


def test_every_framework_shown_names_the_source_of_its_correspondences_and_how_sure_it_is() -> None:
    sources = dict(crosswalk(GASES).sources)
    assert list(sources) == [
        "ESRS (2023 set)",
        "ESRS (revised, 2026)",
        "GRI Standards",
        "Sustainable Development Goals",
        "SFDR, principal adverse impacts",
    ]
    assert sources["SFDR, principal adverse impacts"].startswith("Delegated Regulation (EU) 2023/2772 (ESRS)")
    assert sources["GRI Standards"].endswith("(several independent readers of the primary text agree)")
    assert all(source.endswith(")") for source in sources.values())


def test_no_compliance_with_another_framework_is_claimed() -> None:
    assert "claim no compliance" in crosswalk(GASES).notes[0]


def test_a_report_without_correspondences_has_no_such_chapter() -> None:
    document = report("StatementOfCompliance = yes")
    assert document.crosswalk is None
    assert 'id="crosswalk"' not in render_html(document)


def test_what_readers_are_not_shown_is_in_no_row() -> None:
    filed = filing(GASES + "PercentageGapInPayBetweenFemaleAndMaleEmployees = 0.1")
    readers = audience_named("capped", DEFINITIONS)
    told = audience.told(filed, readers, DEFINITIONS, "en")
    withheld = {each.concept for each in told.withheld}
    options = ReportOptions("en", told=told)
    document = compose_report(told.filing, measure(told.filing, DEFINITIONS), (), DEFINITIONS, options)
    assert document.crosswalk and withheld
    whole = cells(crosswalk(GASES + "PercentageGapInPayBetweenFemaleAndMaleEmployees = 0.1"))
    assert cells(document.crosswalk) != whole
    near = DEFINITIONS.law.crosswalk
    shown = {fact.concept for fact in told.filing.facts}
    known = {one.id.rpartition(" ")[2] for name in shown for one in near.get(name, ())}
    text = " ".join(piece for row in document.crosswalk.rows for cell in row.cells for piece in cell)
    gone = {one.id.rpartition(" ")[2] for name in withheld for one in near.get(name, ())} - known
    assert not any(each in text.split() for each in gone)


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_the_chapter_is_in_the_readers_language(language: str) -> None:
    found, english = crosswalk(GASES, language), crosswalk(GASES)
    assert found.notes[0] != english.notes[0] and found.notes[1] != english.notes[1]
    assert [row.cells for row in found.rows] == [row.cells for row in english.rows]


def test_each_row_leads_to_its_disclosure_and_page() -> None:
    page = html.fromstring(render_html(report(GASES)))
    rows = page.xpath("//section[@id='crosswalk']//tbody/tr")
    assert [row.xpath(".//a/@href") for row in rows] == [["#b3", "#b3"]]
    assert [cell.text_content() for cell in rows[0].xpath("./td")][1:3] == ["E1-5 37; E1-6 48(a)", "+E1-8"]
    assert page.xpath("//nav[@id='contents']//a[@href='#crosswalk']")
    order = page.xpath("//main/section/@id")
    assert order.index("content-index") < order.index("crosswalk") < order.index("sources")
