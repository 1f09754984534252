"""How a person says that a form is laid out: the file `esgreport answer --show-layout` writes, corrected and read back.

It looks at no workbook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from esgreport.definitions.closed import Closed
from esgreport.errors import DefinitionError
from esgreport.questionnaire import SheetLayout

Purpose = Literal[
    "question",
    "answer",
    "value",
    "tick",
    "unit",
    "comment",
    "evidence",
    "options",
    "section",
    "id",
    "guidance",
    "expected",
]
"""What a column is for: `value` one of several columns of figures, `tick` one to mark, as its head says."""
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
_LETTERS = re.compile(r"[A-Za-z]{1,3}(?: +[A-Za-z]{1,3})*")
Row = Annotated[int, Field(ge=1, le=1_048_576)]


def _letters(text: str) -> str:
    if not _LETTERS.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is no column; write letters, several with blanks between: C or C D")
    return " ".join(text.upper().split())


class SheetCorrection(Closed):
    """Some rows of a sheet: how they are laid out; `kind: none` says that nothing is asked there."""

    sheet: str
    kind: Literal["table", "form", "transposed", "list", "none"] = "table"
    language: str = ""
    header_rows: tuple[Row, ...] = ()
    first_row: Row | None = None
    last_row: Row | None = None
    skip_rows: tuple[Row, ...] = ()
    columns: Mapping[Purpose, Annotated[str, AfterValidator(_letters)]] = Field(default_factory=dict)


class LayoutFile(Closed):
    """A layout as a person corrected it; sheets it does not name are laid out as they are found."""

    form: str = ""
    sheets: list[SheetCorrection]


def load_layout(path: Path) -> LayoutFile:
    """A layout file.

    Errors: DefinitionError with file and line for a syntax error, an unknown key, a column that is none, a table
    without a column of questions.
    """
    from esgreport.definitions.validation import validated

    try:
        content = path.read_bytes()
    except OSError as error:
        raise DefinitionError(f"{path}: it cannot be read ({error.strerror or error}).") from None
    layout = validated(str(path), content, LayoutFile)
    for sheet in layout.sheets:
        if sheet.kind == "table" and "question" not in sheet.columns:
            line = _line_of(content.decode("utf-8"), sheet.sheet)
            raise DefinitionError(f"{path}:{line}: sheet {sheet.sheet!r} is a table without a column of questions.")
    return layout


def _line_of(text: str, sheet: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if "sheet:" in line and sheet in line), 1)


# ── writing one ──────────────────────────────────────────────────────────────────────────────────────────────

_HEADER = """\
# How this form is laid out. Correct what is wrong and hand the file back with --layout; it is remembered for the form.
# kind: table, form, transposed, list, none. columns: letters by purpose, several with blanks between (value: D E F).
# purposes: {purposes}
"""


def layout_text(layouts: Sequence[SheetLayout], form: str = "") -> str:
    """The layout file that says what was found, ready to be corrected."""
    lines = [_HEADER.format(purposes=" ".join(PURPOSES)).rstrip()]
    if form:
        lines.append(f"form: {form}")
    lines.append("sheets:" if layouts else "sheets: []")
    for layout in layouts:
        lines.append(f"  - sheet: {_quoted(layout.sheet)}")
        lines.append(f"    kind: {layout.kind}")
        lines += [f"    language: {layout.language}"] if layout.language else []
        lines += [f"    header_rows: [{', '.join(map(str, layout.header_rows))}]"] if layout.header_rows else []
        lines += [f"    first_row: {layout.first_row}", f"    last_row: {layout.last_row}"] if layout.last_row else []
        known = [f"{purpose}: {letters}" for purpose, letters in layout.columns if purpose in PURPOSES]
        lines += [f"    columns: {{{', '.join(known)}}}"] if known else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
