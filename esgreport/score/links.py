"""What goes with what between customers and sustainability, in words that name no cause; it measures nothing."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import JourneyTouchpoint
from esgreport.score.material import Case
from esgreport.score.writing import Measure
from esgreport.scorecard import Link


def linked(case: Case) -> tuple[Link, ...]:
    """The figures of the values panel that the definition names, and of touchpoints that tell of sustainability."""
    if case.customers is None:
        return ()
    values, rules = case.customers.panels.values, case.definition.join
    figures = [each for each in (*values.figures, *values.controlled, *values.requests) if each.metric in rules.figures]
    figures.sort(key=lambda each: rules.figures.index(each.metric))
    controlled = {each.metric for each in values.controlled}
    return (*(_link(each, case, each.metric in controlled) for each in figures), *_touchpoints(case))


def cautions(case: Case) -> tuple[str, ...]:
    """What the panel says to bear in mind; nothing where it has no figure."""
    return case.customers.panels.values.notes if case.customers and linked(case) else ()


def _touchpoints(case: Case) -> Iterator[Link]:
    assert case.customers is not None
    for touchpoint in case.customers.panels.journey.touchpoints:
        if touchpoint.kind and touchpoint.kind.code == case.definition.join.touchpoint:
            yield from (_at(touchpoint, each, case) for each in touchpoint.figures)


def _at(touchpoint: JourneyTouchpoint, metric: CustomerMetric, case: Case) -> Link:
    label = case.say("touchpoint", touchpoint=touchpoint.name, label=metric.label)
    return _said(metric, label, "linked_figure" if metric.value is not None else "linked_absent", case)


def _link(metric: CustomerMetric, case: Case, tested: object) -> Link:
    """A figure as a sentence; where nought lies within the interval of an association, none is claimed."""
    if metric.value is None:
        return _said(metric, _label(metric, case), "linked_absent", case)
    none = bool(tested and metric.interval and metric.interval[0] <= 0 <= metric.interval[1])
    return _said(metric, _label(metric, case), "linked_none" if none else "linked_figure", case)


def _said(metric: CustomerMetric, label: str, name: str, case: Case) -> Link:
    say, measure, value, basis = case.say, _measure(metric, case), "", ""
    ends = (float(metric.interval[0]), float(metric.interval[1])) if metric.interval else None
    if metric.value is not None:
        n = say.number(metric.n or 0, 0)
        value = say.with_unit(float(metric.value), measure)
        sure = say.share(metric.confidence or 0.95)
        basis = say("basis_interval", n=n, sure=sure, span=say.span(*ends, measure)) if ends else say("basis", n=n)
    return Link(
        metric=metric.metric,
        label=label,
        value=None if metric.value is None else float(metric.value),
        shown=value,
        interval=ends,
        n=metric.n,
        words=say(name, label=label, value=value, basis=basis, reason=metric.reason).strip(),
        told=name == "linked_figure",
    )


def _label(metric: CustomerMetric, case: Case) -> str:
    """What the figure is called here, where it has words of ours; else as the panel calls it."""
    own = "_".join(["label", metric.metric, *(member for _, member in metric.dimensions)])
    if own in case.say.words:
        return case.say(own)
    return ", ".join([metric.label, *(f"{_dimension(each, case)}{member}" for each, member in metric.dimensions)])


def _dimension(name: str, case: Case) -> str:
    known = case.definitions.cx_panels.words.dimensions.get(name)
    return f"{case.say.text(known.labels)}: " if known else ""


def _measure(metric: CustomerMetric, case: Case) -> Measure:
    unit = case.definitions.cx_panels.words.units.get(metric.unit)
    if unit is None:
        return Measure("money", metric.unit.removeprefix("iso4217:"), 0)
    return Measure("percent", "", 1) if unit.shown == "percent" else Measure("number", case.say.text(unit.labels), 1)
