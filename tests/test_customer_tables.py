"""Customers' workbooks become typed tables: what each kind of cell means, what is said of cells that mean nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from customer_files import ACCOUNTS, STANDARD, read_book
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CX = STANDARD.cx


# ── what there is ──


@pytest.mark.parametrize("name", list(CX.tables))
def test_every_table_has_its_columns_and_types_although_nothing_was_given(name: str, tmp_path: Path) -> None:
    frame = read_book(tmp_path, {"Accounts": ACCOUNTS})[name]
    assert {column.name: column.dtype for column in CX.tables[name].columns} == {
        column: str(dtype) for column, dtype in frame.dtypes.items()
    }


def test_a_table_that_was_given_has_the_columns_that_were_not(tmp_path: Path) -> None:
    read = read_book(tmp_path, {"Accounts": ACCOUNTS})
    assert list(read["accounts"].columns) == [column.name for column in CX.tables["accounts"].columns]
    assert read.tables.tables["accounts"].has("status")
    assert not read.tables.tables["accounts"].has("country")
    assert read.found == []


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_sheets_and_headers_are_known_in_every_language(language: str, tmp_path: Path) -> None:
    table = CX.tables["tickets"]
    heads = [CX.labels_of(column)[language] for column in table.columns]
    filled = {"id": "T1", "reference": "A1", "category": "", "datetime": datetime(2025, 3, 1, 9, 30)}
    row = [filled.get(column.type, "") for column in table.columns]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, table.labels[language]: [heads, row]})
    assert read.column("tickets", "ticket_id") == ["T1"]
    assert read.column("tickets", "opened_at") == [datetime(2025, 3, 1, 9, 30)]
    assert read.found == []


def test_a_sheet_of_another_name_is_known_by_its_headers(tmp_path: Path) -> None:
    rows = [["order_id", "account_id", "ordered_at", "amount"], ["O1", "A1", date(2025, 1, 5), 120]]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Sheet2": rows, "Notes": [["hello"]]})
    assert read.column("orders", "amount") == [120.0]
    assert read.found == [("CX-01", "Notes")]


def test_titles_above_the_headers_and_empty_rows_between_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["Our accounts"],
        [],
        ["account_id", "status"],
        ["Account *", "Status *"],
        ["A1", "active"],
        [],
        ["A2", "Left"],
    ]
    read = read_book(tmp_path, {"Accounts": rows})
    assert read.column("accounts", "account_id") == ["A1", "A2"]
    assert read.column("accounts", "status") == ["active", "churned"]


def test_every_row_knows_its_place(tmp_path: Path) -> None:
    rows = [["title"], ["status", "account_id"], ["active", "A1"], [], ["active", "A2"]]
    place = read_book(tmp_path, {"Accounts": rows}).tables.tables["accounts"].place
    assert str(place(1, "account_id")) == "customers.xlsx Accounts!B5"
    assert place(0, "status").cell == "A3"
    assert place(1, "country").cell == "5:5", "a column that was not there has no cell"


def test_a_sheet_named_as_a_table_without_its_headers_is_an_error(tmp_path: Path) -> None:
    assert read_book(tmp_path, {"Tickets": [["a", "b"], [1, 2]]}).found == [("CX-17", "Tickets")]


def test_a_column_of_our_own_is_kept_and_said(tmp_path: Path) -> None:
    rows = [["account_id", "status", "Region"], ["A1", "active", "North"], ["A2", "active", None]]
    read = read_book(tmp_path, {"Accounts": rows})
    assert read.column("accounts", "Region") == ["North", None]
    assert read.found == [("CX-02", "Accounts!C1")]


def test_of_two_columns_for_one_the_one_with_its_own_name_is_read(tmp_path: Path) -> None:
    rows = [["Status", "account_id", "status"], ["prospect", "A1", "active"]]
    read = read_book(tmp_path, {"Accounts": rows})
    assert read.column("accounts", "status") == ["active"]
    assert read.found == [("CX-16", "Accounts!A1")]


def test_a_missing_column_that_is_needed_and_gaps_in_one_are_errors(tmp_path: Path) -> None:
    rows = [["account_id", "Name"], ["A1", "x"], [None, "y"]]
    assert read_book(tmp_path, {"Accounts": rows}).found == [("CX-04", "Accounts!A3"), ("CX-03", "Accounts")]


# ── what cells mean ──


def one_column(
    folder: Path, table: str, column: str, values: list[object]
) -> tuple[list[object], list[tuple[str, str]]]:
    """The values of one column beside what else the table needs."""
    definition = CX.tables[table]
    needed = {
        "id": "x{}", "reference": "A1", "date": date(2025, 1, 1), "datetime": date(2025, 1, 1), "money": 1, "text": "t",
        "list": "t", "period": "2025", "integer": 1, "number": 1,
    }  # fmt: skip
    others = [each for each in definition.columns if each.required and each.name != column]
    heads = [*(each.name for each in others), column]
    rows: list[list[object]] = []
    for number, value in enumerate(values):
        row: list[object] = []
        for each in others:
            known = CX.values_of(each)
            filled = known.values[0].name if known and known.values else needed.get(each.type)
            row.append(filled.format(number) if isinstance(filled, str) else filled)
        rows.append([*row, value])
    read = read_book(folder, {"Accounts": ACCOUNTS, definition.sheet: [heads, *rows]} if table != "accounts" else {
        definition.sheet: [heads, *rows]
    })  # fmt: skip
    letter = chr(ord("A") + len(others))
    found = [
        (code, place.rpartition("!")[2]) for code, place in read.found if place.rpartition("!")[2].startswith(letter)
    ]
    return read.column(table, column), found


def test_values_of_a_list_are_known_in_every_language_and_by_other_words(tmp_path: Path) -> None:
    values = ["referral", "Raccomandazione", "EMPFEHLUNG", "Recommandation", "word-of-mouth", " Sales "]
    found, problems = one_column(tmp_path, "accounts", "acquisition_channel", values)
    assert found == ["referral"] * 5 + ["sales"]
    assert problems == []


def test_what_is_not_in_a_closed_list_is_missing_and_an_error(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "accounts", "churn_reason", ["price", "bad weather", "Preis"])
    assert found == ["price", None, "price"]
    assert problems == [("CX-10", "C3")]


def test_what_is_not_in_an_open_list_is_kept_as_written(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "tickets", "channel", ["E-mail", "Telegram", "telefono"])
    assert found == ["email", "Telegram", "phone"]
    assert problems == []


def test_a_closed_list_has_all_its_values_as_categories_in_order(tmp_path: Path) -> None:
    frame = read_book(tmp_path, {"Accounts": ACCOUNTS})["accounts"]
    assert list(frame["status"].cat.categories) == ["active", "churned", "prospect"]


def test_minus_two_is_not_two(tmp_path: Path) -> None:
    found, _ = one_column(tmp_path, "journey", "emotion", ["-2", "2", 0, "−1", "Sehr positiv"])
    assert found == ["very_negative", "very_positive", "neutral", "negative", "very_positive"]


def test_yes_and_no_may_be_written_as_people_write_them(tmp_path: Path) -> None:
    values = [True, "no", "Sì", "ja", "Oui", "x", "falso", 1, 0, "perhaps", 2]
    found, problems = one_column(tmp_path, "accounts", "in_loyalty_programme", values)
    assert found == [True, False, True, True, True, True, False, True, False, None, None]
    assert problems == [("CX-11", "C11")]


def test_numbers_typed_as_text_are_read_by_the_habit_of_their_sheet(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "orders", "amount", ["1.234,5", "1.234", "12,5", "1 234", "-3", 7.25])
    assert found == [1234.5, 1234.0, 12.5, 1234.0, -3.0, 7.25]
    assert problems == []


def test_a_number_with_two_readings_is_asked_about_not_guessed(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "orders", "amount", ["1.234", 5])
    assert found == [None, 5.0]
    assert problems == [("CX-06", "D2")]


def test_what_is_no_number_is_an_error_with_its_cell(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "orders", "amount", [1, "five", date(2025, 1, 1), True, "5 t"])
    assert found == [1.0, None, None, None, None]
    assert problems == [("CX-05", "D3"), ("CX-05", "D4")]


def test_a_percentage_is_a_fraction_however_it_is_written(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "accounts", "gross_margin", [0.25, "25 %", "12,5%", 25])
    assert found == [0.25, 0.25, 0.125, None]
    assert problems == [("CX-07", "C5")]


def test_a_percentage_where_no_fraction_is_wanted_stays_as_it_reads(tmp_path: Path) -> None:
    assert one_column(tmp_path, "questions", "target", ["80 %", 40])[0] == [80.0, 40.0]


def test_whole_numbers_are_whole_and_within_their_limits(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "contacts", "org_level", [1, 2.5, 6, "3"])
    assert found == [1, None, None, 3]
    assert problems == [("CX-21", "C3"), ("CX-07", "C4")]


def test_days_are_read_as_written_when_the_column_tells_the_order(tmp_path: Path) -> None:
    values = ["31/12/2024", "03/04/2025", "2025-04-03", date(2025, 4, 3), "3.4.25"]
    found, problems = one_column(tmp_path, "orders", "ordered_at", values)
    third = datetime(2025, 4, 3)
    assert found == [datetime(2024, 12, 31), third, third, third, third]
    assert problems == []


def test_american_days_are_read_when_the_column_tells_so(tmp_path: Path) -> None:
    found, _ = one_column(tmp_path, "tickets", "opened_at", ["12/31/2024 11:05 PM", "03/04/2025 9:00 am"])
    assert found == [datetime(2024, 12, 31, 23, 5), datetime(2025, 3, 4, 9)]


def test_a_day_that_may_be_two_is_asked_about(tmp_path: Path) -> None:
    found, problems = one_column(tmp_path, "orders", "ordered_at", ["03/04/2025", "05/05/2025"])
    assert found == [None, datetime(2025, 5, 5)]
    assert problems == [("CX-09", "D2")]


def test_what_is_no_day_is_an_error(tmp_path: Path) -> None:
    found, problems = one_column(
        tmp_path, "orders", "ordered_at", ["31/02/2025", "soon", 45000, "2025-13-01", "20250101"]
    )
    assert found == [None] * 5
    assert {code for code, _ in problems} == {"CX-08"}


def test_a_column_of_one_time_zone_shows_the_clock_a_mixed_one_the_time_in_utc(tmp_path: Path) -> None:
    same = one_column(tmp_path, "tickets", "opened_at", ["2025-01-05T10:00:00+01:00", "2025-01-06T10:00:00+01:00"])
    assert same[0] == [datetime(2025, 1, 5, 10), datetime(2025, 1, 6, 10)]
    mixed = one_column(tmp_path, "tickets", "opened_at", ["2025-01-05T10:00:00+01:00", "2025-07-06T10:00:00+02:00"])
    assert mixed[0] == [datetime(2025, 1, 5, 9), datetime(2025, 7, 6, 8)]


def test_times_of_several_zones_are_said(tmp_path: Path) -> None:
    _, problems = one_column(tmp_path, "tickets", "opened_at", ["2025-01-05 10:00", "2025-07-06T10:00:00Z"])
    assert problems == [("CX-27", "C3")]


def test_periods_are_years_quarters_or_months(tmp_path: Path) -> None:
    values = [2025, "2025-q1", "Q3 2025", "2025-3", "04/2025", date(2025, 5, 31), "2025-13", "spring"]
    found, problems = one_column(tmp_path, "revenue", "period", values)
    assert found == ["2025", "2025-Q1", "2025-Q3", "2025-03", "2025-04", "2025-05", None, None]
    assert problems == [("CX-18", "C8")]


def test_identifiers_stay_as_they_are_and_numbers_lose_no_digit(tmp_path: Path) -> None:
    rows = [["account_id", "status"], ["00184", "active"], [184, "active"], [11423456789012, "active"]]
    read = read_book(tmp_path, {"Accounts": rows})
    assert read.column("accounts", "account_id") == ["00184", "184", "11423456789012"]


def test_an_identifier_that_a_spreadsheet_has_rounded_is_lost_and_said(tmp_path: Path) -> None:
    rows = [["account_id", "status"], ["1.14E+10", "active"], ["A2", "active"]]
    read = read_book(tmp_path, {"Accounts": rows})
    assert read.column("accounts", "account_id") == [None, "A2"]
    assert read.found == [("CX-26", "Accounts!A2")]


def test_excel_errors_and_formulas_without_a_result_are_errors(tmp_path: Path) -> None:
    rows = [["account_id", "status", "annual_revenue"], ["A1", "active", ("=1/0", None, "#DIV/0!")]]
    assert read_book(tmp_path, {"Accounts": rows}).found == [("CX-14", "Accounts!C2")]


def test_lists_in_a_cell_are_parted_by_semicolons(tmp_path: Path) -> None:
    found, _ = one_column(tmp_path, "touchpoints", "roles", ["decider;user ; ", "buyer"])
    assert found == ["decider; user", "buyer"]


# ── what rows say of each other ──


def test_of_rows_with_the_same_key_the_first_is_kept(tmp_path: Path) -> None:
    rows = [["account_id", "status"], ["A1", "active"], ["A1", "churned"], ["A2", "active"]]
    read = read_book(tmp_path, {"Accounts": rows})
    assert read.column("accounts", "status") == ["active", "active"]
    assert read.found == [("CX-12", "Accounts!A3")]
    assert read.tables.tables["accounts"].place(1, "account_id").cell == "A4"


RESPONSES = ["response_id", "collected_at", "account_id", "question_id", "value_number"]
DAY = date(2025, 5, 1)
QUESTIONS = [
    ["question_id", "metric", "question_text", "scale_min", "scale_max"],
    ["q1", "nps", "Would you recommend us?", 0, 10],
    ["why", "text", "Why?", None, None],
]


def test_of_two_answers_of_one_response_to_a_question_the_last_counts(tmp_path: Path) -> None:
    rows = [RESPONSES, ["r1", DAY, "A1", "q1", 3], ["r1", DAY, "A1", "q1", 9], ["r2", DAY, "A1", "q1", 5]]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Questions": QUESTIONS, "Responses": rows})
    assert read.column("responses", "value_number") == [9.0, 5.0]
    assert read.found == [("CX-22", "Responses!A2")]


def test_of_two_answers_of_a_person_to_a_question_in_a_wave_the_last_counts(tmp_path: Path) -> None:
    rows = [
        [*RESPONSES, "contact_id", "wave"],
        ["r2", date(2025, 5, 9), "A1", "q1", 9, "P1", "W1"],
        ["r1", date(2025, 5, 2), "A1", "q1", 3, "P1", "W1"],
        ["r3", date(2025, 5, 2), "A1", "q1", 4, "P1", "W2"],
        ["r4", date(2025, 5, 2), "A1", "q1", 5, None, "W1"],
        ["r5", date(2025, 5, 2), "A1", "q1", 6, None, "W1"],
    ]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Questions": QUESTIONS, "Responses": rows})
    assert read.column("responses", "response_id") == ["r2", "r3", "r4", "r5"]
    assert read.found == [("CX-28", "Responses!F3")]


def test_a_customer_that_is_named_where_its_code_belongs_is_found_by_its_exact_name(tmp_path: Path) -> None:
    accounts = [["account_id", "status", "account_name"]]
    accounts += [["A1", "active", "Forno Alverà"], ["A2", "active", "Twin"], ["A3", "active", "Twin"]]
    rows = [
        ["ticket_id", "account_id", "opened_at"],
        ["T1", "forno alverà", DAY],
        ["T2", "A2", DAY],
        ["T3", "Twin", DAY],
    ]
    read = read_book(tmp_path, {"Accounts": accounts, "Tickets": rows})
    assert read.column("tickets", "account_id") == ["A1", "A2", "Twin"]
    assert read.found == [("CX-29", "Tickets!B2"), ("CX-13", "Tickets!B4")], "of two of a name none is guessed"


def test_a_code_that_the_other_table_does_not_have_is_said(tmp_path: Path) -> None:
    rows = [RESPONSES, ["r1", DAY, "A9", "q1", 3], ["r2", DAY, None, "q7", 3]]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Questions": QUESTIONS, "Responses": rows})
    assert read.found == [("CX-13", "Responses!C2"), ("CX-13", "Responses!D3")]


def test_a_code_is_not_held_against_a_table_nobody_gave(tmp_path: Path) -> None:
    assert read_book(tmp_path, {"Responses": [RESPONSES, ["r1", DAY, "A9", "q1", 3]]}).found == []


def test_an_answer_outside_the_scale_of_its_question_is_no_answer(tmp_path: Path) -> None:
    rows = [RESPONSES, ["r1", DAY, "A1", "q1", 11], ["r2", DAY, "A1", "q1", 10], ["r3", DAY, "A1", "q1", -1]]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Questions": QUESTIONS, "Responses": rows})
    assert read.column("responses", "value_number") == [None, 10.0, None]
    assert read.found == [("CX-23", "Responses!E2")]


def test_what_ends_before_it_begins_is_an_error(tmp_path: Path) -> None:
    rows = [["contract_id", "account_id", "start", "end", "annual_value"], ["K1", "A1", DAY, date(2024, 5, 1), 10]]
    assert read_book(tmp_path, {"Accounts": ACCOUNTS, "Contracts": rows}).found == [("CX-20", "Contracts!C2")]


def test_responses_may_have_a_column_for_each_question(tmp_path: Path) -> None:
    rows = [
        ["response_id", "collected_at", "account_id", "Q1", "Why?"],
        ["r1", DAY, "A1", 9, "fast"],
        ["r2", DAY, "A2", None, None],
        ["r3", DAY, "A2", "ten", "slow"],
    ]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Questions": QUESTIONS, "Responses": rows})
    frame = read["responses"][["response_id", "question_id", "value_number", "value_text"]]
    assert frame.astype(object).where(frame.notna(), None).to_numpy().tolist() == [
        ["r1", "q1", 9.0, None],
        ["r3", "q1", None, None],
        ["r1", "why", None, "fast"],
        ["r3", "why", None, "slow"],
    ]
    assert read.found == [("CX-05", "Responses!D4")]
    assert read.tables.tables["responses"].place(3, "value_text").cell == "E4"


# ── settings ──


def test_settings_are_read_by_name_or_label_and_typed(tmp_path: Path) -> None:
    rows = [
        ["", "Setting", "Value"],
        ["currency", "Currency", "EUR"],
        ["Zeitraum von", date(2025, 1, 1)],
        ["confidence", "90 %"],
        ["digital_or_iot", "Products or processes digital", "sì"],
        ["business_setting", "", None],
    ]
    tables = read_book(tmp_path, {"Accounts": ACCOUNTS, "Impostazioni": rows}).tables
    assert tables.settings == {
        "currency": "EUR",
        "reporting_period_start": date(2025, 1, 1),
        "confidence": 0.9,
        "digital_or_iot": True,
    }


def test_a_setting_that_is_not_entered_holds_by_its_default_and_can_be_told(tmp_path: Path) -> None:
    tables = read_book(tmp_path, {"Accounts": ACCOUNTS}).tables
    assert tables.settings == {}
    assert tables.number("min_n_show") == 5
    assert tables.text("currency") == ""
    assert tables.day("reporting_period_end") is None
    assert tables.flag("digital_or_iot") is None


# ── privacy and strange input ──

SECRET = "Zyxwvut"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(["text", "number", "day"]), min_size=19, max_size=19))
def test_no_finding_quotes_what_a_cell_holds(kinds: list[str], tmp_path: Path) -> None:
    """Whatever stands in the wrong column may be a name or a comment."""
    table = CX.tables["responses"]
    values = {"text": f"{SECRET} 1.234", "number": 987654.25, "day": date(2019, 9, 19)}
    heads = [column.name for column in table.columns]
    rows = [heads, [values[kind] for kind in kinds], [values[kind] for kind in kinds]]
    read = read_book(tmp_path, {"Accounts": ACCOUNTS, "Questions": QUESTIONS, "Responses": rows})
    said = " ".join(str(finding) for finding in read.findings)
    assert SECRET not in said
    assert "987654" not in said
    assert "2019" not in said


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.floats(-1e9, 1e9), st.booleans()), max_size=6))
)
def test_any_cells_below_the_headers_give_a_table_or_findings_never_a_crash(
    rows: list[list[object]], tmp_path: Path
) -> None:
    heads = ["account_id", "status", "customer_since", "annual_revenue", "decision_makers", "in_loyalty_programme"]
    read = read_book(tmp_path, {"Accounts": [heads, *rows]})
    assert set(read["accounts"]["status"].dropna()) <= {"active", "churned", "prospect"}
