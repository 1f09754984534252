"""Grids to tables as defined: each column typed, every row kept with its place; problems become findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from esgreport.definitions import Definitions, in_language
from esgreport.definitions.cx import Column, CustomerDefinitions, CustomerTable
from esgreport.model import Finding, Source, cell_reference
from esgreport.numerals import Habit, sheet_habit
from esgreport.read.tables.columns import Habits, Reading, typed_column
from esgreport.read.tables.days import Order, day_order
from esgreport.read.tables.heads import Headings, Matched
from esgreport.read.tables.raw import Grid, Positions, column_taken, filled, nowhere, texts_of
from esgreport.read.tables.wide import QUESTION, VALUE, Answered, Asked, long_table, without
from esgreport.tables import CustomerTable as Table
from esgreport.tables import TablePart

_ROWS_NAMED = 5
"""Rows a finding names; it counts the others."""
_NUMBERS = ("integer", "number", "money", "share", "quantity")
_TEXTS_LOOKED_AT = 5000


class Builder:
    """Makes tables of grids and keeps what was found on the way; one for each reading."""

    def __init__(self, definitions: Definitions, language: str) -> None:
        self.customer: CustomerDefinitions = definitions.cx
        self.findings: list[Finding] = []
        self._definitions = definitions
        self._language = language
        words = definitions.languages.values()
        self._yes = frozenset(word.casefold() for language in words for word in language.says_yes)
        self._no = frozenset(word.casefold() for language in words for word in language.says_no)

    # ── findings ──

    def find(self, code: str, source: Source, **values: object) -> None:
        """Note a finding of the catalogue."""
        self.findings.append(self._definitions.finding(code, source, self._language, **values))

    def find_cells(self, code: str, place: tuple[Grid, int], column: Column, at: Positions) -> None:
        """Note what is wrong with cells of one column of a grid: the first one's place, how many, and in which rows.

        No value is quoted: it may be a name or a comment in the wrong column.
        """
        grid, position = place
        rows = grid.rows[at]
        cell = cell_reference(int(rows[0]), grid.letters[position])
        shown = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
        shown += f" … ({len(rows)})" if len(rows) > _ROWS_NAMED else ""
        values = {
            "column": self.label(column),
            "rows": shown,
            "choices": self._choices(column),
            "limits": _limits(column),
        }
        self.find(code, replace(grid.source, cell=cell), **values)

    def find_rows(self, code: str, table: Table, column: Column, at: Positions, **values: object) -> None:
        """Note what is wrong with rows of a finished table, at its index; as with cells, no value is quoted."""
        places = [table.place(int(row), column.name) for row in at[:_ROWS_NAMED]]
        rows = ", ".join(re.sub(r"\D+", "", place.cell.partition(":")[0]) for place in places)
        rows += f" … ({len(at)})" if len(at) > _ROWS_NAMED else ""
        self.find(code, places[0], column=self.label(column), rows=rows, **values)

    def label(self, column: Column) -> str:
        """A column as the reader knows it."""
        return in_language(self.customer.labels_of(column), self._language)

    def table_label(self, table: CustomerTable) -> str:
        """A table as the reader knows it."""
        return in_language(table.labels, self._language)

    def _choices(self, column: Column) -> str:
        values = self.customer.values_of(column)
        return ", ".join(in_language(value.labels, self._language) for value in values.values) if values else ""

    # ── tables ──

    def table_of(self, grid: Grid, headings: Headings, but: str = "") -> Table:
        """The grid as the table it is; a column `but` which comes from elsewhere need not be there."""
        table = self.customer.tables[grid.table]
        matched = headings.matched(table, grid.heads)
        for at in matched.repeated:
            self.find("CX-16", _at_head(grid, at), head=grid.heads[at])
        for at in matched.unknown:
            self.find("CX-02", _at_head(grid, at), head=grid.heads[at], table=self.table_label(table))
        habits = _habits(grid, {at: table.by_name[name].type for name, at in matched.columns.items()})
        series = [
            missing(column, len(grid.rows)).rename(column.name)
            if column.name == but
            else self._series(grid, column, matched, habits)
            for column in table.columns
        ]
        extra = [self._extra(grid, at) for at in matched.unknown if not grid.columns[at].empty]
        frame = pd.concat([*series, *extra], axis=1) if len(grid.rows) else empty_frame(table)
        part = TablePart(grid.source, grid.rows, {name: grid.letters[at] for name, at in matched.columns.items()})
        return Table(table.name, frame, (part,))

    def answers_of(self, grid: Grid, asked: Sequence[Asked], headings: Headings) -> Table:
        """Responses with a column for each question as a table with a row for each answer."""
        table = self.customer.tables[grid.table]
        shared = self.table_of(without(grid, asked), headings, QUESTION)
        habits = _habits(grid, {each.at: "number" for each in asked if each.into == VALUE})
        found = []
        for each in asked:
            rows = filled(grid.columns[each.at])
            column = column_taken(grid.columns[each.at], rows)
            answers = replace(grid, heads=(each.code,), columns=(column,), rows=grid.rows[rows])
            answers = replace(answers, letters=(grid.letters[each.at],))
            if len(rows):
                values = self.typed(answers, 0, table.by_name[each.into], habits)
                found.append(Answered(each, rows, values))
        return long_table(shared, grid, found)

    def typed(self, grid: Grid, at: int, column: Column, habits: Habits = Habits()) -> pd.Series:  # noqa: B008 - frozen
        """One column of a grid with the type its definition wants; its problems are noted, gaps among them."""
        reading = Reading(self.customer.values_of(column), self._yes, self._no, habits)
        series, problems = typed_column(grid.columns[at], column, reading)
        for problem in problems:
            self.find_cells(problem.code, (grid, at), column, problem.at)
        if column.required:
            absent = series.isna().to_numpy(copy=True)
            absent[np.concatenate([problem.at for problem in problems] or [nowhere()])] = False
            if absent.any():
                self.find_cells("CX-04", (grid, at), column, np.flatnonzero(absent))
        return series

    def _series(self, grid: Grid, column: Column, matched: Matched, habits: Habits) -> pd.Series:
        at = matched.columns.get(column.name)
        if at is None:
            if column.required and len(grid.rows):
                self.find("CX-03", grid.source, column=self.label(column), name=column.name)
            return missing(column, len(grid.rows)).rename(column.name)
        return self.typed(grid, at, column, habits).rename(column.name)

    def _extra(self, grid: Grid, at: int) -> pd.Series:
        return texts_of(grid.columns[at]).rename(grid.heads[at])


def missing(column: Column, length: int) -> pd.Series:
    """A column of its type with no value in it."""
    if column.dtype == "category":
        return pd.Series(pd.Categorical.from_codes(np.full(length, -1, dtype=np.int8), pd.Index([], dtype="str")))
    return pd.Series(np.full(length, None), dtype="object").astype(column.dtype)


def empty_frame(table: CustomerTable) -> pd.DataFrame:
    """The frame of a table nobody filled in: all columns, no row."""
    return pd.concat([missing(column, 0).rename(column.name) for column in table.columns], axis=1)


def _at_head(grid: Grid, at: int) -> Source:
    return replace(grid.source, cell=cell_reference(grid.head, grid.letters[at]))


def _limits(column: Column) -> str:
    low, high = (f"{limit:g}" if limit is not None else "…" for limit in (column.minimum, column.maximum))
    return f"{low}–{high}"


def _habits(grid: Grid, kinds: Mapping[int, str]) -> Habits:
    """How the sheet writes numbers and days, from those of its columns that hold them as text; `kinds` by position."""
    numbers: list[str] = []
    orders: set[Order] = set()
    for at, kind in kinds.items():
        texts = grid.columns[at].text
        if texts is None:
            continue
        distinct = pd.Series(texts.dropna().unique()[:_TEXTS_LOOKED_AT])
        if kind in _NUMBERS:
            numbers += list(distinct)
        elif kind in ("date", "datetime"):
            orders.add(day_order(distinct))
    orders.discard("")
    decimal: Habit = sheet_habit(numbers)
    return Habits(decimal, orders.pop() if len(orders) == 1 else "")


def joined(tables: Sequence[Table], definition: CustomerTable) -> Table:
    """Tables of the same name one below the other; the empty one when there are none."""
    given = [table for table in tables if table.given]
    if not given:
        return Table(definition.name, empty_frame(definition), tuple(part for table in tables for part in table.parts))
    if len(given) == 1:
        return given[0]
    parts = tuple(part for table in given for part in table.parts)
    names = list(dict.fromkeys(name for table in given for name in table.frame.columns))
    columns = [_joined_column([table.frame for table in given], name) for name in names]
    return Table(definition.name, pd.concat(columns, axis=1), parts)


def _joined_column(frames: Sequence[pd.DataFrame], name: str) -> pd.Series:
    pieces = [frame[name] if name in frame else pd.Series(np.full(len(frame), None), dtype="str") for frame in frames]
    if all(isinstance(piece.dtype, pd.CategoricalDtype) for piece in pieces):
        united = pd.api.types.union_categoricals(pieces)
        return pd.Series(united, name=name)
    return pd.concat(pieces, ignore_index=True).rename(name)
