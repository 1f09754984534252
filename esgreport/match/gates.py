"""The reasons why a person must look at a match whatever its probability, as the lexicon names them."""

from __future__ import annotations

from esgreport.definitions.lexicon import Gate
from esgreport.match.tagging import SECTION, Hits
from esgreport.match.weighing import Scales, Weighed, outside

_TWO = 2
"""How many of what a gate needs are two things asked for at once."""


def gates_of(scales: Scales, weighed: Weighed) -> tuple[str, ...]:
    """The codes of the gates a weighed question runs into."""
    return tuple(gate.code for gate in scales.lexicon.gates.values() if _closes(gate, scales, weighed))


def _closes(gate: Gate, scales: Scales, weighed: Weighed) -> bool:
    target = weighed.ranked[0][0] if weighed.ranked else ""
    if (gate.targets and target not in gate.targets) or (gate.kinds and weighed.cues.kind not in gate.kinds):
        return False
    if gate.when == "nothing" and not outside(scales.lexicon, weighed.hits, weighed.fitting.get(target)):
        return False
    if gate.when == "kind" and not _unlike_kind(scales, weighed, target):
        return False
    if gate.when == "unit" and not _unlike_unit(scales, weighed, target):
        return False
    said = sum(any(_said(tag, weighed.hits) for tag in group.split("/")) for group in gate.needs)
    needed = _TWO if gate.when == "two" else len(gate.needs)
    return said >= needed and not any(_said(tag, weighed.hits) for tag in gate.never)


def _unlike_unit(scales: Scales, weighed: Weighed, target: str) -> bool:
    asked = weighed.cues.measure
    expected = scales.expected[target] if target else None
    if not asked or expected is None or expected.kind != "number":
        return False
    hours = (asked, expected.measure) == ("time", "count")  # the standard counts hours as plain numbers
    return asked != expected.measure and not hours


def _unlike_kind(scales: Scales, weighed: Weighed, target: str) -> bool:
    """Whether yes or no is asked for and a figure is held, or the form itself wants a number and none is held."""
    have = scales.expected[target].kind if target else ""
    if weighed.cues.kind == "boolean":
        return have in {"number", "date"}
    return weighed.cues.kind == "number" and weighed.cues.certain and have not in {"number", "date", ""}


def _said(tag: str, hits: Hits) -> bool:
    return tag in hits and hits[tag].weight > SECTION
