"""The questions of a table whose columns are known, row by row: sections, options, grids; it finds no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from esgreport.read.questionnaires.drafts import Block, Choice, Draft, Position
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

_SEPARATED = re.compile(r"\s*(?:[;|\n•]|\s/\s|(?<=\w)/(?=\w))\s*")
_SUBORDINATE = re.compile(
    r"\s*(?:\(?[a-z][).]|[-–•·>→]|davon\b|di cui\b|dont\b|of which\b|thereof\b|i{1,3}[).])\s*", re.I
)
_NUMBERED = re.compile(r"[A-Z]{0,4}[\s.-]?\d+(?:[.\-_]\d+)*[a-z]?[.)]?|[IVX]+\.?|[A-Za-z][.)]?")


def _depth(number: str) -> int:
    return len(re.findall(r"[^\W_]+", re.sub(r"(?<=[A-Za-z])(?=\d)", ".", number)))


@dataclass(frozen=True)
class TableReader:
    """Reads one block of a sheet."""

    surface: Surface
    words: Words
    openings: Openings
    block: Block

    def read(self) -> list[Draft]:
        """The questions from above to below."""
        found: list[Draft] = []
        section = lead = ""
        for row in self._rows:
            text_at = self.surface.anchor(row, self._question)
            text = self.surface.text(row, self._question)
            if (text and text_at == (row, self._question)) or (text and text_at[0] == row):
                if self._is_section(row):
                    section, lead = text, ""
                    continue
                if self._is_lead(row, text):
                    lead = text.rstrip(": ")
                    continue
                lead = lead if self._is_below_lead(row, text) else ""
                found.extend(self._asked(row, text_at, text, " – ".join(part for part in (section, lead) if part)))
            elif (text and text_at[0] < row) or (self._options and self.surface.text(row, self._options)):
                self._go_on(found, row)
            elif heading := self._lone_text(row):
                section = heading
        return [self._finished(draft) for draft in found]

    # ── columns ──

    @property
    def _question(self) -> int:
        return self.block.one("question")

    @cached_property
    def _options(self) -> int:
        """The column that lists options below each other; 0 for none."""
        return self.block.one("options")

    @cached_property
    def _rows(self) -> list[int]:
        rows = range(self.block.first, self.block.last + 1)
        return [
            row
            for row in rows
            if row in self.surface.by_row or any(self.surface.text(row, self._question) for _ in (0,))
            if row not in self.block.skipped and row not in self.surface.hidden_rows
        ]

    @cached_property
    def _putting(self) -> tuple[int, ...]:
        """The columns answers go to."""
        values = (value.column for value in self.block.values)
        marks = (column for column, _ in self.block.marks)
        return (*self.block.of("answer"), *values, *marks)

    # ── sections ──

    @cached_property
    def _usual(self) -> tuple[float, bool, str, float]:
        """What is usual for a question here: evidence of its answer, bold, fill, length of its text."""
        rows = [row for row in self._rows if self.surface.text(row, self._question)]
        looks = [self.surface.look(row, self._question) for row in rows]
        openness = sorted(self._openness(row) for row in rows)
        fills = [look.fill for look in looks]
        lengths = sorted(len(self.surface.text(row, self._question)) for row in rows)
        if not rows:
            return 0.0, False, "", 0.0
        bold = sum(look.bold for look in looks) > len(rows) / 2
        return openness[len(rows) // 2], bold, max(set(fills), key=fills.count), lengths[len(rows) // 2]

    def _openness(self, row: int) -> float:
        return max((self.openings.evidence(row, column) for column in self._putting), default=0.0)

    def _is_section(self, row: int) -> bool:
        text = self.surface.text(row, self._question)
        span = self.surface.span(row, self._question)
        openness, bold, fill, length = self._usual
        look = self.surface.look(row, self._question)
        others = self._other_texts(row)
        if any(span.left <= column <= span.right for column in self._putting):
            return True
        found = 0.0
        found += 1.5 if look.bold and not bold else 0.0
        found += 1.5 if look.fill != fill and look.fill else 0.0
        putting = [column for column in self._putting if self.surface.shows(row, column)]
        own = self._openness(row)
        if putting and openness > 0.4 and own < openness - 0.4:
            found += 2.0 if own < 0.8 else -1.0
        if look.fill and putting and all(self.surface.look(row, column).fill == look.fill for column in putting):
            found += 1.0
        found -= 3.0 * others
        found += 1.0 if not others else 0.0
        found -= 2.0 if text.rstrip().endswith("?") else 0.0
        found -= 1.5 if len(text) > 90 else 0.0
        found += 1.0 if text.isupper() and len(text) > 4 else 0.0
        found += 1.0 if len(text) <= 45 and length > 1.6 * len(text) else 0.0
        found += self._number_weight(row)
        return found >= 2.5

    def _other_texts(self, row: int) -> int:
        """Texts in the row besides its question, its number and its section."""
        aside = {self._question, *self.block.of("id"), *self.block.of("section")}
        own = [
            column
            for column in self.surface.by_row.get(row, ())
            if column not in aside and self.block.left <= column <= self.block.right
        ]
        return len([column for column in own if not self._is_number(row, column)])

    def _is_number(self, row: int, column: int) -> bool:
        return column < self._question and _NUMBERED.fullmatch(self.surface.text(row, column)) is not None

    def _number(self, row: int) -> str:
        columns = self.block.of("id") or tuple(range(self._question - 1, self.block.left - 1, -1))
        for column in columns:
            text = self.surface.text(row, column)
            if text and len(text) <= 20 and (self.block.of("id") or _NUMBERED.fullmatch(text)):
                return text
        return ""

    @cached_property
    def _numbered(self) -> bool:
        rows = [row for row in self._rows if self.surface.text(row, self._question)]
        return sum(1 for row in rows if self._number(row)) > 0.6 * len(rows)

    @cached_property
    def _depths(self) -> tuple[int, int]:
        """The usual number of parts of a question's number, and the smallest."""
        depths = sorted(_depth(number) for row in self._rows if (number := self._number(row)))
        return (depths[len(depths) // 2], depths[0]) if depths else (0, 0)

    def _number_weight(self, row: int) -> float:
        """How much a number, or that there is none, says that a row is a section."""
        if not self._numbered:
            return 0.0
        number = self._number(row)
        if not number:
            return 1.0
        return 1.0 if _depth(number) < self._depths[0] else -1.5

    def _is_lead(self, row: int, text: str) -> bool:
        """Whether a text only leads to those below: it ends in a colon and its answer cell is greyed out or missing."""
        if not text.endswith(":") or not self._putting:
            return False
        return self._openness(row) < min(self._usual[0] - 0.9, 0.8) or self._is_merged_over(row)

    def _is_merged_over(self, row: int) -> bool:
        return all(self.surface.anchor(row, column)[1] < column for column in self._putting)

    def _is_below_lead(self, row: int, text: str) -> bool:
        return not self._number(row) or _SUBORDINATE.match(text) is not None

    def _lone_text(self, row: int) -> str:
        """A heading outside the question's column: the only text of a row without a place for an answer."""
        columns = [
            column for column in self.surface.by_row.get(row, ()) if self.block.left <= column <= self.block.right
        ]
        texts = [self.surface.text(row, column) for column in columns]
        long = [text for text in texts if not _NUMBERED.fullmatch(text)]
        if len(long) != 1 or self.surface.anchor(row, columns[0])[0] != row:
            return ""
        return long[0] if columns[0] <= self._question + 1 and len(long[0]) < 120 else ""

    def _section(self, row: int, section: str) -> str:
        """The section of a row: what its section columns say, carried down, else the heading above."""
        texts = []
        for column in sorted(self.block.of("section")):
            if column == self._question:
                continue
            above = next(
                (
                    self.surface.text(each, column)
                    for each in range(row, self.block.first - 1, -1)
                    if self.surface.text(each, column)
                ),
                "",
            )
            texts.append(above)
        return " – ".join(dict.fromkeys(text for text in (section if not texts else "", *texts) if text)) or section

    # ── one question ──

    def _asked(self, row: int, place: Position, text: str, section: str) -> Iterator[Draft]:
        base = Draft(
            place=place,
            text=text,
            number=self._number(row),
            section=self._section(row, section),
            guidance=self._first_text(row, "guidance"),
            unit=self._unit(row),
            unit_place=self._open_place(row, "unit"),
            comment=self._open_place(row, "comment"),
            evidence=self._open_place(row, "evidence"),
            is_example=self._is_example(row),
            sort=self._first_text(row, "expected"),
            is_shaded=self._is_closed(row),
        )
        boxes = self._boxes(row, self.surface.span(*place).bottom)
        if boxes:
            yield replace(base, choices=boxes, answer=next((box.mark for box in boxes if box.mark), None), several=True)
        elif self.block.values:
            yield from self._values(row, base)
        elif self.block.marks and self._marks_open(row):
            choices = tuple(
                Choice(head, self.surface.anchor(row, column), self._mark(row, column))
                for column, head in self.block.marks
            )
            yield replace(base, choices=choices, answer=choices[0].mark)
        else:
            yield self._plain(row, base)

    def _boxes(self, top: int, bottom: int) -> tuple[Choice, ...]:
        """The check-boxes beside a question, each with the cell it is linked to."""
        found = []
        for box in self.surface.boxes:
            if top <= box.row <= bottom and box.column > self._question:
                mark = (box.linked.top, box.linked.left) if box.linked else None
                label = (
                    box.label or self.surface.text(box.row, box.column) or self.surface.text(box.row, box.column + 1)
                )
                found.append(Choice(label, mark, True))
        return tuple(found)

    @cached_property
    def _of_figures(self) -> bool:
        """Whether the heads say that figures are asked for."""
        columns = (self._question, *self.block.of("answer")[:1])
        return any(
            self.words.is_of_figures(self.surface.text(row, column)) for row in self.block.heads for column in columns
        )

    def _plain(self, row: int, base: Draft) -> Draft:
        answer = self._answer(row)
        base = replace(base, is_value=self._of_figures)
        options = self.surface.text(row, self._options) if self._options else ""
        if not options:
            return replace(base, answer=answer)
        listed = tuple(Choice(text) for text in self._listed(options))
        if len(listed) >= 2:
            return replace(base, answer=answer, choices=listed)
        mark = (Choice(options, answer, self._mark(row, answer[1]) if answer else ""),)
        return replace(base, answer=answer, choices=mark)

    def _listed(self, text: str) -> list[str]:
        return [part.strip(" -–☐□•") for part in _SEPARATED.split(text) if part.strip(" -–☐□•")]

    def _values(self, row: int, base: Draft) -> Iterator[Draft]:
        for value in self.block.values:
            place = self.surface.anchor(row, value.column)
            if place[0] != row and self.surface.text(*place):
                continue
            text = base.text if len(self.block.values) == 1 else f"{base.text} – {value.head}".rstrip(" –")
            yield replace(base, text=text, answer=place, year=value.year, unit=base.unit or value.unit, is_value=True)

    def _answer(self, row: int) -> Position | None:
        """The first answer column that is open in this row; the first of all where none is."""
        columns = self.block.of("answer")
        places = [self.surface.anchor(row, column) for column in columns if self.surface.shows(row, column)]
        open_places = [place for place in places if self.openings.is_empty(*place) and not self._is_shaded(place)]
        chosen = (open_places or places)[:1]
        return chosen[0] if chosen and chosen[0] != self.surface.anchor(row, self._question) else None

    def _is_shaded(self, place: Position) -> bool:
        """Whether a cell is greyed out, where there are others for the answer."""
        fill = self.surface.look(*place).fill
        return bool(fill) and fill not in self.surface.input_fills and len(self.block.of("answer")) > 1

    def _is_closed(self, row: int) -> bool:
        """Whether the only place for an answer is filled in a colour that those of other rows do not have."""
        answers = [self.surface.anchor(row, column) for column in self.block.of("answer")]
        if len(answers) != 1 or self.block.values or self.block.marks or not self.openings.is_empty(*answers[0]):
            return False
        fill = self.surface.look(*answers[0]).fill
        return (
            bool(fill)
            and fill not in self.surface.input_fills
            and self.openings.evidence(*answers[0]) < self._usual[0] - 0.9
        )

    def _marks_open(self, row: int) -> bool:
        if not self.block.of("answer"):
            return True
        usual = self._usual[0]
        return any(self.openings.evidence(row, column) > usual - 1.4 for column, _ in self.block.marks)

    def _mark(self, row: int, column: int) -> str:
        """What ticks a cell: the entry of its drop-down that does, else an x."""
        offered = self.surface.offered(row, column)
        yes = (text for text in offered if self.words.tick(text) == "yes" or text.casefold() in ("x", "✓", "✔"))
        return next(yes, "x")

    def _unit(self, row: int) -> str:
        text = self._first_text(row, "unit")
        return "" if text and self.words.is_placeholder(text) and not self.words.is_unit(text) else text

    def _first_text(self, row: int, role: str) -> str:
        columns = self.block.of(role)  # type: ignore[arg-type]
        return next((text for column in columns if (text := self.surface.text(row, column))), "")

    def _open_place(self, row: int, role: str) -> Position | None:
        for column in self.block.of(role):  # type: ignore[arg-type]
            place = self.surface.anchor(row, column)
            if self.surface.shows(row, column) and self.openings.is_empty(*place) and not self.surface.locked(*place):
                return place
        return None

    def _is_example(self, row: int) -> bool:
        return any(self.words.is_example(self.surface.text(row, column)) for column in self.surface.by_row.get(row, ()))

    # ── rows below that go on with a question ──

    def _go_on(self, found: list[Draft], row: int) -> None:
        option = self.surface.text(row, self._options) if self._options else ""
        if not found or not option or self.surface.anchor(row, self._options)[0] != row:
            return
        last = found[-1]
        columns = self.block.of("answer")
        mark = self.surface.anchor(row, columns[0]) if columns else None
        writes = self._mark(row, mark[1]) if mark else ""
        found[-1] = replace(last, choices=(*last.choices, Choice(option, mark, writes)))

    def _finished(self, draft: Draft) -> Draft:
        """A question with one option of its own has none: the column holds something else."""
        if len(draft.choices) == 1 and not self.block.marks:
            return replace(draft, choices=())
        return draft
