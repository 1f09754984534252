"""Days and times that came as text, to moments; whether the day or the month comes first is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Order = Literal["day", "month", ""]
"""Which comes first in 03/04/2025; empty where nothing tells."""

_SHAPE = re.compile(
    r"(?P<a>\d{1,4})(?P<sign>[./-])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{1,4})"
    r"(?:[ T,]+(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_ZONE = r"(Z|[+-]\d\d:?\d\d)$"
_HAS_ZONE = r"\d[T ]\d\d:?\d\d.*(?:Z|[+-]\d\d:?\d\d)$"


@dataclass(frozen=True, slots=True)
class Reader:
    """The moments of a column, and where its texts are none or may be two."""

    moments: pd.Series
    unreadable: npt.NDArray[np.bool_]
    ambiguous: npt.NDArray[np.bool_]
    in_utc: npt.NDArray[np.bool_]
    """Where a text names a time zone, in a column that mixes several: those moments are in UTC."""


def moments_of_texts(texts: pd.Series[str], order: Order = "") -> Reader:
    """The moments that texts name, without time zone: as the clock showed, or in UTC where a column mixes zones.

    `order` settles 03/04/2025 where the column itself does not.
    """
    codes, distinct = pd.factorize(texts)
    spelled = pd.Series(distinct, dtype="str")
    zoned = spelled.str.contains(_HAS_ZONE, regex=True, na=False).to_numpy(dtype=bool)
    mixed = bool(zoned.any()) and (not zoned.all() or len(_zones(spelled)) > 1)
    moments = _iso_moments(spelled, zoned, utc=mixed)
    rest = np.flatnonzero(moments.isna().to_numpy())
    order = day_order(spelled.iloc[rest]) or order
    faults = np.zeros(len(spelled) + 1, dtype=np.int8)
    found = [_moment(text, order) for text in spelled.iloc[rest]]
    faults[rest] = [fault for _, fault in found]
    moments.iloc[rest] = pd.Series([moment for moment, _ in found], dtype="datetime64[us]").to_numpy()
    placed = np.append(moments.to_numpy(), np.datetime64("NaT", "us"))[codes]
    in_utc = np.append(zoned & mixed, False)[codes]
    return Reader(pd.Series(placed), faults[codes] == 1, faults[codes] == 2, in_utc)


def day_order(texts: pd.Series[str]) -> Order:
    """Which of day and month comes first in these texts; empty when none tells, or they contradict each other.

    A point between them says day, as it is only written where days come first.
    """
    found: set[Order] = set()
    for text in texts:
        match = _SHAPE.fullmatch(text) if isinstance(text, str) else None
        if match and len(match["a"]) < 3:
            if match["sign"] == "." or int(match["a"]) > 12:
                found.add("day")
            elif int(match["b"]) > 12:
                found.add("month")
    return found.pop() if len(found) == 1 else ""


def _zones(texts: pd.Series[str]) -> set[str]:
    """The time zones that texts name, as they write them."""
    return set(texts.str.extract(_ZONE, expand=False).dropna().str.replace(":", "").unique())


def _iso_moments(texts: pd.Series[str], zoned: npt.NDArray[np.bool_], *, utc: bool) -> pd.Series:
    if utc:
        found = pd.to_datetime(texts, format="ISO8601", errors="coerce", utc=True)
        return found.dt.tz_localize(None).astype("datetime64[us]")
    plain = texts.str.replace(_ZONE, "", regex=True) if zoned.any() else texts
    long_enough = plain.str.fullmatch(r"\d{4}-\d\d-\d\d.*", na=False)  # 2025-03 is a month, 20250301 a number
    return pd.to_datetime(plain.where(long_enough), format="ISO8601", errors="coerce").astype("datetime64[us]")


def _moment(text: str, order: Order) -> tuple[datetime | None, int]:
    """A moment and 0; none and 1 for what is none, 2 for what may be two."""
    match = _SHAPE.fullmatch(text) if len(text) < 60 else None
    if match is None:
        return None, 1
    a, b, c = (int(match[part]) for part in "abc")
    if len(match["a"]) == 4:
        return _built(match, a, b, c)
    year = c if len(match["c"]) == 4 else 2000 + c
    if len(match["c"]) not in (2, 4):
        return None, 1
    if order:
        day, month = (a, b) if order == "day" else (b, a)
        return _built(match, year, month, day)
    if a == b:
        return _built(match, year, a, b)
    return (None, 2) if a <= 12 and b <= 12 else (None, 1)


def _built(match: re.Match[str], year: int, month: int, day: int) -> tuple[datetime | None, int]:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    try:
        return datetime(year, month, day, hour, minute, second), 0
    except ValueError:
        return None, 1
