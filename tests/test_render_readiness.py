"""Readiness as text, JSON and page: everything found is shown, in every language, and nothing is fetched or run."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filings import DEFINITIONS, filing

from esgreport import pipeline, resources
from esgreport.assessment import Readiness
from esgreport.cli import main
from esgreport.measure import measure
from esgreport.model import Entity
from esgreport.readiness import ReadinessOptions, readiness
from esgreport.render import readiness_text as text
from esgreport.render.readiness import render_readiness
from esgreport.texts import translator

COMPLETE = [code for code, language in DEFINITIONS.languages.items() if language.complete]
THIRTY = (
    "BasisForPreparation = OptionABasicModuleOnlyMember\nNumberOfEmployees = 30 xbrli:pure\n"
    "TypeOfNumberOfEmployees = HeadcountMember\nTotalEnergyConsumption = 5 utr:MWh\n"
    "GrossScope1GreenhouseGasEmissions = 3 utr:tCO2e\nGrossScope3GreenhouseGasEmissions = 9 utr:tCO2e"
)


def found(language: str = "en", table: str = THIRTY) -> Readiness:
    filed = filing(table)
    return readiness(filed, measure(filed, DEFINITIONS), DEFINITIONS, ReadinessOptions(language=language))


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_text_has_the_cap_completeness_customers_and_gaps() -> None:
    shown = text.readiness_text(found())
    assert "Readiness of Officina Rossi, period to 31 December 2025" in shown
    assert re.search(r"^B3 +33 +Scope 1 and location-based.*inside the cap +reported in part", shown, re.MULTILINE)
    assert re.search(r"^C1 .*not applicable .*The basic module alone was chosen", shown, re.MULTILINE)
    assert re.search(r"^Bank +\d+ / \d+ +\d+ %", shown, re.MULTILINE)
    assert re.search(r"^ +1\. .*\n +inside the cap; effort low; asked by Car maker, Bank", shown, re.MULTILINE)


def test_what_is_not_verified_says_so_in_capitals() -> None:
    shown = text.readiness_text(found())
    assert re.search(r"contract terms that go beyond the cap are void was not verified\. \[NOT\s+VERIFIED\]", shown)
    assert "This is information, not legal advice.\n" in shown


def test_without_gaps_the_text_says_that_nothing_is_missing() -> None:
    sample = pipeline.sample_filing(DEFINITIONS, "en")
    complete = readiness(sample, measure(sample, DEFINITIONS), DEFINITIONS, ReadinessOptions())
    assert text.readiness_text(complete).endswith("Nothing is missing.\n")


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_json_holds_every_disclosure_datapoint_row_profile_and_gap() -> None:
    one = found()
    document = json.loads(json.dumps(text.readiness_document(one)))
    assert len(document["cap"]["rows"]) == 23
    assert [each["disclosure"] for each in document["disclosures"]] == [each.code for each in one.disclosures]
    names = [
        point["concept"] for each in document["disclosures"] for point in each["datapoints"] if not point["members"]
    ]
    assert sorted(names) == sorted(DEFINITIONS.concepts)
    assert [gap["rank"] for gap in document["gaps"]] == list(range(1, len(one.gaps) + 1))
    assert document["cap"]["held_beyond"] == [
        {
            "concept": "GrossScope3GreenhouseGasEmissions",
            "label": "Gross Scope 3 GHG emissions",
            "disclosure": "B3",
            "class": "consideration",
        }
    ]
    assert document["cap"]["financial_year_start"] == "2027-01-01"
    assert {profile["profile"] for profile in document["profiles"]} == set(DEFINITIONS.law.profiles)


# ── page ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_one_file_that_fetches_and_runs_nothing() -> None:
    page = render_readiness(found(), DEFINITIONS)
    assert "<script" not in page
    assert "script-src &#39;none&#39;" in page
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", page) == []
    assert ' style="' not in page


def test_the_page_shows_every_gap_and_row_and_links_every_disclosure() -> None:
    one = found()
    page = render_readiness(one, DEFINITIONS)
    for gap in one.gaps:
        assert gap.label in page
    for status in one.disclosures:
        assert f'href="#of-{status.code}"' in page
        assert f'id="of-{status.code}"' in page
    assert page.count('class="unverified"') > 10


def test_what_the_workbook_says_is_escaped() -> None:
    filed = replace(filing(THIRTY), entity=Entity("<script>alert(1)</script>"))
    page = render_readiness(readiness(filed, (), DEFINITIONS, ReadinessOptions()), DEFINITIONS)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


PLACES = re.compile(r"%\((\w+)\)s")
ONE_HELD, MANY_HELD = "%(count)s datapoint held beyond the cap", "%(count)s datapoints held beyond the cap"


# ── languages ────────────────────────────────────────────────────────────────────────────────────────────────


def sentences() -> set[str]:
    """Every sentence the page and the text say."""
    template = (resources.folder("templates") / "readiness.html.j2").read_text(encoding="utf-8")
    source = Path(text.__file__).read_text(encoding="utf-8")
    return set(re.findall(r'\b_\("([^"]+)"', template)) | set(re.findall(r'\bsay\(\s*"([^"]+)"', source))


@pytest.mark.parametrize("language", [code for code in COMPLETE if code != "en"])
def test_every_word_of_the_page_and_the_text_is_translated(language: str) -> None:
    say = translator(language)
    plain = {sentence for sentence in sentences() if "%(" not in sentence}
    same = {"Effort"} if language == "fr" else set()
    assert [sentence for sentence in sorted(plain - same) if say(sentence) == sentence] == []
    for sentence in sentences() - plain:
        assert set(PLACES.findall(say(sentence))) == set(PLACES.findall(sentence))
    assert say(ONE_HELD, MANY_HELD, 2) not in (ONE_HELD % {"count": 2}, MANY_HELD % {"count": 2})


@pytest.mark.parametrize("language", COMPLETE)
def test_text_and_page_are_made_in_every_language(language: str) -> None:
    one = found(language)
    assert f'<html lang="{language}">' in render_readiness(one, DEFINITIONS)
    shown = text.readiness_text(one)
    english = {"inside the cap", "reported in part", "Asked for and not reported"}
    assert language == "en" or not [word for word in english if word in shown]
    assert "first sentence" not in shown or language == "en"


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The sample company's facts as a file."""
    path = tmp_path / "sample.json"
    path.write_bytes((DEFINITIONS.folder / "samples" / "en.json").read_bytes())
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["readiness", *map(str, arguments)], catch_exceptions=False)


