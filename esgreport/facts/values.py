"""From a cell to a typed value of a concept, or the reason why not; it knows neither ranges nor units."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from esgreport.definitions import Axis, Concept, Definitions
from esgreport.model import Cell, CellError, CellValue, Decimals, FactValue
from esgreport.numerals import Habit, typed_number

PLACEHOLDER = "-"
"""What the official template shows for "no answer yet"."""
_MAY_BE_PERCENTAGES = ("percent", "number")
"""Types a text such as `12,5 %` can answer: no tonnes, hours or euros are counted in per cent."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell gives no value: a code of the findings catalogue and what its text needs."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """How the cells of one sheet are to be read.

    `habit` looks for the decimal sign of the sheet; `translated` gives the English wording of a text the workbook
    itself translates, or None.
    """

    definitions: Definitions
    habit: Callable[[], Habit]
    translated: Callable[[str], str | None]


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds something a person meant as an answer: not empty, no blanks, not the placeholder."""
    if isinstance(cell.value, str) and not isinstance(cell.value, CellError):
        return cell.value.strip() not in ("", PLACEHOLDER)
    return cell.value is not None or cell.formula


def read_value(cell: Cell, concept: Concept, reader: Reader) -> FactValue | Refusal:
    """The value of a filled cell as the concept's type: numbers exact, members by local name, text as typed."""
    if isinstance(cell.value, CellError):
        return Refusal("CELL-01", {"error": cell.value.value})
    if cell.value is None:
        return Refusal("CELL-02")
    if concept.type in _READERS:
        return _READERS[concept.type](cell.value, reader)
    if concept.type == "enumeration":
        return read_member(text_of(cell.value), concept.members, reader)
    return _number(cell.value, concept, reader)


def text_of(value: CellValue) -> str:
    """A cell's value as text: numbers without exponent or needless noughts, days as ISO dates."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return str(value if value is not None else "")


def read_member(text: str, code_list: str, reader: Reader) -> str | Refusal:
    """The member of a code list a text names, also in a language that only the workbook knows."""
    codes = reader.definitions.code_list(code_list)
    found = codes.member(text)
    if found is None and (english := reader.translated(text)):
        found = codes.member(english)
    if found is not None:
        return found
    closest = codes.closest(text)
    return (
        Refusal("CELL-09", {"text": shortened(text), "closest": closest})
        if closest
        else Refusal("CELL-08", {"text": shortened(text)})
    )


def read_axis(cell: Cell, axis: Axis, reader: Reader) -> str | Refusal:
    """The value on an axis: a member of an explicit one, the text itself (tabs and breaks removed) on a typed one."""
    if isinstance(cell.value, CellError):
        return Refusal("CELL-01", {"error": cell.value.value})
    text = text_of(cell.value)
    if axis.kind == "typed":
        return re.sub(r"[\t\r\n]+", "", text)
    return read_member(text, axis.members, reader)


def read_year(value: CellValue) -> int | None:
    """A calendar year; None for what is none. 2030, "2030" and a day in 2030 are the year 2030."""
    if isinstance(value, datetime):
        return value.year
    text = text_of(value).strip()
    return int(text) if re.fullmatch(r"(19|20|21)\d\d", text) else None


def read_day(value: CellValue) -> date | None:
    """A day from a date cell, an ISO date, or a text with the day first (31/12/2025, 31.12.2025); None otherwise."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return None
    text = value.strip()
    for pattern, order in ((r"(\d{4})-(\d\d?)-(\d\d?)(?:[ T].*)?", "ymd"), (r"(\d\d?)[/.](\d\d?)[/.](\d{4})", "dmy")):
        if match := re.fullmatch(pattern, text):
            numbers = [int(part) for part in match.groups()]
            year, month, day = numbers if order == "ymd" else reversed(numbers)
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def decimals_of(number_format: str) -> Decimals:
    """Places a number format shows: the noughts after its first point, two more for per cent, else as stored (INF)."""
    match = re.search(r"\.(0+)", number_format)
    if match is None:
        return "INF"
    return len(match[1]) + (2 if "%" in number_format else 0)


def shortened(text: str) -> str:
    """A text as it may stand in a message: one line, no more than 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def _boolean(value: CellValue, reader: Reader) -> FactValue | Refusal:
    if isinstance(value, bool):
        return value
    text = text_of(value).strip().casefold()
    for language in reader.definitions.languages.values():
        if text in (word.casefold() for word in language.says_yes):
            return True
        if text in (word.casefold() for word in language.says_no):
            return False
    return Refusal("CELL-05", {"text": shortened(text_of(value))})


def _number(value: CellValue, concept: Concept, reader: Reader) -> FactValue | Refusal:
    if isinstance(value, Decimal):
        return value
    number = typed_number(value, reader.habit()) if isinstance(value, str) else None
    if number is None or (number.percent and concept.type not in _MAY_BE_PERCENTAGES):
        return Refusal("CELL-03", {"text": shortened(text_of(value))})
    if len(number.readings) > 1:
        first, second = (f"{reading:f}" for reading in number.readings)
        return Refusal("CELL-04", {"text": shortened(text_of(value)), "first": first, "second": second})
    return number.readings[0]


def _day(value: CellValue, reader: Reader) -> FactValue | Refusal:
    del reader
    return read_day(value) or Refusal("CELL-06", {"text": shortened(text_of(value))})


def _year(value: CellValue, reader: Reader) -> FactValue | Refusal:
    del reader
    year = read_year(value)
    return str(year) if year else Refusal("CELL-07", {"text": shortened(text_of(value))})


def _text(value: CellValue, reader: Reader) -> FactValue | Refusal:
    del reader
    return text_of(value)


_READERS: Mapping[str, Callable[[CellValue, Reader], FactValue | Refusal]] = {
    "text": _text,
    "text_block": _text,
    "boolean": _boolean,
    "date": _day,
    "year": _year,
}
