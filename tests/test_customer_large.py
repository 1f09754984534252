"""Large sheets and Parquet: read into columns without an object a cell, and to the same tables as small ones."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from customer_files import ACCOUNTS, book, read_files, text_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esgreport.errors import WorkbookError
from esgreport.model import Source
from esgreport.read.book import read_book
from esgreport.read.package import open_package
from esgreport.read.tables.large import LargeSheet
from esgreport.read.tables.raw import Grid, filled, texts_of
from esgreport.read.tables.sheets import SheetRows
from esgreport.read.workbook import Sheets

HEADS = ["a", "b", "c", "d"]


def both_ways(path: Path) -> tuple[Grid, Grid]:
    """The first sheet of a workbook, read as a large one and as a small one."""
    package = open_package(path.read_bytes(), path.name)
    listed = read_book(package)
    sheets = Sheets(package, listed)
    entry = listed.sheets[0]
    source = Source(path.name, entry.name)
    large = LargeSheet(package, entry.part, source, sheets.formats, sheets.settings).columns()
    small = SheetRows(sheets[entry.name], source)
    return large.grid(large.first[0], 0, 0, "x"), small.grid(small.first[0], 0, 0, "x")


def contents(grid: Grid) -> dict[str, dict[int, str]]:
    """Every stored value by head and row, as text."""
    return {
        head: {int(grid.rows[at]): str(texts_of(column).iloc[at]) for at in filled(column)}
        for head, column in zip(grid.heads, grid.columns, strict=True)
    }


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8),
    st.floats(-1e12, 1e12),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1905, 1, 1), date(2100, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12))
def test_a_large_sheet_is_read_as_a_small_one_is(rows: list[list[object]], tmp_path: Path) -> None:
    large, small = both_ways(book(tmp_path / "x.xlsx", {"Data": [HEADS, *rows]}))
    assert contents(large) == contents(small)


def test_uniform_rows_by_the_thousand_are_read_as_a_small_sheet_is(tmp_path: Path) -> None:
    rows = [[f"R{n}", n % 11, date(2025, 1, 1 + n % 28), None if n % 7 else "some & <words>"] for n in range(3000)]
    large, small = both_ways(book(tmp_path / "x.xlsx", {"Data": [HEADS, *rows]}))
    assert contents(large) == contents(small)
    assert list(large.rows) == list(range(2, 3002))


def rewritten(path: Path, change: Callable[[str], str]) -> Path:
    """The workbook with its first sheet's XML changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name.endswith("sheet1.xml") else data)
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda xml: xml.replace("<sheetData>", "<sheetData><!-- hidden -->"), "comments, declarations or prefixes"),
        (lambda xml: "<!DOCTYPE x>" + xml, "comments, declarations or prefixes"),
        (lambda xml: xml.replace('<c r="B2">', '<c s="0" r="B2">'), "not written in the usual form"),
        (lambda xml: xml.replace("<v>5</v>", "<v>five</v>"), "should hold a number"),
        (lambda xml: xml.replace("<v>5</v>", "<v>inf</v>"), "should hold a number"),
        (lambda xml: xml.replace('r="B2"', 'r="XFD2"'), "more than 500 columns"),
        (lambda xml: re.sub(r't="s"><v>\d+', 't="s"><v>99999', xml), "shared text that is not there"),
        (lambda xml: xml.replace('t="s"', 't="q"'), "of a kind that large tables do not have"),
    ],
)
def test_what_a_large_sheet_may_hide_is_refused(change: Callable[[str], str], said: str, tmp_path: Path) -> None:
    path = rewritten(book(tmp_path / "x.xlsx", {"Data": [["a", "b"], ["t", 5]]}), change)
    package = open_package(path.read_bytes(), "x.xlsx")
    sheets = Sheets(package, read_book(package))
    sheet = LargeSheet(package, sheets.part_of("Data"), Source("x.xlsx", "Data"), sheets.formats, sheets.settings)
    with pytest.raises(WorkbookError, match=said):
        sheet.columns()


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    path = rewritten(
        book(tmp_path / "x.xlsx", {"Data": [["a", "b"], ["t", 5]]}),
        lambda xml: xml.replace('<row r="2"', '<row r="1048576"').replace('r="B2"', 'r="B1048576"'),
    )
    large, _ = both_ways(path)
    assert contents(large)["b"] == {1048576: "5"}


def test_a_sheet_beyond_the_limit_of_small_ones_is_read(tmp_path: Path) -> None:
    """Half a million cells: as single cells they would be refused."""
    rows = [["response_id", "collected_at", "account_id", "question_id", "value_number", "channel"]]
    rows += [[f"R{n}", datetime(2025, 1, 1 + n % 28), "A1", "q1", n % 11, "email"] for n in range(90_000)]
    found = read_files([book(tmp_path / "customers.xlsx", {"Accounts": ACCOUNTS, "Responses": rows})])
    frame = found["responses"]
    assert len(frame) == 90_000
    assert frame["value_number"].sum() == sum(n % 11 for n in range(90_000))
    assert found.found == []
    assert found.tables.tables["responses"].place(89_999, "value_number").cell == "E90001"


# ── Parquet ──


def test_a_parquet_file_gives_the_same_table_as_the_same_text(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra `cx`")
    frame = pd.DataFrame(
        {
            "ticket_id": ["T1", "T2", " T3 "],
            "account_id": ["A1", None, "A1"],
            "opened_at": pd.to_datetime(["2025-03-01 09:30", "2025-03-02 00:00", "2025-03-03 10:00"]),
            "replies": pd.array([1, None, 3], dtype="Int64"),
            "had_to_repeat": pd.array([True, None, False], dtype="boolean"),
            "cost": [1.5, np.nan, 3.0],
            "status": pd.Categorical(["solved", "open", "Closed"]),
        }
    )
    frame.to_parquet(tmp_path / "tickets.parquet")
    frame.to_csv(tmp_path / "tickets.csv", index=False)
    parquet, text = (read_files([tmp_path / f"tickets.{kind}"]) for kind in ("parquet", "csv"))
    pd.testing.assert_frame_equal(parquet["tickets"], text["tickets"], check_categorical=False)
    assert parquet.column("tickets", "ticket_id") == ["T1", "T2", "T3"]
    assert parquet.column("tickets", "status") == ["solved", "open", "closed"]


def test_long_identifiers_in_parquet_lose_no_digit(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra `cx`")
    frame = pd.DataFrame({"account_id": [9007199254740993, 2], "status": ["active", "active"]})
    frame.to_parquet(tmp_path / "accounts.parquet")
    found = read_files([tmp_path / "accounts.parquet"])
    assert found.column("accounts", "account_id") == ["9007199254740993", "2"]


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra `cx`")
    (tmp_path / "accounts.parquet").write_bytes(b"PAR1" + b"\0" * 200)
    with pytest.raises(WorkbookError, match=r"accounts\.parquet: the Parquet file is damaged"):
        read_files([tmp_path / "accounts.parquet"])


def test_a_text_that_begins_like_nothing_is_still_text(tmp_path: Path) -> None:
    assert len(read_files([text_file(tmp_path / "accounts.csv", "account_id,status\nPAR1,active\n")])["accounts"]) == 1
