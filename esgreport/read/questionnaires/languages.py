"""In which language texts are, by their frequent words and the words of heads; it knows four and guesses none else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from esgreport.definitions.structure import Phrases, Structure
from esgreport.read.questionnaires.shown import mended, plain

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 1.5
"""Below that, what texts say for a language is no ground to differ from those around."""
_LONGEST_HEAD = 50
_LONG = 6
"""Letters of a word whose ending tells."""


class Languages:
    """Tells languages apart."""

    def __init__(self, structure: Structure) -> None:
        known = structure.languages
        lists = Counter(word for each in known for word in each.words)
        self._worth = {
            each.language: {word: 0.4 if lists[word] > 1 or len(word) == 1 else 1.0 for word in each.words}
            for each in known
        }
        self._letters = {each.language: frozenset(each.letters) for each in known}
        self._endings = {each.language: tuple(each.endings) for each in known}
        self._heads = _heads(structure)

    def scores(self, texts: Iterable[str]) -> dict[str, float]:
        """How much the texts say for each language."""
        found = dict.fromkeys(self._worth, 0.0)
        for text in texts:
            lowered = mended(text).lower()
            words, letters = _WORD.findall(lowered), set(lowered)
            for language, worth in self._worth.items():
                found[language] += sum(worth.get(word, 0.0) for word in words)
                found[language] += 0.7 * len(letters & self._letters[language])
                endings = self._endings[language]
                found[language] += 0.4 * sum(len(word) >= _LONG and word.endswith(endings) for word in words)
        return found

    def _as_head(self, text: str) -> Iterator[tuple[str, float]]:
        """What a short text says as a head, or each of its words."""
        whole = plain(text)
        if len(text) >= _LONGEST_HEAD or not whole:
            return
        if whole in self._heads:
            yield self._heads[whole], 1.5
            return
        for word in whole.split():
            if word in self._heads and len(word) > 2:
                yield self._heads[word], 0.6

    def of(self, texts: Iterable[str], otherwise: str = "", beside: Iterable[str] = ()) -> str:
        """The language of a number of texts, those `beside` them telling half; `otherwise` where nothing tells."""
        heads = list(beside)
        scores, more = self.scores(texts), self.scores(heads)
        scores = {language: score + more[language] / 2 for language, score in scores.items()}
        for text in heads:
            for language, weight in self._as_head(text):
                scores[language] += weight / 2
        best = max(scores, key=lambda language: scores[language])
        if scores[best] < _LEAST and otherwise:
            return otherwise
        return best if scores[best] > 0 else otherwise

    def of_one(self, text: str, around: str) -> str:
        """The language of one text among others that are in the language `around`: another only on good grounds."""
        scores = self.scores((text,))
        best = max(scores, key=lambda language: scores[language])
        own = scores.get(around, 0.0)
        return best if scores[best] >= 2.0 and scores[best] >= 2.5 * own + 1.0 else around


def _heads(structure: Structure) -> Mapping[str, str]:
    """The heads that one language alone uses, each with it."""
    found: dict[str, set[str]] = {}
    groups: list[Phrases] = [*structure.headings.roles, *structure.headings.ticks]
    for group in groups:
        for language, texts in (("en", group.en), ("it", group.it), ("de", group.de), ("fr", group.fr)):
            for text in texts:
                found.setdefault(plain(text), set()).add(language)
    return {text: next(iter(languages)) for text, languages in found.items() if len(languages) == 1}
