"""The official samples, checked: every finding is a flaw the sample has, and each change we make to it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from filings import DEFINITIONS, SAMPLE_NAMES, sample
from rule_cases import place

from esgreport.check import check
from esgreport.model import Fact, Filing

ENERGY = "Environmental Disclosures!G5"
LATEST = SAMPLE_NAMES[-1]


def found(filing: Filing, edition: str = "") -> list[tuple[str, str]]:
    return [(each.code, place(each.source)) for each in check(filing, DEFINITIONS, edition=edition)]


# The identifier is the placeholder TestCode1234, said to be a LEI. Total energy is 250 MWh in all three; electricity,
# self-generated electricity and fuels make 229.5 MWh in 1.0.0, 153 MWh in 1.1.1 (its row of fuels is empty) and
# 159.4 MWh in 1.2.0. The template itself is content, since it only marks parts that pass the total.
@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
def test_an_official_sample_has_the_flaws_it_has_and_no_other(name: str, edition: str) -> None:
    assert found(sample(name), edition) == [("VSME-GEN-08", ""), ("VSME-B3-03", ENERGY)]


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
    return [each for each in found(filing, edition) if each not in {("VSME-GEN-08", ""), ("VSME-B3-03", ENERGY)}]


def test_a_sample_whose_energy_adds_up_and_whose_lei_is_one_is_clean() -> None:
    filing = valued(sample(LATEST), "TotalEnergyConsumption", "159.40834646")
    filing = replace(filing, entity=replace(filing.entity, identifier="529900T8BM49AURSDO55"))
    assert found(filing) == []


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
