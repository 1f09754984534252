"""What workbooks answer besides the concepts: read by place or by name, for rules to compare with, never reported."""

from __future__ import annotations

import difflib
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from books import IDENTITY, book

from esgreport.check import check
from esgreport.definitions import load
from esgreport.errors import DefinitionError, WorkbookError
from esgreport.facts import bind, filing_from_document, filing_to_document
from esgreport.model import Area, Filing, Workbook
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


@pytest.mark.parametrize("version", ["1.4.0", "2.0", "-", "1.30.0"])
def test_a_version_nobody_has_looked_at_is_not_searched(version: str) -> None:
    assert answers(TURNOVER, TEMPLATE.replace("1.3.0", version)) == {}


def test_a_name_on_a_sheet_of_its_own_is_read_too() -> None:
    text = "EmployeesWhoLeft -> Aside!B2\nAside!B2 = 12\nTurnover -> S!A1\nS!A1 = 5\n"
    assert answers(text, IDENTITY) == {"EmployeesWhoLeft": (Decimal(12), "B2")}


def test_they_are_neither_facts_nor_dropped_nor_in_the_facts_document() -> None:
    filing, findings = bind(book(TURNOVER, TEMPLATE), DEFINITIONS)
    assert [fact.concept for fact in filing.facts] == ["EmployeeTurnoverRate"]
    assert (filing.dropped, filing.cells_filled, findings) == ((), 1, ())
    document = filing_to_document(filing, DEFINITIONS)
    asked = document.pop("asked_at")
    assert "EmployeesWhoLeft" in str(asked)
    assert "EmployeesWhoLeft" not in str(document) and "170" not in str(asked)


def test_the_cell_that_asks_is_known_where_nothing_is_answered() -> None:
    filing, _ = bind(book("GenderDiversityRatioInGovernanceBody -> G!H9\nG!H9 = 0.5\n", TEMPLATE), DEFINITIONS)
    assert {name: source.cell for name, source in filing.asked_at if "GovernanceBody" in name} == {
        "GenderDiversityRatioInGovernanceBody": "H9",
        "HasGovernanceBody": "H6",
        "WomenInGovernanceBody": "H7",
        "MenInGovernanceBody": "H8",
    }


def test_what_cannot_be_read_is_no_answer() -> None:
    text = "EmployeeTurnoverRate -> S!D4\nS!D1 = a dozen\nS!D2 = -\nS!D4 = 0.1\n"
    assert answers(text) == {}
    filing, findings = bind(book(text, TEMPLATE), DEFINITIONS)
    assert [(each.code, each.source.cell) for each in findings] == [("CELL-03", "D1")]
    assert "Employees who left in the period" in findings[0].message
    assert (len(filing.facts), filing.dropped, filing.cells_filled) == (1, (), 1)


def test_a_rate_that_cannot_be_worked_out_is_mended_in_the_cell_that_is_no_number() -> None:
    text = "EmployeeTurnoverRate -> S!D4\nS!D1 = 14 persons\nS!D2 = 176\nS!D3 = 180\nS!D4 = #VALUE!\n"
    filing, findings = bind(book(text, TEMPLATE), DEFINITIONS)
    assert [(each.code, each.source.cell) for each in findings] == [("CELL-03", "D1")]
    assert [(each.code, each.source.cell) for each in filing.dropped] == [("CELL-03", "D4")]


def test_a_box_or_list_that_holds_something_else_is_no_finding() -> None:
    text = "GenderDiversityRatioInGovernanceBody -> G!H9\nG!H6 = perhaps\nG!H9 = 0.5\n"
    filing, findings = bind(book(text, TEMPLATE), DEFINITIONS)
    assert (filing.side_answers, findings) == ((), ())


RATIO = """
FemaleToMaleRatioAtManagementLevelForTheReportingPeriod -> S!D9
S!D8 = 3
S!D9 = #DIV/0!
"""


@pytest.mark.parametrize(("men", "code"), [("0", "CELL-14"), ("2", "CELL-01"), ("-", "CELL-01")])
def test_a_ratio_divided_by_a_nought_that_was_answered_is_undefined_and_no_error(men: str, code: str) -> None:
    filing, findings = bind(book(RATIO + f"S!D7 = {men}\n", TEMPLATE), DEFINITIONS)
    assert [(each.code, each.source.cell) for each in findings] == [(code, "D9")]
    assert [(each.code, each.source.cell) for each in filing.dropped] == [(code, "D9")]
    assert filing.cells_filled == 1


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


# ── a facts file may bring them ──────────────────────────────────────────────────────────────────────────────


