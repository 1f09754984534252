"""What may stand in `schemas/report.yaml`: which blocks a report shows and in what order, as closed models of kinds."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.layout_front import Compared, KeyFigureContext, KeyFigureLayout, TargetPlace
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import ConceptType, Text, Theme
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.sentences import Sentence, load_sentences, terms_of
from esgreport.errors import DefinitionError


class Labelled(Closed):
    """A concept with a shorter label than its own, for a chart."""

    concept: str
    label: Text


# ── blocks of a disclosure ──


class AnswersBlock(Closed):
    """Short answers, one a concept."""

    kind: Literal["answers"]
    concepts: list[str]


class NarrativeBlock(Closed):
    """Texts as they were written, one a concept."""

    kind: Literal["narrative"]
    concepts: list[str]


class ProseBlock(Closed):
    """A paragraph about the figures: sentences of `sentences/` by their identifiers."""

    kind: Literal["prose"]
    sentences: list[str]


class NumbersBlock(Closed):
    """A table of single figures, a row a concept or metric; `totals` are set off."""

    kind: Literal["numbers"]
    caption: Text
    concepts: list[str]
    totals: list[str] = []
    metrics: list[str] = []


class MatrixBlock(Closed):
    """Concepts down, members of an axis across, the default one among them.

    `change` is a metric whose figures stand in a last column, `total` a concept for a last row's default member,
    `periods` says that the members are years, which then stand in the headers; `short` are shorter headers.
    """

    kind: Literal["matrix"]
    caption: Text
    concepts: list[str]
    axis: str
    members: list[str]
    totals: list[str] = []
    total: str = ""
    change: str = ""
    periods: bool = False
    short: dict[str, Text] = {}


class TableColumn(Closed):
    """A column of a table: the concepts that may fill it (mass, or else volume), and a shorter header."""

    concepts: list[str]
    header: Text = {}


class TableBlock(Closed):
    """A table of the standard: a row for each value of its axis, in the workbook's order."""

    kind: Literal["table"]
    table: str
    caption: Text = {}
    axis_header: Text = {}
    columns: list[TableColumn]


class SiteMapBlock(Closed):
    """A map of the rows of a table: concepts of each row's coordinates, country and city."""

    kind: Literal["site_map"]
    table: str
    place: str
    country: str
    city: str


class ChangesBlock(Closed):
    """A table of the figures of one metric that has one a concept."""

    kind: Literal["changes"]
    caption: Text
    metric: str


class _ChartBlock(Closed):
    """What charts have in common.

    With `whole`, the title is said only where what is drawn makes that reported total; `plain` is said otherwise.
    """

    id: str
    title: Text
    plain: Text = {}
    subtitle: Text
    unit: str = ""
    whole: str = ""

    @model_validator(mode="after")
    def _says_something_else(self) -> Self:
        if self.whole and not self.plain:
            raise ValueError("a chart with a `whole` needs a `plain` title")
        return self


class MembersChart(_ChartBlock):
    """Concepts as bars, stacked by the members of an axis. Title: `{share}` is that of the first member."""

    kind: Literal["members_chart"]
    concepts: list[Labelled]
    axis: str
    members: list[str]


class PeriodsChart(_ChartBlock):
    """Concepts with their base year, current and target figures side by side.

    Titles: `{change}` (without sign), `{base}` the year, `{total}` with unit, of that metric and concept.
    `plain` is the title where neither is there.
    """

    kind: Literal["periods_chart"]
    concepts: list[Labelled]
    axis: str
    base: str
    target: str
    metric: str
    of: str
    below: Text
    above: Text
    same: Text


class PartsChart(_ChartBlock):
    """One bar of 100 %, its parts are concepts. Title: `{share}` is that of the first."""

    kind: Literal["parts_chart"]
    concepts: list[Labelled]


class RowsChart(_ChartBlock):
    """A bar for each value of a table's axis; concepts are stacked, or one bar alone.

    Title: `{share}` of the first concept, `{largest}` the longest bar's label, `{largest_share}`.
    """

    kind: Literal["rows_chart"]
    table: str
    concepts: list[Labelled]


