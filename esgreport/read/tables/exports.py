"""Exports of other tools: recognised by their heads, laid out as our tables are; which heads those are is data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions.cx import folded
from esgreport.definitions.cx_exports import Answers, Export, Taken
from esgreport.numerals import typed_number
from esgreport.read.tables.days import moments_of_texts
from esgreport.read.tables.raw import Grid, RawColumn, column_of_cells, column_taken, mapped, texts_of

_MINUTES = {"seconds": 1 / 60, "minutes": 1.0, "hours": 60.0, "days": 1440.0}
_PLAIN_OPTIONS = ("", "response", "open ended response")


@dataclass(frozen=True, slots=True)
class Arranged:
    """A grid laid out as our table, which head each column of ours is, and which heads were left out unasked."""

    grid: Grid
    taken: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


def export_of(rows: Sequence[Sequence[str]], exports: Iterable[Export]) -> tuple[Export, int] | None:
    """The layout whose heads all stand in one of the first rows, and that row's position; None for none."""
    for export in exports:
        wanted = {folded(head) for head in export.recognised}
        for at, row in enumerate(rows):
            if wanted <= {folded(head) for head in row}:
                return export, at
    return None


def heads_of(export: Export, rows: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    """The heads, each with its answer option where the layout has a second row of those."""
    heads = [head.strip() for head in rows[at]]
    if not export.second_row or at + 1 >= len(rows):
        return tuple(heads)
    options = [*rows[at + 1], *[""] * len(heads)]
    found, question = [], ""
    for head, option in zip(heads, options, strict=False):
        question = head or question
        plain = folded(option) in _PLAIN_OPTIONS
        found.append(question if plain else f"{question}: {option.strip()}")
    return tuple(found)


def arranged(export: Export, grid: Grid) -> Arranged:
    """The grid of an export as our table: columns under our names, answers under the codes of their questions."""
    grid = _rows_of_data(export, grid)
    at_head = {folded(head): at for at, head in reversed(list(enumerate(grid.heads)))}
    names: list[str] = []
    columns: list[RawColumn] = []
    letters: list[int] = []
    used: dict[int, str] = {}
    for name, taken in export.columns.items():
        at = _place(grid, at_head, taken.heads)
        if at is None and not taken.same:
            continue
        source = grid.columns[at] if at is not None else column_of_cells([taken.same] * len(grid.rows))
        columns.append(_converted(source, taken, _other(export, grid, at_head, taken.after)))
        names.append(name)
        letters.append(grid.letters[at] if at is not None else 0)
        if at is not None:
            used[at] = name
    answers = _answers(export, grid, set(used))
    for at, code in answers.items():
        names.append(code)
        columns.append(_answer(grid.columns[at], export.answers))
        letters.append(grid.letters[at])
    return Arranged(
        grid=replace(
            grid,
            heads=tuple(names),
            columns=tuple(columns),
            letters=tuple(letters),
            table=export.table,
            asked=tuple(answers.values()),
            worded=tuple(code for at, code in answers.items() if _in_words(grid, at, export.answers)),
        ),
        taken=tuple((grid.heads[at], name) for at, name in used.items()),
        left_out=_left_out(export, grid.heads, {*used, *answers}),
    )


def _left_out(export: Export, heads: Sequence[str], used: set[int]) -> tuple[str, ...]:
    known = {folded(head) for head in export.left_out}
    return tuple(head for at, head in enumerate(heads) if at not in used and head and folded(head) not in known)


def _rows_of_data(export: Export, grid: Grid) -> Grid:
    """The grid without rows whose first cell says that they are none: totals, notices, a third row of heads."""
    if not export.no_rows or not len(grid.rows):
        return grid
    first = pd.Series("", index=range(len(grid.rows)))
    for column in reversed(grid.columns):
        texts = texts_of(column)
        first = texts.where(texts.notna(), first)
    keep = np.flatnonzero(~first.str.startswith(tuple(export.no_rows), na=False).to_numpy())
    columns = tuple(column_taken(column, keep) for column in grid.columns)
    return replace(grid, columns=columns, rows=grid.rows[keep])


def _answers(export: Export, grid: Grid, used: set[int]) -> dict[int, str]:
    """The positions that are answers, with the code of the question of each."""
    answers = export.answers
    if answers is None:
        return {}
    named = {folded(head): code for head, code in answers.named.items()}
    taken = [head for column in export.columns.values() for head in column.heads]
    no = {folded(head) for head in (*export.left_out, *taken)}
    found: dict[int, str] = {}
    for at, head in enumerate(grid.heads):
        if at in used or not head:
            continue
        if folded(head) in named:
            found[at] = named[folded(head)]
        elif answers.all_others and folded(head) not in no and not _like(head, answers.but):
            found[at] = head
    return found


def _like(head: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(head, pattern) for pattern in patterns)


def _in_words(grid: Grid, at: int, answers: Answers | None) -> bool:
    """Whether a question is answered in words: it is said to be, or most of its answers are no numbers."""
    column = grid.columns[at]
    if answers is not None and _like(grid.heads[at], answers.texts):
        return True
    if column.text is None:
        return False
    texts = _answer(column, answers).text
    if texts is None:
        return False
    distinct = texts.dropna().unique()[:200]
    numbers = sum(typed_number(text) is not None for text in distinct if len(text) < 40)
    return numbers * 2 < len(distinct)


def _answer(column: RawColumn, answers: Answers | None) -> RawColumn:
    """An answer column with `9 - very likely` as 9, and words as the numbers they stand for."""
    if column.text is None:
        return column
    numbers = {folded(word): f"{value:g}" for word, value in answers.values.items()} if answers else {}
    leading = column.text.str.replace(r"^(\d{1,3})\s*(?:[-–—=:(].*)$", r"\1", regex=True)
    plain = mapped(leading, lambda text: numbers.get(folded(str(text)), str(text))) if numbers else leading
    return replace(column, text=plain)


# ── values ──


def _place(grid: Grid, at_head: Mapping[str, int], heads: Sequence[str]) -> int | None:
    """Where the first of the heads is that has something below it, else the first that is there; None for none."""
    there = [at_head[folded(head)] for head in heads if folded(head) in at_head]
    return next((at for at in there if not grid.columns[at].empty), there[0] if there else None)


def _other(export: Export, grid: Grid, at_head: Mapping[str, int], name: str) -> RawColumn | None:
    at = _place(grid, at_head, export.columns[name].heads) if name in export.columns else None
    return grid.columns[at] if at is not None else None


def _converted(column: RawColumn, taken: Taken, other: RawColumn | None) -> RawColumn:
    """A column with their words in ours, spans of time as minutes, or as the moment so long after another."""
    if taken.values:
        column = _reworded(column, {folded(word): ours for word, ours in taken.values.items()})
    if taken.unit:
        column = RawColumn(column.length, number=_minutes(column, taken.unit), errors=column.errors)
    if taken.plus and (numbers := _numbers(column)) is not None:
        column = RawColumn(column.length, number=numbers + taken.plus, errors=column.errors)
    return _after(column, other) if taken.after else column


def _reworded(column: RawColumn, values: dict[str, str]) -> RawColumn:
    texts = texts_of(column)
    ours = mapped(texts, lambda text: values.get(folded(str(text)), str(text)) or None)
    return RawColumn(column.length, text=ours if ours.notna().any() else None, errors=column.errors)


def _numbers(column: RawColumn) -> npt.NDArray[np.float64] | None:
    if column.text is None:
        return column.number
    found = pd.to_numeric(column.text, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    return found if column.number is None else np.where(np.isnan(found), column.number, found)


def _minutes(column: RawColumn, unit: str) -> npt.NDArray[np.float64]:
    """Spans of time as minutes; as a clock they may pass a day, and a number or a time of day is Excel's fraction."""
    if unit != "clock":
        found = _numbers(column)
        return np.full(column.length, np.nan) if found is None else found * _MINUTES[unit]
    found = np.full(column.length, np.nan) if column.number is None else column.number * _MINUTES["days"]
    if column.text is not None:
        parts = column.text.str.extract(r"^(?:(\d+)\s*[dD.]\s*)?(\d+):(\d\d)(?::(\d\d))?$").astype("float64")
        spans = parts[0].fillna(0) * 1440 + parts[1] * 60 + parts[2] + parts[3].fillna(0) / 60
        found = np.where(spans.isna(), found, spans)
    if column.moment is not None:
        days = (column.moment - np.datetime64("1899-12-31", "us")) / np.timedelta64(1, "m")
        found = np.where(np.isnat(column.moment), found, days)
    return found


def _after(column: RawColumn, other: RawColumn | None) -> RawColumn:
    """The moments so many minutes after those of another column."""
    if other is None or column.number is None:
        return RawColumn(column.length)
    moments = np.full(column.length, np.datetime64("NaT", "us")) if other.moment is None else other.moment
    if other.text is not None:
        moments = np.where(np.isnat(moments), moments_of_texts(other.text).moments.to_numpy(), moments)
    spans = pd.to_timedelta(pd.Series(column.number * 60_000_000).round(), unit="us").to_numpy()
    found = (moments + spans).astype("datetime64[us]")
    return RawColumn(column.length, moment=found) if not np.isnat(found).all() else RawColumn(column.length)
