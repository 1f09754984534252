"""What workbooks ask besides the standard's concepts, for rules to compare with; the shapes hold no code.

Like `models`, these are plain dataclasses, so that reading facts does not have to load pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Literal

from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Concept, ConceptType, Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError


@closed
class SideAnswer:
    """An answer that is no concept: what it is, and where the official template has it.

    That is so many `rows` below and `columns` right of the cell of the concept it stands `beside` (of the range for
    `member`, or of each member's); or, with `each_of`, the cells of a list one by one.
    """

    name: str
    disclosure: str
    type: ConceptType
    period: Literal["duration", "instant"]
    members: str = ""
    labels: Text
    help: Text = field(default_factory=dict)
    beside: str = ""
    member: str = ""
    each_member: bool = False
    each_of: str = ""
    rows: int = 0
    columns: int = 0
    versions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuses an answer that stands nowhere, or in two ways."""
        if bool(self.beside) == bool(self.each_of):
            raise ValueError("say either beside which concept it stands, or of which list it is each cell")

    @property
    def question(self) -> Concept:
        """It as if it were a concept, for what reads, words and compares answers; it belongs to no edition."""
        return Concept(
            name=self.name,
            labels=self.labels,
            help=self.help,
            type=self.type,
            period=self.period,
            members=self.members,
            editions={},
        )


@closed
class SideAnswers:
    """The file `side_answers.yaml`."""

    versions: list[str]
    answers: list[SideAnswer]


def load_side_answers(path: Path, concepts: Mapping[str, Concept]) -> Mapping[str, SideAnswer]:
    """The side answers by name. Errors: DefinitionError for a name that is a concept's, or twice, or of nothing."""
    found: dict[str, SideAnswer] = {}
    file = load_file(path, SideAnswers)
    for each in file.answers:
        place = f"schemas/{path.name}: {each.name}"
        if each.name in found or each.name in concepts:
            raise DefinitionError(f"{place}: there is one of that name already.")
        beside = each.beside or each.each_of
        if beside not in concepts:
            raise DefinitionError(f"{place}: unknown concept {beside!r}.{did_you_mean(beside, concepts)}")
        found[each.name] = each if each.versions else replace(each, versions=file.versions)
    return found
