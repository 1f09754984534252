"""The journey map: what is on it, in which order touchpoints come, which ranks they may have, what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, sample_tables, tables_from

from esgreport import definitions
from esgreport.customer_metrics import Status
from esgreport.measure.customers.journey import journey_map
from esgreport.measure.customers.journey_order import (
    Judged,
    band_of,
    by_opportunity,
    by_priority,
    opportunity_score,
)

RULES = definitions.load().cx_panels.journey
CASES = Path(__file__).parent.parent.parent / "shared" / "reference" / "cx_cases.json"


def judged(
    name: str, importance: float, potential: float, satisfaction: float, answers: tuple[float, ...] = ()
) -> Judged:
    return Judged(name, importance, potential, satisfaction, np.array(answers), np.arange(len(answers)))


# ── scores and bands ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("importance", "satisfaction", "score"), [(9, 9, 9), (10, 1, 19), (5, 8, 5), (8, 5, 11)])
def test_opportunity_is_importance_and_what_satisfaction_lacks_of_it(
    importance: float, satisfaction: float, score: float
) -> None:
    assert opportunity_score(importance, satisfaction) == score


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (15.01, "extreme"),
        (15, "low_hanging"),
        (12, "low_hanging"),
        (11.99, "consider"),
        (10, "consider"),
        (9.99, "unattractive"),
    ],
)
def test_a_score_at_the_limit_of_a_band_lies_where_the_published_bands_put_it(score: float, band: str) -> None:
    assert band_of(score, RULES.bands).name == band


def test_the_bands_are_those_of_the_reference_cases() -> None:
    if not CASES.exists():
        pytest.skip("the reference cases are not beside this checkout")
    case = next(each for each in json.loads(CASES.read_text())["cases"] if each["name"] == "opportunity_bands")
    low, middle, high = case["inputs"]["thresholds"]
    limits = [(band.name, band.at_least or band.above) for band in RULES.bands]
    assert limits == [("extreme", high), ("low_hanging", middle), ("consider", low), ("unattractive", None)]


# ── ranks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_touchpoints_with_equal_scores_share_a_rank_and_are_a_tie() -> None:
    found = by_priority([judged("a", 5, 5, 3), judged("b", 5, 5, 3), judged("c", 1, 1, 3)], RULES)
    assert [found[name].rank for name in "abc"] == [1, 1, 3]
    assert "b" in found["a"].ties
    assert "c" not in found["a"].ties


def test_the_order_of_the_rows_changes_no_rank() -> None:
    each = [
        judged(name, *numbers)
        for name, numbers in zip("abcd", [(5, 4, 2), (4, 4, 3), (3, 5, 1), (2, 2, 5)], strict=True)
    ]
    assert by_priority(each, RULES) == by_priority(each[::-1], RULES)
    assert by_opportunity(each, RULES) == by_opportunity(each[::-1], RULES)


def test_the_rank_itself_always_lies_among_the_ranks_it_may_have() -> None:
    draw = np.random.default_rng(1)
    each = [judged(str(at), *draw.integers(1, 6, size=3)) for at in range(12)]
    for order in (by_priority(each, RULES), by_opportunity(each, RULES)):
        assert all(one.ranks[0] <= one.rank <= one.ranks[1] for one in order.values())


def test_few_answers_make_wide_ranks_and_many_narrow_ones() -> None:
    mixed = (0.0, 1.0, 0.25, 0.75)
    others = [judged(str(at), 4, 3, at / 2) for at in range(2, 10)]
    few = by_opportunity([judged("x", 5, 3, 3, mixed), *others], RULES)["x"].ranks
    many = by_opportunity([judged("x", 5, 3, 3, mixed * 100), *others], RULES)["x"].ranks
    assert few[1] - few[0] > many[1] - many[0]


def test_a_touchpoint_nobody_rated_has_no_rank() -> None:
    assert "b" not in by_priority([judged("a", 5, 5, 3), judged("b", float("nan"), 5, 3)], RULES)


# ── the sample's map ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_sample_has_seventeen_touchpoints_in_five_phases_from_four_perspectives() -> None:
    found = journey_map(sample_desk())
    assert len(found.touchpoints) == 17
    assert [phase.code for phase in found.phases] == ["awareness", "consideration", "decision", "service", "loyalty"]
    assert [each.code for each in found.perspectives] == [
        "front_end",
        "experience",
        "back_end_actual",
        "back_end_desired",
    ]
    assert not any("17" in note for note in found.notes), "seventeen is usual"


def test_a_withheld_satisfaction_cannot_be_had_from_the_opportunity_score() -> None:
    found = journey_map(sample_desk())
    for each in found.touchpoints:
        shown = any(figure.metric == "journey_satisfaction" and figure.value is not None for figure in each.figures)
        assert each.opportunity is not None
        assert ("as entered by us" in each.opportunity.basis) is not shown


def test_every_gap_says_where_it_stands_or_that_nothing_stands_there() -> None:
    found = journey_map(sample_desk())
    kinds = {gap.kind.code for gap in found.gaps}
    assert {"gap_absent", "gap_partial", "gap_inconsistent", "gap_missing", "gap_perspective_empty"} <= kinds
    assert all(gap.source is not None for gap in found.gaps if "empty" not in gap.kind.code)


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_the_map_is_told_in_every_language(language: str) -> None:
    english, other = journey_map(sample_desk()), journey_map(sample_desk(language))
    assert english.title != other.title
    assert english.description != other.description


def test_four_touchpoints_and_one_persona_are_unusual_and_no_error(tmp_path: Path) -> None:
    tables = tables_from(
        tmp_path,
        touchpoints="touchpoint_id,name,stage\nT1,Call,pre\nT2,Offer,pre\nT3,Order,during\nT4,Invoice,post",
        personas="persona_id,name\nP1,Buyer",
    )
    found = journey_map(desk_for(tables))
    assert any("Touchpoints mapped: 4; usual are 15 to 20" in note for note in found.notes)
    assert any("Personas described: 1;" in note for note in found.notes)
    assert [each.priority for each in found.touchpoints] == [None] * 4


def test_without_any_journey_the_figures_are_absent_with_a_reason(tmp_path: Path) -> None:
    found = journey_map(desk_for(tables_from(tmp_path, accounts="account_id,status\nA,active")))
    shares = [figure for figure in found.figures if figure.unit == "share"]
    assert shares
    assert all(figure.status is Status.ABSENT and figure.reason for figure in shares)
    assert found.gaps == ()


def test_the_same_map_comes_out_twice() -> None:
    assert journey_map(desk_for(sample_tables())) == journey_map(desk_for(sample_tables()))
