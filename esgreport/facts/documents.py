"""Facts as a JSON document: the contract of `esgreport facts --format json`; `incoming` is the way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from esgreport.definitions import Concept, Definitions
from esgreport.model import Dropped, Entity, Fact, FactValue, Filing, Period, Source


def filing_to_document(filing: Filing, definitions: Definitions) -> dict[str, object]:
    """The filing as plain values for JSON, under the names of its own taxonomy; numbers are decimal strings.

    With filings of earlier years there is one list of all facts, each with its period and file; `prior` says what holds
    for the files of those years.
    """
    version = taxonomy_version(filing.taxonomy, definitions)
    document: dict[str, object] = {
        "workbooks": [file for year in filing.years for file in year.workbooks],
        "edition": filing.edition,
        "taxonomy": filing.taxonomy,
        "entity": _entity_out(filing.entity),
        "currency": filing.currency,
        "period": _period_out(filing.period),
        "title": filing.title,
        "subtitle": filing.subtitle,
        "language": filing.language,
        "digests": {file: digest for year in filing.years for file, digest in year.digests},
        "facts": [_fact_out(fact, version, definitions) for year in filing.years for fact in year.facts],
        "dropped": [_dropped_out(item) for year in filing.years for item in year.dropped],
        "cells_filled": sum(year.cells_filled for year in filing.years),
        **_places_out(filing, definitions),
    }
    if filing.prior:
        document["prior"] = [_year_out(year, definitions) for year in filing.prior]
    return document


def _year_out(year: Filing, definitions: Definitions) -> dict[str, object]:
    """What holds for the files of an earlier year; its facts and dropped cells are known by their file."""
    return {
        "workbooks": list(year.workbooks),
        "taxonomy": year.taxonomy,
        "entity": _entity_out(year.entity),
        "currency": year.currency,
        "period": _period_out(year.period),
        "title": year.title,
        "subtitle": year.subtitle,
        "language": year.language,
        **_places_out(year, definitions),
    }


def _dropped_out(item: Dropped) -> dict[str, object]:
    cause = {"cause": _source_out(item.cause)} if item.cause else {}
    return {"source": _source_out(item.source), "reason": item.reason, "code": item.code, **cause}


def _places_out(year: Filing, definitions: Definitions) -> dict[str, object]:
    """Where a filing says what it says of itself, and where answers belong, filled or not: for findings to point at."""
    version = taxonomy_version(year.taxonomy, definitions)
    return {
        "stated_at": {part: _source_out(source) for part, source in year.stated_at},
        "asked_at": [
            {"concept": definitions.name_in(name, version), "source": _source_out(source)}
            for name, source in year.asked_at
        ],
    }


def taxonomy_version(taxonomy: str, definitions: Definitions) -> str:
    """The version a taxonomy's entry point stands for; empty for one that is not known."""
    return next((item.version for item in definitions.taxonomies if item.entry_point == taxonomy), "")


def _fact_out(fact: Fact, version: str, definitions: Definitions) -> dict[str, object]:
    concept = definitions.concepts.get(fact.concept)
    return {
        "concept": definitions.name_in(fact.concept, version),
        "value": _value_out(fact.value, concept, version, definitions),
        "unit": fact.unit,
        "decimals": fact.decimals,
        "dimensions": {
            axis: definitions.member_in(definitions.axes[axis].members, value, version)
            for axis, value in fact.dimensions
        },
        "period": _period_out(fact.period),
        "source": _source_out(fact.source),
        "footnotes": list(fact.footnotes),
    }


def _value_out(value: FactValue, concept: Concept | None, version: str, definitions: Definitions) -> object:
    members = concept.members if concept else ""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return sorted(definitions.member_in(members, member, version) for member in value)
    if isinstance(value, date):
        return value.isoformat()
    return definitions.member_in(members, value, version) if members else value


def _entity_out(entity: Entity) -> dict[str, str]:
    return {"name": entity.name, "identifier": entity.identifier, "scheme": entity.scheme}


def _period_out(period: Period) -> dict[str, str]:
    if period.start is None:
        return {"instant": period.end.isoformat()}
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _source_out(source: Source) -> dict[str, str]:
    return {"file": source.file, "sheet": source.sheet, "cell": source.cell, "name": source.name}
