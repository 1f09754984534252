"""Whether a figure that does not fit is one slip of the hand away from one that would; it judges no figure alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum

from esgreport.check.problems import Remedy
from esgreport.thresholds import number_of

SHIFTS = tuple(Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3))
"""A point in the wrong place, a nought too many, a unit a thousand times too large or small."""
LONGEST = 24
"""Digits of a figure beyond which nobody typed it."""


class Slip(IntEnum):
    """How likely a slip explains the figure: not at all, one wrong digit, or a nought, a sign or two digits swapped."""

    NONE = 0
    DIGIT = 1
    PLAIN = 2


def slip(remedies: list[Remedy]) -> Slip:
    """The slip that leads from the figure to a value within all the remedies, which are of one figure."""
    value, ends = number_of(remedies[0].fact), _ends(remedies)
    if not value or not ends or _is_nothing(ends):
        return Slip.NONE
    low, high = ends
    if any(low <= typed <= high for typed in _plain(value)):
        return Slip.PLAIN
    return Slip.DIGIT if any(low <= typed <= high for typed in _other_digits(value)) else Slip.NONE


def might_be_nothing(remedy: Remedy) -> bool:
    """Whether all would be well without the figure: then it may simply not have been counted, which is no slip."""
    ends = _ends([remedy])
    return bool(number_of(remedy.fact)) and ends is not None and _is_nothing(ends)


def _ends(remedies: list[Remedy]) -> tuple[Decimal, Decimal] | None:
    """What the figure must lie between; None where that is open to one side, so that nearly anything would do."""
    lows = [each.low for each in remedies if each.low is not None]
    highs = [each.high for each in remedies if each.high is not None]
    return (max(lows), min(highs)) if lows and highs else None


def _is_nothing(ends: tuple[Decimal, Decimal]) -> bool:
    return ends[0] <= 0 <= ends[1]


def _plain(value: Decimal) -> Iterator[Decimal]:
    if value < 0:
        yield -value
    yield from (value * shift for shift in SHIFTS)
    digits = _digits(value)
    for place in range(len(digits) - 1):
        swapped = digits[place + 1] + digits[place]
        yield _like(value, digits[:place] + swapped + digits[place + 2 :])


def _other_digits(value: Decimal) -> Iterator[Decimal]:
    digits = _digits(value)
    for place, old in enumerate(digits):
        yield from (_like(value, digits[:place] + new + digits[place + 1 :]) for new in "0123456789" if new != old)


def _digits(value: Decimal) -> str:
    digits = "".join(map(str, value.as_tuple().digits))
    return digits if len(digits) <= LONGEST else ""


def _like(value: Decimal, digits: str) -> Decimal:
    return Decimal(f"{digits}E{value.as_tuple().exponent}").copy_sign(value)
