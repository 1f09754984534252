"""Totals whose formula has no stored result, computed where a rule of the standard says of what they are the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from esgreport.definitions import Definitions
from esgreport.facts.answers import Answer, Context, fact_in
from esgreport.facts.values import Refusal
from esgreport.model import Fact

NO_RESULT = "CELL-02"
OF_A_SHEET = {NO_RESULT: "CELL-12", "CELL-13": "CELL-13"}
"""Findings of one cell each that have one cause and one cure, and what is said of all those on a sheet."""


def with_totals(answers: Sequence[Answer], definitions: Definitions) -> Iterator[Answer]:
    """The answers; a formula without a result is the sum of its parts where a rule defines it and all are reported."""
    facts = [answer.result for answer in answers if isinstance(answer.result, Fact)]
    for answer in answers:
        total = _total(answer, facts, definitions) if _waits_for_total(answer) else None
        yield Answer(answer.source, answer.concept, total) if total else answer


def _waits_for_total(answer: Answer) -> bool:
    return isinstance(answer.result, Refusal) and answer.result.code == NO_RESULT and answer.context is not None


def _total(answer: Answer, facts: Sequence[Fact], definitions: Definitions) -> Fact | None:
    assert answer.context is not None
    for wanted in _sums_of(answer, definitions):
        parts = [_part(concept, context, facts) for concept, context in wanted]
        if parts and all(part is not None and isinstance(part.value, Decimal) for part in parts):
            found = tuple(part for part in parts if part is not None)
            value = sum((part.value for part in found if isinstance(part.value, Decimal)), Decimal(0))
            concept = definitions.concepts[answer.concept]
            fact = fact_in(answer.context, concept, value, (answer.source, answer.number_format))
            return replace(fact, inputs=found)
    return None


def _sums_of(answer: Answer, definitions: Definitions) -> Iterator[list[tuple[str, Context]]]:
    """For each rule that defines the total: the concepts of its parts and what each must be about."""
    from esgreport.definitions.rules_of_figures import AddsUp

    context = answer.context
    assert context is not None
    for _, rule in definitions.rules:
        for check in rule.checks:
            if isinstance(check, AddsUp) and check.total == answer.concept and not check.group:
                members = _members(check.over, definitions)
                contexts = [_within(context, check.over, member) for member in members] if check.over else [context]
                yield [(part, each) for part in check.parts for each in contexts]


def _members(axis: str, definitions: Definitions) -> Iterable[str]:
    definition = definitions.axes.get(axis)
    if definition is None or definition.kind == "typed":
        return ()
    domain = definitions.code_list(definition.members).domain
    return (code.member for code in domain if code.member != definition.default)


def _within(context: Context, axis: str, member: str) -> Context:
    return Context(context.period, context.unit, tuple(sorted((*context.dimensions, (axis, member)))))


def _part(concept: str, context: Context, facts: Sequence[Fact]) -> Fact | None:
    """The one fact of a concept in a context; None where there is none, or two that differ."""
    found = [
        fact
        for fact in facts
        if fact.concept == concept
        and (fact.period, fact.unit, fact.dimensions) == (context.period, context.unit, context.dimensions)
    ]
    return found[0] if len({fact.value for fact in found}) == 1 else None
