"""What the rows of a table are: questions, sections, leads to those below; it makes no question of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from esgreport.read.questionnaires.drafts import Block
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

_LEAST = 2.5
"""From here on, what speaks for a section outweighs what speaks for a question."""
_SHORT_SENTENCE = 12
_SUBORDINATE = re.compile(r"\s*(?:\(?[a-z][).]|[-–•·>→]|i{1,3}[).])\s*", re.IGNORECASE)
NUMBERED = re.compile(r"[A-Z]{0,4}[\s.-]?\d+(?:[.\-_]\d+)*[a-z]?[.)]?|[IVX]+\.?|[A-Za-z][.)]?")


def _depth(number: str) -> int:
    return len(re.findall(r"[^\W_]+", re.sub(r"(?<=[A-Za-z])(?=\d)", ".", number)))


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for the questions of a table."""

    openness: float = 0.0
    marked: float = 0.0
    bold: bool = False
    fill: str = ""
    length: float = 0.0


@dataclass(frozen=True)
class Rows:
    """The rows of one block of a sheet."""

    surface: Surface
    words: Words
    openings: Openings
    block: Block

    @property
    def question(self) -> int:
        """The column of the questions."""
        return self.block.one("question")

    @cached_property
    def all(self) -> list[int]:
        """The rows that show something, but for those to be skipped."""
        return [
            row
            for row in range(self.block.first, self.block.last + 1)
            if (row in self.surface.by_row or self.surface.text(row, self.question))
            and row not in self.block.skipped
            and row not in self.surface.hidden_rows
        ]

    @cached_property
    def putting(self) -> tuple[int, ...]:
        """The columns answers go to."""
        values = (value.column for value in self.block.values)
        marks = (column for column, _ in self.block.marks)
        return (*self.block.of("answer"), *values, *marks)

    @cached_property
    def usual(self) -> Usual:
        """What is usual for a question here."""
        rows = [row for row in self.all if self.surface.text(row, self.question)]
        if not rows:
            return Usual()
        looks = [self.surface.look(row, self.question) for row in rows]
        fills = [look.fill for look in looks]
        lengths = sorted(len(self.surface.text(row, self.question)) for row in rows)
        return Usual(
            openness=sorted(self.openness(row) for row in rows)[len(rows) // 2],
            marked=sorted(self._marked(row) for row in rows)[len(rows) // 2],
            bold=sum(look.bold for look in looks) > len(rows) / 2,
            fill=max(set(fills), key=fills.count),
            length=lengths[len(rows) // 2],
        )

    def _marked(self, row: int) -> float:
        """The same by looks and protection alone: not every answer has a rule for what may be entered."""
        return max((self.openings.marked(row, column) for column in self.putting), default=0.0)

    def openness(self, row: int) -> float:
        """How much the places for answers in a row look like such."""
        return max((self.openings.evidence(row, column) for column in self.putting), default=0.0)

    # ── sections ──

    def is_section(self, row: int) -> bool:
        """Whether the text in the questions' column heads those below."""
        span = self.surface.span(row, self.question)
        if any(span.left <= column <= span.right for column in self.putting):
            return True
        return self._by_look(row) + self._by_text(row) + self._number_weight(row) >= _LEAST

    def _by_look(self, row: int) -> float:
        look, usual = self.surface.look(row, self.question), self.usual
        found = 1.5 if look.bold and not usual.bold else 0.0
        found += 1.5 if look.fill != usual.fill and look.fill else 0.0
        putting = [column for column in self.putting if self.surface.shows(row, column)]
        own = self.openness(row)
        if putting and usual.openness > 0.4 and own < usual.openness - 0.4:
            by_look = usual.marked > 0.4 and self._marked(row) < usual.marked - 0.4
            found += -1.0 if own >= 0.8 else 2.0 if by_look else 1.0
        if look.fill and putting and all(self.surface.look(row, column).fill == look.fill for column in putting):
            found += 1.0
        return found

    def _by_text(self, row: int) -> float:
        text, others = self.surface.text(row, self.question), self._other_texts(row)
        found = 1.0 if not others else -3.0 * others
        found -= 2.0 if text.rstrip().endswith("?") else 0.5 if self.words.kind(text) else 0.0
        found -= 1.5 if len(text) > 90 else 0.0
        found += 1.0 if text.isupper() and len(text) > 4 else 0.0
        found += 1.0 if len(text) <= 45 and self.usual.length > 1.6 * len(text) else 0.0
        return found

    def _other_texts(self, row: int) -> int:
        """Texts in the row besides its question, its number and its section."""
        aside = {self.question, *self.block.of("id"), *self.block.of("section")}
        own = [column for column in self._columns(row) if column not in aside]
        return len([column for column in own if not self._is_number(row, column)])

    def _columns(self, row: int) -> list[int]:
        columns = self.surface.by_row.get(row, ())
        return [column for column in columns if self.block.left <= column <= self.block.right]

    def lone_text(self, row: int) -> str:
        """A heading outside the questions' column: the only text of a row without a place for an answer."""
        columns = self._columns(row)
        texts = [self.surface.text(row, column) for column in columns]
        long = [text for text in texts if not NUMBERED.fullmatch(text)]
        if len(long) != 1 or self.surface.anchor(row, columns[0])[0] != row:
            return ""
        return long[0] if columns[0] <= self.question + 1 and len(long[0]) < 120 else ""

    def section(self, row: int, heading: str) -> str:
        """The section of a row: what its section columns say, carried down, else the heading above."""
        texts = [self._carried(column).get(row, "") for column in self._section_columns]
        return " – ".join(dict.fromkeys(text for text in (heading if not texts else "", *texts) if text)) or heading

    @cached_property
    def _section_columns(self) -> list[int]:
        return [column for column in sorted(self.block.of("section")) if column != self.question]

    @cached_property
    def _carried_down(self) -> dict[int, dict[int, str]]:
        return {}

    def _carried(self, column: int) -> dict[int, str]:
        if column not in self._carried_down:
            last, found = "", {}
            for row in range(self.block.first, self.block.last + 1):
                last = self.surface.text(row, column) or last
                found[row] = last
            self._carried_down[column] = found
        return self._carried_down[column]

    # ── numbers ──

    def _is_number(self, row: int, column: int) -> bool:
        return column < self.question and NUMBERED.fullmatch(self.surface.text(row, column)) is not None

    def number(self, row: int) -> str:
        """The number the customer gave a question; empty for none."""
        columns = self.block.of("id") or tuple(range(self.question - 1, self.block.left - 1, -1))
        for column in columns:
            text = self.surface.text(row, column)
            if text and len(text) <= 20 and (self.block.of("id") or NUMBERED.fullmatch(text)):
                return text
        return ""

    @cached_property
    def _numbered(self) -> bool:
        rows = [row for row in self.all if self.surface.text(row, self.question)]
        return sum(1 for row in rows if self.number(row)) > 0.6 * len(rows)

    @cached_property
    def _depth(self) -> int:
        """The usual number of parts of a question's number."""
        depths = sorted(_depth(number) for row in self.all if (number := self.number(row)))
        return depths[len(depths) // 2] if depths else 0

    def _number_weight(self, row: int) -> float:
        """How much a number, or that there is none, says that a row is a section."""
        if not self._numbered:
            return 0.0
        number = self.number(row)
        if not number:
            return 1.0
        return 1.0 if _depth(number) < self._depth else -1.5

    # ── leads ──

    def is_lead(self, row: int, text: str) -> bool:
        """Whether a text only leads to those below: it ends in a colon and its answer cell is greyed out or missing."""
        if self._has_units_only_below(row):
            return True
        if not text.endswith(":") or not self.putting:
            return False
        merged = all(self.surface.anchor(row, column)[1] < column for column in self.putting)
        return merged or self.openness(row) < min(self.usual.openness - 0.9, 0.8)

    def is_below_lead(self, row: int, text: str) -> bool:
        """Whether a row goes on with the lead above: it has no number of its own, or begins as parts do."""
        return not self.number(row) or self._is_subordinate(row) or self.words.is_part(text)

    def _is_subordinate(self, row: int) -> bool:
        number, text = self.number(row), self.surface.text(row, self.question)
        return _SUBORDINATE.match(text) is not None or (number.endswith(")") and _SUBORDINATE.match(number) is not None)

    def _has_units_only_below(self, row: int) -> bool:
        """Whether a row without a unit stands over parts, such as a) and b), that have one."""
        unit = self.block.one("unit")
        text = self.surface.text(row, self.question)
        if not unit or self.surface.text(row, unit) or self._is_subordinate(row) or text.endswith("?"):
            return False
        below = next((each for each in self.all if each > row), 0)
        return bool(below) and self._is_subordinate(below) and bool(self.surface.text(below, unit))

    def is_note(self, row: int, text: str) -> bool:
        """Whether a text below a question explains it: a sentence without a number or a place for an answer."""
        is_sentence = text.endswith(".") and len(text) > _SHORT_SENTENCE and not self.number(row)
        return is_sentence and not self._other_texts(row) and not self.surface.look(row, self.question).bold
