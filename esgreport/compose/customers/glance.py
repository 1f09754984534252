"""Customers at a glance: the few figures that stand beside those of the rest of the report."""

from __future__ import annotations

from esgreport.compose.customers.desk import CustomerDesk, has_value
from esgreport.customer_metrics import CustomerMetric, Evidence
from esgreport.definitions.cx_report import KeyFigureOfCustomers, Wanted
from esgreport.document import KeyFigure


def key_figures(desk: CustomerDesk, sections: frozenset[str]) -> tuple[KeyFigure, ...]:
    """The first candidates that have a value; `sections` are those of the report."""
    found = (_key_figure(desk, key, sections) for key in desk.layout.key_figures)
    return tuple(key for key in found if key)[: desk.layout.most_key_figures]


def _key_figure(desk: CustomerDesk, key: KeyFigureOfCustomers, sections: frozenset[str]) -> KeyFigure | None:
    figure = next((each for each in desk.wanted(key.figure) if has_value(each)), None)
    if figure is None:
        return None
    change = Wanted(metric=key.change, where=key.figure.where)
    compared = next((each for each in desk.wanted(change) if has_value(each)), None) if key.change else None
    return KeyFigure(
        label=desk.writer.text(key.figure.label) or figure.label,
        figure=desk.figure(figure),
        context=" · ".join(
            filter(None, (desk.named(figure, key.figure), _interval(desk, figure), _counted(desk, figure)))
        ),
        section=key.section if key.section in sections else "",
        before=_before(desk, compared) if compared else "",
    )


def _interval(desk: CustomerDesk, figure: CustomerMetric) -> str:
    if figure.interval is None:
        return ""
    return desk.writer.say(
        "%(confidence)s interval %(interval)s", confidence=desk.confidence, interval=desk.interval(figure)
    )


def _counted(desk: CustomerDesk, figure: CustomerMetric) -> str:
    if figure.n is None:
        return ""
    counted = desk.writer.text(desk.words.counts[desk.definition(figure).counts].labels)
    return f"{desk.count(figure.n)} {counted}"


def _before(desk: CustomerDesk, compared: CustomerMetric) -> str:
    """What can be said of the year before: a change, or that there is no evidence of one."""
    if compared.evidence in (Evidence.RISE, Evidence.FALL, Evidence.TOO_SMALL):
        return desk.writer.say("Against the year before: %(change)s", change=desk.with_unit(compared))
    return desk.writer.say("No evidence of a change from the year before (%(change)s)", change=desk.with_unit(compared))
