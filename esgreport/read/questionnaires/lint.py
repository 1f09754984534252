"""What is odd about a questionnaire, as findings: contradictions, doublets, empty lists; it mends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from esgreport.definitions import Definitions
from esgreport.model import Finding, Source, cell_reference, column_letters
from esgreport.questionnaire import Place, Question
from esgreport.read.questionnaires.deadlines import days_in
from esgreport.read.questionnaires.drafts import Position, WhyNot
from esgreport.read.questionnaires.parts import Rule
from esgreport.read.questionnaires.sheets import SheetReader
from esgreport.read.questionnaires.shown import plain
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words
from esgreport.texts import day_in_words

LONGEST_INSTRUCTION = 2_000
"""Letters of a text that is looked through for a deadline."""
SHORTEST_DOUBLET = 16
"""Letters of a question that is the same as another: "Comment" may well stand there twice."""
_CODES: tuple[tuple[WhyNot, str], ...] = (
    ("no_answer_cell", "QST-05"),
    ("locked", "QST-06"),
    ("formula", "QST-07"),
    ("filled", "QST-09"),
    ("boxes_in_text", "QST-10"),
)
"""What is said once a sheet about questions that cannot be written to."""


@dataclass(frozen=True)
class Inspector:
    """Makes the findings of one questionnaire, in a language."""

    definitions: Definitions
    language: str
    shown: str

    def findings(
        self, readers: Sequence[SheetReader], questions: Sequence[Question], hidden: Sequence[Surface]
    ) -> Iterator[Finding]:
        """The findings, sheet by sheet."""
        for reader in readers:
            name = reader.surface.name
            own = [question for question in questions if question.source.sheet == name]
            yield from self._contradictions(reader.surface, own)
            yield from self._unwritable(own)
            yield from self._rules(reader.surface, reader.words, own)
            yield from self._hidden_parts(reader.surface)
        yield from self._deadlines(readers, questions)
        yield from self._doublets(questions)
        yield from self._hidden_sheets(hidden, questions)

    def _find(self, code: str, source: Source, **values: object) -> Finding:
        return self.definitions.finding(code, source, self.language, **values)

    def _at(self, sheet: str, place: Position) -> Source:
        return Source(self.shown, sheet, cell_reference(*place))

    # ── instructions ──

    @cached_property
    def _named_column(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in self.definitions.structure.cells.columns.all)
        return re.compile(rf"\b(?:{words})\s+[„“\"«]?([A-Z]{{1,2}})\b", re.IGNORECASE)

    def _contradictions(self, surface: Surface, questions: Sequence[Question]) -> Iterator[Finding]:
        """Instructions that name different columns for the answers, or another than the one that is there."""
        named: dict[str, Position] = {}
        for place, text in surface.texts.items():
            for found in self._named_column.finditer(text):
                if found[1].isupper():
                    named.setdefault(found[1], place)
        answers = {column_letters(question.answer.column) for question in questions if question.answer}
        answers |= {column_letters(option.mark.column) for each in questions for option in each.options if option.mark}
        if not answers or not named or set(named) <= answers:
            return
        wrong = next(letters for letters in named if letters not in answers)
        taken = ", ".join(sorted(answers, key=lambda letters: (len(letters), letters)))
        yield self._find("QST-01", self._at(surface.name, named[wrong]), named=", ".join(sorted(named)), taken=taken)

    def _deadlines(self, readers: Sequence[SheetReader], questions: Sequence[Question]) -> Iterator[Finding]:
        """Instructions that name several days for the return."""
        asked = {(question.source.sheet, question.source.cell) for question in questions}
        named: dict[date, Source] = {}
        for reader in readers:
            for place, text in reader.surface.texts.items():
                source = self._at(reader.surface.name, place)
                if (source.sheet, source.cell) in asked or len(text) > LONGEST_INSTRUCTION:
                    continue
                if reader.words.names_deadline(text):
                    named |= {day: source for day in days_in(text) if day not in named}
        if len(named) > 1:
            days = ", ".join(day_in_words(day, self.language) for day in sorted(named))
            yield self._find("QST-12", list(named.values())[-1], named=days)

    # ── questions ──

    def _doublets(self, questions: Sequence[Question]) -> Iterator[Finding]:
        first: dict[tuple[str, str, int | None, str], Question] = {}
        for question in questions:
            words = plain(question.text)
            if len(words) < SHORTEST_DOUBLET or not question.writable:
                continue
            known = first.setdefault((words, question.unit, question.year, question.section), question)
            if known is not question and known.answer != question.answer:
                yield self._find("QST-02", question.source, other=_place_of(known.source, question.source))

    def _unwritable(self, questions: Sequence[Question]) -> Iterator[Finding]:
        for why, code in _CODES:
            those = [question for question in questions if question.why_not == why]
            if those:
                yield self._find(code, _answer_source(those[0], self.shown), count=len(those))

    # ── what may be entered ──

    def _rules(self, surface: Surface, words: Words, questions: Sequence[Question]) -> Iterator[Finding]:
        seen: set[Rule] = set()
        for question in questions:
            place = question.answer
            rule = surface.rule(place.row, place.column) if place else None
            if rule is None or place is None:
                continue
            if rule.kind in ("whole", "decimal") and words.kind(question.text) == "text":
                at = self._at(surface.name, (place.row, place.column))
                yield self._find("QST-13", at, asked=question.text[:80])
            if rule in seen:
                continue
            seen.add(rule)
            source = self._at(surface.name, (place.row, place.column))
            if rule.kind == "list" and not surface.offered(place.row, place.column):
                yield self._find("QST-08" if "(" in rule.first else "QST-03", source, rule=rule.first[:80])
            elif _is_impossible(rule):
                yield self._find("QST-03", source, rule=f"{rule.first[:40]} … {rule.second[:40]}")

    # ── what is hidden ──

    def _hidden_parts(self, surface: Surface) -> Iterator[Finding]:
        """Text in hidden rows and columns: a count a sheet, nothing of what it says."""
        hidden = [
            place for place, cell in surface.cells.items() if cell.value not in (None, "") and not surface.shows(*place)
        ]
        if hidden:
            yield self._find("QST-11", self._at(surface.name, min(hidden)), count=len(hidden))

    def _hidden_sheets(self, hidden: Sequence[Surface], questions: Sequence[Question]) -> Iterator[Finding]:
        """Hidden sheets that hold what visible ones ask, with something beside it."""
        asked = {plain(question.text) for question in questions}
        for surface in hidden:
            answered = [
                place for place, text in surface.texts.items() if plain(text) in asked and _has_beside(surface, place)
            ]
            if answered:
                yield self._find("QST-04", self._at(surface.name, answered[0]), count=len(answered))


def _has_beside(surface: Surface, place: Position) -> bool:
    columns = surface.by_row.get(place[0], ())
    return any(column > place[1] for column in columns)


def _is_impossible(rule: Rule) -> bool:
    """Whether a rule lets nothing pass: a span whose end lies before its beginning."""
    if rule.kind not in ("whole", "decimal", "date", "textLength") or rule.operator not in ("", "between"):
        return False
    try:
        return float(rule.first) > float(rule.second)
    except ValueError:
        return False


def _answer_source(question: Question, shown: str) -> Source:
    place: Place | None = question.answer
    return Source(shown, place.sheet, cell_reference(place.row, place.column)) if place else question.source


def _place_of(other: Source, here: Source) -> str:
    return other.cell if other.sheet == here.sheet else f"{other.sheet}!{other.cell}"
