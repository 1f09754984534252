"""The letters that go with an answered questionnaire: which ones, to whom, with what in them; it draws none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import Literal

from esgreport.compose.coverage import Coverage, where_of
from esgreport.compose.numbers import Numbers
from esgreport.definitions import Definitions, in_language
from esgreport.definitions.letters import Case, LetterText, LetterWords
from esgreport.model import Filing, Period
from esgreport.questionnaire import Answer, Answers, AnswerState, Covered, Letter, LetterItem, ReportPages

_GIVEN = (AnswerState.ANSWERED, AnswerState.ZERO, AnswerState.NOT_APPLICABLE)
_OPEN = (AnswerState.NEEDS_REVIEW, AnswerState.NOT_TRACKED)
_CONTACT = {"contact": "profile:contact_name", "phone": "profile:contact_phone", "email": "profile:contact_email"}


_LAST: Mapping[str, Literal["paragraph", "disclosure"]] = {"reference": "disclosure"}
"""What the last column of a letter's table is, where it is no remark."""


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """How letters are written: in which language, on which day (None leaves it out), and what people said of us.

    `average` is the average number of employees, people and not equivalents, of the year; None where it is not known.
    `report` is our report as it was published, so that the cross-reference names its pages.
    """

    language: str
    day: date | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    average: Decimal | None = None
    report: ReportPages | None = None


def letters(answers: Answers, filing: Filing, definitions: Definitions, options: LetterOptions) -> tuple[Letter, ...]:
    """The letters this questionnaire calls for, in the language of the options or English.

    The cover note and the offer of the report always; the question what it is for where nobody knows and something
    hangs on it; a partial answer where something is withheld; a declaration unless we are known to be too large; the
    list of where the report answers what, where it answers something.
    """
    writer = _Writer(answers, filing, definitions, options)
    return tuple(writer.letter(text) for text in writer.words.letters if writer.called_for(text))


