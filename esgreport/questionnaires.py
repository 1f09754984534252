"""The rooms in order for a customer's questionnaire: read, match, answer, write back; it decides nothing itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from esgreport import learned, ledger, pipeline, read
from esgreport.answers import AnswerOptions, Material, answer, doubled, halves, held_now, outlook, written
from esgreport.assessment import CapVerdict, DatapointStatus, Purpose
from esgreport.customer_metrics import CustomerMetric
from esgreport.definitions import Definitions
from esgreport.errors import EsgreportError, WorkbookError
from esgreport.model import Filing, Finding, Period, Progress
from esgreport.pipeline import silent
from esgreport.questionnaire import (
    Answers,
    CellWrite,
    Covered,
    Decision,
    Given,
    Match,
    Questionnaire,
    ReportPages,
)


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """What answers are asked for: in which language of the person who reviews, for whom, what for, what was decided."""

    language: str = ""
    edition: str = ""
    purpose: Purpose = "unknown"
    customer: str = ""
    decisions: Mapping[str, Decision] | None = None
    layout: Path | None = None
    """A file that says how the form is laid out."""
    day: date | None = None
    """The day the letters are of."""
    report: Path | None = None
    """The report of the same data as it was published, or its folder: where each answer stands in it is then said."""
    pdf: bool = False
    """Whether the letters are made as PDF as well."""
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Held:
    """What we have to answer from: the filing, customers' metrics, the language of the run, and what was found."""

    filing: Filing
    customers: tuple[CustomerMetric, ...]
    language: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """The questionnaire as it goes back: its answers, the file with them, and the parts of it that changed."""

    answers: Answers
    content: bytes
    parts_changed: tuple[str, ...]
    held: Held
    report: ReportPages | None = None


def held(sources: Sequence[Path], definitions: Definitions, request: AnswerRequest) -> Held:
    """What workbooks hold, of sustainability and of customers; the newest filing counts, earlier ones are its past.

    Errors: WorkbookError for a file of no use.
    """
    ours = [path for path in sources if not _of_customers(path, definitions)]
    reading = pipeline.read_filings(ours, definitions, request.language, request.edition, request.progress)
    own = reading.filing.language
    language = request.language or (own if own in definitions.languages else "en")
    theirs = [path for path in sources if path not in ours]
    metrics = _metrics(theirs, definitions, language) if theirs else ()
    return Held(reading.filing, metrics, language, reading.findings)


def _of_customers(path: Path, definitions: Definitions) -> bool:
    """Whether a file holds customers' data; what names concepts of the standard is told without heavy libraries."""
    if read.kind_of(path, str(path)) == "facts":
        return False
    names = {each.name for each in read.read_workbook(path, str(path)).names} if fillable(path) else set()
    return definitions.names.keys().isdisjoint(names) and read.holds_customers(path, str(path), definitions)


def _metrics(paths: Sequence[Path], definitions: Definitions, language: str) -> tuple[CustomerMetric, ...]:
    from esgreport.customers import measured, read_customers

    return measured(read_customers(paths, definitions, language), definitions, language).metrics


def answers_from(questionnaire: Questionnaire, ours: Held, definitions: Definitions, request: AnswerRequest) -> Answers:
    """The answers to a questionnaire from what we have, each knowing whether its cell is filled."""
    from esgreport.match import match

    request.progress("Finding out what each question asks for")
    matches = match(questionnaire.questions, definitions)
    parts = match(halves(questionnaire.questions, matches, definitions.answering), definitions)
    matches = doubled(matches, parts, Material(ours.filing, definitions))
    known = learned.recall(ours.filing.entity)
    earlier = known.for_questions(questionnaire.questions, ours.filing.period)
    decided = {**earlier, **(request.decisions or {})}
    options = AnswerOptions(ours.language, request.purpose, request.customer, decided)
    languages = tuple(dict.fromkeys((ours.language, *(question.language for question in questionnaire.questions))))
    material = replace(material_for(matches, ours, definitions, request.purpose, languages), said=known.said)
    return answer(questionnaire, matches, material, options)


def material_for(
    matches: Sequence[Match], ours: Held, definitions: Definitions, purpose: Purpose, languages: tuple[str, ...]
) -> Material:
    """What answers are made from: figures, customers' metrics, what became of datapoints, the cap's verdicts."""
    from esgreport.definitions.lexicon import lexicon_of
    from esgreport.measure import measure

    measured = measure(ours.filing, definitions)
    base = Material(ours.filing, definitions, measured, ours.customers)
    statuses = {language: _statuses(base, language) for language in languages if language in definitions.languages}
    gates = {code: gate.reason for code, gate in lexicon_of(definitions).gates.items()}
    return replace(base, statuses=statuses, verdicts=_verdicts(matches, base, purpose, languages[0]), gates=gates)


