"""What became of every datapoint: reported, not applicable because …, omitted, missing; nothing passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from filings import DEFINITIONS, filing

from esgreport import pipeline
from esgreport.assessment import DatapointStatus, DisclosureStatus, State
from esgreport.measure import measure
from esgreport.model import Filing
from esgreport.readiness import applicability

EDITIONS = ("vsme-2025", "vs-2026")
COMPLETE = [code for code, language in DEFINITIONS.languages.items() if language.complete]
EMPTY = filing("")
BASIC = "BasisForPreparation = OptionABasicModuleOnlyMember"
COMPREHENSIVE = "BasisForPreparation = OptionBBasicModuleAndComprehensiveModuleMember"


def statuses(filed: Filing, edition: str = "vs-2026", language: str = "en") -> dict[str, DisclosureStatus]:
    found = applicability(filed, DEFINITIONS, edition, measure(filed, DEFINITIONS), language)
    return {each.code: each for each in found}


def point(filed: Filing, concept: str, edition: str = "vs-2026") -> DatapointStatus:
    """The status of a concept's figure of the period."""
    points = [each for status in statuses(filed, edition).values() for each in status.datapoints]
    return next(each for each in points if each.concept == concept and not each.at)


def state(table: str, concept: str, edition: str = "vs-2026") -> State:
    return point(filing(table), concept, edition).state


# ── nothing is passed over ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("filed", [EMPTY, pipeline.sample_filing(DEFINITIONS, "en")], ids=["empty", "sample"])
def test_every_concept_has_one_status_and_every_one_not_reported_a_reason(filed: Filing, edition: str) -> None:
    points = [each for status in statuses(filed, edition).values() for each in status.datapoints]
    names = [each.concept for each in points if not each.at]
    assert sorted(names) == sorted(DEFINITIONS.concepts)
    assert [each.concept for each in points if each.state is not State.REPORTED and not each.reason] == []
    assert [each.concept for each in points if each.state is State.REPORTED and not each.held] == []


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize("edition", EDITIONS)
def test_reasons_are_in_every_language_and_have_no_gaps(edition: str, language: str) -> None:
    points = [each for status in statuses(EMPTY, edition, language).values() for each in status.datapoints]
    assert [each.concept for each in points if "{" in each.reason or not each.reason] == []
    english = {each.reason for status in statuses(EMPTY, edition).values() for each in status.datapoints}
    assert language == "en" or not english & {each.reason for each in points}


def test_every_circumstance_has_its_reason_in_every_language() -> None:
    for circumstance in DEFINITIONS.law.applicability.circumstances:
        assert (circumstance.id, sorted(circumstance.reason)) == (circumstance.id, sorted(COMPLETE))
    for saying, text in DEFINITIONS.law.applicability.sayings.items():
        assert (saying, sorted(text)) == (saying, sorted(COMPLETE))


def test_the_sample_is_complete_under_both_editions() -> None:
    filed = pipeline.sample_filing(DEFINITIONS, "en")
    for edition in EDITIONS:
        found = statuses(filed, edition)
        assert {code: status.state for code, status in found.items()} == dict.fromkeys(found, State.REPORTED)
        assert sum(status.missing for status in found.values()) == 0


def test_required_datapoints_are_answered_missing_or_omitted() -> None:
    for edition in EDITIONS:
        for status in statuses(filing(BASIC), edition).values():
            assert status.required == status.answered + status.missing + status.omitted


# ── circumstances ────────────────────────────────────────────────────────────────────────────────────────────


def test_option_a_makes_the_comprehensive_module_not_applicable() -> None:
    status = statuses(filing(BASIC))["C1"]
    assert (status.state, status.reason) == (State.NOT_APPLICABLE, "The basic module alone was chosen (option A).")
    assert statuses(filing(COMPREHENSIVE))["C1"].state is State.MISSING


def test_without_the_choice_of_a_module_what_depends_on_it_is_missing_and_says_why() -> None:
    status = point(EMPTY, "DescriptionOfSignificantMarketsTheUndertakingOperatesIn")
    assert status.state is State.MISSING
    assert status.reason == "Whether it is asked for cannot be told: “Module applied” is not answered."


