"""What fills the places of a sentence, a function a kind of place; a figure that is missing leaves its place empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from esgreport.compose.numbers import makes, places_shown, rounded
from esgreport.compose.writer import Writer
from esgreport.compose.years import before, comparable
from esgreport.definitions.sentences import (
    AnswerPlace,
    ChangePlace,
    CountPlace,
    ItemsPlace,
    LargestPlace,
    Place,
    ProgressPlace,
    SharePlace,
    Term,
    ValuePlace,
    YearPlace,
)
from esgreport.document import Figure
from esgreport.model import Fact

_MOST_ITEMS = 6
"""Members of a set, at most, that are listed in a sentence."""
_LONGEST_NAME = 90
"""Characters of a name in a sentence, at most."""
_HARD_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a place: the figure, what can be said of it (`zero`, `below`), and its number where it counts."""

    figure: Figure
    states: frozenset[str] = frozenset()
    number: Decimal | None = None


def filled(writer: Writer, place: Place) -> Filled | None:
    """What fills a place; None where its figures are missing or do not allow to say it."""
    found: Filled | None
    match place:
        case ValuePlace():
            found = _value(writer, place)
        case AnswerPlace():
            found = _answer(writer, place)
        case SharePlace():
            found = _share(writer, place)
        case ChangePlace():
            found = _change(writer, place)
        case ProgressPlace():
            found = _progress(writer, place)
        case YearPlace():
            found = _year(writer, place)
        case LargestPlace():
            found = _largest(writer, place)
        case CountPlace():
            found = _count(writer, place)
        case ItemsPlace():
            found = _items(writer, place)
    return found


# ── figures ──


def fact_of(writer: Writer, term: Term) -> Fact | None:
    """The one fact a term means; None where there is none."""
    if term.metric:
        found = writer.of(term.metric)
        return next((fact for fact in found if not term.of or fact.inputs[0].concept == term.of), None)
    return writer.at(term.concept, term.axis, term.member) if term.axis else writer.single(term.concept)


def _amount(writer: Writer, fact: Fact | None, unit: str) -> Decimal | None:
    told = writer.in_unit(fact, unit) if fact else None
    if told is None or not isinstance(told.value, Decimal) or (unit and told.unit != unit):
        return None
    return told.value


def _in_words(writer: Writer, fact: Fact, unit: str = "") -> Figure:
    """A figure with its unit in one, as it stands in a line of text."""
    shown = writer.figure(fact, unit=unit)
    return replace(shown, text=_HARD_SPACE.join(filter(None, (shown.text, shown.unit))), unit="")


def _said(writer: Writer, text: str, *facts: Fact) -> Figure:
    """A text of ours that rests on facts of this year's."""
    return Figure(text, facts=tuple(writer.anchors[fact] for fact in facts if fact in writer.anchors))


def _percent(writer: Writer, share: Decimal) -> str:
    return writer.numbers.percent(share, places_shown(share * 100, 1))


def _sign(value: Decimal) -> str:
    return "zero" if not value else "positive" if value > 0 else "negative"


# ── the kinds ──


def _value(writer: Writer, place: ValuePlace) -> Filled | None:
    fact = fact_of(writer, place.figure)
    if fact is None or not isinstance(fact.value, Decimal):
        return None
    shown = _in_words(writer, fact, place.figure.unit)
    if place.bare:
        shown = replace(writer.figure(fact, unit=place.figure.unit), unit="")
    elif writer.is_percent(fact) and fact.value < 0:
        shown = replace(shown, text=_percent(writer, abs(fact.value)))  # the sentence says which way
    return Filled(shown, frozenset({_sign(fact.value)}), fact.value)


def _answer(writer: Writer, place: AnswerPlace) -> Filled | None:
    fact = writer.single(place.concept)
    if fact is None or not isinstance(fact.value, (bool, str)):
        return None
    state = str(fact.value).lower() if isinstance(fact.value, bool) else fact.value
    return Filled(_said(writer, writer.shown(fact), fact), frozenset({state}))


def _share(writer: Writer, place: SharePlace) -> Filled | None:
    facts = [fact_of(writer, term) for term in (place.part, place.whole)]
    part, whole = (
        _amount(writer, fact, term.unit) for fact, term in zip(facts, (place.part, place.whole), strict=True)
    )
    if part is None or not whole or not 0 <= part <= whole:
        return None
    if facts[0] and facts[1] and not place.part.unit and facts[0].unit != facts[1].unit:
        return None
    state = "zero" if not part else "all" if part == whole else "some"
    return Filled(_said(writer, _percent(writer, part / whole), *filter(None, facts)), frozenset({state}))


def _change(writer: Writer, place: ChangePlace) -> Filled | None:
    fact = fact_of(writer, place.now)
    now = _amount(writer, fact, place.now.unit)
    if fact is None or now is None:
        return None
    told = _since(writer, fact, place)
    was = _amount(writer, told, place.now.unit)
    if told is None or was is None or (not place.now.unit and told.unit != fact.unit):
        return None
    state = "same" if now == was else "below" if now < was else "above"
    text = _size(writer, replace(fact, value=now, unit=place.now.unit or fact.unit), was, place)
    gap = abs(now - was)
    number = rounded(gap * 100, places_shown(gap * 100, 1)) if writer.is_percent(fact) else gap
    return Filled(_said(writer, text, fact, told), frozenset({state}), number) if text else None


