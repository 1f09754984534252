"""Whether a figure that does not fit is one slip of the hand away from one that would; it judges no figure alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum

from esgreport.check.problems import Remedy
from esgreport.check.reported import number_of

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
    value = number_of(remedies[0].fact)
    if not value:
        return Slip.NONE
    if _fits(_plain(value), remedies):
        return Slip.PLAIN
    return Slip.DIGIT if _fits(_other_digits(value), remedies) else Slip.NONE


def _fits(values: Iterator[Decimal], remedies: list[Remedy]) -> bool:
    lows = [each.low for each in remedies if each.low is not None]
    highs = [each.high for each in remedies if each.high is not None]
    if not (lows and highs):  # open to one side, so nearly anything would do
        return False
    low, high = max(lows), min(highs)
    return any(low <= value <= high for value in values if not low <= 0 <= high or value == 0)


def _plain(value: Decimal) -> Iterator[Decimal]:
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
