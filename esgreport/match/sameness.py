"""Which names stand for one answer, a concept and a target that only passes it on; it matches nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from esgreport.definitions import Definitions
from esgreport.definitions.targets import Target

Sames = Mapping[str, frozenset[str]]
"""For a name the other names of its answer; a name without others is not in it."""


def sames_of(definitions: Definitions) -> Sames:
    """The names that give one answer: a target whose answer is a concept's own value or the sum of its rows."""
    found: dict[str, frozenset[str]] = {}
    for target in definitions.targets.values():
        for concept in _passed_on(target):
            for one, other in ((target.id, concept), (concept, target.id)):
                found[one] = found.get(one, frozenset()) | {other}
    return found


def _passed_on(target: Target) -> Iterator[str]:
    how = target.how
    if how.kind == "fact" and how.factor == 1:
        yield how.concept
    elif how.kind == "first_of":
        yield from (each.concept for each in how.of if each.kind == "fact" and each.factor == 1)
    elif how.kind == "sum_of" and len(how.operands) == 1:
        yield how.operands[0].concept
