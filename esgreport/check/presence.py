"""Kinds of check on what is there and what is not: required, empty, rows, pairs, omissions, who reports."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.check.conditions import holds
from esgreport.check.problems import Problem, at
from esgreport.check.reported import OMITTED, Reported
from esgreport.definitions.rules import (
    CompleteRows,
    LeftEmpty,
    OmittedIsEmpty,
    Paired,
    Required,
    Requires,
    Stated,
)
from esgreport.model import Fact

SAY_WHAT_IS_OMITTED = frozenset((OMITTED, "BasisForPreparation"))
"""Without these nobody would know that something is omitted."""


def required(check: Required, reported: Reported) -> Iterator[Problem]:
    """One problem for each concept that is missing, or one where one of several would do."""
    for concept in _missing(check, reported):
        yield Problem(concept, reported.near(concept), _names(check, reported))


def requires(check: Requires, reported: Reported) -> Iterator[Problem]:
    """Like `required`, when the given answer asks for it; at that answer where it is of the same disclosure."""
    answer = reported.first(check.given.concept)
    if answer and holds(check.given, reported):
        home = reported.definitions.disclosure_of
        for concept in _missing(check, reported):
            place = answer.source if home(answer.concept) == home(concept) else reported.near(concept)
            yield Problem(concept, place, {"given": reported.words.label(answer.concept), **_names(check, reported)})


def _missing(check: Required | Requires, reported: Reported) -> list[str]:
    missing = [concept for concept in check.concepts if not reported.current(concept)]
    return missing if check.how_many == "all" else missing[:1] if len(missing) == len(check.concepts) else []


def _names(check: Required | Requires, reported: Reported) -> dict[str, str]:
    return {"concepts": reported.words.labels(check.concepts)}


def left_empty(check: LeftEmpty, reported: Reported) -> Iterator[Problem]:
    """One problem for each fact that should not be there."""
    for concept in check.concepts:
        yield from (at(fact) for fact in reported.current(concept))


def complete_rows(check: CompleteRows, reported: Reported) -> Iterator[Problem]:
    """One problem where rows are missing, and one for each column a row has nothing in."""
    rows = reported.rows(check.table)
    if len(rows) < check.rows_at_least:
        yield Problem(check.columns[0], reported.near(check.columns[0]), {}, check.message_without_rows)
    for row, facts in rows.items():
        filled = {fact.concept for fact in facts}
        for concept in check.columns:
            if concept not in filled:
                yield Problem(concept, facts[0].source, {"row": ", ".join(member for _, member in row)})


def paired(check: Paired, reported: Reported) -> Iterator[Problem]:
    """One problem for each concept that has a fact for some of the members and not for others."""
    codes = reported.definitions.axes[check.axis].members
    for concept in check.concepts:
        given: dict[str, Fact] = {}
        for fact in reported.all(concept):
            given.setdefault(fact.member(check.axis) or "", fact)
        missing = [member for member in check.members if member not in given]
        present = [member for member in check.members if member in given]
        if missing and present:
            there, gone = (reported.words.member(codes, each[0]) for each in (present, missing))
            yield at(given[present[0]], given=there, missing=gone)


def omitted_is_empty(_check: OmittedIsEmpty, reported: Reported) -> Iterator[Problem]:
    """One problem for each disclosure, or part of one, that is listed as omitted and has facts nevertheless."""
    members = [member for fact in reported.current(OMITTED) if isinstance(fact.value, tuple) for member in fact.value]
    by_size = sorted(members, key=lambda member: -len(reported.definitions.concepts_of_member(member)))
    seen: set[str] = set(SAY_WHAT_IS_OMITTED)
    for member in by_size:
        concepts = reported.definitions.concepts_of_member(member) - seen
        facts = [fact for fact in reported.facts if fact.concept in concepts]
        seen |= concepts
        if facts:
            name = reported.words.member("Disclosures", member)
            yield at(facts[0], omitted=name, count=str(len(facts)))


def stated(check: Stated, reported: Reported) -> Iterator[Problem]:
    """One problem when the filing does not say it."""
    entity = reported.filing.entity
    parts = {
        "name": entity.name,
        "identifier": entity.identifier,
        "scheme": entity.scheme,
        "currency": reported.filing.currency,
    }
    if not parts[check.part].strip():
        yield Problem("", reported.whole_file)
