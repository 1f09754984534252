"""What a kind of customer asks for, as data: datapoints with weight, source and grade; it measures nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from esgreport.definitions.models import Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.rule_parts import NotEmpty
from esgreport.definitions.sources import Graded, check_sources
from esgreport.errors import DefinitionError


@closed
class Ask(Graded):
    """Datapoints a customer asks for: concepts or derived figures, how much they weigh (1 to 3), and who says so."""

    datapoints: Annotated[list[str], NotEmpty()]
    weight: Literal[1, 2, 3]


@closed
class Profile:
    """A file of `profiles/`: a kind of customer, what its requests are for, and what it asks."""

    id: str
    name: Text
    summary: Text
    purpose: Literal["csrd", "other", "unknown"]
    asks: Annotated[list[Ask], NotEmpty()]


def check_profile(profile: Profile, file: str, datapoints: Collection[str], sources: Collection[str]) -> None:
    """Whether a profile names only what exists, each datapoint once, and is the file's own.

    Errors: DefinitionError with the nearest name there is.
    """
    place = f"schemas/profiles/{file}.yaml"
    if profile.id != file:
        raise DefinitionError(f"{place}: the file of profile {profile.id!r} must be named {profile.id}.yaml.")
    seen: set[str] = set()
    for ask in profile.asks:
        check_sources(place, ask, sources)
        for name in ask.datapoints:
            if name not in datapoints:
                known = did_you_mean(name, datapoints)
                raise DefinitionError(f"{place}: unknown concept or metric {name!r}.{known}")
            if name in seen:
                raise DefinitionError(f"{place}: {name} is asked for twice.")
            seen.add(name)
