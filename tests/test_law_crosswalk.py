"""The crosswalk: every row leads from something that exists to an identifier of the right form, with its source."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from filings import DEFINITIONS, copied_definitions

from esgreport.errors import DefinitionError

LAW = DEFINITIONS.law
NEIGHBOURS = [neighbour for each in LAW.crosswalk.values() for neighbour in each]
COMPLETE = sorted(code for code, language in DEFINITIONS.languages.items() if language.complete)


def ids(datapoint: str, framework: str) -> list[str]:
    return [each.id for each in LAW.crosswalk.get(datapoint, ()) if each.framework == framework]


def test_every_datapoint_exists_and_every_row_has_a_source_and_a_grade() -> None:
    assert set(LAW.crosswalk) <= {*DEFINITIONS.concepts, *DEFINITIONS.metrics}
    assert {neighbour.source for neighbour in NEIGHBOURS} <= set(LAW.sources)
    assert {neighbour.grade for neighbour in NEIGHBOURS} <= set(LAW.grades)


def test_every_framework_is_led_to_and_named_in_every_language() -> None:
    assert {neighbour.framework for neighbour in NEIGHBOURS} == set(LAW.frameworks)
    assert [sorted(framework.name) for framework in LAW.frameworks.values()] == [COMPLETE] * len(LAW.frameworks)


@pytest.mark.parametrize(
    ("datapoint", "framework", "expected"),
    [
        ("GrossScope1GreenhouseGasEmissions", "esrs_2023", ["E1-6 48(a)"]),
        ("GrossScope1GreenhouseGasEmissions", "esrs_2026", ["E1-8"]),
        ("GrossScope1GreenhouseGasEmissions", "sfdr_pai", ["T1-1", "T1-2"]),
        ("GrossScope1GreenhouseGasEmissions", "gri", ["305-1"]),
        ("RenewableEnergyShare", "sfdr_pai", ["T1-5"]),
        ("TotalHazardousWasteGeneratedMass", "sfdr_pai", ["T1-9"]),
        ("PercentageGapInPayBetweenFemaleAndMaleEmployees", "sfdr_pai", ["T1-12"]),
        ("GenderDiversityRatioInGovernanceBody", "sfdr_pai", ["T1-13"]),
        ("SiteLocatedInABiodiversitySensitiveArea", "sfdr_pai", ["T1-7"]),
        ("EmployeeTurnoverRate", "esrs_2023", ["S1-6 50(c)"]),
        ("TotalNumberOfConvictionsForTheViolationOfAntiCorruptionAndAntiBriberyLaws", "esrs_2023", ["G1-4 24(a)"]),
        ("RevenueDerivedFromCultivationAndProductionOfTobacco", "esrs_2023", []),
        ("BasisForPreparation", "gri", []),
    ],
)
def test_the_best_known_neighbours_are_there_and_unknown_ones_stay_empty(
    datapoint: str, framework: str, expected: list[str]
) -> None:
    assert ids(datapoint, framework) == expected


def test_the_revised_esrs_are_led_to_only_where_a_source_gives_the_new_number() -> None:
    revised = {(neighbour.id, neighbour.source) for neighbour in NEIGHBOURS if neighbour.framework == "esrs_2026"}
    assert revised == {("E1-8", "S16"), ("E1-11", "S16")}


def test_what_nobody_read_is_not_verified() -> None:
    unverified = {neighbour.id for neighbour in NEIGHBOURS if not neighbour.verified}
    assert "S1-1 20" in unverified
    assert "E1-6 48(a)" not in unverified
    assert Counter(neighbour.grade for neighbour in NEIGHBOURS)["U"] < len(NEIGHBOURS) / 10


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("datapoint,framework", "concept,framework", r"crosswalk.csv:1: the columns must be datapoint"),
        ("Turnover,gri,201-1", "Trunover,gri,201-1", r"crosswalk.csv:\d+: unknown datapoint 'Trunover'. Did you mean"),
        ("Turnover,gri,201-1", "Turnover,gir,201-1", "unknown framework 'gir'. Did you mean 'gri'"),
        ("Turnover,gri,201-1", "Turnover,gri,201", "'201' has not the form of gri"),
        ("Turnover,gri,201-1,related", "Turnover,gri,201-1,kindred", "unknown relation 'kindred'"),
        ("Turnover,gri,201-1,related,GRI,X", "Turnover,gri,201-1,related,GRI", "there are 5 columns, not 6"),
        ("Turnover,gri,201-1,related,GRI,X\n", "Turnover,gri,201-1,related,GRI,X\n" * 2, "Turnover has 201-1 twice"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(old: str, new: str, message: str, tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "crosswalk.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        _ = definitions.law.crosswalk
