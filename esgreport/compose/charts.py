"""Charts as values: one function a kind, titles that say what the numbers say; nothing is drawn for a single bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from esgreport.compose.numbers import makes, places_shown, rounded
from esgreport.compose.writer import Writer
from esgreport.compose.years import before
from esgreport.definitions.layout import (
    ChartBlock,
    FiguresChart,
    Labelled,
    MembersChart,
    PartsChart,
    PeriodsChart,
    RowsChart,
    TrendChart,
)
from esgreport.document import Chart, Series
from esgreport.history import same_length
from esgreport.model import Fact

_MOST_ROWS = 8
"""Bars of a table's rows, at most; what is beyond is added up."""
_FEWEST_YEARS = 3
"""Years of a trend, at least."""
Role = Literal["actual", "prior", "base", "target", "part"]
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
    before: str = ""
    """The year before, where it is drawn too."""
    unit: str = ""
    """The unit in words, where the layout names none."""


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
        case FiguresChart():
            plan = _figures_chart(writer, layout)
        case TrendChart():
            plan = _trend_chart(writer, layout)
    return _chart(writer, layout, plan) if plan else None


def _members_chart(writer: Writer, layout: MembersChart) -> _Plan | None:
    rows = [(item, _member_values(writer, layout, item.concept)) for item in layout.concepts]
    rows = [(item, values) for item, values in rows if any(values)]
    lines = _member_lines(writer, layout, [values for _, values in rows])
    if not _drawable(lines):
        return None
    title = _title(writer, layout, lines, share=_share(writer, lines[0].total, lines))
    last = _year_before(writer)
    years = [writer, *([last] if last else [])]
    both = [
        (year, _of_year(year, item, years), _member_values(year, layout, item.concept))
        for item, _ in rows
        for year in years
    ]
    both = [one for one in both if any(one[2])]
    if last is None or not any(year is last for year, _, _ in both):
        return _Plan("stack", title, [writer.text(item.label) for item, _ in rows], lines)
    lines = _member_lines(writer, layout, [values for _, _, values in both])
    return (
        _Plan("stack", title, [label for _, label, _ in both], lines, last.numbers.year(last.filing.period))
        if _drawable(lines)
        else None
    )


def _of_year(year: Writer, item: Labelled, years: Sequence[Writer]) -> str:
    """What a bar is called: its concept, and its year where there is more than one."""
    label = year.text(item.label)
    return f"{label}, {year.numbers.year(year.filing.period)}" if len(years) > 1 else label


def _member_values(year: Writer, layout: MembersChart, concept: str) -> list[Decimal | None]:
    return [_amount(year, year.at(concept, layout.axis, member), layout.unit) for member in layout.members]


def _member_lines(writer: Writer, layout: MembersChart, rows: Sequence[Sequence[Decimal | None]]) -> list[_Line]:
    return [
        _Line(writer.member(layout.axis, member), tuple(values[at] for values in rows))
        for at, member in enumerate(layout.members)
    ]


def _year_before(writer: Writer) -> Writer | None:
    """The year before, where what is drawn of both can be compared."""
    last = next(iter(writer.earlier), None)
    return last if last and same_length(writer.filing.period, last.filing.period) else None


def _parts_chart(writer: Writer, layout: PartsChart) -> _Plan | None:
    lines = _part_lines(writer, layout, [writer])
    if writer.single(layout.concepts[0].concept) is None or not _drawable(lines):
        return None
    title = _title(writer, layout, lines, share=_share(writer, lines[0].total, lines))
    last = _year_before(writer)
    years = [writer, last] if last and _drawable(_part_lines(writer, layout, [last])) else [writer]
    shown = _part_lines(writer, layout, years)
    categories = [year.numbers.year(year.filing.period) for year in years]
    return _Plan("share", title, categories, [line for line in shown if not line.empty], *categories[1:])


def _part_lines(writer: Writer, layout: PartsChart, years: Sequence[Writer]) -> list[_Line]:
    """A line a part, a value a year; parts that nobody reported are left out."""
    found = [(item, [year.single(item.concept) for year in years]) for item in layout.concepts]
    return [
        _Line(
            writer.text(item.label),
            tuple(_amount(year, fact, layout.unit) for year, fact in zip(years, facts, strict=True)),
        )
        for item, facts in found
        if any(fact is not None for fact in facts)
    ]


def _rows_chart(writer: Writer, layout: RowsChart) -> _Plan | None:
    axis = writer.definitions.tables[layout.table].axes[0]
    members = _members(writer, layout.concepts, axis, layout.unit)
    role: Role = "part" if len(layout.concepts) > 1 else "actual"
    lines = [
        _Line(writer.text(item.label), _row_values(writer, layout, item.concept, members), role)
        for item in layout.concepts
    ]
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
    shown = _with_year_before(writer, layout, members, lines) if kind == "bars" else lines
    before = shown[0].label if shown is not lines else ""
    return _Plan(kind, title, names, [_in_order(line, order) for line in shown], before)


def _row_values(year: Writer, layout: RowsChart, concept: str, members: Sequence[str]) -> tuple[Decimal | None, ...]:
    axis = year.definitions.tables[layout.table].axes[0]
    return tuple(_amount(year, year.at(concept, axis, member), layout.unit) for member in members)


