"""What is wrong with all that was handed in: no table, or a period that is none; single cells are read's matter."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.definitions import Definitions
from esgreport.model import Finding, Source
from esgreport.tables import CustomerTables
from esgreport.texts import day_in_words


def findings_of_entry(tables: CustomerTables, definitions: Definitions, language: str) -> Iterator[Finding]:
    """That no file has a row of customers' data, and that the reporting period ends before it begins."""
    if not tables.files:
        return
    place = Source(tables.files[0])
    start, end = tables.day("reporting_period_start"), tables.day("reporting_period_end")
    if start and end and end < start:
        words = {"start": day_in_words(start, language), "end": day_in_words(end, language)}
        # Which file a setting came from is not kept: with several, the first would be blamed for another's.
        yield definitions.finding("CX-56", place if len(tables.files) == 1 else Source("settings"), language, **words)
    if not any(len(table.frame) for table in tables.tables.values()):
        yield definitions.finding("CX-57", place, language)
