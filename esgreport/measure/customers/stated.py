"""What customers said, as one table of usable answers on a common scale; it holds nothing against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
import pandas as pd

from esgreport.measure.customers.answers import NOT_ASKED_OF_CUSTOMERS
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.questions import questions_of

SCORES = ("nps", "csat", "ces", "intention", "trust", "esg_perception", "identification", "importance")
KEPT = (
    "response_id",
    "collected_at",
    "account_id",
    "contact_id",
    "question_id",
    "value_number",
    "touchpoint_id",
    "team",
    "agent",
    "wave",
)
"""The columns of the responses that are handed on; all of them would make a copy of a table of a million rows."""


def stated(customers: Customers, metrics: Sequence[str] = SCORES) -> pd.DataFrame:
    """The usable answers to the questions of some metrics, of all times, in the order of the table.

    Beside the columns of the responses: `row` its place there, `account` its account's number (-1: none), `metric`,
    `better` from 0 (worst end of the scale) to 1 (best), `low` and `high` the scale, `survey_type`, `construct`.
    Answers of tests, previews and spam, put-aside ones, and those to questions without a scale or a direction that can
    be known are left out.
    """
    key, all_metrics = ("stated", *metrics), ("stated", "of all")
    if all_metrics not in customers.kept:
        customers.kept[all_metrics] = _stated(customers, customers.tables["questions"]["metric"].dropna().unique())
    if key not in customers.kept:
        whole = cast(pd.DataFrame, customers.kept[all_metrics])
        customers.kept[key] = whole[whole["metric"].isin(metrics)].reset_index(drop=True)
    return cast(pd.DataFrame, customers.kept[key])


def _stated(customers: Customers, metrics: Iterable[str]) -> pd.DataFrame:
    frame = customers.tables["responses"]
    asked = _asked(customers, metrics)
    codes = frame["question_id"].cat.codes
    usable = codes.isin(asked.index) & frame["value_number"].notna()
    usable &= ~frame["status"].isin(NOT_ASKED_OF_CUSTOMERS)
    found = frame.loc[usable, list(KEPT)].assign(
        row=np.flatnonzero(usable), account=customers.accounts_of("responses")[usable]
    )
    found = found.assign(number=codes[usable].to_numpy()).join(asked, on="number")
    place = (found["value_number"] - found["low"]) / (found["high"] - found["low"])
    found["better"] = place.where(~found["falling"], 1 - place)
    found["survey_type"] = found["survey_type"].astype("str")
    return found.drop(columns=["number", "falling"], errors="ignore").reset_index(drop=True)


def _asked(customers: Customers, metrics: Iterable[str]) -> pd.DataFrame:
    """Usable questions by their number among the categories of the responses."""
    texts = customers.tables["questions"].drop_duplicates("question_id").set_index("question_id")["construct"]
    names = customers.tables["responses"]["question_id"].cat.categories
    rows = [
        (
            question.number,
            metric,
            question.low,
            question.high,
            bool(question.falling),
            question.survey_type,
            str(texts.get(names[question.number])),
            question.aspect,
        )
        for metric in metrics
        for question in questions_of(customers, metric)
        if question.scaled and not (metric == "ces" and not question.direction)
    ]
    columns = ["number", "metric", "low", "high", "falling", "survey_type", "construct", "aspect"]
    made = pd.DataFrame(rows, columns=columns).astype({"falling": bool, "low": float, "high": float})
    return made.set_index("number")
