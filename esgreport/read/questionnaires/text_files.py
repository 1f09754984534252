"""A questionnaire in a text file (CSV) as a sheet without looks; encoding and separator are found out."""

from __future__ import annotations

import csv
import io

from esgreport.model import Cell
from esgreport.read.file import not_a_workbook
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.refusal import OTHER_DATA, refusal
from esgreport.read.text import printable

LARGEST_TEXT = 20_000_000
MOST_TEXTS = 300_000
_SEPARATORS = ";\t|,"
_SAMPLE = 60


def surface_of_text(data: bytes, shown: str) -> Surface:
    """The sheet in a text file; it has no name.

    Errors: WorkbookError for what is no text with columns, or too large.
    """
    text = _decoded(data)
    head = text.lstrip()[:200].casefold()
    if "\0" in text or head.startswith(("<", "{", "[", "%pdf")) or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise not_a_workbook(data, shown)
    if len(data) > LARGEST_TEXT:
        raise refusal(shown, "", f"it is larger than {LARGEST_TEXT // 1_000_000} MB", OTHER_DATA)
    separator = _separator(text)
    if separator is None:
        raise not_a_workbook(data, shown)
    cells: dict[tuple[int, int], Cell] = {}
    try:
        for row, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            cells |= {
                (row, column): Cell(printable(each)) for column, each in enumerate(record, start=1) if each.strip()
            }
            if len(cells) > MOST_TEXTS:
                raise refusal(shown, f"row {row}", f"it has more than {MOST_TEXTS:,} filled cells", OTHER_DATA)
    except csv.Error as error:
        raise refusal(shown, "", f"the text cannot be cut into cells ({error})", "Save it as .xlsx.") from None
    return Surface("", cells)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str | None:
    """The sign that cuts most of the first records into the same number of columns; None for a text without any."""
    lines = text.splitlines()[:_SAMPLE]
    best: tuple[float, str | None] = (0.0, None)
    for separator in _SEPARATORS:
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=0)
        share = widths.count(usual) / len(widths) if usual > 1 else 0.0
        best = max(best, (share * min(usual, 4), separator), key=lambda each: each[0])
    return best[1]
