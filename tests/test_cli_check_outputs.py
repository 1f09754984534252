"""`check` as a page and as a marked copy of the workbook: what is written, where, and what never is."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from esgreport.cli import main
from esgreport.definitions import load
from esgreport.facts.names import bind_names
from esgreport.read import read_workbook
from esgreport.render.patch import Change, patch


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's workbook with an energy total its parts exceed."""
    path = tmp_path_factory.mktemp("made") / "sample.xlsx"
    assert run("init", path, "--sample").exit_code == 0
    read = read_workbook(path, path.name)
    place = next(each.area for each in bind_names(read, load()).values if each.name == "TotalEnergyConsumption")
    change = Change(place.top, place.left, Decimal(1))
    path.write_bytes(patch(path.read_bytes(), {place.sheet: [change]}).content)
    return path


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return shutil.copy(made, tmp_path / "book.xlsx")


def test_a_value_written_by_patching_is_what_is_checked(book: Path) -> None:
    found = json.loads(run("check", book, "--format", "json").stdout)["findings"]
    assert "VSME-B3-03" in {finding["code"] for finding in found}


def test_html_is_written_beside_the_workbook(book: Path) -> None:
    result = run("check", book, "--format", "html")
    page = book.with_name("book.findings.html")
    assert result.exit_code == 1
    assert f"Written: {page}" in result.stderr and result.stdout == ""
    text = page.read_text(encoding="utf-8")
    assert "VSME-B3-03" in text
    assert str(book.parent) not in text


def test_xlsx_is_a_copy_with_the_findings_and_the_workbook_stays(book: Path) -> None:
    before = book.read_bytes()
    result = run("check", book, "--format", "xlsx", "--lang", "de")
    copy = book.with_name("book.checked.xlsx")
    assert result.exit_code == 1
    assert f"Written: {copy}" in result.stderr
    assert book.read_bytes() == before
    opened = read_workbook(copy, "copy")
    assert opened.sheet_names[-1] == "Feststellungen"
    assert opened.cell("Feststellungen", 2, 1).value == "Fehler"
    assert run("facts", copy, "--format", "csv").stdout.replace(str(copy), "") == run(
        "facts", book, "--format", "csv"
    ).stdout.replace(str(book), "")


def test_a_macro_workbook_gives_a_macro_workbook(book: Path) -> None:
    book.rename(book.with_suffix(".xlsm"))
    assert run("check", book.with_suffix(".xlsm"), "--format", "xlsx").exit_code == 1
    assert book.with_name("book.checked.xlsm").is_file()


@pytest.mark.parametrize(("form", "name"), [("html", "other.html"), ("xlsx", "other.xlsx")])
def test_another_name_may_be_given(book: Path, form: str, name: str) -> None:
    target = book.parent / "deeper" / name
    run("check", book, "--format", form, "-o", target)
    assert target.is_file()
    assert sorted(path.name for path in book.parent.iterdir()) == ["book.xlsx", "deeper"]


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_the_workbook_is_never_overwritten(book: Path, form: str) -> None:
    before = book.read_bytes()
    result = run("check", book, "--format", form, "-o", book.parent / "." / book.name)
    assert result.exit_code == 2
    assert "never overwritten" in result.output
    assert book.read_bytes() == before


def test_a_link_to_the_workbook_is_the_workbook(book: Path) -> None:
    link = book.with_name("link.xlsx")
    link.symlink_to(book)
    assert "never overwritten" in run("check", book, "--format", "xlsx", "-o", link).output


def test_a_facts_file_has_no_cells_to_mark(book: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(run("facts", book, "--format", "json").stdout, encoding="utf-8")
    result = run("check", facts, "--format", "xlsx", "-o", tmp_path / "x.xlsx")
    assert result.exit_code == 2
    assert "is a facts file" in result.output and "Use html" in result.output
    assert run("check", facts, "--format", "html").exit_code == 1
    assert (tmp_path / "facts.findings.html").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "json", "-o", "x.json"), "--output is for --format html and xlsx"),
        (("--format", "xlsx", "-o", "x.ods"), "ends as its name does"),
    ],
)
def test_an_output_that_makes_no_sense_is_wrong_usage(book: Path, words: tuple[str, ...], message: str) -> None:
    result = run("check", book, *words)
    assert result.exit_code == 2
    assert message in result.output


def test_a_clean_workbook_gives_a_copy_too_and_no_error(tmp_path: Path) -> None:
    path = tmp_path / "clean.xlsx"
    run("init", path, "--sample")
    result = run("check", path, "--format", "xlsx")
    assert result.exit_code == 0
    assert (tmp_path / "clean.checked.xlsx").is_file()


def test_build_writes_the_page_of_findings_beside_the_report(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    result = run("build", book, "-o", folder, "--draft", "--formats", "html", "-q")
    assert result.exit_code == 0, result.output
    assert "VSME-B3-03" in (folder / "findings.html").read_text(encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {output["file"] for output in manifest["outputs"]} == {"report.html", "findings.html"}
