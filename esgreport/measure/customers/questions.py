"""Questions as they were declared, and what is wrong with a declaration; no answer is read here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from esgreport.measure.customers.customers import Customers


@dataclass(frozen=True, slots=True)
class Question:
    """A question as declared: its code and row, what it measures, its scale, what a high value means.

    `number` is the place of its code among the categories of the responses' column; NaN is what is not declared.
    """

    code: str
    row: int
    number: int
    metric: str
    low: float
    high: float
    direction: str
    top: int | None
    survey_type: str
    aspect: str
    target: float | None

    @property
    def scaled(self) -> bool:
        """Whether its scale is declared and has more than one place."""
        return self.low < self.high

    @property
    def falling(self) -> bool:
        """Whether a high value is bad."""
        return self.direction in ("effort_high", "bad_high")

    @property
    def best(self) -> int | None:
        """How many of the best places count as satisfied or easy; None where it would have to be guessed."""
        if self.top:
            return self.top
        known = {(1.0, 5.0): 2, (0.0, 2.0): 1}
        if self.metric == "ces":
            known = {(1.0, 5.0): 2, (1.0, 7.0): 3}
        return known.get((self.low, self.high))

    @property
    def scale(self) -> dict[str, str]:
        """Its scale as members of dimensions: `1-7`, and what a high value means where that is declared of effort."""
        ends = {"scale": f"{self.low:g}-{self.high:g}"}
        return ends | ({"direction": self.direction} if self.metric == "ces" else {})


def questions_of(customers: Customers, asked: str) -> tuple[Question, ...]:
    """The questions that measure something; their number is the place of their code among the categories. Made once."""
    key = ("questions", asked)
    if key not in customers.kept:
        customers.kept[key] = _questions_of(customers, asked)
    return cast(tuple[Question, ...], customers.kept[key])


def _questions_of(customers: Customers, asked: str) -> tuple[Question, ...]:
    frame = customers.tables["questions"]
    ids = customers.tables["responses"]["question_id"].cat.categories
    surveys = customers.tables["surveys"].set_index("survey_id")["survey_type"].to_dict()
    found = []
    for place, row in frame[(frame["metric"] == asked).fillna(False)].to_dict("index").items():
        number = ids.get_indexer(pd.Index([row["question_id"]]))[0]
        if number >= 0:
            found.append(_question(row, (cast(int, place), int(number)), text_of(surveys.get(row["survey_id"]))))
    return tuple(found)


def _question(row: Mapping[Hashable, object], places: tuple[int, int], survey_type: str) -> Question:
    return Question(
        code=text_of(row["question_id"]),
        row=places[0],
        number=places[1],
        metric=text_of(row["metric"]),
        low=_float(row["scale_min"]),
        high=_float(row["scale_max"]),
        direction=text_of(row["direction"]),
        top=None if pd.isna(cast(float, row["top_box"])) else int(cast(int, row["top_box"])),
        survey_type=text_of(row["survey_type"]) or survey_type,
        aspect=text_of(row["aspect"]),
        target=None if pd.isna(cast(float, row["target"])) else _float(row["target"]),
    )


def text_of(value: object) -> str:
    """A text, empty where there is none."""
    return value if isinstance(value, str) else ""


def _float(value: object) -> float:
    return float(cast(float, value))


def fault_of(question: Question) -> str:
    """Why the answers to a question cannot be counted; empty where they can."""
    if not question.scaled:
        return "no_scale"
    if question.metric == "nps" and (question.low, question.high) != (0.0, 10.0):
        return "nps_scale"
    if question.metric == "ces" and not question.direction:
        return "no_direction"
    return ""
