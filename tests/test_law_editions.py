"""The editions as dated data: what is in force when, where each statement comes from, and what nobody verified."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from esgreport import resources
from esgreport.definitions import Definitions, load
from esgreport.definitions.models import Text
from esgreport.errors import DefinitionError

STANDARD = load()
COMPLETE = [code for code, language in STANDARD.languages.items() if language.complete]


@pytest.mark.parametrize(
    ("year_end", "edition"),
    [
        (date(2024, 12, 31), "vsme-2025"),
        (date(2025, 12, 31), "vsme-2025"),
        (date(2026, 9, 23), "vsme-2025"),
        (date(2026, 9, 24), "vs-2026"),
        (date(2026, 12, 31), "vs-2026"),
        (date(2027, 12, 31), "vs-2026"),
    ],
)
def test_a_financial_year_is_reported_under_the_edition_in_force_on_its_last_day(year_end: date, edition: str) -> None:
    assert STANDARD.edition_for(year_end).edition.id == edition


def test_the_output_says_why_an_edition_was_taken() -> None:
    before, after = STANDARD.edition_for(date(2025, 12, 31)), STANDARD.edition_for(date(2026, 12, 31))
    assert before.why("en") == (
        "The financial year ends on 31 December 2025, before the entry into force of Delegated Regulation (EU) "
        "2026/1560 on 24 September 2026; Recommendation (EU) 2025/1710 is therefore followed, although it is "
        "regarded as without legal effect since then."
    )
    assert after.why("de") == (
        "Das Geschäftsjahr endet am 31. Dezember 2026; seit dem 24. September 2026 gilt der freiwillige Standard der "
        "Delegierten Verordnung (EU) 2026/1560."
    )


@pytest.mark.parametrize("language", COMPLETE)
def test_every_sentence_on_an_edition_is_in_every_complete_language(language: str) -> None:
    texts: list[Text] = list(STANDARD.law.grades.values())
    for edition in STANDARD.editions.values():
        texts += [edition.name, edition.act, edition.why, *(size.name for size in edition.sizes)]
        texts += [statement.text for statement in edition.statements]
    assert [text for text in texts if not text.get(language)] == []


def test_the_days_of_the_voluntary_standard_are_those_of_the_official_journal() -> None:
    standard = STANDARD.editions["vs-2026"]
    days = [standard.day(kind) for kind in ("adopted", "published", "in_force", "cap_applies")]
    assert days == [date(2026, 7, 3), date(2026, 9, 21), date(2026, 9, 24), date(2027, 1, 1)]


def test_the_recommendation_was_withdrawn_by_the_regulation_as_one_source_says() -> None:
    end = next(each for each in STANDARD.editions["vsme-2025"].milestones if each.kind == "withdrawn")
    assert (end.day, end.by, end.paragraph, end.grade) == (date(2026, 9, 24), "vs-2026", "recital 5", "1")


def test_what_nobody_verified_says_so() -> None:
    unverified = {
        statement.id
        for edition in STANDARD.editions.values()
        for statement in edition.statements
        if not statement.verified
    }
    assert unverified >= {"paragraphs_of_some_disclosures", "base_of_the_accident_rate", "text_of_the_journal"}
    assert all(size.unverified == ["employees"] for size in STANDARD.editions["vsme-2025"].sizes)


def test_editions_are_those_that_concepts_and_disclosures_name() -> None:
    named = {edition for concept in STANDARD.concepts.values() for edition in concept.editions}
    named |= {edition for disclosure in STANDARD.disclosures for edition in disclosure.editions}
    assert named == set(STANDARD.editions)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sources: [S3, S28]", "sources: [S3, T28]", "vsme-2025: unknown source 'T28'. Did you mean 'S28'"),
        ("by: vs-2026", "by: vs-2062", "unknown edition 'vs-2062'. Did you mean 'vs-2026'"),
        ("grade: X", "grade: Y", r"editions.yaml:\d+: .*'Y'"),
    ],
)
def test_a_wrong_statement_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    shutil.copytree(resources.folder("schemas"), tmp_path / "schemas")
    file = tmp_path / "schemas" / "editions.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        _ = Definitions(tmp_path / "schemas").editions
