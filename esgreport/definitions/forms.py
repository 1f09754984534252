"""Forms that texts have by custom or decree, as data: postal codes, identifiers, coordinates, what fills a gap.

It knows how each file is written, and judges no text.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from esgreport.definitions.loading import load_file
from esgreport.definitions.models import closed
from esgreport.errors import DefinitionError


@closed
class Placeholders:
    """The file `placeholders.yaml`: what stands where a text was to come.

    `whole` are texts that are nothing else, `within` phrases, `begins` beginnings; `repeated` are characters that say
    nothing however often they are written.
    """

    whole: list[str]
    within: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)
    repeated: str = ""


@closed
class PostalForm:
    """The postal codes of a country: a regular expression of all of them, and one of them."""

    form: str
    example: str


@closed
class PostalForms:
    """The file `postal_codes.yaml`: forms by ISO 3166 code, and the source they were taken from."""

    source: str
    countries: dict[str, PostalForm]


@closed
class IdentifierForms:
    """The file `identifiers.yaml`: for each scheme (a URI) a form, or one by the country code it begins with.

    Each is a regular expression of the whole identifier, in capitals and without blanks, points and hyphens where
    `plain` says so.
    """

    scheme: str
    source: str
    plain: bool = False
    form: str = ""
    countries: dict[str, str] = field(default_factory=dict)


@closed
class Identifiers:
    """A file of identifier forms."""

    schemes: list[IdentifierForms]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the earth between two parallels and two meridians, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in it, its edges included."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True)
class Forms:
    """The files of `schemas/forms/`, each read when it is first asked for."""

    folder: Path

    @cached_property
    def placeholders(self) -> Placeholders:
        """What stands where a text was to come."""
        return load_file(self.folder / "placeholders.yaml", Placeholders)

    @cached_property
    def postal_codes(self) -> Mapping[str, PostalForm]:
        """The forms of postal codes by country."""
        return load_file(self.folder / "postal_codes.yaml", PostalForms).countries

    @cached_property
    def identifiers(self) -> Mapping[str, IdentifierForms]:
        """The forms of identifiers by scheme."""
        return {each.scheme: each for each in load_file(self.folder / "identifiers.yaml", Identifiers).schemes}

    @cached_property
    def country_boxes(self) -> Mapping[str, tuple[Box, ...]]:
        """The boxes that hold a country, overseas parts and islands having their own; errors: DefinitionError."""
        boxes: dict[str, tuple[Box, ...]] = {}
        path = self.folder / "country_boxes.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            for row in rows:
                try:
                    country, south, west, north, east = row
                    box = Box(float(south), float(west), float(north), float(east))
                except ValueError as error:
                    place = f"schemas/forms/{path.name}:{rows.line_num}"
                    raise DefinitionError(f"{place}: a country and four numbers are expected ({error}).") from None
                boxes[country] = (*boxes.get(country, ()), box)
        return boxes
