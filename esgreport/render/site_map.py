"""A map of sites as SVG: the countries around them, a mark where they lie, names where there is room for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from esgreport import resources
from esgreport.definitions.outlines import Outlines, load_outlines
from esgreport.document import Site, SiteMap
from esgreport.render.lettering import width
from esgreport.render.map_ground import Frame, corners_in, land_paths, line_path
from esgreport.render.pen import Anchor, Fill, Pen, number
from esgreport.render.projection import KILOMETRES, Spot, projection_for, spots_to_show

WIDE = 480.0
"""For A4 and desktop screens; on what is narrower letters are larger."""
_LEAST = 760.0 / KILOMETRES
"""What a map shows across, at least, in radii of the earth: less, and no one knows where it is."""
_CORNERS = 80
"""Corners of coasts and borders on a map, at least; otherwise it shows more of the earth."""
_WIDER = 1.5
_MARGIN = 1.35
_LOW, _HIGH = 0.46, 0.62
"""Height of a map as part of its width; on a narrow sheet it may be as high as wide."""
_APART = 11.0
"""Units of the sheet between two marks; what is nearer shares one."""
_RADIUS = 4.5
_LONGEST_NAME = 26
_LENGTHS = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10)

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark for the sites that lie where it is."""

    spot: Spot
    sites: tuple[Site, ...]

    @property
    def name(self) -> str:
        """The site's name; of several the two there are, or one and how many other places."""
        names = list(Counter(site.label for site in self.sites))
        if len(names) <= 2:
            return ", ".join(map(_short, names))
        return f"{_short(names[0])} +{len(names) - 1}"

    @property
    def radius(self) -> float:
        """Wide enough for the number of its sites."""
        count = len(self.sites)
        return _RADIUS if count == 1 else max(7.5, width(str(count), 9.5, 600) / 2 + 3)

    @property
    def box(self) -> Box:
        """The room it takes."""
        (x, y), r = self.spot, self.radius + 1.5
        return x - r, y - r, x + r, y + r


def draw_sites(plan: SiteMap, theme: str, sheet: float = WIDE) -> str:
    """The map as SVG markup, `sheet` units wide, in the colours of a theme; it has at least one site."""
    pen = Pen(theme, sheet, 10.0 if sheet >= WIDE else 11.5)
    outlines = load_outlines(resources.folder("schemas") / "outlines.json")
    frame = _telling(_frame(plan.sites, sheet), outlines)
    high = frame.size[1]
    found = _marks(plan.sites, frame)
    marks = [*_ground(plan, outlines, frame, pen), *_scale_bar(frame, pen)]
    marks.extend(mark for each in found for mark in _mark(each, pen))
    marks.extend(_names(found, frame, pen))
    marks.append(pen.trail(f"M.4.4H{number(sheet - 0.4)}V{number(high - 0.4)}H.4z", "c-edge", "rule"))
    return pen.sheet(high, plan.description or plan.title, marks)


def _frame(sites: Sequence[Site], sheet: float) -> Frame:
    """The part of the earth to show: all sites with some land around, in a shape that suits the page."""
    places = [(site.longitude, site.latitude) for site in sites]
    projection = projection_for(places)
    spots = spots_to_show(projection, places)
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    wide, high = (right - left, bottom - top) if projection.world else _roomy(right - left, bottom - top)
    shape = min(max(high / wide, _LOW), _HIGH if sheet >= WIDE else 1.0)
    wide = max(wide, high / shape)
    high = wide * shape
    return Frame(projection, (left + right - wide) / 2, (top + bottom - high) / 2, wide, high, sheet / wide)


def _roomy(wide: float, high: float) -> tuple[float, float]:
    return max(wide * _MARGIN, _LEAST), max(high * _MARGIN, _LEAST * _LOW)


def _telling(frame: Frame, outlines: Outlines) -> Frame:
    """The frame, or a wider one where coasts and borders are too few to tell where it is."""
    while not frame.projection.world and frame.wide < 1 and corners_in(outlines, frame) < _CORNERS:
        more = (_WIDER - 1) / 2
        left, top = frame.left - frame.wide * more, frame.top - frame.high * more
        wide, high = frame.wide * _WIDER, frame.high * _WIDER
        frame = Frame(frame.projection, left, top, wide, high, frame.scale / _WIDER)
    return frame


