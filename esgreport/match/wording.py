"""The words of a question in one plain spelling, part by part: what it asks first, what it adds, what it leaves out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache


class Part(Enum):
    """Which part of a question words stand in, with how much they count there."""

    CORE = 1.0
    LATER = 0.85
    DETAIL = 0.7


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in plain spelling with a blank at both ends; `parts` tell up to which character each part goes."""

    text: str
    parts: tuple[tuple[int, Part], ...]
    asks: tuple[tuple[int, int], ...] = ()
    """From where to where the clauses go that end with a question mark."""

    def part_at(self, position: int) -> Part:
        """The part the character at that position belongs to."""
        return next((part for end, part in self.parts if position < end), Part.CORE)


_FIXED = str.maketrans(
    {
        "ß": "ss",
        "₂": "2",
        "²": "2",
        "³": "3",
        "€": " eur ",
        "%": " percent ",
        "&": " and ",
        "œ": "oe",
        "æ": "ae",
        "’": " ",
        "‘": " ",
        "'": " ",
        "№": " no ",
        "°": " ",
        "º": " ",
    }
)
_LONGEST = 1500
"""Characters of a question that are read: the patterns must not be kept busy by a text that is none."""
_THOUSANDS = re.compile(r"(?<=\d)[ .,  ’'](?=\d{3}(?!\d))")
_RANGE = re.compile(r"(?<=\b[123])\s*[-–]\s*(?=[123]\b)")
_CO2 = re.compile(r"\bco\s*2\s*[- ]?\s*(?:e|eq|aq|aquivalent\w*|equivalent\w*|equ|equiv|äq)\b")
_STOPS = re.compile(r"[^a-z0-9]+")


@cache
def plain(text: str) -> str:
    """A text in lower case, without accents and punctuation, one blank between words: `CO₂-Äq. %` → `co2e percent`."""
    lowered = _THOUSANDS.sub("", text.lower())
    ranged = _RANGE.sub(" to ", lowered).translate(_FIXED)
    folded = "".join(each for each in unicodedata.normalize("NFKD", ranged) if not unicodedata.combining(each))
    blank = _STOPS.sub(" ", folded).strip()
    return _CO2.sub("co2e", blank)


# What is left out, in the words of four languages, up to the end of its phrase.
_LEFT_OUT = re.compile(
    r"\b(?:excluding|excl\.?|exclusive of|not including|except(?: for)?|other than|without|apart from|"
    r"esclus[oiae]|ad esclusione d\w+|ad eccezione d\w+|escludendo|senza|al netto d\w+|tranne|"
    r"ohne|exkl\.?|exklusive|ausgenommen|abgesehen von|außer|ausser|"
    r"hors|sans|à l['’]exclusion d\w+|à l['’]exception d\w+|excepté|sauf)\b[^,;.:()\n–?]*"
    r"|\b(?:bitte )?(?!\s)[^,;.:()\n–?]*\bnicht (?:ein|mit)(?:ge)?(?:rechnen|rechnet|beziehen|bezogen|zählen)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:avec et|mit und|with and|con e) (?:sans|ohne|without|senza)\b"
    r"|(?:hors|sans) (?:taxes?|tva|site)|ohne angaben?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FOR_EXAMPLE = re.compile(
    r"[,;–-]?\s*\b(?:including|incl\.?|inclusive of|such as|e\.\s?g\.?|for example|for instance|namely|i\.\s?e\.|"
    r"compres[oiae]|inclus[oiae]|incluse|ad es(?:empio)?\.?|per esempio|come ad esempio|"
    r"einschl(?:ießlich|\.)?|inkl\.?|inklusive|z\.\s?b\.?|zum beispiel|etwa|d\.\s?h\.|sowie|"
    r"y compris|dont|par ex(?:emple|\.)?|notamment|incluant|tel(?:le)?s? que)(?![\w])[^;.:()\n?]*",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"\b(?:of which|di cui|davon|dont)\b", re.I)
_CLAUSE = re.compile(r"(?<=[?;\n])|(?<=[.!])\s|\s[–—]\s")


def worded(text: str) -> Wording:
    """A question as the patterns read it; what it says it leaves out is gone, and what goes beyond any question."""
    pieces: list[str] = []
    parts: list[tuple[int, Part]] = []
    asks: list[tuple[int, int]] = []
    length, began = 1, 1
    for part, piece, ends_clause in _split(_without_left_out(text[:_LONGEST])):
        words = plain(piece)
        if words:
            length += len(words) + 1
            pieces.append(words)
            parts.append((length, part))
        if ends_clause:
            asks += [(began, length)] if piece.rstrip().endswith("?") else []
            began = length
    return Wording(f" {' '.join(pieces)} ", tuple(parts), tuple(asks))


def _without_left_out(text: str) -> str:
    if _KEPT.search(text):
        return text
    shorter = _LEFT_OUT.sub(" ", text)
    return shorter if len(plain(shorter)) > 3 else text


def _split(text: str) -> list[tuple[Part, str, bool]]:
    """The pieces of a text in order, and whether each ends its clause: the first clause, later ones, what is aside."""
    found: list[tuple[Part, str, bool]] = []
    for clause in _CLAUSE.split(text):
        if not clause or not clause.strip():
            continue
        said = any(part is Part.CORE and len(plain(piece)) > 2 for part, piece, _ in found)
        pieces = _details(clause, Part.LATER if said else Part.CORE)
        found += [(part, piece, at == len(pieces) - 1) for at, (part, piece) in enumerate(pieces)]
    return found


def _details(clause: str, part: Part) -> list[tuple[Part, str]]:
    marks = sorted(
        [(match.start(), match.end()) for match in _BRACKET.finditer(clause)]
        + [(match.start(), match.end()) for match in _FOR_EXAMPLE.finditer(clause) if not _OF_WHICH.search(match[0])]
    )
    found: list[tuple[Part, str]] = []
    at = 0
    for start, end in marks:
        if start < at:
            continue
        found += [(part, clause[at:start]), (Part.DETAIL, clause[start:end])]
        at = end
    return [*found, (part, clause[at:])]
