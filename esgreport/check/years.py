"""Kinds of check on figures against those of earlier years; they find nothing where no earlier year was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from esgreport.check.problems import Problem, at
from esgreport.check.reported import Amount, Reported, context_of
from esgreport.definitions import Concept
from esgreport.definitions.rules_of_years import AsReported, ChangeWithin, NotRepeated, SameYears
from esgreport.history import restatements, same_length
from esgreport.model import Fact, Filing
from esgreport.thresholds import number_of


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure and that of the year before, in its unit."""

    fact: Fact
    concept: Concept
    now: Amount
    before: Amount

    @property
    def difference(self) -> Decimal:
        return self.now.value - self.before.value


def _pairs(check: ChangeWithin | NotRepeated, reported: Reported) -> Iterator[_Pair]:
    """The figures of the reporting period that a check looks at, each with that of the year before.

    Rows known only by an identifier are left out: it may stand for something else in another year.
    """
    last = reported.year_before
    for fact in reported.facts if last else ():
        concept = reported.definitions.concepts.get(fact.concept)
        if concept is None or last is None or not _wanted(check, concept, fact, reported):
            continue
        now = reported.amount(fact.concept, context_of(fact))
        then = last.amount(fact.concept, (fact.dimensions, last.filing.period.end))
        before = reported.total([then], now.unit) if now and then else None
        if now and before:
            yield _Pair(fact, concept, now, before)


def _wanted(check: ChangeWithin | NotRepeated, concept: Concept, fact: Fact, reported: Reported) -> bool:
    if concept.name in check.but or not (concept.name in check.concepts or concept.type in check.types):
        return False
    axes = [reported.definitions.axes[axis] for axis, _ in fact.dimensions]
    return fact.period.end == reported.filing.period.end and all(axis.kind == "explicit" for axis in axes)


def change_within(check: ChangeWithin, reported: Reported) -> Iterator[Problem]:
    """One problem for each figure that changed by more than is to be expected."""
    swings = [pair for pair in _pairs(check, reported) if _swings(check, pair, reported)]
    asked = {(pair.fact.concept, pair.fact.dimensions) for pair in swings}
    for pair in swings:
        if not any((pair.fact.concept, whole) in asked for whole in _wholes(pair.fact)):
            yield _swing(check, pair, reported)


def _swings(check: ChangeWithin, pair: _Pair, reported: Reported) -> bool:
    last = reported.year_before
    if last is None or not _comparable(pair.concept, reported.filing, last.filing):
        return False
    least = Amount(check.at_least, check.unit, Decimal(0), ()) if check.unit else None
    allowed = reported.total([least], pair.now.unit) if least else Amount(check.at_least, "", Decimal(0), ())
    change = abs(pair.difference)
    return allowed is not None and change > allowed.value and change > check.share * abs(pair.before.value)


def _comparable(concept: Concept, now: Filing, before: Filing) -> bool:
    return concept.period == "instant" or same_length(now.period, before.period)


def _wholes(fact: Fact) -> Iterator[tuple[tuple[str, str], ...]]:
    """The dimensions of what a figure may be a part of: its own without one of the axes."""
    return (tuple(pair for pair in fact.dimensions if pair[0] != axis) for axis, _ in fact.dimensions)


def _swing(check: ChangeWithin, pair: _Pair, reported: Reported) -> Problem:
    words, last = reported.words, reported.year_before
    unit, before = pair.now.unit, pair.before.value
    change = words.signed(words.percentage(round(pair.difference / abs(before), 3)), pair.difference) if before else ""
    values = {
        "where": _where(pair.fact, reported),
        "before": words.amount(pair.fact.concept, before, unit),
        "now": words.amount(pair.fact.concept, pair.now.value, unit),
        "difference": words.signed(words.amount(pair.fact.concept, pair.difference, unit), pair.difference),
        "change": change,
        "year": words.year(last.filing.period) if last else "",
    }
    return Problem(pair.fact.concept, pair.fact.source, values, {} if before else check.message_from_zero)


def _where(fact: Fact, reported: Reported) -> str:
    """The members a figure is for, in brackets behind the label of its concept."""
    axes = reported.definitions.axes
    members = (
        reported.words.member(axes[axis].members, member) if axis in axes else member
        for axis, member in fact.dimensions
    )
    listed = ", ".join(members)
    return f" ({listed})" if listed else ""


def as_reported(check: AsReported, reported: Reported) -> Iterator[Problem]:
    """One problem for each figure of an earlier period that was reported otherwise before."""
    del check
    words = reported.words
    for one in restatements(reported.filing, reported.definitions):
        name, unit, now = one.now.concept, one.now.unit, number_of(one.now) or Decimal(0)
        difference = now - one.was
        yield at(
            one.now,
            where=_where(one.now, reported),
            before=words.amount(name, one.was, unit),
            now=words.amount(name, now, unit),
            difference=words.signed(words.amount(name, difference, unit), difference),
            year=words.year(one.now.period),
            reported_in=words.year(one.reported_in),
        )


def same_years(check: SameYears, reported: Reported) -> Iterator[Problem]:
    """One problem where the year a member stands for is another one than in the year before; at its first figure."""
    last = reported.earlier[0] if reported.earlier else None
    now, before = (_first_at(check, one.facts) if one else None for one in (reported, last))
    if now and before and now.period.end != before.period.end and last:
        words = reported.words
        axis = reported.definitions.axes[check.axis]
        yield at(
            now,
            member=words.member(axis.members, check.member),
            before=words.year(before.period),
            now=words.year(now.period),
            reported_in=words.year(last.filing.period),
        )


def _first_at(check: SameYears, facts: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.member(check.axis) == check.member), None)


def not_repeated(check: NotRepeated, reported: Reported) -> Iterator[Problem]:
    """One problem for each disclosure with figures that are last year's to the last digit."""
    found: dict[str, list[_Pair]] = {}
    for pair in _pairs(check, reported):
        disclosure = reported.definitions.disclosure_of(pair.concept.name, reported.edition)
        same = not pair.difference and pair.concept.name not in reported.left_out
        if disclosure and same and _digits(pair.now.value) >= check.digits:
            found.setdefault(disclosure.code, []).append(pair)
    for pairs in found.values():
        first, last = pairs[0].fact, reported.year_before
        yield at(
            first,
            count=str(len(pairs)),
            figures="; ".join(_named(pair, reported) for pair in pairs),
            year=reported.words.year(last.filing.period) if last else "",
        )


def _digits(value: Decimal) -> int:
    """How many digits a number has, without noughts at either end."""
    return len(value.normalize().as_tuple().digits) if value else 0


def _named(pair: _Pair, reported: Reported) -> str:
    name, value = pair.fact.concept, pair.now.value
    return (
        f"{reported.words.label(name)}{_where(pair.fact, reported)} {reported.words.amount(name, value, pair.now.unit)}"
    )
