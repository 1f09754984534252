"""Paragraphs about the figures: the sentences of `schemas/sentences/`, filled; one without its figures is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from esgreport.compose.places import Filled, filled
from esgreport.compose.writer import Writer
from esgreport.definitions import in_language
from esgreport.definitions.sentences import PLACE, Sentence, Wording
from esgreport.document import Figure, Prose

_ITALIAN = {
    "il": ("il ", "l’", "lo "),
    "del": ("del ", "dell’", "dello "),
    "al": ("al ", "all’", "allo "),
    "dal": ("dal ", "dall’", "dallo "),
    "nel": ("nel ", "nell’", "nello "),
}
"""Articles before most numbers, before those that begin with a vowel, and before nought."""
_NUMBER = re.compile(r"\d+(?:\.\d{3})*")


def prose(writer: Writer, names: Sequence[str], place: str) -> Prose | None:
    """The paragraph of some sentences, in their order; None where not one of them can be said."""
    sentences = writer.definitions.layout.sentences
    pieces: list[str | Figure] = []
    for said in (in_words(writer, sentences[name]) for name in names):
        pieces += [" ", *said] if said and pieces else said
    return Prose(f"{place}-prose", tuple(pieces)) if pieces else None


def in_words(writer: Writer, sentence: Sentence) -> tuple[str | Figure, ...]:
    """A sentence as words and figures, by the first wording that fits; empty where none does."""
    found = {name: filled(writer, place) for name, place in sentence.places.items()}
    there = {name: one for name, one in found.items() if one}
    for wording in sentence.wordings:
        if wording.places <= set(there) and _holds(wording, there):
            return tuple(_pieces(writer, in_language(wording.text, writer.language), there))
    return ()


def _holds(wording: Wording, found: Mapping[str, Filled]) -> bool:
    return all(state in found[name].states for name, state in wording.when.items())


def _pieces(writer: Writer, text: str, found: Mapping[str, Filled]) -> Iterator[str | Figure]:
    end = 0
    for place in PLACE.finditer(text):
        one = found[place["name"]]
        before = text[end : place.start()]
        end = place.end()
        if place["forms"]:
            yield before + _form(writer, place["forms"][1:].split("|"), one.number)
            continue
        article = article_before(place["article"], one.figure.text) if place["article"] else ""
        if before + article:
            yield before + article
        yield one.figure
    if text[end:]:
        yield text[end:]


def _form(writer: Writer, forms: Sequence[str], number: Decimal | None) -> str:
    """The form of a word for its number: the first for one as the language counts, the last for many."""
    one = number is not None and writer.numbers.is_one(number)
    return forms[0] if one else forms[-1]


def article_before(article: str, number: str) -> str:
    """An Italian article as it is said before a number: `il 23 %`, `l’8 %`, `lo 0,5 %`."""
    usual, vowel, nought = _ITALIAN[article]
    found = _NUMBER.search(number)
    if found is None:
        return usual
    head, *groups = found[0].split(".")
    if head == "0":
        return nought
    begins = head.startswith("8") or head == "11" or (head == "1" and not groups)
    return vowel if begins else usual
