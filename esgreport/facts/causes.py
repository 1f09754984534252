"""Ratios with an Excel error that comes from what they are worked out from: said where it is, and as what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from esgreport.definitions import Definitions
from esgreport.facts.answers import Answer
from esgreport.facts.values import Refusal
from esgreport.model import CellError, Fact

UNDEFINED = "CELL-14"


def with_causes(answers: Iterable[Answer], side: Iterable[Answer], definitions: Definitions) -> Iterator[Answer]:
    """The answers; those with an Excel error by the cause of it, where a rule says what the ratio is made of.

    A `#DIV/0!` over a nought that was answered is a ratio without a value. One that is made of a cell in which no
    number stands is to be mended in that cell.
    """
    given = {each.concept: each for each in side if not (isinstance(each.result, Fact) and each.result.dimensions)}
    for answer in answers:
        error = answer.result.values.get("error") if isinstance(answer.result, Refusal) else None
        yield (_explained(answer, str(error), given, definitions) if error else None) or answer


def _explained(answer: Answer, error: str, given: Mapping[str, Answer], definitions: Definitions) -> Answer | None:
    """The answer by its cause; None where none is known."""
    from esgreport.definitions.rules_of_side_answers import QuotientOf  # rules are read only for what needs them

    checks = [check for _, rule in definitions.rules for check in rule.checks]
    for check in (each for each in checks if isinstance(each, QuotientOf) and each.ratio == answer.concept):
        parts = [given.get(name) for name in (*check.numerators, *check.less, *check.denominators)]
        for part in parts:
            if part and isinstance(part.result, Refusal):
                return Answer(answer.source, answer.concept, part.result, part.source)
        lower = [given.get(name) for name in check.denominators]
        if error == CellError.DIV0.value and all(part and _is_nought(part) for part in lower):
            return Answer(answer.source, answer.concept, Refusal(UNDEFINED, {"concept": answer.concept}))
    return None


def _is_nought(answer: Answer) -> bool:
    return isinstance(answer.result, Fact) and answer.result.value == 0
