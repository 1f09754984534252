"""Charts of estimates as SVG: a point with its interval a row, all on one scale, the numbers beside; it computes none.

As in `charts`, print colours are attributes and screens repaint by class.
"""

from __future__ import annotations

from dataclasses import dataclass

from esgreport.document import Estimate, Estimates
from esgreport.render.charts import WIDE
from esgreport.render.lettering import width, wrap
from esgreport.render.pen import Pen

_ROW, _GAP, _POINT = 18.0, 7.0, 4.6


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where on the sheet the scale lies, and where a value is on it."""

    left: float
    right: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """The place of a value; what lies beyond the scale is at its end."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def draw_estimates(chart: Estimates, theme: str, sheet: float = WIDE) -> str:
    """The chart as SVG markup, `sheet` units wide; on a narrow one labels stand above their rows.

    Its description is the drawing's title.
    """
    pen = Pen(theme, sheet, 11.0 if sheet >= WIDE else 12.0)
    beside = sheet >= WIDE
    room = min(sheet * 0.3, max(width(row.label, pen.size) for row in chart.rows) + 1) if beside else 0.0
    told = max(width(_numbers(row), pen.size, 600) for row in chart.rows)
    edge = max(width(name, pen.size) for _, name in chart.ticks) / 2
    plot = _Plot((room + 14 if beside else 0.0) + edge, sheet - told - 14 - edge, *chart.scale)
    marks: list[str] = []
    top = 2.0
    for row in chart.rows:
        drawn, top = _row(row, pen, plot, top)
        marks += drawn
    scale, bottom = _scale(chart, pen, plot, top)
    return pen.sheet(bottom, chart.description or f"{chart.title}. {chart.subtitle}", [*scale, *marks])


def _row(row: Estimate, pen: Pen, plot: _Plot, top: float) -> tuple[list[str], float]:
    """The marks of a row, and where the next begins."""
    beside = pen.width >= WIDE
    lines = wrap(row.label, plot.left - 14 if beside else pen.width, pen.size)
    text_high = len(lines) * pen.leading
    high = max(_ROW, text_high) if beside else _ROW
    start = top if beside else top + text_high
    middle = start + high / 2
    first = middle - text_high / 2 if beside else top
    marks = [pen.words((0.0, first + pen.size * 0.92 + n * pen.leading), line) for n, line in enumerate(lines)]
    marks += _estimate(row, pen, plot, middle)
    marks.append(pen.words((pen.width, middle + pen.size * 0.36), _numbers(row), "c-value", "end"))
    return marks, start + high + _GAP


def _estimate(row: Estimate, pen: Pen, plot: _Plot, middle: float) -> list[str]:
    """The interval with its ends, and the point; through a hollow point no line runs."""
    place = plot.at(row.value)
    marks: list[str] = []
    if row.interval:
        low, high = plot.at(row.interval[0]), plot.at(row.interval[1])
        keep = _POINT if row.faint else 0.0
        if place - keep > low:
            marks.append(pen.span((low, middle), (place - keep, middle)))
        if place + keep < high:
            marks.append(pen.span((place + keep, middle), (high, middle)))
    return [*marks, pen.dot((place, middle), _POINT, hollow=row.faint)]


def _numbers(row: Estimate) -> str:
    """The value and its interval as they stand beside the row."""
    return f"{row.shown} ({row.interval_shown[0]} – {row.interval_shown[1]})" if row.interval_shown else row.shown


def _scale(chart: Estimates, pen: Pen, plot: _Plot, top: float) -> tuple[list[str], float]:
    """Faint lines at the ticks, a firm one at nought, the names of the ticks below; and what a hollow point means."""
    foot = top - _GAP + 4
    marks: list[str] = []
    for place, name in chart.ticks:
        across = plot.at(place)
        draw = pen.line if place == 0 else pen.grid
        marks.append(draw((across, 0.0), (across, foot)))
        marks.append(pen.words((across, foot + pen.size * 1.1), name, "c-quiet", "middle"))
    bottom = foot + pen.leading + 3
    for line in wrap(chart.faintly, pen.width, pen.size) if chart.faintly else ():
        bottom += pen.leading
        marks.append(pen.words((0.0, bottom), line, "c-quiet"))
    return marks, bottom + 4