def test_subsidiaries_are_asked_for_only_on_a_consolidated_basis() -> None:
    assert state("BasisForReporting = IndividualMember", "NameOfTheSubsidiary") is State.NOT_APPLICABLE
    assert state("BasisForReporting = ConsolidatedMember", "NameOfTheSubsidiary") is State.MISSING


def test_employees_by_country_are_asked_for_only_with_sites_in_several_countries() -> None:
    one = "CountryOfSite = IT @S1\nCountryOfSite = IT @S2"
    two = "CountryOfSite = IT @S1\nCountryOfSite = DE @S2"
    concept = "NumberOfEmployeesForCountryOfEmploymentContract"
    assert (state(one, concept), state(two, concept)) == (State.NOT_APPLICABLE, State.MISSING)


@pytest.mark.parametrize(
    ("employees", "counted", "expected"),
    [
        ("49", "HeadcountMember", State.NOT_APPLICABLE),
        ("50", "HeadcountMember", State.MISSING),
        ("49", "Full-TimeEquivalentFTEMember", State.MISSING),
        ("50", "Full-TimeEquivalentFTEMember", State.MISSING),
    ],
)
def test_the_turnover_rate_of_2025_is_asked_for_from_50_people(employees: str, counted: str, expected: State) -> None:
    table = f"{COMPREHENSIVE}\nNumberOfEmployees = {employees} xbrli:pure\nTypeOfNumberOfEmployees = {counted}"
    assert state(table, "EmployeeTurnoverRate", "vsme-2025") is expected


def test_full_time_equivalents_below_a_limit_prove_nothing() -> None:
    table = "NumberOfEmployees = 49 xbrli:pure\nTypeOfNumberOfEmployees = Full-TimeEquivalentFTEMember"
    assert "full-time equivalents" in point(filing(table), "EmployeeTurnoverRate", "vsme-2025").reason


def test_the_turnover_rate_moved_to_c5_and_is_asked_for_whatever_the_size() -> None:
    table = f"{COMPREHENSIVE}\nNumberOfEmployees = 20 xbrli:pure\nTypeOfNumberOfEmployees = HeadcountMember"
    status = point(filing(table), "EmployeeTurnoverRate")
    assert (status.disclosure, status.state, status.paragraph) == ("C5", State.MISSING, "58")


def test_the_pay_gap_is_asked_for_from_150_people_in_2025_and_by_other_law_in_2026() -> None:
    table = (
        "NumberOfEmployees = 150 xbrli:pure\nTypeOfNumberOfEmployees = HeadcountMember\n"
        "NumberOfMaleEmployees = 80 xbrli:pure\nNumberOfFemaleEmployees = 70 xbrli:pure"
    )
    concept = "PercentageGapInPayBetweenFemaleAndMaleEmployees"
    assert state(table, concept, "vsme-2025") is State.MISSING
    assert state(table.replace("150", "149"), concept, "vsme-2025") is State.NOT_APPLICABLE
    assert state(table, concept, "vs-2026") is State.NOT_APPLICABLE


def test_a_transition_plan_is_asked_for_in_sectors_of_high_climate_impact() -> None:
    plan = next(name for name in DEFINITIONS.concepts if name.startswith("DescriptionOfATransitionPlan"))
    assert state(f"{COMPREHENSIVE}\nNaceSectorClassificationCodes = NACE_C2829", plan) is State.MISSING
    assert state(f"{COMPREHENSIVE}\nNaceSectorClassificationCodes = NACE_N7111", plan) is State.NOT_APPLICABLE


def test_what_is_asked_only_if_applicable_and_left_out_counts_as_not_applicable() -> None:
    assert statuses(EMPTY)["B11"].state is State.NOT_APPLICABLE
    assert statuses(EMPTY)["B4"].state is State.NOT_APPLICABLE


