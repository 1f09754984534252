"""`esgreport map` proposes how an unknown export could be read: what it is sure of, and what it leaves to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from customer_files import STANDARD, book, read_files, text_file

from esgreport import read
from esgreport.cli import main
from esgreport.mapping import Proposal

SURVEY = """Nr.;Datum der Antwort;Kundennummer;E-Mail;Kanal;Würden Sie uns weiterempfehlen?;Warum?;Filiale
1;31.12.2025;C007;a@x.de;E-Mail;9;Schnell und freundlich gewesen, danke;Nord
2;30.12.2025;C008;b@x.de;Fax;6;Zu lange auf das Teil gewartet, schade;Süd
3;29.12.2025;C009;c@x.de;Fax;10;Alles bestens wie immer, weiter so;Süd
"""


def proposed(path: Path) -> Proposal:
    (found,) = read.propose_mapping(path, path.name, STANDARD)
    return found


@pytest.mark.parametrize(
    ("heads", "row", "found"),
    [
        (
            "Kundennummer;Firma;Status;Umsatz",
            "C1;Müller;aktiv;12,5",
            "accounts: account_id account_name status annual_revenue",
        ),
        (
            "Numero ordine,Codice cliente,Data ordine,Importo",
            "1,C1,2025-03-31,12.5",
            "orders: order_id account_id ordered_at amount",
        ),
        (
            "Numéro de contrat;Code client;Date de début;Date de fin;Valeur annuelle",
            "K1;C1;31/12/2024;30/12/2025;1200",
            "contracts: contract_id account_id start end annual_value",
        ),
        (
            "Ticket number,Customer no,Created,Closed on,Category",
            "1,C1,2025-03-01,2025-03-02,Belt",
            "tickets: ticket_id account_id opened_at closed_at reason",
        ),
    ],
)
def test_heads_are_understood_in_four_languages(heads: str, row: str, found: str, tmp_path: Path) -> None:
    proposal = proposed(text_file(tmp_path / "export.csv", f"{heads}\n{row}\n"))
    assert f"{proposal.table}: {' '.join(column.column for column in proposal.columns)}" == found
    assert min(column.confidence for column in proposal.columns) > 0.7
    assert proposal.missing == ()


def test_answers_are_told_from_other_columns_and_their_scale_is_left_to_a_person(tmp_path: Path) -> None:
    proposal = proposed(text_file(tmp_path / "umfrage.csv", SURVEY))
    assert proposal.table == "responses"
    assert [(answer.code, answer.lowest, answer.highest) for answer in proposal.answers] == [
        ("wurden_sie_uns_weiterempfehlen", 6.0, 10.0),
        ("warum", None, None),
    ]
    assert proposal.left_out == ("Filiale",)


def test_values_that_do_not_fit_make_a_name_less_sure(tmp_path: Path) -> None:
    right = proposed(text_file(tmp_path / "a.csv", "order_id,account_id,ordered_at,amount\nO1,A1,2025-01-01,5\n"))
    wrong = proposed(text_file(tmp_path / "b.csv", "order_id,account_id,ordered_at,amount\nO1,A1,soon,five\n"))
    assert [column.confidence for column in right.columns] == [0.99] * 4
    assert "ordered_at" not in [column.column for column in wrong.columns]


def test_words_no_list_has_are_shown_with_the_value_they_are_most_like(tmp_path: Path) -> None:
    text = "account_id,status,customer_since\nA1,activ,03/04/2025\nA2,gone,05/06/2025\n"
    proposal = proposed(text_file(tmp_path / "x.csv", text))
    by_name = {column.column: column for column in proposal.columns}
    assert by_name["status"].values == (("activ", "active"), ("gone", ""))
    assert by_name["customer_since"].doubts == ("dates",)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    proposal = proposed(text_file(tmp_path / "x.csv", "order_id,ordered_at,amount\nO1,2025-01-01,5\n"))
    assert proposal.missing == ("account_id",)


def test_a_file_like_nothing_gives_no_proposal(tmp_path: Path) -> None:
    assert read.propose_mapping(text_file(tmp_path / "x.csv", "foo,bar\n1,2\n"), "x.csv", STANDARD) == ()


def test_every_sheet_of_a_workbook_gets_a_proposal_of_its_own(tmp_path: Path) -> None:
    orders = [["Ordine n.", "Cliente", "Data ordine", "Importo"], ["1", "C1", "31/12/2025", 5]]
    clients = [["Codice cliente", "Ragione sociale", "Situazione"], ["C1", "Rossi", "Attivo"]]
    path = book(tmp_path / "gestionale.xlsx", {"Foglio1": orders, "Foglio2": clients, "Note": [["x"]]})
    found = read.propose_mapping(path, "gestionale.xlsx", STANDARD)
    assert [(each.sheet, each.table) for each in found] == [("Foglio1", "orders"), ("Foglio2", "accounts")]


def test_the_proposed_mapping_can_be_used_as_it_is(tmp_path: Path) -> None:
    survey, mapping = text_file(tmp_path / "umfrage.csv", SURVEY), tmp_path / "mapping.yaml"
    result = CliRunner().invoke(main, ["map", str(survey), "-o", str(mapping), "--lang", "de"])
    assert result.exit_code == 0, result.output
    assert "99%" in result.stderr
    assert "Skala der Frage angeben" in result.stderr
    found = read_files([survey], maps=[mapping])
    assert found.column("responses", "value_number")[:3] == [9.0, 6.0, 10.0]
    assert found.column("responses", "account_id")[:3] == ["C007", "C008", "C009"]
    assert found.column("responses", "channel")[:3] == ["email", "Fax", "Fax"]


def test_the_mapping_goes_to_standard_output_and_a_file_there_is_kept(tmp_path: Path) -> None:
    survey, mapping = text_file(tmp_path / "umfrage.csv", SURVEY), text_file(tmp_path / "mapping.yaml", "mine")
    shown = CliRunner().invoke(main, ["map", str(survey)])
    assert shown.stdout.startswith("# ")
    assert "table: responses" in shown.stdout
    refused = CliRunner().invoke(main, ["map", str(survey), "-o", str(mapping)])
    assert refused.exit_code == 2
    assert mapping.read_text() == "mine"


def test_a_known_export_needs_no_mapping_and_a_strange_file_is_said_to_be_one(tmp_path: Path) -> None:
    known = CliRunner().invoke(main, ["map", str(Path(__file__).parent / "exports" / "zendesk.csv")])
    assert (known.exit_code, known.stdout) == (0, "")
    assert "an export of Zendesk" in known.stderr
    strange = CliRunner().invoke(main, ["map", str(text_file(tmp_path / "x.csv", "foo,bar\n1,2\n"))])
    assert (strange.exit_code, strange.stdout) == (1, "")
    assert "nothing in it is like a table of ours" in strange.stderr


def test_strange_heads_make_a_mapping_that_is_still_yaml(tmp_path: Path) -> None:
    heads = ["order_id", '"a: b # c"', "account_id", "ordered_at", "amount", "'{x}'", '"- [y]"', '"say ""hi"""']
    text = ",".join(heads) + "\nO1,x,A1,2025-01-01,5,y,z,w\n"
    path, mapping = text_file(tmp_path / "x.csv", text), tmp_path / "m.yaml"
    assert CliRunner().invoke(main, ["map", str(path), "-o", str(mapping)]).exit_code == 0
    assert len(read_files([path], maps=[mapping])["orders"]) == 1


def test_init_cx_writes_the_workbook_and_keeps_one_there(tmp_path: Path) -> None:
    path = tmp_path / "customers.xlsx"
    result = CliRunner().invoke(main, ["init", "--cx", "--sample", "--lang", "fr", str(path)])
    assert result.exit_code == 0, result.output
    assert len(read_files([path])["accounts"]) == 60
    assert CliRunner().invoke(main, ["init", "--cx", str(path)]).exit_code == 2
