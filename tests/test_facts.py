"""From cells to facts: one test for each way a cell can be read, and for each way it can fail to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from books import IDENTITY, book

from esgreport import definitions
from esgreport.errors import WorkbookError
from esgreport.facts import bind, filing_from_document
from esgreport.model import Fact, Filing, Finding, Period

YEAR = Period(date(2025, 12, 31), date(2025, 1, 1))


def bound(text: str, identity: str = IDENTITY) -> tuple[Filing, tuple[Finding, ...]]:
    filing, findings = bind(book(text, identity), definitions.load())
    assert filing.cells_filled == len(filing.facts) + len(filing.dropped)
    return filing, findings


def only(text: str) -> Fact:
    """The one fact of a book, which has no findings."""
    filing, findings = bound(text)
    assert [str(finding) for finding in findings] == []
    (fact,) = filing.facts
    return fact


def troubles(text: str) -> list[tuple[str, str]]:
    """Code and cell of each finding of a book that gives no fact."""
    filing, findings = bound(text)
    assert filing.facts == ()
    return [(finding.code, finding.source.cell) for finding in findings]


# ── single cells ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_keeps_its_full_precision_whatever_its_format_shows() -> None:
    fact = only("TotalEnergyConsumption -> E!B2\nE!B2 = 0.004 {0.00}")
    assert (fact.value, fact.unit, fact.decimals, fact.period) == (Decimal("0.004"), "utr:MWh", 2, YEAR)
    assert (fact.source.sheet, fact.source.cell, fact.source.name) == ("E", "B2", "TotalEnergyConsumption")


@pytest.mark.parametrize(
    ("number_format", "decimals"),
    [("0.00", 2), ("#,##0.0", 1), ("General", "INF"), ("0%", "INF"), ("0.00%", 4), ("0.00E+00", 2), ("@", "INF")],
)
def test_decimals_come_from_the_number_format(number_format: str, decimals: object) -> None:
    assert only(f"EmployeeTurnoverRate -> S!D1\nS!D1 = 0.25 {{{number_format}}}").decimals == decimals


def test_money_is_in_the_currency_of_the_report() -> None:
    assert only("Turnover -> G!E1\nG!E1 = 235000 {0.00}").unit == "iso4217:EUR"


def test_an_instant_concept_is_dated_on_the_last_day() -> None:
    assert only("NumberOfEmployees -> G!E1\nG!E1 = 180").period == Period(date(2025, 12, 31))


def test_text_keeps_its_line_breaks_and_blanks() -> None:
    fact = only("DescriptionOfMainBusinessRelationships -> G!E1\nG!E1 =  First\\n\\nSecond ")
    assert fact.value == " First\n\nSecond"


def test_a_number_typed_where_text_belongs_is_its_text() -> None:
    text = "IdentifierOfSiteTypedAxis -> G!A1:A2\nPostalCodeOfSite -> G!C1:C2\nG!A1 = 1\nG!C1 = 20121"
    assert only(text).value == "20121"


def test_an_empty_cell_and_the_placeholder_are_no_answers() -> None:
    filing, findings = bound("Turnover -> G!E1\nAssets -> G!E2\nG!E2 = -")
    assert (filing.facts, filing.dropped, findings) == ((), (), ())


def test_an_unknown_name_is_no_business_of_ours() -> None:
    filing, findings = bound("Turnover -> G!E1\nPrintArea -> G!A1:Z9\nMyNotes_x -> G!E2\nG!E1 = 5\nG!E2 = 7")
    assert len(filing.facts) == 1
    assert findings == ()


# ── numbers as text ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("(5)", "-5"),
        ("−5,25", "-5.25"),
        ("'007", "7"),
        ("12,5 %", "0.125"),
    ],
)
def test_a_number_typed_as_text_is_read_when_only_one_reading_is_possible(text: str, value: str) -> None:
    fact = only(f"EmployeeTurnoverRate -> S!D1\nS!D1 = {text}")
    assert fact.value == Decimal(value)


def test_a_number_with_two_readings_is_not_guessed() -> None:
    filing, findings = bound("Turnover -> G!E1\nG!E1 = '1.234")
    assert filing.facts == ()
    assert "1.234 or 1234" in findings[0].message


def test_the_habit_of_the_sheet_settles_a_number_with_two_readings() -> None:
    filing, findings = bound("Turnover -> G!E1\nAssets -> G!E2\nG!E1 = '1.234\nG!E2 = '12,50")
    assert findings == ()
    assert {fact.concept: fact.value for fact in filing.facts} == {
        "Turnover": Decimal(1234),
        "Assets": Decimal("12.50"),
    }


@pytest.mark.parametrize("text", ["about 5", "5 t", "1.2.3,4", "twelve", "1,23,456.7"])
def test_a_text_that_is_no_number_is_dropped_with_its_cell(text: str) -> None:
    assert troubles(f"Turnover -> G!E1\nG!E1 = {text}") == [("CELL-03", "E1")]


# ── yes and no, dates, years, choices ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("TRUE", True),
        ("FALSE", False),
        ("Yes", True),
        ("no", False),
        ("Sì", True),
        ("Nein", False),
        ("oui", True),
        ("1", True),
    ],
)
def test_yes_and_no_are_read_in_every_language(text: str, value: bool) -> None:
    assert only(f"PubliclyAvailableDisclosure -> E!D1\nE!D1 = {text}").value is value


def test_neither_yes_nor_no_is_dropped() -> None:
    assert troubles("PubliclyAvailableDisclosure -> E!D1\nE!D1 = perhaps") == [("CELL-05", "D1")]


@pytest.mark.parametrize("text", ["2028-03-01", "'2028-03-01", "01/03/2028", "1.3.2028"])
def test_a_date_is_read_from_a_date_cell_or_text_with_the_day_first(text: str) -> None:
    name = "DateOfAdoptionOfTransitionPlanForUndertakingNotHavingAdoptedTransitionPlanYet"
    assert only(f"{name} -> E!D1\nE!D1 = {text}").value == date(2028, 3, 1)


def test_a_day_that_no_calendar_has_is_dropped() -> None:
    name = "DateOfAdoptionOfTransitionPlanForUndertakingNotHavingAdoptedTransitionPlanYet"
    assert troubles(f"{name} -> E!D1\nE!D1 = 31/02/2028") == [("CELL-06", "D1")]


@pytest.mark.parametrize(
    ("concept", "text", "member"),
    [
        ("CountryOfPrimaryOperationsAndLocationOfSignificantAssets", "Italien", "IT"),
        ("CountryOfPrimaryOperationsAndLocationOfSignificantAssets", "ES", "ES"),
        ("BasisForReporting", "Sustainability report prepared on a consolidated basis", "ConsolidatedMember"),
        ("UndertakingsLegalForm", "private limited liability undertaking", "PrivateLimitedLiabilityUndertakingMember"),
    ],
)
def test_a_choice_is_read_by_code_or_name_in_any_language(concept: str, text: str, member: str) -> None:
    assert only(f"{concept} -> G!E1\nG!E1 = {text}").value == member


def test_a_misspelt_choice_is_dropped_with_the_closest_one_named() -> None:
    name = "CountryOfPrimaryOperationsAndLocationOfSignificantAssets"
    _, findings = bound(f"{name} -> G!E1\nG!E1 = Itali")
    assert [finding.code for finding in findings] == ["CELL-09"]
    assert "“Italy”" in findings[0].message


def test_the_workbooks_own_translations_are_used_for_other_languages() -> None:
    text = """
    template_translations -> T!A1:B1
    T!A1 = English
    T!B1 = Dansk
    T!A2 = cooperative
    T!B2 = kooperativ
    UndertakingsLegalForm -> G!E1
    G!E1 = Kooperativ
    """
    assert only(text).value == "CooperativeMember"


# ── sets ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ticks_stand_for_the_members_at_their_place() -> None:
    name = "SustainabilityIssueAddressedByPracticePolicyAndOrFutureInitiative"
    fact = only(f"{name} -> G!D1:M1\nG!D1 = TRUE\nG!E1 = FALSE\nG!H1 = TRUE")
    assert fact.value == ("CircularEconomyMember", "ClimateChangeMember")
    assert fact.source.cell == "D1:M1"


def test_the_fifth_tick_of_the_incident_list_is_other_as_the_template_labels_it() -> None:
    fact = only("TypeOfHumanRightRelatedToTheConfirmedIncident -> S!D1:H5\nS!D1 = FALSE\nS!D5 = TRUE")
    assert fact.value == ("OtherContentMember",)


def test_texts_of_a_set_are_joined_and_sorted() -> None:
    fact = only("NaceSectorClassificationCodes -> G!E1:E9\nG!E1 = 71.11\nG!E3 = NACE G - 47.21 Retail sale of fruit")
    assert fact.value == ("NACE_G4721", "NACE_N7111")


def test_one_bad_text_of_a_set_does_not_lose_the_others() -> None:
    filing, findings = bound("NaceSectorClassificationCodes -> G!E1:E9\nG!E1 = 71.11\nG!E2 = 99.99.99")
    assert [fact.value for fact in filing.facts] == [("NACE_N7111",)]
    assert [(item.source.cell, item.code) for item in filing.dropped] == [("E2", findings[0].code)]


def test_none_alone_is_an_empty_set_and_no_tick_is_no_answer() -> None:
    name = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
    assert only(f"{name} -> G!E1:E9\nG!E1 = None").value == ()
    assert troubles(f"{name} -> G!E1:E9\nG!E1 = None\nG!E2 = B6 - Water") == [("CELL-11", "E1:E9")]
    filing, _ = bound(f"{name} -> G!E1:E9\nG!E1 = FALSE")
    assert filing.cells_filled == 0


# ── units ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "unit"),
    [("hectares (ha)", "utr:ha"), ("squared meters (m2)", "utr:sqm"), ("m²", "utr:sqm"), ("utr:ha", "utr:ha")],
)
def test_the_unit_cell_speaks_for_its_concept(text: str, unit: str) -> None:
    assert only(f"TotalUseOfLand -> E!D1\nTotalUseOfLand_unit -> E!C1\nE!D1 = 5\nE!C1 = {text}").unit == unit


WASTE = """
WasteGeneratedTable -> E!A1:D3
TypeOfWasteAxis -> E!A1:A3
WasteDivertedToRecycleOrReuseMass -> E!C1:C3
WasteDivertedToRecycleOrReuseVolume -> E!C1:C3
WasteDivertedToRecycleOrReuseMass_unit -> E!B1:B3
WasteDivertedToRecycleOrReuseVolume_unit -> E!B1:B3
E!A1 = 15 01 02
E!C1 = 7
"""


@pytest.mark.parametrize(
    ("text", "concept", "unit"),
    [
        ("kilograms (kg)", "WasteDivertedToRecycleOrReuseMass", "utr:kg"),
        ("metric tonnes (t)", "WasteDivertedToRecycleOrReuseMass", "utr:t"),
        ("cubic meters (m3)", "WasteDivertedToRecycleOrReuseVolume", "utr:m3"),
    ],
)
def test_the_unit_decides_whether_a_shared_cell_is_mass_or_volume(text: str, concept: str, unit: str) -> None:
    fact = only(f"{WASTE}\nE!B1 = {text}")
    assert (fact.concept, fact.unit) == (concept, unit)
    assert fact.member("TypeOfWasteAxis") == "W-150102-Non-Hazardous-PlasticPackagingMember"


def test_a_blank_unit_cell_is_one_finding_and_its_numbers_are_dropped() -> None:
    text = """
    TotalUseOfLand -> E!D1
    TotalSealedArea -> E!D2
    TotalUseOfLand_unit -> E!C1
    TotalSealedArea_unit -> E!C1
    E!D1 = 5
    E!D2 = 3
    """
    filing, findings = bound(text)
    assert [(finding.code, finding.source.cell) for finding in findings] == [("UNIT-01", "C1")]
    assert [(item.source.cell, item.code) for item in filing.dropped] == [("D2", "UNIT-01"), ("D1", "UNIT-01")]


def test_a_unit_of_another_kind_is_refused() -> None:
    assert troubles(f"{WASTE}\nE!B1 = MWh") == [("UNIT-02", "B1")]


# ── tables, presets, periods ─────────────────────────────────────────────────────────────────────────────────


def test_a_row_of_a_table_takes_its_member_from_its_heading() -> None:
    text = """
    NumberOfEmployeesForCountryOfEmploymentContractTable -> S!A1:C9
    CountryOfEmploymentContractAxis -> S!A1:B9
    NumberOfEmployeesForCountryOfEmploymentContract -> S!C1:C9
    S!A2 = Germany
    S!C2 = 12
    S!A5 = Austria
    S!C5 = 3
    """
    filing, findings = bound(text)
    assert findings == ()
    found = {fact.member("CountryOfEmploymentContractAxis"): fact.source.cell for fact in filing.facts}
    assert found == {"DE": "C2", "AT": "C5"}


SITES = "IdentifierOfSiteTypedAxis -> G!A1:A9\nCityOfSite -> G!B1:B9\nCountryOfSite -> G!C1:C9\n"


def test_a_typed_heading_is_its_text() -> None:
    filing, _ = bound(SITES + "G!A1 = 1\nG!B1 = Parma\nG!A2 = Plant\\n2\nG!B2 = Lodi")
    assert [fact.dimensions for fact in filing.facts] == [
        (("IdentifierOfSiteTypedAxis", "1"),),
        (("IdentifierOfSiteTypedAxis", "Plant2"),),
    ]


def test_a_value_without_heading_is_dropped_with_the_cell_that_wants_one() -> None:
    assert troubles(SITES + "G!B4 = Parma") == [("AXIS-01", "A4")]


def test_a_heading_of_ones_own_without_values_is_said_but_preprinted_numbers_are_not() -> None:
    assert troubles(SITES + "G!A1 = 1\nG!A2 = 2\nG!A3 = Milan plant") == [("AXIS-02", "A3")]


def test_rows_whose_column_of_headings_was_lost_are_dropped_for_that_reason_and_said_once_a_column() -> None:
    filing, findings = bound(
        "IdentifierOfSiteTypedAxis -> #REF!\nCityOfSite -> G!B1:B9\nG!B1 = Parma\nG!B2 = Lodi\n"
        "SiteLocatedInABiodiversitySensitiveArea -> E!B1:B9\nE!B1 = FALSE"
    )
    assert [(item.code, item.source.cell) for item in filing.dropped] == [("AXIS-03", "B1"), ("AXIS-03", "B2")]
    assert [finding.code for finding in findings] == ["NAME-01", "AXIS-03"]


def test_boxes_left_unticked_in_rows_nobody_filled_in_are_no_answers() -> None:
    box = "SiteLocatedInABiodiversitySensitiveArea -> E!B1:B9\nE!B1 = FALSE\nE!B2 = FALSE"
    text = f"IdentifierOfSiteTypedAxis -> E!A1:A9\n{box}"
    filing, findings = bound(text)
    assert (filing.cells_filled, findings) == (0, ())


def test_a_preset_member_qualifies_the_fact_and_a_default_one_does_not() -> None:
    text = """
    EnergyConsumptionFromFuels_RenewableEnergyMember -> E!A1
    EnergyConsumptionFromFuels_TotalRenewableAndNonRenewableEnergyMember -> E!B1
    E!A1 = 1
    E!B1 = 3
    """
    filing, _ = bound(text)
    assert [fact.dimensions for fact in filing.facts] == [
        (("BreakdownOfEnergyConsumptionAxis", "RenewableEnergyMember"),),
        (),
    ]


TARGET = """
BaselineYearMember -> E!G1
GreenhouseGasEmissionReductionTargetBaseYear -> E!G1
GrossScope1GreenhouseGasEmissions_BaselineYearMember -> E!G2
E!G2 = 100
"""


def test_the_base_year_has_a_period_of_its_own() -> None:
    filing, findings = bound(TARGET + "E!G1 = 2020")
    assert findings == ()
    by_concept = {fact.concept: fact for fact in filing.facts}
    assert by_concept["GrossScope1GreenhouseGasEmissions"].period == Period(date(2020, 12, 31), date(2020, 1, 1))
    assert by_concept["GreenhouseGasEmissionReductionTargetBaseYear"].value == "2020"


def test_a_fiscal_year_that_ends_on_29_february_has_base_years_that_end_on_the_28th() -> None:
    identity = IDENTITY.replace("2025-01-01", "2023-03-01").replace("2025-12-31", "2024-02-29")
    filing, _ = bound(TARGET + "E!G1 = 2021", identity)
    periods = {fact.concept: fact.period for fact in filing.facts}
    assert periods["GrossScope1GreenhouseGasEmissions"] == Period(date(2021, 2, 28), date(2020, 2, 29))


@pytest.mark.parametrize("year", ["", "E!G1 = soon", "E!G1 = 2019.7"])
def test_figures_of_a_year_that_is_not_named_are_dropped(year: str) -> None:
    filing, findings = bound(TARGET + year)
    assert filing.facts == ()
    assert ("TIME-01", "G1") in [(finding.code, finding.source.cell) for finding in findings]


# ── what goes wrong with workbooks ───────────────────────────────────────────────────────────────────────────


def test_an_excel_error_is_dropped_with_its_cell() -> None:
    assert troubles("Turnover -> G!E1\nG!E1 = #REF!") == [("CELL-01", "E1")]


def test_formulas_without_results_are_one_finding_a_sheet() -> None:
    filing, findings = bound("Turnover -> G!E1\nAssets -> G!E2\nG!E1 = =\nG!E2 = =")
    assert [(finding.code, finding.source.cell) for finding in findings] == [("CELL-12", "E2")]
    assert {item.code for item in filing.dropped} == {"CELL-02"}


ENERGY = """
EnergyConsumptionFromFuels_RenewableEnergyMember -> E!A1
EnergyConsumptionFromFuels_NonRenewableEnergyMember -> E!B1
EnergyConsumptionFromFuels_TotalRenewableAndNonRenewableEnergyMember -> E!C1
E!A1 = 1.5
E!C1 = = {0.00}
"""


def test_a_total_without_result_is_computed_where_a_rule_says_of_what_it_is_the_sum() -> None:
    filing, findings = bound(ENERGY + "E!B1 = 2")
    total = next(fact for fact in filing.facts if not fact.dimensions)
    assert (total.value, total.source.cell, len(total.inputs)) == (Decimal("3.5"), "C1", 2)
    assert [(finding.code, finding.source.cell) for finding in findings] == [("CELL-13", "C1")]


def test_a_total_without_result_is_not_computed_from_half_of_its_parts() -> None:
    filing, findings = bound(ENERGY)
    assert [fact.value for fact in filing.facts] == [Decimal("1.5")]
    assert [(finding.code, finding.source.cell) for finding in findings] == [("CELL-12", "C1")]


def test_a_second_value_in_a_single_range_is_not_lost_without_a_word() -> None:
    filing, findings = bound("Turnover -> G!E1:F1\nG!E1 = 5\nG!F1 = 6")
    assert [fact.value for fact in filing.facts] == [Decimal(5)]
    assert [(finding.code, finding.source.cell) for finding in findings] == [("CELL-10", "F1")]


def test_a_filing_says_where_each_answer_belongs_also_where_there_is_none() -> None:
    filing, _ = bound("Turnover -> G!E1\nAssets -> G!E2\nG!E2 = 5\n" + SITES)
    cells = {concept: source.cell for concept, source in filing.asked_at}
    headings = {"IdentifierOfSiteTypedAxis": "A1"}
    assert cells == {"Turnover": "E1", "Assets": "E2", "CityOfSite": "B1", "CountryOfSite": "C1", **headings}


def test_a_name_that_points_nowhere_is_said() -> None:
    _, findings = bound("Turnover -> #REF!\nAssets -> G!E1\nG!E1 = 5")
    assert [(finding.code, finding.concept) for finding in findings] == [("NAME-01", "Turnover")]


def test_a_renamed_sheet_is_read_when_only_its_name_differs() -> None:
    workbook = book("Turnover -> General Information!E1\nGeneral information 2025!E1 = 5")
    sheets = {name: sheet for name, sheet in workbook.sheets.items() if name != "General Information"}
    renamed = type(workbook)("book.xlsx", workbook.names, tuple(sheets), sheets)
    filing, findings = bind(renamed, definitions.load())
    assert [fact.source.sheet for fact in filing.facts] == ["General information 2025"]
    assert [finding.code for finding in findings] == ["NAME-02"]


def test_a_sheet_with_a_wholly_new_name_is_known_by_what_stands_where_the_ranges_look() -> None:
    cells = [f"E{row} = {row}" for row in range(1, 5)]
    names = ("Turnover", "Assets", "NumberOfEmployees", "OtherUndertakingsLegalForm")
    ranges = [f"{name} -> General Information!E{row}" for row, name in enumerate(names, start=1)]
    lines = [*ranges, *(f"Allgemeines!{cell}" for cell in cells), "Licence!E1 = MIT", "Notes!A1 = none"]
    workbook = book("\n".join(lines))
    sheets = {name: sheet for name, sheet in workbook.sheets.items() if name != "General Information"}
    filing, findings = bind(type(workbook)("book.xlsx", workbook.names, tuple(sheets), sheets), definitions.load())
    assert {fact.source.sheet for fact in filing.facts} == {"Allgemeines"}
    assert [str(finding).partition(": ")[0] for finding in findings] == ["book.xlsx Allgemeines"]


def test_tonnes_are_not_counted_in_per_cent() -> None:
    assert troubles("GrossScope1GreenhouseGasEmissions -> E!B1\nE!B1 = 12,5 %") == [("CELL-03", "B1")]


def test_a_workbook_of_something_else_is_refused() -> None:
    with pytest.raises(WorkbookError, match="none of the named ranges"):
        bind(book("Budget -> A!A1\nA!A1 = 1", identity=""), definitions.load())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Top!A6 = 2025-12-31", "", "Top!A6.*end of the reporting period is missing"),
        ("Top!A5 = 2025-01-01", "Top!A5 = -", "Top!A5.*start of the reporting period is missing"),
        ("template_reporting_period_enddate -> Top!A6", "", "end of the reporting period is missing"),
    ],
)
def test_without_a_period_nothing_can_be_dated(old: str, new: str, message: str) -> None:
    with pytest.raises(WorkbookError, match=message):
        bound("Turnover -> G!E1\nG!E1 = 5", IDENTITY.replace(old, new))


def test_a_period_put_together_by_a_formula_is_read_from_its_parts() -> None:
    identity = IDENTITY.replace("startdate -> Top!A5", "startdate -> Top!D9").replace(
        "Top!A5 = 2025-01-01", "Top!D9 = ="
    )
    filing, _ = bound("Turnover -> G!E1\nG!E1 = 5\nTop!D6 = 2025\nTop!D7 = 1\nTop!D8 = 1", identity)
    assert filing.period == YEAR


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Top!A1 = Muster GmbH", "", "META-01"),
        ("Top!A2 = IT01234567890", "", "META-02"),
        ("Top!A3 = VAT", "Top!A3 = Lucky number", "META-06"),
        ("vsme/2026-05-01", "vsme/1999-01-01", "META-05"),
    ],
)
def test_what_the_identity_lacks_is_a_finding_and_the_facts_are_read_all_the_same(
    old: str, new: str, code: str
) -> None:
    filing, findings = bound("NumberOfEmployees -> G!E1\nG!E1 = 5", IDENTITY.replace(old, new))
    assert [finding.code for finding in findings] == [code]
    assert len(filing.facts) == 1


def test_money_without_a_currency_is_dropped() -> None:
    filing, findings = bound("Turnover -> G!E1\nG!E1 = 5", IDENTITY.replace("Top!A4 = EUR", ""))
    assert filing.facts == ()
    assert sorted(finding.code for finding in findings) == ["META-03", "UNIT-03"]


@pytest.mark.parametrize("scheme", ["LEI", "DUNS", "EU ID", "PermID", "VAT", "National register"])
def test_every_usual_identifier_scheme_is_accepted(scheme: str) -> None:
    filing, findings = bound(
        "NumberOfEmployees -> G!E1\nG!E1 = 5", IDENTITY.replace("Top!A3 = VAT", f"Top!A3 = {scheme}")
    )
    assert findings == ()
    assert filing.entity.scheme.startswith("http")


# ── footnotes ────────────────────────────────────────────────────────────────────────────────────────────────

NOTES = """
footnote_table -> F!A1:C9
footnote_text -> F!A1:A9
footnote_ref_dimension -> F!B1:B9
footnote_ref_concept -> F!C1:C9
Turnover -> G!E1
G!E1 = 5
"""


@pytest.mark.parametrize("reference", ["Turnover", "vsme:Turnover", "Chiffre d'affaires", "Umsatzerlöse"])
def test_a_footnote_hangs_on_the_fact_its_label_or_name_says(reference: str) -> None:
    assert only(f"{NOTES}F!A1 = Preliminary figure\nF!C1 = {reference}").footnotes == ("Preliminary figure",)


def test_a_footnote_goes_on_in_the_rows_below_and_chooses_facts_by_member() -> None:
    text = (
        f"{NOTES}{SITES}G!A1 = Plant\nG!B1 = Parma\nF!A1 = See annex\nF!C1 = Turnover\nF!C2 = CityOfSite\nF!B2 = Plant"
    )
    filing, findings = bound(text)
    assert findings == ()
    assert [fact.footnotes for fact in filing.facts] == [("See annex",), ("See annex",)]


def test_a_footnote_that_fits_nothing_is_said() -> None:
    _, findings = bound(f"{NOTES}F!A2 = Lost\nF!C2 = Assets")
    assert [(finding.code, finding.source.cell) for finding in findings] == [("NOTE-01", "A2")]


@pytest.mark.parametrize("text", ["1E+999999", "NaN", "Infinity", "twelve", "1E-100000"])
def test_a_facts_file_holds_only_numbers_a_workbook_can_hold(text: str) -> None:
    fact = {"concept": "Turnover", "value": text, "unit": "iso4217:EUR", "period": {"instant": "2025-12-31"}}
    document = {"taxonomy": "x", "entity": {"name": "A"}, "currency": "EUR", "facts": [fact]}
    with pytest.raises(WorkbookError, match=r"x\.json: facts\.0 \(Turnover\)\.value"):
        filing_from_document(document, definitions.load(), "x.json")
