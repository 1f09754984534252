"""Tables of figures on customers: value, interval, n, customers and state in every row, and what was not measured."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.compose.customers.desk import CustomerDesk, has_value
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions.cx_report import FiguresBlock, MatrixBlock, Wanted
from esgreport.document import Column, Figure, Note, Row, Table

_EMPTY = Figure("")


def figures_table(desk: CustomerDesk, layout: FiguresBlock) -> Table | None:
    """A row a figure; a withheld one has its row and no number; None where no figure has one."""
    found = [(want, figure) for want, figure in _rows(desk, layout) if figure.status is not Status.ABSENT]
    if not any(has_value(figure) for _, figure in found):
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
    rows = tuple(_row(desk, figure, desk.label(figure, want, layout.by)) for want, figure in found)
    return Table(id=layout.id, caption=desk.writer.text(layout.caption), columns=columns, rows=rows)


def _rows(desk: CustomerDesk, layout: FiguresBlock) -> Iterator[tuple[Wanted, CustomerMetric]]:
    for want in layout.figures:
        yield from ((want, figure) for figure in desk.wanted(want, layout.by))


def _row(desk: CustomerDesk, figure: CustomerMetric, label: str) -> Row:
    counted = desk.writer.text(desk.words.counts[desk.definition(figure).counts].labels)
    return Row(
        (
            Figure(label, remark=remark(desk, figure)),
            desk.figure(figure),
            Figure(desk.interval(figure)),
            Figure(desk.count(figure.n), counted) if figure.n is not None else _EMPTY,
            Figure(desk.count(figure.accounts)) if figure.accounts is not None else _EMPTY,
            Figure(desk.state(figure)),
        )
    )


def remark(desk: CustomerDesk, figure: CustomerMetric) -> str:
    """What is to be known of one figure: its day or period where it is not that of the chapter, its limits."""
    period = figure.period if figure.period and figure.period != desk.period else None
    bounds = figure.interval is not None and figure.confidence is None
    said = (
        desk.writer.say("%(period)s.", period=desk.writer.numbers.period(period)) if period else "",
        desk.writer.say("The ends are bounds, not a confidence interval.") if bounds else "",
        desk.scale_words(figure),
        figure.reason,
    )
    return " ".join(filter(None, said))


def not_measured(desk: CustomerDesk, layout: FiguresBlock) -> Note | None:
    """What a table asks for and could not be measured, and why."""
    found = [figure for _, figure in _rows(desk, layout) if figure.status is Status.ABSENT]
    listed = "; ".join(f"{figure.label} ({figure.reason.rstrip('.')})" for figure in dict.fromkeys(found))
    return Note(desk.writer.say("Not measured: %(listed)s.", listed=listed), "absent") if listed else None


def matrix_table(desk: CustomerDesk, layout: MatrixBlock) -> Table | None:
    """Members down, metrics across, in each cell the value, and under it interval, n and state."""
    columns = [[*desk.wanted(want, layout.by)] for want in layout.figures]
    members = list(dict.fromkeys(figure.member(layout.by) or "" for found in columns for figure in found))
    if not any(has_value(figure) for found in columns for figure in found):
        return None
    shown = [
        name
        for name in members
        if any(has_value(one) for found in columns for one in found if one.member(layout.by) == name)
    ]
    hidden = ", ".join(desk.members.told(layout.by, name) for name in members if name not in shown)
    heads = [_head(desk, want, found) for want, found in zip(layout.figures, columns, strict=True)]
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
