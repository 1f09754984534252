"""The document: what a reader is shown, complete and in one language, before any format; render draws it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from esgreport.customer_panels import JourneyMap
from esgreport.model import Entity, Finding, Source


@dataclass(frozen=True, slots=True)
class Provenance:
    """One fact as the reader may trace it; `anchor` is unique in the document and made of letters, digits, hyphens."""

    anchor: str
    label: str
    value: str
    exact: str
    """The value at full precision, with its unit as filed; a long text by its beginning, all of it is in the report."""
    unit: str
    period: str
    dimensions: str
    source: Source
    concept: str
    paragraph: str
    computed_from: tuple[str, ...] = ()
    """Anchors of the facts a measured value was computed from, with `formula` in words."""
    formula: str = ""
    printed: str = ""
    """Where it stands on paper: the anchor of the line it shares with others of its kind; empty: a line of its own."""
    place: str = ""
    """What that line says of where they come from: tables and rows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as it is shown, in the reader's language: text, unit beside it, and the facts behind it (anchors)."""

    text: str
    unit: str = ""
    facts: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    """Numbers of the document's footnotes."""
    absent: bool = False
    """Shown because a row needs a cell here, yet nothing was reported: a dash, never a nought."""
    remark: str = ""
    """What is said under it in small letters: how far it carries, why it is withheld."""
    letters: tuple[str, ...] = ()
    """Letters of the notes under its table."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a key figure: what it is (a year, a target), the figure, and in words how they differ."""

    what: str
    figure: Figure
    words: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure for the page "at a glance": label, the figure, and a line of context under it."""

    label: str
    figure: Figure
    context: str = ""
    section: str = ""
    """Identifier of the section that has the details."""
    before: str = ""
    """A sentence on the year before, where its figure alone would say more than is known."""
    beside: tuple[Beside, ...] = ()
    """The figure of the year before, and that of a target."""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of key figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: header, unit when one unit holds for all of it, and whether it is numeric.

    Columns of one `group` beside each other stand under it as a common heading; `prior` ones show an earlier year.
    """

    header: str
    unit: str = ""
    numeric: bool = False
    group: str = ""
    prior: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: its first cell is the row header."""

    cells: tuple[Figure, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures; `columns` and every row have the same length."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    paragraph: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """Notes under it, by the letter cells refer to them with."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the standard and its answer in a word or a line: yes, a member, a link, a date."""

    label: str
    figures: tuple[Figure, ...]
    """One, or the items of a list."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A list of short answers."""

    id: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """Text as the undertaking wrote it: `text` keeps its line breaks; an empty line parts paragraphs."""

    id: str
    label: str
    text: str
    facts: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of ours about the figures around it: words, and the figures they say, each traced to its facts.

    What a table beside it shows is said again here; so it is not where a fact stands.
    """

    id: str
    pieces: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        """All of it as words."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Series:
    """A chart's series. `role` gives the drawing: actual solid, prior light, base and target outlined, or part n."""

    label: str
    values: tuple[Decimal | None, ...]
    shown: tuple[str, ...]
    """The same values as text in the reader's language."""
    role: Literal["actual", "prior", "base", "target", "part"] = "actual"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is drawn.

    bars: one horizontal bar a category, series side by side. stack: one horizontal bar a category, series stacked.
    columns: vertical columns a category, series side by side. share: one bar of 100 %, series are its parts.
    """

    id: str
    kind: Literal["bars", "stack", "columns", "share"]
    title: str
    """What it says."""
    subtitle: str
    """What is shown, unit, period."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    description: str = ""
    """The text alternative: what a reader who cannot see it must know, with the numbers."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A row of a chart of estimates: a point with its interval; `faint` where it rests on few cases."""

    label: str
    value: float
    interval: tuple[float, float] | None
    shown: str
    """The value as text in the reader's language; `interval_shown` are the ends."""
    interval_shown: tuple[str, str] | None = None
    faint: bool = False
    facts: tuple[str, ...] = ()
    """Anchors of the facts behind it."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """A chart of estimates before it is drawn: a point and an interval a row, all on one scale.

    `scale` are its ends, `ticks` the places that are named on it, with their names. `faintly` says in words what a
    hollow point means.
    """

    id: str
    title: str
    subtitle: str
    rows: tuple[Estimate, ...]
    scale: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    faintly: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map: its share from 0 to 1 and as text; without a value a dash, or why there is none."""

    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat map; as many cells as the map has columns."""

    label: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Shares by row and column before they are drawn: the darker, the larger; each is written in its cell."""

    id: str
    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class JourneyPicture:
    """The customer's journey before it is drawn; `journey` holds only what its reader is to see."""

    id: str
    title: str
    journey: JourneyMap


