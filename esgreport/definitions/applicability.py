"""When a datapoint is asked for, as data: circumstances with their reasons, and what is said of every other state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from typing import Literal, get_args

from esgreport.definitions.models import Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.rule_parts import ConceptName, Condition, EditionName
from esgreport.errors import DefinitionError

Saying = Literal[
    "missing",
    "unanswered",
    "answered_no",
    "full_time_equivalents",
    "presumed",
    "voluntary",
    "consideration",
    "omitted",
    "unchanged",
    "deleted",
    "replaced",
    "template_detail",
    "not_in_edition",
]
"""What may be said of a datapoint that is not reported, one text each."""


@closed
class Circumstance:
    """When concepts, or all of some disclosures, are asked for; the reason is what is said where they are not.

    Asked for when all of `when` hold, none of `unless`, and one of `any_reported` is reported. With none of the three
    nobody can tell from facts: what is left out then counts as not applicable. `question` is a side answer, yes or no,
    that decides in place of `when` and `any_reported` where it is given. `also_asked` means not the concepts themselves
    but the values of them a disclosure asks for besides.
    """

    id: str
    concepts: list[ConceptName] = field(default_factory=list)
    disclosures: list[str] = field(default_factory=list)
    also_asked: bool = False
    editions: list[EditionName] = field(default_factory=list)
    when: list[Condition] = field(default_factory=list)
    unless: list[Condition] = field(default_factory=list)
    any_reported: list[ConceptName] = field(default_factory=list)
    question: ConceptName = ""
    reason: Text

    def __post_init__(self) -> None:
        """Refuses a circumstance of nothing."""
        if not self.concepts and not self.disclosures:
            raise ValueError("give concepts or disclosures")

    @property
    def decidable(self) -> bool:
        """Whether facts can tell; else a datapoint that is left out is presumed not applicable."""
        return bool(self.when or self.unless or self.any_reported)


@closed
class Applicability:
    """The file `applicability.yaml`."""

    sayings: dict[Saying, Text]
    circumstances: list[Circumstance]

    def __post_init__(self) -> None:
        """Refuses a file that has no word for something."""
        missing = set(get_args(Saying)) - set(self.sayings)
        if missing:
            raise ValueError(f"there is no saying {min(missing)!r}")


def check_circumstances(applicability: Applicability, disclosures: Collection[str]) -> None:
    """Whether no two circumstances have one name and their disclosures exist; concepts are checked as those of rules.

    Errors: DefinitionError with the nearest there is.
    """
    seen: set[str] = set()
    for each in applicability.circumstances:
        place = f"schemas/applicability.yaml: {each.id}"
        if each.id in seen:
            raise DefinitionError(f"{place} is given twice.")
        seen.add(each.id)
        for code in each.disclosures:
            if code not in disclosures:
                raise DefinitionError(f"{place}: unknown disclosure {code!r}.{did_you_mean(code, disclosures)}")
