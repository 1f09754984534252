"""Customers' tables for tests, from small texts that are read as the program reads files."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from esgreport import definitions, read
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.measure.customers import measure_customers
from esgreport.tables import CustomerTables

FOUND = definitions.load()
YEAR = {"reporting_period_start": "2025-01-01", "reporting_period_end": "2025-12-31", "currency": "EUR"}
QUESTIONS = """question_id,metric,question_text,scale_min,scale_max,direction,top_box,survey_type,aspect
nps,nps,Would you recommend us?,0,10,good_high,,relational,
csat,csat,How satisfied are you?,1,5,good_high,2,relational,
ces,ces,How easy was it?,1,7,ease_high,3,transactional,
"""


def tables(settings: Mapping[str, str] | None = None, **texts: str) -> CustomerTables:
    """The tables in CSV texts, by name of the table; with the settings of the year 2025 unless others are given."""
    with tempfile.TemporaryDirectory() as folder:
        entered = "setting,value\n" + "".join(f"{k},{v}\n" for k, v in (YEAR if settings is None else settings).items())
        paths = []
        for name, text in {**texts, "settings": entered}.items():
            path = Path(folder) / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            paths.append((path, path.name))
        found, _ = read.read_tables(paths, FOUND, "en")
    return found


def responses(scores: Sequence[object], question: str = "nps", accounts: int = 0, **columns: Sequence[object]) -> str:
    """A table of responses in 2025: one score each, of so many accounts in turn (0: each its own)."""
    heads = ["response_id", "collected_at", "account_id", "question_id", "value_number", *columns]
    rows = [
        [f"R{at}", f"2025-06-{1 + at % 28:02}", f"A{at % accounts if accounts else at}", question, score]
        + [column[at] for column in columns.values()]
        for at, score in enumerate(scores)
    ]
    return "\n".join(",".join(map(str, row)) for row in [heads, *rows]) + "\n"


def measured(found: CustomerTables, by: Sequence[str] = (), language: str = "en") -> tuple[CustomerMetric, ...]:
    """All metrics of the tables."""
    return measure_customers(found, FOUND, language, by)[0]


def of(metrics: Sequence[CustomerMetric], code: str, **dimensions: str) -> CustomerMetric:
    """The one metric of a code with those members among its dimensions."""
    fitting = [
        metric
        for metric in metrics
        if metric.metric == code and all(metric.member(name) == member for name, member in dimensions.items())
    ]
    plain = [metric for metric in fitting if not dimensions or len(fitting) == 1] or fitting
    assert plain, f"there is no {code} {dimensions}"
    return plain[0]


def values(metrics: Sequence[CustomerMetric], code: str) -> list[tuple[str, float | None, Status]]:
    """The members, values and states of a metric, in their order."""
    return [
        (" ".join(member for _, member in metric.dimensions), metric.value, metric.status)
        for metric in metrics
        if metric.metric == code
    ]


@cache
def sample() -> CustomerTables:
    """The sample company's customers."""
    from esgreport.customers import sample_customers

    return sample_customers(FOUND, "en")