@dataclass(frozen=True, slots=True)
class Site:
    """A site on a map: what it is called, its place in degrees (north and east positive), its ISO 3166 country."""

    label: str
    latitude: float
    longitude: float
    country: str = ""


@dataclass(frozen=True, slots=True)
class SiteMap:
    """A map of sites before it is drawn; the table of sites beside it has all of them."""

    id: str
    title: str
    sites: tuple[Site, ...]
    note: str = ""
    """Where the outlines come from, and which sites are not on it and why."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of ours: something omitted, not reported, or to be known about what stands around it."""

    text: str
    kind: Literal["info", "omitted", "absent", "method"] = "info"
    title: str = ""
    """A heading over it, and over the notes without one behind it."""


Block = KeyFigures | Table | Answers | Narrative | Prose | Chart | Estimates | HeatMap | JourneyPicture | SiteMap | Note


@dataclass(frozen=True, slots=True)
class Section:
    """A disclosure, or a part of the report around them. `number` is the disclosure's code (`B3`) or empty."""

    id: str
    title: str
    number: str = ""
    paragraph: str = ""
    theme: Literal["general", "environment", "social", "governance", "customers", "frame"] = "frame"
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: a run of sections under one heading."""

    id: str
    title: str
    theme: Literal["general", "environment", "social", "governance", "customers", "frame"]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of the content index: `section` is where it is found, empty when it is not in the report."""

    number: str
    title: str
    paragraph: str
    paragraph_2026: str
    status: str
    """In the reader's language: reported, omitted as sensitive, not reported."""
    section: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """A disclosure and where each framework of a `Crosswalk` asks for what it reports; empty where none is known.

    A cell is in pieces, in which no line may break.
    """

    number: str
    title: str
    section: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Where other frameworks ask for what is reported: a row a disclosure, a cell a framework.

    `frameworks` are pairs of an identifier and a header; `notes` say how to read it, `sources` are pairs of a framework
    and of who says so.
    """

    frameworks: tuple[tuple[str, str], ...]
    rows: tuple[CrosswalkRow, ...]
    notes: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report for one reader, complete and in one language, before any format: render draws it and adds nothing."""

    language: str
    title: str
    subtitle: str
    entity: Entity
    period: str
    standard: str
    """The edition and the module, in words."""
    facts_line: str
    """One line on what the report stands on: workbook, number of facts, digest."""
    key_figures: KeyFigures
    about: Section
    parts: tuple[Part, ...]
    index: tuple[IndexRow, ...]
    footnotes: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    findings: tuple[Finding, ...] = ()
    draft: bool = False
    methods: Section | None = None
    appendices: tuple[Section, ...] = ()
    """What stands after the methods for who wants to check figures of a kind: their definitions, formulas, sources."""
    message: Section | None = None
    """What the undertaking says to its readers before the figures, in its own words."""
    crosswalk: Crosswalk | None = None
    """Where other frameworks ask for what is reported; None where that is known of nothing."""
    comparatives: Section | None = None
    """Which earlier years are shown, what makes them hard to compare, what was restated; None for one year alone."""
