"""The workbook for customers' data: in every language what is filled in is read back, and nothing in it is executed."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from customer_files import STANDARD, read_files

from esgreport.customers import sample_customers
from esgreport.model import Source
from esgreport.render.customers import write_customer_workbook
from esgreport.tables import CustomerTables

LANGUAGES = ("en", "it", "de", "fr")


def written(folder: Path, language: str, tables: CustomerTables | None) -> Path:
    path = folder / "customers.xlsx"
    path.write_bytes(write_customer_workbook(STANDARD, language, tables))
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_read_back(language: str, tmp_path: Path) -> None:
    tables = sample_customers(STANDARD, language)
    found = read_files([written(tmp_path, language, tables)])
    assert found.found == []
    assert found.tables.settings == tables.settings
    for name, table in tables.tables.items():
        pd.testing.assert_frame_equal(found[name], table.frame, check_categorical=False, obj=name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_workbook_is_read_as_nothing_and_without_a_finding(language: str, tmp_path: Path) -> None:
    found = read_files([written(tmp_path, language, None)])
    assert found.found == []
    assert [name for name, table in found.tables.tables.items() if table.given] == []
    assert found.tables.settings == {}


def test_the_same_tables_give_the_same_bytes() -> None:
    tables = sample_customers(STANDARD, "it")
    assert write_customer_workbook(STANDARD, "it", tables) == write_customer_workbook(STANDARD, "it", tables)


def test_a_text_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    tables = sample_customers(STANDARD, "en")
    accounts = tables.tables["accounts"]
    names = ["=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(A1)", "https://example.com", "\ttab"]
    frame = accounts.frame.assign(account_name=[*names, *accounts.frame["account_name"][len(names) :]])
    changed = replace(tables, tables={**tables.tables, "accounts": replace(accounts, frame=frame)})
    path = written(tmp_path, "en", changed)
    assert read_files([path]).column("accounts", "account_name")[: len(names)] == [name.strip() for name in names]
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        formulas = [sheet for sheet in sheets if "calc" in sheet or "SUM(A1)" in sheet]
        assert formulas == []
        assert not any(
            "hyperlink" in package.read(name).decode() for name in package.namelist() if name.endswith(".rels")
        )


def test_lists_are_offered_and_closed_ones_refuse_other_words(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written(tmp_path, "de", None))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["Kunden"].data_validations.dataValidation}
    heads = {cell.value: cell.column_letter for cell in book["Kunden"][3]}
    status, channel = rules[f"{heads['status']}5"], rules[f"{heads['acquisition_channel']}5"]
    assert (status.formula1, status.errorStyle or "stop") == ("list_account_status", "stop")
    assert (channel.formula1, channel.errorStyle or "stop") == ("list_acquisition_channels", "stop")
    assert rules[f"{heads['tier']}5"].errorStyle == "warning", "an open list asks, and keeps the word"
    assert rules[f"{heads['customer_since']}5"].type == "date"
    assert rules[f"{heads['in_loyalty_programme']}5"].formula1 == "list_yes_no"
    names = {name: book.defined_names[name].attr_text for name in ("list_account_status", "list_yes_no")}
    assert all(target.startswith("'Listen'!$") or target.startswith("Listen!$") for target in names.values())
    assert book["Listen"].sheet_state == "hidden"


def test_every_head_has_a_note_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written(tmp_path, "fr", None))
    for table in STANDARD.cx.tables.values():
        sheet = book[table.labels["fr"]]
        notes = {cell.value: cell.comment for cell in sheet[4] if cell.value}
        assert len(notes) == len(table.columns), table.name
        assert [head for head, note in notes.items() if note is None] == [], table.name
    status = next(cell for cell in book["Clients"][4] if cell.value == "Situation *")
    assert "L’un de\u00a0: Actif, Perdu, Prospect." in status.comment.text


def test_nothing_is_locked_so_that_columns_can_be_pasted(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, "en", None)) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert [sheet for sheet in sheets if b"sheetProtection" in sheet] == []


def test_the_first_sheet_leads_to_every_other_and_counts_its_rows(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written(tmp_path, "en", sample_customers(STANDARD, "en")), data_only=True)
    start = book["Start"]
    cells = [row[1] for row in start.iter_rows() if row[1].hyperlink]
    links = {cell.hyperlink.location.split("'!")[0].strip("'") for cell in cells}
    assert links == set(book.sheetnames) - {"Start", "Lists"}
    counts = {row[1].value: row[3].value for row in start.iter_rows() if isinstance(row[3].value, (int, float))}
    assert (counts["Accounts"], counts["Touchpoints"], counts["Phases"]) == (60, 17, 0)


def test_a_place_in_our_workbook_is_the_cell_it_was_read_from(tmp_path: Path) -> None:
    found = read_files([written(tmp_path, "en", sample_customers(STANDARD, "en"))])
    place = found.tables.tables["accounts"].place(0, "account_id")
    assert place == Source("customers.xlsx", "Accounts", "A5")
