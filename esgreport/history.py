"""The figures of one undertaking over its years: which is the same one of another year; it judges none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from esgreport.definitions import Definitions
from esgreport.model import Fact, Filing, Period

_SAME_LENGTH = timedelta(days=31)
"""What two years may differ by and still be compared as they are: a fiscal year of 52 or 53 weeks does."""


def same_length(one: Period, other: Period) -> bool:
    """Whether two periods are as long as each other, but for what years of weeks differ by."""
    return abs(_length(one) - _length(other)) <= _SAME_LENGTH


def _length(period: Period) -> timedelta:
    return period.end - (period.start or period.end)


def adjoin(newer: Period, older: Period) -> bool:
    """Whether no day lies between two periods."""
    return (newer.start or newer.end) - older.end <= timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure for an earlier period that is another one now: as first reported, in the unit of now, and by whom."""

    now: Fact
    before: Fact
    reported_in: Period
    was: Decimal
    """The figure as first reported, converted to the unit of the figure now."""


def restatements(filing: Filing, definitions: Definitions) -> tuple[Restatement, ...]:
    """The figures of a filing for earlier periods that an earlier filing gave otherwise, beyond what rounding explains.

    The newest earlier filing that has the figure counts. What is in a unit that cannot be converted is not compared.
    """
    past = [fact for fact in filing.facts if fact.period.end < (filing.period.start or filing.period.end)]
    found = (_first_reported(fact, filing, definitions) for fact in past if isinstance(fact.value, Decimal))
    return tuple(one for one in found if one and _differs(one))


def _first_reported(fact: Fact, filing: Filing, definitions: Definitions) -> Restatement | None:
    for year in filing.prior:
        for before in year.facts:
            if not isinstance(before.value, Decimal) or not _is_same(fact, before, definitions):
                continue
            was = definitions.converted(before.value, before.unit, fact.unit or "")
            return None if was is None else Restatement(fact, before, year.period, was)
    return None


def _is_same(fact: Fact, before: Fact, definitions: Definitions) -> bool:
    """Whether two facts are of one figure and period; that of a base year may have been the reporting period then."""
    same = fact.concept == before.concept and fact.period.end == before.period.end
    return same and before.dimensions in _contexts(fact, definitions)


def _contexts(fact: Fact, definitions: Definitions) -> Iterator[tuple[tuple[str, str], ...]]:
    """The dimensions of a fact, and those without a member that has a default beside it: a year, a part."""
    yield fact.dimensions
    for axis, _ in fact.dimensions:
        known = definitions.axes.get(axis)
        if known and known.default:
            yield tuple(pair for pair in fact.dimensions if pair[0] != axis)


def _differs(one: Restatement) -> bool:
    """Whether a figure changed by more than the places it is shown with can hide."""
    if not isinstance(one.now.value, Decimal) or not isinstance(one.before.value, Decimal):
        return False
    factor = one.was / one.before.value if one.before.value else Decimal(1)
    return abs(one.now.value - one.was) > _slack(one.now) + _slack(one.before) * factor


def _slack(fact: Fact) -> Decimal:
    places = fact.decimals
    return Decimal(5).scaleb(-places - 1) if isinstance(places, int) and abs(places) < 30 else Decimal(0)
