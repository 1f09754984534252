"""The checks of a rule in the reader's words, made of the check's own keys; it runs none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from esgreport.definitions.explaining import Saying
from esgreport.definitions.models import Text
from esgreport.definitions.plausibility import Limits, Span
from esgreport.definitions.rule_parts import Check, Condition
from esgreport.explain.conditions import condition_in_words
from esgreport.explain.words import Words

_FRACTIONS = frozenset(("tolerance", "share", "fraction"))
"""Keys whose numbers are fractions of something."""
_MEMBERS = frozenset(("member", "members", "limit_member", "earlier", "later"))


def kind_of(check: Check) -> str:
    """The kind of a check, as its file says it."""
    return str(getattr(check, "kind", ""))


def check_in_words(check: Check, words: Words) -> str:
    """What a check asks for, in one sentence or a few; its kind and keys where that kind has no words yet."""
    kind = words.wordings.kind(kind_of(check))
    values = dict(_values(check, words))
    if kind is None:
        keys = ", ".join(f"{key}: {value}" for key, value in values.items() if value and key not in ("one", "what"))
        return f"{kind_of(check)} ({keys})"
    instead = next((saying.text for saying in kind.instead if _fits(saying, check)), kind.means)
    also = (saying.text for saying in kind.also if _fits(saying, check))
    sentences = " ".join(words.text(text).format_map(values) for text in (instead, *also))
    return re.sub(" +", " ", sentences)  # a key that is not given leaves two blanks


def example_in_words(check: Check, words: Words) -> str:
    """A case that would be found; empty where its kind has no words yet."""
    kind = words.wordings.kind(kind_of(check))
    return words.text(kind.example).format_map(dict(_values(check, words))) if kind else ""


def _values(check: Check, words: Words) -> Iterator[tuple[str, str]]:
    """What may stand in braces in the words of a check: its own keys, and a few made of them."""
    shared = {field.name for field in fields(Check)}
    own = {field.name: getattr(check, field.name) for field in fields(check) if field.name not in shared}
    for key, value in own.items():
        if not isinstance(value, dict):  # else a text of the check, which is no part of what it asks for
            yield key, _value(key, value, words)
    known = words.definitions.questions
    yield "one", words.name(next((name for name in _names(own.values()) if name in known), ""))
    yield "what", _what(own, words)
    span = words.definitions.spans.get(str(own.get("span", "")))
    if span:
        yield from _span(span, words)


def _value(key: str, value: object, words: Words) -> str:
    if isinstance(value, list):
        return words.listed(_value(key, each, words) for each in value)
    if isinstance(value, Condition):
        return condition_in_words(value, words)
    if is_dataclass(value):  # names that belong together, as a mean and the size of its group
        return " × ".join(_value(field.name, getattr(value, field.name), words) for field in fields(value))
    if isinstance(value, Decimal) and key in _FRACTIONS:
        return words.percentage(value)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return words.number(value)
    return _word(key, str(value), words) if value else ""


def _word(key: str, value: str, words: Words) -> str:
    if key in _MEMBERS:
        return words.member(value)
    return words.unit(value) if key == "unit" else words.name(value)


def _what(own: Mapping[str, object], words: Words) -> str:
    concepts, types = own.get("concepts"), own.get("types")
    pieces = list(map(words.name, concepts)) if isinstance(concepts, list) else []
    texts: Mapping[str, Text] = {str(name): text for name, text in words.wordings.types.items()}
    pieces += [words.text(texts[each]) for each in types if each in texts] if isinstance(types, list) else []
    return words.listed(pieces)


def _span(span: Span, words: Words) -> Iterator[tuple[str, str]]:
    yield "numerators", words.names(span.numerators)
    yield "denominator", words.name(span.denominator)
    yield "limits", words.listed(_usual(limits, span, words) for limits in span.limits)


def _usual(limits: Limits, span: Span, words: Words) -> str:
    ends = (words.number(end) if end is not None else "…" for end in (limits.minimum, limits.maximum))
    units = "/".join(words.unit(unit) for unit in (span.unit, span.per) if unit)
    sections = f" (NACE {', '.join(limits.sections)})" if limits.sections else ""
    return f"{' – '.join(ends)} {units}".rstrip() + sections


def _fits(saying: Saying, check: Check) -> bool:
    """Whether a key of a check has the value a sentence is for, or is given at all."""
    field = next((each for each in fields(check) if each.name == saying.field), None)
    if field is None:
        return False
    value = getattr(check, saying.field)
    if saying.value:
        return str(value).lower() == saying.value.lower()
    return (isinstance(value, Decimal) or bool(value)) and value != field.default


def _names(values: Iterable[object]) -> Iterator[str]:
    """The texts among the values of a check's keys, in order."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))
