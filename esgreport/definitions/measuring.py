"""Units by their spellings, and a number in another unit; which unit a concept has is said elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from esgreport.definitions.codes import normalised
from esgreport.definitions.models import Unit


def spellings_of(units: Mapping[str, Unit]) -> Mapping[str, str]:
    """Every spelling of a unit, as `codes.normalised` leaves it with ² and ³ as digits, to its identifier."""
    return {
        normalised(spelling).replace("²", "2").replace("³", "3"): unit.id
        for unit in units.values()
        for spelling in (unit.id, unit.id.partition(":")[2], unit.symbol, *unit.also)
        if spelling
    }


def in_unit(value: Decimal, unit: str | None, to: str, units: Mapping[str, Unit]) -> Decimal | None:
    """A number in another unit of the same kind; None where one is unknown or they measure different things."""
    if unit == to:
        return value
    have, want = units.get(unit or ""), units.get(to)
    if have is None or want is None or have.measures != want.measures:
        return None
    return value * Decimal(have.factor) / Decimal(want.factor)
