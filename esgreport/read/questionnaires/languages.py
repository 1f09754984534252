"""In which language texts are, by their frequent words; it knows four and guesses none of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from esgreport.definitions.structure import LanguageWords
from esgreport.read.questionnaires.shown import mended

_WORD = re.compile(r"[^\W\d_]+")


class Languages:
    """Tells languages apart."""

    def __init__(self, known: Iterable[LanguageWords]) -> None:
        self._known = [(each.language, frozenset(each.words), frozenset(each.letters)) for each in known]
        lists = Counter(word for _, words, _ in self._known for word in words)
        self._shared = frozenset(word for word, count in lists.items() if count > 1)

    def scores(self, texts: Iterable[str]) -> dict[str, float]:
        """How much the texts say for each language; words of several languages count half."""
        found = dict.fromkeys((language for language, _, _ in self._known), 0.0)
        for text in texts:
            lowered = mended(text).casefold() if "ß" not in text else mended(text).lower()
            words = _WORD.findall(lowered)
            letters = set(lowered)
            for language, frequent, own in self._known:
                found[language] += sum(0.4 if word in self._shared else 1.0 for word in words if word in frequent)
                found[language] += 0.7 * len(letters & own)
        return found

    def of(self, texts: Iterable[str], otherwise: str = "") -> str:
        """The language of a number of texts; `otherwise` where nothing tells."""
        scores = self.scores(texts)
        best = max(scores, key=lambda language: scores[language])
        return best if scores[best] > 0 else otherwise

    def of_one(self, text: str, around: str) -> str:
        """The language of one text among others that are in the language `around`: another only on good grounds."""
        scores = self.scores((text,))
        best = max(scores, key=lambda language: scores[language])
        own = scores.get(around, 0.0)
        return best if scores[best] >= 2.0 and scores[best] >= 2.5 * own + 1.0 else around
