"""The rooms in order for the executive scorecard: from files to facts and customers' figures, to one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.customers import measured, read_customers
from esgreport.definitions import Definitions
from esgreport.model import Filing, Finding, Period, Progress, Source
from esgreport.score import Case, Customers, Sustainability, scorecard, with_sheet
from esgreport.scorecard import Scorecard

if TYPE_CHECKING:
    from esgreport.customer_metrics import CustomerMetric
    from esgreport.customers import CustomerReading
    from esgreport.questionnaire import Given
    from esgreport.render.design import Design
    from esgreport.tables import CustomerTable

FORMATS = ("html", "pdf", "json")
"""What a scorecard can be written as."""
_BY = ("tier",)
"""What figures on customers are broken down by, for the drill-down."""
_BEGINNINGS = (("responses", "collected_at"), ("contracts", "start"), ("tickets", "opened_at"))
"""The tables and columns that say how far back customers' data go."""
_SHEET = "scorecard"
"""The table that holds targets and owners."""
_PERIODS = 3
"""How many periods of customers' figures are measured at most, that shown among them."""


@dataclass(frozen=True, slots=True)
class ScorecardOptions:
    """The language, a definition of one's own, what customers were told before, and who hears of the steps."""

    language: str
    progress: Progress
    definition: Path | None = None
    sheets_of: tuple[Path, ...] = ()
    """The workbooks on sustainability: a sheet Scorecard in one of them counts, too."""
    told: tuple[Given, ...] = ()


def made(
    filing: Filing | None, customers: Sequence[Path], definitions: Definitions, options: ScorecardOptions
) -> tuple[Scorecard, tuple[Finding, ...]]:
    """The scorecard from a checked filing and customers' files, either of which may be missing; and what was found.

    Errors: DefinitionError for a definition that is wrong, WorkbookError for a file of no use, EsgreportError where
    the libraries for statistics are not installed.
    """
    from esgreport.definitions.scorecards import load_scorecard, load_words
    from esgreport.score.writing import Say

    folder = definitions.folder / "scorecards"
    definition = load_scorecard(options.definition or folder / "default.yaml", definitions)
    words = load_words(folder)
    reading = read_customers(customers, definitions, options.language) if customers else None
    tables, found = _sheets(options, definitions)
    for table in (*tables, *([reading.tables.tables[_SHEET]] if reading else [])):
        definition = with_sheet(definition, table, definitions, words["bands_own"])
    given, findings = _customers(reading, definitions, options)
    sides = (_sustainability(filing, definitions, options), given)
    card = scorecard(Case(*sides, definition, definitions, Say(options.language, words)))
    return _handed_on(card), (*found, *findings)


def _sheets(options: ScorecardOptions, definitions: Definitions) -> tuple[list[CustomerTable], list[Finding]]:
    """The sheets Scorecard in workbooks on sustainability, and what was found wrong on them."""
    from esgreport import read

    tables: list[CustomerTable] = []
    findings: list[Finding] = []
    for path in options.sheets_of:
        if read.kind_of(path, str(path)) == "workbook":
            table, found = read.read_table(_SHEET, (path, str(path)), definitions, options.language)
            tables.append(table)
            findings += found
    return tables, findings


def _sustainability(
    filing: Filing | None, definitions: Definitions, options: ScorecardOptions
) -> Sustainability | None:
    if filing is None:
        return None
    from esgreport.measure import measure
    from esgreport.readiness import ReadinessOptions, readiness

    figures = measure(filing, definitions)
    how_ready = readiness(filing, figures, definitions, ReadinessOptions(options.language, filing.edition))
    return Sustainability(filing, figures, how_ready, options.told)


def _customers(
    reading: CustomerReading | None, definitions: Definitions, options: ScorecardOptions
) -> tuple[Customers | None, tuple[Finding, ...]]:
    """What is measured of customers; None where the files have no more than the sheet Scorecard."""
    if reading is None:
        return None, ()
    if not any(table.given for name, table in reading.tables.tables.items() if name != _SHEET):
        return None, reading.findings
    options.progress("Measuring customers")
    found = measured(reading, definitions, options.language, _BY)
    period = next((metric.period for metric in found.metrics if metric.period and metric.period.start), None)
    periods = [(period, found.metrics)] if period else []
    if period:
        periods += _earlier(reading, period, definitions, options.language)
    return Customers(reading.tables, tuple(periods), found.panels), found.findings


