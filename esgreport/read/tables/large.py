"""Sheets too large for one object a cell: gone through piece by piece into columns; nothing is skipped unseen.

It knows the plain form in which programs write large sheets, and counts: a sheet with a cell in any other form, or with
what could hide one (comments, declarations), is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from esgreport.errors import WorkbookError
from esgreport.model import Source, column_letters
from esgreport.read.package import Package
from esgreport.read.refusal import refusal
from esgreport.read.styles import NumberFormat
from esgreport.read.tables.pieces import Cells, Piece
from esgreport.read.tables.raw import Grid, RawColumn, column_taken, texts_of
from esgreport.read.values import Settings

LARGE_SHEET = 20_000_000
"""Bytes of a sheet from which on it is read this way: some 400,000 cells."""
MOST_COLUMNS = 500
_MOST_IN_A_PATTERN = 60
_PIECE = 8_000_000
_FIRST_ROWS = 20
_SAVE_AS_CSV = "Export the table as CSV or Parquet and give that."
_ROW = rb'<row\b[^>]*?\br="(\d+)"[^>]*>'
_CELL = re.compile(
    rb'<row\b[^>]*?\br="(\d+)"'
    rb'|<c r="([A-Z]{1,3})\d+"([^>/]*)(?:/>|>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?'
    rb"(?:<v(?: [^>]*)?>([^<]*)</v>|<is><t(?: [^>]*)?>([^<]*)</t></is>)?(?:<v/>)?</c>)"
)
_SUSPECT = (b"<!", b"<c>", b"<x:c")


@dataclass(frozen=True, slots=True)
class LargeSheet:
    """A large worksheet of a package, and what its cells depend on."""

    package: Package
    part: str
    source: Source
    formats: Mapping[str, NumberFormat]
    settings: Settings

    def columns(self) -> LargeColumns:
        """Go through the sheet. Errors: WorkbookError for a form that is not the plain one, or a sheet too wide."""
        scan = _Scan(self)
        for piece in _rows_whole(self.package.pieces(self.part, self.source.sheet, _PIECE)):
            scan.add(piece)
        return scan.finished()

    def refused(self, what: str) -> WorkbookError:
        """The error for a sheet that is not written plainly."""
        return refusal(self.source.file, self.source.sheet, what, _SAVE_AS_CSV)


@dataclass(frozen=True, slots=True)
class LargeColumns:
    """All columns of a large sheet by their number, and the number of each row."""

    source: Source
    columns: Mapping[int, RawColumn]
    rows: npt.NDArray[np.int64]

    @property
    def first(self) -> list[list[str]]:
        """The first rows, as text."""
        width = max(self.columns, default=0)
        few = np.arange(min(_FIRST_ROWS, len(self.rows)))
        texts = {at: texts_of(column_taken(column, few)).fillna("").tolist() for at, column in self.columns.items()}
        return [[texts[at][row] if at in texts else "" for at in range(1, width + 1)] for row in few]

    def grid(self, heads: Sequence[str], at: int, skipped: int, table: str) -> Grid:
        """The table below row number `at` (from 0), without the `skipped` rows after it."""
        places = [column for column, head in enumerate(heads, start=1) if head and column in self.columns]
        body = np.arange(at + 1 + skipped, len(self.rows))
        return Grid(
            source=self.source,
            heads=tuple(heads[column - 1] for column in places),
            columns=tuple(column_taken(self.columns[column], body) for column in places),
            letters=tuple(places),
            rows=self.rows[body],
            head=int(self.rows[at]),
            table=table,
        )


def _rows_whole(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces cut anew where a row ends."""
    rest = b""
    for piece in pieces:
        rest += piece
        end = rest.rfind(b"</row>")
        if end >= 0:
            yield rest[: end + 6]
            rest = rest[end + 6 :]
        elif len(rest) > 8 * _PIECE:
            break
    yield rest


