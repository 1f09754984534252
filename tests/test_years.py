"""Workbooks of several years: one undertaking, the newest year the report's, the earlier ones behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from filings import DEFINITIONS, filing

from esgreport.cli import main
from esgreport.errors import WorkbookError
from esgreport.facts import combined, filing_from_document, filing_to_document
from esgreport.model import Entity, Filing, Period
from esgreport.read import read_facts_document

CHECKOUT = Path(__file__).parent.parent
LAST_YEAR = CHECKOUT / "samples" / "officine-quattroponti-2024.json"
THIS_YEAR = CHECKOUT / "schemas" / "samples" / "en.json"
OFFICIAL = CHECKOUT.parent / "shared" / "data" / "vsme"


def year(number: int, table: str = "NumberOfEmployees = 40", **said: object) -> Filing:
    """A filing for a calendar year from a file of its own."""
    filed = filing(table, period=Period(date(number, 12, 31), date(number, 1, 1)), file=f"{number}.xlsx")
    return replace(filed, **said)  # type: ignore[arg-type]


def codes(*filings: Filing) -> list[str]:
    return [finding.code for finding in combined(filings, DEFINITIONS, "en")[1]]


# ── which year is which ──


def test_the_newest_period_is_the_reports_and_the_others_follow_newest_first() -> None:
    filed, findings = combined([year(2023), year(2025), year(2024)], DEFINITIONS, "en")
    assert [one.workbooks for one in filed.years] == [("2025.xlsx",), ("2024.xlsx",), ("2023.xlsx",)]
    assert all(not one.prior for one in filed.prior)
    assert findings == ()


def test_one_workbook_alone_stays_as_it_is() -> None:
    alone = year(2025)
    assert combined([alone], DEFINITIONS, "en") == (alone, ())


def test_a_fact_that_names_no_file_gets_that_of_its_filing() -> None:
    bare = year(2024)
    bare = replace(bare, facts=tuple(replace(fact, source=replace(fact.source, file="")) for fact in bare.facts))
    filed, _ = combined([year(2025), bare], DEFINITIONS, "en")
    assert [fact.source.file for one in filed.years for fact in one.facts] == ["2025.xlsx", "2024.xlsx"]


# ── what stops us ──


def test_the_same_period_twice_is_refused_with_both_files() -> None:
    with pytest.raises(WorkbookError, match=r"^a\.xlsx and b\.xlsx report the same period.*one workbook for each year"):
        combined([year(2025, workbooks=("a.xlsx",)), year(2025, workbooks=("b.xlsx",))], DEFINITIONS, "en")


def test_periods_that_share_a_day_are_refused() -> None:
    shifted = year(2024, period=Period(date(2025, 6, 30), date(2024, 7, 1)))
    with pytest.raises(WorkbookError, match=r"2024\.xlsx and 2025\.xlsx report periods that overlap"):
        combined([year(2025), shifted], DEFINITIONS, "en")


def test_another_undertaking_is_refused() -> None:
    other = year(2024, entity=Entity("Muster GmbH", "529900T8BM49AURSDO55", year(2025).entity.scheme))
    with pytest.raises(WorkbookError, match=r"2024\.xlsx is of Muster GmbH \(5299.*2025\.xlsx of Officina Rossi"):
        combined([year(2025), other], DEFINITIONS, "en")


# ── what makes years hard to compare ──


def test_another_identifier_under_the_same_name_is_worth_a_look() -> None:
    entity = year(2025).entity
    assert codes(year(2025), year(2024, entity=replace(entity, identifier="529900T8BM49AURSDO55"))) == ["YEAR-01"]
    assert codes(year(2025), year(2024, entity=replace(entity, identifier=entity.identifier.lower()))) == []
    assert codes(year(2025), year(2024, entity=replace(entity, identifier="IT01234567890", scheme="vat"))) == []


def test_another_name_under_the_same_identifier_is_worth_a_look() -> None:
    entity = year(2025).entity
    assert codes(year(2025), year(2024, entity=replace(entity, name="Officina Bianchi"))) == ["YEAR-02"]
    assert codes(year(2025), year(2024, entity=replace(entity, name="OFFICINA  ROSSI"))) == []


def test_another_currency_another_length_and_a_gap_are_said() -> None:
    assert codes(year(2025), year(2024, currency="CHF")) == ["YEAR-03"]
    assert codes(year(2025), year(2024, period=Period(date(2024, 12, 31), date(2024, 7, 1)))) == ["YEAR-04"]
    assert codes(year(2025), year(2023)) == ["YEAR-05"]


def test_fiscal_years_of_weeks_are_as_long_as_each_other() -> None:
    weeks = Period(date(2024, 12, 28), date(2023, 12, 31))
    assert codes(year(2025, period=Period(date(2025, 12, 27), date(2024, 12, 29))), year(2024, period=weeks)) == []


# ── as JSON, and back ──


def test_several_years_are_one_document_with_all_facts_and_come_back_from_it() -> None:
    filed, _ = combined([year(2025), year(2024, "NumberOfEmployees = 38\nTurnover = 9 iso4217:EUR")], DEFINITIONS, "en")
    document = filing_to_document(filed, DEFINITIONS)
    assert document["workbooks"] == ["2025.xlsx", "2024.xlsx"]
    assert [(fact["source"]["file"], fact["value"]) for fact in document["facts"]] == [  # type: ignore[attr-defined]
        ("2025.xlsx", "40"),
        ("2024.xlsx", "38"),
        ("2024.xlsx", "9"),
    ]
    assert document["cells_filled"] == 3
    assert filing_from_document(json.loads(json.dumps(document)), DEFINITIONS, "facts.json") == filed


def test_an_earlier_year_in_a_document_needs_a_period() -> None:
    document = filing_to_document(combined([year(2025), year(2024)], DEFINITIONS, "en")[0], DEFINITIONS)
    document["prior"][0]["period"] = {}  # type: ignore[index]
    with pytest.raises(WorkbookError, match=r"^facts\.json: prior\.0: period: a period is"):
        filing_from_document(document, DEFINITIONS, "facts.json")


# ── on the command line ──


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_sample_company_has_a_year_before_that_is_coherent_by_itself() -> None:
    assert json.loads(run("check", LAST_YEAR, "--format", "json"))["findings"] == []
    filed = filing_from_document(read_facts_document(LAST_YEAR, LAST_YEAR.name), DEFINITIONS, LAST_YEAR.name)
    now = filing_from_document(read_facts_document(THIS_YEAR, THIS_YEAR.name), DEFINITIONS, THIS_YEAR.name)
    assert filed.entity == now.entity
    assert {fact.concept for fact in filed.facts} < {fact.concept for fact in now.facts}


def test_facts_of_two_years_are_listed_together_in_every_format() -> None:
    both = json.loads(run("facts", LAST_YEAR, THIS_YEAR, "--format", "json"))
    files = [Path(file).name for file in both["workbooks"]]
    assert files == ["en.json", "officine-quattroponti-2024.json"]
    assert both["cells_filled"] == len(both["facts"]) + len(both["dropped"])
    assert {Path(fact["source"]["file"]).name for fact in both["facts"]} == set(files)
    assert len(run("facts", LAST_YEAR, THIS_YEAR, "--format", "csv").splitlines()) > len(both["facts"])
    assert f"= {len(both['facts'])} facts + 0 dropped" in run("facts", LAST_YEAR, THIS_YEAR)


def test_two_official_samples_of_one_company_are_its_two_years() -> None:
    files = [OFFICIAL / f"VSME-Digital-Template-Sample-{version}.xlsx" for version in ("1.1.1", "1.2.0")]
    if not all(file.exists() for file in files):
        pytest.skip("the official samples are not beside the checkout (../shared)")
    document = json.loads(run("facts", *files, "--format", "json"))
    assert document["period"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert len(document["facts"]) == document["cells_filled"] == 286


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name, source in (("2024", LAST_YEAR), ("2025", THIS_YEAR)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facts.json").write_bytes(source.read_bytes())
    run("build", tmp_path / "2024/facts.json", tmp_path / "2025/facts.json", "--formats", "json", "-o", tmp_path / "r")
    built = json.loads((tmp_path / "r" / "facts.json").read_text("utf-8"))
    assert built["workbooks"] == ["2025/facts.json", "2024/facts.json"]
    assert len(json.loads(run("facts", tmp_path / "r" / "facts.json", "--format", "json"))["prior"]) == 1
