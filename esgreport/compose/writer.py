"""What every block maker needs at hand: facts by name, labels, texts in a language, anchors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from esgreport.compose.numbers import Numbers, places_shown, plain
from esgreport.definitions import Concept, Definitions, in_language
from esgreport.definitions.metrics import Metric
from esgreport.definitions.models import Band, Text
from esgreport.document import Figure
from esgreport.model import Fact, Filing
from esgreport.texts import several_paragraphs, translator

if TYPE_CHECKING:
    from esgreport.definitions.layout import Scale

Dimensions = tuple[tuple[str, str], ...]

OMITTED = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
_PLACES_SCALED = 2
"""Decimal places of a number that is shown times a power of ten."""
_FEW = 10
"""Employees, at most, of the smaller size."""

DASH = Figure("–", absent=True)
"""A row needs a cell here and nothing was reported."""


@dataclass(frozen=True)
class Writer:
    """One filing, the facts measured for it and for earlier years, and a language: from a fact to what is shown of it.

    `prefix` begins its anchors; that of an earlier year tells them from those of the report's own.
    """

    filing: Filing
    measured: tuple[Fact, ...]
    definitions: Definitions
    language: str
    prefix: str = "f"

    # ── words ──

    def say(self, message: str, plural: str = "", count: int = 1, **values: object) -> str:
        """A sentence of ours in the reader's language; see `texts.translator`."""
        return translator(self.language)(message, plural, count, **values)

    def text(self, text: Text, **values: str) -> str:
        """A text of a definition in the reader's language, with its places (`{share}`) filled."""
        found = in_language(text, self.language)
        for name, value in values.items():
            found = found.replace(f"{{{name}}}", value)
        return found

    @cached_property
    def numbers(self) -> Numbers:
        """How numbers and days are written."""
        return Numbers(self.language)

    # ── facts ──

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts shown, filed and measured, in the order of the standard and then of the workbook."""
        order = {name: place for place, name in enumerate(self.definitions.concepts)}
        gone = frozenset(self.deleted)
        shown = (fact for fact in self.filing.facts if fact not in gone)
        filed = sorted(shown, key=lambda fact: (order.get(fact.concept, len(order)), cell_order(fact)))
        measured = (fact for fact in self.measured if fact.period == self.filing.period)
        return (*filed, *measured)

    @cached_property
    def deleted(self) -> tuple[Fact, ...]:
        """What was filed and the edition followed has deleted: it is left out."""
        edition = self.filing.edition
        return tuple(fact for fact in self.filing.facts if self.definitions.is_deleted(fact.concept, edition))

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The concepts omitted as classified or sensitive."""
        listed = self.single(OMITTED)
        members = listed.value if listed and isinstance(listed.value, tuple) else ()
        return frozenset(name for member in members for name in self.definitions.concepts_of_member(member))

    @cached_property
    def band(self) -> Band:
        """The size of the undertaking as the 2026 edition tells sizes apart; the larger one where it is not known."""
        people = self.single("NumberOfEmployees")
        few = people is not None and isinstance(people.value, Decimal) and people.value <= _FEW
        return "up_to_10" if few else "over_10"

    @cached_property
    def anchors(self) -> Mapping[Fact, str]:
        """The anchor of each fact."""
        return {fact: f"{self.prefix}-{number}" for number, fact in enumerate(self.facts, start=1)}

    @cached_property
    def _by_concept(self) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.concept, []).append(fact)
        return {name: tuple(facts) for name, facts in found.items()}

    def of(self, concept: str) -> tuple[Fact, ...]:
        """All facts of a concept or metric, in the workbook's order."""
        return self._by_concept.get(concept, ())

    @cached_property
    def _by_context(self) -> Mapping[tuple[str, Dimensions], tuple[Fact, ...]]:
        found: dict[tuple[str, Dimensions], list[Fact]] = {}
        for fact in self.facts:
            found.setdefault((fact.concept, fact.dimensions), []).append(fact)
        return {context: tuple(facts) for context, facts in found.items()}

    def in_context(self, concept: str, dimensions: Dimensions) -> tuple[Fact, ...]:
        """The facts of a concept or metric with exactly these dimensions."""
        return self._by_context.get((concept, dimensions), ())

    @cached_property
    def of_earlier_periods(self) -> Mapping[str, tuple[Fact, ...]]:
        """What the filing itself says of periods that ended before its own began, by concept."""
        start = self.filing.period.start or self.filing.period.end
        found = {
            name: tuple(fact for fact in facts if fact.period.end < start) for name, facts in self._by_concept.items()
        }
        return {name: facts for name, facts in found.items() if facts}

    @cached_property
    def row_words(self) -> Mapping[Dimensions, Mapping[str, str]]:
        """The texts of each row of a table, by its dimensions and then by concept."""
        found: dict[Dimensions, dict[str, str]] = {}
        for fact in self.facts:
            if fact.dimensions and isinstance(fact.value, str):
                found.setdefault(fact.dimensions, {})[fact.concept] = " ".join(fact.value.casefold().split())
        return found

    def single(self, concept: str) -> Fact | None:
        """The fact of a concept without dimensions, the first if there are several."""
        return next(iter(self.in_context(concept, ())), None)

    def at(self, concept: str, axis: str, member: str) -> Fact | None:
        """The fact at that member of an axis and at no other axis; a default member is that of no dimension."""
        default = self.definitions.axes[axis].default if axis in self.definitions.axes else ""
        wanted = () if member == default else ((axis, member),)
        return next(iter(self.in_context(concept, wanted)), None)

    @cached_property
    def earlier(self) -> tuple[Writer, ...]:
        """The writers of the years before, newest first; what they show has its own source."""
        return tuple(
            Writer(
                replace(year, edition=self.filing.edition), self.measured, self.definitions, self.language, f"y{number}"
            )
            for number, year in enumerate(self.filing.prior, start=1)
        )

    @cached_property
    def footnotes(self) -> tuple[str, ...]:
        """The footnotes, each once, in the order of the facts they belong to."""
        return tuple(dict.fromkeys(note for fact in self.facts for note in fact.footnotes))

    def notes(self, fact: Fact) -> tuple[int, ...]:
        """The numbers of a fact's footnotes; those of an earlier year stay in its report."""
        if self.prefix != "f":
            return ()
        return tuple(self.footnotes.index(note) + 1 for note in fact.footnotes)

    # ── labels ──

    def concept(self, fact: Fact) -> Concept | None:
        """The concept of a filed fact."""
        return self.definitions.concepts.get(fact.concept)

    def metric(self, fact: Fact) -> Metric | None:
        """The metric of a measured fact."""
        return self.definitions.metrics.get(fact.concept)

    def label(self, name: str) -> str:
        """The label of a concept or metric."""
        known = self.definitions.concepts.get(name) or self.definitions.metrics.get(name)
        return in_language(known.labels, self.language) if known else name

    def member(self, axis: str, member: str) -> str:
        """The label of an axis's member, or a typed value as it was typed."""
        known = self.definitions.axes.get(axis)
        if known is None or not known.members:
            return self.label(member)
        return self.definitions.code_list(known.members).label(member, self.language)

    def unit(self, fact: Fact) -> str:
        """The unit beside a number: a sign (`MWh`), a currency's code, a metric's own words; nothing for a pure one."""
        metric = self.metric(fact)
        if metric and metric.unit_labels:
            return self.text(metric.unit_labels, currency=self.filing.currency)
        if fact.unit is None or self.is_percent(fact):
            return ""
        scale = self._scale(fact)
        if scale:
            over, under = (self.unit_sign(part) for part in fact.unit.split("/"))
            return self.text(scale.unit, over=over, under=under)
        return "/".join(filter(None, (self.unit_sign(part) for part in fact.unit.split("/"))))

    def unit_sign(self, unit: str) -> str:
        """The sign of a unit: `MWh` of `utr:MWh`, `EUR` of `iso4217:EUR`."""
        known = self.definitions.units.get(unit)
        return known.symbol if known else unit.partition(":")[2] or unit

    def _scale(self, fact: Fact) -> Scale | None:
        """How figures of this type are scaled, where their unit is that of a ratio."""
        concept = self.concept(fact)
        if concept is None or not fact.unit or fact.unit.count("/") != 1:
            return None
        return next((one for one in self.definitions.layout.scales if one.type == concept.type), None)

    def power(self, fact: Fact) -> int:
        """The power of ten a number is shown times, which its unit says."""
        scale = self._scale(fact)
        return scale.power if scale else 0

    def is_percent(self, fact: Fact) -> bool:
        """Whether a number is shown as a percentage: by what it is, never by its cell's format."""
        concept, metric = self.concept(fact), self.metric(fact)
        return concept.type == "percent" if concept else bool(metric and metric.shown == "percent")

    def is_change(self, fact: Fact) -> bool:
        """Whether a number is a change and shows its sign."""
        metric = self.metric(fact)
        return bool(metric and metric.kind == "change")

    # ── values ──

    def places(self, fact: Fact) -> int:
        """The decimal places a numeric fact is shown with, by itself."""
        if not isinstance(fact.value, Decimal):
            return 0
        power = self.power(fact)
        if power:
            return places_shown(fact.value.scaleb(power), _PLACES_SCALED)
        if not self.is_percent(fact):
            return places_shown(fact.value, fact.decimals)
        decimals = fact.decimals - 2 if isinstance(fact.decimals, int) else fact.decimals
        return places_shown(fact.value * 100, decimals)

    def is_minute(self, fact: Fact) -> bool:
        """Whether a number is shown with more places than its cell has, not to round it to nought."""
        allowed = fact.decimals - 2 if self.is_percent(fact) and isinstance(fact.decimals, int) else fact.decimals
        return self.places(fact) > (allowed if isinstance(allowed, int) else 4)

    def shown(self, fact: Fact, places: int | None = None) -> str:
        """A fact's value as text, without its unit; sets joined with commas."""
        value = fact.value
        concept = self.concept(fact)
        if isinstance(value, tuple):
            return ", ".join(self.items(fact))
        if isinstance(value, bool):
            return self.say("Yes") if value else self.say("No")
        if isinstance(value, Decimal):
            return plain(value) if concept and concept.type == "year" else self._number(fact, value, places)
        if isinstance(value, date):
            return self.numbers.day(value)
        return self._member_of(concept, value) if concept and concept.members else value

    def _number(self, fact: Fact, value: Decimal, places: int | None) -> str:
        wanted = self.places(fact) if places is None else places
        if self.is_change(fact):
            return self.numbers.signed_percent(value, wanted)
        if self.is_percent(fact):
            return self.numbers.percent(value, wanted)
        return self.numbers.number(value.scaleb(self.power(fact)), wanted)

    def _member_of(self, concept: Concept, member: str) -> str:
        return self.definitions.code_list(concept.members).label(member, self.language)

    def items(self, fact: Fact) -> tuple[str, ...]:
        """The members of a set, as labels in the set's order; "None" where it was said to be empty."""
        concept = self.concept(fact)
        if not isinstance(fact.value, tuple) or not concept:
            return (self.shown(fact),)
        return tuple(self._member_of(concept, member) for member in fact.value) or (self.say("None"),)

    def with_unit(self, fact: Fact) -> str:
        """A value with its unit, in running text."""
        return " ".join(filter(None, (self.shown(fact), self.unit(fact))))

    def figure(self, fact: Fact | None, places: int | None = None, unit: str = "") -> Figure:
        """A fact as a figure with its unit, its anchor and its footnotes; a dash where there is none.

        A number is shown in `unit` where one is named and it can be converted.
        """
        if fact is None:
            return DASH
        anchors = (self.anchors[fact],) if fact in self.anchors else ()
        told = self.in_unit(fact, unit)
        return Figure(self.shown(told, places), self.unit(told), anchors, self.notes(fact))

    def in_unit(self, fact: Fact, unit: str) -> Fact:
        """A number in the unit it is to be shown in, where it can be converted."""
        if not unit or not isinstance(fact.value, Decimal):
            return fact
        value = self.definitions.converted(fact.value, fact.unit, unit)
        return fact if value is None else replace(fact, value=value, unit=unit)

    # ── references ──

    def paragraph(self, names: Iterable[str]) -> str:
        """The paragraphs of some concepts or metrics in the edition followed, each once."""
        found: list[str] = []
        for name in names:
            known = self.definitions.concepts.get(name) or self.definitions.metrics.get(name)
            reference = known.editions.get(self.filing.edition) if known else None
            if reference and reference.paragraph and reference.paragraph not in found:
                found.append(reference.paragraph)
        return self.paragraph_words(", ".join(found))

    def cited(self, paragraph: str) -> str:
        """A reference as it is written in a sentence: `Paragraph 39(a)`, `Paragraphs 39-40`."""
        if several_paragraphs(paragraph):
            return self.say("Paragraphs %(paragraph)s", paragraph=paragraph)
        return self.say("Paragraph %(paragraph)s", paragraph=paragraph)

    def paragraph_words(self, paragraph: str) -> str:
        """A reference to a paragraph with its words in the reader's language."""
        return self.definitions.law.paragraph(paragraph, self.language)


def cell_order(fact: Fact) -> tuple[str, int, int, str]:
    """The place of a fact on its sheet: down, then across; what has no cell comes last."""
    row, column = row_column(fact)
    return fact.source.sheet, row, column, str(fact.dimensions)


def row_column(fact: Fact) -> tuple[int, int]:
    """The row and column of a fact's (first) cell, counted from 1; (0, 0) without a cell."""
    first = fact.source.cell.partition(":")[0]
    letters = "".join(sign for sign in first if sign.isalpha()).upper()
    digits = "".join(sign for sign in first if sign.isdecimal())
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits or 0), column
