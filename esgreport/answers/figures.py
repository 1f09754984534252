"""The facts of one year as targets ask for them, one by one or added up; it judges none."""

from __future__ import annotations

from dataclasses import dataclass

from esgreport.amounts import Amounts
from esgreport.model import Fact


@dataclass(frozen=True, slots=True)
class Figures(Amounts):
    """A filing of one year, with the figures measured from it."""

    measured: tuple[Fact, ...]

    def facts(self, concept: str, axis: str = "", member: str = "") -> tuple[Fact, ...]:
        """The facts of a concept at a member of an axis; without one, those that are broken down by no member.

        A typed axis (sites, materials) numbers rows: where nothing is named, the facts of all rows are given.
        """
        own = [fact for fact in self.filing.facts if fact.concept == concept]
        if member:
            return tuple(fact for fact in own if fact.dimensions == ((axis, member),))
        plain = tuple(fact for fact in own if not fact.dimensions)
        return plain or tuple(fact for fact in own if self._numbered(fact))

    def _numbered(self, fact: Fact) -> bool:
        axes = [self.definitions.axes.get(axis) for axis, _ in fact.dimensions]
        return bool(axes) and all(axis is not None and axis.kind == "typed" for axis in axes)

    def metric(self, code: str, of: str = "") -> Fact | None:
        """A measured figure of this year; `of` is the concept a change is the change of."""
        found = [fact for fact in self.measured if fact.concept == code and fact.period == self.filing.period]
        return next((fact for fact in found if not of or any(member == of for _, member in fact.dimensions)), None)
