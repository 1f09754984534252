"""The way from a file to its questionnaire, sheet by sheet; each step is done in a module of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.model import column_letters
from esgreport.questionnaire import Question, Questionnaire, SheetLayout
from esgreport.read.book import read_book
from esgreport.read.file import content, is_zip, not_a_workbook
from esgreport.read.package import open_package
from esgreport.read.questionnaires.columns import ColumnReader
from esgreport.read.questionnaires.crosswise import CrosswiseReader
from esgreport.read.questionnaires.drafts import Block, Draft
from esgreport.read.questionnaires.forms import FormReader
from esgreport.read.questionnaires.heads import HeadFinder
from esgreport.read.questionnaires.languages import Languages
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.outcome import Finisher
from esgreport.read.questionnaires.shown import plain
from esgreport.read.questionnaires.surface import Opener, Surface
from esgreport.read.questionnaires.tables import TableReader
from esgreport.read.questionnaires.words import Words
from esgreport.read.workbook import Sheets


def read(path: Path, shown: str, definitions: Definitions) -> Questionnaire:
    """What `esgreport.read.read_questionnaire` promises."""
    data = content(path, shown)
    if not is_zip(data):
        raise not_a_workbook(data, shown)
    package = open_package(data, shown)
    book = read_book(package)
    opener = Opener(package, book, Sheets(package, book))
    surfaces = [opener.open(sheet.name) for sheet in book.sheets if not sheet.hidden and sheet.part]
    return of_surfaces(surfaces, shown, hashlib.sha256(data).hexdigest(), definitions)


def of_surfaces(surfaces: Sequence[Surface], shown: str, digest: str, definitions: Definitions) -> Questionnaire:
    """The questionnaire of the visible sheets of a file."""
    structure = definitions.structure
    words, languages = Words(structure), Languages(structure.languages)
    readers = [SheetReader(surface, words, languages, shown) for surface in surfaces]
    around = languages.of(text for reader in readers for draft in reader.drafts for text in (draft.text,))
    questions = [question for reader in readers for question in reader.questions(around)]
    layouts = [layout for reader in readers for layout in reader.layouts(around)]
    named = with_numbers(questions, [draft.number for reader in readers for draft in reader.drafts])
    return Questionnaire(shown, digest, tuple(layouts), tuple(named), (), fingerprint(surfaces, named))


def with_numbers(questions: Sequence[Question], numbers: Sequence[str]) -> list[Question]:
    """The questions with the customer's own numbers as identifiers, where each of them is there once."""
    given = [number for number in numbers if number]
    unique = {number for number in given if given.count(number) == 1} if len(given) < 5000 else set()
    names = {question.id: number for question, number in zip(questions, numbers, strict=True) if number in unique}
    return [
        replace(question, id=names.get(question.id, question.id), parent=names.get(question.parent, question.parent))
        for question in questions
    ]


def fingerprint(surfaces: Iterable[Surface], questions: Sequence[Question]) -> str:
    """What tells this form from others, whoever filled it in: names of sheets, questions and where they are."""
    said = [surface.name for surface in surfaces]
    said += [f"{question.source.sheet}!{question.source.cell} {plain(question.text)}" for question in questions]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class SheetReader:
    """Reads one sheet: tables below their heads, forms in what is left."""

    surface: Surface
    words: Words
    languages: Languages
    shown: str

    @cached_property
    def _openings(self) -> Openings:
        return Openings(self.surface, self.words)

    @cached_property
    def _blocks(self) -> list[Block]:
        """The sheet cut into blocks, with rows of questions side by side cut out of those without heads."""
        found: list[Block] = []
        for block in self._by_heads:
            found.extend(self._cut(block) if block.shape == "form" else [block])
        return found

    def _cut(self, block: Block) -> list[Block]:
        crosswise = self._crosswise.block(block.first, block.last)
        if crosswise is None:
            return [block]
        parts = []
        if crosswise.first > block.first:
            parts.append(replace(block, last=crosswise.first - 1))
        parts.append(crosswise)
        if crosswise.last < block.last:
            parts.extend(self._cut(replace(block, first=crosswise.last + 1)))
        return parts

    @cached_property
    def _crosswise(self) -> CrosswiseReader:
        return CrosswiseReader(self.surface, self.words, self._openings)

    @cached_property
    def _by_heads(self) -> list[Block]:
        finder = HeadFinder(self.surface, self.words, self._openings)
        columns = ColumnReader(self.surface, self.words, self._openings)
        heads = finder.all()
        found: list[Block] = []
        if not heads:
            return [Block("form", 1, self.surface.last_row)] if self.surface.texts else []
        if heads[0].first > 1:
            found.append(Block("form", 1, heads[0].first - 1))
        ends = [rows.first - 1 for rows in heads[1:]] + [self.surface.last_row]
        for rows, last in zip(heads, ends, strict=True):
            found.extend(columns.blocks(rows, last))
        return found

    @cached_property
    def _read(self) -> list[tuple[Block, list[Draft]]]:
        return [(block, self._drafts_of(block)) for block in self._blocks]

    def _drafts_of(self, block: Block) -> list[Draft]:
        if block.shape == "form":
            return FormReader(self.surface, self.words, self._openings, block.first, block.last).read()
        if block.shape == "transposed":
            return self._crosswise.read(block)
        return TableReader(self.surface, self.words, self._openings, block).read()

    @cached_property
    def drafts(self) -> list[Draft]:
        """The questions as they stand there."""
        return [draft for _, drafts in self._read for draft in drafts]

    def questions(self, around: str) -> list[Question]:
        """The questions of the sheet; `around` is the language of the workbook."""
        finisher = Finisher(self.shown, self.surface, self.words, self._openings, self.languages)
        return finisher.questions(self.drafts, around)

    def layouts(self, around: str) -> list[SheetLayout]:
        """How the sheet was understood."""
        language = self.languages.of((draft.text for draft in self.drafts), around)
        found = [self._layout(block, language) for block, drafts in self._read if drafts]
        return found or [SheetLayout(self.surface.name, "none", language)]

    def _layout(self, block: Block, language: str) -> SheetLayout:
        columns = [
            (str(role), " ".join(column_letters(each) for each in numbers))
            for role, numbers in (block.columns or {}).items()
        ]
        columns += [("value", " ".join(column_letters(value.column) for value in block.values))] if block.values else []
        columns += [("tick", " ".join(column_letters(column) for column, _ in block.marks))] if block.marks else []
        return SheetLayout(
            sheet=self.surface.name,
            kind=block.shape,
            language=language,
            header_rows=block.heads,
            first_row=block.first,
            last_row=block.last,
            columns=tuple(columns),
            why=block.why,
        )
