"""The figures of a filing as definitions ask for them, one by one or added up, for every room; it judges none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from esgreport.definitions import Definitions
from esgreport.definitions.metrics import Input
from esgreport.model import Fact, Filing


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the facts it came from."""

    value: Decimal
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts in a filing of one year."""

    filing: Filing
    definitions: Definitions

    def amount(self, item: Input) -> Amount | None:
        """The one figure, or the sum over an axis, in the unit asked for; None where missing or not clear."""
        facts = [fact for fact in self.filing.facts if _fits(fact, item)]
        if not facts or (len(facts) > 1 and not item.sum_over):
            return None
        values = [self._converted(fact, item.unit) for fact in facts]
        numbers = [value for value in values if value is not None]
        return Amount(sum(numbers, Decimal(0)), tuple(facts)) if len(numbers) == len(values) else None

    def _converted(self, fact: Fact, unit: str) -> Decimal | None:
        if not isinstance(fact.value, Decimal):
            return None
        return self.definitions.converted(fact.value, fact.unit, unit) if unit else fact.value

    def total(self, items: Iterable[Input]) -> Amount | None:
        """Several figures added up; None where one that is not optional is missing, or all are."""
        found: list[Amount] = []
        for item in items:
            amount = self.amount(item)
            if amount is not None:
                found.append(amount)
            elif not item.optional:
                return None
        if not found:
            return None
        return Amount(sum((one.value for one in found), Decimal(0)), distinct(one.facts for one in found))

    def makes(self, parts: Decimal, whole: Input | None, tolerance: Decimal) -> bool:
        """Whether parts make the total that was reported; a share of something else is not what it says."""
        if whole is None:
            return True
        total = self.amount(whole)
        return total is not None and abs(parts - total.value) <= abs(total.value) * tolerance


def _fits(fact: Fact, item: Input) -> bool:
    if fact.concept != item.concept or not isinstance(fact.value, Decimal):
        return False
    if item.sum_over:
        return [axis for axis, _ in fact.dimensions] == [item.sum_over]
    return fact.dimensions == (((item.axis, item.member),) if item.member else ())


def distinct(groups: Iterable[Sequence[Fact]]) -> tuple[Fact, ...]:
    """The facts of several groups, each once."""
    return tuple(dict.fromkeys(fact for group in groups for fact in group))
