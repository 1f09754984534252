"""By when a questionnaire wants to be returned, as its instructions say it; it knows no calendar but days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from esgreport.texts import day_in_words

_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(20\d\d)(?!\d)|(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_LANGUAGES = ("en", "it", "de", "fr")


def days_in(text: str) -> frozenset[date]:
    """The days a text names, by numbers or with the month in words; day before month, as Europe writes."""
    return frozenset((*_by_numbers(text), *_by_words(text)))


def _by_numbers(text: str) -> Iterator[date]:
    for found in _NUMBERS.finditer(text):
        day, month, year = (found[6], found[5], found[4]) if found[4] else (found[1], found[2], found[3])
        if made := _day(int(year), int(month), int(day)):
            yield made


@cache
def _months() -> Mapping[str, int]:
    """The names of the months in all languages."""
    names = {}
    for language in _LANGUAGES:
        for month in range(1, 13):
            words = re.findall(r"[^\W\d_]{3,}", day_in_words(date(2001, month, 2), language))
            names[words[-1].casefold()] = month
    return names


@cache
def _worded() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day = r"(\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?"
    return re.compile(rf"\b{day}\s+(?:of\s+)?({months})\s+(20\d\d)|\b({months})\s+{day},?\s+(20\d\d)", re.IGNORECASE)


def _by_words(text: str) -> Iterator[date]:
    for found in _worded().finditer(text):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        if made := _day(int(year), _months()[month.casefold()], int(day)):
            yield made


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
