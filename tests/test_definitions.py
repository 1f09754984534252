"""The standard as data: it is whole, in every language, agrees with the law, and is refused where it is wrong."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from esgreport import resources
from esgreport.definitions import Definitions, in_language, load
from esgreport.definitions.codes import CodeList, normalised
from esgreport.definitions.models import Code
from esgreport.errors import DefinitionError
from esgreport.model import CellValue
from esgreport.read import read_workbook

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATAPOINTS = SHARED / "reference" / "vsme_datapoints.csv"
OFFICIAL = SHARED / "data" / "vsme"
STANDARD = load()
COMPLETE = [code for code, language in STANDARD.languages.items() if language.complete]
FULLY_TRANSLATED = sorted(STANDARD.code_list_names - {"Nace", "Waste", "Countries", "ConceptLabels"})
HELP_SHOWN_BY_EXCEL = 255


# ── what is there ────────────────────────────────────────────────────────────────────────────────────────────────


OURS = {
    "StatementOfCompliance",
    "NameOfBiodiversitySensitiveArea",
    "WaterConsumptionAtSitesInWaterStressedAreas",
    "ProportionOfWasteDivertedToRecyclingOrReuse",
    "AverageNumberOfAnnualTrainingHoursPerEmployee",
}


def test_the_taxonomy_has_its_143_concepts_and_five_of_ours_are_only_in_the_edition_of_2026() -> None:
    assert len([concept for concept in STANDARD.concepts.values() if concept.in_taxonomy]) == 143
    ours = {name: concept for name, concept in STANDARD.concepts.items() if not concept.in_taxonomy}
    assert set(ours) == OURS
    assert {edition for concept in ours.values() for edition in concept.editions} == {"vs-2026"}


def test_the_standard_has_21_disclosures() -> None:
    codes = [disclosure.code for disclosure in STANDARD.disclosures]
    assert codes == [*(f"B{number}" for number in range(1, 12)), *(f"C{number}" for number in range(1, 10)), "X1"]


def test_english_italian_german_and_french_are_complete() -> None:
    assert COMPLETE == ["en", "it", "de", "fr"]


def _texts(language: str) -> Iterator[tuple[str, str, str]]:
    """Owner, kind and text of every text of the standard; the text is empty where there is none."""
    for disclosure in STANDARD.disclosures:
        yield disclosure.code, "title", disclosure.title.get(language, "")
        yield disclosure.code, "summary", disclosure.summary.get(language, "")
    tables, axes, concepts = STANDARD.tables, STANDARD.axes, STANDARD.concepts
    for labelled in (tables, axes, concepts):
        yield from ((name, "label", labelled[name].labels.get(language, "")) for name in labelled)
    for concept in STANDARD.concepts.values():
        yield concept.name, "help", concept.help.get(language, "")


@pytest.mark.parametrize("language", COMPLETE)
def test_every_title_summary_label_and_help_is_there(language: str) -> None:
    assert [(owner, kind) for owner, kind, text in _texts(language) if not text.strip()] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_labels_and_titles_are_captions_not_sentences(language: str) -> None:
    captions = [(owner, text) for owner, kind, text in _texts(language) if kind in ("title", "label")]
    assert [each for each in captions if each[1].endswith((".", "?", ":", ";"))] == []
    assert [each for each in captions if not (each[1][0].isupper() or each[1][0].isdigit())] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_summaries_and_help_are_one_or_a_few_whole_sentences(language: str) -> None:
    sentences = [(owner, text) for owner, kind, text in _texts(language) if kind in ("summary", "help")]
    assert [each for each in sentences if not each[1].endswith(".")] == []
    assert [each for each in sentences if len(each[1]) > HELP_SHOWN_BY_EXCEL] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_texts_are_set_as_a_printer_would(language: str) -> None:
    straight_marks = re.compile(r"\w'|'\w|\"|  |\s$|^\s")
    assert [(owner, text) for owner, _, text in _texts(language) if straight_marks.search(text)] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_two_concepts_have_the_same_label(language: str) -> None:
    labels = Counter(normalised(concept.labels[language]) for concept in STANDARD.concepts.values())
    assert [label for label, times in labels.items() if times > 1] == []


def test_a_label_in_any_language_leads_to_one_concept() -> None:
    for concept in STANDARD.concepts.values():
        assert {STANDARD.labelled[normalised(label)] for label in concept.labels.values()} == {concept.name}


def test_the_default_member_of_an_axis_is_in_its_code_list_but_for_that_of_countries() -> None:
    axes = [axis for axis in STANDARD.axes.values() if axis.default]
    missing = [axis.name for axis in axes if axis.default not in STANDARD.code_list(axis.members).by_member]
    assert missing == ["CountryOfEmploymentContractAxis"]


# ── the law ──────────────────────────────────────────────────────────────────────────────────────────────────────

TAXONOMY_HAS_THESE_TWO_THE_WRONG_WAY_ROUND = {
    "GreenhouseGasEmissionReductionTargetBaseYear": "54(b)",
    "GreenhouseGasEmissionReductionTargetYear": "54(a)",
}


@pytest.mark.skipif(not DATAPOINTS.is_file(), reason="the list of datapoints is not beside this checkout")
def test_paragraphs_types_and_periods_agree_with_the_list_of_datapoints() -> None:
    with DATAPOINTS.open(encoding="utf-8", newline="") as file:
        rows = {row["concept"].removeprefix("vsme:"): row for row in reversed(list(csv.DictReader(file)))}
    assert set(rows) == {name for name, concept in STANDARD.concepts.items() if concept.in_taxonomy}
    for name, row in rows.items():
        concept = STANDARD.concepts[name]
        now, then = concept.editions["vsme-2025"], concept.editions["vs-2026"]
        paragraph = TAXONOMY_HAS_THESE_TWO_THE_WRONG_WAY_ROUND.get(name, row["para_2025_annex_I"].removeprefix("; "))
        assert (name, now.paragraph) == (name, paragraph)
        assert (name, now.guidance) == (name, row["guidance_para_2025_annex_II"])
        assert (name, then.paragraph) == (name, _paragraph_2026(row["para_2026_1560_annex_I"]))
        assert (name, concept.period) == (name, row["period_type"])
        assert (name, concept.numeric) == (name, row["numeric"] == "True")


NEEDS = {
    "necessary, subject to legal restrictions": "necessary_if_lawful",
    "consideration when reporting sector information": "consideration",
    "not asked by the standard": "template_detail",
    "changed": "replaced",
}


@pytest.mark.skipif(not DATAPOINTS.is_file(), reason="the list of datapoints is not beside this checkout")
def test_the_class_of_every_concept_in_2026_agrees_with_the_list_of_datapoints() -> None:
    with DATAPOINTS.open(encoding="utf-8", newline="") as file:
        rows = {row["concept"].removeprefix("vsme:"): row for row in reversed(list(csv.DictReader(file)))}
    for name, row in rows.items():
        then = STANDARD.concepts[name].editions["vs-2026"]
        assert (name, then.over_10) == (name, _need(row["class_2026_over_10_employees"]))
        assert (name, then.up_to_10) == (name, _need(row["class_2026_10_or_fewer"]))
        unverified = "not verified" in row["para_2026_1560_annex_I"] or "not verified" in row["class_2026_10_or_fewer"]
        assert (name, unverified) == (name, not then.verified)


def _need(text: str) -> str:
    text = text.partition(" (")[0]
    return NEEDS.get(text, text.replace(" ", "_"))


def test_every_concept_says_how_far_each_of_its_editions_asks_for_it() -> None:
    for concept in STANDARD.concepts.values():
        for edition, reference in concept.editions.items():
            assert (concept.name, edition, bool(reference.need_of("over_10"))) == (concept.name, edition, True)
            assert (concept.name, edition, bool(reference.need_of("up_to_10"))) == (concept.name, edition, True)


def test_what_is_asked_instead_of_a_concept_is_a_concept() -> None:
    instead = {reference.instead for concept in STANDARD.concepts.values() for reference in concept.editions.values()}
    assert instead - {""} <= set(STANDARD.concepts)


def _paragraph_2026(text: str) -> str:
    """The paragraph alone; empty where it was not verified or there is none."""
    if "not verified" in text or text in ("deleted", "template detail"):
        return ""
    changed = re.fullmatch(r"changed \((.+)\)", text)
    return changed[1] if changed else text.removesuffix(" (moved to C5)")


# ── older names ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("older", "newest"),
    [
        ("NumberOfPermanentContactEmployees", "NumberOfPermanentContractEmployees"),
        (
            "MostSeniorLevelAccountableForImplementationOfPracticesPoliciesAndOrFutureInitiatives",
            "MostSeniorLevelAccountableForImplementationOfPolicies",
        ),
        (
            "DescriptionOfTheEffectiveParticipationOfWorkersUsersOrOtherinterestedPartiesOrCommunitiesInGovernance",
            "DescriptionOfTheEffectiveParticipationOfWorkersUsersOrOtherInterestedPartiesOrCommunitiesInGovernance",
        ),
        ("WasteTable", "WasteGeneratedTable"),
        ("IdentifierOfSitesInBiodiversitySensitiveAreasTypedAxis", "IdentifierOfSiteTypedAxis"),
    ],
)
def test_names_of_older_taxonomies_lead_to_the_newest(older: str, newest: str) -> None:
    assert STANDARD.names[older] == newest


def test_a_concept_has_its_own_name_in_each_taxonomy() -> None:
    permanent = "NumberOfPermanentContractEmployees"
    assert STANDARD.name_in(permanent, "2024-12-17") == "NumberOfPermanentContactEmployees"
    assert STANDARD.name_in(permanent, "2026-05-01") == permanent


def test_a_member_an_older_taxonomy_numbers_otherwise_is_found_under_its_newest_number() -> None:
    codes = STANDARD.code_list("Nace")
    assert codes.named_in("NACE_B04", "2024-12-17") == "NACE_B05"
    assert codes.named_in("NACE_B05", "2026-05-01") == "NACE_B05"


# ── code lists ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FULLY_TRANSLATED)
def test_every_code_of_a_short_list_has_a_label_in_every_complete_language(name: str) -> None:
    domain = STANDARD.code_list(name).domain
    assert [(code.member, language) for code in domain for language in COMPLETE if language not in code.labels] == []


def test_nace_sections_and_divisions_and_waste_chapters_are_translated() -> None:
    nace = [code for code in STANDARD.code_list("Nace").domain if len(code.code) <= 2]
    waste = [code for code in STANDARD.code_list("Waste").domain if len(code.code) <= 2]
    assert (len(nace), len(waste)) == (22 + 87, 1 + 20)
    assert [
        (code.code, language) for code in [*nace, *waste] for language in COMPLETE if language not in code.labels
    ] == []


@pytest.mark.parametrize("name", sorted(STANDARD.code_list_names))
def test_every_label_in_every_language_names_its_own_member(name: str) -> None:
    codes = STANDARD.code_list(name)
    wrong = [(label, codes.member(label)) for code in codes.domain for label in code.labels.values()]
    right = [(label, code.member) for code in codes.domain for label in code.labels.values()]
    assert wrong == right


@pytest.mark.parametrize("language", COMPLETE)
def test_every_country_is_found_by_its_name(language: str) -> None:
    codes = STANDARD.code_list("Countries")
    assert len(codes.codes) == 256
    names = {code.member: codes.label(code.member, language) for code in codes.codes}
    assert [member for member, name in names.items() if codes.member(name) != member] == []


@pytest.mark.parametrize(
    ("code_list", "text", "member"),
    [
        ("Countries", "ES", "ES"),
        ("Countries", "Italien", "IT"),
        ("Countries", "  pays-bas ", "NL"),
        ("Countries", "USA", "US"),
        ("Countries", "European Union", None),
        ("Nace", "71.11", "NACE_N7111"),
        ("Nace", "NACE M - 71.11 Architectural activities", "NACE_N7111"),
        ("Nace", "C – 28 Maschinenbau", "NACE_C28"),
        ("Waste", "15 01 02", "W-150102-Non-Hazardous-PlasticPackagingMember"),
        ("Waste", "150102", "W-150102-Non-Hazardous-PlasticPackagingMember"),
        ("Pollutants", "Abestos [member]", "AsbestosMember"),
        ("Pollutants", "ammoniaca (NH3)", "AmmoniaNH3Member"),
        ("LegalForms", "GmbH", "PrivateLimitedLiabilityUndertakingMember"),
        ("ReportingBases", "Sustainability report prepared on a consolidated basis", "ConsolidatedMember"),
        ("ReportingBases", "Sustainability report prepared on an individual basis", "IndividualMember"),
        ("EmployeeCountTypes", "headcount", "HeadcountMember"),
        ("Modules", "Basic Module (only)", "OptionABasicModuleOnlyMember"),
        ("ConductContents", "other? ( if yes specify)", "OtherContentMember"),
        ("Disclosures", "B6 –   Acque", "B6-WaterMember"),
        ("SustainabilityIssues", "Other", None),
        ("Countries", "Atlantis", None),
        ("Nace", "99.99", None),
        ("Nace", "", None),
    ],
)
def test_a_text_names_one_member_or_none(code_list: str, text: str, member: str | None) -> None:
    assert STANDARD.code_list(code_list).member(text) == member


def test_a_text_that_fits_two_members_names_none() -> None:
    codes = CodeList("Fruit", lambda: tuple(Code(member=name, labels={"en": "Orange"}) for name in ("Colour", "Fruit")))
    assert codes.member("orange") is None


def test_a_misspelt_text_has_a_closest_label() -> None:
    assert STANDARD.code_list("EmployeeCountTypes").closest("Headcuont") == "Headcount"
    assert STANDARD.code_list("EmployeeCountTypes").closest("Wassermelone") is None


def test_a_label_that_is_not_translated_is_shown_in_english() -> None:
    nace = STANDARD.code_list("Nace")
    assert nace.label("NACE_C28", "de") == "C – 28 Maschinenbau"
    assert nace.label("NACE_A0111", "de") == nace.label("NACE_A0111", "en")


def test_every_class_of_nace_has_its_italian_heading_and_most_have_german_and_french() -> None:
    codes = [code.member for code in STANDARD.code_list("Nace").codes]
    shown = {
        language: {STANDARD.code_list("Nace").label(member, language) for member in codes} for language in COMPLETE
    }
    assert all(len(labels) == len(codes) for labels in shown.values())
    assert not shown["it"] & shown["en"]
    assert all(len(shown[language] - shown["en"]) > 600 for language in ("de", "fr"))
    assert STANDARD.code_list("Nace").label("NACE_A0112", "fr") == "A – 01.12 Culture du riz"
    assert STANDARD.code_list("Countries").label("DE", "it") == "Germania"


# ── the drop-downs of the official template ──────────────────────────────────────────────────────────────────────

DROP_DOWNS = {
    "NACE Code List": "Nace",
    "Country List": "Countries",
    "List of omitted disclosures": "Disclosures",
    "Pollutants": "Pollutants",
    "Types of  Wastes": "Waste",
    "Undertakings Legal Forms": "LegalForms",
    "Sustainability ussues": "SustainabilityIssues",
    "Employee methodologies": "CountingMethods",
    "List of options for the modules": "Modules",
}
NO_MEMBER = re.compile(r"none|other|(NACE )?All Economic Activities.*", re.IGNORECASE)
WORKBOOKS = sorted(path.name for path in OFFICIAL.glob("*.xlsx")) if OFFICIAL.is_dir() else []


@pytest.mark.skipif(not WORKBOOKS, reason="the official workbooks are not beside this checkout")
@pytest.mark.parametrize("file", WORKBOOKS or [""])
def test_every_choice_of_the_official_drop_downs_names_one_member(file: str) -> None:
    cells = read_workbook(OFFICIAL / file, file).sheets["Enumeration Lists"].cells
    columns: dict[int, list[str]] = {}
    for (_, column), cell in sorted(cells.items()):
        columns.setdefault(column, []).extend(_choice(cell.value))
    met = set()
    for heading, *choices in columns.values():
        name = next((name for start, name in DROP_DOWNS.items() if heading.startswith(start)), "")
        if name:
            met.add(name)
            codes = STANDARD.code_list(name)
            real = [choice for choice in choices if not NO_MEMBER.fullmatch(choice)]
            assert [choice for choice in real if codes.member(choice) is None] == []
    assert met >= set(DROP_DOWNS.values()) - {"Modules"}


def _choice(value: CellValue) -> list[str]:
    return [value.strip()] if isinstance(value, str) and value.strip() else []


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────

Change = tuple[str, str, str]
"""File, what stands there, and what a user makes of it."""


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Change], Definitions]:
    """Definitions in a folder of their own, with one thing in it changed."""

    def change(one: Change) -> Definitions:
        folder = tmp_path / "schemas"
        shutil.copytree(resources.folder("schemas"), folder)
        file, old, new = one
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return Definitions(folder)

    return change


SPANISH = "languages:\n  - {code: es, name: Español, complete: false, says_yes: [sí], says_no: ['no']}\n"
B3, FUELS = "vsme/B3.yaml", '      it: "Combustibili"\n'
REFUSED: Mapping[str, tuple[Change, str]] = {
    "an unknown key": (
        (B3, "    help:\n", "    hepl:\n"),
        r"B3.yaml:\d+: unknown key 'hepl' \(concepts.0.hepl\). Did you mean 'help'\?",
    ),
    "a misspelt key that must be there": (
        (B3, "\n    labels:", "\n    lables:"),
        r"B3.yaml:\d+: unknown key 'lables' .* Did you mean 'labels'\?",
    ),
    "a key given twice": ((B3, "code: B3\n", "code: B3\ncode: B4\n"), r"B3.yaml:\d+: key 'code' given twice"),
    "what is no YAML": ((B3, "module: basic", "module basic"), r"B3.yaml:\d+: "),
    "a type there is not": ((B3, "type: energy", "type: enrgy"), r"B3.yaml:\d+: .*'enrgy'.* Did you mean 'energy'\?"),
    "an unknown table": (
        (B3, "    table: BreakdownOfEnergyConsumptionTable", "    table: BreakdownOfEnergyTable"),
        r"B3.yaml:\d+: EnergyConsumptionFromElectricity: unknown table .*'BreakdownOfEnergyConsumptionTable'\?",
    ),
    "an unknown axis": (
        (B3, "axes: [ReportingScopesAxis]", "axes: [ReportingScopeAxis]"),
        r"B3.yaml:\d+: EstimatedGreenhouseGasEmissionsTable: unknown axis .* Did you mean 'ReportingScopesAxis'\?",
    ),
    "an unknown unit": (
        (B3, "unit: utr:MWh", "unit: utr:MWhs"),
        r"B3.yaml:\d+: TotalEnergyConsumption: unknown unit 'utr:MWhs'. Did you mean 'utr:MWh'\?",
    ),
    "an unknown code list": (
        ("vsme/B1.yaml", "members: Nace", "members: Naec"),
        r"B1.yaml:\d+: NaceSectorClassificationCodes: unknown code list 'Naec'. Did you mean 'Nace'\?",
    ),
    "a concept defined twice": (
        (B3, "- name: EnergyConsumptionFromFuels", "- name: TotalEnergyConsumption"),
        r"B3.yaml:\d+: TotalEnergyConsumption is defined twice",
    ),
    "a text missing in a complete language": (
        (B3, FUELS, ""),
        r"B3.yaml:\d+: EnergyConsumptionFromFuels: labels: there is no text in 'it'",
    ),
    "a text in an unknown language": (
        (B3, FUELS, FUELS.replace("it:", "itt:")),
        r"B3.yaml:\d+: EnergyConsumptionFromFuels: labels: unknown language 'itt'. Did you mean 'it'\?",
    ),
    "a file under another name": ((B3, "code: B3", "code: B33"), r"schemas/vsme: .*'B33' must be named B33.yaml"),
    "an axis of an unknown code list": (
        ("vsme/dimensions.yaml", "members: Pollutants", "members: Polutants"),
        r"dimensions.yaml:\d+: TypeOfPollutantAxis: unknown code list 'Polutants'. Did you mean 'Pollutants'\?",
    ),
    "an unknown key of a unit": (("units.yaml", "factor:", "fator:"), r"units.yaml:\d+: unknown key 'fator'"),
    "a language without texts that is called complete": (
        ("languages.yaml", "languages:\n", SPANISH.replace("complete: false, ", "")),
        r"dimensions.yaml:\d+: .* there is no text in 'es'",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_wrong_definition_is_refused_with_file_line_and_suggestion(
    what: str, changed: Callable[[Change], Definitions]
) -> None:
    change, message = REFUSED[what]
    with pytest.raises(DefinitionError, match=message):
        assert changed(change).concepts


def test_the_line_of_an_error_is_that_of_the_wrong_word(changed: Callable[[Change], Definitions]) -> None:
    definitions = changed((B3, "unit: utr:MWh", "unit: utr:MWhs"))
    with pytest.raises(DefinitionError) as refused:
        assert definitions.concepts
    line = int(refused.value.message.split(":")[1])
    assert (definitions.folder / B3).read_text(encoding="utf-8").splitlines()[line - 1] == "    unit: utr:MWhs"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("PartnershipMember,", "CooperativeMember,", r"LegalForms.csv:4: member 'CooperativeMember' is given twice"),
        ("PartnershipMember,", ",", r"LegalForms.csv:4: the member is missing"),
        ("Partnership,", "Partnership, limited,", r"LegalForms.csv:4: .* must stand in quotes"),
        ("member,code,en", "member,code,english", r"LegalForms.csv:1: the columns must be member, code, .*english"),
        ("member,code,en,", "member;code;en;", r"LegalForms.csv:1: .* separated by commas"),
    ],
)
def test_a_wrong_code_list_is_refused_with_file_and_line(
    old: str, new: str, message: str, changed: Callable[[Change], Definitions]
) -> None:
    with pytest.raises(DefinitionError, match=message):
        changed(("codes/LegalForms.csv", old, new)).code_list("LegalForms")


def test_a_language_that_is_not_complete_falls_back_to_english(changed: Callable[[Change], Definitions]) -> None:
    definitions = changed(("languages.yaml", "languages:\n", SPANISH))
    assert "es" in definitions.languages
    assert in_language(definitions.concepts["TotalEnergyConsumption"].labels, "es") == "Total energy consumption"
