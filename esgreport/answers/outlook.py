"""What an answered questionnaire still takes, and how much of it is inside the cap; it answers nothing."""

from __future__ import annotations

from collections.abc import Iterable

from esgreport.definitions import Definitions
from esgreport.questionnaire import CAP_PLACES, Answer, AnswerState, Outlook, cap_place


def outlook(answers: Iterable[Answer], definitions: Definitions) -> Outlook:
    """The count of states and of places to the cap, what is to be decided and what it takes to get what is missing."""
    every = tuple(answers)
    states = [each.state for each in every]
    places = [cap_place(each) for each in every]
    levels = [effort_of(each, definitions) for each in every]
    to_decide = states.count(AnswerState.NEEDS_REVIEW)
    return Outlook(
        states={state: states.count(state) for state in AnswerState if state in states},
        places={place: places.count(place) for place in CAP_PLACES if place in places},
        within=sum(each.cap is not None and each.cap.inside is True for each in every),
        minutes=to_decide * definitions.answering.settings.minutes_to_decide,
        efforts={level: levels.count(level) for level in ("low", "medium", "high") if level in levels},
    )


def effort_of(answer: Answer, definitions: Definitions) -> str:
    """What it takes to get an answer nobody keeps: low, medium or high; empty for all others."""
    if answer.state is not AnswerState.NOT_TRACKED or not answer.concepts:
        return ""
    effort = definitions.law.efforts.get(answer.concepts[0])
    return effort.level if effort else ""
