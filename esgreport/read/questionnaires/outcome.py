"""Questions of what was found on the sheets: places, options, kind of answer, language, identifiers; it finds none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from esgreport.model import Source, cell_reference
from esgreport.questionnaire import AnswerKind, ListColumn, Option, Place, Question
from esgreport.read.questionnaires.drafts import Choice, Draft, Position, WhyNot
from esgreport.read.questionnaires.languages import Languages
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words
from esgreport.read.styles import number_format

_NUMERIC = frozenset(("whole", "decimal"))


@dataclass(frozen=True)
class Finisher:
    """Makes the questions of one sheet."""

    file: str
    surface: Surface
    words: Words
    openings: Openings
    languages: Languages

    def questions(self, drafts: Sequence[Draft], language: str) -> list[Question]:
        """The questions, with identifiers that are unique on the sheet, which is in that language."""
        seen = Counter(draft.place for draft in drafts)
        made = [self._question(draft, self.languages.of_one(draft.text, language), seen) for draft in drafts]
        made = _unique(made)
        known = {question.id for question in made}
        return [question if question.parent in known else replace(question, parent="") for question in made]

    def _question(self, draft: Draft, language: str, seen: Mapping[Position, int]) -> Question:
        choices = draft.choices or self._offered(draft.answer) or self._drawn(draft)
        unit = draft.unit or self.words.unit_in(draft.text)
        why = self._why_not(draft, language)
        return Question(
            id=self._id(draft, seen),
            source=Source(self.file, self.surface.name, cell_reference(*draft.place)),
            text=draft.text,
            language=language,
            kind=self._kind(draft, choices, unit),
            section=draft.section,
            guidance=draft.guidance or self._note(draft),
            unit=unit,
            year=draft.year,
            answer=self._place(draft.answer),
            unit_place=self._place(draft.unit_place),
            comment=self._place(draft.comment) if draft.comment != draft.answer else None,
            evidence=self._place(draft.evidence) if draft.evidence != draft.answer else None,
            options=tuple(Option(each.text, self._place(each.mark), each.writes, each.given) for each in choices),
            several=draft.several,
            depends=self._depends(draft),
            units=self._units(draft),
            columns=tuple(self._columns(draft)),
            parent=f"{self.surface.name}!{cell_reference(*draft.parent)}" if draft.parent else "",
            writable=not why,
            why_not=why,
        )

    def _note(self, draft: Draft) -> str:
        """The note on the question or its answer cell, else what Excel shows when that is selected."""
        notes = self.surface.notes
        note = notes.get(draft.place) or (notes.get(draft.answer) if draft.answer else None)
        rule = self.surface.rule(*draft.answer) if draft.answer else None
        return note or (rule.prompt if rule else "")

    def _id(self, draft: Draft, seen: Mapping[Position, int]) -> str:
        at = draft.answer if seen[draft.place] > 1 and draft.answer else draft.place
        return f"{self.surface.name}!{cell_reference(*at)}"

    def _place(self, position: Position | None) -> Place | None:
        if position is None:
            return None
        text = self.surface.text(*position) or ("" if not self.surface.cell(*position).formula else "=")
        return Place(
            sheet=self.surface.name,
            row=position[0],
            column=position[1],
            number_format=self.surface.number_format(*position),
            holds="" if self._is_open(position) else text,
            locked=self.surface.locked(*position),
        )

    def _offered(self, answer: Position | None) -> tuple[Choice, ...]:
        offered = self.surface.offered_by_entry(*answer) if answer else ()
        return tuple(Choice(text, given=entry) for entry, text in offered if self._is_offer(text))

    def _depends(self, draft: Draft) -> Place | None:
        return self._place(self.surface.depends_on(*draft.answer)) if draft.answer else None

    def _units(self, draft: Draft) -> tuple[str, ...]:
        return tuple(choice.text for choice in self._offered(draft.unit_place))

    def _is_offer(self, text: str) -> bool:
        """Whether an entry of a drop-down is an answer; stars are, `please select` is none."""
        if not any(sign.isalnum() for sign in text):
            return text.strip(" .…-–—_") != ""
        return not self.words.is_placeholder(text) or self.words.tick(text) is not None

    def _drawn(self, draft: Draft) -> tuple[Choice, ...]:
        """The words beside boxes that are drawn in the answer cell, or behind the question in its own."""
        text = self.surface.text(*draft.answer) if draft.answer else ""
        return tuple(Choice(word) for word in self.words.choices_in(text))

    def _columns(self, draft: Draft) -> Iterator[ListColumn]:
        for column in draft.columns:
            places = tuple(place for at in column.places if (place := self._place(at)))
            offered = tuple(choice.text for choice in self._offered(column.places[0]))
            yield ListColumn(column.head, places, column.unit, offered)

    # ── may it be written ──

    def _why_not(self, draft: Draft, language: str) -> WhyNot:
        if draft.is_example or self.words.is_signature(draft.text, language):
            return "example" if draft.is_example else "signature"
        if draft.answer is None:
            drawn = self.words.boxes_in(draft.text) or draft.choices
            return "boxes_in_text" if drawn else "no_answer_cell"
        return self._closed(draft, draft.answer)

    def _closed(self, draft: Draft, answer: Position) -> WhyNot:
        places = list(dict.fromkeys([answer, *(choice.mark for choice in draft.choices if choice.mark)]))
        if all(self.surface.cell(*place).formula for place in places):
            return "formula"
        if draft.is_shaded or all(self.surface.locked(*place) for place in places):
            return "shaded" if draft.is_shaded else "locked"
        if any(not self._is_open(place) for place in places):
            text = self.surface.text(*answer)
            return "boxes_in_text" if self.words.boxes_in(text) else "filled"
        return ""

    def _is_open(self, place: Position) -> bool:
        """Whether nothing was answered there: empty, or the cell of a check-box that is not ticked."""
        return self.openings.is_empty(*place) or (self.surface.value(*place) is False and bool(self.surface.boxes))

    # ── what kind of answer ──

    def _kind(self, draft: Draft, choices: Sequence[Choice], unit: str) -> AnswerKind:
        if draft.is_table:
            return "table"
        if choices:
            return "boolean" if self._is_yes_or_no(choices) else "choice"
        measured = bool(unit) or self._takes_units(draft)
        by_place = self._kind_of_cell(draft.answer) or ("number" if measured else self._kind_of_sort(draft.sort))
        if by_place:
            return by_place
        by_words = self.words.kind(draft.text)
        if draft.is_value:
            return by_words if by_words in ("boolean", "date", "text") else "number"
        return by_words or "text"

    def _takes_units(self, draft: Draft) -> bool:
        """Whether a unit is to be chosen beside the answer."""
        units = self._units(draft)
        return bool(units) and all(self.words.is_unit(text) for text in units)

    def _kind_of_sort(self, sort: str) -> AnswerKind | None:
        """What an "answer type" column says; a sentence there says something else."""
        return self.words.sort(sort) if sort and len(sort) <= 40 else None

    def _is_yes_or_no(self, choices: Sequence[Choice]) -> bool:
        ticks = [self.words.tick(choice.text) for choice in choices]
        return {"yes", "no"} <= set(ticks) and all(tick in ("yes", "no", "none") for tick in ticks)

    def _kind_of_cell(self, answer: Position | None) -> AnswerKind | None:
        if answer is None:
            return None
        rule = self.surface.rule(*answer)
        if rule is not None and rule.kind in _NUMERIC:
            return "number"
        if rule is not None and rule.kind in ("date", "time"):
            return "date"
        code = self.surface.number_format(*answer)
        if code in ("General", "@"):
            return None
        shown_as = number_format(code)
        return "date" if shown_as.is_date else "number" if any(sign in code for sign in "0#") else None


def _unique(questions: Sequence[Question]) -> list[Question]:
    """The questions, with a number behind an identifier that another has."""
    seen = Counter[str]()
    found = []
    for question in questions:
        seen[question.id] += 1
        count = seen[question.id]
        found.append(question if count == 1 else replace(question, id=f"{question.id} ({count})"))
    return found
