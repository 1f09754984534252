"""Scores entered with tickets as answers to the questions that declare them; it judges no scale and counts nothing.

A ticket's score is an answer after an interaction. Its scale and direction are those of the question `ticket_csat` or
`ticket_ces` on the sheet Questions; without that question nothing says what the number means, and it counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions import Definitions
from esgreport.model import Finding
from esgreport.tables import CustomerTable, CustomerTables, TablePart

QUESTIONS: Mapping[str, str] = {"csat": "ticket_csat", "ces": "ticket_ces"}
"""The question that declares the scores of a column of the tickets."""
_TAKEN_OVER = ("account_id", "contact_id", "channel", "touchpoint_id", "ticket_id", "team")
Mask = npt.NDArray[np.bool_]


def with_ticket_scores(tables: CustomerTables) -> CustomerTables:
    """The tables with the declared scores of tickets among the responses, each with the cell it stands in.

    A ticket that has an answer of the same kind among the responses already keeps that one alone. The questions of
    tickets are transactional, whatever was entered.
    """
    declared = _declared(tables)
    columns = [column for column in QUESTIONS if column in declared and tables.tables["tickets"].has(column)]
    responses = tables.tables["responses"]
    for column in columns:
        chosen = _chosen(tables, column)
        if chosen.any():
            responses = _appended(responses, tables, column, chosen)
    if responses is tables.tables["responses"]:
        return tables
    asked = tables.tables["questions"]
    of_tickets = asked.frame["question_id"].isin(QUESTIONS.values())
    kinds = asked.frame["survey_type"].astype("object").mask(of_tickets, "transactional").astype("category")
    asked = replace(asked, frame=asked.frame.assign(survey_type=kinds))
    return replace(tables, tables={**tables.tables, "responses": responses, "questions": asked})


def findings_of_tickets(tables: CustomerTables, definitions: Definitions, language: str) -> Iterator[Finding]:
    """Scores of tickets that no question declares: the first of each column, with the question that is missing."""
    tickets, declared = tables.tables["tickets"], _declared(tables)
    for column, question in QUESTIONS.items():
        if column not in declared and tickets.has(column):
            given = tickets.frame[column].notna().to_numpy(dtype=bool)
            first = int(np.flatnonzero(given)[0])
            values = {"question": question, "n": int(given.sum())}
            yield definitions.finding("CX-55", tickets.place(first, column), language, **values)


def _declared(tables: CustomerTables) -> frozenset[str]:
    """The columns of the tickets whose question is there and asks for what they are."""
    asked = tables["questions"]
    pairs = set(zip(asked["question_id"].astype("object"), asked["metric"].astype("object"), strict=True))
    return frozenset(column for column, question in QUESTIONS.items() if (question, column) in pairs)


def _chosen(tables: CustomerTables, column: str) -> Mask:
    """Which tickets' scores are taken: those given, of tickets without such an answer among the responses."""
    asked, responses, tickets = tables["questions"], tables["responses"], tables["tickets"]
    alike = asked.loc[(asked["metric"] == column).fillna(False), "question_id"]
    answered = responses["question_id"].isin(alike) & responses["value_number"].notna()
    already = responses.loc[answered, "ticket_id"].dropna().astype("object").unique()
    return np.asarray(tickets[column].notna() & ~tickets["ticket_id"].isin(already), dtype=bool)


def _appended(responses: CustomerTable, tables: CustomerTables, column: str, chosen: Mask) -> CustomerTable:
    """The responses with the chosen tickets' scores behind them."""
    tickets = tables.tables["tickets"]
    rows = tickets.frame[chosen]
    when = rows["closed_at"].fillna(rows["first_solved_at"]).fillna(rows["opened_at"])
    given: dict[str, pd.Series] = {name: rows[name] for name in _TAKEN_OVER}
    given |= {
        "response_id": "ticket " + rows["ticket_id"].astype("str"),
        "collected_at": when,
        "question_id": pd.Series(QUESTIONS[column], index=rows.index),
        "value_number": rows[column],
    }
    joined = {name: _joined(responses.frame[name], given.get(name), len(rows)) for name in responses.frame.columns}
    parts = (*responses.parts, *_parts(tickets, column, chosen))
    return replace(responses, frame=pd.DataFrame(joined), parts=parts)


def _joined(old: pd.Series, new: pd.Series | None, count: int) -> pd.Series:
    """A column with further values behind it, missing ones where none are given, and the dtype it had."""
    values = pd.Series([None] * count, dtype="object") if new is None else new.astype("object")
    if not isinstance(old.dtype, pd.CategoricalDtype):
        return pd.concat([old, values.astype(old.dtype)], ignore_index=True)
    names = old.cat.categories
    found = pd.Index(values.dropna().unique(), dtype=names.dtype)
    every = names.append(found.difference(names, sort=False))
    codes = np.concatenate([old.cat.codes.to_numpy(), every.get_indexer(pd.Index(values, dtype=names.dtype))])
    return pd.Series(pd.Categorical.from_codes(codes, categories=every))


def _parts(tickets: CustomerTable, column: str, chosen: Mask) -> Iterator[TablePart]:
    """Where the scores stand: the tickets' own sheets, with the score's column as the value's."""
    start = 0
    for part in tickets.parts:
        inside = chosen[start : start + len(part.rows)]
        start += len(part.rows)
        columns = {name: at for name, at in part.columns.items() if name in _TAKEN_OVER}
        columns |= {"value_number": part.columns[column]} if column in part.columns else {}
        yield TablePart(part.source, part.rows[inside], columns)
