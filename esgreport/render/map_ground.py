"""The ground of a map: lands and borders inside a frame, as path data of a sheet; it sets no mark and no word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, degrees, hypot

from esgreport.definitions.outlines import Line, Outlines
from esgreport.render.projection import Place, Projection, Spot

_STEP = 0.8
"""Units of the sheet a line moves on before it gets another corner; a land that is smaller both ways is left out."""
_BEYOND = 3.0
"""Degrees around the frame in which a corner of a land is looked for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a projection's plane that a sheet shows: its left upper corner, its size, and units of the sheet."""

    projection: Projection
    left: float
    top: float
    wide: float
    high: float
    scale: float
    """Units of the sheet to a radius of the earth."""

    def on_sheet(self, place: Place) -> Spot:
        """Where a place lies on the sheet, in its units."""
        x, y = self.projection.spot(place)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in units of the sheet."""
        return self.wide * self.scale, self.high * self.scale

    @property
    def reach(self) -> float:
        """Degrees from the projection's centre to the frame's furthest corner."""
        if self.projection.world:
            return 180.0
        corners = ((self.left, self.top), (self.left + self.wide, self.top + self.high))
        furthest = hypot(max(abs(x) for x, _ in corners), max(abs(y) for _, y in corners))
        return 2 * degrees(asin(min(furthest / 2, 1.0)))


def corners_in(outlines: Outlines, frame: Frame) -> int:
    """How many corners of lands the frame shows: with few, no one can tell where it is."""
    wide, high = frame.size
    spots = (
        frame.on_sheet(place)
        for land in outlines.lands
        for ring in land.rings
        for place in ring
        if frame.projection.distance(place) <= frame.reach
    )
    return sum(0 < x < wide and 0 < y < high for x, y in spots)


def land_paths(outlines: Outlines, frame: Frame, home: frozenset[str]) -> tuple[str, str]:
    """Path data of the lands in the frame: those that are no one's home here, then those of the countries in `home`."""
    paths: dict[bool, list[str]] = {False: [], True: []}
    for land in outlines.lands:
        at_home = len(land.countries) == 1 and land.countries[0] in home
        paths[at_home].extend(_outline(ring, frame) for ring in land.rings if _near(ring, frame))
    return "".join(paths[False]), "".join(paths[True])


def line_path(lines: Iterable[Line], frame: Frame) -> str:
    """Path data of the parts of some lines that lie in the frame."""
    near = (line for line in lines if _near(line, frame))
    return "".join(_path(part) for line in near for part in _inside([frame.on_sheet(at) for at in line], frame.size))


def _near(line: Line, frame: Frame) -> bool:
    """Whether a line may have to do with the frame: it passes by, or runs around its centre."""
    reach = frame.reach + _BEYOND
    centre = frame.projection.centre
    return any(frame.projection.distance(place) <= reach for place in line) or _around(line, centre)


def _around(line: Line, place: Place) -> bool:
    x, y = place
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(line):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossed = not crossed
    return crossed


def _outline(ring: Line, frame: Frame) -> str:
    """A closed line cut along the frame's four sides (Sutherland and Hodgman)."""
    spots = [frame.on_sheet(place) for place in ring]
    wide, high = frame.size
    for axis, sign, limit in ((0, 1, 0.0), (0, -1, -wide), (1, 1, 0.0), (1, -1, -high)):
        spots = list(_cut(spots, _Side(axis, sign, limit)))
    if len(spots) < 3 or all(max(along) - min(along) < _STEP for along in zip(*spots, strict=True)):
        return ""
    return _path(spots, "z")


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of the frame, and how far inside of it something lies."""

    axis: int
    sign: int
    limit: float

    def inside(self, spot: Spot) -> float:
        """Units of the sheet, below nought outside."""
        return self.sign * spot[self.axis] - self.limit


def _cut(spots: Sequence[Spot], side: _Side) -> Iterator[Spot]:
    """The part of a closed line on the inner side."""
    for one, other in pairwise([*spots, *spots[:1]]):
        before, after = side.inside(one), side.inside(other)
        if before >= 0:
            yield one
        if (before >= 0) != (after >= 0):
            yield _between(one, other, before / (before - after))


def _between(one: Spot, other: Spot, share: float) -> Spot:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _inside(spots: Sequence[Spot], size: tuple[float, float]) -> Iterator[list[Spot]]:
    """The runs of an open line inside the frame (Liang and Barsky)."""
    run: list[Spot] = []
    for one, other in pairwise(spots):
        part = _part(one, other, size)
        if part is None:
            continue
        start, end = part
        if not run or run[-1] != start:
            if len(run) > 1:
                yield run
            run = [start]
        run.append(end)
    if len(run) > 1:
        yield run


def _part(one: Spot, other: Spot, size: tuple[float, float]) -> tuple[Spot, Spot] | None:
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = other[axis] - one[axis]
        for sign, room in ((-1.0, one[axis]), (1.0, size[axis] - one[axis])):
            if step == 0:
                if room < 0:
                    return None
            elif sign * step < 0:
                first = max(first, room / (sign * step))
            else:
                last = min(last, room / (sign * step))
    if first > last:
        return None
    return (one if first == 0 else _between(one, other, first)), (other if last == 1 else _between(one, other, last))


def _path(spots: Sequence[Spot], end: str = "") -> str:
    """Path data in tenths of a unit, without corners that nobody would see."""
    corners = [(round(x * 10), round(y * 10)) for x, y in (*_thinned(spots), spots[-1])]
    steps = ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(corners))
    moves = "".join(f"{_joined(x)}{_joined(y)}" for x, y in steps if (x, y) != (0, 0))
    return f"M{_tenths(corners[0][0])}{_joined(corners[0][1])}l{moves.lstrip()}{end}" if moves else ""


def _thinned(spots: Sequence[Spot]) -> Iterator[Spot]:
    last = spots[0]
    yield last
    for spot in spots[1:-1]:
        if hypot(spot[0] - last[0], spot[1] - last[1]) >= _STEP:
            last = spot
            yield spot


def _tenths(value: int) -> str:
    text = f"{value / 10:.1f}".removesuffix(".0")
    return "0" if text in ("-0", "0") else text


def _joined(value: int) -> str:
    """A number behind another: a minus sign parts them by itself."""
    text = _tenths(value)
    return text if text.startswith("-") else f" {text}"
