"""Makes `schemas/outlines.json`, the countries' outlines of the map of sites, from Natural Earth; run by hand, rarely.

    npm install world-atlas@2.0.2
    python bench/outlines.py node_modules/world-atlas/countries-50m.json schemas/outlines.json

Natural Earth (https://www.naturalearthdata.com, 1:50m, version 4.1) is in the public domain. What is done to it: lines
are simplified (Visvalingam, finer in Europe), small islands are left out, places are rounded to hundredths of a degree,
and lines that states do not agree on are told from the others, so that a map can dash them.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from babel.core import get_global

Point = tuple[float, float]
Rings = list[list[int]]

PLACES = 100
"""Steps of a degree."""
FINE, COARSE = 15.0, 180.0
"""Triangles a line may be cut short by, km²: in Europe and around it, elsewhere."""
SMALL_FINE, SMALL_COARSE = 60.0, 900.0
"""Islands left out, km², but for the largest of a country."""
KM = 111.2

UNNAMED = {"Somaliland": ("SO",), "N. Cyprus": ("CY",), "Kosovo": ("RS", "XK"), "Siachen Glacier": ("IN", "PK")}
"""Lands without a code of ISO 3166: whose sites may lie in them."""
SHARED = {"EH": ("EH", "MA")}
DISPUTED = (
    {"EH", "MA"},
    {"IL", "PS"},
    {"IL", "SY"},
    {"IN", "PK"},
    {"IN", "CN"},
    {"SO", "Somaliland"},
    {"RS", "Kosovo"},
)
CRIMEA = (32.4, 44.3, 36.7, 46.25)
"""West, south, east, north; both of its states' sites may lie there, and its line is dashed."""
LEFT_OUT = {"AQ"}


def main(source: Path, target: Path) -> None:
    """Read Natural Earth as TopoJSON, write ours."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = _rings(topology)
    kept = {name: _large(each, arcs) for name, each in rings.items()}
    users: dict[int, set[str]] = defaultdict(set)
    for name, each in kept.items():
        for ring in each:
            for ref in ring:
                users[ref if ref >= 0 else ~ref].add(name)
    numbers = {old: new for new, old in enumerate(sorted(users))}
    lines = [_simplified(arcs[old]) for old in sorted(users)]
    lands = [
        {"countries": list(codes), "rings": [[_renamed(ref, numbers) for ref in ring] for ring in part]}
        for name, each in sorted(kept.items())
        for codes, part in _owners(name, each, arcs)
    ]
    shared = {numbers[old]: names for old, names in users.items() if len(names) > 1}
    disputed = {number for number, names in shared.items() if _in_dispute(names, lines[number])}
    made = {
        "source": "Natural Earth, 1:50m, version 4.1 (public domain), simplified; made by bench/outlines.py",
        "steps": PLACES,
        "borders": sorted(set(shared) - disputed),
        "disputed": sorted(disputed),
        "lands": lands,
        "lines": [_steps(line) for line in lines],
    }
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    target.write_text(text.replace('"lines":', '\n"lines":').replace('"lands":', '\n"lands":') + "\n", encoding="utf-8")
    print(f"{target}: {len(text) / 1000:.0f} kB, {sum(map(len, lines))} points, {len(lands)} lands")


def _decoded(arc: Rings, transform: dict[str, list[float]]) -> list[Point]:
    (a, b), (c, d) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy, *_ in arc:
        x, y = x + dx, y + dy
        points.append((x * a + c, y * b + d))
    return points


def _rings(topology: dict[str, dict[str, dict[str, list[dict[str, object]]]]]) -> dict[str, Rings]:
    """The outer and inner rings of each country, by its two letters, else by its name."""
    alpha = get_global("territory_aliases")
    found: dict[str, Rings] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        name = str(shape["properties"]["name"])
        code = next(iter(alpha.get(str(shape.get("id", "")), ())), name if name in UNNAMED else "")
        if not code or code in LEFT_OUT:
            print("left out:", name)
            continue
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found[code] += [ring for part in parts for ring in part]
    return found


def _points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    return [point for ref in ring for point in (arcs[ref] if ref >= 0 else arcs[~ref][::-1])]


def _area(points: list[Point]) -> float:
    middle = math.radians(sum(y for _, y in points) / len(points))
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))
    return abs(twice) / 2 * KM * KM * math.cos(middle)


def _fine(point: Point) -> bool:
    return -25 < point[0] < 42 and 34 < point[1] < 72


def _large(rings: Rings, arcs: list[list[Point]]) -> Rings:
    sized = [(_area(_points(ring, arcs)), ring) for ring in rings]
    largest = max(size for size, _ in sized)
    return [
        ring
        for size, ring in sized
        if size == largest or size >= (SMALL_FINE if _fine(_points(ring, arcs)[0]) else SMALL_COARSE)
    ]


def _owners(name: str, rings: Rings, arcs: list[list[Point]]) -> list[tuple[tuple[str, ...], Rings]]:
    """Whose land the rings are: of several where states do not agree."""
    codes = UNNAMED.get(name) or SHARED.get(name)
    if codes:
        return [(codes, rings)]
    if name != "RU":
        return [((name,), rings)]
    west, south, east, north = CRIMEA
    there = [ring for ring in rings if all(west <= x <= east and south <= y <= north for x, y in _points(ring, arcs))]
    return [((name,), [ring for ring in rings if ring not in there]), ((name, "UA"), there)]


def _in_dispute(names: set[str], line: list[Point]) -> bool:
    west, south, east, north = CRIMEA
    crimea = {"RU", "UA"} <= names and all(west <= x <= east and south <= y <= north for x, y in line)
    return crimea or names in DISPUTED or bool(names & {"N. Cyprus", "Siachen Glacier"})


def _simplified(line: list[Point]) -> list[Point]:
    """Without the points whose triangle with their neighbours is small; its ends stay."""
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))
    gone: set[int] = set()

    def triangle(n: int) -> float:
        (x1, y1), (x2, y2), (x3, y3) = line[before[n]], line[n], line[after[n]]
        area = abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2 * KM * KM * math.cos(math.radians(y2))
        return area / (FINE if _fine(line[n]) else COARSE)

    heap = [(triangle(n), n) for n in range(1, len(line) - 1)]
    current = {n: size for size, n in heap}
    heapq.heapify(heap)
    left = len(line)
    fewest = 5 if line[0] == line[-1] else 2
    while heap and left > fewest:
        size, n = heapq.heappop(heap)
        if n in gone or size != current[n]:
            continue
        if size > 1:
            break
        gone.add(n)
        left -= 1
        after[before[n]], before[after[n]] = after[n], before[n]
        for other in (before[n], after[n]):
            if 0 < other < len(line) - 1:
                current[other] = max(triangle(other), size)
                heapq.heappush(heap, (current[other], other))
    return [point for n, point in enumerate(line) if n not in gone]


def _renamed(ref: int, numbers: dict[int, int]) -> int:
    return numbers[ref] if ref >= 0 else ~numbers[~ref]


def _steps(line: list[Point]) -> list[int]:
    """A line as its first place and the steps from there, longitude before latitude."""
    made: list[int] = []
    at = (0, 0)
    for n, (x, y) in enumerate(line):
        place = (round(x * PLACES), round(y * PLACES))
        step = (place[0] - at[0], place[1] - at[1])
        if step != (0, 0) or n in (0, len(line) - 1):
            made += step
        at = place
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
