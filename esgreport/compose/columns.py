"""Columns of a table: figures as cells in one unit and precision, earlier years and differences beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from esgreport.compose.writer import DASH, Writer
from esgreport.compose.years import NOTHING, Told, difference, told_figure
from esgreport.document import Column, Figure, Row, Table
from esgreport.model import Fact

Cells = Sequence[Fact | None]


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of figures before they are text, with those of earlier years beside it.

    With `group` each year gets a column under that heading; without, `header` is this year's. `differences` asks for
    what became of the figures since the year before.
    """

    header: str
    facts: Cells
    before: Sequence[Sequence[Told | None]] = ()
    group: str = ""
    differences: bool = False


def table_of(writer: Writer, frame: Table, columns: Sequence[NumberColumn], heads: Sequence[tuple[str, bool]]) -> Table:
    """A table from its frame, its columns of facts and its row heads (label, and whether it is a total)."""
    parts = [part for column in columns for part in _parts(writer, column)]
    rows = tuple(
        Row((Figure(label), *(cells[at] for _, cells in parts)), total=total) for at, (label, total) in enumerate(heads)
    )
    return replace(frame, columns=(*frame.columns, *(column for column, _ in parts)), rows=rows)


_Part = tuple[Column, Sequence[Figure]]


def _parts(writer: Writer, column: NumberColumn) -> list[_Part]:
    """A column of this year, those of earlier years that have a figure, and the differences."""
    there = [fact for fact in column.facts if fact]
    unit = _common_unit(writer, there)
    places = _common_places(writer, there)
    numeric = all(_is_numeric(writer, fact) for fact in there)
    most = 1 if column.group else writer.definitions.layout.most_years - 1
    years = [at for at in range(len(writer.earlier)) if any(told[at] for told in column.before if at < len(told))][
        :most
    ]
    group = column.group if years else ""
    header = writer.numbers.year(writer.filing.period) if group else column.header
    cells = [_cell(writer, fact, unit, places) for fact in column.facts]
    found: list[_Part] = [(Column(header, unit, numeric, group), cells)]
    for at in years:
        told = [row[at] for row in column.before]
        figures = [
            told_figure(was, now, 0 if was and _is_count(was.fact) else places)
            for was, now in zip(told, column.facts, strict=True)
        ]
        year = writer.numbers.year(writer.earlier[at].filing.period)
        found.append(_of_year(writer, column, Column(year, unit, numeric=True, group=group, prior=True), figures))
    return found + (_differences(writer, column, group) if column.differences and years else [])


def _of_year(writer: Writer, column: NumberColumn, header: Column, figures: Sequence[Figure]) -> _Part:
    """The figures of an earlier year; a unit is said in the header, or where this year's figure does not say it."""
    if all(figure.unit == header.unit for figure in figures if figure.facts):
        return header, [replace(figure, unit="") for figure in figures]
    said = [writer.unit(fact) if fact and not header.unit else None for fact in column.facts]
    cells = [
        replace(figure, unit="") if figure.unit == unit else figure for figure, unit in zip(figures, said, strict=True)
    ]
    return replace(header, unit=""), cells


def _differences(writer: Writer, column: NumberColumn, group: str) -> list[_Part]:
    """The difference to the year before and what it is in percent, as far as they can be said."""
    last = [told[0] if told else None for told in column.before]
    pairs = [difference(writer, now, was) for now, was in zip(column.facts, last, strict=True)]
    made = [
        (Column(header, numeric=True, group=group), [pair[at] for pair in pairs])
        for at, header in enumerate((writer.say("Difference"), writer.say("Change")))
    ]
    return [(header, cells) for header, cells in made if any(cell is not NOTHING for cell in cells)]


def _is_numeric(writer: Writer, fact: Fact) -> bool:
    """Whether a fact stands in a numeric column."""
    concept = writer.concept(fact)
    return concept.numeric if concept else writer.metric(fact) is not None


def _common_places(writer: Writer, facts: Sequence[Fact]) -> int:
    """As many places for all numbers of one unit, so that they compare at a glance; very small ones keep their own."""
    if len({(fact.unit, writer.is_percent(fact)) for fact in facts}) != 1:
        return 0
    return max((writer.places(fact) for fact in facts if not writer.is_minute(fact)), default=0)


def _common_unit(writer: Writer, facts: Iterable[Fact]) -> str:
    units = {writer.unit(fact) for fact in facts}
    return units.pop() if len(units) == 1 else ""


def _cell(writer: Writer, fact: Fact | None, common: str, places: int = 0) -> Figure:
    if fact is None:
        return DASH
    figure = writer.figure(fact, 0 if _is_count(fact) else max(places, writer.places(fact)))
    return Figure(figure.text, "", figure.facts, figure.notes) if common else figure


def _is_count(fact: Fact) -> bool:
    """Whether a number counts something: a whole one without a unit, from a cell without places of its own."""
    value = fact.value
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return whole and fact.unit == "xbrli:pure" and fact.decimals == "INF"
