"""Figures of the sample worked out from its tables with nothing but arithmetic: the program says the same."""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from statistics import NormalDist, mean

import pytest
from customer_tables import FOUND, measured, of, sample

from esgreport.customer_metrics import CustomerMetric

Rows = list[dict[str, str]]
START, END = date(2025, 1, 1), date(2025, 12, 31)
Z = NormalDist().inv_cdf(0.975)


@cache
def rows(name: str) -> Rows:
    with (FOUND.folder / "samples" / "cx" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def figures() -> tuple[CustomerMetric, ...]:
    return measured(sample())


def told(code: str, **dimensions: str) -> CustomerMetric:
    return of(figures(), code, **dimensions)


def answers(question: str) -> list[tuple[str, float]]:
    """The customers and scores of the year's answers to a question; what was sent as a test is no answer."""
    return [
        (row["account_id"], float(row[question]))
        for row in rows("responses")
        if row[question]
        and START <= datetime.fromisoformat(row["collected_at"]).date() <= END
        and row["status"] != "test"
    ]


def effective(values: Iterable[tuple[str, float]]) -> float:
    """How many independent answers these are worth: their number by the design effect of customers as clusters."""
    listed = list(values)
    n, middle = len(listed), mean(value for _, value in listed)
    by_account: defaultdict[str, float] = defaultdict(float)
    for account, value in listed:
        by_account[account] += value - middle
    clusters = len(by_account)
    variance = sum(total**2 for total in by_account.values()) * clusters / (clusters - 1) / n**2
    simple = sum((value - middle) ** 2 for _, value in listed) / n / n
    return n / max(variance / simple, 1.0)


def coded(question: str, code: Callable[[float], float]) -> list[tuple[str, float]]:
    return [(account, code(score)) for account, score in answers(question)]


def in_force(day: date) -> set[str]:
    return {
        row["account_id"]
        for row in rows("contracts")
        if date.fromisoformat(row["start"]) <= day <= date.fromisoformat(row["end"])
    }


def test_net_promoter_score() -> None:
    said = coded("nps", lambda score: (score >= 9) - (score <= 6))
    found = told("net_promoter_score", survey_type="relational")
    assert found.value == pytest.approx(100 * mean(value for _, value in said))
    assert (found.n, found.accounts) == (len(said), len({account for account, _ in said}))


def test_the_smallest_change_that_would_show_with_eighty_percent_power() -> None:
    """2.8 standard errors of a difference between two such samples."""
    said = coded("nps", lambda score: (score >= 9) - (score <= 6))
    middle = mean(value for _, value in said)
    error = math.sqrt(sum((value - middle) ** 2 for _, value in said) / len(said) / effective(said))
    reach = (Z + NormalDist().inv_cdf(0.8)) * math.sqrt(2)
    found = told("net_promoter_score_detectable", survey_type="relational")
    assert found.value == pytest.approx(100 * reach * error, rel=0.02)


def test_shares_of_promoters_passives_and_detractors_make_the_whole_and_the_score() -> None:
    counts = Counter((score >= 9) - (score <= 6) for _, score in answers("nps"))
    shares = [
        told(code, survey_type="relational").value for code in ("promoter_share", "passive_share", "detractor_share")
    ]
    total = counts.total()
    assert shares == pytest.approx([counts[1] / total, counts[0] / total, counts[-1] / total])


def test_satisfaction_with_wilsons_interval_on_the_answers_worth_of() -> None:
    said = coded("csat_all", lambda score: float(score >= 4))
    share, n = mean(value for _, value in said), effective(said)
    found = told("customer_satisfaction", survey_type="relational")
    assert found.value == pytest.approx(share)
    middle = (share + Z**2 / 2 / n) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / 4 / n**2)
    assert found.interval == pytest.approx((middle - reach, middle + reach), abs=0.01)


def test_ease_of_the_service_survey() -> None:
    said = [score for _, score in answers("ces_sup")]
    assert told("easy_share", aspect="service").value == pytest.approx(mean(score >= 5 for score in said))
    assert told("ease_index", aspect="service").value == pytest.approx(mean((score - 1) / 6 * 100 for score in said))


def test_retention_is_of_those_there_at_the_beginning() -> None:
    before, after = in_force(date(2024, 12, 31)), in_force(END)
    found = told("customer_retention")
    assert found.n == len(before)
    assert found.value == pytest.approx(len(before & after) / len(before))
    assert told("customer_churn").value == pytest.approx(1 - len(before & after) / len(before))


def recurring(month: str) -> dict[str, float]:
    kept = (row for row in rows("revenue") if row["period"] == month and row["recurring_revenue"])
    return {row["account_id"]: float(row["recurring_revenue"]) for row in kept}


def test_gross_and_net_revenue_retention() -> None:
    before, after = recurring("2024-12"), recurring("2025-12")
    there = [account for account, amount in before.items() if amount > 0]
    opening = sum(before[account] for account in there)
    net = sum(after.get(account, 0.0) for account in there)
    gross = sum(min(before[account], after.get(account, 0.0)) for account in there)
    assert told("net_revenue_retention").value == pytest.approx(net / opening)
    assert told("gross_revenue_retention").value == pytest.approx(gross / opening)


def months(begin: str, end: date) -> float:
    return (end - date.fromisoformat(begin)).days / 30.4375


def test_customers_that_stay_longer_by_kaplan_and_meier_with_late_entry() -> None:
    """Watched since 2024, when losses began to be written down: at risk only from then."""
    watched, lives = date(2024, 1, 1), []
    for row in rows("accounts"):
        ended = row["churned_on"]
        last = date.fromisoformat(ended) if ended else END
        if row["status"] == "prospect" or not row["customer_since"] or last < watched:
            continue
        lives.append((max(months(row["customer_since"], watched), 0.0), months(row["customer_since"], last), ended))
    for limit in (12, 24, 36):
        share = 1.0
        for time in sorted({stayed for _, stayed, ended in lives if ended and stayed <= limit}):
            at_risk = sum(entry < time <= stayed for entry, stayed, _ in lives)
            share *= 1 - sum(bool(ended) and stayed == time for _, stayed, ended in lives) / at_risk
        assert told(f"customer_survival_{limit}_months").value == pytest.approx(share)


def test_median_of_first_replies() -> None:
    waits = sorted(
        (datetime.fromisoformat(row["first_reply_at"]) - datetime.fromisoformat(row["opened_at"])).total_seconds()
        / 3600
        for row in rows("tickets")
        if START <= datetime.fromisoformat(row["opened_at"]).date() <= END and row["first_reply_at"]
    )
    found = told("first_reply_median")
    assert found.n == len(waits)
    assert found.value == pytest.approx(waits[math.ceil(len(waits) / 2) - 1], abs=0.1)
