"""What `explain` says: every word of the standard has an explanation, made of the definitions, in four languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

import esgreport.explain
from esgreport import resources
from esgreport.cli import main
from esgreport.definitions import load
from esgreport.definitions.explaining import Saying, load_wordings
from esgreport.definitions.models import Text
from esgreport.definitions.rule_parts import Check
from esgreport.definitions.rules import KINDS
from esgreport.explain import Explanation, document, explain, meant, terminal_text, topics
from esgreport.explain.checks import kind_of

DEFINITIONS = load()
LANGUAGES = ("en", "it", "de", "fr")
RULES = {rule.code: rule for _, rule in DEFINITIONS.rules}
LEFT_OPEN = re.compile(r"\{\w*\}|%\(|  |“”|«»|„“")
"""What is left of a sentence whose place was not filled in."""


def explained(word: str, language: str = "en") -> Explanation:
    found = explain(word, DEFINITIONS, language)
    assert found is not None, word
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


# ── everything has an explanation ────────────────────────────────────────────────────────────────────────────


def every_word() -> list[str]:
    metrics = list(DEFINITIONS.metrics)
    disclosures = [disclosure.code for disclosure in DEFINITIONS.disclosures]
    return [*RULES, *DEFINITIONS.finding_texts, *metrics, *disclosures, *DEFINITIONS.concepts, "cap"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_an_explanation_without_a_gap(language: str) -> None:
    wrong = []
    for word in every_word():
        found = explained(word, language)
        said = [found.title, found.text, *(line for entry in found.entries for line in (entry.heading, *entry.lines))]
        if not found.title or not found.entries or any(LEFT_OPEN.search(text) for text in said):
            wrong.append((word, [text for text in said if LEFT_OPEN.search(text)]))
    assert wrong == []


def test_every_kind_of_check_has_words_for_what_it_means() -> None:
    known = [kind.kind for kind in load_wordings(DEFINITIONS.folder).kinds]
    assert sorted(known) == sorted(set(known))
    assert set(KINDS) - set(known) == set(), "say in schemas/explain.yaml what these mean"
    assert set(known) - set(KINDS) == set()


SHARED = {field.name for field in fields(Check)} | {"kind"}
OF_THE_PLACE = {"at", "at_answer"}
"""Keys that only say where a finding sits."""
IN_OTHER_WORDS = {
    "concept",  # it is among the numerators
    "concepts",  # {what}
    "types",
    "axis",  # the labels of its members say it
    "over",
    "span",  # {numerators}, {denominator}, {limits}
    "message_without_rows",  # what the finding says, which has an entry of its own
    "message_from_zero",
}


def test_every_key_a_check_uses_has_a_place_in_the_words_of_its_kind() -> None:
    wordings = load_wordings(DEFINITIONS.folder)
    for code, check in ((rule.code, check) for _, rule in DEFINITIONS.rules for check in rule.checks):
        kind = wordings.kind(kind_of(check))
        assert kind is not None
        sayings = (*kind.instead, *kind.also)
        texts = " ".join(text["en"] for text in (kind.means, kind.example, *(each.text for each in sayings)))
        said = {*re.findall(r"{(\w+)}", texts), *(each.field for each in sayings)}
        used = {field.name for field in fields(check) if getattr(check, field.name) not in (field.default, [], {})}
        assert used <= said | SHARED | OF_THE_PLACE | IN_OTHER_WORDS, (code, check)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_kinds_exist_in_every_language(language: str) -> None:
    words = load_wordings(DEFINITIONS.folder)
    texts: list[Text] = [*words.conditions.values(), *words.types.values(), *words.needs.values()]
    for kind in words.kinds:
        sayings: list[Saying] = [*kind.instead, *kind.also]
        texts += [kind.means, kind.example, *(saying.text for saying in sayings)]
    assert all(text.get(language) for text in texts)
    places = re.compile(r"\{(\w+)\}")
    assert [
        text["en"] for text in texts if set(places.findall(text[language])) != set(places.findall(text["en"]))
    ] == []


# ── a rule ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_says_what_must_hold_in_words_made_of_its_data() -> None:
    found = explained("VSME-B3-03")
    assert found.kind == "rule" and found.entry("severity") == ("Error",)
    sentence = found.entry("must_hold")[0]
    assert "“Total energy consumption” is the sum of: “Electricity”; “Self-generated electricity”; “Fuels”." in sentence
    assert "0.5%" in sentence
    assert found.entry("paragraphs") == (
        "VSME of 2025: Paragraph 29 (guidance 18, 20, 22)",
        "Voluntary standard of 2026: Paragraph 32",
    )
    assert any("“Total energy consumption” is 120" in line for line in found.entry("example"))
    assert all("{" not in line for line in found.entry("says"))
    assert found.entry("fix")
    assert found.entry("concepts")[0] == "TotalEnergyConsumption – Total energy consumption"


def test_a_rule_says_when_it_applies() -> None:
    assert explained("VSME-B3-05").entry("applies") == ("Voluntary standard of 2026: there are more than 10 employees",)


def test_a_condition_on_a_number_names_the_number_also_where_it_is_nought() -> None:
    said = " ".join(explained("VSME-B10-03").entry("must_hold"))
    assert "“Average gross hourly pay of men” is 0" in said


def test_what_is_asked_besides_the_concepts_is_called_by_its_label() -> None:
    said = " ".join(explained("VSME-B8-05", "de").entry("must_hold"))
    assert "„Im Zeitraum ausgeschiedene Beschäftigte“" in said


def test_a_finding_of_the_catalogue_says_what_is_wrong_and_what_to_do() -> None:
    found = explained("cell-03")
    assert (found.word, found.kind, found.title) == ("CELL-03", "finding", "Text where a number belongs")
    assert found.entry("fix") == ("Enter the bare number; the unit has its own cell.",)


# ── a concept, a disclosure, a metric, the cap ───────────────────────────────────────────────────────────────


def test_a_concept_says_what_is_asked_and_where() -> None:
    found = explained("GrossScope1GreenhouseGasEmissions")
    assert found.text.startswith("Emissions from sources the company owns or controls")
    assert found.entry("answer") == ("a quantity of greenhouse gas, over the reporting period", "tCO₂e (utr:tCO2e)")
    assert "Reporting period; Base year; Target year" in found.entry("table")[1]
    assert found.entry("paragraphs")[0].startswith("VSME of 2025: Paragraph 30")
    assert "more than 10 employees: necessary · up to 10 employees: voluntary" in found.entry("paragraphs")[1]
    assert "1.0.0, 1.1.1, 1.2.0, 1.3.0: 'Environmental Disclosures'!G22 (“Base year”)" in found.entry("template")
    assert found.entry("workbook")[0].endswith("range GrossScope1GreenhouseGasEmissions")
    codes = [line.partition(" ")[0] for line in found.entry("rules")]
    assert {"VSME-B3-05", "VSME-B3-06", "VSME-GEN-06"} <= set(codes)
    assert any(line.startswith("EmissionsChangeSinceBaseYear") for line in found.entry("metrics"))
    assert found.entry("cap")[0].startswith("inside, for more than 10 employees")


def test_a_rule_on_a_type_is_among_the_rules_of_concepts_of_that_type_alone() -> None:
    codes = [line.partition(" ")[0] for line in explained("TypeOfNumberOfEmployees").entry("rules")]
    assert "VSME-GEN-06" not in codes


def test_a_concept_the_edition_of_2026_dropped_says_so() -> None:
    found = explained("TotalMarketBasedGreenhouseGasEmissionsIntensityValue")
    assert found.entry("paragraphs")[1] == "Voluntary standard of 2026 · no longer asked"


def test_a_concept_of_2026_alone_is_not_asked_in_the_template() -> None:
    assert explained("StatementOfCompliance").entry("template") == ("not asked there",)


def test_a_disclosure_lists_its_concepts_rules_and_figures() -> None:
    found = explained("b8")
    assert found.kind == "disclosure" and found.text
    assert any(line.startswith("EmployeeTurnoverRate – ") for line in found.entry("concepts"))
    assert any(line.startswith("VSME-B8-01 – ") for line in found.entry("rules"))
    assert any(line.startswith("WomenShare – ") for line in found.entry("metrics"))


def test_a_metric_says_how_it_is_computed_and_from_what() -> None:
    found = explained("WomenShare")
    assert found.entry("formula") and found.entry("unit") == ("a percentage",)
    assert "NumberOfFemaleEmployees – Female employees" in found.entry("concepts")


def test_the_cap_says_whom_it_protects_and_lists_its_rows() -> None:
    found = explained("cap")
    assert any("1,000 employees" in line for line in found.entry("conditions"))
    assert len(found.entry("rows")) == len(DEFINITIONS.law.cap.rows)


# ── finding the word ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "word",
    [
        "totalenergyconsumption",
        " TotalEnergyConsumption ",
        "Total energy consumption",
        "Gesamtenergieverbrauch",
        "TotalEnergyConsumption_unit",
    ],
)
def test_a_concept_is_found_by_name_range_and_label(word: str) -> None:
    assert explained(word).word == "TotalEnergyConsumption"


def test_a_concept_is_found_by_an_older_name() -> None:
    assert explained("NumberOfPermanentContactEmployees").word == "NumberOfPermanentContractEmployees"


@pytest.mark.parametrize(
    ("word", "near"), [("CEL-03", "CELL-03"), ("TotalEnergy", "TotalEnergyConsumption"), ("xyzzy", "")]
)
def test_an_unknown_word_leads_to_the_closest_there_is(word: str, near: str) -> None:
    assert explain(word, DEFINITIONS) is None
    assert meant(word, DEFINITIONS) == near


def test_what_can_be_explained_is_listed() -> None:
    listed = {line.partition(" ")[0] for entry in topics(DEFINITIONS).entries for line in entry.lines}
    assert set(every_word()) - set(DEFINITIONS.concepts) == listed


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_prints_an_explanation_of_at_most_the_width() -> None:
    result = run("VSME-B3-03")
    assert result.exit_code == 0
    assert result.output.startswith("VSME-B3-03\n")
    assert max(map(len, result.output.splitlines())) <= 100


def test_the_command_takes_a_label_of_several_words_and_a_language() -> None:
    assert "Gesamtenergieverbrauch" in run("total", "energy", "consumption", "--lang", "de").output


def test_the_command_writes_json_with_keys_that_do_not_depend_on_the_language() -> None:
    keys = []
    for language in LANGUAGES:
        content = json.loads(run("VSME-B3-03", "--format", "json", "--lang", language).output)
        assert (content["word"], content["kind"]) == ("VSME-B3-03", "rule")
        keys.append([entry["key"] for entry in content["entries"]])
    assert len(set(map(tuple, keys))) == 1


def test_an_unknown_word_is_wrong_usage_with_a_hint() -> None:
    result = run("CEL-03")
    assert result.exit_code == 2
    assert "There is nothing called 'CEL-03'. Did you mean 'CELL-03'?" in result.output


def test_without_a_word_the_command_lists_them() -> None:
    assert "B3 – Energy and greenhouse gas emissions" in run().output


@pytest.mark.parametrize("shape", [terminal_text, document], ids=["text", "json"])
def test_the_same_word_gives_the_same_answer(shape: Callable[[Explanation], object]) -> None:
    assert shape(explained("cap")) == shape(explained("cap"))


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────


def said() -> set[str]:
    folder = Path(esgreport.explain.__file__).parent
    pattern = re.compile(r"""say\(\s*(?:"([^"]+)"|'([^']+)')""")
    return {
        "".join(found) for path in folder.glob("*.py") for found in pattern.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_every_word_of_the_room_is_translated_and_no_other(language: str) -> None:
    folder = resources.folder("templates") / "locale" / language
    catalogues = {}
    for path in folder.glob("*.po"):
        with path.open("rb") as file:
            messages = read_po(file, locale=language, abort_invalid=True)
            catalogues[path.stem] = {message.id: message.string for message in messages if message.id}
    own = catalogues.pop("explain")
    elsewhere = {text for catalogue in catalogues.values() for text in catalogue}
    assert own.keys() == said() - elsewhere
    places = re.compile(r"%\((\w+)\)s")
    for sentence, translation in own.items():
        assert translation and set(places.findall(str(translation))) == set(places.findall(str(sentence))), sentence
