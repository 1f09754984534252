"""An explanation as a value: what a word of the standard means, in entries found by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["rule", "finding", "concept", "disclosure", "metric", "cap", "topics"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing there is to say: `key` is the same in every language, heading and lines are in the reader's."""

    key: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a word means: its name as the definitions have it, what kind of thing it is, title, text, entries."""

    word: str
    kind: Kind
    title: str
    text: str = ""
    entries: tuple[Entry, ...] = ()

    def entry(self, key: str) -> tuple[str, ...]:
        """The lines of an entry; none where there is no such entry."""
        return next((entry.lines for entry in self.entries if entry.key == key), ())


def document(explanation: Explanation) -> dict[str, object]:
    """The explanation as a structure for JSON."""
    return {
        "word": explanation.word,
        "kind": explanation.kind,
        "title": explanation.title,
        "text": explanation.text,
        "entries": [
            {"key": entry.key, "heading": entry.heading, "lines": list(entry.lines)} for entry in explanation.entries
        ],
    }
