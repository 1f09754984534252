"""Definitions in the reader's words: labels in quotes, numbers, days, members; it decides on no entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from esgreport.definitions import Definitions, in_language
from esgreport.definitions.explaining import Wordings, load_wordings
from esgreport.definitions.models import Text
from esgreport.texts import Translate, day_in_words, translator

_QUOTES = {"it": "«{}»", "de": "„{}“", "fr": "«\u00a0{}\u00a0»"}


@dataclass(frozen=True)
class Words:
    """Says definitions in one language."""

    definitions: Definitions
    language: str

    @cached_property
    def say(self) -> Translate:
        """A sentence of the program's own."""
        return translator(self.language)

    @cached_property
    def wordings(self) -> Wordings:
        """The words that are data."""
        return load_wordings(self.definitions.folder)

    def text(self, text: Text) -> str:
        """A text of a definition."""
        return " ".join(in_language(text, self.language).split())

    def quoted(self, text: str) -> str:
        """A text in the quotation marks of the language."""
        return _QUOTES.get(self.language, "“{}”").format(text)

    def name(self, name: str) -> str:
        """A concept, table or axis by its label, in quotes; the name itself where it is none."""
        known = self.definitions
        item = known.questions.get(name) or known.tables.get(name) or known.axes.get(name)
        return self.quoted(self.text(item.labels)) if item else name

    def names(self, names: Iterable[str]) -> str:
        """Several of them."""
        return self.listed(map(self.name, names))

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one line; French leaves a blank before the semicolon."""
        return ("\u00a0; " if self.language == "fr" else "; ").join(items)

    def number(self, value: Decimal | int) -> str:
        """A number as the language writes it."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.language, decimal_quantization=False))

    def percentage(self, value: Decimal) -> str:
        """A fraction as a percentage."""
        from babel.numbers import format_percent

        return str(format_percent(value, locale=self.language, decimal_quantization=False))

    def day(self, day: date) -> str:
        """A day in words."""
        return day_in_words(day, self.language)

    def unit(self, unit: str) -> str:
        """A unit by its sign."""
        known = self.definitions.units.get(unit)
        return known.symbol if known else unit.removeprefix("iso4217:")

    def cited(self, reference: str) -> str:
        """A reference to a paragraph or article with its words in the language."""
        return self.definitions.law.paragraph(reference, self.language)

    def edition(self, edition: str) -> str:
        """The name of an edition."""
        known = self.definitions.editions.get(edition)
        return self.text(known.name) if known else edition

    def member(self, member: str, concept: str = "") -> str:
        """A member by its label: of the concept's own list, else of the first list that has it."""
        known = self.definitions
        definition = known.questions.get(concept)
        lists = [definition.members] if definition and definition.members else sorted(known.code_list_names)
        found = next((name for name in lists if name and member in known.code_list(name).by_member), None)
        return self.quoted(known.code_list(found).label(member, self.language)) if found else self.quoted(member)
