"""What customers' questions ask for: the words of the lexicon, the frames, and how sure a match may be."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from esgreport.definitions import load
from esgreport.match import match
from esgreport.model import Source
from esgreport.questionnaire import AnswerKind, Match, Question

DEFINITIONS = load()


def asked(text: str, language: str = "en", kind: AnswerKind = "text", **more: str) -> Question:
    return Question(id=text, source=Source(""), text=text, language=language, kind=kind, **more)  # type: ignore[arg-type]


def matched(text: str, language: str = "en", kind: AnswerKind = "text") -> Match:
    return match([asked(text, language, kind)], DEFINITIONS)[0]


def test_every_question_has_its_match_in_the_order_they_were_asked() -> None:
    questions = [asked("Total headcount"), asked("Fatturato annuo", "it"), asked("Rechtsform", "de")]
    found = match(questions, DEFINITIONS)
    assert [each.question for each in found] == [each.id for each in questions]
    assert [each.candidates[0].target for each in found] == ["NumberOfEmployees", "Turnover", "UndertakingsLegalForm"]


def test_a_follow_up_is_never_surer_than_the_question_it_hangs_on() -> None:
    parent = asked("Anything else you would like to share with us?")
    follow_up = asked("Total energy consumption in MWh", parent=parent.id)
    first, second = match([parent, follow_up], DEFINITIONS)
    assert second.candidates[0].target == "TotalEnergyConsumption"
    assert second.candidates[0].probability <= first.candidates[0].probability


def test_a_follow_up_is_read_under_the_question_it_hangs_on() -> None:
    parent = asked("Have you adopted a transition plan for climate change mitigation?")
    follow_up = asked("If not, when will you adopt one?", parent=parent.id)
    alone, under = match([follow_up], DEFINITIONS)[0], match([parent, follow_up], DEFINITIONS)[1]
    adoption = "DateOfAdoptionOfTransitionPlanForUndertakingNotHavingAdoptedTransitionPlanYet"
    assert under.candidates[0].target == adoption
    assert alone.gates


@pytest.mark.parametrize(
    ("text", "language", "gate"),
    [
        ("CO2 reduction target: by how much and until when?", "en", "and_when"),
        ("CO2-Reduktionsziel: um wie viel und bis wann?", "de", "and_when"),
        ("Obiettivo di riduzione della CO2: di quanto ed entro quando?", "it", "and_when"),
        ("Objectif de réduction du CO2 : de combien et d'ici quand ?", "fr", "and_when"),
        ("Nom et e-mail de l'interlocuteur", "fr", "two_particulars"),
        ("Ansprechpartner: Name und Telefon", "de", "two_particulars"),
        ("Nome e ruolo del referente", "it", "two_particulars"),
        ("Number and share of women employed", "en", "number_and_share"),
        ("Anzahl und Anteil der Frauen", "de", "number_and_share"),
        ("Headcount and turnover", "en", "staff_and_turnover"),
        ("Dipendenti e fatturato", "it", "staff_and_turnover"),
        ("Partita IVA e numero REA", "it", "two_numbers_of_the_register"),
        ("Scope 2, location-based and market-based (tCO2e)", "en", "both_methods"),
        ("Nombre de condamnations et montant des amendes pour corruption", "fr", "convictions_and_fines"),
        ("Gibt es einen Verhaltenskodex für die Beschäftigten? Wenn ja, bitte beschreiben", "de", "yes_and_which"),
    ],
)
def test_two_things_asked_for_in_one_are_left_to_a_person(text: str, language: str, gate: str) -> None:
    assert gate in matched(text, language).gates


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Do you have a policy on health and safety?", "en"),
        ("Total scope 1 and 2 emissions (tCO2e)", "en"),
        ("Anzahl der Mitarbeiterinnen und Mitarbeiter", "de"),
        ("Nome e indirizzo dell'azienda", "it"),
        ("Énergie consommée, électricité et combustibles (MWh)", "fr"),
    ],
)
def test_two_words_for_one_thing_are_not_two_things(text: str, language: str) -> None:
    two = {"and_when", "two_particulars", "number_and_share", "staff_and_turnover", "both_methods", "yes_and_which"}
    assert not two & set(matched(text, language).gates)


@pytest.mark.parametrize("text", ["Bitte geben Sie die Zahl der Beschäftigten an", "Die Zahl der Beschäftigten"])
def test_a_german_article_is_no_death(text: str) -> None:
    assert matched(text, "de").candidates[0].target == "NumberOfEmployees"


@pytest.mark.parametrize(
    ("text", "language", "target"),
    [
        ("Gründungsjahr", "de", "profile:founded"),
        ("D-U-N-S number", "en", "profile:duns"),
        ("Codice fornitore", "it", "profile:supplier_number"),
        ("Fonction de la personne ayant rempli le questionnaire", "fr", "profile:contact_role"),
        ("Beginn des Geschäftsjahres", "de", "profile:period_start"),
        ("Fine del periodo di rendicontazione", "it", "profile:period_end"),
        ("Do you have a target to reduce greenhouse gas emissions?", "en", "derived:ghg_target_yes_no"),
        ("Quanto tempo impiegate a evadere un reclamo?", "it", "cx:complaint_resolution_time"),
        ("Kundenbindungsrate", "de", "cx:customer_retention"),
        ("Taux de réponse à l'enquête clients", "fr", "cx:response_rate"),
        ("Abfall zur Beseitigung (t)", "de", "derived:waste_disposed_total"),
        ("Does your code of conduct forbid human trafficking?", "en", "derived:human_trafficking_policy_yes_no"),
        ("CO2 emissions, scope one (t)", "en", "GrossScope1GreenhouseGasEmissions"),
        ("Bisher erreichte Emissionsminderung gegenüber dem Basisjahr (%)", "de", "derived:ghg_reduction_achieved"),
    ],
)
def test_what_is_asked_for_by_its_own_name_is_found(text: str, language: str, target: str) -> None:
    assert matched(text, language).candidates[0].target == target


def test_what_a_question_leaves_out_is_not_what_it_asks_for() -> None:
    found = matched("GHG emissions in tCO2e, Scope 1, excluding Scope 2 and Scope 3")
    assert found.candidates[0].target == "GrossScope1GreenhouseGasEmissions"


@pytest.mark.parametrize(
    "text", ["", " ", "?", "…", "💧" * 50, "a" * 40_000, "nicht " * 20_000, "(" * 5_000, "=1+1", "<b>"]
)
def test_whatever_stands_in_a_cell_gets_a_match_in_no_time(text: str) -> None:
    began = time.process_time()
    found = match([asked(text, "de")], DEFINITIONS)[0]
    assert found.question == text
    assert all(candidate.probability < Decimal("0.85") for candidate in found.candidates)
    assert time.process_time() - began < 1


def test_an_unknown_language_is_read_in_all_of_them() -> None:
    assert matched("Gesamtenergieverbrauch in MWh", "").candidates[0].target == "TotalEnergyConsumption"


def test_the_section_above_lends_a_short_heading_its_topic() -> None:
    found = match([asked("Total quantity (t)", section="Waste")], DEFINITIONS)[0]
    assert found.candidates[0].target == "TotalWasteGeneratedMass"


def test_a_unit_beside_the_question_tells_a_figure_from_a_share() -> None:
    share = match([asked("Renewable energy", kind="number", unit="%")], DEFINITIONS)[0]
    amount = match([asked("Renewable energy", kind="number", unit="MWh")], DEFINITIONS)[0]
    assert share.candidates[0].target == "derived:renewable_energy_share"
    assert amount.candidates[0].target == "derived:renewable_energy_total"


@pytest.mark.parametrize(
    ("text", "language", "gate"),
    [
        ("Lost time injury frequency rate (LTIFR)", "en", "lost_time_accidents"),
        ("Anzahl meldepflichtiger Arbeitsunfälle", "de", "declared_accidents"),
        ("Infortuni denunciati INAIL", "it", "declared_accidents"),
        ("Accidents de trajet et accidents du travail (nombre)", "fr", "commuting"),
        ("Beschäftigte in Vollzeitäquivalenten", "de", "full_time_equivalents"),
        ("Effectif en ETP", "fr", "full_time_equivalents"),
        ("Wasserverbrauch in m³", "de", "water_consumption"),
        ("Consumo di gas metano (Smc)", "it", "one_of_the_fuels"),
        ("Code NAF", "fr", "national_sector_code"),
        ("Codice ATECO", "it", "national_sector_code"),
        ("WZ-Code", "de", "national_sector_code"),
        ("Wie viele Frauen sitzen im Vorstand?", "de", "count_not_ratio"),
        ("Scope 1 emissions in the previous year", "en", "earlier_year"),
        ("Condanne per corruzione negli ultimi 3 anni", "it", "several_years"),
        ("Canale whistleblowing", "it", "whistleblowing"),
        ("Hazardous and non-hazardous waste (t)", "en", "hazardous_and_not"),
        ("Women / men employed", "en", "women_and_men"),
        ("Do you pay a living wage?", "en", "living_wage"),
        ("Index égalité professionnelle", "fr", "equality_index"),
        ("Energy consumption of your site (MWh)", "en", "one_site"),
        ("Turnover in USD", "en", "other_currency"),
        ("Total energy consumption (t)", "en", "other_unit"),
        ("Has your carbon footprint been verified by a third party? Total emissions:", "en", "outside_topic"),
    ],
)
def test_a_question_that_only_sounds_like_ours_is_left_to_a_person(text: str, language: str, gate: str) -> None:
    assert gate in matched(text, language).gates


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Total energy consumption (MWh)", "en"),
        ("Anzahl der Beschäftigten zum 31.12.", "de"),
        ("Percentuale di donne sul totale dei dipendenti", "it"),
        ("Émissions directes de GES (scope 1), tCO2e", "fr"),
    ],
)
def test_a_plain_question_runs_into_no_gate(text: str, language: str) -> None:
    found = matched(text, language)
    assert found.gates == ()
    assert found.candidates[0].probability >= Decimal("0.85")


def test_a_member_of_an_axis_is_named_where_the_question_means_it() -> None:
    found = matched("Renewable electricity consumed (MWh)")
    assert (found.candidates[0].target, found.candidates[0].member) == (
        "EnergyConsumptionFromElectricity",
        "RenewableEnergyMember",
    )
