"""The words of a report: every sentence and label in every language, with the same places to fill in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from filings import DEFINITIONS, copied_definitions
from pydantic import BaseModel

import esgreport.compose
from esgreport import resources
from esgreport.errors import DefinitionError
from esgreport.texts import translator

COMPLETE = [code for code, language in DEFINITIONS.languages.items() if language.complete and code != "en"]
SAME_EVERYWHERE = {"LEI", "D-U-N-S", "EUID", "PermID"}
PLACES = re.compile(r"%\((\w+)\)s")


def sentences() -> dict[str, str]:
    """Every sentence of the room, and of what is put into the report beside it, with its plural, from the source."""
    found: dict[str, str] = {}
    compose = Path(esgreport.compose.__file__).parent
    for path in (*sorted(compose.glob("*.py")), compose.parent / "readership.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say":
                texts = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
                assert texts, f"{path.name}:{node.lineno}: the sentence must stand where it is said"
                found[str(texts[0])] = str(texts[1]) if len(texts) > 1 else ""
    return found


def catalogue(language: str) -> Catalog:
    with (resources.folder("templates") / "locale" / language / "report.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translations(language: str, sentence: str) -> tuple[str, ...]:
    message = catalogue(language).get(sentence)
    if message is None:
        return ()
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (str(message.string),)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_sentence_is_translated_with_the_same_places(language: str) -> None:
    wrong = []
    for sentence, plural in sentences().items():
        found = translations(language, sentence)
        if len(found) != (2 if plural else 1) or not all(found):
            wrong.append(sentence)
        wrong += [text for text in found if set(PLACES.findall(text)) != set(PLACES.findall(sentence))]
    assert wrong == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_catalogue_keeps_a_sentence_that_is_no_longer_said(language: str) -> None:
    kept = {message.id[0] if isinstance(message.id, (tuple, list)) else message.id for message in catalogue(language)}
    assert kept - {""} == set(sentences())


@pytest.mark.parametrize(("language", "one", "many"), [("it", "1 dato", "3 dati"), ("fr", "1 donnée", "3 données")])
def test_plurals_are_formed(language: str, one: str, many: str) -> None:
    say = translator(language)
    for count, expected in ((1, one), (3, many)):
        said = say("%(count)s fact from %(files)s", "%(count)s facts from %(files)s", count, files="x")
        assert said.startswith(expected)


# ── texts in definitions ──


def texts(model: object, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in several languages in a definition, with where it stands."""
    if isinstance(model, BaseModel):
        for name, value in model:
            yield from texts(value, f"{place}.{name}")
    elif isinstance(model, dict) and "en" in model:
        yield place, model
    elif isinstance(model, dict):
        for key, value in model.items():
            yield from texts(value, f"{place}.{key}")
    elif isinstance(model, (list, tuple)):
        for number, value in enumerate(model):
            yield from texts(value, f"{place}.{number}")


ALL_TEXTS = [*texts(DEFINITIONS.layout, "report"), *texts(dict(DEFINITIONS.metrics), "metrics")]


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_of_layout_and_metrics_is_translated(language: str) -> None:
    missing = [place for place, text in ALL_TEXTS if text["en"] not in SAME_EVERYWHERE and not text.get(language)]
    assert len(ALL_TEXTS) > 100
    assert missing == []


def test_the_places_of_a_text_are_the_same_in_every_language() -> None:
    wrong = [
        (place, language)
        for place, text in ALL_TEXTS
        for language, said in text.items()
        if set(re.findall(r"{(\w+)[}:]", said)) != set(re.findall(r"{(\w+)[}:]", text["en"]))
    ]
    assert wrong == []


# ── the layout ──


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("concepts: [TotalMassOfMaterialUsed", "concepts: [TotalMasOfMaterialUsed", "concept 'TotalMasOfMaterialUsed'"),
        ("metrics: [WasteDivertedShare]", "metrics: [WasteDivertedShares]", "metric 'WasteDivertedShares'"),
        ("table: ListOfSitesTable", "table: ListOfSiteTable", "table 'ListOfSiteTable'"),
        ("axis: ReportingScopesAxis", "axis: ReportingScopeAxis", "axis 'ReportingScopeAxis'"),
        ("disclosures: [B1, B2", "disclosures: [B1, B22", "disclosure 'B22'"),
    ],
)
def test_a_layout_that_names_what_is_not_there_is_refused(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "report.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    with pytest.raises(DefinitionError, match=rf"unknown {re.escape(said)}.*Did you mean"):
        _ = definitions.layout


def test_a_key_the_layout_does_not_know_is_refused_with_its_line(tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "report.yaml"
    path.write_text(path.read_text("utf-8").replace("most_key_figures:", "most_key_figure:"), "utf-8")
    with pytest.raises(DefinitionError, match=r"report\.yaml:\d+: unknown key 'most_key_figure'.*most_key_figures"):
        _ = definitions.layout


def test_a_chart_that_may_not_say_its_title_needs_another(tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "report.yaml"
    path.write_text(
        re.sub(
            r"      whole: NumberOfEmployees\n      plain:.*\n",
            "      whole: NumberOfEmployees\n",
            path.read_text("utf-8"),
        ),
        "utf-8",
    )
    with pytest.raises(DefinitionError, match="needs a `plain` title"):
        _ = definitions.layout


def test_every_disclosure_has_its_place_in_a_part() -> None:
    placed = [code for part in DEFINITIONS.layout.parts for code in part.disclosures]
    assert sorted(placed) == sorted(one.code for one in DEFINITIONS.disclosures if one.code != "X1")


def test_what_is_specific_to_the_entity_has_its_place_in_a_part() -> None:
    placed = {name for part in DEFINITIONS.layout.parts for name in part.additional}
    assert placed == {concept.name for one in DEFINITIONS.disclosures if one.code == "X1" for concept in one.concepts}
