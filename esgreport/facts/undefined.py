"""Ratios a template cannot work out because there is nothing to divide by: said to be undefined, not to be an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from esgreport.definitions import Definitions
from esgreport.facts.answers import Answer
from esgreport.facts.values import Refusal
from esgreport.model import CellError, Fact, FactValue

UNDEFINED = "CELL-14"


def with_undefined(answers: Iterable[Answer], side: Iterable[Fact], definitions: Definitions) -> Iterator[Answer]:
    """The answers; a `#DIV/0!` is a ratio without a value where a rule says by what it divides and that is nought."""
    given = {each.concept: each.value for each in side if not each.dimensions}
    for answer in answers:
        if _divides_by_zero(answer) and _nought(answer.concept, given, definitions):
            yield Answer(answer.source, answer.concept, Refusal(UNDEFINED, {"concept": answer.concept}))
        else:
            yield answer


def _divides_by_zero(answer: Answer) -> bool:
    return isinstance(answer.result, Refusal) and answer.result.values.get("error") == CellError.DIV0.value


def _nought(concept: str, given: Mapping[str, FactValue], definitions: Definitions) -> bool:
    """Whether all that a ratio is divided by is answered with nought."""
    from esgreport.definitions.rules_of_side_answers import QuotientOf  # rules are read only for what needs them

    checks = [check for _, rule in definitions.rules for check in rule.checks]
    quotients = [check for check in checks if isinstance(check, QuotientOf) and check.ratio == concept]
    return any(all(given.get(name) == 0 for name in check.denominators) for check in quotients)
