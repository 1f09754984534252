"""Questions side by side in one row, their answers below them; what the rows below are for is said at left."""

from __future__ import annotations

from dataclasses import dataclass

from esgreport.definitions.structure import Role
from esgreport.read.questionnaires.drafts import Block, Draft, Position
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

LEAST = 3
"""Questions in a row that make it one of questions."""
_DEEPEST = 5


@dataclass(frozen=True)
class CrosswiseReader:
    """Finds and reads rows of questions on one sheet."""

    surface: Surface
    words: Words
    openings: Openings

    def block(self, first: int, last: int) -> Block | None:
        """The first row of questions between two rows, with the rows that belong to it; None where there is none."""
        for row in range(first, last + 1):
            columns = self.surface.by_row.get(row, ())
            if len(columns) >= LEAST and (questions := self._questions(row)) and len(questions) >= LEAST:
                below = max(self.surface.span(row, column).bottom for column in questions)
                end = max(self._labelled(below + 1, questions[0]), default=below + 1)
                return Block("transposed", row, end, questions[0], questions[-1], (row,), why="questions side by side")
        return None

    def _questions(self, row: int) -> list[int]:
        """The columns of the questions, where the cells below all of them are to be filled in."""
        texts = [(column, self.surface.text(row, column)) for column in self.surface.by_row[row]]
        if self.words.head(texts[0][1]).role in ("question", "section", "id") and len(texts) > LEAST:
            texts = texts[1:]
        long = [text for _, text in texts if text.endswith("?") or len(text) >= 25]
        below = max(self.surface.span(row, column).bottom for column, _ in texts) + 1
        is_open = all(self.openings.is_empty(below, column) for column, _ in texts)
        return [column for column, _ in texts] if is_open and len(long) > len(texts) / 2 else []

    def _labelled(self, first: int, left: int) -> list[int]:
        """The rows below, as long as they are empty but for a label at left."""
        found = []
        for row in range(first, first + _DEEPEST):
            if any(column >= left for column in self.surface.by_row.get(row, ())):
                break
            if row == first or self._role(row, left):
                found.append(row)
        return found

    def _role(self, row: int, left: int) -> Role | None:
        texts = [self.surface.text(row, column) for column in self.surface.by_row.get(row, ()) if column < left]
        return self.words.head(texts[0]).role if texts else None

    def read(self, block: Block) -> list[Draft]:
        """The questions of such a block, from left to right."""
        row = block.heads[0]
        columns = [column for column in self.surface.by_row[row] if column >= block.left]
        below = max(self.surface.span(row, column).bottom for column in columns) + 1
        roles = {self._role(each, block.left): each for each in range(block.last, below - 1, -1)}
        answers = roles.get("answer", below)
        return [
            Draft(
                place=(row, column),
                text=self.surface.text(row, column),
                answer=self.surface.anchor(answers, column),
                unit=self._text(roles.get("unit"), column),
                comment=self._place(roles.get("comment"), column),
                evidence=self._place(roles.get("evidence"), column),
            )
            for column in columns
        ]

    def _text(self, row: int | None, column: int) -> str:
        return self.surface.text(row, column) if row else ""

    def _place(self, row: int | None, column: int) -> Position | None:
        return self.surface.anchor(row, column) if row and self.openings.is_empty(row, column) else None
