"""Where on a sheet a box of so many points begins and ends, as columns and rows with what is left over."""

from __future__ import annotations

from collections.abc import Sequence

from esgreport.render.patch.sheet import SheetPart

_FARTHEST = 100
"""Columns or rows a box can reach over; hidden ones count."""
_PIXELS_A_CHARACTER, _PIXELS_A_POINT = 7, 96 / 72
_USUAL_WIDTH, _USUAL_HEIGHT = 64.0, 20.0
"""Pixels of a column and a row of which nothing is said."""
_ASIDE, _ABOVE = 12, 8
"""Pixels from the cell's right edge, and above its upper one."""


def anchor(page: SheetPart, place: tuple[int, int], points: tuple[float, float]) -> str:
    """The anchor of a box to the right of a cell: left column and pixels in it, top row, right column, bottom row.

    In: row and column from 1, width and height in points. Out: eight numbers as VML writes them, counted from 0. Where
    the columns to the right are hidden the box begins further left.
    """
    row, column = place
    width, height = (size * _PIXELS_A_POINT for size in points)
    left = column + 1
    widths = {each: _width(page, each) for each in range(1, column + 2 + _FARTHEST)}
    while left > 1 and sum(widths[each] for each in range(left, left + _FARTHEST)) < width + 2 * _ASIDE:
        left -= 1
    top = max(row - 1, 1)
    over = 0.0 if row == 1 else max(_height(page, top) - _ABOVE, 0.0)
    right, across = _walked([widths[each] for each in range(left, left + _FARTHEST)], _ASIDE + width)
    bottom, down = _walked([_height(page, each) for each in range(top, top + _FARTHEST)], over + height)
    numbers = (left - 1, _ASIDE, top - 1, round(over), left - 1 + right, across, top - 1 + bottom, down)
    return ",".join(map(str, numbers))


def _walked(sizes: Sequence[float], way: float) -> tuple[int, int]:
    """How many columns or rows lie behind one after so many pixels, and how far one is in the next."""
    for passed, size in enumerate(sizes):
        if way < size:
            return passed, round(way)
        way -= size
    return len(sizes) - 1, 0


def _width(page: SheetPart, column: int) -> float:
    for each in page.columns:
        values = each.attributes
        if _size(values.get("min")) <= column <= _size(values.get("max")):
            hidden = values.get("hidden") in ("1", "true")
            return 0.0 if hidden else _size(values.get("width")) * _PIXELS_A_CHARACTER
    usual = page.child("sheetFormatPr")
    stated = _size(usual.attributes.get("defaultColWidth")) if usual else 0.0
    return stated * _PIXELS_A_CHARACTER or _USUAL_WIDTH


def _height(page: SheetPart, row: int) -> float:
    line = page.row(row)
    if line and line.attributes.get("hidden") in ("1", "true"):
        return 0.0
    usual = page.child("sheetFormatPr")
    stated = (line.attributes.get("ht") if line else None) or (
        usual.attributes.get("defaultRowHeight") if usual else None
    )
    return _size(stated) * _PIXELS_A_POINT or _USUAL_HEIGHT


def _size(text: str | None) -> float:
    try:
        return max(float(text or 0), 0.0)
    except ValueError:
        return 0.0
