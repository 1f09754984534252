"""The official workbooks, cell by cell, against openpyxl: an independent reader of the same files."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from esgreport.model import Cell, CellError, CellValue, cell_reference
from esgreport.read import kind_of, read_workbook

OFFICIAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "vsme"
VERSIONS = (
    "VSME-Digital-Template-Sample-1.0.0.xlsx",
    "VSME-Digital-Template-Sample-1.1.1.xlsx",
    "VSME-Digital-Template-Sample-1.2.0.xlsx",
    "VSME-Digital-Template-1.3.0.xlsx",
)
pytestmark = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official workbooks are not beside this checkout")


@pytest.mark.parametrize("file", VERSIONS)
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_every_cell_name_and_merged_area_is_what_openpyxl_reads(file: str) -> None:
    import openpyxl

    theirs = openpyxl.load_workbook(OFFICIAL / file, data_only=True)
    formulas = formula_cells(OFFICIAL / file)
    ours = read_workbook(OFFICIAL / file, file)
    assert ours.sheet_names == tuple(theirs.sheetnames)
    for title in ours.sheet_names:
        sheet = theirs[title]
        expected = {
            (cell.row, cell.column): (_value(cell.value), cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        read = ours.sheets[title].cells
        assert {place: (cell.value, cell.number_format) for place, cell in read.items() if _is_filled(cell)} == expected
        assert {cell_reference(*place) for place, cell in read.items() if cell.formula} == formulas[title]
        assert {area.reference for area in ours.sheets[title].merged} == {
            str(area.coord) for area in sheet.merged_cells.ranges
        }
        assert ours.sheets[title].hidden == (sheet.sheet_state != "visible")
    assert {name.name: name.refers_to for name in ours.names} == {
        name: defined.attr_text for name, defined in theirs.defined_names.items()
    }
    for name in ours.names:
        try:
            destinations = list(theirs.defined_names[name.name].destinations)
        except ValueError:
            destinations = []
        expected_area = [(sheet, area.replace("$", "")) for sheet, area in destinations if area]
        assert ([(name.area.sheet, name.area.reference)] if name.area else []) == expected_area


def formula_cells(path: Path) -> dict[str, set[str]]:
    """The cells with a formula, by sheet, as the bytes that Excel writes have them."""
    with zipfile.ZipFile(path) as archive:
        links = archive.read("xl/_rels/workbook.xml.rels").decode()
        parts = {
            found["id"]: found["part"]
            for found in re.finditer(r'Id="(?P<id>\w+)"[^>]*?Target="(?P<part>[^"]+)"', links)
        }
        listed = re.finditer(r'<sheet name="([^"]+)"[^>]*?r:id="(\w+)"', archive.read("xl/workbook.xml").decode())
        return {
            unescape(found[1]): set(
                re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><f[ >/]', archive.read(f"xl/{parts[found[2]]}").decode())
            )
            for found in listed
        }


def _value(value: object) -> CellValue:
    """What openpyxl gives, in our types."""
    match value:
        case bool() | datetime():
            return value
        case date():
            return datetime(value.year, value.month, value.day)
        case int() | float():
            return Decimal(repr(int(value) if float(value).is_integer() else value))
        case str() if value in CellError.__members__.values():
            return CellError(value)
    return str(value).replace("_x0002_", "")  # a control character in 1.0.0, which openpyxl leaves escaped


def _is_filled(cell: Cell) -> bool:
    """Whether openpyxl has the cell too: it makes nothing of an empty text a formula gave."""
    return cell.value not in (None, "")


@pytest.mark.parametrize("file", VERSIONS)
def test_the_official_workbook_is_a_workbook_by_content(file: str) -> None:
    assert kind_of(OFFICIAL / file, file) == "workbook"
