"""The customer's own file comes back: only answer cells filled, every other part the same bytes, macros and all."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from filings import DEFINITIONS
from pypdf import PdfWriter
from questionnaire_books import write_book
from questionnaire_fixtures import layouts

from esgreport.answers import written
from esgreport.cli import main
from esgreport.model import Area, Workbook
from esgreport.questionnaire import CellWrite
from esgreport.questionnaires import AnswerRequest, Held, answers_from, filled, held, questions_of
from esgreport.read import read_workbook

TEMPLATES = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme"
SAMPLE = DEFINITIONS.folder / "samples" / "en.json"
QUESTIONS = [
    ("1.1", "Total energy consumption", "GJ"),
    ("1.2", "Gross Scope 1 GHG emissions", "t CO2e"),
    ("1.3", "Number of employees at year end", "n."),
    ("1.4", "Do you use conflict minerals in your products?", ""),
    ("1.5", "E-mail address of the contact person", ""),
    ("1.6", "Do you have a code of conduct for your own workforce?", ""),
]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def form(path: Path) -> Path:
    """A customer's questionnaire with a list to choose from, a comment, a formula and a frozen head."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Questions")
    sheet.write_row(0, 0, ["No.", "Question", "Answer", "Unit", "Comment"])
    sheet.freeze_panes(1, 0)
    for row, (number, text, unit) in enumerate(QUESTIONS, start=1):
        sheet.write_row(row, 0, [number, text])
        sheet.write(row, 3, unit)
    sheet.data_validation(6, 2, 6, 2, {"validate": "list", "source": ["Yes", "No", "Partly"]})
    sheet.write_comment("B2", "All sites, please.")
    notes = book.add_worksheet("Score")
    notes.write_formula("A1", "=COUNTA(Questions!C2:C7)", None, 0)
    book.close()
    return path


