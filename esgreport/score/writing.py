"""How a scorecard says things in one language: its sentences, numbers, units, days; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

from esgreport.definitions import in_language
from esgreport.definitions.models import Text
from esgreport.model import Period
from esgreport.texts import LOCALES, day_in_words

_EXACT = Context(prec=400)
_HUGE = 1e15
_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Measure:
    """What a row's figures are in: percent, number or money; what stands behind them; places, where they are fixed.

    `signed` says that figures below nought are usual: a share of such a figure would say nothing.
    """

    kind: str
    symbol: str
    places: int | None = None
    signed: bool = False


@dataclass(frozen=True)
class Say:
    """The sentences of scorecards in a language."""

    language: str
    words: Mapping[str, Text]

    def __call__(self, name: str, **values: object) -> str:
        """A sentence by name with values put in. Errors: KeyError for a name or value that is not there."""
        return in_language(self.words[name], self.language).format(**values)

    def number(self, value: float, places: int) -> str:
        """A number with that many places, grouped, with a true minus sign."""
        from babel.numbers import format_decimal

        if abs(value) >= _HUGE:
            return f"{value:.3E}".replace("-", "−")
        exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT) or Decimal(0)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(exact, format=pattern, locale=self._locale).replace("-", "−")

    def figure(self, value: float, measure: Measure) -> str:
        """A figure as it stands in a table: a share as a percentage, others without their unit."""
        if measure.kind == "percent":
            return self._percent(value, 1 if measure.places is None else measure.places)
        return self.number(value, _places(value) if measure.places is None else measure.places)

    def with_unit(self, value: float, measure: Measure) -> str:
        """A figure with its unit behind it."""
        text = self.figure(value, measure)
        return text if measure.kind == "percent" or not measure.symbol else f"{text} {measure.symbol}"

    def difference(self, value: float, measure: Measure) -> str:
        """A difference with its sign and its unit, where that is one word; of shares in percentage points."""
        if measure.kind == "percent":
            return f"{self._signed(value * 100, 1)} {self('percentage_points')}"
        text = self._signed(value, _places(value) if measure.places is None else measure.places)
        return text if " " in measure.symbol else f"{text} {measure.symbol}".rstrip()

    def change(self, share: float) -> str:
        """A change as a percentage with its sign."""
        return ("+" if round(share, 3) > 0 else "") + self._percent(share, 1)

    def share(self, value: float) -> str:
        """A share in whole percent."""
        return self._percent(value, 0)

    def money(self, value: float, currency: str) -> str:
        """An amount of money without cents."""
        return f"{self.number(value, 0)} {currency}".rstrip()

    def about(self, value: float, currency: str) -> str:
        """An amount of money as one says it: 8.5 million EUR; below a million in full thousands."""
        from babel.numbers import format_compact_decimal

        if abs(value) < _MILLION:
            return self.money(float(f"{value:.3g}"), currency)
        form: Literal["short", "long"] = "long" if self.language == "en" else "short"
        text = format_compact_decimal(value, format_type=form, locale=self._locale, fraction_digits=1)
        return f"{text} {currency}".rstrip()

    def span(self, low: float, high: float, measure: Measure) -> str:
        """An interval in words."""
        return self("span", low=self.figure(low, measure), high=self.with_unit(high, measure))

    def day(self, day: date) -> str:
        """A day in words."""
        return day_in_words(day, self.language)

    def year(self, period: Period) -> str:
        """A period in a few signs: 2025, or 2024/25 where it is no calendar year."""
        if period.start is None or period.start.year == period.end.year:
            return str(period.end.year)
        return f"{period.start.year}/{period.end.year % 100:02d}"

    def text(self, text: Text) -> str:
        """A text of a definition."""
        return in_language(text, self.language)

    @property
    def _locale(self) -> str:
        return LOCALES.get(self.language, self.language)

    def _percent(self, value: float, places: int) -> str:
        space = "\N{NO-BREAK SPACE}" if self.language in ("de", "fr") else ""
        return f"{self.number(value * 100, places)}{space}%"

    def _signed(self, value: float, places: int) -> str:
        text = self.number(value, places)
        return f"+{text}" if value > 0 and any(sign in "123456789" for sign in text) else text


def _places(value: float) -> int:
    """Enough places for three digits, none where the number is whole."""
    if value == int(value):
        return 0
    size = abs(value)
    return 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 0.1 else 4
