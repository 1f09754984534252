"""Derived figures: what each kind of metric makes of facts, and when it makes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from filings import DEFINITIONS, SAMPLE_NAMES, copied_definitions, filing, sample

from esgreport.definitions.metrics import inputs_of
from esgreport.errors import DefinitionError
from esgreport.measure import measure
from esgreport.model import Fact

LANGUAGES = [code for code, language in DEFINITIONS.languages.items() if language.complete]

ENERGY = """
TotalEnergyConsumption = 200 utr:MWh
EnergyConsumptionFromElectricity = 40 utr:MWh @RenewableEnergyMember
EnergyConsumptionFromElectricity = 100 utr:MWh @NonRenewableEnergyMember
EnergyConsumptionFromFuels = 60 utr:MWh @NonRenewableEnergyMember
"""


def figures(table: str) -> dict[str, Decimal]:
    """Code and value of what is measured; of changes, code and concept."""
    found: dict[str, Decimal] = {}
    for fact in measure(filing(table), DEFINITIONS):
        assert isinstance(fact.value, Decimal)
        of = "".join(f" {value}" for _, value in fact.dimensions)
        found[fact.concept + of] = fact.value
    return found


def only(facts: Iterable[Fact], concept: str) -> Fact:
    return next(fact for fact in facts if fact.concept == concept)


# ── ratio ──


def test_a_share_is_the_numerators_over_the_denominators() -> None:
    assert figures(ENERGY) == {"RenewableEnergyShare": Decimal("0.2")}


def test_a_share_is_not_stated_when_the_parts_do_not_make_the_total() -> None:
    assert figures(ENERGY.replace("= 200 ", "= 220 ")) == {}


def test_rounding_of_the_parts_does_not_hide_a_share() -> None:
    assert "RenewableEnergyShare" in figures(ENERGY.replace("= 200 ", "= 200.9 "))


def test_a_share_is_not_stated_when_the_total_is_missing() -> None:
    assert figures(ENERGY.replace("TotalEnergyConsumption = 200 utr:MWh", "")) == {}


def test_a_share_of_nothing_is_missing_and_not_nought() -> None:
    assert figures("NumberOfEmployees = 0\nNumberOfFemaleEmployees = 0") == {}


def test_a_missing_numerator_leaves_no_figure() -> None:
    assert figures("NumberOfEmployees = 10\nNumberOfMaleEmployees = 10") == {}


def test_a_numerator_of_nought_is_a_figure() -> None:
    table = "NumberOfEmployees = 10\nNumberOfMaleEmployees = 10\nNumberOfFemaleEmployees = 0"
    assert figures(table) == {"WomenShare": Decimal(0)}


def test_units_are_converted_before_a_ratio_is_taken() -> None:
    table = "TotalEnergyConsumption = 1800 utr:GJ\nNumberOfEmployees = 10"
    assert round(figures(table)["EnergyPerEmployee"], 6) == Decimal(50)


def test_a_unit_of_another_kind_leaves_no_figure() -> None:
    assert figures("TotalEnergyConsumption = 1800 utr:t\nNumberOfEmployees = 10") == {}


def test_a_figure_per_million_is_scaled() -> None:
    table = "TotalGrossLocationBasedScope1AndScope2GHGEmissions = 150 utr:tCO2e\nTurnover = 30000000 iso4217:EUR"
    assert figures(table) == {"EmissionsPerMillionOfTurnover": Decimal(5)}


def test_rows_of_a_table_are_added_up_in_one_unit() -> None:
    table = """
    WasteDivertedToRecycleOrReuseMass = 3 utr:t @W-200101-Non-Hazardous-PaperAndCardboardMember
    WasteDivertedToRecycleOrReuseMass = 1000 utr:kg @W-150104-Non-Hazardous-MetallicPackagingMember
    WasteDirectedToDisposalMass = 1 utr:t @W-200101-Non-Hazardous-PaperAndCardboardMember
    TotalWasteGeneratedMass = 5000 utr:kg
    """
    assert figures(table) == {"WasteDivertedShare": Decimal("0.8")}


def test_a_figure_met_twice_leaves_no_figure() -> None:
    table = "TotalEnergyConsumption = 100 utr:MWh\nTotalEnergyConsumption = 110 utr:MWh\nNumberOfEmployees = 10"
    assert figures(table) == {}


# ── weighted mean ──


def test_training_hours_are_weighted_with_the_people_of_each_gender() -> None:
    table = """
    AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 10
    AverageNumberOfAnnualTrainingHoursPerMaleEmployee = 20
    NumberOfFemaleEmployees = 30
    NumberOfMaleEmployees = 10
    """
    assert figures(table) == {"AverageTrainingHours": Decimal("12.5")}


@pytest.mark.parametrize(
    "table",
    [
        "AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 10",
        "AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 10\nNumberOfFemaleEmployees = 5\n"
        "NumberOfMaleEmployees = 5",
        "NumberOfFemaleEmployees = 5",
    ],
)
def test_hours_or_people_that_are_missing_leave_no_mean(table: str) -> None:
    assert "AverageTrainingHours" not in figures(table)


def test_a_group_without_people_needs_no_hours() -> None:
    table = """
    AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 10
    NumberOfFemaleEmployees = 30
    NumberOfOtherGenderEmployees = 0
    """
    assert figures(table) == {"AverageTrainingHours": Decimal(10)}


# ── change ──


def test_changes_are_measured_against_the_base_year() -> None:
    table = """
    GrossScope1GreenhouseGasEmissions = 75 utr:tCO2e
    GrossScope1GreenhouseGasEmissions = 100 utr:tCO2e @BaselineYearMember
    GrossScope1GreenhouseGasEmissions = 40 utr:tCO2e @TargetYearMember
    """
    assert figures(table) == {
        "EmissionsChangeSinceBaseYear GrossScope1GreenhouseGasEmissions": Decimal("-0.25"),
        "EmissionsTargetChange GrossScope1GreenhouseGasEmissions": Decimal("-0.6"),
    }


def test_there_is_no_change_from_nought_nor_without_a_base_year() -> None:
    table = """
    GrossScope1GreenhouseGasEmissions = 75 utr:tCO2e
    GrossScope1GreenhouseGasEmissions = 0 utr:tCO2e @BaselineYearMember
    GrossScope3GreenhouseGasEmissions = 75 utr:tCO2e
    """
    assert figures(table) == {}


# ── what a measured fact carries ──


def test_a_measured_fact_names_what_it_was_computed_from_and_has_no_cell() -> None:
    filed = filing(ENERGY)
    share = only(measure(filed, DEFINITIONS), "RenewableEnergyShare")
    assert set(share.inputs) == {fact for fact in filed.facts if fact.dimensions}
    assert share.source.cell == "" and share.period == filed.period


def test_nothing_is_measured_of_nothing() -> None:
    assert measure(filing(""), DEFINITIONS) == ()


def test_endless_decimals_end_where_a_double_does() -> None:
    table = "NumberOfEmployees = 3\nNumberOfFemaleEmployees = 1\nNumberOfMaleEmployees = 2"
    assert figures(table) == {"WomenShare": Decimal("0.333333333333333")}


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_every_measured_fact_of_the_samples_comes_from_their_facts(name: str) -> None:
    filed = sample(name)
    measured = measure(filed, DEFINITIONS)
    assert {one for fact in measured for one in fact.inputs} <= set(filed.facts)
    assert [fact.concept for fact in measured if not fact.inputs] == []
    assert round(only(measured, "WomenShare").value, 4) == Decimal("0.2649")  # type: ignore[call-overload]
    assert "RenewableEnergyShare" not in {fact.concept for fact in measured}  # the parts do not make the total


# ── definitions ──


def test_every_metric_is_labelled_and_explained_in_every_language() -> None:
    missing = [
        (metric.code, language)
        for metric in DEFINITIONS.metrics.values()
        for language in LANGUAGES
        if not metric.labels.get(language) or not metric.formula.get(language)
    ]
    assert missing == []


def test_every_input_of_a_metric_is_a_number() -> None:
    named = {item.concept for metric in DEFINITIONS.metrics.values() for item in inputs_of(metric)}
    assert {name for name in named if not DEFINITIONS.concepts[name].numeric} == set()


def test_a_metric_that_names_no_concept_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "metrics" / "social.yaml"
    path.write_text(path.read_text("utf-8").replace("NumberOfFemaleEmployees", "NumberOfFemaleEmployes"), "utf-8")
    with pytest.raises(DefinitionError, match=r"NumberOfFemaleEmployes.*Did you mean 'NumberOfFemaleEmployees'\?"):
        _ = definitions.metrics


def test_a_metric_defined_twice_is_refused(tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    folder = definitions.folder / "metrics"
    (folder / "again.yaml").write_text((folder / "social.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(DefinitionError, match="is defined twice"):
        _ = definitions.metrics


def test_a_period_other_than_a_year_is_kept() -> None:
    filed = filing("NumberOfEmployees = 10\nTotalEnergyConsumption = 10 utr:MWh")
    short = replace(filed, period=replace(filed.period, end=filed.period.end.replace(month=6, day=30)))
    assert {fact.period for fact in measure(short, DEFINITIONS)} == {short.period}
