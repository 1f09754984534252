"""Charts of training, accidents and intensity: bars of single figures, and years of what was computed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from filings import DEFINITIONS, filing
from pydantic import ValidationError

from esgreport.compose import ReportOptions, compose_report
from esgreport.definitions.layout import FiguresChart
from esgreport.document import Chart
from esgreport.facts import combined
from esgreport.measure import measure
from esgreport.model import Period

TRAINING = """
AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 24 xbrli:pure
AverageNumberOfAnnualTrainingHoursPerMaleEmployee = 16.5 xbrli:pure
AverageNumberOfAnnualTrainingHoursPerEmployee = 20 xbrli:pure
"""
ACCIDENTS = "NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod = {} xbrli:pure"
INTENSITY = """
TotalGrossLocationBasedScope1AndScope2GHGEmissions = {} utr:tCO2e
Turnover = 2000000 iso4217:EUR
"""


def charts(*tables: str, language: str = "en") -> dict[str, Chart]:
    """The charts of the report for 2025 of tables for 2025, 2024, 2023 …"""
    years = [
        filing(table, period=Period(date(2025 - n, 12, 31), date(2025 - n, 1, 1)), file=f"{2025 - n}.xlsx")
        for n, table in enumerate(tables)
    ]
    filed, _ = combined(years, DEFINITIONS, language)
    document = compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions(language))
    sections = [section for part in document.parts for section in part.sections]
    return {block.id: block for section in sections for block in section.blocks if isinstance(block, Chart)}


def test_training_is_drawn_by_gender_with_the_average_in_the_title() -> None:
    chart = charts(TRAINING)["chart-training"]
    assert (chart.kind, chart.title) == ("bars", "Hours of training per employee: 20")
    assert chart.categories == ("Women", "Men")
    assert [(one.label, one.role, one.values) for one in chart.series] == [
        ("2025", "actual", (Decimal(24), Decimal("16.5")))
    ]
    assert "Women: 2025 24.0; Men: 2025 16.5." in chart.description


def test_the_year_before_stands_beside_training() -> None:
    chart = charts(TRAINING, TRAINING.replace("24", "12"))["chart-training"]
    assert [(one.label, one.role, one.values[0]) for one in chart.series] == [
        ("2024", "prior", Decimal(12)),
        ("2025", "actual", Decimal(24)),
    ]
    assert chart.subtitle == "Average annual training hours per employee by gender, 2025 and 2024"


def test_training_of_one_gender_alone_is_no_chart() -> None:
    assert "chart-training" not in charts(TRAINING.splitlines()[1])
    assert "chart-training" not in charts(TRAINING.replace("24", "0"))


def test_without_an_average_the_title_says_what_is_drawn() -> None:
    without = "\n".join(TRAINING.splitlines()[:3])
    assert charts(without, language="de")["chart-training"].title == "Schulungsstunden nach Geschlecht"


def test_accidents_of_three_years_are_a_trend_of_counts_that_says_no_percentage() -> None:
    chart = charts(*(ACCIDENTS.format(n) for n in (4, 0, 6)))["chart-accidents-years"]
    assert (chart.title, chart.categories) == ("Recordable work-related accidents", ("2023", "2024", "2025"))
    assert chart.series[0].values == (Decimal(6), Decimal(0), Decimal(4))
    assert "chart-accidents-years" not in charts(*(ACCIDENTS.format(n) for n in (4, 2)))


def test_the_intensity_of_three_years_is_drawn_in_its_own_unit() -> None:
    chart = charts(*(INTENSITY.format(n) for n in (30, 35, 40)))["chart-intensity-years"]
    assert chart.title == "Emissions intensity: 25.0% below 2023"
    assert "tCO₂e per million EUR" in chart.subtitle
    assert chart.series[0].values == (Decimal(20), Decimal("17.5"), Decimal(15))
    assert chart.series[0].shown == ("20.0", "17.5", "15.0")


def test_a_chart_of_figures_has_a_plain_title() -> None:
    given = {"kind": "figures_chart", "id": "x", "title": {"en": "{value}"}, "subtitle": {"en": "x"}, "concepts": []}
    with pytest.raises(ValidationError, match="needs a `plain` title"):
        FiguresChart.model_validate(given)