def test_the_command_prints_tables_or_json_and_writes_a_page(workbook: Path) -> None:
    assert run(workbook).stdout.startswith("Readiness of Officine Quattroponti S.r.l.")
    assert json.loads(run(workbook, "--format", "json").stdout)["entity"] == "Officine Quattroponti S.r.l."
    written = run(workbook, "--format", "html")
    assert written.stderr.strip().endswith("sample.readiness.html")
    assert "<!doctype html>" in (workbook.parent / "sample.readiness.html").read_text(encoding="utf-8")


def test_the_command_takes_a_language_an_edition_profiles_and_a_file(workbook: Path) -> None:
    target = workbook.parent / "out" / "bereit.json"
    result = run(
        workbook, "--format", "json", "--lang", "de", "--edition", "vs-2026", "--profile", "bank", "-o", target
    )
    document = json.loads(target.read_text(encoding="utf-8"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert (document["language"], document["edition"]) == ("de", "Freiwilliger Standard von 2026")
    assert [profile["profile"] for profile in document["profiles"]] == ["bank"]


def test_the_command_refuses_an_unknown_profile_and_never_overwrites_the_workbook(workbook: Path) -> None:
    refused = run(workbook, "--profile", "bnk")
    assert (refused.exit_code, "Did you mean 'bank'?" in refused.stderr) == (2, True)
    assert run(workbook, "-o", workbook).exit_code == 2
