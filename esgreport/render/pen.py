"""The marks charts are made of, as SVG with print colours in attributes and screen colours by class; no layout here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

from esgreport.document import Series
from esgreport.render.lettering import lettering
from esgreport.render.tokens import mixed, readable_on, tokens

Anchor = Literal["start", "middle", "end"]
PARTS = 6
"""How many parts of a whole get a colour of their own."""
DEPTHS = (0.0, 0.12, 0.28, 0.44, 0.82, 1.0)
"""How much of the theme's colour is in a tile of a heat map; between 0.44 and 0.82 no text would be readable."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How a shape is painted: CSS class for screens, colour for paper, and whether only its outline is drawn."""

    name: str
    colour: str
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in the colours of a theme, on a sheet of a width, with letters of a size."""

    theme: str
    width: float
    size: float

    @property
    def leading(self) -> float:
        """The distance of two lines of text."""
        return self.size * 1.3

    def fill(self, series: Series, position: int) -> Fill:
        """How the bars of a series are painted; `position` is its place among the series."""
        if series.role == "target":
            return Fill("c-target", self.colour("theme"), outlined=True)
        if series.role == "base":
            return Fill("c-base", self.colour("theme-mid"), outlined=True)
        if series.role == "part":
            return self.part(position)
        return Fill(f"c-{series.role}", self.colour("theme" if series.role == "actual" else "theme-mid"))

    def part(self, position: int) -> Fill:
        """How the part at a position of a whole is painted."""
        number = position % PARTS + 1
        name = {1: "theme", 2: "theme-mid"}.get(number, f"part-{number}")
        return Fill(f"c-{number}", self.colour(name))

    def shape(self, box: tuple[float, float, float, float], fill: Fill) -> str:
        """A rectangle: left, top, width, height."""
        left, top, wide, high = box
        outlined = fill.outlined and min(wide, high) > 3  # thinner, there is no room for paper between two lines
        if outlined:
            left, top, wide, high = left + 0.75, top + 0.75, wide - 1.5, high - 1.5
        paint = f'fill="none" stroke="{fill.colour}" stroke-width="1.5"' if outlined else f'fill="{fill.colour}"'
        place = f'x="{number(left)}" y="{number(top)}" width="{number(wide)}" height="{number(high)}"'
        name = "c-actual" if fill.outlined and not outlined else fill.name
        return f'<rect class="{name}" {place} {paint}/>'

    def words(self, at: tuple[float, float], text: str, name: str = "c-label", anchor: Anchor = "start") -> str:
        """A line of text with its baseline start, middle or end at a point."""
        colour = self.colour("ink-2" if name == "c-quiet" else "ink")
        return self._text(at, text, f'class="{name}" fill="{colour}"', anchor)

    def words_on(self, at: tuple[float, float], text: str, fill: Fill) -> str:
        """A value in the middle of a painted shape, in the colour that reads best on it."""
        colours = tokens().light
        colour = readable_on(fill.colour, colours["ink"], colours["paper"])
        return self._text(at, text, f'class="c-value on-{fill.name[2:]}" fill="{colour}"', "middle")

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> str:
        """The line values are measured from."""
        place = f'x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}"'
        return f'<line class="c-axis" {place} stroke="{self.colour("rule-2")}" stroke-width="1"/>'

    def dot(self, centre: tuple[float, float], radius: float, *, hollow: bool) -> str:
        """A point; a hollow one is only its outline."""
        colour = self.colour("theme")
        paint = f'fill="none" stroke="{colour}" stroke-width="1.6"' if hollow else f'fill="{colour}"'
        place = f'cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius - 0.8 if hollow else radius)}"'
        return f'<circle class="{"c-target" if hollow else "c-actual"}" {place} {paint}/>'

    def halo(self, centre: tuple[float, float], radius: float) -> str:
        """Paper around a point, so that it stands off from what it lies on."""
        place = f'cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}"'
        return f'<circle class="c-halo" {place} fill="{self.colour("paper")}"/>'

    def span(self, start: tuple[float, float], end: tuple[float, float]) -> str:
        """A thick line: the reach of an interval."""
        place = f'x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}"'
        return f'<line class="c-span" {place} stroke="{self.colour("theme-mid")}" stroke-width="3"/>'

    def grid(self, start: tuple[float, float], end: tuple[float, float]) -> str:
        """A faint line that leads from a mark on a scale to what is measured on it."""
        place = f'x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}"'
        return f'<line class="c-grid" {place} stroke="{self.colour("rule")}" stroke-width="1"/>'

    def area(self, outline: str, name: str, colour: str) -> str:
        """A surface with an outline (path data), filled with a token or a colour."""
        return f'<path class="{name}" d="{outline}" fill="{self._ground(colour)}"/>'

    def trail(self, outline: str, name: str, colour: str, *, dashed: bool = False) -> str:
        """A fine line along path data, in the colour of a token."""
        dashes = ' stroke-dasharray="2.5 2"' if dashed else ""
        paint = f'fill="none" stroke="{self._ground(colour)}" stroke-width="0.8"{dashes}'
        return f'<path class="{name}" d="{outline}" {paint}/>'

    def _ground(self, colour: str) -> str:
        return self._mixed(int(colour)) if colour.isdecimal() else self.colour(colour)

    def tile(self, box: tuple[float, float, float, float], depth: int) -> str:
        """A rectangle of a heat map, the deeper the darker; depth 0 is empty."""
        left, top, wide, high = box
        place = f'x="{number(left)}" y="{number(top)}" width="{number(wide)}" height="{number(high)}"'
        return f'<rect class="heat-{depth}" {place} fill="{self._mixed(depth)}"/>'

    def words_on_tile(self, at: tuple[float, float], text: str, depth: int) -> str:
        """A value in the middle of such a rectangle, in the colour that reads best on it."""
        light = tokens().light
        colour = readable_on(self._mixed(depth), light["ink"], light["paper"])
        return self._text(at, text, f'class="c-value on-heat-{depth}" fill="{colour}"', "middle")

    def _mixed(self, depth: int) -> str:
        light = tokens().light
        return mixed(self.colour("theme"), light["paper"], DEPTHS[depth])

    def sheet(self, height: float, title: str, marks: list[str]) -> str:
        """The whole drawing; `title` is its text alternative on screens and in the PDF."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {number(self.width)} {number(height)}" '
            f'width="{number(self.width)}" height="{number(height)}" font-family="{escape(lettering().family)}" '
            f'font-size="{number(self.size)}"><title>{escape(title)}</title>{"".join(marks)}</svg>'
        )

    def _text(self, at: tuple[float, float], text: str, paint: str, anchor: Anchor) -> str:
        weight = ' font-weight="600"' if "c-value" in paint else ""
        placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
        return f'<text x="{number(at[0])}" y="{number(at[1])}" {paint}{weight}{placed}>{escape(text)}</text>'

    def colour(self, name: str) -> str:
        """The colour of a token on paper; `theme` is the theme's own."""
        return tokens().light[name.replace("theme", self.theme)]


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
