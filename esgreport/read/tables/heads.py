"""Which table a sheet or file is, and which column each of its heads names; it reads no value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from esgreport.definitions.cx import CustomerDefinitions, CustomerTable, folded

_ENOUGH = 3
"""Heads a sheet must share with a table to be taken for it by them alone, when it has all required ones."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The heads of a table: by name of the column its position; those of no column; those that came a second time."""

    columns: Mapping[str, int]
    unknown: tuple[int, ...]
    repeated: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the heads of a table stand among its first rows: the position, and how many rows after it are heads too."""

    table: CustomerTable
    at: int
    more: int


class Headings:
    """The tables of the definitions and every head they are known by."""

    def __init__(self, definitions: CustomerDefinitions) -> None:
        self._tables = definitions.tables
        self._columns: dict[str, Mapping[str, str]] = {
            table.name: {
                spelling: column.name for column in table.columns for spelling in definitions.spellings(column)
            }
            for table in definitions.tables.values()
        }
        self._names: dict[str, str] = {}
        for table in definitions.tables.values():
            for name in (table.name, table.sheet, *table.labels.values(), *table.also):
                self._names.setdefault(folded(name), table.name)

    def table_named(self, name: str) -> CustomerTable | None:
        """The table a sheet of that name is; None where no table has it."""
        found = self._names.get(folded(name))
        return self._tables[found] if found else None

    def head(self, rows: Sequence[Sequence[str]], table: CustomerTable | None) -> Head | None:
        """Where the heads stand among the first rows of a sheet or file; None when they are not there.

        `table` is the one it is named after, None when only the heads can tell. A row of labels may stand below the row
        of names, or the other way round.
        """
        found = table or next((each for row in rows if (each := self.table_with(row))), None)
        if found is None:
            return None
        counts = [self.count(found, row) for row in rows]
        at = max(range(len(rows)), key=lambda position: counts[position], default=0)
        if not counts or counts[at] < min(2, len(found.columns)):
            return None
        more = at + 1 < len(rows) and counts[at + 1] * 2 > len([head for head in rows[at + 1] if head.strip()])
        return Head(found, at, int(more))

    def count(self, table: CustomerTable, heads: Iterable[str]) -> int:
        """How many of the heads name a column of the table."""
        known = self._columns[table.name]
        return len({known[folded(head)] for head in heads if folded(head) in known})

    def table_with(self, heads: Sequence[str]) -> CustomerTable | None:
        """The table whose required columns are all among the heads, and which shares most of them; None for none."""
        counted = [
            (self.count(table, heads), table) for table in self._tables.values() if self._has_required(table, heads)
        ]
        best = max((count for count, _ in counted), default=0)
        fitting = [table for count, table in counted if count == best]
        return fitting[0] if best >= _ENOUGH and len(fitting) == 1 else None

    def _has_required(self, table: CustomerTable, heads: Iterable[str]) -> bool:
        known = self._columns[table.name]
        named = {known.get(folded(head)) for head in heads}
        return all(column.name in named for column in table.columns if column.required)

    def matched(self, table: CustomerTable, heads: Sequence[str]) -> Matched:
        """Which column each head names; of several for one column the first counts, a column's own name before all."""
        known = self._columns[table.name]
        columns: dict[str, int] = {}
        named = [known.get(folded(head)) for head in heads]
        for position in sorted(range(len(heads)), key=lambda at: heads[at].strip() != named[at]):
            name = named[position]
            if name is not None:
                columns.setdefault(name, position)
        taken = set(columns.values())
        unknown = tuple(at for at, name in enumerate(named) if name is None and heads[at].strip())
        repeated = tuple(at for at, name in enumerate(named) if name is not None and at not in taken)
        return Matched(columns, unknown, repeated)
