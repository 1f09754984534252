"""Numbers, units, days and periods as a reader sees them in a language; rounding here is for display only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cached_property

from babel import Locale
from babel.numbers import format_decimal, format_scientific

from esgreport.model import Decimals, Period
from esgreport.texts import LOCALES, day_in_words

_SIGNIFICANT = 4
"""Significant digits of a number below 1 that is shown as it was stored."""
_PLACES_AS_STORED = 4
"""Decimal places, at most, of a larger one."""
_ROUNDING = Decimal("0.005")
"""How much of a total its parts may differ from it by being rounded."""
_UNROUNDED = Context(prec=700)
"""Enough for every digit of the largest and of the smallest number a spreadsheet can hold."""
_HUGE, _MINUTE = 15, -10
"""Powers of ten from which on, and below which, a number is written with its power."""


@dataclass(frozen=True)
class Numbers:
    """How numbers and days are written in one language."""

    language: str

    @cached_property
    def locale(self) -> Locale:
        """The locale whose conventions are followed."""
        return Locale.parse(LOCALES.get(self.language, self.language))

    def number(self, value: Decimal, places: int) -> str:
        """A number with that many decimal places, grouped, with a true minus sign."""
        if value and not _MINUTE <= value.adjusted() < _HUGE:
            return _minus(format_scientific(value, format="0.##E0", locale=self.locale))
        pattern = "#,##0" + ("." + "0" * places if places else "")
        with localcontext(_UNROUNDED):  # the library rounds once more, with the digits the context of the day allows
            return _minus(format_decimal(rounded(value, places), format=pattern, locale=self.locale))

    def signed(self, value: Decimal, places: int) -> str:
        """A difference with that many decimal places and its sign; none before a nought."""
        text = self.number(value, places)
        return f"+{text}" if rounded(value, places) > 0 else text

    def percent(self, value: Decimal, places: int) -> str:
        """A fraction as a percentage with that many decimal places."""
        before, _, after = str(self.locale.percent_formats[None].pattern).partition("#,##0")
        return f"{before}{self.number(value * 100, places)}{after}"

    def signed_percent(self, value: Decimal, places: int) -> str:
        """A change as a percentage, with its sign; none before a nought."""
        text = self.percent(value, places)
        return f"+{text}" if rounded(value, places + 2) > 0 else text

    def is_one(self, value: Decimal) -> bool:
        """Whether a word that counts so many stands in the singular: of 1, in French of 0 and of 1.5 too."""
        return self.locale.plural_form(abs(value).normalize()) == "one"

    def listed(self, items: Sequence[str]) -> str:
        """Some words as a list in a sentence, none of them with a capital that is only that of a label."""
        from babel.lists import format_list

        words = items if self.language == "de" else [_lowered(item) for item in items]
        return format_list(words, locale=self.locale)

    def day(self, day: date) -> str:
        """A day in words: 31 December 2025."""
        return day_in_words(day, self.language)

    def period(self, period: Period) -> str:
        """A period in words, from its first day to its last."""
        return self.day(period.end) if period.start is None else f"{self.day(period.start)} – {self.day(period.end)}"

    def year(self, period: Period) -> str:
        """A period in a table's header: 2025, or 2024/25 when it is no calendar year."""
        if period.start is None or period.start.year == period.end.year:
            return str(period.end.year)
        return f"{period.start.year}/{period.end.year % 100:02d}"


def rounded(value: Decimal, places: int) -> Decimal:
    """To that many decimal places, halves away from nought as in a spreadsheet."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_UNROUNDED) or Decimal(0)


def makes(parts: Decimal, whole: Decimal) -> bool:
    """Whether parts make a whole, but for what rounding may take from them."""
    return abs(parts - whole) <= abs(whole) * _ROUNDING


def places_shown(value: Decimal, decimals: Decimals) -> int:
    """How many decimal places a number is shown with: those of its cell, without needless noughts.

    A number that its cell's places would round to nought keeps two significant digits, for it is not nought; one
    without places of its own is shown as stored, up to four places, or four significant digits below 1.
    """
    if not value:
        return 0
    first = -value.adjusted()
    if isinstance(decimals, int):
        places = max(decimals, 0)
        if not rounded(value, places):
            places = first + 1
    else:
        places = max(_PLACES_AS_STORED, first + _SIGNIFICANT - 1)
    exponent = rounded(value, places).normalize(_UNROUNDED).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _lowered(label: str) -> str:
    """A label inside a sentence: `climate change`, but `GHG emissions`."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def plain(value: Decimal) -> str:
    """A number at full precision, without grouping; with a power of ten where it would be a row of noughts."""
    value = value.normalize(_UNROUNDED)
    return format(value, "f") if not value or _MINUTE * 2 <= value.adjusted() < _HUGE * 2 else str(value)


def _minus(text: str) -> str:
    return text.replace("-", "−")
