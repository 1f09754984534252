"""Where other frameworks ask for the same or a kindred thing, as data: read from a table, checked row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import Field

from esgreport.definitions.closed import Closed
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean, shown
from esgreport.definitions.sources import Grade
from esgreport.errors import DefinitionError

COLUMNS = ["datapoint", "framework", "id", "relation", "source", "grade"]
RELATIONS = ("same", "part_of", "related")
"""The neighbour asks for the same; for more, of which this is a part; for something kindred."""


class Framework(Closed):
    """A framework the table leads to, and the form of its identifiers."""

    id: str
    name: Text
    form: str
    short: Text = Field(default_factory=dict)
    """What it is called where there is little room."""


class Frameworks(Closed):
    """The file `frameworks.yaml`."""

    frameworks: list[Framework]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Where a framework asks for a datapoint (a concept or derived figure), how near that is, and who says so."""

    datapoint: str
    framework: str
    id: str
    relation: str
    source: str
    grade: str

    @property
    def verified(self) -> bool:
        """Whether some source that was read says it."""
        return self.grade != "U"


def load_crosswalk(
    path: Path, frameworks: Mapping[str, Framework], datapoints: Collection[str], sources: Collection[str]
) -> Mapping[str, tuple[Neighbour, ...]]:
    """The neighbours of each datapoint that has any, in the order of the table.

    Errors: DefinitionError with file and line for a name of nothing, a form that is wrong, a row given twice.
    """
    found: dict[str, list[Neighbour]] = {}
    seen: set[tuple[str, str, str]] = set()
    known = {"datapoint": datapoints, "framework": frameworks, "source": sources, "relation": RELATIONS}
    known["grade"] = get_args(Grade)
    for place, neighbour in _rows(path):
        for column, names in known.items():
            _must_be(place, column, getattr(neighbour, column), names)
        if not re.fullmatch(frameworks[neighbour.framework].form, neighbour.id):
            raise DefinitionError(f"{place}: {neighbour.id!r} has not the form of {neighbour.framework}.")
        key = (neighbour.datapoint, neighbour.framework, neighbour.id)
        if key in seen:
            raise DefinitionError(f"{place}: {neighbour.datapoint} has {neighbour.id} twice.")
        seen.add(key)
        found.setdefault(neighbour.datapoint, []).append(neighbour)
    return {name: tuple(neighbours) for name, neighbours in found.items()}


def _rows(path: Path) -> Iterator[tuple[str, Neighbour]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if next(reader, None) != COLUMNS:
            raise DefinitionError(f"{shown(path)}:1: the columns must be {', '.join(COLUMNS)}.")
        for row in reader:
            place = f"{shown(path)}:{reader.line_num}"
            if len(row) != len(COLUMNS):
                raise DefinitionError(f"{place}: there are {len(row)} columns, not {len(COLUMNS)}.")
            yield place, Neighbour(*row)


def _must_be(place: str, column: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise DefinitionError(f"{place}: unknown {column} {name!r}.{did_you_mean(name, known)}")
