"""Which fact goes into which cell of our workbook; each is handed out once, so that none is lost without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from esgreport.definitions import Concept, Definitions
from esgreport.model import Fact, FactValue, Filing, Period

Dimensions = tuple[tuple[str, str], ...]


@dataclass
class Entries:
    """The facts of a filing (none for an empty workbook), as the sheets ask for them."""

    definitions: Definitions
    filing: Filing | None
    year_members: frozenset[str]
    """Members that stand for a year of their own: base year, target year."""
    _by_place: dict[tuple[str, Dimensions], list[Fact]] = field(default_factory=dict)
    _taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for fact in (*self.facts, *(self.filing.side_answers if self.filing else ())):
            self._by_place.setdefault((fact.concept, fact.dimensions), []).append(fact)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts."""
        return self.filing.facts if self.filing else ()

    def value(self, concept: str, dimensions: Dimensions = ()) -> FactValue | None:
        """The value of a fact, without taking it."""
        found = self.look(concept, dimensions)
        return found.value if found else None

    def look(self, concept: str, dimensions: Dimensions = (), unit: str | None = None) -> Fact | None:
        """The first fact of a concept with these dimensions (in this unit, where one is given), without taking it."""
        found = self._by_place.get((concept, dimensions), [])
        return next((fact for fact in found if unit is None or fact.unit == unit), None)

    def take(self, concept: str, dimensions: Dimensions = (), unit: str | None = None) -> Fact | None:
        """The fact that goes into a cell: of this concept, these dimensions, and this unit where one is asked for.

        A fact for another time than the cell stands for is not given out.
        """
        for fact in self._by_place.get((concept, dimensions), ()):
            fits = (unit is None or fact.unit == unit) and self._read_back(fact)
            if fits and id(fact) not in self._taken:
                self._taken.add(id(fact))
                return fact
        return None

    def left(self) -> tuple[Fact, ...]:
        """The facts that found no cell."""
        return tuple(fact for fact in self.facts if id(fact) not in self._taken)

    def year(self, member: str, concept: str) -> str:
        """The year that stands at the head of a column of a member: as reported, or the year its facts are for."""
        reported = self.value(concept)
        if reported is not None:
            return str(reported)
        return next((str(fact.period.end.year) for fact in self.facts if member in dict(fact.dimensions).values()), "")

    def _read_back(self, fact: Fact) -> bool:
        """Whether a fact's time and unit are those that its cell gives when it is read."""
        concept = self.definitions.questions.get(fact.concept)
        if concept is None or self.filing is None or fact.period != self._period(fact):
            return False
        own = concept.unit or self.definitions.default_units.get(concept.type)
        money = f"iso4217:{self.filing.currency}"
        fixed = {
            "monetary": money,
            "ghg_emissions_per_monetary": f"{self.definitions.default_units['ghg_emissions']}/{money}",
            "number": own,
            "percent": own,
        }
        return fact.unit == fixed.get(concept.type, fact.unit)

    def _period(self, fact: Fact) -> Period | None:
        """The time a fact must be for to be read back from the cell it goes into."""
        span = self.filing.period if self.filing else None
        for _, member in fact.dimensions:
            if span and member in self.year_members:
                span = twelve_months(span, fact.period.end.year)
        concept = self.definitions.questions.get(fact.concept)
        if span is None or concept is None or concept.period == "duration":
            return span
        return Period(span.end)


def twelve_months(period: Period, year: int) -> Period:
    """The twelve months that end in a year, on the day and month a period ends."""
    end, before = (_same_day(period, number) for number in (year, year - 1))
    return Period(end.end, before.end + timedelta(days=1))


def _same_day(period: Period, year: int) -> Period:
    try:
        return Period(period.end.replace(year=year))
    except ValueError:  # 29 February
        return Period(period.end.replace(year=year, day=28))


def rows_of(facts: Iterable[Fact], axis: str, default: str, columns: frozenset[str]) -> list[tuple[str, str]]:
    """The rows a table needs for its facts, as pairs of the axis's value and the unit (empty where none is needed).

    A value that has facts in two units gets two rows; one that has only text gets one, without a unit.
    """
    units: dict[str, list[str]] = {}
    for fact in facts:
        if fact.concept in columns:
            found = units.setdefault(fact.member(axis) or default, [])
            if fact.unit and fact.unit not in found:
                found.append(fact.unit)
    return [(value, unit) for value, found in units.items() for unit in (found or [""])]


def number_format(concept: Concept, places: int | None, fact: Fact | None) -> str:
    """How a number is shown: with the places its fact has, or as the question lays down.

    The places are also read back from the format: `INF` becomes one that fixes none.
    """
    if concept.type == "year":
        return "0"
    if concept.type == "date":
        return "yyyy-mm-dd"
    shift = 2 if concept.type == "percent" else 0
    sign = "%" if shift else ""
    if fact is not None and fact.decimals == "INF" and isinstance(fact.value, Decimal):
        return _as_stored(fact.value.scaleb(shift), sign)
    if fact is not None and isinstance(fact.decimals, int):
        places = fact.decimals - shift
    elif places is None:
        places = {"percent": 1, "number": None}.get(concept.type, 2)
    if places is None:
        return "General"
    whole = "0" if sign else "#,##0"
    return whole + ("." + "0" * places if places > 0 else "") + sign


def _as_stored(value: Decimal, sign: str) -> str:
    if value == value.to_integral_value():
        return f"0{sign}" if sign else "#,##0"
    return f"0.##########{sign}" if sign else "General"
