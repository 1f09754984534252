"""What becomes of a customer's question: never a made-up value, never a no for an unknown, doubts go to a person."""

from __future__ import annotations

import ast
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from asked import FILED, answered, answers, match, material, options, question, questionnaire
from filings import DEFINITIONS, YEAR

import esgreport.answers
from esgreport.answers import AnswerOptions, answer, written
from esgreport.assessment import CapVerdict
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions.answering import folded
from esgreport.model import Area, Source
from esgreport.questionnaire import AnswerState, Candidate, CellWrite, Decision, Match, Place
from esgreport.texts import translator

State = AnswerState


# ── values ──


def test_a_reported_figure_is_the_answer_with_its_cell_and_what_it_counts() -> None:
    given = answered(question("Total headcount", unit="n."), "NumberOfEmployees")
    assert (given.state, given.value, given.concepts) == (State.ANSWERED, Decimal(151), ("NumberOfEmployees",))
    assert [str(source) for source in given.evidence] == ["book.xlsx Sheet!D1"]
    assert given.remark == "2025. Headcount, At the end of the reporting period."


@pytest.mark.parametrize(
    ("unit", "value"),
    [("MWh", "2412.5"), ("kWh", "2412500"), ("GJ", "8685"), ("toe", "207.44"), ("MWh/Jahr", "2412.5")],
)
def test_energy_is_converted_exactly(unit: str, value: str) -> None:
    given = answered(question("Total energy use", unit=unit), "TotalEnergyConsumption")
    assert (given.state, given.value) == (State.ANSWERED, Decimal(value))


@pytest.mark.parametrize(
    ("target", "unit", "why"),
    [
        ("TotalWasteGeneratedMass", "t CO2e", "measures something else"),
        ("GrossScope1GreenhouseGasEmissions", "t", "measures something else"),
        ("TotalEnergyConsumption", "litres", "measures something else"),
        ("TotalEnergyConsumption", "barrels", "not known: barrels"),
        ("Turnover", "USD", "another currency"),
        ("NumberOfFemaleEmployees", "%", "measures something else"),
        ("NumberOfEmployees", "FTE", "measures something else"),
        ("derived:female_share", "number", "measures something else"),
    ],
)
def test_what_cannot_be_converted_exactly_goes_to_a_person(target: str, unit: str, why: str) -> None:
    given = answered(question("How much?", unit=unit), target)
    assert given.state is State.NEEDS_REVIEW
    assert why in given.why
    assert (given.value, given.shown) == (None, "")


def test_a_unit_only_the_text_names_is_understood() -> None:
    given = answered(question("Umsatz im letzten Geschäftsjahr (T€)", language="de"), "Turnover")
    assert (given.value, given.unit, given.remark) == (Decimal(235), "kEUR", "2025.")


def test_a_percentage_is_a_fraction_and_the_cell_gets_what_its_format_wants() -> None:
    target = "PercentageOfEmployeesCoveredByCollectiveBargainingAgreements"
    given = answered(question("Collective agreements (%)"), target)
    assert (given.value, given.unit, given.shown) == (Decimal("0.875"), "%", "87.5%")
    plain = answers(question("Share, %"), match(target)).answers
    percent = answers(question("Share, %", answer=Place("Q", 1, 3, "0.0%")), match(target)).answers
    assert [write.value for write in written(plain, DEFINITIONS)[1]] == [Decimal("87.5")]
    assert [write.value for write in written(percent, DEFINITIONS)[1]] == [Decimal("0.875")]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("derived:female_share", "0.5232"),
        ("derived:temporary_share", "0.07285"),
        ("derived:renewable_electricity_share", "0.6"),
        ("derived:renewable_energy_share", "0.2487"),
        ("derived:female_board_share", "0.2"),
    ],
)
def test_shares_are_worked_out_from_what_they_are_shares_of(target: str, value: str) -> None:
    given = answered(question("Share in %", unit="%"), target)
    assert (given.state, given.value) == (State.ANSWERED, Decimal(value))
    assert len(given.concepts) >= 1


def test_a_share_whose_parts_do_not_make_the_whole_is_not_stated() -> None:
    held = material(FILED.replace("NumberOfMaleEmployees = 72", "NumberOfMaleEmployees = 12"))
    given = answered(question("Women in %", unit="%"), "derived:female_share", held)
    assert (given.state, given.value) == (State.NEEDS_REVIEW, None)
    assert given.why == "What we report does not give the answer by itself."


