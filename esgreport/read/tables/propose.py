"""How an unknown file could be one of our tables, by likeness of heads and shape of values; a person decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

import numpy as np
import numpy.typing as npt

from esgreport.definitions import Definitions
from esgreport.definitions.cx import Column, CustomerDefinitions, CustomerTable, folded
from esgreport.mapping import Doubt, Proposal, ProposedAnswer, ProposedColumn
from esgreport.numerals import typed_number
from esgreport.read.tables.columns import Reading, typed_column
from esgreport.read.tables.exports import export_of
from esgreport.read.tables.files import Rows, parts_of
from esgreport.read.tables.raw import Grid, RawColumn, column_taken, filled, texts_of
from esgreport.read.tables.wide import QUESTION, RESPONSES, VALUE

_ROWS_LOOKED_AT = 2_000
_SURE, _LEAST = 0.9, 0.55
_MOST_VALUES = 20
_LONGEST_SCALE = 100
_MOST_STEPS = 21
_CODE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A head that may be a column: how alike their names are, and which share of its values fits."""

    at: int
    column: Column
    name: float
    fits: float
    doubts: tuple[Doubt, ...]

    @property
    def confidence(self) -> float:
        """How sure it is: a name alone says much, values that do not fit take it back."""
        return min(0.99, round(self.name * (0.4 + 0.6 * self.fits), 2))


def propose(path: Path, shown: str, definitions: Definitions) -> tuple[Proposal, ...]:
    """What `esgreport.read.propose_mapping` promises."""
    found = []
    for part in parts_of(path, shown, definitions.cx):
        if part.rows is None or part.hidden:
            continue
        layout = export_of(part.rows.first, definitions.cx.exports)
        if layout is not None:
            export = layout[0]
            found.append(Proposal(shown, part.source.sheet, export.table, (), known=export.tool))
        elif proposal := _Proposer(definitions).of(part.rows):
            found.append(proposal)
    return tuple(found)


class _Proposer:
    """Holds what files are compared with: our tables and their words in all languages."""

    def __init__(self, definitions: Definitions) -> None:
        self._customer: CustomerDefinitions = definitions.cx
        words = definitions.languages.values()
        self._yes = frozenset(word.casefold() for language in words for word in language.says_yes)
        self._no = frozenset(word.casefold() for language in words for word in language.says_no)

    def of(self, rows: Rows) -> Proposal | None:
        """The best proposal for a sheet or file; None when nothing in it is like a table of ours."""
        first = rows.first
        head = _head_row(first)
        if head is None:
            return None
        grid = rows.grid(first[head], head, 0, "")
        few = np.arange(min(_ROWS_LOOKED_AT, len(grid.rows)))
        columns = [column_taken(column, few) for column in grid.columns]
        ranked = [(self._chosen(table, grid.heads, columns), table) for table in self._customer.tables.values()]
        proposals = [self._proposal(grid, columns, table, chosen) for chosen, table in ranked if chosen]
        return max(proposals, key=lambda each: self._weight(each, len(columns)), default=None)

    def _weight(self, proposal: Proposal, columns: int) -> float:
        """How well a table fits a file: how much of the file it explains, and how much of what it needs is there."""
        needed = sum(column.required for column in self._customer.tables[proposal.table].columns)
        there = 1 - len(proposal.missing) / needed if needed else 0.0
        explained = sum(column.confidence for column in proposal.columns) + 0.6 * len(proposal.answers)
        return explained / max(columns, 1) + there

    def _chosen(
        self, table: CustomerTable, heads: Sequence[str], columns: Sequence[RawColumn]
    ) -> tuple[_Candidate, ...]:
        """For each column of a table the head most like it, each head once, the surest first."""
        candidates = [
            candidate
            for column in table.columns
            for at, head in enumerate(heads)
            if (candidate := self._candidate(at, head, columns[at], column)) and candidate.confidence >= _LEAST
        ]
        chosen: list[_Candidate] = []
        for candidate in sorted(candidates, key=lambda each: -each.confidence):
            taken = {each.at for each in chosen}, {each.column.name for each in chosen}
            if candidate.at not in taken[0] and candidate.column.name not in taken[1]:
                chosen.append(candidate)
        return tuple(chosen)

    def _candidate(self, at: int, head: str, raw: RawColumn, column: Column) -> _Candidate | None:
        name = _likeness(folded(head), self._customer.spellings(column))
        if name < _LEAST:
            return None
        fits, doubts = self._fit(raw, column)
        if name < _SURE:
            doubts = ("name", *doubts)
        return _Candidate(at, column, name, fits, doubts)

    def _fit(self, raw: RawColumn, column: Column) -> tuple[float, tuple[Doubt, ...]]:
        """The share of values that are of the column's type, and what is in doubt about them."""
        size = len(filled(raw))
        if not size:
            return 0.5, ()
        _, problems = typed_column(raw, column, Reading(self._customer.values_of(column), self._yes, self._no))
        doubtful: dict[str, Doubt] = {"CX-09": "dates", "CX-06": "numbers", "CX-10": "values"}
        doubts = tuple(doubtful[problem.code] for problem in problems if problem.code in doubtful)
        wrong = sum(len(problem.at) for problem in problems if problem.code not in doubtful)
        return max(0.0, 1 - wrong / size), doubts

    def _proposal(
        self, grid: Grid, columns: Sequence[RawColumn], table: CustomerTable, chosen: Sequence[_Candidate]
    ) -> Proposal:
        used = {each.at for each in chosen}
        answers = _answers(grid.heads, columns, used) if table.name == RESPONSES else {}
        names = {each.column.name for each in chosen} | ({QUESTION, VALUE} if answers else set())
        return Proposal(
            file=grid.source.file,
            sheet=grid.source.sheet,
            table=table.name,
            columns=tuple(
                self._proposed(grid, columns[each.at], each) for each in sorted(chosen, key=lambda each: each.at)
            ),
            answers=tuple(answers.values()),
            left_out=tuple(head for at, head in enumerate(grid.heads) if at not in used and at not in answers),
            missing=tuple(column.name for column in table.columns if column.required and column.name not in names),
        )

    def _proposed(self, grid: Grid, raw: RawColumn, candidate: _Candidate) -> ProposedColumn:
        column = candidate.column
        values = self._unknown_values(raw, column) if "values" in candidate.doubts else ()
        return ProposedColumn(grid.heads[candidate.at], column.name, candidate.confidence, candidate.doubts, values)

    def _unknown_values(self, raw: RawColumn, column: Column) -> tuple[tuple[str, str], ...]:
        """Words that the column's list does not have, with the value each is most like; none for private columns."""
        values = self._customer.values_of(column)
        if values is None or column.private:
            return ()
        known = values.by_spelling
        unknown = [text for text in texts_of(raw).dropna().unique() if folded(text) not in known][:_MOST_VALUES]
        near = {text: get_close_matches(folded(text), list(known), n=1, cutoff=0.75) for text in unknown}
        return tuple((text, known[near[text][0]] if near[text] else "") for text in unknown)


