"""What may stand in `schemas/`: closed pydantic models, one a kind of file; they describe data and hold no code."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Text = dict[str, str]
"""A text in several languages by code; English is always there, the rest as far as it is translated."""

ConceptType = Literal[
    "text",
    "text_block",
    "boolean",
    "date",
    "year",
    "number",
    "percent",
    "monetary",
    "energy",
    "mass",
    "volume",
    "area",
    "ghg_emissions",
    "ghg_emissions_per_monetary",
    "enumeration",
    "enumeration_set",
]
NUMERIC_TYPES: frozenset[str] = frozenset(
    ("number", "percent", "monetary", "energy", "mass", "volume", "area", "ghg_emissions", "ghg_emissions_per_monetary")
)
Theme = Literal["general", "environment", "social", "governance"]


class Closed(BaseModel):
    """A definition: a key it does not know is refused, and it does not change once loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reference(Closed):
    """Where an edition of the standard has a concept or disclosure.

    `paragraph` is left out where it was not verified. `status` says what the edition did to it against the one before;
    a moved one names the `disclosure` it is in now.
    """

    paragraph: str = ""
    guidance: str = ""
    status: Literal["kept", "changed", "moved", "deleted", "template_detail"] = "kept"
    disclosure: str = ""


class Concept(Closed):
    """One reportable concept. `name` is the taxonomy's and the range's; `formerly`: older names by taxonomy version."""

    name: str
    formerly: dict[str, str] = {}
    labels: Text
    help: Text = {}
    type: ConceptType
    period: Literal["duration", "instant"]
    unit: str = ""
    members: str = ""
    table: str = ""
    editions: dict[str, Reference]

    @property
    def numeric(self) -> bool:
        """Whether its facts are numbers with a unit."""
        return self.type in NUMERIC_TYPES


class TableDefinition(Closed):
    """A table (hypercube) and the axes its facts are broken down by."""

    name: str
    formerly: dict[str, str] = {}
    axes: list[str]
    labels: Text


class Axis(Closed):
    """An axis: typed (any text) or explicit (members of a code list, one of which may be the default)."""

    name: str
    kind: Literal["typed", "explicit"]
    members: str = ""
    default: str = ""
    also_named: list[str] = []
    labels: Text


class Taxonomy(Closed):
    """A version of the XBRL taxonomy and the entry point a workbook names it by."""

    version: str
    entry_point: str


class Dimensions(Closed):
    """The file `vsme/dimensions.yaml`."""

    axes: list[Axis]
    taxonomies: list[Taxonomy]


class Disclosure(Closed):
    """The file of one disclosure: its title, paragraphs, tables and concepts, in the standard's order."""

    code: str
    module: Literal["basic", "comprehensive"]
    theme: Theme
    title: Text
    summary: Text = {}
    editions: dict[str, Reference]
    tables: list[TableDefinition] = []
    concepts: list[Concept]


class Unit(Closed):
    """A unit of the XBRL unit registry: what it measures, its sign, its size in the base unit, other spellings."""

    id: str
    measures: str
    symbol: str
    factor: str
    also: list[str] = []
    labels: Text = {}


class Units(Closed):
    """The file `units.yaml`: the units, and for each type of concept the unit taken where the workbook names none."""

    units: list[Unit]
    defaults: dict[str, str]


class Language(Closed):
    """A language reports can be written in. `complete` ones must have every text; others fall back to English."""

    code: str
    name: str
    complete: bool = True
    says_yes: list[str]
    says_no: list[str]


class Languages(Closed):
    """The file `languages.yaml`."""

    languages: list[Language]


class Code(Closed):
    """A line of a code list: the taxonomy's member, the code people know it by, labels, other spellings, older names.

    `only_in` is the one taxonomy version that has the member, when newer ones dropped it; `group` is a coarser class
    (the NACE section, whether a waste is hazardous).
    """

    member: str
    code: str = ""
    labels: Text
    also: tuple[str, ...] = ()
    formerly: dict[str, str] = {}
    only_in: str = ""
    group: str = ""


class FindingText(Closed):
    """What a finding says, in every language: `message` and `fix` have places for numbers in braces (`{total}`)."""

    code: str
    severity: Literal["error", "warning", "info"]
    title: Text
    message: Text
    fix: Text = {}


class FindingTexts(Closed):
    """A file of `findings/`."""

    findings: list[FindingText]
