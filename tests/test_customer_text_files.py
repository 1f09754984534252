"""Customers' tables in text: encodings, separators and decimals as programs write them, and files that are none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from customer_files import read_files, text_file

from esgreport.errors import WorkbookError

GERMAN = (
    "order_id;account_id;ordered_at;amount;product\nA-1;Müller;31.12.2025;1.234,50;Käse\nA-2;Müller;01.02.2025;12,5;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_german_files_are_read_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    read = read_files([text_file(tmp_path / "orders.csv", GERMAN, encoding)])
    assert read.column("orders", "amount") == [1234.5, 12.5]
    assert read.column("orders", "account_id") == ["Müller", "Müller"]
    assert read.column("orders", "ordered_at") == [datetime(2025, 12, 31), datetime(2025, 2, 1)]
    assert read.found == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(separator: str, tmp_path: Path) -> None:
    rows = [("account_id", "status", "account_name"), ("A1", "active", '"Smith, Jones; Co"'), ("A2", "active", "x|y")]
    text = "\n".join(
        separator.join(row if separator not in row[2] else (*row[:2], f'"{row[2].strip(chr(34))}"')) for row in rows
    )
    read = read_files([text_file(tmp_path / "accounts.csv", text)])
    assert read.column("accounts", "account_name") == ["Smith, Jones; Co", "x|y"]
    assert read.column("accounts", "status") == ["active", "active"]


def test_a_line_break_inside_a_cell_is_text(tmp_path: Path) -> None:
    text = 'response_id,collected_at,question_id,value_text\nr1,2025-05-01,q1,"one\ntwo"\nr2,2025-05-02,q1,three\n'
    read = read_files([text_file(tmp_path / "responses.csv", text)])
    assert read.column("responses", "value_text") == ["one\ntwo", "three"]
    assert read.tables.tables["responses"].place(1, "value_text").cell == "D3"


def test_na_none_and_null_are_texts_like_others(tmp_path: Path) -> None:
    text = "account_id,status\nNA,active\nNone,active\nnull,active\n1e5,active\n"
    assert read_files([text_file(tmp_path / "accounts.csv", text)]).column("accounts", "account_id") == [
        "NA", "None", "null", "1e5",
    ]  # fmt: skip


def test_a_file_of_any_name_is_known_by_its_headers(tmp_path: Path) -> None:
    read = read_files([text_file(tmp_path / "export (3).csv", GERMAN)])
    assert len(read["orders"]) == 2
    assert str(read.tables.tables["orders"].place(0, "amount")) == "export (3).csv"


def test_two_files_of_one_table_are_one_table_and_each_row_knows_its_file(tmp_path: Path) -> None:
    first = text_file(tmp_path / "orders.csv", GERMAN)
    second = text_file(tmp_path / "more.csv", GERMAN.replace("A-", "B-"))
    read = read_files([first, second])
    assert read.column("orders", "order_id") == ["A-1", "A-2", "B-1", "B-2"]
    assert read.column("orders", "product") == ["Käse", None, "Käse", None]
    assert read.tables.tables["orders"].place(2).file == "more.csv"
    assert [file for file, digest in read.tables.digests if len(digest) == 64] == ["orders.csv", "more.csv"]


def test_settings_may_come_as_text(tmp_path: Path) -> None:
    read = read_files([text_file(tmp_path / "settings.csv", "setting,value\ncurrency,EUR\nconfidence,99%\n")])
    assert read.tables.settings == {"currency": "EUR", "confidence": 0.99}


def test_blank_lines_do_not_move_the_rows(tmp_path: Path) -> None:
    read = read_files([text_file(tmp_path / "accounts.csv", "\naccount_id,status\n\nA1,active\n,,\nA2,active\n")])
    assert read.tables.tables["accounts"].place(1, "account_id").cell == "A6"


def test_a_record_with_too_many_cells_loses_nothing_silently(tmp_path: Path) -> None:
    text = "account_id,status\nA1,active\nA2,active,surplus\n"
    with pytest.raises(WorkbookError, match=r"accounts\.csv row 3: the row has more cells than there are headers"):
        read_files([text_file(tmp_path / "accounts.csv", text)])
    later = "account_id,status\n" + "A,active\n" * 50 + "A2,active,surplus\n"
    with pytest.raises(WorkbookError, match=r"accounts\.csv: the text cannot be cut into columns .*line 52"):
        read_files([text_file(tmp_path / "accounts.csv", later)])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "this is a PDF"),
        (b'{"responses": []}', "this is JSON, not a table"),
        (b"<!DOCTYPE html><html>", "this is a web page"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
        (b"\x1f\x8b\x08\x00", "this is a compressed file"),
        (b"", "the file is empty"),
        (b"a,b\n\0\0\0\0", "this is no table in text"),
        (b"a" * 3_000_000, "cannot be cut into cells"),
        (b"," * 5_000 + b"\n", "more than 2,000 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_bytes(content)
    with pytest.raises(WorkbookError) as refused:
        read_files([tmp_path / "accounts.csv"])
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unclosed_quote_gives_a_finding_or_a_refusal_never_a_crash(tmp_path: Path) -> None:
    text = 'account_id,status\nA1,"active\nA2,active\n'
    try:
        read = read_files([text_file(tmp_path / "accounts.csv", text)])
    except WorkbookError as refused:
        assert "accounts.csv" in str(refused)
    else:
        assert read.found == [("CX-10", "B2")]


def test_a_formula_in_a_cell_is_only_text(tmp_path: Path) -> None:
    text = "account_id,status\n=cmd|'/c calc'!A1,active\n"
    assert read_files([text_file(tmp_path / "accounts.csv", text)]).column("accounts", "account_id") == [
        "=cmd|'/c calc'!A1"
    ]
