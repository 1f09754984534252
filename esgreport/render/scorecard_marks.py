"""The marks of the scorecard as SVG: bullet graphs, sparklines, signs of state; every bar begins at zero.

Bullet graphs follow Stephen Few's specification (2013): bands as shades of grey, a bar for the figure, a line for the
target. Colours are attributes for paper and classes for screens; shape says the same as colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from esgreport.render.pen import number
from esgreport.render.tokens import tokens
from esgreport.scorecard import Bands, Light, Point, ScoreRow, SubScore

_WIDE, _HIGH = 190.0, 22.0
_BAR = (7.0, 8.0)
"""Top and height of the bar for the figure."""
_TREND = (72.0, 20.0)
_MOST_PERIODS = 8
_LEAST_PERIODS = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """The values at the left and right end of a drawing."""

    low: float
    high: float

    def at(self, value: float, wide: float = _WIDE) -> float:
        """Where a value lies."""
        return (value - self.low) / (self.high - self.low) * wide


def scales(rows: Iterable[ScoreRow]) -> dict[str, Scale]:
    """One scale for all rows that share one, from zero to beyond the farthest value; by the name `scale_of` gives."""
    values: dict[str, list[float]] = {}
    for row in rows:
        values.setdefault(scale_of(row), [0.0]).extend(_values(row))
    shares = {scale_of(row) for row in rows if row.unit == "%"}
    return {name: _scale(found, most=1.0 if name in shares else None) for name, found in values.items()}


def scale_of(row: ScoreRow) -> str:
    """The name of a row's scale: that it states, else one of its own."""
    return row.scale or f"row {row.id}"


def _scale(values: list[float], most: float | None) -> Scale:
    low, high = min(values), max(values)
    spare = (high - low) * 0.04 or 1.0
    whole = most is not None and high <= most
    beyond = high + spare if high > 0 or low == 0 else high
    return Scale(low - spare if low < 0 else low, min(beyond, most) if whole and most is not None else beyond)


def _values(row: ScoreRow) -> Iterator[float]:
    for point in (row.actual, row.prior):
        if point is not None:
            yield point.value
            yield from point.interval or ()
    yield from (point.value for point in _expected(row))
    if row.target is not None:
        yield row.target.value
    if row.bands is not None:
        yield from (row.bands.watch, row.bands.good)


def _expected(row: ScoreRow) -> tuple[Point, ...]:
    """The next figure the undertaking expects, where it states one."""
    return tuple(point for point in row.series if point.forecast)[:1]


# ── bullet graphs ────────────────────────────────────────────────────────────────────────────────────────────


def bullet(row: ScoreRow, scale: Scale, words: str) -> str:
    """The bullet graph of a row on a scale; `words` say the same.

    A bar with nothing beside it is as long as its scale makes it and says nothing: then there is no graph.
    """
    interval = row.actual.interval if row.actual else None
    if not (row.target or row.bands or row.prior or interval or _expected(row)):
        return ""
    marks = [*_bands(row.bands, row.better, scale)]
    if row.actual is not None:
        marks += _bar(row.actual, scale)
    for point in _expected(row):
        zero, end = scale.at(0.0), scale.at(point.value)
        marks += _hatched((min(zero, end), 1.6, max(abs(end - zero), 1.2), 4.4))
    zero = scale.at(0.0)
    marks.append(_rect("k-zero", (max(zero - 0.5, 0.0), 1.0, 1.0, _HIGH - 2), _colour("ink")))
    if row.prior is not None:
        marks.append(_prior(scale.at(row.prior.value)))
    if row.target is not None:
        marks += _target(scale.at(row.target.value))
    if row.actual is not None and row.actual.interval is not None:
        marks += _whisker(row.actual.interval, scale)
    return _sheet((_WIDE, _HIGH), "bullet", words, marks)


def score_bullet(score: SubScore, words: str) -> str:
    """A sub-score from 0 to 100 as a bullet graph without target."""
    scale = Scale(0.0, 100.0)
    marks = list(_bands(score.bands, "higher", scale))
    marks.append(_rect("k-zero", (0.0, 1.0, 1.0, _HIGH - 2), _colour("ink")))
    if score.value is not None:
        marks.append(_rect("k-actual", (0.0, *_along(0.0, scale.at(score.value))), _colour("ink")))
        if score.interval is not None:
            marks += _whisker(score.interval, scale)
    return _sheet((_WIDE, _HIGH), "bullet", words, marks)


def _along(start: float, end: float) -> tuple[float, float, float]:
    """Top, width and height of a bar between two places."""
    return _BAR[0], abs(end - start), _BAR[1]


