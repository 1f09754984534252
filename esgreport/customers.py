"""The rooms in order for customers' data: from files to tables, from tables to metrics or to our workbook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport import read
from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import CustomerFigures, CustomerPanels
from esgreport.definitions import Definitions
from esgreport.errors import EsgreportError
from esgreport.model import CUSTOMERS, Entity, Filing, Finding, Period
from esgreport.tables import CustomerTable, CustomerTables

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = "texts.csv"


@dataclass(frozen=True, slots=True)
class CustomerReading:
    """What files say of customers, and what was found while reading them."""

    tables: CustomerTables
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The metrics, the panels made beside them, and what was found wrong while reading and measuring."""

    metrics: tuple[CustomerMetric, ...]
    findings: tuple[Finding, ...]
    panels: CustomerPanels


def read_customers(
    paths: Sequence[Path], definitions: Definitions, language: str = "en", maps: Sequence[Path] = ()
) -> CustomerReading:
    """The tables in files of one company; findings come in a language, `maps` say how unknown exports are laid out.

    Errors: WorkbookError for a file of no use, DefinitionError for a wrong map.
    """
    tables, findings = read.read_tables([(path, str(path)) for path in paths], definitions, language, maps)
    return CustomerReading(tables, _on_customers(findings))


def measured(
    reading: CustomerReading, definitions: Definitions, language: str = "en", by: Sequence[str] = ()
) -> Measured:
    """The metrics and panels of what was read; metrics are broken down by dimensions or options of the command.

    Errors: EsgreportError where the libraries for statistics are not installed.
    """
    try:
        from esgreport.measure.customers import measure_customers
        from esgreport.measure.customers.panels import customer_panels
    except ImportError as missing:
        raise _not_installed(missing) from None
    metrics, findings = measure_customers(reading.tables, definitions, language, by)
    panels = customer_panels(reading.tables, definitions, metrics, language)
    return Measured(metrics, (*reading.findings, *_on_customers(findings)), panels)


def checked(
    paths: Sequence[Path], definitions: Definitions, language: str = "en", maps: Sequence[Path] = ()
) -> CustomerReading:
    """What files say of customers, with all that is found wrong in them: what measuring finds too, but no metric.

    Errors: as of `read_customers` and `measured`.
    """
    reading = read_customers(paths, definitions, language, maps)
    try:
        from esgreport.measure.customers import check_customers

        found = check_customers(reading.tables, definitions, language)
    except ImportError as missing:
        raise _not_installed(missing) from None
    return replace(reading, findings=(*reading.findings, *_on_customers(found)))


def as_filing(reading: CustomerReading) -> Filing:
    """Whose customers' data it is, for which period, from which files, as a filing without a fact.

    Where no reporting period was entered, its end is the first day there is (`date.min`).
    """
    tables = reading.tables
    start, end = (tables.day(f"reporting_period_{each}") for each in ("start", "end"))
    entity = Entity(tables.text("company"))
    period = Period(end, start) if start and end else Period(date.min)
    return Filing(tables.files, "", entity, tables.text("currency"), period, (), edition="", digests=tables.digests)


def for_report(
    paths: Sequence[Path], definitions: Definitions, language: str
) -> tuple[CustomerFigures, tuple[Finding, ...]]:
    """What a report takes of customers from files of one company, broken down as its layout asks; and what was found.

    Errors: as of `read_customers` and `measured`.
    """
    reading = read_customers(paths, definitions, language)
    found = measured(reading, definitions, language, definitions.cx_panels.report.breakdowns)
    return CustomerFigures(found.metrics, found.panels, reading.tables.digests), found.findings


def _on_customers(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, disclosure=CUSTOMERS) for finding in findings)


def _not_installed(missing: ImportError) -> EsgreportError:
    package = (missing.name or "").partition(".")[0]
    return EsgreportError(f'{package} is needed for customer metrics. Run: pip install "esgreport[cx]"')


def metrics_as(form: str, found: Measured, definitions: Definitions, language: str) -> str:
    """The metrics and panels as `table` or `json`."""
    from esgreport.render.customer_metrics import metrics_document, metrics_table
    from esgreport.render.customer_panels import panels_document, panels_text
    from esgreport.render.plain import json_text

    if form == "json":
        return json_text({**metrics_document(found.metrics), **panels_document(found.panels)})
    panels = panels_text(found.panels, definitions.cx_panels, language)
    return metrics_table(found.metrics, definitions, language) + panels


@dataclass(frozen=True, slots=True)
class ProposedMapping:
    """A proposal in words: a table to read, the mapping as YAML (empty for exports that need none); if there is any."""

    table: str
    mapping: str
    found: bool


def proposed_mapping(path: Path, definitions: Definitions, language: str) -> ProposedMapping:
    """How a file might be laid out as our tables, in a language. Errors: WorkbookError for a file of no use."""
    from esgreport.render.mapping import mapping_table, mapping_yaml

    proposals = read.propose_mapping(path, str(path), definitions)
    table = mapping_table(path.name, proposals, definitions, language)
    return ProposedMapping(table, mapping_yaml(proposals, definitions, language), bool(proposals))


def sample_customers(definitions: Definitions, language: str) -> CustomerTables:
    """The sample company's customers; what the company itself writes is in a language, customers' words in theirs."""
    folder = definitions.folder / "samples" / "cx"
    paths = [path for path in sorted(folder.glob("*.csv")) if path.name != _TEXTS]
    tables, _ = read.read_tables([(path, path.name) for path in paths], definitions)
    with (folder / _TEXTS).open(encoding="utf-8", newline="") as file:
        words = {row["en"]: row.get(language) or row["en"] for row in csv.DictReader(file)}
    return in_words(tables, definitions, words)


def in_words(tables: CustomerTables, definitions: Definitions, words: Mapping[str, str]) -> CustomerTables:
    """The tables with texts replaced that are among the words; identifiers and values of lists stay as they are."""
    found = {name: _table_in_words(table, definitions, words) for name, table in tables.tables.items()}
    settings = {
        name: words.get(value, value) if isinstance(value, str) and not definitions.cx.settings[name].values else value
        for name, value in tables.settings.items()
    }
    return replace(tables, tables=found, settings=settings)


def _table_in_words(table: CustomerTable, definitions: Definitions, words: Mapping[str, str]) -> CustomerTable:
    columns = definitions.cx.tables[table.name].columns
    free = [each for each in columns if each.type in ("text", "list", "category") and not each.values]
    changed: dict[str, pd.Series] = {}
    for column in free if table.given else ():
        texts = table.frame[column.name].astype("str")
        changed[column.name] = texts.map(lambda text: words.get(text, text), na_action="ignore").astype(column.dtype)
    return replace(table, frame=table.frame.assign(**changed))


def write_customer_workbook(path: Path, definitions: Definitions, language: str, *, sample: bool) -> None:
    """Write our workbook for customers' data in a language, empty or filled with the sample's customers."""
    from esgreport.output import write_files
    from esgreport.render.customers import write_customer_workbook as written

    filled = sample_customers(definitions, language) if sample else None
    write_files(path.parent, {path.name: written(definitions, language, filled)})
