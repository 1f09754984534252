"""The editions of the standard as dated data, and which of them a financial year is reported under by default."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from esgreport.definitions.models import Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.rule_parts import NotEmpty
from esgreport.definitions.sources import Graded, check_sources
from esgreport.errors import DefinitionError
from esgreport.texts import day_in_words

EFFECTIVE = ("in_force", "adopted")
"""What makes an edition the current one: its entry into force; its adoption where, as a recommendation, it has none."""


@closed
class Milestone(Graded):
    """A day in the life of an edition, and the edition that ended it where one did."""

    kind: Literal["adopted", "published", "in_force", "cap_applies", "withdrawn"]
    day: date
    by: str = ""
    paragraph: str = ""


@closed
class Size(Graded):
    """A size of undertaking with its upper limits; amounts in euro. `unverified` names limits nobody could check."""

    id: str
    name: Text
    employees: int | None = None
    balance_sheet: Decimal | None = None
    turnover: Decimal | None = None
    unverified: list[Literal["employees", "balance_sheet", "turnover"]] = field(default_factory=list)


@closed
class Statement(Graded):
    """Something an edition says, or that is known of it."""

    id: str
    text: Text
    paragraph: str = ""


@closed
class Edition:
    """An edition: the act, its days, its sizes, what is known of it, and the sentence on why it is followed."""

    id: str
    name: Text
    act: Text
    eli: str
    journal: str
    milestones: list[Milestone]
    why: Text
    sizes: list[Size]
    statements: list[Statement]

    def day(self, *kinds: str) -> date | None:
        """The day of the first of these milestones it has."""
        days = {milestone.kind: milestone.day for milestone in self.milestones}
        return next((days[kind] for kind in kinds if kind in days), None)

    def statement(self, id: str) -> Statement | None:
        """What it says about something, by the identifier of the statement."""
        return next((statement for statement in self.statements if statement.id == id), None)


@closed
class Editions:
    """The file `editions.yaml`, oldest edition first; and the words references to paragraphs use, by language."""

    paragraph_words: dict[str, Text]
    editions: Annotated[list[Edition], NotEmpty()]


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """The edition a financial year is reported under when nobody says otherwise, and what decided it."""

    edition: Edition
    following: Edition | None
    period_end: date

    def why(self, language: str) -> str:
        """One sentence in a language: when the year ends, what was in force then, and what became of it."""
        later = self.following or self.edition
        since = later.day(*EFFECTIVE) or self.period_end
        days = {"end": self.period_end, "since": since}
        shown = {name: day_in_words(day, language) for name, day in days.items()}
        return (self.edition.why.get(language) or self.edition.why["en"]).format(**shown)


def edition_for(period_end: date, editions: Sequence[Edition]) -> EditionChoice:
    """The edition in force on the last day of a financial year; the oldest for years before there was one."""
    begun = [place for place, edition in enumerate(editions) if (edition.day(*EFFECTIVE) or date.max) <= period_end]
    place = begun[-1] if begun else 0
    following = editions[place + 1] if place + 1 < len(editions) else None
    return EditionChoice(editions[place], following, period_end)


def check_editions(editions: Sequence[Edition], sources: Collection[str]) -> None:
    """Whether editions name only what exists. Errors: DefinitionError with the nearest name there is."""
    names = [edition.id for edition in editions]
    for edition in editions:
        place = f"schemas/editions.yaml: {edition.id}"
        for statement in (*edition.milestones, *edition.sizes, *edition.statements):
            check_sources(place, statement, sources)
        for milestone in edition.milestones:
            if milestone.by and milestone.by not in names:
                raise DefinitionError(f"{place}: unknown edition {milestone.by!r}.{did_you_mean(milestone.by, names)}")
