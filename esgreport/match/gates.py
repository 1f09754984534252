"""The reasons why a person must look at a match whatever its probability, as the lexicon names them."""

from __future__ import annotations

from esgreport.definitions.lexicon import Gate, Lexicon
from esgreport.match.tagging import SECTION, Hits
from esgreport.match.weighing import Weighed


def gates_of(lexicon: Lexicon, weighed: Weighed) -> tuple[str, ...]:
    """The codes of the gates a weighed question runs into."""
    target = weighed.ranked[0][0] if weighed.ranked else ""
    return tuple(gate.code for gate in lexicon.gates.values() if _closes(gate, target, weighed))


def _closes(gate: Gate, target: str, weighed: Weighed) -> bool:
    if gate.targets and target not in gate.targets:
        return False
    if gate.kinds and weighed.cues.kind not in gate.kinds:
        return False
    needed = all(any(_said(tag, weighed.hits) for tag in group.split("/")) for group in gate.needs)
    return needed and not any(_said(tag, weighed.hits) for tag in gate.never)


def _said(tag: str, hits: Hits) -> bool:
    return tag in hits and hits[tag].weight > SECTION
