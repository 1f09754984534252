"""What lies beside the report conforms too: the report with customers, the scorecard, the letters with answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from verapdf import PROFILES, faults, missing

from esgreport.cli import main

pytestmark = pytest.mark.skipif(missing(), reason="the validator is installed by `make conformance` alone")
LANGUAGES = ("en", "it", "de", "fr")
NOTHING = {profile: [] for profile in PROFILES}


def done(*words: object) -> None:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output


def samples(folder: Path, language: str) -> tuple[Path, Path]:
    """The workbooks of the sample company, of its figures and of its customers."""
    figures, customers = folder / "figures.xlsx", folder / "customers.xlsx"
    done("init", figures, "--sample", "--lang", language)
    done("init", "--cx", customers, "--sample", "--lang", language)
    return figures, customers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_with_map_and_customers_conforms(tmp_path: Path, language: str) -> None:
    done(
        "build", *samples(tmp_path, language), "-o", tmp_path / "report", "--formats", "pdf", "--audience", "full",
        "--lang", language,
    )  # fmt: skip
    assert {profile: faults(tmp_path / "report" / "report.pdf", profile) for profile in PROFILES} == NOTHING


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scorecard_can_be_read_by_everyone(tmp_path: Path, language: str) -> None:
    done("scorecard", *samples(tmp_path, language), "-o", tmp_path / "card", "--format", "pdf", "--lang", language)
    (pdf,) = (tmp_path / "card").glob("*.pdf")
    assert faults(pdf, "PDFUA-1") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_conform(tmp_path: Path, language: str) -> None:
    from test_letters import written

    from esgreport.render.letters import letter_pdf

    letters = written(language)
    assert {"cover", "declaration"} <= set(letters)
    for kind, letter in letters.items():
        pdf = tmp_path / f"{kind}.pdf"
        pdf.write_bytes(letter_pdf(letter))
        assert {profile: faults(pdf, profile) for profile in PROFILES} == NOTHING, kind
