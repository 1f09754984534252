"""The facts of official workbooks, moved into ours and read back: nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from esgreport.definitions import load
from esgreport.facts import bind
from esgreport.model import Filing
from esgreport.read import read_workbook
from esgreport.render.workbook import write_workbook

DEFINITIONS = load()
OFFICIAL = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme"
SAMPLES = ("1.0.0", "1.1.1", "1.2.0")


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason=f"the official workbooks are not at {OFFICIAL}")
@pytest.mark.parametrize("version", SAMPLES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_official_workbook_moves_into_ours_fact_for_fact(tmp_path: Path, version: str, language: str) -> None:
    source = OFFICIAL / f"VSME-Digital-Template-Sample-{version}.xlsx"
    original, _ = bind(read_workbook(source, source.name), DEFINITIONS)
    path = tmp_path / "ours.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, language, original))
    moved, findings = bind(read_workbook(path, path.name), DEFINITIONS, language)
    assert len(original.facts) > 100
    assert said(moved) == said(original)
    assert moved.dropped == ()
    assert [finding.code for finding in findings if not finding.code.startswith("META")] == []


def said(filing: Filing) -> list[tuple[str, ...]]:
    return sorted(
        (fact.concept, repr(fact.value), str(fact.unit), repr(fact.decimals), repr(fact.dimensions), repr(fact.period))
        for fact in filing.facts
    )
