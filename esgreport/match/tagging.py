"""Which topics a question touches, and by which words; it does not say what that makes of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from esgreport.definitions.lexicon import LANGUAGES, SCOPE_TAGS, Lexicon
from esgreport.match.patterns import Pattern, patterns_of
from esgreport.match.wording import Part, Wording, worded

SECTION = 0.4
"""How much a tag counts that only the heading above a question has."""
ASIDE = 0.3
"""How much a tag counts that only the guidance beside a question has."""
OPEN, WHETHER = "open_question", "whether"
"""Tags of questions that begin with how, what, which; and of those that want a yes or a no."""
_FIRST_WORDS = 4
_SHORTEST = 2
_NUMBERS = r"([123])(?:(?: (and|und|e|et|to|bis|a|plus|or|oder|ou|o|au))? (?:(?:scopes?|ambito|ambiti|s) ?)?([123]))?"
_SCOPES = re.compile(
    r"(?<= )(?<!esrs )(?:scopes?|ambit[oi]|perimetres?|s) ?"
    + _NUMBERS
    + r"(?:(?: (?:and|und|e|et|plus|ou|to|bis|a|au))? (?:(?:scope|s) ?)?([123]))?(?= )"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A tag that was found: how much it counts, and the words it was found by."""

    weight: float
    words: str


Hits = Mapping[str, Hit]
"""The tags found in a question, by name."""


@dataclass(frozen=True, slots=True)
class _Sought:
    tag: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, eq=False)
class Tagger:
    """Finds the tags of a lexicon in questions of one language."""

    sought: tuple[_Sought, ...]

    def found(self, wording: Wording) -> dict[str, Hit]:
        """The tags of a question that was put into plain spelling."""
        hits = {hit[0]: hit[1] for sought in self.sought if (hit := _hit(sought, wording))}
        return _yes_or_no(hits, wording) | _scopes(wording)


def tags_of(tagger: Tagger, text: str, section: str = "", guidance: str = "") -> Hits:
    """The tags of a question, those of its own words first, then those of the heading above and the guidance beside."""
    hits: dict[str, Hit] = {}
    for extra, weight in ((guidance, ASIDE), (section, SECTION)):
        if extra:
            hits |= {tag: Hit(weight, hit.words) for tag, hit in _found(tagger, extra).items()}
    return hits | _found(tagger, text)


@cache
def _found(tagger: Tagger, text: str) -> dict[str, Hit]:
    return tagger.found(worded(text))


def tagger_for(lexicon: Lexicon, language: str) -> Tagger:
    """The tagger for a language; one that is not known is sought in all of them."""
    languages = ("en", language) if language in LANGUAGES else LANGUAGES
    sought = []
    for tag in lexicon.tags.values():
        written = {"en": tag.en, "it": tag.it, "de": tag.de, "fr": tag.fr}
        listed = ", ".join(filter(None, [tag.any, *(written[each] for each in dict.fromkeys(languages))]))
        sought.append(_Sought(tag.tag, patterns_of(listed), patterns_of(tag.unless)))
    return Tagger(tuple(sought))


def _hit(sought: _Sought, wording: Wording) -> tuple[str, Hit] | None:
    best: Hit | None = None
    barred: list[tuple[int, int]] | None = None
    text = wording.text
    for pattern in sought.patterns:
        if pattern.seek not in text:
            continue
        for start, end in pattern.spans(text):
            if barred is None:
                barred = [span for each in sought.unless for span in each.spans(text)]
            if any(low < end - 1 and start + 1 < high for low, high in barred):
                continue
            weight = wording.part_at(start + 1).value
            if best is None or weight > best.weight:
                best = Hit(weight, _whole_words(text, start, end))
        if best and best.weight == Part.CORE.value:
            break
    return (sought.tag, best) if best else None


def _whole_words(text: str, start: int, end: int) -> str:
    first = text.rfind(" ", 0, start + 1) + 1
    last = text.find(" ", end - 1)
    return text[first : last if last >= 0 else end].strip()


def _yes_or_no(hits: dict[str, Hit], wording: Wording) -> dict[str, Hit]:
    """The hits, with `whether` set right: what begins with how, what or which asks no yes or no, other questions do."""
    opened = hits.get(OPEN)
    begins = {words: _begins(wording.text, words) for words in [opened.words if opened else ""] if words}
    if any(begins.values()):
        return {tag: hit for tag, hit in hits.items() if tag != WHETHER}
    for start, end in wording.asks:
        words = wording.text[start:end].split()
        weight = wording.part_at(start).value
        if len(words) > _SHORTEST and WHETHER not in hits:
            return hits | {WHETHER: Hit(weight, words[0])}
    return hits


def _begins(text: str, words: str) -> bool:
    return text.find(f" {words} ") >= 0 and len(text[: text.find(f" {words} ")].split()) < _FIRST_WORDS


def _scopes(wording: Wording) -> dict[str, Hit]:
    hits: dict[str, Hit] = {}
    for match in _SCOPES.finditer(wording.text):
        weight = max(wording.part_at(match.start() + 1).value, Part.LATER.value)
        for number in _numbers(match):
            tag = SCOPE_TAGS[number - 1]
            if tag not in hits or hits[tag].weight < weight:
                hits[tag] = Hit(weight, match[0].strip())
    return hits


def _numbers(match: re.Match[str]) -> Iterator[int]:
    first, second = int(match[1]), int(match[3] or match[1])
    if match[2] in {"to", "bis", "a", "au"}:
        yield from range(first, second + 1)
    else:
        yield from {first, second}
    if match[4]:
        yield int(match[4])
