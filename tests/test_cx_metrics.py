"""What customer metrics say, and what they refuse to say: surveys, loyalty, service, from small tables."""

from __future__ import annotations

import pytest
from customer_tables import FOUND, QUESTIONS, YEAR, measured, of, responses, sample, tables, values

from esgreport.customer_metrics import Evidence, Status
from esgreport.measure.customers import measure_customers

BY_CONTRACT = {**YEAR, "retention_definition": "contract_active"}


# ── what may be put together ─────────────────────────────────────────────────────────────────────────────────────


def test_relationship_and_transactional_scores_are_never_put_together() -> None:
    questions = QUESTIONS + "nps2,nps,And after this delivery?,0,10,good_high,,transactional,\n"
    text = responses([9] * 6, "nps") + responses([0] * 6, "nps2").partition("\n")[2].replace("R", "S")
    found = measured(tables(questions=questions, responses=text))
    assert values(found, "net_promoter_score") == [
        ("relational", 100.0, Status.INDICATIVE),
        ("transactional", -100.0, Status.INDICATIVE),
    ]


def test_the_kind_of_survey_is_taken_from_the_survey_or_the_wave_where_the_question_does_not_say() -> None:
    questions = QUESTIONS.replace("relational", "")
    waves = "wave,survey_type\nspring,relational\n"
    text = responses([9] * 6, wave=["spring"] * 6)
    assert values(measured(tables(questions=questions, responses=text, waves=waves)), "net_promoter_score")[0][0] == (
        "relational"
    )
    assert values(measured(tables(questions=questions, responses=responses([9] * 6))), "net_promoter_score")[0][0] == (
        "not_declared"
    )


def test_each_aspect_has_a_satisfaction_of_its_own() -> None:
    questions = QUESTIONS + "csat2,csat,With delivery?,1,5,good_high,2,relational,delivery\n"
    text = responses([5] * 6, "csat") + responses([1] * 6, "csat2").partition("\n")[2].replace("R", "S")
    found = values(measured(tables(questions=questions, responses=text)), "customer_satisfaction")
    assert [(members, value) for members, value, _ in found] == [("delivery relational", 0.0), ("relational", 1.0)][
        ::-1
    ]


def test_scales_that_differ_are_kept_apart() -> None:
    questions = QUESTIONS + "csat7,csat,Satisfied?,1,7,good_high,2,relational,\n"
    text = responses([5] * 6, "csat") + responses([1] * 6, "csat7").partition("\n")[2].replace("R", "S")
    found = [
        members for members, _, _ in values(measured(tables(questions=questions, responses=text)), "satisfaction_mean")
    ]
    assert found == ["1-5 relational", "1-7 relational"]


def test_how_many_places_count_as_satisfied_is_not_guessed_on_an_unusual_scale() -> None:
    questions = QUESTIONS.replace("csat,csat,How satisfied are you?,1,5,good_high,2", "csat,csat,?,1,7,good_high,")
    found = measured(tables(questions=questions, responses=responses([5] * 6, "csat")))
    assert of(found, "customer_satisfaction").status is Status.ABSENT
    assert of(found, "satisfaction_mean").value == 5


@pytest.mark.parametrize("state", ["test", "preview", "spam", "dismissed"])
def test_what_no_customer_said_counts_in_no_score(state: str) -> None:
    text = responses([9] * 6 + [0], status=["complete"] * 5 + ["partial", state])
    assert of(measured(tables(questions=QUESTIONS, responses=text)), "net_promoter_score").value == 100


def test_a_question_said_to_measure_nps_on_another_scale_is_refused() -> None:
    questions = QUESTIONS.replace("?,0,10,", "?,1,5,")
    metrics, findings = measure_customers(tables(questions=questions, responses=responses([5] * 6)), FOUND)
    assert of(metrics, "net_promoter_score").status is Status.ABSENT
    assert [finding.code for finding in findings] == ["CX-52"]


# ── which way effort runs ────────────────────────────────────────────────────────────────────────────────────────


def test_effort_without_a_declared_direction_is_refused_and_said_so() -> None:
    questions = QUESTIONS.replace("ease_high", "")
    metrics, findings = measure_customers(tables(questions=questions, responses=responses([7] * 40, "ces")), FOUND)
    for code in ("easy_share", "ease_index", "customer_effort_score"):
        assert (of(metrics, code).value, of(metrics, code).status) == (None, Status.ABSENT)
    (finding,) = findings
    assert (finding.code, finding.source.file, finding.severity) == ("CX-53", "questions.csv", "error")


