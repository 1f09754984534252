"""How well the tags of a question fit each target's frames; it knows no target by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from esgreport.definitions.lexicon import Frame, Lexicon
from esgreport.match.tagging import SECTION, Hit, Hits
from esgreport.match.wording import Part

_SECTION_COSTS = 0.7
_DETAIL_COSTS = 0.3
_FORBIDDEN_ASIDE = 0.8
_NOTHING_COSTS = 1.3
_NEED_ADDS = 0.25


@dataclass(frozen=True, slots=True)
class Fit:
    """A target whose frame fits: how well, the member it stands for, the words it rests on."""

    target: str
    score: float
    member: str = ""
    words: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()
    """The tags that do not speak against it: those it needs and those it allows."""
    lent: bool = False
    """Whether a tag it needs stands only in the heading above."""


def fits(lexicon: Lexicon, hits: Hits) -> Mapping[str, Fit]:
    """The targets the tags fit, each with its best frame."""
    nothing = {name for name, tag in lexicon.tags.items() if tag.nothing and name in hits}
    best: dict[str, Fit] = {}
    for frame in lexicon.frames:
        fit = _fit(frame, hits, nothing)
        if fit and (frame.target not in best or best[frame.target].score < fit.score):
            best[frame.target] = fit
    return best


def _fit(frame: Frame, hits: Hits, nothing: set[str]) -> Fit | None:
    present: list[Hit] = []
    for group in frame.groups:
        hit = _best(group, hits)
        if hit is None:
            return None
        present.append(hit)
    lent = sum(hit.weight <= SECTION for hit in present)
    if lent > 1 or lent == len(present):
        return None
    score = frame.base + _NEED_ADDS * (len(present) - 1) - sum(_cost(hit) for hit in present)
    for tag in frame.never:
        hit = hits.get(tag)
        if hit is not None and hit.weight >= Part.LATER.value:
            return None
        score -= _FORBIDDEN_ASIDE if hit is not None and hit.weight > SECTION else 0.0
    score += sum(weight * hits[tag].weight for tag, weight in frame.likes.items() if tag in hits)
    spoken_for = frozenset((*frame.allows, *(tag for group in frame.groups for tag in group)))
    score -= sum(_NOTHING_COSTS * _nothing_weight(hits[tag]) for tag in sorted(nothing - spoken_for))
    words = tuple(dict.fromkeys(hit.words for hit in present))
    return Fit(frame.target, score, frame.member, words, spoken_for, lent > 0)


def _best(group: tuple[str, ...], hits: Hits) -> Hit | None:
    if len(group) == 1:
        return hits.get(group[0])
    return max((hits[tag] for tag in group if tag in hits), key=lambda hit: hit.weight, default=None)


def _cost(hit: Hit) -> float:
    if hit.weight <= SECTION:
        return _SECTION_COSTS
    return _DETAIL_COSTS if hit.weight <= Part.DETAIL.value else 0.0


def _nothing_weight(hit: Hit) -> float:
    return hit.weight if hit.weight > SECTION else 0.1
