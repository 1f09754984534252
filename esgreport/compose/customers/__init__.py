"""Customers and loyalty in the report: what was measured, as chapter, key figures and appendix; it measures none.

Which parts there are, in what order, and which of them a reader outside the undertaking gets, is in
`schemas/cx/report.yaml`. Accounts, people and what they wrote are in no edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.compose.customers.blocks import blocks_of
from esgreport.compose.customers.desk import CustomerDesk
from esgreport.compose.customers.glance import key_figures
from esgreport.compose.customers.methods import appendix, provenance
from esgreport.compose.disclosures import anchors_of
from esgreport.compose.writer import Writer
from esgreport.customer_panels import CustomerFigures
from esgreport.definitions.cx_report import Audience, SectionLayout
from esgreport.document import KeyFigure, Note, Part, Provenance, Section

__all__ = ["CustomerChapter", "customer_chapter"]


@dataclass(frozen=True, slots=True)
class CustomerChapter:
    """What the report gets of customers: nothing but the files where nothing could be measured."""

    parts: tuple[Part, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    appendices: tuple[Section, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    files: str = ""
    """The files the figures come from, in a line."""


def customer_chapter(writer: Writer, found: CustomerFigures, audience: Audience) -> CustomerChapter:
    """The chapter for an audience, with key figures, definitions of all metrics it prints, and where each comes from.

    Errors: DefinitionError for a layout that is wrong.
    """
    desk = CustomerDesk(writer, found, audience)
    sections = tuple(one for layout in desk.layout.sections if desk.shows(layout) and (one := _section(desk, layout)))
    first = Section(
        id="customers-about",
        title=writer.say("How to read these figures"),
        theme="customers",
        blocks=tuple(Note(text, "method") for text in _reading(desk)),
    )
    keys = key_figures(desk, frozenset(section.id for section in sections))
    shown = frozenset(anchor for section in sections for anchor in anchors_of(section.blocks))
    shown |= {anchor for key in keys for anchor in key.figure.facts}
    title = writer.text(desk.layout.title)
    return CustomerChapter(
        parts=(Part("part-customers", title, "customers", (first, *sections)),) if sections else (),
        key_figures=keys,
        appendices=appendix(desk, shown),
        provenance=provenance(desk, shown),
        files=desk.files,
    )


def _section(desk: CustomerDesk, layout: SectionLayout) -> Section | None:
    """A section; None where there is nothing in it but remarks."""
    blocks = tuple(block for each in layout.blocks if desk.shows(each) for block in blocks_of(desk, each))
    if all(isinstance(block, Note) for block in blocks):
        return None
    return Section(id=layout.id, title=desk.writer.text(layout.title), theme="customers", blocks=blocks)


def _reading(desk: CustomerDesk) -> Iterator[str]:
    """What holds for all figures of the chapter: period, intervals, states, what this edition leaves out."""
    text = desk.writer.text
    yield text(desk.layout.lead, period=desk.period_words, confidence=desk.confidence)
    yield text(desk.layout.states)
    period, own = desk.period, desk.writer.filing.period
    if period and period != own:
        yield desk.writer.say(
            "The figures on customers cover %(period)s, those of the rest of the report %(own)s.",
            period=desk.period_words,
            own=desk.writer.numbers.period(own),
        )
    if desk.audience == "customer":
        yield text(desk.layout.left_out)
