"""Questions that stand beside or above the cell for their answer, without heads; one part of a sheet at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from esgreport.read.questionnaires.drafts import Block, Choice, Draft, Position
from esgreport.read.questionnaires.groups import Groups
from esgreport.read.questionnaires.looks import Look
from esgreport.read.questionnaires.openings import CLEAR, Openings
from esgreport.read.questionnaires.rows import NUMBERED
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

LONGEST_LABEL = 400
_SHORTEST_QUESTION = 12
_SHORT, _ENOUGH = 60, 3
"""Letters of a label, and how many alike must ask, for it to be taken for one that asks."""
FURTHEST = 3
"""Columns to the right that are looked through for the answer, empty ones without any marks included."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text that may be a question, with the cells its answer may go to and how much each looks like it."""

    place: Position
    text: str
    right: Position | None
    right_weight: float
    below: Position | None
    below_weight: float
    unit: str = ""


@dataclass(frozen=True)
class FormReader:
    """Reads some rows of a sheet as a form."""

    surface: Surface
    words: Words
    openings: Openings
    block: Block
    is_unmarked: bool = False
    """Whether other sheets mark what is to be filled in, and this one does not: then only who asks is answered."""

    def read(self) -> list[Draft]:
        """The questions in reading order."""
        found: list[Draft] = []
        section, row_before = "", 0
        for label in self._labels:
            if label.place in self._groups.taken:
                if draft := self._groups.drafts.get(label.place):
                    found.append(replace(draft, section=section))
                    row_before = label.place[0]
                continue
            answer = self._answer(label)
            ticks = self._ticks(label)
            if answer is None and not ticks and not self._in_text(label):
                if self._is_heading(label):
                    section = label.text
                continue
            row_before = label.place[0]
            unit = label.unit or (self._unit_after(answer) if answer else "")
            draft = Draft(place=label.place, text=label.text, answer=answer, section=section, unit=unit)
            if ticks:
                draft = replace(draft, choices=ticks, answer=ticks[0].mark)
            found.append(draft)
        return found if row_before else []

    @cached_property
    def _groups(self) -> Groups:
        return Groups(self.surface, self.words, self.openings, self.block)

    # ── labels ──

    @cached_property
    def _labels(self) -> list[Label]:
        rows = set(range(self.block.first, self.block.last + 1)) - self.block.skipped
        texts = [place for place in self.surface.texts if place[0] in rows]
        labels = (self._label(place) for place in texts)
        return [label for label in labels if label is not None]

    def _label(self, place: Position) -> Label | None:
        text = self.surface.texts[place]
        if len(text) > LONGEST_LABEL or self._is_no_label(place, text):
            return None
        right, unit = self._to_the_right(place)
        below = self._underneath(place)
        return Label(place, text, right, self._weight(right), below, self._weight(below), unit)

    def _is_no_label(self, place: Position, text: str) -> bool:
        is_unit = self.words.is_unit(text) and place[1] != self.surface.by_row[place[0]][0]
        if self.words.is_placeholder(text) or is_unit or self.words.is_instruction(text):
            return True
        if not any(sign.isalpha() for sign in text):
            return True
        if self._numbers_next(place, text):
            return True
        if self.surface.rule(*place) is not None:  # what a drop-down was set to
            return True
        return self.words.tick(text) is not None and bool(self._left_text(place))

    def _numbers_next(self, place: Position, text: str) -> bool:
        """Whether a text is the number of the question right beside it."""
        beside = self.surface.text(place[0], self.surface.span(*place).right + 1)
        return len(beside) > _SHORTEST_QUESTION and NUMBERED.fullmatch(text) is not None

    def _left_text(self, place: Position) -> str:
        row, column = place
        return next(
            (self.surface.text(row, left) for left in range(column - 1, 0, -1) if self.surface.text(row, left)), ""
        )

    def _to_the_right(self, place: Position) -> tuple[Position | None, str]:
        """The next cell that may be filled in, and the unit that stands before it."""
        span, unit, best = self.surface.span(*place), "", None
        column, seen = span.right + 1, 0
        while seen < FURTHEST and column <= self.surface.last_column + 1:
            there = self.surface.anchor(place[0], column)
            text = self.surface.text(*there)
            if text and not self.openings.is_empty(*there):
                if self.words.is_unit(text) and not unit:
                    unit = text
                    column = self.surface.span(*there).right + 1
                    continue
                if self._is_filled_answer(there) or self.words.choices_in(text):
                    return there, unit
                break
            if (there[0] <= place[0] or self.openings.is_empty(*there)) and self._weight(there) > self._weight(best):
                best = there
                if self._weight(best) >= 1.0:
                    break
            column, seen = self.surface.span(*there).right + 1, seen + 1
        return best, unit

    def _is_filled_answer(self, place: Position) -> bool:
        """Whether a text is an answer somebody gave before: its cell is marked as others that are empty."""
        look = self.surface.look(*place)
        return (
            self.surface.rule(*place) is not None
            or (look.fill in self.surface.input_fills and look.fill != "")
            or (self.openings.unlocked_tell and not look.locked)
        )

    def _underneath(self, place: Position) -> Position | None:
        span = self.surface.span(*place)
        there = self.surface.anchor(span.bottom + 1, place[1])
        if there[0] <= span.bottom or (self.surface.text(*there) and not self.openings.is_empty(*there)):
            return None
        return there

    def _weight(self, place: Position | None) -> float:
        if place is None:
            return -9.0
        found = self.openings.evidence(*place)
        span = self.surface.span(*place)
        return found + (0.5 if span.right > span.left or span.bottom > span.top else 0.0)

    # ── which way ──

    @cached_property
    def _goes_right(self) -> bool:
        """Whether answers stand to the right here rather than below, by what most labels have."""
        right = sum(max(label.right_weight, 0.0) for label in self._labels)
        below = sum(max(label.below_weight, 0.0) for label in self._labels if not label.right_weight >= CLEAR)
        if not right and not below:
            return not self._blank_between
        return right >= below

    @cached_property
    def _blank_between(self) -> bool:
        """Whether a blank row follows nearly every label, where nothing else tells: room for an answer below."""
        rows = sorted({label.place[0] for label in self._labels if self.words.asks(label.text)})
        followed = sum(row + 1 not in self.surface.by_row for row in rows)
        return len(rows) >= 3 and followed >= 0.8 * len(rows)

    @cached_property
    def _least(self) -> float:
        """How much a cell must look like an answer: little where nothing on the sheet does."""
        if self.openings.least:
            return self.openings.least
        marked = any(max(label.right_weight, label.below_weight) >= 0.5 for label in self._labels)
        return 0.5 if marked else 0.0

    def _answer(self, label: Label) -> Position | None:
        if label.right and self.words.choices_in(self.surface.text(*label.right)):
            return label.right
        sides = [(label.right, label.right_weight), (label.below, label.below_weight)]
        if not self._goes_right:
            sides.reverse()
        first, second = sides
        if second[1] >= CLEAR and second[1] > first[1] + 1.4:
            first, second = second, first
        least = CLEAR if self._in_text(label) else self._least
        for place, weight in (first, second):
            if place is not None and weight >= least and self._is_asking(label, weight):
                return place
        return None

    def _is_asking(self, label: Label, weight: float) -> bool:
        """Whether the text asks: it need not say so where the cell beside it is clearly to be filled in."""
        if weight >= 1.0:
            return True
        if self.is_unmarked:
            return label.text.rstrip().endswith((":", "?"))
        return self.words.asks(label.text) or self._is_like_asking(label)

    @cached_property
    def _asking_looks(self) -> Counter[tuple[int, Look]]:
        """The columns and looks of labels that ask by themselves."""
        asking = [label.place for label in self._labels if self.words.asks(label.text)]
        return Counter((place[1], self.surface.look(*place)) for place in asking)

    def _is_like_asking(self, label: Label) -> bool:
        """Whether a short text stands and looks as those that ask, where headings look otherwise."""
        looks_tell = len({self.surface.look(*place).bold for place in self.surface.texts}) > 1
        own = (label.place[1], self.surface.look(*label.place))
        return looks_tell and len(label.text) <= _SHORT and self._asking_looks[own] >= _ENOUGH

    # ── what else belongs to it ──

    def _unit_after(self, answer: Position) -> str:
        column = self.surface.span(*answer).right + 1
        text = self.surface.text(answer[0], column)
        return text if text and self.words.is_unit(text) else ""

    def _in_text(self, label: Label) -> bool:
        """Whether the answer goes into the text itself, after a colon or onto a line."""
        return self.words.boxes_in(label.text) > 0 and len(self.words.without_boxes(label.text)) > 3

    def _ticks(self, label: Label) -> tuple[Choice, ...]:
        """Answers to mark in the same row: each a word with an empty or boxed cell beside it."""
        row = label.place[0]
        after = self.surface.span(*label.place).right
        words = [
            column
            for column in self.surface.by_row.get(row, ())
            if column > after and self.words.tick(self.surface.text(row, column)) and not self.surface.rule(row, column)
        ]
        if len(words) < 2:
            return ()
        marks = self._marks_beside(row, words)
        texts = [self.surface.text(row, column) for column in words]
        return tuple(
            Choice(self.words.without_boxes(text), mark, self._tick_sign(mark) if mark else "")
            for text, mark in zip(texts, marks, strict=True)
            if mark or self.words.boxes_in(text)
        )

    def _marks_beside(self, row: int, words: list[int]) -> list[Position | None]:
        """The cells to tick: all to the right of their words, or all to the left; none where the box is in the text."""
        if all(self.words.boxes_in(self.surface.text(row, column)) for column in words):
            return [None] * len(words)
        right = [self.surface.anchor(row, self.surface.span(row, column).right + 1) for column in words]
        left = [self.surface.anchor(row, column - 1) for column in words]

        def weight(places: list[Position]) -> float:
            return sum(self._weight(place) if self.openings.is_empty(*place) else -3.0 for place in places)

        chosen = right if weight(right) >= weight(left) else left
        return [place if self.openings.is_empty(*place) else None for place in chosen]

    def _tick_sign(self, place: Position) -> str:
        return "☒" if self.words.boxes_in(self.surface.text(*place)) else "x"

    def _is_heading(self, label: Label) -> bool:
        alone = len(self.surface.by_row[label.place[0]]) <= 2
        return alone and len(label.text) <= 120 and not label.text.endswith("?")

    def labels_seen(self) -> Iterator[Label]:
        """The labels, to see why a form was understood as it was."""
        return iter(self._labels)
