"""What the panels about customers are made from: figures, words, thresholds, one file a topic; it computes nothing."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_drivers import DriverRules
from esgreport.definitions.cx_feedback import FeedbackRules
from esgreport.definitions.cx_journey import JourneyRules
from esgreport.definitions.cx_metric import CustomerMetricBase, Word
from esgreport.definitions.cx_metrics import CustomerMetricDefinitions
from esgreport.definitions.cx_predictive import PredictiveRules
from esgreport.definitions.cx_registers import RegisterRules
from esgreport.definitions.cx_report import CustomerLayout, load_customer_layout
from esgreport.definitions.cx_themes import ThemeRules
from esgreport.definitions.cx_values import ValuesRules
from esgreport.definitions.loading import load_file
from esgreport.errors import DefinitionError

Item = TypeVar("Item", bound=Closed)


class PanelFigure(CustomerMetricBase):
    """A figure that a panel computes in its own way; disclosure control and wording are those of all metrics."""

    kind: Literal["panel"] = "panel"


class PanelWords(Closed):
    """What a topic is told with: figures with definition and formula, texts, and words all panels share."""

    figures: list[PanelFigure] = []
    texts: list[Word] = []
    groups: list[Word] = []
    counts: list[Word] = []
    methods: list[Word] = []
    reasons: list[Word] = []


@dataclass(frozen=True)
class PanelDefinitions:
    """All panels: figures and texts by name, and the words of the metrics with those of the panels added.

    The rules of each topic are read when asked for.
    """

    folder: Path
    figures: Mapping[str, PanelFigure]
    texts: Mapping[str, Word]
    words: CustomerMetricDefinitions

    @cached_property
    def journey(self) -> JourneyRules:
        """Phases, perspectives, what a touchpoint must have, how they are put in order."""
        return load_file(self.folder / "journey.yaml", JourneyRules)

    @cached_property
    def feedback(self) -> FeedbackRules:
        """How what is said is held against what is done, and what looks like gaming."""
        return load_file(self.folder / "feedback.yaml", FeedbackRules)

    @cached_property
    def drivers(self) -> DriverRules:
        """Outcomes and drivers, and from how many cases they are looked at."""
        return load_file(self.folder / "drivers.yaml", DriverRules)

    @cached_property
    def themes(self) -> ThemeRules:
        """From how many comments topics are sought, and the words that say nothing."""
        return load_file(self.folder / "themes.yaml", ThemeRules)

    @cached_property
    def predictive(self) -> PredictiveRules:
        """The criteria of the test for predictive service."""
        return load_file(self.folder / "predictive.yaml", PredictiveRules)

    @cached_property
    def values(self) -> ValuesRules:
        """How loyalty is compared by perception of sustainability, and the claims it is held against."""
        return load_file(self.folder / "values.yaml", ValuesRules)

    @cached_property
    def registers(self) -> RegisterRules:
        """What the usual scores are good for, and when teams are compared."""
        return load_file(self.folder / "registers.yaml", RegisterRules)

    @cached_property
    def report(self) -> CustomerLayout:
        """What a report shows of customers, in what order and to whom.

        Errors: DefinitionError for a name that is none.
        """
        dimensions = self.words.dimensions
        breakdowns = {*dimensions, *(each.option for each in dimensions.values() if each.option)}
        metrics = {**self.words.metrics, **self.figures}
        return load_customer_layout(self.folder.parent / "report.yaml", metrics, breakdowns)


def load_panels(folder: Path, metrics: CustomerMetricDefinitions) -> PanelDefinitions:
    """What `schemas/cx/panels` says, told with the words of the metrics and its own.

    Errors: DefinitionError for a name given twice, or for a unit, group or count that is none.
    """
    files = [load_file(path, PanelWords) for path in sorted((folder / "words").glob("*.yaml"))]
    figures = {figure.code: figure for figure in _once([each for file in files for each in file.figures], "code")}
    texts = _once([word for file in files for word in file.texts], "name")
    words = replace(
        metrics,
        groups={**metrics.groups, **_named(word for file in files for word in file.groups)},
        counts={**metrics.counts, **_named(word for file in files for word in file.counts)},
        methods={**metrics.methods, **_named(word for file in files for word in file.methods)},
        reasons={**metrics.reasons, **_named(word for file in files for word in file.reasons)},
    )
    for figure in figures.values():
        for what, name, known in (
            ("unit", figure.unit, words.units),
            ("group", figure.group, words.groups),
            ("count", figure.counts, words.counts),
        ):
            if name not in known:
                raise DefinitionError(f"schemas/cx/panels: {figure.code}: unknown {what} {name!r}.")
    return PanelDefinitions(folder, figures, _named(texts), words)


def _named(words: Iterable[Word]) -> Mapping[str, Word]:
    return {word.name: word for word in words}


def _once(items: list[Item], key: str) -> list[Item]:
    """The items as they are. Errors: DefinitionError for a name given twice."""
    names = [getattr(item, key) for item in items]
    for name in names:
        if names.count(name) > 1:
            raise DefinitionError(f"schemas/cx/panels: {name!r} is defined twice.")
    return items
