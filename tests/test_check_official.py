"""The official samples, checked: every finding is a flaw the sample has, and each change we make to it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from filings import DEFINITIONS, SAMPLE_NAMES, sample
from rule_cases import place

from esgreport.check import check
from esgreport.model import Fact, Filing, Finding, Severity

ENERGY = "Environmental Disclosures!G5"
LATEST = SAMPLE_NAMES[-1]


def found(filing: Filing, edition: str = "") -> list[tuple[str, str]]:
    return [tell(each) for each in check(filing, DEFINITIONS, edition=edition)]


def flaws(filing: Filing) -> set[tuple[str, str]]:
    """What is wrong with every official sample.

    The identifier is the placeholder TestCode1234, said to be a LEI. Total energy is 250 MWh in all three; electricity,
    self-generated electricity and fuels make 229.5 MWh in 1.0.0, 153 MWh in 1.1.1 (its row of fuels is empty) and
    159.4 MWh in 1.2.0. The descriptions are Lorem ipsum.
    """
    latin = [fact for fact in filing.facts if isinstance(fact.value, str) and fact.value.startswith("Lorem ipsum")]
    assert len(latin) >= 11
    return {("VSME-GEN-08", ""), ("VSME-B3-03", ENERGY), *(("VSME-GEN-09", place(fact.source)) for fact in latin)}


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_an_official_sample_has_the_flaws_it_has_and_no_other(name: str) -> None:
    filing = sample(name)
    assert set(found(filing)) == flaws(filing)
    assert len(found(filing)) == len(flaws(filing))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (SAMPLE_NAMES[0], ["VSME-B1-01", "VSME-B5-01", "VSME-B6-04"]),
        (SAMPLE_NAMES[1], ["VSME-B1-01", "VSME-B5-01", "VSME-B6-04"]),
        (SAMPLE_NAMES[2], ["VSME-B1-01", "VSME-B5-01"]),  # water is omitted in this one
    ],
)
def test_the_2026_standard_asks_besides_for_what_no_cell_of_the_template_holds(name: str, asked: list[str]) -> None:
    filing = sample(name)
    beyond = [each for each in check(filing, DEFINITIONS, edition="vs-2026") if tell(each) not in flaws(filing)]
    assert [each.code for each in beyond] == asked
    assert {each.severity for each in beyond} == {Severity.WARNING}


def tell(finding: Finding) -> tuple[str, str]:
    return finding.code, place(finding.source)


# ── the same sample, spoilt in one place ─────────────────────────────────────────────────────────────────────


def without(filing: Filing, concept: str) -> Filing:
    return replace(filing, facts=tuple(fact for fact in filing.facts if fact.concept != concept))


def changed(filing: Filing, concept: str, change: Callable[[Fact], Fact]) -> Filing:
    assert any(fact.concept == concept for fact in filing.facts)
    return replace(filing, facts=tuple(change(fact) if fact.concept == concept else fact for fact in filing.facts))


def valued(filing: Filing, concept: str, value: str, member: str = "") -> Filing:
    def change(fact: Fact) -> Fact:
        here = next((name for _, name in fact.dimensions), "")
        return replace(fact, value=Decimal(value)) if here == member else fact

    return changed(filing, concept, change)


def new(filing: Filing, edition: str = "") -> list[tuple[str, str]]:
    """What is found beyond the flaws the sample has anyway."""
    asked = {"VSME-B1-01", "VSME-B5-01", "VSME-B6-04"} if edition == "vs-2026" else set()
    return [each for each in found(filing, edition) if each not in flaws(filing) and each[0] not in asked]


def test_a_sample_whose_energy_adds_up_whose_lei_is_one_and_whose_texts_say_something_is_clean() -> None:
    filing = valued(sample(LATEST), "TotalEnergyConsumption", "159.40834646")
    filing = replace(filing, entity=replace(filing.entity, identifier="529900T8BM49AURSDO55"))
    facts = [
        replace(fact, value="We do.") if ("VSME-GEN-09", place(fact.source)) in flaws(filing) else fact
        for fact in filing.facts
    ]
    assert found(replace(filing, facts=tuple(facts))) == []


@pytest.mark.parametrize(
    ("concept", "value", "member", "expected"),
    [
        ("EnergyConsumptionFromElectricity", "90", "NonRenewableEnergyMember", [("VSME-B3-02", "K12")]),
        ("TotalGrossLocationBasedScope1AndScope2GHGEmissions", "160", "", [("VSME-B3-06", "D25")]),
        ("TotalGrossLocationBasedGHGEmissions", "500", "BaselineYearMember", [("VSME-B3-08", "G46")]),
        ("TotalLocationBasedGreenhouseGasEmissionsIntensityValue", "0.002", "", [("VSME-B3-09", "G68")]),
        ("NumberOfPermanentContractEmployees", "111", "", [("VSME-B8-01", "D10")]),
        ("NumberOfNonReportedGenderEmployees", "50", "", [("VSME-B8-02", "D18")]),
        ("NumberOfEmployeesForCountryOfEmploymentContract", "4", "AL", [("VSME-B8-03", "E29")]),
        ("RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod", "1.3", "", [("VSME-B9-03", "D143")]),
        ("PercentageGapInPayBetweenFemaleAndMaleEmployees", "10", "", [("VSME-B10-03", "D150")]),
        ("PercentageOfEmployeesCoveredByCollectiveBargainingAgreements", "92.7", "", [("VSME-B10-04", "D152")]),
        ("EmployeeTurnoverRate", "28.4", "", [("VSME-GEN-07", "D137")]),
        ("TotalSealedArea", "-25", "", [("VSME-GEN-06", "D295:F295")]),
    ],
)
def test_a_wrong_figure_is_found_in_its_cell(
    concept: str, value: str, member: str, expected: list[tuple[str, str]]
) -> None:
    spoilt = new(valued(sample(LATEST), concept, value, member))
    assert [(code, cell.rpartition("!")[2]) for code, cell in spoilt] == expected


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ("BasisForPreparation", "VSME-B1-01"),
        ("Assets", "VSME-B1-02"),
        ("GPSLocationOfSite", "VSME-B1-06"),
        ("RegisteredAddressOfTheSubsidiary", "VSME-B1-05"),
        ("EmployeeTurnoverRate", "VSME-B8-04"),
        ("NumberOfFatalitiesAsAResultOfWorkRelatedInjuriesAndWorkRelatedIllHealth", "VSME-B9-01"),
        ("RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod", "VSME-B9-02"),
        ("PercentageGapInPayBetweenFemaleAndMaleEmployees", "VSME-B10-02"),
        ("AverageNumberOfAnnualTrainingHoursPerFemaleEmployee", "VSME-B10-05"),
        ("TotalLocationBasedGreenhouseGasEmissionsIntensityValue", "VSME-B3-09"),
    ],
)
def test_a_missing_answer_is_missed(concept: str, code: str) -> None:
    assert code in {each for each, _ in new(without(sample(LATEST), concept))}


def test_the_2026_standard_misses_neither_intensity_nor_pay_gap() -> None:
    filing = without(sample(LATEST), "TotalLocationBasedGreenhouseGasEmissionsIntensityValue")
    filing = without(filing, "PercentageGapInPayBetweenFemaleAndMaleEmployees")
    assert new(filing, "vs-2026") == []


def test_an_answer_to_what_is_omitted_is_found() -> None:
    filing = sample(LATEST)
    water = replace(filing.facts[0], concept="TotalAmountOfWaterWithdrawnFromAllSites", value=Decimal(5), dimensions=())
    assert [code for code, _ in new(replace(filing, facts=(*filing.facts, water)))] == ["VSME-B1-09"]
