"""Heat maps as SVG: the larger a share, the darker its tile, and every share written in it; it computes none."""

from __future__ import annotations

from esgreport.document import HeatCell, HeatMap
from esgreport.render.charts import WIDE
from esgreport.render.lettering import width, wrap
from esgreport.render.pen import DEPTHS, Pen

_HIGH, _HAIR = 26.0, 2.0


def draw_heat(chart: HeatMap, theme: str, sheet: float = WIDE) -> str:
    """The heat map as SVG markup, `sheet` units wide. Its description is the drawing's title."""
    pen = Pen(theme, sheet, 11.0 if sheet >= WIDE else 12.0)
    room = min(sheet * 0.3, max(width(row.label, pen.size) for row in chart.rows) + 10)
    wide = (sheet - room) / max(len(chart.columns), 1)
    heads = [wrap(name, wide - 6, pen.size) for name in chart.columns]
    top = max(len(lines) for lines in heads) * pen.leading + 4
    marks = [
        pen.words((room + (at + 0.5) * wide, pen.size * 0.92 + n * pen.leading), line, "c-quiet", "middle")
        for at, lines in enumerate(heads)
        for n, line in enumerate(lines)
    ]
    for row in chart.rows:
        lines = wrap(row.label, room - 8, pen.size)
        high = max(_HIGH, len(lines) * pen.leading + 4)
        first = top + (high - len(lines) * pen.leading) / 2 + pen.size * 0.92
        marks += [pen.words((0.0, first + n * pen.leading), line) for n, line in enumerate(lines)]
        for at, cell in enumerate(row.cells):
            marks += _tile(cell, pen, (room + at * wide, top, wide - _HAIR, high - _HAIR))
        top += high
    return pen.sheet(top + 2, chart.description or f"{chart.title}. {chart.subtitle}", marks)


def _tile(cell: HeatCell, pen: Pen, box: tuple[float, float, float, float]) -> list[str]:
    left, top, wide, high = box
    depth = depth_of(cell.value)
    shown = wrap(cell.shown, wide - 4, pen.size, 600)[0]
    middle = (left + wide / 2, top + high / 2 + pen.size * 0.36)
    if depth == 0:
        return [pen.words(middle, shown, "c-quiet", "middle")]
    return [pen.tile(box, depth), pen.words_on_tile(middle, shown, depth)]


def depth_of(value: float | None) -> int:
    """How dark the tile of a share is: in as many equal steps as there are, none without a value."""
    steps = len(DEPTHS) - 1
    return 0 if value is None else min(int(max(value, 0.0) * steps) + 1, steps)
