"""The questions of a table whose columns are known, row by row: sections, options, grids; it finds no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from esgreport.read.questionnaires.drafts import Block, Choice, Draft, Position
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.rows import Rows
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words, year_in

_YEAR_ALONE = 12
"""Letters of a label that is a year, or a year with a word."""
_SEPARATED = re.compile(r"\s*(?:[;|\n•]|\s/\s|(?<=\w)/(?=\w))\s*")


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
        for row in self._of.all:
            text_at = self.surface.anchor(row, self._question)
            text = self.surface.text(row, self._question)
            if (text and text_at == (row, self._question)) or (text and text_at[0] == row):
                if self._of.is_section(row):
                    if found and self._of.is_note(row, text):
                        found[-1] = replace(found[-1], guidance=" ".join((found[-1].guidance, text)).strip())
                        continue
                    section, lead = text, ""
                    continue
                if self._of.is_lead(row, text):
                    lead = text.rstrip(": ")
                    continue
                lead = lead if self._of.is_below_lead(row, text) else ""
                found.extend(self._asked(row, text_at, text, " – ".join(part for part in (section, lead) if part)))
            elif (text and text_at[0] < row) or (self._options and self.surface.text(row, self._options)):
                self._go_on(found, row)
            elif heading := self._of.lone_text(row):
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
    def _of(self) -> Rows:
        return Rows(self.surface, self.words, self.openings, self.block)

    # ── one question ──

    def _asked(self, row: int, place: Position, text: str, section: str) -> Iterator[Draft]:
        base = Draft(
            place=place,
            text=text,
            number=self._of.number(row),
            section=self._of.section(row, section),
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
            year = value.year or (year_in(base.text) if len(base.text) <= _YEAR_ALONE else None)
            unit = self._unit_near(row, value.column) or base.unit or value.unit
            yield replace(base, text=text, answer=place, year=year, unit=unit, is_value=True)

    def _unit_near(self, row: int, column: int) -> str:
        """The unit beside a figure, where there are several columns of units."""
        units = [each for each in self.block.of("unit") if self.surface.text(row, each)]
        nearest = min(units, key=lambda each: (abs(each - column), each < column), default=0)
        return self.surface.text(row, nearest) if len(units) > 1 else ""

    def _answer(self, row: int) -> Position | None:
        """The first answer column that is open in this row; the first of all where none is."""
        columns = self.block.of("answer")
        places = [self.surface.anchor(row, column) for column in columns if self.surface.shows(row, column)]
        open_places = [place for place in places if self.openings.is_empty(*place) and not self._is_shaded(place)]
        if open_places and all(self.surface.locked(*place) for place in places):
            open_places = [place for place in (self._open_place(row, "comment"),) if place] or open_places
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
            and self.openings.evidence(*answers[0]) < self._of.usual.openness - 0.9
        )

    def _marks_open(self, row: int) -> bool:
        if not self.block.of("answer"):
            return True
        usual = self._of.usual.openness
        return any(self.openings.evidence(row, column) > usual - 1.4 for column, _ in self.block.marks)

    def _mark(self, row: int, column: int) -> str:
        """What ticks a cell: the entry of its drop-down that does, else an x."""
        offered = self.surface.offered(row, column)
        yes = (text for text in offered if self.words.tick(text) == "yes" or text.casefold() in ("x", "✓", "✔"))
        asked = (self.words.asked_mark(self.surface.text(each, column)) for each in self.block.heads)
        return next(yes, "") or next(filter(None, asked), "x")

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
