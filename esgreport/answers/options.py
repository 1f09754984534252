"""Which of the options a form offers is our answer, verbatim; where none or more than one fits, none is picked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from esgreport.definitions import CodeList
from esgreport.definitions.answering import Answering, AnswerWord, folded, holds_words
from esgreport.numerals import typed_number
from esgreport.questionnaire import Option

_NUMBER = r"\d[\d.,'\u00a0\u202f ]*"
_RANGE = re.compile(rf"^\D*?({_NUMBER})\s*(?:-|–|—|to|bis|a|à|and|und|e|et)\s*({_NUMBER})\s*\D*$", re.IGNORECASE)
_BELOW = re.compile(
    r"^\W*(?:<|≤|<=|up to|less than|fewer than|under|bis(?: zu)?|unter|weniger als|fino a|meno di|sotto"
    r"|jusqu.à|moins de)"
    rf"\s*({_NUMBER})\s*\D*$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"^\W*(?:>|≥|>=|more than|over|above|mehr als|über|ab|più di|oltre|plus de|au-delà de)"
    rf"\s*({_NUMBER})\s*\D*$",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    rf"^\W*({_NUMBER})\s*(?:\+|and more|or more|und mehr|oder mehr|e oltre|o più|et plus)\D*$", re.IGNORECASE
)
_SCALED = re.compile(r"\b(mio|mln|million\w*|milioni|k|tsd|mrd|thousand)\b|[€$£]", re.IGNORECASE)
_LONGEST_RANGE = 60
"""Characters of a text that may be a range; a longer one is none, and would only take long to look at."""
_OR_EQUAL = re.compile(r"^\W*(?:≤|<=|≥|>=|up to|bis|ab|fino a|jusqu)", re.IGNORECASE)


def option_for_word(options: Sequence[Option], word: AnswerWord, answering: Answering) -> Option | None:
    """The one option that says yes, no or such, as such or with more words behind it."""
    known = answering.recognised(word)
    exact = [option for option in options if folded(option.text) in known]
    if len(exact) == 1:
        return exact[0]
    first = [folded(words[0]) for words in answering.words.answers[word].values()]
    begun = [option for option in options if any(folded(option.text).startswith(f"{one} ") for one in first)]
    if exact or len(begun) != 1 or holds_words(begun[0].text, answering.words.more_than_yes_or_no):
        return None
    return begun[0]


def option_for_number(options: Sequence[Option], value: Decimal, *, percent: bool) -> Option | None:
    """The one option whose range holds a number, or that is the number; a percentage is compared as one."""
    shown = value * 100 if percent else value
    found = [option for option in options if _holds(option.text, shown)]
    return found[0] if len(found) == 1 else None


def _holds(text: str, value: Decimal) -> bool:
    if len(text) > _LONGEST_RANGE or _SCALED.search(text):
        return False
    if match := _RANGE.match(text):
        low, high = _numbers(match[1], match[2])
        return low is not None and high is not None and low <= value <= high
    if match := _BELOW.match(text):
        (limit,) = _numbers(match[1])
        return limit is not None and (value <= limit if _OR_EQUAL.match(text) else value < limit)
    if match := _ABOVE.match(text):
        (limit,) = _numbers(match[1])
        return limit is not None and (value >= limit if _OR_EQUAL.match(text) else value > limit)
    if match := _AND_MORE.match(text):
        (limit,) = _numbers(match[1])
        return limit is not None and value >= limit
    (whole,) = _numbers(text)
    return whole is not None and whole == value


def _numbers(*texts: str) -> tuple[Decimal | None, ...]:
    """The numbers of a range; a point or comma before three digits parts thousands, as limits are round."""
    found: list[Decimal | None] = []
    for text in texts:
        typed = typed_number(re.sub(r"\s*%$", "", text.strip()))
        found.append(max(typed.readings) if typed else None)
    return tuple(found)


def options_for_members(
    options: Sequence[Option], members: tuple[str, ...], codes: CodeList | None
) -> tuple[Option, ...] | None:
    """The options that are called as the members are, in any language or by code; None unless each has exactly one."""
    found = [_named(options, _names(member, codes)) for member in members]
    certain = tuple(option for option in found if option is not None)
    return certain if certain and len(certain) == len(members) else None


def _names(member: str, codes: CodeList | None) -> frozenset[str]:
    code = codes.by_member.get(member) if codes else None
    if codes is None or code is None:
        return frozenset((folded(member),))
    labels = (codes.label(member, language) for language in ("en", "it", "de", "fr"))
    texts = (*labels, *code.also, code.code, member)
    return frozenset(folded(text) for text in texts if text)


def _named(options: Sequence[Option], names: frozenset[str]) -> Option | None:
    found = [option for option in options if folded(option.text) in names]
    return found[0] if len(found) == 1 else None
