"""What was said to whom, in an SQLite file of the user's own: kept, asked, never sent; it answers no question.

SQLite is read by everything and kept for decades; Python's own `sqlite3` is all it takes, so no library is added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from esgreport.definitions.answering import words_of
from esgreport.errors import RenderError, WorkbookError
from esgreport.model import Filing, Period
from esgreport.questionnaire import Answer, Answers, AnswerState, Given
from esgreport.resources import user_folder

_VERSION = 1
_TABLES = """
CREATE TABLE handing (
  id INTEGER PRIMARY KEY, customer TEXT NOT NULL, form TEXT NOT NULL, file TEXT NOT NULL,
  digest TEXT NOT NULL, day TEXT NOT NULL, company TEXT NOT NULL
);
CREATE TABLE answer (
  handing INTEGER NOT NULL REFERENCES handing (id), question TEXT NOT NULL, text TEXT NOT NULL,
  datapoint TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, boundary TEXT NOT NULL, shown TEXT NOT NULL,
  ours TEXT NOT NULL, state TEXT NOT NULL, evidence TEXT NOT NULL
);
CREATE INDEX answer_by_datapoint ON answer (datapoint, ends, boundary);
"""
_GIVEN = """
SELECT customer, form, file, question, text, datapoint, starts, ends, boundary, shown, ours, state, evidence, day,
  digest
FROM answer JOIN handing ON handing.id = answer.handing WHERE company = ? ORDER BY handing.id, answer.rowid
"""
SAID = (AnswerState.ANSWERED, AnswerState.ZERO, AnswerState.NOT_APPLICABLE, AnswerState.WITHHELD)


@dataclass(frozen=True, slots=True)
class Handing:
    """A questionnaire that goes back: its answers, from which filing, on which day, with which hash."""

    answers: Answers
    filing: Filing
    day: date
    digest: str
    boundary: str = ""


def usual_place() -> Path:
    """Where the ledger lies unless another place is named: in the user's own data."""
    return user_folder() / "ledger.sqlite"


def _is_said(answer: Answer) -> bool:
    """Whether a customer gets to read an answer: a value only where the form took it, or a person saw to it."""
    if answer.state in (AnswerState.ANSWERED, AnswerState.ZERO):
        return answer.written or answer.decided
    return answer.state in SAID


def record(path: Path, handing: Handing) -> int:
    """Enter what a questionnaire says, and how many answers that are.

    Errors: WorkbookError for a file that is no ledger, RenderError where it cannot be written.
    """
    said = [answer for answer in handing.answers.answers if _is_said(answer)]
    with _opened(path) as ledger:
        form = handing.answers.questionnaire
        cursor = ledger.execute(
            "INSERT INTO handing (customer, form, file, digest, day, company) VALUES (?, ?, ?, ?, ?, ?)",
            (
                handing.answers.customer,
                form.form or form.digest,
                form.file,
                handing.digest,
                handing.day.isoformat(),
                company_of(handing.filing),
            ),
        )
        rows = [(cursor.lastrowid, *_row(answer, handing)) for answer in said]
        ledger.executemany(f"INSERT INTO answer VALUES ({', '.join('?' * 11)})", rows)
    return len(said)


def company_of(filing: Filing) -> str:
    """The identifier a company goes by in the ledger, else its name."""
    return filing.entity.identifier or filing.entity.name


def _row(answer: Answer, handing: Handing) -> tuple[str, ...]:
    period = answer.period or handing.filing.period
    return (
        answer.question.id,
        answer.question.text,
        answer.target or f"question {words_of(answer.question)[:16]}",
        period.start.isoformat() if period.start else "",
        period.end.isoformat(),
        handing.boundary,
        answer.shown or str(answer.state),
        answer.ours or answer.shown,
        str(answer.state),
        json.dumps([str(source) for source in answer.evidence], ensure_ascii=False),
    )


def companies(path: Path) -> tuple[str, ...]:
    """The companies the ledger knows. Errors: WorkbookError for a file that is no ledger."""
    if not path.exists():
        return ()
    with _opened(path) as ledger:
        return tuple(str(row[0]) for row in ledger.execute("SELECT DISTINCT company FROM handing ORDER BY company"))


