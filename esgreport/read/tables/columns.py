"""A stored column to the type its definition wants, and which of its values are of no such type; it judges no sense."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions.cx import Column, ValueList, folded
from esgreport.numerals import Habit, typed_number
from esgreport.read.tables.days import Order, Reader, moments_of_texts
from esgreport.read.tables.raw import Positions, RawColumn, few_texts_of, mapped, texts_of

Code = Literal[
    "CX-05", "CX-06", "CX-07", "CX-08", "CX-09", "CX-10", "CX-11", "CX-14", "CX-15", "CX-18", "CX-21", "CX-26", "CX-27",
]  # fmt: skip
_PERIOD = re.compile(r"(\d{4})(?:\s*[-/ ]?\s*(?:[qt]\s*([1-4])|(?:m\s*)?(0?[1-9]|1[0-2])))?", re.IGNORECASE)
_PERIOD_TURNED = re.compile(r"(?:[qt]\s*([1-4])|(0?[1-9]|1[0-2]))\s*[-/. ]\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with some values of a column: a code of the catalogue, and at which positions."""

    code: Code
    at: Positions


@dataclass(frozen=True, slots=True)
class Habits:
    """How a sheet or file writes decimals and days, where that can be told from its values or its name."""

    decimal: Habit = ""
    days: Order = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read a column: its list of values, the words for yes and no, the habits of its sheet."""

    values: ValueList | None
    yes: frozenset[str]
    no: frozenset[str]
    habits: Habits = Habits()


@dataclass(slots=True)
class _Found:
    """A column as it grows, with its problems."""

    problems: list[Problem] = field(default_factory=list)

    def report(self, code: Code, wrong: npt.NDArray[np.bool_]) -> None:
        """Note the positions where `wrong` holds, if there are any."""
        if wrong.any():
            self.problems.append(Problem(code, np.flatnonzero(wrong)))


def typed_column(raw: RawColumn, column: Column, reading: Reading) -> tuple[pd.Series, list[Problem]]:
    """The column as its definition wants it, missing where a value is of another type, and the problems."""
    found = _Found()
    for code, at in (("CX-14", raw.errors), ("CX-15", raw.pending)):
        if len(at):
            found.problems.append(Problem("CX-14" if code == "CX-14" else "CX-15", at))
    series = _TYPED[column.type](raw, column, reading, found)
    return series.astype(column.dtype), found.problems


# ── texts, identifiers, values of lists ──


def _text(raw: RawColumn, _column: Column, _reading: Reading, _found: _Found) -> pd.Series:
    return texts_of(raw)


def _id(raw: RawColumn, _column: Column, _reading: Reading, found: _Found) -> pd.Series:
    texts = texts_of(raw)
    rounded = texts.str.fullmatch(r"\d(?:[.,]\d+)?E\+\d+", case=False, na=False).to_numpy(dtype=bool)
    found.report("CX-26", rounded)
    return texts.mask(rounded)


def _list(raw: RawColumn, _column: Column, _reading: Reading, _found: _Found) -> pd.Series:
    return mapped(texts_of(raw), lambda text: "; ".join(filter(None, map(str.strip, re.split(r"[;\n]", str(text))))))


def _reference(raw: RawColumn, _column: Column, _reading: Reading, _found: _Found) -> pd.Series:
    texts = few_texts_of(raw)
    return texts.cat.remove_unused_categories() if isinstance(texts.dtype, pd.CategoricalDtype) else texts


def _category(raw: RawColumn, _column: Column, reading: Reading, found: _Found) -> pd.Series:
    texts, values = few_texts_of(raw), reading.values
    if values is None:
        return _reference(raw, _column, reading, found)
    known = values.by_spelling
    codes, distinct = pd.factorize(texts)
    names = [known.get(folded(text), text if values.open else None) for text in distinct]
    categories = [value.name for value in values.values]
    categories += sorted({name for name in names if name is not None} - set(categories))
    at = {name: code for code, name in enumerate(categories)}
    lookup = np.array([*(at.get(name or "", -1) for name in names), -1])
    placed = lookup[codes]
    found.report("CX-10", (placed < 0) & (codes >= 0))
    return pd.Series(pd.Categorical.from_codes(placed.astype(np.int64), pd.Index(categories, dtype="str")))


def _period(raw: RawColumn, _column: Column, _reading: Reading, found: _Found) -> pd.Series:
    texts = few_texts_of(raw)
    periods = mapped(texts, lambda text: period_of(str(text)))
    found.report("CX-18", (texts.notna() & periods.isna()).to_numpy())
    return periods


def period_of(text: str) -> str | None:
    """A period as tables hold it, `2025`, `2025-Q1` or `2025-03`; None when the text is none. A day is its month."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d( .*)?", text):
        return text[:7]
    if whole := _PERIOD.fullmatch(text.strip()):
        year, quarter, month = whole.groups()
    elif turned := _PERIOD_TURNED.fullmatch(text.strip()):
        quarter, month, year = turned.groups()
    else:
        return None
    if quarter:
        return f"{year}-Q{quarter}"
    return f"{year}-{int(month):02}" if month else year


