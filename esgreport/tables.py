"""Customers' data as it flows: tables of columns, each row with the place it came from; it reads and judges none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esgreport.model import Source, cell_reference

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

SettingValue = str | float | bool | date


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of a table that one sheet or file gave: where it is, and each row's number there.

    `columns` has the column each came from, counted from 1, by name; one that was not there is missing.
    """

    source: Source
    rows: npt.NDArray[np.int64]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CustomerTable:
    """One table. `frame` has every column of its definition, in its order and with its dtype, given or not.

    Its index counts the rows from 0 in the order of `parts`. Columns the definition does not know follow, as `str`
    under the header they came with.
    """

    name: str
    frame: pd.DataFrame
    parts: tuple[TablePart, ...] = ()

    @property
    def given(self) -> bool:
        """Whether there is a row at all."""
        return len(self.frame) > 0

    def has(self, *columns: str) -> bool:
        """Whether each of the columns has a value in some row."""
        return self.given and all(bool(self.frame[column].notna().any()) for column in columns)

    def place(self, row: int, column: str = "") -> Source:
        """Where a row of the frame (by its index) came from, with a column's cell where that is a sheet's."""
        starts = [0]
        for part in self.parts:
            starts.append(starts[-1] + len(part.rows))
        at = bisect_right(starts, row) - 1
        part = self.parts[at]
        number = int(part.rows[row - starts[at]])
        letter = part.columns.get(column, 0)
        cell = cell_reference(number, letter) if letter else f"{number}:{number}"
        return Source(part.source.file, part.source.sheet, cell)


@dataclass(frozen=True, slots=True)
class CustomerTables:
    """All tables by name, also those nobody filled in, which have no rows; and the settings that were entered.

    `defaults` are the settings that hold where nothing was entered: results that rest on one must say so.
    """

    files: tuple[str, ...]
    tables: Mapping[str, CustomerTable]
    settings: Mapping[str, SettingValue]
    defaults: Mapping[str, SettingValue]
    digests: tuple[tuple[str, str], ...] = ()
    """Pairs of file and SHA-256, one for each file read."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The frame of a table; KeyError for a name that no definition has."""
        return self.tables[name].frame

    def setting(self, name: str) -> SettingValue | None:
        """A setting as entered, else its default; None where there is neither."""
        return self.settings.get(name, self.defaults.get(name))

    def number(self, name: str) -> float | None:
        """A setting that is a number; None where it is not entered and has no default."""
        value = self.setting(name)
        return float(value) if isinstance(value, (int, float)) else None

    def text(self, name: str) -> str:
        """A setting that is a text or a value of a list; empty where there is none."""
        value = self.setting(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """A setting that is a day; None where it is not entered."""
        value = self.setting(name)
        return value if isinstance(value, date) else None

    def flag(self, name: str) -> bool | None:
        """A setting that is yes or no; None where it is not entered."""
        value = self.setting(name)
        return value if isinstance(value, bool) else None
