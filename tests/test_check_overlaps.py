"""One flaw, one finding: what one wrong figure makes is said once, where that figure is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from test_check_planted import COMPANY, DEFINITIONS

from esgreport.check import check
from esgreport.model import Fact, FactValue, Filing, Finding, Period, Severity


def changed(concept: str, change: Callable[[Decimal], Decimal], filing: Filing = COMPANY) -> Filing:
    """The company with one figure of the reporting period changed."""
    old = next(fact for fact in filing.facts if fact.concept == concept and not fact.dimensions)
    assert isinstance(old.value, Decimal)
    new = replace(old, value=change(old.value))
    return replace(filing, facts=tuple(new if fact is old else fact for fact in filing.facts))


def found(filing: Filing) -> list[tuple[str, str]]:
    """The findings, each with the concept whose cell it sits at."""
    concepts = {fact.source: fact.concept for fact in filing.facts}
    return [(each.code, concepts[each.source]) for each in check(filing, DEFINITIONS)]


FIGURES = [fact for fact in COMPANY.facts if isinstance(fact.value, Decimal) and fact.value]


@pytest.mark.parametrize("factor", ["1.3", "0.7", "1000", "0.001"])
def test_one_wrong_figure_never_makes_two_findings(factor: str) -> None:
    twice: list[tuple[Fact, tuple[Finding, ...]]] = []
    for fact in FIGURES:
        wrong = replace(fact, value=fact.value * Decimal(factor)) if isinstance(fact.value, Decimal) else fact
        facts = tuple(wrong if each is fact else each for each in COMPANY.facts)
        findings = check(replace(COMPANY, facts=facts), DEFINITIONS)
        if len(findings) > 1:
            twice.append((fact, findings))
    assert twice == []


MAKE_TWO = {"GrossScope3GreenhouseGasEmissions"}
"""Without it two totals, location-based and market-based, stand without what they are made of."""


@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
def test_one_missing_answer_makes_one_finding_at_most(edition: str) -> None:
    twice = {
        fact.concept
        for fact in COMPANY.facts
        if len(
            check(
                replace(COMPANY, facts=tuple(each for each in COMPANY.facts if each is not fact)),
                DEFINITIONS,
                edition=edition,
            )
        )
        > 1
    }
    assert twice == MAKE_TWO


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ("GrossScope1GreenhouseGasEmissions", "VSME-B3-06"),
        ("GrossLocationBasedScope2GreenhouseGasEmissions", "VSME-B3-06"),
        ("GrossScope3GreenhouseGasEmissions", "VSME-B3-08"),
        ("TotalGrossLocationBasedScope1AndScope2GHGEmissions", "VSME-B3-06"),
        ("NumberOfEmployees", "VSME-B8-01"),
        ("Turnover", "VSME-B3-09"),
        ("TotalWasteGeneratedMass", "VSME-B7-04"),
        ("TotalHazardousWasteGeneratedMass", "VSME-B7-04"),
        ("EnergyConsumptionFromFuels", "VSME-B3-02"),
    ],
)
def test_the_figure_that_explains_all_that_does_not_hold_is_pointed_at(concept: str, code: str) -> None:
    assert found(changed(concept, lambda value: value * 2)) == [(code, concept)]


def test_two_flaws_are_two_findings() -> None:
    filing = changed("NumberOfPermanentContractEmployees", lambda value: value + 5)
    filing = changed("NumberOfMaleEmployees", lambda value: value + 7, filing)
    assert found(filing) == [
        ("VSME-B8-01", "NumberOfPermanentContractEmployees"),
        ("VSME-B8-02", "NumberOfMaleEmployees"),
    ]


def test_a_figure_that_is_wrong_by_itself_is_not_compared_as_well() -> None:
    assert found(changed("GrossScope1GreenhouseGasEmissions", lambda value: -value)) == [
        ("VSME-GEN-06", "GrossScope1GreenhouseGasEmissions")
    ]


def test_of_two_flaws_of_one_value_the_worse_is_said() -> None:
    gap = "PercentageGapInPayBetweenFemaleAndMaleEmployees"
    assert found(changed(gap, lambda _: Decimal(68))) == [("VSME-B10-03", gap)]


def test_of_what_one_figure_explains_the_likely_slip_is_said() -> None:
    total = "TotalEnergyConsumption"
    assert found(changed(total, lambda value: value * 1000)) == [("VSME-B3-11", total)]


def test_an_error_is_not_lost_to_a_warning_on_the_same_figure() -> None:
    total = "TotalEnergyConsumption"
    [finding] = check(changed(total, lambda value: value / 1000), DEFINITIONS)
    assert (finding.code, finding.severity) == ("VSME-B3-03", Severity.ERROR)


def test_what_one_figure_explains_matters_as_much_as_the_worst_of_it() -> None:
    [finding] = check(changed("Turnover", lambda value: value / 1000), DEFINITIONS)
    assert (finding.code, finding.severity) == ("VSME-B1-12", Severity.ERROR), "the intensities are wrong by it"


def test_too_many_employees_are_told_by_what_does_not_add_up() -> None:
    employees = "NumberOfEmployees"
    assert found(changed(employees, lambda value: value * 1000)) == [("VSME-B8-01", employees)]


def test_a_figure_of_an_unusual_size_is_not_asked_about_as_a_change_as_well() -> None:
    period = Period(date(2024, 12, 31), date(2024, 1, 1))
    facts = [
        replace(fact, period=period if fact.period.start else Period(period.end), value=_shaken(fact))
        for fact in COMPANY.facts
        if fact.period.end == COMPANY.period.end
    ]
    last_year = replace(COMPANY, period=period, facts=tuple(facts), workbooks=("last.xlsx",))
    filing = replace(changed("TotalEnergyConsumption", lambda value: value * 1000), prior=(last_year,))
    assert [code for code, _ in found(filing) if code != "VSME-CMP-04"] == ["VSME-B3-11"]


def _shaken(fact: Fact) -> FactValue:
    """Last year's figure: a little less, so that nothing was copied."""
    return fact.value * Decimal("0.987") if isinstance(fact.value, Decimal) else fact.value
