"""The nouns of a customer's questionnaire, from the file that arrived to its answers; no room's work is done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from esgreport.assessment import CapVerdict, Purpose
from esgreport.model import Area, Finding, Period, Source

AnswerKind = Literal["number", "boolean", "choice", "text", "date", "table"]
"""What a question wants: `choice` also where options stand below it or marks are set, `table` for a grid of cells."""

# ── the questionnaire as it arrived ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the questionnaire, the anchor where it is merged; `number_format` as stored, `holds` what is in it.

    `holds` is empty for an empty cell and for a mere placeholder ("please select"); then it may be written.
    """

    sheet: str
    row: int
    column: int
    number_format: str = "General"
    holds: str = ""
    locked: bool = False
    """Whether the sheet's protection forbids to fill it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers offered: its text verbatim; `mark` is the cell that picks it, where each has its own.

    `writes` is what picks it there ("x", "yes", true for the linked cell of a check-box); empty where `text` itself is
    written into the question's answer cell.
    """

    text: str
    mark: Place | None = None
    writes: str | bool = ""
    given: str = ""
    """The entry of the cell the drop-down depends on, under which alone this is offered."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list that is filled in row by row: its head, its cells from above to below, what may stand there.

    `unit` is the one its head names, `options` what a drop-down in its cells offers.
    """

    head: str
    places: tuple[Place, ...]
    unit: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it says, where, in which language, what answer it wants and where that goes.

    `id` is unique in the questionnaire: the number the customer gave it where that is unique, else `Sheet!B7`.
    `text` is what a person reads as the question, row and column heading of a grid joined by " – ". `parent` is the id
    of the question it hangs on (a follow-up, an option that asks for detail). `answer` is None where the sheet has no
    place for one. `year` is the year asked for, where the sheet says; `columns` those of a list to fill in.
    """

    id: str
    source: Source
    text: str
    language: str
    kind: AnswerKind
    section: str = ""
    guidance: str = ""
    unit: str = ""
    year: int | None = None
    answer: Place | None = None
    unit_place: Place | None = None
    comment: Place | None = None
    evidence: Place | None = None
    options: tuple[Option, ...] = ()
    several: bool = False
    """Whether more than one option may be picked."""
    depends: Place | None = None
    """The cell whose entry decides which options are offered."""
    units: tuple[str, ...] = ()
    """The units offered, where the cell for the unit has a drop-down."""
    columns: tuple[ListColumn, ...] = ()
    parent: str = ""
    writable: bool = True
    """Whether the answer may be written: False for an example, a formula, a locked or a filled cell; `why_not` says."""
    why_not: str = ""
    """A word: `no_answer_cell`, `example`, `formula`, `locked`, `filled`, `shaded`, `boxes_in_text`, `signature`."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """How one sheet was understood, in words of the layout file; `columns` maps a role to letters (`question: C`)."""

    sheet: str
    kind: Literal["table", "form", "transposed", "list", "none"]
    language: str = ""
    header_rows: tuple[int, ...] = ()
    first_row: int = 0
    last_row: int = 0
    columns: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire as it arrived: its questions in reading order, how it was understood, what is odd about it."""

    file: str
    digest: str
    layout: tuple[SheetLayout, ...]
    questions: tuple[Question, ...]
    lint: tuple[Finding, ...] = ()
    form: str = ""
    """Fingerprint of the form (sheets, headings, questions; no answers), by which a corrected layout is remembered."""


# ── what a question asks for ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something of ours that a question may ask for, with the probability that it does.

    `target` is the id of an entry of `schemas/targets.yaml`, or the name of a concept. `member` is that of an axis the
    question names (`FemaleMember`, `BaselineYearMember`). `words` are the words of the question it rests on.
    """

    target: str
    probability: Decimal
    member: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a question asks for, best first; `nothing` is the probability that it asks for nothing we know.

    `gates` name the reasons why a person must look, whatever the probability (codes of `schemas/lexicon/gates.yaml`).
    """

    question: str
    candidates: tuple[Candidate, ...]
    nothing: Decimal
    gates: tuple[str, ...] = ()


# ── the answers ──────────────────────────────────────────────────────────────────────────────────────────────


