"""Charts as values: titles that say what the numbers say, one unit, nothing drawn of nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from filings import DEFINITIONS, filing

from esgreport.compose import ReportOptions, compose_report
from esgreport.document import Chart
from esgreport.measure import measure


def charts(table: str, language: str = "en") -> dict[str, Chart]:
    filed = filing(table)
    document = compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions(language))
    sections = [section for part in document.parts for section in part.sections]
    return {block.id: block for section in sections for block in section.blocks if isinstance(block, Chart)}


ENERGY = """
EnergyConsumptionFromElectricity = 38 utr:MWh @RenewableEnergyMember
EnergyConsumptionFromFuels = 62000 utr:kWh @NonRenewableEnergyMember
"""


def test_the_energy_chart_says_how_much_is_renewable() -> None:
    chart = charts(ENERGY)["chart-energy"]
    assert (chart.kind, chart.title) == ("stack", "38% of the energy broken down is renewable")
    assert chart.subtitle == "Energy consumption by source, MWh, 2025"
    assert chart.categories == ("Electricity", "Fuels")
    assert [one.values for one in chart.series] == [(Decimal(38), None), (None, Decimal(62))]
    assert [one.shown for one in chart.series] == [("38", ""), ("", "62")]


def test_a_chart_says_all_its_numbers_in_words() -> None:
    assert charts(ENERGY)["chart-energy"].description == (
        "38% of the energy broken down is renewable. Energy consumption by source, MWh, 2025. "
        "Electricity: Renewable 38; Fuels: Non-renewable 62."
    )


def test_a_share_that_rounds_to_none_or_all_is_said_more_exactly() -> None:
    assert charts(ENERGY.replace("= 38 ", "= 0.2 "))["chart-energy"].title.startswith("0.3% of")


@pytest.mark.parametrize(
    "table",
    [
        "EnergyConsumptionFromElectricity = 38 utr:MWh @RenewableEnergyMember",
        "EnergyConsumptionFromElectricity = 38 utr:MWh",
        ENERGY.replace("= 38 ", "= 0 "),
        ENERGY.replace("= 38 ", "= -38 "),
        ENERGY.replace("utr:kWh", "utr:t"),
        "NumberOfFemaleEmployees = 4",
        "NumberOfFemaleEmployees = 4\nNumberOfMaleEmployees = 0",
        "NumberOfMaleEmployees = 4\nNumberOfOtherGenderEmployees = 1",
        "NumberOfEmployeesForCountryOfEmploymentContract = 5 @IT",
        "GrossScope1GreenhouseGasEmissions = 75 utr:tCO2e",
    ],
)
def test_one_bar_or_what_cannot_be_drawn_is_no_chart(table: str) -> None:
    assert charts(table) == {}


EMISSIONS = """
GrossScope1GreenhouseGasEmissions = 82 utr:tCO2e
GrossScope1GreenhouseGasEmissions = 100 utr:tCO2e @BaselineYearMember
GrossScope1GreenhouseGasEmissions = 40 utr:tCO2e @TargetYearMember
TotalGrossLocationBasedScope1AndScope2GHGEmissions = 82 utr:tCO2e
TotalGrossLocationBasedScope1AndScope2GHGEmissions = 100 utr:tCO2e @BaselineYearMember
"""


def test_the_emissions_chart_has_base_year_this_year_and_target() -> None:
    chart = charts(EMISSIONS)["chart-emissions"]
    assert (chart.kind, chart.categories) == ("columns", ("Scope 1",))
    assert [(one.role, one.label, one.shown) for one in chart.series] == [
        ("prior", "2020 (Base year)", ("100",)),
        ("actual", "2025", ("82",)),
        ("target", "2030 (Target year)", ("40",)),
    ]


@pytest.mark.parametrize(
    ("now", "title"),
    [
        ("82", "Scope 1 and 2 emissions are 18% below 2020"),
        ("118", "Scope 1 and 2 emissions are 18% above 2020"),
        ("100", "Scope 1 and 2 emissions are as in 2020"),
        ("99.999", "Scope 1 and 2 emissions are as in 2020"),
    ],
)
def test_the_emissions_chart_says_what_became_of_them(now: str, title: str) -> None:
    assert charts(EMISSIONS.replace("= 82 ", f"= {now} "))["chart-emissions"].title == title


def test_without_a_base_year_the_emissions_chart_says_how_much_there_is() -> None:
    table = """
    GrossScope1GreenhouseGasEmissions = 82 utr:tCO2e
    GrossLocationBasedScope2GreenhouseGasEmissions = 18 utr:tCO2e
    """
    assert charts(table)["chart-emissions"].title == "Greenhouse gas emissions"
    table += "TotalGrossLocationBasedScope1AndScope2GHGEmissions = 100 utr:tCO2e"
    assert charts(table)["chart-emissions"].title == "Scope 1 and 2 emissions: 100 tCO₂e"


def test_waste_is_drawn_in_one_unit_the_longest_bar_first() -> None:
    chart = charts(
        """
        WasteDivertedToRecycleOrReuseMass = 800 utr:kg @W-150104-Non-Hazardous-MetallicPackagingMember
        WasteDirectedToDisposalMass = 3.2 utr:t @W-200101-Non-Hazardous-PaperAndCardboardMember
        TotalWasteGeneratedMass = 4000 utr:kg
        WasteDirectedToDisposalVolume = 9 utr:m3 @W-020103-Non-Hazardous-PlantTissueWasteMember
        """
    )["chart-waste"]
    assert chart.title == "20% of waste by mass is diverted to recycling or reuse"
    assert [one.values for one in chart.series] == [(None, Decimal("0.8")), (Decimal("3.2"), None)]
    assert chart.unit == "t"


def test_a_long_table_is_drawn_with_its_largest_rows_and_the_rest_in_one() -> None:
    members = ["IT", "DE", "FR", "ES", "PT", "AT", "PL", "CZ", "SE", "FI"]
    lines = [f"NumberOfEmployeesForCountryOfEmploymentContract = {100 - at} @{one}" for at, one in enumerate(members)]
    chart = charts("\n".join(lines))["chart-countries"]
    assert chart.kind == "bars"
    assert chart.categories[0] == "Italy" and chart.categories[-1] == "2 others" and len(chart.categories) == 9
    assert chart.series[0].values[-1] == Decimal(92 + 91)


@pytest.mark.parametrize("total", ["", "NumberOfEmployees = 9"])
def test_nothing_is_said_of_a_whole_that_is_not_the_one_drawn(total: str) -> None:
    table = f"NumberOfFemaleEmployees = 4\nNumberOfOtherGenderEmployees = 1\n{total}"
    assert charts(table)["chart-gender"].title == "Employees by gender"


def test_titles_follow_the_language() -> None:
    table = "NumberOfEmployees = 4\nNumberOfFemaleEmployees = 1\nNumberOfMaleEmployees = 3"
    titles = [charts(table, language)["chart-gender"].title for language in ("it", "de", "fr")]
    assert [title.replace("\u202f", "\xa0") for title in titles] == [
        "Donne: 25% dei dipendenti",
        "25\xa0% der Beschäftigten sind Frauen",
        "25\xa0% des salariés sont des femmes",
    ]
