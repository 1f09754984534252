"""The standard as data: all of `schemas/`, loaded, checked against itself, looked up by name; it applies no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport import resources
from esgreport.definitions.codes import CodeList, load_codes, normalised
from esgreport.definitions.findings import make_finding
from esgreport.definitions.links import Standard, check_standard
from esgreport.definitions.loading import load_file
from esgreport.definitions.measuring import in_unit, spellings_of
from esgreport.definitions.models import (
    Axis,
    Concept,
    Dimensions,
    Disclosure,
    FindingText,
    FindingTexts,
    Language,
    Languages,
    TableDefinition,
    Taxonomy,
    Text,
    Unit,
    Units,
    in_language,
)
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.side_answers import SideAnswer, load_side_answers
from esgreport.errors import DefinitionError
from esgreport.model import Finding, Source

if TYPE_CHECKING:  # loaded when they are first asked for: reading facts does without them
    from datetime import date

    from esgreport.definitions.answering import Answering
    from esgreport.definitions.cx import CustomerDefinitions
    from esgreport.definitions.cx_metrics import CustomerMetricDefinitions
    from esgreport.definitions.cx_panels import PanelDefinitions
    from esgreport.definitions.editions import Edition, EditionChoice
    from esgreport.definitions.forms import Forms
    from esgreport.definitions.law import Law
    from esgreport.definitions.layout import Layout
    from esgreport.definitions.metrics import Metric
    from esgreport.definitions.plausibility import Span
    from esgreport.definitions.rule_files import Known
    from esgreport.definitions.rules import Rule
    from esgreport.definitions.structure import Structure
    from esgreport.definitions.targets import Target

__all__ = [
    "Axis",
    "CodeList",
    "Concept",
    "Definitions",
    "Disclosure",
    "FindingText",
    "Language",
    "TableDefinition",
    "Taxonomy",
    "Text",
    "Unit",
    "did_you_mean",
    "in_language",
    "load",
    "make_finding",
]


@dataclass(frozen=True)
class Definitions:
    """All definitions of one `schemas` folder. Each part is read when it is first asked for."""

    folder: Path

    # ── the standard ──

    @cached_property
    def disclosures(self) -> tuple[Disclosure, ...]:
        """The disclosures in reading order: B1 … B11, C1 … C9, then what is specific to the entity."""
        files = [path for path in (self.folder / "vsme").glob("*.yaml") if path.stem != "dimensions"]
        return tuple(load_file(path, Disclosure) for path in sorted(files, key=_reading_order))

    @cached_property
    def _dimensions(self) -> Dimensions:
        return load_file(self.folder / "vsme" / "dimensions.yaml", Dimensions)

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Concepts by name, in the standard's order. Errors: DefinitionError where the standard is not whole."""
        check_standard(
            Standard(
                self.folder / "vsme", self.disclosures, self.axes, self.code_list_names, self.units, self.languages
            )
        )
        return {concept.name: concept for disclosure in self.disclosures for concept in disclosure.concepts}

    @cached_property
    def side_answers(self) -> Mapping[str, SideAnswer]:
        """What workbooks ask besides the concepts, by name. Errors: DefinitionError for a name twice or of nothing."""
        return load_side_answers(self.folder / "side_answers.yaml", self.concepts)

    @cached_property
    def questions(self) -> Mapping[str, Concept]:
        """All that rules may compare: the concepts, and the side answers as if they were some."""
        return {**self.concepts, **{name: each.question for name, each in self.side_answers.items()}}

    @cached_property
    def tables(self) -> Mapping[str, TableDefinition]:
        """Tables by name."""
        return {table.name: table for disclosure in self.disclosures for table in disclosure.tables}

    @cached_property
    def axes(self) -> Mapping[str, Axis]:
        """Axes by name."""
        return {axis.name: axis for axis in self._dimensions.axes}

    @cached_property
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomy versions known, oldest first."""
        return tuple(self._dimensions.taxonomies)

    @cached_property
    def _disclosure_of(self) -> Mapping[str, Disclosure]:
        return {concept.name: disclosure for disclosure in self.disclosures for concept in disclosure.concepts}

    def disclosure_of(self, concept: str, edition: str = "") -> Disclosure | None:
        """The disclosure a concept belongs to, where an edition has moved it; None for a name that is no concept."""
        own = self._disclosure_of.get(concept)
        reference = self.concepts[concept].editions.get(edition) if own else None
        moved = reference.disclosure if reference else ""
        return next((one for one in self.disclosures if one.code == moved), own) if moved else own

    def is_deleted(self, concept: str, edition: str) -> bool:
        """Whether an edition has deleted a concept."""
        known = self.concepts.get(concept)
        reference = known.editions.get(edition) if known else None
        return reference is not None and reference.status == "deleted"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Any name of a concept, table or axis, of any taxonomy, to its newest one."""
        known: dict[str, str] = {}
        items: list[Concept | TableDefinition] = [*self.concepts.values(), *self.tables.values()]
        for item in items:
            known |= dict.fromkeys([*item.formerly.values(), item.name], item.name)
        for axis in self.axes.values():
            known |= dict.fromkeys([*axis.also_named, axis.name], axis.name)
        return known

    @cached_property
    def labelled(self) -> Mapping[str, str]:
        """The concept a label names, by the label in any language as `codes.normalised` writes it."""
        return {normalised(text): item.name for item in self.concepts.values() for text in item.labels.values()}

    def name_in(self, concept: str, taxonomy: str) -> str:
        """The name a concept has in a taxonomy version (`2024-12-17`)."""
        return self.concepts[concept].formerly.get(taxonomy, concept) if concept in self.concepts else concept

    @cached_property
    def edition_names(self) -> frozenset[str]:
        """The identifiers of the editions the standard is known in."""
        return frozenset(edition for disclosure in self.disclosures for edition in disclosure.editions)

    # ── code lists, units, languages ──

    @cached_property
    def code_list_names(self) -> frozenset[str]:
        """The code lists there are."""
        return frozenset(path.stem for path in (self.folder / "codes").glob("*.csv"))

    @cached_property
    def _code_lists(self) -> dict[str, CodeList]:
        return {}

    def code_list(self, name: str) -> CodeList:
        """A code list by name. Errors: DefinitionError when there is none of that name."""
        if name not in self._code_lists:
            if name not in self.code_list_names:
                raise DefinitionError(f"There is no code list {name!r}.{did_you_mean(name, self.code_list_names)}")
            self._code_lists[name] = load_codes(self.folder / "codes" / f"{name}.csv")
        return self._code_lists[name]

    def member_in(self, code_list: str, member: str, taxonomy: str) -> str:
        """The name a member of a code list has in a taxonomy version; of no list (a typed value), the text itself."""
        return self.code_list(code_list).name_in(member, taxonomy) if code_list else member

    @cached_property
    def _units_file(self) -> Units:
        return load_file(self.folder / "units.yaml", Units)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units by identifier (`utr:MWh`)."""
        return {unit.id: unit for unit in self._units_file.units}

    @cached_property
    def unit_spellings(self) -> Mapping[str, str]:
        """Every spelling of a unit to its identifier."""
        return spellings_of(self.units)

    def converted(self, value: Decimal, unit: str | None, to: str) -> Decimal | None:
        """A number in another unit of the same kind; None where one is unknown or they measure different things."""
        return in_unit(value, unit, to, self.units)

    @cached_property
    def default_units(self) -> Mapping[str, str]:
        """For each type of concept, the unit taken where neither workbook nor concept names one."""
        return self._units_file.defaults

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """Languages by code."""
        file = load_file(self.folder / "languages.yaml", Languages)
        return {language.code: language for language in file.languages}

    # ── derived figures, and what a report shows ──

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """Derived figures by code. Errors: DefinitionError for a code given twice or a name that is none."""
        from esgreport.definitions.metrics import load_metrics

        codes = [disclosure.code for disclosure in self.disclosures]
        return load_metrics(self.folder / "metrics", self.concepts, self.axes, codes)

    @cached_property
    def layout(self) -> Layout:
        """What a report shows and in which order. Errors: DefinitionError for a name that is none."""
        from esgreport.definitions.layout import Names, load_layout

        disclosures = [disclosure.code for disclosure in self.disclosures]
        return load_layout(self.folder, Names(self.concepts, self.metrics, self.tables, self.axes, disclosures))

    # ── the law beside the concepts ──

    @cached_property
    def law(self) -> Law:
        """Editions with their days and sources, and what hangs on them."""
        from esgreport.definitions.law import Law

        return Law(self)

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The editions of the standard by identifier, oldest first."""
        return self.law.editions

    def edition_for(self, period_end: date) -> EditionChoice:
        """The edition a financial year that ends that day is reported under when nobody says otherwise, and why."""
        from esgreport.definitions.editions import edition_for

        return edition_for(period_end, tuple(self.editions.values()))

    # ── customers ──

    @cached_property
    def cx(self) -> CustomerDefinitions:
        """The tables of customers' data. Errors: DefinitionError for a name given twice or one that is none."""
        from esgreport.definitions.cx import load_customer_definitions

        return load_customer_definitions(self.folder / "cx")

    @cached_property
    def cx_metrics(self) -> CustomerMetricDefinitions:
        """The customer metrics and the words for them. Errors: DefinitionError for a name twice or one that is none."""
        from esgreport.definitions.cx_metrics import load_customer_metrics

        return load_customer_metrics(self.folder / "cx", self.cx)

    @cached_property
    def cx_panels(self) -> PanelDefinitions:
        """The panels about customers: journey, feedback, drivers, themes, predictive service, values.

        Errors: DefinitionError for a name given twice or one that is none.
        """
        from esgreport.definitions.cx_panels import load_panels

        return load_panels(self.folder / "cx" / "panels", self.cx_metrics)

    # ── customers' questions ──

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """What a question may ask for beyond concepts, by identifier. Errors: DefinitionError for a name of nothing."""
        from esgreport.definitions.targets import Nameable, customer_metric_codes, load_targets

        codes = customer_metric_codes(self.folder / "cx" / "metrics")
        nameable = Nameable(self.concepts, self.metrics, self.axes, codes)
        return load_targets(self.folder / "targets.yaml", nameable)

    @cached_property
    def answering(self) -> Answering:
        """How questions are answered: units, words, thresholds, remarks."""
        from esgreport.definitions.answering import Answering

        return Answering(self.folder / "answers", self.concepts)

    # ── rules ──

    @cached_property
    def rules(self) -> tuple[tuple[str, Rule], ...]:
        """The rules, each with the disclosure it belongs to (empty: the filing as a whole).

        Errors: DefinitionError for a code given twice or a name that is none.
        """
        from esgreport.definitions.rule_files import load_rules

        return load_rules(self.folder / "rules", self.nameable)

    @cached_property
    def nameable(self) -> Known:
        """All that conditions and rules may name."""
        from esgreport.definitions.rule_files import Known

        codes = tuple(disclosure.code for disclosure in self.disclosures)
        named = (self.questions, self.axes, self.tables, self.edition_names, self.units, self.spans)
        complete = tuple(code for code, language in self.languages.items() if language.complete)
        return Known(codes, *named, self.code_list, complete)

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """The ratios that are checked for being plausible, by name, with their usual limits."""
        from esgreport.definitions.plausibility import load_spans

        return load_spans(self.folder / "parameters" / "plausibility.yaml", self.concepts, self.tables)

    @cached_property
    def forms(self) -> Forms:
        """The forms of postal codes, identifiers and coordinates, and what fills a gap."""
        from esgreport.definitions.forms import Forms

        return Forms(self.folder / "forms")

    @cached_property
    def structure(self) -> Structure:
        """How questionnaires are written: heads of columns, placeholders, languages."""
        from esgreport.definitions.structure import Structure

        return Structure(self.folder / "lexicon" / "structure")

    @cached_property
    def _parts_of_disclosures(self) -> Mapping[str, frozenset[str]]:
        from esgreport.definitions.rule_files import load_omissions

        return load_omissions(self.folder / "omissions.yaml", self.nameable)

    def concepts_of_member(self, member: str) -> frozenset[str]:
        """The concepts a member of the list of disclosures stands for: a whole disclosure, or a part of one."""
        if member in self._parts_of_disclosures:
            return self._parts_of_disclosures[member]
        if member in self.concepts:
            return frozenset((member,))
        code = self.code_list("Disclosures").by_member.get(member)
        own = next((each for each in self.disclosures if code and each.code == code.code), None)
        return frozenset(concept.name for concept in own.concepts) if own else frozenset()

    # ── findings of the rooms themselves (those of rules are made in `check`) ──

    @cached_property
    def finding_texts(self) -> Mapping[str, FindingText]:
        """What the findings that are no rule's say, by code."""
        files = [load_file(path, FindingTexts) for path in sorted((self.folder / "findings").glob("*.yaml"))]
        return {text.code: text for file in files for text in file.findings}

    def finding(self, code: str, source: Source, language: str = "en", **values: object) -> Finding:
        """A finding of the catalogue: its texts in a language with the values put in.

        `concept`, when among the values, is a concept's name: the message gets its label, the finding its paragraph.
        Errors: DefinitionError for an unknown code or a value the message wants and did not get.
        """
        text = self.finding_texts.get(code)
        if text is None:
            raise DefinitionError(f"There is no finding {code!r}.{did_you_mean(code, self.finding_texts)}")
        return make_finding(self, text, source, language, values)


@cache
def load(folder: Path | None = None) -> Definitions:
    """The definitions that come with esgreport, or those of another folder of the same shape."""
    return Definitions(folder or resources.folder("schemas"))


def _reading_order(path: Path) -> tuple[str, int]:
    """`B2` before `B10`, `B` before `C` before what is not numbered by the standard."""
    letter, number = path.stem[0], path.stem[1:]
    return letter, int(number) if number.isdecimal() else 0
