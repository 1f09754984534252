"""Lists that are filled in row by row from our own rows; a list whose columns are not all known is left to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from esgreport.answers import saying
from esgreport.answers.asking import Asking
from esgreport.answers.having import Held
from esgreport.answers.options import option_for_word, options_for_members
from esgreport.answers.preparing import Prepared
from esgreport.answers.units import Measure, converted, measure_of
from esgreport.definitions import in_language
from esgreport.definitions.answer_lists import ColumnOf, Heads, ListOfRows
from esgreport.definitions.answering import folded
from esgreport.model import Area, Fact, Filing
from esgreport.questionnaire import Candidate, CellWrite, ListColumn, Option, Place

SURE = Decimal("0.95")
"""How sure a list is whose columns are all known by their heads."""
_WORDS_OF_A_NAME = 3
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]|\b(?:19|20)\d\d\b|\*")
Written = Decimal | str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ours: what it is called in its code list (or by itself), its facts by concept, the figure of its own."""

    member: str
    facts: Mapping[str, Fact]
    label: str = ""
    figure: Fact | None = None

    @property
    def all(self) -> tuple[Fact, ...]:
        """Its facts."""
        return (*self.facts.values(), *((self.figure,) if self.figure else ()))


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list would be filled with: as an answer in words, and cell by cell."""

    prepared: Prepared
    cells: tuple[CellWrite, ...]


def listed(asking: Asking) -> Listed | None:
    """What we have for a question that wants a list, by the heads of its columns; None where it is none we know."""
    best = _known(asking)
    if best is None:
        return None
    for filing in asking.filings():
        if rows := tuple(_rows(best, filing, asking)):
            return Filling(asking, best, rows, filing).listed()
    rows = tuple(_rows(best, asking.material.filing, asking))
    found = Filling(asking, best, rows, asking.material.filing).listed() if rows else None
    return replace(found, prepared=replace(found.prepared, doubt="other_year")) if found else None


def _known(asking: Asking) -> ListOfRows | None:
    """The list whose columns the heads name, each that must be there among them; the one with most of them."""
    heads = [_bare(column.head) for column in asking.question.columns]

    def named(each: ListOfRows) -> int:
        keys = [column for column in each.columns if column.key]
        found = [column for column in each.columns if any(_says(head, column.heads) for head in heads)]
        enough = sum(column in found for column in keys) >= each.keys
        return len(found) if enough else 0

    return max((each for each in asking.answering.lists.lists if named(each)), key=named, default=None)


def _bare(head: str) -> str:
    return folded(_BRACKETS.sub(" ", head))


def _says(head: str, heads: Heads) -> bool:
    return any(head == folded(text) or head == text for texts in heads.values() for text in texts)


def _rows(found: ListOfRows, filing: Filing, asking: Asking) -> Iterator[Row]:
    own = [fact for fact in filing.facts if fact.period.end == filing.period.end]
    for each in found.rows:
        item = each.input
        figure = next(
            (fact for fact in own if fact.concept == item.concept and fact.member(item.axis) == item.member), None
        )
        if figure is not None and figure.value:
            yield Row("", {}, in_language(each.labels, asking.form_language), figure)
    facts = [fact for fact in own if found.axis and fact.concept in found.concepts and fact.member(found.axis)]
    for member in dict.fromkeys(fact.member(found.axis) or "" for fact in facts):
        yield Row(member, {fact.concept: fact for fact in facts if fact.member(found.axis) == member})


@dataclass(frozen=True, slots=True)
class Filling:
    """A list that is being filled from rows of ours."""

    asking: Asking
    found: ListOfRows
    rows: tuple[Row, ...]
    filing: Filing

    def listed(self) -> Listed:
        """The list, with the first doubt there is about it."""
        columns = self._columns()
        room = len(self.asking.question.columns[0].places)
        table = [[self._cell(column, rule, row) for column, rule in columns] for row in self.rows]
        cells = [
            CellWrite(_area(column.places[number]), value)
            for number, row in enumerate(table[:room])
            for (column, _), value in zip(columns, row, strict=True)
            if value is not None
        ]
        texts = tuple(", ".join(self._shown(value) for value in row if value is not None) for row in table)
        return Listed(self._prepared(texts, self._doubt(columns, table, room)), (*cells, *self._around(room)))

    def _prepared(self, texts: tuple[str, ...], doubt: str) -> Prepared:
        target = self.asking.material.target(Candidate(self.found.target, SURE))
        facts = tuple(fact for row in self.rows for fact in row.all)
        label = in_language(target.labels, self.asking.language)
        holding = Held(texts, facts=facts, period=self.filing.period)
        return Prepared(target, label, self.found.concepts, holding, texts, "; ".join(texts), doubt=doubt)

    # ── columns ──

    def _columns(self) -> list[tuple[ListColumn, ColumnOf]]:
        """The columns we have something for; what another column holds is left out of an address."""
        known: list[tuple[ListColumn, ColumnOf]] = []
        for column in self.asking.question.columns:
            rule = next((each for each in self.found.columns if _says(_bare(column.head), each.heads)), None)
            if rule is not None:
                known.append((column, rule))
        alone = {name for _, rule in known if len(rule.concepts) == 1 for name in rule.concepts}
        return [(column, _without(rule, alone)) for column, rule in known]

    def _named(self, heads: Heads) -> list[ListColumn]:
        return [column for column in self.asking.question.columns if _says(_bare(column.head), heads)]

    def unknown(self) -> list[str]:
        """The heads of columns that we have nothing for, and that are no remark, unit or number of the row."""
        lists = self.asking.answering.lists
        known = [column for column, _ in self._columns()]
        aside = [
            *known,
            *(each for heads in (lists.row_numbers, lists.remarks, lists.units) for each in self._named(heads)),
        ]
        return [column.head for column in self.asking.question.columns if column not in aside]

    def _around(self, room: int) -> Iterator[CellWrite]:
        """Numbers of the rows, and units where a column asks for them."""
        lists = self.asking.answering.lists
        for number, row in enumerate(self.rows[:room]):
            for column in self._named(lists.row_numbers):
                yield CellWrite(_area(column.places[number]), Decimal(number + 1))
            unit = next((each.unit for each in row.all if isinstance(each.value, Decimal)), None)
            measure = measure_of(unit, self.asking.answering) if unit else None
            for column in self._named(lists.units):
                if measure and (not column.options or measure.symbol in column.options):
                    yield CellWrite(_area(column.places[number]), measure.symbol)

    # ── cells ──

    def _cell(self, column: ListColumn, rule: ColumnOf, row: Row) -> Written | None:
        """What stands in a cell; None where we have nothing, or nothing that may stand there."""
        if rule.of == "label":
            return _offered(row.label, column)
        if rule.of == "value":
            return self._number(row.figure, column) if row.figure else None
        if rule.of in ("member", "code", "group"):
            return self._of_member(column, rule, row)
        facts = [row.facts[name] for name in rule.concepts if name in row.facts]
        if len(rule.concepts) == 1 and facts and isinstance(facts[0].value, Decimal):
            return self._number(facts[0], column)
        return self._texts(facts, column)

    def _of_member(self, column: ListColumn, rule: ColumnOf, row: Row) -> Written | None:
        axis = self.asking.material.definitions.axes[self.found.axis]
        codes = self.asking.material.definitions.code_list(axis.members)
        code = codes.by_member.get(row.member)
        if rule.of == "group":
            word: Literal["yes", "no"] = "yes" if code is not None and code.group == rule.group else "no"
            options = [Option(text) for text in column.options]
            chosen = option_for_word(options, word, self.asking.answering) if options else None
            return (
                chosen.text
                if chosen
                else None
                if options
                else self.asking.answering.word(word, self.asking.form_language)
            )
        if rule.of == "code":
            return _offered(code.code, column) if code and code.code else None
        return self._of_codes(row.member, axis.members, column)

    def _of_codes(self, member: str, code_list: str, column: ListColumn) -> Written | None:
        """The label of a member in the form's language, or the entry of a drop-down that names it."""
        definitions = self.asking.material.definitions
        if column.options:
            options = tuple(Option(text) for text in column.options)
            chosen = options_for_members(options, (member,), definitions.code_list(code_list))
            return chosen[0].text if chosen else None
        return saying.member_labels((member,), code_list, definitions, self.asking.form_language)[0]

    def _texts(self, facts: Sequence[Fact], column: ListColumn) -> Written | None:
        definitions = self.asking.material.definitions
        texts: list[str] = []
        for fact in facts:
            members = definitions.concepts[fact.concept].members
            value = self._of_codes(str(fact.value), members, column) if members else _offered(str(fact.value), column)
            if value is None:
                return None
            texts.append(str(value))
        return ", ".join(texts) or None

    def _number(self, fact: Fact, column: ListColumn) -> Written | None:
        """A figure in the unit the head names, or in its own beside a column of units; None where it fits neither."""
        if not isinstance(fact.value, Decimal):
            return None
        have, want = measure_of(fact.unit or "", self.asking.answering), self._wanted(column)
        if have is None or want is None:
            plain = have is None or have.of == "number" or self._named(self.asking.answering.lists.units)
            return fact.value if plain and not column.unit else None
        return converted(fact.value, have, want, self.asking.answering.settings.digits)

    def _wanted(self, column: ListColumn) -> Measure | None:
        inside = " ".join(re.findall(r"[(\[]([^()\[\]]+)[)\]]", column.head))
        return measure_of(column.unit or inside, self.asking.answering) if column.unit or inside else None

    def _shown(self, value: Written) -> str:
        return saying.number_text(value, self.asking.form_language) if isinstance(value, Decimal) else value

    # ── doubts ──

    def _doubt(
        self, columns: Sequence[tuple[ListColumn, ColumnOf]], table: Sequence[Sequence[Written | None]], room: int
    ) -> str:
        if self.unknown():
            return "list_columns"
        if len(self.rows) > room:
            return "list_short"
        if any(value is None for row in table for value in row):
            return "list_gaps"
        prose = [number for number, (_, rule) in enumerate(columns) if rule.prose]
        long = any(len(str(row[number]).split()) > _WORDS_OF_A_NAME for row in table for number in prose)
        return self.asking.wording_doubt() or ("foreign" if long and self.asking.foreign else "")


def _without(rule: ColumnOf, alone: set[str]) -> ColumnOf:
    if len(rule.concepts) < 2:
        return rule
    return rule.model_copy(update={"concepts": [name for name in rule.concepts if name not in alone]})


def _offered(text: str, column: ListColumn) -> str | None:
    """A text as it is, or as the drop-down of its column has it; None where that does not."""
    if not column.options:
        return text
    return next((option for option in column.options if folded(option) == folded(text)), None)


def _area(place: Place) -> Area:
    return Area(place.sheet, place.row, place.column, place.row, place.column)
