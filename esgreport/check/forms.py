"""Kinds of check on names, codes and texts: doubled rows, dangling identifiers, code levels, the form of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from esgreport.check.problems import Problem, at
from esgreport.check.reported import Context, Reported, context_of
from esgreport.definitions.rules import (
    IdentifierForm,
    Lasts,
    Matches,
    NeedsCodeLevel,
    OneOf,
    RefersTo,
    Unique,
)
from esgreport.model import Fact

_URL = re.compile(r"(?:https?://|www\.)[^\s/.@]+(?:\.[^\s/.@]+)+(?:[/?#:]\S*)?", re.IGNORECASE)
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")


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
            row = ", ".join(_member_label(axis, member, reported) for axis, member in fact.dimensions)
            yield at(fact, row=row, first=first.source.cell)


def _member_label(axis: str, member: str, reported: Reported) -> str:
    known = reported.definitions.axes.get(axis)
    return reported.words.member(known.members, member) if known else member


def one_of(check: OneOf, reported: Reported) -> Iterator[Problem]:
    """One problem for each row in which more than one of the concepts holds, or none where one must."""
    rows: dict[Context, list[Fact]] = {}
    for concept in check.concepts:
        for fact in reported.all(concept):
            rows.setdefault(context_of(fact), []).append(fact)
    for facts in rows.values():
        holding = [fact for fact in facts if fact.value is not False]
        if len(holding) > 1 or not (holding or check.or_none):
            row = ", ".join(_member_label(axis, member, reported) for axis, member in facts[0].dimensions)
            labels = reported.words.labels(check.concepts)
            yield at((holding or facts)[-1], row=row, concepts=labels, count=str(len(holding)))


def refers_to(check: RefersTo, reported: Reported) -> Iterator[Problem]:
    """One problem for each identifier that the other table does not have."""
    known = {fact.member(check.axis) for fact in reported.current(check.known_from)}
    told: set[str] = set()
    for fact in (fact for concept in check.concepts for fact in reported.current(concept)):
        identifier = fact.member(check.axis)
        if identifier is not None and identifier not in known and identifier not in told:
            told.add(identifier)
            yield at(fact, identifier=identifier)


def needs_code_level(check: NeedsCodeLevel, reported: Reported) -> Iterator[Problem]:
    """One problem for each code that is a heading: it has fewer digits than asked for."""
    definitions = reported.definitions
    codes = definitions.axes[check.axis].members if check.axis else definitions.concepts[check.concept].members
    for fact in reported.all(check.concept):
        members = (fact.member(check.axis),) if check.axis else fact.value
        for member in members if isinstance(members, tuple) else (members,):
            code = definitions.code_list(codes).by_member.get(str(member))
            if code and sum(letter.isdecimal() for letter in code.code) < check.digits:
                yield at(fact, code=reported.words.member(codes, code.member), digits=str(check.digits))


def matches(check: Matches, reported: Reported) -> Iterator[Problem]:
    """One problem for each text that does not have its form."""
    for fact in (fact for concept in check.concepts for fact in reported.current(concept)):
        if isinstance(fact.value, str) and not FORMS[check.form](fact.value.strip()):
            yield at(fact, text=_short(fact.value))


def identifier_form(_check: IdentifierForm, reported: Reported) -> Iterator[Problem]:
    """One problem when the scheme of the undertaking's identifier has a form and the identifier has another."""
    entity = reported.filing.entity
    has_form = FORM_OF_SCHEME.get(entity.scheme)
    if has_form and entity.identifier and not has_form(entity.identifier.strip()):
        yield Problem("", reported.whole_file, {"text": _short(entity.identifier)})


def lasts(check: Lasts, reported: Reported) -> Iterator[Problem]:
    """One problem when the reporting period is shorter than it can be."""
    period = reported.filing.period
    days = (period.end - period.start).days + 1 if period.start else 1
    if days < check.days_at_least:
        start, end = (reported.words.day(day) for day in (period.start or period.end, period.end))
        yield Problem("", reported.whole_file, {"start": start, "end": end, "days": str(days)})


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────


def is_url(text: str) -> bool:
    """Whether a text is a web address: http://, https:// or www. and a host with a dot; blanks do not occur."""
    return _URL.fullmatch(text) is not None


def is_lei(text: str) -> bool:
    """Whether a text is a legal entity identifier with the check digits of ISO 17442 (ISO/IEC 7064, MOD 97-10)."""
    return _LEI.fullmatch(text) is not None and int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def is_duns(text: str) -> bool:
    """Whether a text is a DUNS number: nine digits, with or without hyphens."""
    return re.fullmatch(r"\d{2}-?\d{3}-?\d{4}", text, re.ASCII) is not None


FORMS: Mapping[str, Callable[[str], bool]] = {"url": is_url, "lei": is_lei}
FORM_OF_SCHEME: Mapping[str, Callable[[str], bool]] = {
    "http://standards.iso.org/iso/17442": is_lei,
    "https://www.dnb.co.uk/duns-number": is_duns,
}
