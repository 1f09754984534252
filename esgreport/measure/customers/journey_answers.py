"""Answers after an interaction by touchpoint, coded as the map shows them; it puts nothing in order."""

from __future__ import annotations

import pandas as pd

from esgreport.measure.customers.intervals import Scale
from esgreport.measure.customers.panel_desk import INDEX, NET, Cases, Desk, cases
from esgreport.measure.customers.stated import stated


def answers_at_touchpoints(desk: Desk, asked: str) -> pd.DataFrame:
    """The answers of the period that were given at a touchpoint and not about the relationship as a whole."""
    answers = stated(desk.customers, (asked,))
    chosen = answers["touchpoint_id"].notna() & (answers["survey_type"] != "relational")
    if desk.customers.period:
        chosen &= desk.customers.within(answers["collected_at"], desk.customers.period)
    return answers[chosen]


def coded(answers: pd.DataFrame, asked: str) -> tuple[Cases, Scale]:
    """The answers as cases: promoters less detractors where recommendation was asked, else 0 to 100 to the best."""
    values, scale = answers["better"] * 100, INDEX
    if asked == "nps":
        score = answers["value_number"]
        values, scale = (score >= 9).astype(float) - (score <= 6).astype(float), NET
    return cases(values, answers["account"], "responses"), scale