def _statuses(material: Material, language: str) -> Mapping[str, DatapointStatus]:
    from esgreport.readiness import applicability

    filing = material.filing
    found = applicability(filing, material.definitions, filing.edition, material.measured, language)
    return {point.concept: point for each in found for point in each.datapoints if not point.at}


def _verdicts(
    matches: Sequence[Match], material: Material, purpose: Purpose, language: str
) -> Mapping[str, CapVerdict]:
    """The cap's verdict on every concept and derived figure a question may ask for, and on what is none."""
    from esgreport.definitions.targets import concepts_of_target, metrics_of_target
    from esgreport.readiness import cap_of, request_of

    asked = request_of(material.filing, material.measured, material.definitions, purpose)
    names = {"", *(name for each in material.definitions.answering.lists.lists for name in each.concepts)}
    for match in matches:
        for candidate in match.candidates:
            target = material.target(candidate)
            names |= {*concepts_of_target(target, material.definitions.metrics), *metrics_of_target(target.how)}
    return {name: cap_of(name, asked, material.definitions, language) for name in sorted(names)}


def returned(path: Path, sources: Sequence[Path], definitions: Definitions, request: AnswerRequest) -> Returned:
    """A customer's questionnaire answered from workbooks: its answers, and the file with them.

    Errors: WorkbookError for a file of no use, RenderError for one that cannot be written to.
    """
    request.progress(f"Reading {path.name}")
    ours = held(sources, definitions, request)
    report = _report_of(ours, request)
    questionnaire = questions_of(path, definitions, ours.language, request.layout)
    answers = answers_from(questionnaire, ours, definitions, request)
    done, cells = written(answers.answers, definitions)
    if not fillable(path):
        done, cells = tuple(replace(each, written=False) for each in done), ()
    content, parts = filled(path, cells)
    if request.decisions:
        special = definitions.answering.settings.of_one_customer
        lasting = [each for each in done if each.target not in special]
        learned.remember(ours.filing.entity, lasting, request.decisions, ours.filing.period)
    return Returned(replace(answers, answers=done), content, parts, ours, report)


def _report_of(ours: Held, request: AnswerRequest) -> ReportPages | None:
    """The pages of the report. Errors: WorkbookError for a file that is none, or the report of another company."""
    if request.report is None:
        return None
    found = read.read_report_pages(request.report, str(request.report))
    own, year = ours.filing.entity.name, str(ours.filing.period.end.year)
    if found.subject and year not in found.subject:
        raise WorkbookError(f"{request.report} is the report of another year; the answers are of {year}.")
    if found.company != own:
        raise WorkbookError(f"{request.report} is the report of {found.company or 'nobody'}, the answers are of {own}.")
    return found


def fillable(path: Path) -> bool:
    """Whether answers can be written into a file; a CSV is only looked at."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


def questions_of(path: Path, definitions: Definitions, language: str, layout: Path | None = None) -> Questionnaire:
    """The questionnaire in a file, laid out as a layout file says, which is then remembered for the form.

    Errors: WorkbookError for a file of no use, DefinitionError for a wrong layout file.
    """
    if layout is None:
        return read.read_questionnaire(path, str(path), definitions, language=language)
    from esgreport.definitions.corrections import load_layout
    from esgreport.definitions.kept_layouts import remember_layout

    found = read.read_questionnaire(path, str(path), definitions, load_layout(layout), language)
    if found.form:
        remember_layout(found.form, layout)
    return found


def layout_of(path: Path, definitions: Definitions, language: str) -> str:
    """How a form was understood, as a layout file to correct. Errors: WorkbookError for a file of no use."""
    from esgreport.definitions.corrections import layout_text

    found = questions_of(path, definitions, language)
    return layout_text(found.layout, found.form)


def filled(path: Path, cells: Sequence[CellWrite]) -> tuple[bytes, tuple[str, ...]]:
    """The customer's file with cells filled, and the parts of it that changed; all others stay byte for byte.

    Errors: RenderError for a file that cannot be written to.
    """
    from esgreport.render.patch import Change, patch

    content = read.read_bytes(path, str(path))
    if not cells:
        return content, ()
    changes: dict[str, list[Change]] = {}
    for cell in cells:
        changes.setdefault(cell.area.sheet, []).append(Change(cell.area.top, cell.area.left, cell.value))
    patched = patch(content, changes)
    return patched.content, patched.parts_changed


def files_beside(found: Returned, stem: str, definitions: Definitions, request: AnswerRequest) -> Mapping[str, bytes]:
    """What goes beside the answered file, by name: the answers as JSON and as a page to review, the letters."""
    from esgreport.render.answers import Beside, render_answers
    from esgreport.render.answers_document import answers_document
    from esgreport.render.plain import json_text

    stem = stem.removesuffix(".answered")
    covered = coverage_of(found, definitions, found.held.language)
    look = outlook(found.answers.answers, definitions)
    page = render_answers(found.answers, found.held.filing, definitions, found.held.language, Beside(look, covered))
    document = answers_document(found.answers, found.parts_changed, look, covered, found.report)
    return {
        f"{stem}.answers.json": json_text(document).encode(),
        f"{stem}.review.html": page.encode(),
        **_letters(found, stem, definitions, request),
    }


def coverage_of(found: Returned, definitions: Definitions, language: str) -> tuple[Covered, ...]:
    """The parts of our report that answer the questions, with their pages where the report was given."""
    from esgreport.compose.coverage import Coverage

    return Coverage(found.held.filing, definitions, language, found.report).of(found.answers.answers)


def _letters(found: Returned, stem: str, definitions: Definitions, request: AnswerRequest) -> Mapping[str, bytes]:
    """The letters in the customer's language by name, as HTML and where asked for as PDF."""
    from esgreport.compose.letters import LetterOptions, letters
    from esgreport.render.letters import letter_html, letter_pdf

    filing = found.held.filing
    said = learned.recall(filing.entity).said
    language = _language_of(found)
    options = LetterOptions(language, request.day, said, _average(filing, definitions), found.report)
    written = letters(found.answers, filing, definitions, options)
    files = {f"{stem}.letter-{letter.kind}.html": letter_html(letter).encode() for letter in written}
    if request.pdf:
        request.progress("Setting the letters")
        files |= {f"{stem}.letter-{letter.kind}.pdf": letter_pdf(letter) for letter in written}
    return files