class _Scan:
    """Takes pieces of a sheet apart and puts their cells into columns."""

    def __init__(self, sheet: LargeSheet) -> None:
        self._sheet = sheet
        self._columns: dict[int, Cells] = {}
        self._rows: list[npt.NDArray[np.int64]] = []
        self._count = 0
        self._kinds: dict[int, bytes] = {}
        self._same: re.Pattern[bytes] | None = None
        self._whole: re.Pattern[bytes] | None = None

    def add(self, piece: bytes) -> None:
        """Take one piece apart: row by row where all rows are alike, or at least plain, else cell by cell."""
        if any(sign in piece for sign in _SUSPECT):
            raise self._sheet.refused("it holds what no large table has (comments, declarations or prefixes)")
        if not (self._rows_alike(piece) or self._rows_plain(piece)):
            self._by_cells(piece)
            self._learn()

    def _learn(self) -> None:
        """Make the forms of rows from the columns there are, and what the last cells were like."""
        if not 0 < len(self._columns) <= _MOST_IN_A_PATTERN:
            return
        letters = {column: column_letters(column).encode() for column in sorted(self._columns)}
        alike = (
            rb'(?:<c r="%s\d+"%s><v>([^<]*)</v></c>)?' % (letter, re.escape(self._kinds[column]))
            for column, letter in letters.items()
        )
        plain = (rb'(?:<c r="%s\d+"([^>/]*)(?:/>|>(?:<v>([^<]*)</v>)?</c>))?' % letter for letter in letters.values())
        self._same = re.compile(_ROW + b"".join(alike) + b"</row>")
        self._whole = re.compile(_ROW + b"".join(plain) + b"</row>")

    def _rows_alike(self, piece: bytes) -> bool:
        """Whether all cells of a column were alike; then they are in the columns."""
        rows = self._same.findall(piece) if self._same else []
        if not rows or len(rows) != piece.count(b"<row"):
            return False
        numbers, *columns = zip(*rows, strict=True)
        at = self._begin_rows(numbers)
        for column, values in zip(sorted(self._kinds), columns, strict=True):
            self._put(column, Piece(at, self._kinds[column], values))
        return True

    def _rows_plain(self, piece: bytes) -> bool:
        """Whether all cells were values without formulas; then they are in the columns."""
        rows = self._whole.findall(piece) if self._whole else []
        if not rows or len(rows) != piece.count(b"<row"):
            return False
        numbers, *parts = zip(*rows, strict=True)
        at = self._begin_rows(numbers)
        for column, kinds, values in zip(sorted(self._kinds), parts[::2], parts[1::2], strict=True):
            self._put_kinds(column, at, kinds, values)
        return True

    def _by_cells(self, piece: bytes) -> None:
        found = _CELL.findall(piece)
        cells = [(letters, kind, value or inline) for _, letters, kind, value, inline in found if letters]
        numbers = [number for number, *_ in found if number]
        if piece.count(b"<c ") != len(cells) or piece.count(b"<row") != len(numbers):
            raise self._sheet.refused("some of its cells are not written in the usual form")
        self._begin_rows(numbers)
        row = self._count - len(numbers) - 1
        by_column: dict[bytes, list[tuple[int, bytes, bytes]]] = {}
        for number, letters, kind, value, inline in found:
            if number:
                row += 1
            else:
                by_column.setdefault(letters, []).append((row, kind, value or inline))
        for letters, each in by_column.items():
            places, kinds, values = zip(*each, strict=True)
            column = _column_number(letters)
            self._kinds[column] = kinds[-1]
            self._put_kinds(column, np.array(places, dtype=np.int64), kinds, values)

    def _begin_rows(self, numbers: Sequence[bytes]) -> npt.NDArray[np.int64]:
        """Note the numbers of rows; their positions in the columns."""
        self._rows.append(np.array(list(map(int, numbers)), dtype=np.int64))
        self._count += len(numbers)
        return np.arange(self._count - len(numbers), self._count)

    def _put_kinds(
        self, column: int, at: npt.NDArray[np.int64], kinds: Sequence[bytes], values: Sequence[bytes]
    ) -> None:
        """Put cells of several kinds into a column, each kind by itself."""
        distinct = set(kinds)
        for kind in distinct:
            if len(distinct) == 1:
                self._put(column, Piece(at, kind, values))
            else:
                own = [index for index, each in enumerate(kinds) if each == kind]
                self._put(column, Piece(at[own], kind, [values[index] for index in own]))

    def _put(self, column: int, piece: Piece) -> None:
        if column > MOST_COLUMNS:
            raise self._sheet.refused(f"it has more than {MOST_COLUMNS} columns")
        cells = self._columns.setdefault(column, Cells(self._sheet.formats, self._sheet.settings))
        if problem := cells.add(piece):
            raise self._sheet.refused(problem)

    def finished(self) -> LargeColumns:
        """All columns, of the length of the sheet."""
        rows = np.concatenate(self._rows) if self._rows else np.empty(0, dtype=np.int64)
        last = max((cells.last_shared for cells in self._columns.values()), default=-1)
        strings = self._sheet.settings.strings
        try:
            shared = np.array([strings[at] for at in range(last + 1)] if strings else [], dtype=object)
        except IndexError:
            raise self._sheet.refused("a cell points to a shared text that is not there") from None
        columns = {at: cells.column(len(rows), shared) for at, cells in sorted(self._columns.items())}
        return LargeColumns(self._sheet.source, columns, rows)


def _column_number(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found
