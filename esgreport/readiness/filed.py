"""What an undertaking filed, as readiness looks at it: which concepts have facts, what is left out, how many people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from esgreport.definitions import Definitions
from esgreport.definitions.models import Band
from esgreport.model import Fact, Filing

OMITTED = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
UNCHANGED = "ListOfDisclosuresForWhichNoChangesAreReportedComparedToThePreviousPeriodReporting"
MODULE = "BasisForPreparation"
COMPREHENSIVE = "OptionBBasicModuleAndComprehensiveModuleMember"
EMPLOYEES = "NumberOfEmployees"
COUNTED_AS = "TypeOfNumberOfEmployees"
FULL_TIME_EQUIVALENTS = "Full-TimeEquivalentFTEMember"


@dataclass(frozen=True)
class Filed:
    """A filing and what was measured from it, for one edition, in one language.

    `both_modules`: what is asked for is looked at as if the comprehensive module had been chosen.
    """

    filing: Filing
    measured: tuple[Fact, ...]
    definitions: Definitions
    edition: str
    language: str = "en"
    both_modules: bool = False

    @cached_property
    def _of(self) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in (*self.filing.facts, *self.filing.side_answers):
            if not (isinstance(fact.value, str) and not fact.value.strip()):
                found.setdefault(fact.concept, []).append(fact)
        return {concept: tuple(facts) for concept, facts in found.items()}

    @cached_property
    def computed(self) -> frozenset[str]:
        """The concepts that a measured figure answers."""
        codes = {fact.concept for fact in self.measured}
        gives = {metric.gives for metric in self.definitions.metrics.values() if metric.code in codes}
        return frozenset(gives - {""})

    def facts(self, concept: str) -> tuple[Fact, ...]:
        """The facts of a concept for the reporting period, with any dimensions; texts of blanks alone are none."""
        return tuple(fact for fact in self._of.get(concept, ()) if fact.period.end == self.filing.period.end)

    def has(self, concept: str) -> bool:
        """Whether a concept is reported for the period, by a fact or by a figure that answers it."""
        return bool(self.facts(concept)) or concept in self.computed

    def has_at(self, concept: str, axis: str, members: tuple[str, ...]) -> bool:
        """Whether a concept has a fact at one of the members of an axis, in whatever year that is."""
        return any(fact.member(axis) in members for fact in self._of.get(concept, ()))

    def value(self, concept: str) -> object:
        """The value of a concept's fact for the period as a whole; None where there is none."""
        return min(self.facts(concept), key=lambda fact: len(fact.dimensions)).value if self.facts(concept) else None

    def said(self, question: str) -> bool | None:
        """What a yes/no question asked beside the concepts was answered with; None where it was not."""
        found = self.value(question) if question else None
        return found if isinstance(found, bool) else None

    @cached_property
    def omitted(self) -> frozenset[str]:
        """The concepts said to be left out as classified or sensitive."""
        return self._listed(OMITTED)

    @cached_property
    def unchanged(self) -> frozenset[str]:
        """The concepts said to be unchanged since the previous report."""
        return self._listed(UNCHANGED)

    def _listed(self, concept: str) -> frozenset[str]:
        members = [member for fact in self.facts(concept) if isinstance(fact.value, tuple) for member in fact.value]
        return frozenset(name for member in members for name in self.definitions.concepts_of_member(member))

    @property
    def employees(self) -> Decimal | None:
        """The number of employees as reported, of people or full-time equivalents."""
        value = self.value(EMPLOYEES)
        return value if isinstance(value, Decimal) else None

    @property
    def full_time_equivalents(self) -> bool:
        """Whether that number counts full-time equivalents."""
        return self.value(COUNTED_AS) == FULL_TIME_EQUIVALENTS

    @property
    def band(self) -> Band:
        """The size by which the 2026 standard tells what it asks for: more than 10 employees, unless known otherwise.

        Full-time equivalents are never more than people: up to the limit they prove nothing, so the larger size,
        which is asked for more, is taken.
        """
        limit = self.definitions.law.cap.lower_band.employees_at_most
        small = self.employees is not None and self.employees <= limit and not self.full_time_equivalents
        return "up_to_10" if small else "over_10"

    def label(self, concept: str) -> str:
        """The label of a concept, or of a question beside them, in the reader's language."""
        labels = self.definitions.questions[concept].labels
        return labels.get(self.language) or labels["en"]
