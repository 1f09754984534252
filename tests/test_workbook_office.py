"""What an office program computes from our workbook is what stands in it: totals, statuses, counts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from esgreport.definitions import load
from esgreport.facts import bind, filing_from_document
from esgreport.model import CellValue, Filing, Workbook
from esgreport.read import read_workbook
from esgreport.render.workbook import write_workbook

DEFINITIONS = load()
SOFFICE = shutil.which("soffice")
END = date(2025, 12, 31)
FORMULA_RESULT = re.compile(rb"(</f>)<v>[^<]*</v>")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("language", ["en", "fr", "empty"])
def test_every_formula_recalculated_gives_the_result_that_was_stored(tmp_path: Path, language: str) -> None:
    content = None if language == "empty" else sample(language)
    path = tmp_path / "ours.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, "en" if language == "empty" else language, content))
    stored, computed = read_workbook(path, path.name), recalculated(path, tmp_path)
    places = [
        (sheet, place)
        for sheet in stored.sheet_names
        for place, cell in stored.sheets[sheet].cells.items()
        if cell.formula
    ]
    assert len(places) > 300
    differing = [
        (sheet, place, stored.cell(sheet, *place).value, computed.cell(sheet, *place).value)
        for sheet, place in places
        if not alike(stored.cell(sheet, *place).value, computed.cell(sheet, *place).value)
    ]
    assert differing == []


def sample(language: str) -> Filing:
    path = DEFINITIONS.folder / "samples" / f"{language}.json"
    return filing_from_document(json.loads(path.read_text(encoding="utf-8")), DEFINITIONS, path.name)


def recalculated(path: Path, folder: Path) -> Workbook:
    """The workbook as LibreOffice computes it: the stored results are taken out first, so that it must."""
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item.filename, FORMULA_RESULT.sub(rb"\1", source.read(item)))
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return read_workbook(out / "bare.xlsx", "bare.xlsx")


def alike(one: CellValue, other: CellValue) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= abs(one) * Decimal("1e-12")
    return (one or "") == (other or "")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl, of data bars
def test_what_a_person_types_into_the_empty_workbook_is_added_up_and_read(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "typed.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, "it", None))
    book = openpyxl.load_workbook(path)

    def enter(name: str, value: object, row: int = 0) -> None:
        sheet, cell = next(iter(book.defined_names[name].destinations))
        first = book[sheet][cell.replace("$", "").partition(":")[0]]
        book[sheet].cell(first.row + row, first.column).value = value

    for name, text in (("entity_name", "Prova"), ("period_startdate", date(2025, 1, 1)), ("period_enddate", END)):
        enter(f"template_reporting_{name}", text)
    enter("template_currency", "EUR")
    enter("GrossScope1GreenhouseGasEmissions", 10)
    enter("GrossLocationBasedScope2GreenhouseGasEmissions", 5.5)
    enter("Turnover", 1000)
    for row, (code, unit, amount) in enumerate([("15 01 01", "t", 2), ("08 01 11", "kg", 500), ("150103", "kg", 40)]):
        enter("TypeOfWasteAxis", code, row)
        enter("WasteDirectedToDisposalMass", amount, row)
        enter("WasteDirectedToDisposalMass_unit", unit, row)
    book.save(path)
    filing, findings = bind(recalculated(path, tmp_path), DEFINITIONS, "it")
    values = {fact.concept: fact.value for fact in filing.facts if not fact.dimensions}
    assert values["TotalGrossLocationBasedScope1AndScope2GHGEmissions"] == Decimal("15.5")
    assert values["Scope1AndScope2GreenhouseGasEmissionsIntensityValueLocationBased"] == Decimal("0.0155")
    assert values["TotalHazardousWasteGeneratedMass"] == Decimal("0.5")
    assert values["TotalNonHazardousWasteGeneratedMass"] == Decimal("2.04")
    assert filing.dropped == ()
    assert [finding.code for finding in findings] == ["META-02"]
