"""One sheet of a questionnaire: cut into blocks, each read by the module for its shape; it knows no other sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from esgreport.model import column_letters
from esgreport.questionnaire import Question, SheetLayout
from esgreport.read.questionnaires.columns import ColumnReader
from esgreport.read.questionnaires.corrected import blocks_of
from esgreport.read.questionnaires.crosswise import CrosswiseReader
from esgreport.read.questionnaires.drafts import Block, Draft
from esgreport.read.questionnaires.forms import FormReader
from esgreport.read.questionnaires.heads import HeadFinder
from esgreport.read.questionnaires.languages import Languages
from esgreport.read.questionnaires.openings import Openings
from esgreport.read.questionnaires.outcome import Finisher
from esgreport.read.questionnaires.relations import apart, related
from esgreport.read.questionnaires.row_lists import ListReader
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.tables import TableReader
from esgreport.read.questionnaires.words import Words

if TYPE_CHECKING:  # pydantic is not loaded for it
    from esgreport.definitions.corrections import SheetCorrection


@dataclass(frozen=True)
class SheetReader:
    """Reads one sheet: tables below their heads, forms in what is left."""

    surface: Surface
    words: Words
    openings: Openings
    languages: Languages
    shown: str
    corrections: tuple[SheetCorrection, ...] = ()
    is_marked_elsewhere: bool = False
    """Whether another sheet of the workbook marks the cells to be filled in."""
    is_mute: bool = False
    """Whether nothing is asked here: the sheet holds lists for others, or is locked as a whole where others are not."""

    @cached_property
    def _lists(self) -> ListReader:
        return ListReader(self.surface, self.words, self.openings)

    @cached_property
    def _list_blocks(self) -> list[Block]:
        return self._lists.blocks()

    @cached_property
    def _in_lists(self) -> frozenset[int]:
        return frozenset(row for block in self._list_blocks for row in range(block.first, block.last + 1))

    @cached_property
    def _heads(self) -> HeadFinder:
        return HeadFinder(self.surface, self.words, self.openings, self._in_lists)

    @cached_property
    def _columns(self) -> ColumnReader:
        return ColumnReader(self.surface, self.words, self.openings, self._in_lists)

    @cached_property
    def _blocks(self) -> list[Block]:
        """The sheet cut into blocks: as a person says, else with rows of questions side by side cut out of forms."""
        if self.corrections:
            return blocks_of(self.corrections, self._heads, self._columns, self._crosswise)
        if self.is_mute:
            return []
        found = list(self._list_blocks)
        for block in self._by_heads:
            found.extend(self._cut(block) if block.shape == "form" else [block])
        return sorted(found, key=lambda block: block.first)

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
        return CrosswiseReader(self.surface, self.words, self.openings)

    @cached_property
    def _by_heads(self) -> list[Block]:
        heads = self._heads.all()
        found: list[Block] = []
        if not heads:
            return [self._form(self.surface.last_row)] if self.surface.texts else []
        if heads[0].first > 1:
            found.append(self._form(heads[0].first - 1))
        ends = [rows.first - 1 for rows in heads[1:]] + [self.surface.last_row]
        for rows, last in zip(heads, ends, strict=True):
            found.extend(self._columns.blocks(rows, last))
        return found

    def _form(self, last: int) -> Block:
        return Block("form", 1, last, skipped=self._in_lists)

    @cached_property
    def _read(self) -> list[tuple[Block, list[Draft]]]:
        read = apart([self._drafts_of(block) for block in self._blocks])
        return [(block, list(related(drafts, self.words))) for block, drafts in zip(self._blocks, read, strict=True)]

    def _drafts_of(self, block: Block) -> list[Draft]:
        if block.shape == "form":
            is_unmarked = self.is_marked_elsewhere and not self.openings.least
            return FormReader(self.surface, self.words, self.openings, block, is_unmarked).read()
        if block.shape == "transposed":
            return self._crosswise.read(block)
        if block.shape == "list":
            return self._lists.read(block)
        drafts = TableReader(self.surface, self.words, self.openings, block).read()
        return drafts if self._asks(block, drafts) else []

    def _asks(self, block: Block, drafts: Sequence[Draft]) -> bool:
        """Whether a table asks: it has places for answers, or a head or its texts say so; a glossary does not."""
        if any(draft.answer for draft in drafts) or self.corrections:
            return True
        heads = [self.surface.text(row, block.one("question")) for row in block.heads]
        asking = sum(draft.text.endswith("?") or self.words.kind(draft.text) is not None for draft in drafts)
        return any(self.words.head(text).role == "question" for text in heads) or asking > 0.5 * len(drafts)

    @cached_property
    def drafts(self) -> list[Draft]:
        """The questions as they stand there."""
        return [draft for _, drafts in self._read for draft in drafts]

    @property
    def blocks(self) -> list[tuple[Block, list[Draft]]]:
        """The blocks of the sheet, each with its questions as they stand there."""
        return self._read

    def _language(self, around: str) -> str:
        said = next((each.language for each in self.corrections if each.language), "")
        texts = (draft.text for draft in self.drafts)
        return said or self.languages.of(texts, around, self.surface.texts.values())

    def questions(self, around: str) -> list[Question]:
        """The questions of the sheet; `around` is the language of the workbook."""
        finisher = Finisher(self.shown, self.surface, self.words, self.openings, self.languages)
        return finisher.questions(self.drafts, self._language(around))

    def layouts(self, around: str) -> list[SheetLayout]:
        """How the sheet was understood."""
        language = self._language(around)
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