def _ground(plan: SiteMap, outlines: Outlines, frame: Frame, pen: Pen) -> Iterator[str]:
    """Sea, lands, the countries that have sites, borders."""
    wide, high = frame.size
    yield pen.area(f"M0 0H{number(wide)}V{number(high)}H0z", "c-sea", "panel")
    elsewhere, at_home = land_paths(outlines, frame, frozenset(site.country for site in plan.sites if site.country))
    yield from (pen.area(path, "c-land", "rule") for path in (elsewhere,) if path)
    yield from (pen.area(path, "heat-2", "2") for path in (at_home,) if path)
    yield from (pen.trail(path, "c-border", "paper") for path in (line_path(outlines.borders, frame),) if path)
    disputed = line_path(outlines.disputed, frame)
    if disputed:
        yield pen.trail(disputed, "c-border", "paper", dashed=True)


def _scale_box(frame: Frame, pen: Pen) -> tuple[float, str]:
    """How long the bar is and what it says; of a map of the world nothing true can be said."""
    if frame.projection.world:
        return 0.0, ""
    unit = frame.scale / KILOMETRES
    length = next((each for each in _LENGTHS if each * unit <= pen.width / 5), _LENGTHS[-1])
    return length * unit, f"{length} km"


def _scale_bar(frame: Frame, pen: Pen) -> Iterator[str]:
    length, text = _scale_box(frame, pen)
    if text:
        bottom = frame.size[1] - 8
        yield pen.trail(f"M8 {number(bottom - 4)}V{number(bottom)}H{number(8 + length)}v-4", "c-scale", "ink-2")
        yield pen.words((8 + length + 5, bottom), text, "c-quiet")


def _marks(sites: Sequence[Site], frame: Frame) -> list[_Mark]:
    """A mark a place; those that would lie over each other are made one, until none do."""
    marks = [_Mark(frame.on_sheet((site.longitude, site.latitude)), (site,)) for site in sites]
    count = 0
    while count != len(marks):
        count = len(marks)
        marks = _merged(marks)
    return sorted(marks, key=lambda mark: -len(mark.sites))


def _merged(marks: Sequence[_Mark]) -> list[_Mark]:
    kept: list[_Mark] = []
    for mark in marks:
        near = next((n for n, other in enumerate(kept) if _touch(mark, other)), None)
        if near is None:
            kept.append(mark)
        else:
            kept[near] = _together(kept[near], mark)
    return kept


def _touch(one: _Mark, other: _Mark) -> bool:
    away = hypot(one.spot[0] - other.spot[0], one.spot[1] - other.spot[1])
    return away < max(_APART, one.radius + other.radius + 1)


def _together(one: _Mark, other: _Mark) -> _Mark:
    sites = (*one.sites, *other.sites)
    share = len(other.sites) / len(sites)
    (x1, y1), (x2, y2) = one.spot, other.spot
    return _Mark((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share), sites)


def _mark(mark: _Mark, pen: Pen) -> Iterator[str]:
    """A point with paper around it, and how many sites it stands for."""
    yield pen.halo(mark.spot, mark.radius + 1.5)
    yield pen.dot(mark.spot, mark.radius, hollow=False)
    if len(mark.sites) > 1:
        yield pen.words_on((mark.spot[0], mark.spot[1] + 3.4), str(len(mark.sites)), Fill("c-1", pen.colour("theme")))


def _names(marks: Sequence[_Mark], frame: Frame, pen: Pen) -> Iterator[str]:
    """The names that have room beside their marks, those of most sites first."""
    length, text = _scale_box(frame, pen)
    wide, high = frame.size
    taken = [mark.box for mark in marks]
    if text:
        taken.append((0.0, high - 24, 8 + length + 8 + width(text, pen.size), high))
    for mark in marks:
        for spot, anchor in _beside(mark, pen):
            box = _text_box(spot, anchor, mark.name, pen)
            inside = box[0] >= 3 and box[1] >= 3 and box[2] <= wide - 3 and box[3] <= high - 3
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield pen.words(spot, mark.name, "c-label", anchor)
                break


def _beside(mark: _Mark, pen: Pen) -> Iterator[tuple[Spot, Anchor]]:
    (x, y), r = mark.spot, mark.radius + 3
    level = y + pen.size * 0.36
    yield (x + r, level), "start"
    yield (x - r, level), "end"
    yield (x, y - r - 1), "middle"
    yield (x, y + r + pen.size * 0.8), "middle"
    for up in (-r * 0.7, r * 0.7 + pen.size * 0.7):
        yield (x + r * 0.8, y + up), "start"
        yield (x - r * 0.8, y + up), "end"


def _text_box(spot: Spot, anchor: Anchor, text: str, pen: Pen) -> Box:
    x, y = spot
    wide = width(text, pen.size)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left - 1, y - pen.size, left + wide + 1, y + pen.size * 0.3


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
