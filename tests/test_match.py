"""What customers' questions ask for: the words of the lexicon, the frames, and how sure a match may be."""

from __future__ import annotations

from esgreport.definitions import load
from esgreport.match import match
from esgreport.model import Source
from esgreport.questionnaire import AnswerKind, Match, Question

DEFINITIONS = load()


def asked(text: str, language: str = "en", kind: AnswerKind = "text", **more: str) -> Question:
    return Question(id=text, source=Source(""), text=text, language=language, kind=kind, **more)  # type: ignore[arg-type]


def matched(text: str, language: str = "en", kind: AnswerKind = "text") -> Match:
    return match([asked(text, language, kind)], DEFINITIONS)[0]


def test_every_question_has_its_match_in_the_order_they_were_asked() -> None:
    questions = [asked("Total headcount"), asked("Fatturato annuo", "it"), asked("Rechtsform", "de")]
    found = match(questions, DEFINITIONS)
    assert [each.question for each in found] == [each.id for each in questions]
    assert [each.candidates[0].target for each in found] == ["NumberOfEmployees", "Turnover", "UndertakingsLegalForm"]


def test_a_follow_up_is_never_surer_than_the_question_it_hangs_on() -> None:
    parent = asked("Anything else you would like to share with us?")
    follow_up = asked("Total energy consumption in MWh", parent=parent.id)
    first, second = match([parent, follow_up], DEFINITIONS)
    assert second.candidates[0].target == "TotalEnergyConsumption"
    assert second.candidates[0].probability <= first.candidates[0].probability


def test_what_a_question_leaves_out_is_not_what_it_asks_for() -> None:
    found = matched("GHG emissions in tCO2e, Scope 1, excluding Scope 2 and Scope 3")
    assert found.candidates[0].target == "GrossScope1GreenhouseGasEmissions"
