"""The executive scorecard: rows against targets, lights only where allowed, gaps shown; numbers are worked out anew."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from esgreport import definitions, pipeline, scorecards
from esgreport.cli import main
from esgreport.definitions.scorecards import (
    Aim,
    Anchors,
    FixedBands,
    Forecast,
    ScorecardDefinition,
    ScoreRowDefinition,
    TargetPlan,
    load_scorecard,
    load_words,
)
from esgreport.errors import DefinitionError
from esgreport.measure import measure
from esgreport.model import Fact, Filing, Period, Source
from esgreport.readiness import ReadinessOptions, readiness
from esgreport.score import Case, Sustainability, scorecard
from esgreport.score.writing import Say
from esgreport.scorecard import Light, Scorecard, ScoreRow

FOUND = definitions.load()
FOLDER = FOUND.folder / "scorecards"
DEFAULT = load_scorecard(FOLDER / "default.yaml", FOUND)
LANGUAGES = ("en", "it", "de", "fr")
EMISSIONS = "TotalGrossLocationBasedScope1AndScope2GHGEmissions"


def sustainability(filing: Filing, language: str = "en") -> Sustainability:
    figures = measure(filing, FOUND)
    return Sustainability(
        filing, figures, readiness(filing, figures, FOUND, ReadinessOptions(language, filing.edition))
    )


def card(
    filing: Filing | None = None, definition: ScorecardDefinition = DEFAULT, language: str = "en", **sides: object
) -> Scorecard:
    given = sustainability(filing, language) if filing else None
    customers = sides.get("customers")
    return scorecard(
        Case(given, customers, definition, FOUND, Say(language, load_words(FOLDER)))  # type: ignore[arg-type]
    )


def with_row(**changed: object) -> ScorecardDefinition:
    """A scorecard of one row on emissions."""
    values = {"id": "emissions", "group": "environment", "concept": EMISSIONS, "better": "lower", "weight": 1}
    return DEFAULT.model_copy(update={"rows": [ScoreRowDefinition.model_validate({**values, **changed})]})


def sample() -> Filing:
    return pipeline.sample_filing(FOUND, "en")


def two_years(before: str, now: str) -> Filing:
    """The sample of two years, with other emissions."""
    filing = replace(sample(), facts=tuple(_other(fact, now) for fact in sample().facts))
    period = Period(date(2024, 12, 31), date(2024, 1, 1))
    facts = tuple(replace(_other(fact, before), period=period) for fact in sample().facts if not fact.dimensions)
    return replace(filing, prior=(replace(filing, period=period, facts=facts),))


def _other(fact: Fact, value: str) -> Fact:
    return replace(fact, value=Decimal(value)) if fact.concept == EMISSIONS and not fact.dimensions else fact


def row(found: Scorecard, name: str) -> ScoreRow:
    return next(each for each in found.rows if each.id == name)


# ── paths and targets ────────────────────────────────────────────────────────────────────────────────────────


def test_the_path_of_c3_is_a_straight_line_from_base_to_target_year() -> None:
    found = row(card(sample()), "emissions")
    assert found.target is not None
    assert found.target.value == pytest.approx(864.1 + (430.0 - 864.1) * (2025 - 2021) / (2030 - 2021))
    assert found.target.path[0] == (2021, 864.1)
    assert found.target.path[-1] == (2030, 430.0)
    assert found.target.held is True
    assert found.light is Light.GOOD
    assert found.variance_good is True


def test_a_path_that_is_not_held_is_said_in_the_title() -> None:
    found = card(two_years("800", "760"))
    assert row(found, "emissions").target is not None
    assert row(found, "emissions").target.held is False  # type: ignore[union-attr]
    assert row(found, "emissions").light is Light.BAD
    assert found.message == (
        "Emissions of scope 1 and 2: 13% above target; 1 of 2 targets met, 1 missed; "
        "8 of 10 figures have no target to judge them by"
    )
    alone = card(sample(), with_row(target=TargetPlan(value=500)))
    assert alone.message == "Total Scope 1 and 2 GHG emissions, location-based: 24% above target"


def test_a_change_of_counted_figures_is_told_against_the_year_before() -> None:
    found = row(card(two_years("800", "600")), "emissions")
    assert found.prior is not None
    assert found.prior.value == 800
    assert found.change == "−25.0% against 2024"
    assert found.change_good is True


def test_an_estimated_figure_gets_no_arrow() -> None:
    found = card(two_years("800", "600"), with_row(quality="estimated")).rows[0]
    assert found.change == "−25.0% against 2024; estimated, so no arrow"
    assert found.change_good is None


def test_without_a_target_there_is_no_light() -> None:
    found = card(sample(), with_row()).rows[0]
    assert (found.light, found.light_words, found.target, found.bands) == (Light.NONE, "no target", None, None)


@pytest.mark.parametrize(
    ("value", "light"),
    [(650.0, Light.GOOD), (617.9, Light.GOOD), (570.0, Light.WATCH), (500.0, Light.BAD)],
)
def test_bands_follow_from_the_target_where_none_are_given(value: float, light: Light) -> None:
    """617.9 tonnes: within a tenth of 570 (627), beyond a tenth of 500 (550)."""
    found = card(sample(), with_row(target=TargetPlan(value=value))).rows[0]
    assert found.light is light
    assert found.bands is not None
    assert found.bands.watch == pytest.approx(value * 1.1)


def test_own_bands_go_before_those_of_the_target() -> None:
    bands = FixedBands(watch=700, good=600, reason={"en": "Ours."}, sources=["Board"])
    found = card(sample(), with_row(target=TargetPlan(value=500), bands=bands)).rows[0]
    assert found.light is Light.WATCH
    assert found.bands is not None
    assert found.bands.reason == "Ours. (Board)"


def test_a_target_that_is_not_due_yet_is_missed_by_nobody() -> None:
    plan = TargetPlan(values=[Aim(due=date(2030, 12, 31), value=400)])
    found = card(sample(), with_row(target=plan)).rows[0]
    assert found.light is Light.NONE
    assert (found.light_words, found.light_why) == ("due 2030", "Not due until 31 December 2030.")


def test_the_next_target_that_is_due_counts() -> None:
    aims = [Aim(due=date(year, 12, 31), value=value) for year, value in ((2024, 700), (2025, 620), (2027, 500))]
    found = card(sample(), with_row(target=TargetPlan(values=aims))).rows[0]
    assert found.target is not None
    assert found.target.value == 620


def test_a_forecast_is_what_the_definition_declares_of_a_later_day_and_nothing_else() -> None:
    ahead = [Forecast(due=date(year, 12, 31), value=value) for year, value in ((2027, 540), (2024, 700), (2026, 580))]
    found = card(sample(), with_row(forecasts=ahead, target=TargetPlan(value=600))).rows[0]
    assert [(each.period.end.year, each.value) for each in found.series if each.forecast] == [(2026, 580), (2027, 540)]
    assert found.actual is not None and not found.actual.forecast
    assert found.light is Light.WATCH
    assert not any(each.forecast for row in card(sample()).rows for each in row.series)


# ── scores ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_score_is_the_weighted_mean_of_rows_between_their_anchors() -> None:
    found = card(sample())
    score = found.scores[0]
    parts = {name: value for name, _, _, value in score.parts}
    assert parts["accidents"] == pytest.approx((5 - 1.98412698412698) / 5 * 100)
    assert parts["pay_gap"] == pytest.approx((0.3 - 0.068) / 0.3 * 100)
    assert parts["emissions"] == 100
    weights = {name: weight for name, _, weight, _ in score.parts}
    whole = sum(weights.values())
    assert score.value == pytest.approx(sum(weights[name] * (value or 0) for name, value in parts.items()) / whole)
    product = 1.0
    for name, value in parts.items():
        product *= (value or 0) ** (weights[name] / whole)
    assert score.geometric == pytest.approx(product)
    assert score.interval is not None
    assert score.interval[0] < score.value < score.interval[1]  # type: ignore[operator]


def test_a_score_is_the_same_each_time_it_is_made() -> None:
    assert card(sample()).scores == card(sample()).scores


def test_a_score_is_withheld_where_too_much_weight_has_no_data() -> None:
    facts = tuple(fact for fact in sample().facts if "Accident" not in fact.concept and "Gap" not in fact.concept)
    found = card(replace(sample(), facts=tuple(fact for fact in facts if fact.concept != EMISSIONS)))
    score = found.scores[0]
    assert score.value is None
    assert score.missing_weight == pytest.approx(0.5)
    assert score.words.startswith("No score: 50%")
    assert row(found, "accidents").missing


def test_a_score_is_at_best_to_watch_while_a_row_is_off_target() -> None:
    plan = next(each for each in DEFAULT.rows if each.id == "accidents")
    missed = plan.model_copy(update={"target": TargetPlan(value=1.0)})
    found = card(sample(), DEFAULT.model_copy(update={"rows": [missed]}))
    score = found.scores[0]
    assert score.value == pytest.approx((5 - 1.98412698412698) / 4 * 100)
    assert (score.light, score.stable) == (Light.WATCH, 1.0)
    assert score.words.startswith("Rows that count: 1 off target.")
    assert score.words.endswith("to watch in 100%.")


def test_anchors_alone_normalise_a_row_without_a_target() -> None:
    found = card(sample(), with_row(anchors=Anchors(worst=1000, best=0))).scores[0]
    assert found.value == pytest.approx((1000 - 617.9) / 1000 * 100)


# ── sizes, gaps, languages ───────────────────────────────────────────────────────────────────────────────────


def test_without_data_every_row_is_a_gap_and_the_title_says_so() -> None:
    found = card()
    assert len(found.rows) == len(DEFAULT.rows)
    assert all(each.missing and each.actual is None and each.light is Light.NONE for each in found.rows)
    assert found.message == "There are no data for this scorecard"
    assert len(found.lacking) == 2
    assert (
        found.subtitle == "Customers and sustainability · actual against target and last year, units beside the figures"
    )
    assert scorecards.document(found)["period"] is None


def test_one_row_and_twenty_four_rows_are_made_alike() -> None:
    many = [
        ScoreRowDefinition(id=f"row{count}", group="environment", concept=EMISSIONS, better="lower")
        for count in range(24)
    ]
    assert len(card(sample(), with_row()).rows) == 1
    assert len(card(sample(), DEFAULT.model_copy(update={"rows": many})).rows) == 24


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_said_in_the_language(language: str) -> None:
    found = card(sample(), language=language)
    assert not re.findall(r"{\w+}", json.dumps(scorecards.document(found)))
    words = load_words(FOLDER)
    assert [name for name, text in words.items() if set(text) != set(LANGUAGES) or not all(text.values())] == []
    assert found.lacking == (words["no_customers"][language],)


def test_every_row_traces_to_its_cells() -> None:
    filing = sample()
    facts = tuple(replace(fact, source=Source("book.xlsx", "B3", "D5")) for fact in filing.facts)
    found = row(card(replace(filing, facts=facts)), "emissions_per_turnover")
    labels = [label for label, _, _ in found.inputs]
    assert len(labels) == 2
    assert found.source == (Source("book.xlsx", "B3", "D5"),)


# ── definitions and command ──────────────────────────────────────────────────────────────────────────────────


def test_a_name_that_is_none_is_refused_with_the_closest(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    text = (FOLDER / "default.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("concept: EmployeeTurnoverRate", "concept: EmployeeTurnoverRat"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="Did you mean 'EmployeeTurnoverRate'"):
        load_scorecard(path, FOUND)


def test_the_command_writes_all_that_is_shown(tmp_path: Path) -> None:
    runner, book = CliRunner(), tmp_path / "book.xlsx"
    assert runner.invoke(main, ["init", str(book), "--sample"]).exit_code == 0
    out = tmp_path / "out"
    run = runner.invoke(main, ["scorecard", str(book), "-o", str(out), "--format", "json", "--lang", "de"])
    assert run.exit_code == 0, run.output
    found = json.loads((out / "scorecard.json").read_text(encoding="utf-8"))
    assert found["language"] == "de"
    assert [each["id"] for each in found["rows"]] == [each.id for each in DEFAULT.rows]
    assert found["lacking"] == ["Es wurden keine Kundendaten vorgelegt."]
    assert next(each for each in found["rows"] if each["id"] == "emissions")["source"][0]["cell"]
