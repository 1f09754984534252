"""What is had of a figure on customers: its periods with intervals and answers, and what evidence says of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from esgreport.customer_metrics import CustomerMetric, Evidence, Status
from esgreport.definitions.cx_metrics import MetricOfCustomers
from esgreport.definitions.scorecards import ScoreRowDefinition
from esgreport.score.material import Case, Customers, Had
from esgreport.score.writing import Measure
from esgreport.scorecard import Point, Quality

_ASKED = ("responses", "people")
"""What n counts where a figure is a sample of what people said; other figures come from records."""


def of_customers(row: ScoreRowDefinition, case: Case) -> Had:
    """What is had for a row on customers: nothing but a reason where it is missing, withheld or absent."""
    definition = case.definitions.cx_metrics.metrics[row.customers]
    had = _described(definition, row, case)
    if case.customers is None:
        return replace(had, missing=case.say("no_customers"))
    found = [_of_row(row, metrics, case) for _, metrics in case.customers.periods]
    now = found[0] if found else None
    if now is None or now.value is None:
        return replace(had, missing=now.reason if now and now.reason else case.say("not_measured"))
    had = replace(had, measure=_measure(now, definition, case))
    shown = [one for one in reversed(found) if one and one.value is not None and one.period and _alike(one, now)]
    points = tuple(_point(one, had.measure, case) for one in shown if one)
    change, rose = _change(row, definition.code, case.customers, case)
    return replace(
        had,
        points=points,
        quality=Quality.SURVEYED if definition.counts in _ASKED else Quality(row.quality or Quality.MEASURED),
        quality_words=_quality_words(now, definition, had.measure, case),
        quality_short=_quality_short(now, had.measure, case),
        no_light=case.say("no_light_few", n=now.n or 0) if now.status is not Status.FULL else "",
        change=change if len(points) > 1 or rose is not None else _why_no_earlier(found, case),
        rose=rose,
        segments=tuple(_segments(row, case.customers.periods[0][1], had.measure, case)),
        source=now.source,
        confidence=now.confidence or 0.95,
    )


def _alike(one: CustomerMetric, now: CustomerMetric) -> bool:
    """Whether a figure was measured from the same tables; from others (contracts, not revenue) it is another figure."""
    return {(each.file, each.sheet) for each in one.source} == {(each.file, each.sheet) for each in now.source}


def _why_no_earlier(found: Sequence[CustomerMetric | None], case: Case) -> str:
    """That the year before was measured from other tables; nothing where there was none."""
    return case.say("change_other_tables") if any(one and one.value is not None for one in found[1:]) else ""


def _described(definition: MetricOfCustomers, row: ScoreRowDefinition, case: Case) -> Had:
    say = case.say
    better = row.better or ("" if definition.better == "none" else definition.better)
    reference = "; ".join(cited.name for cited in definition.reference)
    unit = case.definitions.cx_metrics.units[definition.unit]
    return Had(
        say.text(definition.labels),
        Measure(unit.shown, "" if unit.shown == "percent" else say.text(unit.labels), None),
        better=better,
        definition=say.text(definition.definition),
        formula=say.text(definition.formula),
        reference=reference,
    )


def _measure(metric: CustomerMetric, definition: MetricOfCustomers, case: Case) -> Measure:
    unit = case.definitions.cx_metrics.units[definition.unit]
    if unit.shown == "percent":
        return Measure("percent", "", definition.decimals)
    if unit.shown == "money":
        return Measure("money", metric.unit.removeprefix("iso4217:"), 0)
    signed = unit.name in case.definition.signed_units
    return Measure("number", case.say.text(unit.labels), definition.decimals, signed)


def _of_row(row: ScoreRowDefinition, metrics: Sequence[CustomerMetric], case: Case) -> CustomerMetric | None:
    """The figure of a row: of its group, not broken down further than the row says; the one of most cases."""
    breakdowns = _breakdowns(metrics, row, case)
    fitting = [
        metric
        for metric in metrics
        if metric.metric == row.customers
        and all(metric.member(name) == member for name, member in row.where.items())
        and not any(name in breakdowns for name, _ in metric.dimensions)
    ]
    measured = [metric for metric in fitting if metric.value is not None]
    return max(measured or fitting, key=lambda metric: metric.n or 0, default=None)


def _breakdowns(metrics: Sequence[CustomerMetric], row: ScoreRowDefinition, case: Case) -> frozenset[str]:
    """The dimensions figures may be broken down by, but for those the row names."""
    known = case.definitions.cx_metrics.dimensions
    named = {name for metric in metrics for name, _ in metric.dimensions}
    groups = {name for name in named if name not in known or known[name].column or known[name].others}
    return frozenset(groups - set(row.where))


def _point(metric: CustomerMetric, measure: Measure, case: Case) -> Point:
    assert metric.value is not None
    assert metric.period is not None
    interval = (float(metric.interval[0]), float(metric.interval[1])) if metric.interval else None
    value = float(metric.value)
    return Point(metric.period, value, case.say.figure(value, measure), interval, metric.n)


def _quality_words(metric: CustomerMetric, definition: MetricOfCustomers, measure: Measure, case: Case) -> str:
    """What n counts, and the interval."""
    counted = case.say.text(case.definitions.cx_metrics.counts[definition.counts].labels)
    words = case.say("counted", n=case.say.number(metric.n or 0, 0), what=counted)
    if metric.interval is None:
        return words
    low, high = metric.interval
    sure = case.say.share(metric.confidence or 0.95)
    return case.say("with_interval", words=words, sure=sure, span=case.say.span(float(low), float(high), measure))


def _quality_short(metric: CustomerMetric, measure: Measure, case: Case) -> str:
    """n and the ends of the interval, as few signs as say it."""
    words = case.say("basis", n=case.say.number(metric.n or 0, 0))
    if metric.interval is None:
        return words
    low, high = (case.say.figure(float(end), measure) for end in metric.interval)
    return case.say("basis_short", basis=words, low=low, high=high)


def _change(row: ScoreRowDefinition, code: str, given: Customers, case: Case) -> tuple[str, bool | None]:
    """What the figure of the change says, and whether it rose; a change without evidence is told as such."""
    known = case.definitions.cx_metrics.metrics
    changes = [name for name, each in known.items() if each.kind == "change" and getattr(each, "of", "") == code]
    for name in changes:
        found = _of_row(row.model_copy(update={"customers": name}), given.periods[0][1], case)
        if found is None or found.value is None:
            continue
        if found.evidence in (Evidence.RISE, Evidence.FALL):
            rose = found.evidence is Evidence.RISE
            return case.say("change_rise" if rose else "change_fall"), rose
        return case.say("change_too_small" if found.evidence is Evidence.TOO_SMALL else "change_no_evidence"), None
    return case.say("change_not_tested"), None


def _member(name: str, member: str, case: Case) -> str:
    """What a group is called in the list its column takes its values from; itself where there is none."""
    definitions = case.definitions.cx
    column_name = (
        case.definitions.cx_metrics.dimensions[name].column if name in case.definitions.cx_metrics.dimensions else ""
    )
    columns = (
        column for table in definitions.tables.values() for column in table.columns if column.name == column_name
    )
    column = next(columns, None)
    values = definitions.values_of(column) if column else None
    found = next((each for each in values.values if each.name == member), None) if values else None
    return case.say.text(found.labels) if found else member


def _segments(
    row: ScoreRowDefinition, metrics: Sequence[CustomerMetric], measure: Measure, case: Case
) -> Iterator[tuple[str, Point | None, str]]:
    """The figures of groups of customers, with the reason of those that are withheld."""
    breakdowns = _breakdowns(metrics, row, case)
    for metric in metrics:
        inside = [pair for pair in metric.dimensions if pair[0] in breakdowns]
        if metric.metric != row.customers or len(inside) != 1:
            continue
        if any(metric.member(name) != member for name, member in row.where.items()):
            continue
        (name, member), known = inside[0], case.definitions.cx_metrics.dimensions
        label = f"{case.say.text(known[name].labels) if name in known else name}: {_member(name, member, case)}"
        point = _point(metric, measure, case) if metric.value is not None and metric.period else None
        yield label, point, metric.reason
