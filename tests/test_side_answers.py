"""What workbooks answer besides the concepts: read by place or by name, for rules to compare with, never reported."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from books import IDENTITY, book

from esgreport.definitions import load
from esgreport.errors import DefinitionError
from esgreport.facts import bind, filing_to_document
from esgreport.model import Filing
from esgreport.read import read_workbook

DEFINITIONS = load()
OFFICIAL = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme"
TEMPLATE = IDENTITY + "template_reporting_template_version -> Top!A8\nTop!A8 = 1.3.0\n"
TURNOVER = """
EmployeeTurnoverRate -> Social!D9
Social!D6 = 14
Social!D7 = 170
Social!D8 = 180
Social!D9 = 0.08 {0%}
"""


def answers(text: str, identity: str = TEMPLATE) -> dict[str, tuple[object, str]]:
    """The side answers of a small workbook: value and cell by name."""
    filing, _ = bind(book(text, identity), DEFINITIONS)
    return {each.concept: (each.value, each.source.cell) for each in filing.side_answers}


def test_the_official_template_has_them_at_a_distance_from_a_named_cell() -> None:
    assert answers(TURNOVER) == {
        "EmployeesWhoLeft": (Decimal(14), "D6"),
        "EmployeesAtTheBeginning": (Decimal(170), "D7"),
        "EmployeesAtTheEnd": (Decimal(180), "D8"),
    }


def test_another_workbook_has_them_under_their_names_only() -> None:
    assert answers(TURNOVER, IDENTITY) == {}
    named = "EmployeesWhoLeft -> Social!F2\nSocial!F2 = 12\n"
    assert answers(TURNOVER + named, IDENTITY) == {"EmployeesWhoLeft": (Decimal(12), "F2")}


def test_they_are_neither_facts_nor_dropped_nor_in_the_facts_document() -> None:
    filing, findings = bind(book(TURNOVER, TEMPLATE), DEFINITIONS)
    assert [fact.concept for fact in filing.facts] == ["EmployeeTurnoverRate"]
    assert (filing.dropped, filing.cells_filled, findings) == ((), 1, ())
    document = filing_to_document(filing, DEFINITIONS)
    assert "EmployeesWhoLeft" not in str(document)


def test_the_cell_that_asks_is_known_where_nothing_is_answered() -> None:
    filing, _ = bind(book("GenderDiversityRatioInGovernanceBody -> G!H9\nG!H9 = 0.5\n", TEMPLATE), DEFINITIONS)
    assert {name: source.cell for name, source in filing.asked_at if "GovernanceBody" in name} == {
        "GenderDiversityRatioInGovernanceBody": "H9",
        "HasGovernanceBody": "H6",
        "WomenInGovernanceBody": "H7",
        "MenInGovernanceBody": "H8",
    }


def test_what_cannot_be_read_is_no_answer() -> None:
    text = "EmployeeTurnoverRate -> S!D4\nS!D1 = a dozen\nS!D2 = -\nS!D3 = #REF!\nS!D4 = 0.1\n"
    assert answers(text) == {}


def test_a_cell_above_the_first_row_is_none() -> None:
    assert answers("EmployeeTurnoverRate -> S!D2\nS!D1 = 180\nS!D2 = 0.1\n") == {
        "EmployeesAtTheEnd": (Decimal(180), "D1")
    }


def test_the_categories_of_scope_3_are_about_the_year_of_their_column() -> None:
    text = """
    GrossScope3GreenhouseGasEmissions_CurrentlyStatedMember -> E!D45
    GrossScope3GreenhouseGasEmissions_BaselineYearMember -> E!G45
    BaselineYearMember -> E!G21
    E!G21 = 2020
    E!D30 = 5
    E!G30 = 7
    E!D44 = 9
    """
    filing, _ = bind(book(text, TEMPLATE), DEFINITIONS)
    assert [
        (each.concept, each.value, dict(each.dimensions), each.period.end.year, each.unit)
        for each in filing.side_answers
    ] == [
        ("Scope3Category1", 7, {"ReportingScopesAxis": "BaselineYearMember"}, 2020, "utr:tCO2e"),
        ("Scope3Category1", 5, {}, 2025, "utr:tCO2e"),
        ("Scope3Category15", 9, {}, 2025, "utr:tCO2e"),
    ]


def test_each_cell_of_a_list_is_an_answer_of_its_own() -> None:
    text = "NaceSectorClassificationCodes -> G!E1:E9\nG!E1 = 28.99\nG!E2 = 25.62\nG!E4 = 28.99\nG!E5 = nonsense\n"
    filing, _ = bind(book(text, IDENTITY), DEFINITIONS)
    assert [(each.value, each.source.cell) for each in filing.side_answers] == [
        ("NACE_C2899", "E1"),
        ("NACE_C2562", "E2"),
        ("NACE_C2899", "E4"),
    ]


def test_money_without_a_currency_is_no_answer() -> None:
    text = "PercentageGapInPayBetweenFemaleAndMaleEmployees -> S!D3\nS!D1 = 20\nS!D3 = 0.1\n"
    assert answers(text) == {"HourlyPayOfMen": (Decimal(20), "D1")}
    assert answers(text, TEMPLATE.replace("Top!A4 = EUR", "Top!A4 = gold")) == {}


# ── the official workbooks ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1", "1.2.0"])
def test_every_version_of_the_template_has_them_at_the_same_distance(version: str) -> None:
    filing = official(version)
    values = {each.concept: each.value for each in filing.side_answers}
    assert {name: values[name] for name in EVERYWHERE} == EVERYWHERE
    assert values["HasWaterConsumingProcesses"] is (version != "1.2.0")
    assert ("OperatesInSeveralCountries" in values) is (version != "1.0.0")  # which does not ask yet
    own = sum(each.dimensions == () for each in filing.side_answers if each.concept.startswith("Scope3Category"))
    assert own == (1 if version == "1.2.0" else 2)


EVERYWHERE = {
    "HasSustainabilityCertifications": True,
    "HasPracticesPoliciesOrInitiatives": True,
    "EnergyBreakdownIsObtained": True,
    "DisclosesScope3": True,
    "MustReportPollution": True,
    "HasSitesInOrNearSensitiveAreas": True,
    "HasSignificantMaterialFlows": True,
    "EmployeesWhoLeft": 50,
    "EmployeesAtTheBeginning": 201,
    "EmployeesAtTheEnd": 151,
    "HoursWorked": 302000,
    "HourlyPayOfMen": 20,
    "HourlyPayOfWomen": 18,
    "EmployeesCoveredByCollectiveAgreements": 140,
    "HasConvictionsOrFines": True,
    "StrategyHasSustainabilityElements": True,
    "HasReductionTargets": True,
    "ReductionOfScope1": Decimal("-0.5"),
    "TransitionPlanStatus": "PlannedMember",
    "HasClimateHazards": True,
    "MenAtManagementLevel": 5,
    "WomenAtManagementLevel": 4,
    "HasListedRevenues": False,
    "ExcludedForElectricity": False,
    "ExcludedForNothing": True,
    "HasGovernanceBody": True,
    "WomenInGovernanceBody": 5,
    "MenInGovernanceBody": 2,
}


def official(version: str) -> Filing:
    """An official sample; the test is skipped where these are not at hand."""
    path = OFFICIAL / f"VSME-Digital-Template-Sample-{version}.xlsx"
    if not path.exists():
        pytest.skip("the official workbooks are not beside the checkout (../shared)")
    filing, _ = bind(read_workbook(path, path.name), DEFINITIONS)
    return filing


# ── the definitions ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_side_answer_is_worded_in_every_language_and_belongs_to_a_disclosure() -> None:
    disclosures = {each.code for each in DEFINITIONS.disclosures}
    languages = {code for code, language in DEFINITIONS.languages.items() if language.complete}
    for name, answer in DEFINITIONS.side_answers.items():
        assert answer.disclosure in disclosures, name
        assert languages <= {code for code, text in answer.labels.items() if text}, name


def test_a_side_answer_of_nothing_or_of_a_concepts_name_is_refused(tmp_path: Path) -> None:
    from esgreport.definitions.side_answers import load_side_answers

    answer = "answers:\n  - {name: %s, disclosure: B1, type: number, period: duration, labels: {en: X}%s}\n"
    for name, place, complaint in (
        ("Leavers", ", beside: EmployeeTurnoverRat", "unknown concept 'EmployeeTurnoverRat'. Did you mean"),
        ("Turnover", ", beside: EmployeeTurnoverRate", "there is one of that name already"),
        ("Leavers", "", "beside which concept"),
    ):
        (tmp_path / "side_answers.yaml").write_text(answer % (name, place), encoding="utf-8")
        with pytest.raises(DefinitionError, match=complaint):
            load_side_answers(tmp_path / "side_answers.yaml", DEFINITIONS.concepts)
