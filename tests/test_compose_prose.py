"""Sentences around the figures: grammar in every language, nothing broken where figures are missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from filings import DEFINITIONS, copied_definitions, filing

from esgreport.compose.prose import article_before, in_words
from esgreport.compose.writer import Writer
from esgreport.definitions.sentences import (
    PLACE,
    AnswerPlace,
    CountPlace,
    ItemsPlace,
    LargestPlace,
    Sentence,
    Term,
    terms_of,
)
from esgreport.errors import DefinitionError
from esgreport.measure import measure
from esgreport.model import Fact, Filing, Period

LANGUAGES = list(DEFINITIONS.languages)
SENTENCES = DEFINITIONS.layout.sentences
BEFORE = Period(date(2024, 12, 31), date(2024, 1, 1))
BROKEN = re.compile(r"[{}]|  |\s[,.](?!\d)|,\s*[.,]|\(\s|\s\)|\(\)|\.\.|\bnan\b|%\(|, {0,1}$")
OPENS = re.compile(r"[\d“«„A-ZÀ-Ý]")


def said(name: str, filed: Filing | str, language: str = "en") -> str:
    filed = filing(filed) if isinstance(filed, str) else filed
    writer = Writer(filed, measure(filed, DEFINITIONS), DEFINITIONS, language)
    pieces = in_words(writer, SENTENCES[name])
    return "".join(one if isinstance(one, str) else one.text for one in pieces).replace("\u00a0", " ")


def with_year_before(now: str, then: str) -> Filing:
    last = filing(then, period=BEFORE, file="last.xlsx")
    return replace(filing(now), prior=(last,))


# ── every sentence, whatever is there ──


def written(sentence: Sentence, language: str, *facts: Fact, earlier: tuple[Fact, ...] = ()) -> str:
    filed = replace(filing(""), facts=facts)
    if earlier:
        filed = replace(filed, prior=(replace(filing("", period=BEFORE), facts=earlier),))
    writer = Writer(filed, tuple(fact for fact in facts if fact.concept in DEFINITIONS.metrics), DEFINITIONS, language)
    pieces = in_words(writer, sentence)
    return "".join(one if isinstance(one, str) else one.text for one in pieces)


def fact(term: Term, value: Decimal, period: Period = BEFORE) -> Fact:
    """A fact a term means; a metric has as its input the concept it was measured of."""
    concept = DEFINITIONS.concepts.get(term.concept)
    member = DEFINITIONS.axes[term.axis].default != term.member if term.axis else False
    dimensions = ((term.axis, term.member),) if member else ()
    shown = (concept.type == "percent") if concept else DEFINITIONS.metrics[term.metric].shown == "percent"
    unit = term.unit or ("iso4217:EUR" if concept and concept.type == "monetary" else "xbrli:pure")
    if term.metric:
        unit = DEFINITIONS.metrics[term.metric].unit
    inputs = (Fact(term.of, value, period),) if term.of else ()
    value = value / 100 if shown else value
    return Fact(term.concept or term.metric, value, period, unit, 2, dimensions, inputs=inputs)


def table_facts(sentence: Sentence, rows: int) -> list[Fact]:
    """As many rows of the tables a sentence counts or compares."""
    year = filing("").period
    found: list[Fact] = []
    for place in sentence.places.values():
        names, asked = (place.concepts if isinstance(place, CountPlace) else []), ""
        if isinstance(place, LargestPlace) and place.column:
            names, asked = [place.column.concept, *([place.named] if place.named else [])], place.column.unit
        for name, row in product(names, range(rows)):
            concept = DEFINITIONS.concepts[name]
            axis = DEFINITIONS.axes[DEFINITIONS.tables[concept.table].axes[0]]
            codes = [one.member for one in DEFINITIONS.code_list(axis.members).codes] if axis.members else []
            member = codes[row] if codes else f"R{row}"
            unit = asked or {"mass": "utr:kg", "number": "xbrli:pure"}.get(concept.type)
            value = Decimal(row + 1) if concept.numeric else f"Text {row}"
            found.append(Fact(name, value, year, unit, 0, ((axis.name, member),)))
    return list(dict.fromkeys(found))


def other_facts(sentence: Sentence, state: str, items: int) -> list[Fact]:
    year = filing("").period
    found = []
    for place in sentence.places.values():
        if isinstance(place, AnswerPlace):
            concept = DEFINITIONS.concepts[place.concept]
            value = state == "yes" if concept.type == "boolean" else "HeadcountMember"
            found.append(Fact(place.concept, value, year))
        if isinstance(place, ItemsPlace):
            codes = DEFINITIONS.code_list(DEFINITIONS.concepts[place.concept].members).codes
            found.append(Fact(place.concept, tuple(sorted(one.member for one in codes[:items])), year))
    return list(dict.fromkeys(found))


def numbers_of(sentence: Sentence) -> list[Term]:
    unique = {repr(term): term for term in terms_of(sentence)}
    numeric = [unique[key] for key in sorted(unique)]
    return [term for term in numeric if term.metric or (DEFINITIONS.concepts[term.concept].numeric and not _row(term))]


def _row(term: Term) -> bool:
    return (
        bool(DEFINITIONS.concepts[term.concept].table)
        and not term.axis
        and term.concept.startswith(("AmountOf", "WeightOf", "TotalWasteRecycled", "NumberOfEmployeesForCountry"))
    )


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_missing_nought_one_or_many_no_sentence_is_broken(name: str, language: str) -> None:
    sentence = SENTENCES[name]
    terms = numbers_of(sentence)
    values: tuple[Decimal | None, ...] = (None, Decimal(0), Decimal(1), Decimal(6), Decimal("1234.5"), Decimal("-3.5"))
    choices = values if len(terms) <= 3 else (None, Decimal(0), Decimal(7))
    year = filing("").period
    heard = set()
    for numbers in product(choices, repeat=len(terms)):
        facts = [fact(term, value, year) for term, value in zip(terms, numbers, strict=True) if value is not None]
        for rows, state, last in (
            (0, "yes", None),
            (1, "no", Decimal(1)),
            (3, "yes", Decimal(42)),
            (2, "no", Decimal(90)),
        ):
            earlier = tuple(fact(term, last) for term in terms) if last else ()
            text = written(
                sentence,
                language,
                *facts,
                *table_facts(sentence, rows),
                *other_facts(sentence, state, max(rows, 1)),
                earlier=earlier,
            )
            heard.add(text)
            if text:
                assert not BROKEN.search(text.replace(" ;", ";").replace(" :", ":")), text
                assert OPENS.match(text), text
                assert text.endswith("."), text
    assert heard - {""}, "nothing was ever said"


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_has_the_same_places_in_every_language(name: str) -> None:
    for wording in SENTENCES[name].wordings:
        assert set(wording.text) >= set(LANGUAGES)
        mentioned = {
            language: {place["name"] for place in PLACE.finditer(text) if not place["forms"]}
            for language, text in wording.text.items()
        }
        assert all(places == mentioned["en"] for places in mentioned.values()), mentioned


def test_no_sentence_judges_or_gives_causes() -> None:
    words = re.compile(r"\b(excellent|good|great|significant|impressive|thanks to|because|due to our)\b", re.I)
    assert [name for name, one in SENTENCES.items() for way in one.wordings if words.search(way.text["en"])] == []


# ── what they say ──


def test_energy_is_set_against_the_year_before() -> None:
    filed = with_year_before("TotalEnergyConsumption = 90 utr:MWh", "TotalEnergyConsumption = 100 utr:MWh")
    assert said("energy", filed) == "In 2025 the company used 90 MWh of energy, 10% less than in 2024."
    assert (
        said("energy", filed, "it")
        == "Nel 2025 l’impresa ha consumato 90 MWh di energia, il 10% in meno rispetto al 2024."
    )
    filed = with_year_before("TotalEnergyConsumption = 108 utr:MWh", "TotalEnergyConsumption = 100 utr:MWh")
    assert said("energy", filed, "it").endswith("l’8% in più rispetto al 2024.")
    assert said("energy", filed, "de").endswith("8 % mehr als 2024.")
    filed = with_year_before("TotalEnergyConsumption = 100 utr:MWh", "TotalEnergyConsumption = 100 utr:MWh")
    assert said("energy", filed, "fr") == "En 2025, l’entreprise a consommé 100 MWh d’énergie, autant qu’en 2024."


@pytest.mark.parametrize(
    ("then", "language", "words"),
    [
        ("0.2", "en", "5 percentage points more than in 2024."),
        ("0.24", "en", "1 percentage point more than in 2024."),
        ("0.24", "it", "1 punto percentuale in più rispetto al 2024."),
        ("0.255", "fr", "soit 0,5 point de pourcentage de moins qu’en 2024."),
        ("0.26", "de", "1 Prozentpunkt niedriger als 2024."),
    ],
)
def test_percentages_differ_by_points(then: str, language: str, words: str) -> None:
    now, last = filing(""), filing("", period=BEFORE)
    metric = Fact("WomenShare", Decimal("0.25"), now.period, "xbrli:pure", 3)
    filed = replace(now, prior=(last,))
    writer = Writer(filed, (metric, replace(metric, value=Decimal(then), period=BEFORE)), DEFINITIONS, language)
    text = "".join(one if isinstance(one, str) else one.text for one in in_words(writer, SENTENCES["women"]))
    assert text.endswith(words)


def test_without_a_year_before_nothing_is_said_of_a_change() -> None:
    assert said("energy", "TotalEnergyConsumption = 90 utr:MWh") == "In 2025 the company used 90 MWh of energy."
    filed = with_year_before("TotalEnergyConsumption = 90 utr:MWh", "NumberOfEmployees = 3")
    assert said("energy", filed) == "In 2025 the company used 90 MWh of energy."


def test_a_year_that_is_not_as_long_is_not_compared() -> None:
    half = filing("TotalEnergyConsumption = 50 utr:MWh", period=Period(date(2024, 12, 31), date(2024, 7, 1)))
    filed = replace(filing("TotalEnergyConsumption = 90 utr:MWh"), prior=(half,))
    assert said("energy", filed) == "In 2025 the company used 90 MWh of energy."


@pytest.mark.parametrize(
    ("count", "en", "it", "de", "fr"),
    [
        ("0", "no employees", "non contava dipendenti", "keine Beschäftigten", "ne comptait aucun salarié"),
        ("1", "1 employee and", "1 dipendente e", "1 Beschäftigten und", "1 salarié et"),
        ("1.5", "1.5 employees", "1,5 dipendenti", "1,5 Beschäftigte", "1,5 salarié et"),
        ("12", "12 employees", "12 dipendenti", "12 Beschäftigte", "12 salariés"),
    ],
)
def test_words_that_are_counted_stand_in_the_form_of_their_number(
    count: str, en: str, it: str, de: str, fr: str
) -> None:
    table = f"NumberOfEmployees = {count}\nTurnover = 5000 iso4217:EUR\nTypeOfNumberOfEmployees = HeadcountMember"
    for language, words in {"en": en, "it": it, "de": de, "fr": fr}.items():
        assert words in said("company-size", table, language)


@pytest.mark.parametrize(
    ("number", "before"),
    [("8 %", "l’"), ("11,5 %", "l’"), ("80 %", "l’"), ("1 %", "l’"), ("8.000", "l’"), ("11.000", "l’")],
)
def test_an_italian_article_fits_the_number_behind_it(number: str, before: str) -> None:
    assert article_before("il", number) == before


@pytest.mark.parametrize(
    ("number", "before"), [("23 %", "del "), ("110 %", "del "), ("1.000", "del "), ("0,5 %", "dello ")]
)
def test_an_italian_article_is_whole_before_a_consonant(number: str, before: str) -> None:
    assert article_before("del", number) == before


def test_progress_is_said_only_of_a_way_down_that_was_begun() -> None:
    name = "TotalGrossLocationBasedScope1AndScope2GHGEmissions"
    ways = {"80": "20 tCO₂e had been saved by 2025 (40%).", "100": "", "120": ""}
    for now, expected in ways.items():
        others = f"{name} = 100 utr:tCO2e @BaselineYearMember\n{name} = 50 utr:tCO2e @TargetYearMember"
        table = f"{name} = {now} utr:tCO2e\n{others}"
        assert said("emissions-progress", table).endswith(expected)
        assert bool(said("emissions-progress", table)) == bool(expected)


def test_the_largest_part_is_named_only_where_the_parts_make_the_whole() -> None:
    rows = "\n".join(
        f"NumberOfEmployeesForCountryOfEmploymentContract = {count} xbrli:pure @{land}"
        for land, count in (("IT", 9), ("DE", 3))
    )
    assert "Italy, 75%" in said("largest-country", f"{rows}\nNumberOfEmployees = 12")
    assert said("largest-country", f"{rows}\nNumberOfEmployees = 20") == ""
    assert said("largest-country", f"{rows.replace('9', '3')}\nNumberOfEmployees = 6") == ""


@pytest.mark.parametrize(
    ("name", "heard"), [("Steel", True), ("\u200b\ufeff", False), ("…", False), ("x" * 200, False)]
)
def test_a_name_without_letters_or_too_long_for_a_sentence_is_not_said(name: str, heard: bool) -> None:
    rows = "\n".join(
        f"NameOfMaterialUsed = {words} @{key}\nWeightOfMaterialUsed = {weight} utr:t @{key}"
        for key, words, weight in (("M1", name, 9), ("M2", "Wood", 1))
    )
    text = said("materials", f"{rows}\nTotalMassOfMaterialUsed = 10 utr:t")
    assert (f"“{name}” with 90%" in text) is heard
    assert bool(text) is heard


def test_a_figure_in_a_sentence_leads_to_its_facts_with_its_notes() -> None:
    filed = filing("TotalEnergyConsumption = 90 utr:MWh # partly estimated")
    writer = Writer(filed, (), DEFINITIONS, "en")
    figures = [one for one in in_words(writer, SENTENCES["energy"]) if not isinstance(one, str) and one.facts]
    assert [(one.text, one.facts, one.notes) for one in figures] == [("90\u00a0MWh", ("f-1",), (1,))]


# ── the definitions ──


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("concept: TotalEnergyConsumption", "concept: TotalEnergyConsumptions", "Did you mean"),
        ("{share:il}", "{share:la}", "is not written as places are"),
        ("used {energy} of energy.", "used {energies} of energy.", "differ: energies"),
        ("  - id: scope-3\n", "  - id: energy\n", "is defined twice"),
    ],
)
def test_a_sentence_that_is_wrong_is_refused(tmp_path: Path, right: str, wrong: str, complaint: str) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "sentences" / "climate.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    with pytest.raises(DefinitionError, match=complaint):
        _ = definitions.layout


def test_a_sentence_that_stands_nowhere_is_refused(tmp_path: Path) -> None:
    definitions = copied_definitions(tmp_path)
    path = definitions.folder / "report.yaml"
    path.write_text(path.read_text("utf-8").replace("sentences: [convictions]", "sentences: []"), "utf-8")
    with pytest.raises(DefinitionError, match="convictions: each sentence stands in one place"):
        _ = definitions.layout
