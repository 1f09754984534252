"""The value chain cap as dated data: whom it protects, from when, for what, its rows, and what a verdict says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date
from typing import Annotated, Literal

from esgreport.definitions.editions import Statement
from esgreport.definitions.models import Band, Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.rule_parts import NotEmpty
from esgreport.definitions.sources import Graded, check_sources
from esgreport.errors import DefinitionError

Advice = Literal[
    "inside",
    "outside",
    "inside_open",
    "outside_open",
    "row_unclear",
    "band_unknown",
    "only_part",
    "instead",
    "listed",
    "not_listed",
    "other_purpose",
    "purpose_unknown",
    "not_yet",
    "protected",
    "not_protected",
    "for_orientation",
    "size_unknown",
]
"""What a verdict may say, one text each."""


@closed
class Condition(Graded):
    """A condition of the cap, as the law puts it."""

    text: Text
    paragraph: str


@closed
class Start(Condition):
    """The first financial years it holds for: those beginning that day or later."""

    day: date


@closed
class Limit(Condition):
    """A highest number of employees, on average in the preceding financial year.

    `full_time_equivalents`: up to this figure in full-time equivalents the limit is taken as kept; above it, and where
    it is left out, they prove nothing until they pass the limit.
    """

    employees_at_most: int
    full_time_equivalents: int = 0


@closed
class Coverage:
    """A concept a row covers; which part of it where not the whole, and whether it is certain that it belongs there."""

    concept: str
    part: Text = field(default_factory=dict)
    certain: bool = True


@closed
class CapRow(Graded):
    """A row of Annex II: its paragraph in Annex I, what it asks for in our words, for which sizes it is in the cap."""

    id: str
    disclosure: str
    paragraph: str
    wording: Text
    covers: Annotated[list[Coverage], NotEmpty()]
    over_10: bool
    up_to_10: bool

    def holds_for(self, band: Band) -> bool:
        """Whether the row is in the cap of undertakings of that size."""
        return self.over_10 if band == "over_10" else self.up_to_10


@closed
class Cap:
    """The file `cap.yaml`."""

    edition: str
    purpose: Condition
    applies_from: Start
    protected: Limit
    lower_band: Limit
    statements: list[Statement]
    exceptions: list[Statement]
    caveats: list[Statement]
    advice: dict[Advice, Text]
    rows: list[CapRow]

    def __post_init__(self) -> None:
        """Refuses a cap without one of its texts."""
        missing = set(Advice.__args__) - set(self.advice)  # type: ignore[attr-defined]
        if missing:
            raise ValueError(f"there is no advice {min(missing)!r}")

    def row_of(self, concept: str) -> tuple[CapRow, Coverage] | None:
        """The row that covers a concept, and how; None where none does."""
        found = ((row, each) for row in self.rows for each in row.covers if each.concept == concept)
        return next(found, None)


def check_cap(cap: Cap, concepts: Collection[str], disclosures: Collection[str], sources: Mapping[str, object]) -> None:
    """Whether the cap names only what exists, a concept once. Errors: DefinitionError with the nearest there is."""
    place = "schemas/cap.yaml"
    conditions = (cap.purpose, cap.applies_from, cap.protected, cap.lower_band)
    for statement in (*conditions, *cap.statements, *cap.exceptions, *cap.caveats, *cap.rows):
        check_sources(place, statement, sources)
    seen: set[str] = set()
    for row in cap.rows:
        if row.disclosure not in disclosures:
            known = did_you_mean(row.disclosure, disclosures)
            raise DefinitionError(f"{place}: {row.id}: unknown disclosure {row.disclosure!r}.{known}")
        for coverage in row.covers:
            if coverage.concept not in concepts:
                known = did_you_mean(coverage.concept, concepts)
                raise DefinitionError(f"{place}: {row.id}: unknown concept {coverage.concept!r}.{known}")
            if coverage.concept in seen:
                raise DefinitionError(f"{place}: {row.id}: {coverage.concept} is covered by two rows.")
            seen.add(coverage.concept)
