"""What a figure on sustainability is made of: parts that add up to it, and members of an axis; it adds nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from esgreport.definitions.rules_of_figures import AddsUp
from esgreport.model import Fact
from esgreport.score.material import Case
from esgreport.score.writing import Measure
from esgreport.scorecard import Point

Part = tuple[str, Point | None, str]


def parts_of(now: Fact, measure: Measure, case: Case) -> Iterator[Part]:
    """The parts of a figure of this period, as the rules of the standard name them: label, figure, and no remark.

    A part in another unit is converted; one that is nought everywhere is shown as nought, one not reported is left out.
    """
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for rule in _rules(now.concept, case):
        for fact in _facts_of(rule, now, case):
            value = converted(fact, now, case)
            if value is not None and (fact.concept, fact.dimensions) not in seen:
                seen.add((fact.concept, fact.dimensions))
                point = Point(fact.period, float(value), case.say.figure(float(value), measure))
                yield labelled(fact, case), point, ""


def _rules(total: str, case: Case) -> Iterator[AddsUp]:
    """The rules that say what adds up to a total; one with a single part is another name for the same."""
    for _, rule in case.definitions.rules:
        for check in rule.checks:
            if isinstance(check, AddsUp) and check.total == total and (len(check.parts) > 1 or check.over):
                yield check


def _facts_of(rule: AddsUp, now: Fact, case: Case) -> Iterator[Fact]:
    assert case.sustainability is not None
    for part in rule.parts:
        for fact in case.sustainability.filing.facts:
            inside = not fact.dimensions if not rule.over else [axis for axis, _ in fact.dimensions] == [rule.over]
            if fact.concept == part and fact.period.end == now.period.end and inside:
                yield fact


def converted(fact: Fact, now: Fact, case: Case) -> Decimal | None:
    """A figure in the unit of another; None where it is none or cannot be converted."""
    if not isinstance(fact.value, Decimal):
        return None
    if fact.unit == now.unit or not now.unit:
        return fact.value
    return case.definitions.converted(fact.value, fact.unit, now.unit)


def labelled(fact: Fact, case: Case) -> str:
    """What a fact is called: its concept, and its members where it has any."""
    label = case.say.text(case.definitions.concepts[fact.concept].labels)
    members = ", ".join(_member(axis, member, case) for axis, member in fact.dimensions)
    return f"{label}: {members}" if members else label


def _member(axis: str, member: str, case: Case) -> str:
    members = case.definitions.axes[axis].members
    return case.definitions.code_list(members).label(member, case.language) if members else member
