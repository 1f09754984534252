"""What is said of everything that was handed in: nothing there, a period that is none, figures with nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from customer_tables import FOUND, QUESTIONS, YEAR, responses, tables

from esgreport.cli import main
from esgreport.customer_metrics import Status
from esgreport.measure.customers import measure_customers
from esgreport.measure.customers.panels import customer_panels

BACKWARDS = {**YEAR, "reporting_period_end": "2024-12-31"}


def codes(settings: dict[str, str], **texts: str) -> list[str]:
    return [finding.code for finding in measure_customers(tables(settings, **texts), FOUND)[1]]


def test_a_period_that_ends_before_it_begins_is_an_error() -> None:
    answers = responses([9] * 40)
    assert codes(BACKWARDS, questions=QUESTIONS, responses=answers) == ["CX-56"]
    assert codes(YEAR, questions=QUESTIONS, responses=answers) == []


def test_the_days_of_a_wrong_period_are_written_as_the_language_does() -> None:
    found = measure_customers(tables(BACKWARDS, questions=QUESTIONS, responses=responses([9] * 40)), FOUND, "de")[1]
    assert "1. Januar 2025" in found[0].message
    assert found[0].source.file == "settings"


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_an_empty_workbook_ends_with_one_error_and_no_figure(tmp_path: Path, language: str) -> None:
    path = tmp_path / "empty.xlsx"
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(path), "--cx", "--lang", language]).exit_code == 0
    ended = runner.invoke(main, ["cx", str(path), "--lang", language])
    assert ended.exit_code == 1
    assert ended.stderr.count("\n") == 1
    assert "CX-57" in ended.stderr


def test_without_data_nothing_is_said_of_what_is_entered() -> None:
    empty = tables(YEAR)
    metrics, _ = measure_customers(empty, FOUND)
    figures = {each.metric: each.reason for each in customer_panels(empty, FOUND, metrics).values.figures}
    assert "No contract with a price rise" in figures["perception_price"]
    assert "Nobody was asked" in figures["perception_tenure_test"]
    assert not [each for each in metrics if each.value is not None and each.status is Status.FULL and not each.n]


def test_movements_and_rates_are_written_in_the_readers_language(tmp_path: Path) -> None:
    path = tmp_path / "clienti.xlsx"
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(path), "--cx", "--sample"]).exit_code == 0
    shown = runner.invoke(main, ["cx", str(path), "--lang", "it"]).stdout
    assert "Maggiori ricavi da clienti rimasti" in shown
    assert "Con tasso di sconto 0,05" in shown
    assert "0.05" not in shown


def test_the_day_of_a_german_date_ends_no_sentence_in_the_notes(tmp_path: Path) -> None:
    path = tmp_path / "kunden.xlsx"
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(path), "--cx", "--sample", "--lang", "de"]).exit_code == 0
    shown = runner.invoke(main, ["cx", str(path), "--lang", "de"]).stdout
    assert "Verluste erfasst seit 1.\u00a0Januar 2024." in shown