def test_scope_two_of_no_stated_method_is_a_persons_choice_among_both() -> None:
    given = answered(question("Scope 2 emissions", unit="tCO2e"), "derived:scope2_total")
    assert given.state is State.NEEDS_REVIEW
    assert [(each.target, each.value) for each in given.suggestions[1:]] == [
        ("GrossLocationBasedScope2GreenhouseGasEmissions", Decimal(50)),
        ("GrossMarketBasedScope2GreenhouseGasEmissions", Decimal(20)),
    ]


def test_scope_one_and_two_of_no_stated_method_is_said_with_the_one_that_is_held() -> None:
    given = answered(question("Scope 1+2 emissions 2025", unit="tCO2e"), "derived:scope12_total")
    assert (given.value, given.remark) == (Decimal(150), "Location-based.")


def test_a_year_is_a_name_and_no_quantity() -> None:
    held = material("GreenhouseGasEmissionReductionTargetYear = 2030")
    given = answered(question("Target year"), "GreenhouseGasEmissionReductionTargetYear", held)
    assert (given.state, given.value, given.shown, given.remark) == (State.ANSWERED, Decimal(2030), "2030", "")
    assert answered(question("Reporting year"), "profile:reporting_year").shown == "2025"


def test_nought_is_an_answer_of_its_own() -> None:
    target = "NumberOfFatalitiesAsAResultOfWorkRelatedInjuriesAndWorkRelatedIllHealth"
    given = answered(question("Fatalities"), target)
    assert (given.state, given.value) == (State.ZERO, Decimal(0))


def test_a_text_cell_gets_the_figure_with_its_unit_as_the_language_writes_it_once_a_person_has_looked() -> None:
    asked = question("Consommation d’énergie", "text", "fr")
    assert answered(asked, "TotalEnergyConsumption").state is State.NEEDS_REVIEW
    counted = answered(question("Nombre de salariés", "text", "fr"), "NumberOfEmployees")
    assert (counted.state, counted.shown) == (State.ANSWERED, "151")
    given = answers(asked, match("TotalEnergyConsumption"), decisions={"1": Decision("accept")}).answers
    assert [write.value for write in written(given, DEFINITIONS)[1]] == ["2\u202f412,5 MWh"]


# ── yes and no ──


@pytest.mark.parametrize(("language", "word"), [("en", "Yes"), ("it", "Sì"), ("de", "Ja"), ("fr", "Oui")])
def test_yes_is_said_in_the_language_of_the_form(language: str, word: str) -> None:
    target = "UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce"
    given = answered(question("Code of conduct?", "boolean", language), target)
    assert (given.value, given.shown) == (True, word)


def test_no_is_said_only_where_no_was_reported() -> None:
    given = answered(question("Circular?", "boolean"), "UndertakingAppliesCircularEconomyPrinciples")
    assert (given.value, given.shown) == (False, "No")
    unknown = answered(question("Mechanism?", "boolean"), "UndertakingHasAComplaintHandlingMechanismForItsOwnWorkforce")
    assert (unknown.state, unknown.value) == (State.NOT_TRACKED, None)


def test_a_set_without_the_member_proves_no_no() -> None:
    yes = answered(question("Child labour?", "boolean"), "derived:child_labour_policy_yes_no")
    no = answered(question("Trafficking?", "boolean"), "derived:human_trafficking_policy_yes_no")
    assert (yes.value, no.state, no.value) == (True, State.NEEDS_REVIEW, None)


def test_a_reported_nought_proves_no_where_the_definition_says_so() -> None:
    given = answered(question("Any fatalities?", "boolean"), "derived:fatalities_yes_no")
    assert (given.value, given.state) == (False, State.ANSWERED)


def test_a_figure_is_no_answer_to_a_yes_or_no_question_without_a_person() -> None:
    given = answered(question("More than 250 employees?", "boolean"), "NumberOfEmployees")
    assert (given.state, given.value) == (State.NEEDS_REVIEW, None)


@pytest.mark.parametrize(
    ("text", "state"),
    [("Returned pallets are repaired.", State.ANSWERED), ("We do not apply any so far.", State.NEEDS_REVIEW)],
)
def test_a_description_proves_a_yes_unless_it_may_say_none(text: str, state: State) -> None:
    name = "DescriptionOfHowCircularEconomyPrinciplesAreApplied"
    given = answered(question("Do you reuse?", "boolean"), name, material(f"{name} = {text}"))
    assert given.state is state


