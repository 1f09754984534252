"""How questionnaires are written, as data: heads of columns, placeholders, languages; it looks at no workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from esgreport.definitions.loading import load_file
from esgreport.definitions.models import closed
from esgreport.questionnaire import AnswerKind

Role = Literal[
    "customer",
    "expected",
    "options",
    "mark",
    "comment",
    "evidence",
    "unit",
    "answer",
    "target",
    "weight",
    "guidance",
    "question",
    "section",
    "id",
    "year",
]
"""What a column is for. `customer`: filled in by the customer; `expected`: what the customer wants to hear; `mark`: to
tick what stands beside it; `year`: to enter the year in."""
Tick = Literal["yes", "no", "partly", "none"]


@closed
class Phrases:
    """Phrases of one meaning in each language."""

    en: list[str] = field(default_factory=list)
    it: list[str] = field(default_factory=list)
    de: list[str] = field(default_factory=list)
    fr: list[str] = field(default_factory=list)

    @property
    def all(self) -> tuple[str, ...]:
        """Those of every language."""
        return (*self.en, *self.it, *self.de, *self.fr)


@closed
class RoleWords(Phrases):
    """What the columns of a role are called."""

    role: Role


@closed
class TickWords(Phrases):
    """How one answer to mark is called."""

    tick: Tick


@closed
class YearWords(Phrases):
    """How a year is called that lies so many years back."""

    back: int


@closed
class Headings:
    """The file `headings.yaml`."""

    roles: list[RoleWords]
    ticks: list[TickWords]
    scales: Phrases
    figures: Phrases
    years: list[YearWords]
    tongues: Phrases


@closed
class CellWords:
    """The file `cells.yaml`: what stands in cells that are no answers."""

    placeholders: Phrases
    beginnings: Phrases
    examples: Phrases
    instructions: Phrases
    signatures: Phrases
    boxes: str
    columns: Phrases
    deadlines: Phrases


@closed
class LanguageWords:
    """The words a language is told by, the endings of longer ones, and letters that occur in it alone."""

    language: str
    words: list[str]
    letters: str = ""
    endings: list[str] = field(default_factory=list)


@closed
class LanguageFile:
    """The file `languages.yaml`."""

    languages: list[LanguageWords]


@closed
class KindWords:
    """How a question says which kind of answer it wants."""

    kind: AnswerKind
    begins: Phrases
    within: Phrases


@closed
class SortWords(Phrases):
    """How a column that names the type of answer calls a kind."""

    kind: AnswerKind


@closed
class KindFile:
    """The file `kinds.yaml`, in the order to be tried."""

    kinds: list[KindWords]
    sorts: list[SortWords]


@closed
class Hints:
    """The file `hints.yaml`: what the words of a question say besides what is asked."""

    follow_ups: Phrases
    parts: Phrases
    several: Phrases
    one: Phrases
    before_year: Phrases
    parties: Phrases


@closed
class UnitWords:
    """The file `units.yaml`: units as customers write them."""

    words: list[str]


@dataclass(frozen=True)
class Structure:
    """The files of `schemas/lexicon/structure/`, each read when it is first asked for."""

    folder: Path

    @cached_property
    def headings(self) -> Headings:
        """What heads of columns are called."""
        return load_file(self.folder / "headings.yaml", Headings)

    @cached_property
    def cells(self) -> CellWords:
        """What stands in cells that are no answers."""
        return load_file(self.folder / "cells.yaml", CellWords)

    @cached_property
    def languages(self) -> tuple[LanguageWords, ...]:
        """The words languages are told by."""
        return tuple(load_file(self.folder / "languages.yaml", LanguageFile).languages)

    @cached_property
    def _kind_file(self) -> KindFile:
        return load_file(self.folder / "kinds.yaml", KindFile)

    @property
    def kinds(self) -> tuple[KindWords, ...]:
        """How questions say what kind of answer they want, in the order to be tried."""
        return tuple(self._kind_file.kinds)

    @property
    def sorts(self) -> tuple[SortWords, ...]:
        """How a column that names the type of answer calls the kinds."""
        return tuple(self._kind_file.sorts)

    @cached_property
    def hints(self) -> Hints:
        """What the words of a question say besides what is asked."""
        return load_file(self.folder / "hints.yaml", Hints)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Units as customers write them."""
        return tuple(load_file(self.folder / "units.yaml", UnitWords).words)