@pytest.mark.parametrize(("direction", "index"), [("ease_high", 100.0), ("effort_high", 0.0)])
def test_the_ease_index_runs_from_hard_to_easy_whichever_way_the_scale_does(direction: str, index: float) -> None:
    questions = QUESTIONS.replace("ease_high", direction)
    found = measured(tables(questions=questions, responses=responses([7] * 6, "ces")))
    assert of(found, "ease_index").value == index
    assert of(found, "easy_share").value == index / 100
    assert of(found, "customer_effort_score").value == 7


def both(ces: list[int], csat: list[int]) -> str:
    second = responses(csat, "csat").partition("\n")[2]
    return responses(ces, "ces") + second


def test_a_direction_declared_the_wrong_way_round_is_detected() -> None:
    ces, csat = [1, 2, 3, 4, 5, 6, 7] * 5, [5, 5, 4, 3, 2, 1, 1] * 5
    metrics, findings = measure_customers(tables(questions=QUESTIONS, responses=both(ces, csat)), FOUND)
    assert of(metrics, "ease_index").status is Status.ABSENT
    assert [finding.code for finding in findings] == ["CX-54"]
    right, none = measure_customers(
        tables(questions=QUESTIONS.replace("ease_high", "effort_high"), responses=both(ces, csat)), FOUND
    )
    assert (of(right, "ease_index").n, none) == (35, ())


def test_few_answers_to_both_are_no_reason_to_doubt_a_direction() -> None:
    metrics, findings = measure_customers(
        tables(questions=QUESTIONS, responses=both([1, 4, 7] * 4, [5, 3, 1] * 4)), FOUND
    )
    assert (of(metrics, "ease_index").n, findings) == (12, ())


# ── what counts once ─────────────────────────────────────────────────────────────────────────────────────────────


def accounts(count: int, revenue: list[int] | None = None, tier: list[str] | None = None) -> str:
    lines = ["account_id,status,customer_since,annual_revenue,tier"]
    for at in range(count):
        lines.append(f"A{at},active,2020-01-01,{revenue[at] if revenue else ''},{tier[at] if tier else ''}")
    return "\n".join(lines) + "\n"


