"""The sheet Scorecard over the scorecard's definition: targets by day, paths, bounds, rows of one's own, refusals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from customer_tables import FOUND, tables
from test_scorecard import DEFAULT

from esgreport.cli import main
from esgreport.definitions.scorecards import ScorecardDefinition, ScoreRowDefinition
from esgreport.errors import WorkbookError
from esgreport.score import with_sheet

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
    assert run.output.splitlines()[-1].startswith("Accident rate: 32% above target; 1 of 2 targets met, 1 missed")