def given(path: Path, company: str, customer: str = "") -> tuple[Given, ...]:
    """All that was said of a company (its identifier, or name), oldest first; to one customer, where one is named.

    What the same customer was told since about the same stands at the older answer, where it is something else.
    Errors: WorkbookError for a file that is no ledger.
    """
    if not path.exists():
        return ()
    with _opened(path) as ledger:
        rows = [_given(row) for row in ledger.execute(_GIVEN, (company,))]
    told = _with_later(rows)
    return tuple(each for each in told if not customer or each.customer == customer)


def _given(row: Sequence[str]) -> Given:
    customer, form, file, question, text, datapoint, starts, ends, boundary, *said = row
    shown, ours, state, evidence, day, digest = said
    return Given(
        customer=customer,
        form=form,
        file=file,
        question=question,
        text=text,
        datapoint=datapoint,
        period=Period(date.fromisoformat(ends), date.fromisoformat(starts) if starts else None),
        boundary=boundary,
        shown=shown,
        ours=ours,
        state=state,
        evidence=tuple(json.loads(evidence)),
        day=date.fromisoformat(day),
        digest=digest,
    )


def _with_later(rows: Sequence[Given]) -> Iterator[Given]:
    """Each answer with what was said to the same since; a form answered anew without a name is to the same too."""
    newest: dict[tuple[object, ...], Given] = {}
    for row in rows:
        newest[_told(row)] = row
    for row in rows:
        last = newest[_told(row)]
        yield replace(row, later=last.shown) if last is not row and last.ours != row.ours else row


def _told(row: Given) -> tuple[object, ...]:
    return (row.customer or row.form, row.datapoint, row.period, row.boundary)


def current(rows: Iterable[Given]) -> tuple[Given, ...]:
    """What counts now: of answers to the same customer about the same, the last."""
    return tuple({_told(row): row for row in rows}.values())


def superseded(rows: Iterable[Given]) -> tuple[Given, ...]:
    """The answers the same customer was told something else about since."""
    return tuple(row for row in rows if row.later)


def contradictions(rows: Iterable[Given]) -> tuple[tuple[Given, ...], ...]:
    """Groups of answers about one datapoint, period and boundary that do not say the same to all customers."""

    def about(row: Given) -> tuple[str, str, str]:
        return (row.datapoint, str(row.period), row.boundary)

    withheld = {str(AnswerState.WITHHELD), str(AnswerState.NOT_APPLICABLE)}
    said = sorted((row for row in current(rows) if row.state not in withheld), key=about)
    groups = (tuple(group) for _, group in groupby(said, key=about))
    return tuple(group for group in groups if len({row.ours for row in group}) > 1)


def to_be_told(rows: Iterable[Given], now: Mapping[tuple[str, Period], str]) -> tuple[Given, ...]:
    """The answers whose figure is another one now, with it in place of what was said later.

    `now` are the figures in our own unit by datapoint and period; what is no longer held is not among them.
    """
    found = ((row, now.get((row.datapoint, row.period))) for row in current(rows) if row.period)
    return tuple(replace(row, later=figure) for row, figure in found if figure is not None and figure != row.ours)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger, made where there is none; what is entered is kept whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ledger = sqlite3.connect(path)
    except (OSError, sqlite3.OperationalError):
        raise RenderError(f"{path}: the ledger cannot be opened there. Name another file with --ledger.") from None
    try:
        _prepare(ledger, path)
        with ledger:
            yield ledger
    except sqlite3.OperationalError as error:
        raise RenderError(f"{path}: the ledger cannot be written ({error}). Name another file with --ledger.") from None
    except sqlite3.DatabaseError:
        raise WorkbookError(f"{path}: this is no ledger of esgreport. Name another file with --ledger.") from None
    finally:
        ledger.close()


def _prepare(ledger: sqlite3.Connection, path: Path) -> None:
    (version,) = ledger.execute("PRAGMA user_version").fetchone()
    if version == _VERSION:
        return
    (tables,) = ledger.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version or tables:
        raise WorkbookError(f"{path}: this is no ledger this version of esgreport reads. Name another with --ledger.")
    ledger.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
