"""Rows of a form that go with one question: options to mark, check-boxes, lines called "Answer"; it reads no labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from esgreport.read.questionnaires.drafts import Block, Choice, Draft, Position
from esgreport.read.questionnaires.openings import CLEAR, Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

LONGEST_QUESTION_ABOVE = 3
"""Rows between a line called "Answer" and its question."""
_NAMED = 0.9
_SHORTEST = 8
_LONG = 40


@dataclass(frozen=True)
class Groups:
    """The groups in some rows of a sheet."""

    surface: Surface
    words: Words
    openings: Openings
    block: Block

    @cached_property
    def taken(self) -> frozenset[Position]:
        """Texts that belong to a group, and are no labels of their own."""
        return frozenset(place for _, places in self._all for place in places)

    @cached_property
    def drafts(self) -> dict[Position, Draft]:
        """The question of each group by its place."""
        return {draft.place: draft for draft, _ in self._all}

    @cached_property
    def _rows(self) -> list[int]:
        rows = range(self.block.first, self.block.last + 1)
        return [row for row in rows if row in self.surface.by_row and row not in self.block.skipped]

    @cached_property
    def _all(self) -> list[tuple[Draft, list[Position]]]:
        return [*self._option_lists(), *self._boxes(), *self._cards()]

    # ── options below each other ──

    def _option_lists(self) -> Iterator[tuple[Draft, list[Position]]]:
        after = 0
        for row in self._rows:
            if row < after:
                continue
            asked, options = self._options(row)
            if len(options) >= 2 and self._may_ask(row, asked):
                after = options[-1][0] + 1
                yield self._with_options((row, asked), options), [(row, asked), *options]

    def _may_ask(self, row: int, column: int) -> bool:
        text = self.surface.text(row, column)
        if len(text) < _SHORTEST or self.words.is_instruction(text):
            return False
        return text.endswith("?") or len(text) > _LONG or self.words.kind(text) in ("text", "boolean")

    def _worded(self, row: int) -> tuple[int, ...]:
        """The columns of a row with words; boxes drawn alone are none."""
        columns = self.surface.by_row.get(row, ())
        return tuple(column for column in columns if self.words.without_boxes(self.surface.text(row, column)))

    def _options(self, row: int) -> tuple[int, list[Position]]:
        """The column of a question, and the texts right of it, from its row or the next, that may be marked."""
        columns, following = self._worded(row), self._worded(row + 1)
        if not following or not columns:
            return 0, []
        beside = len(columns) >= 2 and following[0] == columns[-1] and not self._is_boxed(row + 1, columns[-1])
        start = row if beside else row + 1
        asked, column = (columns[-2] if start == row else columns[-1]), following[0]
        if column < asked or (column == asked and not self._is_boxed(start, column)):
            return 0, []
        options = []
        while self._worded(start)[:1] == (column,) or (start == row and column in columns):
            options.append((start, column))
            start += 1
        return (asked, options) if all(map(self._is_option, options)) else (0, [])

    def _is_boxed(self, row: int, column: int) -> bool:
        """Whether a box to tick is drawn in the cell left of a text."""
        return column > 1 and self.words.boxes_in(self.surface.text(row, column - 1)) == 1

    def _is_option(self, place: Position) -> bool:
        text, mark = self.surface.text(*place), self._right_of(place)
        if self.words.is_unit(text) or self.words.unit_in(text) or text.endswith((":", "?")) or len(text) > 120:
            return False
        return self.openings.is_empty(*mark) and self.words.kind(text) not in ("number", "date")

    def _right_of(self, place: Position) -> Position:
        return self.surface.anchor(place[0], self.surface.span(*place).right + 1)

    def _marks(self, options: list[Position]) -> list[Position]:
        """The cells that pick the options: those to the right, or to the left where these look more like it."""
        right = [self._right_of(option) for option in options]
        left = [self.surface.anchor(row, column - 1) for row, column in options if column > 1]
        if len(left) < len(options) or not all(self.openings.is_empty(*place) for place in left):
            return right
        by_side = [sum(self.openings.evidence(*place) for place in places) for places in (right, left)]
        return left if by_side[1] > by_side[0] else right

    def _with_options(self, place: Position, options: list[Position]) -> Draft:
        marks = self._marks(options)
        choices = tuple(
            Choice(self.surface.text(*at), mark, self._sign(mark)) for at, mark in zip(options, marks, strict=True)
        )
        return Draft(place=place, text=self.surface.text(*place), answer=marks[0], choices=choices)

    def _sign(self, place: Position) -> str:
        return "☒" if self.words.boxes_in(self.surface.text(*place)) else "x"

    # ── check-boxes ──

    def _boxes(self) -> Iterator[tuple[Draft, list[Position]]]:
        """Each check-box goes with the last text above it, or in its row, that stands further left."""
        found: dict[Position, list[Choice]] = {}
        labels: list[Position] = []
        for box in self.surface.boxes:
            if not self.block.first <= box.row <= self.block.last:
                continue
            place = self._asked_above(box.row, box.column)
            if place is None:
                continue
            there = self.surface.text(box.row, box.column) or self.surface.text(box.row, box.column + 1)
            mark = (box.linked.top, box.linked.left) if box.linked else None
            found.setdefault(place, []).append(Choice(box.label or there, mark, True))
            labels += [(box.row, box.column), (box.row, box.column + 1)]
        for place, choices in found.items():
            answer = next((choice.mark for choice in choices if choice.mark), None)
            draft = Draft(place, self.surface.text(*place), answer, choices=tuple(choices), several=True)
            yield draft, [place, *(label for label in labels if label in self.surface.texts)]

    def _asked_above(self, row: int, column: int) -> Position | None:
        for above in range(row, max(row - 12, self.block.first - 1), -1):
            left = [each for each in self.surface.by_row.get(above, ()) if each < column]
            if left:
                return max(((above, each) for each in left), key=lambda place: len(self.surface.texts[place]))
        return None

    # ── lines called "Answer" and "Comment" ──

    def _cards(self) -> Iterator[tuple[Draft, list[Position]]]:
        last: tuple[Draft, list[Position]] | None = None
        for row in self._rows:
            first = self.surface.by_row[row][0]
            place, reading = (row, first), self.words.head(self.surface.text(row, first))
            there = self._right_of(place)
            if reading.weight < _NAMED or not self.openings.is_empty(*there) or len(self.surface.by_row[row]) > 2:
                continue
            if reading.role == "answer" and (question := self._question_above(row, there)):
                if last is not None:
                    yield last
                last = Draft(question, self.surface.text(*question), there), [place, question]
            elif last is not None and reading.role in ("comment", "evidence") and row - last[0].place[0] <= 4:
                place_of = {reading.role: there}
                last = (
                    replace(
                        last[0],
                        comment=place_of.get("comment", last[0].comment),
                        evidence=place_of.get("evidence", last[0].evidence),
                    ),
                    [*last[1], place],
                )
        if last is not None:
            yield last

    def _question_above(self, row: int, there: Position) -> Position | None:
        for above in range(row - 1, max(row - 1 - LONGEST_QUESTION_ABOVE, self.block.first - 1), -1):
            texts = [(above, column) for column in self.surface.by_row.get(above, ())]
            if texts:
                longest = max(texts, key=lambda place: len(self.surface.texts[place]))
                asks = len(self.surface.texts[longest]) >= _SHORTEST and not self._has_own(longest, there)
                return longest if asks else None
        return None

    def _has_own(self, place: Position, other: Position) -> bool:
        """Whether another cell for the answer is clearly there already, beside a text or right below it."""
        span = self.surface.span(*place)
        places = {self._right_of(place), self.surface.anchor(span.bottom + 1, span.left)} - {other}
        return any(self.openings.is_empty(*each) and self.openings.evidence(*each) >= CLEAR for each in places)
