"""What every block about customers needs at hand: figures by metric, their numbers in words, anchors, who reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from esgreport.compose.customers.members import Members
from esgreport.compose.numbers import rounded
from esgreport.compose.writer import Writer
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_panels import CustomerFigures
from esgreport.definitions.cx_metric import CustomerMetricBase, UnitOfMetrics
from esgreport.definitions.cx_metrics import CustomerMetricDefinitions
from esgreport.definitions.cx_report import AnyBlock, Audience, CustomerLayout, SectionLayout, Wanted
from esgreport.document import Figure
from esgreport.model import Period, Source

_SIGNED = ("change", "against_rest", "mix_effect")
"""Kinds of metric that are a difference and show their sign."""
_OF_SCALES = ("direction", "scale")
"""Dimensions that are told under a figure rather than in its name."""
_AS_ASKED = "raw"
"""How a metric codes answers it shows as they were given; such a metric says its scale itself."""
_FIRST = "survey_type"
"""The dimension that is told first."""
_NOISE = 1e-9
"""What is smaller is nought that was computed."""


@dataclass(frozen=True)
class CustomerDesk:
    """The report's writer, what was measured about customers, and for whom it is told."""

    writer: Writer
    found: CustomerFigures
    audience: Audience

    # ── definitions ──

    @property
    def layout(self) -> CustomerLayout:
        """What a report shows of customers."""
        return self.writer.definitions.cx_panels.report

    @property
    def words(self) -> CustomerMetricDefinitions:
        """The words of metrics and panels."""
        return self.writer.definitions.cx_panels.words

    def definition(self, metric: CustomerMetric) -> CustomerMetricBase:
        """The definition of a figure."""
        return self.words.metrics.get(metric.metric) or self.writer.definitions.cx_panels.figures[metric.metric]

    def shows(self, layout: SectionLayout | AnyBlock | Wanted) -> bool:
        """Whether a section, block or figure is in the edition for this report's readers."""
        return layout.audience in ("all", self.audience)

    # ── figures ──

    @cached_property
    def figures(self) -> tuple[CustomerMetric, ...]:
        """All figures, each once: the metrics, then those the panels made."""
        return tuple(dict.fromkeys((*self.found.metrics, *_figures_in(self.found.panels))))

    @cached_property
    def anchors(self) -> Mapping[CustomerMetric, str]:
        """The anchor of each figure."""
        return {figure: f"cx-{number}" for number, figure in enumerate(self.figures, start=1)}

    @cached_property
    def _broken_down(self) -> frozenset[str]:
        asked = (name for each in self.layout.breakdowns for name in self.words.asked_for(each))
        return frozenset(asked)

    def wanted(self, want: Wanted, by: str = "") -> tuple[CustomerMetric, ...]:
        """The figures a layout asks for, in their order; those of other breakdowns are not among them."""
        if not self.shows(want):
            return ()
        return tuple(
            figure
            for figure in self.figures
            if figure.metric == want.metric and self._matches(figure, want, by) and (not by or figure.member(by))
        )

    def _matches(self, figure: CustomerMetric, want: Wanted, by: str) -> bool:
        stated = all(self.members.stands_for(name, wish, figure.member(name)) for name, wish in want.where.items())
        others = {name for name, _ in figure.dimensions} - {by} - want.where.keys()
        return stated and not others & self._broken_down

    # ── words ──

    @cached_property
    def members(self) -> Members:
        """What members of dimensions are called."""
        return Members(self.writer, self.found.panels)

    def label(self, metric: CustomerMetric, want: Wanted, by: str = "") -> str:
        """What a figure is called in a row: its own or a shorter name, and the members nobody named."""
        told = self.named(metric, want)
        if by:
            return told
        name = self.writer.text(want.label) if want.label else metric.label
        return f"{name} · {told}" if told else name

    def named(self, metric: CustomerMetric, want: Wanted) -> str:
        """The members of a figure that nobody named yet."""
        shown = [each for each in metric.dimensions if each[0] not in want.where and each[0] not in _OF_SCALES]
        shown.sort(key=lambda each: each[0] != _FIRST)
        return ", ".join(self.members.told(name, member) for name, member in shown)

    def count(self, number: int) -> str:
        """A number of cases."""
        return self.writer.numbers.number(Decimal(number), 0)

    def scale_words(self, metric: CustomerMetric) -> str:
        """Which scale an answer was given on, and what its high end means; empty where there is none to tell."""
        if getattr(self.definition(metric), "coding", "") == _AS_ASKED:
            return ""
        told = [self.members.told(name, member) for name, member in metric.dimensions if name in _OF_SCALES]
        return f"{' · '.join(reversed(told))}." if told else ""

    def unit_of(self, metric: CustomerMetric) -> UnitOfMetrics:
        """The unit of a figure."""
        return self.words.units[self.definition(metric).unit]

    def unit(self, metric: CustomerMetric) -> str:
        """The unit beside a figure's number; nothing where the number has it."""
        unit = self.unit_of(metric)
        if unit.shown == "money":
            return metric.unit.removeprefix("iso4217:")
        if unit.shown == "percent":
            return ""
        return self.writer.text(unit.one if unit.one and self._is_one(metric) else unit.labels)

    def _is_one(self, metric: CustomerMetric) -> bool:
        """Whether the language says the unit of the number as it is shown in the singular: French does below two."""
        shown = rounded(abs(Decimal(repr(float(metric.value or 0)))), self.definition(metric).decimals)
        return str(self.writer.numbers.locale.plural_form(shown)) == "one"

    def number(self, metric: CustomerMetric, value: float) -> str:
        """A value as the language writes it: shares in percent, differences with sign, those of shares in points."""
        numbers, places = self.writer.numbers, self.definition(metric).decimals
        exact = Decimal(repr(float(value))) if abs(value) > _NOISE else Decimal(0)
        signed = getattr(self.definition(metric), "kind", "") in _SIGNED
        if metric.unit == "share_points":
            return self.writer.say("%(points)s pp", points=numbers.signed(exact * 100, places))
        if self.unit_of(metric).shown == "percent":
            return numbers.signed_percent(exact, places) if signed else numbers.percent(exact, places)
        return numbers.signed(exact, places) if signed else numbers.number(exact, places)

    def with_unit(self, metric: CustomerMetric) -> str:
        """A value with its unit, in running text; empty where there is none."""
        if metric.value is None:
            return ""
        return " ".join(filter(None, (self.number(metric, metric.value), self.unit(metric))))

    def interval(self, metric: CustomerMetric) -> str:
        """The ends of the interval; empty where there is none."""
        if metric.interval is None:
            return ""
        low, high = (self.number(metric, end) for end in metric.interval)
        return self.writer.say("%(low)s to %(high)s", low=low, high=high)

    def figure(self, metric: CustomerMetric, remark: str = "") -> Figure:
        """The value as a figure that leads to its source; a dash where it is withheld or absent."""
        if metric.value is None:
            return Figure("–", remark=remark)
        return Figure(self.number(metric, metric.value), self.unit(metric), (self.anchors[metric],), remark=remark)

    def state(self, metric: CustomerMetric) -> str:
        """How far a figure carries, in a word."""
        return self.writer.text(self.words.statuses[metric.status.value].labels)

    # ── what holds for all ──

    @cached_property
    def period(self) -> Period | None:
        """The period most figures cover."""
        periods = Counter(figure.period for figure in self.figures if figure.period and not figure.period.instant)
        return max(periods, key=lambda each: periods[each], default=None)

    @property
    def period_words(self) -> str:
        """That period in words."""
        return self.writer.numbers.period(self.period) if self.period else "–"

    @cached_property
    def confidence(self) -> str:
        """The confidence of the intervals, as a percentage."""
        levels = Counter(figure.confidence for figure in self.figures if figure.confidence)
        level = max(levels, key=lambda each: levels[each], default=None)
        return self.writer.numbers.percent(Decimal(repr(float(level))), 0) if level else "–"

    @property
    def no_source(self) -> Source:
        """Where a figure comes from that names no rows: the files as a whole."""
        return Source(self.found.digests[0][0] if self.found.digests else "")

    @property
    def files(self) -> str:
        """The files, with the start of their digests."""
        return ", ".join(f"{Path(file).name} (SHA-256 {digest[:12]}…)" for file, digest in self.found.digests)


def bare(source: Source) -> Source:
    """A source by the file's name alone, since a path tells of the computer it came from."""
    return replace(source, file=Path(source.file).name)


def has_value(metric: CustomerMetric) -> bool:
    """Whether there is a number to show."""
    return metric.value is not None and metric.status in (Status.FULL, Status.INDICATIVE)


def _figures_in(value: object) -> Iterator[CustomerMetric]:
    """All figures in a panel, however deep."""
    if isinstance(value, CustomerMetric):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _figures_in(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _figures_in(getattr(value, part.name))
