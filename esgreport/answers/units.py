"""What unit a question wants and a figure in it: converted only where that is exact; everything else is a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from esgreport.definitions.answering import Answering, FormUnit, folded
from esgreport.questionnaire import Question

_LONG = Context(prec=60)
_PER = re.compile(r"\s*(?:/|\bper\b|\bpro\b|\bje\b|\bpar\b)\s*")
_AFTER_IN = re.compile(
    r"\b(?:in|en|expressed in|exprimée? en|espresso in)\s+([^\s,.;?:()]+(?:\s+[^\s,.;?:()]+){0,4})\s*[.?:]*$"
)
_AFTER_COMMA = re.compile(r",\s*([^,()]{1,25})\s*[.?:]*$")
_PLAIN = {"xbrli:pure": "number", "share": "number", "count": "number", "points": "number", "scale": "number"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit understood: what it measures (`energy`, `money EUR`, `ghg per number`), its exact size, its sign."""

    of: str
    size: Fraction
    symbol: str = ""
    percent: bool = False


def measure_of(text: str, answering: Answering) -> Measure | None:
    """The measure a unit names, ours (`utr:MWh`) or a customer's (`T€`, `MWh/a`); None where it is not known."""
    text = text.strip()
    parts = [part for part in _PER.split(text) if part]
    whole = _single(text, answering)
    if whole or len(parts) < 2:
        return whole
    first = _single(parts[0], answering)
    below = [part for part in parts[1:] if folded(part) not in answering.units.per_year]
    if first is None or not below:
        return first
    per = _single(below[0], answering) or _per_person(below[0], answering)
    if len(below) > 1 or per is None:
        return None
    return Measure(f"{first.of} per {per.of}", first.size / per.size, f"{first.symbol}/{per.symbol or parts[1]}")


def _per_person(text: str, answering: Answering) -> Measure | None:
    return Measure("number", Fraction(1)) if folded(text) in answering.units.per_employee else None


def _single(text: str, answering: Answering) -> Measure | None:
    if text in _PLAIN:
        return Measure(_PLAIN[text], Fraction(1))
    exact = answering.own_units.get(text) or answering.unit_of_spelling.get(_bare(text))
    key = folded(text)
    known = exact or answering.unit_of_spelling.get(key) or answering.unit_of_spelling.get(key.replace(" ", ""))
    if known and text:
        return _measure(known)
    return _money(key.removeprefix("iso4217 "), answering)


def _bare(text: str) -> str:
    return text.strip("[]() ").replace("₂", "2")


def _measure(unit: FormUnit) -> Measure:
    return Measure(unit.of, unit.size, unit.symbol, percent=unit.symbol == "%")


def _money(key: str, answering: Answering) -> Measure | None:
    """A currency with a word that scales it on either side (`mio eur`, `keur`, `eur 000`); alone or not at all."""
    key = key.replace("iso4217 ", "")
    for code, names in answering.units.currencies.items():
        for name in names:
            match = re.fullmatch(rf"(?P<before>[a-z0-9 ]*?)\s*{name}\s*(?P<after>[a-z0-9 ]*)", key)
            scale = _scale(f"{match['before']} {match['after']}".strip(), answering) if match else None
            if scale:
                return Measure(f"money {code}", scale, _money_symbol(code, scale))
    return None


def _money_symbol(code: str, scale: Fraction) -> str:
    return {Fraction(1): code, Fraction(1000): f"k{code}", Fraction(10**6): f"m{code}"}.get(scale, f"bn{code}")


def _scale(words: str, answering: Answering) -> Fraction | None:
    if not words:
        return Fraction(1)
    return next((Fraction(size) for size, known in answering.units.scales.items() if words in known), None)


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """The unit a question names: understood, or a text nobody understands (`measure` is then None)."""

    text: str
    measure: Measure | None


def asked_unit(question: Question, answering: Answering) -> AskedUnit | None:
    """The unit of the question's own cell, else one its text names; None where it names none."""
    if any(sign.isalnum() or sign in "%‰€$£" for sign in question.unit):  # "#" or "–" names none
        return AskedUnit(question.unit, measure_of(question.unit, answering))
    for text in _named_in(question.text):
        found = measure_of(text, answering)
        if found:
            return AskedUnit(text, found)
    return _in_words(question.text, answering)


def _in_words(text: str, answering: Answering) -> AskedUnit | None:
    """The unit a running text names (how many litres of diesel); one of several is not known which."""
    words = folded(text).split()
    runs = [" ".join(words[at : at + length]) for length in (4, 3, 2, 1) for at in range(len(words))]
    found = {run: answering.units_in_words[run] for run in runs if run in answering.units_in_words}
    if not found:
        return None
    longest = next(iter(found))
    alike = {unit.of for unit in found.values()} - {"mass"} or {"mass"}  # tonnes of CO2e are tonnes to a short look
    return AskedUnit(longest, _measure(found[longest]) if len(alike) == 1 else None)


def _named_in(text: str) -> Iterator[str]:
    """Where a text may name a unit: in brackets that do not begin it, at its end after a comma or an `in`."""
    for match in reversed(list(re.finditer(r"[(\[]([^()\[\]]{1,40})[)\]]", text))):
        if match.start() > 0:
            yield re.sub(r"^\s*in\s+", "", match[1])
            yield from (part for part in re.split(r"[,;]", match[1]) if part.strip())
    for pattern in (_AFTER_IN, _AFTER_COMMA):
        if found := pattern.search(text):
            yield found[1]


def converted(value: Decimal, have: Measure, want: Measure, digits: int) -> Decimal | None:
    """A figure in another unit of the same kind; None where the two measure different things.

    What the change of unit makes needlessly long is rounded to as many significant digits as the figure had, at least
    `digits`; six are never too long.
    """
    if have.of != want.of:
        return None
    if have.size == want.size:
        return value
    exact = Fraction(value) * have.size / want.size
    result = _LONG.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    allowed = max(significant(value), digits)
    if significant(result) <= max(allowed, 6):
        return plain(result)
    return rounded(result, allowed)


def significant(value: Decimal) -> int:
    """How many digits of a number say something."""
    return len(value.normalize(_LONG).as_tuple().digits)


def rounded(value: Decimal, digits: int) -> Decimal:
    """A number with that many significant digits, halves away from nought; whole numbers keep all their digits."""
    if not value:
        return Decimal(0)
    places = min(value.adjusted() - digits + 1, 0)
    return plain(value.quantize(Decimal(1).scaleb(places), rounding=ROUND_HALF_UP, context=_LONG))


def plain(value: Decimal) -> Decimal:
    """A number without needless noughts and without a power of ten."""
    return Decimal(format(value.normalize(_LONG), "f"))
