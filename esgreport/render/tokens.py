"""The design tokens of `templates/report.css` as values, for drawings that CSS does not reach; it invents no colour."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


@cache
def tokens() -> Tokens:
    """The colours at the top of the style sheet.

    Errors: RenderError when the style sheet has none, or says two different things for light.
    """
    style = (resources.folder("templates") / "report.css").read_text(encoding="utf-8")
    light = dict(_TOKEN.findall(style))
    pairs = _DARK.findall(style)
    if not light:
        raise RenderError("templates/report.css: no colours found in :root. Restore the block of design tokens.")
    for name, day, _ in pairs:
        if light.get(name) != day:
            raise RenderError(f"templates/report.css: --{name} is {light.get(name)} for paper and {day} for screens.")
    return Tokens(light, {**light, **{name: night for name, _, night in pairs}})


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours written `#rrggbb`, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(fill: str, ink: str, paper: str) -> str:
    """Of the two, the colour that reads better on a fill."""
    return ink if contrast(ink, fill) >= contrast(paper, fill) else paper


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
