"""The patterns of the lexicon made ready to look for in plain text; how they are written, not what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.match.wording import plain

_GROUP = re.compile(r"\(([^()]*)\)(\?)?|(\w)\?")
_GAP = r"(?: \w+){0,4} "


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for: `seek` must be there; `regex` is the whole of it where that is not enough."""

    seek: str
    regex: str = ""

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a text in plain spelling that has a blank at both ends."""
        at = text.find(self.seek)
        if at < 0:
            return
        if self.regex:
            yield from (match.span() for match in re.finditer(self.regex, text))
            return
        while at >= 0:
            yield at, at + len(self.seek)
            at = text.find(self.seek, at + 1)


def patterns_of(written: str) -> tuple[Pattern, ...]:
    """The patterns of a list divided by commas: `energy`, `recycl-`, `-abfall-`, `a (b|c)? d`, `waste .. recycled`.

    A dash stands for the rest of a word, brackets for alternatives, a question mark for what may be missing, two dots
    for up to four words between.
    """
    found = [_pattern(words) for each in _listed(written) for words in _alternatives(each)]
    return tuple(dict.fromkeys(pattern for pattern in found if pattern))


def _listed(written: str) -> list[str]:
    return [each.strip().strip('"') for each in re.split(r",(?![^()]*\))", written) if each.strip()]


def _alternatives(pattern: str) -> list[str]:
    match = _GROUP.search(pattern)
    if match is None:
        return [pattern]
    inner = match[1].split("|") if match[1] is not None else [match[3]]
    if match[2] or match[3]:
        inner.append("")
    return [
        each
        for choice in inner
        for each in _alternatives(f"{pattern[: match.start()]}{choice}{pattern[match.end() :]}")
    ]


def _pattern(words: str) -> Pattern | None:
    pieces = [piece for piece in words.split() if piece != "-"]
    spelt = [(plain(piece), piece.startswith("-"), piece.endswith("-"), piece == "..") for piece in pieces]
    if not any(word for word, _, _, _ in spelt):
        return None
    simple = not any(gap for _, _, _, gap in spelt) and not any(
        (index and before) or (index < len(spelt) - 1 and after) for index, (_, before, after, _) in enumerate(spelt)
    )
    if simple:
        body = " ".join(word for word, _, _, _ in spelt)
        return Pattern(f"{'' if spelt[0][1] else ' '}{body}{'' if spelt[-1][2] else ' '}")
    return Pattern(max((word for word, _, _, _ in spelt), key=len), _regex(spelt))


def _regex(spelt: list[tuple[str, bool, bool, bool]]) -> str:
    body, joint = "", ""
    for word, before, after, gap in spelt:
        if gap:
            joint = _GAP
            continue
        body += f"{joint}{chr(92) + 'w*' if before else ''}{re.escape(word)}{chr(92) + 'w*' if after else ''}"
        joint = " "
    return rf"(?<=\s){body}(?=\s)"
