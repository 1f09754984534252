"""A score for each side from declared weights, beside its parts, with how stable its light is; it hides no gap."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

from esgreport.score.material import Case
from esgreport.score.rows import Made
from esgreport.score.targets import best_of, grade, worst_of
from esgreport.scorecard import Bands, Light, SubScore

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

FULL = 100.0
_SEEN = 0.005
"""A light that fewer of the draws give is not told: it would be 0%."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A row that counts: its weight and anchors, and its point with the spread to either side, where it has one."""

    made: Made
    weight: float
    worst: float | None
    best: float | None

    @property
    def value(self) -> float | None:
        """The row between its anchors, 0 to 100; None where it is missing, or has no anchors, or too few cases."""
        now = self.made.row.actual
        if now is None or self.made.had.no_light or self.worst is None or self.best is None or self.worst == self.best:
            return None
        return normalised(now.value, self.worst, self.best)


def normalised(value: float, worst: float, best: float) -> float:
    """How far a value is on the way from worst (0) to best (100), and no farther."""
    return min(max((value - worst) / (best - worst), 0.0), 1.0) * FULL


def shortfall(each: Made) -> float | None:
    """By what share a target is missed, 1 at most; None where that cannot be said.

    Where the target is nought it is the share of the way to the worst value, and all of it without one.
    """
    row = each.row
    if row.actual is None or row.target is None or not row.better:
        return None
    away = (row.actual.value - row.target.value) * (1 if row.better == "lower" else -1)
    whole = abs(row.target.value) or abs(worst_of(each.plan, row.target) or 0.0)
    return min(max(away / whole, 0.0), 1.0) if whole else float(away > 0)


def scores_of(rows: Sequence[Made], case: Case) -> tuple[SubScore, ...]:
    """A score for each side that was given and has rows of weight."""
    found = []
    given = {"esg": case.sustainability is not None, "cx": case.customers is not None}
    for side in (each for each, there in given.items() if there):
        own = [each for each in rows if case.definition.side(each.row.group) == side and each.plan.weight > 0]
        if own:
            found.append(_score(side, own, case))
    return tuple(found)


def _score(side: str, rows: Sequence[Made], case: Case) -> SubScore:
    parts = [_part(each) for each in rows]
    whole = sum(part.weight for part in parts)
    there = [part for part in parts if part.value is not None]
    missing = 1 - sum(part.weight for part in there) / whole
    label = case.say(f"score_{side}")
    shown = tuple((part.made.row.id, part.made.row.label, part.weight, part.value) for part in parts)
    definition = case.definition
    if not there or missing > definition.missing_weight_allowed:
        words = case.say(
            "score_withheld", missing=case.say.share(missing), allowed=case.say.share(definition.missing_weight_allowed)
        )
        return SubScore(side, label, None, None, None, Light.NONE, None, 0, shown, missing, words)
    values, weights = [part.value or 0.0 for part in there], [part.weight for part in there]
    value = sum(map(math.prod, zip(values, weights, strict=True))) / sum(weights)
    bounds = Bands(
        definition.score_bands.watch, definition.score_bands.good, case.say.text(definition.score_bands.reason)
    )
    capped = replace(bounds, good=math.inf) if any(part.made.row.light is Light.BAD for part in there) else bounds
    drawn = _drawn(there, case)
    span, shares = _between(drawn), _shares(drawn, capped)
    light = grade(value, capped, "higher")
    agreed = all(grade(end, capped, "higher") is light for end in span)
    words = " ".join(filter(None, (_counts(there, case), _range(span, shares, case), _gap(missing, case))))
    return SubScore(
        side,
        label,
        value,
        _geometric(values, weights),
        span,
        light if agreed else Light.UNSURE,
        max(shares.values()),
        definition.draws,
        shown,
        missing,
        words,
        bounds,
    )


def _part(each: Made) -> _Part:
    return _Part(each, each.plan.weight, worst_of(each.plan, each.row.target), best_of(each.plan, each.row.target))


def _geometric(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted geometric mean; nought where one part is, for nothing makes up for that."""
    if min(values) <= 0:
        return 0.0
    logs = sum(weight * math.log(value) for value, weight in zip(values, weights, strict=True))
    return math.exp(logs / sum(weights))


def _drawn(parts: Sequence[_Part], case: Case) -> Floats:
    """The score drawn again and again: each figure from its interval, the weights around those declared."""
    import numpy as np

    definition = case.definition
    random = np.random.default_rng(definition.seed)
    weights = np.array([part.weight for part in parts])
    mixes = random.dirichlet(definition.concentration * weights / weights.sum(), size=definition.draws)
    columns = [_figures(part, random.standard_normal(definition.draws)) for part in parts]
    return np.asarray((mixes * np.column_stack(columns)).sum(axis=1))


def _figures(part: _Part, normal: Floats) -> Floats:
    """Normalised draws of a figure; one without an interval stays what it is.

    Each side of the figure has its own spread, since intervals of shares are not even.
    """
    import numpy as np

    now = part.made.row.actual
    assert now is not None
    assert part.worst is not None
    assert part.best is not None
    drawn = np.full(len(normal), now.value)
    if now.interval:
        quantile = NormalDist().inv_cdf(0.5 + part.made.had.confidence / 2)
        low, high = (abs(now.value - end) / quantile for end in now.interval)
        drawn = now.value + normal * np.where(normal < 0, low, high)
    return np.asarray(np.clip((drawn - part.worst) / (part.best - part.worst), 0, 1) * FULL)


def _between(drawn: Floats) -> tuple[float, float]:
    import numpy as np

    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def _shares(drawn: Floats, bands: Bands) -> dict[Light, float]:
    """In which share of the draws each light is on, the most frequent first."""
    import numpy as np

    grades = np.digitize(drawn, (bands.watch, bands.good))
    found = {light: float((grades == n).mean()) for n, light in enumerate((Light.BAD, Light.WATCH, Light.GOOD))}
    return dict(sorted(((light, share) for light, share in found.items() if share >= _SEEN), key=lambda pair: -pair[1]))


def _counts(parts: Sequence[_Part], case: Case) -> str:
    """How the rows that count stand."""
    order = (Light.GOOD, Light.WATCH, Light.BAD, Light.UNSURE, Light.NONE)
    counts = {light: sum(part.made.row.light is light for part in parts) for light in order}
    said = (f"{count} {case.say(f'count_{light.value}')}" for light, count in counts.items() if count)
    return case.say("score_counts", counts=", ".join(said))


def _range(span: tuple[float, float], shares: Mapping[Light, float], case: Case) -> str:
    say, number = case.say, case.say.number
    lights = ", ".join(
        say("score_light", light=say(f"score_{light.value}"), share=say.share(share)) for light, share in shares.items()
    )
    draws = number(case.definition.draws, 0)
    return say("score_words", low=number(span[0], 0), high=number(span[1], 0), draws=draws, lights=lights)


def _gap(missing: float, case: Case) -> str:
    return case.say("score_missing", missing=case.say.share(missing)) if missing else ""
