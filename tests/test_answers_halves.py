"""Questions that ask for two things with one cell are left to a person, with both; others are not."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from asked import FILED, material, question, questionnaire
from filings import DEFINITIONS

from esgreport.answers import AnswerOptions, answer, doubled, halves
from esgreport.match import match
from esgreport.questionnaire import Answer, AnswerState, Candidate, Match

Kind = Literal["number", "boolean"]


def asked(text: str, language: str, kind: Kind = "number") -> Answer:
    """The answer to a question that was matched, and doubled where it asks for two things."""
    one = question(text, kind, language)
    found = match([one], DEFINITIONS)
    parts = match(halves([one], found, DEFINITIONS.answering), DEFINITIONS)
    matches = doubled(found, parts, material(FILED))
    return answer(questionnaire(one), matches, material(FILED), AnswerOptions("en")).answers[0]


@pytest.mark.parametrize(
    ("text", "language", "both"),
    [
        ("Number of employees and share of women", "en", {"NumberOfEmployees", "derived:female_share"}),
        ("Umsatz und Bilanzsumme in TEUR", "de", {"Turnover", "Assets"}),
        ("Numero di dipendenti e percentuale di donne", "it", {"NumberOfEmployees", "derived:female_share"}),
        ("Effectif total et part des femmes", "fr", {"NumberOfEmployees", "derived:female_share"}),
    ],
)
def test_two_figures_for_one_cell_are_both_suggested_and_none_is_given(
    text: str, language: str, both: set[str]
) -> None:
    found = asked(text, language)
    assert found.state is AnswerState.NEEDS_REVIEW
    assert both <= {each.target for each in found.suggestions}
    assert found.value is None


def half(name: str, target: str, probability: str = "0.9") -> Match:
    return Match(name, (Candidate(target, Decimal(probability)),), Decimal(0))


def test_what_is_divided_between_two_is_one_thing() -> None:
    one = question("Unadjusted pay gap between women and men", "number", "en")
    sure = half("1", "PercentageGapInPayBetweenFemaleAndMaleEmployees", "0.99")
    assert halves([one], [sure], DEFINITIONS.answering) == ()


def test_what_stands_in_brackets_is_not_divided() -> None:
    one = question("Total number of sites (number of plants and number of offices)", "number", "en")
    assert halves([one], [half("1", "derived:site_count", "0.99")], DEFINITIONS.answering) == ()


def test_a_question_that_goes_to_a_person_anyway_is_not_looked_at_again() -> None:
    one = question("Number of employees and share of women", "number", "en")
    assert halves([one], [half("1", "NumberOfEmployees", "0.6")], DEFINITIONS.answering) == ()


def test_a_whole_that_is_neither_half_is_one_thing() -> None:
    whole = half("1", "derived:scope12_total")
    parts = [half("1\n0", "GrossScope1GreenhouseGasEmissions"), half("1\n1", "derived:scope2_total")]
    assert doubled([whole], parts, material(FILED)) == (whole,)


def test_a_half_that_asks_for_nothing_certain_changes_nothing() -> None:
    whole = half("1", "NumberOfEmployees")
    parts = [half("1\n0", "NumberOfEmployees"), half("1\n1", "Turnover", "0.3")]
    assert doubled([whole], parts, material(FILED)) == (whole,)
