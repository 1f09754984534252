"""What rows of tables say of each other: keys given once, codes that exist, dates in order; it works out no figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions.cx import Column, CustomerTable, folded
from esgreport.read.tables.build import Builder
from esgreport.read.tables.raw import Positions
from esgreport.tables import CustomerTable as Table
from esgreport.tables import TablePart

ACCOUNTS, RESPONSES, QUESTIONS = "accounts", "responses", "questions"


def coherent(tables: Mapping[str, Table], builder: Builder) -> Mapping[str, Table]:
    """The tables without rows that repeat a key and without answers outside their scale; all is noted.

    A customer that is named where its code belongs is found by its exact name.
    """
    found = {name: _without_twins(table, builder) for name, table in tables.items()}
    found = {name: _with_codes(table, found[ACCOUNTS], builder) for name, table in found.items()}
    found[RESPONSES] = _one_answer_a_wave(found[RESPONSES], builder)
    for table in found.values():
        _check_order(table, builder)
        _check_references(table, found, builder)
    return found | {RESPONSES: _within_scale(found[RESPONSES], found[QUESTIONS], builder)}


def _definition(table: Table, builder: Builder) -> CustomerTable:
    return builder.customer.tables[table.name]


def _without_twins(table: Table, builder: Builder) -> Table:
    """Each key once: the first row of it, of answers the last."""
    definition = _definition(table, builder)
    if not table.given or not definition.key:
        return table
    answers = table.name == RESPONSES
    keys = table.frame[definition.key]
    needed = [name for name in definition.key if definition.by_name[name].required]
    twins = keys.duplicated(keep="last" if answers else "first") & keys[needed].notna().all(axis=1)
    if not twins.any():
        return table
    at = np.flatnonzero(twins.to_numpy())
    builder.find_rows("CX-22" if answers else "CX-12", table, definition.by_name[definition.key[0]], at)
    return taken(table, np.flatnonzero(~twins.to_numpy()))


def taken(table: Table, rows: Positions) -> Table:
    """The table with some of its rows only, each still with its place."""
    parts: list[TablePart] = []
    start = 0
    for part in table.parts:
        inside = rows[(rows >= start) & (rows < start + len(part.rows))] - start
        parts.append(replace(part, rows=part.rows[inside]))
        start += len(part.rows)
    return replace(table, frame=table.frame.iloc[rows].reset_index(drop=True), parts=tuple(parts))


_REAL = ("complete", "partial")


def _one_answer_a_wave(responses: Table, builder: Builder) -> Table:
    """Of one person's answers to one question in one wave, the last; tests, and other tickets, are another thing."""
    if not responses.has("wave", "contact_id"):
        return responses
    frame = responses.frame
    counts = frame[["wave", "contact_id", "question_id"]].notna().all(axis=1)
    counts &= frame["status"].isna() | frame["status"].isin(_REAL)
    asked = frame.loc[counts, ["wave", "contact_id", "question_id", "touchpoint_id", "ticket_id"]]
    in_time = asked.loc[frame["collected_at"].loc[asked.index].sort_values(kind="stable").index]
    earlier = in_time.index[in_time.duplicated(keep="last")]
    if not len(earlier):
        return responses
    column = _definition(responses, builder).by_name["contact_id"]
    builder.find_rows("CX-28", responses, column, np.sort(earlier.to_numpy()))
    return taken(responses, np.setdiff1d(np.arange(len(frame)), earlier))


def _with_codes(table: Table, accounts: Table, builder: Builder) -> Table:
    """The table with the codes of accounts in place of their names, where a name is only one account's."""
    columns = [each for each in _definition(table, builder).columns if each.to == ACCOUNTS]
    if not table.given or not accounts.has("account_name") or not columns:
        return table
    named = accounts.frame[["account_name", "account_id"]].dropna().drop_duplicates("account_name", keep=False)
    codes = dict(zip(named["account_name"].map(folded), named["account_id"], strict=True))
    known = set(accounts.frame["account_id"].dropna())
    frame = table.frame.copy(deep=False)
    for column in columns:
        categories = frame[column.name].cat.categories
        renamed = {name: codes[folded(name)] for name in categories if name not in known and folded(name) in codes}
        if renamed:
            at = np.flatnonzero(frame[column.name].isin(list(renamed)).to_numpy())
            builder.find_rows("CX-29", table, column, at)
            frame[column.name] = frame[column.name].astype("str").replace(renamed).astype("category")
    return replace(table, frame=frame)


def _check_order(table: Table, builder: Builder) -> None:
    definition = _definition(table, builder)
    for earlier, later in definition.order if table.given else ():
        wrong = (table.frame[earlier] > table.frame[later]).to_numpy()
        if wrong.any():
            other = builder.label(definition.by_name[later])
            builder.find_rows("CX-20", table, definition.by_name[earlier], np.flatnonzero(wrong), other=other)


def _check_references(table: Table, tables: Mapping[str, Table], builder: Builder) -> None:
    """Codes that the other table does not have, where that table is there at all."""
    for column in _definition(table, builder).columns if table.given else ():
        other = tables[column.to] if column.to else None
        if other is None or not other.given or not table.frame[column.name].notna().any():
            continue
        key = builder.customer.tables[column.to].key[0]
        unknown = _unknown(table.frame[column.name], other.frame[key])
        if unknown.any():
            label = builder.table_label(builder.customer.tables[column.to])
            builder.find_rows("CX-13", table, column, np.flatnonzero(unknown), table_label=label)


def _unknown(references: pd.Series, keys: pd.Series) -> npt.NDArray[np.bool_]:
    categories = references.cat.categories
    strange = ~categories.isin(keys.dropna().unique())
    return np.append(strange, False)[references.cat.codes.to_numpy()]  # -1, missing, is the last


def _within_scale(responses: Table, questions: Table, builder: Builder) -> Table:
    """The answers, those outside the scale of their question taken out."""
    if not responses.given or not questions.given:
        return responses
    scales = questions.frame.set_index("question_id")[["scale_min", "scale_max"]]
    asked = responses.frame["question_id"]
    limits = scales.reindex(asked.cat.categories)
    codes = asked.cat.codes.to_numpy()
    low, high = (np.append(limits[name].to_numpy(), np.nan)[codes] for name in ("scale_min", "scale_max"))
    values = responses.frame["value_number"].to_numpy()
    outside = (values < low) | (values > high)
    if not outside.any():
        return responses
    column: Column = builder.customer.tables[RESPONSES].by_name["value_number"]
    for code in np.unique(codes[outside]):
        low_of, high_of = limits.iloc[code]
        at = np.flatnonzero(outside & (codes == code))
        builder.find_rows("CX-23", responses, column, at, limits=f"{low_of:g}–{high_of:g}")
    frame = responses.frame.assign(value_number=np.where(outside, np.nan, values))
    return replace(responses, frame=frame)
