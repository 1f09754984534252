"""The chapter on the report itself: what it says from the data and the file of statements, and what it never claims."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from filings import DEFINITIONS
from test_compose_years import year

from esgreport.check import check
from esgreport.cli import main
from esgreport.compose import ReportOptions, compose_report
from esgreport.definitions.statements import Statements, load_statements
from esgreport.document import Answers, Document, Note, Table
from esgreport.errors import DefinitionError
from esgreport.facts import combined
from esgreport.measure import measure
from esgreport.model import Filing
from esgreport.resources import folder

ASSURED = """
[assurance]
provider = "Audit & Co <Ltd>"
standard = "ISAE 3000 (Revised)"
level = "limited"
scope = "Scope 1 emissions"
date = 2026-03-27
conclusion = "Nothing has come to our attention."
"""
SUBSIDIARY = "NameOfTheSubsidiary = {} @D{}"


def said(tmp_path: Path, text: str) -> Statements:
    path = tmp_path / "about.toml"
    path.write_text(text, "utf-8")
    return load_statements(path, DEFINITIONS.concepts).statements


def report(
    now: str, *before: str, statements: Statements | None = None, language: str = "en", **changed: str
) -> Document:
    """The report for 2025 of tables for 2025, 2024 …"""
    return of(
        *(replace(year(2025 - place, table), **changed) for place, table in enumerate((now, *before))),
        statements=statements,
        language=language,
    )


def of(*years: Filing, statements: Statements | None = None, language: str = "en") -> Document:
    filed, findings = combined(years, DEFINITIONS, language)
    findings += check(filed, DEFINITIONS, language)
    options = ReportOptions(language, statements=statements or Statements())
    return compose_report(filed, measure(filed, DEFINITIONS), findings, DEFINITIONS, options)


def topics(document: Document) -> dict[str, list[str]]:
    """The sentences of the chapter by the heading they stand under."""
    found: dict[str, list[str]] = {}
    for note in (block for block in document.about.blocks if isinstance(block, Note)):
        found.setdefault(note.title or list(found)[-1], []).append(note.text)
    return found


def shown(document: Document, block: str) -> dict[str, list[str]]:
    found = [one for one in document.about.blocks if isinstance(one, Answers) and one.id == block]
    return {answer.label: [figure.text for figure in answer.figures] for one in found for answer in one.answers}


# ── assurance ──


def test_without_a_statement_the_report_says_that_it_carries_none() -> None:
    assert topics(report("Turnover = 2 iso4217:EUR"))["Assurance"] == [
        "No independent party is known to have examined this report: it carries no assurance statement."
    ]


def test_an_assurance_statement_is_shown_as_it_was_given(tmp_path: Path) -> None:
    document = report("Turnover = 2 iso4217:EUR", statements=said(tmp_path, ASSURED))
    assert shown(document, "about-assurance") == {
        "Provider": ["Audit & Co <Ltd>"],
        "Assurance standard": ["ISAE 3000 (Revised)"],
        "Level": ["Limited assurance"],
        "Scope of the engagement": ["Scope 1 emissions"],
        "Date of the statement": ["27 March 2026"],
        "Conclusion": ["Nothing has come to our attention."],
    }
    assert not any("carries no" in text for text in topics(document)["Assurance"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ASSURED.replace('"limited"', '"full"'), "about.toml:5: assurance.level is 'full', not one of limited, reason"),
        (
            ASSURED.replace("scope = ", "scopes = "),
            "about.toml:6: unknown key 'assurance.scopes'.* Did you mean 'scope",
        ),
        (ASSURED.replace("date = 2026-03-27\n", ""), "about.toml:2: assurance.date is missing."),
        ('[[estimates]]\nfigure = "Turnovr"\nhow = "x"', "about.toml:2: unknown figure 'Turnovr'.*Did you mean"),
        ("assurance", "about.toml:1: .*TOML"),
        ('[[changes]]\ntext = "a"\n[[changes]]\ntext = ""', "about.toml:4: changes.2.text"),
    ],
)
def test_a_file_of_statements_that_is_wrong_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        said(tmp_path, text)


def test_the_file_to_fill_in_says_nothing_until_it_is_filled_in_and_everything_then(tmp_path: Path) -> None:
    text = (folder("templates") / "about.toml").read_text("utf-8")
    assert said(tmp_path, text) == Statements()
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# [") or " = " in line]
    filled = said(tmp_path, "\n".join(lines))
    assert filled.assurance and filled.estimates and filled.changes and filled.restatements


# ── estimates ──


def test_an_estimate_is_named_by_concept_or_label_and_shown_with_its_figure(tmp_path: Path) -> None:
    text = '[[estimates]]\nfigure = "{}"\nhow = "From invoices."'
    for name in ("Turnover", "turnover", "Umsatzerlöse"):
        document = report("Turnover = 2 iso4217:EUR", statements=said(tmp_path, text.format(name)))
        assert shown(document, "about-estimates") == {"Turnover": ["2", "From invoices."]}


def test_nothing_is_said_of_an_estimate_that_is_not_in_the_report(tmp_path: Path) -> None:
    """A figure that its readers are not shown has no estimate either."""
    statements = said(tmp_path, '[[estimates]]\nfigure = "Assets"\nhow = "Secret."')
    document = report("Turnover = 2 iso4217:EUR", statements=statements)
    assert "Secret" not in str(document)
    assert topics(document)["Estimates"] == [
        "No figure is marked as an estimate. Where the data says how a figure was obtained, a note gives it."
    ]


# ── scope and changes ──


def test_the_subsidiaries_and_sites_are_named() -> None:
    table = "BasisForReporting = ConsolidatedMember\nNameOfTheSubsidiary = Rossi Nord @D1"
    sites = "CityOfSite = Carpi @S1\nCityOfSite = Augsburg @S2"
    assert topics(report(f"{table}\n{sites}"))["What the figures cover"] == [
        "The figures cover Officina Rossi and 1 subsidiary: Rossi Nord.",
        "2 sites are listed: Carpi; Augsburg.",
    ]


def test_of_many_sites_there_is_the_number_alone() -> None:
    sites = "\n".join(f"CityOfSite = Town {number} @S{number}" for number in range(1, 101))
    assert "100 sites are listed." in topics(report(sites))["What the figures cover"]


def test_what_changed_is_said_from_both_years() -> None:
    now = "BasisForReporting = ConsolidatedMember\nNameOfTheSubsidiary = Nord @D1\nNameOfTheSubsidiary = Neu @D2"
    then = "BasisForReporting = IndividualMember\nNameOfTheSubsidiary = Alt @D1\nNameOfTheSubsidiary = NORD @D2"
    document = report(f"{now}\nTotalEnergyConsumption = 5 utr:MWh", f"{then}\nEmployeeTurnoverRate = 0.1")
    assert topics(document)["What has changed since 2024"] == [
        "Basis for reporting: “Consolidated”; in 2024 “Individual”.",
        "Subsidiaries, newly included: Neu.",
        "Subsidiaries, no longer included: Alt.",
        "Reported now, and not for 2024: B3.",
        "Reported for 2024, and not now: B8.",
    ]


def test_no_change_is_said_not_to_be_seen_and_no_year_to_be_missing() -> None:
    assert topics(report("Turnover = 2 iso4217:EUR", "Turnover = 3 iso4217:EUR"))["What has changed since 2024"] == [
        "The data shows no change of basis, scope or counting method since 2024."
    ]
    assert topics(report("Turnover = 2 iso4217:EUR"))["Earlier years"][0].startswith("No workbook of an earlier year")


def test_a_change_the_undertaking_names_stands_with_the_others(tmp_path: Path) -> None:
    statements = said(tmp_path, '[[changes]]\ntext = "Waste is weighed now."')
    document = report("Turnover = 2 iso4217:EUR", "Turnover = 3 iso4217:EUR", statements=statements)
    assert topics(document)["What has changed since 2024"] == ["Waste is weighed now."]


# ── restatements ──

SCOPE = "GrossScope1GreenhouseGasEmissions = {} utr:tCO2e @BaselineYearMember"


def test_a_restatement_has_the_old_figure_the_new_one_and_the_reason_given(tmp_path: Path) -> None:
    text = '[[restatements]]\nfigure = "GrossScope1GreenhouseGasEmissions"\nreason = "Refrigerants were missing."'
    document = report(SCOPE.format(110), SCOPE.format(100), statements=said(tmp_path, text))
    assert document.comparatives
    (table,) = [block for block in document.comparatives.blocks if isinstance(block, Table)]
    assert [figure.text for figure in table.rows[0].cells[1:4]] == ["2020", "100", "110"]
    assert table.rows[0].cells[0].letters == ("a",) and table.notes == (("a", "Refrigerants were missing."),)
    assert not any(isinstance(block, Note) and "no reason" in block.text for block in document.comparatives.blocks)
    assert (
        "1 figure of an earlier year was restated: see “Figures of earlier years”."
        in topics(document)["What has changed since 2024"]
    )


# ── from the command line ──


def test_a_report_is_built_with_statements_and_says_which_figures_it_does_not_know(tmp_path: Path) -> None:
    runner, book, about = CliRunner(), tmp_path / "s.xlsx", tmp_path / "about.toml"
    assert runner.invoke(main, ["init", "--sample", str(book)]).exit_code == 0
    result = runner.invoke(main, ["init", "--about", str(about)])
    assert result.exit_code == 0 and f"--about {about}" in result.output
    about.write_text(ASSURED + '[[estimates]]\nfigure = "OtherUndertakingsLegalForm"\nhow = "x"\n', "utf-8")
    options = ["--about", str(about), "--formats", "html", "-o", str(tmp_path / "r")]
    result = runner.invoke(main, ["build", str(book), *options])
    assert result.exit_code == 0, result.output
    page = (tmp_path / "r" / "report.html").read_text("utf-8")
    assert "OtherUndertakingsLegalForm is in none of the workbooks" in result.output
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text("utf-8"))
    digest = hashlib.sha256(about.read_bytes()).hexdigest()
    assert {"file": "about.toml", "sha256": digest} in manifest["inputs"]
    assert "Audit &amp; Co &lt;Ltd&gt;" in page and "Audit & Co <Ltd>" not in page


def test_what_is_said_of_a_figure_readers_are_not_shown_is_in_no_file(tmp_path: Path) -> None:
    runner, book, about = CliRunner(), tmp_path / "s.xlsx", tmp_path / "about.toml"
    assert runner.invoke(main, ["init", "--sample", str(book)]).exit_code == 0
    name = "PercentageGapInPayBetweenFemaleAndMaleEmployees"
    about.write_text(f'[[estimates]]\nfigure = "{name}"\nhow = "From the payroll of May."\n', "utf-8")
    readers = tmp_path / "readers.yaml"
    readers.write_text(f'like: customer\nwithholds:\n  - concepts: [{name}]\n    reason: {{en: "Kept."}}\n', "utf-8")
    for audience, there in (("full", True), (str(readers), False)):
        folder = tmp_path / f"{there}"
        options = ["--about", str(about), "--formats", "html,json", "-o", str(folder), "--audience", audience]
        result = runner.invoke(main, ["build", str(book), *options])
        assert result.exit_code == 0, result.output
        found = [file.name for file in folder.iterdir() if "payroll of May" in file.read_text("utf-8")]
        assert found == (["report.html"] if there else [])
