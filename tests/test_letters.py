"""The letters that go with answers: as each country writes them, gaps marked, the law from its own file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from asked import FILED, answers, match, material, question, questionnaire
from filings import DEFINITIONS, filing

from esgreport.answers import AnswerOptions, answer
from esgreport.assessment import CapVerdict
from esgreport.compose.letters import LetterOptions, letters
from esgreport.definitions.letters import PLACES, load_letters
from esgreport.errors import DefinitionError
from esgreport.questionnaire import Answers, Decision, Letter, ReportPages
from esgreport.render.letters import letter_html, letter_pdf, pieces

LANGUAGES = ("en", "it", "de", "fr")
SITE = f"{FILED}\nPostalCodeOfSite = 20121 @1\nCityOfSite = Milano @1\n"
ABOVE = CapVerdict(inside=False, protects=True, need="voluntary", band="over_10", paragraph="", advice="Above.")
UNTOLD = replace(ABOVE, protects=None)
DAY = date(2026, 11, 24)


def returned(customer: str = "Muster AG") -> Answers:
    """One question withheld for the cap, one that may be above it, one answered, one left open."""
    held = replace(material(SITE), verdicts={"Turnover": ABOVE, "GrossScope1GreenhouseGasEmissions": UNTOLD})
    asked = [
        question("Annual turnover", id="1.1", unit="EUR"),
        question("Scope 1", id="1.2", unit="tCO2e"),
        question("Energy", id="1.3", unit="MWh"),
        question("Contact", "text", id="1.4"),
    ]
    found = [
        match("Turnover", "0.97", "1.1"),
        match("GrossScope1GreenhouseGasEmissions", "0.97", "1.2"),
        match("TotalEnergyConsumption", "0.97", "1.3"),
        match("profile:contact_name", "0.97", "1.4"),
    ]
    return answer(questionnaire(*asked), found, held, AnswerOptions("en", customer=customer))


def written(language: str = "en", found: Answers | None = None, **options: object) -> dict[str, Letter]:
    opts = LetterOptions(language, DAY, **options)  # type: ignore[arg-type]
    return {letter.kind: letter for letter in letters(found or returned(), filing(SITE), DEFINITIONS, opts)}


def text_of(letter: Letter) -> str:
    return " ".join(each for each in letter.paragraphs if isinstance(each, str))


def numbers_of(letter: Letter) -> list[str]:
    return [item.number for each in letter.paragraphs if not isinstance(each, str) for item in each]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_letters_with_the_same_places(language: str) -> None:
    words, english = (load_letters(DEFINITIONS.folder / "answers" / "letters", each) for each in (language, "en"))
    assert [each.kind for each in words.letters] == [each.kind for each in english.letters]
    for one, other in zip(words.letters, english.letters, strict=True):
        for mine, theirs in zip(one.paragraphs, other.paragraphs, strict=True):
            assert (mine.items, mine.when) == (theirs.items, theirs.when)
            assert set(re.findall(r"\{\w+\}", mine.text)) == set(re.findall(r"\{\w+\}", theirs.text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_is_left_unfilled_and_the_law_is_in_its_words(language: str) -> None:
    for letter in written(language).values():
        assert not re.search(r"\{\w*\}", text_of(letter) + letter.subject)
    cap = DEFINITIONS.law.cap
    refuse = next(each.text[language] for each in cap.statements if each.id == "right_to_refuse")
    assert refuse in text_of(written(language)["partial"])
    assert cap.applies_from.text[language] in text_of(written(language)["declaration"])


def test_a_german_letter_begins_small_after_the_salutation() -> None:
    for letter in (each for each in written("de").values() if each.salutation):
        assert letter.salutation == "Sehr geehrte Damen und Herren,"
        assert text_of(letter)[0].islower(), letter.kind
        assert letter.closing == ("Mit freundlichen Grüßen",)


def test_each_country_says_to_whom_and_when_in_its_way() -> None:
    heads = {language: written(language)["cover"] for language in LANGUAGES}
    assert heads["it"].recipient[:2] == ("Spett.le", "Muster AG")
    assert heads["it"].subject.startswith("Oggetto: ")
    assert heads["fr"].subject.startswith("Objet : ")
    assert [heads[each].place_and_day for each in ("de", "it", "fr")] == [
        "Milano, 24. November 2026",
        "Milano, 24 novembre 2026",
        "Milano, le 24 novembre 2026",
    ]


def test_what_nobody_knows_is_a_marked_gap_and_what_was_said_is_not() -> None:
    unknown = written(found=returned(customer=""))["cover"]
    assert "[[name of your company]]" in unknown.recipient
    assert "<mark>[name of your company]</mark>" in letter_html(unknown)
    said = written(said={"profile:contact_name": "Ada Rossi"})["cover"]
    assert ("Contact", "Ada Rossi") in said.reference


def test_our_only_site_is_our_address_and_of_several_none_is() -> None:
    assert written()["cover"].sender == ("Officina Rossi", "Via Roma 1", "20121 Milano")
    two = filing(f"{SITE}\nAddressOfSite = Via Milano 2 @2")
    letter = letters(returned(), two, DEFINITIONS, LetterOptions("en", DAY))[0]
    assert letter.sender == ("Officina Rossi", "[[our address]]")
    assert letter.place_and_day == "24 November 2026"


def test_what_is_declined_and_what_may_be_above_the_cap_are_listed_in_their_letters() -> None:
    found = written()
    assert numbers_of(found["partial"]) == ["1.1"]
    assert numbers_of(found["purpose"]) == ["1.2"]
    assert "2 of 4 questions" in text_of(found["partial"])


def remarks_of(letter: Letter) -> list[tuple[str, str]]:
    return [(item.number, item.remark) for each in letter.paragraphs if not isinstance(each, str) for item in each]


def test_the_cross_reference_says_where_the_report_answers_which_question() -> None:
    found = written()
    place = "B3 Energy and greenhouse gas emissions"
    assert remarks_of(found["reference"]) == [("1.2", place), ("1.3", place)]
    assert found["reference"].headings[2] == "Where in our report"
    assert (found["reference"].salutation, found["reference"].signature) == ("", ())
    assert found["report"].enclosures == ("Cross-reference list",)
    assert "2 of the 4 questions" in text_of(found["report"])


@pytest.mark.parametrize(
    ("language", "pages"), [("en", "pp. 11–13"), ("de", "S. 11–13"), ("it", "pagg. 11–13"), ("fr", "p. 11–13")]
)
def test_with_the_report_at_hand_the_cross_reference_names_its_pages(language: str, pages: str) -> None:
    report = ReportPages(
        "report.pdf", "Officina Rossi", "2025", {"b3": (12, "11"), "b3-2-caption": (14, "13"), "b4": (15, "14")}
    )
    listed = written(language, report=report)["reference"]
    assert all(remark.replace("\u00a0", " ").endswith(f", {pages}") for _, remark in remarks_of(listed))
    assert "report.pdf" in text_of(listed)


def test_what_the_report_leaves_out_is_not_referred_to() -> None:
    found = written(report=ReportPages("report.pdf", "Officina Rossi", "2025", {"b8": (20, "20")}))
    assert "reference" not in found
    assert found["report"].enclosures == ()


def test_a_letter_stands_only_where_it_is_called_for() -> None:
    plain = answers(question("Energy", unit="MWh"), match("TotalEnergyConsumption"))
    assert set(written(found=plain)) == {"cover", "declaration", "report", "reference"}
    assert "purpose" not in written(found=replace(returned(), purpose="csrd"))
    assert "declaration" not in written(average=Decimal(1001))


def test_the_right_to_refuse_is_not_claimed_for_what_is_declined_for_other_reasons() -> None:
    own = answers(
        question("Energy", unit="MWh"),
        match("TotalEnergyConsumption"),
        decisions={"1": Decision("decline", reason="A trade secret.")},
    )
    partial = written(found=own)["partial"]
    assert "2026/1560" not in text_of(partial)
    items = next(each for each in partial.paragraphs if not isinstance(each, str))
    assert items[0].remark == "A trade secret."


def test_an_average_that_is_not_known_is_not_declared() -> None:
    assert "[[average number of employees in 2025]]" in text_of(written()["declaration"])
    assert "an average of 151 employees" in text_of(written(average=Decimal(151))["declaration"])


def test_what_comes_from_files_is_escaped() -> None:
    html = letter_html(written(found=returned(customer="<b>Co</b>"))["cover"])
    assert "&lt;b&gt;Co&lt;/b&gt;" in html
    assert "<b>Co" not in html


def test_a_letter_needs_nothing_from_outside_and_no_script() -> None:
    html = letter_html(written()["cover"])
    assert not re.search(r"(?:src|href)=", html)
    assert "<script" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_becomes_a_pdf(language: str) -> None:
    pdf = letter_pdf(written(language)["partial"])
    assert pdf.startswith(b"%PDF")
    assert letter_pdf(written(language)["partial"]) == pdf


def test_a_place_nobody_fills_is_refused(tmp_path: Path) -> None:
    source = (DEFINITIONS.folder / "answers" / "letters" / "en.yaml").read_text(encoding="utf-8")
    (tmp_path / "en.yaml").write_text(source.replace("{answered}", "{anwsered}"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="Did you mean 'answered'"):
        load_letters(tmp_path, "en")
    assert "answered" in PLACES


def test_a_text_is_cut_at_its_gaps() -> None:
    assert list(pieces("a [[b]] c")) == [("a ", "b"), (" c", "")]
