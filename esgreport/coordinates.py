"""Points of the earth as people write them: degrees, decimal or with minutes and seconds, with letters or signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_ONE = re.compile(
    rf"(?P<before>[NSEWO])?\s*(?P<sign>[-+−]?)\s*(?P<degrees>{_NUMBER})\s*°?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*['’′]\s*)?(?:(?P<seconds>{_NUMBER})\s*(?:[\"”″]|['’′]{{2}})\s*)?(?P<after>[NSEWO])?",
    re.IGNORECASE,
)
_BETWEEN_TWO = re.compile(r"\s*[,;/|]\s*|\s+")
_BETWEEN_POINTS = re.compile(r"\s*[;|\n]\s*|\)\s*,?\s*\(")
_WORDS = re.compile(
    r"\b(?:lat(?:itude?|itudine)?|lon(?:g(?:itude?|itudine)?)?|breite|länge|n[öo]rdlich|gps)\b\.?:?", re.I
)


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in degrees, north and east positive.

    It is not `sure` where an O says east in German, west in Italian and French.
    """

    latitude: float
    longitude: float
    sure: bool = True


def points(text: str) -> tuple[Point, ...] | None:
    """The points a text names; None when it is anything else, or beyond the poles or the date line.

    Several are parted by semicolons, line breaks or brackets. A comma is a decimal comma when that alone makes sense.
    """
    plain = _WORDS.sub(" ", text).strip(" \t()[]")
    whole = _pair(plain)
    if whole:
        return (whole,)
    found = [_pair(part.strip(" \t()[]")) for part in _BETWEEN_POINTS.split(plain) if part.strip(" \t()[]")]
    good = tuple(point for point in found if point is not None)
    return good if good and len(good) == len(found) else None


def _pair(text: str) -> Point | None:
    """The point of a text that is one: two numbers, of which the first may be longitude if letters say so."""
    for between in _BETWEEN_TWO.finditer(text):
        first, second = _ONE.fullmatch(text[: between.start()]), _ONE.fullmatch(text[between.end() :])
        if first and second and (point := _point(first, second)):
            return point
    return None


def _point(first: re.Match[str], second: re.Match[str]) -> Point | None:
    sides = [(match["before"] or match["after"] or "").upper() for match in (first, second)]
    one, two = (_degrees(match, side) for match, side in zip((first, second), sides, strict=True))
    if sides[0] in _ALONG and sides[1] in ("N", "S"):
        one, two = two, one
    elif sides[0] in _ALONG or sides[1] in ("N", "S"):
        return None
    return Point(one, two, "O" not in sides) if abs(one) <= 90 and abs(two) <= 180 else None


_ALONG = ("E", "W", "O")


def _degrees(match: re.Match[str], side: str) -> float:
    parts = [float((match[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")]
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -value if match["sign"] in ("-", "−") or side in ("S", "W") else value
