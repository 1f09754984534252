"""How numbers, units and names read in a finding, in the reader's language; it knows no rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esgreport.definitions import Definitions, in_language
from esgreport.model import Period
from esgreport.texts import day_in_words

DIGITS = 6
"""Significant digits shown after the point in a message; the filed value keeps all of its own."""
LARGEST = 20
"""Power of ten above which a number is shown as a power of ten: it has more digits than a reader can count."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things in one language."""

    definitions: Definitions
    language: str

    def label(self, concept: str) -> str:
        """The label of a concept; its name where it is none."""
        known = self.definitions.questions.get(concept)
        return in_language(known.labels, self.language) if known else concept

    def labels(self, concepts: Iterable[str]) -> str:
        """The labels of several concepts, in a list."""
        return "; ".join(self.label(concept) for concept in concepts)

    def amount(self, concept: str, value: Decimal, unit: str | None = None) -> str:
        """A number as a value of that concept is written: grouped digits, its unit, a percentage as such."""
        known = self.definitions.questions.get(concept)
        if known and known.type == "percent":
            return self.percentage(value)
        if known and known.type == "year":
            return f"{value:f}"
        return self.with_unit(self.number(value), unit or "")

    def with_unit(self, number: str, unit: str) -> str:
        """A number as text, and its unit."""
        return f"{number} {self._symbol(unit)}".rstrip()

    def rough(self, value: Decimal) -> str:
        """A number to three significant digits: a ratio that nobody reported as such."""
        return self.number(round(value, 2 - value.adjusted()) if value else value)

    def number(self, value: Decimal) -> str:
        """A number without a unit."""
        from babel.numbers import format_decimal

        if value.adjusted() > LARGEST:
            return f"{value:.{DIGITS - 1}E}"
        return format_decimal(_shortened(value), locale=self.language, decimal_quantization=False)

    def percentage(self, value: Decimal) -> str:
        """A fraction as a percentage."""
        from babel.numbers import format_percent

        if value.adjusted() > LARGEST:
            return f"{self.number(value * 100)} %"
        return format_percent(_shortened(value), locale=self.language, decimal_quantization=False)

    def signed(self, text: str, value: Decimal) -> str:
        """The text of a number with its sign, also where that is a plus."""
        return f"+{text}" if value > 0 else text

    def year(self, period: Period) -> str:
        """A period by its year: 2025, or 2024/25 when it is no calendar year."""
        if period.start is None or period.start.year == period.end.year:
            return str(period.end.year)
        return f"{period.start.year}/{period.end.year % 100:02d}"

    def day(self, day: date) -> str:
        """A day, with the month in words."""
        return day_in_words(day, self.language)

    def member(self, codes: str, member: str) -> str:
        """The label of a member of a code list; the member itself where there is no such list."""
        return self.definitions.code_list(codes).label(member, self.language) if codes else member

    def _symbol(self, unit: str) -> str:
        parts = (part.removeprefix("iso4217:") for part in unit.split("/"))
        known = self.definitions.units
        return "/".join(known[part].symbol if part in known else part.rpartition(":")[2] for part in parts)


def _shortened(value: Decimal) -> Decimal:
    """At most so many significant digits, all of them before the point, and no noughts at the end."""
    places = max(0, DIGITS - max(value.adjusted() + 1, 1 - DIGITS))
    rounded = round(value, places)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded.normalize()
