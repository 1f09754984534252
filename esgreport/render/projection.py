"""From places of the earth to a sheet: areas stay true; it knows no country and draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin, sqrt

Place = tuple[float, float]
"""Longitude and latitude in degrees."""
Spot = tuple[float, float]
"""A spot on the plane in radii of the earth: right and down."""

KILOMETRES = 6371.0
"""The radius of the earth."""
_REGION = 52.0
"""Degrees around its centre that a region may reach; what is wider is shown on a map of the world."""
_WORLD = ((-180.0, 0.0), (180.0, 0.0), (0.0, 79.0), (0.0, -56.0))
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True, slots=True)
class Projection:
    """Lambert's azimuthal equal-area projection around a centre; Equal Earth for the whole world."""

    centre: Place
    world: bool = False

    def spot(self, place: Place) -> Spot:
        """Where a place lies on the plane."""
        return _equal_earth(place) if self.world else _lambert(place, self.centre)

    def distance(self, place: Place) -> float:
        """Degrees between the centre and a place."""
        return degrees(_angle(self.centre, place))


def projection_for(places: Sequence[Place]) -> Projection:
    """The projection that shows some places best: around their middle, or of the world when they are far apart."""
    vectors = [_vector(place) for place in places]
    x, y, z = (sum(vector[axis] for vector in vectors) for axis in range(3))
    if hypot(x, y, z) < 0.1 * len(places):
        return Projection((0.0, 0.0), world=True)
    found = Projection((degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))))
    return found if max(map(found.distance, places)) <= _REGION else Projection((0.0, 0.0), world=True)


def spots_to_show(projection: Projection, places: Sequence[Place]) -> list[Spot]:
    """The spots a map must hold: those of its places, and of the world's ends where it is one of the world."""
    return [projection.spot(place) for place in (*places, *(_WORLD if projection.world else ()))]


def _vector(place: Place) -> tuple[float, float, float]:
    longitude, latitude = radians(place[0]), radians(place[1])
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def _angle(one: Place, other: Place) -> float:
    product = sum(a * b for a, b in zip(_vector(one), _vector(other), strict=True))
    return acos(max(-1.0, min(1.0, product)))


def _lambert(place: Place, centre: Place) -> Spot:
    east, north, middle = radians(place[0] - centre[0]), radians(place[1]), radians(centre[1])
    towards = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
    scale = sqrt(2 / max(towards, 1e-9))  # the other end of the earth has no place of its own
    right = scale * cos(north) * sin(east)
    up = scale * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))
    return right, -up


def _equal_earth(place: Place) -> Spot:
    """Šavrič, Patterson and Jenny, The Equal Earth map projection, 2018."""
    a1, a2, a3, a4 = _EQUAL_EARTH
    t = asin(sqrt(3) / 2 * sin(radians(place[1])))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    right = 2 * sqrt(3) * radians(place[0]) * cos(t) / (3 * slope)
    return right, -(a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t)
