"""The review of answers as one HTML page in the report's design: what a person must look at; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, in_language
from esgreport.errors import RenderError
from esgreport.model import Filing, Source, cell_reference
from esgreport.questionnaire import CAP_PLACES, Answer, Answers, AnswerState, Covered, Outlook, Place, cap_place
from esgreport.render.pages import environment, policy, style_sheet, template_file, trusted
from esgreport.render.readiness_text import effort_words
from esgreport.texts import Translate, day_in_words, translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


@dataclass(frozen=True, slots=True)
class Row:
    """An answer as the page shows it: the name links lead to it by, where it stands to the cap, and what it takes.

    `effort` is low, medium or high, where nobody keeps what is asked for, and `effort_reason` says why.
    """

    anchor: str
    answer: Answer
    cap: str
    effort: str = ""
    effort_reason: str = ""

    @property
    def section(self) -> str:
        """The section it stands in, its sheet where the sheet has none."""
        return self.answer.question.section or self.answer.question.source.sheet


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said beside the answers: what they still take, and where our report gives them."""

    look: Outlook
    covered: tuple[Covered, ...] = ()


def render_answers(found: Answers, filing: Filing, definitions: Definitions, language: str, beside: Beside) -> str:
    """The review as one self-contained HTML document; what stands in a customer's file is escaped wherever it lands.

    Errors: RenderError when a template is wrong.
    """
    from jinja2 import TemplateError

    say, (style, script) = translator(language), _looks()
    rows = tuple(_rows(found.answers, definitions, language))
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
                look=beside.look,
                counts=beside.look.states,
                caps=beside.look.places,
                sections=list(dict.fromkeys(row.section for row in rows)),
                covered=beside.covered,
                by_id={row.answer.question.id: row for row in rows},
                reported={question: part for part in beside.covered for question in part.questions},
                pages=lambda part: pages_text(part, say),
                where=place_of,
                cell=_cell,
                **_words(definitions, language, say),
                style=trusted(style),
                script=trusted(script),
                policy=policy(style, script),
            )
        )
    except TemplateError as error:
        raise RenderError(f"templates/{getattr(error, 'name', None) or 'answers.html.j2'}: {error}.") from error


def _words(definitions: Definitions, language: str, say: Translate) -> Mapping[str, object]:
    """The words of the page that depend on nothing but its language."""
    return {
        "states": state_words(say),
        "places": place_words(say),
        "efforts": effort_words(say),
        "whys": why_words(say),
        "languages": {code: known.name for code, known in definitions.languages.items()},
        "caveats": [in_language(each.text, language) for each in definitions.law.cap.caveats],
        "share": lambda value: _share(value, language),
        "paragraph": lambda text: definitions.law.paragraph(text, language),
    }


def _share(value: Decimal, language: str) -> str:
    """A share in whole per cent."""
    return f"{value:.0%}" if language == "en" else f"{value * 100:.0f}\u00a0%"


def _looks() -> tuple[str, str]:
    return style_sheet("report.css", "findings.css", "answers.css"), template_file("answers.js").strip()


def _cell(place: Place) -> str:
    return cell_reference(place.row, place.column)


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


def why_words(say: Translate) -> Mapping[str, str]:
    """Why the cell of an answer may not be written to, by the question's word for it."""
    return {
        "": say("may not be written"),
        "no_answer_cell": say("may not be written"),
        "example": say("an example, left as it is"),
        "formula": say("holds a formula"),
        "locked": say("locked by the sheet’s protection"),
        "filled": say("filled already, left as it is"),
        "shaded": say("greyed out by the customer"),
        "boxes_in_text": say("drawn in a text, to be marked by hand"),
        "signature": say("to be signed by a person"),
    }


def place_of(source: Source) -> str:
    """File, by name alone, sheet and cell of a piece of evidence."""
    cell = f"{source.sheet}!{source.cell}" if source.sheet and source.cell else source.sheet
    return f"{PurePath(source.file).name} {cell}".strip()


def _rows(answers: Iterable[Answer], definitions: Definitions, language: str) -> Iterator[Row]:
    for number, answer in enumerate(answers, start=1):
        row = Row(f"q-{number}", answer, cap_place(answer))
        untracked = answer.state is AnswerState.NOT_TRACKED and answer.concepts
        effort = definitions.law.efforts.get(answer.concepts[0]) if untracked else None
        reason = in_language(effort.reason, language) if effort else ""
        yield replace(row, effort=effort.level, effort_reason=reason) if effort else row


def pages_text(part: Covered, say: Translate) -> str:
    """The pages of a part of the report in words; empty where they are not known."""
    if not part.pages:
        return ""
    first, last = part.pages[0], part.pages[-1]
    if first == last:
        return say("p. %(page)s", page=first)
    return say("pp. %(first)s–%(last)s", first=first, last=last)


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
