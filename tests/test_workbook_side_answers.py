"""Our own workbook asks besides the concepts what they follow from: written and read back, and shown as a rate."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from filings import DEFINITIONS
from rule_cases import filing

from esgreport.check import check
from esgreport.definitions.workbook import LinesBlock, load_layout
from esgreport.facts import bind
from esgreport.model import Filing
from esgreport.read import read_workbook
from esgreport.render.workbook import write_workbook
from esgreport.render.workbook_plan import plan_workbook

LAYOUT = load_layout(DEFINITIONS.folder)
ASKED = [
    line.concept
    for sheet in LAYOUT.sheets
    for block in sheet.blocks
    if isinstance(block, LinesBlock)
    for line in block.lines
    if line.concept in DEFINITIONS.side_answers
]
TURNOVER = ["EmployeesWhoLeft = 14", "EmployeesAtTheBeginning = 176", "EmployeesAtTheEnd = 180"]


def read_back(tmp_path: Path, given: Filing, language: str = "en") -> Filing:
    path = tmp_path / f"{language}.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, language, given))
    return bind(read_workbook(path, path.name), DEFINITIONS, language)[0]


def some_value(name: str) -> str:
    kind = DEFINITIONS.side_answers[name].type
    return {"boolean": "yes", "enumeration": "Adoption planned", "monetary": "21.5 EUR"}.get(kind, "3")


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_every_side_answer_that_is_asked_is_read_back(tmp_path: Path, language: str) -> None:
    given = filing(DEFINITIONS, [f"{name} = {some_value(name)}" for name in ASKED])
    assert len(given.side_answers) == len(ASKED) > 25
    found = read_back(tmp_path, replace(given, taxonomy=DEFINITIONS.taxonomies[-1].entry_point), language)
    assert {each.concept: each.value for each in found.side_answers} == {
        each.concept: each.value for each in given.side_answers
    }
    assert (found.facts, found.dropped) == ((), ())


def test_a_rate_shows_what_its_figures_make_and_may_be_typed_over() -> None:
    plan = plan_workbook(DEFINITIONS, LAYOUT, "en", None)
    boxes = {box.formula: box for sheet in plan.sheets for box in sheet.boxes if "EmployeesWhoLeft/" in box.formula}
    formula = (
        "=IF(COUNT(EmployeesWhoLeft,EmployeesAtTheBeginning,EmployeesAtTheEnd)=3,"
        "IF(AVERAGE(EmployeesAtTheBeginning,EmployeesAtTheEnd)>0,"
        'EmployeesWhoLeft/AVERAGE(EmployeesAtTheBeginning,EmployeesAtTheEnd),""),"")'
    )
    assert [(text, box.style.role) for text, box in boxes.items()] == [(formula, "answer")]


@pytest.mark.parametrize(
    ("lines", "rate", "value"),
    [
        (TURNOVER, "EmployeeTurnoverRate", Decimal(14) / 178),
        (
            ["HourlyPayOfMen = 20 EUR", "HourlyPayOfWomen = 18 EUR"],
            "PercentageGapInPayBetweenFemaleAndMaleEmployees",
            Decimal("0.1"),
        ),
        (
            ["NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod = 2", "HoursWorked = 400000"],
            "RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod",
            Decimal(1),
        ),
        (
            ["WomenInGovernanceBody = 2", "MenInGovernanceBody = 4"],
            "GenderDiversityRatioInGovernanceBody",
            Decimal("0.5"),
        ),
    ],
)
def test_a_rate_that_follows_from_its_figures_is_a_formula_with_its_result(
    tmp_path: Path, lines: list[str], rate: str, value: Decimal
) -> None:
    given = filing(DEFINITIONS, [*lines, f"{rate} = 0"])
    exact = tuple(replace(each, value=value) if each.concept == rate else each for each in given.facts)
    path = tmp_path / "book.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, "en", replace(given, facts=exact)))
    book = read_workbook(path, path.name)
    area = next(item.area for item in book.names if item.name == rate)
    assert area is not None
    stored = book.cell(area.sheet, area.top, area.left)
    assert stored.formula
    assert isinstance(stored.value, Decimal)
    assert abs(stored.value - value) < Decimal("1e-12")


def test_a_rate_that_does_not_is_kept_as_typed_and_found_in_its_cell(tmp_path: Path) -> None:
    given = filing(DEFINITIONS, [*TURNOVER, "EmployeeTurnoverRate = 12 % (4 decimals)"])
    found = read_back(tmp_path, given)
    rate = next(each for each in found.facts if each.concept == "EmployeeTurnoverRate")
    assert rate.value == Decimal("0.12")
    hits = [each for each in check(found, DEFINITIONS) if each.code == "VSME-B8-05"]
    assert [(each.source.sheet, each.source.cell) for each in hits] == [(rate.source.sheet, rate.source.cell)]


def test_figures_without_their_rate_leave_it_to_the_reader_of_the_file(tmp_path: Path) -> None:
    found = read_back(tmp_path, filing(DEFINITIONS, TURNOVER))
    assert found.facts == ()


def test_a_yes_without_what_follows_is_found_in_the_empty_cell(tmp_path: Path) -> None:
    found = read_back(tmp_path, filing(DEFINITIONS, ["HasSustainabilityCertifications = yes"]))
    place = dict(found.asked_at)["DescriptionOfSustainabilityRelatedCertificationsOrLabels"]
    hits = [each for each in check(found, DEFINITIONS) if each.code == "VSME-B1-07"]
    assert [(each.source.sheet, each.source.cell) for each in hits] == [(place.sheet, place.cell)]


def test_categories_of_scope_3_are_compared_with_its_total(tmp_path: Path) -> None:
    categories = ["Scope3Category1 = 120 tCO2e", "Scope3Category6 = 15.5 tCO2e"]
    right = read_back(tmp_path, filing(DEFINITIONS, [*categories, "GrossScope3GreenhouseGasEmissions = 135.5 tCO2e"]))
    assert [each.value for each in right.side_answers] == [Decimal(120), Decimal("15.5")]
    assert "VSME-B3-07" not in {each.code for each in check(right, DEFINITIONS)}
    wrong = read_back(tmp_path, filing(DEFINITIONS, [*categories, "GrossScope3GreenhouseGasEmissions = 140 tCO2e"]))
    total = next(each.source for each in wrong.facts)
    hits = [each for each in check(wrong, DEFINITIONS) if each.code == "VSME-B3-07"]
    assert [(each.source.sheet, each.source.cell) for each in hits] == [(total.sheet, total.cell)]
