"""How wide text is in the report's typeface, and where it breaks; estimates for drawings, never shorter than real."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

# Advance widths of Inter in hundredths of an em, rounded up, for the characters U+0020 to U+007E.
# fmt: off
_REGULAR = (
    28, 29, 47, 64, 64, 98, 65, 30, 37, 37, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 60, 62, 57,
    62, 62, 29, 30, 66, 66, 66, 51, 97, 69, 66, 73, 72, 60, 59, 75, 75, 27, 57, 67, 57, 91, 76, 77,
    64, 77, 65, 64, 65, 75, 69, 99, 68, 68, 63, 37, 36, 37, 47, 46, 32, 56, 61, 57, 61, 59, 37, 62,
    59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53, 33, 59, 56, 82, 55, 56, 55, 43, 33, 43, 66,
)
_SEMIBOLD = (
    25, 32, 52, 65, 65, 101, 66, 33, 38, 38, 54, 67, 32, 47, 32, 38, 66, 42, 63, 64, 67, 61, 64, 58,
    64, 64, 32, 33, 67, 67, 67, 55, 100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 71, 57, 92, 76, 77,
    65, 77, 65, 65, 66, 74, 73, 102, 72, 72, 65, 38, 38, 38, 48, 47, 35, 58, 63, 58, 63, 59, 39, 63,
    61, 26, 26, 57, 26, 90, 61, 61, 63, 63, 40, 55, 36, 61, 59, 84, 57, 59, 57, 46, 36, 46, 67,
)
# fmt: on
_OTHERS = {
    "–": 50,
    "−": 66,
    "€": 67,
    "₂": 45,
    "³": 45,
    "·": 29,
    "’": 27,
    "…": 87,
    "ď": 71,
    "ľ": 34,
    "ť": 38,
    "\u00a0": 29,
}
_UNKNOWN = 134
"""The widest letter there is: a drawing may leave room, it may not run out of it."""
_HEAVIER = 1.25
"""By how much a letter outside the table of semibold widths can be wider than its regular one."""
_BREAK_AFTER = "-–/\u00ad"


@dataclass(frozen=True, slots=True)
class Lettering:
    """The typefaces drawings are lettered in: how they are named, and how wide their letters are.

    Widths are in hundredths of an em, by letter; Inter, which the report always has, stands in for what is missing.
    """

    family: str = "Inter"
    regular: Mapping[str, float] = field(default_factory=dict)
    semibold: Mapping[str, float] = field(default_factory=dict)


INTER = Lettering()
_IN_USE: ContextVar[Lettering] = ContextVar("lettering of the report being drawn", default=INTER)


def lettering() -> Lettering:
    """The typefaces drawings are lettered in: those of `lettered_in`, else ours."""
    return _IN_USE.get()


@contextmanager
def lettered_in(wanted: Lettering) -> Iterator[None]:
    """While this lasts, drawings are lettered so."""
    before = _IN_USE.set(wanted)
    try:
        yield
    finally:
        _IN_USE.reset(before)


def width(text: str, size: float, weight: int = 400) -> float:
    """The width of one line of text at a size, in the units of that size; `weight` is 400 or 600."""
    known = _IN_USE.get()
    own, advance = (known.semibold, _semibold) if weight > 400 else (known.regular, _regular)
    return sum(own[character] if character in own else advance(character) for character in text) * size / 100


def wrap(text: str, room: float, size: float, weight: int = 400) -> tuple[str, ...]:
    """The lines of a text that has `room` for each: broken at spaces, and inside a word only where it must be."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if width(candidate, size, weight) <= room:
            line = candidate
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(word, room, size, weight)
        lines.extend(whole)
    return (*lines, line) if line or not lines else tuple(lines)


def fits(text: str, room: float, size: float, weight: int = 400) -> bool:
    """Whether every word of a text has room on a line of its own."""
    return all(width(word, size, weight) <= room for word in text.split(" "))


def _cut(word: str, room: float, size: float, weight: int) -> list[str]:
    """A word in pieces that fit; after a hyphen or slash where there is one, else with a hyphen of ours."""
    pieces: list[str] = []
    while width(word, size, weight) > room and len(word) > 2:
        end = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n] + "-", size, weight) <= room), 2)
        at = max((n + 1 for n in range(1, end) if word[n] in _BREAK_AFTER), default=0)
        if at > 2:
            pieces.append(word[:at])
            word = word[at:]
        else:
            pieces.append(word[:end] + "-")
            word = word[end:]
    return [*pieces, word]


def _regular(character: str) -> float:
    if " " <= character <= "~":
        return _REGULAR[ord(character) - 32]
    if character in _OTHERS:
        return _OTHERS[character]
    base = unicodedata.normalize("NFD", character)[0]
    return _REGULAR[ord(base) - 32] if " " <= base <= "~" else _UNKNOWN


def _semibold(character: str) -> float:
    return _SEMIBOLD[ord(character) - 32] if " " <= character <= "~" else _regular(character) * _HEAVIER
