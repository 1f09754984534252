"""What questions with the same pieces of words asked for: a small linear classifier, applied; `train` makes it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.errors import DefinitionError
from esgreport.match.tagging import SECTION, Hits
from esgreport.match.wording import Part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 32768
"""How many different features are told apart; two may share a bucket."""
TAG, TAG_ABOVE, TAG_PAIR, WORD_PIECE = 3.0, 1.5, 1.5, 0.7
"""How much a tag counts beside a whole word, one that only the heading above has, a pair of tags, a piece of a word."""
FILE = "classifier.npz"
"""The packed classifier in `schemas/lexicon`."""


@dataclass(frozen=True)
class Classifier:
    """Weights of each feature for each target, `nothing` among them, in small integers with a scale a target."""

    targets: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    bias: NDArray[np.float32]
    rarity: NDArray[np.float32]
    """How much each feature tells by being rare: the logarithm of how many questions there are for one that has it."""
    chances: NDArray[np.float64]
    """The weights of the probability, see `chances`."""
    made_from: str

    def scores(self, features: Mapping[int, float]) -> NDArray[np.float32]:
        """How much a question with these features is like those that asked for each target."""
        import numpy as np

        if not features:
            return self.bias
        at = np.fromiter(features, dtype=np.intp)
        counted = np.fromiter(features.values(), dtype=np.float32) * self.rarity[at]
        summed = (counted / np.sqrt((counted**2).sum() or 1.0)) @ self.weights[at].astype(np.float32)
        scored: NDArray[np.float32] = summed * self.scales + self.bias
        return scored

    def speaks_for(self, word: str, target: str) -> bool:
        """Whether a word is one of those that questions for a target have, more than others."""
        if target not in self.targets:
            return False
        return bool(self.weights[_bucket(f" {word} "), self.targets.index(target)] > 0)


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % BUCKETS


def features_of(text: str, hits: Hits) -> dict[int, float]:
    """The features of a question in plain spelling, each with how much it counts.

    They are its words, their pieces of three to five letters, pairs of neighbours, its tags and pairs of them.
    """
    counted: dict[int, float] = {}
    for feature, weight in _named_features(text, hits):
        bucket = _bucket(feature)
        counted[bucket] = max(weight, counted.get(bucket, 0.0))
    return counted


def _named_features(text: str, hits: Hits) -> Iterable[tuple[str, float]]:
    words = text.split()
    for word in words:
        padded = f" {word} "
        yield padded, 1.0
        for size in (3, 4, 5):
            yield from ((padded[at : at + size], WORD_PIECE) for at in range(len(padded) - size + 1))
    yield from ((f"{first}_{second}", 1.0) for first, second in pairwise(words))
    tags = sorted(tag for tag, hit in hits.items() if hit.weight >= Part.DETAIL.value)
    for index, tag in enumerate(tags):
        yield f"#{tag}", TAG
        yield from ((f"#{tag}+{other}", TAG_PAIR) for other in tags[index + 1 :])
    yield from ((f"^{tag}", TAG_ABOVE) for tag, hit in hits.items() if hit.weight == SECTION)


def load_classifier(folder: Path) -> Classifier:
    """The packed classifier of a lexicon. Errors: DefinitionError where it is missing or was not made by `train`."""
    import numpy as np

    path = folder / FILE
    try:
        with np.load(path, allow_pickle=False) as packed:
            return classifier_from(packed)
    except (OSError, ValueError, KeyError) as problem:
        raise DefinitionError(f"schemas/lexicon/{FILE} cannot be read. Make it again: make lexicon.") from problem


def classifier_from(arrays: Mapping[str, NDArray[np.generic]]) -> Classifier:
    """A classifier from its arrays."""
    return Classifier(
        targets=tuple(str(name) for name in arrays["targets"]),
        weights=arrays["weights"],  # type: ignore[arg-type]
        scales=arrays["scales"],  # type: ignore[arg-type]
        bias=arrays["bias"],  # type: ignore[arg-type]
        rarity=arrays["rarity"],  # type: ignore[arg-type]
        chances=arrays["chances"],  # type: ignore[arg-type]
        made_from=str(arrays["made_from"]),
    )
