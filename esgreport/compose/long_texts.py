"""Long texts get room of their own: out of a cell or a short answer they move below it; no word of them is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from esgreport.document import Answer, Answers, Block, Figure, Narrative, Row, Table

_LONGEST = 400
"""Characters a cell of a table or a short answer may have; laying out longer ones in columns takes minutes."""
_BEGINNING = 80


def with_room(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a section, each followed by the texts that were too long for it."""
    for block in blocks:
        match block:
            case Table():
                yield from _from_table(block)
            case Answers():
                yield from _from_answers(block)
            case _:
                yield block


def _from_table(table: Table) -> Iterator[Block]:
    moved: list[Narrative] = []
    rows: list[Row] = []
    for row in table.rows:
        for column, figure in zip(table.columns, row.cells, strict=True):
            if _is_long(figure):
                moved.append(_narrative(f"{column.header}: {_beginning(row.cells[0].text)}", figure))
        rows.append(replace(row, cells=tuple(_begun(figure) for figure in row.cells)))
    yield replace(table, rows=tuple(rows)) if moved else table
    yield from moved


def _from_answers(block: Answers) -> Iterator[Block]:
    short = tuple(answer for answer in block.answers if not _is_long_answer(answer))
    if short:
        yield replace(block, answers=short)
    for answer in block.answers:
        if _is_long_answer(answer):
            yield _narrative(answer.label, answer.figures[0])


def _is_long_answer(answer: Answer) -> bool:
    return len(answer.figures) == 1 and _is_long(answer.figures[0])


def _is_long(figure: Figure) -> bool:
    return len(figure.text) > _LONGEST and bool(figure.facts)


def _begun(figure: Figure) -> Figure:
    """What stays of a long text in its cell: how it begins; its source and its notes are with the text below."""
    return Figure(_beginning(figure.text)) if _is_long(figure) else figure


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rstrip()} …"


def _narrative(label: str, figure: Figure) -> Narrative:
    return Narrative(f"text-{figure.facts[0]}", label, figure.text, figure.facts, figure.notes)