def document(*beside: dict[str, object]) -> dict[str, object]:
    period = {"start": "2025-01-01", "end": "2025-12-31"}
    rate = {"concept": "EmployeeTurnoverRate", "value": "0.2", "unit": "xbrli:pure", "decimals": 4, "period": period}
    entity = {"name": "Muster GmbH", "identifier": "IT01234567890", "scheme": ""}
    taxonomy = DEFINITIONS.taxonomies[-1].entry_point
    whole = {"taxonomy": taxonomy, "entity": entity, "currency": "EUR", "period": period}
    return whole | {"facts": [rate], "side_answers": list(beside)}


def people(concept: str, value: str) -> dict[str, object]:
    period = {"start": "2025-01-01", "end": "2025-12-31"}
    return {"concept": concept, "value": value, "unit": "xbrli:pure", "decimals": "INF", "period": period}


def test_a_facts_file_may_bring_side_answers_and_is_checked_with_them() -> None:
    given = (
        people("EmployeesWhoLeft", "14"),
        people("EmployeesAtTheBeginning", "176"),
        people("EmployeesAtTheEnd", "180"),
    )
    filing = filing_from_document(document(*given), DEFINITIONS, "x.json")
    assert [each.concept for each in filing.facts] == ["EmployeeTurnoverRate"]
    assert [each.value for each in filing.side_answers] == [14, 176, 180]
    assert "VSME-B8-05" in {each.code for each in check(filing, DEFINITIONS)}


def test_a_fact_is_no_side_answer_and_the_other_way_round() -> None:
    with pytest.raises(WorkbookError, match=r"side_answers\.0 \(EmployeeTurnoverRate\): unknown side answer"):
        filing_from_document(document(people("EmployeeTurnoverRate", "1")), DEFINITIONS, "x.json")
    wrong = document() | {"facts": [people("EmployeesWhoLeft", "1")]}
    with pytest.raises(WorkbookError, match=r"facts\.0 \(EmployeesWhoLeft\): unknown concept"):
        filing_from_document(wrong, DEFINITIONS, "x.json")


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


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1", "1.3.0"])
def test_the_words_beside_each_cell_are_those_of_version_1_2(version: str) -> None:
    words = {name: (questions_beside(name, version), questions_beside(name, "1.2.0")) for name in BESIDE}
    for name, (here, there) in words.items():
        if version[:3] in DEFINITIONS.side_answers[name].versions and there:
            close = difflib.SequenceMatcher(None, here, there).ratio()
            assert close > 0.8, f"{name}: {here!r}, {there!r}"


BESIDE = [name for name, each in DEFINITIONS.side_answers.items() if each.beside and each.type != "percent"]


def questions_beside(name: str, version: str) -> str:
    """The text left of the cell a side answer stands in, in the official workbook of a version."""
    workbook, names = template(version)
    answer = DEFINITIONS.side_answers[name]
    name = f"{answer.beside}_{answer.member or 'BaselineYearMember'}"
    anchor = names.get(name) or names[answer.beside]
    row, column = anchor.top + answer.rows, anchor.left + answer.columns
    texts = (workbook.cell(anchor.sheet, row, each).value for each in range(column - 1, 2, -1))
    return next((each for each in texts if isinstance(each, str) and len(each) > 10), "")


@cache
def template(version: str) -> tuple[Workbook, dict[str, Area]]:
    kind = "" if version == "1.3.0" else "Sample-"
    path = OFFICIAL / f"VSME-Digital-Template-{kind}{version}.xlsx"
    if not path.exists():
        pytest.skip("the official workbooks are not beside the checkout (../shared)")
    workbook = read_workbook(path, path.name)
    return workbook, {each.name: each.area for each in workbook.names if each.area}


# ── the definitions ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_side_answer_is_worded_in_every_language_and_belongs_to_a_disclosure() -> None:
    disclosures = {each.code for each in DEFINITIONS.disclosures}
    languages = {code for code, language in DEFINITIONS.languages.items() if language.complete}
    for name, answer in DEFINITIONS.side_answers.items():
        assert answer.disclosure in disclosures, name
        assert languages <= {code for code, text in answer.labels.items() if text}, name
        assert not answer.help or languages <= {code for code, text in answer.help.items() if text}, name


def test_a_side_answer_of_nothing_or_of_a_concepts_name_is_refused(tmp_path: Path) -> None:
    from esgreport.definitions.side_answers import load_side_answers

    answer = (
        "versions: []\nanswers:\n  - {name: %s, disclosure: B1, type: number, period: duration, labels: {en: X}%s}\n"
    )
    for name, place, complaint in (
        ("Leavers", ", beside: EmployeeTurnoverRat", "unknown concept 'EmployeeTurnoverRat'. Did you mean"),
        ("Turnover", ", beside: EmployeeTurnoverRate", "there is one of that name already"),
        ("Leavers", "", "beside which concept"),
    ):
        (tmp_path / "side_answers.yaml").write_text(answer % (name, place), encoding="utf-8")
        with pytest.raises(DefinitionError, match=complaint):
            load_side_answers(tmp_path / "side_answers.yaml", DEFINITIONS.concepts)
