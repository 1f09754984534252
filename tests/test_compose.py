"""The report as a Document: what stands where, that nothing is lost and nothing invented."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from filings import DEFINITIONS, SAMPLE_NAMES, YEAR, filing, sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from esgreport.compose import ReportOptions, compose_report
from esgreport.compose.disclosures import figures_of
from esgreport.document import Answers, Block, Document, Narrative, Note, Section, Table
from esgreport.measure import measure
from esgreport.model import Fact, Filing, Finding, Period, Severity, Source

LANGUAGES = list(DEFINITIONS.languages)


def compose(filed: Filing | str, language: str = "en", *findings: Finding, draft: bool = False) -> Document:
    filed = filing(filed) if isinstance(filed, str) else filed
    return compose_report(filed, measure(filed, DEFINITIONS), findings, DEFINITIONS, ReportOptions(language, draft))


def sections(document: Document) -> dict[str, Section]:
    return {section.id: section for part in document.parts for section in part.sections}


def blocks(document: Document) -> Iterator[Block]:
    for section in (document.about, *sections(document).values()):
        yield from section.blocks


def tables(document: Document) -> dict[str, Table]:
    return {block.caption: block for block in blocks(document) if isinstance(block, Table)}


def rows(table: Table) -> list[list[str]]:
    return [[" ".join(filter(None, (cell.text, cell.unit))) for cell in row.cells] for row in table.rows]


def headers(table: Table) -> list[str]:
    return [f"{column.header} [{column.unit}]" if column.unit else column.header for column in table.columns]


def answers(document: Document) -> dict[str, list[str]]:
    return {
        answer.label: [figure.text for figure in answer.figures]
        for block in blocks(document)
        if isinstance(block, Answers)
        for answer in block.answers
    }


def times_shown(document: Document) -> Counter[str]:
    """How often each fact is shown in "about" and the parts; the items of a set count as one."""
    shown: Counter[str] = Counter()
    for block in blocks(document):
        if isinstance(block, Answers):
            shown.update(anchor for answer in block.answers for anchor in answer.figures[0].facts)
        else:
            shown.update(anchor for figure in figures_of(block) for anchor in figure.facts)
    return shown


def assert_nothing_lost(document: Document, filed: Filing) -> None:
    anchors = [entry.anchor for entry in document.provenance]
    assert len(anchors) == len(set(anchors)) == len(filed.facts) + len(measure(filed, DEFINITIONS))
    assert times_shown(document) == Counter(anchors)


# ── nothing is lost, nothing invented ──


def test_a_text_too_long_for_a_cell_or_a_short_answer_stands_below_it_whole() -> None:
    text = "An address that goes on and on. " * 40
    filed = filing(f"AddressOfSite = {text} @North\nCityOfSite = Lodi @North\nOtherUndertakingsLegalForm = {text}")
    document = compose(filed)
    shown = [block for block in sections(document)["b1"].blocks if isinstance(block, Narrative)]
    assert [(block.label, block.text.strip()) for block in shown] == [
        ("Other legal form", text.strip()),
        ("Address: North", text.strip()),
    ]
    cells = [cell.text for table in tables(document).values() for row in table.rows for cell in row.cells]
    assert max(map(len, cells)) < 100
    assert_nothing_lost(document, filed)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_the_samples_stands_in_one_place(name: str, language: str) -> None:
    filed = sample(name)
    assert_nothing_lost(compose(filed, language), filed)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_samples_have_a_section_for_every_disclosure_reported(name: str) -> None:
    document = compose(sample(name))
    reported = {row.section for row in document.index if row.section}
    assert reported | {"additional-general"} >= set(sections(document)) - {"additional-environment"}
    assert len(document.index) == 20
    assert len(document.key_figures.figures) == 8


def any_value(concept_name: str) -> some.SearchStrategy[object]:
    concept = DEFINITIONS.concepts[concept_name]
    if concept.numeric:
        return some.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**18)
    if concept.type == "boolean":
        return some.booleans()
    if concept.type == "date":
        return some.dates()
    if concept.type == "year":
        return some.integers(1990, 2100).map(Decimal)
    members = [code.member for code in DEFINITIONS.code_list(concept.members).codes[:20]] if concept.members else []
    if concept.type == "enumeration_set":
        return some.lists(some.sampled_from(members), unique=True).map(lambda chosen: tuple(sorted(chosen)))
    return some.sampled_from(members) if members else some.text(max_size=30)


@some.composite
def any_facts(draw: some.DrawFn) -> tuple[Fact, ...]:
    names = draw(some.lists(some.sampled_from(sorted(DEFINITIONS.concepts)), max_size=25))
    facts = []
    for row, name in enumerate(names):
        concept = DEFINITIONS.concepts[name]
        dimensions = ()
        if concept.table and draw(some.booleans()):
            axis = DEFINITIONS.axes[DEFINITIONS.tables[concept.table].axes[0]]
            codes = (
                [code.member for code in DEFINITIONS.code_list(axis.members).domain] if axis.members else ["1", "<b>"]
            )
            member = draw(some.sampled_from(codes[:6]))
            dimensions = ((axis.name, member),) if member != axis.default else ()
        unit = draw(some.sampled_from(["utr:t", "utr:kg", "utr:MWh", "utr:nonsense", "xbrli:pure"]))
        facts.append(
            Fact(
                name,
                draw(any_value(name)),  # type: ignore[arg-type]
                YEAR,
                unit if concept.numeric else None,
                draw(some.sampled_from([0, 2, 7, "INF"])) if concept.numeric else None,
                dimensions,
                Source("book.xlsx", "Sheet", f"C{row + 1}", name),
                draw(some.lists(some.sampled_from(["First.", "Second."]), max_size=1).map(tuple)),
            )
        )
    return tuple(facts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts(), some.sampled_from(LANGUAGES))
def test_whatever_is_filed_stands_in_one_place(facts: tuple[Fact, ...], language: str) -> None:
    filed = replace(filing(""), facts=facts)
    document = compose(filed, language)
    assert_nothing_lost(document, filed)
    for table in (block for block in blocks(document) if isinstance(block, Table)):
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}
    ids = [block.id for block in blocks(document) if not isinstance(block, Note)] + list(sections(document))
    assert len(ids) == len(set(ids))
    assert set("".join(ids)) <= set(string.ascii_letters + string.digits + "-")


def test_two_rows_with_the_same_member_are_both_shown() -> None:
    document = compose(
        """
        NumberOfEmployeesForCountryOfEmploymentContract = 5 @IT
        NumberOfEmployeesForCountryOfEmploymentContract = 7 @IT
        """
    )
    assert rows(tables(document)["Employees by country"]) == [["Italy", "5"], ["Italy", "7"]]


def test_a_figure_given_twice_is_shown_twice() -> None:
    document = compose("Turnover = 5 iso4217:EUR\nTurnover = 7 iso4217:EUR")
    assert rows(tables(document)["Size of the undertaking"]) == [["Turnover", "5"]]
    assert rows(tables(document)["Further figures"]) == [["Turnover", "7"]]
    assert headers(tables(document)["Further figures"]) == ["Figure", "2025 [EUR]"]


def test_a_fact_of_no_known_concept_is_shown_with_the_general_ones() -> None:
    unknown = Fact("SomethingElse", "text", YEAR, source=Source("book.xlsx", "Sheet", "A1"))
    document = compose(replace(filing(""), facts=(unknown,)))
    assert answers(document)["SomethingElse"] == ["text"]


def test_a_report_of_nothing_says_so() -> None:
    document = compose("")
    assert document.parts == () and document.key_figures.figures == ()
    assert {(row.status, row.reason) for row in document.index} == {
        ("Not reported", "Nothing was entered for this disclosure.")
    }


def test_the_same_filing_makes_the_same_document() -> None:
    table = "NumberOfEmployees = 5\nTurnover = 7 iso4217:EUR"
    assert compose(table) == compose(table)


# ── tables ──

EMISSIONS = """
GrossScope1GreenhouseGasEmissions = 75 utr:tCO2e
GrossScope1GreenhouseGasEmissions = 100 utr:tCO2e @BaselineYearMember
GrossScope3GreenhouseGasEmissions = 12.5 utr:tCO2e
TotalGrossLocationBasedScope1AndScope2GHGEmissions = 75 utr:tCO2e
"""


def test_emissions_stand_beside_their_base_year_and_the_change_since() -> None:
    table = tables(compose(EMISSIONS))["Greenhouse gas emissions"]
    assert headers(table)[1:] == ["2025 [tCO₂e]", "2020 (Base year) [tCO₂e]", "Change since 2020"]
    assert rows(table) == [
        ["Gross Scope 1 GHG emissions", "75.0", "100", "−25%"],
        ["Total Scope 1 and 2 GHG emissions, location-based", "75.0", "–", "–"],
        ["Gross Scope 3 GHG emissions", "12.5", "–", "–"],
    ]
    assert [row.total for row in table.rows] == [False, True, False]


def test_what_was_not_reported_is_a_dash_with_no_fact() -> None:
    table = tables(compose(EMISSIONS))["Greenhouse gas emissions"]
    dash = table.rows[2].cells[2]
    assert (dash.text, dash.facts, dash.absent) == ("–", (), True)


def test_columns_without_a_figure_are_left_out() -> None:
    table = tables(compose("EnergyConsumptionFromFuels = 5 utr:MWh @NonRenewableEnergyMember"))["Energy consumption"]
    assert headers(table) == ["", "Non-renewable [MWh]"]


def test_parts_that_miss_their_total_are_named() -> None:
    table = "TotalEnergyConsumption = 10 utr:MWh\nEnergyConsumptionFromFuels = 8 utr:MWh"
    assert tables(compose(table))["Energy consumption"].note == "The parts make 8 MWh, the total reported is 10 MWh."
    assert tables(compose(table.replace("8", "10")))["Energy consumption"].note == ""


def test_rows_of_a_table_come_in_the_workbooks_order_with_their_own_units() -> None:
    table = """
    WasteDirectedToDisposalMass = 800 utr:kg @W-150104-Non-Hazardous-MetallicPackagingMember
    WasteDirectedToDisposalMass = 3 utr:t @W-020103-Non-Hazardous-PlantTissueWasteMember
    """
    assert [row[1] for row in rows(tables(compose(table))["Waste by type"])] == ["800 kg", "3 t"]


def test_a_unit_that_holds_for_a_column_stands_in_its_header() -> None:
    table = "TotalSealedArea = 25 utr:sqm\nTotalUseOfLand = 200 utr:sqm"
    made = tables(compose(table))["Land use"]
    assert headers(made) == ["Figure", "2025 [m²]"]
    assert [row[1] for row in rows(made)] == ["25", "200"]


def test_computed_figures_are_named_as_such() -> None:
    table = "NumberOfEmployees = 4\nNumberOfFemaleEmployees = 1\nNumberOfMaleEmployees = 3"
    made = tables(compose(table))["Employees by contract and gender"]
    assert made.note == "Computed from figures reported: Share of women among employees."
    assert rows(made)[-1] == ["Share of women among employees", "25%"]


def test_a_table_carries_the_paragraphs_of_what_it_shows() -> None:
    made = tables(compose("TotalSealedArea = 25 utr:sqm\nTotalUseOfLand = 200 utr:sqm"))["Land use"]
    assert made.paragraph == "34(b), 34(a)"


# ── answers and texts ──


def test_answers_are_in_words() -> None:
    document = compose(
        """
        UndertakingHasSetATargetWhichIsRelatedToAPolicy = yes
        CountryOfPrimaryOperationsAndLocationOfSignificantAssets = IT
        SustainabilityIssueAddressedByPracticePolicyAndOrFutureInitiative = ClimateChangeMember PollutionMember
        GreenhouseGasEmissionReductionTargetYear = 2030
        DateOfAdoptionOfTransitionPlanForUndertakingNotHavingAdoptedTransitionPlanYet = 2028-01-31
        """,
        "de",
    )
    found = answers(document).values()
    for expected in (["Ja"], ["Italien"], ["Klimawandel", "Umweltverschmutzung"], ["2030"], ["31. Januar 2028"]):
        assert expected in found


def test_texts_keep_their_line_breaks() -> None:
    document = compose("DescriptionOfMainBusinessRelationships = One.\\nTwo.\\n\\nThree.")
    texts = [block for block in blocks(document) if isinstance(block, Narrative)]
    assert [text.text for text in texts] == ["One.\nTwo.\n\nThree."]
    assert texts[0].paragraph == "47(c)"


def test_what_is_specific_to_the_entity_stands_in_the_part_it_belongs_to() -> None:
    document = compose("DisclosureOfAnyOtherSocialAndOrEntitySpecificSocialDisclosures = Our day nursery.")
    assert [(part.theme, [one.id for one in part.sections]) for part in document.parts] == [
        ("social", ["additional-social"])
    ]


def test_footnotes_are_numbered_once_and_stand_with_their_figures() -> None:
    document = compose("Turnover = 5 iso4217:EUR # Audited.\nNumberOfEmployees = 7 # Rounded.\nAssets = 9 # Audited.")
    assert document.footnotes == ("Audited.", "Rounded.")
    made = tables(document)["Size of the undertaking"]
    assert [row.cells[1].notes for row in made.rows] == [(1,), (1,), (2,)]


# ── front matter ──

OMITTED = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
UNCHANGED = "ListOfDisclosuresForWhichNoChangesAreReportedComparedToThePreviousPeriodReporting"


def status(document: Document, number: str) -> tuple[str, str, str]:
    row = next(row for row in document.index if row.number == number)
    return row.status, row.reason, row.section


def test_the_index_gives_both_editions_paragraphs_and_the_section() -> None:
    row = next(row for row in compose("TotalEnergyConsumption = 5 utr:MWh").index if row.number == "B3")
    assert (row.paragraph, row.paragraph_2026, row.status, row.section) == ("29–31", "32–33", "Reported", "b3")


def test_a_disclosure_left_out_as_sensitive_says_so() -> None:
    assert status(compose(f"{OMITTED} = B6-WaterMember"), "B6") == (
        "Omitted",
        "Classified or sensitive information.",
        "",
    )


def test_a_disclosure_left_out_in_part_says_which_part_in_the_index_and_in_its_section() -> None:
    document = compose(f"{OMITTED} = B6WaterConsumptionMember\nTotalAmountOfWaterWithdrawnFromAllSites = 5 utr:m3")
    said = "Omitted as classified or sensitive information: B6 – Water consumption."
    assert status(document, "B6") == ("Reported in part", said, "b6")
    assert sections(document)["b6"].blocks[0] == Note(said, "omitted")


def test_an_unchanged_disclosure_refers_to_the_previous_report() -> None:
    document = compose(f"{UNCHANGED} = B4-PollutionOfAirWaterAndSoilMember")
    assert status(document, "B4")[0] == "Unchanged"


def test_the_comprehensive_module_is_not_missed_when_it_was_not_chosen() -> None:
    document = compose("BasisForPreparation = OptionABasicModuleOnlyMember")
    assert status(document, "C3")[1] == "The comprehensive module was not chosen."
    assert status(document, "B3")[1] == "Nothing was entered for this disclosure."


def test_how_the_report_was_made_stands_before_it_and_not_again_under_b1() -> None:
    document = compose("BasisForReporting = IndividualMember\nNumberOfEmployees = 7")
    notes = [block.text for block in document.about.blocks if isinstance(block, Note)]
    assert "The figures cover Officina Rossi alone." in notes
    assert any(note.endswith("it carries no assurance statement.") for note in notes)
    assert any("(EU) 2025/1710" in note and "(EU) 2026/1560" in note for note in notes)
    assert answers(document)["Reporting period"] == ["1 January 2025 – 31 December 2025"]
    assert isinstance(sections(document)["b1"].blocks[0], Note)


def test_the_cover_says_what_the_report_is_of() -> None:
    document = compose("BasisForPreparation = OptionABasicModuleOnlyMember")
    assert document.title == "Sustainability report 2025"
    assert document.standard == "VSME, Recommendation (EU) 2025/1710 · Option A (Basic Module only)"
    assert document.facts_line == "1 fact from book.xlsx (SHA-256 0123456789ab…)"


def test_the_workbooks_own_title_is_taken() -> None:
    assert compose(replace(filing(""), title=" Our year ", subtitle="2025")).title == "Our year"


def test_a_financial_year_across_two_years_is_named_by_both() -> None:
    period = Period(date(2026, 6, 30), date(2025, 7, 1))
    document = compose(filing("NumberOfEmployees = 7", period=period))
    assert headers(tables(document)["Size of the undertaking"]) == ["Figure", "2025/26"]


# ── key figures ──


def test_key_figures_are_those_reported_each_with_what_can_be_said_of_it() -> None:
    document = compose("NumberOfEmployees = 4\nNumberOfFemaleEmployees = 1\nNumberOfMaleEmployees = 3\n" + EMISSIONS)
    found = [(one.label, one.figure.text, one.figure.unit, one.context) for one in document.key_figures.figures]
    assert found == [
        ("Scope 1 and 2 emissions", "75", "tCO₂e", ""),
        ("Employees", "4", "", "25% women"),
        ("Scope 1 emissions", "75", "tCO₂e", ""),
    ]


def test_key_figures_lead_to_their_fact_and_section() -> None:
    document = compose("TotalWasteGeneratedMass = 2851200 utr:kg")
    (figure,) = document.key_figures.figures
    assert (figure.figure.text, figure.figure.unit, figure.section) == ("2,851.2", "t", "b7")
    assert [entry.exact for entry in document.provenance if entry.anchor in figure.figure.facts] == ["2851200 utr:kg"]


# ── provenance ──


def test_provenance_has_the_cell_and_the_exact_value() -> None:
    entry = compose("TotalEnergyConsumption = 1234.5678 utr:MWh").provenance[0]
    assert (entry.value, entry.exact, entry.source.cell, entry.paragraph) == (
        "1,234.57 MWh",
        "1234.5678 utr:MWh",
        "D1",
        "29",
    )


def test_a_computed_figure_has_its_formula_and_its_inputs_instead_of_a_cell() -> None:
    document = compose("TotalEnergyConsumption = 10 utr:MWh\nNumberOfEmployees = 4", "it")
    by_anchor = {entry.anchor: entry for entry in document.provenance}
    entry = next(entry for entry in document.provenance if entry.concept == "EnergyPerEmployee")
    assert (entry.value, entry.formula) == (
        "2,5 MWh per dipendente",
        "consumo totale di energia ÷ numero di dipendenti",
    )
    assert [by_anchor[anchor].concept for anchor in entry.computed_from] == [
        "TotalEnergyConsumption",
        "NumberOfEmployees",
    ]


def test_a_long_text_is_listed_by_its_beginning() -> None:
    (entry,) = compose("DescriptionOfMainBusinessRelationships = " + "Many words. " * 40).provenance
    assert entry.exact == entry.value and entry.exact.endswith(" …") and len(entry.exact) <= 160


# ── findings ──

WARNING = Finding("VSME-B3-02", Severity.WARNING, "Something", "There is something.")


def test_a_draft_prints_its_findings_and_a_report_only_counts_its_warnings() -> None:
    assert compose("", "en", WARNING, draft=True).findings == (WARNING,)
    report = compose("", "en", WARNING)
    assert report.findings == ()
    assert report.methods is not None
    assert Note("The automatic checks left 1 warning.", "method") in report.methods.blocks


def test_the_methods_list_the_formulas_that_were_used_and_no_others() -> None:
    document = compose("TotalEnergyConsumption = 10 utr:MWh\nNumberOfEmployees = 4")
    assert document.methods is not None
    formulas = [block for block in document.methods.blocks if isinstance(block, Answers)]
    assert [answer.label for block in formulas for answer in block.answers] == ["Energy consumption per employee"]
