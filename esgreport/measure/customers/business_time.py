"""Service hours: how much of a span of time falls into them, for whole columns at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from esgreport.measure.customers.sampling import Floats

Times = npt.NDArray[np.datetime64]
_DAYS = (
    ("mon", "lun", "mo"),
    ("tue", "mar", "di", "tu"),
    ("wed", "mer", "mi", "we"),
    ("thu", "gio", "do", "jeu", "th"),
    ("fri", "ven", "fr"),
    ("sat", "sab", "sa", "sam"),
    ("sun", "dom", "so", "dim", "su"),
)
_SHIFT = re.compile(
    r"(?P<first>[a-zà-ü]+)\.?\s*(?:(?:-|–|to|bis|a|au|à)\s*(?P<last>[a-zà-ü]+)\.?)?\s+"
    r"(?P<open>\d{1,2})[:.h](?P<open_minute>\d{2})?\s*(?:-|–|to|bis|a|à)\s*"
    r"(?P<close>\d{1,2})[:.h](?P<close_minute>\d{2})?"
)


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of service on some days of the week: which days, Monday first, and from which minute to which."""

    days: tuple[bool, ...]
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """All shifts, and the days without service."""

    shifts: tuple[Shift, ...]
    holidays: tuple[np.datetime64, ...]


def hours_of(text: str, holidays: str) -> ServiceHours | None:
    """What `Mon-Thu 08:00-17:00, Fri 08:00-14:00` says; None where it says nothing that can be read in full."""
    shifts = [_shift(match) for match in _SHIFT.finditer(text.casefold())]
    rest = re.sub(r"[\s,;.+&]|und|and|et|e", "", _SHIFT.sub("", text.casefold()))
    sound = tuple(shift for shift in shifts if shift is not None)
    if not sound or len(sound) < len(shifts) or rest:
        return None
    days = [part.strip() for part in holidays.split(";")]
    return ServiceHours(sound, tuple(np.datetime64(day) for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)))


def _shift(match: re.Match[str]) -> Shift | None:
    first = _day(match["first"])
    last = _day(match["last"]) if match["last"] else first
    opens = int(match["open"]) * 60 + int(match["open_minute"] or 0)
    closes = int(match["close"]) * 60 + int(match["close_minute"] or 0)
    if first is None or last is None or not 0 <= opens < closes <= 24 * 60:
        return None
    span = (last - first) % 7
    return Shift(tuple((day - first) % 7 <= span for day in range(7)), opens, closes)


def _day(name: str) -> int | None:
    """The number of a weekday, Monday 0, from its name in one of our languages or the beginning of it."""
    found = [number for number, names in enumerate(_DAYS) if name[:3] in names]
    found = found or [number for number, names in enumerate(_DAYS) if name[:2] in names]
    return found[0] if len(found) == 1 else None


def business_hours_between(begin: Times, end: Times, service: ServiceHours) -> Floats:
    """The hours of service from each beginning to its end; NaN where one is missing."""
    missing = np.isnat(begin) | np.isnat(end)
    epoch = np.datetime64("1970-01-01")
    filled = (np.where(missing, epoch, each).astype("datetime64[us]") for each in (begin, end))
    opened, closed = (_minutes_until(times, service) for times in filled)
    return np.where(missing, np.nan, (closed - opened) / 60)


def _minutes_until(times: Times, service: ServiceHours) -> Floats:
    """The minutes of service from a fixed day to each point of time."""
    days = times.astype("datetime64[D]")
    minute = (times - days) / np.timedelta64(1, "m")
    total = np.zeros(len(times))
    for shift in service.shifts:
        calendar = np.busdaycalendar(weekmask=list(shift.days), holidays=list(service.holidays))
        whole = np.busday_count(np.datetime64("1970-01-01"), days, busdaycal=calendar)
        today = np.clip(minute - shift.opens, 0, shift.closes - shift.opens)
        total += whole * (shift.closes - shift.opens) + np.where(np.is_busday(days, busdaycal=calendar), today, 0)
    return total
