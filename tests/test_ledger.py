"""The ledger keeps every answer given, and finds two customers told two things and whom to tell after a correction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from asked import FILED, answers, match, material, question
from filings import filing

from esgreport import ledger
from esgreport.answers import held_now
from esgreport.errors import RenderError, WorkbookError
from esgreport.ledger import Handing
from esgreport.questionnaire import Answers, Decision
from esgreport.read import read_workbook
from esgreport.render.ledger import ledger_document, ledger_text, ledger_workbook

COMPANY = "8156000E5D2C0C7A6F25"


def energy(unit: str = "MWh", table: str = FILED, customer: str = "Muster AG", **more: object) -> Answers:
    found = answers(question("Energy", unit=unit), match("TotalEnergyConsumption"), material(table), **more)  # type: ignore[arg-type]
    filled = tuple(replace(each, written=not each.decided) for each in found.answers)
    return replace(found, customer=customer, answers=filled)


def given_on(day: int, found: Answers, path: Path, table: str = FILED) -> int:
    return ledger.record(path, Handing(found, filing(table), date(2026, 11, day), "ab" * 32, "individual"))


def test_an_answer_is_kept_with_customer_period_evidence_day_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    assert given_on(24, energy("GJ"), path) == 1
    (kept,) = ledger.given(path, COMPANY)
    assert (kept.customer, kept.datapoint, kept.shown, kept.ours) == (
        "Muster AG",
        "TotalEnergyConsumption",
        "8,685 GJ",
        "2412.5 utr:MWh",
    )
    assert (kept.day, kept.digest, kept.boundary) == (date(2026, 11, 24), "ab" * 32, "individual")
    assert kept.period == filing(FILED).period
    assert kept.evidence[0].startswith("book.xlsx Sheet!D")
    assert ledger.companies(path) == (COMPANY,)


def test_what_was_not_said_is_not_kept(tmp_path: Path) -> None:
    unsure = answers(question("Energy"), match("TotalEnergyConsumption", "0.3"))
    assert given_on(24, unsure, tmp_path / "ledger.sqlite") == 0


def test_what_a_form_has_no_cell_for_was_not_said(tmp_path: Path) -> None:
    found = energy()
    nowhere = replace(found, answers=tuple(replace(each, written=False) for each in found.answers))
    assert given_on(24, nowhere, tmp_path / "ledger.sqlite") == 0


def test_the_same_figure_in_two_units_is_no_contradiction(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    given_on(1, energy("MWh"), path)
    given_on(2, energy("GJ", customer="Beispiel SA"), path)
    assert ledger.contradictions(ledger.given(path, COMPANY)) == ()


def test_two_customers_told_two_things_of_the_same_are_a_contradiction(tmp_path: Path) -> None:
    path, other = tmp_path / "ledger.sqlite", FILED.replace("2412.5 utr:MWh", "2500 utr:MWh")
    given_on(1, energy(), path)
    given_on(2, energy(table=other, customer="Beispiel SA"), path)
    (group,) = ledger.contradictions(ledger.given(path, COMPANY))
    assert [(each.customer, each.ours) for each in group] == [
        ("Muster AG", "2412.5 utr:MWh"),
        ("Beispiel SA", "2500 utr:MWh"),
    ]


def test_a_later_answer_to_the_same_customer_supersedes_the_earlier_one(tmp_path: Path) -> None:
    path, other = tmp_path / "ledger.sqlite", FILED.replace("2412.5 utr:MWh", "2500 utr:MWh")
    given_on(1, energy(), path)
    given_on(2, energy(table=other), path)
    rows = ledger.given(path, COMPANY)
    assert ledger.contradictions(rows) == ()
    assert [(each.shown, each.later) for each in ledger.superseded(rows)] == [("2,412.5 MWh", "2,500 MWh")]
    assert [each.shown for each in ledger.current(rows)] == ["2,500 MWh"]


def test_an_answer_given_again_unchanged_is_not_listed_as_superseded(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    given_on(1, energy(), path)
    given_on(2, energy(), path)
    assert ledger.superseded(ledger.given(path, COMPANY)) == ()


def test_after_a_correction_it_is_said_whom_to_tell(tmp_path: Path) -> None:
    path, corrected = tmp_path / "ledger.sqlite", FILED.replace("2412.5 utr:MWh", "2500 utr:MWh")
    given_on(1, energy(), path)
    given_on(2, energy(customer="Beispiel SA"), path)
    rows = ledger.given(path, COMPANY)
    names = {row.datapoint for row in rows}
    assert ledger.to_be_told(rows, held_now(names, material())) == ()
    told = ledger.to_be_told(rows, held_now(names, material(corrected)))
    assert [(each.customer, each.ours, each.later) for each in told] == [
        ("Muster AG", "2412.5 utr:MWh", "2500 utr:MWh"),
        ("Beispiel SA", "2412.5 utr:MWh", "2500 utr:MWh"),
    ]


def test_what_a_person_declined_is_kept_and_contradicts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    given_on(1, energy(), path)
    given_on(2, energy(customer="Beispiel SA", decisions={"1": Decision("decline")}), path)
    rows = ledger.given(path, COMPANY)
    assert [each.state for each in rows] == ["answered", "withheld"]
    assert ledger.contradictions(rows) == ()


def test_companies_and_customers_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    given_on(1, energy(), path)
    given_on(1, energy(customer="Beispiel SA"), path)
    assert ledger.given(path, "another company") == ()
    assert [each.customer for each in ledger.given(path, COMPANY, "Beispiel SA")] == ["Beispiel SA"]


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes, nothing else. " * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match=r"notes.txt: this is no ledger"):
        given_on(1, energy(), path)
    assert path.read_bytes() == before
    with pytest.raises(RenderError, match="cannot be opened"):
        given_on(1, energy(), tmp_path)


def test_nothing_is_said_of_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    assert ledger.given(tmp_path / "none.sqlite", COMPANY) == ()
    assert not (tmp_path / "none.sqlite").exists()


def test_it_is_shown_as_lines_as_json_and_as_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    given_on(24, energy(customer="=1+1"), path)
    rows = ledger.given(path, COMPANY)
    assert "2026-11-24  =1+1  1 Energy: 2,412.5 MWh  (TotalEnergyConsumption, 2025-01-01/2025-12-31)" in ledger_text(
        rows, "en"
    )
    assert json.loads(json.dumps(ledger_document(rows)))["answers"][0]["ours"] == "2412.5 utr:MWh"
    book_path = tmp_path / "ledger.xlsx"
    book_path.write_bytes(ledger_workbook(rows, "de"))
    book = read_workbook(book_path, "ledger.xlsx")
    assert [book.cell("Ledger", 1, column).value for column in (1, 7)] == ["Kunde", "Mitgeteilt"]
    cell = book.cell("Ledger", 2, 1)
    assert (cell.value, cell.formula) == ("=1+1", False)
