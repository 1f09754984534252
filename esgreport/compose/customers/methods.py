"""The appendix on methods: for each metric that is printed its definition, formula, interval and sources."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.compose.customers.desk import CustomerDesk, bare
from esgreport.customer_metrics import CustomerMetric
from esgreport.document import Answer, Answers, Column, Figure, Note, Provenance, Row, Section, Table


def appendix(desk: CustomerDesk, shown: frozenset[str]) -> tuple[Section, ...]:
    """An entry for each metric that has a figure among those `shown` (by anchor), in the order of the metrics."""
    by_metric: dict[str, list[CustomerMetric]] = {}
    for figure in desk.figures:
        if desk.anchors[figure] in shown:
            by_metric.setdefault(figure.metric, []).append(figure)
    if not by_metric:
        return ()
    entries = tuple(_entry(desk, figures) for figures in by_metric.values())
    lead = desk.writer.say(
        "For each metric printed in the chapter on customers: what it means, how it is computed, which interval it has,"
        " and where definition and method come from."
    )
    section = Section(
        id="methods-customers",
        title=desk.writer.say("Methods: customers and loyalty"),
        theme="customers",
        blocks=(Note(lead, "method"), *_scores(desk), Answers("methods-customers-list", entries)),
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


def _entry(desk: CustomerDesk, figures: list[CustomerMetric]) -> Answer:
    definition = desk.definition(figures[0])
    texts = [desk.writer.text(definition.definition), *_how(desk, figures)]
    return Answer(desk.writer.text(definition.labels), tuple(Figure(text) for text in texts if text))


def _how(desk: CustomerDesk, figures: list[CustomerMetric]) -> Iterator[str]:
    say, definition = desk.writer.say, desk.definition(figures[0])
    counted = desk.writer.text(desk.words.counts[definition.counts].labels)
    yield say(
        "Formula: %(formula)s. n counts: %(counted)s.", formula=desk.writer.text(definition.formula), counted=counted
    )
    methods = list(dict.fromkeys(figure.method for figure in figures if figure.method))
    if methods:
        yield say("Method and interval: %(methods)s", methods=" / ".join(methods))
    sources = "; ".join(each.name for each in definition.reference)
    if sources:
        yield say("Source: %(sources)s", sources=sources)


def provenance(desk: CustomerDesk, shown: frozenset[str]) -> tuple[Provenance, ...]:
    """Where each figure shown comes from: the rows it was computed from, and the formula."""
    return tuple(_traced(desk, figure, anchor) for figure, anchor in desk.anchors.items() if anchor in shown)


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
        formula=desk.writer.say("%(formula)s; also from %(places)s", formula=formula, places=also) if also else formula,
    )


def _exact(figure: CustomerMetric) -> str:
    """The value unrounded; nothing where there is none."""
    return "" if figure.value is None else repr(float(figure.value))
