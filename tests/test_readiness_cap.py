"""The verdict on the value chain cap: the same question put for 5, 80 and 1 500 employees, for 2026 and 2027."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from esgreport.assessment import CapQuestion, CapVerdict, Purpose
from esgreport.definitions import load
from esgreport.errors import DefinitionError
from esgreport.readiness import cap_of

DEFINITIONS = load()
COMPLETE = [code for code, language in DEFINITIONS.languages.items() if language.complete]
YES, NO, UNKNOWN = True, False, None
PURPOSES: tuple[Purpose, ...] = ("csrd", "other", "unknown")


def asked(employees: int | None, year: int = 2027, purpose: Purpose = "csrd") -> CapQuestion:
    return CapQuestion(None if employees is None else Decimal(employees), purpose, date(year, 1, 1))


ENERGY, GENDER, SCOPE_3 = "TotalEnergyConsumption", "NumberOfFemaleEmployees", "GrossScope3GreenhouseGasEmissions"
TABLE: list[tuple[str, int | None, int, Purpose, bool | None, bool | None, str]] = [
    # what, employees, year, purpose → inside, protects, class
    (ENERGY, 5, 2027, "csrd", NO, YES, "voluntary"),
    (ENERGY, 10, 2027, "csrd", NO, YES, "voluntary"),
    (ENERGY, 11, 2027, "csrd", YES, YES, "necessary"),
    (ENERGY, 80, 2027, "csrd", YES, YES, "necessary"),
    (ENERGY, 80, 2026, "csrd", YES, NO, "necessary"),
    (ENERGY, 80, 2027, "other", YES, NO, "necessary"),
    (ENERGY, 80, 2027, "unknown", YES, UNKNOWN, "necessary"),
    (ENERGY, 1000, 2027, "csrd", YES, YES, "necessary"),
    (ENERGY, 1001, 2027, "csrd", YES, NO, "necessary"),
    (ENERGY, 1500, 2027, "csrd", YES, NO, "necessary"),
    (ENERGY, 1500, 2026, "unknown", YES, NO, "necessary"),
    (ENERGY, None, 2027, "csrd", UNKNOWN, UNKNOWN, ""),
    (GENDER, 5, 2027, "csrd", YES, YES, "necessary"),
    (GENDER, 80, 2027, "csrd", YES, YES, "necessary"),
    (GENDER, None, 2027, "csrd", YES, UNKNOWN, "necessary"),
    (SCOPE_3, 5, 2027, "csrd", NO, YES, "consideration"),
    (SCOPE_3, 80, 2027, "csrd", NO, YES, "consideration"),
    (SCOPE_3, 1500, 2027, "csrd", NO, NO, "consideration"),
    ("", 80, 2027, "csrd", NO, YES, ""),
]


@pytest.mark.parametrize(("what", "employees", "year", "purpose", "inside", "protects", "need"), TABLE)
def test_a_verdict_says_whether_it_is_inside_and_whether_the_cap_protects(
    what: str,
    employees: int | None,
    year: int,
    purpose: Purpose,
    *,
    inside: bool | None,
    protects: bool | None,
    need: str,
) -> None:
    verdict = cap_of(what, asked(employees, year, purpose), DEFINITIONS)
    assert (verdict.inside, verdict.protects, verdict.need) == (inside, protects, need)
    assert verdict.may_decline == (inside is False and protects is True)


def verdict(what: str, employees: int = 80, member: str = "") -> CapVerdict:
    return cap_of(what, asked(employees), DEFINITIONS, member=member)


def test_the_size_band_the_row_and_the_paragraph_are_named() -> None:
    energy = verdict(ENERGY)
    assert (energy.band, energy.row, energy.paragraph) == ("over_10", "CAP-04", "32, first sentence")
    assert verdict(ENERGY, 5).band == "up_to_10"


def test_of_the_energy_only_the_total_is_inside() -> None:
    assert verdict(ENERGY).part.startswith("the total alone (first sentence)")
    assert verdict("EnergyConsumptionFromElectricity").inside is False
    assert verdict("RenewableEnergyShare").inside is False


def test_training_hours_by_gender_are_beyond_the_cap_the_average_is_inside() -> None:
    by_gender = verdict("AverageNumberOfAnnualTrainingHoursPerFemaleEmployee")
    assert by_gender.may_decline
    assert by_gender.advice.endswith("Inside is: Average annual training hours per employee, all employees.")
    assert verdict("AverageNumberOfAnnualTrainingHoursPerEmployee").inside is True
    assert verdict("AverageTrainingHours").inside is True


def test_a_derived_figure_is_inside_where_all_it_is_computed_from_is() -> None:
    assert verdict("WomenShare").inside is True
    assert verdict("EnergyPerEmployee").inside is True
    assert verdict("EnergyPerEmployee", 5).inside is False
    assert verdict("EmissionsPerMillionOfTurnover").inside is True


def test_base_year_and_target_figures_are_beyond_the_cap_though_the_figure_of_the_year_is_inside() -> None:
    assert verdict("GrossScope1GreenhouseGasEmissions").inside is True
    assert verdict("GrossScope1GreenhouseGasEmissions", member="BaselineYearMember").inside is False
    assert verdict("GrossScope1GreenhouseGasEmissions", member="TargetYearMember").inside is False


def test_what_nobody_verified_cannot_be_told() -> None:
    other = verdict("SpecificationOfOtherHumanRightsRelatedToTheConfirmedIncident")
    assert (other.inside, other.verified, other.may_decline) == (None, False, False)
    assert "not verified" in other.advice


def test_full_time_equivalents_at_most_ten_do_not_prove_ten_people() -> None:
    nine = CapQuestion(Decimal(9), "csrd", date(2027, 1, 1), full_time_equivalents=True)
    assert (cap_of(ENERGY, nine, DEFINITIONS).inside, cap_of(GENDER, nine, DEFINITIONS).inside) == (None, True)
    assert cap_of(ENERGY, nine, DEFINITIONS).protects is True
    many = CapQuestion(Decimal(900), "csrd", date(2027, 1, 1), full_time_equivalents=True)
    assert cap_of(ENERGY, many, DEFINITIONS).protects is None


def test_without_a_year_the_protection_cannot_be_told() -> None:
    assert cap_of(ENERGY, CapQuestion(Decimal(80), "csrd"), DEFINITIONS).protects is None


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (asked(80, 2027, "other"), "The cap does not cover this request"),
        (
            asked(80, 2026),
            "The cap does not apply yet: it holds for financial years beginning on or after 1 January 2027.",
        ),
        (asked(1500), "The cap does not protect an undertaking with 1,500 employees: the limit is 1,000"),
        (asked(80, 2027, "unknown"), "Ask what the information is for"),
        (asked(None), "Whether the cap protects you depends on the average number of employees"),
        (asked(80), "Inside the cap: it may be asked for (Annex II, paragraph 32, first sentence)."),
        (asked(5), "Beyond the cap: you may decline"),
    ],
)
def test_the_advice_says_what_decides(question: CapQuestion, begins: str) -> None:
    assert cap_of(ENERGY, question, DEFINITIONS).advice.startswith(begins)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_concept_gets_a_verdict_in_every_language_for_every_size(language: str) -> None:
    for name in DEFINITIONS.concepts:
        for employees in (5, 80, 1500, None):
            for purpose in PURPOSES:
                found = cap_of(name, asked(employees, 2027, purpose), DEFINITIONS, language)
                assert found.advice
                assert "{" not in found.advice


def test_advice_in_another_language_names_the_paragraph_in_its_words() -> None:
    assert "Absatz 32, Satz 1" in cap_of(ENERGY, asked(80), DEFINITIONS, "de").advice
    assert "paragraphe 32, première phrase" in cap_of(ENERGY, asked(80), DEFINITIONS, "fr").advice


def test_a_name_of_nothing_is_refused_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match="Did you mean 'TotalEnergyConsumption'"):
        verdict("TotalEnergyConsumtion")
