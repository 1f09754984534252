"""Topics that comments of one language have among them, found offline and the same each time; they name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from esgreport.definitions.cx_themes import ThemeRules
from esgreport.measure.customers.disclosure import Thresholds
from esgreport.measure.customers.sampling import Floats, Ints

NO_TOPIC = -1


@dataclass(frozen=True, slots=True)
class Topics:
    """The words of each topic, the strongest first, and the topic of each comment (-1: none of them)."""

    words: tuple[tuple[str, ...], ...]
    nearest: Ints


def topics_of(
    texts: Sequence[str], accounts: Ints, language: str, rules: ThemeRules, limits: Thresholds
) -> Topics | None:
    """Topics by non-negative matrix factorisation of weighted words; None where there are too few comments or words.

    A word must be in as many comments, and from as many customers, as a group that may be shown.
    """
    if len(texts) <= rules.topics_above:
        return None
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    order = np.argsort(np.asarray(texts, dtype=object), kind="stable")
    stop = rules.stop_words.get(language, "").split()
    vocabulary = _shared_words([texts[at] for at in order], accounts[order], stop, (rules, limits))
    count = min(rules.topics_most, len(texts) // rules.comments_per_topic, len(vocabulary))
    if count < 2:
        return None
    weighted = TfidfVectorizer(vocabulary=vocabulary).fit_transform([texts[at] for at in order])
    model = NMF(n_components=count, init="nndsvda", random_state=rules.seed, max_iter=2000, tol=1e-5)
    strength: Floats = model.fit_transform(weighted)
    nearest = np.empty(len(texts), dtype=np.int64)
    nearest[order] = np.where(strength.max(axis=1) > 0, strength.argmax(axis=1), NO_TOPIC)
    return Topics(tuple(_strongest(part, vocabulary, rules.terms_shown) for part in model.components_), nearest)


def _shared_words(
    texts: Sequence[str], accounts: Ints, stop: list[str], limits: tuple[ThemeRules, Thresholds]
) -> list[str]:
    """Words that enough comments of enough customers have, so that none leads to one of them."""
    from sklearn.feature_extraction.text import CountVectorizer

    rules, thresholds = limits
    counter = CountVectorizer(binary=True, token_pattern=r"(?u)\b[^\W\d_]{2,}\b")
    try:
        seen = counter.fit_transform(texts)
    except ValueError:  # no text has a word
        return []
    words = counter.get_feature_names_out()
    needed = max(rules.term_from, thresholds.show)
    left_out = set(stop)
    kept = []
    for at in np.flatnonzero(np.asarray(seen.sum(axis=0)).ravel() >= needed):
        rows = seen[:, [at]].nonzero()[0]
        whose = accounts[rows]
        if words[at] not in left_out and len(np.unique(whose[whose >= 0])) >= thresholds.accounts:
            kept.append(str(words[at]))
    return kept


def _strongest(weights: Floats, words: Sequence[str], shown: int) -> tuple[str, ...]:
    order = np.argsort(-weights, kind="stable")[:shown]
    return tuple(words[at] for at in order if weights[at] > 0)