def _bands(bands: Bands | None, better: str, scale: Scale) -> Iterator[str]:
    """Shades behind the bar, the darkest for bad; a hairline under it where there are none."""
    if bands is None or not better:
        yield _rect("k-track", (0.0, _HIGH - 3, _WIDE, 0.8), _colour("rule-2"))
        return
    inner = sorted(min(max(scale.at(each), 0.0), _WIDE) for each in (bands.watch, bands.good))
    edges = (0.0, *inner, _WIDE)
    names = ("bad", "watch", "good") if better == "higher" else ("good", "watch", "bad")
    for name, left, right in zip(names, edges, edges[1:], strict=False):
        if right > left:
            yield _rect(f"k-band-{name}", (left, 1.0, right - left, _HIGH - 2), _colour(f"band-{name}"))


def _bar(point: Point, scale: Scale) -> list[str]:
    zero, end = scale.at(0.0), scale.at(point.value)
    left, wide = min(zero, end), max(abs(end - zero), 1.2)
    box = (left, _BAR[0], wide, _BAR[1])
    return _hatched(box) if point.forecast else [_rect("k-actual", box, _colour("ink"))]


def _prior(x: float) -> str:
    """A light diamond on the lower edge."""
    x = min(max(x, 4.2), _WIDE - 4.2)
    low = _HIGH - 0.5
    points = f"{number(x - 4)},{number(low - 5)} {number(x)},{number(low - 10)} {number(x + 4)},{number(low - 5)} "
    points += f"{number(x)},{number(low)}"
    colours = f'fill="{_colour("prior")}" stroke="{_colour("paper")}"'
    return f'<polygon class="k-prior" points="{points}" {colours} stroke-width="1"/>'


def _target(x: float) -> list[str]:
    """An upright outlined bar, so that it is seen on the dark bar and beside it."""
    left = min(max(x - 2.2, 0.0), _WIDE - 4.4)
    paint = f'fill="{_colour("paper")}" stroke="{_colour("ink")}" stroke-width="1.2"'
    place = f'x="{number(left + 0.6)}" y="2.6" width="3.2" height="{number(_HIGH - 5.2)}"'
    return [f'<rect class="k-target" {place} {paint}/>']


def _whisker(interval: tuple[float, float], scale: Scale) -> list[str]:
    """The interval as a line with ends, on a lighter one, so that it is seen on the bar and beside it."""
    low, high = (min(max(scale.at(each), 0.8), _WIDE - 0.8) for each in interval)
    middle, ends = _BAR[0] + _BAR[1] / 2, 3.2
    path = f"M{number(low)} {number(middle)}H{number(high)}"
    for x in (low, high):
        path += f"M{number(x)} {number(middle - ends)}V{number(middle + ends)}"
    under = f'<path class="k-halo" d="{path}" fill="none" stroke="{_colour("paper")}" stroke-width="3.4"/>'
    return [under, f'<path class="k-whisker" d="{path}" fill="none" stroke="{_colour("whisker")}" stroke-width="1.3"/>']


# ── sparklines ───────────────────────────────────────────────────────────────────────────────────────────────


def sparkline(series: Sequence[Point], words: str) -> str:
    """Columns from zero, one a period: those before lighter, the last solid, forecasts hatched; none under three."""
    shown = series[-_MOST_PERIODS:]
    if len(shown) < _LEAST_PERIODS:
        return ""
    wide, high = _TREND
    low, top = min(0.0, *(each.value for each in shown)), max(0.0, *(each.value for each in shown))
    unit = (high - 3) / ((top - low) or 1.0)
    floor = high - 1.5 + low * unit
    pitch = min(wide / len(shown), 15.0)
    last = max((n for n, each in enumerate(shown) if not each.forecast), default=-1)
    marks = []
    for n, each in enumerate(shown):
        tall = max(abs(each.value) * unit, 0.6)
        box = (n * pitch + 1, floor - tall if each.value >= 0 else floor, pitch - 2.5, tall)
        name, colour = ("k-actual", "ink") if n == last else ("k-prior", "prior")
        marks += _hatched(box) if each.forecast else [_rect(name, box, _colour(colour))]
    marks.append(_rect("k-zero", (0.0, floor - 0.4, len(shown) * pitch, 0.8), _colour("ink")))
    return _sheet(_TREND, "trend", words, marks)


# ── signs ────────────────────────────────────────────────────────────────────────────────────────────────────

_SIGNS = {
    Light.GOOD: ("good", '<circle cx="8" cy="8" r="7.2"{0}/>', "M4.4 8.2l2.5 2.6 4.7-5.2"),
    Light.WATCH: ("watch", '<path d="M8 .9L15.6 14.6H.4z"{0}/>', "M8 5.4v4.4M8 11.4v1.5"),
    Light.BAD: ("bad", '<rect x=".9" y=".9" width="14.2" height="14.2"{0}/>', "M4.6 4.6l6.8 6.8M11.4 4.6l-6.8 6.8"),
}


