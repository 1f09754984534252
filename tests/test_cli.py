"""The commands as a user meets them: what they print, write and refuse, and the code they exit with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from esgreport.cli import main
from esgreport.read import read_workbook


def run(*words: object) -> Result:
    """A command run to its end; a crash of ours is the test's failure, not an exit code."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the sample company."""
    path = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    assert run("init", path, "--sample").exit_code == 0
    return path


@pytest.fixture
def flawed(sample: Path, tmp_path: Path) -> Path:
    """The sample's facts with an energy total that its parts exceed."""
    document = json.loads(run("facts", sample, "--format", "json").stdout)
    for fact in document["facts"]:
        if fact["concept"] == "TotalEnergyConsumption":
            fact["value"] = "1"
    path = tmp_path / "flawed.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


# ── help and usage ───────────────────────────────────────────────────────────────────────────────────────────


def test_help_names_every_command_and_every_exit_code() -> None:
    text = run("--help").output
    assert all(command in text for command in ("init", "facts", "check", "build"))
    assert all(f"\n  {code}  " in text or f"\n    {code}  " in text for code in range(7))


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones(sample: Path) -> None:
    result = run("build", sample, "--formats", "html,docx")
    assert result.exit_code == 2
    assert "docx" in result.output
    assert "pdf" in result.output


# ── init ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_init_writes_a_workbook_that_opens(tmp_path: Path, language: str) -> None:
    path = tmp_path / "book.xlsx"
    assert run("init", path, "--lang", language).exit_code == 0
    assert "TotalEnergyConsumption" in {name.name for name in read_workbook(path, "book.xlsx").names}


def test_init_does_not_overwrite_a_file_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_text("mine")
    result = run("init", path)
    assert (result.exit_code, path.read_text()) == (2, "mine")
    assert "--force" in result.output
    assert run("init", path, "--force").exit_code == 0
    assert path.read_bytes()[:2] == b"PK"


# ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_facts_as_json_are_one_document_on_standard_output(sample: Path) -> None:
    result = run("facts", sample, "--format", "json")
    document = json.loads(result.stdout)
    assert document["cells_filled"] == len(document["facts"]) + len(document["dropped"])
    fact = next(fact for fact in document["facts"] if fact["concept"] == "TotalEnergyConsumption")
    assert {"concept", "value", "unit", "decimals", "dimensions", "period", "source", "footnotes"} == set(fact)
    assert fact["source"]["file"] == str(sample)


def test_a_facts_file_is_taken_in_place_of_a_workbook(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(run("facts", sample, "--format", "json").stdout, encoding="utf-8")
    again = run("facts", path, "--format", "json")
    assert json.loads(again.stdout)["facts"] == json.loads(path.read_text(encoding="utf-8"))["facts"]
    assert run("check", path).exit_code == 0


def test_facts_as_csv_hold_nothing_a_spreadsheet_would_run(sample: Path, tmp_path: Path) -> None:
    document = json.loads(run("facts", sample, "--format", "json").stdout)
    document["facts"][0]["footnotes"] = ["=cmd|'/c calc'!A1"]
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    lines = run("facts", path, "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("concept,label,value,unit")
    assert ",'=cmd" in lines[1] or ",\"'=cmd" in lines[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", "taxonomy"),
        ("[1, 2", "line 1"),
        ('{"taxonomy": "x", "entity": {"name": "A"}, "currency": "EUR", "facts": [{"concept": "Turnovr"}]}', "facts.0"),
    ],
)
def test_a_facts_file_of_another_form_is_one_line_with_the_place(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content)
    result = run("check", path)
    assert result.exit_code == 4
    assert message in result.output
    assert result.output.count("\n") == 1


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_check_of_a_sound_workbook_says_so_and_exits_with_0(sample: Path) -> None:
    result = run("check", sample)
    assert result.exit_code == 0
    assert "Nothing was found" in result.output


def test_check_of_a_flawed_workbook_names_cell_and_numbers_and_exits_with_1(flawed: Path) -> None:
    result = run("check", flawed)
    assert result.exit_code == 1
    assert "VSME-B3-03" in result.output
    assert "B3 " in result.output


def test_check_as_json_counts_by_severity_and_disclosure(flawed: Path) -> None:
    document = json.loads(run("check", flawed, "--format", "json").stdout)
    assert document["summary"]["error"] == sum(item["severity"] == "error" for item in document["findings"])
    assert document["summary"]["per_disclosure"]["B3"]["error"] >= 1
    finding = next(item for item in document["findings"] if item["code"] == "VSME-B3-03")
    assert finding["source"]["cell"]
    assert finding["paragraph"] == "29"


def test_findings_speak_the_language_asked_for(flawed: Path) -> None:
    titles = {run("check", flawed, "--lang", language).output.splitlines()[0] for language in ("en", "it", "de", "fr")}
    assert len(titles) == 4


# ── build ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_build_writes_every_output_and_the_manifest_has_their_hashes(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    result = run("build", sample, "-o", folder)
    assert result.exit_code == 0, result.output
    written = {path.name for path in folder.iterdir()}
    assert {"report.html", "report.pdf", "facts.json", "data.xlsx", "findings.json", "manifest.json"} <= written
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for output in manifest["outputs"]:
        assert hashlib.sha256((folder / output["file"]).read_bytes()).hexdigest() == output["sha256"]
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(sample.read_bytes()).hexdigest()


def test_the_same_workbook_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("build", sample, "-o", tmp_path / name, "-q").exit_code == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_no_output_tells_the_folder_the_workbook_lies_in(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    run("build", sample, "-o", folder, "--formats", "html,json")
    for path in folder.iterdir():
        assert str(sample.parent) not in path.read_text(encoding="utf-8"), path.name


def test_errors_stop_a_report_unless_it_is_a_draft(flawed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    result = run("build", flawed, "-o", folder)
    assert result.exit_code == 1
    assert "--draft" in result.output
    assert not folder.exists()
    assert run("build", flawed, "-o", folder, "--draft", "--formats", "html").exit_code == 0
    assert "VSME-B3-03" in (folder / "report.html").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_one_line_and_leaves_nothing(sample: Path, tmp_path: Path) -> None:
    place = tmp_path / "report"
    place.write_text("a file")
    result = run("build", sample, "-o", place / "inside", "--formats", "json", "-q")
    assert result.exit_code == 5
    assert result.output.count("\n") == 1
    assert place.read_text() == "a file"


def test_a_report_that_is_there_is_replaced_whole(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text("old")
    assert run("build", sample, "-o", tmp_path, "--formats", "json", "-q").exit_code == 0
    assert json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))["facts"]
    assert list(tmp_path.glob(".esgreport*")) == []


# ── files that cannot be used ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", ["facts", "check", "build"])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"a;b;c\n1;2;3\n", b"PK\x03\x04 broken", b"<html></html>"])
def test_a_file_that_is_no_workbook_is_one_line_and_exit_code_4(tmp_path: Path, command: str, content: bytes) -> None:
    path = tmp_path / "thing.xlsx"
    path.write_bytes(content)
    result = run(command, path)
    assert result.exit_code == 4
    (line,) = (line for line in result.output.splitlines() if not line.startswith("Reading "))
    assert line.startswith("Error: ")
    assert "thing.xlsx" in line


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = run("check", tmp_path / "nothing.xlsx")
    assert result.exit_code == 4
    assert "nothing.xlsx" in result.output


def test_a_workbook_of_something_else_says_what_to_fill_in_instead(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("A1", 5)
    result = run("build", path)
    assert result.exit_code == 4
    assert "esgreport init" in result.output
