"""Customer metrics for machines and terminals: JSON in the form other programs expect, and tables; it measures none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions import Definitions, in_language
from esgreport.definitions.cx import ValueList
from esgreport.definitions.cx_metric import UnitOfMetrics
from esgreport.model import Period

_WIDEST = 58


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
    """The metrics for a terminal, by group: value, interval, n, accounts, status and the number of the method below.

    What there is to say about a figure stands under it; what could not be measured is listed last, with the reason.
    """
    table = _Table(definitions, language)
    lines: list[str] = []
    for group in table.groups(metrics):
        lines += ["", *group]
    return "\n".join([*lines, "", *table.legend(), *table.missing(metrics)]).lstrip("\n") + "\n"


@dataclass(slots=True)
class _Table:
    """How a table is laid out in a language; `methods` are those met so far, in the order of their numbers."""

    definitions: Definitions
    language: str
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
        rows = [heads, *(self._row(metric) for metric in metrics)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
        yield self._aligned(heads, widths)
        for metric, row in zip(metrics, rows[1:], strict=True):
            yield self._aligned(row, widths)
            if metric.reason:
                yield f"    {metric.reason}"

    def _aligned(self, row: Sequence[str], widths: Sequence[int]) -> str:
        first = row[0].ljust(widths[0])
        numbers = [text.rjust(width) for text, width in zip(row[1:5], widths[1:5], strict=True)]
        return "  ".join([first, *numbers, row[5].ljust(widths[5]), row[6]]).rstrip()

    def _row(self, metric: CustomerMetric) -> list[str]:
        number = self.methods.setdefault(metric.method, len(self.methods) + 1) if metric.method else 0
        ends = [self._number(metric, end) for end in metric.interval or ()]
        return [
            self._named(metric),
            self._shown(metric, metric.value),
            " – ".join(ends),
            "" if metric.n is None else str(metric.n),
            "" if metric.accounts is None else str(metric.accounts),
            self._word(self.definitions.cx_metrics.statuses, metric.status.value),
            f"[{number}]" if number else "",
        ]

    def _named(self, metric: CustomerMetric) -> str:
        members = ", ".join(self._member(name, member) for name, member in metric.dimensions)
        return f"{metric.label} · {members}" if members else metric.label

    def _member(self, dimension: str, member: str) -> str:
        """The member as people call it; that of a number (months, a rate) with its dimension."""
        if member.replace(".", "").isdecimal():
            return f"{self._dimension(dimension)} {member}"
        if member in self.definitions.cx_metrics.columns:
            return f"{self._dimension(dimension)}: {self._column(member)}"
        values = self._values_of(dimension)
        found = next((value for value in values.values if value.name == member), None) if values else None
        return in_language(found.labels, self.language) if found else member

    def _values_of(self, dimension: str) -> ValueList | None:
        """The list of values of the first column of that name."""
        tables = self.definitions.cx.tables.values()
        column = next((table.by_name[dimension] for table in tables if dimension in table.by_name), None)
        return self.definitions.cx.values_of(column) if column else None

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
        return self._number(metric, value) + ("" if unit.shown == "percent" else f" {named}".rstrip())

    def _number(self, metric: CustomerMetric, value: float) -> str:
        """A value as the language writes it, of a share in percent."""
        from babel import Locale
        from babel.numbers import format_decimal, format_percent

        decimals = self.definitions.cx_metrics.metrics[metric.metric].decimals
        digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        if self._unit(metric).shown == "percent":
            pattern = str(Locale.parse(self.language).percent_formats[None].pattern)
            return format_percent(value, format=pattern.replace("#,##0", digits), locale=self.language)
        rounded = round(value, decimals) + 0.0  # no minus before nought
        return format_decimal(rounded, format=digits, locale=self.language)

    def _unit(self, metric: CustomerMetric) -> UnitOfMetrics:
        return self.definitions.cx_metrics.units[self.definitions.cx_metrics.metrics[metric.metric].unit]

    def legend(self) -> list[str]:
        """The methods by number."""
        if not self.methods:
            return []
        return [self._column("methods"), *(f"  [{number}] {method}" for method, number in self.methods.items())]

    def missing(self, metrics: Sequence[CustomerMetric]) -> list[str]:
        """What could not be measured, and why."""
        absent = [metric for metric in metrics if metric.status is Status.ABSENT]
        if not absent:
            return []
        width = min(max(len(metric.label) for metric in absent), _WIDEST)
        lines = [f"  {metric.label.ljust(width)}  {metric.reason}" for metric in absent]
        return ["", self._column("not_measured"), *lines]
