"""The design tokens of `templates/report.css` as values, for drawings that CSS does not reach; it invents no colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from esgreport import resources
from esgreport.errors import RenderError

_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})\s*;")
_DARK = re.compile(r"--([a-z0-9-]+):\s*light-dark\(\s*(#[0-9A-Fa-f]{6})\s*,\s*(#[0-9A-Fa-f]{6})\s*\)\s*;")

CONTRAST_OF_TEXT = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
CONTRAST_OF_SHAPES = 3.0
"""WCAG 2.2, success criterion 1.4.11."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by name (`ink`, `environment-mid`) for paper and light screens, and for dark screens."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


_IN_USE: ContextVar[Tokens | None] = ContextVar("tokens of the report being drawn", default=None)
"""A drawing is made of marks many calls below the page that has a design: handing colours to each would drown them."""


def tokens() -> Tokens:
    """The colours drawings are made with: those of `painted_with`, else ours."""
    return _IN_USE.get() or own_tokens()


@contextmanager
def painted_with(colours: Tokens) -> Iterator[None]:
    """While this lasts, drawings have these colours."""
    before = _IN_USE.set(colours)
    try:
        yield
    finally:
        _IN_USE.reset(before)


@cache
def own_tokens() -> Tokens:
    """The colours at the top of the style sheet that comes with us."""
    return tokens_of((resources.folder("templates") / "report.css").read_text(encoding="utf-8"))


def tokens_of(style: str, name: str = "templates/report.css") -> Tokens:
    """The colours in the `:root` of a style sheet; of two that say the same name, the later holds.

    Errors: RenderError when it has none, or says two different things for light.
    """
    light = dict(_TOKEN.findall(style))
    pairs = {each: (day, night) for each, day, night in _DARK.findall(style)}
    if not light:
        raise RenderError(f"{name}: no colours found in :root. Restore the block of design tokens.")
    for each, (day, _) in pairs.items():
        if light.get(each) != day:
            raise RenderError(f"{name}: --{each} is {light.get(each)} for paper and {day} for screens.")
    return Tokens(light, {**light, **{each: night for each, (_, night) in pairs.items()}})


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours written `#rrggbb`, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(fill: str, ink: str, paper: str) -> str:
    """Of the two, the colour that reads better on a fill."""
    return ink if contrast(ink, fill) >= contrast(paper, fill) else paper


def mixed(colour: str, with_other: str, share: float) -> str:
    """Two colours as one: a share of the first, the rest of the other."""
    pairs = ((int(colour[i : i + 2], 16), int(with_other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02X}" for one, other in pairs)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
