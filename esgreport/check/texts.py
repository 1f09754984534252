"""Kinds of check on codes and texts: code levels, web addresses, postal codes, coordinates, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from esgreport.check.headings import at_heading
from esgreport.check.problems import Problem, Remedy, at
from esgreport.check.reported import Reported
from esgreport.coordinates import points
from esgreport.definitions.forms import Box, Placeholders
from esgreport.definitions.rules_of_texts import Located, Matches, NeedsCodeLevel, NoPlaceholder, PostalCode
from esgreport.model import Fact

_URL = re.compile(r"(?:https?://|www\.)[^\s/.@]+(?:\.[^\s/.@]+)+(?:[/?#:]\S*)?", re.IGNORECASE)
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_COUNTRY_SIGN = re.compile(r"^[A-Z]{1,3}-(?=\d)")
LONGEST = 60
"""Characters of a text that a message shows."""


def needs_code_level(check: NeedsCodeLevel, reported: Reported) -> Iterator[Problem]:
    """One problem for each code that is a heading: it has fewer digits than asked for."""
    definitions = reported.definitions
    told: set[str] = set()
    for concept in check.concepts:
        codes = definitions.axes[check.axis].members if check.axis else definitions.concepts[concept].members
        for fact in reported.current(concept):
            members = (fact.member(check.axis),) if check.axis else fact.value
            for member in members if isinstance(members, tuple) else (members,):
                code = definitions.code_list(codes).by_member.get(str(member))
                if code and sum(letter.isdecimal() for letter in code.code) < check.digits and code.member not in told:
                    told.add(code.member)
                    name = reported.words.member(codes, code.member)
                    problem = at(fact, code=name, digits=str(check.digits))
                    yield at_heading(problem, check.axis, reported) if check.axis else problem


def matches(check: Matches, reported: Reported) -> Iterator[Problem]:
    """One problem for each text that does not have its form."""
    for fact in (fact for concept in check.concepts for fact in reported.current(concept)):
        if isinstance(fact.value, str) and not FORMS[check.form](fact.value.strip()):
            yield at(fact, text=shortened(fact.value))


def postal_code(check: PostalCode, reported: Reported) -> Iterator[Problem]:
    """One problem for each code that no code of its country looks like."""
    for fact, where in _in_country(check, reported):
        country = str(where.value)
        form = reported.definitions.forms.postal_codes.get(country)
        code = _COUNTRY_SIGN.sub("", " ".join(str(fact.value).upper().split()))
        if form and not re.fullmatch(form.form, code, re.ASCII):
            name = reported.words.member("Countries", country)
            problem = at(fact, text=shortened(str(fact.value)), country=name, example=form.example)
            yield replace(problem, remedies=(Remedy(where, None, None),))


def located(check: Located, reported: Reported) -> Iterator[Problem]:
    """One problem for each place that lies outside its country, on the other side of the diagonal or anywhere else."""
    for fact, where in _in_country(check, reported):
        country = str(where.value)
        boxes = reported.definitions.forms.country_boxes.get(country, ())
        found = [(point.latitude, point.longitude) for point in points(str(fact.value)) or () if point.sure]
        if boxes and found and not _all_inside(boxes, found):
            other_way_round = [(second, first) for first, second in found]
            if _all_inside(boxes, other_way_round) == (check.problem == "exchanged"):
                name = reported.words.member("Countries", country)
                problem = at(fact, text=shortened(str(fact.value)), country=name)
                yield replace(problem, remedies=(Remedy(where, None, None),))


def _all_inside(boxes: Iterable[Box], places: Iterable[tuple[float, float]]) -> bool:
    return all(any(box.holds(*place) for box in boxes) for place in places)


def _in_country(check: PostalCode | Located, reported: Reported) -> Iterator[tuple[Fact, Fact]]:
    """The facts of a concept, each with the country in its row."""
    countries = {fact.dimensions: fact for fact in reported.current(check.country)}
    for fact in reported.current(check.concept):
        if fact.dimensions in countries and isinstance(fact.value, str):
            yield fact, countries[fact.dimensions]


def no_placeholder(check: NoPlaceholder, reported: Reported) -> Iterator[Problem]:
    """One problem for each text that only fills its place."""
    concepts = reported.definitions.concepts
    known = reported.definitions.forms.placeholders
    for fact in reported.facts:
        concept = concepts.get(fact.concept)
        if (
            concept
            and concept.type in check.types
            and isinstance(fact.value, str)
            and is_placeholder(fact.value, known)
        ):
            yield at(fact, text=shortened(fact.value))


def is_placeholder(text: str, known: Placeholders) -> bool:
    """Whether a text is none, but stands where one was to come."""
    plain = " ".join(text.casefold().split())
    bare = plain.strip(" .:;,!()[]<>{}\"'«»“”„")
    return (
        bare in known.whole
        or (bool(plain) and not plain.strip(f"{known.repeated} "))
        or any(phrase in plain for phrase in known.within)
        or any(plain.startswith(beginning) for beginning in known.begins)
    )


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def is_url(text: str) -> bool:
    """Whether a text is a web address: http://, https:// or www. and a host with a dot; blanks do not occur."""
    return _URL.fullmatch(text) is not None


def is_lei(text: str) -> bool:
    """Whether a text is a legal entity identifier with the check digits of ISO 17442 (ISO/IEC 7064, MOD 97-10)."""
    return _LEI.fullmatch(text) is not None and int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def is_coordinates(text: str) -> bool:
    """Whether a text is one point of the earth, or several."""
    return points(text) is not None


FORMS: Mapping[str, Callable[[str], bool]] = {"url": is_url, "lei": is_lei, "coordinates": is_coordinates}
