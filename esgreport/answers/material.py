"""What answers are made from, handed in by the pipeline, and how they are asked for; nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from esgreport.answers.figures import Figures
from esgreport.assessment import CapVerdict, DatapointStatus, Purpose
from esgreport.customer_metrics import CustomerMetric
from esgreport.definitions import Definitions
from esgreport.definitions.models import Text
from esgreport.definitions.targets import OfFact, Target
from esgreport.model import Fact, Filing
from esgreport.questionnaire import Candidate, Decision


@dataclass(frozen=True, slots=True)
class Material:
    """All we know: a filing with its earlier years, figures measured from it, customers' metrics, and the law's say.

    `statuses` tell by language and concept what became of a datapoint, `verdicts` by the name of a concept or derived
    figure whether it is inside the cap; `gates` are the reasons why a person must look, by code. `said` is what a
    person once said of the company, by target.
    """

    filing: Filing
    definitions: Definitions
    measured: tuple[Fact, ...] = ()
    customers: tuple[CustomerMetric, ...] = ()
    statuses: Mapping[str, Mapping[str, DatapointStatus]] = field(default_factory=dict)
    verdicts: Mapping[str, CapVerdict] = field(default_factory=dict)
    gates: Mapping[str, Text] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    made: dict[tuple[str, str], Target] = field(default_factory=dict, compare=False, repr=False)
    """Targets made of concepts so far, by concept and member."""

    def figures(self, filing: Filing | None = None) -> Figures:
        """The figures of the filing, or of one of an earlier year."""
        return Figures(filing or self.filing, self.definitions, self.measured)

    def status(self, concept: str, language: str) -> DatapointStatus | None:
        """What became of a datapoint, reasons in a language where they are at hand in it."""
        by_concept = self.statuses.get(language) or next(iter(self.statuses.values()), {})
        return by_concept.get(concept)

    def target(self, candidate: Candidate) -> Target:
        """The target a candidate names; a concept's is the fact itself, at the member the question names."""
        known = self.definitions.targets.get(candidate.target)
        if known:
            return known
        key = (candidate.target, candidate.member)
        if key not in self.made:
            self.made[key] = self._of_concept(*key)
        return self.made[key]

    def _of_concept(self, name: str, member: str) -> Target:
        concept = self.definitions.concepts[name]
        axis = self._axis(concept.table, member) if member else ""
        kind = {"boolean": "boolean", "date": "date", "enumeration": "choice", "enumeration_set": "choice"}
        return Target(
            id=name,
            kind="number" if concept.numeric else kind.get(concept.type, "text"),  # type: ignore[arg-type]
            labels=concept.labels,
            unit=concept.unit,
            shown="percent" if concept.type == "percent" else "number",
            how=OfFact(kind="fact", concept=name, axis=axis, member=member if axis else ""),
        )

    def _axis(self, table: str, member: str) -> str:
        """The axis of a table that has a member; empty where none has it or it is the one left out."""
        axes = self.definitions.tables[table].axes if table else []
        for name in axes:
            axis = self.definitions.axes[name]
            known = self.definitions.code_list(axis.members).by_member if axis.members else {}
            if member in known and member != axis.default:
                return name
        return ""


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """How answers are asked for: by whom, what for, in which language the reasons are, and what people decided."""

    language: str = "en"
    purpose: Purpose = "unknown"
    customer: str = ""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
