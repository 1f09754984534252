"""Mistakes as people make them, typed into real workbooks: the right code at the right cell, nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from test_check_places import checked, edited, position, sample_workbook, tell

from esgreport import read
from esgreport.model import CellValue, Fact, Source, Workbook, cell_reference
from esgreport.pipeline import Reading

PLANTED = yaml.safe_load((Path(__file__).parent / "planted_cells.yaml").read_text(encoding="utf-8"))
OFFICIAL = Path(__file__).parent.parent.parent / "shared/data/vsme/VSME-Digital-Template-Sample-1.2.0.xlsx"
PLACE = re.compile(r"(?P<heading>column of )?(?P<concept>\w+)(?: \[(?P<member>.+)\])?")


@cache
def official() -> Workbook:
    """The official sample with a LEI, texts and a total energy that are right."""
    if not OFFICIAL.exists():
        pytest.skip("the official samples are not beside the checkout (../shared)")
    book = read.read_workbook(OFFICIAL, OFFICIAL.name)
    book = replace(book, sheets={name: book.sheets[name] for name in book.sheet_names})
    values: dict[str, CellValue] = {
        "VSME-GEN-08": "529900T8BM49AURSDO55",
        "VSME-GEN-09": "Our customers are shops in Milan.",
        "VSME-B3-03": Decimal("159.40834646"),
    }
    return edited(book, [(each.source, values[each.code]) for each in checked(book).findings])


def place(line: str, reading: Reading) -> Source:
    """The cell a line means."""
    if line.startswith("@"):
        return dict(reading.filing.stated_at)[line[1:]]
    meant = PLACE.fullmatch(line)
    assert meant, line
    fact = next(each for each in reading.filing.facts if _is_meant(each, meant["concept"], meant["member"]))
    first = replace(fact.source, cell=fact.source.cell.partition(":")[0])
    return _heading(fact, reading) if meant["heading"] else first


def _is_meant(fact: Fact, concept: str, member: str | None) -> bool:
    if fact.concept != concept:
        return False
    return any(name.startswith(member) for _, name in fact.dimensions) if member else not fact.dimensions


def _heading(fact: Fact, reading: Reading) -> Source:
    axis = fact.dimensions[0][0]
    asked = [source for name, source in reading.filing.asked_at if name == axis]
    column = next(position(source)[1] for source in asked if source.sheet == fact.source.sheet)
    return replace(fact.source, cell=cell_reference(position(fact.source)[0], column))


BOOKS = {"own": ("own",), "official": ("official",), "both": ("own", "official")}
MISTAKES = [(number, name) for number, each in enumerate(PLANTED) for name in BOOKS[each["in"]]]


@pytest.mark.parametrize(
    ("number", "name"), MISTAKES, ids=[f"{name}: {PLANTED[number]['title']}" for number, name in MISTAKES]
)
def test_a_mistake_in_a_cell_is_found_where_it_is_and_nothing_else(number: int, name: str) -> None:
    mistake, book = PLANTED[number], sample_workbook() if name == "own" else official()
    clean = checked(book)
    assert clean.findings == ()
    edits = [(place(line, clean), typed(value)) for line, value in mistake["cells"].items()]
    expected = [(code, place(line, clean)) for code, line in mistake["found"].items()]
    found = checked(book, edits).findings
    assert tell(found) == [f"{code} {where.sheet}!{where.cell}" for code, where in expected], list(map(str, found))


def typed(value: object) -> CellValue:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(str(value))
    return None if value is None else str(value)
