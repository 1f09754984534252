"""A column as it was stored, sorted by what its values are: text, number, moment, yes or no; it interprets none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.model import CellError, CellValue, Source

Positions = npt.NDArray[np.int64]


def nowhere() -> Positions:
    """No position at all."""
    return np.empty(0, dtype=np.int64)


class NoResult:
    """What stands for a formula whose result was never stored."""


NO_RESULT = NoResult()
Stored = CellValue | NoResult


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column of `length` values; each kind is there only where some value is of it, and missing elsewhere.

    `errors` are the positions of Excel errors, `pending` those of formulas without a result. The text may be of a type
    with few distinct values (`category`), as Parquet files have it.
    """

    length: int
    text: pd.Series[str] | None = None
    number: npt.NDArray[np.float64] | None = None
    moment: npt.NDArray[np.datetime64] | None = None
    flag: pd.Series[bool] | None = None
    errors: Positions = field(default_factory=nowhere)
    pending: Positions = field(default_factory=nowhere)

    @property
    def empty(self) -> bool:
        """Whether no value is stored at all."""
        kinds = (self.text, self.number, self.moment, self.flag)
        return all(kind is None for kind in kinds) and not len(self.errors) and not len(self.pending)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in a sheet or file: heads, columns, the number each row has there.

    `head` is the row of the heads, `letters` are the columns' numbers there, all from 1.
    """

    source: Source
    heads: tuple[str, ...]
    columns: tuple[RawColumn, ...]
    letters: tuple[int, ...]
    rows: Positions
    head: int = 1
    table: str = ""
    asked: tuple[str, ...] = ()
    """Heads that are codes of questions, of responses with a column for each."""
    worded: tuple[str, ...] = ()
    """Those of them that are answered in words."""


def column_of_cells(values: Sequence[Stored]) -> RawColumn:
    """A column from single values, as sheets hold them."""
    kinds: dict[type, list[int]] = {}
    for position, value in enumerate(values):
        if value is not None:
            kinds.setdefault(type(value), []).append(position)
    places = {kind: np.array(at, dtype=np.int64) for kind, at in kinds.items()}
    return RawColumn(
        length=len(values),
        text=_texts(values, places.get(str)),
        number=_numbers(values, places.get(Decimal)),
        moment=_moments(values, places.get(datetime)),
        flag=_flags(values, places.get(bool)),
        errors=places.get(CellError, nowhere()),
        pending=places.get(NoResult, nowhere()),
    )


def _texts(values: Sequence[Stored], at: Positions | None) -> pd.Series[str] | None:
    if at is None:
        return None
    found = np.full(len(values), None, dtype=object)
    found[at] = [cast(str, values[position]) for position in at]
    return stripped(pd.Series(found, dtype="str"))


def _numbers(values: Sequence[Stored], at: Positions | None) -> npt.NDArray[np.float64] | None:
    if at is None:
        return None
    found = np.full(len(values), np.nan)
    found[at] = [float(cast(Decimal, values[position])) for position in at]
    return found


def _moments(values: Sequence[Stored], at: Positions | None) -> npt.NDArray[np.datetime64] | None:
    if at is None:
        return None
    found = np.full(len(values), np.datetime64("NaT"), dtype="datetime64[us]")
    found[at] = [np.datetime64(cast(datetime, values[position]), "us") for position in at]
    return found


def _flags(values: Sequence[Stored], at: Positions | None) -> pd.Series[bool] | None:
    if at is None:
        return None
    found = pd.Series(pd.NA, index=range(len(values)), dtype="boolean")
    found.iloc[at] = [bool(values[position]) for position in at]
    return found


def stripped(texts: pd.Series[str]) -> pd.Series[str] | None:
    """Texts without blanks around them, those of nothing else missing; None when all are."""
    texts = texts.str.strip()
    texts = texts.mask(texts == "")
    return texts if texts.notna().any() else None


def column_of_series(values: pd.Series) -> RawColumn:
    """A column from one that pandas read with a type of its own: text, numbers, moments or yes and no."""
    values = values.reset_index(drop=True)
    if isinstance(values.dtype, pd.CategoricalDtype):
        if pd.api.types.is_string_dtype(values.cat.categories.dtype):
            return RawColumn(len(values), text=_stripped_categories(values))
        values = values.astype(values.cat.categories.dtype)
    return _column_by_type(values) if values.notna().any() else RawColumn(len(values))


def _column_by_type(values: pd.Series) -> RawColumn:
    size, kind = len(values), values.dtype
    if pd.api.types.is_bool_dtype(kind):
        found = RawColumn(size, flag=values.astype("boolean"))
    elif pd.api.types.is_integer_dtype(kind) and values.abs().max() > _LARGEST_EXACT:
        found = RawColumn(size, text=values.astype("str"))  # identifiers: as numbers they would lose digits
    elif pd.api.types.is_numeric_dtype(kind):
        found = RawColumn(size, number=values.to_numpy(dtype=np.float64, na_value=np.nan))
    elif pd.api.types.is_datetime64_any_dtype(kind):
        found = RawColumn(size, moment=_without_zone(values).to_numpy(dtype="datetime64[us]"))
    elif pd.api.types.is_string_dtype(kind) and not pd.api.types.is_object_dtype(kind):
        found = RawColumn(size, text=stripped(values.astype("str")))
    else:
        found = column_of_cells([_stored(value) for value in values])
    return found


_LARGEST_EXACT = 2**53


def _stripped_categories(values: pd.Series) -> pd.Series[str] | None:
    """Texts that came as few distinct ones, still so, without blanks around them."""
    texts = pd.Series(values.cat.categories, dtype="str").str.strip()
    codes, distinct = pd.factorize(texts.mask(texts == ""))
    placed = np.append(codes, -1)[values.cat.codes.to_numpy()]
    few = pd.Categorical.from_codes(placed, pd.Index(distinct, dtype="str"))
    return cast("pd.Series[str]", pd.Series(few)) if (placed >= 0).any() else None


def _without_zone(values: pd.Series) -> pd.Series:
    return values.dt.tz_localize(None) if isinstance(values.dtype, pd.DatetimeTZDtype) else values


def _stored(value: object) -> Stored:
    """A value of a column without a type of its own, as a cell would hold it."""
    if isinstance(value, (str, bool, Decimal, CellError, NoResult)):
        return value
    if isinstance(value, datetime):
        return None if pd.isna(value) else value.replace(tzinfo=None)
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, (int, float, np.integer, np.floating)):
        return Decimal(repr(float(value)))
    return str(value)


def filled(column: RawColumn) -> Positions:
    """The positions at which something is stored, an error included."""
    found = np.zeros(column.length, dtype=bool)
    found[column.errors] = found[column.pending] = True
    if column.text is not None:
        found |= column.text.notna().to_numpy()
    if column.number is not None:
        found |= ~np.isnan(column.number)
    if column.moment is not None:
        found |= ~np.isnat(column.moment)
    if column.flag is not None:
        found |= column.flag.notna().to_numpy()
    return np.flatnonzero(found)


def column_taken(column: RawColumn, rows: Positions) -> RawColumn:
    """The column at some positions only, in their order."""
    return RawColumn(
        length=len(rows),
        text=None if column.text is None else column.text.iloc[rows].reset_index(drop=True),
        number=None if column.number is None else column.number[rows],
        moment=None if column.moment is None else column.moment[rows],
        flag=None if column.flag is None else column.flag.iloc[rows].reset_index(drop=True),
        errors=np.flatnonzero(np.isin(rows, column.errors)),
        pending=np.flatnonzero(np.isin(rows, column.pending)),
    )


def few_texts_of(raw: RawColumn) -> pd.Series[str]:
    """As `texts_of`, but still as few distinct texts where the column came so: for what looks at those alone."""
    if raw.text is not None and raw.number is None and raw.moment is None and raw.flag is None:
        return raw.text
    return texts_of(raw)


def texts_of(raw: RawColumn) -> pd.Series[str]:
    """Everything as text: whole numbers without a point, days as 2025-03-31, yes and no as TRUE and FALSE."""
    texts = pd.Series(np.full(raw.length, None), dtype="str") if raw.text is None else raw.text.astype("str")
    if raw.number is not None:
        texts = texts.where(np.isnan(raw.number), mapped(pd.Series(raw.number), _digits))
    if raw.moment is not None:
        texts = texts.where(np.isnat(raw.moment), mapped(pd.Series(raw.moment), _iso))
    if raw.flag is not None:
        texts = texts.where(raw.flag.isna().to_numpy(), mapped(raw.flag, lambda flag: str(bool(flag)).upper()))
    return texts.astype("str")


def _digits(number: object) -> str:
    value = float(str(number))
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)


def _iso(moment: object) -> str:
    text = str(moment)
    return text[:10] if text.endswith("00:00:00") else text


def mapped(values: pd.Series, say: Callable[[object], str | None]) -> pd.Series[str]:
    """Each distinct value said once: a column of a million has few."""
    codes, distinct = pd.factorize(values)
    said = pd.Series([say(value) for value in distinct], dtype="str")
    return said.reindex(codes).set_axis(values.index)  # -1, for what is missing, is in no index
