"""The letters that go with answers, as data: their words in a language, when a paragraph stands; it writes none."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

LetterKind = Literal["cover", "purpose", "partial", "declaration", "report", "reference"]
Case = Literal["open", "items", "beyond", "reference", "pages"]
PLACES = (
    "company",
    "questionnaire",
    "period",
    "answered",
    "questions",
    "reference",
    "report",
    "limit",
    "employees",
    "previous_year",
    "place",
    "day",
    "prohibition",
    "right_to_refuse",
    "self_declaration",
    "less_is_better",
    "applies_from",
)
"""What texts may have filled in; the last ones are sentences of `cap.yaml`."""


class Paragraph(Closed):
    """A paragraph, or with `items` the list of questions; it stands where all cases of `when` hold."""

    text: str = ""
    items: bool = False
    when: list[Case] = []


class LetterText(Closed):
    """A letter: what it is called among ourselves, its subject, paragraphs and enclosures."""

    kind: LetterKind
    title: str
    subject: str
    paragraphs: list[Paragraph]
    encloses: list[str] = []
    encloses_when: list[Case] = []
    is_list: bool = False
    """Whether it goes with another letter: then it greets nobody and is not signed."""


class LetterWords(Closed):
    """The file of one language: how letters are written there, and the letters."""

    language: str
    salutation: str
    closing: list[str]
    subject_mark: str
    attention: str
    attention_last: bool = False
    """Whether the department stands below the address."""
    addressee: str = ""
    place_and_day: str
    day_alone: str
    enclosures: str
    reference: dict[Literal["contact", "phone", "email", "questionnaire", "period"], str]
    columns: dict[Literal["number", "question", "paragraph", "disclosure"], str]
    gaps: dict[
        Literal["customer", "customer_address", "address", "contact", "phone", "email", "signatory", "employees"], str
    ]
    pages: dict[Literal["one", "several"], str]
    """How the pages of a report are named, with `first` and `last`."""
    beyond: str
    sensitive: str
    letters: list[LetterText]


def load_letters(folder: Path, language: str) -> LetterWords:
    """The words of a language. Errors: DefinitionError for a place in braces that nobody fills."""
    path = folder / f"{language}.yaml"
    words = load_file(path, LetterWords)
    texts = [paragraph.text for letter in words.letters for paragraph in letter.paragraphs]
    for text in (*texts, *(letter.subject for letter in words.letters), *words.gaps.values(), words.place_and_day):
        for place in re.findall(r"\{(\w*)\}", text):
            if place not in PLACES:
                known = did_you_mean(place, PLACES)
                raise DefinitionError(f"schemas/answers/letters/{path.name}: unknown place {place!r}.{known}")
    return words
