"""Filings for tests: from a small text table, or from the facts of the official samples where these are at hand."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from esgreport.definitions import Definitions, load
from esgreport.facts import filing_from_document
from esgreport.model import Entity, Fact, FactValue, Filing, Period, Source

DEFINITIONS = load()
YEAR = Period(date(2025, 12, 31), date(2025, 1, 1))
NAMED_YEARS = {
    "BaselineYearMember": Period(date(2020, 12, 31), date(2020, 1, 1)),
    "TargetYearMember": Period(date(2030, 12, 31), date(2030, 1, 1)),
}
SAMPLES = Path(__file__).parent.parent.parent / "shared" / "data" / "facts"
SAMPLE_NAMES = [f"VSME-Digital-Template-Sample-{version}" for version in ("1.0.0", "1.1.1", "1.2.0")]


def filing(
    table: str, definitions: Definitions = DEFINITIONS, period: Period = YEAR, file: str = "book.xlsx"
) -> Filing:
    """A filing from lines of `concept = value unit @member`, side answers among them; the axis is that of its table."""
    lines = [line.strip() for line in table.strip().splitlines()]
    facts = [_fact(line, row, definitions, period) for row, line in enumerate(lines, start=1) if line]
    facts = [replace(fact, source=replace(fact.source, file=file)) for fact in facts]
    return Filing(
        workbooks=(file,),
        taxonomy="https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme-all.xsd",
        entity=Entity("Officina Rossi", "8156000E5D2C0C7A6F25", "http://standards.iso.org/iso/17442"),
        currency="EUR",
        period=period,
        facts=tuple(fact for fact in facts if fact.concept in definitions.concepts),
        side_answers=tuple(fact for fact in facts if fact.concept in definitions.side_answers),
        cells_filled=len(facts),
        digests=((file, "0123456789abcdef" * 4),),
    )


def _fact(line: str, row: int, definitions: Definitions, period: Period) -> Fact:
    name, _, rest = line.partition(" = ")
    rest, _, note = rest.partition(" # ")
    rest, _, member = rest.partition(" @")
    concept = definitions.questions[name]
    value, unit = rest, None
    if concept.numeric:
        value, _, unit = rest.partition(" ")
    dimensions = ((definitions.tables[concept.table].axes[0], member.strip()),) if member else ()
    return Fact(
        concept=name,
        value=_value(value.strip(), concept.type),
        period=NAMED_YEARS.get(member.strip(), period),
        unit=(unit or "xbrli:pure") if concept.numeric else None,
        decimals=2 if concept.numeric else None,
        dimensions=dimensions,
        source=Source("book.xlsx", "Sheet", f"D{row}", name),
        footnotes=(note,) if note else (),
    )


def _value(text: str, kind: str) -> FactValue:
    if kind == "boolean":
        return text == "yes"
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "enumeration_set":
        return tuple(sorted(text.split()))
    if kind in {"text", "text_block", "enumeration"}:
        return text.replace("\\n", "\n")
    return Decimal(text)


def copied_definitions(folder: Path) -> Definitions:
    """The definitions in a folder of their own, for a test to spoil."""
    shutil.copytree(DEFINITIONS.folder, folder / "schemas")
    return Definitions(folder / "schemas")


def sample(name: str) -> Filing:
    """The facts of an official sample; the test is skipped where they are not beside the checkout."""
    path = SAMPLES / f"{name}.json"
    if not path.exists():
        pytest.skip("the official samples are not beside the checkout (../shared)")
    content = json.loads(path.read_text(encoding="utf-8"))
    source = {"file": content["workbook"]}
    facts = [
        {**fact, "source": {**source, **fact["source"]}, "value": _as_text(fact["value"])} for fact in content["facts"]
    ]
    document = {
        "workbooks": [content["workbook"]],
        "taxonomy": content["entry_point"],
        "entity": content["entity"],
        "currency": content["currency"],
        "facts": facts,
    }
    return filing_from_document(document, DEFINITIONS, path.name)


def _as_text(value: object) -> object:
    return value if isinstance(value, (bool, str, list)) else f"{value:.15g}"
