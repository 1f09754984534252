"""Where the empty cell stands that asks for what is missing; it judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.check.reported import Reported, place_of
from esgreport.model import Fact, Source, cell_reference

LONELY = "AXIS-02"
"""What reading says of a row's heading beside which nothing is filled in."""
Dimensions = tuple[tuple[str, str], ...]


def blank_cell(concept: str, dimensions: Dimensions, reported: Reported) -> Source | None:
    """The cell in which a concept's answer for these dimensions belongs; None where that cannot be told.

    In a table it lies where the line of that concept crosses the line of those dimensions: whether concepts stand in
    columns or in rows is read off the facts around it, else off the cells that ask for the first row.
    """
    return _crossing(concept, dimensions, reported) or _by_first_row(concept, dimensions, reported)


def _crossing(concept: str, dimensions: Dimensions, reported: Reported) -> Source | None:
    own = [fact for fact in reported.all(concept) if fact.dimensions != dimensions]
    for beside in _beside(concept, dimensions, reported):
        for fact in own:
            if fact.source.sheet != beside.source.sheet:
                continue
            corner = next((each for each in reported.all(beside.concept) if each.dimensions == fact.dimensions), None)
            if corner and (place := _fourth(fact.source, beside.source, corner.source)):
                return place
    return None


def _beside(concept: str, dimensions: Dimensions, reported: Reported) -> Iterator[Fact]:
    """What is reported for the same dimensions by the other concepts of the table."""
    concepts = reported.definitions.questions
    table = concepts[concept].table
    for name, other in concepts.items():
        if table and other.table == table and name != concept:
            yield from (fact for fact in reported.all(name) if fact.dimensions == dimensions and fact.source.cell)


def _fourth(one: Source, other: Source, corner: Source) -> Source | None:
    """The fourth corner of a rectangle of cells; None where the three do not make one."""
    (_, _, row, column, _), (_, _, other_row, other_column, _) = place_of(one), place_of(other)
    _, _, corner_row, corner_column, _ = place_of(corner)
    if (corner_row, corner_column) == (row, other_column):
        return Source(other.file, other.sheet, cell_reference(other_row, column))
    if (corner_row, corner_column) == (other_row, column):
        return Source(other.file, other.sheet, cell_reference(row, other_column))
    return None


def _by_first_row(concept: str, dimensions: Dimensions, reported: Reported) -> Source | None:
    asked = reported.asked(concept)
    if not dimensions or asked is None:
        return asked
    _, _, row, column, _ = place_of(asked)
    for beside in _beside(concept, dimensions, reported):
        its = reported.asked(beside.concept)
        if its is None or beside.source.sheet != asked.sheet:
            continue
        _, _, its_row, its_column, _ = place_of(its)
        _, _, beside_row, beside_column, _ = place_of(beside.source)
        if its_row == row:
            return Source(asked.file, asked.sheet, cell_reference(beside_row, column))
        if its_column == column:
            return Source(asked.file, asked.sheet, cell_reference(row, beside_column))
    return None


def blank(concept: str, dimensions: Dimensions, reported: Reported) -> Fact | None:
    """What would be the fact of an empty cell, always the same one for the same cell; None where it cannot be told."""
    place = blank_cell(concept, dimensions, reported)
    return _fact_at(place, concept, dimensions, reported) if place else None


def blank_beside_heading(axis: str, concept: str, reported: Reported) -> Fact | None:
    """The same for the one row of which only the heading is filled in; None without such a row, or with several.

    A heading with nothing beside it is no fact: reading lists it as dropped.
    """
    asked, known = reported.asked(concept), reported.definitions.axes[axis]
    names = {known.name, *known.also_named}
    rows = [item.source for item in reported.filing.dropped if item.code == LONELY and item.source.name in names]
    if asked is None or len(rows) != 1 or rows[0].sheet != asked.sheet:
        return None
    place = Source(asked.file, asked.sheet, cell_reference(place_of(rows[0])[2], place_of(asked)[3]))
    return _fact_at(place, concept, ((axis, ""),), reported)


def _fact_at(place: Source, concept: str, dimensions: Dimensions, reported: Reported) -> Fact:
    fact = Fact(concept, "", reported.filing.period, dimensions=dimensions, source=place)
    return reported.blanks.setdefault((concept, dimensions), fact)
