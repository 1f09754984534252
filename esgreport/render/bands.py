"""How the blocks of a section share the width of a page: which stand beside each other; it changes none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import ceil

from esgreport.document import Answers, Block, Chart, Figure, Narrative, Prose, SiteMap, Table
from esgreport.render.charts import NARROW, draw, stands_upright
from esgreport.render.lettering import width

_PAGE, _HALF = 170.0, 81.0
"""Millimetres: the width of a page's text, and of half of it."""
_TALLEST, _TALLEST_TEXT = 80.0, 120.0
"""Millimetres that two stacks beside each other may be high; texts, which may break across pages, a little more."""
_BREAKABLE = 60.0
"""Millimetres from which on two texts beside each other may break across pages."""
_MOST_ROWS = 12
"""Rows of a table, at most, that stands beside something."""
_LONGEST = 1100
"""Characters of a text, at most, that stands beside something."""
_GAP = 6.5
_MM = 0.3528
"""Millimetres of a point."""
_UNEVEN = 0.25
"""How much a millimetre of stacks being uneven weighs against one of the page."""
_MOST_COLUMNS = 4
_BRIEF = 12
"""Characters, at most, of an answer that needs little room."""


@dataclass(frozen=True, slots=True)
class Band:
    """What stands across the page: blocks below each other, or, where `right` is not empty, two stacks of them."""

    left: tuple[Block, ...]
    right: tuple[Block, ...] = ()
    tall: bool = False
    """Whether it is mostly text, so long that it may break across pages."""


def bands(blocks: Sequence[Block]) -> tuple[Band, ...]:
    """The blocks of a section in their order, as bands: what is small stands beside what follows it."""
    return tuple(_banded(tuple(blocks)))


def _banded(blocks: tuple[Block, ...]) -> Iterator[Band]:
    for small, run in groupby(blocks, _is_small):
        together = tuple(run)
        if small:
            yield from _shared(together, last=together[-1] is blocks[-1])
        else:
            yield from (Band((block,)) for block in together)


def _shared(run: tuple[Block, ...], *, last: bool) -> Iterator[Band]:
    """The cheapest way to set a run of small blocks: alone, or beside the next ones.

    A paragraph speaks of what follows it, so it does not end a band, unless it is the `last` of the section.
    """
    half = [_height(block, _HALF) for block in run]
    full = [_height(block, _PAGE) for block in run]
    best: list[tuple[float, tuple[Band, ...]]] = [(0.0, ())]
    for end in range(1, len(run) + 1):
        ways = [(best[end - 1][0] + full[end - 1] + _GAP, (*best[end - 1][1], Band((run[end - 1],))))]
        ends = not isinstance(run[end - 1], Prose) or (last and end == len(run))
        for start in range(end - 1 if ends else 0):
            for middle in range(start + 1, end):
                left, right = sum(half[start:middle]), sum(half[middle:end])
                text = _is_text(run[start:end])
                if max(left, right) <= (_TALLEST_TEXT if text else _TALLEST):
                    cost = best[start][0] + max(left, right) + _GAP + _UNEVEN * abs(left - right)
                    made = Band(
                        run[start:middle], run[middle:end], tall=_is_text(run[start:end]) and max(left, right) > 60
                    )
                    ways.append((cost, (*best[start][1], made)))
        best.append(min(ways, key=lambda way: way[0]))
    yield from best[-1][1]


def _is_text(blocks: Sequence[Block]) -> bool:
    return all(isinstance(block, (Narrative, Prose)) for block in blocks)


def is_brief(answers: Answers) -> bool:
    """Whether answers are a word or two each, so that what was asked can have most of the room."""
    return all(len(figure.text) <= _BRIEF for answer in answers.answers for figure in answer.figures)


# ── how large a block is ──


def _is_small(block: Block) -> bool:
    """Whether a block may stand in half of the page."""
    match block:
        case Narrative():
            return len(block.text) <= _LONGEST
        case Answers():
            return len(block.answers) <= _MOST_ROWS
        case Table():
            return len(block.rows) <= _MOST_ROWS and _least_width(block) <= _HALF
        case Chart():
            return _is_small_chart(block)
        case _:
            return isinstance(block, (Prose, SiteMap))


def _is_small_chart(chart: Chart) -> bool:
    if chart.kind == "columns":
        return stands_upright(chart, NARROW)
    return chart.kind == "share" or len(chart.categories) * len(chart.series) <= _MOST_ROWS


def _height(block: Block, room: float) -> float:
    """About how high a block is on that width, in millimetres, with the space below it."""
    match block:
        case Prose():
            return _lines(block.text, min(room, 140.0), 10.4) * 5.5 + _GAP
        case Narrative():
            text = sum(_lines(each, _HALF, 9.2) for each in block.text.split("\n")) * 4.87
            return text / (room / _HALF) + 14 + _GAP
        case Answers():
            left = 0.75 * room if is_brief(block) else 54.0 if room > _HALF else 38.0
            return sum(_answer_height(answer.label, answer.figures, (left, room)) for answer in block.answers) + _GAP
        case Table():
            return _table_height(block, room)
        case Chart():
            return _chart_height(block) * (room if room == _HALF else 126.0) / 126.0 + 12 + _GAP
        case _:
            return room * 0.6


def _lines(text: str, room: float, size: float) -> int:
    return max(ceil(width(text, size) * _MM / room * 1.04), 1)


def _answer_height(label: str, figures: Sequence[Figure], rooms: tuple[float, float]) -> float:
    left, room = rooms
    said = sum(_lines(figure.text, room - left - 4, 9.2) for figure in figures)
    return max(_lines(label, left, 9.2), said) * 4.87 + 2.8


def _table_height(table: Table, room: float) -> float:
    first = room - sum(_widths(table)[1:])
    rows = sum(max(_lines(row.cells[0].text, max(first, 20.0), 8.3), 1) * 3.95 + 2.6 for row in table.rows)
    notes = _lines(table.note, room, 7.6) * 4.0 if table.note else 0.0
    return 7 + 9 + rows + notes + _GAP


def _least_width(table: Table) -> float:
    """The width a table needs: its first column broken over lines, the numbers whole, texts a word at a time."""
    if len(table.columns) > _MOST_COLUMNS or any(column.group for column in table.columns):
        return _PAGE
    return sum(_widths(table))


def _widths(table: Table) -> list[float]:
    """What each column needs."""
    needed = [28.0]
    for at, column in enumerate(table.columns[1:], start=1):
        texts = [f"{row.cells[at].text} {row.cells[at].unit}" for row in table.rows]
        said = max((width(text, 8.3, 600) * _MM for text in texts), default=0.0)
        head = max((width(word, 7.6, 600) * _MM for word in f"{column.header} {column.unit}".split()), default=0.0)
        needed.append(max(said if column.numeric else min(said, 46.0), head) + 3)
    return needed


@cache
def _chart_height(chart: Chart) -> float:
    """The height of a drawing for half of the page, in millimetres at the width of one for all of it."""
    drawn = draw(chart, "frame", NARROW)
    _, _, wide, high = drawn.partition('viewBox="')[2].partition('"')[0].split()
    return float(high) / float(wide) * 126.0
