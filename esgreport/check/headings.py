"""Where the heading of a table's row stands: the cell with its identifier or code; it judges nothing."""

from __future__ import annotations

from dataclasses import replace

from esgreport.check.problems import Problem
from esgreport.check.reported import Reported, place_of
from esgreport.model import Fact, Source, cell_reference


def at_heading(problem: Problem, axis: str, reported: Reported) -> Problem:
    """A problem with what a row is about, at the cell that says so; at the fact where that cell is not known."""
    fact = problem.facts[0]
    place = _heading(fact, axis, reported)
    return replace(problem, source=place) if place else problem


def _heading(fact: Fact, axis: str, reported: Reported) -> Source | None:
    """The cell in the row of the fact and in the column of headings above it, on its sheet."""
    _, _, row, _, _ = place_of(fact.source)
    columns = [
        (place_of(place)[2:4])
        for name, place in reported.filing.asked_at
        if name == axis and place.sheet == fact.source.sheet
    ]
    above = [(top, column) for top, column in columns if top <= row]
    if not above or not fact.source.cell:
        return None
    _, column = max(above)
    return Source(fact.source.file, fact.source.sheet, cell_reference(row, column))
