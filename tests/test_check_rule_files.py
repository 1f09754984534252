"""A rule file that is wrong is refused with file, rule and, where there is one, the name that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from filings import copied_definitions
from rule_cases import definitions_with, filing

from esgreport.check import check
from esgreport.definitions import load
from esgreport.errors import DefinitionError


def refused(folder: Path, checks: str) -> str:
    definitions = definitions_with(folder, checks)
    with pytest.raises(DefinitionError) as caught:
        _ = definitions.rules
    return caught.value.message


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        (
            "{kind: required, concepts: [TotalEnergyConsumtion]}",
            "schemas/rules/TEST.yaml: TEST-01: unknown concept 'TotalEnergyConsumtion'."
            " Did you mean 'TotalEnergyConsumption'?",
        ),
        (
            "{kind: adds_up, total: Turnover, parts: [Assets], over: CountryOfEmploymentAxis}",
            "unknown axis 'CountryOfEmploymentAxis'. Did you mean 'CountryOfEmploymentContractAxis'?",
        ),
        (
            "{kind: unique, tables: [ListOfSiteTable]}",
            "unknown table 'ListOfSiteTable'. Did you mean 'ListOfSitesTable'?",
        ),
        (
            "{kind: required, concepts: [Assets], when: [{concept: BasisForReporting, equals: Consolidated}]}",
            "unknown member 'Consolidated'. Did you mean 'ConsolidatedMember'?",
        ),
        (
            "{kind: paired, concepts: [Assets], axis: ReportingScopesAxis, members: [BaseYearMember, TargetYear]}",
            "unknown member 'BaseYearMember'. Did you mean 'BaselineYearMember'?",
        ),
        (
            "{kind: required, concepts: [Assets], editions: [vsme-2026]}",
            "unknown edition 'vsme-2026'.",
        ),
        (
            "{kind: required, concepts: [Assets], when: [{concept: NaceSectorClassificationCodes, group: [Z]}]}",
            "unknown member 'Z'.",
        ),
    ],
)
def test_a_name_of_nothing_is_refused_with_the_closest(tmp_path: Path, checks: str, message: str) -> None:
    assert message in refused(tmp_path, checks)


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ("{kind: ads_up, total: Assets, parts: [Turnover]}", "TEST.yaml:2: rules.0.checks.0: "),
        ("{kind: required, concepts: [Assets], how_mayn: any}", "unknown key 'how_mayn'"),
        ("{kind: required, concepts: []}", "at least 1 item"),
        ("{kind: required, concepts: [Assets], when: [{concept: Assets}]}", "exactly one test"),
        ("{kind: required, concepts: [Assets], when: [{module: comprehensive, concept: Assets}]}", "stand alone"),
        ("{kind: required, concepts: [Assets], when: [{employees: {}}]}", "either at_least or more_than"),
        ("{kind: requires, given: {employees: {at_least: 5}}, concepts: [Assets]}", "must be an answer"),
        ("{kind: matches, concepts: [Assets], form: iban}", "form"),
    ],
)
def test_what_a_kind_does_not_know_is_refused(tmp_path: Path, checks: str, message: str) -> None:
    assert message in refused(tmp_path, checks)


def test_a_code_given_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: required, concepts: [Assets]}")
    first = tmp_path / "rules" / "TEST.yaml"
    (tmp_path / "rules" / "ALSO.yaml").write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"TEST-01 is given twice, first in schemas/rules/ALSO\.yaml"):
        _ = definitions.rules


def test_a_file_of_a_disclosure_there_is_not_is_refused(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: required, concepts: [Assets]}")
    path = tmp_path / "rules" / "TEST.yaml"
    path.write_text("disclosure: B12\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="unknown disclosure 'B12'"):
        _ = definitions.rules


def test_a_text_that_asks_for_a_value_there_is_not_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    said = ", ".join(f"{language}: 'It is {{total}}.'" for language in ("en", "it", "de", "fr"))
    definitions = definitions_with(tmp_path, f"{{kind: required, concepts: [Assets], message: {{{said}}}}}")
    with pytest.raises(DefinitionError, match="TEST-01: its text asks for 'total'"):
        check(filing(definitions, []), definitions)


def test_every_member_of_the_list_of_disclosures_stands_for_concepts() -> None:
    definitions = load()
    members = [code.member for code in definitions.code_list("Disclosures").codes]
    assert [member for member in members if not definitions.concepts_of_member(member)] == []


def test_the_parts_of_a_disclosure_are_parts_of_that_disclosure() -> None:
    definitions = load()
    for code in definitions.code_list("Disclosures").codes:
        for concept in definitions.concepts_of_member(code.member):
            home = definitions.disclosure_of(concept)
            assert home is not None
            assert code.code in {home.code, ""}


def test_names_are_looked_up_anew_when_what_they_name_has_changed(tmp_path: Path) -> None:
    assert load().rules, "all names exist, and that is remembered"
    spoilt = copied_definitions(tmp_path)
    path = spoilt.folder / "vsme" / "C9.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("RatioInGovernanceBody", "RatioInBoard"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="unknown concept 'GenderDiversityRatioInGovernanceBody'"):
        _ = spoilt.rules


def test_a_text_that_lacks_a_complete_language_is_refused(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: required, concepts: [Assets], message: {en: 'It is gone.'}}")
    with pytest.raises(DefinitionError, match="TEST-01: message: there is no text in 'it', a language that is to be"):
        _ = definitions.rules


def test_a_kind_there_is_not_is_refused_with_the_closest(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: requird, concepts: [Assets]}")
    with pytest.raises(DefinitionError, match=r"unknown kind 'requird'\. Did you mean 'required'"):
        _ = definitions.rules
