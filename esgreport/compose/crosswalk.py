"""Where other frameworks ask for what is reported, as the table of correspondences has it; it claims no compliance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from esgreport.compose.edition import concepts_of
from esgreport.compose.writer import Writer
from esgreport.definitions import Disclosure
from esgreport.definitions.crosswalk import RELATIONS, Framework, Neighbour
from esgreport.definitions.places import did_you_mean
from esgreport.document import Crosswalk, CrosswalkRow
from esgreport.errors import DefinitionError

_SIGNS = dict(zip(RELATIONS, ("", "+", "≈"), strict=True))
"""How near a neighbour is; what is asked for in the same way has no sign."""
_UNVERIFIED = "?"
_PIECES = re.compile(r"(\d+)|(\D+)")


def crosswalk(writer: Writer, sections: frozenset[str]) -> Crosswalk | None:
    """A row for each disclosure with something reported that another framework asks for; None where there is none.

    `sections` are those the report has. What its readers are not shown is in no row.
    """
    near = {
        one.code: _neighbours(writer, one) for one in writer.definitions.disclosures if one.code.lower() in sections
    }
    shown = [
        _framework(writer, name)
        for name in writer.definitions.layout.crosswalk
        if any(one.framework == name for found in near.values() for one in found)
    ]
    rows = tuple(
        _row(writer, one, near[one.code], shown)
        for one in writer.definitions.disclosures
        if any(each.framework in {framework.id for framework in shown} for each in near.get(one.code, ()))
    )
    if not rows:
        return None
    used = [each for found in near.values() for each in found]
    headers = tuple((framework.id, writer.text(framework.short or framework.name)) for framework in shown)
    return Crosswalk(headers, rows, tuple(_legend(writer, used)), tuple(_sources(writer, shown, used)))


def _framework(writer: Writer, name: str) -> Framework:
    """The framework the layout names. Errors: DefinitionError for one there is not."""
    known = writer.definitions.law.frameworks
    if name not in known:
        raise DefinitionError(f"schemas/report.yaml: crosswalk: unknown framework {name!r}.{did_you_mean(name, known)}")
    return known[name]


def _neighbours(writer: Writer, disclosure: Disclosure) -> tuple[Neighbour, ...]:
    """The neighbours of what is reported of a disclosure, its derived figures among it."""
    names = [concept.name for concept in concepts_of(writer, disclosure)]
    names += [code for code, metric in writer.definitions.metrics.items() if metric.disclosure == disclosure.code]
    table = writer.definitions.law.crosswalk
    return tuple(each for name in names if writer.of(name) for each in table.get(name, ()))


def _row(
    writer: Writer, disclosure: Disclosure, near: Sequence[Neighbour], frameworks: Sequence[Framework]
) -> CrosswalkRow:
    cells = tuple(_cell(one for one in near if one.framework == framework.id) for framework in frameworks)
    return CrosswalkRow(disclosure.code, writer.text(disclosure.title), disclosure.code.lower(), cells)


def _cell(near: Iterable[Neighbour]) -> tuple[str, ...]:
    """The identifiers, each once with the sign of its nearest relation; what is before the last space is said once."""
    nearest: dict[str, Neighbour] = {}
    for one in near:
        if one.id not in nearest or _rank(one) < _rank(nearest[one.id]):
            nearest[one.id] = one
    found: dict[str, list[str]] = {}
    for one in sorted(nearest.values(), key=_order):
        standard, _, paragraph = one.id.rpartition(" ")
        found.setdefault(standard, []).append(f"{_SIGNS[one.relation]}{paragraph}{'' if one.verified else _UNVERIFIED}")
    groups = [f"{standard} {', '.join(ids)}".strip().replace(", ", ",\n") for standard, ids in found.items()]
    return tuple(";\n".join(groups).splitlines())


def _order(one: Neighbour) -> tuple[str, list[tuple[int, str]]]:
    """By standard, then by paragraph as it is counted: 9 before 12."""
    standard, _, paragraph = one.id.rpartition(" ")
    return standard, [(int(number or 0), text) for number, text in _PIECES.findall(paragraph)]


def _rank(one: Neighbour) -> tuple[int, bool]:
    return RELATIONS.index(one.relation), not one.verified


# ── how to read it, and who says so ──


def _legend(writer: Writer, used: Sequence[Neighbour]) -> Iterator[str]:
    """What the signs mean that are used, what an empty cell means, and what is not claimed."""
    yield writer.say(
        "Where other frameworks ask for what is reported here. The correspondences help to find it; they claim no"
        " compliance with those frameworks."
    )
    signs = [writer.say("no sign: the same is asked for as in a datapoint of the disclosure")]
    if any(one.relation == "part_of" for one in used):
        signs.append(writer.say("+ more is asked for, of which a datapoint is a part"))
    if any(one.relation == "related" for one in used):
        signs.append(writer.say("≈ something related is asked for"))
    if any(not one.verified for one in used):
        signs.append(writer.say("? not verified"))
    listed = "; ".join(signs)
    empty = writer.say("A cell is empty where no correspondence is known, which does not mean that there is none.")
    yield f"{listed[:1].upper()}{listed[1:]}. {empty}"


def _sources(writer: Writer, frameworks: Sequence[Framework], used: Sequence[Neighbour]) -> Iterator[tuple[str, str]]:
    """Each framework by its name, with the sources of its correspondences and how far they can be trusted."""
    law = writer.definitions.law
    for framework in frameworks:
        own = [one for one in used if one.framework == framework.id]
        graded: Mapping[str, dict[str, None]] = {source: {} for source in dict.fromkeys(one.source for one in own)}
        for one in own:
            graded[one.source][one.grade] = None
        said = (
            f"{law.sources[source].title} ({', '.join(writer.text(law.grades[grade]) for grade in grades)})"
            for source, grades in graded.items()
        )
        yield writer.text(framework.name), "; ".join(said)
