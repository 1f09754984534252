"""The value chain cap as data, line by line against the table it was taken from, and in itself."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from esgreport import resources
from esgreport.definitions import Definitions, load
from esgreport.definitions.models import Text
from esgreport.errors import DefinitionError

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
TABLE = REFERENCE / "value_chain_cap.csv"
DATAPOINTS = REFERENCE / "vs2026_datapoints.csv"
CONCEPTS = REFERENCE / "vsme_datapoints.csv"
STANDARD = load()
CAP = STANDARD.law.cap
COMPLETE = [code for code, language in STANDARD.languages.items() if language.complete]
absent = pytest.mark.skipif(not TABLE.is_file(), reason="the table of the cap is not beside this checkout (../shared)")

ASKED_IN_ANOTHER_FORM = "only the average per employee"
"""By gender it is beyond the cap; the average is a concept of our own, which the row covers."""


def rows_of(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def yes(text: str) -> bool:
    return text.startswith(("yes", "first sentence"))


def test_the_cap_has_23_rows_for_more_than_10_employees_and_9_for_10_or_fewer() -> None:
    assert [row.id for row in CAP.rows] == [f"CAP-{number:02}" for number in range(1, 24)]
    assert sum(row.over_10 for row in CAP.rows) == 23
    assert sum(row.up_to_10 for row in CAP.rows) == 9


@absent
def test_the_rows_are_those_of_the_table_line_by_line() -> None:
    ours = [(row.disclosure, row.paragraph, row.wording["en"], row.up_to_10, row.over_10) for row in CAP.rows]
    theirs = [
        (
            row["disclosure"],
            row["reference_annex_I_2026_1560"],
            row["datapoint"],
            yes(row["in_cap_10_or_fewer_employees"]),
            yes(row["in_cap_over_10_employees"]),
        )
        for row in rows_of(TABLE)
    ]
    assert ours == theirs


@absent
def test_a_datapoint_of_the_standard_is_in_the_cap_exactly_where_its_disclosure_and_paragraph_have_a_row() -> None:
    for row in rows_of(DATAPOINTS):
        paragraph = row["para_2026_1560_annex_I"]
        found = [each for each in CAP.rows if each.disclosure == row["disclosure"] and same(each.paragraph, paragraph)]
        assert (row["id"], any(each.over_10 for each in found)) == (row["id"], yes(row["in_cap_over_10"]))
        assert (row["id"], any(each.up_to_10 for each in found)) == (row["id"], yes(row["in_cap_10_or_fewer"]))


def same(row: str, datapoint: str) -> bool:
    return row.removesuffix(", first sentence").removesuffix("(i)-(ii)") == datapoint or row == datapoint


@absent
def test_a_concept_is_covered_exactly_where_the_list_of_datapoints_says_so() -> None:
    seen: set[str] = set()
    for row in rows_of(CONCEPTS):
        name = row["concept"].removeprefix("vsme:")
        over, up_to = row["in_value_chain_cap_over_10"], row["in_value_chain_cap_10_or_fewer"]
        if name in seen or over == ASKED_IN_ANOTHER_FORM:
            continue
        seen.add(name)
        covered = CAP.row_of(name)
        assert (name, covered is not None) == (name, not over.startswith("no"))
        if covered is not None:
            assert (name, covered[1].certain) == (name, over != "unclear")
            assert (name, covered[0].up_to_10) == (name, yes(up_to))


def test_base_year_and_target_figures_are_no_row_of_their_own() -> None:
    assert not {row.disclosure for row in CAP.rows} & {"B2", "B4", "B5", "B11", "C2", "C3", "C4", "C8", "C9"}


def test_every_row_covers_concepts_of_its_disclosure_that_the_standard_calls_necessary() -> None:
    for row in CAP.rows:
        for coverage in row.covers:
            reference = STANDARD.concepts[coverage.concept].editions[CAP.edition]
            home = STANDARD.disclosure_of(coverage.concept)
            assert home is not None
            assert (row.id, coverage.concept, reference.disclosure or home.code) == (
                row.id,
                coverage.concept,
                row.disclosure,
            )
            needed = ("necessary", "necessary_if_applicable") if not coverage.certain else ("necessary",)
            assert (coverage.concept, reference.over_10 in needed) == (coverage.concept, True)


def test_the_conditions_of_the_cap_are_those_of_the_law() -> None:
    assert CAP.applies_from.day == date(2027, 1, 1)
    assert (CAP.protected.employees_at_most, CAP.lower_band.employees_at_most) == (1000, 10)
    assert CAP.applies_from.day == STANDARD.editions[CAP.edition].day("cap_applies")


def test_rights_duties_exceptions_and_caveats_are_there() -> None:
    assert {"right_to_refuse", "duty_to_inform", "self_declaration"} <= {each.id for each in CAP.statements}
    assert len(CAP.exceptions) == 3
    assert {"no_duty_to_answer", "not_legal_advice"} <= {each.id for each in CAP.caveats}
    assert {each.id for each in CAP.caveats if not each.verified} == {"contract_terms", "outside_the_union"}


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_of_the_cap_is_in_every_complete_language(language: str) -> None:
    texts: list[Text] = [each.text for each in (CAP.purpose, CAP.applies_from, CAP.protected, CAP.lower_band)]
    texts += [each.text for each in (*CAP.statements, *CAP.exceptions, *CAP.caveats)]
    texts += [row.wording for row in CAP.rows]
    texts += [coverage.part for row in CAP.rows for coverage in row.covers if coverage.part]
    texts += list(CAP.advice.values())
    assert [text["en"] for text in texts if not text.get(language)] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{concept: BasisForReporting}", "{concept: BasisForReprting}", "CAP-02: unknown concept 'BasisForReprting'"),
        ("{concept: BasisForReporting}", "{concept: BasisForPreparation}", "CAP-02: BasisForPreparation is covered"),
        ("disclosure: C5", "disclosure: C55", "CAP-19: unknown disclosure 'C55'"),
        ("  inside:\n", "  insite:\n", "'insite'.* Did you mean 'inside'"),
    ],
)
def test_a_wrong_cap_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    shutil.copytree(resources.folder("schemas"), tmp_path / "schemas")
    file = tmp_path / "schemas" / "cap.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        _ = Definitions(tmp_path / "schemas").law.cap
