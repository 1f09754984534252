"""The nouns of the executive scorecard: rows, scores, customers joined with sustainability; no work is done here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from esgreport.model import Period, Source


class Light(StrEnum):
    """How a figure stands against its bands; UNSURE where its interval spans a bound, NONE where none is allowed."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    UNSURE = "unsure"
    NONE = "none"


class Quality(StrEnum):
    """How a figure was had."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    EXTRAPOLATED = "extrapolated"
    SURVEYED = "surveyed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one period; `interval` where it is a sample's, `forecast` where it is none of the past."""

    period: Period
    value: float
    shown: str
    interval: tuple[float, float] | None = None
    n: int | None = None
    forecast: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at: the value for the period shown and where it comes from.

    `path` are the points of a reduction path (year and value) from base to target year, `held` whether it is held.
    """

    value: float
    shown: str
    due: date | None
    words: str
    path: tuple[tuple[int, float], ...] = ()
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """The bounds of good, watch and bad, the worse one first on the way to good, and the reason for them."""

    watch: float
    good: float
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the scorecard. Texts are in the reader's language; `value`s are in `unit` (shares as fractions).

    `series` are the periods, oldest first, forecasts after that of the period shown. `missing` says what is missing
    where there is no `actual`; `light_words` the word beside the light, `light_why` why it is uncertain or none;
    `quality_short` says `quality_words` in a few signs. `scale` names what shares one scale. `segments` and `inputs`
    are what a drill-down shows: label and figure.
    """

    id: str
    group: str
    label: str
    unit: str
    better: Literal["higher", "lower", ""]
    actual: Point | None
    prior: Point | None
    series: tuple[Point, ...]
    target: Target | None
    bands: Bands | None
    light: Light
    light_words: str
    quality: Quality
    quality_words: str
    variance: str = ""
    variance_good: bool | None = None
    change: str = ""
    """What changed against last year, in words, only where there is evidence; else why no arrow is shown."""
    change_good: bool | None = None
    owner: str = ""
    action: str = ""
    scale: str = ""
    missing: str = ""
    definition: str = ""
    formula: str = ""
    reference: str = ""
    light_why: str = ""
    quality_short: str = ""
    segments: tuple[tuple[str, Point | None, str], ...] = ()
    inputs: tuple[tuple[str, str, Source], ...] = ()
    source: tuple[Source, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SubScore:
    """A score from declared weights: arithmetic and geometric mean of normalised rows, with how stable it is.

    `parts` are row id, label, weight, normalised value (0–100, None where missing). `value` is None where more weight
    than `allowed` has no data; `missing_weight` says how much. `interval` and `stable` come from `draws` draws;
    `stable` is the share of them that gives the light most of them give.
    """

    id: str
    label: str
    value: float | None
    geometric: float | None
    interval: tuple[float, float] | None
    light: Light
    stable: float | None
    draws: int
    parts: tuple[tuple[str, str, float, float | None], ...]
    missing_weight: float
    words: str
    bands: Bands | None = None
    """The bounds of its light, of 100."""


@dataclass(frozen=True, slots=True)
class Demand:
    """An ESG datapoint customers ask for and we lack, or have late: who asks (count alone), what is at stake."""

    concept: str
    label: str
    customers: int
    revenue: float | None
    revenue_share: float | None
    next_renewal: date | None
    state: str
    effort: str
    score: float
    words: str


@dataclass(frozen=True, slots=True)
class AccountAtRisk:
    """A customer at risk on both sides: what it said or did, and what it asks for; for the undertaking's own eyes."""

    account: str
    name: str
    loyalty: str
    esg: str
    revenue: float | None
    renewal: date | None


@dataclass(frozen=True, slots=True)
class Link:
    """What goes with what between customers and sustainability: the figure (None where none can be told), and in words.

    `told` is whether it is a figure that evidence does not leave open.
    """

    metric: str
    label: str
    value: float | None
    shown: str
    interval: tuple[float, float] | None
    n: int | None
    words: str
    told: bool


@dataclass(frozen=True, slots=True)
class NextAction:
    """A thing to do next, by a stated rule: what, why (with the figures), for how much, who, from what evidence."""

    title: str
    reason: str
    rule: str
    score: float
    owner: str
    rows: tuple[str, ...]
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PastAction:
    """An action of last time: what it was to change, before and after, and whether that is more than chance."""

    title: str
    before: str
    after: str
    words: str
    measured: str = ""
    """What the figures are of, as the undertaking says it."""
    source: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scorecard of one undertaking and period, complete and in one language.

    `message` is the title that states what matters most, `subtitle` who, what, when. `lacking` says what kind of data
    was not given (sustainability, customers). `method` are paragraphs for the method page.
    """

    entity: str
    period: Period
    language: str
    message: str
    subtitle: str
    groups: tuple[tuple[str, str], ...]
    rows: tuple[ScoreRow, ...]
    scores: tuple[SubScore, ...]
    demands: tuple[Demand, ...]
    accounts: tuple[AccountAtRisk, ...]
    linked: tuple[Link, ...]
    """Where customers and sustainability are linked: associations with n and interval, or why they are not told."""
    actions: tuple[NextAction, ...]
    past_actions: tuple[PastAction, ...]
    lacking: tuple[str, ...]
    method: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...] = ()
    """Pairs of file and SHA-256."""
    customer_groups: tuple[str, ...] = ("customers", "loyalty", "service")
    """The groups that are about customers; the others are about sustainability."""
    currency: str = ""
    """What revenue is in."""
    cautions: tuple[str, ...] = ()
    """What to bear in mind of `linked`."""
    at_risk: str = ""
    """How many customers are at risk on both sides, of how many whose requests wait or went wrong."""
