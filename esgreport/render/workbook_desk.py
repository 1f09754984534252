"""What every sheet of our workbook needs at hand: definitions, language, facts, names; it places nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from esgreport.definitions import (
    Axis,
    Concept,
    Definitions,
    Disclosure,
    TableDefinition,
    Text,
    did_you_mean,
    in_language,
)
from esgreport.definitions.workbook import MatrixBlock, TableBlock, WorkbookLayout
from esgreport.errors import DefinitionError
from esgreport.model import Area, Fact
from esgreport.render.workbook_entries import Entries

UNITS_WITHOUT_CELL = ("monetary", "ghg_emissions_per_monetary", "number", "percent")
"""Types of concept whose unit no cell may change: it is the currency, or there is none."""


@dataclass
class Desk:
    """The material of one workbook; names are collected here as the sheets are laid out."""

    definitions: Definitions
    layout: WorkbookLayout
    language: str
    entries: Entries
    names: dict[str, Area] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The lists that cells take their choices from, by the name of their range."""
    counts: dict[str, list[tuple[Area, tuple[str, ...]]]] = field(default_factory=dict)
    """By disclosure: the areas with its statuses, and what these say as things stand (keys of texts)."""

    @property
    def edition(self) -> str:
        """The edition of the standard whose paragraphs are shown."""
        return self.entries.filing.edition if self.entries.filing else self.layout.edition

    @property
    def currency(self) -> str:
        """The currency as things stand."""
        return self.entries.filing.currency if self.entries.filing else ""

    @property
    def about(self) -> str:
        """Who reports, and for which year, as things stand."""
        filing = self.entries.filing
        if filing is None or not filing.entity.name:
            return ""
        return f"{filing.entity.name}, {filing.period.end.year}"

    def count(self, disclosure: str, area: Area, keys: tuple[str, ...]) -> None:
        """Take the statuses of an area into account for a disclosure's progress."""
        self.counts.setdefault(disclosure, []).append((area, keys))

    def name(self, name: str, area: Area) -> None:
        """Give an area a name. Errors: DefinitionError when the layout gives the name twice."""
        if name in self.names:
            raise DefinitionError(f"schemas/workbook.yaml: {name} is placed twice.")
        self.names[name] = area

    def concept(self, name: str) -> Concept:
        """A concept, or a side answer as if it were one. Errors: DefinitionError for an unknown name."""
        found = self.definitions.questions.get(name)
        if found is None:
            known = did_you_mean(name, self.definitions.questions)
            raise DefinitionError(f"schemas/workbook.yaml: unknown concept {name!r}.{known}")
        return found

    def disclosure(self, code: str) -> Disclosure:
        """A disclosure. Errors: DefinitionError for an unknown code."""
        found = next((item for item in self.definitions.disclosures if item.code == code), None)
        if found is None:
            raise DefinitionError(f"schemas/workbook.yaml: unknown disclosure {code!r}.")
        return found

    def say(self, text: Text) -> str:
        """A text of a definition in the workbook's language."""
        return in_language(text, self.language)

    def text(self, key: str) -> str:
        """A sentence of the workbook's own, by its key."""
        if key not in self.layout.texts:
            raise DefinitionError(f"schemas/workbook.yaml: texts has no {key!r}.")
        return self.say(self.layout.texts[key])

    def yes_or_no(self, value: object) -> str:
        """A yes or no as the workbook writes it."""
        return self.text("yes" if value else "no")

    def member(self, code_list: str, member: str) -> str:
        """A member as the workbook writes it: by a label that names it alone, so that it is read back as itself."""
        codes = self.definitions.code_list(code_list)
        for language in (self.language, "en"):
            label = codes.label(member, language)
            if codes.member(label) == member:
                return label
        return member

    def members(self, code_list: str, default: str = "") -> str:
        """The name of the range with the members to choose from, which then is on the sheet of lists."""
        name = f"enum_{code_list}"
        if name not in self.lists:
            self.lists[name] = tuple(self.member(code_list, member) for member in self.offered(code_list, default))
        return name

    def offered(self, code_list: str, default: str = "") -> tuple[str, ...]:
        """The members of a code list that are offered: the finest codes of a long one, without an axis's default."""
        length = self.layout.offered.get(code_list)
        return tuple(
            code.member
            for code in self.definitions.code_list(code_list).domain
            if code.member != default and (length is None or len(code.code) == length)
        )

    def choices(self, name: str, texts: tuple[str, ...]) -> str:
        """The name of the range with other texts to choose from."""
        return f"enum_{name}" if self.lists.setdefault(f"enum_{name}", texts) else ""

    def symbol(self, unit: str) -> str:
        """A unit as it is written: `t`, `m³`, `tCO₂e`."""
        if unit not in self.definitions.units:
            known = did_you_mean(unit, self.definitions.units)
            raise DefinitionError(f"schemas/workbook.yaml: unknown unit {unit!r}.{known}")
        return self.definitions.units[unit].symbol

    def omitted_as(self, concept: str) -> tuple[str, ...]:
        """The members of the list of omitted disclosures that would leave a concept out."""
        return self._omissions.get(concept, ())

    @cached_property
    def _omissions(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code in self.definitions.code_list(self.concept(self.layout.omitted).members).domain:
            for concept in self.definitions.concepts_of_member(code.member):
                found[concept] = (*found.get(concept, ()), code.member)
        return found

    def row_units(self, table: str) -> tuple[str, ...]:
        """The units that the rows of an open table may be in."""
        return tuple(
            unit
            for sheet in self.layout.sheets
            for block in sheet.blocks
            if isinstance(block, TableBlock) and block.table == table
            for column in block.columns
            for unit in column.unit
        )

    def group_of(self, concept: Concept, fact: Fact) -> str:
        """The group of the code that a fact of a table is for (a waste is hazardous or not); empty if not offered."""
        axis = self.axis_of(concept.table)
        member = fact.member(axis.name)
        code = self.definitions.code_list(axis.members).by_member.get(member or "")
        return code.group if code and code.member in self.offered(axis.members, axis.default) else ""

    def axis_of(self, table: str) -> Axis:
        """The axis an open table of ours is broken down by; each has one."""
        return self.definitions.axes[self.table(table).axes[0]]

    def table(self, name: str) -> TableDefinition:
        """A table. Errors: DefinitionError for an unknown name."""
        found = self.definitions.tables.get(name)
        if found is None:
            known = did_you_mean(name, self.definitions.tables)
            raise DefinitionError(f"schemas/workbook.yaml: unknown table {name!r}.{known}")
        return found

    def own_unit(self, concept: Concept) -> str:
        """The unit a concept is asked for in; empty for money and rates, which have the currency's."""
        if concept.type in ("monetary", "ghg_emissions_per_monetary"):
            return ""
        return concept.unit or self.definitions.default_units.get(concept.type, "")

    def ghg_symbol(self) -> str:
        """The sign of the unit that emission intensities are measured in, per unit of money."""
        return self.symbol(self.definitions.default_units["ghg_emissions"])


def year_columns(layout: WorkbookLayout) -> dict[str, str]:
    """Members that stand for a year of their own, with the concept that is that year."""
    return {
        column.member: column.year
        for sheet in layout.sheets
        for block in sheet.blocks
        if isinstance(block, MatrixBlock)
        for column in block.columns
        if column.year
    }


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'
