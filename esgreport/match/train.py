"""Makes the packed classifier of the lexicon from its phrases; run by `make lexicon`, never when questions are read."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, load
from esgreport.definitions.lexicon import LANGUAGES, lexicon_of
from esgreport.match.chances import chance
from esgreport.match.classifier import BUCKETS, FILE, classifier_from, features_of
from esgreport.match.gates import gates_of
from esgreport.match.labelled import Labelled, is_right, read_labelled
from esgreport.match.tagging import tagger_for, tags_of
from esgreport.match.weighing import NOTHING, Scales, Weighed, scales_for, weighed
from esgreport.match.wording import worded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RIDGE = 1.0
_PENALTY = 1.0
_STEPS = 30
_FOLDS = 5
_SMALLEST_WEIGHT = 0.02
"""Weights below this part of a target's largest are dropped, so that the file stays small."""

TAUGHT = ("tune", "calibrate", "held")
"""Which labelled questions teach; others in the folder only measure."""

Examples = Sequence[tuple[str, str, str]]
"""Language, target, text."""


def fingerprint(folder: Path) -> str:
    """What the classifier depends on, as one word: tags and phrases of a lexicon."""
    files = [*sorted((folder / "tags").glob("*.yaml")), *sorted((folder / "phrases").glob("*.yaml"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def examples_of(definitions: Definitions) -> list[tuple[str, str, str]]:
    """What is learned from: the phrases of the lexicon and the labels of the standard."""
    found = list(lexicon_of(definitions).phrases)
    for concept in definitions.concepts.values():
        found += [
            (language, concept.name, concept.labels[language]) for language in LANGUAGES if language in concept.labels
        ]
    return found


def trained(definitions: Definitions, examples: Examples) -> dict[str, NDArray[np.generic]]:
    """The arrays of a classifier that has learned from some examples: ridge regression, in closed form."""
    import numpy as np

    targets = sorted({target for _, target, _ in examples})
    taggers = {language: tagger_for(lexicon_of(definitions), language) for language in LANGUAGES}
    rows = np.zeros((len(examples), BUCKETS), dtype=np.float32)
    for row, (language, _, text) in zip(rows, examples, strict=True):
        features = features_of(worded(text).text, tags_of(taggers[language], text))
        row[features] = 1 / np.sqrt(len(features)) if features else 0
    wanted = np.zeros((len(examples), len(targets)), dtype=np.float32)
    wanted[np.arange(len(examples)), [targets.index(target) for _, target, _ in examples]] = 1
    bias = wanted.mean(axis=0)
    kernel = rows @ rows.T + _RIDGE * np.eye(len(examples), dtype=np.float32)
    weights = rows.T @ np.linalg.solve(kernel, wanted - bias)
    return {"targets": np.array(targets), "bias": bias, **_packed(weights)}


def _packed(weights: NDArray[np.float32]) -> dict[str, NDArray[np.generic]]:
    import numpy as np

    largest = np.abs(weights).max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    small = np.abs(weights) < _SMALLEST_WEIGHT * largest
    return {"weights": np.round(np.where(small, 0, weights) / scales).astype(np.int8), "scales": scales}


def asked_by(definitions: Definitions, questions: Iterable[Labelled]) -> list[tuple[str, str, str]]:
    """Labelled questions as something to learn from; those for what no answer can hold are left out."""
    known = {*definitions.concepts, *definitions.targets, NOTHING}
    found = [(each.question.language, each.first or NOTHING, each.question.text) for each in questions]
    return [example for example in found if example[1] in known]


def unsure(definitions: Definitions, examples: Examples) -> Scales:
    """What questions are weighed with by a classifier of these examples, before its probabilities are known."""
    import numpy as np

    arrays = trained(definitions, examples)
    classifier = classifier_from({**arrays, "chances": np.zeros((2, 1)), "made_from": np.array("")})
    return scales_for(definitions, set(LANGUAGES), classifier)


def unseen(definitions: Definitions, questions: Sequence[Labelled]) -> list[tuple[Labelled, Weighed]]:
    """Each question weighed by a classifier that learned from the others only: what it does with a new one."""
    found: list[tuple[Labelled, Weighed]] = []
    for fold in range(_FOLDS):
        others = [each for at, each in enumerate(questions) if at % _FOLDS != fold]
        scales = unsure(definitions, [*examples_of(definitions), *asked_by(definitions, others)])
        found += [(each, weighed(scales, each.question)) for each in questions[fold::_FOLDS]]
    return found


def fitted(definitions: Definitions, found: Sequence[tuple[Labelled, Weighed]]) -> NDArray[np.float64]:
    """The weights of two probabilities, fitted to weighed questions: the best candidate is right; nothing is."""
    import numpy as np

    evidence = np.array([each.evidence.values() for _, each in found])
    right = [is_right(definitions, asked, best_of(each)) for asked, each in found]
    return np.stack([_logistic(evidence, right), _logistic(evidence, [not asked.answerable for asked, _ in found])])


def best_of(found: Weighed) -> str:
    """The first candidate of a weighed question; empty where there is none."""
    return found.ranked[0][0] if found.ranked else ""


def _logistic(evidence: NDArray[np.float64], outcome: Sequence[bool]) -> NDArray[np.float64]:
    """Logistic regression with a small penalty, by Newton's method."""
    import numpy as np

    wanted = np.array(outcome, dtype=np.float64)
    penalty = _PENALTY * np.eye(evidence.shape[1])
    penalty[0, 0] = 0.0
    weights = np.zeros(evidence.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(evidence @ weights, -30, 30)))
        slope = evidence.T @ (wanted - chances) - penalty @ weights
        curve = (evidence * (chances * (1 - chances))[:, None]).T @ evidence + penalty
        weights += np.linalg.solve(curve, slope)
    return weights


def main(questions: Path) -> None:
    """Make the classifier anew from phrases, labels and labelled questions (`fresh_*` only measure)."""
    import numpy as np

    definitions = load()
    folder = lexicon_of(definitions).folder
    labelled = read_labelled(sorted(path for kind in TAUGHT for path in questions.glob(f"{kind}_*.jsonl")))
    found = unseen(definitions, labelled)
    chances = fitted(definitions, found)
    arrays = trained(definitions, [*examples_of(definitions), *asked_by(definitions, labelled)])
    made_from = np.array(fingerprint(folder))
    np.savez_compressed(folder / FILE, chances=chances, made_from=made_from, **arrays)  # type: ignore[arg-type]
    print(f"schemas/lexicon/{FILE}: {len(arrays['targets'])} targets, {(folder / FILE).stat().st_size // 1024} kB")
    print(told(definitions, found, chances))


def told(definitions: Definitions, found: Sequence[tuple[Labelled, Weighed]], chances: NDArray[np.float64]) -> str:
    """How well unseen questions are understood, and from which probability on how many would be filled, in lines."""
    scales = scales_for(definitions, set(LANGUAGES))
    asked = [each for each in found if each[0].answerable]
    right = sum(is_right(definitions, each, best_of(seen)) for each, seen in asked)
    lines = [f"not seen before: {right / len(asked):.1%} of {len(asked)} right"]
    for least in (0.8, 0.85, 0.9, 0.95):
        sure = [one for one in found if chance(one[1].evidence, chances[0]) >= least and not gates_of(scales, one[1])]
        good = sum(is_right(definitions, each, best_of(seen)) for each, seen in sure)
        lines.append(f"  from {least}: {len(sure)} filled, {good / max(1, len(sure)):.1%} right")
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/questions"))
