"""The sample company: coherent, invented, and the same in every language."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from esgreport.check import check
from esgreport.definitions import load
from esgreport.facts import filing_from_document
from esgreport.model import Fact, Filing

DEFINITIONS = load()
LANGUAGES = ("en", "it", "de", "fr")
TEXTS = ("text", "text_block")


def sample(language: str) -> Filing:
    path = DEFINITIONS.folder / "samples" / f"{language}.json"
    return filing_from_document(json.loads(path.read_text(encoding="utf-8")), DEFINITIONS, path.name)


SAMPLE = sample("en")


def value(concept: str, **axes: str) -> Decimal:
    found = [fact.value for fact in SAMPLE.facts if fact.concept == concept and dict(fact.dimensions) == axes]
    assert len(found) == 1
    assert isinstance(found[0], Decimal)
    return found[0]


def total(concept: str) -> Decimal:
    return sum(
        (fact.value for fact in SAMPLE.facts if fact.concept == concept and isinstance(fact.value, Decimal)), Decimal()
    )


def without_words(fact: Fact) -> tuple[object, ...]:
    words = DEFINITIONS.concepts[fact.concept].type in TEXTS
    return (fact.concept, "" if words else fact.value, fact.unit, fact.decimals, fact.dimensions, fact.period)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_has_the_same_figures_in_every_language(language: str) -> None:
    other = sample(language)
    assert [without_words(fact) for fact in other.facts] == [without_words(fact) for fact in SAMPLE.facts]
    assert [len(fact.footnotes) for fact in other.facts] == [len(fact.footnotes) for fact in SAMPLE.facts]
    assert (other.entity, other.period, other.currency) == (SAMPLE.entity, SAMPLE.period, SAMPLE.currency)


def test_the_texts_of_the_sample_are_translated_and_neither_short_nor_long() -> None:
    blocks = [
        {fact.concept: str(fact.value) for fact in sample(language).facts if is_block(fact)} for language in LANGUAGES
    ]
    for concept in blocks[0]:
        texts = [block[concept] for block in blocks]
        assert len(set(texts)) == len(LANGUAGES)
        assert all(45 <= len(text.split()) <= 150 for text in texts), concept


def is_block(fact: Fact) -> bool:
    return DEFINITIONS.concepts[fact.concept].type == "text_block"


def test_the_identifier_of_the_sample_is_a_well_formed_lei_of_no_issuer() -> None:
    lei = SAMPLE.entity.identifier
    assert len(lei) == 20
    assert int("".join(str(int(character, 36)) for character in lei)) % 97 == 1
    assert lei.startswith("9999")


def test_every_disclosure_is_answered_in_the_sample() -> None:
    answered = {DEFINITIONS.disclosure_of(fact.concept) for fact in SAMPLE.facts}
    assert answered == set(DEFINITIONS.disclosures)


def test_the_totals_of_the_sample_are_exact() -> None:
    energy = [f"EnergyConsumptionFrom{source}" for source in ("Electricity", "SelfGeneratedElectricity", "Fuels")]
    assert sum(value(source) for source in energy) == value("TotalEnergyConsumption")
    kinds = ("Permanent", "Temporary")
    assert sum(value(f"NumberOf{kind}ContractEmployees") for kind in kinds) == value("NumberOfEmployees") == 180
    genders = ("Male", "Female", "OtherGender", "NonReportedGender")
    assert sum(value(f"NumberOf{gender}Employees") for gender in genders) == 180
    assert total("NumberOfEmployeesForCountryOfEmploymentContract") == 180
    hazards = value("TotalHazardousWasteGeneratedMass") + value("TotalNonHazardousWasteGeneratedMass")
    assert hazards == value("TotalWasteGeneratedMass") == Decimal(206)
    withdrawn = value("TotalAmountOfWaterWithdrawnFromAllSites")
    assert withdrawn - value("WaterDischargeFromUndertakingProductionProcesses") == value("TotalWaterConsumption")


def test_the_rates_of_the_sample_follow_from_its_figures() -> None:
    rate = value("RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod")
    accidents = value("NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod")
    assert round(accidents * 200_000 / rate) == 302_400
    assert round(value("PercentageOfEmployeesCoveredByCollectiveBargainingAgreements") * 180, 6) == 152
    intensity = value("TotalMarketBasedGreenhouseGasEmissionsIntensityValue")
    assert round(intensity * value("Turnover"), 6) == value("TotalGrossMarketBasedGHGEmissions")


@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
def test_no_rule_finds_anything_in_the_sample(edition: str) -> None:
    assert [str(finding) for finding in check(SAMPLE, DEFINITIONS, "en", edition)] == []
