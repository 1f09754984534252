"""The sheet Scorecard over the scorecard's definition: targets by day, paths, bounds, rows of one's own, refusals."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from customer_tables import FOUND, tables
from test_scorecard import DEFAULT

from esgreport import pipeline, scorecards
from esgreport.cli import main
from esgreport.customers import sample_customers
from esgreport.definitions.scorecards import ScorecardDefinition, ScoreRowDefinition
from esgreport.errors import WorkbookError
from esgreport.read import read_table
from esgreport.score import with_sheet

OFFICIAL = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme" / "VSME-Digital-Template-Sample-1.2.0.xlsx"

HEAD = "figure,target,due,base_year,base,weight,watch,good,higher_is_better,estimated,owner,action\n"


def sheet(*lines: str) -> ScorecardDefinition:
    found = tables(scorecard=HEAD + "\n".join(lines) + "\n").tables["scorecard"]
    return with_sheet(DEFAULT, found, FOUND, {"en": "Ours."})


def row(found: ScorecardDefinition, name: str) -> ScoreRowDefinition:
    return next(each for each in found.rows if each.id == name)


def test_a_percentage_is_read_with_its_sign_or_as_a_fraction() -> None:
    found = sheet("satisfied,85 %,,,,,,,,,,", "kept,0.92,,,,,,,,,,", "promoters,30,,,,,,,,,,")
    assert [row(found, name).target.value for name in ("satisfied", "kept", "promoters")] == [0.85, 0.92, 30]  # type: ignore[union-attr]


def test_a_percentage_without_its_sign_is_refused_with_its_cell() -> None:
    with pytest.raises(WorkbookError, match=r"scorecard\.csv A2.*satisfied is a percentage: write 85 % or 0\.85"):
        sheet("satisfied,85,,,,,,,,,,")


def test_targets_of_several_days_are_kept() -> None:
    found = row(sheet("water,4500,2025-12-31,,,,,,,,,", "water,4000,2027-12-31,,,,,,,,,"), "water")
    assert found.target is not None
    assert [(aim.due, aim.value) for aim in found.target.values] == [
        (date(2025, 12, 31), 4500),
        (date(2027, 12, 31), 4000),
    ]


def test_a_base_makes_a_path() -> None:
    found = row(sheet("water,4000,2030-12-31,2020,6000,,,,,,,"), "water").target
    assert found is not None
    assert found.reduction is not None
    assert (found.reduction.base_year, found.reduction.target_year) == (2020, 2030)


def test_owner_weight_bounds_and_estimate_go_before_the_definition() -> None:
    found = row(sheet("training,,,,,3,20,24,,yes,KW,Two days a year"), "training")
    assert (found.owner, found.weight, found.quality, found.action) == ("KW", 3, "estimated", {"en": "Two days a year"})
    assert found.bands is not None
    assert (found.bands.watch, found.bands.good, found.bands.reason) == (20, 24, {"en": "Ours."})
    assert found.better == "higher"


def test_one_bound_alone_is_refused() -> None:
    with pytest.raises(WorkbookError, match="go together"):
        sheet("training,,,,,,20,,,,,")


def test_a_figure_the_definition_lacks_joins_the_group_of_its_theme() -> None:
    found = sheet(
        "TotalEnergyConsumption,3000,,,,,,,no,,,", "WomenShare,,,,,,,,,,,", "gross_revenue_retention,,,,,,,,,,,"
    )
    assert (row(found, "TotalEnergyConsumption").group, row(found, "TotalEnergyConsumption").better) == (
        "environment",
        "lower",
    )
    assert row(found, "WomenShare").group == "social"
    assert row(found, "gross_revenue_retention").group == "customers"
    assert len(found.rows) == len(DEFAULT.rows) + 3


def test_a_figure_there_is_not_is_refused_with_its_cell_and_the_closest() -> None:
    with pytest.raises(WorkbookError, match=r"scorecard\.csv A2.*'emisions'.*Did you mean 'emissions'"):
        sheet("emisions,1,,,,,,,,,,")


def test_targets_alone_beside_a_workbook_are_no_customers_data(tmp_path: Path) -> None:
    runner, book, own = CliRunner(), tmp_path / "book.xlsx", tmp_path / "scorecard.csv"
    assert runner.invoke(main, ["init", str(book), "--sample"]).exit_code == 0
    own.write_text(HEAD + "accidents,1.5,2025-12-31,,,,,,,,KW,Safety walks\n", encoding="utf-8")
    run = runner.invoke(main, ["scorecard", str(book), str(own), "-o", str(tmp_path / "out"), "--format", "json"])
    assert run.exit_code == 0, run.output
    shown = (tmp_path / "out" / "scorecard.json").read_text(encoding="utf-8")
    assert "No customers’ data were given." in shown
    assert "Safety walks" in shown
    assert run.output.splitlines()[-1].startswith("Accident rate: 32% above target; 2 of 3 targets met, 1 missed")


def test_the_workbook_on_sustainability_may_have_the_sheet_too(tmp_path: Path) -> None:
    runner, book = CliRunner(), tmp_path / "book.xlsx"
    assert runner.invoke(main, ["init", str(book), "--sample", "--scorecard"]).exit_code == 0
    run = runner.invoke(main, ["scorecard", str(book), "-o", str(tmp_path / "out"), "--format", "json"])
    assert run.exit_code == 0, run.output
    shown = json.loads((tmp_path / "out" / "scorecard.json").read_text(encoding="utf-8"))
    accidents = next(row for row in shown["rows"] if row["id"] == "accidents")
    assert (accidents["owner"], accidents["target"]["value"]) == ("KW", 1.5)
    assert shown["lacking"] == ["No customers’ data were given."]


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_the_sheet_is_written_in_the_language_and_read_back_with_what_it_was_filled_with(
    tmp_path: Path, language: str
) -> None:
    book = tmp_path / "book.xlsx"
    scorecards.write_workbook(book, FOUND, language, pipeline.sample_filing(FOUND, language))
    table, findings = read_table("scorecard", (book, "book.xlsx"), FOUND, language)
    sample = sample_customers(FOUND, language).tables["scorecard"].frame
    assert findings == ()
    assert table.frame["figure"].tolist() == sample["figure"].tolist()
    assert table.frame["estimated"].dropna().tolist() == sample["estimated"].dropna().tolist()
    empty = tmp_path / "empty.xlsx"
    scorecards.write_workbook(empty, FOUND, language, None)
    assert not len(read_table("scorecard", (empty, "empty.xlsx"), FOUND, language)[0].frame)


def test_what_is_wrong_on_the_sheet_is_said_with_file_sheet_and_cell(tmp_path: Path) -> None:
    book = with_a_sheet(pipeline_sample(tmp_path), [["figure", "target"], ["pay_gab", 0.05]])
    run = CliRunner().invoke(main, ["scorecard", str(book), "-o", str(tmp_path / "out"), "--format", "json"])
    assert run.exit_code == 4
    assert f"{book} Scorecard!A2: the scorecard knows no figure 'pay_gab'. Did you mean" in run.output
    assert "Traceback" not in run.output


def test_a_sheet_without_heads_is_a_finding_and_no_sheet_is_no_matter(tmp_path: Path) -> None:
    book = with_a_sheet(pipeline_sample(tmp_path), [["my targets"], ["5 %"]])
    table, findings = read_table("scorecard", (book, "book.xlsx"), FOUND)
    assert [(each.code, each.source.sheet) for each in findings] == [("CX-17", "Scorecard")]
    assert not len(table.frame)
    table, findings = read_table("scorecard", (pipeline_sample(tmp_path), "book.xlsx"), FOUND)
    assert findings == () and not len(table.frame)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official template is not beside the checkout")
def test_a_sheet_added_to_the_official_template_is_read(tmp_path: Path) -> None:
    book = tmp_path / "official.xlsx"
    book.write_bytes(OFFICIAL.read_bytes())
    with_a_sheet(book, [["figure", "target", "due", "owner"], ["accidents", 1.5, "2025-12-31", "KW"]])
    table, findings = read_table("scorecard", (book, "official.xlsx"), FOUND)
    assert findings == ()
    assert table.frame[["figure", "target", "owner"]].values.tolist() == [["accidents", 1.5, "KW"]]
    assert str(table.place(0, "figure")) == "official.xlsx Scorecard!A2"


def test_of_two_sheets_the_customers_own_counts_last(tmp_path: Path) -> None:
    book, own = (
        with_a_sheet(pipeline_sample(tmp_path), [["figure", "target"], ["accidents", 3]]),
        tmp_path / "scorecard.csv",
    )
    own.write_text("figure,target\naccidents,1.5\n", encoding="utf-8")
    out = tmp_path / "out"
    for given, aim in (([book], 3), ([book, own], 1.5)):
        run = CliRunner().invoke(main, ["scorecard", *map(str, given), "-o", str(out), "--format", "json"])
        assert run.exit_code == 0, run.output
        rows = json.loads((out / "scorecard.json").read_text(encoding="utf-8"))["rows"]
        assert next(row["target"]["value"] for row in rows if row["id"] == "accidents") == aim


def pipeline_sample(folder: Path) -> Path:
    """The sample's workbook, without the sheet."""
    book = folder / "book.xlsx"
    pipeline.write_workbook(book, FOUND, "en", sample=True)
    return book


def with_a_sheet(book: Path, rows: list[list[object]]) -> Path:
    """A workbook with a sheet Scorecard put in as Excel would, all its other parts as they were."""
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = f'<worksheet xmlns="{main_space}"><sheetData>{lines}</sheetData></worksheet>'
    parts["xl/worksheets/scorecard.xml"] = part.encode()
    put(parts, "xl/workbook.xml", "</sheets>", '<sheet name="Scorecard" sheetId="990" r:id="rId990"/>')
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    link = f'<Relationship Id="rId990" Type="{office}" Target="worksheets/scorecard.xml"/>'
    put(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    put(
        parts,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/xl/worksheets/scorecard.xml" ContentType="{kind}"/>',
    )
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return book


def cell(content: object) -> str:
    if isinstance(content, str):
        return f'<c t="inlineStr"><is><t>{content}</t></is></c>'
    return f"<c><v>{content}</v></c>"


def put(parts: dict[str, bytes], name: str, before: str, what: str) -> None:
    parts[name] = parts[name].replace(before.encode(), what.encode() + before.encode(), 1)
