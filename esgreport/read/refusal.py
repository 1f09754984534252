"""How this room says no: one line with file, place, what is the matter and what to do; it decides nothing."""

from __future__ import annotations

import re

from esgreport.errors import WorkbookError

SAVE_AGAIN = "Open it in Excel and save it again as .xlsx; if Excel cannot open it either, take an earlier copy."
"""What helps with a damaged workbook."""
OTHER_DATA = "Remove the sheets that hold other data."
"""What helps with a workbook that is larger than answers can be."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST = 120


def refusal(shown: str, place: str, what: str, advice: str) -> WorkbookError:
    """The error for a file that cannot be used.

    `shown` is the file as the user typed it, `place` a sheet, cell or part (may be empty), `what` a sentence without
    capital and full stop, `advice` a sentence. Names that come from the file are shortened and made printable.
    """
    where = f"{in_a_line(shown)} {in_a_line(place)}".rstrip()
    return WorkbookError(f"{where}: {in_a_line(what, 400)}. {advice}")


def in_a_line(text: str, longest: int = _LONGEST) -> str:
    """Text of unknown origin made fit for one line of a terminal: no control characters, not longer than `longest`."""
    printable = _UNPRINTABLE.sub(" ", text[: 2 * longest])
    return printable if len(printable) <= longest else f"{printable[: longest - 1]}…"
