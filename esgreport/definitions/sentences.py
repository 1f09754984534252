"""What may stand in `schemas/sentences/`: sentences around the figures and the places in them; it writes none."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text
from esgreport.errors import DefinitionError

PLACE = re.compile(r"\{(?P<name>\w+)(?::(?P<article>\w+))?(?P<forms>(?:\|[^{}|]*)+)?\}")
"""A place in a text: `{energy}`; `{share:il}` with an Italian article; `{sites|site|sites}` the word for its number."""
ARTICLES = ("il", "del", "al", "dal", "nel")
"""What an Italian article may be asked for by; which form it has is up to the number behind it."""


class Term(Closed):
    """One figure: a concept at a member of an axis, or a metric (`of` the concept it was measured of), in a unit."""

    concept: str = ""
    metric: str = ""
    of: str = ""
    axis: str = ""
    member: str = ""
    unit: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.concept) == bool(self.metric):
            raise ValueError("name a concept or a metric")
        return self


class ValuePlace(Closed):
    """A figure with its unit. It is `zero`, `positive` or `negative`."""

    kind: Literal["value"]
    figure: Term
    bare: bool = False
    """Whether its unit is left to the sentence."""


class AnswerPlace(Closed):
    """An answer that only decides: `true` or `false`, or the name of a member."""

    kind: Literal["answer"]
    concept: str


class SharePlace(Closed):
    """A part of a whole in percent: `zero`, `all` or `some`; nothing where it is more than the whole."""

    kind: Literal["share"]
    part: Term
    whole: Term


class ChangePlace(Closed):
    """By how much a figure differs from `since`, or from the year before: `below`, `above` or `same`.

    Without its sign: in percent, of percentages in points, with `amount` in its own unit.
    """

    kind: Literal["change"]
    now: Term
    since: Term | None = None
    amount: bool = False


class ProgressPlace(Closed):
    """How much of the way from one figure down to another has been made: in percent, `amount` in the figure's unit.

    Nothing where the way does not lead down or nothing of it was made.
    """

    kind: Literal["progress"]
    start: Term
    now: Term
    goal: Term
    shows: Literal["share", "made", "planned"] = "share"


class YearPlace(Closed):
    """The year of a figure; without one the reporting year, or the year before it."""

    kind: Literal["year"]
    figure: Term | None = None
    before: bool = False


class Source(Closed):
    """One of several figures that make a whole, with the words for it in a sentence."""

    figure: Term
    label: Text


class LargestPlace(Closed):
    """The largest of several figures: its name, or its share of them in percent.

    They are the rows of a table's column, called by their member or by a text of the row (`named`), or `sources`.
    Nothing where fewer than two are there, two are the largest, or they do not make the reported `whole`.
    """

    kind: Literal["largest"]
    column: Term | None = None
    named: str = ""
    sources: list[Source] = []
    whole: Term | None = None
    shows: Literal["name", "share", "amount"] = "name"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.column is None) == (not self.sources):
            raise ValueError("name a column or sources")
        return self


class CountPlace(Closed):
    """How many rows of a table have one of these; `distinct`: how many different ones. It is `one` or `many`."""

    kind: Literal["count"]
    concepts: list[str]
    distinct: bool = False


class ItemsPlace(Closed):
    """The members of a set as a list in words, or how many they are; nothing where there are none or too many."""

    kind: Literal["items"]
    concept: str
    shows: Literal["list", "count"] = "list"


Place = Annotated[
    ValuePlace
    | AnswerPlace
    | SharePlace
    | ChangePlace
    | ProgressPlace
    | YearPlace
    | LargestPlace
    | CountPlace
    | ItemsPlace,
    Field(discriminator="kind"),
]


class Wording(Closed):
    """A way to say it: taken where every place it mentions has something and those in `when` are what it says."""

    when: dict[str, str] = {}
    text: Text

    @property
    def places(self) -> frozenset[str]:
        """The places it mentions, in any language."""
        said = {found["name"] for text in self.text.values() for found in PLACE.finditer(text)}
        return frozenset(said | set(self.when))


class Sentence(Closed):
    """A sentence of a disclosure: its places, and the ways to say it, of which the first that fits is taken."""

    id: str
    places: dict[str, Place]
    wordings: list[Wording]

    @model_validator(mode="after")
    def _uses_its_places(self) -> Self:
        used = frozenset(name for wording in self.wordings for name in wording.places)
        if used != set(self.places):
            odd = ", ".join(sorted(used ^ set(self.places)))
            raise ValueError(f"{self.id}: places and what the wordings mention differ: {odd}")
        for wording in self.wordings:
            for text in wording.text.values():
                _check_text(self.id, text)
        return self


class Sentences(Closed):
    """A file of `sentences/`."""

    sentences: list[Sentence]


def _check_text(name: str, text: str) -> None:
    articles = {found["article"] for found in PLACE.finditer(text)} - {None, *ARTICLES}
    if articles or set("{}") & set(PLACE.sub("", text)):
        raise ValueError(f"{name}: a place in {text!r} is not written as places are")


def load_sentences(folder: Path) -> Mapping[str, Sentence]:
    """The sentences of a folder by identifier. Errors: DefinitionError for one given twice."""
    found: dict[str, Sentence] = {}
    for path in sorted(folder.glob("*.yaml")):
        for sentence in load_file(path, Sentences).sentences:
            if sentence.id in found:
                raise DefinitionError(f"schemas/sentences/{path.name}: {sentence.id} is defined twice.")
            found[sentence.id] = sentence
    return found


def terms_of(sentence: Sentence) -> Iterator[Term]:
    """Every figure the places of a sentence name."""
    for place in sentence.places.values():
        yield from _terms(place)


def _terms(place: Place) -> Iterator[Term]:
    found: list[Term | None] = []
    match place:
        case ValuePlace() | YearPlace():
            found = [place.figure]
        case SharePlace():
            found = [place.part, place.whole]
        case ChangePlace():
            found = [place.now, place.since]
        case ProgressPlace():
            found = [place.start, place.now, place.goal]
        case LargestPlace():
            named = Term(concept=place.named) if place.named else None
            found = [place.column, place.whole, named, *(source.figure for source in place.sources)]
        case CountPlace():
            found = [Term(concept=name) for name in place.concepts]
        case AnswerPlace() | ItemsPlace():
            found = [Term(concept=place.concept)]
    yield from (term for term in found if term)
