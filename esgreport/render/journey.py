"""The customer's journey drawn as SVG: phases across, perspectives down, touchpoints with figures; it computes none.

As in `charts`, print colours are attributes and screens repaint by class; every mark that carries meaning has words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import JourneyMap, JourneyTouchpoint
from esgreport.render.charts import WIDE
from esgreport.render.lettering import wrap
from esgreport.render.pen import Pen

_GAP, _PAD = 8.0, 5.0
_LEAST, _MOST = 0.75, 2.5
"""How wide a phase's column may be, measured by the usual one."""
_MOODS = ("−−", "−", "0", "+", "++")
"""From very negative to very positive: signs, since colour alone must not tell."""


_SHOWN_GAPS = ("gap_absent", "gap_partial", "gap_inconsistent")


@dataclass(frozen=True, slots=True)
class _Column:
    """A phase on the sheet: its code, where it begins, how wide it is."""

    phase: str
    left: float
    width: float


def draw_journey(journey: JourneyMap, theme: str = "customers", sheet: float = 2 * WIDE, language: str = "en") -> str:
    """The map as SVG markup, `sheet` units wide, in the colours of a theme; its text alternative is its description.

    On a narrow sheet the phases stand below each other.
    """
    pen = Pen(theme, sheet, 10.0)
    side_by_side = sheet >= 1.5 * WIDE
    count = max(len(journey.phases), 1)
    marks: list[str] = []
    bottom = 0.0
    if side_by_side:
        columns = _columns(journey, sheet - _GAP * (count - 1), language)
        tops = [0.0] * count
        for row in _rows(journey, language):
            drawn = [row.drawn(pen, column, top) for column, top in zip(columns, tops, strict=True)]
            marks += [mark for found, _ in drawn for mark in found]
            tops = [max((low for _, low in drawn), default=0.0)] * count
        bottom = max(tops)
    else:
        for each in journey.phases:
            for row in _rows(journey, language):
                found, bottom = row.drawn(pen, _Column(each.code, 0.0, sheet), bottom)
                marks += found
            bottom += _GAP
    return pen.sheet(bottom + 2, f"{journey.title}. {journey.description}", marks)


def _columns(journey: JourneyMap, room: float, language: str) -> list[_Column]:
    """A column a phase; one with much to say is wider, so that the map is no longer than it must be."""
    rows = [row for row in _rows(journey, language) if not row.heads]
    said = [sum(len(text) for row in rows for text, _ in row.lines(each.code)) for each in journey.phases]
    usual = max(sum(said) / max(len(said), 1), 1.0)
    shares = [min(max(one / usual, _LEAST), _MOST) for one in said]
    columns: list[_Column] = []
    left = 0.0
    for each, share in zip(journey.phases, shares, strict=True):
        wide = room * share / sum(shares)
        columns.append(_Column(each.code, left, wide))
        left += wide + _GAP
    return columns


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the map: the phases' names, a perspective, or (both empty) the touchpoints."""

    journey: JourneyMap
    language: str
    perspective: str = ""
    heads: bool = False

    def drawn(self, pen: Pen, column: _Column, top: float) -> tuple[list[str], float]:
        """The marks of this row in a column from a height on, and where they end."""
        if self.heads:
            name = next(each.label for each in self.journey.phases if each.code == column.phase)
            high = pen.leading + 2 * _PAD
            fill = pen.part(0)
            label = wrap(name, column.width - 2 * _PAD, pen.size, 600)[0]
            middle = (column.left + column.width / 2, top + _PAD + pen.size * 0.95)
            shape = pen.shape((column.left, top, column.width, high), fill)
            return [shape, pen.words_on(middle, label, fill)], top + high + _GAP
        return _text(pen, column, top, self.lines(column.phase))

    def lines(self, phase: str) -> list[tuple[str, str]]:
        """The lines of this row for a phase, each with the name of its look."""
        return [*(self._entries(phase) if self.perspective else self._touchpoints(phase))]

    def _entries(self, phase: str) -> Iterator[tuple[str, str]]:
        """The perspective's name, then what was found from it, with the mood in signs and words for what stands out."""
        yield next(each.label for each in self.journey.perspectives if each.code == self.perspective), "c-value"
        for entry in self.journey.entries(phase, self.perspective):
            mood = _MOODS[entry.emotion + 2] if entry.emotion is not None else ""
            told = "; ".join(text for _, text in entry.lines[:2])
            marks = ", ".join(mark.label for mark in entry.marks)
            line = " · ".join(part for part in (mood, told, marks) if part)
            if line:
                yield line, "c-label"
            yield entry.evidence.label, "c-quiet"

    def _touchpoints(self, phase: str) -> Iterator[tuple[str, str]]:
        """Each touchpoint, marked where it is a moment of truth, with its figures and the ranks it may have."""
        for each in self.journey.touchpoints:
            if each.phase and each.phase.code == phase:
                yield f"● {each.name}" if each.moment_of_truth else each.name, "c-value"
                yield from ((text, "c-label") for text in _figures(each, self.language))
                mine = (gap.kind for gap in self.journey.gaps if gap.subject == each.id)
                yield from ((kind.label, "c-quiet") for kind in mine if kind.code in _SHOWN_GAPS)


def _rows(journey: JourneyMap, language: str) -> Iterator[_Row]:
    yield _Row(journey, language, heads=True)
    yield _Row(journey, language)
    yield from (_Row(journey, language, each.code) for each in journey.perspectives)


def _figures(each: JourneyTouchpoint, language: str) -> Iterator[str]:
    if each.opportunity:
        low, high = each.opportunity.ranks
        band = f" {each.opportunity.band.label}" if each.opportunity.band else ""
        yield f"#{low}{band}" if low == high else f"#{low}–{high}{band}"
    yield from (_figure(figure, language) for figure in each.figures if figure.value is not None)


def _figure(figure: CustomerMetric, language: str) -> str:
    from babel.numbers import format_decimal

    values = (figure.value, *(figure.interval or ()))
    shown = [str(format_decimal(value, format="#,##0", locale=language)).replace("-", "−") for value in values]
    interval = f" ({shown[1]} – {shown[2]})" if figure.interval else ""
    return f"{figure.label}: {shown[0]}{interval}, n = {figure.n}"


def _text(pen: Pen, column: _Column, top: float, lines: list[tuple[str, str]]) -> tuple[list[str], float]:
    """Lines below each other with a rule above; and where they end."""
    marks = [pen.line((column.left, top), (column.left + column.width, top))]
    baseline = top + _PAD + pen.size
    for text, name in lines:
        for line in wrap(text, column.width - 2, pen.size, 600 if name == "c-value" else 400):
            marks.append(pen.words((column.left, baseline), line, name))
            baseline += pen.leading
    return marks, baseline - pen.size + _GAP
