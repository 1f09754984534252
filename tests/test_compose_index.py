"""The content index with an assessment: what is missing is named, and what does not apply says why."""

from __future__ import annotations

from filings import DEFINITIONS, filing

from esgreport.compose import ReportOptions, compose_report
from esgreport.document import IndexRow
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
