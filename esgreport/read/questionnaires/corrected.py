"""Blocks of a sheet as a person laid them out, in place of what would be found; it reads no question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from esgreport.definitions.structure import Role
from esgreport.read.questionnaires.columns import ColumnReader
from esgreport.read.questionnaires.crosswise import CrosswiseReader
from esgreport.read.questionnaires.drafts import Block, Value
from esgreport.read.questionnaires.heads import Head, HeadFinder
from esgreport.read.references import position

if TYPE_CHECKING:  # pydantic is not loaded for it
    from esgreport.definitions.corrections import SheetCorrection

_ROLES: tuple[Role, ...] = (
    "question",
    "answer",
    "unit",
    "comment",
    "evidence",
    "options",
    "section",
    "id",
    "guidance",
    "expected",
)


def blocks_of(
    corrections: Iterable[SheetCorrection], heads: HeadFinder, columns: ColumnReader, crosswise: CrosswiseReader
) -> list[Block]:
    """The blocks some corrections of one sheet describe; those of kind `none` describe none."""
    found = []
    corrections = list(corrections)
    in_lists = _rows_of_lists(corrections)
    for correction in corrections:
        if correction.kind == "transposed":
            row = correction.header_rows[0] if correction.header_rows else correction.first_row or 1
            block = crosswise.block(row, row)
        elif correction.kind == "table":
            block = replace(_table(correction, heads, columns), skipped=frozenset(correction.skip_rows) | in_lists)
        elif correction.kind == "list":
            block = _list(correction)
        elif correction.kind == "form":
            skipped = frozenset(correction.skip_rows) | in_lists
            block = Block(
                "form", correction.first_row or 1, _last(correction, heads), skipped=skipped, why="as corrected"
            )
        else:
            block = None
        if block is not None:
            found.append(block)
    return found


def _last(correction: SheetCorrection, heads: HeadFinder) -> int:
    return correction.last_row or heads.surface.last_row


def _table(correction: SheetCorrection, heads: HeadFinder, columns: ColumnReader) -> Block:
    rows = sorted(correction.header_rows)
    found = heads.rows_at(rows[0], rows[-1]).heads if rows else {}
    numbers = {purpose: _columns(letters) for purpose, letters in correction.columns.items()}
    values = tuple(_value(column, found.get(column), columns) for column in numbers.get("value", ()))
    marks = tuple((column, _text(found.get(column))) for column in numbers.get("tick", ()))
    roles: dict[Role, tuple[int, ...]] = {}
    for role in _ROLES:
        if role in numbers:
            roles[role] = numbers[role]
    used = [column for each in numbers.values() for column in each]
    return Block(
        shape="table",
        first=correction.first_row or (rows[-1] + 1 if rows else 1),
        last=_last(correction, heads),
        left=min(used),
        right=max(used),
        heads=tuple(rows),
        columns=roles,
        values=values,
        marks=marks,
        why="as corrected",
    )


def _list(correction: SheetCorrection) -> Block:
    """The rows of a list; without a row of heads, the first row is that."""
    first = correction.first_row or 1
    head = correction.header_rows[0] if correction.header_rows else first
    return Block("list", min(first, head), correction.last_row or head, heads=(head,), why="as corrected")


def _rows_of_lists(corrections: Iterable[SheetCorrection]) -> frozenset[int]:
    """The rows that belong to lists, which are no part of what stands around them."""
    blocks = [_list(each) for each in corrections if each.kind == "list"]
    return frozenset(row for block in blocks for row in range(block.first, block.last + 1))


def _columns(letters: str) -> tuple[int, ...]:
    return tuple(position(f"{each}1")[1] for each in letters.split())


def _text(head: Head | None) -> str:
    return head.text if head else ""


def _value(column: int, head: Head | None, columns: ColumnReader) -> Value:
    return columns.value(column, head)