# ── numbers, yes and no, days ──


_FRACTIONS = ("share", "quantity")
"""The columns in which 80 % is 0.8."""


def _number(raw: RawColumn, column: Column, reading: Reading, found: _Found) -> pd.Series:
    numbers = np.full(raw.length, np.nan) if raw.number is None else raw.number.copy()
    if raw.text is not None:
        codes, distinct = pd.factorize(raw.text)
        read = [_value_of(text, column, reading.habits.decimal) for text in distinct]
        values = np.array([*(value for value, _ in read), np.nan])
        faults = np.array([*(fault for _, fault in read), 0])
        numbers = np.where(codes >= 0, values[codes], numbers)
        found.report("CX-05", faults[codes] == 1)
        found.report("CX-06", faults[codes] == 2)
    found.report("CX-05", _of_another_kind(raw, number=True))
    if column.type == "integer":
        broken = np.isfinite(numbers) & (numbers != np.floor(numbers))
        found.report("CX-21", broken)
        numbers[broken] = np.nan
    outside = np.isinf(numbers)
    outside |= numbers < column.minimum if column.minimum is not None else False
    outside |= numbers > column.maximum if column.maximum is not None else False
    found.report("CX-07", outside)
    numbers[outside] = np.nan
    return pd.Series(numbers)


def _value_of(text: str, column: Column, habit: Habit) -> tuple[float, int]:
    """A number and 0; no number and 1 for what is none, 2 for what may be two. 80 % is 80 where no share is wanted."""
    if text.isascii() and text.isdecimal() and len(text) < 16:
        return float(text), 0
    typed = typed_number(text, habit) if len(text) < 60 else None
    if typed is None:
        return np.nan, 1
    if len(typed.readings) > 1:
        return np.nan, 2
    value = typed.readings[0]
    return float(value * 100 if typed.percent and column.type not in _FRACTIONS else value), 0


def _of_another_kind(raw: RawColumn, *, number: bool = False, moment: bool = False) -> npt.NDArray[np.bool_]:
    """Where there is a number, moment or yes or no that the column has no use for."""
    wrong = np.zeros(raw.length, dtype=bool)
    if raw.number is not None and not number:
        wrong |= ~np.isnan(raw.number)
    if raw.moment is not None and not moment:
        wrong |= ~np.isnat(raw.moment)
    if raw.flag is not None:
        wrong |= raw.flag.notna().to_numpy()
    return wrong


def _boolean(raw: RawColumn, _column: Column, reading: Reading, found: _Found) -> pd.Series:
    flags = raw.flag.copy() if raw.flag is not None else pd.Series(pd.NA, index=range(raw.length), dtype="boolean")
    others = few_texts_of(RawColumn(raw.length, raw.text, raw.number, raw.moment))
    codes, distinct = pd.factorize(others)
    said = [_yes_or_no(text, reading) for text in distinct]
    meant = pd.Series([*said, None], dtype="boolean").take(np.where(codes < 0, len(said), codes))
    found.report("CX-11", (codes >= 0) & meant.isna().to_numpy())
    return flags.where((codes < 0), meant.set_axis(flags.index))


def _yes_or_no(text: str, reading: Reading) -> bool | None:
    word = text.casefold()
    return True if word in reading.yes else False if word in reading.no else None


def _moment(raw: RawColumn, column: Column, reading: Reading, found: _Found) -> pd.Series:
    moments = pd.Series(np.full(raw.length, np.datetime64("NaT", "us")) if raw.moment is None else raw.moment)
    if raw.text is not None:
        read: Reader = moments_of_texts(raw.text, reading.habits.days)
        moments = moments.where(read.moments.isna(), read.moments)
        found.report("CX-08", read.unreadable)
        found.report("CX-09", read.ambiguous)
        found.report("CX-27", read.in_utc & read.moments.notna().to_numpy())
    found.report("CX-08", _of_another_kind(raw, moment=True))
    return moments.dt.normalize() if column.type == "date" else moments


_TYPED: dict[str, Callable[[RawColumn, Column, Reading, _Found], pd.Series]] = {
    "id": _id,
    "reference": _reference,
    "text": _text,
    "list": _list,
    "category": _category,
    "period": _period,
    "integer": _number,
    "number": _number,
    "money": _number,
    "share": _number,
    "quantity": _number,
    "boolean": _boolean,
    "date": _moment,
    "datetime": _moment,
}
