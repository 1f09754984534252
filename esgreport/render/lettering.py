"""How wide text is in the report's typeface, and where it breaks; estimates for drawings, never shorter than real."""

from __future__ import annotations

import unicodedata

# Advance widths of Inter Regular, hundredths of an em, for the characters U+0020 to U+007E.
# fmt: off
_ASCII = (
    28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57,
    62, 62, 29, 30, 66, 66, 66, 51, 97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76,
    64, 76, 64, 64, 65, 74, 69, 99, 68, 68, 63, 36, 36, 36, 47, 46, 32, 56, 61, 57, 61, 58, 37, 61,
    59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53, 33, 59, 56, 82, 55, 56, 55, 43, 33, 43, 66,
)
# fmt: on
_OTHERS = {
    "–": 50,
    "−": 66,
    "€": 67,
    "₂": 44,
    "³": 45,
    "·": 29,
    "’": 26,
    "‘": 26,
    "\u00a0": 28,
    "\u202f": 20,
    "\u2009": 20,
}
_UNKNOWN = 95
_SEMIBOLD = 1.06
_BREAK_AFTER = "-–/\u00ad"


def width(text: str, size: float, weight: int = 400) -> float:
    """The width of one line of text at a size, in the units of that size."""
    hundredths = sum(_advance(character) for character in text)
    return hundredths * size / 100 * (_SEMIBOLD if weight > 400 else 1)


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


def _advance(character: str) -> int:
    if " " <= character <= "~":
        return _ASCII[ord(character) - 32]
    if character in _OTHERS:
        return _OTHERS[character]
    base = unicodedata.normalize("NFD", character)[0]
    return _ASCII[ord(base) - 32] if " " <= base <= "~" else _UNKNOWN
