"""A question as it is answered: its language, year, unit and boundary, with the material at hand; it answers none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.answers.having import Held, held, held_fact
from esgreport.answers.material import Material
from esgreport.answers.units import AskedUnit, asked_unit
from esgreport.definitions.answering import Answering, folded, holds_words
from esgreport.definitions.targets import OfFact, Target
from esgreport.model import Filing
from esgreport.questionnaire import Question

_BACK = re.compile(r"\b(?:N|n|Y|T|J|A)\s*[-–−]\s*([1-9])\b")  # N-1 is the year before
_YEAR = re.compile(r"(?<![\d:./])(?:19|20)\d\d(?![\d/.])")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with what it is answered from; `language` is that of the person who reviews."""

    question: Question
    material: Material
    language: str

    @property
    def answering(self) -> Answering:
        """How questions are answered."""
        return self.material.definitions.answering

    @property
    def form_language(self) -> str:
        """The language the answer is written in: the question's where we speak it."""
        known = self.material.definitions.languages
        return self.question.language if self.question.language in known else self.language

    @property
    def foreign(self) -> bool:
        """Whether our texts are known to be in another language than the form."""
        own = self.material.filing.language
        return bool(own) and own != self.form_language

    @property
    def unit(self) -> AskedUnit | None:
        """The unit the question names."""
        return asked_unit(self.question, self.answering)

    @property
    def year(self) -> int | None:
        """The year asked for: what the sheet says, else how far back (`N-1`) or the only year the words name."""
        if self.question.year:
            return self.question.year
        back = _BACK.search(self.question.text)
        if back:
            return self.material.filing.period.end.year - int(back[1] or 0)
        named = {int(found) for found in _YEAR.findall(self.question.text)}
        return named.pop() if len(named) == 1 else None if named else self._year_around()

    def _year_around(self) -> int | None:
        """The year the note or the section of a question says its figures are of."""
        for text in (self.question.guidance, self.question.section):
            named = {int(found) for found in self.answering.year_named.findall(folded(text))}
            if len(named) == 1:
                return named.pop()
        return None

    def filings(self) -> Iterator[Filing]:
        """The filings that are of the year asked for: the newest where none is."""
        if self.year is None:
            yield self.material.filing
            return
        yield from (filing for filing in self.material.filing.years if filing.period.end.year == self.year)

    def earlier(self, target: Target) -> Held | None:
        """A figure of the year asked for that a later workbook holds beside its own, as of its base year."""
        where = self.answering.settings.earlier_year
        how = target.how
        if not isinstance(how, OfFact) or how.member:
            return None
        for filing in self.material.filing.years:
            found = held_fact(how.concept, self.material.figures(filing), where.axis, where.member)
            if found and found.period and found.period.end.year == self.year:
                return found
        return None

    def boundary_doubt(self) -> str:
        """Whether one site or a group is asked about, where our figures are of something else."""
        words, text = self.answering.words, self.question.text
        if holds_words(text, words.one_site) and not self._one_site():
            return "one_site"
        return "whole_group" if holds_words(text, words.whole_group) and not self._whole_group() else ""

    def wording_doubt(self) -> str:
        """What in the words of the question leaves its answer to a person."""
        words, text = self.answering.words, self.question.text
        if holds_words(text, words.demanding):
            return "demand"
        return "year_before" if holds_words(text, words.year_before) else ""

    def _one_site(self) -> bool:
        sites = self.material.definitions.targets[self.answering.settings.boundary.sites]
        found = held(sites, self.material.figures(), ())
        return found is not None and found.value == 1

    def _whole_group(self) -> bool:
        """Whether the filing is for the group, or there is none: individual, and no subsidiaries."""
        boundary = self.answering.settings.boundary
        figures = self.material.figures()
        basis = figures.facts(boundary.concept)
        return bool(basis) and basis[0].value != boundary.alone

    def counts_full_time_equivalents(self) -> bool:
        """Whether our number of employees is one of full-time equivalents."""
        where = self.answering.settings.full_time_equivalents
        facts = self.material.figures().facts(where.concept)
        return bool(facts) and facts[0].value == where.member
