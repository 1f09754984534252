"""One worksheet's XML: where its cells stand, and the pieces that change some of them; it knows no other part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from esgreport.errors import RenderError
from esgreport.model import Area, cell_reference
from esgreport.render.patch.xml import (
    Element,
    Splice,
    appended,
    elements,
    encoded,
    qualified,
    spliced,
    text,
    whole_number,
    with_attributes,
)

Value = str | Decimal | bool
LONGEST_TEXT = 32_767
"""Characters a cell can hold."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What becomes of one cell: a value, a style (its place in the workbook's list); None leaves what is there."""

    row: int
    column: int
    value: Value | None = None
    style: int | None = None

    @property
    def reference(self) -> str:
        """The cell as a user writes it."""
        return cell_reference(self.row, self.column)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell that is stored."""

    column: int
    element: Element
    formula: bool


class SheetPart:
    """A worksheet part that is to be changed."""

    def __init__(self, data: bytes, part: str) -> None:
        """`data` is UTF-8. Errors: RenderError for what is no worksheet."""
        self.data, self._part = data, part
        self._found = elements(data, part, _of_interest)
        self.root = self._found[0]
        body = self.child("sheetData")
        if self.root.local != "worksheet" or body is None:
            raise RenderError(f"The part {part} of the workbook is no worksheet.")
        self._body = body
        self._rows = dict(self._numbered(element for element in self._found if element.local == "row"))
        self._numbers = list(self._rows)

    def child(self, local: str) -> Element | None:
        """The worksheet's own child of that name."""
        return next((each for each in self._found if each.depth == 1 and each.local == local), None)

    @property
    def children(self) -> Sequence[Element]:
        """The worksheet's own children, in order."""
        return [each for each in self._found if each.depth == 1]

    @cached_property
    def merged(self) -> Sequence[Area]:
        """The merged areas."""
        areas = (area_of(each.attributes.get("ref", "")) for each in self._found if each.local == "mergeCell")
        return [area for area in areas if area is not None]

    @cached_property
    def columns(self) -> Sequence[Element]:
        """The `col` elements, which give widths and styles to runs of columns."""
        return [each for each in self._found if each.local == "col"]

    def row(self, number: int) -> Element | None:
        """A row that is stored."""
        return self._rows.get(number)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that shows what stands there: of a merged area its first one."""
        for area in self.merged:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return area.top, area.left
        return row, column

    def style(self, row: int, column: int) -> int:
        """The style a cell has, or would get from its row or column if it were stored."""
        spot = self._spot(row, column)
        if spot:
            return whole_number(spot.element.attributes.get("s"))
        line = self._rows.get(row)
        if line and line.attributes.get("customFormat") in ("1", "true"):
            return whole_number(line.attributes.get("s"))
        for each in self.columns:
            if whole_number(each.attributes.get("min")) <= column <= whole_number(each.attributes.get("max")):
                return whole_number(each.attributes.get("style"))
        return 0

    def changed(self, changes: Iterable[Change], more: Iterable[Splice] = ()) -> bytes:
        """The part with cells changed, and other splices made.

        Errors: RenderError for a value that would replace a formula, or is too long for a cell.
        """
        by_place = {(change.row, change.column): change for change in changes}
        wanted = [by_place[place] for place in sorted(by_place)]
        added: list[tuple[int, bytes]] = []
        splices = list(more)
        for row, group in groupby(wanted, key=lambda change: change.row):
            line = self._rows.get(row)
            if line is None:
                added.append((row, self._new_row(row, [self._styled(change) for change in group])))
            else:
                splices += self._in_row(line, row, list(group))
        splices += self._with_rows(added)
        if wanted:
            splices += self._wider(wanted)
        return spliced(self.data, splices)

    # ── rows ──

    def _numbered(self, rows: Iterable[Element]) -> Iterator[tuple[int, Element]]:
        place = 0
        for element in rows:
            place = whole_number(element.attributes.get("r")) or place + 1
            yield place, element

    def _new_row(self, number: int, cells: Iterable[Change]) -> bytes:
        name = qualified(self.root.prefix, "row")
        return encoded(f'<{name} r="{number}">{"".join(map(self._new_cell, cells))}</{name}>')

    def _with_rows(self, added: Sequence[tuple[int, bytes]]) -> Iterator[Splice]:
        if self._body.empty and added:
            yield appended(self.data, self._body, b"".join(row for _, row in added))
            return
        for number, row in added:
            after = bisect_right(self._numbers, number)
            place = self._rows[self._numbers[after]].start if after < len(self._numbers) else self._body.closing
            yield Splice(place, place, row)

    def _in_row(self, line: Element, number: int, changes: Sequence[Change]) -> Iterator[Splice]:
        spots = self._spots(number)
        tag = self.data[line.start : line.opened]
        first, colon, last = line.attributes.get("spans", "").partition(":")
        if colon and first.isdecimal() and last.isdecimal():
            low, high = min(int(first), changes[0].column), max(int(last), changes[-1].column)
            if (low, high) != (int(first), int(last)):
                tag = with_attributes(tag, {"spans": f"{low}:{high}"})
        if line.empty:
            cells = encoded("".join(self._new_cell(self._styled(change)) for change in changes))
            end = encoded(f"</{qualified(line.prefix, 'row')}>")
            yield Splice(line.start, line.end, tag.removesuffix(b"/>").rstrip() + b">" + cells + end)
            return
        if tag != self.data[line.start : line.opened]:
            yield Splice(line.start, line.opened, tag)
        for change in changes:
            spot = next((each for each in spots if each.column >= change.column), None)
            if spot and spot.column == change.column:
                yield self._rewritten(spot, change)
            else:
                place = spot.element.start if spot else line.closing
                yield Splice(place, place, encoded(self._new_cell(self._styled(change))))

    def _wider(self, changes: Sequence[Change]) -> Iterator[Splice]:
        """The area the sheet says it uses, made to hold the changed cells."""
        element = self.child("dimension")
        area = area_of(element.attributes.get("ref", "")) if element else None
        if element is None or area is None:
            return
        rows, columns = ([area.top, area.bottom], [area.left, area.right])
        rows += [change.row for change in changes]
        columns += [change.column for change in changes]
        wide = Area("", min(rows), min(columns), max(rows), max(columns))
        if wide != area:
            tag = self.data[element.start : element.opened]
            yield Splice(element.start, element.opened, with_attributes(tag, {"ref": wide.reference}))

    # ── cells ──

    def _spot(self, row: int, column: int) -> _Spot | None:
        return next((spot for spot in self._spots(row) if spot.column == column), None)

    def _spots(self, number: int) -> Sequence[_Spot]:
        """The stored cells of a row: its bytes are gone through between the tags that bind its names."""
        line = self._rows.get(number)
        if line is None or line.empty:
            return ()
        before = self.data[self.root.start : self.root.opened] + self.data[self._body.start : self._body.opened]
        after = "".join(f"</{qualified(each.prefix, each.local)}>" for each in (self._body, self.root))
        fragment = before + self.data[line.start : line.end] + encoded(after)
        offset = line.start - len(before)
        spots: list[_Spot] = []
        for element in elements(fragment, self._part, lambda local, depth: (local, depth) in (("c", 3), ("f", 4))):
            if element.local == "f":
                spots[-1] = replace(spots[-1], formula=True)
            elif element.local == "c":
                given = area_of(element.attributes.get("r", ""))
                column = given.left if given else spots[-1].column + 1 if spots else 1
                spots.append(_Spot(column, _shifted(element, offset), formula=False))
        return spots

    def _rewritten(self, spot: _Spot, change: Change) -> Splice:
        element = spot.element
        tag = self.data[element.start : element.opened]
        if change.style is not None:
            tag = with_attributes(tag, {"s": str(change.style)})
        if change.value is None:
            return Splice(element.start, element.opened, tag)
        if spot.formula:
            raise RenderError(f"{change.reference} holds a formula, which a value would destroy.")
        own = element.attributes.get("s")
        style = change.style if change.style is not None else whole_number(own) if own else None
        return Splice(element.start, element.end, encoded(self._new_cell(replace(change, style=style))))

    def _styled(self, change: Change) -> Change:
        """A change of a cell that is not stored yet, with the style its row or column gives it."""
        if change.style is not None:
            return change
        return replace(change, style=self.style(change.row, change.column) or None)

    def _new_cell(self, change: Change) -> str:
        name, value = qualified(self.root.prefix, "c"), qualified(self.root.prefix, "v")
        begin = f'<{name} r="{change.reference}"' + (f' s="{change.style}"' if change.style is not None else "")
        match change.value:
            case None:
                return f"{begin}/>"
            case bool():
                return f'{begin} t="b"><{value}>{int(change.value)}</{value}></{name}>'
            case Decimal() if not change.value.is_finite():
                raise RenderError(f"{change.reference}: {change.value} is no number a cell can hold.")
            case Decimal():
                return f"{begin}><{value}>{change.value}</{value}></{name}>"
            case str() if len(change.value) > LONGEST_TEXT:
                raise RenderError(f"{change.reference}: a cell holds at most {LONGEST_TEXT:,} characters.")
            case str():
                inline, run = qualified(self.root.prefix, "is"), qualified(self.root.prefix, "t")
                words = f'<{run} xml:space="preserve">{text(change.value)}</{run}>'
                return f'{begin} t="inlineStr"><{inline}>{words}</{inline}></{name}>'


def area_of(reference: str) -> Area | None:
    """The area of `D5`, `$D$5` or `D5:F9`; None for what is none."""
    corners = [_corner(part) for part in reference.replace("$", "").split(":")]
    if len(corners) not in (1, 2) or None in corners:
        return None
    (top, left), (bottom, right) = (corner for corner in (corners[0], corners[-1]) if corner)
    return Area("", min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _corner(reference: str) -> tuple[int, int] | None:
    letters = reference.rstrip("0123456789").upper()
    digits = reference[len(letters) :]
    if not (0 < len(letters) < 4 and letters.isascii() and letters.isalpha() and 0 < len(digits) < 8 and int(digits)):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def _of_interest(local: str, depth: int) -> bool:
    return depth == 1 or (depth == 2 and local in ("row", "mergeCell", "col"))


def _shifted(element: Element, by: int) -> Element:
    start, opened, closing, end = element.start + by, element.opened + by, element.closing + by, element.end + by
    return replace(element, start=start, opened=opened, closing=closing, end=end)
