"""What rules are made of: names that must exist, conditions, what every check has; the kinds are in `rules`."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.models import Text


@dataclass(frozen=True, slots=True)
class Names:
    """Marks a field of a definition as the name of something else that must exist: a concept, an axis, a table."""

    what: Literal["concept", "axis", "table", "edition"]


ConceptName = Annotated[str, Names("concept")]
AxisName = Annotated[str, Names("axis")]
TableName = Annotated[str, Names("table")]
EditionName = Annotated[str, Names("edition")]
Concepts = Annotated[list[ConceptName], Field(min_length=1)]

# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────


class Dated(Closed):
    """A value that holds from a day on, with where it says so; the day compared is the last of the period."""

    since: date
    value: Decimal
    source: str


Bound = Decimal | list[Dated]


class Threshold(Closed):
    """A lower limit: reached (`at_least`) or passed (`more_than`)."""

    at_least: Bound | None = None
    more_than: Bound | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Threshold:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError("give either at_least or more_than")
        return self


class Condition(Closed):
    """Something that can be seen in the facts. Exactly one test: of a concept, or of the undertaking as a whole.

    `equals` compares a yes/no, a member or a number; `contains` looks into a set of members, `group` asks whether one
    of the codes belongs to a group of its list. `module` is met when that module is reported. `employees` is met when
    the headcount is known to reach it: a figure in full-time equivalents above proves it, one below proves nothing.
    """

    concept: ConceptName = ""
    reported: bool | None = None
    equals: bool | Decimal | str | None = None
    contains: str = ""
    group: list[str] = []
    number: Threshold | None = None
    module: Literal["", "comprehensive"] = ""
    employees: Threshold | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        of_concept = (self.reported, self.equals, self.contains or None, self.group or None, self.number)
        of_all = (self.module or None, self.employees)
        given = [test for test in (*of_concept, *of_all) if test is not None]
        if len(given) != 1:
            raise ValueError("give exactly one test: reported, equals, contains, group, number, module or employees")
        if bool(self.concept) == any(test is not None for test in of_all):
            raise ValueError("module and employees stand alone; every other test needs a concept")
        return self


# ── checks, one model a kind ─────────────────────────────────────────────────────────────────────────────────


class Check(Closed):
    """What every check has: when it applies, and texts of its own where those of the rule do not fit."""

    when: list[Condition] = []
    """All must hold."""
    unless: list[Condition] = []
    """None may hold."""
    editions: list[EditionName] = []
    """The editions it applies in; none given means all those of its rule."""
    severity: Literal["error", "warning", "info"] | None = None
    title: Text = {}
    message: Text = {}
    fix: Text = {}


def names_in(model: BaseModel) -> Iterator[tuple[Names, str]]:
    """Every name of something else in a definition and in what it is made of; empty ones are left out."""
    for name, field in type(model).model_fields.items():
        yield from _names_in(getattr(model, name), (*get_args(field.annotation), *field.metadata))


def _names_in(value: object, hints: tuple[object, ...]) -> Iterator[tuple[Names, str]]:
    marks = [hint for hint in hints if isinstance(hint, Names)]
    if isinstance(value, BaseModel):
        yield from names_in(value)
    elif isinstance(value, (list, dict)):
        inner = tuple(part for hint in hints for part in get_args(hint))
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _names_in(item, inner)
    elif isinstance(value, str) and value:
        yield from ((mark, value) for mark in marks)
