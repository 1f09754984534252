"""Makes the packed classifier of the lexicon from its phrases; run by `make lexicon`, never when questions are read."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
    from scipy import sparse

_RIDGE = 0.1
_PENALTY = 1.0
_STEPS = 30
_FOLDS = 5
_SMALLEST_WEIGHT = 0.02
"""Weights below this part of a target's largest are dropped, so that the file stays small."""

ASKED = ("tune", "calibrate", "held", "fresh")
"""Which labelled questions are asked about as often as customers ask: probabilities are fitted to these."""
TAUGHT = "teach"
"""Which only teach: each target has its share of them, the rare ones too."""


class Example(NamedTuple):
    """A text that asks for a target, in a language, with the heading above where there is one."""

    language: str
    target: str
    text: str
    section: str = ""


Examples = Sequence[Example]


def fingerprint(folder: Path) -> str:
    """What the classifier depends on, as one word: tags and phrases of a lexicon."""
    files = [*sorted((folder / "tags").glob("*.yaml")), *sorted((folder / "phrases").glob("*.yaml"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def examples_of(definitions: Definitions) -> list[Example]:
    """What is learned from: the phrases of the lexicon and the labels of the standard."""
    found = [Example(*phrase) for phrase in lexicon_of(definitions).phrases]
    for concept in definitions.concepts.values():
        labels = ((language, concept.labels.get(language)) for language in LANGUAGES)
        found += [Example(language, concept.name, label) for language, label in labels if label]
    return found


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples made ready to learn from: features in rows of length one, how rare each is, how alike the rows are."""

    examples: Examples
    rows: sparse.csr_array
    rarity: NDArray[np.float32]
    alike: NDArray[np.float32]


def lesson_of(definitions: Definitions, examples: Examples) -> Lesson:
    """Examples made ready to learn from, once for any number of times."""
    import numpy as np
    from scipy import sparse

    counted = _counted(definitions, examples)
    rarity = np.log((1 + len(examples)) / (1 + (counted > 0).sum(axis=0))).astype(np.float32)
    told = counted.multiply(rarity).tocsr()
    lengths = np.sqrt(told.multiply(told).sum(axis=1))
    rows = sparse.csr_array(sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ told, dtype=np.float32)
    return Lesson(examples, rows, rarity, (rows @ rows.T).toarray())


def _counted(definitions: Definitions, examples: Examples) -> sparse.csr_array:
    """A row for each example with how much each of its features counts."""
    import numpy as np
    from scipy import sparse

    taggers = {language: tagger_for(lexicon_of(definitions), language) for language in LANGUAGES}
    ends, buckets, weights = [0], array("l"), array("f")
    for each in examples:
        features = features_of(worded(each.text).text, tags_of(taggers[each.language], each.text, each.section))
        buckets.extend(features)
        weights.extend(features.values())
        ends.append(len(buckets))
    return sparse.csr_array((np.array(weights), np.array(buckets), ends), shape=(len(examples), BUCKETS))


def trained(lesson: Lesson, kept: Sequence[int] | None = None) -> dict[str, NDArray[np.generic]]:
    """The arrays of a classifier that has learned from those examples that are kept: ridge regression, closed form."""
    import numpy as np
    from scipy import linalg

    at = np.arange(len(lesson.examples)) if kept is None else np.asarray(kept)
    asked = [lesson.examples[int(index)].target for index in at]
    targets = sorted(set(asked))
    column = {target: index for index, target in enumerate(targets)}
    wanted = np.zeros((len(at), len(targets)), dtype=np.float32)
    wanted[np.arange(len(at)), [column[target] for target in asked]] = 1
    bias = wanted.mean(axis=0)
    kernel = lesson.alike[np.ix_(at, at)]
    kernel[np.diag_indices_from(kernel)] += _RIDGE
    solved = linalg.solve(kernel, wanted - bias, assume_a="pos", overwrite_a=True, check_finite=False)
    weights = lesson.rows[at].T @ solved
    return {"targets": np.array(targets), "bias": bias, "rarity": lesson.rarity, **_packed(weights)}


def _packed(weights: NDArray[np.float32]) -> dict[str, NDArray[np.generic]]:
    import numpy as np

    largest = np.abs(weights).max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    small = np.abs(weights) < _SMALLEST_WEIGHT * largest
    return {"weights": np.round(np.where(small, 0, weights) / scales).astype(np.int8), "scales": scales}


def asked_by(definitions: Definitions, questions: Iterable[Labelled]) -> list[Example]:
    """Labelled questions as something to learn from; those for what no answer can hold are left out."""
    known = {*definitions.concepts, *definitions.targets, NOTHING}
    found = [
        Example(each.question.language, each.first or NOTHING, each.question.text, each.question.section)
        for each in questions
    ]
    return [example for example in found if example.target in known]


def unsure(definitions: Definitions, lesson: Lesson, kept: Sequence[int] | None = None) -> Scales:
    """What questions are weighed with by a classifier of some examples, before its probabilities are known."""
    import numpy as np

    arrays = trained(lesson, kept)
    classifier = classifier_from({**arrays, "chances": np.zeros((2, 1)), "made_from": np.array("")})
    return scales_for(definitions, set(LANGUAGES), classifier)


def unseen(definitions: Definitions, lesson: Lesson, questions: Sequence[Labelled]) -> list[tuple[Labelled, Weighed]]:
    """Each question weighed by a classifier that learned from the others only: what it does with a new one."""
    places: dict[str, list[int]] = {}
    for at, each in enumerate(lesson.examples):
        places.setdefault(each.text, []).append(at)
    found: list[tuple[Labelled, Weighed]] = []
    for fold in range(_FOLDS):
        apart = questions[fold::_FOLDS]
        hidden = {at for each in apart for at in places.get(each.question.text, [])}
        scales = unsure(definitions, lesson, [at for at in range(len(lesson.examples)) if at not in hidden])
        found += [(each, weighed(scales, each.question)) for each in apart]
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
    """Make the classifier anew from phrases, labels and labelled questions."""
    import numpy as np

    definitions = load()
    folder = lexicon_of(definitions).folder
    asked, taught = (
        read_labelled(sorted(path for kind in kinds for path in questions.glob(f"{kind}_*.jsonl")))
        for kinds in (ASKED, (TAUGHT,))
    )
    lesson = lesson_of(definitions, [*examples_of(definitions), *asked_by(definitions, [*asked, *taught])])
    found = unseen(definitions, lesson, asked)
    chances = fitted(definitions, found)
    arrays = trained(lesson)
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
