"""Where the official template asks for what, as the workbooks say it themselves.

`python tests/test_template_cells.py` writes `schemas/template_cells.csv` anew from the workbooks beside the checkout.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from esgreport.definitions import load
from esgreport.definitions.explaining import COLUMNS, load_template_cells
from esgreport.facts.names import bind_names
from esgreport.read import read_workbook

DEFINITIONS = load()
OFFICIAL = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme"
TABLE = DEFINITIONS.folder / "template_cells.csv"


def test_every_concept_of_the_template_has_a_place_in_each_version() -> None:
    cells = load_template_cells(DEFINITIONS.folder)
    versions = {cell.version for place in cells.values() for cell in place}
    assert versions == {"1.0.0", "1.1.1", "1.2.0", "1.3.0"}
    for concept, place in cells.items():
        assert concept in DEFINITIONS.concepts
        assert {cell.version for cell in place} == versions
    assert len(cells) == 143


def test_a_place_is_the_one_a_person_finds_in_the_template() -> None:
    cells = load_template_cells(DEFINITIONS.folder)
    newest = {
        cell.member: (cell.sheet, cell.cell) for cell in cells["TotalEnergyConsumption"] if cell.version == "1.3.0"
    }
    assert newest == {"": ("Environmental Disclosures", "G5")}
    members = {cell.member for cell in cells["GrossScope1GreenhouseGasEmissions"]}
    assert members == {"", "BaselineYearMember", "TargetYearMember"}


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official workbooks are not beside the checkout")
def test_the_table_is_what_the_official_workbooks_say() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


def table() -> str:
    """The table made from the named ranges of the official workbooks."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    order = list(DEFINITIONS.concepts)
    writer.writerows(sorted(rows(), key=lambda row: (order.index(row[0]), row[1], row[2])))
    return buffer.getvalue()


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    for path in OFFICIAL.glob("*.xlsx"):
        found = re.search(r"\d+\.\d+\.\d+", path.name)
        assert found, path
        for binding in bind_names(read_workbook(path, path.name), DEFINITIONS).values:
            member = binding.preset[1] if binding.preset else ""
            yield binding.concept, member, found[0], binding.area.sheet, binding.area.reference


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
