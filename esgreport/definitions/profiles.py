"""What a kind of customer asks for, as data: datapoints with weight, source and grade; it measures nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.sources import Graded, check_sources
from esgreport.errors import DefinitionError


class Ask(Graded):
    """Datapoints a customer asks for: concepts or derived figures, how much they weigh (1 to 3), and who says so."""

    datapoints: list[str] = Field(min_length=1)
    weight: int = Field(ge=1, le=3)


class Profile(Closed):
    """A file of `profiles/`: a kind of customer, what its requests are for, and what it asks."""

    id: str
    name: Text
    summary: Text
    purpose: Literal["csrd", "other", "unknown"]
    asks: list[Ask] = Field(min_length=1)


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