def parts(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(*words: object) -> str:
    """The command's messages; it must end well."""
    result = CliRunner().invoke(main, ["answer", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def cells(path: Path) -> Workbook:
    return read_workbook(path, path.name)


def test_the_file_comes_back_with_its_answer_cells_filled_and_all_else_the_same(tmp_path: Path) -> None:
    asked, back = form(tmp_path / "form.xlsx"), tmp_path / "form.answered.xlsx"
    said = run(asked, "--from", SAMPLE)
    assert "form.answered.xlsx" in said
    before, after = parts(asked.read_bytes()), parts(back.read_bytes())
    changed = [name for name in before if before[name] != after[name]]
    document = json.loads((tmp_path / "form.answers.json").read_text(encoding="utf-8"))
    assert changed == document["parts_changed"] == ["xl/worksheets/sheet1.xml"]  # it asks to be computed anew already
    assert list(before) == list(after)
    written = {each["id"]: each for each in document["questions"] if each["written"]}
    book = cells(back)
    for row, (number, _, _) in enumerate(QUESTIONS, start=2):
        value = book.cell("Questions", row, 3).value
        assert (value is not None) == (number in written), number
    assert {"1.1", "1.2"} <= set(written)
    assert isinstance(book.cell("Questions", 2, 3).value, Decimal)
    assert book.cell("Questions", 5, 3).value is None


@pytest.mark.parametrize(
    ("heads", "mark"),
    [
        (("Yes", "No", "N/A"), "x"),
        (("Enter yes here if so", "Enter no here", "N/A"), "yes"),
    ],
)
def test_a_column_to_tick_gets_a_tick_and_not_its_own_head(tmp_path: Path, heads: tuple[str, ...], mark: str) -> None:
    book = xlsxwriter.Workbook(tmp_path / "form.xlsx")
    sheet = book.add_worksheet("Form")
    sheet.set_column(1, 1, 60)
    for column, head in enumerate(("No", "Statement", *heads, "Remarks")):
        sheet.write(3, column, head)
    asked = ("Do you have a code of conduct?", "Is there a complaint mechanism for your own employees?")
    for row, text in enumerate(asked, 4):
        sheet.write(row, 0, row - 3)
        sheet.write(row, 1, text)
    book.close()
    found = questions_of(tmp_path / "form.xlsx", DEFINITIONS, "en")
    assert [next(option.writes for option in each.options) for each in found.questions] == [mark, mark]


def test_every_question_stands_in_the_json_with_state_evidence_and_cap(tmp_path: Path) -> None:
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--purpose", "csrd")
    document = json.loads((tmp_path / "form.answers.json").read_text(encoding="utf-8"))
    energy, *_, minerals, contact, _code = document["questions"]
    assert {key: energy[key] for key in ("id", "sheet", "answer_cell", "kind", "unit", "concepts", "state")} == {
        "id": "1.1",
        "sheet": "Questions",
        "answer_cell": "C2",
        "kind": "number",
        "unit": "GJ",
        "concepts": ["TotalEnergyConsumption"],
        "state": "answered",
    }
    assert energy["evidence"] == [{"file": str(SAMPLE), "sheet": "", "cell": ""}]
    assert energy["cap"]["inside"] is True
    assert energy["cap"]["advice"]
    assert (minerals["state"], minerals["answer"]) == ("not_ours", None)
    assert (contact["state"], contact["target"]) == ("needs_review", "profile:contact_email")


def test_decisions_are_applied_and_remembered_for_the_same_question_of_another_file(tmp_path: Path) -> None:
    decided = tmp_path / "decisions.yaml"
    decided.write_text("decisions:\n  '1.5': {value: esg@example.com}\n  '1.4': {not_tracked: From 2027 on.}\n")
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--decisions", decided)
    assert cells(tmp_path / "form.answered.xlsx").cell("Questions", 6, 3).value == "esg@example.com"
    run(form(tmp_path / "other.xlsx"), "--from", SAMPLE)
    book = cells(tmp_path / "other.answered.xlsx")
    assert book.cell("Questions", 6, 3).value == "esg@example.com"
    document = json.loads((tmp_path / "other.answers.json").read_text(encoding="utf-8"))
    minerals = document["questions"][3]
    assert (minerals["state"], minerals["decided"], minerals["remark"]) == ("not_tracked", True, "From 2027 on.")


def test_what_is_another_thing_for_each_customer_is_not_remembered(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_book("@sheet Q / frame\n#Question | #Answer\nYour supplier number with us | _", path)
    decided = tmp_path / "decisions.json"
    decided.write_text(json.dumps({"decisions": {"Q!A2": {"value": "4711"}}}))
    run(path, "--from", SAMPLE, "--decisions", decided)
    assert cells(tmp_path / "form.answered.xlsx").cell("Q", 2, 2).value == "4711"
    run(path, "--from", SAMPLE, "--force")
    assert cells(tmp_path / "form.answered.xlsx").cell("Q", 2, 2).value is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("decisions:\n  a: {accept: 1, decline: true}\n", "say exactly one of"),
        ("decisions:\n  a: {acept: 1}\n", "Did you mean 'accept'?"),
        ("decisions: [\n", "decisions.yaml:2"),
    ],
)
def test_a_wrong_file_of_decisions_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    decided = tmp_path / "decisions.yaml"
    decided.write_text(text)
    words = [str(form(tmp_path / "form.xlsx")), "--from", str(SAMPLE), "--decisions", str(decided)]
    result = CliRunner().invoke(main, ["answer", *words])
    assert (result.exit_code, said in result.output) == (3, True), result.output


def test_the_review_page_lies_beside(tmp_path: Path) -> None:
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--lang", "de")
    page = (tmp_path / "form.review.html").read_text(encoding="utf-8")
    assert "Antworten zur Prüfung" in page
    assert all(f'data-id="{number}"' in page for number, _, _ in QUESTIONS)


def test_the_letters_lie_beside_in_the_language_of_the_form(tmp_path: Path) -> None:
    said = run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--customer", "Muster AG", "--lang", "de")
    letters = sorted(path.name for path in tmp_path.glob("form.letter-*"))
    assert letters == [f"form.letter-{kind}.html" for kind in ("cover", "declaration", "reference", "report")]
    assert "form.letter-cover.html" in said
    cover = (tmp_path / "form.letter-cover.html").read_text(encoding="utf-8")
    assert "Dear Sir or Madam" in cover
    assert "Muster AG" in cover


def test_how_a_form_is_understood_is_shown_corrected_and_remembered(tmp_path: Path) -> None:
    asked, layout = form(tmp_path / "form.xlsx"), tmp_path / "layout.yaml"
    shown = CliRunner().invoke(main, ["answer", str(asked), "--show-layout"], catch_exceptions=False)
    assert (shown.exit_code, "question: B" in shown.output) == (0, True), shown.output
    layout.write_text(shown.output.replace("answer: C", "answer: F"), encoding="utf-8")
    run(asked, "--from", SAMPLE, "--layout", layout)
    assert cells(tmp_path / "form.answered.xlsx").cell("Questions", 2, 6).value is not None
    run(asked, "--from", SAMPLE, "--force")
    assert cells(tmp_path / "form.answered.xlsx").cell("Questions", 2, 6).value is not None


def test_a_csv_is_only_looked_at(tmp_path: Path) -> None:
    asked = tmp_path / "form.csv"
    asked.write_text(
        "No.,Question,Answer\n1,Total energy consumption (MWh),\n2,Number of employees,\n", encoding="utf-8"
    )
    assert "no cells to fill" in run(asked, "--from", SAMPLE)
    document = json.loads((tmp_path / "form.answers.json").read_text(encoding="utf-8"))
    assert [each["written"] for each in document["questions"]] == [False, False]
    assert not (tmp_path / "form.answered.csv").exists()


def test_what_was_said_is_found_in_the_ledger(tmp_path: Path) -> None:
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--customer", "Muster AG")
    shown = CliRunner().invoke(main, ["ledger"], catch_exceptions=False)
    assert (shown.exit_code, "Muster AG  1.1 Total energy consumption" in shown.output) == (0, True), shown.output
    for view in (["contradictions"], ["superseded"], ["restated", "--from", str(SAMPLE)]):
        found = CliRunner().invoke(main, ["ledger", *view], catch_exceptions=False)
        assert (found.exit_code, found.output) == (0, "Nothing found.\n")
    sheet = tmp_path / "said.xlsx"
    CliRunner().invoke(main, ["ledger", "--format", "xlsx", "-o", str(sheet), "--lang", "de"], catch_exceptions=False)
    assert cells(sheet).cell("Ledger", 1, 1).value == "Kunde"
    assert CliRunner().invoke(main, ["ledger", "restated"]).exit_code == 2


def test_a_corrected_figure_says_whom_to_tell(tmp_path: Path) -> None:
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--customer", "Muster AG")
    corrected = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for fact in corrected["facts"]:
        if fact["concept"] == "TotalEnergyConsumption":
            fact["value"] = "1"
    now = tmp_path / "now.json"
    now.write_text(json.dumps(corrected), encoding="utf-8")
    found = CliRunner().invoke(main, ["ledger", "restated", "--from", str(now)], catch_exceptions=False)
    assert found.exit_code == 1
    assert "Muster AG  1.1 Total energy consumption" in found.output
    assert "→ 1 utr:MWh" in found.output


def test_what_was_given_or_written_before_is_not_overwritten_unasked(tmp_path: Path) -> None:
    asked = form(tmp_path / "form.xlsx")
    run(asked, "--from", SAMPLE)
    again = CliRunner().invoke(main, ["answer", str(asked), "--from", str(SAMPLE)])
    assert (again.exit_code, "--force" in again.output) == (2, True)
    over = CliRunner().invoke(main, ["answer", str(asked), "--from", str(SAMPLE), "-o", str(asked)])
    assert (over.exit_code, "never overwritten" in over.output) == (2, True)


def test_macros_and_the_name_of_a_file_with_them_stay(tmp_path: Path) -> None:
    asked = tmp_path / "form.xlsm"
    with zipfile.ZipFile(form(tmp_path / "plain.xlsx")) as source, zipfile.ZipFile(asked, "w") as target:
        for item in source.infolist():
            content = source.read(item).replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
            content = content.replace(
                b"openxmlformats-officedocument.spreadsheetml.sheet.macro", b"ms-excel.sheet.macro"
            )
            target.writestr(item.filename, content)
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    run(asked, "--from", SAMPLE)
    assert parts((tmp_path / "form.answered.xlsm").read_bytes())["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"


@pytest.mark.parametrize("title", list(layouts("wild")))
def test_of_no_layout_anything_but_free_answer_cells_changes(tmp_path: Path, title: str) -> None:
    text, path = layouts("wild")[title], tmp_path / "form.xlsx"
    write_book(text, path)
    if not zipfile.is_zipfile(path):
        pytest.skip("a text file has no cells to fill")
    asked = questions_of(path, DEFINITIONS, "en")
    done, cells_written = written(answers_from(asked, ours(), DEFINITIONS, AnswerRequest()).answers, DEFINITIONS)
    content, changed = filled(path, cells_written)
    before, after = parts(path.read_bytes()), parts(content)
    assert {name for name in before if before[name] != after[name]} == set(changed)
    (tmp_path / "back.xlsx").write_bytes(content)
    old, new = cells(path), cells(tmp_path / "back.xlsx")
    places = {(each.area.sheet, each.area.top, each.area.left) for each in cells_written}
    for sheet in new.sheet_names:
        for place, cell in new.sheets[sheet].cells.items():
            if (sheet, *place) not in places:
                assert cell.value == old.cell(sheet, *place).value
    assert all(each.question.writable for each in done if each.written)


@cache
def ours() -> Held:
    """What the sample company has to say."""
    return held([SAMPLE], DEFINITIONS, AnswerRequest())


@pytest.mark.parametrize("name", ["VSME-Digital-Template-1.3.0", "VSME-Digital-Template-Sample-1.2.0"])
def test_of_a_real_template_only_the_touched_sheet_changes(tmp_path: Path, name: str) -> None:
    path = TEMPLATES / f"{name}.xlsx"
    if not path.exists():
        pytest.skip("the official templates are not beside the checkout (../shared)")
    sheet = next(each for each in read_workbook(path, path.name).sheet_names if each.startswith("Environmental"))
    content, changed = filled(path, [CellWrite(Area(sheet, 400, 40, 400, 40), Decimal("12.5"))])
    before, after = parts(path.read_bytes()), parts(content)
    assert len(changed) == 2
    assert {part for part in before if before[part] != after[part]} == set(changed)
    back = tmp_path / "back.xlsx"
    back.write_bytes(content)
    assert cells(back).cell(sheet, 400, 40).value == Decimal("12.5")


def test_answering_loads_no_heavy_library(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "esgreport", "answer", str(form(tmp_path / "form.xlsx"))]
    done = subprocess.run([*command, "--from", str(SAMPLE)], capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "esgreport" in loaded
    assert loaded & {"pandas", "scipy", "sklearn", "statsmodels", "weasyprint", "openpyxl", "xlsxwriter"} == set()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_result_and_reads_the_answers(tmp_path: Path) -> None:
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "csv"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "form.answered.xlsx")],
        check=True,
        timeout=120,
        capture_output=True,
    )
    rows = (tmp_path / "form.answered.csv").read_text(encoding="utf-8").splitlines()
    energy = cells(tmp_path / "form.answered.xlsx").cell("Questions", 2, 3).value
    assert rows[1].split(",")[2] == str(energy)


def report(path: Path, company: str, subject: str) -> Path:
    """A PDF with the marks of a report."""
    writer = PdfWriter()
    for name in ("b3", "content-index"):
        writer.add_blank_page(200, 200)
        writer.add_named_destination(name, len(writer.pages) - 1)
    writer.add_metadata({"/Author": company, "/Subject": subject})
    content = io.BytesIO()
    writer.write(content)
    path.write_bytes(content.getvalue())
    return path


def test_with_the_report_given_the_answers_name_its_pages(tmp_path: Path) -> None:
    given = report(tmp_path / "report.pdf", "Officine Quattroponti S.r.l.", "Sustainability report 2025")
    run(form(tmp_path / "form.xlsx"), "--from", SAMPLE, "--report", given)
    document = json.loads((tmp_path / "form.answers.json").read_text(encoding="utf-8"))
    by_id = {each["id"]: each["report"] for each in document["questions"]}
    assert (by_id["1.1"]["disclosure"], by_id["1.1"]["pages"]) == ("B3", ["1"])
    assert by_id["1.3"] is None
    assert "p.\u00a01" in (tmp_path / "form.letter-reference.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("company", "subject", "said"),
    [
        ("Muster AG", "Sustainability report 2025", "is the report of Muster AG"),
        ("Officine Quattroponti S.r.l.", "Sustainability report 2024", "another year"),
    ],
)
def test_the_report_of_others_or_of_another_year_is_refused(
    company: str, subject: str, said: str, tmp_path: Path
) -> None:
    given = report(tmp_path / "report.pdf", company, subject)
    words = [str(form(tmp_path / "form.xlsx")), "--from", str(SAMPLE), "--report", str(given)]
    result = CliRunner().invoke(main, ["answer", *words])
    assert (result.exit_code, said in result.output) == (4, True), result.output
    assert not (tmp_path / "form.answered.xlsx").exists()
