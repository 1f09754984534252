"""Who a report is for: what those readers are not shown is gone from the filing, and from all that comes of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from esgreport import pipeline
from esgreport.assessment import Told
from esgreport.audience import OMITTED, told, told_findings
from esgreport.definitions import Definitions, load
from esgreport.definitions.audiences import audience_named
from esgreport.errors import DefinitionError
from esgreport.model import Dropped, Fact, Filing, Finding, Severity, Source

PAY_GAP = "PercentageGapInPayBetweenFemaleAndMaleEmployees"


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load()


@pytest.fixture(scope="module")
def filing(definitions: Definitions) -> Filing:
    return pipeline.sample_filing(definitions, "en")


def seen(filing: Filing, definitions: Definitions, text: str, tmp_path: Path) -> Told:
    """What the audience of a file with this text is told."""
    path = tmp_path / "audience.yaml"
    path.write_text(text, encoding="utf-8")
    return told(filing, audience_named(str(path), definitions), definitions, "en")


def concepts(filing: Filing) -> set[str]:
    return {fact.concept for year in filing.years for fact in year.facts}


def test_customers_and_the_undertaking_see_all_that_is_reported(filing: Filing, definitions: Definitions) -> None:
    for name in ("full", "customer"):
        assert told(filing, audience_named(name, definitions), definitions, "en") == Told(filing)


def test_the_public_does_not_see_where_exactly_a_site_is(filing: Filing, definitions: Definitions) -> None:
    public = told(filing, audience_named("public", definitions), definitions, "it")
    gone = concepts(filing) - concepts(public.filing)
    assert gone == {each.concept for each in public.withheld}
    assert "AddressOfSite" in gone and "CityOfSite" not in gone
    assert {each.reason for each in public.withheld} == {"Le posizioni esatte non sono pubblicate."}
    assert not public.whole


def test_beyond_the_cap_nothing_is_left_but_who_reports(filing: Filing, definitions: Definitions) -> None:
    capped = told(filing, audience_named("capped", definitions), definitions, "en")
    left = concepts(capped.filing)
    assert "TotalEnergyConsumption" in left and "NumberOfEmployees" in left and "NameOfTheSubsidiary" in left
    assert PAY_GAP not in left and "GrossScope3GreenhouseGasEmissions" not in left


def test_a_very_small_undertaking_has_the_lower_cap(filing: Filing, definitions: Definitions) -> None:
    facts = tuple(
        replace(fact, value=Decimal(8)) if fact.concept == "NumberOfEmployees" and not fact.dimensions else fact
        for fact in filing.facts
    )
    small = told(replace(filing, facts=facts), audience_named("capped", definitions), definitions, "en")
    large = told(filing, audience_named("capped", definitions), definitions, "en")
    assert concepts(small.filing) < concepts(large.filing)


def test_a_file_withholds_and_rounds_more_than_the_audience_it_is_like(
    filing: Filing, definitions: Definitions, tmp_path: Path
) -> None:
    text = f"""
like: public
withholds:
  - concepts: [{PAY_GAP}]
    reason: {{en: "Not shared."}}
rounds:
  - disclosures: [B3]
    digits: 2
"""
    own = seen(filing, definitions, text, tmp_path)
    assert {PAY_GAP, "AddressOfSite"} <= {each.concept for each in own.withheld}
    before = next(fact for fact in filing.facts if fact.concept == "TotalEnergyConsumption" and not fact.dimensions)
    after = next(fact for fact in own.filing.facts if fact.concept == "TotalEnergyConsumption" and not fact.dimensions)
    assert isinstance(before.value, Decimal) and isinstance(after.value, Decimal)
    assert after.value == Decimal(f"{before.value:.1e}") != before.value
    assert "TotalEnergyConsumption" in {each.concept for each in own.rounded}


def test_nothing_tells_of_a_withheld_figure(filing: Filing, definitions: Definitions, tmp_path: Path) -> None:
    text = "withholds:\n  - disclosures: [B10]\n    reason: {en: Secret.}\n"
    asked = ((PAY_GAP, Source("x.xlsx", "Social", "D9")), ("Turnover", Source("x.xlsx", "General", "D4")))
    lost = tuple(Dropped(source, "CELL-01", "no number") for _, source in asked)
    filing = replace(filing, asked_at=asked, dropped=lost)
    own = seen(filing, definitions, text, tmp_path)
    assert PAY_GAP in concepts(filing) and PAY_GAP not in concepts(own.filing)
    assert dict(filing.asked_at).keys() - dict(own.filing.asked_at).keys() == {PAY_GAP}
    assert own.filing.dropped == filing.dropped[1:]
    assert own.filing.cells_filled == len(own.filing.facts) + len(own.filing.dropped)


def test_what_is_listed_as_omitted_is_shown_to_nobody(filing: Filing, definitions: Definitions) -> None:
    member = "B3TotalEnergyConsumptionInMWhMember"
    listed = Fact(OMITTED, (member,), filing.period)
    full = told(replace(filing, facts=(*filing.facts, listed)), audience_named("full", definitions), definitions, "de")
    assert "TotalEnergyConsumption" not in concepts(full.filing)
    assert "Als weggelassen aufgeführt, weil geheim oder sensibel." in {each.reason for each in full.withheld}


def test_findings_that_rest_on_withheld_figures_are_not_told(filing: Filing, definitions: Definitions) -> None:
    public = told(filing, audience_named("public", definitions), definitions, "en")
    stays = Finding("VSME-B3-01", Severity.WARNING, "t", "1 and 2 make 4")
    goes = Finding("VSME-B1-05", Severity.WARNING, "t", "Via dei Tornitori 14")
    read = Finding("CELL-02", Severity.WARNING, "t", "Via dei Tornitori 14", concept="AddressOfSite")
    elsewhere = replace(read, concept="CityOfSite")
    found = told_findings((stays, goes, read, elsewhere), (stays,), filing, public)
    assert found == (stays, elsewhere)


def test_an_audience_there_is_not_is_refused_with_those_there_are(definitions: Definitions) -> None:
    with pytest.raises(DefinitionError, match=r"one of full, customer, capped, public, or a file"):
        audience_named("customers", definitions)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("withhold: []", "withhold"),
        ("like: everybody", "no audience 'everybody'"),
        ("withholds: [{concepts: [TotalEnergy], reason: {en: x}}]", "no concept 'TotalEnergy'"),
        ("rounds: [{disclosures: [B33], digits: 2}]", "no disclosure 'B33'"),
        ("rounds: [{disclosures: [B3], digits: 0}]", "digits"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    definitions: Definitions, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=said) as raised:
        audience_named(str(path), definitions)
    assert "own.yaml" in str(raised.value)
