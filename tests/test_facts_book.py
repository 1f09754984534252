"""The figures as a workbook: numbers as numbers with their cell beside them, texts as texts, nothing withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from filings import DEFINITIONS, filing
from openpyxl import Workbook, load_workbook

from esgreport.books import Book, Entry, Heading, Page
from esgreport.cli import main
from esgreport.compose import ReportOptions
from esgreport.compose.facts_book import facts_book
from esgreport.measure import measure
from esgreport.model import Filing, Period
from esgreport.pipeline import sample_filing
from esgreport.render.books import write_book

ENERGY = "TotalEnergyConsumption = 120 utr:MWh"


def book(filed: Filing, language: str = "en") -> Book:
    return facts_book(filed, measure(filed, DEFINITIONS), DEFINITIONS, ReportOptions(language))


def opened(made: Book) -> Workbook:
    return load_workbook(BytesIO(write_book(made)))


def rows(workbook: Workbook, sheet: str) -> list[dict[str, object]]:
    heads, *lines = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def all_rows(workbook: Workbook) -> list[dict[str, object]]:
    return [row for name in workbook.sheetnames[1:] for row in rows(workbook, name)]


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_every_fact_of_the_sample_is_in_one_row_with_its_cell(language: str) -> None:
    filed = sample_filing(DEFINITIONS, language)
    filed = replace(
        filed,
        facts=tuple(
            replace(fact, source=replace(fact.source, sheet="S", cell=f"ZZ{n}")) for n, fact in enumerate(filed.facts)
        ),
    )
    made = opened(book(filed, language))
    cells = [row for sheet in made.worksheets[1:] for row in sheet.iter_rows(values_only=True)]
    found = [cell for row in cells for cell in row if isinstance(cell, str) and cell.startswith("ZZ")]
    assert sorted(cell for cell in found if cell[2:].isdecimal()) == sorted(fact.source.cell for fact in filed.facts)
    assert not {None, ""} & set(next(iter(made.worksheets[1].iter_rows(values_only=True))))


def test_a_number_is_a_number_in_its_unit_with_its_paragraph_and_source() -> None:
    (row,) = rows(opened(book(filing(ENERGY))), "Environment")
    assert (row["Disclosure"], row["Value"], row["Unit"], row["Paragraph"]) == ("B3", 120, "MWh", "29")
    assert (row["Workbook"], row["Cell"], row["Concept"]) == ("book.xlsx", "D1", "TotalEnergyConsumption")


def test_a_percentage_is_a_fraction_shown_as_a_percentage() -> None:
    made = opened(book(filing("PercentageGapInPayBetweenFemaleAndMaleEmployees = 0.125")))
    (cell,) = [
        cell for row in made["Social"].iter_rows(min_row=2) for cell in row if cell.data_type == "n" and cell.value
    ]
    assert (cell.value, cell.number_format) == (0.125, "0%")


def test_the_year_before_has_a_column_in_this_years_unit() -> None:
    before = filing("TotalEnergyConsumption = 360 utr:GJ", period=Period(date(2024, 12, 31), date(2024, 1, 1)))
    filed = replace(filing(ENERGY), prior=(before,))
    (row,) = rows(opened(book(filed)), "Environment")
    assert (row["Value"], row["2024"], row["Unit"]) == (120, 100, "MWh")


def test_what_was_computed_has_a_sheet_of_its_own_with_its_formula() -> None:
    filed = filing(f"{ENERGY}\nNumberOfEmployees = 10 xbrli:pure")
    (row,) = [row for row in rows(opened(book(filed)), "Computed figures") if row["Concept"] == "EnergyPerEmployee"]
    assert row["Value"] == 12
    assert row["Formula"]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "https://example.org", "\t=2"])
def test_a_text_that_looks_like_a_formula_or_an_address_stays_text(text: str) -> None:
    sheet = opened(Book("t", (Page("p", (Heading("h", 10),), ((Entry(text),),)),)))["p"]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", text)
    assert sheet["A2"].hyperlink is None


def test_texts_too_long_or_not_of_this_world_do_not_break_the_file() -> None:
    sheet = opened(Book("t", (Page("p", (Heading("h", 10),), ((Entry("x" * 40_000),), (Entry("a\x07b\ufffe"),))),)))[
        "p"
    ]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("…")
    assert sheet["A3"].value == "ab"


def test_kinds_of_values_stay_what_they_are() -> None:
    values = (
        Entry(True),
        Entry(date(2025, 3, 1)),
        Entry(Decimal("2025"), kind="year"),
        Entry(),
        Entry(Decimal("1234.5"), 2),
    )
    sheet = opened(Book("t", (Page("p", tuple(Heading(str(n), 9) for n in range(5)), (values,)),)))["p"]
    assert [cell.value for cell in sheet[2]] == [True, datetime(2025, 3, 1), 2025, None, 1234.5]
    assert [cell.number_format for cell in sheet[2]][2:] == ["0", "General", "#,##0.00"]


def test_names_of_sheets_are_such_as_a_workbook_can_have() -> None:
    pages = tuple(Page(title, (Heading("h", 9),), ()) for title in ("A/B: [c]?", "a b   c", "x" * 40, "X" * 40, ""))
    names = opened(Book("t", pages)).sheetnames
    assert len({name.casefold() for name in names}) == 5
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_same_figures_make_the_same_bytes() -> None:
    filed = sample_filing(DEFINITIONS, "en")
    assert write_book(book(filed)) == write_book(book(filed))


def test_the_command_writes_what_its_readers_are_told_and_nothing_more(tmp_path: Path) -> None:
    given, own = tmp_path / "sample.xlsx", tmp_path / "rossi.yaml"
    own.write_text(
        "like: customer\nlabel: {en: for Rossi}\nwithholds:\n  - concepts: [TotalEnergyConsumption]\n"
        "    reason: {en: Not shared.}\n",
        encoding="utf-8",
    )
    assert CliRunner().invoke(main, ["init", str(given), "--sample"]).exit_code == 0
    found = {}
    for audience in ("full", str(own)):
        order = ["build", str(given), "-o", str(tmp_path / "out"), "--audience", audience, "--formats", "xlsx"]
        done = CliRunner().invoke(main, order)
        assert done.exit_code == 0, done.output
        found[audience] = {row["Concept"] for row in all_rows(load_workbook(tmp_path / "out" / "data.xlsx"))}
    assert "TotalEnergyConsumption" in found["full"] - found[str(own)]
    assert not {name for name in found[str(own)] if name.startswith("EnergyPer")}
