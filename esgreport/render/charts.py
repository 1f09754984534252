"""Charts as SVG: bars from zero, every value written beside its bar, text that never overlaps; it computes no value.

Print colours are attributes, because a PDF's style sheet does not reach into SVG; screens repaint them by class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.document import Chart, Series
from esgreport.render.lettering import fits, width, wrap
from esgreport.render.pen import Fill, Pen

WIDE = 480.0
"""For A4 and desktop screens."""
NARROW = 340.0
"""For phones."""

_BAR, _GAP, _GROUP = 14.0, 3.0, 13.0
_WHOLE = 24.0
_PLOT = 120.0
_COLUMN = 46.0
_ABSENT = "–"


def draw(chart: Chart, theme: str, sheet: float = WIDE) -> str:
    """The chart as SVG markup, `sheet` units wide, in the colours of a theme.

    A chart too tight for upright columns is drawn as bars. Its description is the drawing's title.
    """
    pen = Pen(theme, sheet, 11.0 if sheet >= WIDE else 12.0)
    if chart.kind == "columns" and _columns_fit(chart, pen):
        marks, bottom = _columns(chart, pen)
    elif chart.kind in ("bars", "columns"):
        marks, bottom = _bars(chart, pen)
    else:
        marks, bottom = _whole(chart, pen)
    return pen.sheet(bottom, chart.description or f"{chart.title}. {chart.subtitle}", marks)


def stands_upright(chart: Chart, sheet: float) -> bool:
    """Whether a chart of columns has room for them on that width, so that it is not drawn as bars."""
    return chart.kind == "columns" and _columns_fit(chart, Pen("frame", sheet, 11.0 if sheet >= WIDE else 12.0))


# ── a key to the series ──────────────────────────────────────────────────────────────────────────────────────


def _key(entries: list[tuple[Fill, str]], pen: Pen, top: float) -> tuple[list[str], float]:
    """Painted squares with their words, as many on a line as fit, and where the next thing may begin."""
    marks: list[str] = []
    left = 0.0
    swatch, room = 10.0, 18.0
    for fill, text in entries:
        lines = wrap(text, pen.width - swatch - 6, pen.size)
        wide = swatch + 6 + max(width(line, pen.size) for line in lines)
        if left and left + wide > pen.width:
            left, top = 0.0, top + pen.leading + 3
        marks.append(pen.shape((left, top + pen.size * 0.12, swatch, swatch), fill))
        marks.extend(_lines(lines, pen, (left + swatch + 6, top), "c-label"))
        top += (len(lines) - 1) * pen.leading
        left += wide + room
    return marks, top + pen.leading + 8


def _key_of_series(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    if len(chart.series) < 2:
        return [], 0.0
    return _key([(pen.fill(series, n), series.label) for n, series in enumerate(chart.series)], pen, 0.0)


def _lines(lines: tuple[str, ...], pen: Pen, corner: tuple[float, float], name: str) -> Iterator[str]:
    """Lines of text below each other from a left upper corner."""
    for n, line in enumerate(lines):
        yield pen.words((corner[0], corner[1] + pen.size * 0.92 + n * pen.leading), line, name)


# ── bars ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a value lies on a line: `zero` is the place of nought, `unit` the length of one."""

    zero: float
    unit: float

    def span(self, value: float) -> tuple[float, float]:
        """Start and length of the bar of a value."""
        length = abs(value) * self.unit
        return (self.zero if value >= 0 else self.zero - length, length)


def _label_room(chart: Chart, pen: Pen) -> float:
    """The width of the column of category names; none on a narrow sheet, where they stand above their bars."""
    if pen.width < WIDE or not any(chart.categories):
        return 0.0
    return min(pen.width * 0.34, max(width(name, pen.size) for name in chart.categories)) + 1


