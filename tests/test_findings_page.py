"""The page of findings: every finding with its cell and what to do, nothing run, nothing fetched, four languages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from lxml import html as lxml_html
from tinyhtml5.parser import HTMLParser

from esgreport.definitions import load
from esgreport.model import Entity, Filing, Finding, Period, Severity, Source
from esgreport.render.findings import render_findings
from esgreport.render.pages import policy, style_sheet
from esgreport.texts import translator

DEFINITIONS = load()
FILING = Filing(("book.xlsx",), "", Entity("Müller & <Söhne>"), "EUR", Period(date(2025, 12, 31), date(2025, 1, 1)), ())
FINDINGS = (
    Finding(
        "VSME-GEN-08",
        Severity.WARNING,
        "No identifier",
        "“<script>alert(1)</script>” is none.",
        "",
        Source("book.xlsx"),
    ),
    Finding(
        "VSME-B3-03",
        Severity.ERROR,
        "Parts do not add up",
        "110, not 120.",
        "Correct it.",
        Source("book.xlsx", "Environmental Disclosures", "C7"),
        disclosure="B3",
        paragraph="29",
    ),
    Finding(
        "VSME-B3-04",
        Severity.INFO,
        "Not broken down",
        "No parts.",
        "",
        Source("book.xlsx", "Energy", "C9"),
        disclosure="B3",
    ),
    Finding(
        "NAME-01",
        Severity.ERROR,
        "Lost",
        "Nowhere.",
        "",
        Source("book.xlsx", name="TotalEnergyConsumption"),
        disclosure="B3",
    ),
)


def page(findings: tuple[Finding, ...] = FINDINGS, language: str = "en") -> str:
    return render_findings(FILING, findings, DEFINITIONS, language)


PAGE = page()
TREE = lxml_html.document_fromstring(PAGE)


def words(element: lxml_html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.parametrize("findings", [FINDINGS, ()], ids=["findings", "none"])
def test_the_page_is_html_without_a_parse_error(findings: tuple[Finding, ...]) -> None:
    parser = HTMLParser()
    parser.parse(page(findings))
    assert parser.errors == []


def test_every_finding_says_where_what_and_what_to_do() -> None:
    shown = words(TREE.get_element_by_id("finding-2"))
    for part in ("Error", "VSME-B3-03", "Paragraph 29", "Parts do not add up", "110, not 120.", "Correct it."):
        assert part in shown
    assert "'Environmental Disclosures'!C7" in shown
    assert "Energy!C9" in words(TREE.get_element_by_id("finding-3"))
    assert "TotalEnergyConsumption" in words(TREE.get_element_by_id("finding-4"))


def test_the_overview_leads_to_each_finding_and_every_link_somewhere() -> None:
    names = Counter(element.get("id") for element in TREE.iter() if element.get("id"))
    assert set(names.values()) == {1}
    targets = {link.get("href").removeprefix("#") for link in TREE.iter("a")}
    assert targets <= set(names)
    assert {f"finding-{number}" for number in range(1, 5)} <= targets


def test_findings_stand_under_their_disclosure_with_their_counts() -> None:
    section = words(TREE.get_element_by_id("B3"))
    assert "B3 Energy and greenhouse gas emissions 1 remark" not in section
    assert "B3 Energy and greenhouse gas emissions 2 errors 1 remark" in section
    assert "The filing as a whole 1 warning" in words(TREE.get_element_by_id("general"))
    assert "2 errors 1 warning 1 remark" in words(TREE.find(".//header"))


def test_severity_is_a_word_and_a_sign_beside_its_colour() -> None:
    for element in TREE.find_class("severity"):
        assert words(element)
        assert element.find("svg") is not None


def test_text_of_the_workbook_is_shown_and_never_run() -> None:
    assert "<script" not in PAGE
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in PAGE
    assert "Müller &amp; &lt;Söhne&gt;" in PAGE


def test_the_page_asks_for_nothing_and_lets_in_its_own_style_alone() -> None:
    allowed = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert allowed == [policy(style_sheet("report.css", "findings.css"))]
    assert "script-src 'none'" in allowed[0]
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?!#)|url\((?!data:)|@import""", PAGE) == []
    assert TREE.xpath("//*[@style]") == []


def test_a_filing_without_findings_says_that_all_is_well() -> None:
    shown = words(lxml_html.document_fromstring(page(())))
    assert "Nothing was found that would have to be corrected." in shown


def test_files_are_named_at_the_findings_when_there_are_several() -> None:
    other = replace(FINDINGS[1], source=replace(FINDINGS[1].source, file="last-year.xlsx"))
    assert "last-year.xlsx" in page((*FINDINGS, other))
    assert page().count("book.xlsx") == 1


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_the_page_speaks_the_language(language: str) -> None:
    shown = page(language=language)
    say = translator(language)
    for message in ("Findings", "What to do", "The filing as a whole", "Overview", "Error"):
        assert say(message) != message
        assert say(message) in shown.replace("&#39;", "'")
    assert ">Findings<" not in shown and f'<html lang="{language}">' in shown
