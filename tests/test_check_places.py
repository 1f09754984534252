"""What is missing is found in the very cell that is empty: each answer of our sample cleared, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from esgreport import facts, read
from esgreport.definitions import load
from esgreport.model import Cell, CellValue, Fact, Finding, Source, Workbook
from esgreport.pipeline import Reading, check_filing, write_workbook

DEFINITIONS = load()
Edit = tuple[Source, CellValue]


@cache
def sample_workbook() -> Workbook:
    """The sample company's workbook as it was read, all of it in memory."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.xlsx"
        write_workbook(path, DEFINITIONS, "en", sample=True)
        book = read.read_workbook(path, "sample.xlsx")
        return replace(book, sheets={name: book.sheets[name] for name in book.sheet_names})


def edited(book: Workbook, edits: Iterable[Edit]) -> Workbook:
    """The workbook with other values in some cells; None clears a cell."""
    sheets = dict(book.sheets)
    for place, value in edits:
        sheet = sheets[place.sheet]
        cells = dict(sheet.cells)
        at = position(place)
        old = cells.pop(at, None)
        if value is not None:
            cells[at] = Cell(value, old.number_format if old else "General")
        sheets[place.sheet] = replace(sheet, cells=cells)
    return replace(book, sheets=sheets)


def position(place: Source) -> tuple[int, int]:
    """Row and column of a cell, of an area its first."""
    first = place.cell.partition(":")[0]
    letters = first.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(first.removeprefix(letters)), column


def checked(book: Workbook, edits: Iterable[Edit] = ()) -> Reading:
    filing, findings = facts.bind(edited(book, edits), DEFINITIONS, "en")
    return check_filing(Reading(filing, findings), DEFINITIONS, "en")


def answers() -> list[Fact]:
    found = checked(sample_workbook()).filing.facts
    return list({(fact.source.sheet, fact.source.cell): fact for fact in found}.values())


def tell(findings: Iterable[Finding]) -> list[str]:
    return [f"{each.code} {each.source.sheet}!{each.source.cell.partition(':')[0]}" for each in findings]


def name_of(fact: Fact) -> str:
    return " ".join([fact.concept[:60], *(member[:40] for _, member in fact.dimensions)])


@pytest.mark.parametrize("fact", answers(), ids=name_of)
def test_an_answer_that_was_cleared_is_missed_in_its_cell_and_once(fact: Fact) -> None:
    found = checked(sample_workbook(), [(fact.source, None)]).findings
    here = f"{fact.source.sheet}!{fact.source.cell.partition(':')[0]}"
    if found and found[0].code == "AXIS-02":  # a pollutant without an amount: the heading is what is there
        assert [each.source.cell[1:] for each in found] == [fact.source.cell[1:]]
    else:
        assert [each.partition(" ")[2] for each in tell(found)] in ([], [here]), tell(found)


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ("WasteDivertedToRecycleOrReuseMass", "VSME-B7-02"),
        ("WasteDirectedToDisposalMass", "VSME-B7-02"),
        ("NameOfMaterialUsed", "VSME-B7-06"),
    ],
)
def test_a_column_that_was_lost_is_one_finding_at_its_first_cell_that_names_the_rows(concept: str, code: str) -> None:
    column = [fact for fact in answers() if fact.concept == concept]
    found = checked(sample_workbook(), [(fact.source, None) for fact in column]).findings
    assert tell(found) == [f"{code} {column[0].source.sheet}!{column[0].source.cell}"]
    assert found[0].message.count(";") >= 5


def test_the_sample_workbook_itself_is_clean() -> None:
    assert tell(checked(sample_workbook()).findings) == []


# ── one cause, one finding ──


def stated(part: str) -> Source:
    return dict(checked(sample_workbook()).filing.stated_at)[part]


def answer(concept: str) -> Source:
    return next(fact.source for fact in answers() if fact.concept == concept and not fact.dimensions)


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (stated("currency"), "Euro", "META-03"),
        (stated("end"), "2024-12-31", "VSME-GEN-03"),
        (stated("start"), "2025-12-31", "VSME-GEN-03"),
        (answer("GreenhouseGasEmissionReductionTargetBaseYear"), "FY 2021", "CELL-07"),
        (answer("EmployeeTurnoverRate"), None, "VSME-B8-04"),  # it has a footnote
    ],
)
def test_what_follows_from_one_cell_is_said_once(place: Source, value: CellValue, code: str) -> None:
    found = checked(sample_workbook(), [(place, value)]).findings
    end = stated("end") if code == "VSME-GEN-03" else place
    assert tell(found) == [f"{code} {end.sheet}!{end.cell}"]


NUMBERS = [fact for fact in answers() if isinstance(fact.value, Decimal)]


@pytest.mark.parametrize("fact", NUMBERS, ids=name_of)
def test_text_in_the_place_of_a_number_is_said_at_its_cell_and_nothing_is_missed_besides(fact: Fact) -> None:
    found = checked(sample_workbook(), [(fact.source, "n/a")]).findings
    assert tell(found) == [f"CELL-03 {fact.source.sheet}!{fact.source.cell.partition(':')[0]}"]
