"""A file of decisions on questions, as a person writes it or the review page downloads it; it applies none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pydantic import model_validator

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.errors import DefinitionError
from esgreport.questionnaire import AnswerValue, Decision, DecisionAction


class Decided(Closed):
    """What was decided about one question: exactly one of these.

    `accept` is the number of a suggestion, with its `target` where the page wrote it. The others are refusals, true or
    the reason that is said beside them.
    """

    accept: int | None = None
    target: str = ""
    value: bool | int | float | str | list[str] | None = None
    decline: bool | str = False
    not_ours: bool | str = False
    not_tracked: bool | str = False
    not_applicable: bool | str = False

    @model_validator(mode="after")
    def _one(self) -> Decided:
        if len(self.actions) != 1:
            raise ValueError("say exactly one of accept, value, decline, not_ours, not_tracked, not_applicable")
        return self

    @property
    def actions(self) -> tuple[DecisionAction, ...]:
        """What was chosen."""
        said: dict[DecisionAction, object] = {
            "accept": self.accept is not None,
            "value": self.value is not None,
            "decline": self.decline,
            "not_ours": self.not_ours,
            "not_tracked": self.not_tracked,
            "not_applicable": self.not_applicable,
        }
        return tuple(action for action, chosen in said.items() if chosen)

    @property
    def decision(self) -> Decision:
        """The decision as answers take it."""
        action = self.actions[0]
        reasons = (self.decline, self.not_ours, self.not_tracked, self.not_applicable)
        reason = next((text for text in reasons if isinstance(text, str)), "")
        return Decision(action, self.accept or 1, self.target, self._said, reason)

    @property
    def _said(self) -> AnswerValue:
        if isinstance(self.value, list):
            return tuple(self.value)
        if isinstance(self.value, bool | str) or self.value is None:
            return self.value
        return Decimal(f"{self.value:.15g}")


class Decisions(Closed):
    """The file: decisions by the identifier of the question. `questionnaire` names the file they are about."""

    questionnaire: str = ""
    decisions: dict[str | int, Decided]


def load_decisions(path: Path) -> Mapping[str, Decision]:
    """The decisions of a file by question. Errors: DefinitionError with file and line for what is wrong in it."""
    try:
        found = load_file(path, Decisions)
    except OSError as error:
        raise DefinitionError(f"{path}: cannot be read ({error.strerror}).") from None
    return {str(question): decided.decision for question, decided in found.decisions.items()}
