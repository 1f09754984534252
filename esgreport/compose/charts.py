"""Charts as values: one function a kind, titles that say what the numbers say; nothing is drawn for a single bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from esgreport.compose.numbers import makes, places_shown, rounded
from esgreport.compose.writer import Writer
from esgreport.definitions.layout import ChartBlock, Labelled, MembersChart, PartsChart, PeriodsChart, RowsChart
from esgreport.document import Chart, Series
from esgreport.model import Fact

_MOST_ROWS = 8
"""Bars of a table's rows, at most; what is beyond is added up."""
Role = Literal["actual", "prior", "target", "part"]
Kind = Literal["bars", "stack", "columns", "share"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A series before it is text: its label, its values by category and its role."""

    label: str
    values: tuple[Decimal | None, ...]
    role: Role = "part"

    @property
    def total(self) -> Decimal:
        return sum((value for value in self.values if value is not None), Decimal(0))

    @property
    def empty(self) -> bool:
        return not any(self.values)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A chart before its numbers are text."""

    kind: Kind
    title: str
    categories: Sequence[str]
    lines: Sequence[_Line]


def chart(writer: Writer, layout: ChartBlock) -> Chart | None:
    """The chart of a layout block; None when its facts are missing or would make one bar or nothing."""
    match layout:
        case MembersChart():
            plan = _members_chart(writer, layout)
        case PeriodsChart():
            plan = _periods_chart(writer, layout)
        case PartsChart():
            plan = _parts_chart(writer, layout)
        case RowsChart():
            plan = _rows_chart(writer, layout)
    return _chart(writer, layout, plan) if plan else None


def _members_chart(writer: Writer, layout: MembersChart) -> _Plan | None:
    rows = [
        (
            writer.text(item.label),
            [_amount(writer, writer.at(item.concept, layout.axis, one), layout.unit) for one in layout.members],
        )
        for item in layout.concepts
    ]
    rows = [(label, values) for label, values in rows if any(values)]
    lines = [
        _Line(writer.member(layout.axis, member), tuple(values[at] for _, values in rows))
        for at, member in enumerate(layout.members)
    ]
    if not _drawable(lines):
        return None
    title = _title(writer, layout, lines, share=_share(writer, lines[0].total, lines))
    return _Plan("stack", title, [label for label, _ in rows], lines)


def _parts_chart(writer: Writer, layout: PartsChart) -> _Plan | None:
    facts = [(item, writer.single(item.concept)) for item in layout.concepts]
    lines = [
        _Line(writer.text(item.label), (_amount(writer, fact, layout.unit),))
        for item, fact in facts
        if fact is not None
    ]
    first = writer.single(layout.concepts[0].concept)
    if first is None or not _drawable(lines):
        return None
    title = _title(writer, layout, lines, share=_share(writer, lines[0].total, lines))
    year = writer.numbers.year(writer.filing.period)
    return _Plan("share", title, [year], [line for line in lines if not line.empty])


def _rows_chart(writer: Writer, layout: RowsChart) -> _Plan | None:
    axis = writer.definitions.tables[layout.table].axes[0]
    members = _members(writer, layout.concepts, axis, layout.unit)
    role: Role = "part" if len(layout.concepts) > 1 else "actual"
    amounts = {
        item.concept: [_amount(writer, writer.at(item.concept, axis, member), layout.unit) for member in members]
        for item in layout.concepts
    }
    lines = [_Line(writer.text(item.label), tuple(amounts[item.concept]), role) for item in layout.concepts]
    if len(members) < 2 or not _drawable(lines):
        return None
    totals = [sum((line.values[at] or Decimal(0) for line in lines), Decimal(0)) for at in range(len(members))]
    order = sorted(range(len(members)), key=lambda at: -totals[at])
    title = _title(
        writer,
        layout,
        lines,
        share=_share(writer, lines[0].total, lines),
        largest=writer.member(axis, members[order[0]]),
        largest_share=_share(writer, totals[order[0]], lines),
    )
    names = [writer.member(axis, members[at]) for at in order[:_MOST_ROWS]]
    if len(order) > _MOST_ROWS:
        names.append(writer.say("%(count)s other", "%(count)s others", len(order) - _MOST_ROWS))
    kind: Kind = "stack" if len(lines) > 1 else "bars"
    return _Plan(kind, title, names, [_in_order(line, order) for line in lines])


def _in_order(line: _Line, order: Sequence[int]) -> _Line:
    """The longest bars one by one, the rest added up to one."""
    values = [line.values[at] for at in order]
    rest = [value for value in values[_MOST_ROWS:] if value is not None]
    shown = values[:_MOST_ROWS] + ([sum(rest, Decimal(0))] if len(order) > _MOST_ROWS else [])
    return _Line(line.label, tuple(shown), line.role)


def _members(writer: Writer, concepts: Sequence[Labelled], axis: str, unit: str) -> list[str]:
    """The members of a table's axis that have a number to be drawn in that unit, in the workbook's order."""
    facts = [fact for item in concepts for fact in writer.of(item.concept) if _amount(writer, fact, unit)]
    return list(dict.fromkeys(member for fact in facts if (member := fact.member(axis)) is not None))


def _periods_chart(writer: Writer, layout: PeriodsChart) -> _Plan | None:
    default = writer.definitions.axes[layout.axis].default
    roles: tuple[tuple[Role, str], ...] = (("prior", layout.base), ("actual", default), ("target", layout.target))
    found: list[tuple[Role, str, list[Fact | None]]] = [
        (role, member, [writer.at(item.concept, layout.axis, member) for item in layout.concepts])
        for role, member in roles
    ]
    shown = [at for at, _ in enumerate(layout.concepts) if any(facts[at] for _, _, facts in found)]
    lines = [
        _Line(
            _year(writer, layout.axis, member, facts),
            tuple(_amount(writer, facts[at], layout.unit) for at in shown),
            role,
        )
        for role, member, facts in found
        if any(facts)
    ]
    if not _drawable(lines):
        return None
    categories = [writer.text(layout.concepts[at].label) for at in shown]
    return _Plan("columns", _periods_title(writer, layout), categories, lines)


def _year(writer: Writer, axis: str, member: str, facts: Sequence[Fact | None]) -> str:
    fact = next(fact for fact in facts if fact)
    year = writer.numbers.year(fact.period)
    return f"{year} ({writer.member(axis, member)})" if fact.dimensions else year


def _periods_title(writer: Writer, layout: PeriodsChart) -> str:
    """What became of the figure since the base year; the figure itself where there is no base year."""
    change = next((fact for fact in writer.of(layout.metric) if fact.inputs[0].concept == layout.of), None)
    if change is None or not isinstance(change.value, Decimal):
        total = writer.single(layout.of)
        return writer.text(layout.title, total=writer.with_unit(total)) if total else writer.text(layout.plain)
    base = writer.numbers.year(change.inputs[0].period)
    size = writer.numbers.percent(abs(change.value), writer.places(change))
    way = layout.same if not rounded(change.value, 3) else layout.below if change.value < 0 else layout.above
    return writer.text(way, change=size, base=base)


# ── what the kinds share ──


def _chart(writer: Writer, layout: ChartBlock, plan: _Plan) -> Chart:
    series = tuple(
        Series(line.label, line.values, tuple(_shown(writer, value) for value in line.values), line.role)
        for line in plan.lines
    )
    unit = writer.unit_sign(layout.unit) if layout.unit else ""
    year = writer.numbers.year(writer.filing.period)
    subtitle = writer.text(layout.subtitle, unit=unit, year=year)
    return Chart(
        id=f"chart-{layout.id}",
        kind=plan.kind,
        title=plan.title,
        subtitle=subtitle,
        categories=tuple(plan.categories),
        series=series,
        unit=unit,
        description=f"{plan.title}. {subtitle}. {_in_words(plan.categories, series)}.",
    )


def _in_words(categories: Sequence[str], series: Sequence[Series]) -> str:
    """All numbers of a chart, for a reader who cannot see it."""
    lines = (
        f"{category}: " + ", ".join(f"{one.label} {one.shown[at]}" for one in series if one.values[at] is not None)
        for at, category in enumerate(categories)
    )
    return "; ".join(lines)


def _title(writer: Writer, layout: ChartBlock, lines: Sequence[_Line], **said: str) -> str:
    """What the numbers say, where they make the whole it is said of; what is shown, where they do not."""
    whole = _amount(writer, writer.single(layout.whole), layout.unit)
    drawn = sum((line.total for line in lines), Decimal(0))
    if layout.whole and (whole is None or not makes(drawn, whole)):
        return writer.text(layout.plain)
    return writer.text(layout.title, **said)


def _drawable(lines: Sequence[_Line]) -> bool:
    """Whether there is more than one bar to draw and none that would go backwards."""
    values = [value for line in lines for value in line.values if value]
    return len(values) > 1 and all(value > 0 for value in values)


def _amount(writer: Writer, fact: Fact | None, unit: str) -> Decimal | None:
    """A fact's number in the unit of the chart; None where it has none or cannot be converted."""
    if fact is None or not isinstance(fact.value, Decimal):
        return None
    return writer.definitions.converted(fact.value, fact.unit, unit) if unit else fact.value


def _shown(writer: Writer, value: Decimal | None) -> str:
    """A number as a chart's label: three digits say enough, the table beside it has the rest."""
    if value is None:
        return ""
    return writer.numbers.number(value, places_shown(value, max(2 - value.adjusted(), 0) if value else 0))


def _share(writer: Writer, part: Decimal, lines: Sequence[_Line]) -> str:
    """A part of all lines as a percentage: a whole one, unless that would say none or all of what is neither."""
    share = part / sum((line.total for line in lines), Decimal(0))
    plain = share in {0, 1} or 0 < rounded(share, 2) < 1
    return writer.numbers.percent(share, 0 if plain else 1)
