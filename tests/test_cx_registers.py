"""Registers as they were entered: what was looked at, what is there, where data come from, and what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, tables_from

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_registers import Registers
from esgreport.measure.customers.journey import journey_map
from esgreport.measure.customers.registers import registers

LANGUAGES = ("en", "it", "de", "fr")


def figure(found: Registers, code: str) -> CustomerMetric:
    return next(each for each in found.figures if each.metric == code)


def test_an_assumption_is_told_with_what_was_found_of_it_and_its_place() -> None:
    """seed:000-02"""
    found = registers(sample_desk())
    first = found.assumptions[0]
    assert first.status is not None
    assert (first.statement, first.status.code) == ("Customers leave because of the price", "refuted")
    assert first.source.cell == "2:2" or first.source.cell.startswith("A2")
    assert figure(found, "assumptions_settled").value == 0.8, "one of five has no data"


def test_practices_nobody_entered_are_listed_as_not_entered_and_count_as_neither() -> None:
    """seed:003-04, seed:004-30"""
    found = registers(sample_desk())
    said = {each.item.code: each.status.code if each.status else None for each in found.maturity}
    assert said["review_cadence"] == "yes"
    assert said["omnichannel"] is None
    practices = figure(found, "practices_in_place")
    assert (practices.value, practices.n) == (3 / 10, 10)


def test_a_table_without_a_known_source_is_listed_as_such() -> None:
    """seed:003-15"""
    found = registers(sample_desk())
    known = {each.table.code: each.system for each in found.sources}
    assert known["tickets"] == "Ticket system"
    assert known["orders"] == "Order system"
    assert known["usage"] == ""
    assert figure(found, "sources_known").value == pytest.approx(5 / len(found.sources))


def test_the_usual_scores_are_compared_with_what_speaks_for_and_against_each() -> None:
    """seed:000-20"""
    found = registers(sample_desk())
    assert [each.score.code for each in found.scores] == ["nps", "ces", "csat"]
    assert all(each.measures and each.strength and each.weakness for each in found.scores)


def test_what_the_words_mean_and_why_retention_is_measured_is_said() -> None:
    """seed:003-01, seed:004-02"""
    found = registers(sample_desk())
    assert "perceive and feel" in found.meanings[0]
    assert "strategies" in found.meanings[1]
    assert found.meanings[2].startswith("Why retention is measured")


@pytest.mark.parametrize("language", LANGUAGES)
def test_registers_are_told_in_every_language(language: str) -> None:
    found = registers(sample_desk(language))
    texts = [*found.meanings, *found.notes, *(each.label for each in found.figures)]
    assert all(text and "{" not in text for text in texts)
    if language != "en":
        assert found.notes != registers(sample_desk()).notes


def test_empty_sheets_are_absent_with_a_reason(tmp_path: Path) -> None:
    found = registers(desk_for(tables_from(tmp_path, accounts="account_id,status\nA,active")))
    assert (found.assumptions, found.maturity) == ((), ())
    assert figure(found, "assumptions_settled").reason == "Nothing is entered on the sheet."


# ── employees and customers ──────────────────────────────────────────────────────────────────────────────────


def test_four_teams_are_too_few_to_hold_employees_against_customers() -> None:
    """seed:003-14"""
    found = figure(registers(sample_desk()), "employee_customer_correlation")
    assert found.status is Status.ABSENT
    assert found.reason.startswith("Too few data: 4 teams")


def test_teams_with_happier_employees_and_customers_go_together_and_it_is_no_cause(tmp_path: Path) -> None:
    """One pair a team, over both years; teams of fewer than five employees are left out."""
    from scipy.stats import spearmanr

    draw = np.random.default_rng(3)
    ours, theirs, rows, own = [], [], [], []
    for team in range(12):
        score = int(draw.integers(1, 6))
        answers = np.clip(score + draw.integers(-1, 2, size=8), 1, 5)
        ours.append(score)
        theirs.append(float(answers.mean()))
        own.append(f"T{team},2025,{score},1,5,{9 if team else 4}")
        rows += [f"R{team}-{at},2025-03-01,A{at},csat,{value},T{team}" for at, value in enumerate(answers)]
    tables = tables_from(
        tmp_path,
        settings="setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31",
        questions="""question_id,metric,question_text,scale_min,scale_max,direction,survey_type
        csat,csat,Satisfied?,1,5,good_high,transactional""",
        accounts="account_id,status\n" + "\n".join(f"A{at},active" for at in range(8)),
        employee_experience="\n".join(["team,period,score,scale_min,scale_max,respondents", *own]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number,team", *rows]),
    )
    found = figure(registers(desk_for(tables)), "employee_customer_correlation")
    assert found.value == pytest.approx(spearmanr(ours[1:], theirs[1:]).statistic)
    assert found.n == 11
    assert found.interval is not None
    assert found.interval[0] < (found.value or 0) < found.interval[1]
    assert "not cause" in found.reason


# ── goals and channels ───────────────────────────────────────────────────────────────────────────────────────


def test_each_goal_says_on_which_channels_it_can_be_reached_and_whether_customers_prefer_one(tmp_path: Path) -> None:
    """seed:003-11"""
    tables = tables_from(
        tmp_path,
        accounts="account_id,status\nA,active",
        contacts="contact_id,account_id,preferred_channel\n"
        + "\n".join(f"P{at},A,{'email' if at < 8 else 'phone'}" for at in range(10)),
        touchpoints="""touchpoint_id,name,stage,sequence,channel,customer_goal,goal_reached
        T1,Hotline,post,1,phone,Get help,0.4
        T2,Portal,post,2,portal,Get help,0.8
        T3,Order form,during,3,email,Order a part,""",
    )
    found = journey_map(desk_for(tables))
    assert [each.code for each in found.channels] == ["phone", "portal", "email"]
    help_, order = found.goals
    assert help_.channels == (("phone", ("T1",)), ("portal", ("T2",)))
    assert help_.reached == pytest.approx(0.6)
    assert order.reached is None
    assert (help_.preferred, order.preferred) == (True, True), "a fifth of the contacts prefer the phone"


def test_a_goal_only_on_channels_nobody_prefers_is_told_and_without_asking_nothing_is_said() -> None:
    goals = journey_map(sample_desk()).goals
    assert len(goals) == 17
    by_goal = {each.goal: each for each in goals}
    assert by_goal["Know when the part arrives"].preferred is False, "only in the portal, which few prefer"
    assert by_goal["Get the line running again"].preferred is True


def test_a_channel_counts_only_touchpoints_that_may_be_shown() -> None:
    """Else the channel less its shown touchpoints would give away the withheld one."""
    found = journey_map(sample_desk())
    channels = {each.id: each.channel.code for each in found.touchpoints if each.channel}
    shown: dict[tuple[str, str], int] = {}
    for touchpoint in found.touchpoints:
        for each in touchpoint.figures:
            key = (each.metric, channels[touchpoint.id])
            shown[key] = shown.get(key, 0) + (each.n or 0)
    by_channel = [each for each in found.figures if each.member("channel")]
    assert by_channel
    for each in by_channel:
        assert each.n is None or each.n == shown[each.metric, each.member("channel") or ""]
