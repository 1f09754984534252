"""From the cells of a workbook to facts of the standard, every filled cell accounted for; it judges no figure.

The rules by which named ranges become facts are those of the official template's own converter, except where that one
loses or changes what was filled in: there the cell is read as its author meant it, or listed as dropped with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from esgreport.definitions import Definitions
from esgreport.errors import WorkbookError
from esgreport.facts.answers import Answer, Desk, answer_cells, read_answers
from esgreport.facts.causes import with_causes
from esgreport.facts.documents import filing_to_document
from esgreport.facts.footnotes import with_footnotes
from esgreport.facts.identity import Identity, read_identity, stated_language
from esgreport.facts.losses import dropped_findings
from esgreport.facts.names import Bindings, bind_names
from esgreport.facts.side_answers import read_side_answers, side_cells
from esgreport.facts.totals import OF_A_SHEET, with_totals
from esgreport.facts.translations import Translations
from esgreport.facts.values import Reader, Refusal, read_year
from esgreport.facts.years import combined
from esgreport.model import CellError, Dropped, Fact, Filing, Finding, Period, Sheet, Source, Workbook
from esgreport.numerals import Habit, sheet_habit

__all__ = ["bind", "combined", "filing_from_document", "filing_to_document", "restored", "stated_edition"]


def bind(workbook: Workbook, definitions: Definitions, language: str = "") -> tuple[Filing, tuple[Finding, ...]]:
    """The facts a workbook holds, and findings for all that could not be read, in a language or the workbook's own.

    Errors: WorkbookError for a workbook that is neither an official template nor ours, or states no period.
    """
    bindings = bind_names(workbook, definitions)
    if not bindings.values:
        raise WorkbookError(
            f"{workbook.file}: this workbook has none of the named ranges of the VSME Digital Template. Fill in the "
            "official template or the workbook that `esgreport init` writes."
        )
    language = language or stated_language(workbook, bindings)
    identity, findings = read_identity(workbook, bindings, definitions, language)
    desk = _desk(workbook, bindings, definitions, identity)
    side = read_side_answers(desk)
    answers = with_causes(with_totals(tuple(read_answers(desk)), definitions), side, definitions)
    facts, dropped, refused = _settled(answers, definitions, language)
    given, _, unread = _settled(side, definitions, language)
    facts, unattached = with_footnotes(facts, desk, language)
    filing = Filing(
        workbooks=(workbook.file,),
        taxonomy=identity.taxonomy,
        entity=identity.entity,
        currency=identity.currency,
        period=identity.period,
        facts=facts,
        dropped=dropped,
        cells_filled=len(facts) + len(dropped),
        title=identity.title,
        subtitle=identity.subtitle,
        language=identity.language,
        digests=((workbook.file, workbook.digest),),
        stated_at=identity.stated_at,
        asked_at=(*answer_cells(desk), *side_cells(desk)),
        side_answers=given,
    )
    named = _name_findings(workbook, bindings, definitions, language)
    return filing, (*findings, *named, *refused, *(each for each in unread if each not in refused), *unattached)


def filing_from_document(content: object, definitions: Definitions, shown: str) -> Filing:
    """The filing a JSON document of the contract's form holds; `shown` is the file as the user typed it.

    Errors: WorkbookError, with the place in the document, for what the form does not allow.
    """
    from esgreport.facts.incoming import read_document  # brings pydantic, which reading a workbook does without

    return read_document(content, definitions, shown)


def restored(
    content: object, definitions: Definitions, shown: str, language: str = ""
) -> tuple[Filing, tuple[Finding, ...]]:
    """What `bind` gave, from the JSON document made of it: the filing, and a finding for each cell that became no fact.

    Errors: WorkbookError, with the place in the document, for what the form does not allow.
    """
    filing = filing_from_document(content, definitions, shown)
    if not filing.dropped:
        return filing, ()
    language = language or filing.language or "en"
    return filing, tuple(_gathered(dropped_findings(filing, definitions, language), definitions, language))


def stated_edition(content: object) -> str:
    """The edition a facts document names; empty where it names none."""
    stated = content.get("edition") if isinstance(content, dict) else None
    return stated if isinstance(stated, str) else ""


def _desk(workbook: Workbook, bindings: Bindings, definitions: Definitions, identity: Identity) -> Desk:
    sheets = {binding.area.sheet for binding in (*bindings.values, *bindings.axes)}
    sheets |= {area.sheet for area in (*bindings.units.values(), *bindings.side.values())}
    translations = Translations(workbook, bindings)
    readers = {
        sheet: Reader(definitions, partial(_habit, workbook, sheet), translations.english) for sheet in sorted(sheets)
    }
    years = {member: _year_period(workbook, bindings, member, identity.period) for member in _year_members(definitions)}
    return Desk(workbook, bindings, definitions, identity.currency, identity.period, years, readers)


def _habit(workbook: Workbook, sheet: str) -> Habit:
    return sheet_habit(_texts(workbook.sheets[sheet]))


def _texts(sheet: Sheet) -> Iterable[str]:
    return (
        cell.value
        for cell in sheet.cells.values()
        if isinstance(cell.value, str) and not isinstance(cell.value, CellError) and len(cell.value) < 30
    )


def _year_members(definitions: Definitions) -> Iterable[str]:
    axis = definitions.axes["ReportingScopesAxis"]
    return (code.member for code in definitions.code_list(axis.members).codes if code.member != axis.default)


def _year_period(workbook: Workbook, bindings: Bindings, member: str, current: Period) -> Period | None:
    """The twelve months that end in the year a member's cell names, on the day the reporting period ends."""
    area = bindings.members.get(member)
    year = read_year(workbook.cell(area.sheet, area.top, area.left).value) if area else None
    if year is None:
        return None
    try:
        end, before = current.end.replace(year=year), current.end.replace(year=year - 1)
    except ValueError:  # a period that ends on 29 February
        end, before = current.end.replace(year=year, day=28), current.end.replace(year=year - 1, day=28)
    return Period(end, before + timedelta(days=1))


