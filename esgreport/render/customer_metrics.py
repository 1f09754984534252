"""Customer metrics for machines and terminals: JSON in the form other programs expect, and tables; it measures none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions import Definitions, in_language
from esgreport.definitions.cx import ValueList
from esgreport.definitions.cx_metric import UnitOfMetrics
from esgreport.model import Period

_WIDEST = 58
_OFTEN = 3
"""Said with so many figures, a sentence is a note below the table."""
_DIFFERENCE = "share_points"
"""The unit of differences of shares: a change of 7 points is no change of 7 %."""


def metrics_document(metrics: Sequence[CustomerMetric]) -> dict[str, object]:
    """The metrics in the form of `cx --format json`. Shares are fractions, money is in the currency of the unit."""
    return {"metrics": [_metric_out(metric) for metric in metrics]}


def _metric_out(metric: CustomerMetric) -> dict[str, object]:
    return {
        "metric": metric.metric,
        "label": metric.label,
        "value": metric.value,
        "unit": metric.unit,
        "interval": list(metric.interval) if metric.interval else None,
        "confidence": metric.confidence,
        "n": metric.n,
        "accounts": metric.accounts,
        "dimensions": dict(metric.dimensions),
        "period": _period_out(metric.period),
        "method": metric.method,
        "status": metric.status.value,
        "reason": metric.reason,
        "better": metric.better or None,
        "source": [{"file": each.file, "sheet": each.sheet, "cell": each.cell} for each in metric.source],
    }


def _period_out(period: Period | None) -> dict[str, str]:
    if period is None:
        return {}
    if period.start is None:
        return {"instant": period.end.isoformat()}
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def metrics_table(metrics: Sequence[CustomerMetric], definitions: Definitions, language: str) -> str:
    """The metrics for a terminal, by group: value, interval, n, accounts, status, number of the method, notes.

    A metric of several parts has a line of its own above them. What there is to say about one figure stands under it;
    what is said of many has a letter and stands below; what could not be measured is listed last, with the reason.
    """
    table = _Table(definitions, language, _said_often(metrics))
    lines: list[str] = []
    for group in table.groups(metrics):
        lines += ["", *group]
    return "\n".join([*lines, "", *table.legend(), *table.missing(metrics)]).lstrip("\n") + "\n"


def _said_often(metrics: Sequence[CustomerMetric]) -> dict[str, str]:
    """Sentences that stand with many measured figures, each with its letter, in the order in which they come up."""
    measured = [metric for metric in metrics if metric.status is not Status.ABSENT]
    counts = Counter(sentence for metric in measured for sentence in _sentences(metric.reason))
    often = [sentence for sentence, count in counts.items() if count >= _OFTEN]
    return {sentence: _letters(place) for place, sentence in enumerate(often)}


def _sentences(reason: str) -> list[str]:
    return re.split(r"(?<=\.) (?=[^\W\d_])", reason) if reason else []


def _letters(place: int) -> str:
    """a to z, then aa, ab and so on."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