def _since(writer: Writer, fact: Fact, place: ChangePlace) -> Fact | None:
    """What a figure is compared with: that of the year before, where it can be."""
    if place.since:
        return fact_of(writer, place.since)
    told = next(iter(before(writer, fact)), None)
    if told is None or not comparable(writer, fact, told):
        return None
    return told.writer.in_unit(told.fact, fact.unit or "")


def _size(writer: Writer, fact: Fact, was: Decimal, place: ChangePlace) -> str:
    """How large a difference is, without its sign; nothing where no percentage can be said of it."""
    assert isinstance(fact.value, Decimal)
    gap = abs(fact.value - was)
    if writer.is_percent(fact):
        return writer.numbers.number(gap * 100, places_shown(gap * 100, 1))
    if place.amount:
        shown = replace(fact, value=gap)
        return _HARD_SPACE.join(filter(None, (writer.shown(shown), writer.unit(shown))))
    return _percent(writer, gap / was) if was > 0 else ""


def _progress(writer: Writer, place: ProgressPlace) -> Filled | None:
    terms = (place.start, place.now, place.goal)
    facts = [fact_of(writer, term) for term in terms]
    start, now, goal = (_amount(writer, fact, term.unit) for fact, term in zip(facts, terms, strict=True))
    if start is None or now is None or goal is None or not (start > goal and start > now):
        return None
    made = {"made": start - now, "planned": start - goal}
    if place.shows == "share":
        text = _percent(writer, (start - now) / (start - goal))
    else:
        current = facts[1]
        assert current is not None
        shown = replace(current, value=made[place.shows], unit=place.now.unit or current.unit)
        text = _HARD_SPACE.join(filter(None, (writer.shown(shown), writer.unit(shown))))
    return Filled(_said(writer, text, *filter(None, facts)))


def _year(writer: Writer, place: YearPlace) -> Filled | None:
    if place.before:
        last = next(iter(writer.earlier), None)
        return Filled(Figure(writer.numbers.year(last.filing.period))) if last else None
    if place.figure is None:
        return Filled(Figure(writer.numbers.year(writer.filing.period)))
    fact = fact_of(writer, place.figure)
    return Filled(Figure(writer.numbers.year(fact.period))) if fact else None


# ── of several ──


@dataclass(frozen=True, slots=True)
class _One:
    """One of several figures: its name, its fact, its number."""

    name: Figure
    fact: Fact
    amount: Decimal


def _largest(writer: Writer, place: LargestPlace) -> Filled | None:
    found = _rows(writer, place) if place.column else _sources(writer, place)
    found = sorted(found or (), key=lambda one: -one.amount)
    if len(found) < 2 or found[0].amount <= found[1].amount or found[-1].amount < 0:
        return None
    total = sum((one.amount for one in found), Decimal(0))
    whole = _amount(writer, fact_of(writer, place.whole), place.whole.unit) if place.whole else total
    if whole is None or not makes(total, whole) or len(found[0].name.text) > _LONGEST_NAME:
        return None
    first = found[0]
    if place.shows == "name":
        return Filled(first.name)
    if place.shows == "amount":
        return Filled(_in_words(writer, first.fact, _unit_of(place)))
    return Filled(_said(writer, _percent(writer, first.amount / total), first.fact))


def _unit_of(place: LargestPlace) -> str:
    return place.column.unit if place.column else place.sources[0].figure.unit


def _rows(writer: Writer, place: LargestPlace) -> Sequence[_One]:
    """The rows of a table's column; none at all where one cannot be set against the others."""
    assert place.column is not None
    found: list[_One] = []
    for fact in writer.of(place.column.concept):
        amount = _amount(writer, fact, place.column.unit)
        if amount is None or len(fact.dimensions) != 1:
            return ()
        (axis, member) = fact.dimensions[0]
        text = writer.member(axis, member).rpartition(" – ")[2]
        if place.named:
            names = writer.in_context(place.named, fact.dimensions)
            if not names or not isinstance(names[0].value, str):
                return ()
            text = " ".join(names[0].value.split())
            if not any(sign.isalnum() for sign in text):
                return ()
        found.append(_One(_said(writer, text, fact), fact, amount))
    return found


def _sources(writer: Writer, place: LargestPlace) -> Sequence[_One]:
    found: list[_One] = []
    for source in place.sources:
        fact = fact_of(writer, source.figure)
        amount = _amount(writer, fact, source.figure.unit)
        if fact is not None and amount is not None:
            found.append(_One(_said(writer, writer.text(source.label), fact), fact, amount))
    return found


def _count(writer: Writer, place: CountPlace) -> Filled | None:
    facts = [fact for name in place.concepts for fact in writer.of(name) if fact.dimensions]
    rows = {fact.value for fact in facts} if place.distinct else {fact.dimensions for fact in facts}
    if not facts:
        return None
    number = Decimal(len(rows))
    state = "one" if number == 1 else "many"
    return Filled(Figure(writer.numbers.number(number, 0)), frozenset({state}), number)


def _items(writer: Writer, place: ItemsPlace) -> Filled | None:
    fact = writer.single(place.concept)
    if fact is None or not isinstance(fact.value, tuple) or not fact.value:
        return None
    items = writer.items(fact)
    number = Decimal(len(items))
    state = frozenset({"one" if number == 1 else "many"})
    if place.shows == "count":
        return Filled(_said(writer, writer.numbers.number(number, 0), fact), state, number)
    if len(items) > _MOST_ITEMS:
        return None
    return Filled(_said(writer, writer.numbers.listed(items), fact), state, number)
