"""Questions that ask for two things with one cell: told by what their halves ask for; it answers none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from esgreport.answers.material import Material
from esgreport.definitions.answering import Answering, folded, holds_words
from esgreport.questionnaire import Candidate, Match, Question

GATE = "two_things"
_MOST_JOINTS = 3
_SHORT = 3
"""Letters of a word that says nothing by itself."""
_KINDS = ("number", "boolean")
_BETWEEN = "\n"
"""Stands between a question's identifier and the number of its half, where no identifier of a form has it."""


def halves(questions: Sequence[Question], matches: Sequence[Match], answering: Answering) -> tuple[Question, ...]:
    """The halves of questions that would be answered without a person: what stands before and after each `and`."""
    sure = {match.question for match in matches if _is_sure(match, answering)}
    return tuple(half for question in questions if question.id in sure for half in _halves_of(question, answering))


def _is_sure(match: Match, answering: Answering) -> bool:
    found = match.candidates[:1]
    return bool(found) and not match.gates and found[0].probability >= answering.settings.fill_at


def _halves_of(question: Question, answering: Answering) -> Iterator[Question]:
    if question.kind not in _KINDS or question.columns:
        return
    words = answering.words.joining.get(question.language, [])
    if not words:
        return
    joint = re.compile(rf"\s+(?:{'|'.join(map(re.escape, words))})\s+", re.IGNORECASE)
    for number, found in enumerate(list(joint.finditer(question.text))[:_MOST_JOINTS]):
        parts = question.text[: found.start()], question.text[found.end() :]
        if parts[0].count("(") == parts[0].count(")") and all(_asks(part, question, answering) for part in parts):
            for side, text in enumerate(parts):
                name = f"{question.id}{_BETWEEN}{2 * number + side}"
                yield replace(question, id=name, text=text, parent="", unit="", options=())


def _asks(part: str, question: Question, answering: Answering) -> bool:
    """Whether a part may ask by itself: for a figure by a word that counts, for a yes or no by more than a word.

    What is divided between two, as pay between women and men, has such a word before both alone.
    """
    if question.kind == "number":
        return holds_words(part, answering.words.counting, question.language) or _ends_counting(part, answering)
    return sum(len(word) > _SHORT for word in folded(part).split()) > 1


def _ends_counting(part: str, answering: Answering) -> bool:
    """Whether a German compound ends in a word that counts: `Bilanzsumme`, `Abfallmenge`."""
    ends = tuple(folded(word) for word in answering.words.counting.get("de", ()) if len(word) > _SHORT)
    return any(word.endswith(ends) for word in folded(part).split())


def doubled(matches: Sequence[Match], parts: Sequence[Match], material: Material) -> tuple[Match, ...]:
    """The matches, those of questions that ask for two things with a gate and with both among their candidates."""
    by_question: dict[str, dict[int, Match]] = {}
    for part in parts:
        name, _, number = part.question.rpartition(_BETWEEN)
        by_question.setdefault(name, {})[int(number)] = part
    return tuple(_doubled(match, by_question.get(match.question, {}), material) for match in matches)


def _doubled(match: Match, parts: Mapping[int, Match], material: Material) -> Match:
    for number in range(0, len(parts), 2):
        found = [parts[each].candidates[0] for each in (number, number + 1) if parts[each].candidates]
        other = _other(match.candidates[0], found, material) if len(found) == 2 else None
        if other is not None:
            rest = tuple(each for each in match.candidates[1:] if each.target != other.target)
            return replace(match, candidates=(match.candidates[0], other, *rest), gates=(GATE,))
    return match


def _other(best: Candidate, found: Sequence[Candidate], material: Material) -> Candidate | None:
    """What is asked for besides, where one half asks for what the whole was taken for and the other for more."""
    others = [each for each in found if each.target != best.target]
    if len(others) != 1 or others[0].probability < material.definitions.answering.settings.half_at:
        return None
    kinds = {material.target(each).kind for each in (best, others[0])}
    return others[0] if kinds <= set(_KINDS) and len(kinds) == 1 else None