def _head_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The first of the first rows that has at least two texts, no number among them, and as many as any other."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    for at, row in enumerate(rows):
        numbers = sum(typed_number(cell.strip()) is not None for cell in row if cell.strip())
        if widths[at] >= max(2, 0.6 * max(widths)) and not numbers:
            return at
    return None


def _likeness(head: str, spellings: Iterable[str]) -> float:
    """How alike a head and the words for a column are: 1 the same, by words in common and by letters."""
    best = 0.0
    words = set(head.split())
    for spelling in spellings:
        if spelling == head:
            return 1.0
        others = set(spelling.split())
        common = len(words & others) * (1 / len(words) + 1 / len(others)) / 2 if words else 0.0
        letters = SequenceMatcher(None, head, spelling).ratio()
        best = max(best, 0.9 * common, 0.9 * letters if letters > 0.8 else 0.0)
    return best


def _answers(heads: Sequence[str], columns: Sequence[RawColumn], used: set[int]) -> Mapping[int, ProposedAnswer]:
    """The columns that may be answers: numbers on a short scale, or words of several kinds."""
    found: dict[int, ProposedAnswer] = {}
    for at, head in enumerate(heads):
        if at in used or not len(filled(columns[at])):
            continue
        numbers = _whole_numbers(columns[at])
        if numbers is not None and _on_a_scale(numbers):
            found[at] = ProposedAnswer(head, _code(head, found), float(numbers.min()), float(numbers.max()))
        elif numbers is None and _looks_written(columns[at]):
            found[at] = ProposedAnswer(head, _code(head, found))
    return found


def _on_a_scale(numbers: npt.NDArray[np.float64]) -> bool:
    return numbers.min() >= 0 and numbers.max() <= _LONGEST_SCALE and len(np.unique(numbers)) <= _MOST_STEPS


def _whole_numbers(raw: RawColumn) -> npt.NDArray[np.float64] | None:
    """The numbers of a column where all its values are whole numbers; None otherwise."""
    texts = texts_of(raw).dropna()
    read = [typed_number(text) if len(text) < 20 else None for text in texts.unique()]
    if not read or any(each is None or len(each.readings) > 1 or each.readings[0] % 1 for each in read):
        return None
    return np.array([float(each.readings[0]) for each in read if each is not None])


def _looks_written(raw: RawColumn) -> bool:
    """Whether a column holds sentences: blanks inside, and hardly twice the same."""
    texts = texts_of(raw).dropna()
    return bool((texts.str.count(" ") >= 2).mean() > 0.4 and texts.nunique() > 0.6 * len(texts))


def _code(head: str, known: Mapping[int, ProposedAnswer]) -> str:
    ascii_only = unicodedata.normalize("NFKD", folded(head)).encode("ascii", "ignore").decode()
    plain = "_".join(_CODE.sub(" ", ascii_only).split()[:4]) or "question"
    taken = {answer.code for answer in known.values()}
    return plain if plain not in taken else f"{plain}_{len(taken) + 1}"
