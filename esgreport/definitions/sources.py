"""What the law's data stands on: sources, grades of certainty, the base of all that carries them; it judges nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from esgreport.definitions.models import Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.rule_parts import NotEmpty
from esgreport.errors import DefinitionError

Grade = Literal["P", "X", "1", "U"]
"""P: primary text read; X: several independent readers of it agree; 1: one secondary source; U: not verified."""


@closed
class GradeText:
    """A grade and how it is called."""

    grade: Grade
    label: Text


@closed
class LegalSource:
    """Somewhere a statement comes from."""

    id: str
    title: str
    url: str = ""


@closed
class SourceFile:
    """The file `sources.yaml`."""

    grades: list[GradeText]
    sources: list[LegalSource]


@closed
class Graded:
    """Something said about the law, with where it comes from and how certain it is."""

    sources: Annotated[list[str], NotEmpty()]
    grade: Grade

    @property
    def verified(self) -> bool:
        """Whether some source says it; what is not verified is shown as such."""
        return self.grade != "U"


def check_sources(place: str, statement: Graded, known: Collection[str]) -> None:
    """Whether the sources of a statement exist. Errors: DefinitionError with the nearest there is."""
    for source in statement.sources:
        if source not in known:
            raise DefinitionError(f"{place}: unknown source {source!r}.{did_you_mean(source, known)}")