class FiguresChart(_ChartBlock):
    """A bar for each of some figures that are measured alike, with the year before; only where there are two.

    Title: `{value}` is that of `of`, a concept, or else of `metric`; `plain` where neither is there.
    """

    kind: Literal["figures_chart"]
    concepts: list[Labelled]
    of: str = ""
    metric: str = ""

    @model_validator(mode="after")
    def _has_a_plain_title(self) -> Self:
        if not self.plain:
            raise ValueError("a chart of figures needs a `plain` title")
        return self


class TrendChart(_ChartBlock):
    """One concept or metric over the years, a column a year; only where three or more can be compared.

    Titles: `{change}` (without sign) since `{base}`, the first year shown; `title` where that cannot be said.
    """

    kind: Literal["trend_chart"]
    of: str = ""
    metric: str = ""
    below: Text
    above: Text
    same: Text


ChartBlock = MembersChart | PeriodsChart | PartsChart | RowsChart | FiguresChart | TrendChart
LayoutBlock = (
    AnswersBlock | NarrativeBlock | ProseBlock | NumbersBlock | MatrixBlock | TableBlock | SiteMapBlock | ChangesBlock
    | MembersChart | PeriodsChart | PartsChart | RowsChart | FiguresChart | TrendChart
)  # fmt: skip
Blocks = list[Annotated[LayoutBlock, Field(discriminator="kind")]]

# ── the whole report ──


class PartLayout(Closed):
    """A chapter: its disclosures in order, and the concept for what is specific to the entity in it."""

    theme: Theme
    title: Text
    disclosures: list[str]
    additional: list[str] = []


class Scale(Closed):
    """How figures of a type are shown that would be a row of noughts: times a power of ten, said in their unit.

    `{over}` and `{under}` are the signs of the unit's parts. The fact itself, and the table of sources, stay as filed.
    """

    type: ConceptType
    power: int
    unit: Text


class EditionText(Closed):
    """What a report says of the edition of the standard it follows."""

    name: Text
    statement: Text


class Layout(Closed):
    """The file `report.yaml`."""

    title: Text
    parts: list[PartLayout]
    about: list[str]
    editions: dict[str, EditionText]
    schemes: dict[str, Text] = {}
    scales: list[Scale] = []
    most_key_figures: int = 8
    most_at_a_glance: int = 12
    targets: TargetPlace | None = None
    crosswalk: list[str] = []
    sites: list[str] = []
    compared: Compared = Compared()
    most_years: int = 5
    key_figures: list[KeyFigureLayout]
    disclosures: dict[str, Blocks] = {}
    sentences: dict[str, Sentence] = {}
    """Those of the folder `sentences/`, by identifier."""


@dataclass(frozen=True, slots=True)
class Names:
    """What there is for a layout to name, by what it is called in messages."""

    concept: Collection[str]
    metric: Collection[str]
    table: Collection[str]
    axis: Collection[str]
    disclosure: Collection[str]


def load_layout(folder: Path, names: Names) -> Layout:
    """The layout of a report with its sentences. Errors: DefinitionError for a name that is none, a sentence unused."""
    found = load_file(folder / "report.yaml", Layout)
    layout = found.model_copy(update={"sentences": dict(load_sentences(folder / "sentences"))})
    check_layout(layout, names)
    _check_sentences(layout, names)
    return layout


def _check_sentences(layout: Layout, names: Names) -> None:
    """Whether every sentence is said once and names only what there is."""
    said = [
        name
        for blocks in layout.disclosures.values()
        for block in blocks
        if isinstance(block, ProseBlock)
        for name in block.sentences
    ]
    for name in said:
        if name not in layout.sentences:
            raise DefinitionError(
                f"schemas/report.yaml: unknown sentence {name!r}.{did_you_mean(name, layout.sentences)}"
            )
    odd = [name for name in layout.sentences if said.count(name) != 1]
    if odd:
        raise DefinitionError(f"schemas/sentences: {', '.join(odd)}: each sentence stands in one place of report.yaml.")
    for sentence in layout.sentences.values():
        for term in terms_of(sentence):
            for name, known in ((term.concept, names.concept), (term.of, names.concept), (term.metric, names.metric)):
                if name and name not in known:
                    raise DefinitionError(f"schemas/sentences: {sentence.id}: {name!r}.{did_you_mean(name, known)}")


