"""Small groups are withheld, and nobody can work them out from what is shown."""

from __future__ import annotations

import itertools

import pytest
from customer_tables import FOUND, QUESTIONS, YEAR, measured, of, responses, tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.measure.customers.disclosure import Group, Thresholds, hidden_groups

LIMITS = Thresholds(show=5, full=30, accounts=3)
GROUPS = st.lists(st.builds(Group, st.integers(1, 60), st.integers(1, 20)), min_size=1, max_size=12)


@given(GROUPS, st.booleans())
def test_what_is_hidden_together_could_be_shown_or_is_everything(groups: list[Group], apart: bool) -> None:
    hidden = hidden_groups(groups, LIMITS, apart=apart)
    shown = [group for at, group in enumerate(groups) if at not in hidden]
    assert all(LIMITS.enough(group.n, group.accounts) for group in shown)
    if hidden and shown:
        taken_away = [groups[at] for at in hidden]
        accounts = [group.accounts or 0 for group in taken_away]
        assert len(taken_away) > 1
        assert sum(group.n for group in taken_away) >= LIMITS.show
        assert (sum(accounts) if apart else max(accounts)) >= LIMITS.accounts


@given(GROUPS)
def test_no_more_is_hidden_than_needed(groups: list[Group]) -> None:
    hidden = hidden_groups(groups, LIMITS, apart=True)
    small = {at for at, group in enumerate(groups) if not LIMITS.enough(group.n, group.accounts)}
    assert small <= hidden
    if not small:
        assert not hidden


def scored(sizes: dict[str, int], score: int = 9) -> str:
    team = list(itertools.chain.from_iterable([name] * size for name, size in sizes.items()))
    return responses([score if at % 3 else 3 for at in range(len(team))], team=team)


def test_a_group_of_four_is_withheld_and_so_is_the_next_smallest() -> None:
    found = measured(tables(questions=QUESTIONS, responses=scored({"A": 40, "B": 12, "C": 4})), by=["team"])
    states = {name: of(found, "net_promoter_score", team=name).status for name in "ABC"}
    assert states == {"A": Status.FULL, "B": Status.WITHHELD, "C": Status.WITHHELD}
    assert "by subtraction" in of(found, "net_promoter_score", team="B").reason


def test_a_withheld_figure_has_no_number_at_all() -> None:
    found = measured(tables(questions=QUESTIONS, responses=scored({"A": 40, "B": 12, "C": 4})), by=["team"])
    hidden = [metric for metric in found if metric.status is Status.WITHHELD]
    assert hidden
    assert {(metric.value, metric.interval, metric.n, metric.accounts, metric.confidence) for metric in hidden} == {
        (None, None, None, None, None)
    }


def test_answers_of_no_team_are_a_group_so_that_none_follows_from_the_rest() -> None:
    found = measured(tables(questions=QUESTIONS, responses=scored({"A": 40, "B": 20, "": 3})), by=["team"])
    states = {name: of(found, "net_promoter_score", team=name).status for name in ("A", "B", "not_stated")}
    assert states == {"A": Status.FULL, "B": Status.WITHHELD, "not_stated": Status.WITHHELD}


def test_many_answers_of_two_customers_are_withheld() -> None:
    lines = responses([9] * 40).splitlines()
    lines = [lines[0], *(line.replace(f",A{at},", f",A{at % 2},") for at, line in enumerate(lines[1:]))]
    found = of(measured(tables(questions=QUESTIONS, responses="\n".join(lines) + "\n")), "net_promoter_score")
    assert (found.status, "fewer than 3 customers" in found.reason) == (Status.WITHHELD, True)


def test_a_comparison_with_a_period_of_few_answers_does_not_give_them_away() -> None:
    before = scored({"A": 40, "B": 3}).replace("2025-", "2024-").replace("R", "Q")
    now = scored({"A": 40, "B": 40}).partition("\n")[2]
    found = measured(tables(questions=QUESTIONS, responses=before + now), by=["team"])
    assert of(found, "net_promoter_score", team="B").status is Status.FULL
    assert {of(found, "net_promoter_score_change", team=name).status for name in "AB"} == {Status.WITHHELD}


def test_a_group_new_this_year_does_not_let_the_change_of_the_other_give_it_away() -> None:
    before = scored({"A": 40}).replace("2025-", "2024-").replace("R", "Q")
    now = scored({"A": 40, "B": 3}).partition("\n")[2]
    found = measured(tables(questions=QUESTIONS, responses=before + now), by=["team"])
    assert of(found, "net_promoter_score", team="A").status is Status.WITHHELD
    assert of(found, "net_promoter_score_change", team="A").status is Status.WITHHELD


def test_the_settings_say_how_many_are_few() -> None:
    text = scored({"A": 40, "B": 20, "C": 8})
    strict = {**YEAR, "min_n_show": "10"}
    found = measured(tables(strict, questions=QUESTIONS, responses=text), by=["team"])
    assert of(found, "net_promoter_score", team="C").status is Status.WITHHELD


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 25), min_size=2, max_size=5), st.integers(0, 2**31))
def test_no_score_of_a_withheld_team_follows_from_those_shown(sizes: list[int], seed: int) -> None:
    """The whole less the shown teams is a group large enough to be shown, and no single team."""
    names = [f"T{at}" for at in range(len(sizes))]
    found = measured(tables(questions=QUESTIONS, responses=scored(dict(zip(names, sizes, strict=True)))), by=["team"])
    whole = next(metric for metric in found if metric.metric == "net_promoter_score" and not metric.member("team"))
    teams = [metric for metric in found if metric.metric == "net_promoter_score" and metric.member("team")]
    shown = [metric for metric in teams if metric.status is not Status.WITHHELD]
    if whole.status is Status.WITHHELD or len(shown) == len(teams):
        return
    left = remaining(whole, shown)
    assert left == 0 or (left >= 5 and len(teams) - len(shown) > 1)


def remaining(whole: CustomerMetric, shown: list[CustomerMetric]) -> int:
    assert whole.n is not None
    return whole.n - sum(metric.n or 0 for metric in shown)


OWN_RECORDS = {
    "acquisition_cost_total",
    "dismissed_questionnaires",
    "tickets_opened",
    "tickets_solved",
    "tickets_backlog",
}
"""What we count of our own, or spend: it says nothing of any one customer."""


def test_only_what_we_count_of_our_own_is_shown_however_small() -> None:
    assert {code for code, metric in FOUND.cx_metrics.metrics.items() if metric.show_from is not None} == OWN_RECORDS


@pytest.mark.parametrize("by", [["team"], ["segment"], ["country"], ["touchpoint"], ["team", "segment"]])
def test_the_sample_shows_no_small_group(by: list[str]) -> None:
    from customer_tables import sample

    for metric in measured(sample(), by=by):
        if metric.status in (Status.FULL, Status.INDICATIVE) and metric.metric not in OWN_RECORDS:
            assert metric.n is not None and metric.n >= 5, metric
            assert metric.accounts is None or metric.accounts >= 3, metric
