"""Exports as Qualtrics, SurveyMonkey, Zendesk, HubSpot and Salesforce write them; rows in tests/exports are ours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from customer_files import STANDARD, Read, book, read_files, text_file

from esgreport.errors import DefinitionError

EXPORTS = Path(__file__).parent / "exports"


def read(name: str) -> Read:
    return read_files([EXPORTS / f"{name}.csv"])


def answers(found: Read) -> list[tuple[object, ...]]:
    columns = ("response_id", "question_id", "value_number", "value_text")
    return list(zip(*(found.column("responses", column) for column in columns), strict=True))


@pytest.mark.parametrize("layout", STANDARD.cx.exports, ids=lambda layout: layout.name)
def test_every_layout_has_a_file_that_it_recognises(layout) -> None:
    found = read(layout.name)
    assert len(found[layout.table])
    said = [finding for finding in found.findings if finding.code == "CX-24"]
    assert [layout.tool in finding.message for finding in said] == [True]


def test_qualtrics_has_three_rows_of_heads_and_only_the_first_is_looked_at() -> None:
    found = read("qualtrics")
    assert answers(found) == [
        ("R_1abc", "Q1", 10.0, None),
        ("R_2abc", "Q1", 3.0, None),
        ("R_3abc", "Q1", 8.0, None),
        ("R_1abc", "Q2", 5.0, None),
        ("R_2abc", "Q2", 2.0, None),
        ("R_3abc", "Q2", 4.0, None),
        ("R_1abc", "Q3_TEXT", None, "Gut; schnell, freundlich"),
        ("R_3abc", "Q3_TEXT", None, "Vorschau"),
    ]
    assert found.column("responses", "status")[:3] == ["complete", "complete", "preview"]
    assert found.column("responses", "collected_at")[0] == datetime(2025, 5, 12, 9, 2, 41)
    assert found.column("responses", "account_id")[:3] == ["C007", "C008", None]
    assert found.tables.tables["responses"].place(0).cell == "4:4"


def test_a_qualtrics_workbook_lacks_the_row_of_json(tmp_path: Path) -> None:
    heads = ["StartDate", "RecordedDate", "ResponseId", "Finished", "Q1"]
    rows = [heads, ["Start", "Recorded", "Response", "Finished", "Would you?"], ["", "2025-05-12 09:00", "R_1", 1, 9]]
    assert answers(read_files([book(tmp_path / "survey.xlsx", {"Sheet0": rows})])) == [("R_1", "Q1", 9.0, None)]


def test_a_declared_question_decides_whether_an_answer_is_a_number_or_words(tmp_path: Path) -> None:
    declared = "question_id,metric,question_text\nQ1,text,Would you?\n"
    found = read_files([EXPORTS / "qualtrics.csv", text_file(tmp_path / "questions.csv", declared)])
    assert ("R_2abc", "Q1", None, "3") in answers(found)


def test_surveymonkey_has_the_question_in_one_row_and_the_option_in_the_next() -> None:
    found = read("surveymonkey")
    recommend = "How likely is it that you would recommend us?"
    assert answers(found) == [
        ("11423456789", recommend, 9.0, None),
        ("11423456790", recommend, 6.0, None),
        (None, recommend, 4.0, None),
        ("11423456789", "What do you use us for?: Spare parts", None, "Spare parts"),
        ("11423456790", "What do you use us for?: Training", None, "Training"),
        ("11423456789", "What could be better?", None, "Nothing"),
    ]
    assert found.column("responses", "collected_at")[0] == datetime(2025, 5, 13, 21, 4, 11), "the month comes first"
    assert ("CX-26", "A5") in found.found


def test_a_question_is_known_by_its_wording(tmp_path: Path) -> None:
    declared = "question_id,metric,question_text\nnps,nps,How likely is it that you would recommend us?\n"
    found = read_files([EXPORTS / "surveymonkey.csv", text_file(tmp_path / "questions.csv", declared)])
    assert {question for _, question, number, _ in answers(found) if number} == {"nps"}


def test_zendesk_counts_minutes_and_calls_good_what_is_one() -> None:
    found = read("zendesk")
    assert found.column("tickets", "first_reply_at") == [datetime(2025, 3, 3, 9, 45), None]
    assert found.column("tickets", "first_reply_minutes") == [30.0, None]
    assert found.column("tickets", "transfers") == [2, 0], "three stations are two changes of hand"
    assert found.column("tickets", "csat") == [1.0, None]
    assert found.column("tickets", "account_id") == ["Forno Alverà"] * 2, "the other identifier is empty"
    assert found.column("tickets", "priority") == ["high", None]


def test_hubspot_spans_of_time_may_pass_a_day() -> None:
    found = read("hubspot")
    assert found.column("tickets", "first_reply_at") == [datetime(2025, 3, 4, 10, 20), datetime(2025, 3, 3, 9, 20)]
    assert found.column("tickets", "status") == ["closed", "pending"]


def test_hubspot_spans_that_excel_made_fractions_of_a_day_are_understood(tmp_path: Path) -> None:
    heads = [
        "Ticket ID",
        "Ticket name",
        "Create date",
        "Time to first agent email reply (HH:mm:ss)",
        "Associated Company",
    ]
    path = book(tmp_path / "hubspot.xlsx", {"Tickets export": [heads, [1, "x", "2025-03-03 08:00", 1.25, "C1"]]})
    assert read_files([path]).column("tickets", "first_reply_at") == [datetime(2025, 3, 4, 14)]


def test_salesforce_ends_with_totals_and_puts_the_day_first() -> None:
    found = read("salesforce")
    assert found.column("tickets", "ticket_id") == ["00001001", "00001002"]
    assert found.column("tickets", "closed_at") == [datetime(2025, 3, 14, 12), None]
    assert [finding.code for finding in found.findings] == ["CX-24"]


MAP = """
name: own
tool: Our survey
table: responses
recognised: [Nr, Wann]
columns:
  response_id: Nr
  collected_at: Wann
  account_id: {same: A1}
  channel: {heads: [Weg], values: {Brief: letter}}
