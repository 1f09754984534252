"""What it takes to get a datapoint that is missing, as data: three levels with their reasons; it ranks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from esgreport.definitions.models import Text, closed
from esgreport.definitions.rule_parts import Concepts
from esgreport.errors import DefinitionError

Level = Literal["low", "medium", "high"]


@closed
class Effort:
    """Concepts that take the same to get: how much, and why."""

    id: str
    level: Level
    reason: Text
    concepts: Concepts


@closed
class Efforts:
    """The file `effort.yaml`."""

    efforts: list[Effort]


def by_concept(efforts: Efforts) -> Mapping[str, Effort]:
    """The effort of each concept. Errors: DefinitionError for a concept in two groups."""
    found: dict[str, Effort] = {}
    for effort in efforts.efforts:
        for concept in effort.concepts:
            if concept in found:
                raise DefinitionError(f"schemas/effort.yaml: {concept} is in {found[concept].id} and in {effort.id}.")
            found[concept] = effort
    return found
