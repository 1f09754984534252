"""All figures a report's readers are told, as a book of tables to reckon with; it writes no number as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esgreport.books import Book, Entry, Heading, Page
from esgreport.compose import front
from esgreport.compose.customers import customer_chapter
from esgreport.compose.customers.desk import CustomerDesk
from esgreport.compose.report import ReportOptions
from esgreport.compose.writer import Writer
from esgreport.compose.years import before
from esgreport.customer_metrics import CustomerMetric
from esgreport.definitions import Definitions
from esgreport.document import Provenance
from esgreport.model import Fact, Filing, Source

_POINTS = "share_points"
"""The unit of a difference of two shares."""


def facts_book(filing: Filing, measured: tuple[Fact, ...], definitions: Definitions, options: ReportOptions) -> Book:
    """Every fact with earlier years beside it, its unit, paragraph and cell; what was computed; figures on customers.

    A sheet for each chapter that has facts; what an audience is not told is not in `filing`, and of customers only
    what the report shows is here.
    """
    writer = Writer(filing, measured, definitions, options.language)
    pages = [_overview(writer), *_chapters(writer)]
    computed = [fact for fact in writer.facts if fact.inputs]
    pages += [_page(writer, writer.say("Computed figures"), computed)] if computed else []
    pages += _customers(writer, options)
    return Book(front.title(writer), tuple(pages))


def _overview(writer: Writer) -> Page:
    """What the book is made from."""
    filing, say = writer.filing, writer.say
    files = [(file, digest) for year in filing.years for file, digest in year.digests]
    lines = (
        (say("Undertaking"), filing.entity.name),
        (say("Identifier"), filing.entity.identifier),
        (say("Reporting period"), writer.numbers.period(filing.period)),
        (say("Standard"), front.standard(writer)),
        *((say("Workbook"), f"{file} (SHA-256 {digest})" if digest else file) for file, digest in files),
        ("", say("Percentages are kept as fractions. Every row names the cell it was read from.")),
    )
    rows = tuple((Entry(head), Entry(text)) for head, text in lines if text)
    return Page(say("Overview"), (Heading(front.title(writer), 32), Heading("", 110)), rows)


def _chapters(writer: Writer) -> Iterator[Page]:
    """A sheet for each chapter of the report, in its order, with the facts filed in it."""
    layouts = writer.definitions.layout.parts
    filed = [fact for fact in writer.facts if not fact.inputs]
    homes = {code: n for n, layout in enumerate(layouts) for code in layout.disclosures}
    homes |= {name: n for n, layout in enumerate(layouts) for name in layout.additional}
    for n, layout in enumerate(layouts):
        facts = [fact for fact in filed if homes.get(fact.concept, homes.get(_code(writer, fact), 0)) == n]
        if facts:
            yield _page(writer, writer.text(layout.title), facts)


def _code(writer: Writer, fact: Fact) -> str:
    """The disclosure a fact belongs to in the edition followed."""
    home = writer.definitions.disclosure_of(fact.concept, writer.filing.edition)
    metric = writer.metric(fact)
    return home.code if home else metric.disclosure if metric else ""


def _page(writer: Writer, title: str, facts: Sequence[Fact]) -> Page:
    say, numbers = writer.say, writer.numbers
    years = [numbers.year(year.filing.period) for year in writer.earlier]
    headings = (
        (say("Disclosure"), 11),
        (say("What"), 52),
        (say("Breakdown"), 34),
        (say("Period"), 26),
        (say("Value"), 20),
        (say("Unit"), 12),
        *((year, 18) for year in years),
        (say("Paragraph"), 16),
        *_source_headings(writer),
        (say("Formula"), 44),
        (say("Notes"), 40),
        (say("Concept"), 44),
    )
    return Page(title, _headings(headings), tuple(_row(writer, fact) for fact in facts))


def _source_headings(writer: Writer) -> tuple[tuple[str, int], ...]:
    say = writer.say
    return (say("Workbook"), 26), (say("Sheet"), 24), (say("Cell"), 10), (say("Named range"), 36)


def _headings(pairs: Sequence[tuple[str, int]]) -> tuple[Heading, ...]:
    return tuple(Heading(title, width) for title, width in pairs)


def _row(writer: Writer, fact: Fact) -> tuple[Entry, ...]:
    metric = writer.metric(fact)
    earlier = before(writer, fact) if isinstance(fact.value, Decimal) else (None,) * len(writer.earlier)
    told = (each.writer.in_unit(each.fact, fact.unit or "") if each else None for each in earlier)
    return (
        Entry(_code(writer, fact)),
        Entry(writer.label(fact.concept)),
        Entry(", ".join(writer.member(axis, member) for axis, member in fact.dimensions)),
        Entry(writer.numbers.period(fact.period)),
        _value(writer, fact),
        Entry(writer.unit(fact)),
        *(_value(writer, one) if one and one.unit == fact.unit else Entry() for one in told),
        Entry(writer.paragraph([fact.concept])),
        *_places(fact.source),
        Entry(writer.text(metric.formula) if metric else ""),
        Entry("\n".join(fact.footnotes)),
        Entry(fact.concept),
    )


def _places(source: Source) -> tuple[Entry, ...]:
    return Entry(source.file), Entry(source.sheet), Entry(source.cell), Entry(source.name)


def _value(writer: Writer, fact: Fact) -> Entry:
    """A number as a number, a day as a day; members and choices by their labels."""
    concept = writer.concept(fact)
    value = fact.value
    if isinstance(value, bool | date):
        return Entry(value)
    if not isinstance(value, Decimal):
        return Entry("; ".join(writer.items(fact)) if isinstance(value, tuple) else writer.shown(fact))
    if concept and concept.type == "year":
        return Entry(value, kind="year")
    return Entry(
        value, writer.places(fact), "percent" if writer.is_percent(fact) or writer.is_change(fact) else "plain"
    )


# ── customers ──


@dataclass(frozen=True, slots=True)
class _Shown:
    """A figure on customers that the report shows, and how it is traced there."""

    metric: CustomerMetric
    trace: Provenance


def _customers(writer: Writer, options: ReportOptions) -> Iterator[Page]:
    """The figures on customers that the report shows its readers: none that is withheld, no account, no text."""
    if options.customers is None:
        return
    desk = CustomerDesk(writer, options.customers, options.audience)
    traces = {one.anchor: one for one in customer_chapter(writer, options.customers, options.audience).provenance}
    shown = [_Shown(metric, traces[anchor]) for metric, anchor in desk.anchors.items() if anchor in traces]
    rows = tuple(_customer_row(desk, one) for one in shown if one.metric.value is not None)
    say = writer.say
    headings = (
        (say("What"), 48),
        (say("Breakdown"), 34),
        (say("Period"), 26),
        (say("Value"), 14),
        (say("Unit"), 16),
        (say("Interval from"), 14),
        (say("Interval to"), 14),
        (say("Cases"), 10),
        (say("Reliability"), 16),
        *_source_headings(writer),
        (say("Formula"), 60),
        (say("Metric"), 28),
    )
    if rows:
        yield Page(writer.text(desk.layout.title), _headings(headings), rows)


def _customer_row(desk: CustomerDesk, one: _Shown) -> tuple[Entry, ...]:
    metric, trace = one.metric, one.trace
    low, high = metric.interval or (None, None)
    return (
        Entry(trace.label),
        Entry(trace.dimensions),
        Entry(trace.period),
        _amount(desk, metric, metric.value),
        Entry(_unit(desk, metric)),
        _amount(desk, metric, low),
        _amount(desk, metric, high),
        Entry(None if metric.n is None else Decimal(metric.n)),
        Entry(desk.state(metric)),
        *_places(trace.source),
        Entry(trace.formula),
        Entry(trace.concept),
    )


def _unit(desk: CustomerDesk, metric: CustomerMetric) -> str:
    in_points = metric.unit == _POINTS
    return desk.writer.say("%(points)s pp", points="").strip() if in_points else desk.unit(metric)


def _amount(desk: CustomerDesk, metric: CustomerMetric, value: float | None) -> Entry:
    """A share as a fraction, a difference of shares in points."""
    if value is None:
        return Entry()
    exact, places = Decimal(repr(float(value))), desk.definition(metric).decimals
    if metric.unit == _POINTS:
        return Entry(exact * 100, places)
    return Entry(exact, places, "percent" if desk.unit_of(metric).shown == "percent" else "plain")
