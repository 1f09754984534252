"""The layout of the workbook we write: closed models for `schemas/workbook.yaml`; they describe and draw nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text, Theme

LANGUAGES = ("en", "it", "de", "fr")
"""The languages the workbook's own sentences must all have; a definition lacking one is refused."""


def _complete(text: Text) -> Text:
    missing = [language for language in LANGUAGES if not text.get(language)]
    if missing:
        raise ValueError(f"the text is missing in {', '.join(missing)}")
    return text


class Condition(Closed):
    """When a line or block applies: the answer to another concept is this, holds this, or is at least this."""

    concept: str
    equals: bool | str | None = None
    contains: str = ""
    at_least: int | None = None


class Formula(Closed):
    """How a cell is computed from named cells or a table's rows.

    `sum`: all of `of`; with `need: all` only when every part is there. `difference`: the first less the second.
    `ratio`: the first by the second, times `factor`. `mean_ratio`: the first by the mean of the other two. `gap`: the
    first less the second, by the first. `rows`: the rows of the table that have the concepts in `of`, in the unit of
    the cell's own concept, only those of a `group` of the row's code list where one is named.
    """

    kind: Literal["sum", "difference", "ratio", "mean_ratio", "gap", "rows"]
    of: list[str]
    need: Literal["any", "all"] = "all"
    group: str = ""
    factor: int = 1


class Line(Closed):
    """A question on a line of its own. What kind of cell it gets follows from the concept's type."""

    concept: str
    """A concept, or an answer beside them (`side_answers.yaml`)."""
    optional: bool = False
    when: Condition | None = None
    formula: Formula | None = None
    open: bool = False
    """The cell is still to be filled in: its formula is what it shows until then."""
    units: tuple[str, ...] = ()
    """Units to choose from; the concept's own unit is shown, fixed, where there are none."""
    rows: int = 6
    """Cells for the members of a set."""
    lines: int = 6
    """Lines of text a text block has room for at least."""
    places: int | None = None
    """Decimal places shown; the type's own where left out."""
    negative: bool = False


class _Block(Closed):
    disclosure: str
    heading: Text = Field(default_factory=dict)
    note: Text = Field(default_factory=dict)
    when: Condition | None = None
    optional: bool = False


class LinesBlock(_Block):
    """Questions one below the other."""

    kind: Literal["lines"]
    lines: list[Line]


class MatrixColumn(Closed):
    """A column of a matrix: the member it stands for, how its cells are named, and the year cell above it."""

    at: str
    """The sheet's column, by letter."""
    member: str
    bare: bool = False
    """Cells are named after the concept alone, which stands for the axis's default member."""
    year: str = ""
    """The concept that the year in the column's head answers; the head is named after the member as well."""
    sum_of: tuple[str, ...] = ()
    """Members of the columns this one adds up."""


class MatrixRow(Closed):
    """A row of a matrix: one concept, cells for each member; a formula holds for every column."""

    concept: str
    optional: bool = False
    formula: Formula | None = None


class MatrixBlock(_Block):
    """A fixed table: a row a concept, a column a member."""

    kind: Literal["matrix"]
    table: str
    columns: list[MatrixColumn]
    rows: list[MatrixRow]


class TableColumn(Closed):
    """A column of an open table: an axis, concepts (two may share one, told apart by unit), the unit, or the group."""

    at: str
    axis: str = ""
    name: str = ""
    """The name of an axis's range where it is not the axis's own."""
    concepts: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    """Units to choose from: this is the unit column of all numbers of the row."""
    group: bool = False
    """Shows the group of the row's code (hazardous or not)."""
    label: Text = Field(default_factory=dict)
    sum_of: tuple[str, ...] = ()
    """Letters of the columns of the row that this one adds up."""
    required: bool = False
    choose_from: str = ""
    """An axis of another table whose values are offered (a site's identifier)."""

    @model_validator(mode="after")
    def _one_purpose(self) -> TableColumn:
        if sum(map(bool, (self.axis, self.concepts, self.unit, self.group))) != 1:
            raise ValueError("a column has exactly one of axis, concepts, unit, group")
        return self


class TableBlock(_Block):
    """An open table: a row a site, a waste, a country …; as many rows as are laid out, more where facts need them."""

    kind: Literal["table"]
    table: str
    rows: int
    status_at: str = "G"
    columns: list[TableColumn]


class IdentityLine(Closed):
    """A line about the report itself, under the official template's name."""

    name: str
    type: Literal["text", "date", "choice", "locked"]
    label: Text
    help: Text = Field(default_factory=dict)
    choices: Literal["", "schemes", "currencies", "languages"] = ""
    required: bool = False

    _texts = field_validator("label", "help")(lambda text: _complete(text) if text else text)


class IdentityBlock(Closed):
    """Who reports, for which period: what every fact needs."""

    kind: Literal["identity"]
    disclosure: str
    """The disclosure whose progress these lines count towards."""
    heading: Text
    lines: list[IdentityLine]


class FootnotesBlock(Closed):
    """The table of footnotes, named as the official template has it."""

    kind: Literal["footnotes"]
    rows: int
    note: Text


class StartBlock(Closed):
    """What the workbook is, how to fill it in, the legend, and the progress by disclosure."""

    kind: Literal["start"]
    intro: list[Text]
    steps: list[Text]


Block = Annotated[
    LinesBlock | MatrixBlock | TableBlock | IdentityBlock | FootnotesBlock | StartBlock, Field(discriminator="kind")
]


class SheetLayout(Closed):
    """A sheet: its tab's name (ASCII, 31 characters at most), its title, its blocks; `columns` are widths from B on."""

    name: Text
    title: Text
    theme: Theme
    columns: tuple[float, ...] = ()
    blocks: list[Block]

    @field_validator("name")
    @classmethod
    def _plain(cls, name: Text) -> Text:
        for text in _complete(name).values():
            if not text.isascii() or len(text) > 31 or set(text) & set("[]:*?/\\'"):
                raise ValueError(f"{text!r} is no plain sheet name")
        return name

    _title = field_validator("title")(_complete)


class WorkbookLayout(Closed):
    """The file `workbook.yaml`."""

    texts: dict[str, Text]
    currencies: list[str]
    schemes: dict[str, str]
    """Identifier schemes by the name offered, as URIs."""
    offered: dict[str, int]
    """For a long code list, how many characters the codes have that are offered."""
    columns: list[float]
    edition: str
    """The edition whose paragraphs an empty workbook shows."""
    omitted: str
    """The concept that lists omitted disclosures: what it names is not missing."""
    sheets: list[SheetLayout]

    @field_validator("texts")
    @classmethod
    def _all_languages(cls, texts: dict[str, Text]) -> dict[str, Text]:
        for key, text in texts.items():
            if any(not text.get(language) for language in LANGUAGES):
                raise ValueError(f"text {key!r} is missing in a language")
        return texts


@cache
def load_layout(folder: Path) -> WorkbookLayout:
    """The layout in a `schemas` folder. Errors: DefinitionError with file and line for what does not fit."""
    return load_file(folder / "workbook.yaml", WorkbookLayout)
