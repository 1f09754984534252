"""The page "at a glance": the most wanted figures, each with what it was and what it is to be; it computes none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from esgreport.compose.edition import home
from esgreport.compose.writer import Writer
from esgreport.compose.years import beside_year
from esgreport.definitions.layout_front import KeyFigureContext, KeyFigureLayout
from esgreport.document import Beside, KeyFigure, KeyFigures
from esgreport.model import Fact


def key_figures(writer: Writer, sections: frozenset[str], more: tuple[KeyFigure, ...] = ()) -> KeyFigures:
    """The most wanted figures that exist, each with what can be said of it, and then as many of `more` as fit a page.

    `sections` are those of the report.
    """
    layout = writer.definitions.layout
    found = [_key_figure(writer, one, sections) for one in layout.key_figures]
    own = [figure for figure in found if figure][: layout.most_key_figures]
    return KeyFigures((*own, *more)[: layout.most_at_a_glance])


def _key_figure(writer: Writer, layout: KeyFigureLayout, sections: frozenset[str]) -> KeyFigure | None:
    fact = _wanted(writer, layout)
    if fact is None:
        return None
    said = (_context(writer, context) for context in layout.context)
    return KeyFigure(
        label=writer.text(layout.label),
        figure=writer.figure(fact, unit=layout.unit),
        context=next((text for text in said if text), ""),
        section=_section_of(writer, fact, sections),
        beside=(*beside_year(writer, fact, layout.unit), *_target(writer, fact, layout.unit)),
    )


def _target(writer: Writer, fact: Fact, unit: str) -> Iterator[Beside]:
    """What the figure is to be, and when, where a target was reported for it."""
    place = writer.definitions.layout.targets
    target = writer.at(fact.concept, place.axis, place.member) if place else None
    if target is None or target is fact or not isinstance(target.value, Decimal):
        return
    year = writer.numbers.year(target.period)
    places = max(writer.places(writer.in_unit(fact, unit)), writer.places(writer.in_unit(target, unit)))
    yield Beside(writer.say("Target %(year)s", year=year), writer.figure(target, places, unit))


def _wanted(writer: Writer, layout: KeyFigureLayout | KeyFigureContext) -> Fact | None:
    """The number a candidate or a context asks for."""
    if layout.concept:
        fact = writer.single(layout.concept)
    else:
        measured = writer.of(layout.metric)
        fact = next((one for one in measured if not layout.of or one.inputs[0].concept == layout.of), None)
    return fact if fact is not None and isinstance(fact.value, Decimal) else None


def _context(writer: Writer, context: KeyFigureContext) -> str:
    fact = _wanted(writer, context)
    if fact is None:
        return ""
    base = fact.inputs[0].period if fact.inputs else fact.period
    return writer.text(context.text, value=writer.with_unit(fact), year=writer.numbers.year(base))


def _section_of(writer: Writer, fact: Fact, sections: frozenset[str]) -> str:
    metric = writer.metric(fact)
    code = metric.disclosure if metric else home(writer, fact.concept)
    return code.lower() if code.lower() in sections else ""