# ── options ──


@pytest.mark.parametrize(
    ("offered", "picked"),
    [
        (("Yes", "No", "N/A"), ("Yes",)),
        (("Ja", "Nein"), ("Ja",)),
        (("Yes, and it is public", "No"), ("Yes, and it is public",)),
        (("Yes, certified", "Yes, not certified", "No"), ()),
        (("Yes, partly", "No"), ()),
    ],
)
def test_an_option_is_picked_verbatim_or_not_at_all(offered: tuple[str, ...], picked: tuple[str, ...]) -> None:
    asked = question("Code of conduct?", "choice", options=options(*offered))
    given = answered(asked, "UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce")
    assert given.picked == picked
    assert (given.state is State.ANSWERED) is bool(picked)


@pytest.mark.parametrize(
    ("offered", "picked"),
    [
        (("1-50", "51-250", "> 250"), "51-250"),
        (("bis 49", "50 – 249", "250 und mehr"), "50 – 249"),
        (("Fino a 200", "Oltre 200"), "Fino a 200"),
        (("< 10", "10 to 1,000", "more than 1,000"), "10 to 1,000"),
        (("100-151", "151-250"), ""),
    ],
)
def test_the_band_that_holds_a_figure_is_picked(offered: tuple[str, ...], picked: str) -> None:
    given = answered(question("Employees", "choice", options=options(*offered)), "NumberOfEmployees")
    assert given.picked == ((picked,) if picked else ())


def test_marks_are_set_where_options_have_cells_of_their_own() -> None:
    asked = question(
        "Employees",
        "choice",
        options=(
            replace(options("1-50")[0], mark=Place("Q", 2, 4), writes="x"),
            replace(options("51-250")[0], mark=Place("Q", 3, 4, holds="FALSE"), writes=True),
        ),
    )
    given = answers(asked, match("NumberOfEmployees")).answers
    assert written(given, DEFINITIONS)[1] == (CellWrite(Area("Q", 3, 4, 3, 4), value=True),)


def test_members_are_picked_by_their_labels_in_any_language() -> None:
    asked = question(
        "Themen", "choice", "de", options=options("Kinderarbeit", "Zwangsarbeit", "Sonstiges"), several=True
    )
    given = answered(asked, "TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce")
    assert set(given.picked) == {"Kinderarbeit", "Zwangsarbeit"}


# ── years, boundary, method ──


def test_the_year_asked_for_is_taken_from_the_earlier_report() -> None:
    held = material(prior="NumberOfEmployees = 148")
    given = answered(question("Employees 2024"), "NumberOfEmployees", held)
    assert given.value == Decimal(148)
    assert given.evidence[0].file == "book-2024.xlsx"


@pytest.mark.parametrize("around", [{"section": "Environmental data for 2024"}, {"guidance": "Geschäftsjahr 2024"}])
def test_a_year_the_section_or_note_names_is_the_year_asked_for(around: dict[str, object]) -> None:
    given = answered(question("Employees", **around), "NumberOfEmployees")  # type: ignore[arg-type]
    assert given.why == "Asked for 2024; the figure is of the year ending 2025-12-31."
    form = answered(question("Employees", section="ESG questionnaire 2026"), "NumberOfEmployees")
    assert form.state is State.ANSWERED


def test_a_base_year_stands_for_the_year_it_is_of() -> None:
    given = answered(question("Scope 1", unit="tCO2e", year=2020), "GrossScope1GreenhouseGasEmissions")
    assert (given.state, given.value) == (State.ANSWERED, Decimal(130))


def test_another_years_figure_is_only_suggested() -> None:
    given = answered(question("Employees", year=2023), "NumberOfEmployees")
    assert (given.state, given.value) == (State.NEEDS_REVIEW, None)
    assert given.why == "Asked for 2023; the figure is of the year ending 2025-12-31."
    assert given.suggestions[0].value == Decimal(151)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Employees group-wide", "The group is asked about; our figures are of one undertaking."),
        ("Mitarbeiter im Konzern", "The group is asked about; our figures are of one undertaking."),
    ],
)
def test_another_boundary_goes_to_a_person(text: str, why: str) -> None:
    assert answered(question(text), "NumberOfEmployees").why == why


