"""What a form reads in its language: numbers, days, yes and no, labels of members; it decides nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from esgreport.answers.units import plain
from esgreport.definitions import Definitions
from esgreport.model import Period
from esgreport.texts import day_in_words

_MARKS = {"en": (",", "."), "de": (".", ","), "it": (".", ","), "fr": ("\u202f", ",")}
"""What parts thousands, and decimals, in a language."""


def number_text(value: Decimal, language: str) -> str:
    """A number as a language writes it, all its digits, thousands parted."""
    thousands, point = _MARKS.get(language, _MARKS["en"])
    whole, _, rest = format(plain(value), "f").partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(digits):,}".replace(",", thousands)
    return f"{sign}{groups}{point}{rest}" if rest else f"{sign}{groups}"


def quantity_text(value: Decimal, sign: str, language: str, *, percent: bool) -> str:
    """A number with its unit; a fraction as a percentage."""
    if percent:
        return number_text(value * 100, language) + ("%" if language == "en" else "\u00a0%")
    return f"{number_text(value, language)} {sign}".rstrip()


def period_text(period: Period, language: str) -> str:
    """A period as it is said beside a figure: a calendar year as its number, another one with its days."""
    start, end = period.start, period.end
    if start is None:
        return day_in_words(end, language)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(end.year)
    return f"{day_in_words(start, language)} – {day_in_words(end, language)}"


def day_text(day: date, language: str) -> str:
    """A day in words."""
    return day_in_words(day, language)


def member_labels(members: tuple[str, ...], code_list: str, definitions: Definitions, language: str) -> tuple[str, ...]:
    """The labels of members of a code list in a language; texts of no list as they are."""
    if not code_list:
        return members
    codes = definitions.code_list(code_list)
    return tuple(codes.label(member, language) for member in members)