def sign(light: Light, words: str) -> str:
    """The sign of a state: a disc with a tick, a triangle, a square with a cross; outlines where none is allowed."""
    if light in _SIGNS:
        name, shape, stroke = _SIGNS[light]
        fill = f' class="k-{name}" fill="{_colour(_STATES[light])}"'
        drawn = f'<path class="k-on" d="{stroke}" fill="none" stroke="{_colour("paper")}" stroke-width="1.9"/>'
        return _sheet((16, 16), "sign", words, [shape.format(fill), drawn])
    stroke = f'class="k-open" fill="none" stroke="{_colour("ink-2")}"'
    if light is Light.UNSURE:
        middle = '<path d="M5.7 6.2a2.4 2.4 0 1 1 3.5 2.1c-.8.5-1.2.9-1.2 1.7M8 11.2v1.5"'
        marks = [f'<circle cx="8" cy="8" r="6.9" {stroke} stroke-width="1.4" stroke-dasharray="2.2 1.4"/>']
        return _sheet((16, 16), "sign", words, [*marks, f'{middle} {stroke} stroke-width="1.5"/>'])
    return _sheet((16, 16), "sign", words, [f'<path d="M3 8H13" {stroke} stroke-width="1.6"/>'])


_STATES = {Light.GOOD: "reached", Light.WATCH: "warning", Light.BAD: "error"}


def arrow(row: ScoreRow, words: str) -> str:
    """Where the figure went since last year, only where there is evidence; up is up, colour and words say if good."""
    if row.change_good is None or row.actual is None or row.prior is None or row.actual.value == row.prior.value:
        return ""
    path = "M5 9V1M1.6 4.4L5 1l3.4 3.4" if row.actual.value > row.prior.value else "M5 1v8M1.6 5.6L5 9l3.4-3.4"
    name, colour = ("good", "reached") if row.change_good else ("bad", "error")
    line = f'<path class="k-way-{name}" d="{path}" fill="none" stroke="{_colour(colour)}" stroke-width="1.6"/>'
    return _sheet((10, 10), "way", words, [line])


def swatch(kind: str, words: str) -> str:
    """A sample of a mark for the key: actual, prior, target, forecast, whisker, or a band by its name."""
    box = (0.0, _BAR[0], 24.0, _BAR[1])
    drawn = {
        "actual": [_rect("k-actual", box, _colour("ink"))],
        "prior": [f'<g transform="translate(-6 -13.5) scale(1.5)">{_prior(12.0)}</g>'],
        "target": _target(12.0),
        "forecast": _hatched(box),
        "interval": _whisker((0.0, 24.0), Scale(0.0, _WIDE)),
    }
    marks = drawn.get(kind) or [_rect(f"k-{kind}", (0.0, 4.0, 24.0, 14.0), _colour(kind))]
    return _sheet((24.0, _HIGH), "swatch", words, marks)


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────


def _hatched(box: tuple[float, float, float, float]) -> list[str]:
    """An outlined rectangle with slanting lines inside."""
    left, top, wide, high = box
    lines = ""
    start = left - high
    while start < left + wide:
        x1, x2 = max(start, left), min(start + high, left + wide)
        if x2 > x1:
            lines += (
                f"M{number(x1)} {number(top + high - (x1 - start))}L{number(x2)} {number(top + high - (x2 - start))}"
            )
        start += 3.2
    place = f'x="{number(left + 0.4)}" y="{number(top + 0.4)}" width="{number(max(wide - 0.8, 0.4))}" '
    place += f'height="{number(max(high - 0.8, 0.4))}"'
    colours = f'fill="{_colour("paper")}" stroke="{_colour("ink")}"'
    outline = f'<rect class="k-target" {place} {colours} stroke-width=".8"/>'
    return [outline, f'<path class="k-hatch" d="{lines}" fill="none" stroke="{_colour("ink")}" stroke-width=".8"/>']


def _rect(name: str, box: tuple[float, float, float, float], colour: str) -> str:
    left, top, wide, high = map(number, box)
    return f'<rect class="{name}" x="{left}" y="{top}" width="{wide}" height="{high}" fill="{colour}"/>'


def _sheet(size: tuple[float, float], name: str, words: str, marks: Iterable[str]) -> str:
    """A drawing; its title is what stands in its place in the PDF and for those who do not see it."""
    wide, high = map(number, size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" role="img" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}"><title>{escape(words)}</title>{"".join(marks)}</svg>'
    )


def _colour(name: str) -> str:
    return tokens().light[name]
