"""The official template with one wrong cell: what the cells say that are no facts is found where it is to be mended."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from esgreport.check import check
from esgreport.definitions import load
from esgreport.facts import bind
from esgreport.model import Area, Cell, CellValue, Filing, Workbook, cell_reference
from esgreport.read import read_workbook

DEFINITIONS = load()
BOOK = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme" / "VSME-Digital-Template-Sample-1.2.0.xlsx"
pytestmark = pytest.mark.skipif(not BOOK.exists(), reason="the official workbooks are not beside the checkout")
SHEETS = {
    "E": "Environmental Disclosures",
    "S": "Social Disclosures",
    "G": "Governance Disclosures",
    "I": "General Information",
}
"""The sheets by one letter: E, S, G and I."""


@cache
def book() -> Workbook:
    return read_workbook(BOOK, "book.xlsx")


def filing(**changes: CellValue) -> Filing:
    """The sample with some cells changed, each named by the letter of its sheet and its place: `S_D134=60`."""
    cells = {name: dict(book().sheets[name].cells) for name in SHEETS.values()}
    for key, value in changes.items():
        letter, _, place = key.partition("_")
        where = row_and_column(place)
        old = cells[SHEETS[letter]].get(where, Cell(None))
        cells[SHEETS[letter]][where] = replace(old, value=value)
        if value is None:
            del cells[SHEETS[letter]][where]
    sheets = {name: book().sheets[name] for name in book().sheet_names}
    sheets |= {name: replace(sheets[name], cells=content) for name, content in cells.items()}
    return bind(replace(book(), sheets=sheets), DEFINITIONS)[0]


def row_and_column(place: str) -> tuple[int, int]:
    column = 0
    letters = place.rstrip("0123456789")
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(place.removeprefix(letters)), column


def found(**changes: CellValue) -> list[tuple[str, str]]:
    """What is found beyond what is wrong with the sample anyway, without the VSME- of the code."""
    before = {(each.code, str(each.source), each.message) for each in check(filing(), DEFINITIONS)}
    after = check(filing(**changes), DEFINITIONS)
    new = [each for each in after if (each.code, str(each.source), each.message) not in before]
    letters = {name: letter for letter, name in SHEETS.items()}
    return [(each.code.removeprefix("VSME-"), f"{letters[each.source.sheet]}_{each.source.cell}") for each in new]


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1", "1.2.0"])
@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
def test_a_sample_as_it_is_has_nothing_of_this_kind(version: str, edition: str) -> None:
    path = BOOK.with_name(f"VSME-Digital-Template-Sample-{version}.xlsx")
    read, _ = bind(read_workbook(path, path.name), DEFINITIONS)
    assert read.side_answers
    with_them, without = (
        [str(each) for each in check(each, DEFINITIONS, edition=edition)]
        for each in (read, replace(read, side_answers=()))
    )
    assert with_them == without


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"S_D137": Decimal("0.33")}, [("B8-05", "S_D137")]),
        ({"S_D134": Decimal(60)}, [("B8-05", "S_D137")]),
        ({"S_D150": Decimal("0.2")}, [("B10-03", "S_D150")]),
        ({"S_D152": Decimal("0.8")}, [("B10-04", "S_D152")]),
        ({"S_D167": Decimal("1.25")}, [("C5-01", "S_D167")]),
        ({"G_H33": Decimal("0.4")}, [("C9-02", "G_H33")]),
        ({"G_H31": Decimal("5.5"), "G_H33": Decimal("2.75")}, [("C9-01", "G_H31")]),
        ({"S_D134": Decimal(-50)}, [("GEN-06", "S_D134")]),
        ({"E_D45": Decimal(250)}, [("B3-07", "E_D45")]),
        ({"E_K22": Decimal("0.5")}, [("C3-03", "E_K22")]),
        ({"I_E182": "NACE G - 47.21 Retail sale of fruit and vegetables"}, [("B1-04", "I_E182")]),
        ({"I_E395": None}, [("B1-07", "I_E395")]),
        ({"G_H25": True}, [("C8-04", "G_H26")]),
        ({"G_H25": True, "G_H26": False}, [("C8-04", "G_H27")]),
        ({"G_H10": True}, [("C8-01", "G_H10")]),
        ({"G_H32": None, "G_H33": "-"}, [("C9-01", "G_H32")]),
        ({"G_H5": False}, [("B11-01", "G_H6")]),
        ({"G_H6": None}, [("B11-01", "G_H6")]),
        ({"E_D57": None}, [("C3-04", "E_D57")]),
        ({"E_D57": "A transition plan has already been adopted", "E_D58": "A plan"}, [("C3-04", "E_D57")]),
        ({"E_D62": None}, [("C3-04", "E_D62")]),
        ({"I_E529": None}, [("C1-01", "I_E529")]),
    ],
    ids=str,
)
def test_one_wrong_cell_is_found_where_it_is_to_be_mended(
    changes: dict[str, CellValue], expected: list[tuple[str, str]]
) -> None:
    assert found(**changes) == expected


def cleared(sheet: str, area: Area) -> dict[str, CellValue]:
    """The cells of an area, all emptied."""
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    letter = next(letter for letter, name in SHEETS.items() if name == sheet)
    there = book().sheets[sheet].cells
    return {f"{letter}_{cell_reference(r, c)}": None for r in rows for c in columns if (r, c) in there}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["AmountOfEmissionToAir", "AmountOfEmissionToWater", "AmountOfEmissionToSoil"], [("B4-01", "E_G74")]),
        (["SitesInBiodiversitySensitiveAreasTable"], [("B5-01", "E_G184")]),
        (["BreakdownOfAnnualMassFlowOfRelevantMaterialsUsedByTheUndertakingHypercube"], [("B7-06", "E_G433")]),
        (["NumberOfEmployeesForCountryOfEmploymentContractTable"], [("B8-03", "S_E29")]),
    ],
)
def test_a_table_that_a_yes_asks_for_is_missed(names: list[str], expected: list[tuple[str, str]]) -> None:
    changes: dict[str, CellValue] = {}
    for name in names:
        area = next(each.area for each in book().names if each.name == name)
        assert area is not None
        changes |= cleared(area.sheet, area)
    if "Hypercube" in names[0]:
        changes |= {"E_G535": "-", "E_G536": "-"}
    assert found(**changes) == expected


def test_the_answer_no_asks_for_nothing() -> None:
    area = next(each.area for each in book().names if each.name == "SitesInBiodiversitySensitiveAreasTable")
    assert area is not None
    assert found(**cleared(area.sheet, area), E_G184=False) == []


def test_a_number_of_employees_typed_wrong_is_one_finding_though_the_coverage_hangs_on_it_too() -> None:
    assert found(I_E282=Decimal(1510)) == [("B8-01", "I_E282")]
