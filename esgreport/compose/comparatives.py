"""The section on earlier years: where their figures come from, what makes them hard to compare, what was restated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from esgreport.compose.writer import Writer
from esgreport.compose.years import NOTHING, difference_of
from esgreport.definitions.statements import Restated
from esgreport.document import Answer, Answers, Block, Column, Figure, Note, Row, Section, Table
from esgreport.history import Restatement, restatements
from esgreport.model import Fact, Finding, column_letters

_OF_YEARS = "YEAR-"
"""How the codes of findings begin that say what makes years hard to compare."""


def comparatives(writer: Writer, findings: Sequence[Finding], reasons: Sequence[Restated] = ()) -> Section | None:
    """The section on earlier years; None for a report of one year. `reasons` are what the undertaking says of some."""
    if not writer.earlier:
        return None
    blocks: list[Block] = [_years(writer)]
    blocks += [Note(text) for text in (*_sources(writer), *_obstacles(findings))]
    restated = restatements(writer.filing, writer.definitions)
    if restated:
        blocks += [_restated_table(writer, restated, reasons), *_reasons(writer, restated, reasons)]
    return Section(id="comparatives", title=writer.say("Figures of earlier years"), blocks=tuple(blocks))


def _years(writer: Writer) -> Answers:
    rows = (
        Answer(
            writer.numbers.year(year.filing.period),
            (Figure(f"{writer.numbers.period(year.filing.period)} · {_files(year)}"),),
        )
        for year in writer.earlier
    )
    return Answers("comparatives-years", tuple(rows))


def _files(year: Writer) -> str:
    return ", ".join(Path(file).name for file in year.filing.workbooks)


def _sources(writer: Writer) -> Iterator[str]:
    yield writer.say(
        "Figures of earlier years are those of the workbooks of these years; what this year’s workbook states anew for"
        " an earlier year takes their place. They are shown in this year’s units where these can be converted exactly,"
        " with their own where not."
    )
    yield writer.say(
        "Differences are computed from unrounded figures. None is stated where a figure is missing, the units or the"
        " length of the periods differ, and no percentage of nought; differences of percentages are in percentage"
        " points (pp)."
    )


def _obstacles(findings: Sequence[Finding]) -> Iterator[str]:
    """What was found about the years as a whole."""
    yield from dict.fromkeys(finding.message for finding in findings if finding.code.startswith(_OF_YEARS))


# ── what was restated ──


def _restated_table(writer: Writer, restated: Sequence[Restatement], reasons: Sequence[Restated]) -> Table:
    """Old and new figure side by side, and what the trend to this year is by either."""
    to_now = writer.say("Change to %(year)s", year=writer.numbers.year(writer.filing.period))
    first, now = writer.say("As first reported"), writer.say("Restated")
    units = {writer.unit(one.now) for one in restated}
    unit = units.pop() if len(units) == 1 else ""
    said = {each.figure: each.reason for each in reasons if each.figure in {one.now.concept for one in restated}}
    letters = {name: column_letters(at).lower() for at, name in enumerate(said, start=1)}
    columns = (
        Column(writer.say("Figure")),
        Column(writer.say("Year")),
        Column(first, unit, numeric=True, prior=True),
        Column(now, unit, numeric=True),
        Column(writer.say("Difference"), numeric=True),
        Column(writer.say("Change"), numeric=True),
        Column(first, numeric=True, group=to_now, prior=True),
        Column(now, numeric=True, group=to_now),
    )
    return Table(
        id="comparatives-restated",
        caption=writer.say("Restated figures"),
        columns=columns,
        rows=tuple(_lettered(_restated_row(writer, one, unit), letters.get(one.now.concept)) for one in restated),
        notes=tuple((letter, said[name]) for name, letter in letters.items()),
    )


def _lettered(row: Row, letter: str | None) -> Row:
    """The row with the letter of its reason."""
    first, *rest = row.cells
    return replace(row, cells=(replace(first, letters=(letter,)), *rest)) if letter else row


def _restated_row(writer: Writer, one: Restatement, unit: str) -> Row:
    year = next(year for year in writer.earlier if year.filing.period == one.reported_in)
    was = replace(one.before, value=one.was, unit=one.now.unit)
    places = max(writer.places(one.now), writer.places(was))
    trends = [_trend(writer, one, value) for value in (one.was, one.now.value)]
    cells = (
        Figure(writer.label(one.now.concept)),
        Figure(writer.numbers.year(one.now.period)),
        _bare(year.figure(one.before, places, one.now.unit or ""), unit),
        _bare(writer.figure(one.now, places), unit),
        *difference_of(writer, one.now, was),
        *trends,
    )
    return Row(cells)


def _bare(figure: Figure, unit: str) -> Figure:
    """A figure without the unit that the header says."""
    return replace(figure, unit="") if unit and figure.unit == unit else figure


def _trend(writer: Writer, one: Restatement, base: object) -> Figure:
    """By how much this year's figure differs from the restated one, taken as `base`; a dash where it cannot be said."""
    current = _this_year(writer, one.now)
    value = writer.in_unit(current, one.now.unit or "").value if current else None
    if not isinstance(value, Decimal) or not isinstance(base, Decimal) or base <= 0:
        return NOTHING
    return Figure(writer.numbers.signed_percent((value - base) / base, 1))


def _this_year(writer: Writer, fact: Fact) -> Fact | None:
    """The figure of the reporting period that a figure of a base year belongs to."""
    for axis, _ in fact.dimensions:
        rest = tuple(pair for pair in fact.dimensions if pair[0] != axis)
        found = [one for one in writer.in_context(fact.concept, rest) if one.period.end == writer.filing.period.end]
        if found:
            return found[0]
    return None


def _reasons(writer: Writer, restated: Sequence[Restatement], reasons: Sequence[Restated]) -> Iterator[Note]:
    """Which restatements have no reason: one that was given stands under the table, or as a footnote of the figure."""
    given = {each.figure for each in reasons}
    left = [one.now for one in restated if not one.now.footnotes and one.now.concept not in given]
    without = dict.fromkeys(writer.label(fact.concept) for fact in left)
    if without:
        names = "; ".join(without)
        yield Note(writer.say("The data gives no reason for the restatement of: %(names)s.", names=names), "absent")
