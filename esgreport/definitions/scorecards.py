"""What may stand in `schemas/scorecards/`: what a scorecard shows, aims at, weighs and says; it measures nothing."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean, shown
from esgreport.errors import DefinitionError

if TYPE_CHECKING:
    from esgreport.definitions import Definitions

Effort = Literal["low", "medium", "high"]
Side = Literal["esg", "cx"]
Better = Literal["higher", "lower"]


class ScoreGroup(Closed):
    """A group of rows, and which side's score its rows count in."""

    id: str
    side: Side
    label: Text


class Aim(Closed):
    """A value aimed at, and the day it is due."""

    due: date
    value: float


class Reduction(Closed):
    """A reduction path: from a base year's value to a target year's, in a straight line between the two."""

    base_year: int
    base: float
    target_year: int
    target: float


class TargetPlan(Closed):
    """What a row aims at: the path the facts of C3 give (`path: C3`), a `reduction` of one's own, or `values` by date.

    `value` is a target without a date: it holds for the period shown.
    """

    path: Literal["", "C3"] = ""
    reduction: Reduction | None = None
    values: list[Aim] = []
    value: float | None = None


class Forecast(Closed):
    """A figure the undertaking itself expects at the end of a later period; none is ever worked out from the past."""

    due: date
    value: float


class FixedBands(Closed):
    """Bounds of watch and good, with the reason for them and where they come from."""

    watch: float
    good: float
    reason: Text
    sources: list[str] = []


class Anchors(Closed):
    """The values a row is normalised between: `worst` is 0, `best` (or the target, where there is one) is 100."""

    worst: float
    best: float


class ScoreRowDefinition(Closed):
    """One row: a `concept` of the standard, a derived figure (`metric`), or one on `customers` with its `where`.

    A row of weight 0 is shown and counts in no score. Rows of one `scale` are drawn on one scale; left empty it is the
    unit's. `effort` is what it usually takes to move the figure: our judgement, for a definition to change. `label` and
    `unit` are short enough for a page where the standard's own are not. `forecasts` are what the undertaking expects.
    """

    id: str
    group: str
    concept: str = ""
    metric: str = ""
    customers: str = ""
    where: dict[str, str] = {}
    label: Text = {}
    unit: Text = {}
    better: Better | Literal[""] = ""
    weight: float = Field(default=0, ge=0)
    target: TargetPlan | None = None
    forecasts: list[Forecast] = []
    bands: FixedBands | None = None
    anchors: Anchors | None = None
    quality: Literal["", "measured", "estimated", "extrapolated"] = ""
    owner: str = ""
    action: Text = {}
    scale: str = ""
    effort: Effort = "medium"

    @model_validator(mode="after")
    def _of_one_kind(self) -> ScoreRowDefinition:
        if sum(map(bool, (self.concept, self.metric, self.customers))) != 1:
            raise ValueError("a row is of one of: concept, metric, customers")
        return self

    @property
    def name(self) -> str:
        """The concept or the code of the figure."""
        return self.concept or self.metric or self.customers


class NearTarget(Closed):
    """How bands are made from a target: missed by up to `share` of it (of the worst, where it is 0): to be watched."""

    share: float = Field(gt=0, lt=1)
    reason: Text


class ScoreBands(Closed):
    """The bounds of a sub-score's light, of 100, and the reason for them."""

    watch: float
    good: float
    reason: Text


class Topic(Closed):
    """What a topic customers ask on stands for: concepts (and derived figures) of the standard."""

    topic: str
    datapoints: list[str]


class JoinRules(Closed):
    """How customers and sustainability are joined.

    `done`, `said` and `signals` are codes of what a customer does, says and shows that are signs of risk; `outcomes`
    those of requests that went wrong, `open_outcomes` of those that wait. `figures` are figures of the values panel
    that are told as sentences. `touchpoint` is the kind of touchpoint that is communication on sustainability.
    """

    topics: list[Topic]
    done: list[str]
    said: list[str]
    signals: list[str]
    outcomes: list[str]
    open_outcomes: list[str]
    figures: list[str]
    touchpoint: str


class ActionRules(Closed):
    """How next actions are ranked: how many, what effort and lateness count, and the rule in words."""

    count: int = Field(ge=0, le=10)
    feasibility: dict[Effort, float]
    late: float
    rule: Text


class ScorecardDefinition(Closed):
    """A file of `scorecards/`: groups, rows, and the rules for bands, scores, the join and actions.

    `signed_units` are units of customers' figures that run from below nought to above: no share of them is told.
    """

    title: Text
    draws: int = Field(ge=100, le=100_000)
    seed: int = 20251
    concentration: float = Field(default=50, gt=0)
    missing_weight_allowed: float = Field(ge=0, le=1)
    signed_units: list[str] = []
    near: NearTarget
    score_bands: ScoreBands
    join: JoinRules
    actions: ActionRules
    groups: list[ScoreGroup]
    rows: list[ScoreRowDefinition]

    def side(self, group: str) -> Side:
        """Which side a group is of."""
        return next(each.side for each in self.groups if each.id == group)


class ScorecardWord(Closed):
    """A sentence of the scorecard in every language, with places for values in braces."""

    name: str
    text: Text


class ScorecardWords(Closed):
    """The file `words/scorecard.yaml`."""

    words: list[ScorecardWord]


def load_scorecard(path: Path, definitions: Definitions) -> ScorecardDefinition:
    """A scorecard's definition, checked against all it names. Errors: DefinitionError with file and line."""
    found = load_file(path, ScorecardDefinition)
    place = shown(path)
    _refuse_twins(place, "row", (row.id for row in found.rows))
    _refuse_twins(place, "group", (group.id for group in found.groups))
    groups = [group.id for group in found.groups]
    for row in found.rows:
        _refuse_unknown(f"{place}: {row.id}", "group", row.group, groups)
        kind, known = named_by(row, definitions)
        _refuse_unknown(f"{place}: {row.id}", kind, row.name, known)
    for topic in found.join.topics:
        for name in topic.datapoints:
            _refuse_unknown(f"{place}: {topic.topic}", "datapoint", name, {*definitions.concepts, *definitions.metrics})
    return found


def named_by(row: ScoreRowDefinition, definitions: Definitions) -> tuple[str, Collection[str]]:
    """What kind of name a row has, and the names of that kind there are."""
    if row.concept:
        return "concept", definitions.concepts
    if row.metric:
        return "metric", definitions.metrics
    return "customer metric", definitions.cx_metrics.metrics


def load_words(folder: Path) -> Mapping[str, Text]:
    """The sentences of scorecards by name."""
    path = folder / "words" / "scorecard.yaml"
    words = load_file(path, ScorecardWords).words
    _refuse_twins(shown(path), "word", (word.name for word in words))
    return {word.name: word.text for word in words}


def _refuse_twins(place: str, what: str, names: Iterable[str]) -> None:
    listed = list(names)
    for name in listed:
        if listed.count(name) > 1:
            raise DefinitionError(f"{place}: the {what} {name!r} is defined twice.")


def _refuse_unknown(place: str, what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise DefinitionError(f"{place}: unknown {what} {name!r}.{did_you_mean(name, known)}")
