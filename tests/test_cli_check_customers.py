"""`check` on customers' data, alone or beside a workbook on sustainability: what is found, where, in each form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from customer_tables import QUESTIONS, responses

from esgreport.cli import main
from esgreport.read import read_workbook
from esgreport.render.patch import Change, patch

FOUND = [("CX-08", "Tickets!D5"), ("CX-51", "Questions!E5")]


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples of both workbooks; in that of customers a day is none and the scale of NPS is not declared."""
    folder = tmp_path_factory.mktemp("made")
    run("init", folder / "esg.xlsx", "--sample")
    run("init", folder / "cx.xlsx", "--cx", "--sample")
    wrong = {"Tickets": [Change(5, 4, "soon")], "Questions": [Change(5, 5, "")]}
    (folder / "wrong.xlsx").write_bytes(patch((folder / "cx.xlsx").read_bytes(), wrong).content)
    return folder


@pytest.fixture
def files(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "files"))


def places(result: Result) -> list[tuple[str, str]]:
    found = json.loads(result.stdout)["findings"]
    return [(each["code"], f"{each['source']['sheet']}!{each['source']['cell']}") for each in found]


def test_customers_alone_are_checked_by_cell(files: Path) -> None:
    result = run("check", files / "wrong.xlsx", "--format", "json")
    assert places(result) == FOUND
    assert result.exit_code == 1
    assert json.loads(result.stdout)["summary"]["per_disclosure"]["CX"]["error"] == 2


def test_beside_a_workbook_on_sustainability_the_findings_of_both_are_told(files: Path) -> None:
    alone = places(run("check", files / "esg.xlsx", "--format", "json"))
    assert places(run("check", files / "wrong.xlsx", files / "esg.xlsx", "--format", "json")) == [*alone, *FOUND]


@pytest.mark.parametrize(("language", "heading"), [("en", "CX Customers"), ("it", "CX Clienti"), ("de", "CX Kunden")])
def test_the_list_has_them_under_a_heading_of_their_own(files: Path, language: str, heading: str) -> None:
    result = run("check", files / "wrong.xlsx", "--lang", language)
    assert result.stdout.startswith(f"{heading} · 2 ")
    assert "wrong.xlsx Tickets!D5: error CX-08" in result.stdout
    assert "soon" not in result.output


def test_the_samples_have_nothing_to_correct(files: Path) -> None:
    result = run("check", files / "cx.xlsx", "--strict")
    assert (result.exit_code, result.stdout) == (0, "Nothing was found that would have to be corrected.\n")
    assert result.stderr == ""


def test_the_page_names_company_period_and_cell_and_no_edition_of_a_standard(files: Path) -> None:
    assert run("check", files / "wrong.xlsx", "--format", "html").exit_code == 1
    page = (files / "wrong.findings.html").read_text(encoding="utf-8")
    for words in ("Officine Quattroponti", "1 January 2025 – 31 December 2025", "Tickets!D5", "Questions!E5"):
        assert words in page
    assert "Edition" not in page and str(files) not in page


def test_a_page_without_a_period_says_none(tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text(QUESTIONS.replace("ease_high", ""), encoding="utf-8")
    (tmp_path / "responses.csv").write_text(responses([7] * 12, "ces"), encoding="utf-8")
    result = run("check", tmp_path / "questions.csv", tmp_path / "responses.csv", "--format", "html")
    page = (tmp_path / "questions.findings.html").read_text(encoding="utf-8")
    assert result.exit_code == 1
    assert "CX-53" in page and "Reporting period" not in page


def test_a_marked_copy_has_them_at_their_cells(files: Path) -> None:
    assert run("check", files / "wrong.xlsx", files / "esg.xlsx", "--format", "xlsx").exit_code == 1
    copy = read_workbook(files / "wrong.checked.xlsx", "copy")
    assert copy.sheet_names[-1] == "Findings"
    listed = [copy.cell("Findings", row, column).value for row in (2, 3) for column in range(1, 9)]
    assert {"CX-08", "CX-51"} <= set(listed)
    assert (files / "esg.checked.xlsx").is_file()


def test_a_table_in_text_has_no_cells_to_mark(tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text(QUESTIONS, encoding="utf-8")
    result = run("check", tmp_path / "questions.csv", "--format", "xlsx")
    assert result.exit_code == 2
    assert "questions.csv" in result.output and "html" in result.output
    assert not list(tmp_path.glob("*.checked*"))


def test_what_measuring_finds_is_found_by_checking(files: Path) -> None:
    measured = run("cx", files / "wrong.xlsx").stderr
    checked = run("check", files / "wrong.xlsx").stdout
    assert [line.strip() for line in measured.splitlines()] == [
        line.strip() for line in checked.splitlines() if "CX-" in line
    ]
