"""What each column of a table is for, by its head and by what stands below it; heads alone often lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from esgreport.definitions.structure import Role
from esgreport.read.questionnaires.drafts import Block, Value
from esgreport.read.questionnaires.heads import Head, HeadRows
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Reading, Words

_WORTH: Mapping[str | None, float] = {
    "question": 1.7,
    None: 1.0,
    "section": 0.5,
    "id": 0.5,
    "guidance": 0.15,
    "expected": 0.1,
    "options": 0.1,
    "comment": 0.15,
    "evidence": 0.1,
    "answer": 0.3,
    "weight": 0.1,
    "customer": 0.05,
}
"""How much the length of a column's texts says that they are the questions, by the role its head names."""
_ANSWERS: Mapping[str | None, float] = {
    "answer": 3.0,
    "mark": 1.5,
    None: 0.5,
    "comment": -1.0,
    "evidence": -1.8,
    "unit": -2.5,
    "guidance": -2.5,
    "year": -1.5,
    "options": -1.5,
    "expected": -2.5,
    "weight": -3.0,
    "target": -3.0,
    "section": -4.0,
    "id": -4.0,
    "question": -2.0,
    "customer": -9.0,
}
"""How much the role a head names says that the answers go below it."""
_STATIC = frozenset(("section", "id", "question", "options", "expected", "guidance"))
"""Roles of columns the customer fills: one with nothing below its head is not one of them."""
_SIBLINGS = 3
"""Full columns whose heads begin alike (`Level 1`, `Level 2` …) that are none of questions."""
_WORDED = 0.25
"""From that share of questions on which do not want figures, columns side by side are no grid of figures."""
_LOOKED_AT = 40
"""Texts of a column that are looked at to see whether they ask."""
MOST_COLUMNS = 120


def _first_word(text: str) -> str:
    return text.partition(" ")[0].casefold()


@dataclass(frozen=True, slots=True)
class Below:
    """What stands below a head: in how many of the rows a text, how long, how empty and how open to answers it is."""

    column: int
    head: Head | None
    full: float
    length: float
    empty: float
    openness: float
    rows: int
    computed: float = 0.0
    """In how many of the rows a formula stands."""
    sentences: float = 0.0
    """Which share of the texts end as sentences do."""
    distinct: float = 0.0
    worded: float = 0.0
    """Which share of the texts wants yes or no, or words."""
    asking: float = 0.0
    """Which share of the texts are not said twice, and which read like a question."""

    @property
    def role(self) -> Role | None:
        """The role the head names, the head over it where its own names none."""
        if self.head is None:
            return None
        over = self.head.over_reading.role
        if over == "customer":
            return "customer"
        own = self.head.reading.role
        if own in _STATIC and self.full == 0 and self.rows >= 2:
            own = None
        return own or (over if over in ("answer", "target", "expected", "evidence") else None)

    @property
    def reading(self) -> Reading:
        """What the head means."""
        return self.head.reading if self.head else Reading()

    @property
    def year(self) -> tuple[int | None, int | None]:
        """The year the head names, or how many years back."""
        if self.head is None:
            return None, None
        own, over = self.head.reading, self.head.over_reading
        return (own.year or over.year, own.back if own.back is not None else over.back)


