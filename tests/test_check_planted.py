"""One mistake at a time in the sample company: the right rule at the right answer, and nothing else (planted.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from rule_cases import fact

from esgreport.check import check
from esgreport.definitions import load
from esgreport.model import Entity, Fact, Filing, Period, Source
from esgreport.pipeline import sample_filing

DEFINITIONS = load()
PLANTED = yaml.safe_load((Path(__file__).parent / "planted.yaml").read_text(encoding="utf-8"))
SECOND = Source("sample.xlsx", "Sheet, second row", "A1")


def company() -> Filing:
    """The sample company, each answer in a cell of its own."""
    filing = sample_filing(DEFINITIONS, "en")
    facts = [
        replace(each, source=Source("sample.xlsx", "Sheet", f"A{row}"))
        for row, each in enumerate(filing.facts, start=1)
    ]
    return replace(filing, facts=tuple(facts))


COMPANY = company()


@dataclass(frozen=True)
class Answer:
    """An answer as a line names it: `Concept [Member]`; without a member the one of the whole."""

    concept: str
    members: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Answer:
        read = re.fullmatch(r"(\w+)(?: \[(.+)\])?", line)
        assert read, line
        return cls(read[1], tuple(read[2].split(", ")) if read[2] else ())

    def among(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts it is; all rows of a table where it names none of them."""
        of_concept = [each for each in facts if each.concept == self.concept]
        found = [each for each in of_concept if tuple(member for _, member in each.dimensions) == self.members]
        found = found or ([] if self.members else of_concept)
        assert found, f"the sample has no {self}"
        return found


def spoilt(mistake: dict[str, object]) -> Filing:
    """The sample company with a mistake."""
    facts = list(COMPANY.facts)
    for line in _lines(mistake, "without"):
        gone = Answer.of(line).among(facts)
        facts = [each for each in facts if each not in gone]
    for number, line in enumerate(_lines(mistake, "plant")):
        new = fact(DEFINITIONS, line, COMPANY.period)
        if mistake.get("twice"):
            facts.append(replace(new, source=SECOND))
            continue
        old = next((each for each in facts if _same_place(each, new)), None)
        place = old.source if old else Source("sample.xlsx", "Sheet", f"B{number + 1}")
        facts = [each for each in facts if each is not old]
        facts.append(replace(new, source=place, period=old.period if old else new.period))
    own = tuple(each for each in facts if each.concept in DEFINITIONS.concepts)
    beside = tuple(each for each in facts if each.concept in DEFINITIONS.side_answers)
    return _said(replace(COMPANY, facts=own, side_answers=beside), mistake.get("filing", {}))


def _lines(mistake: dict[str, object], key: str) -> list[str]:
    lines = mistake.get(key, [])
    assert isinstance(lines, list)
    return lines


def _same_place(old: Fact, new: Fact) -> bool:
    return (old.concept, old.dimensions) == (new.concept, new.dimensions)


def _said(filing: Filing, said: object) -> Filing:
    assert isinstance(said, dict)
    start = date.fromisoformat(said["start"]) if "start" in said else filing.period.start
    entity = Entity(filing.entity.name, said.get("identifier", filing.entity.identifier), filing.entity.scheme)
    currency = said.get("currency", filing.currency)
    return replace(filing, entity=entity, currency=currency, period=Period(filing.period.end, start))


def place_of(line: str, filing: Filing) -> Source:
    if line == "second":
        return SECOND
    return (
        Answer.of(line).among((*filing.facts, *filing.side_answers))[0].source if line else Source(filing.workbooks[0])
    )


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_mistake_is_found_where_it_is_and_nothing_else(code: str) -> None:
    mistake = PLANTED[code]
    filing = spoilt(mistake)
    expected = [(code, place_of(mistake.get("at", ""), filing))]
    expected += [(each["code"], place_of(each["at"], filing)) for each in mistake.get("also", [])]
    found = check(filing, DEFINITIONS, edition=mistake.get("edition", ""))
    assert sorted((each.code, str(each.source)) for each in found) == sorted(
        (name, str(source)) for name, source in expected
    ), "\n".join(map(str, found))


def test_every_rule_has_a_mistake_planted_but_those_that_need_the_year_before() -> None:
    codes = [rule.code for _, rule in DEFINITIONS.rules if not rule.code.startswith("VSME-CMP-")]
    assert sorted(PLANTED) == sorted(codes)


@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_the_sample_company_without_a_mistake_is_clean(edition: str, language: str) -> None:
    assert check(sample_filing(DEFINITIONS, language), DEFINITIONS, language, edition) == ()


def test_what_comes_along_has_a_reason() -> None:
    assert [code for code, each in PLANTED.items() for item in each.get("also", []) if not item["why"]] == []
