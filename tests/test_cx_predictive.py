"""The test for predictive service: the founding document's inequalities at their very limits, and never a decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cx_panels import desk_for, sample_desk, sample_tables, tables_from

from esgreport import definitions
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_panels import Met
from esgreport.measure.customers import measure_customers
from esgreport.measure.customers.predictive import is_above, is_within, predictive_panel

SETTINGS = "setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31"


def metric(name: str, value: float, interval: tuple[float, float] | None = None) -> CustomerMetric:
    return CustomerMetric(
        name, name, value, "iso4217:EUR", interval, 0.95, 50, 50, (), None, "", Status.FULL, "", "", ()
    )


@pytest.mark.parametrize(
    ("value", "interval", "met"),
    [
        (15_000, None, Met.NO),
        (15_000.01, None, Met.YES),
        (20_000, (15_000, 25_000), Met.UNCERTAIN),
        (20_000, (15_000.01, 25_000), Met.YES),
        (10_000, (5_000, 15_000), Met.NO),
    ],
)
def test_above_is_strict_and_uncertain_where_the_interval_holds_the_limit(
    value: float, interval: tuple[float, float] | None, met: Met
) -> None:
    assert is_above(value, interval, 15_000) is met


@pytest.mark.parametrize(("value", "met"), [(5, Met.NO), (6, Met.YES), (10, Met.YES), (11, Met.YES)])
def test_six_and_ten_deciders_are_within_and_eleven_are_met_with_a_note(value: float, met: Met) -> None:
    assert is_within(value, None, (6, 10)) is met


def _panel(folder: Path, more: str = "", cost: float = 50_000) -> dict[str, Met]:
    tables = tables_from(
        folder,
        settings=f"{SETTINGS}\n{more}",
        accounts="account_id,status,annual_revenue,decision_makers\n"
        + "\n".join(f"A{at},active,100000,11" for at in range(10)),
        revenue="account_id,period,recurring_revenue\n" + "\n".join(f"A{at},2025,100000" for at in range(10)),
        costs=f"period,kind,amount\n2025,unplanned_service,{cost}\n2024,unplanned_service,900000",
    )
    measured = [
        metric("customer_lifetime_value_formula", 15_001),
        metric("acquisition_cost_total", 300),
        metric("cost_to_retain", 100),
    ]
    panel = predictive_panel(desk_for(tables), measured)
    assert any(
        "Gründungsdokument" in each.note or "founding document does not say" in each.note for each in panel.criteria
    )
    return {each.criterion.code: each.met for each in panel.criteria}


def test_five_percent_of_revenue_itself_is_not_above_five_percent(tmp_path: Path) -> None:
    assert _panel(tmp_path)["unplanned_service"] is Met.NO
    assert _panel(tmp_path, cost=50_001)["unplanned_service"] is Met.YES


def test_a_limit_nobody_set_leaves_the_criterion_unknown_and_a_set_one_is_strict(tmp_path: Path) -> None:
    assert _panel(tmp_path)["acquisition"] is Met.UNKNOWN
    assert _panel(tmp_path, "predictive_acquisition_ratio_above,3")["acquisition"] is Met.NO
    assert _panel(tmp_path, "predictive_acquisition_ratio_above,2.9")["acquisition"] is Met.YES


def test_the_limits_are_the_workbooks_where_it_has_some(tmp_path: Path) -> None:
    assert _panel(tmp_path)["lifetime_value"] is Met.YES
    assert _panel(tmp_path, "predictive_clv_above,15001")["lifetime_value"] is Met.NO


def test_digital_that_nobody_declared_is_unknown_and_not_no(tmp_path: Path) -> None:
    assert _panel(tmp_path)["digital"] is Met.UNKNOWN
    assert _panel(tmp_path, "digital_or_iot,no")["digital"] is Met.NO


def test_however_many_are_met_the_verdict_is_a_look_and_no_yes() -> None:
    worth = metric("customer_lifetime_value_formula", 900_000, (400_000, 1_900_000))
    measured = [worth, metric("acquisition_cost_total", 90_000), metric("cost_to_retain", 10_000)]
    panel = predictive_panel(sample_desk(), measured)
    assert (panel.met, len(panel.criteria), panel.many) == (3, 5, 3)
    assert panel.verdict.startswith("3 of 5 criteria met")
    assert "this is no decision" in panel.verdict


def test_the_break_even_carries_the_interval_of_the_lifetime_value() -> None:
    worth = metric("customer_lifetime_value_formula", 900_000, (400_000, 1_900_000))
    even = predictive_panel(sample_desk(), [worth]).break_even
    assert even is not None
    assert even.low < even.loss_avoided < even.high
    assert even.investment == 320_000
    unknown = replace(worth, value=None, interval=None)
    assert predictive_panel(sample_desk(), [unknown]).break_even is None


def test_what_winning_costs_is_our_own_spending_and_is_shown_of_few_new_customers_with_a_warning() -> None:
    measured, _ = measure_customers(sample_tables(), definitions.load())
    winning = next(each for each in measured if each.metric == "acquisition_cost_total")
    assert (winning.n, winning.status) == (3, Status.INDICATIVE)
    criterion = next(
        each for each in predictive_panel(sample_desk(), measured).criteria if each.criterion.code == "acquisition"
    )
    assert criterion.met is Met.YES
    assert criterion.observed is not None
    assert criterion.observed.status is Status.INDICATIVE
    assert "Only 3 customers were won" in criterion.note