def _with_year_before(
    writer: Writer, layout: RowsChart, members: Sequence[str], lines: Sequence[_Line]
) -> Sequence[_Line]:
    """The bars of one concept with those of the year before; rows known by an identifier alone are not matched."""
    last = _year_before(writer)
    axis = writer.definitions.axes[writer.definitions.tables[layout.table].axes[0]]
    if last is None or axis.kind == "typed":
        return lines
    values = _row_values(last, layout, layout.concepts[0].concept, members)
    before = _Line(writer.numbers.year(last.filing.period), values, "prior")
    now = replace(lines[0], label=writer.numbers.year(writer.filing.period))
    return lines if before.empty or not _drawable([before, now]) else [before, now]


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
    last = _year_before(writer)
    roles: list[tuple[Role, str, Writer]] = [
        ("base" if last else "prior", layout.base, writer),
        ("prior", default, last or writer),
        ("actual", default, writer),
        ("target", layout.target, writer),
    ]
    roles = [one for one in roles if last or one[:2] != ("prior", default)]
    found = [
        (role, member, year, [year.at(item.concept, layout.axis, member) for item in layout.concepts])
        for role, member, year in roles
    ]
    found = [one for one in found if any(one[3]) and not _stated_anew(writer, one[2], found[0][3])]
    shown = [at for at, _ in enumerate(layout.concepts) if any(facts[at] for _, _, _, facts in found)]
    lines = [
        _Line(
            _year(writer, layout.axis, member, facts),
            tuple(_amount(year, facts[at], layout.unit) for at in shown),
            role,
        )
        for role, member, year, facts in found
    ]
    if not _drawable(lines):
        return None
    categories = [writer.text(layout.concepts[at].label) for at in shown]
    return _Plan("columns", _periods_title(writer, layout), categories, lines)


def _stated_anew(writer: Writer, year: Writer, base: Sequence[Fact | None]) -> bool:
    """Whether an earlier year is the base year, which this year's report states itself."""
    return year is not writer and any(fact.period.end == year.filing.period.end for fact in base if fact)


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


def _figures_chart(writer: Writer, layout: FiguresChart) -> _Plan | None:
    """A bar a figure, those of the year before beside them; none for a single one."""
    last = _year_before(writer)
    items = [item for item in layout.concepts if writer.single(item.concept)]
    years: list[tuple[Role, Writer]] = [("prior", last)] if last else []
    years.append(("actual", writer))
    lines = [
        _Line(
            year.numbers.year(year.filing.period),
            tuple(_amount(year, year.single(item.concept), layout.unit) for item in items),
            role,
        )
        for role, year in years
    ]
    if len(items) < 2 or not _drawable(lines[-1:]):
        return None
    lines = [line for line in lines if not line.empty]
    value = writer.single(layout.of) or writer.single(layout.metric)
    title = writer.text(layout.title, value=writer.shown(value)) if value else writer.text(layout.plain)
    before = lines[0].label if len(lines) > 1 else ""
    return _Plan("bars", title, [writer.text(item.label) for item in items], lines, before)


def _trend_chart(writer: Writer, layout: TrendChart) -> _Plan | None:
    """A column a year, oldest first; none where fewer than three years can be compared."""
    now = writer.single(layout.of or layout.metric)
    if now is None:
        return None
    told = [one for one in reversed(before(writer, now)) if one]
    years = [*((one.writer, one.fact) for one in told), (writer, now)]
    alike = [
        (year, fact) for year, fact in years if same_length(writer.filing.period, fact.period) or fact.period.instant
    ]
    values = tuple(_amount(year, fact, layout.unit) for year, fact in alike)
    line = _Line(writer.text(layout.subtitle), values, "actual")
    if len([value for value in values if value is not None]) < _FEWEST_YEARS or not _drawable([line]):
        return None
    names = [writer.numbers.year(fact.period if year is writer else year.filing.period) for year, fact in alike]
    return _Plan("columns", _trend_title(writer, layout, values, names[0]), names, [line], unit=writer.unit(now))


def _trend_title(writer: Writer, layout: TrendChart, values: Sequence[Decimal | None], base: str) -> str:
    first, last = values[0], values[-1]
    if not first or last is None:
        return writer.text(layout.title)
    change = (last - first) / first
    way = layout.same if not rounded(change, 3) else layout.below if change < 0 else layout.above
    return writer.text(way, change=writer.numbers.percent(abs(change), 1), base=base)


# ── what the kinds share ──


def _chart(writer: Writer, layout: ChartBlock, plan: _Plan) -> Chart:
    most = max((_places(value) for line in plan.lines for value in line.values), default=0)
    series = tuple(
        Series(line.label, line.values, tuple(_shown(writer, value, most) for value in line.values), line.role)
        for line in plan.lines
    )
    unit = writer.unit_sign(layout.unit) if layout.unit else plan.unit
    year = writer.numbers.year(writer.filing.period)
    years = writer.say("%(year)s and %(before)s", year=year, before=plan.before) if plan.before else year
    subtitle = writer.text(layout.subtitle, unit=unit, year=years)
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


def _shown(writer: Writer, value: Decimal | None, most: int) -> str:
    """A number as a chart's label: three digits say enough, the table beside it has the rest.

    Beside numbers with decimal places (`most` of them) it has them too, as far as three digits go.
    """
    return "" if value is None else writer.numbers.number(value, max(_places(value), min(most, _room(value))))


def _places(value: Decimal | None) -> int:
    """The decimal places a number needs as a label."""
    return places_shown(value, _room(value)) if value else 0


def _room(value: Decimal) -> int:
    """The decimal places within its first three digits; none of nought."""
    return max(2 - value.adjusted(), 0) if value else 0


def _share(writer: Writer, part: Decimal, lines: Sequence[_Line]) -> str:
    """A part of all lines as a percentage: a whole one, unless that would say none or all of what is neither."""
    share = part / sum((line.total for line in lines), Decimal(0))
    plain = share in {0, 1} or 0 < rounded(share, 2) < 1
    return writer.numbers.percent(share, 0 if plain else 1)