def _scale(chart: Chart, pen: Pen, left: float) -> _Scale:
    """The longest bar and the value written behind it take up all the room there is, on both sides of nought."""
    values = [
        (float(value or 0), shown) for one in chart.series for value, shown in zip(one.values, one.shown, strict=True)
    ]
    over = max((value for value, _ in values), default=0.0)
    under = min((value for value, _ in values), default=0.0)
    after = 6 + max((width(shown, pen.size, 600) for value, shown in values if value >= 0), default=0.0)
    before = 6 + max((width(shown, pen.size, 600) for value, shown in values if value < 0), default=-6.0)
    span = max(over, 0.0) - min(under, 0.0)
    unit = max(pen.width - left - after - before, 0.0) / span if span else 0.0
    return _Scale(left + before - min(under, 0.0) * unit, unit)


def _pairs(series: Series) -> Iterator[tuple[float, str]]:
    for value, shown in zip(series.values, series.shown, strict=True):
        if value is not None:
            yield float(value), shown


def _bars(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    marks, top = _key_of_series(chart, pen)
    room = _label_room(chart, pen)
    scale = _scale(chart, pen, room + 10 if room else 0.0)
    for n, category in enumerate(chart.categories):
        marks_of_group, top = _group(chart, pen, (n, category, room, top), scale)
        marks.extend(marks_of_group)
    return marks, top - _GROUP + 4


def _group(chart: Chart, pen: Pen, place: tuple[int, str, float, float], scale: _Scale) -> tuple[list[str], float]:
    """The bars of one category: its name at the left or above, one bar a series, the value behind each."""
    n, category, room, top = place
    lines = wrap(category, room or pen.width, pen.size) if category else ()
    high = len(chart.series) * (_BAR + _GAP) - _GAP
    text_high = len(lines) * pen.leading
    marks: list[str] = []
    if room:
        marks.extend(_lines(lines, pen, (0.0, top + max((high - text_high) / 2, 0.0)), "c-label"))
        bars_top = top + max((text_high - high) / 2, 0.0)
        bottom = top + max(high, text_high)
    else:
        marks.extend(_lines(lines, pen, (0.0, top), "c-label"))
        bars_top = top + text_high + (2 if lines else 0)
        bottom = bars_top + high
    for position, series in enumerate(chart.series):
        y = bars_top + position * (_BAR + _GAP)
        marks.extend(_bar(series, n, (pen, pen.fill(series, position), y), scale))
    marks.append(pen.line((scale.zero, bars_top - 3), (scale.zero, bars_top + high + 3)))
    return marks, bottom + _GROUP


def _bar(series: Series, n: int, brush: tuple[Pen, Fill, float], scale: _Scale) -> Iterator[str]:
    pen, fill, top = brush
    value = series.values[n]
    baseline = top + _BAR / 2 + pen.size * 0.36
    if value is None:
        yield pen.words((scale.zero + 6, baseline), series.shown[n] or _ABSENT, "c-quiet")
        return
    start, length = scale.span(float(value))
    if length:
        yield pen.shape((start, top, length, _BAR), fill)
    if value < 0:
        yield pen.words((start - 6, baseline), series.shown[n], "c-value", "end")
    else:
        yield pen.words((start + length + 6, baseline), series.shown[n], "c-value")


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────


def _columns_fit(chart: Chart, pen: Pen) -> bool:
    """Whether every value has room above its column, and every word of a name below; no value lies under nought."""
    band = pen.width / max(len(chart.categories), 1)
    pitch = min(band - 8, _COLUMN * 1.6 * len(chart.series)) / max(len(chart.series), 1)
    return all(fits(name, band - 8, pen.size) for name in chart.categories) and all(
        value >= 0 and width(shown, pen.size, 600) <= max(pitch, band - 8 if len(chart.series) == 1 else 0) - 2
        for series in chart.series
        for value, shown in _pairs(series)
    )


def _columns(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    marks, top = _key_of_series(chart, pen)
    band = pen.width / max(len(chart.categories), 1)
    tallest = max((value for series in chart.series for value, _ in _pairs(series)), default=0.0)
    head = pen.leading
    floor = top + head + _PLOT
    unit = _PLOT / tallest if tallest else 0.0
    marks.append(pen.line((0.0, floor), (pen.width, floor)))
    deepest = 0
    for n, category in enumerate(chart.categories):
        lines = wrap(category, band - 8, pen.size)
        deepest = max(deepest, len(lines))
        middle = (n + 0.5) * band
        for m, line in enumerate(lines):
            baseline = floor + 6 + pen.size * 0.92 + m * pen.leading
            marks.append(pen.words((middle, baseline), line, "c-label", "middle"))
        marks.extend(_column_group(chart, pen, n, (middle, floor, unit)))
    return marks, floor + 8 + deepest * pen.leading


def _column_group(chart: Chart, pen: Pen, n: int, place: tuple[float, float, float]) -> Iterator[str]:
    middle, floor, unit = place
    count = len(chart.series)
    band = pen.width / len(chart.categories)
    pitch = min(band - 8, _COLUMN * 1.6 * count) / count
    wide = min(_COLUMN, pitch - 4)
    for position, series in enumerate(chart.series):
        centre = middle + (position - (count - 1) / 2) * pitch
        value = series.values[n]
        if value is None:
            yield pen.words((centre, floor - 5), series.shown[n] or _ABSENT, "c-quiet", "middle")
            continue
        high = float(value) * unit
        if high:
            yield pen.shape((centre - wide / 2, floor - high, wide, high), pen.fill(series, position))
        yield pen.words((centre, floor - high - 5), series.shown[n], "c-value", "middle")


# ── a whole and its parts ────────────────────────────────────────────────────────────────────────────────────


def _whole(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    """Bars whose parts lie end to end: all as long as the sheet (share), or as long as their total (stack)."""
    alone = len(chart.categories) == 1
    parts = [(pen.part(n), series) for n, series in enumerate(chart.series)]
    marks: list[str] = []
    top = 0.0
    if not alone:
        marks, top = _key([(fill, series.label) for fill, series in parts], pen, 0.0)
    room = 0.0 if alone else _label_room(chart, pen)
    longest = max((_total(chart, n) for n, _ in enumerate(chart.categories)), default=0.0)
    for n, category in enumerate(chart.categories):
        lines = wrap(category, room or pen.width, pen.size) if category and not alone else ()
        text_high = len(lines) * pen.leading
        beside = max((_WHOLE - text_high) / 2, 0.0) if room else 0.0
        marks.extend(_lines(lines, pen, (0.0, top + beside), "c-label"))
        bar_top = top + (max((text_high - _WHOLE) / 2, 0.0) if room else text_high + (2 if lines else 0))
        whole = _total(chart, n) if chart.kind == "share" else longest
        marks.extend(_pieces(chart, pen, n, (room + 10 if room else 0.0, bar_top, whole)))
        top = max(bar_top + _WHOLE, top + text_high) + _GROUP
    if alone:
        more, top = _key([(fill, f"{series.label}  {series.shown[0]}") for fill, series in parts], pen, top - 2)
        return marks + more, top - 4
    return marks, top - _GROUP + 2


def _total(chart: Chart, n: int) -> float:
    return sum(max(float(series.values[n] or 0), 0.0) for series in chart.series)


def _pieces(chart: Chart, pen: Pen, n: int, place: tuple[float, float, float]) -> Iterator[str]:
    """The parts of one bar, a hair of paper between them; a value stands inside where it fits, the last one behind."""
    left, top, whole = place
    high = _WHOLE
    if not whole:
        yield pen.words((left, top + high / 2 + pen.size * 0.36), _ABSENT, "c-quiet")
        return
    tail = max(width(series.shown[n], pen.size, 600) for series in chart.series) + 6 if len(chart.categories) > 1 else 0
    unit = (pen.width - left - tail) / whole
    shown_last = ""
    for position, series in enumerate(chart.series):
        value = max(float(series.values[n] or 0), 0.0)
        if not value:
            continue
        length, fill, text = value * unit, pen.part(position), series.shown[n]
        yield pen.shape((left, top, length - 1.5 if length > 3 else length / 2, high), fill)
        baseline = top + high / 2 + pen.size * 0.36
        inside = width(text, pen.size, 600) + 10 <= length
        if inside:
            yield pen.words_on((left + length / 2, baseline), text, fill)
        shown_last = "" if inside else text
        left += length
    if shown_last and tail:
        yield pen.words((left + 4, top + high / 2 + pen.size * 0.36), shown_last, "c-value")
