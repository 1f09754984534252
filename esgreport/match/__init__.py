"""What a customer's question asks for: from questions to matches, best first, with probabilities and gates.

It gives no answers and reads no file of a customer; what it knows of language is data, in `schemas/lexicon/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from esgreport.definitions import Definitions
from esgreport.match.chances import chance
from esgreport.match.gates import gates_of
from esgreport.match.weighing import Scales, Weighed, scales_for, weighed
from esgreport.questionnaire import Candidate, Match, Question

__all__ = ["match"]

_SUGGESTED = 4
_SMALLEST = Decimal("0.001")


def match(questions: Sequence[Question], definitions: Definitions) -> tuple[Match, ...]:
    """What each question asks for, in their order.

    A question that hangs on another is read under it, as under a heading, and is never surer than that one. Errors:
    DefinitionError for a lexicon that is not whole.
    """
    scales = scales_for(definitions, {question.language for question in questions})
    asked = {question.id: question for question in questions}
    found: dict[str, Match] = {}
    for question in questions:
        own = _matched(scales, weighed(scales, _under(asked.get(question.parent), question)))
        found[question.id] = _bounded(own, found.get(question.parent))
    return tuple(found[question.id] for question in questions)


def _under(parent: Question | None, question: Question) -> Question:
    """A follow-up with the question it hangs on in the heading above: "If not, when?" says nothing by itself."""
    if parent is None:
        return question
    return replace(question, section=f"{question.section}: {parent.text}" if question.section else parent.text)


def _matched(scales: Scales, question: Weighed) -> Match:
    weights = scales.classifier.chances
    sure = chance(question.evidence, weights[0].tolist())
    nothing = chance(question.evidence, weights[1].tolist())
    if sure + nothing > 1:
        sure, nothing = sure / (sure + nothing), nothing / (sure + nothing)
    left = max(0.0, 1.0 - sure - nothing)
    shares = [sure, left / 2, left / 4, left / 8]
    candidates = tuple(
        _candidate(question, target, min(share, sure))
        for (target, _), share in zip(question.ranked[:_SUGGESTED], shares, strict=False)
    )
    return Match(question.question.id, candidates, _rounded(nothing), gates_of(scales, question))


def _candidate(question: Weighed, target: str, probability: float) -> Candidate:
    fit = question.fitting.get(target)
    return Candidate(target, _rounded(probability), fit.member if fit else "", fit.words if fit else ())


def _bounded(own: Match, parent: Match | None) -> Match:
    """The match of a follow-up: no candidate surer than the best of the question it hangs on."""
    if parent is None or not parent.candidates:
        return own
    most = parent.candidates[0].probability
    candidates = tuple(
        Candidate(each.target, min(each.probability, most), each.member, each.words) for each in own.candidates
    )
    return Match(own.question, candidates, own.nothing, own.gates)


def _rounded(probability: float) -> Decimal:
    return Decimal(str(probability)).quantize(_SMALLEST)
