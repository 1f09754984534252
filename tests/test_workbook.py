"""Our own workbook: every concept has its cell, and what is written into it is read back as the same facts."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from esgreport.definitions import load
from esgreport.definitions.rules import AddsUp
from esgreport.definitions.workbook import LinesBlock, MatrixBlock, TableBlock, load_layout
from esgreport.errors import DefinitionError, RenderError
from esgreport.facts import bind, filing_from_document
from esgreport.model import Cell, Entity, Fact, Filing, Finding, Period, Workbook
from esgreport.read import read_workbook
from esgreport.render.tokens import CONTRAST_OF_TEXT, contrast
from esgreport.render.workbook import write_workbook
from esgreport.render.workbook_looks import status_looks
from esgreport.render.workbook_plan import plan_workbook

DEFINITIONS = load()
LAYOUT = load_layout(DEFINITIONS.folder)
LANGUAGES = ("en", "it", "de", "fr")
YEAR_2025 = Period(date(2025, 12, 31), date(2025, 1, 1))
AFTER = Period(date(2025, 12, 31))


def sample(language: str) -> Filing:
    path = DEFINITIONS.folder / "samples" / f"{language}.json"
    return filing_from_document(json.loads(path.read_text(encoding="utf-8")), DEFINITIONS, path.name)


def written(tmp_path: Path, filing: Filing | None, language: str = "en") -> Workbook:
    path = tmp_path / f"{language}.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, language, filing))
    return read_workbook(path, path.name)


def read_back(tmp_path: Path, filing: Filing, language: str = "en") -> tuple[Filing, tuple[Finding, ...]]:
    return bind(written(tmp_path, filing, language), DEFINITIONS, language)


def said(filing: Filing) -> set[tuple[object, ...]]:
    """What the facts say, without where they stand."""
    return {
        (fact.concept, fact.value, fact.unit, fact.decimals, fact.dimensions, fact.period, fact.footnotes)
        for fact in filing.facts
    }


def filing(*facts: Fact) -> Filing:
    entity = Entity("Prova S.p.A.", "IT01234567890", "https://ec.europa.eu/taxation_customs/vies")
    return Filing(("x",), DEFINITIONS.taxonomies[-1].entry_point, entity, "EUR", YEAR_2025, facts)


def number(concept: str, value: str, unit: str | None = None, **axes: str) -> Fact:
    definition = DEFINITIONS.concepts[concept]
    money = "iso4217:EUR" if definition.type == "monetary" else definition.unit
    period = YEAR_2025 if definition.period == "duration" else AFTER
    return Fact(concept, Decimal(value), period, unit or money, 2, tuple(sorted(axes.items())))


def word(concept: str, value: str | bool | tuple[str, ...], **axes: str) -> Fact:
    period = YEAR_2025 if DEFINITIONS.concepts[concept].period == "duration" else AFTER
    return Fact(concept, value, period, dimensions=tuple(sorted(axes.items())))


def cell(workbook: Workbook, name: str) -> Cell:
    area = next(item.area for item in workbook.names if item.name == name)
    assert area is not None
    return workbook.cell(area.sheet, area.top, area.left)


# ── every concept has a place ────────────────────────────────────────────────────────────────────────────────


def test_every_concept_is_laid_out_once() -> None:
    placed = [
        concept
        for sheet in LAYOUT.sheets
        for block in sheet.blocks
        if isinstance(block, LinesBlock | MatrixBlock | TableBlock)
        for concept in concepts_of(block)
    ]
    beside = [name for name in placed if name in DEFINITIONS.side_answers]
    assert sorted(name for name in placed if name not in beside) == sorted(DEFINITIONS.concepts)
    assert sorted(set(beside)) == sorted(beside)


def concepts_of(block: LinesBlock | MatrixBlock | TableBlock) -> list[str]:
    if isinstance(block, LinesBlock):
        return [line.concept for line in block.lines]
    if isinstance(block, MatrixBlock):
        return [row.concept for row in block.rows] + [column.year for column in block.columns if column.year]
    return [concept for column in block.columns for concept in column.concepts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_named_cell(tmp_path: Path, language: str) -> None:
    names = {item.name.partition("_")[0] for item in written(tmp_path, None, language).names if item.area}
    assert set(DEFINITIONS.concepts) <= names
    assert (
        set(DEFINITIONS.tables) - {"BreakdownOfEnergyConsumptionTable", "EstimatedGreenhouseGasEmissionsTable"} <= names
    )


def test_identity_and_footnotes_have_the_names_of_the_official_template(tmp_path: Path) -> None:
    names = {item.name for item in written(tmp_path, None).names}
    reporting = ("entity_name", "entity_identifier", "entity_identifier_scheme", "period_startdate", "period_enddate")
    assert {
        f"template_reporting_{part}" for part in (*reporting, "title", "subtitle", "schemaRef", "language")
    } <= names
    assert {"template_currency", "footnote_table", "footnote_text", "footnote_ref_concept"} <= names
    assert "footnote_ref_dimension" in names


def test_every_text_of_the_workbook_is_there_in_four_languages() -> None:
    texts = [*LAYOUT.texts.values()]
    for sheet in LAYOUT.sheets:
        texts += [sheet.name, sheet.title]
    assert [text["en"] for text in texts if set(LANGUAGES) - set(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_offered_is_read_back_as_the_member_it_stands_for(tmp_path: Path, language: str) -> None:
    workbook = written(tmp_path, None, language)
    lists = {item.name: item.area for item in workbook.names if item.name.startswith("enum_")}
    for name in sorted(DEFINITIONS.code_list_names):
        area = lists.get(f"enum_{name}")
        if area is not None:
            texts = [workbook.cell(area.sheet, row, area.left).value for row in range(area.top, area.bottom + 1)]
            members = [DEFINITIONS.code_list(name).member(str(text)) for text in texts]
            assert None not in members
            assert len(set(members)) == len(members)


def test_an_empty_workbook_holds_no_fact(tmp_path: Path) -> None:
    filled, findings = read_back(tmp_path, filing())
    assert (filled.facts, filled.dropped, findings) == ((), (), ())
    assert (filled.entity, filled.currency, filled.period) == (filing().entity, "EUR", YEAR_2025)


# ── in and out again ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_company_reads_back_to_exactly_its_facts(tmp_path: Path, language: str) -> None:
    original = sample(language)
    found, findings = read_back(tmp_path, original, language)
    assert said(found) == said(original)
    assert len(found.facts) == len(original.facts)
    assert (found.dropped, findings) == ((), ())
    assert (found.entity, found.currency, found.period) == (original.entity, original.currency, original.period)
    assert (found.title, found.subtitle, found.taxonomy) == (original.title, original.subtitle, original.taxonomy)


def test_a_number_keeps_all_of_its_digits_and_the_places_it_is_shown_with(tmp_path: Path) -> None:
    facts = (
        replace(number("TotalEnergyConsumption", "0.00412345678901"), decimals=1),
        replace(number("TotalWaterConsumption", "1234567.891"), decimals="INF"),
        number("TotalSealedArea", "0.00021402794900000002"),
        number("TotalUseOfLand", "123456789000000000000000"),
        replace(number("NumberOfEmployees", "175.5"), decimals="INF"),
        replace(number("EmployeeTurnoverRate", "0.284090909090909"), decimals=4),
        replace(number("PercentageGapInPayBetweenFemaleAndMaleEmployees", "-0.015"), decimals="INF"),
    )
    assert said(read_back(tmp_path, filing(*facts))[0]) == said(filing(*facts))


def test_a_waste_in_mass_and_in_volume_takes_two_rows(tmp_path: Path) -> None:
    waste = "W-150106-Non-Hazardous-MixedPackagingMember"
    facts = (
        number("WasteDivertedToRecycleOrReuseMass", "12", "utr:kg", TypeOfWasteAxis=waste),
        number("WasteDirectedToDisposalMass", "3", "utr:t", TypeOfWasteAxis=waste),
        number("WasteDivertedToRecycleOrReuseVolume", "7", "utr:m3", TypeOfWasteAxis=waste),
    )
    assert said(read_back(tmp_path, filing(*facts))[0]) == said(filing(*facts))


def test_a_table_grows_when_there_are_more_facts_than_rows(tmp_path: Path) -> None:
    facts = tuple(word("AddressOfSite", f"Street {n}", IdentifierOfSiteTypedAxis=f"S{n}") for n in range(130))
    assert said(read_back(tmp_path, filing(*facts))[0]) == said(filing(*facts))


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    texts = ("=1+1", "+39 059", "-5 degrees", "@home", "00184", "https://example.org", "TRUE", "1e5", "_x0041_")
    facts = tuple(
        word("PostalCodeOfSite", text, IdentifierOfSiteTypedAxis=f"S{n}") for n, text in enumerate(texts, start=1)
    )
    block = word("DescriptionOfMainBusinessRelationships", '=HYPERLINK("http://x")\n\n  two  blanks <b>&amp;</b> ✓ ')
    workbook = written(tmp_path, filing(*facts, block))
    assert said(bind(workbook, DEFINITIONS)[0]) == said(filing(*facts, block))
    assert not cell(workbook, "DescriptionOfMainBusinessRelationships").formula


def test_a_set_without_members_is_read_back_as_one(tmp_path: Path) -> None:
    fact = word("ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation", ())
    assert said(read_back(tmp_path, filing(fact))[0]) == said(filing(fact))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert write_workbook(DEFINITIONS, "de", sample("de")) == write_workbook(DEFINITIONS, "de", sample("de"))


@pytest.mark.parametrize(
    "fact",
    [
        replace(number("TotalEnergyConsumption", "1"), period=Period(date(2024, 12, 31), date(2024, 1, 1))),
        replace(number("Turnover", "1"), unit="iso4217:USD"),
        number("WeightOfMaterialUsed", "1", "utr:t", TypeOfWasteAxis="W-150106-Non-Hazardous-MixedPackagingMember"),
    ],
)
def test_a_fact_without_a_cell_stops_the_writing(fact: Fact) -> None:
    with pytest.raises(RenderError, match=f"1 fact has no cell in the workbook, the first: {fact.concept}"):
        write_workbook(DEFINITIONS, "en", filing(fact))


def test_a_text_too_long_for_a_cell_stops_the_writing() -> None:
    fact = word("DescriptionOfMainBusinessRelationships", "a" * 32_768)
    with pytest.raises(RenderError, match=r"B2 C1 C2 Strategy!C\d+: the text has 32768 characters"):
        write_workbook(DEFINITIONS, "en", filing(fact))


@pytest.mark.parametrize("scheme", sorted(LAYOUT.schemes.values()))
def test_every_identifier_scheme_offered_is_read_back(tmp_path: Path, scheme: str) -> None:
    original = replace(filing(), entity=Entity("Prova S.p.A.", "12345", scheme))
    assert read_back(tmp_path, original)[0].entity == original.entity


def test_a_year_that_is_none_is_written_as_it_was_reported(tmp_path: Path) -> None:
    fact = word("GreenhouseGasEmissionReductionTargetYear", "about 2030")
    workbook = written(tmp_path, filing(fact))
    assert cell(workbook, "TargetYearMember").value == "about 2030"


def test_a_footnote_comes_back_to_its_fact_and_to_no_other(tmp_path: Path) -> None:
    note = "Measured since March."
    facts = (
        replace(number("GrossScope1GreenhouseGasEmissions", "5"), footnotes=(note, "Audited.")),
        word("AddressOfSite", "Here", IdentifierOfSiteTypedAxis="S1"),
        replace(word("AddressOfSite", "There", IdentifierOfSiteTypedAxis="S2"), footnotes=(note,)),
        number("GrossLocationBasedScope2GreenhouseGasEmissions", "6"),
    )
    assert said(read_back(tmp_path, filing(*facts))[0]) == said(filing(*facts))


# ── totals ───────────────────────────────────────────────────────────────────────────────────────────────────

SCOPES = (
    number("GrossScope1GreenhouseGasEmissions", "0.1"),
    number("GrossLocationBasedScope2GreenhouseGasEmissions", "0.2"),
)
TOTAL = "TotalGrossLocationBasedScope1AndScope2GHGEmissions"


def test_a_total_that_is_the_sum_of_its_parts_is_a_formula_with_its_result(tmp_path: Path) -> None:
    workbook = written(tmp_path, filing(*SCOPES, number(TOTAL, "0.3")))
    assert (cell(workbook, TOTAL).formula, cell(workbook, TOTAL).value) == (True, Decimal("0.3"))


def test_a_total_that_differs_from_its_parts_is_kept_as_it_was_reported(tmp_path: Path) -> None:
    workbook = written(tmp_path, filing(*SCOPES, number(TOTAL, "0.4")))
    assert (cell(workbook, TOTAL).formula, cell(workbook, TOTAL).value) == (False, Decimal("0.4"))


def test_a_total_that_was_not_reported_is_not_made_up_from_its_parts(tmp_path: Path) -> None:
    workbook = written(tmp_path, filing(*SCOPES))
    assert (cell(workbook, TOTAL).formula, cell(workbook, TOTAL).value) == (False, None)


def test_a_total_without_parts_waits_for_them_as_a_formula_that_shows_nothing(tmp_path: Path) -> None:
    workbook = written(tmp_path, filing())
    assert (cell(workbook, TOTAL).formula, cell(workbook, TOTAL).value) == (True, "")


def test_every_formula_has_its_result_stored(tmp_path: Path) -> None:
    for content in (None, sample("en")):
        workbook = written(tmp_path, content)
        bare = [
            f"{name}!{place}"
            for name in workbook.sheet_names
            for place, item in workbook.sheets[name].cells.items()
            if item.formula and item.value is None
        ]
        assert bare == []


def test_a_total_the_workbook_adds_up_has_the_parts_its_rule_adds_up() -> None:
    formulas = {
        (line.concept, tuple(sorted(line.formula.of)))
        for sheet in LAYOUT.sheets
        for block in sheet.blocks
        if isinstance(block, LinesBlock | MatrixBlock)
        for line in (block.lines if isinstance(block, LinesBlock) else block.rows)
        if line.formula and line.formula.kind == "sum"
    }
    rules = {
        (check.total, tuple(sorted(check.parts)))
        for _, rule in DEFINITIONS.rules
        for check in rule.checks
        if isinstance(check, AddsUp) and not check.over and not check.without  # else for what is not filled in
    }
    computed = {total for total, _ in formulas}
    assert {rule for rule in rules if rule[0] in computed} <= formulas
    assert len(computed & {total for total, _ in rules}) >= 4


# ── statuses ─────────────────────────────────────────────────────────────────────────────────────────────────


def status(workbook: Workbook, name: str) -> object:
    area = next(item.area for item in workbook.names if item.name == name)
    assert area is not None
    return workbook.cell(area.sheet, area.top, 7).value


def test_what_the_standard_asks_for_is_missing_until_it_is_filled(tmp_path: Path) -> None:
    assert status(written(tmp_path, filing()), "TotalEnergyConsumption") == "Missing"
    filled = written(tmp_path, filing(number("TotalEnergyConsumption", "0")))
    assert status(filled, "TotalEnergyConsumption") == "Filled in"


def test_the_comprehensive_module_applies_only_when_it_is_chosen(tmp_path: Path) -> None:
    name = "DescriptionOfMainBusinessRelationships"
    assert status(written(tmp_path, filing()), name) == "Not applicable"
    chosen = word("BasisForPreparation", "OptionBBasicModuleAndComprehensiveModuleMember")
    assert status(written(tmp_path, filing(chosen)), name) == "Missing"


def test_a_question_that_hangs_on_the_number_of_employees_applies_from_there_on(tmp_path: Path) -> None:
    for employees, expected in (("49", "Not applicable"), ("50", "Missing")):
        workbook = written(tmp_path, filing(number("NumberOfEmployees", employees)))
        assert status(workbook, "EmployeeTurnoverRate") == expected


def test_an_omitted_disclosure_is_not_missing(tmp_path: Path) -> None:
    omitted = word("ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation", ("B6WaterWithdrawalMember",))
    workbook = written(tmp_path, filing(omitted))
    assert status(workbook, "TotalAmountOfWaterWithdrawnFromAllSites") == "Omitted"
    assert status(workbook, "TotalEnergyConsumption") == "Missing"


def test_the_start_sheet_counts_what_is_filled_in(tmp_path: Path) -> None:
    workbook = written(tmp_path, sample("en"))
    start = workbook.sheets["Start"].cells
    row = next(row for (row, column), item in start.items() if column == 1 and item.value == "B6")
    assert [start[row, column].value for column in (4, 5, 6)] == [Decimal(5), Decimal(0), Decimal(1)]


# ── the file itself ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl, of data bars
def test_only_cells_to_fill_in_are_unlocked_and_no_password_is_set() -> None:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(write_workbook(DEFINITIONS, "en", sample("en"))))
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book.worksheets)
    company = book["Company"]
    formulas = [item for row in company.iter_rows() for item in row if str(item.value).startswith("=")]
    assert formulas
    assert all(item.protection.locked for item in formulas)
    turnover = next(iter(book.defined_names["Turnover"].destinations))[1].replace("$", "")
    assert not company[turnover].protection.locked


def test_the_file_has_no_macro_no_link_out_and_no_time_of_its_own() -> None:
    content = write_workbook(DEFINITIONS, "fr", sample("fr"))
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        assert not [name for name in names if "vba" in name or "external" in name.lower()]
        assert {item.date_time[:3] for item in package.infolist()} == {(1980, 1, 1)}
        rels = b"".join(package.read(name) for name in names if name.endswith(".rels"))
        assert b"External" not in rels


def test_a_layout_with_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    text = (DEFINITIONS.folder / "workbook.yaml").read_text(encoding="utf-8")
    (tmp_path / "workbook.yaml").write_text(text.replace("rows: 50", "rowz: 50"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"workbook\.yaml:\d+: unknown key 'rowz'.*rows"):
        load_layout(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("{concept: Turnover}", "{concept: Turnovr}", "unknown concept 'Turnovr'. Did you mean 'Turnover'"),
        ("table: ListOfSitesTable", "table: ListOfSiteTable", "unknown table 'ListOfSiteTable'. Did you mean"),
        ("disclosure: B6", "disclosure: B66", "unknown disclosure 'B66'"),
        ("{concept: Assets}", "{concept: Turnover}", "Turnover is placed twice"),
    ],
)
def test_a_layout_that_names_what_is_not_there_is_refused(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    text = (DEFINITIONS.folder / "workbook.yaml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "workbook.yaml").write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        plan_workbook(DEFINITIONS, load_layout(tmp_path), "en", None)


def test_statuses_can_be_read_on_their_fill() -> None:
    for look in status_looks().values():
        fill = str(look.get("bg_color", "#FFFFFF"))
        assert contrast(str(look["font_color"]), fill) >= CONTRAST_OF_TEXT
