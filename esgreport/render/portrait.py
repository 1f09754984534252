"""The picture on the cover, made of the report itself: one column a disclosure, as tall as it has figures."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import sqrt

from esgreport.document import Answers, Block, Document, Figure, KeyFigures, Narrative, Section, Table
from esgreport.render.lettering import lettering
from esgreport.render.palette import on_cover
from esgreport.render.pen import number
from esgreport.render.tokens import tokens

WIDTH, HEIGHT = 640.0, 260.0
_GAP = 2.0
_FOOT = 22.0
_HEAD = 20.0


def draw_portrait(document: Document, title: str) -> str:
    """The cover's drawing as SVG markup; `title` is its text alternative.

    Heights grow with the square root of the number of figures, so that a long table does not flatten the rest.
    """
    sections = [(part.theme, section) for part in document.parts for section in part.sections if section.number]
    counts = [len(anchors(section)) for _, section in sections]
    unit = (HEIGHT - _FOOT - _HEAD) / sqrt(max(counts, default=0) or 1)
    pitch = WIDTH / max(len(sections), 1)
    colours = tokens()
    marks = []
    for n, ((theme, section), count) in enumerate(zip(sections, counts, strict=True)):
        high = _FOOT + sqrt(count) * unit
        left, wide = n * pitch + _GAP / 2, pitch - _GAP
        place = f'x="{number(left)}" y="{number(HEIGHT - high)}" width="{number(wide)}" height="{number(high)}"'
        marks.append(f'<rect {place} fill="{on_cover(colours, theme)}"/>')
        middle = number(left + wide / 2)
        marks.append(_word(middle, HEIGHT - 8, section.number, colours.light["cover"]))
        if count:
            marks.append(_word(middle, HEIGHT - high - 6, str(count), colours.light["cover-ink"]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="portrait" role="img" viewBox="0 0 {number(WIDTH)} '
        f'{number(HEIGHT)}" width="{number(WIDTH)}" height="{number(HEIGHT)}" '
        f'font-family="{escape(lettering().family)}" font-size="9">'
        f"<title>{escape(title)}</title>{''.join(marks)}</svg>"
    )


def _word(middle: str, baseline: float, text: str, colour: str) -> str:
    return f'<text x="{middle}" y="{number(baseline)}" text-anchor="middle" fill="{colour}">{escape(text)}</text>'


def anchors(section: Section) -> frozenset[str]:
    """The anchors of all facts a section shows, without those in columns of earlier years."""
    return frozenset(anchor for block in section.blocks for anchor in _of_block(block))


def _of_block(block: Block) -> Iterator[str]:
    if isinstance(block, Narrative):
        yield from block.facts
    for figure in _figures(block):
        yield from figure.facts


def _figures(block: Block) -> Iterator[Figure]:
    match block:
        case KeyFigures():
            yield from (key.figure for key in block.figures)
        case Table():
            earlier = [column.prior for column in block.columns]
            yield from (cell for row in block.rows for cell, prior in zip(row.cells, earlier, strict=True) if not prior)
        case Answers():
            yield from (figure for answer in block.answers for figure in answer.figures)
