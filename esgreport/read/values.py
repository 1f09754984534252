"""What a cell stores, to the value it means: numbers, days, yes or no, text, errors; it knows no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from esgreport.model import CellError, CellValue
from esgreport.read.strings import SharedStrings
from esgreport.read.styles import NumberFormat
from esgreport.read.text import unescaped

_NUMERALS = frozenset("0123456789+-.eE")
_INFINITE = float("inf")
_MILLISECONDS_A_DAY = 86_400_000
_AFTER_9999 = datetime(9999, 12, 31, 23, 59, 59, 999_000)
_BASE_1904 = datetime(1904, 1, 1)
_BASE_1900 = datetime(1899, 12, 31)
_BASE_1900_MARCH = datetime(1899, 12, 30)
"""Excel counts a 29 February 1900, day 60, that never was: from day 61 on the count is one ahead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What values depend on besides their cell: the shared texts, and where the workbook counts days from."""

    strings: SharedStrings | None = None
    from_1904: bool = False


def cell_value(kind: str, text: str, number_format: NumberFormat, settings: Settings) -> CellValue:
    """The value of a cell of type `kind` (the attribute `t`) that stores `text`.

    None where nothing is stored. Errors: ValueError, in words, for what cannot be such a value.
    """
    if kind in ("str", "inlineStr"):
        return unescaped(text)
    text = text.strip()
    if not text:
        return None
    if kind == "s":
        return _shared(text, settings.strings)
    if kind == "n":
        value = number(text)
        return (moment(value, settings) or value) if number_format.is_date else value
    return _of_rare_kind(kind, text)


def _of_rare_kind(kind: str, text: str) -> CellValue:
    match kind:
        case "b":
            return _yes_or_no(text)
        case "e":
            return _ERRORS.get(text.upper(), CellError.OTHER)
        case "d":
            return _iso_moment(text)
    raise ValueError(f"it is of the unknown type {kind[:40]!r}")


_ERRORS = {error.value: error for error in CellError}


def number(text: str) -> Decimal:
    """The shortest decimal that is the stored double; whole numbers without `.0`. Errors: ValueError."""
    if len(text) < 16 and text.isascii() and text.isdecimal():
        return Decimal(int(text))
    try:
        # float() would take nan, inf and 1_000 as well, and long for a million digits
        value = float(text if len(text) < 400 and _NUMERALS.issuperset(text) else "")
    except ValueError:
        value = _INFINITE
    if abs(value) == _INFINITE:
        raise ValueError(f"it should hold a number and holds {text[:40]!r}")
    if value.is_integer() and abs(value) < 1e16:
        return Decimal(int(value))
    return Decimal(repr(value))


def moment(days: Decimal, settings: Settings) -> datetime | None:
    """The moment of a count of days, to the millisecond; None when no calendar or no Excel has such a day."""
    if not 0 <= days < 2_958_466:
        return None
    if settings.from_1904:
        base = _BASE_1904
    elif days < 1 or 60 <= days < 61:  # "0 January 1900" and 29 February 1900
        return None
    else:
        base = _BASE_1900 if days < 60 else _BASE_1900_MARCH
    milliseconds = round(float(days) * _MILLISECONDS_A_DAY)
    span = timedelta(milliseconds=milliseconds)
    return base + span if span <= _AFTER_9999 - base else None


def _shared(text: str, strings: SharedStrings | None) -> str:
    try:
        if strings and text.isascii() and text.isdecimal() and len(text) < 10:
            return strings[int(text)]
    except IndexError:
        pass
    raise ValueError(f"it points to the shared text number {text[:40]!r}, which there is not")


def _yes_or_no(text: str) -> bool:
    if text not in ("0", "1", "true", "false"):
        raise ValueError(f"it should hold yes or no and holds {text[:40]!r}")
    return text in ("1", "true")


def _iso_moment(text: str) -> datetime | str:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return unescaped(text)
