"""How questions are answered, as data (`schemas/answers/`): units, words, thresholds, remarks; it answers none."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

from esgreport.definitions.answer_lists import ListsOfRows, names_in
from esgreport.definitions.closed import Closed
from esgreport.definitions.letters import LetterWords, load_letters
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError
from esgreport.questionnaire import Question

_SHORT = 2
"""Letters of a spelling that in a running text may as well be another word (to, ha, mc)."""
WordsByLanguage = dict[str, list[str]]
AnswerWord = Literal["yes", "no", "not_applicable", "not_known"]


class FormUnit(Closed):
    """A unit as customers write it: what it measures, its size in the first unit of that kind, our name for it."""

    of: str
    factor: str
    symbol: str
    unit: str = ""
    also: list[str] = []
    exactly: list[str] = []

    @property
    def size(self) -> Fraction:
        """Its exact size in the first unit of its kind."""
        return Fraction(self.factor)


class FormUnits(Closed):
    """The file `units.yaml`."""

    units: list[FormUnit]
    per_year: list[str]
    per_employee: list[str]
    currencies: dict[str, list[str]]
    scales: dict[str, list[str]]


class AnswerWords(Closed):
    """The file `words.yaml`."""

    answers: dict[AnswerWord, WordsByLanguage]
    more_than_yes_or_no: WordsByLanguage
    none_of_it: WordsByLanguage
    proving: list[str]
    if_yes: WordsByLanguage
    one_site: WordsByLanguage
    whole_group: WordsByLanguage
    describing: WordsByLanguage
    demanding: WordsByLanguage
    year_before: WordsByLanguage
    like_nace: WordsByLanguage
    counting: WordsByLanguage
    of_year: WordsByLanguage
    joining: WordsByLanguage


class Caution(Closed):
    """Words of a question that leave its answer to a person, and why.

    It is about targets whose names hold one of `of` (all where empty), and not about those that hold one of `unless`.
    """

    code: str
    reason: Text
    words: WordsByLanguage
    only: Literal["number", "any"] = "any"
    of: list[str] = []
    unless: list[str] = []

    def about(self, target: str) -> bool:
        """Whether it is about a target."""
        return (not self.of or any(part in target for part in self.of)) and not any(
            part in target for part in self.unless
        )


class Cautions(Closed):
    """The file `cautions.yaml`."""

    cautions: list[Caution]


class RemarkRule(Closed):
    """What is said beside the figures of some concepts: a sentence, or the labels of other facts of the filing."""

    concepts: list[str]
    said: Text = {}
    members: list[str] = []


class EarlierYear(Closed):
    """The member of an axis at which a workbook holds figures of an earlier year."""

    axis: str
    member: str


class Boundary(Closed):
    """Where a filing says for whom it is: the concept, its member for one undertaking alone, subsidiaries, sites."""

    concept: str
    alone: str
    subsidiaries: str
    sites: str


class ConceptMember(Closed):
    """A concept and one of its members."""

    concept: str
    member: str


class AddsUp(Closed):
    """An axis whose members make a total; with `every`, only all of them do."""

    axis: str
    every: bool = False


class AnswerSettings(Closed):
    """The file `settings.yaml`."""

    fill_at: Decimal
    not_ours_at: Decimal
    half_at: Decimal
    suggestions: int
    digits: int
    minutes_to_decide: int
    hours: list[str]
    earlier_year: EarlierYear
    boundary: Boundary
    full_time_equivalents: ConceptMember
    whole_company: dict[str, str]
    not_applicable_by: list[str]
    of_one_customer: list[str]
    always_reviewed: list[str]
    adds_up: list[AddsUp]
    average: ConceptMember
    address: list[str]
    customers_chapter: Text
    remarks: list[RemarkRule]


@dataclass(frozen=True)
class Answering:
    """All of `schemas/answers/`."""

    folder: Path
    concepts: Collection[str]

    @cached_property
    def units(self) -> FormUnits:
        """Units as customers write them."""
        return load_file(self.folder / "units.yaml", FormUnits)

    @cached_property
    def words(self) -> AnswerWords:
        """The words of answers. Errors: DefinitionError for a concept there is not."""
        words = load_file(self.folder / "words.yaml", AnswerWords)
        self._check("words.yaml", words.proving)
        return words

    @cached_property
    def cautions(self) -> Mapping[str, Caution]:
        """The cautions by code. Errors: DefinitionError for a code given twice."""
        found = load_file(self.folder / "cautions.yaml", Cautions).cautions
        by_code = {each.code: each for each in found}
        if len(by_code) < len(found):
            raise DefinitionError("schemas/answers/cautions.yaml: a code is given twice.")
        return by_code

    @cached_property
    def settings(self) -> AnswerSettings:
        """Thresholds and remarks. Errors: DefinitionError for a concept there is not."""
        settings = load_file(self.folder / "settings.yaml", AnswerSettings)
        self._check("settings.yaml", settings.always_reviewed)
        for rule in settings.remarks:
            self._check("settings.yaml", [*rule.concepts, *rule.members])
        return settings

    @cached_property
    def lists(self) -> ListsOfRows:
        """Lists that are filled in row by row. Errors: DefinitionError for a concept there is not."""
        lists = load_file(self.folder / "lists.yaml", ListsOfRows)
        self._check("lists.yaml", [name for _, name in names_in(lists) if ":" not in name])
        return lists

    def _check(self, file: str, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.concepts:
                known = did_you_mean(name, self.concepts)
                raise DefinitionError(f"schemas/answers/{file}: unknown concept {name!r}.{known}")

    @cached_property
    def unit_of_spelling(self) -> Mapping[str, FormUnit]:
        """Units by spelling as `folded` leaves it, and by those where case decides as they are."""
        found: dict[str, FormUnit] = {}
        for unit in self.units.units:
            for spelling in unit.also:
                found[folded(spelling)] = unit
                found.setdefault(folded(spelling).replace(" ", ""), unit)
        return found | {spelling: unit for unit in self.units.units for spelling in unit.exactly}

    @cached_property
    def units_in_words(self) -> Mapping[str, FormUnit]:
        """The spellings a running text may name a unit by: long enough to be no other word, and no mere count."""
        known = self.unit_of_spelling.items()
        return {
            text: unit for text, unit in known if len(text) > _SHORT and (unit.of != "number" or unit.symbol == "%")
        }

    @cached_property
    def year_named(self) -> re.Pattern[str]:
        """How a text as `folded` leaves it names the year it is about: one of the words, then a year."""
        words = sorted(folded(word) for texts in self.words.of_year.values() for word in texts)
        return re.compile(rf"\b(?:{'|'.join(words)})\b(?: \w+)?(?: \w+)? ((?:19|20)\d\d)\b")

    @cached_property
    def own_units(self) -> Mapping[str, FormUnit]:
        """Units by our name for them (`utr:MWh`)."""
        return {unit.unit: unit for unit in self.units.units if unit.unit}

    def letters(self, language: str) -> LetterWords:
        """The words of letters in a language; the English ones for a language there are none in."""
        known = (self.folder / "letters" / f"{language}.yaml").is_file()
        return load_letters(self.folder / "letters", language if known else "en")

    def word(self, answer: AnswerWord, language: str) -> str:
        """The word that is written for an answer in a language; the English one for a language not known."""
        words = self.words.answers[answer]
        return words.get(language, words["en"])[0]

    def recognised(self, answer: AnswerWord) -> frozenset[str]:
        """All words for an answer, in every language, as `folded` leaves them."""
        return frozenset(_phrase(word).strip() for words in self.words.answers[answer].values() for word in words)


_SIGNS = str.maketrans(
    {"₂": "2", "³": "3", "²": "2", "€": " eur ", "$": " usd ", "£": " gbp ", "%": " percent ", "ß": "ss"}
)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as words are compared: lower case, no accents, signs as words, one blank for all that is no letter."""
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def holds_words(text: str, words: WordsByLanguage, language: str = "") -> bool:
    """Whether a text holds one of the words or phrases as such; of one language, or of any.

    German writes words together: of a text known to be German the beginning of a word is enough (gas, Gasverbrauch).
    """
    padded = f" {folded(text)} "
    if language == "de":
        return any(_phrase(phrase).removesuffix(" ") in padded for phrase in words["de"])
    wanted = [words[language]] if language in words else words.values()
    return any(_phrase(phrase) in padded for phrases in wanted for phrase in phrases)


@cache
def _phrase(phrase: str) -> str:
    return f" {folded(phrase)} "


def words_of(question: Question) -> str:
    """A question by its words alone, as a hash: the same in another file, whatever its number or cell."""
    offered = "|".join(folded(option.text) for option in question.options)
    parts = (folded(question.text), question.kind, folded(question.unit), str(question.year or ""), offered)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
