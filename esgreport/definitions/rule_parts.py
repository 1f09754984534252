"""What rules are made of: names that must exist, conditions, what every check has; the kinds are in `rules`.

Like `models`, these are plain dataclasses, so that rules found right before are read without loading pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_type_hints

from esgreport.definitions.models import Text, closed

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Names:
    """Marks a field of a definition as the name of something else that must exist: a concept, an axis, a table …"""

    what: Literal["concept", "axis", "table", "edition", "unit", "span"]


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """Marks a list that has at least one item."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic looks for when it checks the list."""
        from pydantic_core import core_schema

        schema = handler(source)
        return core_schema.chain_schema([schema, core_schema.list_schema(min_length=1)])


@dataclass(frozen=True, slots=True)
class ByKind:
    """Marks shapes that are told apart by what their `kind` says."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic finds the shape."""
        from pydantic import Field

        return handler.generate_schema(Annotated[source, Field(discriminator="kind")])


ConceptName = Annotated[str, Names("concept")]
AxisName = Annotated[str, Names("axis")]
TableName = Annotated[str, Names("table")]
EditionName = Annotated[str, Names("edition")]
UnitName = Annotated[str, Names("unit")]
SpanName = Annotated[str, Names("span")]
Concepts = Annotated[list[ConceptName], NotEmpty()]

# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────


@closed
class Dated:
    """A value that holds from a day on, with where it says so; the day compared is the last of the period."""

    since: date
    value: Decimal
    source: str


Bound = Decimal | list[Dated]


@closed
class Threshold:
    """A lower limit, reached (`at_least`) or passed (`more_than`), and an upper one that is not reached (`less_than`).

    One of the two ends may be left out.
    """

    at_least: Bound | None = None
    more_than: Bound | None = None
    less_than: Bound | None = None

    def __post_init__(self) -> None:
        """Refuses no limit, and two at one end."""
        lower = [bound for bound in (self.at_least, self.more_than) if bound is not None]
        if len(lower) > 1 or not (lower or self.less_than is not None):
            raise ValueError("give either at_least or more_than, less_than, or one of each end")


@closed
class Condition:
    """Something that can be seen in the facts. Exactly one test: of a concept, or of the undertaking as a whole.

    `equals` compares a yes/no, a member or a number; `contains` looks into a set of members, `group` asks whether one
    of the codes belongs to a group of its list, `different` whether there are at least so many different values.
    `module` is met when that module is reported. `employees` is met when the headcount is known to reach it: a figure
    in full-time equivalents above proves it, one below proves nothing.
    """

    concept: ConceptName = ""
    reported: bool | None = None
    equals: bool | Decimal | str | None = None
    contains: str = ""
    group: list[str] = field(default_factory=list)
    number: Threshold | None = None
    different: int | None = None
    module: Literal["", "comprehensive"] = ""
    employees: Threshold | None = None

    def __post_init__(self) -> None:
        """Refuses no test, several, and one that does not say of what."""
        of_concept = (self.reported, self.equals, self.contains or None, self.group or None, self.number)
        of_all = (self.module or None, self.employees)
        given = [test for test in (*of_concept, self.different, *of_all) if test is not None]
        if len(given) != 1:
            tests = "reported, equals, contains, group, number, different, module or employees"
            raise ValueError(f"give exactly one test: {tests}")
        if bool(self.concept) == any(test is not None for test in of_all):
            raise ValueError("module and employees stand alone; every other test needs a concept")


# ── checks, one shape a kind ─────────────────────────────────────────────────────────────────────────────────


@closed
class Check:
    """What every check has: when it applies, and texts of its own where those of the rule do not fit."""

    when: list[Condition] = field(default_factory=list)
    """All must hold."""
    unless: list[Condition] = field(default_factory=list)
    """None may hold."""
    editions: list[EditionName] = field(default_factory=list)
    """The editions it applies in; none given means all those of its rule."""
    otherwise: bool = False
    """Asked only where the checks before it, up to the last one without this mark, have found nothing."""
    severity: Literal["error", "warning", "info"] | None = None
    title: Text = field(default_factory=dict)
    message: Text = field(default_factory=dict)
    fix: Text = field(default_factory=dict)


def names_in(definition: object) -> Iterator[tuple[Names, str]]:
    """Every name of something else in a definition and in what it is made of; empty ones are left out."""
    for name, hint in _fields_with_names(type(definition)):
        yield from _names_in(getattr(definition, name), hint)


_NAMING: dict[type, tuple[tuple[str, object], ...]] = {}
"""The fields of each shape that may hold names, as far as they have been looked up."""


def _fields_with_names(shape: type) -> tuple[tuple[str, object], ...]:
    """The fields of a shape that may hold names, each with its annotation."""
    if shape not in _NAMING:
        hints = get_type_hints(shape, include_extras=True)
        _NAMING[shape] = tuple((name, hint) for name, hint in hints.items() if _may_name(hint))
    return _NAMING[shape]


def _may_name(hint: object) -> bool:
    return isinstance(hint, Names) or is_dataclass(hint) or any(_may_name(part) for part in get_args(hint))


def _names_in(value: object, hint: object) -> Iterator[tuple[Names, str]]:
    if is_dataclass(value):
        yield from names_in(value)
    elif isinstance(value, (list, dict)):
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            for part in _inside(hint):
                yield from _names_in(item, part)
    elif isinstance(value, str) and value:
        yield from ((mark, value) for mark in get_args(hint) if isinstance(mark, Names))


def _inside(hint: object) -> tuple[object, ...]:
    """What a list or mapping holds, by its annotation; an annotated one is that of what it annotates."""
    parts = get_args(hint)
    return _inside(parts[0]) if hasattr(hint, "__metadata__") else parts
