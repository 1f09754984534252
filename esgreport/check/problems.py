"""What a check hands back before it is worded: where it is, what its text has places for, what would mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from esgreport.definitions import Text
from esgreport.model import Fact, Source


@dataclass(frozen=True, slots=True)
class Remedy:
    """One figure that may be the wrong one, and between which limits it would have to lie for all to be well."""

    fact: Fact
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a check does not find as it should be: the concept, the place, and the values for its text."""

    concept: str
    source: Source
    values: Mapping[str, str] = field(default_factory=dict)
    message: Text = field(default_factory=dict)
    """A text that fits better than that of the check; empty where that fits."""
    facts: tuple[Fact, ...] = ()
    """The facts that were looked at."""
    remedies: tuple[Remedy, ...] = ()
    """Each figure that, alone, could be mended so that the problem is gone."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Figures that belong together and do: it is likelier that another one is wrong."""

    facts: tuple[Fact, ...]


def at(fact: Fact, **values: str) -> Problem:
    """A problem in the cell of a fact."""
    return Problem(fact.concept, fact.source, values, facts=(fact,))
