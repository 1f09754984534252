"""Where each rule of the founding documents is checked: none is forgotten, and what is said of it is so."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from esgreport.definitions import load
from esgreport.definitions.rule_parts import names_in

DEFINITIONS = load()
HERE = Path(__file__).parent
TABLE = HERE.parent.parent / "shared" / "reference" / "validation_rules.csv"
KNOWN = yaml.safe_load((HERE / "reference_rules.yaml").read_text(encoding="utf-8"))
CODES = {rule.code for _, rule in DEFINITIONS.rules}


@pytest.mark.skipif(not TABLE.exists(), reason="the founding documents are not beside the checkout (../shared)")
def test_the_list_is_that_of_the_founding_documents() -> None:
    with TABLE.open(encoding="utf-8") as file:
        numbers = [row["id"] for row in csv.DictReader(file)]
    assert sorted((*KNOWN["rules"], *KNOWN["reading"])) == sorted(numbers)


def test_every_rule_of_the_list_is_a_rule_or_seen_to_while_reading() -> None:
    assert len(KNOWN["rules"]) + len(KNOWN["reading"]) == 77
    assert [number for number in KNOWN["rules"] if f"VSME-{number}" not in CODES] == []
    assert [number for number in KNOWN["reading"] if f"VSME-{number}" in CODES] == []


def test_the_rules_said_to_need_side_answers_are_those_that_name_some() -> None:
    naming = {
        rule.code.removeprefix("VSME-")
        for _, rule in DEFINITIONS.rules
        if any(name in DEFINITIONS.side_answers for mark, name in names_in(rule) if mark.what == "concept")
    }
    assert sorted(KNOWN["side_answers"]) == sorted(naming & set(KNOWN["rules"]) - {"GEN-06"})


def test_every_side_answer_is_one_that_a_rule_compares_with() -> None:
    named = {name for _, rule in DEFINITIONS.rules for _, name in names_in(rule)}
    assert [name for name in DEFINITIONS.side_answers if name not in named] == []


def test_what_is_seen_to_elsewhere_is_shown_by_a_test_that_exists() -> None:
    for name in named_tests():
        file, _, test = name.partition("::")
        assert f"def {test}(" in (HERE / file).read_text(encoding="utf-8"), name


def named_tests() -> Iterator[str]:
    for each in (*KNOWN["reading"].values(), *KNOWN["also"].values()):
        assert each["why"].endswith(".")
        yield from each["tests"]
