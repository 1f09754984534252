"""What conditions of the standard ask of one fact: a limit by date, a value, a group of codes; it looks nothing up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from esgreport.definitions import Definitions
from esgreport.definitions.rule_parts import Bound, Condition, Threshold
from esgreport.model import Fact


def number_of(fact: Fact) -> Decimal | None:
    """The number a fact holds, a year among them; None where it is none."""
    if isinstance(fact.value, Decimal):
        return fact.value
    if isinstance(fact.value, str) and fact.value.isascii() and fact.value.isdecimal():
        return Decimal(fact.value)
    return None


def fits(fact: Fact, condition: Condition, day: date, definitions: Definitions) -> bool:
    """Whether a fact has the number, the value or a code of the group that a condition names, on a day."""
    if condition.number:
        value = number_of(fact)
        return value is not None and reaches(value, condition.number, day)
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    if condition.group:
        codes = definitions.code_list(definitions.concepts[fact.concept].members)
        known = (codes.by_member.get(str(value)) for value in values)
        return any(code is not None and code.group in condition.group for code in known)
    return (condition.contains or condition.equals) in values


def reaches(value: Decimal, threshold: Threshold, day: date) -> bool:
    """Whether a number lies within the limits that hold on a day."""
    if threshold.at_least is not None and value < on_day(threshold.at_least, day):
        return False
    if threshold.more_than is not None and value <= on_day(threshold.more_than, day):
        return False
    return threshold.less_than is None or value < on_day(threshold.less_than, day)


def on_day(bound: Bound, day: date) -> Decimal:
    """The limit that holds on a day; before the first of dated ones, that first one."""
    if isinstance(bound, Decimal):
        return bound
    dated = sorted(bound, key=lambda each: each.since)
    return next((each.value for each in reversed(dated) if each.since <= day), dated[0].value)
