"""Comparatives in the report: the year before beside each figure, honest differences, restatements, sources."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filings import DEFINITIONS, filing, sample
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some
from test_compose import answers, any_facts, headers, rows, sections, tables, times_shown

from esgreport.check import check
from esgreport.compose import ReportOptions, compose_report
from esgreport.document import Chart, Document, Note, Table
from esgreport.facts import combined, filing_from_document
from esgreport.measure import measure
from esgreport.model import Fact, Filing, Period

CHECKOUT = Path(__file__).parent.parent
LANGUAGES = list(DEFINITIONS.languages)


def year(number: int, table: str, **said: object) -> Filing:
    filed = filing(table, period=Period(date(number, 12, 31), date(number, 1, 1)), file=f"{number}.xlsx")
    return replace(filed, **said)  # type: ignore[arg-type]


def report(now: str, *before: str, language: str = "en") -> Document:
    """The report for 2025 of tables for 2025, 2024, 2023 …"""
    return of_years(*(year(2025 - place, table) for place, table in enumerate((now, *before))), language=language)


def of_years(*filings: Filing, language: str = "en") -> Document:
    filed, findings = combined(filings, DEFINITIONS, language)
    findings += check(filed, DEFINITIONS, language)
    return compose_report(filed, measure(filed, DEFINITIONS), findings, DEFINITIONS, ReportOptions(language))


def grouped(table: Table) -> list[str]:
    return [f"{column.group}: {column.header}" if column.group else column.header for column in table.columns]


def restated(document: Document) -> Table | None:
    assert document.comparatives
    return next((block for block in document.comparatives.blocks if isinstance(block, Table)), None)


def notes(document: Document) -> list[str]:
    assert document.comparatives
    return [block.text for block in document.comparatives.blocks if isinstance(block, Note)]


# ── single figures ──


def test_the_year_before_stands_beside_each_figure_with_the_difference() -> None:
    table = tables(report("TotalSealedArea = 12.5 utr:ha", "TotalSealedArea = 10 utr:ha"))["Land use"]
    assert headers(table) == ["Figure", "2025 [ha]", "2024 [ha]", "Difference", "Change"]
    assert rows(table) == [["Sealed area", "12.5", "10.0", "+2.5", "+25.0%"]]
    assert [column.prior for column in table.columns] == [False, False, True, False, False]


def test_a_figure_in_another_unit_is_converted_to_this_years() -> None:
    table = tables(report("TotalSealedArea = 2 utr:ha", "TotalSealedArea = 15000 utr:sqm"))["Land use"]
    assert headers(table)[:3] == ["Figure", "2025 [ha]", "2024 [ha]"]
    assert rows(table) == [["Sealed area", "2", "1.5", "+0.5", "+33.3%"]]


def test_an_amount_in_another_currency_keeps_it_and_is_not_compared() -> None:
    table = tables(report("Turnover = 50 iso4217:EUR", "Turnover = 40 iso4217:CHF"))["Size of the undertaking"]
    assert headers(table) == ["Figure", "2025 [EUR]", "2024"]
    assert rows(table) == [["Turnover", "50", "40 CHF"]]


def test_of_nought_there_is_a_difference_and_no_percentage() -> None:
    accidents = "NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod"
    table = tables(report(f"{accidents} = 3", f"{accidents} = 0"))["Health and safety"]
    assert headers(table) == ["Figure", "2025", "2024", "Difference"]
    assert rows(table)[0][1:] == ["3", "0", "+3"]


def test_percentages_differ_by_points() -> None:
    gap = "PercentageGapInPayBetweenFemaleAndMaleEmployees"
    table = tables(report(f"{gap} = 0.061", f"{gap} = 0.074"))["Remuneration and collective bargaining"]
    assert rows(table)[0][1:] == ["6%", "7%", "−1 pp"]


def test_what_is_missing_in_a_year_is_a_dash_and_has_no_difference() -> None:
    table = tables(
        report("TotalSealedArea = 2 utr:ha\nTotalUseOfLand = 4 utr:ha", "TotalSealedArea = 1 utr:ha\n"
               "TotalNatureOrientedAreaOnSite = 1 utr:ha")
    )["Land use"]  # fmt: skip
    assert rows(table) == [
        ["Sealed area", "2", "1", "+1", "+100.0%"],
        ["Nature-oriented area on-site", "–", "1", "–", "–"],
        ["Total use of land", "4", "–", "–", "–"],
    ]


def test_what_is_omitted_as_sensitive_this_year_is_not_told_by_last_years_figure() -> None:
    listed = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
    member = next(
        code.member
        for code in DEFINITIONS.code_list("Disclosures").codes
        if "TotalUseOfLand" in DEFINITIONS.concepts_of_member(code.member) and code.code == "B5"
    )
    document = report(f"{listed} = {member}\nTotalSealedArea = 2 utr:ha", "TotalUseOfLand = 4 utr:ha")
    assert [row[0] for row in rows(tables(document)["Land use"])] == ["Sealed area"]


def test_quantities_of_periods_of_different_length_are_shown_and_not_compared() -> None:
    short = year(
        2025, "TotalSealedArea = 2 utr:ha\nNumberOfEmployees = 9", period=Period(date(2025, 6, 30), date(2025, 1, 1))
    )
    short = replace(short, facts=tuple(replace(fact, period=short.period) for fact in short.facts))
    document = of_years(short, year(2024, "TotalSealedArea = 1 utr:ha\nNumberOfEmployees = 8"))
    assert headers(tables(document)["Land use"]) == ["Figure", "2025 [ha]", "2024 [ha]"]
    assert rows(tables(document)["Size of the undertaking"]) == [["Number of employees", "9", "8", "+1", "+12.5%"]]
    assert any("not equally long" in note for note in notes(document))


def test_three_years_are_three_columns_and_the_difference_is_to_the_last() -> None:
    table = tables(report(*(f"TotalSealedArea = {area} utr:ha" for area in (3, 2, 1))))["Land use"]
    assert headers(table) == ["Figure", "2025 [ha]", "2024 [ha]", "2023 [ha]", "Difference", "Change"]
    assert rows(table) == [["Sealed area", "3", "2", "1", "+1", "+50.0%"]]


def test_computed_figures_are_computed_for_both_years() -> None:
    document = report(
        "NumberOfEmployees = 10\nNumberOfFemaleEmployees = 5\nNumberOfMaleEmployees = 5",
        "NumberOfEmployees = 10\nNumberOfFemaleEmployees = 4\nNumberOfMaleEmployees = 6",
    )
    share = next(row for row in rows(tables(document)["Employees by contract and gender"]) if "women" in row[0].lower())
    assert share[1:] == ["50%", "40%", "+10 pp", "–"]
    computed = [one for one in document.provenance if one.concept == "WomenShare"]
    assert [one.period for one in computed] == [
        "1 January 2025 – 31 December 2025",
        "1 January 2024 – 31 December 2024",
    ]
    known = {one.anchor for one in document.provenance}
    assert all(set(one.computed_from) <= known and one.computed_from for one in computed)


# ── tables ──


def test_a_table_has_two_columns_under_each_heading_and_rows_are_matched_by_their_value() -> None:
    document = report(
        """
        WasteDivertedToRecycleOrReuseMass = 5 utr:t @W-150101-Non-Hazardous-PaperAndCardboardPackagingMember
        WasteDirectedToDisposalMass = 1 utr:t @W-150101-Non-Hazardous-PaperAndCardboardPackagingMember
        """,
        """
        WasteDivertedToRecycleOrReuseMass = 4000 utr:kg @W-150101-Non-Hazardous-PaperAndCardboardPackagingMember
        WasteDivertedToRecycleOrReuseMass = 7 utr:t @W-170405-Non-Hazardous-IronAndSteelMember
        """,
    )
    table = tables(document)["Waste by type"]
    assert grouped(table)[1:] == ["Recycled or reused: 2025", "Recycled or reused: 2024", "Disposal"]
    assert [row[1:] for row in rows(table)] == [["5", "4", "–"], ["–", "–", "1"], ["–", "7", "–"]]
    assert rows(table)[2][0].endswith("Iron and steel")


def test_a_table_of_one_figure_says_what_became_of_it() -> None:
    countries = "NumberOfEmployeesForCountryOfEmploymentContract = {} @{}"
    now, then = (f"{countries.format(a, 'IT')}\n{countries.format(b, 'DE')}" for a, b in ((152, 28), (150, 26)))
    table = tables(report(now, then))["Employees by country"]
    assert grouped(table) == [
        "Country", "Employees: 2025", "Employees: 2024", "Employees: Difference", "Employees: Change",
    ]  # fmt: skip
    assert rows(table) == [["Italy", "152", "150", "+2", "+1.3%"], ["Germany", "28", "26", "+2", "+7.7%"]]


def test_an_identifier_is_the_same_row_where_it_stands_for_the_same_thing() -> None:
    now = "NameOfMaterialUsed = Steel @M1\nWeightOfMaterialUsed = 5 utr:t @M1"
    for name, expected in (("STEEL", "4"), ("Copper", None)):
        then = f"NameOfMaterialUsed = {name} @M1\nWeightOfMaterialUsed = 4 utr:t @M1"
        row = rows(tables(report(now, then))["Materials used"])[1]
        assert row[2:4] == (["5", expected] if expected else ["5"])


def test_parts_and_total_have_the_year_before_and_the_total_the_difference() -> None:
    energy = (
        "EnergyConsumptionFromFuels = {} utr:MWh @NonRenewableEnergyMember\nEnergyConsumptionFromFuels = {} utr:MWh"
    )
    table = tables(report(energy.format(8, 8), energy.format(10, 10)))["Energy consumption"]
    assert grouped(table) == [
        "", "Non-renewable: 2025", "Non-renewable: 2024",
        "Total: 2025", "Total: 2024", "Total: Difference", "Total: Change",
    ]  # fmt: skip
    assert rows(table)[0][1:] == ["8", "10", "8", "10", "−2", "−20.0%"]


def test_emissions_have_the_year_before_between_this_year_and_the_base_year() -> None:
    scope = "GrossScope1GreenhouseGasEmissions = {} utr:tCO2e"
    table = tables(report(f"{scope.format(80)}\n{scope.format(100)} @BaselineYearMember", scope.format(90)))[
        "Greenhouse gas emissions"
    ]
    assert [column.header for column in table.columns] == [
        "", "2025", "2024", "Difference", "Change", "2020 (Base year)", "Change since 2020",
    ]  # fmt: skip


# ── charts ──


def charts(document: Document) -> dict[str, Chart]:
    found = (block for section in sections(document).values() for block in section.blocks)
    return {block.id: block for block in found if isinstance(block, Chart)}


def drawn(chart: Chart) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(series.role, series.label, series.shown) for series in chart.series]


def test_the_year_before_stands_between_base_year_and_this_year() -> None:
    scope = "GrossScope1GreenhouseGasEmissions = {} utr:tCO2e"
    document = report(f"{scope.format(80)}\n{scope.format(100)} @BaselineYearMember", scope.format(90))
    assert drawn(charts(document)["chart-emissions"]) == [
        ("base", "2020 (Base year)", ("100",)),
        ("prior", "2024", ("90",)),
        ("actual", "2025", ("80",)),
    ]


def test_a_whole_and_its_parts_are_drawn_for_both_years() -> None:
    people = "NumberOfFemaleEmployees = {}\nNumberOfMaleEmployees = {}"
    chart = charts(report(people.format(4, 6), people.format(3, 6)))["chart-gender"]
    assert chart.categories == ("2025", "2024")
    assert drawn(chart) == [("part", "Women", ("4", "3")), ("part", "Men", ("6", "6"))]


def test_a_stack_has_a_bar_for_each_year() -> None:
    energy = "EnergyConsumptionFromFuels = {} utr:MWh @{}"
    both = [
        f"{energy.format(renewable, 'RenewableEnergyMember')}\n{energy.format(other, 'NonRenewableEnergyMember')}"
        for renewable, other in ((1, 8), (2, 9))
    ]
    chart = charts(report(*both))["chart-energy"]
    assert chart.categories == ("Fuels, 2025", "Fuels, 2024")
    assert drawn(chart) == [("part", "Renewable", ("1", "2")), ("part", "Non-renewable", ("8", "9"))]


def test_bars_of_one_figure_have_those_of_the_year_before_beside_them() -> None:
    people = "NumberOfEmployeesForCountryOfEmploymentContract = {} @IT\n"
    people += "NumberOfEmployeesForCountryOfEmploymentContract = {} @DE"
    chart = charts(report(people.format(20, 5), people.format(18, 6)))["chart-countries"]
    assert drawn(chart) == [("prior", "2024", ("18", "6")), ("actual", "2025", ("20", "5"))]


def test_three_years_are_a_trend_and_two_are_none() -> None:
    energy = "TotalEnergyConsumption = {} utr:MWh"
    chart = charts(report(*(energy.format(amount) for amount in (90, 95, 100))))["chart-energy-years"]
    assert (chart.kind, chart.categories) == ("columns", ("2023", "2024", "2025"))
    assert chart.title == "Energy consumption: 10.0% below 2023"
    assert [series.shown for series in chart.series] == [("100", "95", "90")]
    assert "chart-energy-years" not in charts(report(*(energy.format(amount) for amount in (90, 95))))


def test_a_year_in_another_unit_is_converted_before_it_is_drawn() -> None:
    years = (f"TotalEnergyConsumption = {amount}" for amount in ("90 utr:MWh", "360 utr:GJ", "100 utr:MWh"))
    assert [series.shown for series in charts(report(*years))["chart-energy-years"].series] == [("100", "100", "90")]


# ── at a glance ──


def beside(document: Document) -> list[tuple[str, str, str]]:
    (key,) = document.key_figures.figures
    return [(one.what, " ".join(filter(None, (one.figure.text, one.figure.unit))), one.words) for one in key.beside]


def test_a_key_figure_says_what_it_was_and_by_how_much_it_differs() -> None:
    document = report("TotalEnergyConsumption = 3099 utr:MWh", "TotalEnergyConsumption = 11799.36 utr:GJ")
    assert beside(document) == [("2024", "3,277.6 MWh", "5.4% less")]
    assert beside(report("EmployeeTurnoverRate = 0.08", "EmployeeTurnoverRate = 0.1")) == [
        ("2024", "10%", "2 percentage points lower")
    ]


def test_a_key_figure_without_a_year_before_has_nothing_beside_it() -> None:
    assert beside(report("TotalEnergyConsumption = 5 utr:MWh")) == []


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [("3", "4", "1 fewer"), ("3", "0", "3 more"), ("180", "160", "12.5% more"), ("2000", "2000.1", "almost unchanged")],
)
def test_small_counts_differ_by_a_number_and_large_ones_by_a_percentage(now: str, then: str, words: str) -> None:
    assert beside(report(f"NumberOfEmployees = {now}", f"NumberOfEmployees = {then}"))[0][2] == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "1 punto percentuale in più"), ("de", "1 Prozentpunkt mehr"), ("fr", "1 point de pourcentage de plus")],
)
def test_one_point_is_singular(language: str, words: str) -> None:
    (told,) = beside(report("EmployeeTurnoverRate = 0.11", "EmployeeTurnoverRate = 0.1", language=language))
    assert told[2] == words


def test_a_key_figure_has_its_target_beside_it_with_its_own_source() -> None:
    total = "TotalGrossLocationBasedScope1AndScope2GHGEmissions"
    document = report(f"{total} = 600 utr:tCO2e\n{total} = 377 utr:tCO2e @TargetYearMember")
    assert beside(document) == [("Target 2030", "377 tCO₂e", "")]
    shown = document.key_figures.figures[0].beside[0].figure.facts
    assert [one.exact for one in document.provenance if one.anchor in shown] == ["377 utr:tCO2e"]


# ── restatements ──


BASE = "GrossScope1GreenhouseGasEmissions = {} utr:tCO2e @BaselineYearMember"
SCOPE = "GrossScope1GreenhouseGasEmissions = {} utr:tCO2e"


def test_a_base_year_that_differs_from_last_years_report_is_listed_with_its_effect_on_the_trend() -> None:
    document = report(f"{SCOPE.format(80)}\n{BASE.format(110)}", f"{SCOPE.format(90)}\n{BASE.format(100)}")
    table = restated(document)
    assert table
    assert grouped(table)[2:] == [
        "As first reported", "Restated", "Difference", "Change",
        "Change to 2025: As first reported", "Change to 2025: Restated",
    ]  # fmt: skip
    assert rows(table) == [["Gross Scope 1 GHG emissions", "2020", "100", "110", "+10", "+10.0%", "−20.0%", "−27.3%"]]
    assert "no reason" in notes(document)[-1]
    assert table.columns[2].unit == "tCO₂e"


def test_a_footnote_is_a_reason() -> None:
    document = report(f"{BASE.format(110)} # A site was added", BASE.format(100))
    table = restated(document)
    assert table and table.rows[0].cells[3].notes == (1,)
    assert not any("no reason" in note for note in notes(document))


def test_nothing_is_restated_where_the_base_year_stays() -> None:
    assert restated(report(BASE.format(100), BASE.format(100))) is None


def test_last_year_as_this_year_states_it_takes_the_place_of_what_was_first_reported() -> None:
    now = year(2025, f"{SCOPE.format(80)}\n{BASE.format(85)}")
    last = Period(date(2024, 12, 31), date(2024, 1, 1))
    now = replace(now, facts=(now.facts[0], replace(now.facts[1], period=last)))
    document = of_years(now, year(2024, SCOPE.format(90)))
    table = tables(document)["Greenhouse gas emissions"]
    assert [column.header for column in table.columns] == ["", "2025", "2024 (Base year)", "Change since 2024"]
    assert rows(table)[0][1:] == ["80", "85", "−5.9%"]
    changes = restated(document)
    assert changes and rows(changes)[0][1:5] == ["2024", "90", "85", "−5"]


# ── sources, and what is said ──


def test_earlier_figures_have_the_source_of_their_own_file() -> None:
    document = report("TotalSealedArea = 2 utr:ha", "TotalSealedArea = 15000 utr:sqm\nTotalUseOfLand = 3 utr:ha")
    sources = [(one.anchor, one.source.file, one.exact) for one in document.provenance]
    assert sources == [
        ("f-1", "2025.xlsx", "2 utr:ha"),
        ("y1-1", "2024.xlsx", "15000 utr:sqm"),
        ("y1-2", "2024.xlsx", "3 utr:ha"),
    ]
    assert document.facts_line.startswith("1 fact from 2025.xlsx (SHA-256 0123456789ab…); earlier years from 2024.xlsx")


def test_a_narrative_of_an_earlier_year_stays_in_its_report() -> None:
    document = report("Turnover = 2 iso4217:EUR", "DescriptionOfMainBusinessRelationships = We buy steel.")
    assert len(document.provenance) == 1
    assert "c1" not in sections(document)
    reasons = {row.number: row.reason for row in document.index}
    assert reasons["C1"] == "Nothing was entered for this disclosure. It was last reported for 2024."
    assert reasons["C2"] == "Nothing was entered for this disclosure."


def test_the_report_names_the_years_it_shows() -> None:
    document = report("Turnover = 2 iso4217:EUR", "Turnover = 1 iso4217:EUR")
    assert document.comparatives
    (years,) = [block for block in document.comparatives.blocks if hasattr(block, "answers")]
    assert years.answers[0].figures[0].text == "1 January 2024 – 31 December 2024 · 2024.xlsx"
    assert "Reporting period" in answers(document)


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        ("vsme-2025", "second year of reporting. (not verified)"),
        ("vs-2026", "second year of reporting. (Paragraph 14)"),
    ],
)
def test_a_report_of_one_year_says_why_it_has_no_comparatives(edition: str, said: str) -> None:
    filed = replace(filing("Turnover = 2 iso4217:EUR"), edition=edition)
    document = compose_report(filed, (), (), DEFINITIONS, ReportOptions("en"))
    assert document.comparatives is None
    (note,) = [
        block.text for block in document.about.blocks if isinstance(block, Note) and "earlier year" in block.text
    ]
    assert note.endswith(said)


# ── the whole ──


def company(language: str) -> tuple[Filing, Filing]:
    paths = (
        CHECKOUT / "schemas" / "samples" / f"{language}.json",
        CHECKOUT / "samples" / "officine-quattroponti-2024.json",
    )
    now, then = (
        filing_from_document(json.loads(path.read_text("utf-8"), parse_float=str), DEFINITIONS, path.name)
        for path in paths
    )
    return now, then


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_two_years_stands_in_one_place_at_most_and_this_years_in_one(language: str) -> None:
    now, then = company(language)
    document = of_years(now, then, language=language)
    shown = times_shown(document)
    own = [one.anchor for one in document.provenance if one.anchor.startswith("f-")]
    assert {anchor: count for anchor, count in shown.items() if anchor.startswith("f-")} == Counter(own)
    assert len(own) == len(now.facts) + len(measure(now, DEFINITIONS))
    assert max(shown.values()) == 1
    assert set(shown) <= {one.anchor for one in document.provenance}
    assert sum(anchor.startswith("y1-") for anchor in shown) > 90


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts(), any_facts(), some.sampled_from(list(DEFINITIONS.edition_names)))
def test_whatever_two_years_hold_is_shown_once_at_most(
    facts: tuple[Fact, ...], earlier: tuple[Fact, ...], edition: str
) -> None:
    assume(all(len({(one.concept, one.dimensions) for one in some}) == len(some) for some in (facts, earlier)))
    then = year(2024, "")  # two facts of one context are a finding: beside which of them last year's stands is open
    then = replace(then, facts=tuple(replace(fact, period=then.period) for fact in earlier))
    filed, _ = combined((replace(filing(""), facts=facts), then), DEFINITIONS, "en")
    newest, *rest = (replace(one, edition=edition) for one in filed.years)
    filed = replace(newest, prior=tuple(rest))
    document = compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions("en"))
    shown, known = times_shown(document), Counter(one.anchor for one in document.provenance)
    assert {anchor for anchor in known if anchor.startswith("f-")} <= set(shown) <= set(known)
    assert max([*shown.values(), *known.values()], default=1) == 1
    for table in tables(document).values():
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}
    check(filed, DEFINITIONS, "en", edition)


def test_the_sample_company_restated_its_base_year() -> None:
    changes = restated(of_years(*company("en")))
    assert changes and rows(changes)[0][0] == "Gross Scope 3 GHG emissions"
    assert len(changes.rows) == 3


def test_two_official_samples_are_a_report_with_comparatives() -> None:
    now, then = (sample(f"VSME-Digital-Template-Sample-{version}") for version in ("1.2.0", "1.1.1"))
    document = of_years(now, then)
    assert max(times_shown(document).values()) == 1
    assert {key.beside[0].what for key in document.key_figures.figures if key.beside} == {"2024"}
