"""Tables in text files (CSV): encoding and separator are found out, cells stay the text they are; it knows no type."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from esgreport.errors import WorkbookError
from esgreport.model import Cell, Sheet, Source
from esgreport.read.file import beginning, not_a_workbook
from esgreport.read.refusal import refusal
from esgreport.read.tables.raw import Grid, RawColumn, stripped

LARGEST_TEXT = 2_000_000_000
"""Bytes. A million survey answers have about 100 million."""
MOST_COLUMNS = 2_000
_SEPARATORS = ",;\t|"
_SAMPLE = 200_000
_FIRST = 30
_SAVE_AS_UTF8 = "Export it again as CSV in UTF-8, or save it as .xlsx."


@dataclass(frozen=True, slots=True)
class TextFile:
    """How a text file is written, and its first records."""

    path: Path
    shown: str
    encoding: str
    separator: str
    first: tuple[tuple[str, ...], ...]

    @property
    def source(self) -> Source:
        """Where it is."""
        return Source(self.shown)

    def grid(self, heads: Sequence[str], at: int, skipped: int, table: str) -> Grid:
        """The table below record number `at` (from 0), without the `skipped` records after it.

        Errors: WorkbookError for text that cannot be cut into columns.
        """
        start = at + 1 + skipped
        body = _frame(self, max(len(heads), *map(len, self.first))).iloc[start:]
        self._refuse_surplus(body, len(heads))
        filled = body.notna().any(axis=1).to_numpy()
        rows = np.flatnonzero(filled) + start + 1
        body = body[filled]
        places = [column for column, head in enumerate(heads) if head]
        return Grid(
            source=self.source,
            heads=tuple(heads[column] for column in places),
            columns=tuple(_column(body[column]) for column in places),
            letters=tuple(column + 1 for column in places),
            rows=rows.astype(np.int64),
            head=at + 1,
            table=table,
        )

    def _refuse_surplus(self, body: pd.DataFrame, width: int) -> None:
        surplus = np.flatnonzero(body.iloc[:, width:].notna().any(axis=1).to_numpy())
        if len(surplus):
            line = f"row {int(body.index[surplus[0]]) + 1}"
            what = "the row has more cells than there are headers; a text with the separator must stand in quotes"
            raise refusal(self.shown, line, what, _SAVE_AS_UTF8)


def open_text(path: Path, shown: str) -> TextFile:
    """Find out how a file is written. Errors: WorkbookError for what is no table in text."""
    start = beginning(path, shown)
    _refuse_other_kinds(start, shown)
    if path.stat().st_size > LARGEST_TEXT:
        raise refusal(shown, "", f"it has more than {LARGEST_TEXT // 1_000_000:,} MB", "Split it, or give Parquet.")
    encoding = _encoding(path, start)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        sample = file.read(_SAMPLE)
    if "\0" in sample:
        raise refusal(shown, "", "this is no table in text", "Give an Excel workbook (.xlsx), CSV or Parquet.")
    separator = _separator(sample)
    first = _records(sample, separator, shown)
    return TextFile(path, shown, encoding, separator, first)


def _refuse_other_kinds(start: bytes, shown: str) -> None:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    known = (b"%pdf", b"\xd0\xcf\x11\xe0", b"\x89png", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf", b"rar!", b"{\\rtf")
    if text.startswith((b"<", b"{", b"[", *known)):
        raise (
            not_a_workbook(start, shown)
            if text[:1] not in b"{[" or text.startswith(b"{\\rtf")
            else refusal(shown, "", "this is JSON, not a table", "Give an Excel workbook (.xlsx), CSV or Parquet.")
        )


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(sample: str) -> str:
    """The sign that cuts the first records into the most columns, the same number for most of them."""
    lines = sample.splitlines()[:_FIRST]
    best, found = (0.0, 0), ","
    for separator in _SEPARATORS:
        widths = _widths(lines, separator)
        usual = max(set(widths), key=widths.count, default=0)
        if usual > 1 and (rank := (widths.count(usual) / len(widths) * min(usual, 4), usual)) > best:
            best, found = rank, separator
    return found


def _widths(lines: Sequence[str], separator: str) -> list[int]:
    try:
        return [len(record) for record in csv.reader(lines, delimiter=separator) if record]
    except csv.Error:
        return []


def _records(sample: str, separator: str, shown: str) -> tuple[tuple[str, ...], ...]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    records: list[tuple[str, ...]] = []
    try:
        for record in reader:
            records.append(tuple(record))
            if len(records) == _FIRST:
                break
    except csv.Error as error:
        raise refusal(
            shown, f"line {reader.line_num}", f"the text cannot be cut into cells ({error})", _SAVE_AS_UTF8
        ) from None
    if max((len(record) for record in records), default=0) > MOST_COLUMNS:
        raise refusal(
            shown, "", f"it has more than {MOST_COLUMNS:,} columns", "Remove the columns that are not needed."
        )
    return tuple(records)


def _frame(file: TextFile, width: int) -> pd.DataFrame:
    try:
        return pd.read_csv(
            file.path,
            sep=file.separator,
            encoding=file.encoding,
            encoding_errors="replace",
            header=None,
            names=list(range(width)),
            index_col=False,
            dtype="str",
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
        )
    except WorkbookError:
        raise
    except Exception as error:  # pandas raises several kinds for text that is no table
        reason = str(error).splitlines()[0][:120] if isinstance(error, pd.errors.ParserError) else type(error).__name__
        raise refusal(file.shown, "", f"the text cannot be cut into columns ({reason})", _SAVE_AS_UTF8) from None


def _column(texts: pd.Series[str]) -> RawColumn:
    return RawColumn(len(texts), text=stripped(texts.reset_index(drop=True)))


def sheet_of_text(file: TextFile) -> Sheet:
    """A short file as a sheet: for settings."""
    cells: Mapping[tuple[int, int], Cell] = {
        (row, column): Cell(text.strip())
        for row, record in enumerate(file.first, start=1)
        for column, text in enumerate(record, start=1)
        if text.strip()
    }
    return Sheet("", cells)
