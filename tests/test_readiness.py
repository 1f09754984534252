"""Readiness: the cap's rows, customers' profiles, and gaps in the order in which they are worth closing."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from filings import DEFINITIONS, copied_definitions, filing

from esgreport import pipeline
from esgreport.assessment import CapQuestion, Readiness, State
from esgreport.definitions.models import Text
from esgreport.errors import DefinitionError
from esgreport.measure import measure
from esgreport.model import Filing, Period
from esgreport.readiness import ReadinessOptions, readiness
from esgreport.render.readiness_text import readiness_text

COMPLETE = [code for code, language in DEFINITIONS.languages.items() if language.complete]
SAMPLE = pipeline.sample_filing(DEFINITIONS, "en")
THIRTY = "NumberOfEmployees = 30 xbrli:pure\nTypeOfNumberOfEmployees = HeadcountMember"
FIVE = THIRTY.replace("30", "5")
LAW = DEFINITIONS.law


def of(filed: Filing, options: ReadinessOptions | None = None) -> Readiness:
    return readiness(filed, measure(filed, DEFINITIONS), DEFINITIONS, options or ReadinessOptions())


# ── the cap ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sample_has_everything_inside_the_cap_and_much_beyond() -> None:
    found = of(SAMPLE)
    assert {row.state for row in found.rows} == {State.REPORTED}
    assert (len(found.rows), found.missing, found.gaps) == (23, 0, ())
    assert "GrossScope3GreenhouseGasEmissions" in {each.concept for each in found.held}
    assert "TotalEnergyConsumption" not in {each.concept for each in found.held}


def test_the_smaller_size_has_nine_rows_inside() -> None:
    assert sum(row.inside is True for row in of(filing(FIVE)).rows) == 9
    assert sum(row.inside is True for row in of(filing(THIRTY)).rows) == 23


def test_without_a_number_of_employees_rows_of_the_larger_size_cannot_be_told() -> None:
    found = of(filing(""))
    assert [row.inside for row in found.rows].count(None) == 14
    assert [row.inside for row in found.rows].count(True) == 9


def test_what_the_cap_covers_in_the_comprehensive_module_is_looked_for_though_option_a_was_chosen() -> None:
    found = of(filing(f"{THIRTY}\nBasisForPreparation = OptionABasicModuleOnlyMember"))
    assert "EmployeeTurnoverRate" in {gap.concept for gap in found.gaps if gap.inside}
    assert {each.code: each.state for each in found.disclosures}["C1"] is State.NOT_APPLICABLE


def test_a_row_with_some_of_its_datapoints_is_there_in_part() -> None:
    row = next(
        row
        for row in of(filing(f"{THIRTY}\nGrossScope1GreenhouseGasEmissions = 3 utr:tCO2e")).rows
        if row.row == "CAP-05"
    )
    assert row.state is State.PARTLY
    assert row.missing[0] == "Gross Scope 2 GHG emissions, location-based"


def test_the_request_is_for_the_first_year_the_cap_holds_for_unless_the_filing_is_later() -> None:
    assert of(SAMPLE).asked == CapQuestion(Decimal(180), "csrd", date(2027, 1, 1))
    asked = CapQuestion(Decimal(1500), "csrd", date(2027, 1, 1))
    assert of(SAMPLE, ReadinessOptions(asked=asked)).asked == asked


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("employees", "year", "protects", "says"),
    [
        (5, 2027, True, ("With 5 employees the undertaking is protected",)),
        (80, 2026, True, ("The cap does not apply yet", "With 80 employees the undertaking is protected")),
        (1500, 2026, False, ("The cap does not apply yet", "does not protect an undertaking with 1,500 employees")),
        (1500, 2027, False, ("does not protect an undertaking with 1,500 employees",)),
    ],
)
def test_whether_the_cap_protects_is_said_with_the_reason(
    employees: int, year: int, says: tuple[str, ...], *, protects: bool
) -> None:
    period = Period(date(year, 12, 31), date(year, 1, 1))
    found = of(filing(THIRTY.replace("30", str(employees)), period=period))
    assert found.protects is protects
    assert found.protection.count("The cap does not apply yet") == (year < 2027)
    assert [text for text in says if text not in found.protection] == []
    assert found.protection.split()[0] in readiness_text(found)


def test_gaps_inside_the_cap_come_first_then_those_most_customers_ask_for_then_the_easiest() -> None:
    gaps = of(filing(THIRTY)).gaps
    efforts = ("low", "medium", "high")
    keys = [((True, None, False).index(gap.inside), -len(gap.asked_by), efforts.index(gap.effort)) for gap in gaps]
    assert keys == sorted(keys)
    assert gaps[0].inside is True
    assert len(gaps[0].asked_by) == len(LAW.profiles)


def test_a_gap_says_who_asks_what_it_takes_and_why_it_is_one() -> None:
    gap = next(gap for gap in of(filing(THIRTY)).gaps if gap.concept == "GrossScope1GreenhouseGasEmissions")
    assert (gap.disclosure, gap.paragraph, gap.effort) == ("B3", "33", "medium")
    assert gap.effort_reason == "Amounts of energy and fuels times emission factors."
    assert gap.reason == "Asked for and not reported."
    assert gap.asked_by == ("Car maker", "Bank", "Company reporting under the CSRD")


def test_what_hangs_on_an_answer_that_is_missing_itself_is_no_gap_of_its_own() -> None:
    concepts = {gap.concept for gap in of(filing(THIRTY)).gaps}
    assert "UndertakingAppliesCircularEconomyPrinciples" in concepts
    assert "DescriptionOfHowCircularEconomyPrinciplesAreApplied" not in concepts


def test_what_is_voluntary_is_a_gap_only_where_a_customer_asks_for_it() -> None:
    scope_3 = "GrossScope3GreenhouseGasEmissions"
    bank = of(filing(THIRTY), ReadinessOptions(profiles=("bank",)))
    reporter = of(filing(THIRTY), ReadinessOptions(profiles=("csrd-reporter",)))
    assert (scope_3 in {gap.concept for gap in bank.gaps}, scope_3 in {gap.concept for gap in reporter.gaps}) == (
        True,
        False,
    )


def test_a_derived_figure_that_cannot_be_had_asks_for_what_it_is_computed_from() -> None:
    bank = of(filing(f"{THIRTY}\nTotalEnergyConsumption = 5 utr:MWh"), ReadinessOptions(profiles=("bank",)))
    item = next(item for item in bank.profiles[0].items if item.name == "RenewableEnergyShare")
    assert (item.state, item.ready) == (State.MISSING, False)
    emissions = next(gap for gap in bank.gaps if gap.concept == "Turnover")
    assert emissions.asked_by == ("Bank",)


# ── customers ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_profile_counts_what_applies_and_weighs_it() -> None:
    found = of(SAMPLE)
    assert {profile.id: profile.share for profile in found.profiles} == dict.fromkeys(LAW.profiles, Decimal(1))
    some = of(filing(f"{THIRTY}\nTotalEnergyConsumption = 5 utr:MWh"), ReadinessOptions(profiles=("csrd-reporter",)))
    profile = some.profiles[0]
    weights = {item.name: item.weight for item in profile.applicable}
    held = weights["TotalEnergyConsumption"] + weights["NumberOfEmployees"]
    assert profile.share == Decimal(held) / sum(weights.values())
    assert profile.ready == 2


def test_what_is_not_applicable_counts_neither_way() -> None:
    bank = of(SAMPLE, ReadinessOptions(profiles=("bank",))).profiles[0]
    assert all(item.state is not State.NOT_APPLICABLE for item in bank.applicable)


def test_a_company_under_the_csrd_asks_for_nothing_beyond_the_cap() -> None:
    profile = LAW.profiles["csrd-reporter"]
    asked = [name for ask in profile.asks for name in ask.datapoints]
    assert [name for name in asked if LAW.cap.row_of(name) is None] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_profiles_and_efforts_are_in_every_complete_language(language: str) -> None:
    texts: list[Text] = [text for profile in LAW.profiles.values() for text in (profile.name, profile.summary)]
    texts += [effort.reason for effort in LAW.efforts.values()]
    assert [text["en"] for text in texts if not text.get(language)] == []
    found = of(filing(""), ReadinessOptions(language=language))
    assert all("{" not in text for gap in found.gaps for text in (gap.reason, gap.effort_reason))


def test_every_concept_has_an_effort() -> None:
    assert set(LAW.efforts) == set(DEFINITIONS.concepts)


# ── options and what is refused ──────────────────────────────────────────────────────────────────────────────


def test_the_edition_is_that_of_the_financial_year_unless_another_is_asked_for() -> None:
    assert of(SAMPLE).edition == "VSME of 2025"
    assert of(SAMPLE).why.startswith("The financial year ends on 31 December 2025")
    assert (
        of(SAMPLE, ReadinessOptions(edition="vs-2026")).edition,
        of(SAMPLE, ReadinessOptions(edition="vs-2026")).why,
    ) == (
        "Voluntary standard of 2026",
        "",
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (ReadinessOptions(edition="vs-2062"), "There is no edition 'vs-2062'. Did you mean 'vs-2026'"),
        (ReadinessOptions(profiles=("bnk",)), "There is no profile 'bnk'. Did you mean 'bank'"),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest(options: ReadinessOptions, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        of(SAMPLE, options)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("profiles/bank.yaml", "RenewableEnergyShare", "RenewableEnergyShre", "Did you mean 'RenewableEnergyShare'"),
        ("profiles/bank.yaml", "sources: [OWN]", "sources: [OWNE]", "unknown source 'OWNE'"),
        ("profiles/bank.yaml", "id: bank", "id: banks", "must be named banks.yaml"),
        ("profiles/bank.yaml", "weight: 3", "weight: 4", "not one of 1, 2 or 3"),
        ("profiles/bank.yaml", "      - Turnover\n", "      - Assets\n", "Assets is asked for twice"),
        ("effort.yaml", "      - Turnover\n", "      - Trunover\n", "Did you mean 'Turnover'"),
        ("effort.yaml", "      - Turnover\n", "      - Assets\n", "Assets is in registers_and_accounts and in"),
        ("applicability.yaml", "ConsolidatedMember", "ConsolidatdMember", "unknown member 'ConsolidatdMember'"),
        ("applicability.yaml", "disclosures: [C1,", "disclosures: [C0,", "unknown disclosure 'C0'"),
        ("applicability.yaml", "  missing: {", "  mising: {", "'mising'.* Did you mean 'missing'"),
        ("applicability.yaml", "id: certified", "id: consolidated", "consolidated is given twice"),
    ],
)
def test_a_wrong_definition_is_refused(file: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        readiness(SAMPLE, (), definitions, ReadinessOptions())


def test_a_new_profile_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    shutil.copy(definitions.folder / "profiles" / "bank.yaml", definitions.folder / "profiles" / "insurer.yaml")
    file = definitions.folder / "profiles" / "insurer.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("id: bank", "id: insurer"), encoding="utf-8")
    found = readiness(SAMPLE, measure(SAMPLE, definitions), definitions, ReadinessOptions(profiles=("insurer",)))
    assert [profile.id for profile in found.profiles] == ["insurer"]


def test_a_figure_an_edition_dropped_is_ready_when_all_it_takes_is_reported() -> None:
    """A bank asks for emissions per million of turnover; the standard of 2026 has dropped them."""
    for edition in ("vsme-2025", "vs-2026"):
        items = {
            item.name: item
            for profile in of(SAMPLE, ReadinessOptions(edition=edition)).profiles
            for item in profile.items
        }
        assert items["EmissionsPerMillionOfTurnover"].state is State.REPORTED
