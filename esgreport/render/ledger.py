"""The ledger as a table to read, as JSON and as a spreadsheet; it judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from esgreport.model import Period
from esgreport.questionnaire import Given
from esgreport.texts import Translate, translator

_WIDTHS = (24, 12, 50, 40, 24, 18, 28, 28, 12, 60, 30, 66)
_SHORT = 40


def ledger_text(rows: Sequence[Given], language: str) -> str:
    """The answers as lines, one each; a later figure behind an arrow."""
    say = translator(language)
    if not rows:
        return say("Nothing found.") + "\n"
    return "".join(f"{_line(row)}\n" for row in rows)


def _line(row: Given) -> str:
    later = f" → {row.later}" if row.later else ""
    text = row.text if len(row.text) <= _SHORT else row.text[: _SHORT - 1] + "…"
    who = row.customer or row.file
    return f"{row.day}  {who}  {row.question} {text}: {row.shown}{later}  ({row.datapoint}, {_period(row.period)})"


def _period(period: Period | None) -> str:
    if period is None:
        return ""
    return f"{period.start}/{period.end}" if period.start else str(period.end)


def ledger_document(rows: Sequence[Given]) -> dict[str, object]:
    """The answers as a structure for JSON."""
    return {
        "answers": [
            {
                "customer": row.customer,
                "form": row.form,
                "file": row.file,
                "question": row.question,
                "text": row.text,
                "datapoint": row.datapoint,
                "period": _period(row.period),
                "boundary": row.boundary,
                "shown": row.shown,
                "ours": row.ours,
                "state": row.state,
                "evidence": list(row.evidence),
                "day": row.day.isoformat(),
                "sha256": row.digest,
                "later": row.later or None,
            }
            for row in rows
        ]
    }


def ledger_workbook(rows: Sequence[Given], language: str) -> bytes:
    """The answers as a spreadsheet; texts stay texts and are never formulas."""
    import xlsxwriter

    output = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, plain) as book:
        sheet = book.add_worksheet("Ledger")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, (head, width) in enumerate(zip(_heads(translator(language)), _WIDTHS, strict=True)):
            sheet.write_string(0, column, head, bold)
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(_cells(row)):
                sheet.write_string(number, column, text)
            sheet.write_datetime(number, 8, row.day, day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_WIDTHS) - 1)
    return output.getvalue()


def _heads(say: Translate) -> tuple[str, ...]:
    return (
        say("Customer"),
        say("No."),
        say("Question"),
        say("Datapoint"),
        say("Period"),
        say("Boundary"),
        say("Said"),
        say("Since then"),
        say("Day"),
        say("Cells"),
        say("File"),
        say("Hash of the file"),
    )


def _cells(row: Given) -> tuple[str, ...]:
    cells = "; ".join(row.evidence)
    about = (row.datapoint, _period(row.period), row.boundary)
    return (row.customer, row.question, row.text, *about, row.shown, row.later, "", cells, row.file, row.digest)
