"""Every report is PDF/A-3a and PDF/UA-1 in the eyes of veraPDF; run by `make conformance`, since Java is heavy."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from verapdf import PROFILES, faults, missing

from esgreport.cli import main

pytestmark = pytest.mark.skipif(missing(), reason="the validator is installed by `make conformance` alone")
_OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "vsme"


def built(folder: Path, *arguments: str) -> Path:
    """The PDF that `esgreport build` makes with these arguments."""
    done = CliRunner().invoke(main, ["build", *arguments, "-o", str(folder), "--formats", "pdf", "--draft"])
    assert done.exit_code == 0, done.output
    return folder / "report.pdf"


@pytest.mark.parametrize("language", ["en", "it", "de", "fr"])
def test_the_sample_companys_report_conforms(tmp_path: Path, language: str) -> None:
    workbook = tmp_path / "sample.xlsx"
    assert CliRunner().invoke(main, ["init", str(workbook), "--sample", "--lang", language]).exit_code == 0
    pdf = built(tmp_path / "report", str(workbook))
    assert {profile: faults(pdf, profile) for profile in PROFILES} == {profile: [] for profile in PROFILES}


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1", "1.2.0"])
@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
def test_the_reports_of_the_official_samples_conform(tmp_path: Path, version: str, edition: str) -> None:
    workbook = _OFFICIAL / f"VSME-Digital-Template-Sample-{version}.xlsx"
    if not workbook.exists():
        pytest.skip("the official samples are not beside the checkout")
    pdf = built(tmp_path, str(workbook), "--edition", edition)
    assert {profile: faults(pdf, profile) for profile in PROFILES} == {profile: [] for profile in PROFILES}


def test_a_pdf_that_does_not_conform_is_told(tmp_path: Path) -> None:
    from weasyprint import HTML

    plain = tmp_path / "plain.pdf"
    rows = "".join(f"<tr><td>{n}<td>{n * n}</tr>" for n in range(400))
    plain.write_bytes(HTML(string=f"<html><h3>No title, no language</h3><table>{rows}</table>").write_pdf())
    assert any("7.1-" in fault for fault in faults(plain, "PDFUA-1"))
    assert faults(plain, "PDFA-3A")


def test_a_branded_sealed_report_conforms_too(tmp_path: Path) -> None:
    pytest.importorskip("pyhanko", reason="the extra `sign` is not installed")
    from test_render_brand import LOGO, brand, photo
    from test_render_seal import WORDS, key_file

    workbook = tmp_path / "sample.xlsx"
    assert CliRunner().invoke(main, ["init", str(workbook), "--sample"]).exit_code == 0
    text = (
        "theme = 'editorial'\npage = 'letter'\nlogo = 'logo.svg'\ncover-image = 'hall.jpg'\n[colours]\nmain = '#7A1F2B'"
    )
    looks = brand(tmp_path, text, logo_svg=LOGO, hall_jpg=photo())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESGREPORT_PASSPHRASE", WORDS)
        pdf = built(tmp_path, str(workbook), "--brand", str(looks), "--sign", str(key_file(tmp_path)))
    assert {profile: faults(pdf, profile) for profile in PROFILES} == {profile: [] for profile in PROFILES}
