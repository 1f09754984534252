"""What an audience is not shown leaves the filing here, before anything is computed or written from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from esgreport.assessment import Kept, Told
from esgreport.definitions import Definitions, in_language
from esgreport.definitions.audiences import Audience, Selection, audience_file
from esgreport.model import Fact, Filing, Finding, Source

OMITTED = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
_ALWAYS = ("B1",)
"""Who reports, on what basis: no cap keeps that from a reader."""


def told(filing: Filing, audience: Audience, definitions: Definitions, language: str) -> Told:
    """What is left of a filing, its earlier years too, for an audience; reasons come in a language.

    What the filing lists as omitted, because it is classified or sensitive, is withheld from everyone. Derived figures
    are computed from what is left, so that none tells of its operands.
    """
    reasons = _reasons(filing, audience, definitions, language)
    digits = _digits(audience, definitions)
    years = filing.years
    gone = Counter(fact.concept for year in years for fact in year.facts if fact.concept in reasons)
    kept = [tuple(fact for fact in year.facts if fact.concept not in reasons) for year in years]
    rounded = [tuple(_rounded(fact, digits) for fact in facts) for facts in kept]
    changed = Counter(
        old.concept
        for before, after in zip(kept, rounded, strict=True)
        for old, new in zip(before, after, strict=True)
        if old is not new
    )
    newest, *earlier = (_reduced(year, facts, reasons) for year, facts in zip(years, rounded, strict=True))
    return Told(
        replace(newest, prior=tuple(earlier)),
        _listed(gone, reasons, definitions, language),
        _listed(changed, {}, definitions, language),
    )


def told_findings(
    findings: Sequence[Finding], again: Sequence[Finding], filing: Filing, seen: Told
) -> tuple[Finding, ...]:
    """Those findings an audience may read: the ones that come again where only what it is told is checked.

    `filing` is the whole one, `again` are the rules' findings on what is left of it. What reading found stays unless it
    is about a withheld concept, or stands in a withheld cell.
    """
    shown = {_places(fact) for year in seen.filing.years for fact in year.facts}
    hidden = {_places(fact) for year in filing.years for fact in year.facts} - shown
    same = {(each.code, each.message) for each in again}
    return tuple(
        each
        for each in findings
        if (each.code, each.message) in same
        or not (each.code.startswith("VSME-") or each.concept in seen.reasons or _place(each.source) in hidden)
    )


def _places(fact: Fact) -> tuple[str, str]:
    return fact.source.sheet, fact.source.cell


def _reasons(filing: Filing, audience: Audience, definitions: Definitions, language: str) -> Mapping[str, str]:
    """Why a concept is not shown; the first reason that holds."""
    file = audience_file(definitions)
    found = {name: in_language(file.omitted, language) for name in _omitted(filing, definitions)}
    for each in audience.withholds:
        for name in _selected(each, definitions):
            found.setdefault(name, in_language(each.reason, language))
    if audience.shows == "inside_cap":
        for name in _outside_cap(filing, definitions):
            found.setdefault(name, in_language(file.outside_cap, language))
    return found


def _omitted(filing: Filing, definitions: Definitions) -> Iterable[str]:
    for fact in filing.facts:
        if fact.concept == OMITTED and isinstance(fact.value, tuple):
            for member in fact.value:
                yield from definitions.concepts_of_member(member)


def _outside_cap(filing: Filing, definitions: Definitions) -> Iterable[str]:
    """The concepts no row of the cap covers for the undertaking's size; for an unknown size, the larger cap."""
    cap = definitions.law.cap
    people = [fact.value for fact in filing.facts if fact.concept == "NumberOfEmployees" and not fact.dimensions]
    few = any(isinstance(each, Decimal) and each <= cap.lower_band.employees_at_most for each in people)
    inside = {
        each.concept for row in cap.rows if row.holds_for("up_to_10" if few else "over_10") for each in row.covers
    }
    for disclosure in definitions.disclosures:
        if disclosure.code not in _ALWAYS:
            yield from (concept.name for concept in disclosure.concepts if concept.name not in inside)


def _selected(selection: Selection, definitions: Definitions) -> Iterable[str]:
    yield from selection.concepts
    for disclosure in definitions.disclosures:
        if disclosure.code in selection.disclosures:
            yield from (concept.name for concept in disclosure.concepts)


def _digits(audience: Audience, definitions: Definitions) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for each in audience.rounds:
        for name in _selected(each, definitions):
            found.setdefault(name, each.digits)
    return found


def _rounded(fact: Fact, digits: Mapping[str, int]) -> Fact:
    """The fact in so many significant digits; itself where it has no more."""
    if fact.concept not in digits or not isinstance(fact.value, Decimal) or not fact.value:
        return fact
    place = fact.value.adjusted() - digits[fact.concept] + 1
    value = fact.value.quantize(Decimal(1).scaleb(place), ROUND_HALF_EVEN)
    if value == fact.value:
        return fact
    return replace(fact, value=Decimal(f"{value:f}"), decimals=max(-place, 0))


def _reduced(year: Filing, facts: tuple[Fact, ...], reasons: Mapping[str, str]) -> Filing:
    """A year with those facts alone; what else was said of withheld cells goes with them."""
    hidden = {_places(fact) for fact in year.facts if fact.concept in reasons}
    asked = tuple((concept, source) for concept, source in year.asked_at if concept not in reasons)
    cells = {(source.sheet, source.cell) for concept, source in year.asked_at if concept in reasons} | hidden
    dropped = tuple(each for each in year.dropped if _place(each.source) not in cells)
    aside = () if reasons else year.side_answers
    count = len(facts) + len(dropped)
    return replace(year, facts=facts, dropped=dropped, asked_at=asked, side_answers=aside, cells_filled=count)


def _place(source: Source) -> tuple[str, str]:
    return source.sheet, source.cell


def _listed(
    counts: Mapping[str, int], reasons: Mapping[str, str], definitions: Definitions, language: str
) -> tuple[Kept, ...]:
    concepts = definitions.concepts
    return tuple(
        Kept(name, in_language(concepts[name].labels, language), reasons.get(name, ""), counts[name])
        for name in concepts
        if counts.get(name)
    )