def test_half_a_group_that_belongs_together_is_missing_the_rest() -> None:
    convictions = "TotalNumberOfConvictionsForTheViolationOfAntiCorruptionAndAntiBriberyLaws = 1 xbrli:pure"
    assert statuses(filing(convictions))["B11"].state is State.PARTLY
    assert statuses(filing(convictions))["B11"].missing == 1


def test_targets_ask_for_the_base_year_figures_of_b3_in_c3() -> None:
    table = f"{COMPREHENSIVE}\nGreenhouseGasEmissionReductionTargetBaseYear = 2020"
    figures = [each for each in statuses(filing(table))["C3"].datapoints if each.at]
    missing = [each.concept for each in figures if each.state is State.MISSING]
    assert missing == ["GrossScope1GreenhouseGasEmissions", "GrossLocationBasedScope2GreenhouseGasEmissions"]


# ── what is left out, and what an edition does not ask for ───────────────────────────────────────────────────


def test_an_omitted_disclosure_is_omitted_and_an_unchanged_one_unchanged() -> None:
    omitted = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation = B6-WaterMember"
    assert statuses(filing(omitted))["B6"].state is State.OMITTED
    unchanged = "ListOfDisclosuresForWhichNoChangesAreReportedComparedToThePreviousPeriodReporting = B6-WaterMember"
    assert statuses(filing(unchanged))["B6"].state is State.UNCHANGED


def test_what_2026_deleted_is_not_asked_for_and_still_held() -> None:
    status = point(filing("TotalSealedArea = 2 utr:ha"), "TotalSealedArea")
    assert (status.state, status.held, status.required) == (State.NOT_ASKED, True, False)


def test_what_2026_replaced_names_what_is_asked_instead() -> None:
    status = point(EMPTY, "AmountOfWaterWithdrawnAtSitesLocatedInAreasOfHighWaterStress")
    assert status.reason == "This edition asks instead for: Water consumption at sites in water-stressed areas."


def test_a_datapoint_only_2026_knows_is_not_asked_for_in_2025() -> None:
    assert point(EMPTY, "StatementOfCompliance", "vsme-2025").state is State.NOT_ASKED
    assert point(EMPTY, "StatementOfCompliance", "vs-2026").state is State.MISSING


def test_the_average_of_training_hours_is_reported_where_it_can_be_computed() -> None:
    table = (
        "AverageNumberOfAnnualTrainingHoursPerMaleEmployee = 10 xbrli:pure\nNumberOfMaleEmployees = 3 xbrli:pure\n"
        "AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 20 xbrli:pure\nNumberOfFemaleEmployees = 1 xbrli:pure"
    )
    status = point(filing(table), "AverageNumberOfAnnualTrainingHoursPerEmployee")
    assert (status.state, status.computed) == (State.REPORTED, True)
    assert state("", "AverageNumberOfAnnualTrainingHoursPerEmployee") is State.MISSING
    entered = "AverageNumberOfAnnualTrainingHoursPerEmployee = 12 xbrli:pure"
    assert state(entered, "AverageNumberOfAnnualTrainingHoursPerEmployee") is State.REPORTED


def test_up_to_ten_people_energy_emissions_and_water_are_voluntary() -> None:
    small = "NumberOfEmployees = 10 xbrli:pure\nTypeOfNumberOfEmployees = HeadcountMember"
    for concept in (
        "TotalEnergyConsumption",
        "GrossScope1GreenhouseGasEmissions",
        "TotalAmountOfWaterWithdrawnFromAllSites",
    ):
        assert state(small, concept) is State.VOLUNTARY
        assert state(small.replace("10", "11"), concept) is State.MISSING
        assert state(small, concept, "vsme-2025") is State.MISSING
    equivalents = small.replace("HeadcountMember", "Full-TimeEquivalentFTEMember")
    assert state(equivalents, "TotalEnergyConsumption") is State.MISSING


def test_a_text_of_blanks_is_not_reported_and_another_year_is_not_this_one() -> None:
    concept, energy = "DescriptionOfMainBusinessRelationships", "TotalEnergyConsumption"
    filed = filing(f"{concept} = x\n{energy} = 5 utr:MWh")
    text, number = filed.facts
    before = replace(number.period, end=number.period.end.replace(year=2024))
    changed = replace(filed, facts=(replace(text, value="  \n"), replace(number, period=before)))
    assert (point(filed, concept).held, point(filed, energy).held) == (True, True)
    assert (point(changed, concept).held, point(changed, energy).held) == (False, False)


