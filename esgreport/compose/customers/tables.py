"""Tables of figures on customers: value, interval, n, customers and state in every row, and what was not measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase

from esgreport.compose.customers.desk import CustomerDesk, has_value
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions.cx_report import FiguresBlock, MatrixBlock, Wanted
from esgreport.document import Column, Figure, Note, Row, Table

_EMPTY = Figure("")
_SENTENCE_END = re.compile(r"(?<=[.])\s(?=[^\W\d_a-zà-ÿ])")
"""Where one sentence ends and the next begins with a capital."""


def figures_table(desk: CustomerDesk, layout: FiguresBlock) -> Table | None:
    """A row a figure that has a number; those that have none are named under it; None where no figure has one.

    What is to be known of a figure is a lettered note under the table, each text once.
    """
    found = [*_rows(desk, layout)]
    shown = [(want, figure) for want, figure in found if has_value(figure)]
    if not shown:
        return None
    say = desk.writer.say
    columns = (
        Column(desk.members.dimension(layout.by) if layout.by else say("Figure")),
        Column(say("Value"), numeric=True),
        Column(say("%(confidence)s interval", confidence=desk.confidence, interval="").strip(), numeric=True),
        Column(say("n"), numeric=True),
        Column(say("Customers"), numeric=True),
        Column(say("State")),
    )
    letters = lettered(text for _, figure in shown for text in remarks(desk, figure))
    return Table(
        id=layout.id,
        caption=desk.writer.text(layout.caption),
        columns=columns,
        rows=tuple(_row(desk, figure, desk.label(figure, want, layout.by), letters) for want, figure in shown),
        note=_named_only(desk, layout),
        notes=tuple((letter, text) for text, letter in letters.items()),
    )


def _rows(desk: CustomerDesk, layout: FiguresBlock) -> Iterator[tuple[Wanted, CustomerMetric]]:
    for want in layout.figures:
        yield from ((want, figure) for figure in desk.wanted(want, layout.by))


def _row(desk: CustomerDesk, figure: CustomerMetric, label: str, letters: Mapping[str, str]) -> Row:
    counted = desk.writer.text(desk.words.counts[desk.definition(figure).counts].labels)
    return Row(
        (
            Figure(label, letters=tuple(letters[text] for text in remarks(desk, figure))),
            desk.figure(figure),
            Figure(desk.interval(figure)),
            Figure(desk.count(figure.n), counted) if figure.n is not None else _EMPTY,
            Figure(desk.count(figure.accounts)) if figure.accounts is not None else _EMPTY,
            Figure(desk.state(figure)),
        )
    )


def lettered(texts: Iterable[str]) -> Mapping[str, str]:
    """A letter for each text, in order of first use: a to z, then aa."""
    return {text: _letter(number) for number, text in enumerate(dict.fromkeys(texts))}


def _letter(number: int) -> str:
    more, place = divmod(number, len(ascii_lowercase))
    return (_letter(more - 1) if more else "") + ascii_lowercase[place]


def remarks(desk: CustomerDesk, figure: CustomerMetric) -> tuple[str, ...]:
    """What is to be known of one figure: its day or period where it is not that of the chapter, its limits."""
    period = figure.period if figure.period and figure.period != desk.period else None
    bounds = figure.interval is not None and figure.confidence is None
    said = (
        desk.writer.say("%(period)s.", period=desk.writer.numbers.period(period)) if period else "",
        desk.writer.say("The ends are bounds, not a confidence interval.") if bounds else "",
        desk.scale_words(figure),
        *_SENTENCE_END.split(figure.reason),
    )
    return tuple(filter(None, said))


def not_shown(desk: CustomerDesk, layout: FiguresBlock) -> Note | None:
    """What a table would have, where it has nothing to show: what could not be measured or is withheld, and why."""
    if any(has_value(figure) for _, figure in _rows(desk, layout)):
        return None
    text = _named_only(desk, layout)
    return Note(text, "absent") if text else None


def _named_only(desk: CustomerDesk, layout: FiguresBlock) -> str:
    """The figures without a number by the reason they have none, in a sentence; empty where all have one."""
    names: dict[str, list[str]] = {}
    for want, figure in _rows(desk, layout):
        if not has_value(figure):
            why = figure.reason.rstrip(".") or desk.state(figure)
            names.setdefault(why, []).append(desk.label(figure, want, layout.by))
    listed = "; ".join(f"{', '.join(dict.fromkeys(told))} ({why})" for why, told in names.items())
    return desk.writer.say("Not shown: %(listed)s.", listed=listed) if listed else ""


def matrix_table(desk: CustomerDesk, layout: MatrixBlock) -> Table | None:
    """Members down, metrics across, in each cell the value, and under it interval, n and state."""
    wishes = [want for want in layout.figures if desk.shows(want)]
    columns = [[*desk.wanted(want, layout.by)] for want in wishes]
    members = list(dict.fromkeys(figure.member(layout.by) or "" for found in columns for figure in found))
    if not any(has_value(figure) for found in columns for figure in found):
        return None
    shown = [
        name
        for name in members
        if any(has_value(one) for found in columns for one in found if one.member(layout.by) == name)
    ]
    hidden = ", ".join(desk.members.told(layout.by, name) for name in members if name not in shown)
    heads = [_head(desk, want, found) for want, found in zip(wishes, columns, strict=True)]
    rows = [
        Row(
            (
                Figure(desk.members.told(layout.by, member)),
                *(_cell(desk, found, layout.by, member) for found in columns),
            )
        )
        for member in shown
    ]
    withheld = desk.writer.say("No figure is shown for: %(names)s.", names=hidden) if hidden else ""
    return Table(
        id=layout.id,
        caption=desk.writer.text(layout.caption),
        columns=(Column(desk.writer.text(layout.header) or desk.members.dimension(layout.by)), *heads),
        rows=tuple(rows),
        note=" ".join(filter(None, (withheld, _habits(desk, columns)))),
    )


def _head(desk: CustomerDesk, want: Wanted, found: list[CustomerMetric]) -> Column:
    label = desk.writer.text(want.label) or (found[0].label if found else want.metric)
    unit = desk.unit(found[0]) if found else ""
    return Column(label, unit=unit, numeric=True)


def _cell(desk: CustomerDesk, found: list[CustomerMetric], by: str, member: str) -> Figure:
    figure = next((each for each in found if each.member(by) == member), None)
    if figure is None:
        return Figure("–", absent=True)
    if figure.value is None:
        return Figure("–", remark=desk.state(figure))
    counted = desk.writer.say("n = %(number)s", number=desk.count(figure.n)) if figure.n is not None else ""
    state = "" if figure.status is Status.FULL else desk.state(figure)
    return desk.figure(figure, " · ".join(filter(None, (desk.interval(figure), counted, state))))


def _habits(desk: CustomerDesk, columns: list[list[CustomerMetric]]) -> str:
    """The warning that goes with a breakdown, once."""
    dimensions = {name for found in columns for figure in found for name, _ in figure.dimensions}
    warnings = (desk.words.dimensions[name].warning for name in sorted(dimensions) if name in desk.words.dimensions)
    told = (desk.writer.text(desk.words.reasons[name].labels) for name in warnings if name)
    return " ".join(dict.fromkeys(told))
