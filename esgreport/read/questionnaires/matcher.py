"""Finding phrases in plain texts, as whole words; it knows no phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esgreport.read.questionnaires.shown import plain

_Phrase = tuple[tuple[str, ...], str]


class Matcher:
    """Phrases, each with its meaning; `*` at an end of a word stands for the rest of a compound."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._whole: dict[str, list[_Phrase]] = {}
        self._endings: dict[str, list[_Phrase]] = {}
        self._beginnings: dict[str, list[_Phrase]] = {}
        for text, meaning in phrases:
            tokens = tuple(token for token in map(_token, text.split()) if token)
            if tokens:
                self._add(tokens, meaning)
        self._lengths = sorted({len(ending) for ending in self._endings})
        self._widths = sorted({len(beginning) for beginning in self._beginnings})

    def _add(self, tokens: tuple[str, ...], meaning: str) -> None:
        first = tokens[0]
        if not any("*" in token for token in tokens):
            self._exact.setdefault(" ".join(tokens), meaning)
        if first.startswith("*"):
            self._endings.setdefault(first[1:], []).append((tokens, meaning))
        elif first.endswith("*"):
            self._beginnings.setdefault(first[:-1], []).append((tokens, meaning))
        else:
            self._whole.setdefault(first, []).append((tokens, meaning))

    def exact(self, text: str) -> str | None:
        """The meaning of a phrase that is the whole (plain) text."""
        known = self._exact.get(text)
        if known is not None or not (self._endings or self._beginnings):
            return known
        words = text.split()
        hits = (meaning for size, meaning in self._at(words, 0) if size == len(words))
        return next(hits, None) if words else None

    def starts(self, text: str) -> bool:
        """Whether a plain text begins with one of the phrases."""
        words = text.split()
        return bool(words) and next(self._at(words, 0), None) is not None

    def found(self, text: str, last: int | None = None) -> list[tuple[int, int, str]]:
        """Phrases in a plain text: where (counted in words, up to `last`), how many letters long, meaning."""
        words = text.split()
        return [
            (at, len(" ".join(words[at : at + size])), meaning)
            for at in range(len(words) if last is None else min(last + 1, len(words)))
            for size, meaning in self._at(words, at)
        ]

    def _at(self, words: list[str], at: int) -> Iterator[tuple[int, str]]:
        """Phrases that begin at a word: of how many words, meaning."""
        for tokens, meaning in self._starting(words[at]):
            if len(tokens) == 1 or _fits(tokens, words[at : at + len(tokens)]):
                yield len(tokens), meaning

    def _starting(self, word: str) -> Iterator[_Phrase]:
        """Phrases whose first word fits."""
        yield from self._whole.get(word, ())
        for length in self._lengths:
            if length < len(word):
                yield from self._endings.get(word[-length:], ())
        for width in self._widths:
            if width <= len(word):
                yield from self._beginnings.get(word[:width], ())


def _token(text: str) -> str:
    bare = plain(text.strip("*"))
    return f"{'*' * text.startswith('*')}{bare}{'*' * text.endswith('*')}" if bare else ""


def _fits(tokens: tuple[str, ...], words: list[str]) -> bool:
    return len(tokens) == len(words) and all(map(_same, tokens, words))


def _same(token: str, word: str) -> bool:
    if token.startswith("*"):
        return word.endswith(token[1:]) and len(word) > len(token) - 1
    if token.endswith("*"):
        return word.startswith(token[:-1])
    return token == word
