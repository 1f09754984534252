"""Customers' files for tests: workbooks and tables in text from rows, read at once, findings as short pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter

from esgreport import definitions, read
from esgreport.model import Finding
from esgreport.tables import CustomerTables

STANDARD = definitions.load()
Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Read:
    """What reading gave: the tables, and the findings."""

    tables: CustomerTables
    findings: tuple[Finding, ...]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    @property
    def found(self) -> list[tuple[str, str]]:
        """Code and place of each finding: `("CX-05", "Accounts!D4")`."""
        return [(finding.code, f"{finding.source.sheet}!{finding.source.cell}".strip("!")) for finding in self.findings]

    def column(self, table: str, name: str) -> list[object]:
        """The values of a column, what is missing as None."""
        values = self.tables[table][name].astype(object)
        return [None if missing else value for value, missing in zip(values, values.isna(), strict=True)]


def book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook with these sheets, each a list of rows."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as target:
        day = target.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = target.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if hasattr(value, "year"):
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, tuple):
                        sheet.write_formula(at, column, *value)
                    elif value is not None:
                        sheet.write(at, column, value)
    return path


def read_book(folder: Path, sheets: Mapping[str, Rows], language: str = "en") -> Read:
    """The tables of a workbook with these sheets."""
    return read_files([book(folder / "customers.xlsx", sheets)], language)


def read_files(paths: Sequence[Path], language: str = "en", maps: Sequence[Path] = ()) -> Read:
    """The tables of files."""
    return Read(*read.read_tables([(path, path.name) for path in paths], STANDARD, language, maps))


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with that text."""
    path.write_bytes(text.encode(encoding))
    return path


ACCOUNTS: Rows = [["account_id", "status"], ["A1", "active"], ["A2", "active"]]
