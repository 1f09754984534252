"""The way from a file to its questionnaire; each step is done in a module of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, did_you_mean
from esgreport.definitions.kept_layouts import remembered_layout
from esgreport.errors import DefinitionError
from esgreport.questionnaire import Question, Questionnaire
from esgreport.read.book import read_book
from esgreport.read.file import content, is_zip
from esgreport.read.package import open_package
from esgreport.read.questionnaires.languages import Languages
from esgreport.read.questionnaires.lint import Inspector
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.sheets import SheetReader
from esgreport.read.questionnaires.shown import plain
from esgreport.read.questionnaires.surface import Opener, Surface
from esgreport.read.questionnaires.text_files import surface_of_text
from esgreport.read.questionnaires.words import Words
from esgreport.read.workbook import Sheets

if TYPE_CHECKING:  # pydantic is not loaded for it
    from esgreport.definitions.corrections import LayoutFile


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that arrived: its name as the user typed it, the hash of its bytes, its visible and its hidden sheets."""

    shown: str
    digest: str
    surfaces: tuple[Surface, ...]
    hidden: tuple[Surface, ...] = ()


def read(
    path: Path, shown: str, definitions: Definitions, corrections: LayoutFile | None = None, language: str = "en"
) -> Questionnaire:
    """What `esgreport.read.read_questionnaire` promises."""
    arrived = opened(path, shown)
    found = Reading(arrived, definitions)
    form = fingerprint(arrived.surfaces, found.questions)
    layout = corrections or remembered_layout(form)
    if layout is not None:
        found = Reading(arrived, definitions, layout)
    return Questionnaire(
        file=shown,
        digest=arrived.digest,
        layout=tuple(found.layouts),
        questions=tuple(found.questions),
        lint=tuple(Inspector(definitions, language, shown).findings(found.readers, found.questions, arrived.hidden)),
        form=form,
    )


def opened(path: Path, shown: str) -> Arrived:
    """The sheets of a file. Errors: WorkbookError for what is neither a workbook nor a table in text."""
    data = content(path, shown)
    digest = hashlib.sha256(data).hexdigest()
    if not is_zip(data):
        return Arrived(shown, digest, (surface_of_text(data, shown),))
    package = open_package(data, shown)
    book = read_book(package)
    opener = Opener(package, book, Sheets(package, book))
    visible = tuple(opener.open(sheet.name) for sheet in book.sheets if not sheet.hidden and sheet.part)
    hidden = tuple(opener.open(sheet.name) for sheet in book.sheets if sheet.hidden and sheet.part)
    return Arrived(shown, digest, visible, hidden)


class Reading:
    """All sheets read, as they are found or as a person laid them out. Errors: DefinitionError for an unknown sheet."""

    def __init__(self, arrived: Arrived, definitions: Definitions, layout: LayoutFile | None = None) -> None:
        structure = definitions.structure
        words, languages = Words(structure), Languages(structure)
        corrections = layout.sheets if layout else []
        known = [surface.name for surface in arrived.surfaces]
        for each in corrections:
            if each.sheet not in known:
                what = f"The layout names a sheet {each.sheet!r}, which {arrived.shown} does not show."
                raise DefinitionError(f"{what}{did_you_mean(each.sheet, known)}")
        openings = [Openings(surface, words) for surface in arrived.surfaces]
        mute = silent(openings)
        self.readers = [
            SheetReader(
                surface=each.surface,
                words=words,
                openings=each,
                languages=languages,
                shown=arrived.shown,
                corrections=tuple(one for one in corrections if one.sheet == each.surface.name),
                is_marked_elsewhere=any(other.least for other in openings),
                is_mute=each.surface.name in mute,
            )
            for each in openings
        ]
        asking = [reader for reader in self.readers if reader.drafts]
        around = languages.of(
            (draft.text for reader in asking for draft in reader.drafts),
            beside=(text for reader in asking for text in reader.surface.texts.values()),
        )
        questions = [question for reader in self.readers for question in reader.questions(around)]
        self.layouts = [layout for reader in self.readers for layout in reader.layouts(around)]
        self.questions = with_numbers(questions, [draft.number for reader in self.readers for draft in reader.drafts])


def silent(openings: Sequence[Openings]) -> frozenset[str]:
    """The sheets on which nothing is asked: those that hold lists for others, or are locked where others are open."""
    sources = {name for each in openings for name in each.surface.list_sources}
    lists = {each.surface.name for each in openings if each.surface.name in sources and not each.surface.rules}
    some_are_open = any(each.unlocked_tell for each in openings)
    locked = {each.surface.name for each in openings if each.surface.protected and not each.unlocked_tell}
    return frozenset(lists | (locked if some_are_open else set()))


def with_numbers(questions: Sequence[Question], numbers: Sequence[str]) -> list[Question]:
    """The questions with the customer's own numbers as identifiers, where each of them is there once."""
    counts = Counter(numbers)
    names = {
        question.id: number
        for question, number in zip(questions, numbers, strict=True)
        if number and counts[number] == 1
    }
    return [
        replace(question, id=names.get(question.id, question.id), parent=names.get(question.parent, question.parent))
        for question in questions
    ]


def fingerprint(surfaces: Iterable[Surface], questions: Sequence[Question]) -> str:
    """What tells this form from others, whoever filled it in: names of sheets, questions and where they are."""
    said = [surface.name for surface in surfaces]
    said += [f"{question.source.sheet}!{question.source.cell} {plain(question.text)}" for question in questions]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