@dataclass(frozen=True)
class _Writer:
    answers: Answers
    filing: Filing
    definitions: Definitions
    options: LetterOptions

    @cached_property
    def words(self) -> LetterWords:
        """The words of the language."""
        return self.definitions.answering.letters(self.options.language)

    @cached_property
    def numbers(self) -> Numbers:
        """Numbers and days in the language."""
        return Numbers(self.words.language)

    # ── which letters ──

    def called_for(self, text: LetterText) -> bool:
        """Whether a letter of that kind is of use."""
        limit = self.definitions.law.cap.protected.employees_at_most
        average = self.options.average
        needed = {
            "purpose": self.answers.purpose == "unknown" and bool(self.beyond_perhaps),
            "partial": bool(self.withheld),
            "declaration": average is None or average <= limit,
            "reference": bool(self.by_reference),
        }
        return needed.get(text.kind, True)

    @property
    def withheld(self) -> tuple[Answer, ...]:
        """The answers that are not given."""
        return tuple(each for each in self.answers.answers if each.state is AnswerState.WITHHELD)

    @property
    def beyond_perhaps(self) -> tuple[Answer, ...]:
        """What would be above the cap, were it asked for a sustainability report."""
        found = (each for each in self.answers.answers if each.target and each.cap and each.cap.protects is None)
        return tuple(each for each in found if each.cap and each.cap.inside is False)

    @cached_property
    def covered(self) -> Mapping[str, Covered]:
        """The part of our report by the question it answers."""
        coverage = Coverage(self.filing, self.definitions, self.words.language, self.options.report)
        return where_of(coverage.of(self.answers.answers))

    @property
    def by_reference(self) -> tuple[Answer, ...]:
        """The answers our report gives."""
        return tuple(each for each in self.answers.answers if each.question.id in self.covered)

    def items(self, text: LetterText) -> tuple[LetterItem, ...]:
        """The questions a letter names."""
        named = {"partial": self.withheld, "reference": self.by_reference}
        chosen = named.get(text.kind, self.beyond_perhaps)
        return tuple(LetterItem(each.question.id, each.question.text, self._remark(each, text)) for each in chosen)

    def _remark(self, answer: Answer, text: LetterText) -> str:
        if text.kind == "reference":
            return self.place_in_report(self.covered[answer.question.id])
        if text.kind != "partial":
            return ""
        if answer.remark:
            return answer.remark
        if answer.cap and answer.cap.may_decline:
            return self.words.beyond
        return "" if answer.decided else self.words.sensitive

    def place_in_report(self, part: Covered) -> str:
        """The part of the report, with its pages where they are known."""
        name = f"{part.code} {part.title}".strip()
        if not part.pages:
            return name
        first, last = part.pages[0], part.pages[-1]
        pages = self.words.pages["one" if first == last else "several"].format(first=first, last=last)
        return f"{name}, {pages}"

    def holds(self, when: Sequence[Case], text: LetterText) -> bool:
        """Whether all cases hold for a letter."""
        cases = {
            "open": any(each.state in _OPEN for each in self.answers.answers),
            "items": bool(self.items(text)),
            "beyond": any(each.cap and each.cap.may_decline for each in self.withheld),
            "reference": bool(self.by_reference),
            "pages": any(part.pages for part in self.covered.values()),
        }
        return all(cases[case] for case in when)

    # ── what is in them ──

    def letter(self, text: LetterText) -> Letter:
        """The letter."""
        words = self.words
        columns = words.columns
        return Letter(
            kind=text.kind,
            language=words.language,
            title=text.title,
            subject=words.subject_mark + self.filled(text.subject),
            sender=tuple(self.sender()),
            recipient=tuple(self.recipient()),
            place_and_day=self.place_and_day(),
            reference=tuple(self.reference()),
            salutation="" if text.is_list else words.salutation,
            paragraphs=tuple(self.paragraphs(text)),
            headings=(columns["number"], columns["question"], columns[_LAST.get(text.kind, "paragraph")]),
            closing=() if text.is_list else tuple(words.closing),
            signature=() if text.is_list else (self.filing.entity.name, self.gap("signatory")),
            enclosures=tuple(text.encloses) if self.holds(text.encloses_when, text) else (),
            enclosures_label=words.enclosures,
        )

    def paragraphs(self, text: LetterText) -> Iterator[str | tuple[LetterItem, ...]]:
        """The paragraphs that stand, filled in."""
        for paragraph in text.paragraphs:
            if self.holds(paragraph.when, text):
                yield self.items(text) if paragraph.items else self.filled(paragraph.text)

    def filled(self, text: str) -> str:
        """A text with its places filled."""
        return text.format_map(self.values())

    def values(self) -> Mapping[str, str]:
        """What fills the places."""
        cap, language = self.definitions.law.cap, self.words.language
        statements = {each.id: in_language(each.text, language) for each in cap.statements}
        answers = self.answers.answers
        average = self.options.average
        return {
            **statements,
            "applies_from": in_language(cap.applies_from.text, language),
            "limit": self.numbers.number(Decimal(cap.protected.employees_at_most), 0),
            "company": self.filing.entity.name,
            "questionnaire": PurePath(self.answers.questionnaire.file).stem,
            "period": self.period(),
            "answered": str(sum(each.state in _GIVEN for each in answers)),
            "questions": str(len(answers)),
            "reference": str(len(self.by_reference)),
            "report": self.options.report.file if self.options.report else "",
            "employees": self.gap("employees") if average is None else self.numbers.number(average, 0),
        }

    def period(self) -> str:
        """The reporting period: a calendar year as its number."""
        period = self.filing.period
        year = period.end.year
        whole = period == Period(date(year, 12, 31), date(year, 1, 1))
        return str(year) if whole else self.numbers.period(period)

    def gap(self, what: str) -> str:
        """The mark of something nobody knows."""
        gaps: Mapping[str, str] = {str(key): text for key, text in self.words.gaps.items()}
        return f"[[{gaps[what].format(previous_year=self.filing.period.end.year)}]]"

    def sender(self) -> Iterator[str]:
        """Our name and address: what a person said, else that of our only site."""
        yield self.filing.entity.name
        said = [self.options.said.get(f"profile:{part}", "") for part in ("address", "postcode", "city")]
        own = said if said[0] else list(self.only_site())
        if not any(own):
            yield self.gap("address")
            return
        street, *town = own
        yield street
        yield " ".join(filter(None, town))

    def only_site(self) -> Sequence[str]:
        """Street, postal code and town of our site, where there is only one."""
        names = self.definitions.answering.settings.address
        facts = [fact for fact in self.filing.facts if fact.concept in names]
        if len({fact.dimensions for fact in facts}) != 1:
            return ()
        by_name = {fact.concept: str(fact.value) for fact in facts}
        return tuple(by_name.get(name, "") for name in names)

    def recipient(self) -> Iterator[str]:
        """The customer's name, and the department that asks."""
        if self.words.addressee:
            yield self.words.addressee
        yield self.answers.customer or self.gap("customer")
        below = (self.words.attention, self.gap("customer_address"))
        yield from reversed(below) if self.words.attention_last else below

    def place_and_day(self) -> str:
        """Where and when, as the language writes it; the place only where it is known."""
        if self.options.day is None:
            return ""
        site = self.only_site()
        place = self.options.said.get("profile:city") or (site[-1] if site else "")
        pattern = self.words.place_and_day if place else self.words.day_alone
        return pattern.format(place=place, day=self.numbers.day(self.options.day))

    def reference(self) -> Iterator[tuple[str, str]]:
        """Whom to ask and what it is about, with the words before each."""
        labels: Mapping[str, str] = {str(key): text for key, text in self.words.reference.items()}
        for part, target in _CONTACT.items():
            yield labels[part], self.options.said.get(target) or self.gap(part)
        yield labels["questionnaire"], self.values()["questionnaire"]
        yield labels["period"], self.period()
