"""The file `parameters/plausibility.yaml`: between which limits a ratio usually lies, by date and sector; as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path

from esgreport.definitions.loading import load_file
from esgreport.definitions.models import closed
from esgreport.definitions.rule_parts import Concepts
from esgreport.errors import DefinitionError


@closed
class Limits:
    """The limits that hold from a day on, for undertakings with an activity in one of the NACE sections.

    The day compared is the last of the reporting period; no `sections` means all. A limit left out is none. `reason`
    says why these, `source` what they stand on.
    """

    since: date
    sections: list[str] = field(default_factory=list)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    reason: str
    source: str

    def __post_init__(self) -> None:
        """Refuses limits that nothing can lie between."""
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            raise ValueError("the minimum must be below the maximum")


@closed
class Span:
    """A ratio: the sum of the numerators in `unit`, by the denominator (a figure in the unit `per`, or a table's rows).

    An amount of money counts only in one of the `currencies`, whose units are of about the same worth. A ratio of zero
    is never out of place. Of the limits the first whose sections fit the undertaking and whose day has come hold.
    """

    name: str
    numerators: Concepts
    unit: str = ""
    denominator: str
    per: str = ""
    currencies: list[str] = field(default_factory=list)
    limits: list[Limits]


@closed
class Plausibility:
    """The file as a whole."""

    spans: list[Span]


def load_spans(path: Path, concepts: Collection[str], tables: Collection[str]) -> Mapping[str, Span]:
    """The spans by name. Errors: DefinitionError for a name given twice and a denominator that is nothing."""
    spans: dict[str, Span] = {}
    for span in load_file(path, Plausibility).spans:
        place = f"schemas/parameters/{path.name}: {span.name}"
        if span.name in spans:
            raise DefinitionError(f"{place} is given twice.")
        for name in span.numerators:
            if name not in concepts:
                raise DefinitionError(f"{place}: unknown concept {name!r}.")
        if span.denominator not in concepts and span.denominator not in tables:
            raise DefinitionError(f"{place}: {span.denominator!r} is neither a concept nor a table.")
        spans[span.name] = span
    return spans
