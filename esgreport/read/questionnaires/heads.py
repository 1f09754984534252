"""Finding the rows that head a table, by words, years and looks; what the columns below are for is found elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import LONGEST_HEAD, NOTHING, Reading, Words

_PUTTING = frozenset(("answer", "comment", "evidence", "unit", "options", "mark", "target"))
_ASIDE = _PUTTING | {"guidance", "weight", "section", "id", "expected", "customer", "year"}
_CERTAIN = 0.45
DEEPEST = 4
"""Rows a head may have."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its text, what it means, and the text of the head over it and others."""

    column: int
    text: str
    reading: Reading
    over: str = ""
    over_reading: Reading = NOTHING


@dataclass(frozen=True, slots=True)
class HeadRows:
    """Rows that head a table: the first and last of them, and the heads by column."""

    first: int
    last: int
    heads: Mapping[int, Head]

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that have a head."""
        return tuple(self.heads)


@dataclass(frozen=True)
class HeadFinder:
    """Finds the heads on one sheet."""

    surface: Surface
    words: Words
    openings: Openings
    skipped: frozenset[int] = frozenset()
    """Rows that head no table, as those of lists."""

    def all(self) -> list[HeadRows]:
        """The heads from above to below."""
        found: list[HeadRows] = []
        row = 0
        for candidate in sorted(self.surface.by_row):
            if candidate <= row or candidate in self.skipped:
                continue
            if self._heads(candidate) and self._goes_with(candidate, found):
                rows = self._rows(candidate)
                found.append(rows)
                row = rows.last
        return found

    def rows_at(self, first: int, last: int) -> HeadRows:
        """The heads in rows that are known to be heads."""
        heads = {
            column: head
            for column in range(1, self.surface.last_column + 1)
            if (head := self._head(first, first, last, column))
        }
        return HeadRows(first, last, heads)

    # ── is this row one? ──

    def _texts(self, row: int) -> list[tuple[int, str]]:
        return [(column, self.surface.text(row, column)) for column in self.surface.by_row.get(row, ())]

    def _heads(self, row: int) -> bool:
        texts = self._texts(row)
        if len(texts) < 2 or any(self._is_asked(text) for _, text in texts[:1]):
            return False
        if sum(len(text) for _, text in texts) > LONGEST_HEAD * len(texts):
            return False
        readings = [(column, text, self.words.head(text)) for column, text in texts]
        if any(self.surface.rule(row, column) for column, _ in texts):
            return False
        if self._by_words(row, readings) or self._by_columns(row, readings):
            return True
        return self._by_looks(row, texts) or self._by_frames(row, texts)

    def _is_asked(self, text: str) -> bool:
        return len(text) > 40 and text.rstrip().endswith("?")

    def _by_words(self, row: int, readings: list[tuple[int, str, Reading]]) -> bool:
        """A question and something else; or two columns of which one takes something."""
        roles = {reading.role for _, _, reading in readings if reading.role and reading.weight >= _CERTAIN}
        years = sum(1 for _, _, reading in readings if reading.year or reading.back is not None)
        ticks = {reading.tick for _, _, reading in readings if reading.tick}
        aside = roles & _ASIDE
        if "question" in roles and (aside or years or {"yes", "no"} <= ticks):
            return self._texts_below(row)
        if len(roles) >= 2 and aside & _PUTTING and aside != {"unit", "target"}:
            return self._texts_below(row) and not self._answers_right(row, readings)
        return False

    def _answers_right(self, row: int, readings: list[tuple[int, str, Reading]]) -> bool:
        """Whether cells to be filled in stand between these texts: then they are labels of a form."""
        columns = [column for column, _, _ in readings]
        between = range(columns[0], columns[-1] + 2)
        return any(
            self.openings.is_empty(row, column) and self.openings.evidence(row, column) >= 2.0
            for column in between
            if column not in columns and self.surface.anchor(row, column) == (row, column)
        )

    def _by_columns(self, row: int, readings: list[tuple[int, str, Reading]]) -> bool:
        """Years, answers to mark or degrees of a scale side by side, over columns that are empty."""
        roles = {reading.role for _, _, reading in readings if reading.role}
        asked = len(roles) < 2 and any(text.endswith("?") for _, text, _ in readings)
        if asked or any(self.words.boxes_in(text) or len(text) > LONGEST_HEAD // 2 for _, text, _ in readings):
            return False
        years = [
            column
            for column, text, reading in readings
            if (reading.year or reading.back is not None) and len(text) < 25
        ]
        ticks = [column for column, _, reading in readings if reading.tick]
        scales = [column for column, text, reading in readings if reading.scale or text in tuple("12345")]
        has_both = {"yes", "no"} <= {reading.tick for _, _, reading in readings}
        unit = any(reading.role == "unit" for _, _, reading in readings)
        for columns, least in ((years, 1 if unit else 2), (ticks, 2 if has_both else 9), (scales, 3)):
            if len(columns) >= least and self._empty_below(row, columns) and self._labels_below(row, columns[0]):
                return True
        return False

    def _by_looks(self, row: int, texts: list[tuple[int, str]]) -> bool:
        """Short texts side by side, set off from what is below, over columns that are empty beside a full one."""
        if any(len(text) > 60 or text.endswith((":", "?")) for _, text in texts) or not self._set_off(row, texts):
            return False
        empty = [column for column, _ in texts[1:] if self._empty_below(row, [column])]
        return len(empty) >= 1 and len(self._labels(row, texts[0][0])) >= 2

    def _by_frames(self, row: int, texts: list[tuple[int, str]]) -> bool:
        """Short texts side by side over cells that are framed to be filled in, beside labels."""
        heads = [column for column, text in texts if len(text) <= 60 and not text.endswith((":", "?"))]
        first = self._following(row, 1)
        if len(heads) < len(texts) or not first:
            return False
        label = self.surface.by_row[first[0]][0]
        over = [column for column in heads if column > label]
        if len(over) < 2 or any(after - before > 1 for before, after in pairwise(over)):
            return False
        rows = [each for each in self._following(row, 4) if self.surface.by_row[each] == (label,)]
        framed = [each for each in rows if min(self.openings.evidence(each, column) for column in over) >= 0.5]
        return len(framed) >= 2 and len(framed) > len(rows) / 2 and framed[0] == rows[0]

    def _set_off(self, row: int, texts: list[tuple[int, str]]) -> bool:
        looks = [self.surface.look(row, column) for column, _ in texts]
        below = self._next_row(row)
        label = self.surface.look(below, texts[0][0]) if below else None
        if label is None or not all(look.bold or look.fill for look in looks):
            return False
        return (looks[0].bold, looks[0].fill) != (label.bold, label.fill)

    # ── what is below ──

    def _next_row(self, row: int) -> int:
        return next((each for each in range(row + 1, row + 4) if each in self.surface.by_row), 0)

    def _following(self, row: int, count: int = 6) -> list[int]:
        return [each for each in range(row + 1, row + 1 + 2 * count) if each in self.surface.by_row][:count]

    def _texts_below(self, row: int) -> bool:
        return bool(self._following(row, 2))

    def _labels(self, row: int, before: int) -> list[int]:
        return [each for each in self._following(row) if self.surface.by_row[each][0] <= before]

    def _labels_below(self, row: int, before: int) -> bool:
        """Whether rows below begin with a text left of a column."""
        return any(self.surface.by_row[each][0] < before for each in self._following(row, 3))

    def _empty_below(self, row: int, columns: list[int]) -> bool:
        rows = self._following(row, 5)
        cells = [(each, column) for each in rows for column in columns]
        open_cells = sum(
            1
            for each, column in cells
            if self.openings.is_empty(each, column) or self.words.is_unit(self.surface.text(each, column))
        )
        return bool(cells) and open_cells >= 0.6 * len(cells)

    # ── does it go with those above? ──

    def _goes_with(self, row: int, above: list[HeadRows]) -> bool:
        """A later head looks like the first, or says the same, or stands off: else it is a row that sounds like one."""
        if not above:
            return True
        first = above[0]
        column = self.surface.by_row[row][0]
        look = self.surface.look(row, column)
        known = self.surface.look(first.first, first.columns[0])
        if (look.bold, look.fill) == (known.bold, known.fill) and (look.bold or look.fill):
            return True
        texts = {text for _, text in self._texts(row)}
        if len(texts & {head.text for each in above for head in each.heads.values()}) >= 2:
            return True
        body = self.surface.look(first.last + 1, column)
        if (look.bold, look.fill) != (body.bold, body.fill) and (look.bold or look.fill):
            return True
        plain_sheet = not any((each.bold or each.fill) for each in (known, body, look))
        return plain_sheet and not any(each in self.surface.by_row for each in (row - 1, row - 2))

    # ── how far does it go? ──

    def _rows(self, row: int) -> HeadRows:
        last = min(self._deepest(row), row + DEEPEST - 1)
        last = max(last, self._second(row, last))
        first = self._first(row)
        heads: dict[int, Head] = {}
        for column in range(1, self.surface.last_column + 1):
            if head := self._head(first, row, last, column):
                heads[column] = head
        return HeadRows(first, last, heads)

    def _deepest(self, row: int) -> int:
        return max(self.surface.span(row, column).bottom for column in self.surface.by_row[row])

    def _second(self, row: int, last: int) -> int:
        """The row below, where it goes on with the head: under merged heads, or with years, ticks, units."""
        below = row + 1
        texts = self._texts(below)
        if below <= last or not texts:
            return last
        first_column = self.surface.by_row[row][0]
        if any(column <= first_column and self.surface.span(row, first_column).bottom == row for column, _ in texts):
            label = self.surface.text(below, first_column)
            if label and not self.words.head(label).says:
                return last
        readings = [self.words.head(text) for _, text in texts]
        wide = [
            column
            for column in self.surface.by_row[row]
            if self.surface.span(row, column).right > self.surface.span(row, column).left
        ]
        under = [
            column
            for column, _ in texts
            if self.surface.anchor(row, column)[0] == row
            and any(self.surface.span(row, each).left <= column <= self.surface.span(row, each).right for each in wide)
        ]
        years = sum(1 for reading in readings if reading.year)
        ticks = {reading.tick for reading in readings}
        units = sum(1 for _, text in texts if self.words.is_unit(text))
        said = sum(1 for reading in readings if reading.says)
        alike = self.surface.look(below, texts[-1][0]) == self.surface.look(row, self.surface.by_row[row][-1])
        if years >= 2 or {"yes", "no"} <= ticks or (under and said + units >= 1 and said + units >= len(texts) / 2):
            return below
        if units >= max(1, len(texts) - 1) and texts[0][0] > first_column:
            return below
        return below if under and alike and len(texts) >= 2 else last

    def _first(self, row: int) -> int:
        """The row above, where some heads stand over several columns."""
        above = row - 1
        columns = self.surface.by_row.get(above, ())
        wide = [column for column in columns if self.surface.span(above, column).right > column]
        full = [column for column in wide if self._covers(above, column, row)]
        return above if wide and not full and len(columns) <= len(self.surface.by_row[row]) else row

    def _covers(self, above: int, column: int, row: int) -> bool:
        """Whether a merged text above stands over the whole table: a title."""
        span, columns = self.surface.span(above, column), self.surface.by_row[row]
        return span.left <= columns[0] and span.right >= columns[-1]

    def _head(self, first: int, row: int, last: int, column: int) -> Head | None:
        texts = list(dict.fromkeys(text for text in self._column_texts(row, last, column)))
        over = self.surface.text(first, column) if first < row else ""
        if not texts and not over:
            return None
        if len(texts) >= 2:  # a head over several columns, and the one below it
            over, texts = texts[0], texts[1:]
        text = " ".join(texts)
        return Head(column, text, self.words.head(text), over, self.words.head(over))

    def _column_texts(self, row: int, last: int, column: int) -> Iterator[str]:
        for each in range(row, last + 1):
            if self.surface.shows(each, column) and (text := self.surface.text(each, column)):
                yield text
