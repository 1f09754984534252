"""What the law's data stands on: sources, grades of certainty, the base of all that carries them; it judges nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

Grade = Literal["P", "X", "1", "U"]
"""P: primary text read; X: several independent readers of it agree; 1: one secondary source; U: not verified."""


class GradeText(Closed):
    """A grade and how it is called."""

    grade: Grade
    label: Text


class LegalSource(Closed):
    """Somewhere a statement comes from."""

    id: str
    title: str
    url: str = ""


class SourceFile(Closed):
    """The file `sources.yaml`."""

    grades: list[GradeText]
    sources: list[LegalSource]


class Graded(Closed):
    """Something said about the law, with where it comes from and how certain it is."""

    sources: list[str] = Field(min_length=1)
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
