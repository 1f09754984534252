"""Which cells of the customer's file are filled and how: numbers as numbers, options verbatim; it patches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from esgreport.definitions import Definitions
from esgreport.definitions.answering import folded
from esgreport.model import Area
from esgreport.questionnaire import Answer, AnswerState, CellWrite, Option, Place

_GIVEN = (AnswerState.ANSWERED, AnswerState.ZERO)
LONGEST_TEXT = 32_767
"""Characters a cell can hold."""
_FIRST_DAY = date(1899, 12, 30)


def written(answers: Iterable[Answer], definitions: Definitions) -> tuple[tuple[Answer, ...], tuple[CellWrite, ...]]:
    """The answers, each knowing whether it is written, and the cells: none twice, none that holds something."""
    taken: set[Area] = set()
    done: list[Answer] = []
    cells: list[CellWrite] = []
    for answer in answers:
        main = list(_main(_possible(answer, cells), definitions))
        free = bool(main) and not any(write.area in taken for write in main)
        if free:
            cells += main
            taken |= {write.area for write in main}
        beside = [write for write in _beside(answer, free=free) if write.area not in taken]
        cells += beside
        taken |= {write.area for write in beside}
        done.append(replace(answer, written=free))
    return tuple(done), tuple(cells)


def _main(answer: Answer, definitions: Definitions) -> Iterator[CellWrite]:
    """The answer's own cells: its marks, or its one cell; none where it may not be written."""
    question = answer.question
    if not question.writable:
        return
    if answer.state is AnswerState.NOT_APPLICABLE:
        yield from _not_applicable(answer, definitions)
        return
    if answer.state not in _GIVEN or answer.value is None:
        return
    if answer.cells:
        yield from _listed(answer)
    elif question.options:
        chosen = [option for option in question.options if option.text in answer.picked]
        yield from _picked(answer, chosen)
    elif question.answer and _free(question.answer):
        value = _cell_value(answer, question.answer)
        if not isinstance(value, str) or len(value) <= LONGEST_TEXT:
            yield CellWrite(_area(question.answer), value)


def _possible(answer: Answer, cells: Sequence[CellWrite]) -> Answer:
    """The answer with those options only that its drop-down offers under the entry of the cell it depends on."""
    question = answer.question
    if question.depends is None or not question.options:
        return answer
    area = _area(question.depends)
    entry = next((str(write.value) for write in cells if write.area == area), question.depends.holds)
    options = tuple(option for option in question.options if option.given == entry)
    return replace(answer, question=replace(question, options=options, answer=question.answer if options else None))


def _listed(answer: Answer) -> Iterator[CellWrite]:
    """The cells of a list, all or none."""
    places = {_area(place): place for column in answer.question.columns for place in column.places}
    if all(write.area in places and _free(places[write.area]) for write in answer.cells):
        yield from answer.cells


def _picked(answer: Answer, chosen: list[Option]) -> Iterator[CellWrite]:
    marked = [option for option in chosen if option.mark]
    if marked:
        if all(option.mark and _free(option.mark, boxed=option.writes) for option in marked):
            yield from (CellWrite(_area(option.mark), option.writes) for option in marked if option.mark)
        return
    place = answer.question.answer
    if place and chosen and _free(place):
        yield CellWrite(_area(place), "; ".join(option.text for option in chosen))


def _not_applicable(answer: Answer, definitions: Definitions) -> Iterator[CellWrite]:
    """The form's own option that says so, or the word in a cell for text; a cell for a number stays empty."""
    question = answer.question
    known = definitions.answering.recognised("not_applicable")
    chosen = [option for option in question.options if folded(option.text) in known]
    if len(chosen) == 1:
        yield from _picked(answer, chosen)
    elif not question.options and question.kind == "text" and question.answer and _free(question.answer):
        yield CellWrite(_area(question.answer), definitions.answering.word("not_applicable", question.language))


def _beside(answer: Answer, *, free: bool) -> Iterator[CellWrite]:
    """The unit, where a cell asks for it, and the remark; that of a refusal only where a person made it."""
    question = answer.question
    told = answer.decided or answer.state in (*_GIVEN, AnswerState.NOT_APPLICABLE)
    if not question.writable or not told:
        return
    if free and question.unit_place and answer.unit and _free(question.unit_place):
        yield CellWrite(_area(question.unit_place), answer.unit)
    if answer.remark and question.comment and _free(question.comment):
        yield CellWrite(_area(question.comment), answer.remark)


def _free(place: Place, *, boxed: str | bool = "") -> bool:
    """Whether a cell may be filled: unlocked and empty; the linked cell of a check-box holds its false."""
    empty = not place.holds or (boxed is True and folded(place.holds) in ("false", "0"))
    return empty and not place.locked


def _area(place: Place) -> Area:
    return Area(place.sheet, place.row, place.column, place.row, place.column)


def _cell_value(answer: Answer, place: Place) -> Decimal | bool | str:
    """What the cell gets: a number where one is asked for, a day as the number it is to a spreadsheet, else words."""
    value = answer.value
    kind = answer.question.kind
    if isinstance(value, Decimal) and not isinstance(value, bool):
        if kind == "text" and not (answer.question.unit or answer.question.unit_place):
            return answer.shown
        percent = answer.unit == "%" and "%" not in place.number_format
        return value * 100 if percent else value
    if kind == "date" and isinstance(value, str) and _dated(place):
        return Decimal((date.fromisoformat(value) - _FIRST_DAY).days)
    return answer.shown or str(value)


def _dated(place: Place) -> bool:
    code = place.number_format.lower()
    return "yy" in code and "d" in code
