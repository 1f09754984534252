"""The official workbooks: their facts agree with the reference, and so do random fillings of the template."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from esgreport import definitions
from esgreport.facts import bind, filing_from_document, filing_to_document
from esgreport.model import Cell, CellValue, Sheet, Workbook
from esgreport.read import read_workbook

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SAMPLES = ["1.0.0", "1.1.1", "1.2.0"]
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the official workbooks are not beside the checkout")


def sample(version: str) -> Path:
    return SHARED / "vsme" / f"VSME-Digital-Template-Sample-{version}.xlsx"


def comparable(fact: Mapping[str, object]) -> str:
    """A fact as text, its number to 13 significant digits: the reference went through binary floating point."""
    content = {**fact, "source": {key: value for key, value in fact["source"].items() if key != "file"}}  # type: ignore[attr-defined]
    if fact["unit"]:
        content["value"] = f"{Decimal(str(fact['value'])):.13g}"
    elif not isinstance(fact["value"], (bool, list)):
        content["value"] = str(fact["value"])
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize("version", SAMPLES)
def test_the_facts_of_an_official_sample_agree_with_the_reference_fact_for_fact(version: str) -> None:
    loaded = definitions.load()
    filing, findings = bind(read_workbook(sample(version), "x.xlsx"), loaded)
    reference = json.loads((SHARED / "facts" / f"VSME-Digital-Template-Sample-{version}.json").read_text())
    ours = filing_to_document(filing, loaded)
    assert sorted(map(comparable, ours["facts"])) == sorted(map(comparable, reference["facts"]))  # type: ignore[call-overload]
    assert (ours["entity"], ours["currency"]) == (reference["entity"], reference["currency"])
    assert ours["taxonomy"] == reference["entry_point"]
    assert (filing.dropped, findings) == ((), ())


@pytest.mark.parametrize("version", SAMPLES)
def test_a_filing_survives_the_way_out_to_json_and_back(version: str) -> None:
    loaded = definitions.load()
    filing, _ = bind(read_workbook(sample(version), "x.xlsx"), loaded)
    document = json.loads(json.dumps(filing_to_document(filing, loaded)), parse_float=Decimal)
    assert filing_from_document(document, loaded, "x.json") == replace(filing, side_answers=())


@pytest.mark.parametrize("seed", range(12))
def test_every_value_put_into_the_template_comes_out_as_that_fact(seed: int) -> None:
    loaded = definitions.load()
    chance = random.Random(seed)
    template = read_workbook(SHARED / "vsme" / "VSME-Digital-Template-1.3.0.xlsx", "x.xlsx")
    areas = {name.name: name.area for name in template.names if name.area}
    put: dict[tuple[str, int, int], CellValue] = {}
    wanted: dict[str, CellValue] = {}

    def fill(name: str, value: CellValue) -> None:
        area = areas[name]
        put[(area.sheet, area.top, area.left)] = value

    fill("template_reporting_entity_name", "Muster GmbH")
    fill("template_reporting_entity_identifier", "IT1")
    fill("template_reporting_entity_identifier_scheme", "VAT")
    fill("template_currency", "EUR")
    fill("template_reporting_period_startdate", datetime(2025, 1, 1))
    fill("template_reporting_period_enddate", datetime(2025, 12, 31))
    for name, concept in loaded.concepts.items():
        if name not in areas or concept.table or chance.random() < 0.3 or f"{name}_unit" in areas:
            continue
        value = random_value(chance, concept.type)
        if value is not None:
            fill(name, value)
            wanted[name] = value
    filing, findings = bind(with_cells(template, put), loaded)
    found = {fact.concept: fact.value for fact in filing.facts if fact.concept in wanted}
    assert found == wanted
    assert filing.cells_filled == len(filing.facts) + len(filing.dropped)
    assert [finding.code for finding in findings if finding.concept in wanted] == []


def random_value(chance: random.Random, kind: str) -> CellValue:
    if kind in ("text", "text_block"):
        return "".join(chance.choices("abc äßé\n<&>'\"=1", k=chance.randint(1, 40))).strip() or "x"
    if kind == "boolean":
        return chance.random() < 0.5
    if kind in ("enumeration", "enumeration_set", "date", "year"):
        return None
    return Decimal(repr(chance.uniform(-1, 1) * 10 ** chance.randint(-6, 12)))


def with_cells(workbook: Workbook, put: Mapping[tuple[str, int, int], CellValue]) -> Workbook:
    sheets = {name: workbook.sheets[name] for name in workbook.sheet_names}
    for (sheet, row, column), value in put.items():
        cells = {**sheets[sheet].cells, (row, column): Cell(value)}
        sheets[sheet] = Sheet(sheet, cells)
    return Workbook(workbook.file, workbook.names, workbook.sheet_names, sheets, workbook.digest)
