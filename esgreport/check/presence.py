"""Kinds of check on what is there and what is not: required, empty, in pairs, omitted, worth a word."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.check.blanks import blank_cell
from esgreport.check.conditions import holds
from esgreport.check.problems import Problem, at
from esgreport.check.reported import OMITTED, Reported
from esgreport.definitions.rules import Excludes, LeftEmpty, OmittedIsEmpty, Paired, Remark, Required, Requires
from esgreport.model import Fact, Source
from esgreport.thresholds import number_of

SAY_WHAT_IS_OMITTED = frozenset((OMITTED, "BasisForPreparation"))
"""Without these nobody would know that something is omitted."""


def required(check: Required, reported: Reported) -> Iterator[Problem]:
    """One problem for each concept that is missing, or one where one of several would do."""
    for concept in _missing(check, reported):
        yield Problem(concept, reported.near(concept), _names(check, reported))


def requires(check: Requires, reported: Reported) -> Iterator[Problem]:
    """Like `required`, when the given answer asks for it."""
    answer = reported.first(check.given.concept)
    if answer and holds(check.given, reported):
        for concept in _missing(check, reported):
            place = _place(check, answer, concept, reported)
            yield Problem(concept, place, {"given": reported.words.label(answer.concept), **_names(check, reported)})


def _place(check: Requires, answer: Fact, concept: str, reported: Reported) -> Source:
    """The empty cell; the given answer where any of several would do, or where no empty cell is known nearby."""
    if check.at_answer or check.how_many == "any":
        return answer.source
    home = reported.definitions.disclosure_of
    near = answer.source if home(answer.concept) == home(concept) else reported.near(concept)
    return reported.asked(concept) or near


def _missing(check: Required | Requires, reported: Reported) -> list[str]:
    missing = [concept for concept in check.concepts if not _there(check, concept, reported)]
    if check.how_many == "all":
        return missing
    none = len(missing) == len(check.concepts) and reported.unreadable.isdisjoint(missing)
    return missing[:1] if none else []


def _there(check: Required | Requires, concept: str, reported: Reported) -> bool:
    if isinstance(check, Requires) and check.members:
        return any(fact.member(check.axis) in check.members for fact in reported.all(concept))
    return bool(reported.answered(concept))


def _names(check: Required | Requires | Excludes, reported: Reported) -> dict[str, str]:
    return {"concepts": reported.words.labels(check.concepts)}


def left_empty(check: LeftEmpty, reported: Reported) -> Iterator[Problem]:
    """One problem for each fact that should not be there."""
    for concept in check.concepts:
        yield from (at(fact) for fact in reported.answered(concept))


def excludes(check: Excludes, reported: Reported) -> Iterator[Problem]:
    """One problem, at the given answer, when any of the concepts is reported all the same."""
    answer = reported.first(check.given.concept)
    facts = [fact for concept in check.concepts for fact in reported.answered(concept)]
    if answer and facts and holds(check.given, reported):
        there = dict.fromkeys(fact.concept for fact in facts)
        values = {"concepts": reported.words.labels(there), "count": str(len(facts)), "cell": facts[0].source.cell}
        yield Problem(answer.concept, answer.source, values, facts=(answer, *facts))


def remark(check: Remark, reported: Reported) -> Iterator[Problem]:
    """One problem at the answer, if there is one: what makes it worth a word are the conditions."""
    fact = reported.first(check.concept)
    if fact:
        value = number_of(fact)
        shown = reported.words.amount(fact.concept, value, fact.unit) if value is not None else ""
        yield at(fact, value=shown)


def paired(check: Paired, reported: Reported) -> Iterator[Problem]:
    """One problem for each concept that has a fact for some of the members and not for others."""
    codes = reported.definitions.axes[check.axis].members
    for concept in (name for name in check.concepts if name not in reported.unreadable):
        given: dict[str, Fact] = {}
        for fact in reported.all(concept):
            given.setdefault(fact.member(check.axis) or "", fact)
        missing = [member for member in check.members if member not in given]
        present = [member for member in check.members if member in given]
        if missing and present:
            there, gone = (reported.words.member(codes, each[0]) for each in (present, missing))
            values = {"given": there, "missing": gone}
            fact = given[present[0]]
            yield Problem(concept, _unpaired(fact, check.axis, missing[0], reported), values, facts=(fact,))


def _unpaired(fact: Fact, axis: str, member: str, reported: Reported) -> Source:
    dimensions = tuple(sorted({**dict(fact.dimensions), axis: member}.items()))
    return blank_cell(fact.concept, dimensions, reported) or fact.source


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
