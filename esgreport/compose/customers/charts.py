"""Charts of figures on customers as values: points with intervals, and cohorts as a heat map; nothing is drawn here."""

from __future__ import annotations

from decimal import Decimal

from esgreport.compose.customers.desk import CustomerDesk, has_value
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions.cx_report import CohortsBlock, EstimatesBlock
from esgreport.document import Estimate, Estimates, HeatCell, HeatMap, HeatRow

_MOST = 12
"""Rows of a chart, at most."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def estimates(desk: CustomerDesk, layout: EstimatesBlock) -> Estimates | None:
    """The chart of the figures that have a value; None for none. Those withheld stand in the table below it."""
    found = [
        (figure, desk.label(figure, want, layout.by))
        for want in layout.figures
        for figure in desk.wanted(want, layout.by)
        if has_value(figure)
    ]
    if layout.sort:
        found.sort(key=lambda each: -(each[0].value or 0))
    found = found[:_MOST]
    if not found:
        return None
    rows = tuple(_estimate(desk, figure, label) for figure, label in found)
    first = found[0][0]
    counted = desk.count(first.n) if first.n is not None else "–"
    subtitle = desk.writer.text(layout.subtitle, confidence=desk.confidence, period=desk.period_words, n=counted)
    title = _title(desk, layout, found[0])
    scale, ticks = _scale(desk, layout, [figure for figure, _ in found])
    faint = any(row.faint for row in rows)
    told = "; ".join(_in_words(desk, row) for row in rows)
    return Estimates(
        id=f"chart-{layout.id}",
        title=title,
        subtitle=subtitle,
        rows=rows,
        scale=scale,
        ticks=ticks,
        faintly=desk.writer.say("A hollow point is indicative: it rests on few cases.") if faint else "",
        description=f"{title}. {subtitle}. {told}.",
    )


def _estimate(desk: CustomerDesk, figure: CustomerMetric, label: str) -> Estimate:
    low, high = figure.interval or (None, None)
    ends = (desk.number(figure, low), desk.number(figure, high)) if low is not None and high is not None else None
    return Estimate(
        label=label,
        value=figure.value or 0.0,
        interval=figure.interval,
        shown=desk.number(figure, figure.value or 0.0),
        interval_shown=ends,
        faint=figure.status is Status.INDICATIVE,
        facts=(desk.anchors[figure],),
    )


def _in_words(desk: CustomerDesk, row: Estimate) -> str:
    ends = row.interval_shown
    if ends is None:
        return f"{row.label}: {row.shown}"
    between = desk.writer.say("%(low)s to %(high)s", low=ends[0], high=ends[1])
    return f"{row.label}: {row.shown} ({between})"


def _title(desk: CustomerDesk, layout: EstimatesBlock, first: tuple[CustomerMetric, str]) -> str:
    figure, label = first
    if figure.interval is None:
        return desk.writer.text(layout.plain or layout.title, value=desk.with_unit(figure), first=label)
    low, high = (desk.number(figure, end) for end in figure.interval)
    return desk.writer.text(layout.title, value=desk.with_unit(figure), low=low, high=high, first=label)


# ── a scale ──


Ticks = tuple[tuple[float, str], ...]


def _scale(
    desk: CustomerDesk, layout: EstimatesBlock, found: list[CustomerMetric]
) -> tuple[tuple[float, float], Ticks]:
    """The ends the layout names, else those that take in nought, every point and every end of an interval."""
    ends = [end for figure in found for end in (figure.value or 0.0, *(figure.interval or ()))]
    low = layout.low if layout.low is not None else min(0.0, *ends)
    high = layout.high if layout.high is not None else max(0.0, *ends)
    low, high = min(low, *ends), max(high, *ends)
    step = _step(high - low)
    first, last = _floor(low / step), -_floor(-high / step)
    places = [at * step for at in range(first, last + 1)]
    return (places[0], places[-1]), tuple((place, _tick(desk, found[0], place)) for place in places)


def _floor(value: float) -> int:
    return int((Decimal(repr(float(value))).quantize(Decimal("1e-9"))).__floor__())


def _step(span: float) -> float:
    """A round step that cuts a span into four parts at most."""
    rough = max(span, 1e-9) / 4
    power = 10.0 ** Decimal(repr(rough)).adjusted()
    return next(power * step for step in _STEPS if power * step >= rough * 0.999)


def _tick(desk: CustomerDesk, figure: CustomerMetric, place: float) -> str:
    numbers, exact = desk.writer.numbers, Decimal(repr(round(place, 9)))
    if desk.unit_of(figure).shown == "percent":
        return numbers.percent(exact, 0)
    whole = exact == exact.to_integral_value()
    return numbers.number(exact, 0 if whole else 1)


# ── cohorts ──


def cohorts(desk: CustomerDesk, layout: CohortsBlock) -> HeatMap | None:
    """Cohorts down, months across; None where no cell has a value."""
    found = [figure for figure in desk.figures if figure.metric in layout.metrics and figure.member("cohort")]
    if not any(has_value(figure) for figure in found):
        return None
    months = sorted({int(figure.member("months") or 0) for figure in found})
    names = list(dict.fromkeys(figure.member("cohort") or "" for figure in found))
    by_place = {(figure.member("cohort"), figure.member("months")): figure for figure in found}
    rows = tuple(
        HeatRow(_cohort(desk, name), tuple(_heat(desk, by_place.get((name, str(month)))) for month in months))
        for name in names
    )
    say, title = desk.writer.say, desk.writer.text(layout.title)
    columns = tuple(say("%(count)s month", "%(count)s months", month) for month in months)
    subtitle = desk.writer.text(layout.subtitle)
    told = "; ".join(
        f"{row.label}: " + ", ".join(f"{head} {cell.shown}" for head, cell in zip(columns, row.cells, strict=True))
        for row in rows
    )
    return HeatMap(f"chart-{layout.id}", title, subtitle, columns, rows, f"{title}. {subtitle}. {told}.")


def _cohort(desk: CustomerDesk, name: str) -> str:
    return desk.writer.say("All cohorts") if name == "all" else name


def _heat(desk: CustomerDesk, figure: CustomerMetric | None) -> HeatCell:
    if figure is None:
        return HeatCell(None, "–")
    if figure.value is None:
        return HeatCell(None, desk.state(figure))
    return HeatCell(figure.value, desk.number(figure, figure.value))