def test_answers_customers_and_revenue_are_three_scores() -> None:
    """A0 is large and content with one answer, A1 to A3 small, with three unhappy ones each."""
    scores = [10, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    owners = [0, 1, 2, 3, 1, 2, 3, 1, 2, 3]
    text = responses(scores).splitlines()
    lines = [
        text[0],
        *(
            line.replace(f",A{at},", f",A{owner},")
            for at, (line, owner) in enumerate(zip(text[1:], owners, strict=True))
        ),
    ]
    found = measured(
        tables(questions=QUESTIONS, responses="\n".join(lines) + "\n", accounts=accounts(4, [900, 50, 25, 25]))
    )
    assert of(found, "net_promoter_score").value == pytest.approx(-80)
    assert of(found, "net_promoter_score_by_account").value == pytest.approx(-50)
    assert of(found, "net_promoter_score_by_revenue").value == pytest.approx(80)
    assert "As sure as 1.2 customers" in of(found, "net_promoter_score_by_revenue").reason


def test_answers_of_one_customer_are_not_taken_for_independent_ones() -> None:
    scores = [10] * 30 + [0] * 30
    alone = of(measured(tables(questions=QUESTIONS, responses=responses(scores))), "net_promoter_score")
    together = of(
        measured(tables(questions=QUESTIONS, responses=responses(sorted(scores), accounts=0))), "net_promoter_score"
    )
    clustered = responses(scores).splitlines()
    clustered = [clustered[0], *(line.replace(f",A{at},", f",A{at // 6},") for at, line in enumerate(clustered[1:]))]
    few = of(measured(tables(questions=QUESTIONS, responses="\n".join(clustered) + "\n")), "net_promoter_score")
    assert alone.interval and together.interval and few.interval
    assert few.interval[1] - few.interval[0] > 2 * (alone.interval[1] - alone.interval[0])
    assert "dependent" in few.method and "dependent" not in alone.method


def test_deciders_count_more_where_the_settings_say_so() -> None:
    contacts = "contact_id,account_id,role\n" + "".join(
        f"P{at},A{at // 2},{'decider' if at % 2 else 'user'}\n" for at in range(12)
    )
    text = responses([10 if at % 2 else 0 for at in range(12)], contact_id=[f"P{at}" for at in range(12)])
    lines = text.splitlines()
    lines = [lines[0], *(line.replace(f",A{at},", f",A{at // 2},") for at, line in enumerate(lines[1:]))]
    settings = {**YEAR, "weight_decider": "3", "weight_user": "1"}
    found = measured(tables(settings, questions=QUESTIONS, responses="\n".join(lines) + "\n", contacts=contacts))
    assert of(found, "net_promoter_score_by_account").value == 0
    assert of(found, "net_promoter_score_by_role").value == pytest.approx(50)


# ── is it more than chance ───────────────────────────────────────────────────────────────────────────────────────


def two_years(before: list[int], now: list[int]) -> str:
    first = responses(before).replace("2025-", "2024-").replace("R", "Q")
    return first + responses(now).partition("\n")[2]


def test_no_arrow_without_evidence() -> None:
    found = measured(tables(questions=QUESTIONS, responses=two_years([9, 7, 5] * 12, [9, 9, 7, 5] * 9)))
    change = of(found, "net_promoter_score_change")
    assert (change.evidence, change.reason) == (Evidence.NONE, "No evidence of a change.")
    assert change.interval and change.interval[0] < 0 < change.interval[1]


def test_a_clear_rise_is_a_rise() -> None:
    found = measured(tables(questions=QUESTIONS, responses=two_years([0] * 60, [10] * 60)))
    assert of(found, "net_promoter_score_change").evidence is Evidence.RISE
    assert of(found, "net_promoter_score_change").value == 200


def test_a_clear_change_that_does_not_matter_is_no_arrow() -> None:
    settings = {**YEAR, "practical_change_nps": "150"}
    found = measured(tables(settings, questions=QUESTIONS, responses=two_years([5] * 60, [7] * 60)))
    assert of(found, "net_promoter_score_change").evidence is Evidence.TOO_SMALL


def test_few_answers_get_no_arrow_however_clear_the_change() -> None:
    found = measured(tables(questions=QUESTIONS, responses=two_years([0] * 12, [10] * 60)))
    change = of(found, "net_promoter_score_change")
    assert (change.evidence, change.status) == (Evidence.NOT_COMPARED, Status.INDICATIVE)


def test_the_same_people_asked_twice_are_compared_with_themselves() -> None:
    """Each goes up by one class: as pairs that is beyond doubt, as two samples it would not be."""
    before, now = [0, 7] * 20, [7, 10] * 20
    paired = of(measured(tables(questions=QUESTIONS, responses=two_years(before, now))), "net_promoter_score_change")
    strangers = two_years(before, now).replace(",A", ",B", 40)
    apart = of(measured(tables(questions=QUESTIONS, responses=strangers)), "net_promoter_score_change")
    assert paired.interval and apart.interval
    assert paired.interval[1] - paired.interval[0] < apart.interval[1] - apart.interval[0]


def test_groups_that_differ_by_chance_alone_are_not_said_to_differ() -> None:
    scores = [(at * 7 + at * at) % 11 for at in range(400)]
    team = [f"T{at % 10}" for at in range(400)]
    found = measured(tables(questions=QUESTIONS, responses=responses(scores, team=team)), by=["team"])
    compared = [metric for metric in found if metric.metric == "net_promoter_score_against_rest"]
    assert len(compared) == 10
    assert all("Holm" in metric.method for metric in compared)
    assert {metric.evidence for metric in compared} <= {Evidence.NONE}


def test_one_group_that_truly_differs_is_found_among_many() -> None:
    scores = [0 if at % 10 == 3 else (10 if at % 3 else 8) for at in range(400)]
    team = [f"T{at % 10}" for at in range(400)]
    found = measured(tables(questions=QUESTIONS, responses=responses(scores, team=team)), by=["team"])
    assert of(found, "net_promoter_score_against_rest", team="T3").evidence is Evidence.FALL


def test_countries_come_with_a_warning() -> None:
    lines = accounts(30).splitlines()
    table = (
        lines[0] + ",country\n" + "".join(f"{line},{'IT' if at % 2 else 'DE'}\n" for at, line in enumerate(lines[1:]))
    )
    text = responses([9, 3] * 15)
    found = measured(tables(questions=QUESTIONS, responses=text, accounts=table), by=["country"])
    assert "use the same scale differently" in of(found, "net_promoter_score", country="IT").reason
    assert "use the same scale" not in of(found, "net_promoter_score").reason


def test_pooled_and_equal_team_scores_stand_side_by_side() -> None:
    scores, team = [10] * 30 + [0] * 10, ["A"] * 30 + ["B"] * 10
    found = measured(tables(questions=QUESTIONS, responses=responses(scores, team=team)))
    assert of(found, "net_promoter_score").value == 50
    assert of(found, "net_promoter_score_equal_teams").value == 0


def test_a_change_that_comes_from_the_mix_of_teams_is_told_apart() -> None:
    before = responses([10] * 30 + [0] * 30, team=["A"] * 30 + ["B"] * 30).replace("2025-", "2024-").replace("R", "Q")
    now = responses([10] * 45 + [0] * 15, team=["A"] * 45 + ["B"] * 15).partition("\n")[2]
    found = measured(tables(questions=QUESTIONS, responses=before + now))
    assert of(found, "net_promoter_score_change").value == 50
    assert of(found, "net_promoter_score_mix_effect").value == pytest.approx(50)


# ── who did not answer ───────────────────────────────────────────────────────────────────────────────────────────


def invited(people: int) -> str:
    lines = ["wave,account_id,contact_id,sent_at,delivered"]
    return "\n".join([*lines, *(f"w,A{at},P{at},2025-05-01,yes" for at in range(people))]) + "\n"


def test_the_silent_bound_the_score() -> None:
    """40 of 100 answer, all promoters: 100, but anything from −20 up had all answered."""
    text = responses([10] * 40, contact_id=[f"P{at}" for at in range(40)], wave=["w"] * 40)
    waves = "wave,survey_type\nw,relational\n"
    found = measured(tables(questions=QUESTIONS, responses=text, invitations=invited(100), waves=waves))
    assert of(found, "response_rate").value == 0.4
    assert of(found, "account_response_rate").value == 0.4
    bounds = of(found, "net_promoter_score_nonresponse_bounds")
    assert (bounds.value, bounds.interval, bounds.confidence) == (100, pytest.approx((-20, 100)), None)


def test_without_invitations_it_is_said_that_the_silent_are_unknown() -> None:
    found = measured(tables(questions=QUESTIONS, responses=responses([10] * 40)))
    assert of(found, "response_rate").status is Status.ABSENT
    assert "who did not answer is not known" in of(found, "response_rate").reason


def test_the_share_of_revenue_that_was_heard() -> None:
    revenue = [500, 300, 100, 50, 50]
    found = measured(tables(questions=QUESTIONS, responses=responses([9, 9, 9]), accounts=accounts(5, revenue)))
    assert of(found, "revenue_coverage").value == pytest.approx(0.9)


# ── loyalty ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_opening_of_a_period_is_the_close_of_the_one_before() -> None:
    """A contract that ends on the last day of 2024 is lost in 2025; one that begins on the first of 2025 is new."""
    rows = "K1,A1,2024-01-01,2024-12-31,1\nK2,A2,2025-01-01,2025-12-31,1\n"
    rows += "".join(f"K{at},A{at},2024-01-01,2026-12-31,1\n" for at in range(3, 9))
    found = measured(tables(BY_CONTRACT, contracts="contract_id,account_id,start,end,annual_value\n" + rows))
    assert of(found, "customer_retention").value == pytest.approx(6 / 7)


def test_days_of_grace_keep_a_customer() -> None:
    rows = "".join(f"K{at},A{at},2024-01-01,2025-12-20,1\n" for at in range(6))
    text = "contract_id,account_id,start,end,annual_value\n" + rows
    graced = {**BY_CONTRACT, "churn_grace_days": "30"}
    assert of(measured(tables(BY_CONTRACT, contracts=text)), "customer_retention").value == 0
    assert of(measured(tables(graced, contracts=text)), "customer_retention").value == 1


def test_retention_by_activity_counts_who_bought_again() -> None:
    orders = "order_id,account_id,ordered_at,amount\n" + "".join(
        f"O{at},A{at},2024-0{1 + at},100\n".replace(f"-0{1 + at},", f"-0{1 + at}-15,") for at in range(6)
    )
    orders += "P1,A1,2025-03-01,100\nP2,A2,2025-03-01,100\nP3,A9,2025-03-01,100\n"
    found = measured(tables({**YEAR, "retention_definition": "activity"}, orders=orders))
    assert of(found, "customer_retention").value == pytest.approx(2 / 6)
    assert "active within the days" in of(found, "customer_retention").method


def test_without_a_definition_there_is_no_retention() -> None:
    rows = "".join(f"K{at},A{at},2024-01-01,2025-12-20,1\n" for at in range(6))
    found = measured(tables(contracts="contract_id,account_id,start,end,annual_value\n" + rows))
    assert of(found, "customer_retention").status is Status.ABSENT
    assert "do not say when a customer counts as kept" in of(found, "customer_retention").reason


def test_gross_retention_caps_each_customer_at_what_it_paid() -> None:
    rows = "".join(f"A{at},2024-12,100\nA{at},2025-12,{new}\n" for at, new in enumerate([400, 100, 100, 100, 0]))
    found = measured(tables(revenue="account_id,period,recurring_revenue\n" + rows))
    assert of(found, "gross_revenue_retention").value == pytest.approx(0.8)
    assert of(found, "net_revenue_retention").value == pytest.approx(1.4)


def test_yearly_and_quarterly_revenue_are_read_as_well() -> None:
    rows = "".join(f"A{at},2024,100\nA{at},2025,80\n" for at in range(5))
    quarters = rows.replace("2024", "2024-Q4").replace("2025", "2025-Q4")
    for text in (rows, quarters):
        found = measured(tables(revenue="account_id,period,recurring_revenue\n" + text))
        assert of(found, "gross_revenue_retention").value == pytest.approx(0.8)


def test_movements_add_up_to_the_change_of_revenue() -> None:
    pairs = [(100, 0)] * 5 + [(100, 150)] * 5 + [(100, 60)] * 5 + [(0, 80)] * 5
    rows = "".join(f"A{at},2024-12,{old}\nA{at},2025-12,{new}\n" for at, (old, new) in enumerate(pairs))
    found = measured(tables(revenue="account_id,period,recurring_revenue\n" + rows))
    assert {members: value for members, value, _ in values(found, "revenue_movement")} == {
        "new": 400,
        "expansion": 250,
        "contraction": -200,
        "churn": -500,
    }


def test_a_customer_that_comes_back_is_not_new() -> None:
    rows = "".join(f"A{at},2024-06,50\nA{at},2024-12,0\nA{at},2025-12,50\n" for at in range(5))
    rows += "".join(f"B{at},2024-12,50\nB{at},2025-12,50\n" for at in range(5))
    found = measured(tables(revenue="account_id,period,recurring_revenue\n" + rows))
    assert [members for members, _, _ in values(found, "revenue_movement")] == ["reactivated"]


def test_contracts_not_due_are_not_in_the_renewal_rate() -> None:
    head = "contract_id,account_id,start,end,due_for_renewal,renewed,annual_value\n"
    rows = "".join(f"K{at},A{at},2024-01-01,2025-06-30,2025-06-30,{'yes' if at < 8 else 'no'},1\n" for at in range(10))
    rows += "".join(f"L{at},B{at},2024-01-01,2027-06-30,2027-06-30,pending,1\n" for at in range(10))
    found = measured(tables(BY_CONTRACT, contracts=head + rows))
    assert (of(found, "renewal_rate").value, of(found, "renewal_rate").n) == (0.8, 10)


def test_price_rises_are_no_upselling() -> None:
    head = "contract_id,account_id,start,end,renewed,product,annual_value,price_change\n"
    rows = ""
    for at in range(6):
        worth = 150 if at == 0 else 105
        rows += f"K{at}-1,A{at},2024-01-01,2025-06-30,yes,Care,100,5 %\n"
        rows += f"K{at}-2,A{at},2025-07-01,2026-06-30,pending,Care,{worth},\n"
    rows += "X1,A5,2025-03-01,2026-03-01,pending,Monitoring,20,\n"
    found = measured(tables(BY_CONTRACT, contracts=head + rows))
    assert of(found, "upsell_rate").value == pytest.approx(1 / 6)
    assert of(found, "cross_sell_rate").value == pytest.approx(1 / 6)


def test_repeat_purchase_is_of_buyers_in_the_period() -> None:
    days = [(0, "2025-01-05"), (0, "2025-02-05"), (1, "2025-01-05"), (1, "2025-06-05")]
    days += [(at, "2025-03-01") for at in range(2, 6)] + [(9, "2024-03-01")]
    rows = "".join(f"O{n},A{at},{day},10\n" for n, (at, day) in enumerate(days))
    found = measured(tables(orders="order_id,account_id,ordered_at,amount\n" + rows))
    assert (of(found, "repeat_purchase_rate").value, of(found, "repeat_purchase_rate").n) == (pytest.approx(1 / 3), 6)
    assert of(found, "purchase_frequency").value == pytest.approx(8 / 6)


def test_stated_and_actual_recommendation_are_two_figures() -> None:
    referrals = "referral_id,referrer_account_id,date,outcome\n" + "X1,A1,2025-02-01,won\nX2,A1,2025-03-01,lost\n"
    found = measured(
        tables(questions=QUESTIONS, responses=responses([10] * 10), accounts=accounts(10), referrals=referrals)
    )
    assert of(found, "promoter_share").value == 1
    assert of(found, "referral_rate").value == pytest.approx(0.1)


def test_an_event_nobody_records_is_absent_and_not_nought() -> None:
    usage = "account_id,period,event,count\n" + "".join(f"A{at},2025-Q1,login,{at}\n" for at in range(10))
    found = measured(tables(usage=usage, accounts=accounts(10)))
    assert of(found, "engagement_use").value == pytest.approx(0.9)
    assert (of(found, "engagement_web").value, of(found, "engagement_web").status) == (None, Status.ABSENT)


def test_cohorts_begun_before_losses_were_recorded_are_left_out() -> None:
    lines = ["account_id,status,customer_since,churned_on"]
    lines += [f"A{at},active,2010-01-01," for at in range(20)]
    lines += [
        f"B{at},{'churned' if at < 3 else 'active'},2024-02-01,{'2024-09-01' if at < 3 else ''}" for at in range(12)
    ]
    found = measured(tables(accounts="\n".join(lines) + "\n"))
    assert of(found, "cohort_retention", cohort="2024", months="12").value == pytest.approx(0.75)
    assert {metric.member("cohort") for metric in found if metric.metric == "cohort_retention"} == {"2024"}


def test_customers_from_before_enter_the_survival_curve_at_their_age() -> None:
    """Twenty old customers stay and ten new ones halve within a year: the old say nothing of a first year."""
    lines = ["account_id,status,customer_since,churned_on"]
    lines += [f"A{at},active,2010-01-01," for at in range(20)]
    lines += [
        f"B{at},{'churned' if at < 5 else 'active'},2024-02-01,{'2024-08-01' if at < 5 else ''}" for at in range(10)
    ]
    found = measured(tables(accounts="\n".join(lines) + "\n"))
    assert of(found, "customer_survival_12_months").value == pytest.approx(0.5)


def test_groups_of_customers_are_compared_by_log_rank() -> None:
    lines = ["account_id,status,customer_since,churned_on,tier"]
    lines += [f"A{at},churned,2024-02-01,2024-0{3 + at % 6}-01,a" for at in range(20)]
    lines += [f"B{at},active,2024-02-01,,b" for at in range(20)]
    found = measured(tables(accounts="\n".join(lines) + "\n"), by=["tier"])
    test = of(found, "customer_survival_test", compared_by="tier")
    assert test.value is not None and test.value < 1e-6
    assert "Evidence that the 2 groups do not stay equally long" in test.reason


def test_what_it_costs_to_keep_a_customer() -> None:
    rows = "".join(f"K{at},A{at},2024-01-01,2026-12-31,1\n" for at in range(8))
    rows += "".join(f"L{at},B{at},2024-01-01,2025-03-31,1\n" for at in range(2))
    costs = "period,kind,amount\n2025,service,600\n2025,retention_programme,150\n2025,engagement,50\n2024,service,999\n"
    found = measured(
        tables(BY_CONTRACT, contracts="contract_id,account_id,start,end,annual_value\n" + rows, costs=costs)
    )
    assert of(found, "cost_to_retain").value == pytest.approx(100)


def test_the_quick_formula_needs_a_discount_rate_and_shows_other_rates() -> None:
    rows = "".join(f"K{at},A{at},2024-01-01,{'2026' if at < 8 else '2025'}-06-30,1\n" for at in range(10))
    revenue = "account_id,period,recurring_revenue\n" + "".join(f"A{at},2025,1000\n" for at in range(10))
    accounts_ = "account_id,status,gross_margin\n" + "".join(f"A{at},active,30 %\n" for at in range(10))
    given = {
        "contracts": "contract_id,account_id,start,end,annual_value\n" + rows,
        "revenue": revenue,
        "accounts": accounts_,
    }
    found = measured(tables({**BY_CONTRACT, "discount_rate": "10 %"}, **given))
    assert of(found, "customer_lifetime_value_formula").value == pytest.approx(300 * 2.67, rel=0.002)
    assert of(found, "customer_lifetime_value_formula", retention="0.9", discount="0.05").value == pytest.approx(1800)
    without = of(measured(tables(BY_CONTRACT, **given)), "customer_lifetime_value_formula")
    assert (without.status, "discount rate" in without.reason) == (Status.ABSENT, True)


# ── service ──────────────────────────────────────────────────────────────────────────────────────────────────────


def tickets(hours: list[float | None], **columns: list[object]) -> str:
    heads = ["ticket_id", "account_id", "opened_at", "closed_at", *columns]
    rows = []
    for at, lasted in enumerate(hours):
        closed = "" if lasted is None else f"2025-03-{3 + int(lasted // 24):02}T{9 + int(lasted % 24):02}:00"
        rows.append([f"T{at}", f"A{at}", "2025-03-03T09:00", closed, *(column[at] for column in columns.values())])
    return "\n".join(",".join(map(str, row)) for row in [heads, *rows]) + "\n"


def test_tickets_still_open_are_not_left_out_of_the_median() -> None:
    """Of ten, four took an hour, two took ten hours, four are open: the median is ten, not one."""
    found = measured(tables(tickets=tickets([1, 1, 1, 1, 10, 10, None, None, None, None])))
    assert of(found, "full_solution_median").value == 10
    assert "4 still open" in of(found, "full_solution_median").reason
    mean = of(found, "full_solution_mean")
    assert mean.n == 6
    assert "4 still open are not in the mean" in mean.reason
    assert of(found, "full_solution_p90").status is Status.ABSENT
    assert "Not reached" in of(found, "full_solution_p90").reason
    assert of(found, "resolution_rate").value == 0.6
    assert of(found, "tickets_backlog").value == 4


def test_service_hours_leave_out_nights_weekends_and_holidays() -> None:
    settings = {**YEAR, "business_hours": "Mon-Fri 08:00-17:00", "business_holidays": "2025-03-04"}
    rows = "".join(f"T{at},A{at},2025-03-03T16:00,2025-03-05T09:00\n" for at in range(6))
    found = measured(tables(settings, tickets="ticket_id,account_id,opened_at,closed_at\n" + rows))
    assert of(found, "full_solution_median").value == 41
    assert of(found, "full_solution_median_business").value == 2


def test_without_service_hours_there_is_no_time_in_them() -> None:
    found = measured(tables(tickets=tickets([1.0] * 6)))
    assert of(found, "full_solution_median_business").status is Status.ABSENT


def test_first_contact_resolution_is_stated_in_three_ways() -> None:
    solved = ["yes"] * 4 + ["no"] * 4
    level = ["yes"] * 5 + ["no"] * 3
    messages: list[object] = [0, 0, 2, 2, 0, 2, 2, 2]
    text = tickets([1.0] * 8, solved_first_contact=solved, level1_solvable=level, customer_messages=messages)
    found = measured(tables(tickets=text))
    assert of(found, "first_contact_resolution").value == 0.5
    assert of(found, "first_contact_resolution_net").value == pytest.approx(0.8)
    assert of(found, "first_contact_resolution_by_messages").value == pytest.approx(3 / 8)


def test_a_reason_comes_back_when_several_customers_have_it_within_ninety_days() -> None:
    head = "ticket_id,account_id,opened_at,reason\n"
    rows = "T1,A1,2025-01-10,leak\nT2,A2,2025-02-10,leak\nT3,A3,2025-03-10,leak\nT4,A4,2025-11-10,leak\n"
    rows += "T5,A1,2025-01-10,noise\nT6,A1,2025-01-11,noise\nT7,A1,2025-01-12,noise\n"
    found = measured(tables(tickets=head + rows))
    assert (of(found, "recurring_reasons").value, of(found, "recurring_reasons").n) == (pytest.approx(3 / 7), 7)


def test_customers_without_a_ticket_count_in_tickets_per_customer() -> None:
    found = measured(tables(tickets=tickets([1.0] * 5), accounts=accounts(10)))
    assert of(found, "tickets_per_customer").value == 0.5


def test_an_answer_not_entered_is_no_no() -> None:
    found = measured(tables(tickets=tickets([1.0] * 8, had_to_repeat=["yes", "no", "no", "no", "no", "", "", ""])))
    assert (of(found, "had_to_repeat_rate").value, of(found, "had_to_repeat_rate").n) == (0.2, 5)


# ── what stands beside a figure ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("content", "said"), [(70, "is not shown"), (79, "is reached")])
def test_a_target_is_reached_when_the_whole_interval_is(content: int, said: str) -> None:
    """70 of 80 are 87.5 %, above the target of 80 %, but the interval begins at 78.5 %."""
    questions = QUESTIONS.replace("aspect\n", "aspect,target\n").replace("2,relational,\n", "2,relational,,80\n")
    found = measured(tables(questions=questions, responses=responses([5] * content + [1] * (80 - content), "csat")))
    assert said in of(found, "customer_satisfaction").reason


def test_what_others_reach_stands_beside_with_its_source() -> None:
    benchmarks = "metric,segment,value,year,source\nnet_promoter_score,,41,2024,Trade association\n"
    found = measured(tables(questions=QUESTIONS, responses=responses([9] * 40), benchmarks=benchmarks))
    assert "Others: 41 (Trade association, 2024)." in of(found, "net_promoter_score").reason


def test_satisfied_less_dissatisfied() -> None:
    found = measured(tables(questions=QUESTIONS, responses=responses([5, 4, 3, 2, 5, 3, 1, 5], "csat")))
    assert of(found, "net_satisfaction").value == 25


def test_winning_a_recommended_customer_is_told_apart_from_winning_another() -> None:
    lines = ["account_id,status,customer_since,acquisition_channel,acquisition_cost"]
    lines += [f"A{at},active,2025-02-01,referral,{100 + at}" for at in range(5)]
    lines += [f"B{at},active,2025-02-01,tender,{900 + at}" for at in range(5)]
    found = measured(tables(accounts="\n".join(lines) + "\n"))
    assert of(found, "acquisition_cost_referral").value == 102
    assert of(found, "acquisition_cost_other").value == 902


def test_contacts_and_channels_of_a_customer_are_counted() -> None:
    head = "interaction_id,account_id,happened_at,kind\n"
    rows = "".join(f"I{at},A{at % 5},2025-05-05,visit\n" for at in range(10))
    used = [(0, "email"), (0, "phone"), (1, "phone"), (1, "phone"), (2, "chat"), (4, "email"), (4, "phone")]
    asked = "".join(f"T{n},A{at},2025-03-03,{channel}\n" for n, (at, channel) in enumerate(used))
    opened = "ticket_id,account_id,opened_at,channel\n" + asked
    found = measured(tables(accounts=accounts(5), interactions=head + rows, tickets=opened))
    assert of(found, "interactions_per_customer").value == 2
    assert of(found, "channels_per_customer").value == pytest.approx(6 / 5)


def test_members_of_the_loyalty_programme_and_what_they_redeem() -> None:
    lines = ["account_id,status,in_loyalty_programme,benefits_earned,benefits_redeemed"]
    lines += [f"A{at},active,yes,100,{20 * at}" for at in range(5)] + [f"B{at},active,no,," for at in range(5)]
    found = measured(tables(accounts="\n".join(lines) + "\n"))
    assert of(found, "loyalty_programme_participation").value == 0.5
    assert of(found, "loyalty_programme_redemption").value == pytest.approx(0.4)


def test_customers_not_yet_at_their_first_value_are_waiting() -> None:
    head = "account_id,started,completed,first_value_on\n"
    rows = "".join(f"A{at},2025-01-01,2025-02-01,2025-01-{11 + at}\n" for at in range(4))
    rows += "".join(f"B{at},2025-01-01,,\n" for at in range(4))
    found = measured(tables(onboarding=head + rows))
    assert of(found, "time_to_first_value").value == 13
    assert of(found, "onboarding_completion").value == 0.5


def test_why_customers_left_and_how_many_give_that_reason() -> None:
    lines = ["account_id,status,customer_since,churned_on,churn_reason"]
    lines += [f"A{at},churned,2020-01-01,2025-03-01,{'price' if at < 4 else 'service'}" for at in range(6)]
    found = measured(tables(accounts="\n".join(lines) + "\n"))
    assert [(members, value) for members, value, _ in values(found, "churn_reasons")] == [
        ("price", pytest.approx(4 / 6)),
        ("service", pytest.approx(2 / 6)),
    ]


# ── all of it ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_metric_says_something_even_of_nothing() -> None:
    found = measured(tables({}))
    only_with_groups = {code for code, metric in FOUND.cx_metrics.metrics.items() if metric.kind in GROUPS_ONLY}
    assert {metric.metric for metric in found} == set(FOUND.cx_metrics.metrics) - only_with_groups
    assert {metric.status for metric in found} == {Status.ABSENT}
    assert all(metric.reason and metric.value is None and metric.interval is None for metric in found)


GROUPS_ONLY = {"against_rest", "survival_test"}


def test_the_sample_has_most_of_it() -> None:
    found = measured(sample())
    missing = {metric.metric for metric in found if metric.status is Status.ABSENT}
    assert missing <= {
        "net_promoter_score_equal_teams",
        "net_promoter_score_equal_initiatives",
        "net_promoter_score_mix_effect",
        "engagement_web",
        "expected_purchases",
        "buyers_still_active",
        "expected_purchase_value",
        "repeat_purchase_within_year",
    }


def test_what_is_measured_does_not_depend_on_the_order_of_rows() -> None:
    lines = responses([9, 3, 7, 10, 0] * 8, team=["a", "b"] * 20).splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])]) + "\n"
    first, second = (
        measured(tables(questions=QUESTIONS, responses=text), by=["team"]) for text in ("\n".join(lines) + "\n", turned)
    )
    assert [(metric.metric, metric.dimensions, metric.n) for metric in first] == [
        (metric.metric, metric.dimensions, metric.n) for metric in second
    ]
    for one, other in zip(first, second, strict=True):
        assert (one.value, one.interval) == (pytest.approx(other.value), pytest.approx(other.interval))


def test_every_figure_says_which_rows_it_came_from() -> None:
    found = of(measured(tables(questions=QUESTIONS, responses=responses([9] * 6))), "net_promoter_score")
    (place,) = found.source
    assert (place.file, place.cell.startswith("A2:"), place.cell.endswith("7")) == ("responses.csv", True, True)