def test_one_site_is_ours_where_there_is_only_one() -> None:
    asked = question("Employees at this site")
    assert answered(asked, "NumberOfEmployees").state is State.ANSWERED
    two = material(f"{FILED}\nAddressOfSite = Via Milano 2 @2")
    assert answered(asked, "NumberOfEmployees", two).state is State.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("text", "target", "why"),
    [
        ("How many litres of diesel did you use?", "EnergyConsumptionFromFuels", "measures something else"),
        ("Wie viel Prozent der Belegschaft?", "NumberOfFemaleEmployees", "measures something else"),
        (
            "Accidents per million hours",
            "NumberOfFatalitiesAsAResultOfWorkRelatedInjuriesAndWorkRelatedIllHealth",
            "else",
        ),
        ("The contractor shall report its Scope 1", "GrossScope1GreenhouseGasEmissions", "demands instead of asking"),
        ("Scope 1 im Vorjahr", "GrossScope1GreenhouseGasEmissions", "year before"),
        ("Infortuni – Anno N-1", "NumberOfEmployees", "Asked for 2024"),
    ],
)
def test_words_that_ask_for_something_else_leave_the_answer_to_a_person(text: str, target: str, why: str) -> None:
    held = material(f"{FILED}\nEnergyConsumptionFromFuels = 10 utr:MWh")
    given = answered(question(text), target, held)
    assert (given.state, given.value) == (State.NEEDS_REVIEW, None)
    assert why in given.why


ENERGY = "TotalEnergyConsumption = 10 utr:MWh"
CAUTIONED = [
    ("en", "Energy used in the last three years", "several_years", ENERGY),
    ("it", "Sono verificate da un ente terzo le emissioni?", "about_the_figure", ENERGY),
    ("de", "Arbeitsunfälle ohne Wegeunfälle", "on_the_way", ENERGY),
    ("fr", "Consommation d’énergie par salarié", "per_something", ENERGY),
    ("de", "Energieverbrauch: Veränderung", "a_change", ENERGY),
    ("it", "Consumo di energia: obiettivo", "a_plan", ENERGY),
    ("it", "Energia rinnovabile con garanzie di origine", "electricity_or_energy", "derived:renewable_energy_total"),
    ("de", "Gasverbrauch", "one_fuel", "EnergyConsumptionFromFuels = 10 utr:MWh"),
    ("fr", "Déchets : plastique", "one_kind_of_waste", "TotalWasteGeneratedMass = 10 utr:t"),
    ("it", "Acqua di pozzo", "one_source_of_water", "TotalAmountOfWaterWithdrawnFromAllSites = 10 utr:m3"),
    ("fr", "Accidents avec arrêt", "which_accidents", "NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod = 3"),
    ("de", "Zahlen Sie einen existenzsichernden Lohn?", "living_wage",
     "EmployeesReceivePayEqualOrAboveMinimumWageDeterminedByNationalLawOrCollectiveAgreement = yes"),
    ("it", "Iscritti al sindacato", "members_of_a_union",
     "PercentageOfEmployeesCoveredByCollectiveBargainingAgreements = 0.5"),
    ("fr", "Index de l’égalité", "an_index", "PercentageGapInPayBetweenFemaleAndMaleEmployees = 0.05"),
    ("fr", "Nombre de cadres", "part_of_the_workforce", "NumberOfEmployees = 10"),
    ("de", "Jahr der Klimaneutralität", "climate_neutral", "GreenhouseGasEmissionReductionTargetYear = 2030"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "code", "table"), CAUTIONED)
def test_each_caution_leaves_its_words_to_a_person(language: str, text: str, code: str, table: str) -> None:
    kind = "boolean" if table.endswith("yes") else "number"
    held = material(FILED if table.startswith("derived:") else table)
    given = answered(question(text, kind, language), table.partition(" ")[0], held)
    assert (given.state, given.why) == (State.NEEDS_REVIEW, DEFINITIONS.answering.cautions[code].reason["en"])


def test_every_caution_has_a_case_and_all_its_words_in_every_language() -> None:
    assert {code for _, _, code, _ in CAUTIONED} == set(DEFINITIONS.answering.cautions)
    for caution in DEFINITIONS.answering.cautions.values():
        assert set(caution.reason) == set(caution.words) == {"en", "it", "de", "fr"}


def test_a_caution_does_not_hold_for_what_it_is_about() -> None:
    held = material("AverageNumberOfAnnualTrainingHoursPerEmployee = 12")
    given = answered(question("Training hours per employee", unit="h"), "derived:training_hours_avg", held)
    assert (given.state, given.value) == (State.ANSWERED, Decimal(12))