# ── yes/no questions beside the concepts ─────────────────────────────────────────────────────────────────────

QUESTIONS = [
    ("HasSustainabilityCertifications", "DescriptionOfSustainabilityRelatedCertificationsOrLabels", "certified"),
    ("HasWaterConsumingProcesses", "TotalWaterConsumption", "water_consumption"),
    ("HasSignificantMaterialFlows", "NameOfMaterialUsed", "material_flows"),
    ("OperatesInSeveralCountries", "NumberOfEmployeesForCountryOfEmploymentContract", "several_countries"),
    (
        "HasConvictionsOrFines",
        "TotalNumberOfConvictionsForTheViolationOfAntiCorruptionAndAntiBriberyLaws",
        "convictions",
    ),
    ("HasReductionTargets", "GreenhouseGasEmissionReductionTargetBaseYear", "targets_set"),
    ("HasGovernanceBody", "GenderDiversityRatioInGovernanceBody", "governance_body"),
]


@pytest.mark.parametrize(("question", "concept", "circumstance"), QUESTIONS, ids=[each[0] for each in QUESTIONS])
def test_a_question_answered_no_rules_out_and_answered_yes_asks(question: str, concept: str, circumstance: str) -> None:
    ruled_out = point(filing(f"{COMPREHENSIVE}\n{question} = no"), concept, "vsme-2025")
    assert (ruled_out.state, ruled_out.ruled_out_by) == (State.NOT_APPLICABLE, circumstance)
    label = DEFINITIONS.side_answers[question].labels["en"]
    assert ruled_out.reason == f"“{label}” is answered with no."
    assert state(f"{COMPREHENSIVE}\n{question} = yes", concept, "vsme-2025") is State.MISSING


def test_a_question_nobody_answered_leaves_the_presumption() -> None:
    left = point(filing(COMPREHENSIVE), "GenderDiversityRatioInGovernanceBody", "vsme-2025")
    assert (left.state, left.ruled_out_by) == (State.NOT_APPLICABLE, "")


def test_the_answer_decides_against_what_is_guessed_from_the_sites() -> None:
    abroad = "CountryOfSite = IT @S1\nCountryOfSite = DE @S2"
    concept = "NumberOfEmployeesForCountryOfEmploymentContract"
    assert state(abroad, concept) is State.MISSING
    assert state(f"{abroad}\nOperatesInSeveralCountries = no", concept) is State.NOT_APPLICABLE
    assert state("CountryOfSite = IT @S1\nOperatesInSeveralCountries = yes", concept) is State.MISSING


def test_no_breakdown_of_energy_and_no_listed_revenue_are_reasons() -> None:
    told = filing(f"{COMPREHENSIVE}\nEnergyBreakdownIsObtained = no\nHasListedRevenues = no")
    energy, coal = (point(told, each, "vsme-2025") for each in ("EnergyConsumptionFromFuels", "RevenueDerivedFromCoal"))
    assert (energy.ruled_out_by, coal.ruled_out_by) == ("breakdown_not_obtained", "no_listed_revenue")
    some = filing(f"{COMPREHENSIVE}\nHasListedRevenues = yes")
    assert point(some, "RevenueDerivedFromCoal", "vsme-2025").state is State.NOT_APPLICABLE


def test_a_plan_that_is_planned_asks_for_its_day_and_an_adopted_one_for_its_description() -> None:
    high = f"{COMPREHENSIVE}\nNaceSectorClassificationCodes = NACE_C2829\nTransitionPlanStatus = "
    day = "DateOfAdoptionOfTransitionPlanForUndertakingNotHavingAdoptedTransitionPlanYet"
    assert state(f"{high}PlannedMember", day, "vsme-2025") is State.MISSING
    assert state(f"{high}AdoptedMember", day, "vsme-2025") is State.NOT_APPLICABLE
