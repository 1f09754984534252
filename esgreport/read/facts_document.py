"""A facts file (JSON) as plain structure, numbers exact; whether it is a facts document is not asked here."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

from esgreport.read.file import content
from esgreport.read.refusal import refusal
from esgreport.read.text import printable

_ADVICE = "Write the file again with `esgreport facts --format json`."
_LARGEST_EXPONENT = 400
"""Of a number: what Excel can hold ends at 308."""


class _UnusableError(ValueError):
    """JSON that says something no facts document may say."""


def read(path: Path, shown: str) -> object:
    """What `esgreport.read.read_facts_document` promises."""
    data = content(path, shown)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"it is not in UTF-8 from line {line} on"
        raise refusal(shown, "", what, "Save it as UTF-8.") from None
    try:
        document: object = json.loads(
            text,
            parse_float=_exact,
            parse_int=_whole,
            parse_constant=_no_number,
            object_pairs_hook=_without_twins,
        )
        return _cleaned(document) if "\\" in text else document
    except json.JSONDecodeError as error:
        what = f"it is no JSON at line {error.lineno}, column {error.colno} ({error.msg})"
        raise refusal(shown, "", what, _ADVICE) from None
    except _UnusableError as error:
        raise refusal(shown, "", str(error), _ADVICE) from None
    except RecursionError:
        raise refusal(shown, "", "its lists and objects are nested too deeply", _ADVICE) from None


def _exact(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _UnusableError(f"the number {text[:40]} is beyond what a workbook can hold") from None
    if abs(number.adjusted()) > _LARGEST_EXPONENT and number:
        raise _UnusableError(f"the number {text[:40]} is beyond what a workbook can hold")
    return number


def _whole(text: str) -> int:
    if len(text) > _LARGEST_EXPONENT:
        raise _UnusableError(f"the number {text[:40]}… is beyond what a workbook can hold")
    return int(text)


def _no_number(text: str) -> None:
    raise _UnusableError(f"{text} is no number")


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in found if keys.count(key) > 1)
        raise _UnusableError(f"the key {twin!r} is given twice in one object")
    return found


def _cleaned(value: object) -> object:
    """The same structure with characters that no document can hold taken out of its texts."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {printable(key): _cleaned(item) for key, item in value.items()}
    return value
