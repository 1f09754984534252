"""The lexicon as data: every tag is held to its examples, every name means something, gates speak four languages."""

from __future__ import annotations

import pytest

from esgreport.definitions import load
from esgreport.definitions.lexicon import LANGUAGES, lexicon_of
from esgreport.match.classifier import load_classifier
from esgreport.match.patterns import patterns_of
from esgreport.match.tagging import tagger_for
from esgreport.match.train import fingerprint
from esgreport.match.wording import plain, worded

DEFINITIONS = load()
LEXICON = lexicon_of(DEFINITIONS)
TAGGERS = {language: tagger_for(LEXICON, language) for language in LANGUAGES}
# Concepts no customer asks for by name, and those asked for through a target that has their figure.
NOT_ASKED = {
    "ProportionOfWasteDivertedToRecyclingOrReuse",  # asked for as the recycling rate
    "NameOfMaterialUsed",  # asked for as the list of materials
    "DisclosureOfAnyOtherGeneralAndOrEntitySpecificInformation",
    "DisclosureOfAnyOtherEnvironmentalAndOrEntitySpecificEnvironmentalDisclosures",
    "DisclosureOfAnyOtherSocialAndOrEntitySpecificSocialDisclosures",
    "DisclosureOfAnyOtherGovernanceAndOrEntitySpecificGovernanceDisclosures",
}
SAME_AS_A_CONCEPT = {"profile:nace", "profile:consolidated"}


def found(text: str) -> set[str]:
    return {tag for tagger in TAGGERS.values() for tag in tagger.found(worded(text))}


@pytest.mark.parametrize("name", LEXICON.tags)
def test_a_tag_is_found_in_what_is_like_it_and_not_in_what_is_unlike_it(name: str) -> None:
    tag = LEXICON.tags[name]
    assert tag.like
    assert tag.unlike
    assert [text for text in tag.like if name not in found(text)] == []
    assert [text for text in tag.unlike if name in found(text)] == []


def test_every_concept_that_can_be_asked_for_has_a_frame() -> None:
    framed = {frame.target for frame in LEXICON.frames}
    assert [name for name in DEFINITIONS.concepts if name not in framed | NOT_ASKED] == []


def test_every_target_has_a_frame_unless_its_concept_has_it() -> None:
    framed = {frame.target for frame in LEXICON.frames}
    assert [name for name in DEFINITIONS.targets if name not in framed | SAME_AS_A_CONCEPT] == []


def test_every_tag_is_used_by_a_frame_a_gate_or_says_that_nothing_is_asked_for() -> None:
    used = {tag for frame in LEXICON.frames for tag in (*"/".join(frame.needs).split("/"), *frame.never, *frame.likes)}
    used |= {tag for gate in LEXICON.gates.values() for tag in (*"/".join(gate.needs).split("/"), *gate.never)}
    assert [name for name, tag in LEXICON.tags.items() if name not in used and not tag.nothing] == []


@pytest.mark.parametrize("code", LEXICON.gates)
def test_a_gate_says_why_in_every_language(code: str) -> None:
    gate = LEXICON.gates[code]
    assert set(gate.reason) == set(LANGUAGES)
    assert len(set(gate.reason.values())) == len(LANGUAGES)
    assert gate.needs or gate.never or gate.targets or gate.when


def test_the_classifier_was_made_from_the_tags_and_phrases_there_are() -> None:
    assert load_classifier(LEXICON.folder).made_from == fingerprint(LEXICON.folder), "Make it again: make lexicon."


def test_the_classifier_is_small() -> None:
    assert (LEXICON.folder / "classifier.npz").stat().st_size < 2_500_000


@pytest.mark.parametrize(
    ("written", "text", "matches"),
    [
        ("energy", "renewable energy", True),
        ("energy", "energyless", False),
        ("recycl-", "recycling rate", True),
        ("-verbrauch", "der Stromverbrauch", True),
        ("-verbrauch", "Verbraucherschutz", False),
        ("-abfall-", "Sonderabfallmenge", True),
        ("(total|overall) energy", "overall energy used", True),
        ("part (de )?femmes", "part femmes", True),
        ("waste .. recycled", "waste that was then recycled", True),
        ("waste .. recycled", "recycled waste", False),
        ("fonde- sur le marche", "méthode fondée sur le marché", True),
    ],
)
def test_patterns_stand_for_the_rest_of_a_word_for_alternatives_and_for_words_between(
    written: str, text: str, matches: bool
) -> None:
    spelt = f" {plain(text)} "
    assert any(True for pattern in patterns_of(written) for _ in pattern.spans(spelt)) is matches


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("CO₂-Äq. (%)", "co2e percent"),
        ("t CO2-Äquivalente", "t co2e"),
        ("1.000.000 Arbeitsstunden", "1000000 arbeitsstunden"),
        ("Scope 1–3", "scope 1 to 3"),
        ("L’azienda è…", "l azienda e"),
        ("m³/Jahr", "m3 jahr"),
        ("gemäß § 5", "gemass 5"),
    ],
)
def test_texts_are_compared_without_accents_punctuation_and_the_ways_of_writing_units(text: str, spelt: str) -> None:
    assert plain(text) == spelt
