"""Who a report is for, and what those readers are not shown: built-in audiences, and a file of one's own."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_report import Audience as CustomerEdition
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

if TYPE_CHECKING:
    from esgreport.definitions import Definitions

Enclosed = Literal["source", "data"]
"""What a PDF may carry: the workbooks the figures come from, the facts for machines."""


class Selection(Closed):
    """What something holds for: concepts by name, and all those of disclosures by code."""

    concepts: list[str] = []
    disclosures: list[str] = []


class Withholding(Selection):
    """What an audience is not shown, and why, as those readers are told."""

    reason: Text


class Rounding(Selection):
    """What an audience is shown in round figures only: so many significant digits."""

    digits: Annotated[int, Field(ge=1, le=6)]


class Audience(Closed):
    """Some readers: what they are called, what they do not see or see rounded, what of customers, what files they get.

    `shows: inside_cap` leaves them only what a customer may ask for under the value chain cap. `like` takes all that
    another audience is withheld over; the file of an undertaking's own starts from it.
    """

    like: str = ""
    label: Text = {}
    shows: Literal["all", "inside_cap"] = "all"
    customers: CustomerEdition | Literal["none"] = "customer"
    encloses: list[Enclosed] = ["source", "data"]
    withholds: list[Withholding] = []
    rounds: list[Rounding] = []

    def selections(self) -> Iterator[Selection]:
        """All it selects."""
        yield from self.withholds
        yield from self.rounds


class AudienceFile(Closed):
    """The file `audiences.yaml`: the audiences that come with it, the reasons the engine gives of itself."""

    outside_cap: Text
    omitted: Text
    audiences: dict[str, Audience]


def audience_file(definitions: Definitions) -> AudienceFile:
    """The audiences that come with esgreport. Errors: DefinitionError for a name there is not."""
    file = load_file(definitions.folder / "audiences.yaml", AudienceFile)
    for audience in file.audiences.values():
        _check("schemas/audiences.yaml", audience, definitions)
    return file


def audience_named(asked: str, definitions: Definitions) -> Audience:
    """The audience of that name, or the one a file describes, with all that the one it is `like` withholds and rounds.

    Errors: DefinitionError with file and line, or with the names there are.
    """
    built_in = audience_file(definitions).audiences
    if asked in built_in:
        return built_in[asked]
    path = Path(asked)
    if not path.is_file():
        known = ", ".join(built_in)
        raise DefinitionError(f"There is no audience {asked!r}: it is one of {known}, or a file that describes one.")
    own = load_file(path, Audience)
    _check(asked, own, definitions)
    return _on_its_base(own, built_in, asked) if own.like else own


def _on_its_base(own: Audience, built_in: Mapping[str, Audience], place: str) -> Audience:
    if own.like not in built_in:
        raise DefinitionError(f"{place}: like: there is no audience {own.like!r}.{did_you_mean(own.like, built_in)}")
    base = built_in[own.like]
    given = own.model_fields_set
    return base.model_copy(
        update={
            **{name: getattr(own, name) for name in given - {"withholds", "rounds"}},
            "withholds": [*base.withholds, *own.withholds],
            "rounds": [*own.rounds, *base.rounds],
        }
    )


def _check(place: str, audience: Audience, definitions: Definitions) -> None:
    codes = [each.code for each in definitions.disclosures]
    for selection in audience.selections():
        _known(place, "concept", selection.concepts, definitions.concepts)
        _known(place, "disclosure", selection.disclosures, codes)


def _known(place: str, kind: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise DefinitionError(f"{place}: there is no {kind} {name!r}.{did_you_mean(name, known)}")
