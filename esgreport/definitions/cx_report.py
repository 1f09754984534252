"""What may stand in `schemas/cx/report.yaml`: what a report shows of customers, in what order and to whom."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

Audience = Literal["customer", "full"]
"""An edition of the report: for customers and the public, or in full for the undertaking itself."""


class Wanted(Closed):
    """Figures of a metric or a panel: those with the members named in `where`, under a shorter label if there is one.

    Figures of a breakdown are among them only where the block or `where` asks for it. For a touchpoint, `@kind` is one
    of that kind. `audience` is the edition they are in, where it is not both.
    """

    metric: str
    where: dict[str, str] = {}
    label: Text = {}
    audience: Audience | Literal["all"] = "all"


class Sentence(Wanted):
    """A sentence on one figure; nothing is said where the figure, or a value the sentence has a place for, is missing.

    Places: `{value}` `{size}` (without sign) `{low}` `{high}` `{confidence}` `{n}` `{accounts}` `{named}` (the members
    that `where` does not name). For comparisons a sentence a result stands in place of `text`.
    """

    text: Text = {}
    rise: Text = {}
    fall: Text = {}
    too_small: Text = {}
    none: Text = {}


class _Block(Closed):
    """What the blocks have in common: the edition they are in, where it is not both."""

    audience: Audience | Literal["all"] = "all"


class SaidBlock(_Block):
    """A paragraph of sentences on figures."""

    kind: Literal["said"]
    sentences: list[Sentence]


class RemarkBlock(_Block):
    """A remark that stands there whenever the section has something to show."""

    kind: Literal["remark"]
    text: Text


class EstimatesBlock(_Block):
    """A chart: a point and its interval for each figure; `by` gives a row to each member of a dimension.

    `title` may say `{value}` `{low}` `{high}` `{first}` of the first row, `plain` is said where they are missing;
    `subtitle` may say `{confidence}` `{period}` and `{n}`, of the first row too; `sort` puts the largest first.
    `low` and `high` are the ends of the scale, else it is made to fit.
    """

    kind: Literal["estimates"]
    id: str
    title: Text
    plain: Text = {}
    subtitle: Text
    figures: list[Wanted]
    by: str = ""
    sort: bool = False
    low: float | None = None
    high: float | None = None


class FiguresBlock(_Block):
    """A table: a row for each figure with value, interval, n, customers and how far it carries."""

    kind: Literal["figures"]
    id: str
    caption: Text
    figures: list[Wanted]
    by: str = ""


class MatrixBlock(_Block):
    """A table: a row for each member of a dimension, a column for each metric; `header` names the members."""

    kind: Literal["matrix"]
    id: str
    caption: Text
    by: str
    header: Text = {}
    figures: list[Wanted]


class CohortsBlock(_Block):
    """A heat map: a row for each cohort, a column for each number of months."""

    kind: Literal["cohorts"]
    id: str
    title: Text
    subtitle: Text
    metrics: list[str]


class PanelBlock(_Block):
    """What a panel has besides figures. `only` keeps perspectives, gaps or actions of some kinds; empty: all.

    `most` is how many rows a table has at most in the edition for others, which counts under it what is beyond;
    without it, and in the full edition, it has all.
    """

    kind: Literal["panel"]
    show: Literal["journey", "touchpoints", "gaps", "actions", "criteria", "checks", "surveys", "events"]
    id: str
    caption: Text
    only: list[str] = []
    most: int | None = None


class NotesBlock(_Block):
    """The remarks a panel makes on itself."""

    kind: Literal["notes"]
    of: Literal["journey", "feedback", "drivers", "prediction", "themes", "predictive", "values", "registers"]


AnyBlock = (
    SaidBlock | RemarkBlock | EstimatesBlock | FiguresBlock | MatrixBlock | CohortsBlock | PanelBlock | NotesBlock
)


class SectionLayout(_Block):
    """A section: its heading, the edition it is in, its blocks."""

    id: str
    title: Text
    blocks: list[Annotated[AnyBlock, Field(discriminator="kind")]]


class KeyFigureOfCustomers(Closed):
    """A candidate for "at a glance": the figure, the section with its details, and the comparison with the year before.

    Which figures come first is their order here.
    """

    figure: Wanted
    section: str
    change: str = ""


class CustomerLayout(Closed):
    """What a report shows of customers.

    `breakdowns` are the dimensions figures are broken down by, a name or an option of the command. `most_key_figures`
    is how many of them "at a glance" takes. `left_out` says to readers what an edition for customers does not show.
    """

    title: Text
    lead: Text
    states: Text
    left_out: Text
    breakdowns: list[str]
    most_key_figures: int
    key_figures: list[KeyFigureOfCustomers]
    sections: list[SectionLayout]

    def wanted(self) -> Iterator[Wanted]:
        """Everything that names a metric."""
        yield from (key.figure for key in self.key_figures)
        for block in (block for section in self.sections for block in section.blocks):
            if isinstance(block, SaidBlock):
                yield from block.sentences
            elif isinstance(block, (EstimatesBlock, FiguresBlock, MatrixBlock)):
                yield from block.figures


def load_customer_layout(path: Path, metrics: Collection[str], dimensions: Collection[str]) -> CustomerLayout:
    """The layout, held against what there is.

    Errors: DefinitionError for a metric, section or breakdown that is none.
    """
    layout = load_file(path, CustomerLayout)
    named = [(each.metric, metrics, "metric") for each in layout.wanted()]
    named += [(key.change, metrics, "metric") for key in layout.key_figures if key.change]
    named += [(key.section, [each.id for each in layout.sections], "section") for key in layout.key_figures]
    named += [(name, dimensions, "breakdown") for name in layout.breakdowns]
    for name, known, what in named:
        if name not in known:
            raise DefinitionError(f"schemas/cx/report.yaml: unknown {what} {name!r}.{did_you_mean(name, known)}")
    return layout
