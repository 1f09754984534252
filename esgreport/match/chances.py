"""How likely the best candidate is right, and how likely a question asks for nothing of ours: a calibrated guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import exp


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best candidate of a question, as numbers; the probability is fitted to these."""

    score: float
    margin: float
    frame: float
    framed: float
    likeness: float
    likeness_margin: float
    agrees: float
    nothing_likeness: float
    nothing_tags: float
    explained: float
    cues: float
    lent: float
    length: float
    silent: float
    worded: float
    foreign: float

    def values(self) -> tuple[float, ...]:
        """The numbers in their order, one first for what holds without evidence."""
        return (1.0, *(float(getattr(self, item.name)) for item in fields(self)))


def chance(evidence: Evidence, weights: Sequence[float]) -> float:
    """The probability that weights give to some evidence; a half where there are no weights yet."""
    total = sum(weight * value for weight, value in zip(weights, evidence.values(), strict=False))
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
