"""The content index with an assessment: what is missing is named, and what does not apply says why."""

from __future__ import annotations

import pytest
from filings import DEFINITIONS, SAMPLE_NAMES, filing, sample

from esgreport.compose import ReportOptions, compose_report
from esgreport.document import IndexRow, Note
from esgreport.measure import measure
from esgreport.readiness import applicability


def index(text: str) -> dict[str, IndexRow]:
    filed = filing(text)
    statuses = applicability(filed, DEFINITIONS, filed.edition)
    document = compose_report(filed, (), (), DEFINITIONS, ReportOptions("en", statuses=statuses))
    return {row.number: row for row in document.index}


def test_a_disclosure_that_lacks_a_datapoint_names_it() -> None:
    row = index("GrossScope1GreenhouseGasEmissions = 5 utr:tCO2e")["B3"]
    assert row.status == "Reported in part"
    assert "Total energy consumption" in row.reason


def test_a_disclosure_nothing_of_which_applies_says_why() -> None:
    rows = index("BasisForPreparation = OptionABasicModuleOnlyMember\nTotalEnergyConsumption = 5 utr:MWh")
    assert rows["C4"].status in ("Not applicable", "Not reported")
    assert rows["C4"].reason


def test_no_disclosure_is_left_without_a_status() -> None:
    rows = index("TotalEnergyConsumption = 5 utr:MWh")
    assert all(row.status for row in rows.values())
    assert all(row.reason for row in rows.values() if row.status not in ("Reported",))


def test_what_is_omitted_does_not_hide_what_is_missing_beside_it() -> None:
    omitted = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
    row = index(f"{omitted} = B6WaterConsumptionMember\nTotalEnergyConsumption = 5 utr:MWh")["B6"]
    assert (row.status, row.section) == ("Not reported", "")
    assert row.reason.startswith("Omitted as classified or sensitive information: B6 – Water consumption. Missing: ")
    assert "Total water withdrawal" in row.reason
    row = index(f"{omitted} = B6WaterConsumptionMember\nTotalAmountOfWaterWithdrawnFromAllSites = 5 utr:m3")["B6"]
    assert row.status == "Reported in part" and "Water consumption. Missing: " in row.reason


BASIC = """
BasisForPreparation = OptionABasicModuleOnlyMember
ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation = B6-WaterMember
ListOfDisclosuresForWhichNoChangesAreReportedComparedToThePreviousPeriodReporting = B5-BiodiversityMember
TotalEnergyConsumption = 5 utr:MWh
NumberOfPermanentContractEmployees = 3
NumberOfTemporaryContractEmployees = 1
NumberOfFemaleEmployees = 2
NumberOfMaleEmployees = 2
EmployeeTurnoverRate = 0.1
RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod = 0
NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod = 0
NumberOfFatalitiesAsAResultOfWorkRelatedInjuriesAndWorkRelatedIllHealth = 0
"""


def test_a_company_of_the_basic_module_has_every_kind_of_status_with_its_reason() -> None:
    rows = index(BASIC)
    kinds = {code: row.status for code, row in rows.items()}
    assert {kinds[f"C{number}"] for number in range(1, 10)} == {"Not applicable"}
    assert {kinds["B3"], kinds["B6"], kinds["B5"], kinds["B9"], kinds["B10"]} == {
        "Reported in part",
        "Omitted",
        "Unchanged",
        "Reported",
        "Not reported",
    }
    assert {code for code, row in rows.items() if not row.reason} == {
        code for code, kind in kinds.items() if kind == "Reported"
    }
    assert rows["C1"].reason == "The basic module alone was chosen (option A)."
    assert all(not row.section for code, row in rows.items() if kinds[code] not in ("Reported", "Reported in part"))


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_official_samples_say_of_each_disclosure_what_became_of_it(name: str) -> None:
    filed = sample(name)
    statuses = applicability(filed, DEFINITIONS, filed.edition)
    document = compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions(statuses=statuses))
    sections = {section.id: section for part in document.parts for section in part.sections}
    for row in document.index:
        assert row.status == "Reported" or row.reason, row
        assert bool(row.section) == row.status.startswith("Reported"), row
    for section in sections.values():
        assert any(not isinstance(block, Note) for block in section.blocks), section.id
