"""Figures from answers to surveys; how they are coded and what may be put together is in `answers`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from esgreport.definitions.cx_surveys import Answers, Dismissed
from esgreport.measure.customers.answers import NOT_FROM_CUSTOMERS, answered, pool_of_answers
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.pools import Refused, absent, pool_figures
from esgreport.measure.customers.questions import questions_of


def answers(metric: Answers, customers: Customers) -> Iterator[Figure]:
    """The mean of coded answers, apart by kind of survey, aspect and scale."""
    pool = pool_of_answers(metric, customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
    else:
        yield from pool_figures(metric, pool, customers)


def dismissed(metric: Dismissed, customers: Customers) -> Iterator[Figure]:
    """How many questionnaires were put aside without an answer: counted apart, in no denominator."""
    frame = customers.tables["responses"]
    numbers = [question.number for question in questions_of(customers, metric.asked)]
    asked = np.isin(frame["question_id"].cat.codes.to_numpy(), numbers) & answered(frame, NOT_FROM_CUSTOMERS)
    unanswered = (frame["status"] == "dismissed").fillna(False).to_numpy(dtype=bool) & asked
    if customers.period is not None:
        unanswered = unanswered & customers.within(frame["collected_at"], customers.period)
        asked = asked & customers.within(frame["collected_at"], customers.period)
    if not asked.any():
        yield absent(metric, because("no_answers"))
        return
    estimate = Estimate(float(unanswered.sum()), None, int(asked.sum()), None)
    yield Figure(metric.code, estimate, period=customers.period, methods=("plain_count",), tables=("responses",))
