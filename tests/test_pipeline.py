"""The road as a whole: what one room has said, another does not say again."""

from __future__ import annotations

from books import IDENTITY, book

from esgreport import definitions
from esgreport.facts import bind
from esgreport.pipeline import Reading, check_filing


def test_what_is_missing_in_the_identity_is_said_once() -> None:
    loaded = definitions.load()
    text = IDENTITY.replace("Top!A1 = Muster GmbH", "").replace("Top!A2 = IT01234567890", "")
    filing, findings = bind(book("NumberOfEmployees -> G!E1\nG!E1 = 5", text), loaded)
    checked = check_filing(Reading(filing, findings), loaded, "en")
    at_the_top = [finding.code for finding in checked.findings if finding.source.sheet == "Top"]
    assert sorted(at_the_top) == ["META-01", "META-02"]