def _settled(
    answers: Iterable[Answer], definitions: Definitions, language: str
) -> tuple[tuple[Fact, ...], tuple[Dropped, ...], tuple[Finding, ...]]:
    """One outcome a cell: the fact where a concept took it; else it is dropped, with the reason nearest to the user."""
    by_cell: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        by_cell.setdefault((answer.source.sheet, answer.source.cell), []).append(answer)
    facts: list[Fact] = []
    dropped: list[Dropped] = []
    findings: dict[tuple[str, str, str], Finding] = {}
    for group in by_cell.values():
        taken = next((answer.result for answer in group if isinstance(answer.result, Fact)), None)
        if taken is not None:
            facts.append(taken)
            if taken.inputs:
                finding = definitions.finding("CELL-13", taken.source, language, count=1, cells=taken.source.cell)
                findings.setdefault((finding.code, taken.source.sheet, taken.source.cell), finding)
            continue
        answer = min(group, key=_is_of_the_unit)
        if isinstance(answer.result, Refusal):
            place = answer.culprit or answer.source
            finding = definitions.finding(answer.result.code, place, language, **answer.result.values)
            findings.setdefault((finding.code, place.sheet, place.cell), finding)
            dropped.append(Dropped(answer.source, finding.code, finding.message, answer.culprit))
    return tuple(facts), tuple(dropped), tuple(_gathered(findings.values(), definitions, language))


def _is_of_the_unit(answer: Answer) -> bool:
    """Whether an answer is refused for its unit: where weight and volume share a cell, that says least of its text."""
    return isinstance(answer.result, Refusal) and answer.result.code.startswith("UNIT-")


def _gathered(findings: Iterable[Finding], definitions: Definitions, language: str) -> Iterable[Finding]:
    """The findings, with those on formulas without a result as one a sheet: they have one cause and one cure."""
    cells: dict[tuple[str, str], list[Source]] = {}
    for finding in findings:
        if finding.code in OF_A_SHEET:
            cells.setdefault((OF_A_SHEET[finding.code], finding.source.sheet), []).append(finding.source)
        else:
            yield finding
    for (code, _), sources in cells.items():
        names = ", ".join(source.cell for source in sources)
        yield definitions.finding(code, sources[0], language, count=len(sources), cells=names)


def _name_findings(
    workbook: Workbook, bindings: Bindings, definitions: Definitions, language: str
) -> Iterable[Finding]:
    for wanted, found in bindings.moved:
        source = Source(workbook.file, found)
        yield definitions.finding("NAME-02", source, language, wanted=wanted, found=found)
    for name in bindings.lost:
        concept = replace(name).name.partition("_")[0]
        source = Source(workbook.file, name=name.name)
        yield definitions.finding(
            "NAME-01", source, language, name=name.name, refers_to=name.refers_to, concept=concept
        )