def _earlier(
    reading: CustomerReading, period: Period, definitions: Definitions, language: str
) -> list[tuple[Period, tuple[CustomerMetric, ...]]]:
    """The same figures of the years before, as far back as the data go.

    A year that ends before the first customer is recorded as lost would seem to have kept them all: it is left out.
    """
    from esgreport.measure.customers import measure_customers

    found: list[tuple[Period, tuple[CustomerMetric, ...]]] = []
    first, loss = _first_day(reading), _first_loss(reading)
    while first and len(found) + 1 < _PERIODS:
        period = _year_before(period)
        if period.start is None or period.start < first or (loss and period.end < loss):
            break
        ends = {"reporting_period_start": period.start, "reporting_period_end": period.end}
        tables = replace(reading.tables, settings={**reading.tables.settings, **ends})
        metrics, _ = measure_customers(tables, definitions, language)
        found.append((period, metrics))
    return found


def _first_day(reading: CustomerReading) -> date | None:
    """The first day of the month of the first answer, contract or ticket: a year before it cannot be measured whole."""
    tables = reading.tables.tables
    dated = [tables[name].frame[column].min() for name, column in _BEGINNINGS if tables[name].has(column)]
    return min(day.date() for day in dated).replace(day=1) if dated else None


def _first_loss(reading: CustomerReading) -> date | None:
    """The first day a customer is known to have left or a contract was not renewed; None where no such day is there."""
    tables = reading.tables.tables
    accounts, contracts = tables["accounts"].frame, tables["contracts"].frame
    ends = contracts.loc[contracts["renewed"].eq(False).fillna(False), "end"]
    days = [days.min() for days in (accounts["churned_on"].dropna(), ends.dropna()) if len(days)]
    return min(day.date() for day in days) if days else None


def _year_before(period: Period) -> Period:
    assert period.start is not None
    start, end = (_same_day(day) for day in (period.start, period.end + timedelta(days=1)))
    return Period(end - timedelta(days=1), start)


def _same_day(day: date) -> date:
    """The same day a year before; the 28th of February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _handed_on(card: Scorecard) -> Scorecard:
    """The scorecard as others may see it: files by name alone, since a path tells of the computer it came from."""

    def bare(sources: Sequence[Source]) -> tuple[Source, ...]:
        return tuple(replace(source, file=Path(source.file).name) for source in sources)

    rows = (
        replace(
            row,
            source=bare(row.source),
            inputs=tuple((label, shown, bare([source])[0]) for label, shown, source in row.inputs),
        )
        for row in card.rows
    )
    actions = tuple(replace(action, evidence=bare(action.evidence)) for action in card.actions)
    past = tuple(replace(action, source=bare(action.source)) for action in card.past_actions)
    files = ((Path(file).name, digest) for file, digest in card.files)
    return replace(card, rows=tuple(rows), actions=actions, past_actions=past, files=tuple(files))


def write_workbook(path: Path, definitions: Definitions, language: str, sample: Filing | None) -> None:
    """Write the workbook on sustainability with a sheet for targets and owners, empty or filled with the sample's."""
    from esgreport.customers import sample_customers
    from esgreport.output import write_files
    from esgreport.render.customers import TableSheet
    from esgreport.render.workbook import write_workbook as written

    targets = TableSheet(_SHEET, sample_customers(definitions, language) if sample else None)
    write_files(path.parent, {path.name: written(definitions, language, sample, [targets])})


def files_of(card: Scorecard, formats: Sequence[str], design: Design, progress: Progress) -> Mapping[str, bytes]:
    """The files of a scorecard by name, in a design. Errors: RenderError when one cannot be made."""
    from esgreport.render.plain import json_text

    files: dict[str, bytes] = {}
    if {"html", "pdf"} & set(formats):
        from esgreport.render.scorecard import render_scorecard, render_scorecard_pdf

        progress("Drawing the scorecard")
        if "html" in formats:
            files["scorecard.html"] = render_scorecard(card, design).encode()
        if "pdf" in formats:
            progress("Setting the PDF")
            files["scorecard.pdf"] = render_scorecard_pdf(card, design)
    if "json" in formats:
        files["scorecard.json"] = json_text(document(card)).encode()
    return files


def document(card: Scorecard) -> dict[str, object]:
    """Everything that is shown, as a structure for JSON; shares are fractions, days are ISO."""
    found = {name: _plain(getattr(card, name)) for name in card.__dataclass_fields__}
    return found if card.period.end > date.min else {**found, "period": None}


def _plain(value: object) -> object:
    """A value as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    fields = getattr(value, "__dataclass_fields__", None)
    return {name: _plain(getattr(value, name)) for name in fields} if fields else value
