"""Figures beside those of earlier years: the same figure of another year, and by how much it differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from esgreport.compose.numbers import rounded
from esgreport.compose.writer import DASH, Dimensions, Writer
from esgreport.document import Beside, Figure
from esgreport.history import same_length
from esgreport.model import Fact, Filing

NOTHING = Figure("–")
"""A difference that cannot be said."""
_FEW = 20
"""Counts below this differ by a number; a percentage of so few would say more than there is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and the writer of the year it was reported in."""

    fact: Fact
    writer: Writer


def before(writer: Writer, fact: Fact) -> tuple[Told | None, ...]:
    """The same figure of each earlier year, newest first; as it was restated since, where it was."""
    found = (_restated(writer, fact, year.filing) or _of_year(writer, fact, year) for year in writer.earlier)
    return tuple(found)


def before_at(writer: Writer, name: str, dimensions: Dimensions) -> tuple[Told | None, ...]:
    """The figures earlier years have where this one may have none."""
    return before(writer, Fact(name, Decimal(0), writer.filing.period, dimensions=dimensions))


def _of_year(writer: Writer, fact: Fact, year: Writer) -> Told | None:
    """The one figure of that concept and those dimensions; none of what this year's report omits as sensitive."""
    if fact.concept in writer.withheld:
        return None
    end = year.filing.period.end
    same = year.in_context(fact.concept, fact.dimensions)
    found = [one for one in same if one.period.end == end and isinstance(one.value, Decimal)]
    return Told(found[0], year) if len(found) == 1 and _same_row(writer, year, fact.dimensions) else None


def _same_row(writer: Writer, year: Writer, dimensions: Dimensions) -> bool:
    """Whether a row is the same in another year: a typed identifier is, when it stands for the same words there."""
    axes = [writer.definitions.axes.get(axis) for axis, _ in dimensions]
    if not any(axis and axis.kind == "typed" for axis in axes):
        return True
    now, then = (one.row_words.get(dimensions, {}) for one in (writer, year))
    common = now.keys() & then.keys()
    return bool(common) and all(now[name] == then[name] for name in common)


def _restated(writer: Writer, fact: Fact, year: Filing) -> Told | None:
    """What this year's report itself says of that year: a base year that was the year before."""
    for one in writer.of_earlier_periods.get(fact.concept, ()):
        same = one.period.end == year.period.end and set(fact.dimensions) < set(one.dimensions)
        if same and one is not fact:
            return Told(one, writer)
    return None


# ── how a year is shown ──


def told_figure(told: Told | None, now: Fact | None, places: int = 0) -> Figure:
    """The figure of an earlier year in this year's unit, where it can be converted."""
    if told is None:
        return DASH
    unit = (now.unit if now else "") or ""
    shown = told.writer.in_unit(told.fact, unit)
    return told.writer.figure(told.fact, max(places, told.writer.places(shown)), unit)


def difference(writer: Writer, now: Fact | None, told: Told | None) -> tuple[Figure, Figure]:
    """By how much a figure differs from an earlier one, in its unit and as a percentage; a dash where none can be said.

    Of a percentage the difference is in points, and no percentage is said. Nothing is said of quantities of periods
    that are not equally long, of different units, and no percentage of nought or of less.
    """
    if now is None or told is None or not comparable(writer, now, told):
        return NOTHING, NOTHING
    return difference_of(writer, now, told.writer.in_unit(told.fact, now.unit or ""))


def difference_of(writer: Writer, now: Fact, was: Fact) -> tuple[Figure, Figure]:
    """The difference of two figures of one concept, and what it is in percent."""
    if now.unit != was.unit or not isinstance(now.value, Decimal) or not isinstance(was.value, Decimal):
        return NOTHING, NOTHING
    change = now.value - was.value
    places = max(writer.places(now), writer.places(was))
    if writer.is_percent(now):
        return Figure(writer.say("%(points)s pp", points=writer.numbers.signed(change * 100, places))), NOTHING
    share = Figure(writer.numbers.signed_percent(change / was.value, 1)) if was.value > 0 else NOTHING
    return Figure(writer.numbers.signed(change.scaleb(writer.power(now)), places)), share


def comparable(writer: Writer, now: Fact, told: Told) -> bool:
    """Whether a figure of an earlier year can be set against this year's: of a quantity, where periods are as long."""
    concept = writer.concept(now)
    duration = concept.period == "duration" if concept else True
    return not duration or same_length(writer.filing.period, told.fact.period)


def beside_year(writer: Writer, fact: Fact, unit: str) -> Iterator[Beside]:
    """The figure of the year before in a unit, and in words how much this one differs; nothing where there is none."""
    told = next(iter(before(writer, fact)), None)
    if told is None:
        return
    now = writer.in_unit(fact, unit)
    year = writer.numbers.year(told.fact.period if told.writer is writer else told.writer.filing.period)
    yield Beside(year, told_figure(told, now, writer.places(now)), _in_words(writer, now, told))


def _in_words(writer: Writer, now: Fact, told: Told) -> str:
    """By how much a figure is more or less than it was; empty where that cannot be said.

    Small counts and what was nought differ by a number, percentages by points, all else by a percentage.
    """
    was = told.writer.in_unit(told.fact, now.unit or "")
    if not comparable(writer, now, told) or now.unit != was.unit:
        return ""
    if not isinstance(now.value, Decimal) or not isinstance(was.value, Decimal):
        return ""
    change = now.value - was.value
    if not change:
        return writer.say("unchanged")
    places = max(writer.places(now), writer.places(was))
    if writer.is_percent(now):
        return _points(writer, change, places)
    if was.value <= 0 or _is_small_count(now.value, was.value):
        return _by_number(writer, change.scaleb(writer.power(now)), places)
    return _by_share(writer, change / was.value)


def _is_small_count(now: Decimal, was: Decimal) -> bool:
    """Whether both are whole and so few that a percentage would say more than there is."""
    return all(value == value.to_integral_value() and abs(value) < _FEW for value in (now, was))


def _points(writer: Writer, change: Decimal, places: int) -> str:
    size = abs(change) * 100
    points = writer.numbers.number(size, places)
    count = 1 if writer.numbers.locale.plural_form(rounded(size, places)) == "one" else 2
    if change < 0:
        return writer.say(
            "%(points)s percentage point lower", "%(points)s percentage points lower", count, points=points
        )
    return writer.say("%(points)s percentage point higher", "%(points)s percentage points higher", count, points=points)


def _by_number(writer: Writer, change: Decimal, places: int) -> str:
    number = writer.numbers.number(abs(change), places)
    if change < 0:
        return writer.say("%(number)s fewer", number=number)
    return writer.say("%(number)s more", number=number)


def _by_share(writer: Writer, share: Decimal) -> str:
    if not rounded(share, 3):
        return writer.say("almost unchanged")
    shown = writer.numbers.percent(abs(share), 1)
    return writer.say("%(share)s less", share=shown) if share < 0 else writer.say("%(share)s more", share=shown)
