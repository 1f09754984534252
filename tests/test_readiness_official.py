"""Readiness of the official samples: complete as they are, and missing just what the 2025 template does not ask."""

from __future__ import annotations

import pytest
from filings import DEFINITIONS, SAMPLE_NAMES, sample

from esgreport.assessment import State
from esgreport.measure import measure
from esgreport.readiness import ReadinessOptions, readiness

NEW_IN_2026 = {name for name, concept in DEFINITIONS.concepts.items() if not concept.in_taxonomy}


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_official_samples_lack_inside_the_cap_only_what_their_template_does_not_ask(name: str) -> None:
    filed = sample(name)
    found = readiness(filed, measure(filed, DEFINITIONS), DEFINITIONS, ReadinessOptions())
    assert {gap.concept for gap in found.gaps if gap.inside} <= NEW_IN_2026
    states = {row.state for row in found.rows}
    assert states <= {State.REPORTED, State.PARTLY, State.OMITTED}


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("edition", ["vsme-2025", "vs-2026"])
def test_every_disclosure_of_the_official_samples_adds_up(name: str, edition: str) -> None:
    filed = sample(name)
    options = ReadinessOptions(edition=edition)
    for status in readiness(filed, measure(filed, DEFINITIONS), DEFINITIONS, options).disclosures:
        assert status.required == status.answered + status.missing + status.omitted
