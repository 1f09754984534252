"""Answers to a customer's questions: from what is asked and what we report to what is said; it touches no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from esgreport.answers.asking import Asking
from esgreport.answers.deciding import Case
from esgreport.answers.halves import doubled, halves
from esgreport.answers.having import canonical, held
from esgreport.answers.material import AnswerOptions, Material
from esgreport.answers.outlook import outlook
from esgreport.answers.writing import written
from esgreport.definitions.answering import folded
from esgreport.model import Period
from esgreport.questionnaire import (
    Answer,
    Answers,
    AnswerState,
    Candidate,
    Decision,
    Match,
    Question,
    Questionnaire,
)
from esgreport.texts import translator

__all__ = ["AnswerOptions", "Material", "answer", "doubled", "halves", "held_now", "outlook", "written"]

_NOTHING = Decimal(1)


def answer(
    questionnaire: Questionnaire, matches: Sequence[Match], material: Material, options: AnswerOptions
) -> Answers:
    """The answers to a questionnaire in its order; what a person decided comes before what was matched.

    A question without a match asks for nothing we know.
    """
    by_question = {match.question: match for match in matches}
    done: dict[str, Answer] = {}
    cases: dict[str, Case] = {}
    for question in questionnaire.questions:
        match = by_question.get(question.id) or Match(question.id, (), _NOTHING)
        case = Case(Asking(question, material, options.language), match, done.get(question.parent))
        decision = options.decisions.get(question.id)
        cases[question.id] = case
        done[question.id] = _decided(decision, case) if decision else case.answer()
    alike = _alike(done.values())
    return Answers(
        questionnaire=questionnaire,
        answers=tuple(
            cases[name].doubted("same_answer", each) if name in alike else each for name, each in done.items()
        ),
        purpose=options.purpose,
        customer=options.customer,
        findings=questionnaire.lint,
        decisions=options.decisions,
    )


def _alike(answers: Iterable[Answer]) -> frozenset[str]:
    """The questions that are parts of one whole and would still get the same answer, so that one is misunderstood.

    Rows of a breakdown that is not ours look so: women among clerks and women among workers, gas and diesel.
    """
    groups: dict[tuple[object, ...], list[Answer]] = {}
    for each in answers:
        if each.state in _GIVEN and not each.decided and not each.target.startswith("profile:"):
            key = (each.question.source.sheet, each.target, each.period, each.unit, each.question.kind)
            groups.setdefault(key, []).append(each)
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    return frozenset(each.question.id for pair in pairs if _are_parts(*pair) for each in pair)


def _are_parts(one: Answer, other: Answer) -> bool:
    """Whether two questions are cells of one grid, follow-ups of one question, or short rows below each other."""
    first, second = one.question, other.question
    if folded(first.text) == folded(second.text):
        return False
    parts = [{folded(part) for part in question.text.split(" – ")} for question in (first, second)]
    crossed = min(map(len, parts)) > 1 and bool(parts[0] & parts[1])
    rows = [question.answer.row if question.answer else 0 for question in (first, second)]
    short = max(len(folded(question.text).split()) for question in (first, second)) <= _WORDS_OF_A_ROW
    neighbours = short and all(rows) and abs(rows[0] - rows[1]) == 1 and first.section == second.section
    return crossed or neighbours or bool(first.parent and first.parent == second.parent)


_WORDS_OF_A_ROW = 4
"""A row of a breakdown has a name of no more words."""
_GIVEN = (AnswerState.ANSWERED, AnswerState.ZERO)


def held_now(datapoints: Iterable[str], material: Material) -> Mapping[tuple[str, Period], str]:
    """What we hold now for datapoints, in our own unit, by period: to be compared with what was said of them."""
    found: dict[tuple[str, Period], str] = {}
    definitions = material.definitions
    for name in datapoints:
        if name not in definitions.targets and name not in definitions.concepts:
            continue
        target = material.target(Candidate(name, _NOTHING))
        for filing in material.filing.years:
            holding = held(target, material.figures(filing), material.customers)
            if holding and holding.period:
                found.setdefault((name, holding.period), canonical(holding))
    return found


_REFUSALS = {
    "decline": AnswerState.WITHHELD,
    "not_ours": AnswerState.NOT_OURS,
    "not_tracked": AnswerState.NOT_TRACKED,
    "not_applicable": AnswerState.NOT_APPLICABLE,
}


def _decided(decision: Decision, case: Case) -> Answer:
    """What a person decided; a suggestion that is no longer there is left to a person again."""
    say = translator(case.asking.language)
    why = say("Decided earlier for the same question.") if decision.remembered else say("Decided by a person.")
    before = case.answer()
    if decision.action == "accept":
        taken = case.taken(decision.target, decision.number)
        return replace(taken, decided=True, why=why) if taken else before
    if decision.action == "value":
        return replace(_valued(decision, case, before), decided=True, why=why)
    reason = " ".join(filter(None, (why, decision.reason)))
    refused = Answer(case.question, _REFUSALS[decision.action], reason, before.target, before.concepts)
    return replace(refused, cap=before.cap, decided=True, remark=decision.reason)


def _valued(decision: Decision, case: Case, before: Answer) -> Answer:
    """What a person says instead, as the form wants it; an option must be one of those offered."""
    question = case.question
    value, unit = case.typed(decision.value)
    picked = _offered(question, value)
    target = decision.target or before.target or case.best
    zero = isinstance(value, Decimal) and not value
    state = AnswerState.ZERO if zero else AnswerState.ANSWERED
    said = Answer(question, state, "", target, before.concepts, value, case.shown(value, unit), unit, picked)
    return replace(said, confidence=Decimal(1), cap=before.cap, remark=decision.reason)


def _offered(question: Question, value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, tuple) else (value,)
    wanted = {folded(str(text)) for text in texts}
    return tuple(option.text for option in question.options if folded(option.text) in wanted)
