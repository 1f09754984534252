"""How exports of other tools name what our tables hold: layouts as data, ours and a user's; it reads no export."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, field_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError


class Taken(Closed):
    """Where a column of ours is taken from: the first of `heads` that is there, or what is the same for all rows.

    `unit` is what a span of time is written in (`clock` is 26:05:00), to become minutes; with `after`, the moment so
    long after another of our columns. `plus` is added to a number. `values` says what their words are in ours; with an
    empty word for what is no answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    heads: list[str] = []
    same: str = ""
    unit: Literal["", "clock", "seconds", "minutes", "hours", "days"] = ""
    after: str = ""
    plus: float = 0
    values: dict[str, str] = {}


class Answers(Closed):
    """Columns that are answers to questions, one each: those named, or all that are nothing else.

    In `named` a head stands for the code of its question. `but` are heads that are none, `texts` those answered in
    words (`*` stands for anything). `values` are numbers for answers chosen in words, for all questions.
    """

    named: dict[str, str] = {}
    all_others: bool = False
    but: list[str] = []
    texts: list[str] = []
    values: dict[str, float] = {}


class Export(Closed):
    """A layout: the heads it is recognised by, where data begin, and where each column of a table of ours is.

    `second_row` says that a row of answer options stands below the heads. `skip` are rows below the heads that are no
    data; `no_rows` are beginnings of the first cell of rows that are none. `unverified` are heads nobody has seen in a
    real export yet; `seen` says where the others were.
    """

    name: str
    tool: str
    table: str
    recognised: list[str] = Field(min_length=1)
    second_row: bool = False
    skip: int = 0
    no_rows: list[str] = []
    columns: dict[str, Taken]
    answers: Answers | None = None
    left_out: list[str] = []
    unverified: list[str] = []
    seen: str = ""

    @field_validator("columns", mode="before")
    @classmethod
    def _heads_alone(cls, columns: object) -> object:
        """A column may be given by a head or a list of heads alone."""
        if not isinstance(columns, dict):
            return columns
        listed = {name: [taken] if isinstance(taken, str) else taken for name, taken in columns.items()}
        return {name: {"heads": taken} if isinstance(taken, list) else taken for name, taken in listed.items()}


def load_exports(folder: Path, tables: Mapping[str, Collection[str]]) -> tuple[Export, ...]:
    """The layouts that come with esgreport; `tables` are the names of columns by table.

    Errors: DefinitionError for a table or column that is none.
    """
    return tuple(load_export(path, tables) for path in sorted((folder / "exports").glob("*.yaml")))


def load_export(path: Path, tables: Mapping[str, Collection[str]]) -> Export:
    """One layout, also a user's own. Errors: DefinitionError for a table or column that is none."""
    try:
        export = load_file(path, Export)
    except OSError as error:
        raise DefinitionError(f"{path}: the mapping cannot be read ({error.strerror}).") from None
    if export.table not in tables:
        raise DefinitionError(f"{path.name}: unknown table {export.table!r}.{did_you_mean(export.table, tables)}")
    known = tables[export.table]
    after = [taken.after for taken in export.columns.values() if taken.after]
    for name in (*export.columns, *after):
        if name not in known:
            what = f"{path.name}: unknown column {name!r} of {export.table}.{did_you_mean(name, known)}"
            raise DefinitionError(what)
    return export
