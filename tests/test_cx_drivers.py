"""Drivers: shares that add up to R² however rows and columns are ordered, and a rule in place of too few data."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, tables_from
from hypothesis import given, settings
from hypothesis import strategies as st

from esgreport.customer_metrics import Status
from esgreport.measure.customers.drivers import driver_analyses
from esgreport.measure.customers.explained import shares_of_r_squared
from esgreport.measure.customers.prediction import prediction, separates
from esgreport.measure.customers.rank_correlation import rank_correlation


def data(seed: int, cases: int = 60, drivers: int = 4) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    draw = np.random.default_rng(seed)
    common = draw.normal(size=(cases, 1))
    columns = common + draw.normal(size=(cases, drivers))
    return columns @ draw.normal(size=drivers) + draw.normal(size=cases), columns


def r_squared(outcome: np.ndarray, columns: np.ndarray) -> float:  # type: ignore[type-arg]
    from sklearn.linear_model import LinearRegression

    return float(LinearRegression().fit(columns, outcome).score(columns, outcome)) if columns.shape[1] else 0.0


# ── the shares ───────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_shares_add_up_to_r_squared_and_none_is_negative(seed: int) -> None:
    outcome, columns = data(seed)
    shares = shares_of_r_squared(outcome, columns)
    assert shares.sum() == pytest.approx(r_squared(outcome, columns), abs=1e-9)
    assert (shares > -1e-12).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(4)))
def test_the_order_of_columns_and_rows_changes_no_share(seed: int, order: list[int]) -> None:
    outcome, columns = data(seed)
    rows = np.random.default_rng(seed).permutation(len(outcome))
    shares = shares_of_r_squared(outcome, columns)
    assert shares_of_r_squared(outcome[rows], columns[rows][:, order]) == pytest.approx(shares[order], abs=1e-9)


def test_shares_are_what_each_driver_adds_averaged_over_all_orders() -> None:
    outcome, columns = data(3, drivers=3)
    gains = np.zeros(3)
    for order in permutations(range(3)):
        for at, driver in enumerate(order):
            gains[driver] += r_squared(outcome, columns[:, order[: at + 1]]) - r_squared(
                outcome, columns[:, order[:at]]
            )
    assert shares_of_r_squared(outcome, columns) == pytest.approx(gains / 6, abs=1e-9)


def test_the_same_driver_twice_shares_what_it_had_alone() -> None:
    outcome, columns = data(5, drivers=1)
    alone = shares_of_r_squared(outcome, columns)[0]
    assert shares_of_r_squared(outcome, np.column_stack([columns, columns])) == pytest.approx([alone / 2] * 2)


def test_a_driver_that_never_changes_has_no_share() -> None:
    outcome, columns = data(7, drivers=2)
    columns[:, 1] = 4
    assert shares_of_r_squared(outcome, columns)[1] == 0


# ── the sample, and too few data ─────────────────────────────────────────────────────────────────────────────


def test_the_samples_drivers_of_recommendation_add_up_to_what_is_explained() -> None:
    recommendation = driver_analyses(sample_desk())[0]
    assert recommendation.reason == ""
    total = recommendation.explained.value
    assert total is not None
    assert sum(share.value or 0 for share in recommendation.shares) == pytest.approx(total)
    assert all(
        share.interval and share.interval[0] <= (share.value or 0) <= share.interval[1]
        for share in recommendation.shares
    )
    assert any("not cause" in note for note in recommendation.notes)


def test_the_samples_weights_check_the_shares_in_the_same_order() -> None:
    """Both share out the same R²; where they differ by little, the shares do not hang on the method."""
    recommendation = driver_analyses(sample_desk())[0]
    pairs = list(zip(recommendation.shares, recommendation.weights, strict=True))
    assert all(share.member("driver") == weight.member("driver") for share, weight in pairs)
    assert sum(weight.value or 0 for _, weight in pairs) == pytest.approx(recommendation.explained.value)
    assert all(abs((share.value or 0) - (weight.value or 0)) < 0.05 for share, weight in pairs)


def test_eight_customers_that_left_are_too_few_for_four_drivers_and_the_rule_is_said() -> None:
    renewal = driver_analyses(sample_desk())[1]
    assert renewal.shares == ()
    assert renewal.explained.status is Status.ABSENT
    assert renewal.reason == "Too few data: 8 that did not renew; 4 drivers need at least 40 of each outcome."


def test_without_answers_there_is_a_reason_and_no_number(tmp_path: Path) -> None:
    for analysis in driver_analyses(desk_for(tables_from(tmp_path, accounts="account_id,status\nA,active"))):
        assert analysis.explained.value is None
        assert analysis.reason


# ── which score tells better ─────────────────────────────────────────────────────────────────────────────────


def test_a_score_that_tells_all_apart_has_one_and_one_that_tells_nothing_a_half() -> None:
    left = np.array([1.0, 1, 0, 0, 0])
    assert separates(np.array([0.1, 0.2, 0.5, 0.6, 0.7]), left) == 1
    assert separates(np.full(5, 0.5), left) == 0.5
    assert separates(np.array([0.9, 0.8, 0.5, 0.6, 0.7]), left) == 0


def test_the_area_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score

    draw = np.random.default_rng(11)
    score, left = draw.integers(0, 8, size=80) / 7, (draw.random(80) < 0.3).astype(float)
    assert separates(score, left) == pytest.approx(roc_auc_score(left, -score))


def test_the_sample_cannot_say_whether_effort_tells_more_and_research_stands_beside() -> None:
    found = prediction(sample_desk())
    assert "cannot say" in found.verdict
    assert len(found.research) == 2
    assert all(each.value is None for each in found.figures if each.metric == "score_predicts")


def test_where_effort_tells_who_leaves_and_recommendation_does_not_our_data_say_so(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    left = draw.random(120) < 0.3
    rows, accounts = [], []
    for at, gone in enumerate(left):
        accounts.append(f"A{at},{'churned' if gone else 'active'},2020-01-01,{'2025-06-01' if gone else ''}")
        rows.append(f"C{at},2024-05-01,A{at},ces,{draw.integers(1, 4) if gone else draw.integers(4, 8)}")
        rows.append(f"N{at},2024-05-01,A{at},nps,{draw.integers(0, 11)}")
    tables = tables_from(
        tmp_path,
        settings="setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31",
        questions="""question_id,metric,question_text,scale_min,scale_max,direction,survey_type
        ces,ces,Easy?,1,7,ease_high,transactional
        nps,nps,Recommend?,0,10,good_high,relational""",
        accounts="\n".join(["account_id,status,customer_since,churned_on", *accounts]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *rows]),
    )
    found = prediction(desk_for(tables))
    assert found.verdict == "In our data effort tells more than recommendation about who leaves."


# ── scores and revenue, tickets and leaving ──────────────────────────────────────────────────────────────────


def test_a_score_goes_with_revenue_as_far_as_the_ranks_do_and_few_customers_are_refused(tmp_path: Path) -> None:
    """seed:002-19, seed:004-23"""
    from scipy.stats import spearmanr

    draw = np.random.default_rng(6)
    scores, now = draw.integers(0, 11, size=40), []
    revenue, rows = [], []
    for at, score in enumerate(scores):
        now.append(float(1000 + 60 * score + draw.integers(0, 400)))
        revenue += [f"A{at},2024,1000", f"A{at},2025,{now[-1]}"]
        rows.append(f"R{at},2024-05-01,A{at},nps,{score}")
    tables = tables_from(
        tmp_path,
        settings="setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31",
        questions="""question_id,metric,question_text,scale_min,scale_max,direction,survey_type
        nps,nps,Recommend?,0,10,good_high,relational""",
        accounts="account_id,status,customer_since\n" + "\n".join(f"A{at},active,2020-01-01" for at in range(40)),
        revenue="\n".join(["account_id,period,recurring_revenue", *revenue]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *rows]),
    )
    found = {
        each.member("score"): each
        for each in prediction(desk_for(tables)).figures
        if each.metric == "score_with_growth"
    }
    known = found["nps"]
    assert known.value == pytest.approx(spearmanr(scores, now).statistic)
    assert known.interval is not None
    assert known.interval[0] < (known.value or 0) < known.interval[1]
    assert "not cause" in known.reason
    assert found["ces"].reason == (
        "Too few data: 0 customers with a score before the period and revenue in both; at least 20."
    )


def test_the_interval_of_a_rank_correlation_holds_the_truth_about_as_often_as_it_says() -> None:
    """Normal pairs with r = 0.6, for which the rank correlation is 6/π·asin(r/2)."""
    truth = 6 / np.pi * np.arcsin(0.3)
    draw = np.random.default_rng(8)
    held = 0
    for _ in range(300):
        first = draw.normal(size=30)
        second = 0.6 * first + 0.8 * draw.normal(size=30)
        found = rank_correlation(first, second, 0.95)
        assert found is not None
        assert found.interval is not None
        held += found.interval[0] <= truth <= found.interval[1]
    assert 0.91 <= held / 300 <= 0.99


def test_customers_whose_tickets_took_long_are_followed_beside_the_others(tmp_path: Path) -> None:
    """seed:004-29: four of eight with a late solution left within a year, none of eight with a soon one."""
    rows = [f"T{at},A{at},2024-02-01,{'2024-02-03' if at < 8 else '2024-03-20'}" for at in range(15)]
    rows.append("T15,A15,2024-02-01,")
    gone = dict.fromkeys((8, 9, 10, 15), "2024-09-01")
    accounts = [f"A{at},{'churned' if at in gone else 'active'},2020-01-01,{gone.get(at, '')}" for at in range(16)]
    tables = tables_from(
        tmp_path,
        settings="setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31",
        accounts="\n".join(["account_id,status,customer_since,churned_on", *accounts]),
        tickets="\n".join(["ticket_id,account_id,opened_at,first_solved_at", *rows]),
    )
    found = {
        each.member("service"): each.value
        for each in prediction(desk_for(tables)).figures
        if each.metric == "left_by_service"
    }
    assert found == {"solved_late": 0.5, "solved_soon": 0.0}