def check_layout(layout: Layout, names: Names) -> None:
    """Whether the layout names only what exists. Errors: DefinitionError with the nearest name there is."""
    for place, kind, name in _mentions(layout):
        known: Collection[str] = getattr(names, kind)
        if name not in known:
            raise DefinitionError(f"schemas/report.yaml: {place}: unknown {kind} {name!r}.{did_you_mean(name, known)}")


Mention = tuple[str, Literal["concept", "metric", "table", "axis", "disclosure"], str]


def _mentions(layout: Layout) -> Iterator[Mention]:
    """Every name a layout makes use of, with where it does and what it should be the name of."""
    for part in layout.parts:
        yield from (("parts", "disclosure", code) for code in part.disclosures)
        yield from (("parts", "concept", name) for name in part.additional)
    yield from (("about", "concept", name) for name in layout.about)
    for figure in layout.key_figures:
        yield from _figure_mentions(figure)
        for context in figure.context:
            yield from _figure_mentions(context)
    compared = (*layout.compared.answers, *(name for rows in layout.compared.rows for name in rows.concepts))
    yield from (("compared", "concept", name) for name in (*layout.sites, *compared))
    if layout.targets:
        yield "targets", "axis", layout.targets.axis
    for code, blocks in layout.disclosures.items():
        yield "disclosures", "disclosure", code
        for block in blocks:
            yield from ((f"disclosures.{code}", kind, name) for _, kind, name in _block_mentions(block))


def _figure_mentions(figure: KeyFigureLayout | KeyFigureContext) -> Iterator[Mention]:
    yield from (("key_figures", "concept", name) for name in (figure.concept, figure.of) if name)
    if figure.metric:
        yield "key_figures", "metric", figure.metric


def _block_mentions(block: LayoutBlock) -> Iterator[Mention]:
    for name in concepts_of(block):
        yield "", "concept", name
    if isinstance(block, (TableBlock, RowsChart, SiteMapBlock)):
        yield "", "table", block.table
    if isinstance(block, (MatrixBlock, MembersChart, PeriodsChart)):
        yield "", "axis", block.axis
    if isinstance(block, NumbersBlock):
        yield from (("", "metric", name) for name in block.metrics)
    if isinstance(block, (FiguresChart, TrendChart)) and block.metric:
        yield "", "metric", block.metric
    if isinstance(block, (ChangesBlock, PeriodsChart)):
        yield "", "metric", block.metric
    if isinstance(block, MatrixBlock) and block.change:
        yield "", "metric", block.change


def concepts_of(block: LayoutBlock) -> tuple[str, ...]:
    """The concepts a block names, in its order."""
    names: tuple[str, ...] = ()
    match block:
        case AnswersBlock() | NarrativeBlock():
            names = tuple(block.concepts)
        case NumbersBlock():
            names = (*block.concepts, *block.totals)
        case MatrixBlock():
            names = (*block.concepts, *block.totals, *((block.total,) if block.total else ()))
        case TableBlock():
            names = tuple(name for column in block.columns for name in column.concepts)
        case MembersChart() | PartsChart() | RowsChart():
            names = (*(item.concept for item in block.concepts), *((block.whole,) if block.whole else ()))
        case PeriodsChart():
            names = (*(item.concept for item in block.concepts), block.of)
        case FiguresChart():
            names = (*(item.concept for item in block.concepts), *((block.of,) if block.of else ()))
        case TrendChart():
            names = (block.of,) if block.of else ()
        case SiteMapBlock():
            names = (block.place, block.country, block.city)
        case ChangesBlock() | ProseBlock():
            pass
    return names
