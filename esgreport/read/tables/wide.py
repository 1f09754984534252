"""Responses with a column for each question, to one row for each answer; it reads no file and types no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from esgreport.definitions.cx import folded
from esgreport.read.tables.raw import Grid, Positions, RawColumn, column_of_cells, column_taken, filled

RESPONSES, QUESTION, VALUE, TEXT = "responses", "question_id", "value_number", "value_text"


def long_grids(grid: Grid, questions: Iterable[str], texts: Iterable[str]) -> Iterator[Grid]:
    """A grid of responses for each question asked in it; the grid itself when no head is a question's code.

    `questions` are the codes there are, `texts` those answered in words. Cells left empty are no answers.
    """
    known = {folded(code): code for code in questions}
    worded = set(texts)
    asked = {at: known[folded(head)] for at, head in enumerate(grid.heads) if folded(head) in known}
    if grid.table != RESPONSES or not asked:
        yield grid
        return
    others = [at for at in range(len(grid.heads)) if at not in asked]
    for at, code in asked.items():
        rows = filled(grid.columns[at])
        if len(rows):
            yield _of_question(grid, others, (at, code), (rows, TEXT if code in worded else VALUE))


def _of_question(grid: Grid, others: list[int], asked: tuple[int, str], answers: tuple[Positions, str]) -> Grid:
    (at, code), (rows, kind) = asked, answers
    columns = [column_taken(grid.columns[other], rows) for other in others]
    question: RawColumn = column_of_cells([code] * len(rows))
    return replace(
        grid,
        heads=(*(grid.heads[other] for other in others), QUESTION, kind),
        columns=(*columns, question, column_taken(grid.columns[at], rows)),
        letters=(*(grid.letters[other] for other in others), grid.letters[at], grid.letters[at]),
        rows=np.asarray(grid.rows[rows], dtype=np.int64),
    )