class AnswerState(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NOT_TRACKED = "not_tracked"
    WITHHELD = "withheld"
    NEEDS_REVIEW = "needs_review"
    NOT_OURS = "not_ours"


AnswerValue = Decimal | bool | str | tuple[str, ...] | None
"""A number in `unit` (a percentage as a fraction), yes or no, a text or an ISO day, chosen options; None for none."""


DecisionAction = Literal["accept", "value", "decline", "not_ours", "not_tracked", "not_applicable"]
"""What a person decides: to take a suggestion, to say something else, to decline, or why there is no answer."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a question.

    `number` is that of the suggestion taken, counted from 1; `target` what it was a suggestion of, by which it is
    remembered. `value` is what is said instead, as it would stand in the form: a number in the unit asked for, 52 where
    per cent are. `reason` goes with an answer that is not given.
    """

    action: DecisionAction
    number: int = 1
    target: str = ""
    value: AnswerValue = None
    reason: str = ""
    remembered: bool = False
    """Whether it was decided in an earlier run, about a question of the same words."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate with the answer it would give, for the person who decides."""

    target: str
    label: str
    probability: Decimal
    value: AnswerValue = None
    shown: str = ""
    unit: str = ""
    evidence: tuple[Source, ...] = ()
    doubt: str = ""
    """Why a person must look before it is given, in words; empty where nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: its state, what is said and written where, on what evidence, how sure, and why.

    `value` is in `unit`, the unit the question asks for; `shown` is the text a person reads, in the form's language.
    `remark` goes into the comment cell (period, boundary, base that differs). `concepts` are the standard's concepts
    the answer stands on, the asked one first. `written` tells whether the cell of the customer's file was filled.
    """

    question: Question
    state: AnswerState
    why: str
    target: str = ""
    concepts: tuple[str, ...] = ()
    value: AnswerValue = None
    shown: str = ""
    unit: str = ""
    picked: tuple[str, ...] = ()
    """The options that are picked, verbatim."""
    period: Period | None = None
    remark: str = ""
    confidence: Decimal | None = None
    evidence: tuple[Source, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    cap: CapVerdict | None = None
    decided: bool = False
    """Whether a person decided it, in this run or an earlier one."""
    written: bool = False
    cells: tuple[CellWrite, ...] = ()
    """The cells of a list that is filled in row by row."""
    ours: str = ""
    """What it is in our own unit, as text: the same for the same figure whatever the form's unit; empty where typed."""


@dataclass(frozen=True, slots=True)
class CellWrite:
    """What is written into one cell: a number, yes or no as a boolean, or text; never over something that is there."""

    area: Area
    value: Decimal | bool | str


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers to a questionnaire, with what its check said, for whom and from what they were given."""

    questionnaire: Questionnaire
    answers: tuple[Answer, ...]
    purpose: Purpose
    customer: str = ""
    findings: tuple[Finding, ...] = ()
    decisions: Mapping[str, Decision] | None = None
    """Decisions that were handed in or remembered, by the id of the question."""


# ── what it still takes, and where the report says it ──────────────────────────────────────────────────────────

CapPlace = Literal["", "inside", "decline", "outside", "ask"]
CAP_PLACES: tuple[CapPlace, ...] = ("inside", "decline", "outside", "ask")
"""Where a question stands to the cap: inside, above and may be declined, outside its scope, cannot be told."""


def cap_place(answer: Answer) -> CapPlace:
    """Where a question stands to the cap; empty where it is about the company itself."""
    verdict = answer.cap
    if verdict is None:
        return ""
    if verdict.protects is False:
        return "outside"
    if verdict.inside is True:
        return "inside"
    return "decline" if verdict.may_decline else "ask"


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many questions are in each state and stand where to the cap, and what is still to be done.

    `within` counts those that ask for no more than the cap allows, whether it protects us in this case or not;
    `minutes` is what deciding what is open may take; `efforts` how many ask for what nobody keeps: low, medium, high.
    """

    states: Mapping[AnswerState, int]
    places: Mapping[CapPlace, int]
    within: int
    minutes: int
    efforts: Mapping[str, int]

    @property
    def share(self) -> Decimal | None:
        """The share of `within` among the questions about sustainability; None where there is none."""
        every = sum(self.places.values())
        return Decimal(self.within) / every if every else None


@dataclass(frozen=True, slots=True)
class ReportPages:
    """A report as published: file, whose, what of, and the page of each mark: counted from 1, and as printed."""

    file: str
    company: str
    subject: str
    marks: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Covered:
    """A part of our report that answers questions, by their ids: a disclosure by its code, or a chapter without one.

    `paragraph` is where the standard has it; `pages` the printed numbers of its first and last page, none where the
    report is not at hand.
    """

    code: str
    title: str
    theme: str
    paragraph: str
    pages: tuple[str, ...]
    questions: tuple[str, ...]


# ── what was said to whom ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given: to whom, in which form and file, on which question, what of, for which period.

    `ours` is the figure in our own unit, by which answers are compared; `boundary` for whom it is (individual,
    consolidated). `digest` is that of the file that went back. `later` is what the same customer was told since about
    the same, where it is something else.
    """

    customer: str
    form: str
    file: str
    question: str
    text: str
    datapoint: str
    period: Period | None
    boundary: str
    shown: str
    ours: str
    state: str
    evidence: tuple[str, ...]
    day: date
    digest: str
    later: str = ""


# ── the letters that go with them ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LetterItem:
    """A question a letter names: its number, its words, and what is said of it."""

    number: str
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language before any format. In its texts, what nobody knows stands as `[[what is missing]]`.

    `title` is what we call it, `subject` what the reader sees. A paragraph is text, or the items in a table under the
    headings. `language` decides how a letter looks: who stands where, and the date.
    """

    kind: str
    language: str
    title: str
    subject: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_day: str
    reference: tuple[tuple[str, str], ...]
    salutation: str
    paragraphs: tuple[str | tuple[LetterItem, ...], ...]
    headings: tuple[str, str, str]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    enclosures: tuple[str, ...] = ()
    enclosures_label: str = ""