def test_a_unit_in_running_words_is_the_unit_asked_for() -> None:
    given = answered(question("How many tonnes of waste did you produce?"), "TotalWasteGeneratedMass")
    assert (given.value, given.unit) == (Decimal("12.5"), "t")
    kilo = answered(question("How many kilograms of waste did you produce?"), "TotalWasteGeneratedMass")
    assert kilo.value == Decimal(12500)


def test_the_year_before_by_its_letter_is_answered_from_the_earlier_report() -> None:
    held = material(prior="NumberOfEmployees = 148")
    assert answered(question("Effectif – N-1"), "NumberOfEmployees", held).value == Decimal(148)


def test_two_cells_of_a_grid_never_get_the_same_answer() -> None:
    rows = [
        question("Clerks – women", id="1", answer=Place("Q", 1, 3)),
        question("Workers – women", id="2", answer=Place("Q", 2, 3)),
        question("How many women do you employ in your company?", id="3", answer=Place("Q", 9, 3)),
    ]
    found = [match("NumberOfFemaleEmployees", "0.97", each.id) for each in rows]
    given = answer(questionnaire(*rows), found, material(), AnswerOptions()).answers
    assert [each.state for each in given] == [State.NEEDS_REVIEW, State.NEEDS_REVIEW, State.ANSWERED]
    assert "same answer" in given[0].why


def test_a_text_that_does_not_name_what_is_asked_about_is_for_a_person() -> None:
    name = "DescriptionOfSustainabilityRelatedCertificationsOrLabels"
    held = material(f"{name} = Our quality management is certified to ISO 9001.")
    assert answered(question("Do you hold EMAS?", "text"), name, held).state is State.NEEDS_REVIEW
    assert answered(question("Which certificates do you hold?", "text"), name, held).state is State.ANSWERED


def test_a_yes_is_no_description() -> None:
    target = "UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce"
    assert answered(question("Describe your code of conduct", "text"), target).state is State.NEEDS_REVIEW


def test_what_customers_mean_otherwise_is_always_looked_at() -> None:
    held = material("TotalWaterConsumption = 10 utr:m3\nNaceSectorClassificationCodes = NACE_C2829")
    assert answered(question("Water consumption", unit="m3"), "TotalWaterConsumption", held).state is State.NEEDS_REVIEW
    ateco = answered(question("Codice ATECO", "text", "it"), "NaceSectorClassificationCodes", held)
    assert ateco.why == "A national classification is asked for; ours is NACE."


def test_a_figure_that_a_formula_made_is_not_written_with_all_its_digits() -> None:
    held = material("EmployeeTurnoverRate = 0.0786516853932584")
    given = answered(question("Turnover rate", unit="%"), "EmployeeTurnoverRate", held)
    assert (given.value, given.shown) == (Decimal("0.07865"), "7.865%")


# ── how sure ──


def test_what_is_not_certain_is_suggested_with_its_value() -> None:
    given = answers(question("Staff?"), match("NumberOfEmployees", "0.84")).answers[0]
    assert (given.state, given.value) == (State.NEEDS_REVIEW, None)
    assert [(each.target, each.value) for each in given.suggestions] == [("NumberOfEmployees", Decimal(151))]


def test_a_gate_leaves_the_answer_to_a_person_and_says_its_reason() -> None:
    held = replace(material(), gates={"fte": {"en": "Full-time equivalents are no people."}})
    given = answers(question("FTE?"), match("NumberOfEmployees", "0.99", "1", "fte"), held).answers[0]
    assert (given.state, given.why) == (State.NEEDS_REVIEW, "Full-time equivalents are no people.")


def test_what_asks_for_nothing_we_know_is_not_ours() -> None:
    found = Match("1", (Candidate("NumberOfEmployees", Decimal("0.2")),), Decimal("0.8"))
    assert answers(question("Conflict minerals?"), found).answers[0].state is State.NOT_OURS
    unmatched = answer(questionnaire(question("?")), [], material(), AnswerOptions())
    assert unmatched.answers[0].state is State.NOT_OURS


def test_a_follow_up_is_never_surer_than_the_question_it_hangs_on() -> None:
    first = question("Code?", "boolean", id="1")
    second = question("Topics", "text", id="1a", parent="1", answer=Place("Q", 2, 3))
    found = [
        match("UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce", "0.6"),
        match("TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce", "0.99", "1a"),
    ]
    given = answer(questionnaire(first, second), found, material(), AnswerOptions()).answers[1]
    assert (given.state, given.confidence) == (State.NEEDS_REVIEW, Decimal("0.6"))


