"""What an undertaking enters on its sheet Scorecard, over the definition: targets, owners, bounds, rows of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from esgreport.definitions import Definitions, did_you_mean
from esgreport.definitions.models import Text
from esgreport.definitions.scorecards import (
    Aim,
    FixedBands,
    Reduction,
    ScorecardDefinition,
    ScoreRowDefinition,
    TargetPlan,
)
from esgreport.errors import WorkbookError
from esgreport.model import Source
from esgreport.tables import CustomerTable

_NO_SHARE = 10
"""A share of this size and more is a percentage that was written without its sign."""
_NUMBERS = ("target", "base_year", "base", "weight", "watch", "good")
_FLAGS = ("higher_is_better", "estimated")
_TEXTS = ("owner", "action")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the sheet as it was read; what is empty is None."""

    figure: str
    numbers: Mapping[str, float]
    due: date | None
    flags: Mapping[str, bool]
    texts: Mapping[str, str]
    source: Source

    @property
    def place(self) -> str:
        """Where it stands: the cell of a sheet, the row of a file."""
        return str(self.source) if self.source.sheet else f"{self.source.file} {self.source.cell}".rstrip()


def with_sheet(
    definition: ScorecardDefinition, table: CustomerTable, definitions: Definitions, reason: Text
) -> ScorecardDefinition:
    """The definition with what the sheet says; `reason` is the one for bounds the undertaking sets itself.

    Errors: WorkbookError with the cell for a figure there is not, or a bound without the other.
    """
    lines = list(_lines(table))
    rows = {row.id: row for row in definition.rows}
    for figure in dict.fromkeys(line.figure for line in lines):
        own = [line for line in lines if line.figure == figure]
        row = rows.get(figure) or _found(figure, definition, definitions, own[0])
        _refuse_percent_without_sign(row, own, definitions)
        rows[row.id] = _changed(row, own, reason)
    return definition.model_copy(update={"rows": list(rows.values())})


def _lines(table: CustomerTable) -> Iterator[_Line]:
    for place in range(len(table.frame)):
        row = table.frame.iloc[place]
        given = {name: row[name] for name in (*_NUMBERS, *_FLAGS, *_TEXTS, "due") if bool(row.notna()[name])}
        yield _Line(
            figure=str(row["figure"]),
            numbers={name: float(given[name]) for name in _NUMBERS if name in given},
            due=given["due"].date() if "due" in given else None,
            flags={name: bool(given[name]) for name in _FLAGS if name in given},
            texts={name: str(given[name]) for name in _TEXTS if name in given},
            source=table.place(place, "figure"),
        )


def _found(figure: str, definition: ScorecardDefinition, definitions: Definitions, line: _Line) -> ScoreRowDefinition:
    """A row for a figure the definition does not have: named so in it, a concept, derived, or on customers."""
    known = next((row for row in definition.rows if row.name == figure), None)
    if known:
        return known
    customers = definitions.cx_metrics.metrics
    if figure in customers:
        group = next(group.id for group in definition.groups if group.side == "cx")
        return ScoreRowDefinition(id=figure, group=group, customers=figure)
    group = _group_of(figure, definition, definitions)
    if figure in definitions.metrics:
        return ScoreRowDefinition(id=figure, group=group, metric=figure)
    if figure in definitions.concepts and definitions.concepts[figure].numeric:
        return ScoreRowDefinition(id=figure, group=group, concept=figure)
    names = [*(row.id for row in definition.rows), *definitions.metrics, *customers, *definitions.concepts]
    raise WorkbookError(
        f"{line.place}: the scorecard knows no figure {figure!r}.{did_you_mean(figure, names)}"
        " See `esgreport explain` and `esgreport cx` for what there is."
    )


def _group_of(figure: str, definition: ScorecardDefinition, definitions: Definitions) -> str:
    """The group of the theme a figure belongs to, else the first on sustainability."""
    metric = definitions.metrics.get(figure)
    code = metric.disclosure if metric else ""
    home = next((each for each in definitions.disclosures if each.code == code), definitions.disclosure_of(figure))
    groups = [group.id for group in definition.groups if group.side == "esg"]
    return home.theme if home and home.theme in groups else groups[0]


def _changed(row: ScoreRowDefinition, lines: Sequence[_Line], reason: Text) -> ScoreRowDefinition:
    """The row with what its lines say: targets of all, the rest of the last that says it."""
    numbers: dict[str, float] = {}
    flags: dict[str, bool] = {}
    texts: dict[str, str] = {}
    for line in lines:
        numbers, flags, texts = {**numbers, **line.numbers}, {**flags, **line.flags}, {**texts, **line.texts}
    changes: dict[str, object] = {}
    if target := _target(lines):
        changes["target"] = target
    if "watch" in numbers or "good" in numbers:
        changes["bands"] = _bands(numbers, lines[-1], reason)
    if "weight" in numbers:
        changes["weight"] = numbers["weight"]
    if "higher_is_better" in flags:
        changes["better"] = "higher" if flags["higher_is_better"] else "lower"
    if "estimated" in flags:
        changes["quality"] = "estimated" if flags["estimated"] else "measured"
    if "owner" in texts:
        changes["owner"] = texts["owner"]
    if "action" in texts:
        changes["action"] = {"en": texts["action"]}
    return row.model_copy(update=changes)


def _target(lines: Sequence[_Line]) -> TargetPlan | None:
    """A path where a base is given, else the values by day; one without a day holds for the period itself."""
    aims = [line for line in lines if "target" in line.numbers]
    for line in aims:
        if "base" in line.numbers and "base_year" in line.numbers and line.due:
            year, ends = int(line.numbers["base_year"]), line.numbers
            if year >= line.due.year:
                raise WorkbookError(f"{line.place}: the base year {year} is not before that of the target day.")
            last = line.due.year
            path = Reduction(base_year=year, base=ends["base"], target_year=last, target=ends["target"])
            return TargetPlan(reduction=path)
    values = [Aim(due=line.due, value=line.numbers["target"]) for line in aims if line.due]
    if values:
        return TargetPlan(values=values)
    return TargetPlan(value=aims[-1].numbers["target"]) if aims else None


def _bands(numbers: Mapping[str, float], line: _Line, reason: Text) -> FixedBands:
    if "watch" not in numbers or "good" not in numbers:
        raise WorkbookError(f"{line.place}: a bound of watch and one of good go together. Enter both, or neither.")
    return FixedBands(watch=numbers["watch"], good=numbers["good"], reason=reason)


def _refuse_percent_without_sign(row: ScoreRowDefinition, lines: Sequence[_Line], definitions: Definitions) -> None:
    """Where a figure is a share, 85 is not taken for 85 %: nobody can tell from 0.85 %."""
    if not _is_share(row, definitions):
        return
    for line in lines:
        for name in ("target", "base", "watch", "good"):
            value = line.numbers.get(name, 0.0)
            if abs(value) >= _NO_SHARE:
                raise WorkbookError(
                    f"{line.place}: {line.figure} is a percentage: write {value:g} % or {value / 100:g}."
                )


def _is_share(row: ScoreRowDefinition, definitions: Definitions) -> bool:
    """Whether a row's figures are fractions shown as percent."""
    if row.customers:
        unit = definitions.cx_metrics.metrics[row.customers].unit
        return definitions.cx_metrics.units[unit].shown == "percent"
    if row.metric:
        return definitions.metrics[row.metric].shown == "percent"
    return definitions.concepts[row.concept].type == "percent"
