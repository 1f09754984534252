"""Figures into what is handed on: label, method, reason in the reader's language, the rows they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions.cx_metric import Word
from esgreport.definitions.cx_metrics import CustomerMetricDefinitions, MetricOfCustomers
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError
from esgreport.measure.customers.figures import Estimate, Figure, InUnit, Reason, ReasonValue
from esgreport.model import Source, cell_reference
from esgreport.tables import CustomerTables
from esgreport.texts import day_in_words


@dataclass(frozen=True, slots=True)
class Wording:
    """What figures are put into words with."""

    metrics: CustomerMetricDefinitions
    tables: CustomerTables
    language: str

    def worded(self, figure: Figure) -> CustomerMetric:
        """The figure as it is handed on; a withheld one keeps no number."""
        metric = self.metrics.metrics[figure.metric]
        estimate = None if figure.withheld else figure.estimate
        return CustomerMetric(
            metric=metric.code,
            label=self._in_language(metric.labels),
            value=estimate.value if estimate else None,
            unit=self._unit(metric),
            interval=estimate.interval if estimate else None,
            confidence=_confidence(estimate),
            n=estimate.n if estimate else None,
            accounts=estimate.accounts if estimate else None,
            dimensions=figure.dimensions,
            period=figure.period,
            method=self._method(figure),
            status=_status(figure),
            reason=self._reason(figure, metric),
            better="" if metric.better == "none" else metric.better,
            source=tuple(self._sources(figure.tables)),
            evidence=figure.evidence,
        )

    def _unit(self, metric: MetricOfCustomers) -> str:
        unit = self.metrics.units[metric.unit]
        return f"iso4217:{self.tables.text('currency') or 'XXX'}" if unit.shown == "money" else unit.name

    def _method(self, figure: Figure) -> str:
        texts = [self._text("method", self.metrics.methods, name) for name in dict.fromkeys(figure.methods)]
        return "; ".join(texts)

    def _reason(self, figure: Figure, metric: MetricOfCustomers) -> str:
        return " ".join(self._said(reason, metric) for reason in dict.fromkeys(figure.reasons))

    def _said(self, reason: Reason, metric: MetricOfCustomers) -> str:
        text = self._text("reason", self.metrics.reasons, reason.code)
        values = {name: self._shown(value, metric) for name, value in reason.values}
        try:
            return text.format(**values)
        except KeyError as missing:
            raise DefinitionError(f"schemas/cx/words.yaml: {reason.code} asks for {missing}, not given.") from None

    def _shown(self, value: ReasonValue, metric: MetricOfCustomers) -> str:
        """A text as it is, a day in words, a number as the language writes it, in the metric's unit if it has it."""
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return day_in_words(value, self.language).replace(". ", ".\u00a0")  # "1. Januar" ends no sentence
        from babel import Locale
        from babel.numbers import format_decimal, format_percent

        number = value.value if isinstance(value, InUnit) else value
        if isinstance(value, InUnit) and self.metrics.units[metric.unit].shown == "percent":
            pattern = str(Locale.parse(self.language).percent_formats[None].pattern)
            shown = format_percent(number, format=pattern.replace("#,##0", "#,##0.#"), locale=self.language)
        else:
            shown = format_decimal(number, format="#,##0.##", locale=self.language)
        return str(shown).replace("-", "−")

    def _text(self, what: str, words: Mapping[str, Word], name: str) -> str:
        if name not in words:
            raise DefinitionError(f"schemas/cx/words.yaml: there is no {what} {name!r}.{did_you_mean(name, words)}")
        return self._in_language(words[name].labels)

    def _in_language(self, text: Mapping[str, str]) -> str:
        return text.get(self.language) or text.get("en", "")

    def _sources(self, tables: Sequence[str]) -> Iterator[Source]:
        """The rows of the tables, part by part, as one area each."""
        for name in dict.fromkeys(tables):
            for part in self.tables.tables[name].parts:
                if not len(part.rows):
                    continue
                first, last = int(part.rows.min()), int(part.rows.max())
                columns = part.columns.values()
                if columns:
                    area = f"{cell_reference(first, min(columns))}:{cell_reference(last, max(columns))}"
                else:
                    area = f"{first}:{last}"
                yield Source(part.source.file, part.source.sheet, area)


def _confidence(estimate: Estimate | None) -> float | None:
    return estimate.confidence if estimate and estimate.interval is not None else None


def _status(figure: Figure) -> Status:
    if figure.withheld:
        return Status.WITHHELD
    if figure.estimate is None:
        return Status.ABSENT
    return Status.INDICATIVE if figure.weak else Status.FULL