@dataclass(frozen=True)
class ColumnReader:
    """Reads the columns of the tables on one sheet."""

    surface: Surface
    words: Words
    openings: Openings
    skipped: frozenset[int] = frozenset()
    """Rows that belong to no table, as those of lists."""

    def blocks(self, rows: HeadRows, last: int) -> list[Block]:
        """The tables below some heads, down to row `last`: more than one where they lie side by side."""
        found = []
        for columns in self._side_by_side(rows):
            if block := self._block(rows, rows.last + 1, last, columns):
                found.append(block)
        return found

    # ── side by side ──

    def _side_by_side(self, rows: HeadRows) -> list[range]:
        """The columns of each table: one begins where a question is asked again after an answer was taken."""
        starts, has_question, takes = [1], False, False
        pending = 0
        for column, head in sorted(rows.heads.items()):
            if (
                self.surface.anchor(rows.first, column)[1] < column
                and self.surface.text(rows.first, column) == head.text
            ):
                continue  # goes on with a merged head
            role = head.reading.role
            if role == "id" and takes and has_question:
                pending = column
            elif role == "question":
                if has_question and takes:
                    starts.append(pending or column)
                    takes = False
                has_question, pending = True, 0
            elif role in ("answer", "mark") or head.reading.year or (head.reading.tick and role is None):
                takes = True
        if len(starts) == 1 or not takes:
            return [range(1, self._width() + 1)]
        return [range(start, end) for start, end in zip(starts, [*starts[1:], self._width() + 1], strict=True)]

    def _width(self) -> int:
        return min(self.surface.last_column + 1, MOST_COLUMNS)

    # ── one table ──

    def below(self, rows: Sequence[int], column: int, head: Head | None) -> Below:
        """What stands in some rows of a column."""
        texts: list[str] = []
        empty = counted = computed = 0
        openness: list[float] = []
        for row in rows:
            if self.surface.anchor(row, column)[1] != column or not self.surface.shows(row, column):
                continue
            counted += 1
            computed += self.surface.cell(row, column).formula
            if self.openings.is_empty(row, column):
                empty += 1
                openness.append(self.openings.evidence(row, column))
            else:
                texts.append(self.surface.text(row, column))
        return Below(
            column,
            head,
            len(texts) / counted if counted else 0.0,
            sum(map(len, texts)) / len(texts) if texts else 0.0,
            empty / counted if counted else 0.0,
            sum(sorted(openness)[len(openness) // 4 :]) / max(len(openness) - len(openness) // 4, 1),
            counted,
            computed / counted if counted else 0.0,
            sum(text.endswith((".", "?", "!")) for text in texts) / max(len(texts), 1),
            len(set(texts)) / len(texts) if texts else 0.0,
            sum(self.words.kind(text) in ("boolean", "text") for text in texts[:_LOOKED_AT]) / max(len(texts), 1),
            self._asking(texts[:_LOOKED_AT]),
        )

    def _asking(self, texts: Sequence[str]) -> float:
        """Which share of some texts reads like a question."""
        return sum(text.endswith("?") or self.words.kind(text) is not None for text in texts) / max(len(texts), 1)

    def _block(self, rows: HeadRows, first: int, last: int, columns: Iterable[int]) -> Block | None:
        body = [row for row in range(first, last + 1) if row in self.surface.by_row and row not in self.skipped]
        if not body:
            return None
        shown = [column for column in columns if column not in self.surface.hidden_columns]
        found = {column: self.below(body, column, rows.heads.get(column)) for column in shown}
        found = {
            column: below
            for column, below in found.items()
            if below.rows and (below.head or below.full or below.openness > 0)
        }
        question = self._question(found)
        if question is None:
            return None
        return self._with_roles(rows, (first, last), found, question)

    def _question(self, found: Mapping[int, Below]) -> int | None:
        """The column with the questions: the longest texts, as far as heads allow."""

        firsts = Counter(_first_word(below.head.text) for below in found.values() if below.head and below.full > 0.5)

        def worth(below: Below) -> float:
            role = below.role if below.reading.weight >= 0.4 or below.role == "customer" else None
            fullness = min(1.0, below.full * 2.5)
            if below.head and firsts[_first_word(below.head.text)] >= _SIBLINGS:
                role = "options"
            dated = 0.1 if below.year != (None, None) or below.reading.tick else 1.0
            likely = below.distinct * (1.0 + 0.8 * below.asking)
            return below.length * fullness * _WORTH.get(role, 0.1) * dated * likely

        full = [below for below in found.values() if below.full >= 0.12 and below.length >= 2]
        if not full:
            return None
        best = max(full, key=lambda each: (worth(each), -each.column))
        asked = [each for each in full if each.role == "question" and worth(each) >= 0.55 * worth(best)]
        return (asked[0] if asked and best.role == "question" else best).column

    def _with_roles(self, rows: HeadRows, span: tuple[int, int], found: Mapping[int, Below], question: int) -> Block:
        roles: dict[Role, tuple[int, ...]] = {"question": (question,)}
        others = [below for column, below in found.items() if column != question]

        def named(role: Role, fits: Callable[[Below], bool]) -> None:
            columns = [each for each in others if each.role == role and fits(each)]
            if columns:
                roles[role] = tuple(each.column for each in sorted(columns, key=lambda one: -one.reading.weight))

        named("id", lambda each: each.full > 0)
        named("section", lambda each: (each.full > 0 and each.column < question) or each.full > 0.05)
        named("unit", lambda each: True)
        named("guidance", lambda each: each.full > 0)
        named("expected", lambda each: each.full > 0)
        named("options", lambda each: each.full > 0)
        named("comment", lambda each: each.empty >= 0.4)
        named("evidence", lambda each: each.empty >= 0.4)
        marks = self._marks(others) or self._scale_of_statements(others, found[question])
        taken = {column for column, _ in marks}
        values = () if marks else self._values(others, found[question]) or self._parties(others)
        taken |= {value.column for value in values}
        answers = self._answers(others, question, frozenset(taken))
        if answers:
            roles["answer"] = answers
            for role in ("comment", "evidence", "unit"):
                left = tuple(column for column in roles.get(role, ()) if column != answers[0])
                roles = {**roles, role: left} if left else {key: each for key, each in roles.items() if key != role}
        right = max([*found, question])
        heads = tuple(range(rows.first, rows.last + 1))
        return Block("table", *span, min(found), right, heads, roles, values, marks, self.skipped)

    # ── where answers go ──

    def _marks(self, others: Sequence[Below]) -> tuple[tuple[int, str], ...]:
        """Columns to tick: yes and no with what stands beside them, or the degrees of a scale."""
        open_columns = [each for each in others if each.head and each.empty >= 0.5 and each.role != "customer"]
        ticks = [each for each in open_columns if each.reading.tick]
        kinds = {each.reading.tick for each in ticks}
        if {"yes", "no"} <= kinds or (len(ticks) == 2 and kinds == {"yes", "none"}):
            return self._with_texts(ticks)
        scale = [each for each in open_columns if each.reading.scale or each.reading.tick]
        digits = [each for each in open_columns if each.head and each.head.text in ("0", *"123456789", "10")]
        for columns in (scale, digits):
            if len(columns) >= 3:
                return self._with_texts(columns)
        return self._with_texts(self._neighbours(scale, open_columns)) if len(scale) >= 2 else ()

    def _neighbours(self, scale: Sequence[Below], others: Sequence[Below]) -> list[Below]:
        """Degrees of a scale with the one or two columns beside them that belong to it; none where there are more."""
        left, right = scale[0].column, scale[-1].column
        near = [each for each in others if left - 1 <= each.column <= right + 1 and each.role is None]
        return near if len(near) >= 3 and len(scale) >= 0.6 * len(near) else []

    def _with_texts(self, columns: Sequence[Below]) -> tuple[tuple[int, str], ...]:
        return tuple((each.column, each.head.text if each.head else "") for each in columns)

    def _scale_of_statements(self, others: Sequence[Below], question: Below) -> tuple[tuple[int, str], ...]:
        """Columns side by side without a role beside whole sentences: degrees to which those are true."""
        if question.sentences < 0.6 or any(each.role in ("answer", "mark", "unit") for each in others):
            return ()
        columns = [each for each in others if each.head and each.role is None and each.empty >= 0.9]
        columns = [each for each in columns if each.year == (None, None)]
        beside = all(after.column - before.column == 1 for before, after in pairwise(columns))
        return self._with_texts(columns) if len(columns) >= 3 and beside else ()

    def _parties(self, others: Sequence[Below]) -> tuple[Value, ...]:
        """Columns for answers below several heads that are no parties: one for each of them."""
        answers = [each for each in others if each.head and each.role == "answer" and each.empty >= 0.6]
        over = [each.head.over for each in answers if each.head and each.head.over]
        if len(answers) < 2 or len(set(over)) < len(answers) or any(self.words.is_party(text) for text in over):
            return ()
        return tuple(self.value(each.column, each.head) for each in answers)

    def _values(self, others: Sequence[Below], question: Below) -> tuple[Value, ...]:
        """Columns of figures: one a year, or one for each of several things where no head says "answer"."""
        barred = {"customer", "target", "weight", "comment", "evidence", "unit", *_STATIC}
        dated = [each for each in others if each.year != (None, None) and each.role not in barred]
        open_years = [each for each in dated if each.empty >= 0.3]
        if open_years:
            return tuple(self.value(each.column, each.head) for each in open_years)
        if any(each.role in ("answer", "mark") and each.empty >= 0.3 for each in others):
            return ()
        measures = [
            each for each in others if each.head and each.role is None and each.empty >= 0.6 and each.openness >= 0
        ]
        openness = [each.openness for each in measures]
        if len(measures) < 2 or max(openness) - min(openness) > 1.2 or question.worded >= _WORDED:
            return ()
        last = measures[-1].column
        sums = [
            each
            for each in others
            if each.head and each.role is None and self._is_computed(each) and each.column > last
        ]
        return tuple(self.value(each.column, each.head) for each in (*measures, *sums))

    def _is_computed(self, below: Below) -> bool:
        return below.full > 0 and below.computed >= 0.9

    def value(self, column: int, head: Head | None) -> Value:
        """A column of figures by its head."""
        if head is None:
            return Value(column)
        year = head.reading.year or head.over_reading.year
        if self.words.is_unit(head.text) and head.over:
            return Value(column, head.over, year, head.text.strip("[]() "))
        text = f"{head.over} {head.text}".strip() if head.over and not head.reading.year else head.text
        if head.over and head.reading.role == "answer":
            text = head.over
        unit = self.words.unit_in(head.text)
        return Value(column, text, year, unit)

    def _answers(self, others: Sequence[Below], question: int, taken: frozenset[int]) -> tuple[int, ...]:
        """The columns answers may go to, the likeliest first; where some are `taken`, only those that say so."""

        def worth(each: Below) -> float:
            role = each.role if each.reading.weight >= 0.35 or each.head is None or each.head.over else None
            found = _ANSWERS.get(role, 0.0) + 2.0 * each.empty - 1.0
            found += min(each.openness, 4.0)
            away = each.column - question
            found += -0.1 * away if away > 0 else -1.5 + 0.05 * away
            return found + (0.0 if each.head else -1.0)

        others = [each for each in others if each.column not in taken]
        least = 2.5 if taken else 0.4
        likely = [each for each in others if worth(each) >= least]
        likely.sort(key=lambda each: (-round(worth(each), 2), each.column))
        named = [each for each in likely if each.role == "answer"]
        if taken:
            return tuple(each.column for each in named)
        best = likely[:1]
        return tuple(dict.fromkeys(each.column for each in (*best, *named)))
