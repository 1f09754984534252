"""What `explain` says beside the definitions themselves: kinds of check in words, cells of the official template."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import Field, model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import ConceptType, Need, Text
from esgreport.errors import DefinitionError


class Saying(Closed):
    """A sentence for one key of a check: when it has that value, or with none named when it is given at all."""

    field: str
    value: str = ""
    text: Text


class KindText(Closed):
    """A kind of check in words: what it means, another sentence `instead`, more sentences, an example that trips it."""

    kind: str
    means: Text
    instead: list[Saying] = Field(default_factory=list)
    also: list[Saying] = Field(default_factory=list)
    example: Text


class Wordings(Closed):
    """The file `explain.yaml`."""

    kinds: list[KindText]
    conditions: dict[str, Text]
    types: dict[ConceptType, Text]
    needs: dict[Need, Text]

    @model_validator(mode="after")
    def _names_every_type(self) -> Wordings:
        missing = [*(set(get_args(ConceptType)) - set(self.types)), *(set(get_args(Need)) - set(self.needs))]
        if missing:
            raise ValueError(f"there are no words for {min(missing)!r}")
        return self

    def kind(self, name: str) -> KindText | None:
        """The words for a kind of check; None where it has none yet."""
        return next((each for each in self.kinds if each.kind == name), None)


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """Where a version of the official template asks for a concept; `member` where the cell is for one of an axis."""

    concept: str
    member: str
    version: str
    sheet: str
    cell: str


COLUMNS = ("concept", "member", "version", "sheet", "cell")
"""Of `template_cells.csv`."""


@cache
def load_wordings(folder: Path) -> Wordings:
    """The words in a `schemas` folder. Errors: DefinitionError with file and line for what does not fit."""
    return load_file(folder / "explain.yaml", Wordings)


@cache
def load_template_cells(folder: Path) -> Mapping[str, tuple[TemplateCell, ...]]:
    """The cells of the official template by concept. Errors: DefinitionError for a table of another form."""
    with (folder / "template_cells.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DefinitionError(f"schemas/template_cells.csv: the columns must be {', '.join(COLUMNS)}.")
        found: dict[str, list[TemplateCell]] = {}
        for row in reader:
            found.setdefault(row["concept"], []).append(TemplateCell(*(row[column] for column in COLUMNS)))
    return {concept: tuple(cells) for concept, cells in found.items()}
