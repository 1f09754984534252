"""Questions somebody labelled with what they ask for: read to fit and to measure the matching, never to answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.definitions.targets import concepts_of_target
from esgreport.match.sameness import sames_of
from esgreport.model import Source
from esgreport.questionnaire import AnswerKind, Question

_KINDS: dict[str, AnswerKind] = {
    "number": "number",
    "money": "number",
    "percent": "number",
    "year": "number",
    "yes_no": "boolean",
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what it asks for: concepts of which any will do, or a target of `targets.yaml`; neither: nothing.

    `first` is the one of the concepts that says it best; `review` says that a person would have to look, whatever
    the match.
    """

    question: Question
    concepts: frozenset[str]
    derived: str
    review: bool
    first: str = ""

    @property
    def answerable(self) -> bool:
        """Whether it asks for something of ours."""
        return bool(self.concepts or self.derived)


def read_labelled(paths: Iterable[Path]) -> list[Labelled]:
    """The labelled questions of some files with one JSON object a line."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_labelled(json.loads(line)) for line in lines]


def _labelled(entry: dict[str, object]) -> Labelled:
    derived = _text(entry, "derived")
    concepts = [*_texts(entry, "also_ok"), *([] if derived else _texts(entry, "concepts"))]
    question = Question(
        id=_text(entry, "id"),
        source=Source(""),
        text=_text(entry, "question"),
        language=_text(entry, "lang"),
        kind=_kind(entry),
        section=_text(entry, "section"),
    )
    full = derived if ":" in derived or not derived else f"derived:{derived}"
    if entry["none"]:
        concepts, full = [], ""
    review = bool(entry["review"]) or (bool(entry["multi"]) and not derived)
    named = [] if entry["none"] else [full, *_texts(entry, "concepts"), *concepts]
    return Labelled(question, frozenset(concepts), full, review, next((each for each in named if each), ""))


def _kind(entry: dict[str, object]) -> AnswerKind:
    """The kind of answer a form would tell: of a number only half of all forms do."""
    kind = _KINDS.get(_text(entry, "answer_type"), "text")
    tells = sum(_text(entry, "id").encode()) % 2 == 1
    return kind if tells or (kind == "boolean" and entry["choices"]) else "text"


def _text(entry: dict[str, object], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _texts(entry: dict[str, object], key: str) -> list[str]:
    value = entry.get(key)
    return [str(each) for each in value] if isinstance(value, list) else []


def is_right(definitions: Definitions, labelled: Labelled, target: str) -> bool:
    """Whether a target is what the question asks for, or gives the same answer; for a concept also one on it first."""
    wanted = {labelled.derived, *labelled.concepts} - {""}
    if target in wanted or sames_of(definitions).get(target, frozenset()) & wanted:
        return labelled.answerable
    known = definitions.targets.get(target)
    if known is None or labelled.derived:
        return False
    concepts = concepts_of_target(known, definitions.metrics)
    if known.kind == "boolean":
        return bool(labelled.concepts & set(concepts))
    return bool(concepts) and concepts[0] in labelled.concepts
