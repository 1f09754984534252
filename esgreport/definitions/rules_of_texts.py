"""The kinds of check on names, codes, days and texts: doubled rows, identifiers, forms, placeholders, places."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from esgreport.definitions.models import ConceptType, closed
from esgreport.definitions.rule_parts import AxisName, Check, ConceptName, Concepts, TableName


@closed
class Unique(Check):
    """No two rows of a table have the same identifiers or members; without tables: of any table."""

    kind: Literal["unique"]
    tables: list[TableName] = field(default_factory=list)


@closed
class SaysSomethingElse(Check):
    """No two rows of a table say the same in all of these columns, under whatever identifier."""

    kind: Literal["says_something_else"]
    table: TableName
    columns: Concepts


@closed
class RefersTo(Check):
    """Every identifier on the axis in the concepts' rows is one that a row of the table `known_from` has.

    Nothing is said where that table is empty: that it is, another rule says.
    """

    kind: Literal["refers_to"]
    concepts: Concepts
    axis: AxisName
    known_from: TableName


@closed
class NeedsCodeLevel(Check):
    """The codes are as fine as the standard asks: so many digits at least, no heading. On an axis, or of a concept."""

    kind: Literal["needs_code_level"]
    concepts: Concepts
    axis: AxisName = ""
    digits: int


@closed
class Matches(Check):
    """A text has the form it should have; the forms are named because some (check digits) are computed."""

    kind: Literal["matches"]
    concepts: Concepts
    form: Literal["url", "lei", "coordinates"]


@closed
class PostalCode(Check):
    """A postal code has the form of the country in its row, where that form is known (`forms/postal_codes.yaml`)."""

    kind: Literal["postal_code"]
    concept: ConceptName
    country: ConceptName


@closed
class Located(Check):
    """Coordinates lie in the country of their row (`forms/country_boxes.csv`): `exchanged` finds those that do when
    latitude and longitude change places, `elsewhere` the others that do not."""

    kind: Literal["located"]
    concept: ConceptName
    country: ConceptName
    problem: Literal["exchanged", "elsewhere"]


@closed
class NoPlaceholder(Check):
    """A text says something: it is none of the placeholders of `forms/placeholders.yaml`."""

    kind: Literal["no_placeholder"]
    types: list[ConceptType]


@closed
class DayAgainstPeriod(Check):
    """A day or year stands where it should to the end of the reporting period; years are compared as years."""

    kind: Literal["dated"]
    concept: ConceptName
    than_the_period: Literal["not_later", "not_earlier", "later"]


@closed
class Stated(Check):
    """The filing itself says who reports, or in which currency."""

    kind: Literal["stated"]
    part: Literal["name", "identifier", "scheme", "currency"]


@closed
class IdentifierForm(Check):
    """The identifier has the form of its scheme, where that is known: LEI with its check digits, VAT, EUID, DUNS."""

    kind: Literal["identifier_form"]


@closed
class Lasts(Check):
    """The reporting period is a span of so many days at least, and at most where that is given."""

    kind: Literal["lasts"]
    days_at_least: int
    days_at_most: int | None = None
