"""What `schemas/report.yaml` may say of a report's first pages: key figures, and what is compared with last year."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from esgreport.definitions.closed import Closed
from esgreport.definitions.models import Text


class KeyFigureContext(Closed):
    """A line under a key figure: a metric or concept and what is said of it.

    `{value}` is the figure with its unit, `{year}` the year of the base it is compared with.
    """

    metric: str = ""
    of: str = ""
    concept: str = ""
    text: Text


class KeyFigureLayout(Closed):
    """A candidate for "at a glance": a concept or a metric, and the lines of context to try in turn.

    `of` is the concept a metric that has a figure for each was measured of; `unit` is what the figure is shown in.
    """

    concept: str = ""
    metric: str = ""
    of: str = ""
    unit: str = ""
    label: Text
    context: list[KeyFigureContext] = []


class TargetPlace(Closed):
    """Where the targets for figures are: a figure's own concept, at a member of an axis."""

    axis: str
    member: str


class ComparedRows(Closed):
    """A table whose rows are compared with the year before's: by the words of these concepts, under a label."""

    concepts: list[str]
    label: Text


class Compared(Closed):
    """What is compared with the year before, to say what has changed: answers, and rows of tables."""

    answers: list[str] = []
    rows: list[ComparedRows] = []
