"""The cells of one column of a large sheet, as they are stored, piece by piece into arrays; it knows no sheet."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.read.styles import NumberFormat
from esgreport.read.tables.raw import RawColumn, stripped
from esgreport.read.text import unescaped
from esgreport.read.values import Settings, moment, number

_TYPE, _STYLE = re.compile(rb'\bt="(\w+)"'), re.compile(rb'\bs="(\d+)"')
_MARCH_1900, _LAST_DAY = 61, 2_958_465
_BASE = np.datetime64("1899-12-30", "us")
_NO_NUMBER = "a cell should hold a number and holds something else"

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of a column: their rows, the attributes they share, and what each stores (empty for nothing)."""

    at: Places
    kind: bytes
    values: Sequence[bytes]


@dataclass
class Cells:
    """A column as it grows: what it holds of each kind, as pairs of rows and values."""

    formats: Mapping[str, NumberFormat]
    settings: Settings
    texts: list[tuple[Places, npt.NDArray[np.object_]]] = field(default_factory=list)
    shared: list[tuple[Places, Places]] = field(default_factory=list)
    numbers: list[tuple[Places, npt.NDArray[np.float64]]] = field(default_factory=list)
    moments: list[tuple[Places, npt.NDArray[np.float64]]] = field(default_factory=list)
    flags: list[tuple[Places, npt.NDArray[np.bool_]]] = field(default_factory=list)
    errors: list[Places] = field(default_factory=list)

    def add(self, piece: Piece) -> str:
        """Take up some cells. Returns what is wrong with them; empty when nothing is."""
        at, values = piece.at, piece.values
        if b"" in values:
            there = [index for index, value in enumerate(values) if value]
            at, values = at[there], [values[index] for index in there]
        found = _TYPE.search(piece.kind)
        match found[1] if found else b"n":
            case b"s":
                self.shared.append((at, np.array(list(map(int, values)), dtype=np.int64)))
            case b"n":
                return self._add_numbers(piece.kind, at, values)
            case b"str" | b"inlineStr":
                self.texts.append((at, _decoded(values)))
            case b"b":
                self.flags.append((at, np.array([value == b"1" for value in values], dtype=bool)))
            case b"e":
                self.errors.append(at)
            case _:
                return "some of its cells are of a kind that large tables do not have"
        return ""

    def _add_numbers(self, kind: bytes, at: Places, values: Sequence[bytes]) -> str:
        try:
            numbers = np.array(list(map(float, values)), dtype=np.float64)
        except ValueError:
            return _NO_NUMBER
        if not np.isfinite(numbers).all() or b"_" in b"".join(values):  # float() takes nan, inf and 1_000
            return _NO_NUMBER
        style = _STYLE.search(kind)
        shown_as = self.formats.get(style[1].decode() if style else "0")
        (self.moments if shown_as and shown_as.is_date else self.numbers).append((at, numbers))
        return ""

    @property
    def last_shared(self) -> int:
        """The highest number of a shared text; -1 when there is none."""
        return max((int(places.max()) for _, places in self.shared if len(places)), default=-1)

    def column(self, length: int, shared: npt.NDArray[np.object_]) -> RawColumn:
        """All that was taken up, as a column of that length."""
        numbers, moments, impossible = self._numbers_and_moments(length)
        return RawColumn(
            length=length,
            text=self._texts(length, shared),
            number=numbers if self.numbers or impossible else None,
            moment=moments if self.moments else None,
            flag=self._flags(length),
            errors=np.concatenate(self.errors) if self.errors else np.empty(0, dtype=np.int64),
        )

    def _texts(self, length: int, shared: npt.NDArray[np.object_]) -> pd.Series[str] | None:
        if not self.shared and not self.texts:
            return None
        texts = np.full(length, None, dtype=object)
        for at, words in self.texts:
            texts[at] = words
        for at, places in self.shared:
            texts[at] = shared[places]
        return stripped(pd.Series(texts, dtype="str"))

    def _numbers_and_moments(self, length: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.datetime64], bool]:
        """Numbers, moments, and whether a day that no calendar has stayed a number, as it does in small sheets."""
        numbers, moments = np.full(length, np.nan), np.full(length, np.datetime64("NaT", "us"))
        for at, found in self.numbers:
            numbers[at] = found
        impossible = False
        for at, days in self.moments:
            moments[at] = _moments(days, self.settings)
            lost = np.isnat(moments[at])
            numbers[at[lost]] = days[lost]
            impossible = impossible or bool(lost.any())
        return numbers, moments, impossible

    def _flags(self, length: int) -> pd.Series[bool] | None:
        if not self.flags:
            return None
        found = pd.Series(pd.NA, index=range(length), dtype="boolean")
        for at, flags in self.flags:
            found.iloc[at] = flags
        return found


def _decoded(values: Sequence[bytes]) -> npt.NDArray[np.object_]:
    known = {word: unescaped(html.unescape(word.decode("utf-8", "replace"))) for word in set(values)}
    return np.array([known[word] for word in values], dtype=object)


def _moments(days: npt.NDArray[np.float64], settings: Settings) -> npt.NDArray[np.datetime64]:
    """The moments of counts of days, to the millisecond, as `read.values.moment` has them."""
    usual = (days >= _MARCH_1900) & (days < _LAST_DAY) & (not settings.from_1904)
    milliseconds = np.rint(np.where(usual, days, 0) * 86_400_000).astype("timedelta64[ms]")
    found = np.where(usual, _BASE + milliseconds, np.datetime64("NaT", "us")).astype("datetime64[us]")
    for index in np.flatnonzero(~usual):
        found[index] = moment(number(repr(float(days[index]))), settings) or np.datetime64("NaT", "us")
    return found
