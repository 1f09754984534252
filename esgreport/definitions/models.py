"""What the standard is made of in `schemas/`: closed shapes, one a kind of file; they describe data and hold no code.

They are plain dataclasses, so that reading facts does not have to load pydantic, which checks them (see `loading`).
The models that only reports, rules and our workbook need are pydantic's own and extend `closed.Closed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeVar, dataclass_transform

Text = dict[str, str]
"""A text in several languages by code; English is always there, the rest as far as it is translated."""


def in_language(text: Text, language: str) -> str:
    """A text in that language, in English where it is not translated, empty where there is none."""
    return text.get(language) or text.get("en", "")


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
Need = Literal[
    "necessary",
    "necessary_if_applicable",
    "necessary_if_lawful",
    "voluntary",
    "consideration",
    "template_detail",
    "replaced",
    "deleted",
]
"""How far an edition asks for a concept.

`necessary_if_lawful`: necessary where no law forbids to say it; `consideration`: worth considering when reporting what
the sector asks for; `template_detail`: asked by the template, not by the standard; `replaced`: asked in another form.
"""
Band = Literal["over_10", "up_to_10"]
"""The sizes the 2026 standard tells apart: more than 10 employees, or 10 and fewer."""


_Shape = TypeVar("_Shape")


@dataclass_transform(eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def closed(shape: type[_Shape]) -> type[_Shape]:
    """A definition: a frozen dataclass for which pydantic refuses a key it does not know.

    It is compared by identity and has no words of its own: making those for every class costs each start dearly.
    """
    made: type[_Shape] = dataclass(frozen=True, kw_only=True, repr=False, eq=False)(shape)
    made.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return made


@closed
class Reference:
    """Where an edition of the standard has a concept or disclosure.

    `paragraph` is left out where it was not verified. `status` says what the edition did to it against the one before;
    a moved one names the `disclosure` it is in now, a replaced one may name in `instead` what is asked now. How far it
    is asked for is its `need`, or `over_10` and `up_to_10` where the edition tells sizes apart. `unverified` names the
    keys nobody could check against the law: their values are the best there is, and are shown as unverified.
    """

    paragraph: str = ""
    guidance: str = ""
    status: Literal["kept", "changed", "moved", "deleted", "template_detail", "new"] = "kept"
    disclosure: str = ""
    need: Need | Literal[""] = ""
    over_10: Need | Literal[""] = ""
    up_to_10: Need | Literal[""] = ""
    instead: str = ""
    unverified: list[Literal["paragraph", "over_10", "up_to_10"]] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Whether all that is said here was checked against the law, or read by more than one."""
        return not self.unverified

    def need_of(self, band: Band) -> Need | Literal[""]:
        """How far the edition asks for it from an undertaking of that size; empty where nobody says."""
        return self.need or (self.over_10 if band == "over_10" else self.up_to_10)


@closed
class Concept:
    """One reportable concept. `name` is the taxonomy's and the range's; `formerly`: older names by taxonomy version."""

    name: str
    formerly: dict[str, str] = field(default_factory=dict)
    labels: Text
    help: Text = field(default_factory=dict)
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

    @property
    def in_taxonomy(self) -> bool:
        """Whether it is one of the XBRL taxonomy, which implements the 2025 edition, and not one of our own."""
        return "vsme-2025" in self.editions

    def paragraph_in(self, edition: str) -> str:
        """Its paragraph in an edition; empty where it has none there or none is verified."""
        return self.editions[edition].paragraph if edition in self.editions else ""


@closed
class TableDefinition:
    """A table (hypercube) and the axes its facts are broken down by."""

    name: str
    formerly: dict[str, str] = field(default_factory=dict)
    axes: list[str]
    labels: Text


@closed
class Axis:
    """An axis: typed (any text) or explicit (members of a code list, one of which may be the default)."""

    name: str
    kind: Literal["typed", "explicit"]
    members: str = ""
    default: str = ""
    also_named: list[str] = field(default_factory=list)
    labels: Text


@closed
class Taxonomy:
    """A version of the XBRL taxonomy and the entry point a workbook names it by."""

    version: str
    entry_point: str


@closed
class Dimensions:
    """The file `vsme/dimensions.yaml`."""

    axes: list[Axis]
    taxonomies: list[Taxonomy]


@closed
class AlsoAsked:
    """Values a disclosure asks for that are values of other disclosures' concepts: those at some members of an axis."""

    concepts: list[str]
    axis: str
    members: list[str]
    editions: dict[str, Reference]


@closed
class Disclosure:
    """The file of one disclosure: its title, paragraphs, tables and concepts, in the standard's order.

    `also_asked`: what it asks for of concepts that stand in another one (a base year's emissions).
    """

    code: str
    module: Literal["basic", "comprehensive"]
    theme: Theme
    title: Text
    summary: Text = field(default_factory=dict)
    editions: dict[str, Reference]
    tables: list[TableDefinition] = field(default_factory=list)
    concepts: list[Concept]
    also_asked: list[AlsoAsked] = field(default_factory=list)


@closed
class Unit:
    """A unit of the XBRL unit registry: what it measures, its sign, its size in the base unit, other spellings."""

    id: str
    measures: str
    symbol: str
    factor: str
    also: list[str] = field(default_factory=list)
    labels: Text = field(default_factory=dict)


@closed
class Units:
    """The file `units.yaml`: the units, and for each type of concept the unit taken where the workbook names none."""

    units: list[Unit]
    defaults: dict[str, str]


@closed
class Language:
    """A language reports can be written in. `complete` ones must have every text; others fall back to English."""

    code: str
    name: str
    complete: bool = True
    says_yes: list[str]
    says_no: list[str]


@closed
class Languages:
    """The file `languages.yaml`."""

    languages: list[Language]


@closed
class Code:
    """A line of a code list: the taxonomy's member, the code people know it by, labels, other spellings, older names.

    `only_in` is the one taxonomy version that has the member, when newer ones dropped it; `group` is a coarser class
    (the NACE section, whether a waste is hazardous).
    """

    member: str
    code: str = ""
    labels: Text
    also: tuple[str, ...] = ()
    formerly: dict[str, str] = field(default_factory=dict)
    only_in: str = ""
    group: str = ""


@closed
class CodeIndex:
    """A code list as reading asks it: the member of each text (empty for several), names in older taxonomies."""

    exact: dict[str, str]
    formerly: dict[str, dict[str, str]]


@closed
class FindingText:
    """What a finding says, in every language: `message` and `fix` have places for numbers in braces (`{total}`)."""

    code: str
    severity: Literal["error", "warning", "info"]
    title: Text
    message: Text
    fix: Text = field(default_factory=dict)


@closed
class FindingTexts:
    """A file of `findings/`."""

    findings: list[FindingText]
