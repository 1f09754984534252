"""Lists customers want filled in row by row: `schemas/answers/lists.yaml` as models; it fills none."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.metrics import Input
from esgreport.definitions.models import Text

Heads = dict[str, list[str]]


class ColumnOf(Closed):
    """A column of such a list: by which heads it is known, and what stands in its cells.

    As many columns with `key` as the list says must be there, for a list to be this one. `prose` is text a company
    wrote in its own language; a column of a `group` says whether the row's code is in it.
    """

    of: Literal["concepts", "member", "code", "group", "label", "value"]
    heads: Heads
    concepts: list[str] = []
    group: str = ""
    key: bool = False
    prose: bool = False


class RowOf(Closed):
    """A row of our own: what it is called, and the figure that goes with it."""

    labels: Text
    input: Input


class ListOfRows(Closed):
    """A list: what it answers (a target or concept), the axis whose members are its rows or its own rows, columns."""

    code: str
    target: str
    columns: list[ColumnOf]
    keys: int = 2
    axis: str = ""
    rows: list[RowOf] = []

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts it stands on, each once."""
        named = [name for column in self.columns for name in column.concepts]
        return tuple(dict.fromkeys([*named, *(row.input.concept for row in self.rows)]))


class ListsOfRows(Closed):
    """The file `lists.yaml`."""

    row_numbers: Heads
    remarks: Heads
    units: Heads
    lists: list[ListOfRows]


def names_in(lists: ListsOfRows) -> Iterable[tuple[str, str]]:
    """The names of concepts and targets in the file, each with the code of the list it stands in."""
    for each in lists.lists:
        yield from ((each.code, name) for name in (each.target, *each.concepts))
