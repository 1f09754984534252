"""Models of perception and loyalty: held against libraries, refused where data are too few, and never a cause."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, tables_from
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.measure.customers.mediation import slopes
from esgreport.measure.customers.perception_renewal import separated
from esgreport.measure.customers.reliability import alpha, omega
from esgreport.measure.customers.resampling import one_thread
from esgreport.measure.customers.values import by_perception, controlled, modelled, reliable
from esgreport.tables import CustomerTables

Floats = NDArray[np.float64]
SETTINGS = "setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31\ncurrency,EUR"
QUESTIONS = """question_id,metric,question_text,scale_min,scale_max,direction,survey_type
esg,esg_perception,Responsible?,1,5,good_high,relational
esg2,esg_perception,Fair?,1,5,good_high,relational
esg3,esg_perception,Clean?,1,5,good_high,relational
csat,csat,Satisfied?,1,5,good_high,relational
trust,trust,Trust?,1,5,good_high,relational
nps,nps,Recommend?,0,10,good_high,relational"""


def one(figures: tuple[CustomerMetric, ...], code: str, member: str = "") -> CustomerMetric:
    return next(
        each
        for each in figures
        if each.metric == code and (not member or member in [name for _, name in each.dimensions])
    )


# ── renewal ──────────────────────────────────────────────────────────────────────────────────────────────────


def contracts(folder: Path, perception: list[int], renewed: list[bool]) -> CustomerTables:
    """A contract of each of so many customers, due in 2025, after an answer of 2024 and another satisfaction each."""
    draw = np.random.default_rng(7)
    rows, made, accounts = [], [], []
    for at, (seen, stays) in enumerate(zip(perception, renewed, strict=True)):
        rows += [f"R{at},2024-05-01,A{at},esg,{seen}", f"R{at},2024-05-01,A{at},csat,{draw.integers(1, 6)}"]
        made.append(
            f"C{at},A{at},2023-06-01,2025-05-31,2025-06-01,{'yes' if stays else 'no'},{draw.integers(9, 99)}000"
        )
        accounts.append(f"A{at},active,20{10 + at % 12}-01-01")
    return tables_from(
        folder,
        settings=SETTINGS,
        questions=QUESTIONS,
        accounts="\n".join(["account_id,status,customer_since", *accounts]),
        contracts="\n".join(["contract_id,account_id,start,end,due_for_renewal,renewed,annual_value", *made]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *rows]),
    )


def drawn(count: int, seed: int = 1) -> tuple[list[int], list[bool]]:
    draw = np.random.default_rng(seed)
    seen = draw.integers(1, 6, size=count)
    chance = 1 / (1 + np.exp(-(0.2 + 0.5 * (seen - 3))))
    return seen.tolist(), (draw.random(count) < chance).tolist()


def test_the_effect_on_renewal_is_that_of_a_logistic_regression_and_no_cause(tmp_path: Path) -> None:
    from sklearn.linear_model import LogisticRegression

    seen, renewed = drawn(400)
    found = modelled(desk_for(contracts(tmp_path, seen, renewed)))
    alone = one(found, "perception_renewal")
    place = (np.array(seen, dtype=float)[:, None] - 1) / 4
    fitted = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(place, renewed)
    chance = fitted.predict_proba(place)[:, 1]
    expected = float(fitted.coef_[0, 0] * np.mean(chance * (1 - chance)))
    assert alone.value == pytest.approx(expected, abs=1e-5)
    assert alone.interval is not None
    assert alone.interval[0] > 0
    held = one(found, "perception_renewal_controlled")
    assert held.value == pytest.approx(alone.value, abs=0.1), "what is held constant was drawn without regard to it"
    assert all("not cause" in each.reason for each in (alone, held))


def test_few_losses_are_refused_with_the_rule(tmp_path: Path) -> None:
    seen, _ = drawn(60)
    figure = one(modelled(desk_for(contracts(tmp_path, seen, [at >= 9 for at in range(60)]))), "perception_renewal")
    assert figure.status is Status.ABSENT
    assert figure.reason == (
        "Too few data: 9 of 60 decisions, by 60 customers, were against renewal. "
        "Terms in the model: 1; needed: 10 of each decision, by 20 customers."
    )


def test_decisions_told_apart_without_error_give_no_estimate(tmp_path: Path) -> None:
    seen = [1, 2] * 20 + [4, 5] * 20
    figure = one(modelled(desk_for(contracts(tmp_path, seen, [each > 3 for each in seen]))), "perception_renewal")
    assert figure.status is Status.ABSENT
    assert "separation" in figure.reason


def test_what_was_said_after_the_decision_tells_nothing_of_it(tmp_path: Path) -> None:
    seen, renewed = drawn(200)
    tables = contracts(tmp_path, seen, renewed)
    late = tables.tables["responses"].frame.assign(collected_at=np.datetime64("2025-07-01", "us"))
    object.__setattr__(tables.tables["responses"], "frame", late)
    figure = one(modelled(desk_for(tables)), "perception_renewal")
    assert figure.status is Status.ABSENT


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_separation_is_found_exactly_where_a_line_parts_the_outcomes(seed: int) -> None:
    draw = np.random.default_rng(seed)
    terms = draw.normal(size=(30, 2))
    score = terms @ np.array([1.0, -0.5])
    assert separated(score > 0.2, terms)
    inside = np.vstack([terms, terms[score > 0.2].mean(axis=0)])
    assert not separated(np.append(score > 0.2, False), inside), "in the midst of those of the other outcome"


def test_ties_on_the_line_are_separation_too() -> None:
    terms = np.array([[0.0], [0], [1], [1], [2], [2]])
    assert separated(np.array([False, False, False, True, True, True]), terms)
    assert not separated(np.array([False, True, False, True, False, True]), terms)


def test_the_sample_has_too_few_losses_for_a_model_and_says_so() -> None:
    figures = modelled(sample_desk())
    assert "Too few data" in one(figures, "perception_renewal").reason
    assert "Terms in the model: 4; needed: 40" in one(figures, "perception_renewal_controlled").reason


# ── by way of trust ──────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_whole_is_what_runs_through_trust_and_what_does_not(seed: int) -> None:
    from statsmodels.regression.linear_model import OLS
    from statsmodels.tools import add_constant

    draw = np.random.default_rng(seed)
    held = draw.normal(size=200)
    cause = held + draw.normal(size=200)
    way = 0.6 * cause + 0.3 * held + draw.normal(size=200)
    outcome = 0.5 * way + 0.2 * cause + held + draw.normal(size=200)
    whole, direct, through = slopes(np.cov(np.column_stack([cause, way, outcome, held]), rowvar=False))
    first = OLS(way, add_constant(np.column_stack([cause, held]))).fit().params[1]
    second = OLS(outcome, add_constant(np.column_stack([cause, way, held]))).fit().params
    assert whole == pytest.approx(direct + through)
    assert direct == pytest.approx(second[1])
    assert through == pytest.approx(first * second[2])


def test_the_samples_mediation_adds_up_and_says_what_it_cannot_say() -> None:
    figures = modelled(sample_desk())
    whole, direct, through = (one(figures, f"mediation_{part}") for part in ("whole", "direct", "through"))
    assert whole.value == pytest.approx((direct.value or 0) + (through.value or 0))
    assert whole.value == pytest.approx(one(controlled(sample_desk()), "perception_recommendation_controlled").value)
    for figure in (whole, direct, through):
        assert figure.interval is not None
        assert "assumed, not shown" in figure.reason
        assert "not cause" in figure.reason


# ── several questions, one thing ─────────────────────────────────────────────────────────────────────────────


def test_alpha_is_one_for_the_same_question_and_none_for_questions_without_anything_in_common() -> None:
    assert alpha(np.ones((4, 4))) == pytest.approx(1)
    assert alpha(np.eye(4)) == pytest.approx(0)


def test_alpha_of_equal_correlations_is_the_formula_of_spearman_and_brown() -> None:
    together = np.full((5, 5), 0.3) + 0.7 * np.eye(5)
    assert alpha(together) == pytest.approx(5 * 0.3 / (1 + 4 * 0.3))
    assert omega(together) == pytest.approx(alpha(together)), "questions that weigh the same: both are one"


def test_omega_finds_the_loadings_a_scale_was_made_of_where_alpha_is_too_low() -> None:
    loadings = np.array([0.9, 0.7, 0.5, 0.4])
    together = np.outer(loadings, loadings)
    np.fill_diagonal(together, 1)
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    assert omega(together) == pytest.approx(expected, abs=1e-6)
    assert alpha(together) < expected


def test_omega_is_that_of_scikit_learns_factor_analysis() -> None:
    from sklearn.decomposition import FactorAnalysis

    draw = np.random.default_rng(4)
    answers = draw.normal(size=(3000, 1)) * np.array([0.9, 0.8, 0.6, 0.5]) + draw.normal(size=(3000, 4)) * 0.6
    fitted = FactorAnalysis(1, tol=1e-8, max_iter=5000).fit(answers)
    common = fitted.components_.sum() ** 2
    assert omega(np.cov(answers, rowvar=False)) == pytest.approx(
        common / (common + fitted.noise_variance_.sum()), abs=0.01
    )


def test_two_questions_on_two_things_are_told_to_be_read_apart() -> None:
    figures = reliable(sample_desk())
    two = one(figures, "scale_alpha", "esg_perception")
    assert two.value is not None
    assert two.value < 0.7
    assert "2 questions." in two.reason
    assert "read them apart" in two.reason
    assert one(figures, "scale_omega", "esg_perception").status is Status.ABSENT


def test_three_questions_on_one_thing_have_both(tmp_path: Path) -> None:
    draw = np.random.default_rng(5)
    rows = []
    for at in range(80):
        level = draw.integers(1, 6)
        for question in ("esg", "esg2", "esg3"):
            value = int(np.clip(level + draw.integers(-1, 2), 1, 5))
            rows.append(f"R{at},2025-03-01,A{at % 40},{question},{value}")
    tables = tables_from(
        tmp_path,
        settings=SETTINGS,
        questions=QUESTIONS,
        accounts="account_id,status\n" + "\n".join(f"A{at},active" for at in range(40)),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *rows]),
    )
    figures = reliable(desk_for(tables))
    for code in ("scale_alpha", "scale_omega"):
        figure = one(figures, code)
        assert figure.value is not None
        assert figure.interval is not None
        assert figure.interval[0] < figure.value < figure.interval[1]
        assert figure.value > 0.8


# ── how long they stay ───────────────────────────────────────────────────────────────────────────────────────


def test_the_share_that_stays_is_kaplan_and_meiers_from_the_answer_on() -> None:
    figures = [each for each in by_perception(sample_desk()) if each.metric == "perception_stays"]
    assert [each.member("perception") for each in figures] == ["low", "middle", "high"]
    assert all(each.value is None or 0 <= each.value <= 1 for each in figures)
    assert all("not cause" in each.reason for each in figures if each.value is not None)
    assert sum(each.n or 0 for each in figures) <= 60


def test_leaving_before_the_days_are_over_and_being_watched_for_less_are_two_things(tmp_path: Path) -> None:
    """Ten of the high group: two leave after 100 days, three are watched for 200 days only; (1 - 2/10) stay."""
    answered = ["2024-03-01"] * 7 + ["2025-06-14"] * 3
    left = ["2024-06-09"] * 2 + [""] * 8
    accounts = [f"A{at},{'churned' if gone else 'active'},2020-01-01,{gone}" for at, gone in enumerate(left)]
    rows = [f"R{at},{day},A{at},esg,5" for at, day in enumerate(answered)]
    tables = tables_from(
        tmp_path,
        settings=SETTINGS,
        questions=QUESTIONS,
        accounts="\n".join(["account_id,status,customer_since,churned_on", *accounts]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *rows]),
    )
    figure = one(by_perception(desk_for(tables)), "perception_stays", "high")
    assert figure.value == pytest.approx(0.8)
    assert figure.n == 10


def test_many_small_fits_run_on_one_thread_since_waking_others_costs_more() -> None:
    from threadpoolctl import threadpool_info

    with one_thread():
        assert {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} == {1}
