"""What customers say held against what they do: only what follows counts; the silent are there, small groups not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, tables_from

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_panels import Verdict
from esgreport.measure.customers.behaviour import left_after, recommended_after, renewed_after
from esgreport.measure.customers.feedback import feedback_panel
from esgreport.measure.customers.say_do import ledger
from esgreport.measure.customers.say_do_checks import checks
from esgreport.tables import CustomerTables

SETTINGS = "setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31"
NPS = """question_id,metric,question_text,scale_min,scale_max,direction,survey_type
nps,nps,Recommend?,0,10,good_high,relational"""


def one(metrics: tuple[CustomerMetric, ...], name: str, stated: str | None = None) -> CustomerMetric:
    return next(each for each in metrics if each.metric == name and each.member("stated") == stated)


def days(*texts: str) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array(texts, dtype="datetime64[D]")


# ── what happened after a day ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def four(tmp_path: Path) -> CustomerTables:
    return tables_from(
        tmp_path,
        settings=SETTINGS,
        accounts="""account_id,status,customer_since,churned_on
        A,active,2020-01-01,
        B,churned,2020-01-01,2024-06-01
        C,churned,2020-01-01,2024-01-01
        D,churned,2020-01-01,""",
        contracts="""contract_id,account_id,start,due_for_renewal,renewed,renewed_on,annual_value
        1,A,2023-01-01,2024-02-01,yes,2024-01-20,10
        2,A,2024-02-01,2025-02-01,no,,10
        3,B,2023-01-01,2024-06-01,no,,10""",
        referrals="referral_id,referrer_account_id,date,outcome\nR1,A,2024-03-01,won\nR2,B,2023-12-31,won",
    )


def test_who_left_before_the_statement_or_nobody_knows_when_is_not_counted(four: CustomerTables) -> None:
    accounts = np.array([0, 1, 2, 3, -1])
    found = left_after(desk_for(four).customers, accounts, days(*["2024-01-01"] * 5), 365)
    assert found[:2].tolist() == [0, 1]
    assert np.isnan(found[2:]).all()


def test_a_statement_too_recent_to_be_followed_counts_neither_for_those_that_left(tmp_path: Path) -> None:
    tables = tables_from(
        tmp_path,
        settings=SETTINGS,
        accounts="account_id,status,churned_on\nA,active,\nB,churned,2025-08-01",
    )
    found = left_after(desk_for(tables).customers, np.array([0, 1]), days("2025-06-01", "2025-06-01"), 365)
    assert np.isnan(found).all(), "or only leavers would count among the recent"


def test_renewal_is_that_of_the_first_contract_due_after_the_statement(four: CustomerTables) -> None:
    customers = desk_for(four).customers
    found = renewed_after(
        customers, np.array([0, 0, 0, 1]), days("2024-01-01", "2024-01-25", "2024-03-01", "2024-01-01"), 365
    )
    assert found[0] == 1
    assert np.isnan(found[1]), "decided before the statement; the next one is due too late"
    assert found[2] == 0
    assert found[3] == 0


def test_a_recommendation_made_before_is_none_that_followed(four: CustomerTables) -> None:
    customers = desk_for(four).customers
    assert recommended_after(customers, np.array([0, 1]), days("2024-01-01", "2024-01-01"), 365).tolist() == [1, 0]


# ── the ledger ───────────────────────────────────────────────────────────────────────────────────────────────


def _spoken(tmp_path: Path, promoters: int, detractors: int) -> CustomerTables:
    """Promoters of which every fifth leaves, detractors of which every second stays; an account each."""
    names = [f"P{at}" for at in range(promoters)] + [f"D{at}" for at in range(detractors)]
    left = [at % 5 == 0 for at in range(promoters)] + [at % 2 == 0 for at in range(detractors)]
    accounts = [
        f"{name},{'churned' if gone else 'active'},{'2024-09-01' if gone else ''}"
        for name, gone in zip(names, left, strict=True)
    ]
    answers = [f"R{name},2024-05-01,{name},nps,{9 if name[0] == 'P' else 3}" for name in names]
    return tables_from(
        tmp_path,
        settings=SETTINGS,
        questions=NPS,
        accounts="\n".join(["account_id,status,churned_on", *accounts]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *answers]),
    )


def test_false_promoters_are_promoters_that_left_afterwards(tmp_path: Path) -> None:
    found = ledger(desk_for(_spoken(tmp_path, 40, 30)))
    rate = one(found, "false_promoter_rate")
    assert rate.value == pytest.approx(8 / 40)
    assert rate.interval is not None
    assert rate.interval[0] < rate.value < rate.interval[1]
    assert one(found, "ledger_left", "detractor").value == pytest.approx(0.5)
    assert one(found, "say_do_disagreement").value == pytest.approx((8 + 15) / 70)


def test_where_one_class_is_withheld_nothing_it_follows_from_is_shown(tmp_path: Path) -> None:
    found = ledger(desk_for(_spoken(tmp_path, 40, 3)))
    assert one(found, "ledger_left", "detractor").status is Status.WITHHELD
    assert one(found, "ledger_left", "promoter").status is Status.WITHHELD
    assert one(found, "false_promoter_rate").value is None
    assert one(found, "say_do_disagreement").value is None


def test_without_old_statements_the_ledger_says_that_nothing_could_be_followed(tmp_path: Path) -> None:
    found = ledger(desk_for(tables_from(tmp_path, accounts="account_id,status\nA,active")))
    assert all(each.status is Status.ABSENT and each.reason for each in found)


def test_the_silent_of_the_sample_are_in_the_ledger() -> None:
    found = ledger(sample_desk())
    assert {each.member("stated") for each in found if each.metric == "ledger_left"} == {
        "promoter",
        "passive",
        "detractor",
        "silent",
    }
    assert one(found, "silent_accounts").value == pytest.approx(11 / 51)


# ── accounts, checks, loop ───────────────────────────────────────────────────────────────────────────────────


def test_what_few_people_of_an_account_said_is_not_shown() -> None:
    panel = feedback_panel(sample_desk())
    assert all(view.said is None for view in panel.accounts if view.verdict is Verdict.WITHHELD)
    assert all(view.answers >= 5 for view in panel.accounts if view.said)


def test_an_offer_during_a_complaint_and_a_quiet_fall_are_signals(tmp_path: Path) -> None:
    tables = tables_from(
        tmp_path,
        settings=SETTINGS,
        accounts="account_id,status\nA,active\nB,active",
        tickets="ticket_id,account_id,opened_at,closed_at,is_complaint\nT1,A,2025-03-01 08:00,2025-03-20 08:00,yes",
        interactions="interaction_id,account_id,happened_at,kind\nI1,A,2025-03-10,upsell\nI2,B,2025-03-10,upsell",
        usage="account_id,period,event,count\nB,2024-Q1,login,100\nB,2025-Q1,login,79\nA,2024-Q1,login,10\nA,2025-Q1,login,2",
    )
    views = {
        view.account: {signal.code for signal in view.signals} for view in feedback_panel(desk_for(tables)).accounts
    }
    assert views["A"] == {"upsell_on_complaint", "bad_experience_warning"}, "it complained: its fall is not silent"
    assert views["B"] == {"silent_erosion"}


@pytest.mark.parametrize(("said", "speaks"), [("yes", True), ("no", False), ("unknown", None)])
def test_scores_linked_to_pay_are_a_warning_and_unstated_is_not_no(
    tmp_path: Path, said: str, speaks: bool | None
) -> None:
    tables = tables_from(tmp_path, settings=f"{SETTINGS}\nscore_linked_to_pay,{said}")
    assert checks(desk_for(tables))[0].speaks is speaks


def test_a_heap_at_nine_calls_for_a_look_and_an_even_spread_does_not(tmp_path: Path) -> None:
    def spoken(scores: list[int], folder: str) -> bool | None:
        rows = [f"R{at},2025-05-01,A{at},nps,{score}" for at, score in enumerate(scores)]
        accounts = [f"A{at},active" for at in range(len(scores))]
        (tmp_path / folder).mkdir()
        tables = tables_from(
            tmp_path / folder,
            settings=SETTINGS,
            questions=NPS,
            accounts="\n".join(["account_id,status", *accounts]),
            responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *rows]),
        )
        return next(each.speaks for each in checks(desk_for(tables)) if each.check.code == "check_spike")

    assert spoken([9] * 60 + [8] * 2 + [5] * 10, "heap") is True
    assert spoken([9] * 30 + [8] * 30 + [5] * 10, "even") is False
    assert spoken([9] * 4, "few") is None


def test_the_change_around_an_action_comes_with_its_interval_from_answers() -> None:
    texts = {action.action: action.text for action in feedback_panel(sample_desk()).actions}
    assert "is the interval of the change" in texts["M05"]
    assert "as entered; no interval" in texts["M02"]
    assert texts["M01"] == "No effect measured."


def test_events_are_marks_in_the_order_of_their_days_and_no_proof() -> None:
    panel = feedback_panel(sample_desk())
    assert [mark.begins for mark in panel.events] == sorted(mark.begins for mark in panel.events)
    assert any("no proof" in note for note in panel.notes)


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_the_panel_is_told_in_every_language(language: str) -> None:
    english, other = feedback_panel(sample_desk()), feedback_panel(sample_desk(language))
    assert all(one.label != two.label for one, two in zip(english.ledger, other.ledger, strict=True))
    assert english.notes[0] != other.notes[0]
