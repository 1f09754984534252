"""A report for some readers, built: what they are not shown is in none of its files, nor in what the PDF carries."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from esgreport.cli import main

PAY_GAP = "PercentageGapInPayBetweenFemaleAndMaleEmployees"
OWN = f"""
like: customer
label: {{en: "for Rossi S.p.A."}}
withholds:
  - concepts: [{PAY_GAP}]
    reason: {{en: "Not shared with single customers."}}
rounds:
  - concepts: [TotalEnergyConsumption]
    digits: 2
"""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("given") / "sample.xlsx"
    assert CliRunner().invoke(main, ["init", str(path), "--sample"]).exit_code == 0
    return path


def built(workbook: Path, folder: Path, audience: str, formats: str = "html,json") -> Result:
    return CliRunner().invoke(
        main, ["build", str(workbook), "-o", str(folder), "--audience", audience, "--formats", formats]
    )


def facts(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in json.loads((folder / "facts.json").read_text(encoding="utf-8"))["facts"]:
        found.setdefault(fact["concept"], []).append(fact["value"])
    return found


def test_what_an_own_audience_is_not_shown_is_in_no_file_and_the_difference_is_printed(
    workbook: Path, tmp_path: Path
) -> None:
    own = tmp_path / "rossi.yaml"
    own.write_text(OWN, encoding="utf-8")
    assert built(workbook, tmp_path / "all", "full").exit_code == 0
    done = built(workbook, tmp_path / "own", str(own))
    assert done.exit_code == 0
    assert "Withheld, since the report is for Rossi S.p.A.; figures and texts: 1." in done.stderr
    assert "Not shared with single customers. Pay gap between female and male employees (1)" in done.stderr
    assert "Rounded, since the report is for Rossi S.p.A.; figures and texts: 1." in done.stderr
    whole, told = facts(tmp_path / "all"), facts(tmp_path / "own")
    assert set(whole) - set(told) == {PAY_GAP}
    assert {name for name in told if told[name] != whole[name]} == {"TotalEnergyConsumption"}
    page = (tmp_path / "own" / "report.html").read_text(encoding="utf-8")
    gone = whole[PAY_GAP][0]
    for path in (tmp_path / "own").iterdir():
        assert PAY_GAP not in path.read_text(encoding="utf-8"), path.name
    assert f'"{gone}"' not in page
    assert "Not shown to these readers: Pay gap between female and male employees." in page
    assert "This edition of the report was made for Rossi S.p.A.<" in page


@pytest.mark.parametrize(
    ("audience", "carried"), [("customer", ["facts.json", "sample.xlsx"]), ("public", ["facts.json"])]
)
def test_the_pdf_carries_the_workbook_where_its_readers_see_all_of_it(
    workbook: Path, tmp_path: Path, audience: str, carried: list[str]
) -> None:
    assert built(workbook, tmp_path, audience, "pdf,json").exit_code == 0
    attached = PdfReader(BytesIO((tmp_path / "report.pdf").read_bytes())).attachments
    assert sorted(attached) == carried
    assert attached["facts.json"] == [(tmp_path / "facts.json").read_bytes()]
    if "sample.xlsx" in carried:
        assert attached["sample.xlsx"] == [workbook.read_bytes()]


def test_a_report_from_facts_carries_facts_alone(workbook: Path, tmp_path: Path) -> None:
    assert built(workbook, tmp_path / "one", "full", "json").exit_code == 0
    assert built(tmp_path / "one" / "facts.json", tmp_path / "two", "full", "pdf").exit_code == 0
    assert sorted(PdfReader(BytesIO((tmp_path / "two" / "report.pdf").read_bytes())).attachments) == ["facts.json"]


def test_an_audience_there_is_not_is_refused_before_anything_is_built(workbook: Path, tmp_path: Path) -> None:
    done = built(workbook, tmp_path / "out", "everyone")
    assert done.exit_code == 3
    assert "There is no audience 'everyone'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_message_stands_before_the_figures_as_it_was_written(workbook: Path, tmp_path: Path) -> None:
    text = tmp_path / "message.md"
    text.write_text(
        "Dear readers,\n\nwe **halved** our emissions:\n\n- heat\n- trucks\n\n<b>Anna</b>", encoding="utf-8"
    )
    done = CliRunner().invoke(
        main, ["build", str(workbook), "-o", str(tmp_path / "r"), "--message", str(text), "--formats", "html"]
    )
    assert done.exit_code == 0
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert page.index('id="at-a-glance"') < page.index('id="message"') < page.index('id="about"')
    assert "<p>we <strong>halved</strong> our emissions:</p>" in page
    assert "<li>trucks</li>" in page
    assert "&lt;b&gt;Anna&lt;/b&gt;" in page


@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe\x00d", "in UTF-8"), (b"a" * 100_001, "too long")])
def test_a_message_that_is_no_text_is_refused(workbook: Path, tmp_path: Path, content: bytes, said: str) -> None:
    text = tmp_path / "message.md"
    text.write_bytes(content)
    done = CliRunner().invoke(main, ["build", str(workbook), "-o", str(tmp_path / "r"), "--message", str(text)])
    assert done.exit_code == 2
    assert said in done.stderr