@dataclass(slots=True)
class _Table:
    """How a table is laid out in a language; `notes` are sentences with their letters.

    `methods` are those met so far, in the order of their numbers.
    """

    definitions: Definitions
    language: str
    notes: Mapping[str, str]
    methods: dict[str, int] = field(default_factory=dict)

    def groups(self, metrics: Sequence[CustomerMetric]) -> Iterator[list[str]]:
        """The lines of each group that has something measured."""
        of_group = self.definitions.cx_metrics.groups
        for name, word in of_group.items():
            inside = [metric for metric in metrics if self._group(metric) == name and metric.status != Status.ABSENT]
            if inside:
                yield [in_language(word.labels, self.language).upper(), *self._rows(inside)]

    def _group(self, metric: CustomerMetric) -> str:
        return self.definitions.cx_metrics.metrics[metric.metric].group

    def _rows(self, metrics: Sequence[CustomerMetric]) -> Iterator[str]:
        heads = [self._column(name) for name in ("metric", "value", "interval", "n", "accounts", "status", "method")]
        parted = {metric.label for metric in metrics if self._members(metric)}
        rows = [heads, *(self._row(metric, parted) for metric in metrics)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
        yield self._aligned(heads, widths)
        above = ""
        for metric, row in zip(metrics, rows[1:], strict=True):
            if metric.label in parted and metric.label != above:
                yield metric.label
            above = metric.label
            yield self._aligned(row, widths)
            told = [sentence for sentence in _sentences(metric.reason) if sentence not in self.notes]
            if told:
                yield f"    {' '.join(told)}"

    def _aligned(self, row: Sequence[str], widths: Sequence[int]) -> str:
        first = row[0].ljust(widths[0])
        numbers = [text.rjust(width) for text, width in zip(row[1:5], widths[1:5], strict=True)]
        return "  ".join([first, *numbers, row[5].ljust(widths[5]), row[6]]).rstrip()

    def _row(self, metric: CustomerMetric, parted: set[str]) -> list[str]:
        number = self.methods.setdefault(metric.method, len(self.methods) + 1) if metric.method else 0
        ends = [self._number(metric, end) for end in metric.interval or ()]
        letters = [self.notes[sentence] for sentence in _sentences(metric.reason) if sentence in self.notes]
        members = self._members(metric) or self._column("all")
        return [
            f"  {members}" if metric.label in parted else metric.label,
            self._shown(metric, metric.value),
            " – ".join(ends),
            "" if metric.n is None else str(metric.n),
            "" if metric.accounts is None else str(metric.accounts),
            self._word(self.definitions.cx_metrics.statuses, metric.status.value),
            " ".join([*([f"[{number}]"] if number else []), *letters]),
        ]

    def _members(self, metric: CustomerMetric) -> str:
        return ", ".join(self._member(name, member) for name, member in metric.dimensions)

    def _member(self, dimension: str, member: str) -> str:
        """The member as people call it; that of a number (months, a rate) with its dimension."""
        if member.replace(".", "").isdecimal():
            return f"{self._dimension(dimension)} {self._bare(member)}"
        if member in self.definitions.cx_metrics.columns:
            return f"{self._dimension(dimension)}: {self._column(member)}"
        values = (value for each in self._lists_of(dimension) for value in each.values)
        found = next((value for value in values if value.name == member), None)
        label = in_language(found.labels, self.language) if found else member
        return f"{self._dimension(dimension)}: {label}" if dimension == "direction" else label

    def _bare(self, member: str) -> str:
        """A rate as the language writes it; a whole number, such as a year, as it is."""
        from babel.numbers import format_decimal

        return str(format_decimal(float(member), locale=self.language)) if "." in member else member

    def _lists_of(self, dimension: str) -> Iterator[ValueList]:
        """The lists of values of all columns of that name, and the list called after the dimension."""
        customer = self.definitions.cx
        columns = (table.by_name[dimension] for table in customer.tables.values() if dimension in table.by_name)
        lists = (*(customer.values_of(column) for column in columns), customer.lists.get(f"{dimension}s"))
        yield from (values for values in lists if values)

    def _dimension(self, name: str) -> str:
        known = self.definitions.cx_metrics.dimensions.get(name)
        return in_language(known.labels, self.language) if known else name

    def _column(self, name: str) -> str:
        return self._word(self.definitions.cx_metrics.columns, name)

    def _word(self, words: Mapping[str, object], name: str) -> str:
        labels = getattr(words.get(name), "labels", {})
        return in_language(labels, self.language) or name

    def _shown(self, metric: CustomerMetric, value: float | None) -> str:
        """A value with its unit."""
        if value is None:
            return "–"
        unit = self._unit(metric)
        named = (
            metric.unit.removeprefix("iso4217:") if unit.shown == "money" else in_language(unit.labels, self.language)
        )
        bare = unit.shown == "percent" and unit.name != _DIFFERENCE
        return self._number(metric, value) + ("" if bare else f" {named}".rstrip())

    def _number(self, metric: CustomerMetric, value: float) -> str:
        """A value as the language writes it: a share in percent, a difference of shares in points of it."""
        from babel import Locale
        from babel.numbers import format_decimal, format_percent

        decimals = self.definitions.cx_metrics.metrics[metric.metric].decimals
        digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        unit = self._unit(metric)
        if unit.name == _DIFFERENCE:
            return format_decimal(round(100 * value, decimals) + 0.0, format=digits, locale=self.language)
        if unit.shown == "percent":
            pattern = str(Locale.parse(self.language).percent_formats[None].pattern)
            return format_percent(value, format=pattern.replace("#,##0", digits), locale=self.language)
        rounded = round(value, decimals) + 0.0  # no minus before nought
        return format_decimal(rounded, format=digits, locale=self.language)

    def _unit(self, metric: CustomerMetric) -> UnitOfMetrics:
        return self.definitions.cx_metrics.units[self.definitions.cx_metrics.metrics[metric.metric].unit]

    def legend(self) -> list[str]:
        """The notes by letter and the methods by number."""
        if not self.methods:
            return []
        notes = [f"  {letter}  {sentence}" for sentence, letter in self.notes.items()]
        methods = [f"  [{number}] {method}" for method, number in self.methods.items()]
        return [*([self._column("notes"), *notes, ""] if notes else []), self._column("methods"), *methods]

    def missing(self, metrics: Sequence[CustomerMetric]) -> list[str]:
        """What could not be measured, and why."""
        absent = [metric for metric in metrics if metric.status is Status.ABSENT]
        if not absent:
            return []
        width = min(max(len(metric.label) for metric in absent), _WIDEST)
        lines = [f"  {metric.label.ljust(width)}  {metric.reason}" for metric in absent]
        return ["", self._column("not_measured"), *lines]
