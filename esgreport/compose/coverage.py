"""Which part of our report answers which questions of a customer, and on which pages; it answers none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.definitions import Definitions, in_language
from esgreport.definitions.targets import OfCustomers, OfProfile
from esgreport.model import Filing
from esgreport.questionnaire import Answer, AnswerState, Covered, ReportPages
from esgreport.texts import translator

_GIVEN = (AnswerState.ANSWERED, AnswerState.ZERO)
_ABOUT, _CUSTOMERS = "about", "customers"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What finds the parts of a report: the filing it is of, its pages where it is at hand, a reader's language."""

    filing: Filing
    definitions: Definitions
    language: str
    report: ReportPages | None = None

    def of(self, answers: tuple[Answer, ...]) -> tuple[Covered, ...]:
        """The parts of the report that answer something, in its order, each with the questions it answers."""
        homes: dict[str, list[str]] = {}
        for each in answers:
            if each.state in _GIVEN and not self._typed(each) and (home := self._home(each)):
                homes.setdefault(home, []).append(each.question.id)
        order = [_ABOUT, *(each.code for each in self.definitions.disclosures), _CUSTOMERS]
        return tuple(self._covered(code, tuple(homes[code])) for code in order if code in homes)

    def _typed(self, answer: Answer) -> bool:
        """Whether a person said something else than we report."""
        return answer.decided and not answer.ours

    def _home(self, answer: Answer) -> str:
        """The part of the report that gives an answer; empty where none does."""
        if answer.concepts:
            disclosure = self.definitions.disclosure_of(answer.concepts[0], self.filing.edition)
            return disclosure.code if disclosure and self._is_there(disclosure.code.lower()) else ""
        target = self.definitions.targets.get(answer.target)
        if target and isinstance(target.how, OfProfile) and target.how.part:
            return _ABOUT if self._is_there(_ABOUT) else ""
        if target and isinstance(target.how, OfCustomers) and self.report and self._is_there("part-customers"):
            return _CUSTOMERS
        return ""

    def _is_there(self, mark: str) -> bool:
        return self.report is None or mark in self.report.marks

    def _covered(self, code: str, questions: tuple[str, ...]) -> Covered:
        say = translator(self.language)
        if code == _ABOUT:
            return Covered("", say("About this report"), "general", "", self._pages(_ABOUT), questions)
        if code == _CUSTOMERS:
            title = in_language(self.definitions.answering.settings.customers_chapter, self.language)
            return Covered("", title, _CUSTOMERS, "", self._pages("part-customers", _CUSTOMERS), questions)
        disclosure = next(each for each in self.definitions.disclosures if each.code == code)
        reference = disclosure.editions.get(self.filing.edition)
        paragraph = self.definitions.law.paragraph(reference.paragraph, self.language) if reference else ""
        title = in_language(disclosure.title, self.language)
        return Covered(code, title, disclosure.theme, paragraph, self._pages(code.lower()), questions)

    def _pages(self, first: str, parts: str = "") -> tuple[str, ...]:
        """The printed numbers of the first and the last page of a part; one where it is on one."""
        places = sorted(self._marked(first, f"{parts or first}-"))
        return tuple(dict.fromkeys(label for _, label in (*places[:1], *places[-1:])))

    def _marked(self, first: str, beginning: str) -> Iterator[tuple[int, str]]:
        for mark, place in (self.report.marks if self.report else {}).items():
            if mark == first or mark.startswith(beginning):
                yield place


def where_of(covered: tuple[Covered, ...]) -> dict[str, Covered]:
    """The part of the report by the question it answers."""
    return {question: each for each in covered for question in each.questions}