def _language_of(found: Returned) -> str:
    """The language most questions are in, which is the customer's."""
    spoken = [question.language for question in found.answers.questionnaire.questions if question.language]
    return max(dict.fromkeys(spoken), key=spoken.count) if spoken else found.held.language


def _average(filing: Filing, definitions: Definitions) -> Decimal | None:
    """The average number of people employed in the year; None where it is not known as such."""
    from esgreport.readiness import request_of

    asked = request_of(filing, (), definitions, "unknown")
    where = definitions.answering.settings.average
    averaged = any(fact.concept == where.concept and fact.value == where.member for fact in filing.facts)
    return asked.employees if averaged and not asked.full_time_equivalents else None


# ── the ledger ───────────────────────────────────────────────────────────────────────────────────────────────


def recorded(found: Returned, place: Path, day: date, definitions: Definitions) -> int:
    """Enter in the ledger what the answered questionnaire says, and how many answers that are.

    Errors: WorkbookError for a file that is no ledger, RenderError where it cannot be written.
    """
    digest = hashlib.sha256(found.content).hexdigest()
    filing = found.held.filing
    return ledger.record(place, ledger.Handing(found.answers, filing, day, digest, _boundary(filing, definitions)))


def _boundary(filing: Filing, definitions: Definitions) -> str:
    """For whom a filing is: the member it names; empty where it does not say."""
    concept = definitions.answering.settings.boundary.concept
    return next((str(fact.value) for fact in filing.facts if fact.concept == concept), "")


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """What is asked of the ledger: everything, contradictions, what was superseded, or whom to tell now."""

    view: Literal["show", "contradictions", "superseded", "restated"] = "show"
    customer: str = ""
    company: str = ""
    sources: tuple[Path, ...] = ()


def ledger_rows(place: Path, query: LedgerQuery, definitions: Definitions) -> tuple[Given, ...]:
    """The answers a query is about. The company is that of the workbooks, the one named, or the only one there is.

    Errors: WorkbookError for a file that is no ledger, EsgreportError where it has several companies and none is named.
    """
    ours = held(query.sources, definitions, AnswerRequest()) if query.sources else None
    company = query.company or (ledger.company_of(ours.filing) if ours else _only_company(place))
    rows = ledger.given(place, company, query.customer)
    if query.view == "contradictions":
        return tuple(row for group in ledger.contradictions(rows) for row in group)
    if query.view == "superseded":
        return ledger.superseded(rows)
    if query.view == "restated" and ours:
        return ledger.to_be_told(rows, _held_now(rows, ours, definitions))
    return rows


def _only_company(place: Path) -> str:
    known = ledger.companies(place)
    if len(known) > 1:
        raise EsgreportError(f"{place} has answers of several companies. Choose with --company: {', '.join(known)}.")
    return known[0] if known else ""


def _held_now(rows: Sequence[Given], ours: Held, definitions: Definitions) -> Mapping[tuple[str, Period], str]:
    from esgreport.measure import measure

    material = Material(ours.filing, definitions, measure(ours.filing, definitions), ours.customers)
    return held_now({row.datapoint for row in rows}, material)


def ledger_as(form: str, rows: Sequence[Given], language: str) -> bytes:
    """Rows of the ledger as `table`, `json` or `xlsx`."""
    from esgreport.render.ledger import ledger_document, ledger_text, ledger_workbook
    from esgreport.render.plain import json_text

    if form == "xlsx":
        return ledger_workbook(rows, language)
    return (json_text(ledger_document(rows)) if form == "json" else ledger_text(rows, language)).encode()
