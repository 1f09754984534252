"""What a workbook answers besides: cells that are no concept's, for rules to compare with; none becomes a fact."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.definitions import Concept
from esgreport.definitions.side_answers import SideAnswer
from esgreport.facts.answers import Answer, Context, Desk, fact_in, period_of
from esgreport.facts.names import Binding
from esgreport.facts.units import own_unit
from esgreport.facts.values import Refusal, is_filled, read_value, text_of
from esgreport.model import Area, Source

VERSION = "template_reporting_template_version"
"""The range in which the official template says which version it is; our own workbook has none."""


def read_side_answers(desk: Desk) -> tuple[Answer, ...]:
    """The side answers that are given, written as facts are; or why a number somebody typed is none."""
    found = (given for answer in desk.definitions.side_answers.values() for given in _given(desk, answer))
    return tuple(found)


def side_cells(desk: Desk) -> tuple[tuple[str, Source], ...]:
    """Pairs of side answer and the cell it belongs in, filled or not; the first where it has several."""
    found: dict[str, Source] = {}
    for answer in desk.definitions.side_answers.values():
        for area, _ in _places(desk, answer):
            found.setdefault(answer.name, desk.source(area, answer.name))
    return tuple(found.items())


def _given(desk: Desk, answer: SideAnswer) -> Iterator[Answer]:
    concept = answer.question
    for area, context in _cells(desk, answer):
        cell = desk.workbook.cell(area.sheet, area.top, area.left)
        if context is None or not is_filled(cell):
            continue
        source = desk.source(area, answer.name)
        value = read_value(cell, concept, desk.readers[area.sheet])
        if not isinstance(value, Refusal):
            yield Answer(source, answer.name, fact_in(context, concept, value, (source, cell.number_format)))
        elif concept.numeric and not cell.formula:  # a box or a list may hold what this version of ours does not know
            yield Answer(source, answer.name, Refusal(value.code, {"concept": answer.name, **value.values}))


def _cells(desk: Desk, answer: SideAnswer) -> Iterator[tuple[Area, Context | None]]:
    """The cells to look into; those of a list are many, of which few are filled."""
    if not answer.each_of:
        yield from _places(desk, answer)
        return
    for binding in (each for each in desk.bindings.values if each.concept == answer.each_of):
        for row, column, _ in desk.filled(binding.area):
            yield Area(binding.area.sheet, row, column, row, column), _context(desk, answer.question, ())


def _places(desk: Desk, answer: SideAnswer) -> Iterator[tuple[Area, Context | None]]:
    """Each cell it stands in, and what it is about there; None where the year or the currency is not known."""
    concept = answer.question
    if named := desk.bindings.side.get(answer.name):
        yield named, _context(desk, concept, ())
        return
    for binding in desk.bindings.values if _version(desk) in answer.versions else ():
        if binding.concept == answer.beside and _is_meant(answer, binding):
            row, column = binding.area.top + answer.rows, binding.area.left + answer.columns
            preset = (binding.preset,) if answer.each_member and binding.preset else ()
            if row > 0 and column > 0:
                yield Area(binding.area.sheet, row, column, row, column), _context(desk, concept, preset)


def _version(desk: Desk) -> str:
    """The version of the official template, without its last number; empty for another workbook."""
    area = desk.bindings.service.get(VERSION)
    text = text_of(desk.workbook.cell(area.sheet, area.top, area.left).value) if area else ""
    return ".".join(text.strip().split(".")[:2])


def _is_meant(answer: SideAnswer, binding: Binding) -> bool:
    return answer.each_member or answer.member == (binding.preset[1] if binding.preset else "")


def _context(desk: Desk, concept: Concept, preset: tuple[tuple[str, str], ...]) -> Context | None:
    defaults = {desk.definitions.axes[axis].default for axis, _ in preset}
    dimensions = tuple((axis, member) for axis, member in preset if member not in defaults)
    period = period_of(desk, concept, dimensions)
    unit = own_unit(concept, desk.currency, desk.definitions) if concept.numeric else None
    return Context(period, unit, dimensions) if period and (unit or not concept.numeric) else None
