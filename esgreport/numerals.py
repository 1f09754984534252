"""Numbers a person typed as text: `1.234,5`, `1 234,5`, `12,5 %`, `(5)`; it never guesses between two readings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Habit = Literal["comma", "point", ""]
"""Which sign parts the decimals on a sheet; empty where nothing on it tells."""

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]")
_SHAPE = re.compile(r"^(?P<sign>[-+−–]?)(?P<digits>\d[\d.,']*|[.,]\d+)\s*(?P<percent>%?)$")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What a text may mean: one reading where it is sure, two where a point or comma may part thousands or decimals."""

    readings: tuple[Decimal, ...]
    percent: bool = False


def typed_number(text: str, habit: Habit = "") -> TypedNumber | None:
    """The number a text is; None when it is none. `habit` settles `1.234`; brackets and a sign make it negative."""
    body = _SPACES.sub("", text).replace("’", "'")
    bracketed = body.startswith("(") and body.endswith(")")
    match = _SHAPE.match(body[1:-1] if bracketed else body)
    if match is None:
        return None
    sign = -1 if bracketed or match["sign"] in ("-", "−", "–") else 1
    scale = Decimal("0.01") if match["percent"] else Decimal(1)
    values = _readings(match["digits"].replace("'", ""), habit)
    if not values:
        return None
    return TypedNumber(tuple(sign * value * scale for value in values), bool(match["percent"]))


def sheet_habit(texts: Iterable[str]) -> Habit:
    """The decimal sign of a sheet, from those of its texts with one reading only; empty when they disagree."""
    found: set[Habit] = set()
    for text in texts:
        match = _SHAPE.match(_SPACES.sub("", text))
        if match and (sign := _telling_sign(match["digits"])):
            found.add(sign)
    return found.pop() if len(found) == 1 else ""


def _telling_sign(digits: str) -> Habit:
    """The decimal sign where there is no doubt: both signs used, or other than three digits after the only one."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0 or digits.count(digits[last]) > 1:
        return ""
    both = "." in digits and "," in digits
    if both or len(digits) - last - 1 != 3:
        return "comma" if digits[last] == "," else "point"
    return ""


def _readings(digits: str, habit: Habit) -> tuple[Decimal, ...]:
    """The values of digits with points and commas, smallest doubt first; none where the grouping is broken."""
    as_comma = _value(digits, decimal=",", group=".")
    as_point = _value(digits, decimal=".", group=",")
    if as_comma is None or as_point is None or as_comma == as_point:
        return tuple({value for value in (as_point, as_comma) if value is not None})
    if habit:
        return (as_comma,) if habit == "comma" else (as_point,)
    return as_point, as_comma


def _value(digits: str, *, decimal: str, group: str) -> Decimal | None:
    whole, _, fraction = digits.partition(decimal)
    if decimal in fraction or group in fraction:
        return None
    groups = whole.split(group)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(part) != 3 for part in groups[1:])):
        return None
    return Decimal(("".join(groups) or "0") + ("." + fraction if fraction else ""))
