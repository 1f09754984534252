"""Values-based loyalty: what goes together and not why, the halo taken out, claims only as claims."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, tables_from

from esgreport import definitions
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.measure.customers.panels import customer_panels
from esgreport.measure.customers.values import by_perception, controlled
from esgreport.measure.customers.values_panel import values_panel
from esgreport.tables import CustomerTables

SETTINGS = "setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31"
QUESTIONS = """question_id,metric,question_text,scale_min,scale_max,direction,survey_type
nps,nps,Recommend?,0,10,good_high,relational
csat,csat,Satisfied?,1,5,good_high,relational
esg,esg_perception,Responsible?,1,5,good_high,relational"""


def answered(
    folder: Path, rows: list[tuple[float, float, float]], more: dict[str, str] | None = None
) -> CustomerTables:
    """A response an account: recommendation, satisfaction, perceived sustainability."""
    lines = []
    for at, answers in enumerate(rows):
        for question, value in zip(("nps", "csat", "esg"), answers, strict=True):
            lines.append(f"R{at},2024-05-01,A{at},{question},{value}")
    accounts = [f"A{at},active,2020-01-01" for at in range(len(rows))]
    return tables_from(
        folder,
        settings=SETTINGS,
        questions=QUESTIONS,
        accounts="\n".join(["account_id,status,customer_since", *accounts]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_number", *lines]),
        **(more or {}),
    )


def one(metrics: tuple[CustomerMetric, ...], name: str) -> CustomerMetric:
    return next(each for each in metrics if each.metric == name)


def test_what_is_all_halo_is_gone_once_satisfaction_is_held_constant(tmp_path: Path) -> None:
    draw = np.random.default_rng(4)
    rows = []
    for _ in range(400):
        pleased = draw.normal()
        both = [int(np.clip(round(3 + pleased + draw.normal(0, 0.3)), 1, 5)) for _ in range(2)]
        rows.append((int(np.clip(round(5 + 2 * (both[0] - 3) + draw.normal(0, 0.5)), 0, 10)), *both))
    alone, held = controlled(desk_for(answered(tmp_path, rows)))
    assert alone.interval is not None
    assert held.interval is not None
    assert alone.interval[0] > 30
    assert held.interval[0] < 5
    assert abs(held.value or 0) < abs(alone.value or 0) / 4
    assert "Satisfied customers rate everything higher" in alone.reason
    assert "satisfaction held constant" in held.method


def test_too_few_answers_make_no_model_and_the_rule_is_said(tmp_path: Path) -> None:
    alone, held = controlled(desk_for(answered(tmp_path, [(9, 4, 4), (3, 2, 2)] * 10)))
    assert alone.status is held.status is Status.ABSENT
    assert "20 answers from 20 customers; at least 50 from 20" in alone.reason


def test_price_rises_on_record_only_where_they_were_taken_say_nothing_of_acceptance(tmp_path: Path) -> None:
    contracts = ["contract_id,account_id,start,due_for_renewal,renewed,renewed_on,annual_value,price_change"]
    contracts += [f"K{at},A{at},2024-01-01,2024-12-31,yes,2024-12-01,10,5 %" for at in range(30)]
    tables = answered(tmp_path, [(9, 4, 5)] * 30, {"contracts": "\n".join(contracts)})
    price = one(by_perception(desk_for(tables)), "perception_price")
    assert price.value is None
    assert "nothing says how many were refused" in price.reason


def test_price_acceptance_counts_only_what_had_been_said_before_the_decision(tmp_path: Path) -> None:
    contracts = ["contract_id,account_id,start,due_for_renewal,renewed,annual_value,price_change"]
    contracts += [f"K{at},A{at},2024-01-01,2024-12-31,{'no' if at < 6 else 'yes'},10,5 %" for at in range(30)]
    contracts += [f"L{at},A{at},2023-01-01,2024-01-31,no,10,5 %" for at in range(30)]
    tables = answered(tmp_path, [(9, 4, 5)] * 30, {"contracts": "\n".join(contracts)})
    price = one(by_perception(desk_for(tables)), "perception_price")
    assert (price.value, price.n) == (pytest.approx(24 / 30), 30)


def test_every_comparison_says_that_it_is_no_cause() -> None:
    panel = values_panel(sample_desk(), ())
    assert all("not cause" in each.reason for each in (*panel.figures, *panel.controlled) if each.value is not None)
    assert "Association, not cause" in panel.notes[0]


def test_the_samples_association_shrinks_when_satisfaction_is_held_constant() -> None:
    alone, held = controlled(sample_desk())
    assert held.value is not None
    assert alone.value is not None
    assert 0 < held.value < alone.value


# ── claims ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_is_only_ever_told_as_a_claim_of_its_document() -> None:
    for language in ("en", "it", "de", "fr"):
        for claim in values_panel(sample_desk(language), ()).claims:
            assert claim.seed in claim.own_text
            assert {"en": "not verified", "it": "non verificata", "de": "nicht geprüft", "fr": "non vérifiée"}[
                language
            ] in claim.own_text


def test_claims_that_name_a_figure_name_one_there_is() -> None:
    found = definitions.load()
    known = {*found.cx_metrics.metrics, *found.cx_panels.figures}
    assert {claim.figure for claim in found.cx_panels.values.claims} - {""} <= known


def test_the_samples_own_data_stand_beside_the_claims_they_can_test() -> None:
    panels = customer_panels(sample_desk().customers.tables, definitions.load(), ())
    claims = {claim.id: claim for claim in panels.values.claims}
    assert claims["000-touchpoints"].own[0].value == 17
    assert claims["000-say-do"].own[0].interval is not None
    assert "neither prove nor refute" in claims["000-say-do"].own_text
    assert claims["000-share"].own == ()


def test_every_text_of_the_panels_is_there_in_four_languages() -> None:
    panels = definitions.load().cx_panels
    for figure in panels.figures.values():
        for text in (figure.labels, figure.definition, figure.formula):
            assert set(text) == {"en", "it", "de", "fr"}, figure.code
            assert all(text.values()), figure.code
    for word in (*panels.texts.values(), *panels.words.reasons.values(), *panels.words.methods.values()):
        assert {"en", "it", "de", "fr"} <= set(word.labels), word.name
