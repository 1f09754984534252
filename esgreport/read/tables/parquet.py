"""Tables in Parquet files: their columns with the types they have there; it needs pyarrow, an extra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from esgreport.model import Source
from esgreport.read.refusal import refusal
from esgreport.read.tables.raw import Grid, column_of_series, texts_of

MOST_ROWS = 50_000_000
MOST_COLUMNS = 2_000
_MAGIC = b"PAR1"
_FIRST_ROWS = 5


def is_parquet(data: bytes) -> bool:
    """Whether the bytes begin as a Parquet file does."""
    return data.startswith(_MAGIC)


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """A Parquet file as it was read; the names of its columns are its first row, as in a text file."""

    source: Source
    frame: pd.DataFrame

    @property
    def first(self) -> list[list[str]]:
        """The names of its columns, and its first rows as text."""
        begin = self.frame.iloc[:_FIRST_ROWS].astype(object)
        few = [texts_of(column_of_series(begin[name])).fillna("").tolist() for name in begin]
        return [[str(name) for name in self.frame], *map(list, zip(*few, strict=True))]

    def grid(self, heads: Sequence[str], at: int, skipped: int, table: str) -> Grid:
        """The table below row number `at` of `first`, without the `skipped` rows after it; rows count from 1."""
        body = self.frame.iloc[at + skipped :]
        places = [column for column, head in enumerate(heads) if head]
        return Grid(
            source=self.source,
            heads=tuple(heads[column] for column in places),
            columns=tuple(column_of_series(body.iloc[:, column]) for column in places),
            letters=tuple(0 for _ in places),
            rows=np.arange(at + skipped + 1, len(self.frame) + 1, dtype=np.int64),
            table=table,
        )


def open_parquet(path: Path, shown: str) -> ParquetFile:
    """A Parquet file; texts are read as few distinct ones where the file says so.

    Errors: WorkbookError without pyarrow, for a damaged file, or for one beyond all limits.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        advice = "Install it with `pip install esgreport[cx]`, or give the table as CSV."
        raise refusal(shown, "", "to read Parquet files pyarrow is needed", advice) from None
    try:
        file = parquet.ParquetFile(path)
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        texts = [file.schema_arrow.names[at] for at, kind in enumerate(file.schema_arrow.types) if str(kind) in _TEXTS]
    except Exception:  # pyarrow raises several kinds for what is no Parquet file
        raise refusal(shown, "", "the Parquet file is damaged", "Export it again.") from None
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        what = f"it has {rows:,} rows and {columns:,} columns; at most {MOST_ROWS:,} and {MOST_COLUMNS:,} are read"
        raise refusal(shown, "", what, "Split it.")
    try:
        table = parquet.read_table(path, read_dictionary=texts)
        frame = table.to_pandas(split_blocks=True, self_destruct=True)
    except Exception:  # as above
        raise refusal(shown, "", "the Parquet file is damaged", "Export it again.") from None
    return ParquetFile(Source(shown), frame)


_TEXTS = ("string", "large_string")
