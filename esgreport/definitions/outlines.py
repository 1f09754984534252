"""The outlines of countries as places of the earth, from `schemas/outlines.json`; it projects and draws nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from esgreport.errors import DefinitionError

Place = tuple[float, float]
"""Longitude and latitude in degrees, east and north positive; a line goes on beyond 180 where it crosses that."""
Line = tuple[Place, ...]

_LONGEST = 2.0
"""Degrees between two places of a line, at most: between them a projection may bend it."""


@dataclass(frozen=True, slots=True)
class Land:
    """A land by the codes of the countries whose sites may lie in it: several where states do not agree whose it is."""

    countries: tuple[str, ...]
    rings: tuple[Line, ...]
    """Closed lines; those around what is no land of theirs run the other way round."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """All lands, the lines between them that are agreed on, and those that are not."""

    lands: tuple[Land, ...]
    borders: tuple[Line, ...]
    disputed: tuple[Line, ...]


@cache
def load_outlines(path: Path) -> Outlines:
    """The outlines of a file as `bench/outlines.py` makes it. Errors: DefinitionError where it is not whole."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        lines = [tuple(_places(steps, told["steps"])) for steps in told["lines"]]
        lands = tuple(
            Land(tuple(land["countries"]), tuple(_ring(ring, lines) for ring in land["rings"]))
            for land in told["lands"]
        )
        borders, disputed = (tuple(lines[number] for number in told[name]) for name in ("borders", "disputed"))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise DefinitionError(f"schemas/{path.name}: no outlines of countries ({error!r}). Restore the file.") from None
    return Outlines(lands, borders, disputed)


def _places(steps: list[int], degree: int) -> Iterator[Place]:
    """The places of a line stored as its first place and the steps from there; long ways get places between."""
    corners: list[Place] = []
    x = y = 0
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        east = x / degree
        corners.append((_beside(corners[-1][0], east) if corners else east, y / degree))
    yield corners[0]
    for (x1, y1), (x2, y2) in pairwise(corners):
        parts = int(max(abs(x2 - x1), abs(y2 - y1)) / _LONGEST) + 1
        for n in range(1, parts + 1):
            yield (x1 + (x2 - x1) * n / parts, y1 + (y2 - y1) * n / parts)


def _ring(numbers: list[int], lines: list[Line]) -> Line:
    """Lines end to end; the number of one that runs backwards is negative, less one."""
    places = [place for number in numbers for place in (lines[number] if number >= 0 else lines[~number][::-1])]
    longitudes = [places[0][0]]
    for longitude, _ in places[1:]:
        longitudes.append(_beside(longitudes[-1], longitude))
    turn = 360 * round(sum(longitudes) / len(longitudes) / 360)
    return tuple((east - turn, north) for east, (_, north) in zip(longitudes, places, strict=True))


def _beside(one: float, other: float) -> float:
    """A longitude, counted on beyond the date line where that is the short way from another."""
    return other - 360 * round((other - one) / 360)