def test_a_follow_up_for_those_who_say_yes_needs_no_answer_after_a_no() -> None:
    first = question("Circular?", "boolean", id="1")
    second = question("If yes, please describe", "text", id="1a", parent="1", answer=Place("Q", 2, 3))
    found = [
        match("UndertakingAppliesCircularEconomyPrinciples"),
        match("DescriptionOfHowCircularEconomyPrinciplesAreApplied", "0.99", "1a"),
    ]
    given = answer(questionnaire(first, second), found, material(), AnswerOptions()).answers[1]
    assert (given.state, given.value) == (State.NOT_APPLICABLE, None)


# ── what is not given ──


def test_what_was_left_out_as_sensitive_is_withheld() -> None:
    held = material("ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation = Turnover")
    members = {code.member for code in DEFINITIONS.code_list("Disclosures").codes}
    part = next(member for member in members if "Turnover" in DEFINITIONS.concepts_of_member(member))
    held = material(f"ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation = {part}")
    assert answered(question("Turnover", unit="EUR"), "Turnover", held).state is State.WITHHELD


def test_not_applicable_is_said_only_where_facts_of_the_company_say_so() -> None:
    none = answered(
        question("Convictions"), "TotalNumberOfConvictionsForTheViolationOfAntiCorruptionAndAntiBriberyLaws"
    )
    assert none.state is State.NOT_TRACKED
    no_code = material("UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce = no")
    topics = "TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce"
    given = answered(question("Topics of the code", "text"), topics, no_code)
    reason = "There is no code of conduct or human rights policy."
    assert (given.state, given.remark) == (State.NOT_APPLICABLE, f"Not applicable. {reason}")
    assert given.why == "It does not apply to us. There is no code of conduct or human rights policy."
    _, cells = written([given], DEFINITIONS)
    assert [write.value for write in cells] == ["Not applicable"]


@pytest.mark.parametrize(("codes", "value"), [(("150101", "150102"), Decimal(30)), (("15", "150101"), None)])
def test_kinds_of_waste_make_a_total_unless_one_is_part_of_another(
    codes: tuple[str, ...], value: Decimal | None
) -> None:
    known = {code.code: code.member for code in DEFINITIONS.code_list("Waste").codes}
    lines = [f"WasteDirectedToDisposalMass = {10 * n} utr:kg @{known[code]}" for n, code in enumerate(codes, start=1)]
    given = answered(question("Waste", unit="kg"), "WasteDirectedToDisposalMass", material("\n".join(lines)))
    assert given.value == value


def test_a_yes_of_one_site_is_a_yes_and_their_noes_are_for_a_person() -> None:
    name = "SiteLocatedInABiodiversitySensitiveArea"
    asked = question("In a protected area?", "boolean")
    assert answered(asked, name, material(f"{name} = no @1\n{name} = yes @2")).value is True
    assert answered(asked, name, material(f"{name} = no @1\n{name} = no @2")).state is State.NEEDS_REVIEW


def test_what_may_be_declined_is_withheld_and_offered_all_the_same() -> None:
    above = CapVerdict(inside=False, protects=True, need="voluntary", band="over_10", paragraph="", advice="Above.")
    held = replace(material(), verdicts={"GrossScope3GreenhouseGasEmissions": above, "Turnover": above})
    given = answered(question("Turnover", unit="EUR"), "Turnover", held)
    assert (given.state, given.value) == (State.WITHHELD, None)
    assert given.suggestions[0].value == Decimal(235000)


def test_what_is_not_ours_stands_to_the_cap_as_what_the_standard_does_not_know() -> None:
    above = CapVerdict(inside=False, protects=True, need="", band="over_10", paragraph="", advice="Above.")
    held = replace(material(), verdicts={"": above})
    given = answers(question("Conflict minerals?"), Match("1", (), Decimal(1)), held).answers[0]
    assert (given.state, given.cap) == (State.NOT_OURS, above)


def test_a_derived_figure_is_as_far_inside_the_cap_as_the_strictest_of_its_concepts() -> None:
    def verdict(inside: bool | None) -> CapVerdict:
        return CapVerdict(inside=inside, protects=None, need="", band="", paragraph="", advice="")

    held = replace(
        material(),
        verdicts={"TotalHazardousWasteGeneratedMass": verdict(True), "TotalWasteGeneratedMass": verdict(None)},
    )
    given = answered(question("Hazardous waste", unit="%"), "derived:hazardous_waste_share", held)
    assert given.cap is not None
    assert given.cap.inside is None


