"""What an undertaking says of its report besides the figures, in a file of its own: assurance, estimates, changes."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from esgreport.definitions.closed import Closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.toml_files import line_of, read_toml
from esgreport.errors import DefinitionError

if TYPE_CHECKING:
    from esgreport.definitions.models import Concept

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Level = Literal["limited", "reasonable"]


class Assurance(Closed):
    """What an independent party concluded on the report; it holds for what `scope` says, and for nothing else."""

    provider: Words
    standard: Words
    level: Level
    scope: Words
    date: date
    conclusion: Words


class Estimated(Closed):
    """A figure that is an estimate, and how it was arrived at."""

    figure: Words
    how: Words


class Changed(Closed):
    """Something about the report that is not as it was in the year before."""

    text: Words


class Restated(Closed):
    """A figure of an earlier year that is another one now, and why."""

    figure: Words
    reason: Words


class Statements(Closed):
    """A file for `--about`: every part may be left out. Figures are names of concepts once it is loaded."""

    assurance: Assurance | None = None
    estimates: list[Estimated] = []
    changes: list[Changed] = []
    restatements: list[Restated] = []

    def figures(self) -> Iterator[str]:
        """The figures it speaks of."""
        yield from (each.figure for each in self.estimates)
        yield from (each.figure for each in self.restatements)


@dataclass(frozen=True, slots=True)
class StatementsFile:
    """The statements of a file, its name without its folder, and its SHA-256."""

    statements: Statements
    name: str
    digest: str


def load_statements(path: Path, concepts: Mapping[str, Concept]) -> StatementsFile:
    """The statements of a file in TOML; a figure is named by its concept, or by its label in any language.

    Errors: DefinitionError with file and line for TOML that is none, an unknown key, a wrong value, an unknown figure.
    """
    text, parsed = read_toml(path)
    try:
        given = Statements.model_validate(parsed)
    except ValidationError as error:
        errors = error.errors()
        first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
        raise DefinitionError(f"{path}:{line_of(text, first['loc'])}: {_explained(first)}") from None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return StatementsFile(_named(given, concepts, path, text), path.name, digest)


def _named(given: Statements, concepts: Mapping[str, Concept], path: Path, text: str) -> Statements:
    """The statements with each figure by the name of its concept."""
    known = {" ".join(label.casefold().split()): one.name for one in concepts.values() for label in one.labels.values()}

    def name(figure: str, table: str, number: int) -> str:
        found = figure if figure in concepts else known.get(" ".join(figure.casefold().split()))
        if found is None:
            place = f"{path}:{line_of(text, (table, number, 'figure'))}"
            hint = did_you_mean(figure, [*concepts, *known])
            raise DefinitionError(
                f"{place}: unknown figure {figure!r}.{hint} `esgreport facts` lists names and labels."
            )
        return found

    estimates = [
        each.model_copy(update={"figure": name(each.figure, "estimates", at)})
        for at, each in enumerate(given.estimates)
    ]
    restated = [
        each.model_copy(update={"figure": name(each.figure, "restatements", at)})
        for at, each in enumerate(given.restatements)
    ]
    return given.model_copy(update={"estimates": estimates, "restatements": restated})


def _explained(error: ErrorDetails) -> str:
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in error["loc"])
    if error["type"] == "extra_forbidden":
        keys = [name for shape in _SHAPES for name in shape.model_fields]
        return f"unknown key {where!r}.{did_you_mean(str(error['loc'][-1]), keys)}"
    if error["type"] == "missing":
        return f"{where} is missing."
    if error["type"] == "literal_error":
        return f"{where} is {error['input']!r}, not one of {', '.join(get_args(Level))}."
    return f"{where}: {error['msg']}."


_SHAPES: tuple[type[Closed], ...] = (Statements, Assurance, Estimated, Changed, Restated)
