"""The facts of a filing as rules look at them: by concept, by context, in one unit; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from esgreport.check.wording import Wording
from esgreport.definitions import Definitions
from esgreport.history import adjoin
from esgreport.model import Fact, Filing, Source
from esgreport.thresholds import number_of

Context = tuple[tuple[tuple[str, str], ...], date]
"""What facts that belong together share: dimensions and the last day."""

OMITTED = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
UNCHANGED = "ListOfDisclosuresForWhichNoChangesAreReportedComparedToThePreviousPeriodReporting"
MODULE = "BasisForPreparation"
COMPREHENSIVE = "OptionBBasicModuleAndComprehensiveModuleMember"
SECOND_VALUE = "CELL-10"
"""What reading says of a second value where one has a place: the first is there."""
YEAR_UNKNOWN = "TIME-01"
"""What reading says of figures for a year that is not named."""
MOST_DECIMALS = 30
"""A number of decimals beyond this says nothing about rounding."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, how far rounding may have moved it, and the facts it was made of."""

    value: Decimal
    unit: str
    slack: Decimal
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Reported:
    """All that is reported, for the rules of one edition."""

    filing: Filing
    definitions: Definitions
    edition: str
    words: Wording

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in the order of their cells, so that what is found does not hang on the order they came in.

        What the edition has deleted is none of its facts.
        """
        asked = (fact for fact in self.filing.facts if not self.definitions.is_deleted(fact.concept, self.edition))
        return tuple(sorted(asked, key=lambda fact: place_of(fact.source)))

    @cached_property
    def _of(self) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if not (isinstance(fact.value, str) and not fact.value.strip()):
                found.setdefault(fact.concept, []).append(fact)
        return {concept: tuple(facts) for concept, facts in found.items()}

    @cached_property
    def _at(self) -> Mapping[tuple[str, Context], Fact]:
        """The first fact of each concept in each context; a second one is the business of the rules on doubles."""
        found: dict[tuple[str, Context], Fact] = {}
        for facts in self._of.values():
            for fact in facts:
                found.setdefault((fact.concept, context_of(fact)), fact)
        return found

    def all(self, concept: str) -> tuple[Fact, ...]:
        """All facts of a concept, of every period and dimension; texts of blanks alone are none."""
        return self._of.get(concept, ())

    def current(self, concept: str) -> tuple[Fact, ...]:
        """The facts of a concept for the reporting period, with any dimensions."""
        return tuple(fact for fact in self.all(concept) if fact.period.end == self.filing.period.end)

    def answered(self, concept: str) -> tuple[Fact, ...]:
        """The facts of a concept for the reporting period that say something: a list with nothing on it does not."""
        return tuple(fact for fact in self.current(concept) if fact.value != ())

    def has(self, concept: str, context: Context) -> bool:
        """Whether a concept is reported in a context."""
        return (concept, context) in self._at

    def first(self, concept: str) -> Fact | None:
        """The fact of a concept for the reporting period as a whole: the one with the fewest dimensions."""
        return min(self.current(concept), key=lambda fact: len(fact.dimensions), default=None)

    def rows(self, table: str) -> Mapping[tuple[tuple[str, str], ...], tuple[Fact, ...]]:
        """The rows of a table in the reporting period: facts by the identifiers or members of their row."""
        found: dict[tuple[tuple[str, str], ...], list[Fact]] = {}
        for name, concept in self.definitions.concepts.items():
            for fact in self.current(name) if concept.table == table else ():
                found.setdefault(fact.dimensions, []).append(fact)
        return {row: tuple(facts) for row, facts in found.items()}

    # ── earlier years ──

    @cached_property
    def earlier(self) -> tuple[Reported, ...]:
        """What was reported for earlier years, newest first."""
        return tuple(Reported(year, self.definitions, self.edition, self.words) for year in self.filing.prior)

    @property
    def year_before(self) -> Reported | None:
        """What was reported for the period that ends where this one begins."""
        last = next(iter(self.earlier), None)
        return last if last and adjoin(self.filing.period, last.filing.period) else None

    # ── amounts ──

    def amount(self, concept: str, context: Context) -> Amount | None:
        """The number a concept has in a context."""
        fact = self._at.get((concept, context))
        return _amount(fact) if fact else None

    def amounts(self, concept: str) -> list[Amount]:
        """The number a concept has for the reporting period; where it has none as a whole, one for each of its rows."""
        facts = self.current(concept)
        whole = [fact for fact in facts if not fact.dimensions]
        found = (_amount(fact) for fact in whole[:1] or facts)
        return [amount for amount in found if amount is not None]

    def rate(self, fact: Fact, unit: str) -> Decimal | None:
        """By what a fact's number is multiplied to be in a unit."""
        return self.definitions.converted(Decimal(1), fact.unit or "", unit)

    def largest(self, amount: Amount) -> Fact:
        """Of the facts an amount was made of, the one that makes most of it."""
        return max(amount.facts, key=lambda fact: (number_of(fact) or 0) * (self.rate(fact, amount.unit) or 1))

    def members(self, concept: str, context: Context, axis: str, group: str = "") -> Amount | None:
        """The sum of a concept over the members of an axis (those of a group of codes) in a context otherwise equal.

        None when there is none, or where one may be of the group or not: its code is but a heading. A member given
        twice counts twice: each is a row somebody filled in.
        """
        codes = self._groups(axis) if group else {}
        rows = [
            (codes.get(member, "") if group else group, amount)
            for fact in self.all(concept)
            if (member := fact.member(axis)) is not None and context_of(fact, without=axis) == context
            if (amount := _amount(fact)) is not None
        ]
        found = [amount for its_group, amount in rows if its_group == group]
        unknown = group and any(not its_group for its_group, _ in rows)
        return self.total(found, found[0].unit) if found and not unknown else None

    def _groups(self, axis: str) -> Mapping[str, str]:
        codes = self.definitions.code_list(self.definitions.axes[axis].members)
        return {code.member: code.group for code in codes.codes}

    def total(self, amounts: Iterable[Amount], unit: str) -> Amount | None:
        """The sum in a unit; None when there is nothing to add or something that cannot be brought into it."""
        amounts = tuple(amounts)
        converted = [self._converted(amount, unit) for amount in amounts]
        known = [amount for amount in converted if amount is not None]
        if not known or len(known) < len(amounts):
            return None
        return Amount(
            sum((amount.value for amount in known), Decimal(0)),
            unit,
            sum((amount.slack for amount in known), Decimal(0)),
            tuple(fact for amount in known for fact in amount.facts),
        )

    def _converted(self, amount: Amount, unit: str) -> Amount | None:
        if amount.unit == unit:
            return amount
        rate = self.definitions.converted(Decimal(1), amount.unit, unit)
        return Amount(amount.value * rate, unit, amount.slack * rate, amount.facts) if rate else None

    # ── what is left out, and why ──

    @cached_property
    def left_out(self) -> frozenset[str]:
        """The concepts that need not be reported: omitted as sensitive, or referred to the previous report."""
        members = {*self._listed(OMITTED), *self._listed(UNCHANGED)}
        return frozenset(concept for member in members for concept in self.definitions.concepts_of_member(member))

    def _listed(self, concept: str) -> Collection[str]:
        return [member for fact in self.current(concept) if isinstance(fact.value, tuple) for member in fact.value]

    def expected(self, concept: str, disclosure: str) -> bool:
        """Whether a concept may be missed at all: not left out, and of a module that is reported.

        Where option B is chosen and nothing at all of its module is answered, only that is missed (VSME-C-00).
        """
        optional = disclosure in self._comprehensive_disclosures and not (self.comprehensive and self._module_begun)
        beside = self.definitions.side_answers.get(concept)
        own = beside.beside or beside.each_of if beside else concept
        return not optional and own not in self.left_out | self.unreadable

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """The concepts of filled cells that became no facts: what is wrong with these, reading has said already."""
        codes = {item.code for item in self.filing.dropped}
        names = (item.source.name.partition("_")[0] for item in self.filing.dropped if item.code != SECOND_VALUE)
        found = {self.definitions.names.get(name, "") for name in names}
        if YEAR_UNKNOWN in codes:
            found |= {name for name, concept in self.definitions.concepts.items() if concept.type == "year"}
        return frozenset(found - {""})

    @cached_property
    def comprehensive(self) -> bool:
        """Whether the comprehensive module is reported (option B)."""
        return any(fact.value == COMPREHENSIVE for fact in self.current(MODULE))

    @cached_property
    def _comprehensive_disclosures(self) -> frozenset[str]:
        return frozenset(each.code for each in self.definitions.disclosures if each.module == "comprehensive")

    @cached_property
    def _module_begun(self) -> bool:
        homes = (self.definitions.disclosure_of(fact.concept, self.edition) for fact in self.facts)
        return any(home is not None and home.code in self._comprehensive_disclosures for home in homes)

    # ── places ──

    def near(self, concept: str) -> Source:
        """Where what is missing belongs; where that is unknown the cell of the closest fact of its disclosure."""
        if place := self.asked(concept):
            return place
        disclosure = self.definitions.disclosure_of(concept)
        names = [each.name for each in disclosure.concepts] if disclosure else []
        here = names.index(concept) if concept in names else 0
        for name in (*reversed(names[:here]), *names[here + 1 :]):
            for fact in self.current(name):
                if fact.source.cell:
                    return Source(fact.source.file, fact.source.sheet, fact.source.cell)
        return self.whole_file

    def asked(self, concept: str) -> Source | None:
        """The cell that asks for a concept, of a table's column the first; None where only facts are known."""
        place = self._asked_at.get(concept)
        return Source(place.file, place.sheet, place.cell) if place else None

    @cached_property
    def blanks(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], Fact]:
        """What would be the facts of empty cells, as they were asked for: filled by `blanks`, one each."""
        return {}

    @cached_property
    def _asked_at(self) -> dict[str, Source]:
        return dict(self.filing.asked_at)

    def stated_at(self, part: str) -> Source:
        """Where the filing says something of itself (`name`, `identifier`, `end` …); the file where that is unknown."""
        return dict(self.filing.stated_at).get(part, self.whole_file)

    @property
    def whole_file(self) -> Source:
        """The first workbook, no cell."""
        return Source(self.filing.workbooks[0] if self.filing.workbooks else "")


def place_of(source: Source) -> tuple[str, str, int, int, str]:
    """A place as it is sorted: file, sheet, row, column (`B2` before `A10`), and the text itself."""
    match = re.match(r"([A-Z]+)(\d+)", source.cell)
    column = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(match[1]))) if match else 0
    return source.file, source.sheet, int(match[2]) if match else 0, column, source.cell


def context_of(fact: Fact, without: str = "") -> Context:
    """The context of a fact; leaving out one axis, when it has that."""
    return tuple(pair for pair in fact.dimensions if pair[0] != without), fact.period.end


def _amount(fact: Fact) -> Amount | None:
    value = number_of(fact)
    if value is None:
        return None
    places = fact.decimals if isinstance(fact.decimals, int) and abs(fact.decimals) <= MOST_DECIMALS else None
    slack = Decimal(0) if places is None else Decimal(5).scaleb(-places - 1)
    return Amount(value, fact.unit or "", slack, (fact,))
