"""The edition a report follows, through the whole road: chosen, said, checked by, left out, moved, newly asked for."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filings import DEFINITIONS, SAMPLE_NAMES, filing, sample
from test_compose import answers, headers, rows, sections, tables, times_shown

from esgreport.check import check
from esgreport.cli import main
from esgreport.cli_options import EDITIONS
from esgreport.compose import ReportOptions, compose_report
from esgreport.document import Block, Document, Note, Section
from esgreport.measure import measure
from esgreport.model import Filing

CHECKOUT = Path(__file__).parent.parent
SAMPLE = CHECKOUT / "schemas" / "samples" / "en.json"


def report(filed: Filing | str, edition: str = "vs-2026", language: str = "en") -> Document:
    filed = filing(filed) if isinstance(filed, str) else filed
    filed = replace(filed, edition=edition)
    return compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions(language))


def notes(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Note)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


# ── which one, and why ──


def test_the_command_knows_the_editions_there_are() -> None:
    assert set(EDITIONS) == DEFINITIONS.edition_names == set(DEFINITIONS.editions)


def test_without_being_asked_the_edition_is_that_of_the_financial_year_and_the_output_says_why(tmp_path: Path) -> None:
    content = json.loads(SAMPLE.read_text("utf-8"))
    del content["edition"]
    for year, expected in (("2025", "vsme-2025"), ("2026", "vs-2026")):
        path = tmp_path / f"{year}.json"
        path.write_text(json.dumps(content).replace("2025-", f"{year}-"), "utf-8")
        result = run("facts", path, "--format", "json")
        assert json.loads(result.stdout)["edition"] == expected
        assert result.stderr.startswith(f"{expected}: ")
        assert f"31 December {year}" in result.stderr.splitlines()[0]


def test_an_edition_asked_for_is_followed_from_facts_to_manifest(tmp_path: Path) -> None:
    result = run("build", SAMPLE, "--edition", "vs-2026", "--formats", "json", "-o", tmp_path, "--draft")
    assert "vs-2026: Voluntary standard of 2026." in result.stderr
    for name in ("facts.json", "manifest.json"):
        assert json.loads((tmp_path / name).read_text("utf-8"))["edition"] == "vs-2026"


def test_a_facts_file_keeps_the_edition_it_names(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(run("facts", SAMPLE, "--edition", "vs-2026", "--format", "json").stdout, "utf-8")
    assert json.loads(run("facts", path, "--format", "json").stdout)["edition"] == "vs-2026"
    assert json.loads(run("facts", path, "--format", "json", "--edition", "vsme-2025").stdout)["edition"] == "vsme-2025"


def test_a_facts_file_that_names_no_edition_there_is_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(SAMPLE.read_text("utf-8").replace('"vsme-2025"', '"vsme-2026"'), "utf-8")
    result = run("check", path)
    assert result.exit_code == 4
    assert "there is no edition 'vsme-2026'. Did you mean 'vsme-2025'?" in result.stderr


def test_the_report_says_which_edition_it_follows_and_why() -> None:
    usual = notes(report("Turnover = 5 iso4217:EUR", "vsme-2025").about)
    assert any(note.startswith("The financial year ends on 31 December 2025, before") for note in usual)
    chosen = notes(report("Turnover = 5 iso4217:EUR").about)
    assert "This edition was chosen; by its financial year the report would follow: VSME of 2025." in chosen
    assert report("Turnover = 5 iso4217:EUR").standard == "Voluntary standard, Delegated Regulation (EU) 2026/1560"


# ── compliance is never claimed ──


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_statement_of_compliance_is_printed_where_there_is_one_and_missed_where_there_is_none(edition: str) -> None:
    given, missed = report("StatementOfCompliance = yes", edition), report("Turnover = 5 iso4217:EUR", edition)
    assert answers(given)["Statement of compliance with the module chosen"] == ["Yes"]
    assert not any("statement of compliance" in note for note in notes(given.about))
    assert any("no statement of compliance" in note for note in notes(missed.about))


# ── deleted ──


LAND = """
TotalSealedArea = 2 utr:ha
TotalUseOfLand = 3 utr:ha
AreaOfSiteInBiodiversitySensitiveArea = 1 utr:ha @S1
"""


def test_what_the_edition_has_deleted_is_left_out_and_named() -> None:
    document = report(LAND)
    assert "Land use" not in tables(document)
    gone = "Left out, because this edition no longer asks for it: Sealed area; Total use of land."
    assert gone in notes(sections(document)["b5"])
    assert gone in notes(document.about)
    assert [one.concept for one in document.provenance] == ["AreaOfSiteInBiodiversitySensitiveArea"]
    assert "Land use" in tables(report(LAND, "vsme-2025"))


def test_the_index_says_why_a_disclosure_is_left_out() -> None:
    paris = "UndertakingsAreExcludedFromAnyEuReferenceBenchmarksThatAreAlignedWithTheParisAgreement = yes"
    row = next(row for row in report(paris).index if row.number == "C8")
    assert (row.section, row.status) == ("", "Not reported")
    assert row.reason.startswith("Left out, because this edition no longer asks for it: ")


def test_what_the_edition_has_deleted_is_not_checked() -> None:
    land = "TotalSealedArea = 5 utr:ha\nTotalUseOfLand = 3 utr:ha"
    wrong = {edition: [one.concept for one in check(filing(land), DEFINITIONS, "en", edition)] for edition in EDITIONS}
    assert "TotalSealedArea" in wrong["vsme-2025"]
    assert not {"TotalSealedArea", "TotalUseOfLand"} & set(wrong["vs-2026"])


def test_a_figure_the_edition_has_deleted_is_not_computed() -> None:
    emissions = "TotalGrossLocationBasedScope1AndScope2GHGEmissions = 5 utr:tCO2e\nTurnover = 9000000 iso4217:EUR"
    computed = {
        edition: {fact.concept for fact in measure(replace(filing(emissions), edition=edition), DEFINITIONS)}
        for edition in EDITIONS
    }
    assert computed["vsme-2025"] - computed["vs-2026"] == {"EmissionsPerMillionOfTurnover"}


# ── moved ──


def test_what_the_edition_has_moved_stands_in_its_new_disclosure_with_its_new_paragraph() -> None:
    turnover = "EmployeeTurnoverRate = 0.08\nNumberOfEmployees = 9"
    before, after = report(turnover, "vsme-2025"), report(turnover)
    assert rows(tables(before)["Employees by contract and gender"]) == [["Employee turnover rate", "8%"]]
    assert "c5" not in sections(before)
    table = tables(after)["Additional workforce characteristics"]
    assert rows(table) == [["Employee turnover rate", "8%"]]
    assert table.paragraph == "58"
    assert "b8" not in sections(after)
    index = {row.number: row.section for row in after.index}
    assert (index["B8"], index["C5"]) == ("", "c5")


def test_a_key_figure_leads_to_where_the_edition_has_it() -> None:
    assert report("EmployeeTurnoverRate = 0.08").key_figures.figures[0].section == "c5"
    assert report("EmployeeTurnoverRate = 0.08", "vsme-2025").key_figures.figures[0].section == "b8"


# ── new ──


TRAINING = """
NumberOfFemaleEmployees = 4
NumberOfMaleEmployees = 6
AverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 20
AverageNumberOfAnnualTrainingHoursPerMaleEmployee = 10
"""


def test_a_computed_figure_stands_for_the_datapoint_with_its_paragraph() -> None:
    table = tables(report(TRAINING))["Annual training hours"]
    assert rows(table)[-1] == ["Average annual training hours per employee", "14 hours"]
    assert table.paragraph == "42(d)"
    assert "Computed from figures reported: Average annual training hours per employee." in table.note
    assert not any("Newly asked" in note for note in notes(sections(report(TRAINING))["b10"]))


def test_a_datapoint_that_is_reported_is_not_computed_as_well() -> None:
    document = report(f"{TRAINING}\nAverageNumberOfAnnualTrainingHoursPerEmployee = 13.5")
    shown = [row for row in rows(tables(document)["Annual training hours"]) if "per employee" in row[0]]
    assert [row[1] for row in shown] == ["13.5"]


def test_what_the_edition_newly_asks_for_is_named_where_it_is_missing() -> None:
    training = "NumberOfEmployees = 20\nAverageNumberOfAnnualTrainingHoursPerFemaleEmployee = 20"
    (note,) = notes(sections(report(training))["b10"])
    assert note.startswith(
        "Newly asked for by this edition, and not reported: Average annual training hours per employee"
    )
    assert note.endswith("(Paragraph 42(d)).")
    assert notes(sections(report(training, "vsme-2025"))["b10"]) == []
    (note,) = [note for note in notes(sections(report(LAND))["b5"]) if "Newly" in note]
    assert "where it applies" in note


def test_what_is_voluntary_for_ten_employees_is_not_asked_of_them() -> None:
    water = "TotalAmountOfWaterWithdrawnFromAllSites = 5 utr:m3\nNumberOfEmployees = {}"
    assert notes(sections(report(water.format(10)))["b6"]) == []
    assert len(notes(sections(report(water.format(11)))["b6"])) == 1


def test_new_datapoints_appear_where_they_are_reported() -> None:
    document = report("WaterConsumptionAtSitesInWaterStressedAreas = 4 utr:m3")
    assert headers(tables(document)["Water"]) == ["Figure", "2025 [m³]"]
    assert tables(document)["Water"].paragraph == "37"


# ── paragraphs ──


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("language", ["en", "it"])
def test_every_paragraph_printed_is_one_of_the_edition_followed(name: str, language: str) -> None:
    for edition in EDITIONS:
        filed = replace(sample(name), edition=edition)
        document = report(filed, edition, language)
        law = DEFINITIONS.law
        known = {
            law.paragraph(reference.paragraph, language)
            for one in (*DEFINITIONS.concepts.values(), *DEFINITIONS.metrics.values(), *DEFINITIONS.disclosures)
            if (reference := one.editions.get(edition))
        }
        printed = {one.paragraph for one in document.provenance} | {
            one.paragraph for one in sections(document).values()
        }
        assert printed <= known | {""}
        assert any(row.paragraph for row in document.index)
        assert any(row.paragraph_2026 for row in document.index)


def test_a_paragraph_nobody_verified_is_said_to_be_so_in_the_index() -> None:
    index = {row.number: row for row in report("Turnover = 5 iso4217:EUR").index}
    assert (index["C3"].paragraph, index["C3"].paragraph_2026) == ("54–56", "not verified")


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_fact_the_edition_has_stands_in_one_place(name: str, edition: str) -> None:
    filed = replace(sample(name), edition=edition)
    document = report(filed, edition)
    asked = [fact for fact in filed.facts if not DEFINITIONS.is_deleted(fact.concept, edition)]
    own = [one.anchor for one in document.provenance]
    assert len(own) == len(asked) + len(measure(filed, DEFINITIONS))
    assert times_shown(document) == Counter(own)
    gone = {fact.concept for fact in filed.facts} - {fact.concept for fact in asked}
    said = " ".join(notes(document.about))
    labels = [DEFINITIONS.concepts[concept].labels["en"] for concept in gone]
    assert all(label in said for label in labels)
    assert bool(gone) == (edition == "vs-2026")


def blocks(document: Document) -> list[Block]:
    return [block for section in sections(document).values() for block in section.blocks]


def test_the_same_filing_gives_the_same_report_under_each_edition() -> None:
    for edition in EDITIONS:
        assert blocks(report(LAND, edition)) == blocks(report(LAND, edition))
