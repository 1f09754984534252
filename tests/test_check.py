"""The engine of rule kinds: what each kind finds, in which order, in which words; the rules themselves have cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rule_cases import definitions_with, filing, place

from esgreport.check import check
from esgreport.check.kinds import OF_COMPLETENESS, OF_KIND
from esgreport.check.texts import is_lei, is_url
from esgreport.definitions import Definitions, load
from esgreport.definitions.rules import KINDS
from esgreport.errors import DefinitionError
from esgreport.model import Dropped, Fact, Filing, Finding, Period, Severity, Source

DEFINITIONS = load()
RULES = DEFINITIONS.rules  # loaded before any clock runs
SCOPE_1 = "GrossScope1GreenhouseGasEmissions"
SCOPE_2 = "GrossLocationBasedScope2GreenhouseGasEmissions"
SCOPES_1_AND_2 = "TotalGrossLocationBasedScope1AndScope2GHGEmissions"


def found(definitions: Definitions, lines: list[str]) -> list[str]:
    return [place(finding.source) for finding in check(filing(definitions, lines), definitions)]


# ── kinds ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_kind_that_may_stand_in_a_file_has_its_function() -> None:
    assert set(KINDS) == set(OF_KIND)
    assert set(OF_KIND) >= OF_COMPLETENESS


def test_what_must_be_left_empty_is_found_where_it_is_not(tmp_path: Path) -> None:
    definitions = definitions_with(
        tmp_path,
        "{kind: left_empty, concepts: [OtherUndertakingsLegalForm],"
        " unless: [{concept: UndertakingsLegalForm, equals: OtherUndertakingsLegalFormMember}]}",
    )
    other = "OtherUndertakingsLegalForm = Foundation @ General!E181"
    assert found(definitions, ["UndertakingsLegalForm = CooperativeMember", other]) == ["General!E181"]
    assert found(definitions, ["UndertakingsLegalForm = OtherUndertakingsLegalFormMember", other]) == []


def test_what_is_missing_is_found_in_the_cell_that_asks_for_it(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: required, concepts: [Turnover]}")
    assets = filing(definitions, ["Assets = 5 EUR @ General!E282"])
    asked = replace(assets, asked_at=(("Turnover", Source("book.xlsx", "General", "E283", "Turnover")),))
    places = [[place(one.source) for one in check(each, definitions)] for each in (assets, asked)]
    assert places == [["General!E282"], ["General!E283"]]


def test_a_sum_may_not_pass_its_limit(tmp_path: Path) -> None:
    definitions = definitions_with(
        tmp_path, "{kind: at_most, concepts: [RevenueDerivedFromCoal, RevenueDerivedFromOil], limit: Turnover}"
    )
    revenues = ["RevenueDerivedFromCoal = 60 EUR @ Gov!H14", "RevenueDerivedFromOil = 50 EUR @ Gov!H15"]
    assert found(definitions, ["Turnover = 100 EUR @ General!E281", *revenues]) == ["Gov!H14"]
    assert found(definitions, ["Turnover = 110 EUR @ General!E281", *revenues]) == []


def test_amounts_are_compared_in_one_unit(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: at_most, concepts: [TotalSealedArea], limit: TotalUseOfLand}")
    assert found(definitions, ["TotalUseOfLand = 1 ha", "TotalSealedArea = 9000 sqm @ Env!D295"]) == []
    assert found(definitions, ["TotalUseOfLand = 1 ha", "TotalSealedArea = 11000 sqm @ Env!D295"]) == ["Env!D295"]


def test_what_cannot_be_brought_into_one_unit_is_not_compared(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: at_most, concepts: [RevenueDerivedFromCoal], limit: Turnover}")
    assert found(definitions, ["Turnover = 100 EUR", "RevenueDerivedFromCoal = 900 CZK @ Gov!H14"]) == []


def test_two_members_of_an_axis_are_compared_across_their_years(tmp_path: Path) -> None:
    definitions = definitions_with(
        tmp_path,
        f"{{kind: at_most, concepts: [{SCOPE_1}], limit: {SCOPE_1}, over: ReportingScopesAxis,"
        " member: TargetYearMember, limit_member: BaselineYearMember}",
    )
    base = f"{SCOPE_1} [BaselineYearMember] in 2020 = 150 tCO2e @ Env!G22"
    assert found(definitions, [base, f"{SCOPE_1} [TargetYearMember] in 2030 = 75 tCO2e @ Env!J22"]) == []
    assert found(definitions, [base, f"{SCOPE_1} [TargetYearMember] in 2030 = 175 tCO2e @ Env!J22"]) == ["Env!J22"]


def test_a_year_must_come_before_another(tmp_path: Path) -> None:
    definitions = definitions_with(
        tmp_path,
        "{kind: at_most, strictly: true, concepts: [GreenhouseGasEmissionReductionTargetBaseYear],"
        " limit: GreenhouseGasEmissionReductionTargetYear}",
    )
    base, target = "GreenhouseGasEmissionReductionTargetBaseYear", "GreenhouseGasEmissionReductionTargetYear"
    assert found(definitions, [f"{base} = 2020 @ Env!G21", f"{target} = 2030 @ Env!J21"]) == []
    assert found(definitions, [f"{base} = 2030 @ Env!G21", f"{target} = 2030 @ Env!J21"]) == ["Env!G21"]


def test_exactly_one_of_several_holds_in_each_row(tmp_path: Path) -> None:
    within, near = "SiteLocatedInABiodiversitySensitiveArea", "SiteLocatedNearABiodiversitySensitiveArea"
    definitions = definitions_with(tmp_path, f"{{kind: one_of, concepts: [{within}, {near}]}}")
    assert found(definitions, [f"{within} [1] = yes @ Env!J188", f"{near} [1] = no @ Env!K188"]) == []
    assert found(definitions, [f"{within} [1] = yes @ Env!J188", f"{near} [1] = yes @ Env!K188"]) == ["Env!K188"]
    assert found(definitions, [f"{within} [1] = no @ Env!J188", f"{near} [1] = no @ Env!K188"]) == ["Env!K188"]


def test_none_of_several_may_hold_where_the_rule_allows_it(tmp_path: Path) -> None:
    within, near = "SiteLocatedInABiodiversitySensitiveArea", "SiteLocatedNearABiodiversitySensitiveArea"
    definitions = definitions_with(tmp_path, f"{{kind: one_of, or_none: true, concepts: [{within}, {near}]}}")
    assert found(definitions, [f"{within} [1] = no @ Env!J188", f"{near} [1] = no @ Env!K188"]) == []


def test_an_identifier_must_be_one_that_the_other_table_has(tmp_path: Path) -> None:
    area = "AreaOfSiteInBiodiversitySensitiveArea"
    definitions = definitions_with(
        tmp_path,
        f"{{kind: refers_to, axis: IdentifierOfSiteTypedAxis, concepts: [{area}], known_from: ListOfSitesTable}}",
    )
    lines = ["AddressOfSite [1] = Via Roma 1", f"{area} [1] = 2 ha @ Env!G188", f"{area} [7] = 3 ha @ Env!G189"]
    assert found(definitions, lines) == ["Env!G189"]


def test_a_sum_over_the_members_of_a_group_takes_units_into_account(tmp_path: Path) -> None:
    row = "TotalWasteRecycledReusedAndDirectedToDisposalMass"
    definitions = definitions_with(
        tmp_path,
        f"{{kind: adds_up, total: TotalHazardousWasteGeneratedMass, parts: [{row}], over: TypeOfWasteAxis,"
        " group: hazardous}",
    )
    rows = [
        f"{row} [W-160806-Hazardous-SpentLiquidsUsedAsCatalystsMember] = 1200 kg @ Env!L324",
        f"{row} [W-200101-Non-Hazardous-PaperAndCardboardMember] = 1500 t @ Env!L323",
    ]
    assert found(definitions, ["TotalHazardousWasteGeneratedMass = 1.2 t @ Env!J423", *rows]) == []
    assert found(definitions, ["TotalHazardousWasteGeneratedMass = 1.3 t @ Env!J423", *rows]) == ["Env!J423"]


def test_the_group_of_a_code_can_be_a_condition(tmp_path: Path) -> None:
    definitions = definitions_with(
        tmp_path,
        "{kind: required, concepts: [TotalEnergyConsumption],"
        " when: [{concept: NaceSectorClassificationCodes, group: [A, C, M]}]}",
    )
    assert found(definitions, ["NaceSectorClassificationCodes = 47.21, 28.99 @ General!E182"]) == [""]
    assert found(definitions, ["NaceSectorClassificationCodes = 47.21, 62.10 @ General!E182"]) == []


def test_a_member_in_a_set_can_be_a_condition(tmp_path: Path) -> None:
    content = "TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce"
    specification = "SpecificationOfOtherTypesOfContentCoveredByTheCodeOfConductOrHumanRightsPolicy"
    definitions = definitions_with(
        tmp_path,
        f"{{kind: requires, given: {{concept: {content}, contains: ChildLabourMember}}, concepts: [{specification}]}}",
    )
    module = "BasisForPreparation = OptionBBasicModuleAndComprehensiveModuleMember"
    both, one = "ChildLabourMember, ForcedLabourMember", "ForcedLabourMember"
    assert found(definitions, [module, f"{content} = {both} @ Social!D174"]) == ["Social!D174"]
    assert found(definitions, [module, f"{content} = {one} @ Social!D174"]) == []


def test_the_comprehensive_module_is_missed_only_where_it_is_reported(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: required, concepts: [GenderDiversityRatioInGovernanceBody]}")
    (tmp_path / "rules" / "TEST.yaml").write_text(
        "disclosure: C9\n" + (tmp_path / "rules" / "TEST.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert found(definitions, ["BasisForPreparation = OptionABasicModuleOnlyMember @ General!E125"]) == []
    option_b = "BasisForPreparation = OptionBBasicModuleAndComprehensiveModuleMember"
    assert found(definitions, [option_b, "UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce = no"]) == [
        ""
    ]
    assert found(definitions, [option_b]) == [], "that nothing of the module is answered is one flaw, which C-00 tells"


@pytest.mark.parametrize("text", ["529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12", "7H6GLXDRUGQFU57RNE97"])
def test_a_lei_has_the_right_check_digits(text: str) -> None:
    assert is_lei(text)
    assert not is_lei(text[:-1] + str((int(text[-1]) + 1) % 10))


@pytest.mark.parametrize("text", ["", "529900T8BM49AURSDO5", "529900t8bm49aursdo55", "529900T8BM49AURSDO٥٥"])
def test_what_has_not_the_form_of_a_lei_is_none(text: str) -> None:
    assert not is_lei(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("https://example.com", True),
        ("http://www.example.com:8080/a?b=c#d", True),
        ("www.TestReport.com", True),
        ("HTTPS://EXAMPLE.COM/", True),
        ("https://müller.example/bericht", True),
        ("example.com/report", False),
        ("https://example", False),
        ("https:// example.com", False),
        ("https://.com", False),
        ("mailto:someone@example.com", False),
        ("www.", False),
        ("", False),
    ],
)
def test_a_web_address_begins_like_one_and_has_a_host(text: str, fits: bool) -> None:
    assert is_url(text) is fits


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


def scopes(one: Decimal, two: Decimal, total: Decimal, places: int) -> list[str]:
    lines = [f"{SCOPE_1} = {one:f} tCO2e (exact)", f"{SCOPE_2} = {two:f} tCO2e (exact)"]
    facts = filing(DEFINITIONS, [*lines, f"{SCOPES_1_AND_2} = {total:f} tCO2e ({places} decimals) @ E!D25"])
    return [place(each.source) for each in check(facts, DEFINITIONS) if each.code == "VSME-B3-06"]


@given(AMOUNTS, AMOUNTS, st.integers(min_value=-3, max_value=4))
def test_a_total_that_is_the_sum_rounded_to_its_decimals_is_always_right(
    one: Decimal, two: Decimal, places: int
) -> None:
    total = (one + two).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    assert scopes(one, two, total, places) == []


@given(AMOUNTS, AMOUNTS, st.integers(min_value=-3, max_value=4), st.booleans())
def test_a_total_that_is_off_by_more_than_its_decimals_and_the_tolerance_is_always_found(
    one: Decimal, two: Decimal, places: int, above: bool
) -> None:
    allowed = Decimal(5).scaleb(-places - 1) + (one + two) * Decimal("0.001")
    total = one + two + allowed * Decimal("1.01") + 1 if above else one + two - allowed * Decimal("1.01") - 1
    assume(total >= 0)  # a negative total is found as such, and not compared as well
    assert scopes(one, two, total, places) == ["E!D25"]


@given(st.decimals(min_value=1, max_value=10**6, places=2), st.decimals(min_value=1, max_value=10**8, places=2))
def test_a_ratio_computed_from_its_figures_is_always_right(emissions: Decimal, turnover: Decimal) -> None:
    ratio = Decimal(f"{float(emissions) / float(turnover):.15g}")
    lines = [
        f"{SCOPES_1_AND_2} = {emissions} tCO2e",
        f"Turnover = {turnover} EUR",
        f"Scope1AndScope2GreenhouseGasEmissionsIntensityValueLocationBased = {ratio:f} tCO2e/EUR (7 decimals)",
    ]
    assert [each for each in check(filing(DEFINITIONS, lines), DEFINITIONS) if each.code == "VSME-B3-09"] == []


CONCEPTS = sorted(DEFINITIONS.concepts)
NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
    st.sampled_from([Decimal(0), Decimal("-0"), Decimal("1E+26"), Decimal("1E-20"), Decimal("9.99E+40")]),
)
VALUES = st.one_of(NUMBERS, st.booleans(), st.text(max_size=30), st.lists(st.text(max_size=9), max_size=3).map(tuple))
UNITS = st.sampled_from(["xbrli:pure", "utr:MWh", "utr:kg", "utr:t", "iso4217:EUR", "utr:tCO2e/iso4217:EUR", "x", None])
DECIMALS = st.one_of(st.integers(min_value=-400, max_value=400), st.just("INF"), st.none())
PAIRS = st.tuples(st.sampled_from([*DEFINITIONS.axes, "NoAxis"]), st.sampled_from(["IT", "1", "BaselineYearMember"]))
FACTS = st.builds(
    Fact,
    st.sampled_from([*CONCEPTS, "NoConcept"]),
    VALUES,
    st.just(Period(date(2025, 12, 31), date(2025, 1, 1))),
    UNITS,
    DECIMALS,
    st.lists(PAIRS, max_size=2, unique=True).map(lambda pairs: tuple(sorted(pairs))),
    st.builds(Source, st.just("book.xlsx"), st.sampled_from(["", "Sheet"]), st.sampled_from(["", "A1", "B2:C3"])),
)


@settings(max_examples=100)
@given(st.lists(FACTS, max_size=40), st.sampled_from(["en", "it", "de", "fr"]), st.sampled_from(["", "vs-2026"]))
def test_no_fact_stops_the_checking(facts: list[Fact], language: str, edition: str) -> None:
    for finding in check(replace(filing(DEFINITIONS, []), facts=tuple(facts)), DEFINITIONS, language, edition):
        assert finding.message


@given(st.permutations(range(10)))
def test_the_order_of_the_facts_does_not_matter(order: list[int]) -> None:
    lines = [
        "TotalEnergyConsumption = 120 MWh @ Energy!G5",
        "EnergyConsumptionFromElectricity = 100 MWh @ Energy!K12",
        f"{SCOPE_1} = -100 tCO2e @ Energy!D22",
        "NumberOfEmployees = 151 @ General!E282",
        "NumberOfPermanentContractEmployees = 110 @ Social!D10",
        "NumberOfMaleEmployees = 150 @ Social!D18",
        "UndertakingsLegalForm = OtherUndertakingsLegalFormMember @ General!E179",
        "NumberOfEmployeesForCountryOfEmploymentContract [IT] = 10 @ Social!E29",
        "NumberOfEmployeesForCountryOfEmploymentContract [IT] = 20 @ Social!E30",
        "NumberOfEmployeesForCountryOfEmploymentContract [BE] = 30 @ Social!E9",
    ]
    base = filing(DEFINITIONS, lines)
    mixed = replace(base, facts=tuple(base.facts[place] for place in order))
    assert check(mixed, DEFINITIONS) == check(base, DEFINITIONS)


# ── what comes back ──────────────────────────────────────────────────────────────────────────────────────────


def example() -> Filing:
    return filing(
        DEFINITIONS,
        [
            "NumberOfEmployees = 180 @ General!E282",
            "TotalEnergyConsumption = 1120 MWh @ Environment!C5",
            "EnergyConsumptionFromElectricity = 1000 MWh @ Environment!C7",
            "EnergyConsumptionFromFuels = 10 MWh @ Environment!C8",
            "NumberOfMaleEmployees = 100 @ Social!D18",
            "EmployeeTurnoverRate = 2800 % @ Social!D137",
        ],
    )


def energy(language: str) -> Finding:
    return next(each for each in check(example(), DEFINITIONS, language) if each.code == "VSME-B3-03")


def test_a_finding_says_where_what_with_the_numbers_and_what_to_do() -> None:
    assert str(energy("en")) == (
        "book.xlsx Environment!C5: warning VSME-B3-03: Energy parts do not make the whole total: Electricity, "
        "self-generated electricity and fuels make 1,010 MWh (1,000 MWh + 10 MWh), the total is 1,120 MWh; the "
        "difference is 110 MWh. Enter the missing part, or correct the figure that is wrong. If the rest cannot be "
        "broken down, leave it and say so."
    )


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("it", ("1.010 MWh", "1.120 MWh", "110 MWh")),
        ("de", ("1.010 MWh", "1.120 MWh", "110 MWh")),
        ("fr", ("1\u202f010 MWh", "1\u202f120 MWh", "110 MWh")),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        assert number in energy(language).message


def test_a_percentage_is_shown_as_one() -> None:
    found = next(each for each in check(example(), DEFINITIONS) if each.code == "VSME-GEN-07")
    assert found.message == "“Employee turnover rate” is 2,800%."


def test_a_finding_names_concept_disclosure_and_paragraph() -> None:
    found = energy("en")
    assert (found.concept, found.disclosure, found.paragraph) == ("TotalEnergyConsumption", "B3", "29")


def test_a_finding_of_no_paragraph_of_its_own_gets_that_of_its_concept() -> None:
    found = next(each for each in check(example(), DEFINITIONS) if each.code == "VSME-GEN-07")
    assert (found.disclosure, found.paragraph) == ("B8", "40")


def test_the_paragraph_is_that_of_the_edition_asked_for() -> None:
    found = {each.code: each for each in check(example(), DEFINITIONS, edition="vs-2026")}
    assert found["VSME-B3-03"].paragraph == "32"
    assert found["VSME-B3-05"].paragraph == "33"


def test_without_an_edition_that_of_the_filing_holds() -> None:
    later = replace(example(), edition="vs-2026")
    assert check(later, DEFINITIONS) == check(example(), DEFINITIONS, edition="vs-2026")


def test_an_edition_without_rules_is_refused_with_the_closest() -> None:
    with pytest.raises(DefinitionError, match=r"'vsme-2026'\. Did you mean 'vs(me)?-20"):
        check(example(), DEFINITIONS, edition="vsme-2026")


def test_findings_come_by_disclosure_then_severity_then_cell() -> None:
    found = check(example(), DEFINITIONS)
    order = ["", *(disclosure.code for disclosure in DEFINITIONS.disclosures)]
    keys = [(order.index(each.disclosure), list(Severity).index(each.severity)) for each in found]
    assert keys == sorted(keys)
    lines = ["EnergyConsumptionFromElectricity = -1 MWh @ E!B10", "EnergyConsumptionFromFuels = -1 MWh @ E!A9"]
    negative = [each for each in check(filing(DEFINITIONS, lines), DEFINITIONS) if each.code == "VSME-GEN-06"]
    assert [each.source.cell for each in negative] == ["A9", "B10"]


def test_checking_twice_finds_the_same() -> None:
    assert check(example(), DEFINITIONS) == check(example(), DEFINITIONS)


def test_an_empty_filing_lacks_what_every_report_has_and_nothing_is_compared() -> None:
    found = check(filing(DEFINITIONS, []), DEFINITIONS)
    assert {each.code for each in found} == {
        *("VSME-B1-01", "VSME-B1-02", "VSME-B1-06", "VSME-B3-01", "VSME-B3-05", "VSME-B6-01", "VSME-B7-01"),
        *("VSME-B7-02", "VSME-B8-01", "VSME-B8-02", "VSME-B9-01", "VSME-B10-01", "VSME-B10-04", "VSME-B10-05"),
    }


# ── what could not be read ───────────────────────────────────────────────────────────────────────────────────


def dropped(*names: str, code: str = "CELL-03") -> tuple[Dropped, ...]:
    return tuple(Dropped(Source("book.xlsx", "Energy", "A1", name), code, "…") for name in names)


def test_what_is_filled_in_and_cannot_be_read_is_not_missed_as_well() -> None:
    bare = filing(DEFINITIONS, [])
    assert "VSME-B3-01" in {each.code for each in check(bare, DEFINITIONS)}
    unread = replace(bare, dropped=dropped("TotalEnergyConsumption"))
    assert "VSME-B3-01" not in {each.code for each in check(unread, DEFINITIONS)}


def test_a_sum_with_a_part_that_cannot_be_read_is_not_compared() -> None:
    parts = ["TotalEnergyConsumption = 120 MWh @ E!G5", "EnergyConsumptionFromElectricity = 100 MWh @ E!K12"]
    whole = filing(DEFINITIONS, parts)
    unread = replace(whole, dropped=dropped("EnergyConsumptionFromFuels_RenewableEnergyMember"))
    assert "VSME-B3-03" in {each.code for each in check(whole, DEFINITIONS)}
    assert "VSME-B3-03" not in {each.code for each in check(unread, DEFINITIONS)}


def test_a_second_value_that_was_dropped_leaves_the_first_to_be_looked_at() -> None:
    parts = ["TotalEnergyConsumption = 120 MWh @ E!G5", "EnergyConsumptionFromElectricity = 100 MWh @ E!K12"]
    second = replace(filing(DEFINITIONS, parts), dropped=dropped("EnergyConsumptionFromElectricity", code="CELL-10"))
    assert "VSME-B3-03" in {each.code for each in check(second, DEFINITIONS)}


def test_a_base_year_that_is_not_named_is_told_once_by_reading() -> None:
    facts = [
        "BasisForPreparation = OptionBBasicModuleAndComprehensiveModuleMember @ G!A1",
        "GreenhouseGasEmissionReductionTargetYear = 2030 @ E!J21",
        f"{SCOPE_1} [TargetYearMember] in 2030 = 75 tCO2e @ E!J22",
        f"{SCOPE_2} [TargetYearMember] in 2030 = 15 tCO2e @ E!J23",
        "DisclosureOfListOfMainActionsTheEntitySeeksInOrderToAchieveItsTargets = Heat pumps @ E!C52",
    ]
    names = (f"{SCOPE_1}_BaselineYearMember", f"{SCOPE_2}_BaselineYearMember")
    filed = replace(filing(DEFINITIONS, facts), dropped=dropped(*names, code="TIME-01"))
    assert {"VSME-C3-01", "VSME-B3-10"}.isdisjoint({each.code for each in check(filed, DEFINITIONS)})


def test_what_the_filing_says_of_itself_is_found_where_it_says_it() -> None:
    stated = (("name", Source("book.xlsx", "General", "D3")), ("identifier", Source("book.xlsx", "General", "D4")))
    whole = replace(filing(DEFINITIONS, [], name="", identifier="TestCode1234"), stated_at=stated)
    found = {each.code: place(each.source) for each in check(whole, DEFINITIONS)}
    assert (found["VSME-GEN-01"], found["VSME-GEN-08"]) == ("General!D3", "General!D4")


def test_a_share_of_no_employees_is_no_reason_to_stop() -> None:
    lines = ["EmployeeTurnoverRate = 0.1 @ A!E1", "NumberOfEmployees = 0 @ A!E2"]
    assert "VSME-B8-08" in [finding.code for finding in check(filing(load(), lines), load(), "en")]
