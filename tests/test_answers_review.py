"""The page on which answers are reviewed: all a person needs, nothing foreign run, decisions as the command takes."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from asked import FILED, answers, match, material, options, question, questionnaire
from filings import DEFINITIONS, filing

from esgreport import resources
from esgreport.answers import AnswerOptions, answer, outlook
from esgreport.assessment import CapVerdict
from esgreport.compose.coverage import Coverage
from esgreport.definitions.decisions import Decisions
from esgreport.model import Finding, Severity, Source
from esgreport.questionnaire import Answers, Decision, ReportPages, cap_place
from esgreport.render.answers import Beside, render_answers
from esgreport.texts import translator

COMPLETE = ("it", "de", "fr")


def page(found: Answers, language: str = "en", report: ReportPages | None = None) -> str:
    covered = Coverage(filing(FILED), DEFINITIONS, language, report).of(found.answers)
    return render_answers(
        found, filing(FILED), DEFINITIONS, language, Beside(outlook(found.answers, DEFINITIONS), covered)
    )


def verdict(inside: bool | None, protects: bool | None) -> CapVerdict:
    return CapVerdict(inside=inside, protects=protects, need="", band="over_10", paragraph="33", advice="Says the law.")


def test_an_answer_stands_with_its_cell_and_its_evidence() -> None:
    shown = page(answers(question("Total energy", unit="GJ"), match("TotalEnergyConsumption")))
    assert "8,685 GJ" in shown
    assert "<code>Q!C1</code>" in shown
    assert "<code>book.xlsx Sheet!D" in shown


def test_what_is_not_certain_is_offered_to_be_taken() -> None:
    shown = page(answers(question("Scope 2", unit="tCO2e"), match("derived:scope2_total")))
    assert 'data-number="2" data-target="GrossLocationBasedScope2GreenhouseGasEmissions"' in shown
    assert "50 tCO₂e" in shown


def test_what_comes_from_a_file_is_escaped() -> None:
    hostile = "<script>alert(1)</script>\"'"
    found = answers(question(hostile, "choice", options=options(hostile), section=hostile), match("NumberOfEmployees"))
    lint = Finding("QST-01", Severity.WARNING, hostile, hostile, hostile, Source("form.xlsx", hostile, "A1"))
    shown = page(replace(found, customer=hostile, findings=(lint,)))
    assert "<script>alert" not in shown
    assert shown.count("<script>") == 1


def test_the_page_asks_for_nothing_outside_itself() -> None:
    shown = page(answers(question("Employees"), match("NumberOfEmployees")))
    assert "default-src &#39;none&#39;" in shown
    assert not re.search(r"(?:src|href)=\"https?:", shown)


@pytest.mark.parametrize(
    ("inside", "protects", "place"),
    [
        (True, True, "inside"),
        (True, None, "inside"),
        (False, True, "decline"),
        (False, None, "ask"),
        (None, True, "ask"),
        (False, False, "outside"),
        (True, False, "outside"),
    ],
)
def test_each_question_has_one_place_to_the_cap(inside: bool | None, protects: bool | None, place: str) -> None:
    held = replace(material(), verdicts={"NumberOfEmployees": verdict(inside, protects)})
    found = answers(question("Employees"), match("NumberOfEmployees"), held)
    assert cap_place(found.answers[0]) == place
    assert f'data-cap="{place}"' in page(found)
    assert "Says the law." in page(found)


def test_questions_are_listed_by_the_disclosure_that_answers_them() -> None:
    shown = page(answers(question("Energy", id="E-7", unit="MWh"), match("TotalEnergyConsumption", "0.97", "E-7")))
    reference = shown[shown.index('id="reference"') :]
    assert '<span class="code">B3</span>' in reference
    assert ">E-7</a>" in reference


def test_what_is_not_tracked_says_what_it_takes_to_get_it() -> None:
    shown = page(answers(question("Scope 3", unit="tCO2e"), match("GrossScope3GreenhouseGasEmissions")))
    assert "Not tracked, effort:" in shown
    assert DEFINITIONS.law.efforts["GrossScope3GreenhouseGasEmissions"].reason["en"] in shown


def test_a_decision_of_the_page_is_one_the_command_takes() -> None:
    written = {
        "questionnaire": "form.xlsx",
        "decisions": {"1.1": {"accept": 2, "target": "Turnover"}, "2": {"value": ["A"]}},
    }
    found = Decisions.model_validate(written)
    assert [found.decisions["1.1"].decision.number, found.decisions["2"].decision.value] == [2, ("A",)]
    script = (resources.folder("templates") / "answers.js").read_text(encoding="utf-8")
    for key in ("accept", "target", "value", "questionnaire", "decisions"):
        assert key in script


@pytest.mark.parametrize("language", COMPLETE)
def test_every_sentence_of_the_page_is_translated(language: str) -> None:
    template = (resources.folder("templates") / "answers.html.j2").read_text(encoding="utf-8")
    sentences = set(re.findall(r'\b_\("([^"]+)"[),]', template)) - {"and %(count)s more cell"}
    same = {"Questions", "Questionnaire", "Section", "Page", "Effort"}
    say = translator(language)
    assert len(sentences) > 40
    assert [text for text in sentences - same if say(text, paragraph=1) == text % {"paragraph": 1}] == []


class Parts(HTMLParser):
    """Which elements are opened and not closed."""

    VOID = frozenset(("meta", "input", "use", "br", "link"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("language", ["en", *COMPLETE])
def test_the_page_is_whole(language: str) -> None:
    parts = Parts()
    parts.feed(page(answers(question("Scope 2", unit="tCO2e"), match("derived:scope2_total")), language))
    assert (parts.open, parts.wrong) == ([], [])


# ── answer by reference ──────────────────────────────────────────────────────────────────────────────────────

ENERGY = answers(question("Total energy", unit="GJ"), match("TotalEnergyConsumption"))


def test_without_the_report_the_reference_names_disclosure_and_paragraph_and_says_how_to_get_pages() -> None:
    shown = page(ENERGY)
    assert '<td class="nowrap">29–31</td>' in shown
    assert "--report" in shown


@pytest.mark.parametrize(
    ("language", "pages"), [("en", "pp. 11–13"), ("it", "pagg.\u00a011–13"), ("de", "S.\u00a011–13")]
)
def test_with_the_report_the_reference_names_its_pages(language: str, pages: str) -> None:
    report = ReportPages(
        "report.pdf", "Officina Rossi", "2025", {"b3": (12, "11"), "b3-8-caption": (14, "13"), "b30": (40, "39")}
    )
    shown = page(ENERGY, language, report)
    assert f'<td class="nowrap">{pages}</td>' in shown
    assert "--report" not in shown


def test_an_answer_a_person_typed_is_not_referred_to_the_report() -> None:
    typed = answers(
        question("Total energy", unit="GJ"),
        match("TotalEnergyConsumption"),
        decisions={"1": Decision("value", value=Decimal(7))},
    )
    assert Coverage(filing(FILED), DEFINITIONS, "en").of(typed.answers) == ()


# ── what it still takes ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_open_and_what_is_inside_the_cap_is_counted() -> None:
    held = replace(material(FILED), verdicts={"TotalEnergyConsumption": verdict(inside=True, protects=True)})
    asked = (question("Energy", id="1"), question("Sites", id="2"), question("Recycled waste", id="3"))
    matches = [
        match("TotalEnergyConsumption", "0.97", "1"),
        match("NumberOfEmployees", "0.6", "2"),
        match("WasteDivertedToRecycleOrReuseMass", "0.97", "3"),
    ]
    found = answer(questionnaire(*asked), matches, held, AnswerOptions("en"))
    look = outlook(found.answers, DEFINITIONS)
    assert look.places == {"inside": 1}
    assert (look.within, look.share) == (1, 1)
    assert look.minutes == DEFINITIONS.answering.settings.minutes_to_decide
    assert sum(look.efforts.values()) == 1
    shown = page(found)
    assert "1 (100%)" in shown
    assert 'in minutes (estimate)</th><td class="n">3</td>' in shown


def test_without_a_question_on_sustainability_no_share_is_inside_the_cap() -> None:
    found = answers(question("Company", "text"), match("profile:name"))
    assert outlook(found.answers, DEFINITIONS).share is None