def test_what_only_a_person_can_say_of_the_company_is_asked_of_a_person() -> None:
    given = answered(question("Contact e-mail", "text"), "profile:contact_email")
    assert given.state is State.NEEDS_REVIEW
    name = answered(question("Company name", "text"), "profile:name")
    assert name.shown == "Officina Rossi"
    lei = answered(question("LEI", "text"), "profile:lei")
    assert lei.shown == "8156000E5D2C0C7A6F25"
    vat = answered(question("VAT number", "text"), "profile:vat_number")
    assert vat.state is State.NEEDS_REVIEW


# ── customers ──


def metric(code: str, value: float, status: Status = Status.FULL, **more: object) -> CustomerMetric:
    plain = CustomerMetric(
        metric=code,
        label="",
        value=value,
        unit="share",
        interval=(0.68, 0.86),
        confidence=0.95,
        n=99,
        accounts=None,
        dimensions=(),
        period=YEAR,
        method="",
        status=status,
        reason="",
        better="higher",
        source=(Source("cx.xlsx", "Responses", "A2:H90"),),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_customer_satisfaction_is_told_with_how_many_answered_and_its_interval() -> None:
    relational = metric("customer_satisfaction", 0.7777777, dimensions=(("survey_type", "relational"),))
    held = replace(material(), customers=(relational,))
    given = answered(question("Customer satisfaction (%)"), "cx:satisfaction_score", held)
    assert (given.value, given.remark) == (Decimal("0.7778"), "2025. n = 99; 95% interval 68% to 86%.")
    assert [str(source) for source in given.evidence] == ["cx.xlsx Responses!A2:H90"]
    yes = answered(question("Do you measure satisfaction?", "boolean"), "cx:satisfaction_programme", held)
    assert yes.value is True


def test_a_part_or_few_cases_are_no_figure_for_the_whole_company() -> None:
    part = replace(material(), customers=(metric("net_promoter_score", 31, dimensions=(("team", "North"),)),))
    assert answered(question("NPS"), "cx:net_promoter_score", part).state is State.NOT_TRACKED
    few = replace(material(), customers=(metric("net_promoter_score", 31, Status.INDICATIVE, unit="points"),))
    given = answered(question("NPS"), "cx:net_promoter_score", few)
    assert (given.state, given.why) == (State.NEEDS_REVIEW, "The figure rests on few cases.")
    withheld = replace(material(), customers=(metric("net_promoter_score", 31, Status.WITHHELD),))
    assert answered(question("NPS"), "cx:net_promoter_score", withheld).value is None


# ── decisions ──


def test_an_accepted_suggestion_is_the_answer() -> None:
    asked = question("Scope 2 emissions", unit="tCO2e")
    given = answers(asked, match("derived:scope2_total"), decisions={"1": Decision("accept", 3)}).answers[0]
    assert (given.value, given.target, given.decided) == (
        Decimal(20),
        "GrossMarketBasedScope2GreenhouseGasEmissions",
        True,
    )


def test_a_figure_taken_in_another_unit_than_the_forms_is_written_with_its_own() -> None:
    given = answers(question("Turnover", unit="USD"), match("Turnover"), decisions={"1": Decision("accept")}).answers
    assert [write.value for write in written(given, DEFINITIONS)[1]] == ["235,000 EUR"]


def test_a_text_longer_than_a_cell_is_not_written() -> None:
    name = "DescriptionOfSignificantGroupsOfProductsAndOrServicesOffered"
    given = answers(question("Products", "text"), match(name), material(f"{name} = {'long ' * 7000}")).answers
    done, cells = written(given, DEFINITIONS)
    assert (done[0].state, done[0].written, cells) == (State.ANSWERED, False, ())


def test_what_a_person_types_is_read_as_the_form_writes_it() -> None:
    german = question("Anteil", unit="%", language="de")
    for typed in ("52,5", "52,5 %", Decimal("52.5")):
        given = answers(german, match("derived:female_share"), decisions={"1": Decision("value", value=typed)}).answers
        assert (given[0].value, given[0].shown) == (Decimal("0.525"), "52,5\u00a0%")
        assert [write.value for write in written(given, DEFINITIONS)[1]] == [Decimal("52.5")]


def test_what_a_person_says_is_the_answer_and_an_option_must_be_offered() -> None:
    asked = question("Contact", "text")
    given = answers(asked, match("profile:contact_name"), decisions={"1": Decision("value", value="Ada Rossi")})
    assert given.answers[0].shown == "Ada Rossi"
    choice = question("Sure?", "choice", options=options("Yes", "No"))
    picked = answers(choice, match("profile:contact_name"), decisions={"1": Decision("value", value="yes")})
    assert picked.answers[0].picked == ("Yes",)


@pytest.mark.parametrize(
    ("action", "state"),
    [("decline", State.WITHHELD), ("not_ours", State.NOT_OURS), ("not_tracked", State.NOT_TRACKED)],
)
def test_a_person_may_decline(action: str, state: State) -> None:
    decision = Decision(action, reason="From 2027 on.")  # type: ignore[arg-type]
    given = answers(question("Employees"), match("NumberOfEmployees"), decisions={"1": decision}).answers[0]
    assert (given.state, given.value, given.remark) == (state, None, "From 2027 on.")


def test_the_plan_or_reason_a_person_gave_goes_into_the_comment_and_nothing_into_the_answer() -> None:
    asked = question("Scope 3", comment=Place("Q", 1, 5))
    decision = Decision("not_tracked", reason="From 2027 on.")
    given = answers(asked, match("GrossScope3GreenhouseGasEmissions"), decisions={"1": decision}).answers
    assert written(given, DEFINITIONS)[1] == (CellWrite(Area("Q", 1, 5, 1, 5), "From 2027 on."),)


# ── what is written ──


@pytest.mark.parametrize(
    "place", [Place("Q", 1, 3, holds="something"), Place("Q", 1, 3, locked=True)], ids=["filled", "locked"]
)
def test_a_cell_that_holds_something_or_is_locked_is_never_written(place: Place) -> None:
    given = answers(question("Employees", answer=place), match("NumberOfEmployees")).answers
    done, cells = written(given, DEFINITIONS)
    assert (done[0].state, done[0].written, cells) == (State.ANSWERED, False, ())


def test_no_cell_is_written_twice() -> None:
    first = answered(question("Employees"), "NumberOfEmployees")
    done, cells = written([first, replace(first, value=Decimal(1))], DEFINITIONS)
    assert [each.written for each in done] == [True, False]
    assert len(cells) == 1


def test_unit_and_remark_go_where_the_form_has_cells_for_them() -> None:
    asked = question("Energy", unit_place=Place("Q", 1, 4), comment=Place("Q", 1, 5))
    given = answers(asked, match("TotalEnergyConsumption")).answers
    assert [write.value for write in written(given, DEFINITIONS)[1]] == [Decimal("2412.5"), "MWh", "MWh. 2025."]


@pytest.mark.parametrize("text", ["1 " * 15_000, "(" * 16_000, "(a) " * 8_000, "in " * 8_000, " – " * 10_000])
def test_a_question_made_to_take_long_does_not(text: str) -> None:
    asked = question(text, "choice", options=options(text, f"{text}x"))
    start = process_time()
    assert answered(asked, "NumberOfEmployees").state is State.NEEDS_REVIEW
    assert process_time() - start < 3


# ── words ──


def test_every_sentence_of_the_room_is_translated() -> None:
    sentences = {
        str(node.args[0].value)
        for path in Path(esgreport.answers.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in {"say", "_say", "_in_form"}
    }
    assert len(sentences) > 20
    same = {"n = %(number)s"}
    for language in ("it", "de", "fr"):
        values = {"label": "x", "share": "x", "low": 1, "high": 2, "unit": "x", "asked": 1, "held": 2, "number": 1}
        say = translator(language)
        assert [text for text in sentences - same if say(text, **values) == text % values] == []


def test_the_words_of_answers_are_there_in_every_language() -> None:
    words = DEFINITIONS.answering.words
    lists = [*words.answers.values(), *(value for _, value in words if isinstance(value, dict) and "en" in value)]
    assert len(lists) > 10
    assert all(set(each) == {"en", "it", "de", "fr"} for each in lists)
    assert all(texts for each in lists for texts in each.values())


def test_words_are_compared_without_accents_signs_and_case() -> None:
    assert [folded(text) for text in ("Sì", "T€", "t CO₂-Äq.", "m³")] == ["si", "t eur", "t co2 aq", "m3"]
