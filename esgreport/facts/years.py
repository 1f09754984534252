"""Several filings of one undertaking as one: the newest, with those of earlier years; it compares no figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from esgreport.definitions import Definitions
from esgreport.errors import WorkbookError
from esgreport.history import adjoin, same_length
from esgreport.model import Filing, Finding, Period, Source


def combined(filings: Sequence[Filing], definitions: Definitions, language: str) -> tuple[Filing, tuple[Finding, ...]]:
    """The newest filing with the others as its `prior`, and findings on what makes them hard to compare.

    Every fact that names no file gets that of its filing. Errors: WorkbookError when two have the same period or
    periods that overlap, or are of different undertakings.
    """
    years = sorted((year for one in filings for year in one.years), key=lambda year: year.period.end, reverse=True)
    if len(years) == 1:
        return years[0], ()
    years = [replace(_sourced(year), prior=()) for year in years]
    for newer, older in pairwise(years):
        _must_follow(newer, older)
    newest, *earlier = years
    for year in earlier:
        _must_be_of_one(newest, year)
    found = [finding for pair in pairwise(years) for finding in _differences(*pair, definitions, language)]
    return replace(newest, prior=tuple(earlier)), tuple(found)


def _sourced(filing: Filing) -> Filing:
    file = _file(filing)
    facts = tuple(
        fact if fact.source.file else replace(fact, source=replace(fact.source, file=file)) for fact in filing.facts
    )
    return replace(filing, facts=facts)


def _file(filing: Filing) -> str:
    return filing.workbooks[0] if filing.workbooks else ""


def _must_follow(newer: Filing, older: Filing) -> None:
    """Refuses two periods that share a day."""
    start = newer.period.start or newer.period.end
    if older.period.end < start:
        return
    if newer.period == older.period:
        raise WorkbookError(
            f"{_file(newer)} and {_file(older)} report the same period, {_span(newer.period)}. Give one workbook for "
            "each year."
        )
    raise WorkbookError(
        f"{_file(older)} and {_file(newer)} report periods that overlap, {_span(older.period)} and "
        f"{_span(newer.period)}. Correct the period in one of them, or leave one out."
    )


def _must_be_of_one(newest: Filing, year: Filing) -> None:
    """Refuses two undertakings: neither the name nor an identifier of one scheme is the same."""
    if _same_name(newest, year) or _same_identifier(newest, year) is not False:
        return
    raise WorkbookError(
        f"{_file(year)} is of {year.entity.name} ({year.entity.identifier}), {_file(newest)} of {newest.entity.name} "
        f"({newest.entity.identifier}). Several workbooks are those of one undertaking; leave the other out."
    )


def _same_name(newest: Filing, year: Filing) -> bool:
    return newest.entity.name.casefold().split() == year.entity.name.casefold().split()


def _same_identifier(newest: Filing, year: Filing) -> bool | None:
    """Whether the identifiers agree; None where one is missing or they are of different schemes."""
    mine, theirs = newest.entity, year.entity
    if not mine.identifier or not theirs.identifier or mine.scheme != theirs.scheme:
        return None
    return mine.identifier.casefold() == theirs.identifier.casefold()


# ── what a reader must know to compare ──


def _differences(newer: Filing, older: Filing, definitions: Definitions, language: str) -> Iterator[Finding]:
    for code, values in _codes(newer, older):
        yield definitions.finding(code, Source(_file(older)), language, **values)


def _codes(newer: Filing, older: Filing) -> Iterable[tuple[str, dict[str, str]]]:
    if _same_identifier(newer, older) is False:
        yield "YEAR-01", {"before": older.entity.identifier, "now": newer.entity.identifier}
    if not _same_name(newer, older):
        yield "YEAR-02", {"before": older.entity.name, "now": newer.entity.name}
    if newer.currency and older.currency and newer.currency != older.currency:
        yield "YEAR-03", {"before": older.currency, "now": newer.currency}
    spans = {"before": _span(older.period), "now": _span(newer.period)}
    if not same_length(newer.period, older.period):
        yield "YEAR-04", spans
    if not adjoin(newer.period, older.period):
        yield "YEAR-05", spans


def _span(period: Period) -> str:
    return f"{period.start or period.end} – {period.end}"
