"""Kinds of check on the rows of tables: doubled, alike, incomplete, or of something no other table knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from esgreport.check.blanks import blank_cell
from esgreport.check.headings import at_heading
from esgreport.check.problems import Problem, at
from esgreport.check.reported import Context, Reported, context_of
from esgreport.definitions.rules import CompleteRows, GoesWith, OneOf
from esgreport.definitions.rules_of_texts import RefersTo, SaysSomethingElse, Unique
from esgreport.model import Fact


def unique(check: Unique, reported: Reported) -> Iterator[Problem]:
    """One problem for each row whose identifiers or members another row above it has; it sits at the second."""
    concepts = reported.definitions.concepts
    seen: dict[tuple[str, Context], Fact] = {}
    told: set[tuple[str, Context]] = set()
    for fact in reported.facts:
        table = concepts[fact.concept].table if fact.concept in concepts else ""
        if not table or (check.tables and table not in check.tables):
            continue
        first = seen.setdefault((fact.concept, context_of(fact)), fact)
        if first is not fact and (table, context_of(fact)) not in told:
            told.add((table, context_of(fact)))
            problem = at(fact, row=_row(fact.dimensions, reported), first=first.source.cell)
            axis = next((name for name, _ in fact.dimensions), "")
            yield at_heading(problem, axis, reported)


def _row(dimensions: tuple[tuple[str, str], ...], reported: Reported) -> str:
    """A row as its reader knows it: by its identifier, or the label of its member."""
    axes = reported.definitions.axes
    return ", ".join(
        reported.words.member(axes[axis].members, member) if axis in axes else member for axis, member in dimensions
    )


def says_something_else(check: SaysSomethingElse, reported: Reported) -> Iterator[Problem]:
    """One problem for each row that says what a row above it says already; it sits at the second."""
    seen: dict[tuple[object, ...], tuple[Fact, ...]] = {}
    for row, facts in reported.rows(check.table).items():
        by_concept = {fact.concept: fact for fact in facts}
        if any(concept not in by_concept for concept in check.columns):
            continue
        said = tuple(_plain(by_concept[concept]) for concept in check.columns)
        first = seen.setdefault(said, facts)
        if first is not facts:
            fact = by_concept[check.columns[0]]
            others = _row(first[0].dimensions, reported)
            yield at(fact, row=_row(row, reported), first=others, text=str(fact.value))


def _plain(fact: Fact) -> object:
    return " ".join(fact.value.split()).casefold() if isinstance(fact.value, str) else fact.value


def one_of(check: OneOf, reported: Reported) -> Iterator[Problem]:
    """One problem for each row in which more than one of the concepts holds, or none where one must."""
    table = reported.definitions.concepts[check.concepts[0]].table
    for row, facts in reported.rows(table).items():
        asked = [fact for fact in facts if fact.concept in check.concepts]
        holding = [fact for fact in asked if fact.value is not False]
        if len(holding) > 1 or not (holding or check.or_none):
            labels = reported.words.labels(check.concepts)
            fact = (holding or asked or list(facts))[-1]
            missing = [concept for concept in check.concepts if concept not in {each.concept for each in asked}]
            place = blank_cell(missing[-1], row, reported) if missing and not holding else None
            values = {"row": _row(row, reported), "concepts": labels, "count": str(len(holding))}
            yield Problem(fact.concept, place or fact.source, values, facts=(fact,))


def goes_with(check: GoesWith, reported: Reported) -> Iterator[Problem]:
    """One problem for each concept missing where a given one is reported; one where any of them would do."""
    lacking: dict[str, dict[Context, Fact]] = {}
    for given in (fact for concept in check.given for fact in reported.current(concept)):
        context = context_of(given)
        missing = [concept for concept in check.concepts if not reported.has(concept, context)]
        if check.how_many == "any":
            missing = missing[:1] if len(missing) == len(check.concepts) else []
        for concept in missing:
            lacking.setdefault(concept, {}).setdefault(context, given)
    names = reported.words.labels(check.concepts)
    for concept, rows in lacking.items():
        for problem in _where_missing(concept, list(rows.values()), reported):
            given = problem.facts[0]
            values = {"given": reported.words.label(given.concept), "concepts": names, **problem.values}
            yield replace(problem, values=values)


def complete_rows(check: CompleteRows, reported: Reported) -> Iterator[Problem]:
    """One problem where rows are missing, and one for each column a row has nothing in."""
    rows = reported.rows(check.table)
    if len(rows) < check.rows_at_least:
        yield Problem(check.columns[0], reported.near(check.columns[0]), {}, check.message_without_rows)
    for concept in check.columns:
        lacking = [facts[0] for facts in rows.values() if all(fact.concept != concept for fact in facts)]
        yield from _where_missing(concept, lacking, reported)


ROWS_APART = 2
"""Rows that lack the same answer and are still told one by one; more are one flaw: a column that was lost."""
ROWS_NAMED = 8
"""Rows that a message names."""


def _where_missing(concept: str, rows: list[Fact], reported: Reported) -> Iterator[Problem]:
    """The problems of rows, each given by one of its facts, that lack a concept: at the empty cell, or the first."""
    names = [_row(fact.dimensions, reported) for fact in rows]
    if len(rows) > ROWS_APART:
        names = ["; ".join(names[:ROWS_NAMED]) + ("; …" if len(names) > ROWS_NAMED else "")]
    for fact, name in zip(rows, names, strict=False):
        place = blank_cell(concept, fact.dimensions, reported) or fact.source
        yield Problem(concept, place, {"row": name}, facts=(fact,))


def refers_to(check: RefersTo, reported: Reported) -> Iterator[Problem]:
    """One problem for each identifier that the other table does not have."""
    known = {member for row in reported.rows(check.known_from) for axis, member in row if axis == check.axis}
    told: set[str] = set()
    for fact in (fact for concept in check.concepts for fact in reported.current(concept)) if known else ():
        identifier = fact.member(check.axis)
        if identifier is not None and identifier not in known and identifier not in told:
            told.add(identifier)
            yield at_heading(at(fact, identifier=identifier), check.axis, reported)
