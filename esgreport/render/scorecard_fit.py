"""How densely each page of the scorecard is set, found by laying it out; it leaves out only what its steps state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

SECTIONS = ("page", "sustainability", "customers", "method")
"""The pages of the scorecard on paper, by the anchor each begins with."""
_HEIGHTS = (6, 8, 10, 12, 14, 16, 18, 21, 24)
"""Up to how many rows the page has each of its heights of a row."""
_ROWS_A_STEP = 5
"""About how many rows on the page of a side take it down a step."""
_LEAN, _BARE = len(_HEIGHTS), len(_HEIGHTS) + 1
_LAST = {"page": _BARE, "sustainability": 4, "customers": 4, "method": 2}
"""The densest step of each page: smaller type first, then what can be read elsewhere is left away."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The step of each page, and which of them are drawn.

    Page one goes down the heights of a row; then its actions stand on the pages behind, then reasons do. The others go
    down in type, then without definitions, then without parts.
    """

    page: int = 0
    sustainability: int = 0
    customers: int = 0
    method: int = 0
    sections: tuple[str, ...] = SECTIONS

    @property
    def rows(self) -> int:
        """The height of a row, by the number of rows it is made for."""
        return _HEIGHTS[min(self.page, len(_HEIGHTS) - 1)]

    @property
    def lean(self) -> bool:
        """Whether actions and owners stand on the pages behind alone."""
        return self.page >= _LEAN

    @property
    def bare(self) -> bool:
        """Whether reasons do, too."""
        return self.page >= _BARE

    def at(self, steps: Mapping[str, int]) -> Fit:
        """With these pages at these steps, and those alone to be drawn."""
        return replace(self, sections=tuple(name for name in SECTIONS if name in steps), **steps)


def first_fit(rows: int, sides: tuple[int, int] = (0, 0), sections: tuple[str, ...] = SECTIONS) -> Fit:
    """Where to begin: with the height of a row that so many rows allow, and the type so many on a side's page do.

    `sections` are the pages there are: a side that was not given has none.
    """
    page = next((at for at, most in enumerate(_HEIGHTS) if rows <= most), len(_HEIGHTS) - 1)
    sustainability, customers = (min(own // _ROWS_A_STEP, 2) for own in sides)
    return Fit(page, sustainability, customers, sections=sections)


def fitted(draw: Callable[[Fit], str], start: Fit) -> Fit:
    """The roomiest steps from a start on at which every page is one page; the densest where one is more even so.

    Page one is settled first, since what it leaves away stands on the others.
    """
    first = _settled(draw, replace(start, sections=start.sections[:1]))
    return replace(_settled(draw, replace(first, sections=start.sections[1:])), sections=start.sections)


def _settled(draw: Callable[[Fit], str], start: Fit) -> Fit:
    """The pages drawn at their steps: after the start and the next the others are halved again and again.

    What fits at a step fits at each denser one.
    """
    spilt = _spilt(draw, start)
    near = {name: min(getattr(start, name) + 1, _LAST[name]) for name in spilt}
    found, spilt = start.at(near), _spilt(draw, start.at(near)) if near else ()
    ranges = {name: (near[name] + 1, _LAST[name]) for name in spilt if near[name] < _LAST[name]}
    while ranges:
        middle = {name: (low + high) // 2 for name, (low, high) in ranges.items()}
        found = found.at(middle)
        too_roomy = _spilt(draw, found)
        halves = {
            name: (middle[name] + 1, high) if name in too_roomy else (low, middle[name])
            for name, (low, high) in ranges.items()
        }
        settled = {name: low for name, (low, high) in halves.items() if low >= high}
        found = found.at(settled) if settled else found
        ranges = {name: ends for name, ends in halves.items() if name not in settled}
    return found


def _spilt(draw: Callable[[Fit], str], fit: Fit) -> tuple[str, ...]:
    """The pages drawn that take more than one, by the anchors they begin with."""
    from esgreport.render.pdf import pages_of

    pages = pages_of(draw(fit))
    begins = [next(at for at, anchors in enumerate(pages) if name in anchors) for name in fit.sections]
    ends = [*begins[1:], len(pages)]
    return tuple(name for name, here, after in zip(fit.sections, begins, ends, strict=True) if after - here > 1)
