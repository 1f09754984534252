"""Panels about customers for machines and terminals: JSON under a key each, and a compact text; it computes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_panels import CustomerPanels
from esgreport.definitions import in_language
from esgreport.definitions.cx_panels import PanelDefinitions
from esgreport.model import Source
from esgreport.render.customer_metrics import metrics_document

_PLAIN = (str, int, float, bool, type(None))
_INDENT = "  "
_DIFFERENCE = "share_points"
_MOST = 10
"""How many lines of a long list a terminal is given; JSON has all of them."""


def panels_document(panels: CustomerPanels) -> dict[str, object]:
    """Each panel under its name; figures in it have the form of `cx --format json`, days are ISO, shares fractions."""
    return {part.name: _out(getattr(panels, part.name)) for part in fields(panels)}


def _out(value: object) -> object:
    if isinstance(value, CustomerMetric):
        listed = metrics_document([value])["metrics"]
        return listed[0] if isinstance(listed, list) else listed
    if isinstance(value, (tuple, list)):
        return [_out(item) for item in value]
    if is_dataclass(value):
        kept = ("file", "sheet", "cell") if isinstance(value, Source) else [part.name for part in fields(value)]
        return {name: _out(getattr(value, name)) for name in kept}
    if isinstance(value, (Enum, date)):
        return value.value if isinstance(value, Enum) else value.isoformat()
    assert isinstance(value, _PLAIN)
    return value


# ── for a terminal ───────────────────────────────────────────────────────────────────────────────────────────


def panels_text(panels: CustomerPanels, definitions: PanelDefinitions, language: str) -> str:
    """The panels as text: what was found and how far it carries, in the order of the panels."""
    words = _Words(definitions, language, {each.code: each.label for each in panels.journey.channels})
    parts: Mapping[str, Sequence[str]] = {
        "journey": [*_journey(panels, words)],
        "feedback": [*_feedback(panels, words)],
        "drivers": [*_drivers(panels, words)],
        "themes": [*_themes(panels, words)],
        "predictive": [*_predictive(panels)],
        "values": [*_values(panels, words)],
        "registers": [*_registers(panels, words)],
    }
    lines: list[str] = []
    for name, told in parts.items():
        heading = in_language(definitions.words.groups[name].labels, language).upper()
        lines += ["", heading, *(f"{_INDENT}{line}" for line in told)]
    return "\n".join(lines) + "\n"


def _journey(panels: CustomerPanels, words: _Words) -> Iterator[str]:
    found = panels.journey
    yield found.description
    yield from (words.line(figure) for figure in found.figures)
    names = {each.id: each.name for each in found.touchpoints}
    ranked = [each for each in found.touchpoints if each.opportunity]
    for each in sorted(ranked, key=lambda each: (each.opportunity.rank if each.opportunity else 0, each.id))[:_MOST]:
        assert each.opportunity is not None
        low, high = each.opportunity.ranks
        band = each.opportunity.band.label if each.opportunity.band else ""
        place = f"{low}" if low == high else f"{low}–{high}"
        yield f"{place:>6}  {names[each.id]} · {band}"
    yield from found.notes


def _feedback(panels: CustomerPanels, words: _Words) -> Iterator[str]:
    found = panels.feedback
    yield from (words.line(figure) for figure in (*found.ledger, *found.loop))
    yield from (f"{each.check.label}: {each.text}" for each in found.checks if each.speaks)
    signalled = [view for view in found.accounts if view.signals][:_MOST]
    yield from (f"{view.account}: {', '.join(signal.label for signal in view.signals)}" for view in signalled)
    yield from found.notes


def _drivers(panels: CustomerPanels, words: _Words) -> Iterator[str]:
    for each in panels.drivers:
        yield f"{each.outcome.label}: {each.reason}" if each.reason else words.line(each.explained)
        yield from (words.line(share) for share in (*each.shares, *each.weights))
    yield from (words.line(figure) for figure in panels.prediction.figures if figure.value is not None)
    yield panels.prediction.verdict
    yield from panels.prediction.research
    yield from panels.prediction.notes


def _themes(panels: CustomerPanels, words: _Words) -> Iterator[str]:
    for theme in panels.themes.themes[:_MOST]:
        told = [replace(figure, dimensions=()) for figure in theme.figures if figure.value is not None]
        why = "" if told or not theme.figures else f": – {theme.figures[0].reason}"
        yield f"{theme.theme.label}{why}"
        yield from (f"{_INDENT}{words.line(figure)}" for figure in told)
    yield from (f"{topic.language}: {', '.join(topic.words)}" for topic in panels.themes.topics)
    yield from panels.themes.notes


def _predictive(panels: CustomerPanels) -> Iterator[str]:
    found = panels.predictive
    for each in found.criteria:
        yield f"{each.criterion.label}: {each.inequality}: {each.met_label}. {each.note}".rstrip()
    yield found.verdict
    if found.break_even:
        yield found.break_even.text
    yield from found.notes


def _values(panels: CustomerPanels, words: _Words) -> Iterator[str]:
    found = panels.values
    told = (*found.figures, *found.controlled, *found.reliability, *found.requests)
    yield from (words.line(figure) for figure in told)
    yield from found.notes
    for claim in found.claims:
        if claim.own:
            yield f"{claim.text} {claim.own_text}"
            yield from (f"{_INDENT}{words.line(figure)}" for figure in claim.own)


def _registers(panels: CustomerPanels, words: _Words) -> Iterator[str]:
    found = panels.registers
    yield from (words.line(figure) for figure in found.figures)
    yield from (
        f"{each.statement}: {each.status.label}. {each.evidence}".rstrip(". ") + "."
        for each in found.assumptions[:_MOST]
        if each.status
    )
    yield from (f"{each.item.label}: {each.status.label}" for each in found.maturity if each.status)
    yield from found.notes


@dataclass(frozen=True, slots=True)
class _Words:
    """What figures are put on a line with."""

    definitions: PanelDefinitions
    language: str
    names: Mapping[str, str]
    """Labels of members that are values of a list, by code."""

    def line(self, figure: CustomerMetric) -> str:
        """A figure on one line: label, members, value, interval, n; without a value what there is to say of it."""
        members = ", ".join(self._member(name, member) for name, member in figure.dimensions)
        label = f"{figure.label} · {members}" if members else figure.label
        if figure.value is None:
            return f"{label}: – {figure.reason}"
        counted = f", n = {figure.n}" if figure.n is not None else ""
        unit = f" {self._word('units', figure.unit)}" if figure.unit == _DIFFERENCE else ""
        sure = f", {self._word('statuses', figure.status.value)}" if figure.status is Status.INDICATIVE else ""
        return f"{label}: {self._number(figure, figure.value)}{unit}{self._interval(figure)}{counted}{sure}"

    def _word(self, kind: str, name: str) -> str:
        words = self.definitions.words
        labels = words.units[name].labels if kind == "units" else words.statuses[name].labels
        return in_language(labels, self.language)

    def _member(self, dimension: str, member: str) -> str:
        """A member as people call it, where the panels have a word for it."""
        rules = self.definitions.drivers
        known = {each.name: each.labels for each in rules.drivers} | {each.name: each.labels for each in rules.outcomes}
        if dimension in ("driver", "outcome") and member in known:
            return in_language(known[member], self.language)
        word = self.definitions.texts.get(member)
        return in_language(word.labels, self.language) if word else self.names.get(member, member)

    def _interval(self, figure: CustomerMetric) -> str:
        if figure.interval is None:
            return ""
        low, high = (self._number(figure, end) for end in figure.interval)
        return f" ({low} – {high})"

    def _number(self, figure: CustomerMetric, value: float) -> str:
        """A value as the language writes it: shares in percent, their differences in points, money with currency."""
        from babel import Locale
        from babel.numbers import format_decimal, format_percent

        if figure.unit == _DIFFERENCE:
            return str(format_decimal(100 * value, format="#,##0.#", locale=self.language))
        if figure.unit == "share":
            pattern = str(Locale.parse(self.language).percent_formats[None].pattern).replace("#,##0", "#,##0.#")
            return str(format_percent(value, format=pattern, locale=self.language))
        digits = "#,##0" if abs(value) >= 1000 else "#,##0.##"
        shown = str(format_decimal(value, format=digits, locale=self.language))
        return f"{shown} {figure.unit.removeprefix('iso4217:')}" if figure.unit.startswith("iso4217:") else shown
