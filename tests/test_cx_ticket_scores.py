"""Scores entered with tickets: transactional answers on the scale their question declares, or none at all."""

from __future__ import annotations

from customer_tables import FOUND, QUESTIONS, measured, of, responses, tables, values

from esgreport.customer_metrics import Status
from esgreport.measure.customers import measure_customers
from esgreport.measure.customers.ticket_scores import with_ticket_scores

DECLARED = QUESTIONS + "ticket_csat,csat,Satisfied?,1,5,good_high,2,,\nticket_ces,ces,Effort?,1,7,effort_high,3,,\n"


def tickets(scores: list[tuple[object, object]]) -> str:
    """Tickets of 2025, each of a customer of its own, with satisfaction and effort."""
    rows = [f"T{at},A{at},2025-03-{1 + at % 28:02},{csat},{ces}" for at, (csat, ces) in enumerate(scores)]
    return "\n".join(["ticket_id,account_id,opened_at,csat,ces", *rows]) + "\n"


def test_a_tickets_scores_are_answers_after_an_interaction_in_the_direction_declared() -> None:
    text = tickets([(5, 1), (4, 2), (2, 6), (5, 2), (1, 7), (5, 3)])
    found = measured(tables(questions=DECLARED, tickets=text))
    assert values(found, "customer_satisfaction") == [("transactional", 4 / 6, Status.INDICATIVE)]
    assert of(found, "easy_share").value == 4 / 6, "effort 1 to 3 of 7 is easy where a high value means effort"


def test_a_tickets_score_has_the_cell_of_the_ticket_as_its_source() -> None:
    found = with_ticket_scores(tables(questions=DECLARED, tickets=tickets([(5, ""), ("", 3)])))
    places = [found.tables["responses"].place(row, "value_number") for row in (0, 1)]
    assert [(place.file, place.cell) for place in places] == [("tickets.csv", "D2"), ("tickets.csv", "E3")]


def test_scores_no_question_declares_count_nowhere_and_are_said() -> None:
    metrics, findings = measure_customers(tables(questions=QUESTIONS, tickets=tickets([(5, 1)] * 6)), FOUND)
    assert of(metrics, "customer_satisfaction").status is Status.ABSENT
    assert [(finding.code, finding.source.cell) for finding in findings] == [("CX-55", "D2"), ("CX-55", "E2")]


def test_effort_of_tickets_without_a_direction_is_refused() -> None:
    undeclared = DECLARED.replace("effort_high", "")
    metrics, findings = measure_customers(tables(questions=undeclared, tickets=tickets([(5, 1)] * 6)), FOUND)
    assert of(metrics, "easy_share").status is Status.ABSENT
    assert [finding.code for finding in findings] == ["CX-53"]


def test_a_ticket_that_was_answered_in_a_survey_counts_once() -> None:
    asked = DECLARED + "after,csat,Solved?,1,5,good_high,2,transactional,\n"
    text = responses([1] * 6, "after", ticket_id=[f"T{at}" for at in range(6)])
    found = measured(tables(questions=asked, responses=text, tickets=tickets([(5, "")] * 8)))
    satisfied = of(found, "customer_satisfaction")
    assert (satisfied.value, satisfied.n) == (2 / 8, 8)


def test_scores_beside_survey_answers_are_never_put_with_relationship_ones() -> None:
    text = responses([5] * 6, "csat")
    found = measured(tables(questions=DECLARED, responses=text, tickets=tickets([(1, "")] * 6)))
    assert values(found, "customer_satisfaction") == [
        ("relational", 1.0, Status.INDICATIVE),
        ("transactional", 0.0, Status.INDICATIVE),
    ]


def test_without_scores_the_tables_are_the_same_ones() -> None:
    plain = tables(questions=DECLARED, tickets=tickets([("", "")]))
    assert with_ticket_scores(plain) is plain
