"""The numbers of a scorecard for other programs, as CSV and JSON inside the page; it rounds and computes nothing."""

from __future__ import annotations

import base64
import csv
import io
import json
from dataclasses import asdict

from esgreport.scorecard import Scorecard, ScoreRow

_COLUMNS = (
    "id",
    "group",
    "label",
    "unit",
    "better",
    "prior",
    "actual",
    "interval_low",
    "interval_high",
    "n",
    "target",
    "target_due",
    "variance",
    "state",
    "state_words",
    "quality",
    "quality_words",
    "owner",
    "action",
    "missing",
    "source",
)


def numbers_json(card: Scorecard) -> str:
    """All of the scorecard as JSON; shares are fractions, days are ISO."""
    return json.dumps(asdict(card), ensure_ascii=False, default=str)


def numbers_csv(card: Scorecard) -> str:
    """A line for each row: numbers in full, shares as fractions."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    groups = dict(card.groups)
    for row in card.rows:
        writer.writerow([_harmless(each) for each in _line(row, groups.get(row.group, row.group))])
    return buffer.getvalue()


def address(text: str, kind: str) -> str:
    """A text as an address that a browser saves without asking anyone."""
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode('utf-8')).decode('ascii')}"


def _line(row: ScoreRow, group: str) -> tuple[object, ...]:
    actual, target = row.actual, row.target
    low, high = (actual.interval if actual else None) or (None, None)
    return (
        row.id,
        group,
        row.label,
        row.unit,
        row.better,
        row.prior.value if row.prior else None,
        actual.value if actual else None,
        low,
        high,
        actual.n if actual else None,
        target.value if target else None,
        target.due if target else None,
        row.variance,
        row.light.value,
        row.light_words,
        row.quality.value,
        row.quality_words,
        row.owner,
        row.action,
        row.missing,
        "; ".join(map(str, row.source)),
    )


def _harmless(field: object) -> object:
    """A text that a spreadsheet would take for a formula, made a text; numbers stay numbers."""
    return f"'{field}" if isinstance(field, str) and field.startswith(("=", "+", "-", "@", "\t", "\r")) else field
