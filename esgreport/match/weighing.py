"""What a question may ask for, weighed: tags, frames, classifier and cues together; gates are not its business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from esgreport.definitions import Definitions
from esgreport.definitions.lexicon import Lexicon, lexicon_of
from esgreport.match.chances import Evidence
from esgreport.match.classifier import Classifier, features_of, load_classifier
from esgreport.match.cues import Cues, Expected, agreement, cues_of, expected_of
from esgreport.match.framing import Fit, fits
from esgreport.match.sameness import Sames, sames_of
from esgreport.match.tagging import SECTION, Hit, Hits, Tagger, tagger_for, tags_of
from esgreport.match.wording import Part, plain, worded
from esgreport.questionnaire import Question

NOTHING = "nothing"
PERCENT = "percent"
"""Both a measure and the tag of words that ask for a share."""
_LIKENESS, _CUES = 6.0, 2.0
"""How much the classifier and the cues count beside a frame; chosen on five folds of the labelled questions."""
_KEPT = 6
_SMALL_WORDS = 3

Ranked = Sequence[tuple[str, float]]
"""Candidates with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question's candidates, best first, as (target, score), with the evidence for the first and what it rests on."""

    question: Question
    hits: Hits
    cues: Cues
    ranked: tuple[tuple[str, float], ...]
    fitting: Mapping[str, Fit]
    evidence: Evidence


@dataclass(frozen=True)
class Scales:
    """What questions are weighed with: the lexicon made ready once for many questions."""

    definitions: Definitions
    lexicon: Lexicon
    taggers: Mapping[str, Tagger]
    classifier: Classifier

    @cached_property
    def expected(self) -> Mapping[str, Expected]:
        """What each target is as an answer."""
        return expected_of(self.definitions)

    @cached_property
    def sames(self) -> Sames:
        """The other names of each target's answer: between those nothing needs to be decided."""
        return sames_of(self.definitions)


def scales_for(definitions: Definitions, languages: set[str], classifier: Classifier | None = None) -> Scales:
    """What questions in some languages are weighed with; the packed classifier unless another is given."""
    lexicon = lexicon_of(definitions)
    taggers = {language: tagger_for(lexicon, language) for language in sorted(languages)}
    return Scales(definitions, lexicon, taggers, classifier or load_classifier(lexicon.folder))


def weighed(scales: Scales, question: Question) -> Weighed:
    """A question's candidates with their scores, best first."""
    hits = tags_of(scales.taggers[question.language], question.text, question.section, question.guidance)
    cues = cues_of(scales.lexicon, question, hits)
    if cues.measure == PERCENT and PERCENT not in hits:
        hits = {**hits, PERCENT: Hit(Part.LATER.value, "")}  # a unit of per cent makes a count a share
    fitting = fits(scales.lexicon, hits)
    likeness = _likeness(scales.classifier, question, hits)
    scores = {target: _LIKENESS * value for target, value in likeness.items() if target != NOTHING}
    for target, fit in fitting.items():
        scores[target] = scores.get(target, 0.0) + fit.score
    for target in scores:
        scores[target] += _CUES * agreement(cues, scales.expected[target])
    ranked = _well_named(scales, sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_KEPT], fitting)
    evidence = _evidence(scales, (question, hits, cues), (ranked, fitting, likeness))
    return Weighed(question, hits, cues, ranked, fitting, evidence)


def _well_named(scales: Scales, ranked: Ranked, fitting: Mapping[str, Fit]) -> tuple[tuple[str, float], ...]:
    """The candidates, the best under that of its answer's names which fits best: the whole rather than its rows."""
    if not ranked:
        return ()
    best, score = ranked[0]
    names = (best, *sorted(scales.sames.get(best, ())))
    named = max(names, key=lambda name: fitting[name].score if name in fitting else 0.0)
    rest = [each for each in ranked if each[0] != named]
    return (
        (named, score),
        *(each for each in rest if each[0] not in names),
        *(each for each in rest if each[0] in names),
    )


def outside(lexicon: Lexicon, hits: Hits, fit: Fit | None) -> tuple[str, ...]:
    """The tags of nothing in a question's own words that what it is taken for does not allow."""
    allowed = fit.allowed if fit else frozenset()
    return tuple(
        tag
        for tag, hit in hits.items()
        if hit.weight > SECTION and tag in lexicon.tags and lexicon.tags[tag].nothing and tag not in allowed
    )


def _likeness(classifier: Classifier, question: Question, hits: Hits) -> dict[str, float]:
    features = features_of(worded(question.text).text, hits)
    return dict(zip(classifier.targets, (float(value) for value in classifier.scores(features)), strict=True))


def _evidence(
    scales: Scales,
    asked: tuple[Question, Hits, Cues],
    found: tuple[tuple[tuple[str, float], ...], Mapping[str, Fit], Mapping[str, float]],
) -> Evidence:
    (question, hits, cues), (ranked, fitting, likeness) = asked, found
    best = ranked[0][0] if ranked else NOTHING
    fit = fitting.get(best)
    same = {best, *scales.sames.get(best, ())}
    alike = max(likeness.get(name, 0.0) for name in same)
    other = max((value for target, value in likeness.items() if target not in {*same, NOTHING}), default=0.0)
    next_best = next((score for target, score in ranked if target not in same), None)
    nothing = [hits[tag].weight for tag in outside(scales.lexicon, hits, fit)]
    words = plain(question.text).split()
    return Evidence(
        score=ranked[0][1] if ranked else 0.0,
        margin=2.0 if next_best is None else min(2.0, ranked[0][1] - next_best),
        frame=fit.score if fit else 0.0,
        framed=1.0 if fit else 0.0,
        likeness=alike,
        likeness_margin=alike - other,
        agrees=1.0 if alike >= other else 0.0,
        nothing_likeness=likeness.get(NOTHING, 0.0),
        nothing_tags=min(2.0, sum(nothing)),
        explained=_explained(words, hits),
        cues=agreement(cues, scales.expected[best]) if ranked else 0.0,
        lent=1.0 if fit and fit.lent else 0.0,
        length=min(1.0, len(words) / 20),
        silent=0.0 if cues.kind else 1.0,
        worded=min(1.0, len(fit.words) / 3) if fit else 0.0,
        foreign=min(1.0, len(_foreign(scales, words, hits, best)) / 4),
    )


def _explained(words: list[str], hits: Hits) -> float:
    """The part of a question's words, small ones apart, that some tag was found by."""
    content = [word for word in words if len(word) > _SMALL_WORDS]
    known = {word for hit in hits.values() if hit.weight > SECTION for word in hit.words.split()}
    return sum(word in known for word in content) / len(content) if content else 0.5


def _foreign(scales: Scales, words: list[str], hits: Hits, target: str) -> list[str]:
    """The words of a question that nothing explains: no tag, no habit of those who ask for the target, no grammar."""
    known = {word for hit in hits.values() if hit.weight > SECTION for word in hit.words.split()}
    return [
        word
        for word in dict.fromkeys(words)
        if len(word) > _SMALL_WORDS - 1
        and word not in known
        and word not in scales.lexicon.ordinary
        and not word.isdecimal()
        and not scales.classifier.speaks_for(word, target)
    ]
