"""What people decided, kept on this computer for each company, so that the same question is not decided twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from esgreport.definitions.answering import folded, words_of
from esgreport.errors import RenderError
from esgreport.model import Entity, Period
from esgreport.output import write_files
from esgreport.questionnaire import Answer, AnswerValue, Decision, Question
from esgreport.resources import user_folder

_OF_THE_COMPANY = "profile:"
"""Targets whose answer does not change with the year."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is remembered of a company: decisions by the words of a question, and what a person said of the company."""

    decisions: Mapping[str, Mapping[str, object]]
    said: Mapping[str, str]

    def for_questions(self, questions: Iterable[Question], period: Period) -> Mapping[str, Decision]:
        """The decisions that hold for some questions; a value holds for the period it was said for alone."""
        found = {question.id: self.decisions.get(words_of(question)) for question in questions}
        return {name: decision for name, kept in found.items() if kept and (decision := _decision(kept, period))}


def recall(entity: Entity) -> Learned:
    """What is remembered of a company; nothing where nothing is, or what is there cannot be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(_path(entity).read_text(encoding="utf-8"))
        return Learned(dict(kept["decisions"]), dict(kept["said"]))
    return Learned({}, {})


def remember(entity: Entity, answers: Iterable[Answer], decisions: Mapping[str, Decision], period: Period) -> None:
    """Keep new decisions beside those there are.

    Errors: RenderError where the user's data folder cannot be written to.
    """
    before = recall(entity)
    kept, said = dict(before.decisions), dict(before.said)
    for answer in answers:
        decision = decisions.get(answer.question.id)
        if decision is None or decision.remembered or not answer.decided:
            continue
        kept[words_of(answer.question)] = _kept(decision, answer, period)
        if answer.target.startswith(_OF_THE_COMPANY) and decision.action == "value":
            said[answer.target] = answer.shown
    text = json.dumps({"company": entity.name, "decisions": kept, "said": said}, ensure_ascii=False, indent=1)
    try:
        write_files(_path(entity).parent, {_path(entity).name: text.encode()})
    except RenderError as error:
        raise RenderError(f"What was decided cannot be remembered: {error.message}") from None


def _path(entity: Entity) -> Path:
    key = f"{entity.scheme} {entity.identifier}" if entity.identifier else folded(entity.name)
    return user_folder() / "answers" / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"


def _kept(decision: Decision, answer: Answer, period: Period) -> dict[str, object]:
    value = decision.value
    plain: object = {"number": format(value, "f")} if isinstance(value, Decimal) else value
    return {
        "action": decision.action,
        "target": answer.target,
        "value": list(value) if isinstance(value, tuple) else plain,
        "reason": decision.reason,
        "period_end": period.end.isoformat(),
        "question": answer.question.text,
    }


def _decision(kept: Mapping[str, object], period: Period) -> Decision | None:
    """The decision that was kept; None for a value of another year."""
    target = str(kept["target"])
    aged = kept["period_end"] != period.end.isoformat() and not target.startswith(_OF_THE_COMPANY)
    action = str(kept["action"])
    if action == "value" and aged:
        return None
    return Decision(action, 0, target, _value(kept["value"]), str(kept["reason"]), remembered=True)  # type: ignore[arg-type]


def _value(kept: object) -> AnswerValue:
    if isinstance(kept, dict):
        return Decimal(str(kept["number"]))
    if isinstance(kept, list):
        return tuple(str(each) for each in kept)
    return kept if isinstance(kept, (str, bool)) else None