answers:
  named: {Empfehlung: nps, Aufwand: ces}
  values: {sehr gut: 5, gut: 4}
"""
OWN = "Nr;Wann;Weg;Empfehlung;Aufwand;Rest\n1;31.12.2025;Brief;9;sehr gut;x\n2;01.01.2026;Fax;;gut;y\n"


def test_a_map_says_how_another_export_is_laid_out(tmp_path: Path) -> None:
    found = read_files([text_file(tmp_path / "own.csv", OWN)], maps=[text_file(tmp_path / "map.yaml", MAP)])
    assert answers(found) == [("1", "nps", 9.0, None), ("1", "ces", 5.0, None), ("2", "ces", 4.0, None)]
    assert found.column("responses", "channel") == ["letter", "letter", "Fax"]
    assert found.column("responses", "account_id") == ["A1"] * 3
    assert [finding.code for finding in found.findings] == ["CX-24", "CX-25"]
    assert "“Rest”" in found.findings[1].message


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("table: responses", "table: answers"), "unknown table 'answers'"),
        (("response_id: Nr", "respons_id: Nr"), "unknown column 'respons_id' of responses. Did you mean 'response_id'"),
        (("tool:", "toll:"), r"map.yaml:3: unknown key 'toll' .*Did you mean 'tool'"),
    ],
)
def test_a_wrong_map_is_refused_with_its_place(wrong: tuple[str, str], said: str, tmp_path: Path) -> None:
    path = text_file(tmp_path / "map.yaml", MAP.replace(*wrong))
    with pytest.raises(DefinitionError, match=said):
        read_files([text_file(tmp_path / "own.csv", OWN)], maps=[path])


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="the mapping cannot be read"):
        read_files([EXPORTS / "zendesk.csv"], maps=[tmp_path / "nowhere.yaml"])
