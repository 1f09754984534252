"""Which file is which on the command line: sustainability figures and customers' data make one report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from esgreport import definitions, read
from esgreport.cli import main


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    run(folder, "init", "esg.xlsx", "--sample")
    run(folder, "init", "cx.xlsx", "--cx", "--sample")
    return folder


def run(folder: Path, command: str, *words: str, expected: int = 0) -> str:
    given = [str(folder / word) if word.endswith((".xlsx", ".json", ".csv")) else word for word in words]
    result = CliRunner().invoke(main, [command, *given])
    assert result.exit_code == expected, result.output
    return result.output


def test_a_workbook_with_concepts_in_its_names_holds_no_customers_and_that_of_customers_does(files: Path) -> None:
    found = definitions.load()
    assert not read.holds_customers(files / "esg.xlsx", "esg.xlsx", found)
    assert read.holds_customers(files / "cx.xlsx", "cx.xlsx", found)


def test_a_facts_file_and_customers_workbook_in_any_order_make_a_report_with_the_chapter(files: Path) -> None:
    facts = CliRunner().invoke(main, ["facts", str(files / "esg.xlsx"), "--format", "json"]).stdout
    (files / "facts.json").write_text(facts, encoding="utf-8")
    target = files / "report"
    run(files, "build", "cx.xlsx", "facts.json", "-o", str(target), "--formats", "html")
    page = (target / "report.html").read_text(encoding="utf-8")
    assert 'id="part-customers"' in page and 'id="methods-customers"' in page
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert "cx.xlsx" in [each["file"] for each in manifest["inputs"]]
    assert str(files) not in page


def test_customers_alone_make_no_report_and_the_message_says_what_does(files: Path) -> None:
    said = run(files, "build", "cx.xlsx", "-o", str(files / "nothing"), expected=2)
    assert "No file has sustainability figures" in said and "esgreport cx" in said
    assert not (files / "nothing").exists()


def test_a_table_of_customers_in_text_is_recognised(files: Path) -> None:
    path = files / "accounts.csv"
    path.write_text("account_id,account_name\nC1,One\n", encoding="utf-8")
    assert read.holds_customers(path, "accounts.csv", definitions.load())
