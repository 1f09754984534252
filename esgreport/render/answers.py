"""The review of answers as one HTML page in the report's design: what a person must look at; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, in_language
from esgreport.errors import RenderError
from esgreport.model import Filing, Source, cell_reference
from esgreport.questionnaire import Answer, Answers, AnswerState
from esgreport.render.pages import environment, policy, style_sheet, template_file, trusted
from esgreport.texts import Translate, day_in_words, translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

CAP_PLACES = ("inside", "decline", "outside", "ask")
"""Where a question stands to the cap: inside, above and may be declined, outside its scope, cannot be told."""


@dataclass(frozen=True, slots=True)
class Row:
    """An answer as the page shows it: the name links lead to it by, and where it stands to the cap."""

    anchor: str
    answer: Answer
    cap: str

    @property
    def section(self) -> str:
        """The section it stands in, its sheet where the sheet has none."""
        return self.answer.question.section or self.answer.question.source.sheet


@dataclass(frozen=True, slots=True)
class Covered:
    """A disclosure of our report that answers questions of the questionnaire."""

    code: str
    title: str
    theme: str
    rows: tuple[Row, ...]


def render_answers(found: Answers, filing: Filing, definitions: Definitions, language: str) -> str:
    """The review as one self-contained HTML document; what stands in a customer's file is escaped wherever it lands.

    Errors: RenderError when a template is wrong.
    """
    from jinja2 import TemplateError

    say = translator(language)
    style, script = style_sheet("report.css", "findings.css", "answers.css"), template_file("answers.js").strip()
    rows = tuple(_rows(found.answers))
    try:
        return (
            _environment()
            .get_template("answers.html.j2")
            .render(
                _=say,
                language=language,
                found=found,
                company=filing.entity.name,
                file=PurePath(found.questionnaire.file).name,
                period=_period(filing, language),
                rows=rows,
                states=state_words(say),
                places=place_words(say),
                languages={code: known.name for code, known in definitions.languages.items()},
                counts=_counted(rows),
                caps=_caps(rows),
                sections=tuple(dict.fromkeys(row.section for row in rows)),
                covered=tuple(_covered(rows, filing, definitions, language)),
                where=place_of,
                caveats=[in_language(each.text, language) for each in definitions.law.cap.caveats],
                paragraph=lambda text: definitions.law.paragraph(text, language),
                cell=lambda place: cell_reference(place.row, place.column),
                style=trusted(style),
                script=trusted(script),
                policy=policy(style, script),
            )
        )
    except TemplateError as error:
        raise RenderError(f"templates/{getattr(error, 'name', None) or 'answers.html.j2'}: {error}.") from error


def _period(filing: Filing, language: str) -> str:
    return " – ".join(day_in_words(day, language) for day in (filing.period.start, filing.period.end) if day)


def state_words(say: Translate) -> Mapping[AnswerState, str]:
    """How the states are called."""
    return {
        AnswerState.ANSWERED: say("Answered"),
        AnswerState.ZERO: say("Answered: nought"),
        AnswerState.NEEDS_REVIEW: say("For you to decide"),
        AnswerState.NOT_TRACKED: say("Not tracked"),
        AnswerState.NOT_APPLICABLE: say("Not applicable"),
        AnswerState.WITHHELD: say("Withheld"),
        AnswerState.NOT_OURS: say("Not ours"),
    }


def place_words(say: Translate) -> Mapping[str, str]:
    """How the places are called in which a question can stand to the cap."""
    words = (
        say("Inside the cap"),
        say("Above the cap, may be declined"),
        say("Outside the cap’s scope"),
        say("Cannot be told: ask what it is for"),
    )
    return dict(zip(CAP_PLACES, words, strict=True))


def cap_place(answer: Answer) -> str:
    """Where a question stands to the cap; empty where it is about the company itself."""
    verdict = answer.cap
    if verdict is None:
        return ""
    if verdict.protects is False:
        return "outside"
    if verdict.inside is True:
        return "inside"
    return "decline" if verdict.may_decline else "ask"


def place_of(source: Source) -> str:
    """File, by name alone, sheet and cell of a piece of evidence."""
    cell = f"{source.sheet}!{source.cell}" if source.sheet and source.cell else source.sheet
    return f"{PurePath(source.file).name} {cell}".strip()


def _rows(answers: Iterable[Answer]) -> Iterator[Row]:
    for number, answer in enumerate(answers, start=1):
        yield Row(f"q-{number}", answer, cap_place(answer))


def _counted(rows: tuple[Row, ...]) -> Mapping[AnswerState, int]:
    states = [row.answer.state for row in rows]
    return {state: states.count(state) for state in AnswerState if state in states}


def _caps(rows: tuple[Row, ...]) -> Mapping[str, int]:
    places = [row.cap for row in rows]
    return {place: places.count(place) for place in CAP_PLACES if place in places}


def _covered(rows: tuple[Row, ...], filing: Filing, definitions: Definitions, language: str) -> Iterator[Covered]:
    """The disclosures that answer something, in the standard's order: one report and this list may do for a form."""
    homes = {
        row.anchor: definitions.disclosure_of(row.answer.concepts[0], filing.edition)
        for row in rows
        if row.answer.concepts and row.answer.state in (AnswerState.ANSWERED, AnswerState.ZERO)
    }
    for disclosure in definitions.disclosures:
        own = tuple(row for row in rows if homes.get(row.anchor) is disclosure)
        if own:
            yield Covered(disclosure.code, in_language(disclosure.title, language), disclosure.theme, own)


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
