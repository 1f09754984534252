"""The appendix on methods: for each metric that is printed its definition, formula, interval and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from esgreport.compose.customers.desk import CustomerDesk, bare
from esgreport.compose.customers.tables import lettered
from esgreport.customer_metrics import CustomerMetric
from esgreport.document import Column, Figure, Note, Provenance, Row, Section, Table
from esgreport.model import Source

_ROW = re.compile(r"(?<=[A-Z])\d+")


def appendix(desk: CustomerDesk, shown: frozenset[str]) -> tuple[Section, ...]:
    """An entry for each metric that has a figure among those `shown` (by anchor), in the order of the metrics."""
    by_metric: dict[str, list[CustomerMetric]] = {}
    for figure in desk.figures:
        if desk.anchors[figure] in shown:
            by_metric.setdefault(figure.metric, []).append(figure)
    if not by_metric:
        return ()
    letters = lettered(text for figures in by_metric.values() for text in _shared(desk, figures))
    say = desk.writer.say
    heads = (Column(say("Figure")), Column(say("Meaning and formula")), Column(say("n counts")))
    entries = Table(
        id="methods-customers-list",
        caption=say("Definitions"),
        columns=heads,
        rows=tuple(_entry(desk, figures, letters) for figures in by_metric.values()),
        notes=tuple((letter, text) for text, letter in letters.items()),
    )
    lead = desk.writer.say(
        "For each metric printed in the chapter on customers: what it means, how it is computed, which interval it has,"
        " and where definition and method come from."
    )
    section = Section(
        id="methods-customers",
        title=desk.writer.say("Methods: customers and loyalty"),
        theme="customers",
        blocks=(Note(lead, "method"), *_scores(desk), entries),
    )
    return (section,)


def _scores(desk: CustomerDesk) -> Iterator[Table]:
    """What the usual scores measure, what speaks for each and what against."""
    say, scores = desk.writer.say, desk.found.panels.registers.scores
    heads = (say("Score"), say("What it measures"), say("Strength"), say("Weakness"))
    rows = (Row(tuple(map(Figure, (each.score.label, each.measures, each.strength, each.weakness)))) for each in scores)
    if scores:
        caption = say("The usual scores compared")
        yield Table("methods-customers-scores", caption, tuple(map(Column, heads)), tuple(rows))


def _entry(desk: CustomerDesk, figures: list[CustomerMetric], letters: Mapping[str, str]) -> Row:
    """What a metric means and how it is computed, with the letters of its methods and sources."""
    definition, text = desk.definition(figures[0]), desk.writer.text
    formula = desk.writer.say("Formula: %(formula)s.", formula=text(definition.formula).rstrip("."))
    said = (text(definition.definition), formula)
    used = tuple(letters[each] for each in _shared(desk, figures))
    counted = text(desk.words.counts[definition.counts].labels)
    return Row((Figure(text(definition.labels), letters=used), Figure(" ".join(filter(None, said))), Figure(counted)))


def _shared(desk: CustomerDesk, figures: list[CustomerMetric]) -> Iterator[str]:
    """What a metric has in common with others: its methods and intervals, and its sources."""
    say, definition = desk.writer.say, desk.definition(figures[0])
    for method in dict.fromkeys(part for figure in figures for part in figure.method.split("; ") if part):
        yield f"{method[0].upper()}{method[1:].rstrip('.')}."
    sources = "; ".join(each.name for each in definition.reference)
    if sources:
        yield say("Source: %(sources)s", sources=sources)


def provenance(desk: CustomerDesk, shown: frozenset[str]) -> tuple[Provenance, ...]:
    """Where each figure shown comes from: the rows it was computed from, and the formula.

    On paper those of one metric share a line, which has the anchor of none of them.
    """
    return tuple(_traced(desk, figure, anchor) for figure, anchor in desk.anchors.items() if anchor in shown)


def _rows(desk: CustomerDesk, sources: list[Source]) -> str:
    """The tables with the first and the last row, in words: what a line on paper says of a source."""
    places: dict[str, list[int]] = {}
    for each in sources:
        places.setdefault(each.sheet or each.file, []).extend(map(int, _ROW.findall(each.cell)))
    say = desk.writer.say
    return "; ".join(
        say("%(table)s, rows %(first)s–%(last)s", table=table, first=min(rows), last=max(rows)) if rows else table
        for table, rows in places.items()
    )


def _traced(desk: CustomerDesk, figure: CustomerMetric, anchor: str) -> Provenance:
    source, *others = (bare(each) for each in figure.source or (desk.no_source,))
    formula = desk.writer.text(desk.definition(figure).formula)
    also = ", ".join(f"{each.sheet or each.file} {each.cell}" for each in others)
    return Provenance(
        anchor=anchor,
        label=figure.label,
        value=desk.with_unit(figure),
        exact=f"{_exact(figure)} {figure.unit}".rstrip(),
        unit=figure.unit,
        period=desk.writer.numbers.period(figure.period) if figure.period else "",
        dimensions=", ".join(desk.members.told(name, member) for name, member in figure.dimensions),
        source=source,
        concept=figure.metric,
        paragraph="",
        printed=f"of-{figure.metric}",
        place=_rows(desk, [source, *others]),
        formula=desk.writer.say("%(formula)s; also from %(places)s", formula=formula, places=also) if also else formula,
    )


def _exact(figure: CustomerMetric) -> str:
    """The value unrounded; nothing where there is none."""
    return "" if figure.value is None else repr(float(figure.value))
