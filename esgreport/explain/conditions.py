"""The conditions of rules in the reader's words; it does not ask whether they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from esgreport.definitions.rule_parts import Bound, Condition, Threshold
from esgreport.explain.words import Words


def conditions_in_words(conditions: Iterable[Condition], words: Words) -> str:
    """Conditions that must all hold, one after the other."""
    return words.listed(condition_in_words(condition, words) for condition in conditions)


def condition_in_words(condition: Condition, words: Words) -> str:
    """A condition as a clause."""
    return words.listed(
        words.text(words.wordings.conditions[test]).format(concept=words.name(condition.concept), value=value)
        for test, value in _tests(condition, words)
    )


def _tests(condition: Condition, words: Words) -> Iterator[tuple[str, str]]:
    """The texts a condition is said with, and the value in each."""
    if condition.module:
        yield "comprehensive", ""
    elif condition.employees is not None:
        yield from _limits(condition.employees, "employees_", words)
    elif condition.number is not None:
        yield from _limits(condition.number, "", words)
    elif condition.reported is not None:
        yield "reported" if condition.reported else "not_reported", ""
    elif condition.equals is not None:
        yield _equals(condition.equals, condition.concept, words)
    elif condition.contains:
        yield "contains", words.member(condition.contains, condition.concept)
    elif condition.group:
        yield "group", ", ".join(condition.group)
    elif condition.different is not None:
        yield "different", words.number(condition.different)


def _equals(value: bool | Decimal | str, concept: str, words: Words) -> tuple[str, str]:  # noqa: FBT001 - a value
    known = words.definitions.questions.get(concept)
    if known and known.numeric and not isinstance(value, str):  # read as yes or no where it is 1 or 0
        value = Decimal(value)
    if isinstance(value, bool):
        return "yes" if value else "no", ""
    return "equals", words.number(value) if isinstance(value, Decimal) else words.member(value, concept)


def _limits(threshold: Threshold, prefix: str, words: Words) -> Iterator[tuple[str, str]]:
    limits = {"at_least": threshold.at_least, "more_than": threshold.more_than, "less_than": threshold.less_than}
    for name, bound in limits.items():
        if bound is not None:
            yield prefix + name, _bound(bound, words)


def _bound(bound: Bound, words: Words) -> str:
    if isinstance(bound, Decimal):
        return words.number(bound)
    return ", ".join(
        f"{words.number(each.value)} ({words.say('from %(day)s', day=words.day(each.since))})" for each in bound
    )
