"""Responses with a column for each question: which heads are questions, and one row for each answer; it types none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from esgreport.definitions.cx import folded
from esgreport.read.tables.raw import Grid, Positions
from esgreport.tables import CustomerTable as Table
from esgreport.tables import TablePart

RESPONSES, QUESTION, VALUE, TEXT = "responses", "question_id", "value_number", "value_text"


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that is a question: its position, its code, and the column of ours its answers belong into."""

    at: int
    code: str
    into: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to one question: which rows of the sheet have one, and what it is."""

    asked: Asked
    rows: Positions
    values: pd.Series


def asked_in(grid: Grid, questions: Mapping[str, str], texts: Collection[str]) -> tuple[Asked, ...]:
    """The columns of a grid of responses that are questions.

    `questions` are the codes there are, by code and by wording; `texts` are those answered in words. Questions only the
    grid itself knows are asked under their heads.
    """
    declared = set(questions.values())
    known = {folded(code): code for code in grid.asked} | {folded(said): code for said, code in questions.items()}
    worded = {*texts, *(code for code in grid.worded if code not in declared)}
    return tuple(
        Asked(at, code, TEXT if code in worded else VALUE)
        for at, head in enumerate(grid.heads)
        if (code := known.get(folded(head))) is not None
    )


def without(grid: Grid, asked: Collection[Asked]) -> Grid:
    """The grid without its questions."""
    gone = {each.at for each in asked}
    keep = [at for at in range(len(grid.heads)) if at not in gone]
    return replace(
        grid,
        heads=tuple(grid.heads[at] for at in keep),
        columns=tuple(grid.columns[at] for at in keep),
        letters=tuple(grid.letters[at] for at in keep),
    )


def long_table(shared: Table, grid: Grid, answers: Sequence[Answered]) -> Table:
    """One row for each answer, with what the answers of a row of the sheet share; question by question."""
    codes = pd.CategoricalDtype(pd.Index([each.asked.code for each in answers], dtype="str"))
    place = shared.parts[0]
    frames = []
    parts = []
    for number, each in enumerate(answers):
        size = len(each.rows)
        question = pd.Categorical.from_codes(np.full(size, number, dtype=np.int64), dtype=codes)
        frame = shared.frame.iloc[each.rows].reset_index(drop=True)
        frame[QUESTION], frame[each.asked.into] = question, each.values
        frames.append(frame)
        letter = grid.letters[each.asked.at]
        columns = {**place.columns, QUESTION: letter, each.asked.into: letter}
        parts.append(TablePart(place.source, place.rows[each.rows], columns))
    frame = pd.concat(frames, ignore_index=True) if frames else shared.frame.iloc[:0]
    return Table(shared.name, frame, tuple(parts))
