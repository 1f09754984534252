"""Lists to be filled in row by row: heads side by side over empty rows; it does not know what belongs into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from esgreport.read.questionnaires.drafts import Block, Column, Draft, Position
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

LONGEST_HEAD = 60
LEAST_ROWS = 2
"""Empty rows that make a list."""
MOST_ROWS = 200
_NUMBER = re.compile(r"[0-9]{1,2}[.)]?")
_MARKED = 0.5
"""How much a cell must look like one to be filled in."""
_LEAD_ABOVE = 3
"""Rows above the heads in which the question stands that the list answers."""


@dataclass(frozen=True)
class ListReader:
    """Finds and reads the lists on one sheet."""

    surface: Surface
    words: Words
    openings: Openings

    def blocks(self) -> list[Block]:
        """The lists from above to below, each with the question over it."""
        found: list[Block] = []
        for row in self.surface.by_row:
            if found and row <= found[-1].last:
                continue
            if block := self.block(row, found[-1].last if found else 0):
                found.append(block)
        return found

    def block(self, row: int, after: int = 0) -> Block | None:
        """The list whose heads stand in a row, its question below the row `after`; None where there is none."""
        columns = self.surface.by_row.get(row, ())
        if not self._are_heads(row, columns):
            return None
        rows = self._rows(row, columns)
        if len(rows) < LEAST_ROWS:
            return None
        first = self._lead(row, after) or row
        return Block("list", first, rows[-1], columns[0], columns[-1], (row,), why="heads over empty rows")

    def _are_heads(self, row: int, columns: tuple[int, ...]) -> bool:
        if len(columns) < 2 or any(self._is_no_head(row, column) for column in columns):
            return False
        return all(self.surface.span(row, before).right + 1 == after for before, after in pairwise(columns))

    def _is_no_head(self, row: int, column: int) -> bool:
        text = self.surface.text(row, column)
        if len(text) > LONGEST_HEAD or text.endswith(("?", ":")) or self.surface.rule(row, column):
            return True
        return self.words.is_placeholder(text) or not any(sign.isalpha() or sign == "#" for sign in text)

    # ── its rows ──

    def _rows(self, head: int, columns: tuple[int, ...]) -> list[int]:
        """The empty rows below the heads, below one another; an example may stand first."""
        first = max(self.surface.span(head, column).bottom for column in columns) + 1
        first += self._is_example(first)
        found: list[int] = []
        while len(found) < MOST_ROWS and self._is_open(first + len(found), columns):
            found.append(first + len(found))
        return found

    def _is_example(self, row: int) -> bool:
        texts = [self.surface.text(row, column) for column in self.surface.by_row.get(row, ())]
        return any(self.words.begins_example(text) for text in texts)

    def _is_open(self, row: int, columns: tuple[int, ...]) -> bool:
        """Whether all cells of a row are to be filled in, but for a number the customer gave it."""
        texts = [column for column in self.surface.by_row.get(row, ()) if not self.openings.is_empty(row, column)]
        numbered = texts == [columns[0]] and _NUMBER.fullmatch(self.surface.text(row, columns[0])) is not None
        if texts and not (numbered and len(columns) > 2):
            return False
        places = [(row, column) for column in columns[numbered:]]
        return all(self.surface.anchor(*place) == place and self._may_fill(place) for place in places)

    def _may_fill(self, place: Position) -> bool:
        return self.openings.is_empty(*place) and self.openings.evidence(*place) >= _MARKED

    # ── its question ──

    def _lead(self, row: int, after: int) -> int:
        """The row above the heads that asks for the list; 0 for none."""
        nearest = range(row - 1, max(row - 1 - _LEAD_ABOVE, after), -1)
        above = next((each for each in nearest if each in self.surface.by_row), 0)
        texts = [self.surface.text(above, column) for column in self.surface.by_row.get(above, ())]
        return above if len(texts) == 1 and texts[0].endswith((":", "?")) else 0

    def read(self, block: Block) -> list[Draft]:
        """The one question of a list, with its columns."""
        row = block.heads[0]
        heads = self.surface.by_row.get(row, ())
        rows = self._rows(row, heads)
        if not heads or not rows:
            return []
        columns = tuple(self._columns(row, heads, rows))
        asked = (block.first, self.surface.by_row[block.first][0])
        text = self.surface.text(*asked)
        if block.first == row:
            text = " – ".join(self.surface.text(row, column) for column in heads)
        return [Draft(place=asked, text=text, answer=columns[0].places[0], is_table=True, columns=columns)]

    def _columns(self, row: int, heads: tuple[int, ...], rows: list[int]) -> Iterator[Column]:
        """The columns to be filled in; that of the customer's numbers is none."""
        for column in heads:
            places = tuple((each, column) for each in rows)
            if all(self.openings.is_empty(*place) for place in places):
                text = self.surface.text(row, column)
                yield Column(text, places, self.words.unit_in(text))
