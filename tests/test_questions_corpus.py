"""The labelled questions are whole: known names, complete keys, no two alike, no label that contradicts itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from esgreport.definitions import load

FOLDER = Path(__file__).parent / "questions"
FILES = sorted(FOLDER.glob("*.jsonl"))
PER_FILE = {"fresh": 45, "teach": 420}
PER_FILE_OTHERWISE = 85
CONCEPTS = frozenset(load().concepts)

ANSWER_TYPES = {"number", "money", "percent", "yes_no", "text", "year", "date", "list"}
STYLES = {"customer", "ecovadis", "cdp", "bank", "automotive", "tender", "retail", "rater", "lksg"}
SCOPES = {"vsme", "partial", "profile", "customers", "above", "outside"}
NONE_KINDS = {
    *("certificate", "climate", "cyber", "environment", "finance", "governance", "legal", "meta", "minerals"),
    *("outside", "product", "quality", "rating", "safety", "supplychain", "taxonomy", "workforce"),
}
OPERANDS = {
    "accident_rate_1m": {"RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod"},
    "conv_yes_no": {"TotalNumberOfConvictionsForTheViolationOfAntiCorruptionAndAntiBriberyLaws"},
    "energy_intensity": {"TotalEnergyConsumption", "Turnover"},
    "female_board_share": {"GenderDiversityRatioInGovernanceBody"},
    "female_management_share": {"FemaleToMaleRatioAtManagementLevelForTheReportingPeriod"},
    "female_share": {"NumberOfFemaleEmployees", "NumberOfEmployees"},
    "ghg_target_pct": {"TotalGrossLocationBasedGHGEmissions"},
    "permanent_share": {"NumberOfPermanentContractEmployees", "NumberOfEmployees"},
    "recycling_rate": {"WasteDivertedToRecycleOrReuseMass", "TotalWasteGeneratedMass"},
    "renewable_electricity_share": {"EnergyConsumptionFromElectricity"},
    "renewable_energy_share": {
        *("EnergyConsumptionFromElectricity", "EnergyConsumptionFromFuels"),
        *("EnergyConsumptionFromSelfGeneratedElectricity", "TotalEnergyConsumption"),
    },
    "renewable_energy_total": {
        *("EnergyConsumptionFromElectricity", "EnergyConsumptionFromFuels"),
        "EnergyConsumptionFromSelfGeneratedElectricity",
    },
    "scope12_total": {"TotalGrossLocationBasedScope1AndScope2GHGEmissions"},
    "scope123_total": {"TotalGrossLocationBasedGHGEmissions"},
    "site_count": {"AddressOfSite"},
    "temporary_share": {"NumberOfTemporaryContractEmployees", "NumberOfEmployees"},
    "training_hours_avg": {
        *("AverageNumberOfAnnualTrainingHoursPerFemaleEmployee", "AverageNumberOfAnnualTrainingHoursPerMaleEmployee"),
    },
    "training_hours_total": {
        *("AverageNumberOfAnnualTrainingHoursPerFemaleEmployee", "AverageNumberOfAnnualTrainingHoursPerMaleEmployee"),
        *("NumberOfFemaleEmployees", "NumberOfMaleEmployees"),
    },
    "weapons_yes_no": {
        "RevenueDerivedFromControversialWeaponsAntiPersonnelMinesClusterMunitionsChemicalWeaponsAndBiologicalWeapons"
    },
}
PROFILE = {
    *("name", "legal_form", "address", "registration_number", "vat_number", "lei", "website"),
    *("contact_name", "contact_email", "contact_phone", "reporting_period", "currency"),
}
CUSTOMERS = {
    *("satisfaction_programme", "satisfaction_score", "net_promoter_score", "complaints", "customer_data_incidents"),
}
DERIVED = {*OPERANDS, *(f"profile:{name}" for name in PROFILE), *(f"cx:{name}" for name in CUSTOMERS)}
TARGETS = frozenset(target.removeprefix("derived:") for target in load().targets)


@dataclass(frozen=True, slots=True)
class Question:
    """One labelled question; a line with a key too many or too few cannot become one."""

    id: str
    lang: str
    section: str
    question: str
    concepts: list[str]
    also_ok: list[str]
    none: bool
    answer_type: str
    unit: str | None
    derived: str | None
    dims: dict[str, str] | None
    multi: bool
    review: str | None
    scope: str
    none_kind: str | None
    style: str
    choices: list[str] | None
    above_vsme: bool


def _questions(path: Path) -> list[Question]:
    return [Question(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _all() -> Iterator[Question]:
    for path in FILES:
        yield from _questions(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_set_is_large_enough_and_numbered_without_gaps(path: Path) -> None:
    name, language = path.stem.split("_")
    questions = _questions(path)
    assert len(questions) >= PER_FILE.get(name, PER_FILE_OTHERWISE)
    assert [question.id for question in questions] == [
        f"{name.upper()}-{language.upper()}-{number:03d}" for number in range(1, len(questions) + 1)
    ]
    assert {question.lang for question in questions} == {language}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_about_a_quarter_of_the_questions_has_no_answer_in_the_report(path: Path) -> None:
    questions = _questions(path)
    assert 0.22 <= sum(question.none for question in questions) / len(questions) <= 0.36


def test_every_concept_named_is_one_of_the_standard() -> None:
    named = Counter(name for question in _all() for name in (*question.concepts, *question.also_ok))
    assert set(named) <= CONCEPTS


def test_values_are_of_the_closed_lists() -> None:
    assert {question.answer_type for question in _all()} <= ANSWER_TYPES
    assert {question.style for question in _all()} <= STYLES
    assert {question.scope for question in _all()} <= SCOPES
    assert {question.derived for question in _all()} <= {None, *TARGETS}
    assert {question.none_kind for question in _all()} <= {None, *NONE_KINDS}


def test_a_question_without_an_answer_names_no_target_and_says_of_what_kind_it_is() -> None:
    for question in _all():
        targets = [*question.concepts, *question.also_ok, *([question.derived] if question.derived else [])]
        assert question.none == (not targets), question.id
        assert question.none == (question.none_kind is not None), question.id
        assert question.none == (question.scope in {"above", "outside"}), question.id


def test_a_derived_question_names_what_it_is_derived_from() -> None:
    for question in _all():
        assert OPERANDS.get(question.derived or "", set()) <= set(question.concepts), question.id


def test_labels_do_not_contradict_themselves() -> None:
    for question in _all():
        assert question.multi == (len(question.concepts) > 1), question.id
        twice = set(question.concepts) & set(question.also_ok)
        assert question.derived or not twice, question.id  # beside a derived figure the bare concept may do as well
        assert (question.scope == "partial") <= (question.review is not None), question.id
        assert question.above_vsme == (question.scope in {"above", "partial", "customers"}), question.id
        assert question.review is None or question.review.strip(), question.id


def test_no_question_stands_twice_in_a_language() -> None:
    seen = Counter((question.lang, _bare(question.section), _bare(question.question)) for question in _all())
    assert [key for key, times in seen.items() if times > 1] == []


def test_the_questions_reach_every_disclosure() -> None:
    named = {name for question in _all() for name in question.concepts}
    reached = {disclosure.code for disclosure in load().disclosures if named & {c.name for c in disclosure.concepts}}
    assert reached >= {*(f"B{number}" for number in range(1, 12)), *(f"C{number}" for number in range(1, 10))}


def test_every_derived_figure_is_asked_for() -> None:
    assert {question.derived for question in _all()} >= DERIVED


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
