"""`esgreport cx`: what it prints, in which form, and how it ends."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from customer_tables import QUESTIONS, responses

from esgreport.cli import main

KEYS = [
    "metric",
    "label",
    "value",
    "unit",
    "interval",
    "confidence",
    "n",
    "accounts",
    "dimensions",
    "period",
    "method",
    "status",
    "reason",
    "better",
    "source",
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cx") / "customers.xlsx"
    assert CliRunner().invoke(main, ["init", str(path), "--cx", "--sample"]).exit_code == 0
    return path


def cx(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["cx", *map(str, arguments)])


@cache
def told(*arguments: object) -> str:
    """What a run of the command prints; the same run is made once."""
    return cx(*arguments).stdout


def test_json_has_the_keys_other_programs_read_and_no_others(sample: Path) -> None:
    run = cx(sample, "--format", "json")
    document = json.loads(run.stdout)
    assert next(iter(document)) == "metrics"
    assert {tuple(metric) for metric in document["metrics"]} == {tuple(KEYS)}
    assert {metric["status"] for metric in document["metrics"]} == {"full", "indicative", "withheld", "absent"}
    assert {metric["better"] for metric in document["metrics"]} == {"higher", "lower", None}


def test_numbers_in_json_are_numbers_shares_are_fractions_and_money_has_its_currency(sample: Path) -> None:
    metrics = json.loads(told(sample, "--format", "json"))["metrics"]
    first = metrics[0]
    assert (first["metric"], first["dimensions"]) == ("net_promoter_score", {"survey_type": "relational"})
    assert first["period"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert first["interval"][0] < first["value"] < first["interval"][1]
    shares = [metric["value"] for metric in metrics if metric["unit"] == "share" and "churn" in metric["metric"]]
    assert all(value is None or 0 <= value <= 1 for value in shares)
    assert {metric["unit"] for metric in metrics if metric["metric"] == "cost_to_retain"} == {"iso4217:EUR"}
    assert first["source"][0]["sheet"] == "Responses"


def test_intervals_hold_their_value(sample: Path) -> None:
    for metric in json.loads(told(sample, "--format", "json", "--by", "segment"))["metrics"]:
        if metric["interval"] is not None:
            low, high = metric["interval"]
            assert low <= metric["value"] <= high, metric


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "SURVEYS"), ("it", "SONDAGGI"), ("de", "BEFRAGUNGEN"), ("fr", "ENQUÊTES")]
)
def test_the_table_shows_value_interval_n_status_and_method(sample: Path, language: str, heading: str) -> None:
    table = told(sample, "--lang", language)
    assert table.startswith(heading)
    lines = table.splitlines()
    above = next(at for at, line in enumerate(lines) if line.endswith("(NPS)"))
    assert lines[above + 1].startswith("  "), "parts of a metric stand under its name"
    assert "[1] a" in lines[above + 1] and " – " in lines[above + 1]
    assert "\n  [1] " in table
    assert "\n  a  " in table, "what is said of many figures is a note below"


def test_the_table_fits_a_wide_terminal_but_for_sentences(sample: Path) -> None:
    rows = [
        line for line in told(sample, "--lang", "en").split("Methods")[0].splitlines() if re.search(r"\[\d+\]", line)
    ]
    assert len(rows) > 100
    assert max(map(len, rows)) <= 140


@pytest.mark.parametrize(
    ("language", "points"), [("en", "percentage points"), ("it", "punti percentuali"), ("de", "Prozentpunkte")]
)
def test_a_difference_of_shares_is_in_points_and_not_in_percent(sample: Path, language: str, points: str) -> None:
    table = told(sample, "--lang", language)
    metrics = json.loads(told(sample, "--format", "json"))["metrics"]
    change = next(metric for metric in metrics if metric["metric"] == "customer_satisfaction_change")
    assert change["unit"] == "share_points"
    assert f"{points}" in table
    assert not re.search(rf"\d\s*% {points}", table)


def test_the_same_files_give_the_same_figures(sample: Path) -> None:
    assert cx(sample, "--format", "json").stdout == cx(sample, "--format", "json").stdout


def test_an_undeclared_direction_ends_with_one_and_names_the_cell(tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text(QUESTIONS.replace("ease_high", ""), encoding="utf-8")
    (tmp_path / "responses.csv").write_text(responses([7] * 12, "ces"), encoding="utf-8")
    run = cx(tmp_path / "questions.csv", tmp_path / "responses.csv")
    assert run.exit_code == 1
    assert "CX-53" in run.stderr and "questions.csv" in run.stderr


def test_no_metric_names_a_person_an_account_or_a_comment(sample: Path) -> None:
    run = cx(sample, "--format", "json", "--by", "segment", "--by", "team")
    metrics = json.dumps(json.loads(run.stdout)["metrics"])
    assert not re.search(r"\bC0\d\d\b|\bC0\d\d-\d\b", metrics)
    assert not re.search(r"\bC0\d\d-\d\b", run.stderr)


def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook at all")
    run = cx(tmp_path / "x.xlsx")
    assert (run.exit_code, len(run.stderr.strip().splitlines())) == (4, 1)


def test_an_unknown_breakdown_is_a_wrong_command() -> None:
    assert cx("x.xlsx", "--by", "person").exit_code == 2
