"""The one place where small groups are withheld: the last step of measuring, over all figures at once.

A figure is withheld when fewer cases or fewer accounts stand behind it than the settings ask for. Where the groups of
one whole are shown, so many more are withheld that what is hidden cannot be had by taking the shown ones from the
whole: the hidden ones together must make a group that could be shown, and be more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from esgreport.customer_metrics import Evidence
from esgreport.definitions.cx_metric import CustomerMetricBase
from esgreport.measure.customers.figures import Estimate, Figure, Reason, because


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many cases a figure is shown, from how many in full, and how many accounts must stand behind it."""

    show: int
    full: int
    accounts: int

    def enough(self, n: int, accounts: int | None) -> bool:
        """Whether a group of that size may be shown; `accounts` None: it is not known whose they are."""
        return n >= self.show and (accounts is None or accounts >= self.accounts)


@dataclass(frozen=True, slots=True)
class Group:
    """How large one of the groups of a whole is."""

    n: int
    accounts: int | None


def hidden_groups(
    groups: Sequence[Group], limits: Thresholds, already: frozenset[int] = frozenset(), *, apart: bool
) -> frozenset[int]:
    """Which of the groups of a whole may not be shown, those `already` hidden among them.

    `apart`: no account is in two of them.
    """
    hidden = set(already)
    hidden |= {at for at, group in enumerate(groups) if not limits.enough(group.n, group.accounts)}
    by_size = sorted((at for at in range(len(groups)) if at not in hidden), key=lambda at: groups[at].n)
    for at in by_size:
        if not hidden or _covered([groups[each] for each in hidden], limits, apart=apart):
            break
        hidden.add(at)
    return frozenset(hidden)


def _covered(hidden: Sequence[Group], limits: Thresholds, *, apart: bool) -> bool:
    """Whether hidden groups, which anyone can take from the whole as one, are enough together."""
    counts = [group.accounts for group in hidden if group.accounts is not None]
    accounts = (sum(counts) if apart else max(counts)) if counts else None
    return len(hidden) > 1 and limits.enough(sum(group.n for group in hidden), accounts)


def disclosure_control(
    figures: Sequence[Figure],
    metrics: Mapping[str, CustomerMetricBase],
    limits: Thresholds,
    of_accounts: Iterable[str],
) -> tuple[Figure, ...]:
    """The figures with those withheld that must be, and those from few cases marked as weak.

    `of_accounts` are the dimensions that put each account into one group only.
    """
    apart = frozenset(of_accounts)
    wholes: dict[tuple[object, ...], list[int]] = {}
    for at, figure in enumerate(figures):
        if figure.estimate is not None:
            wholes.setdefault(_whole(figure, at), []).append(at)
    judged = list(figures)
    for places in wholes.values():
        of_metric = limits_of(metrics[figures[places[0]].metric], limits)
        groups = [_group(figures[at].estimate) for at in places]
        known = frozenset(number for number, at in enumerate(places) if figures[at].withheld)
        hidden = hidden_groups(groups, of_metric, known, apart=figures[places[0]].broken_down in apart)
        for number, at in enumerate(places):
            judged[at] = _judged(figures[at], groups[number], of_metric, hidden=number in hidden)
    return tuple(judged)


def limits_of(metric: CustomerMetricBase, limits: Thresholds) -> Thresholds:
    """The thresholds of one metric: its own where it has them, else those of the settings."""
    return Thresholds(
        limits.show if metric.show_from is None else metric.show_from,
        limits.full if metric.full_from is None else metric.full_from,
        limits.accounts if metric.accounts_from is None else metric.accounts_from,
    )


def _whole(figure: Figure, at: int) -> tuple[object, ...]:
    """What a figure is a part of; a figure not broken down is a whole by itself."""
    if not figure.broken_down:
        return (at,)
    others = tuple(pair for pair in figure.dimensions if pair[0] != figure.broken_down)
    return (figure.metric, figure.period, figure.broken_down, others)


def _group(estimate: Estimate | None) -> Group:
    assert estimate is not None
    return Group(estimate.n, estimate.accounts)


def _judged(figure: Figure, group: Group, limits: Thresholds, *, hidden: bool) -> Figure:
    if hidden:
        return replace(figure, withheld=True, reasons=(_why_hidden(group, limits),), evidence=Evidence.NOT_COMPARED)
    if group.n < limits.full:
        reasons = (*figure.reasons, because("few_cases", full=limits.full))
        arrow = figure.evidence in (Evidence.RISE, Evidence.FALL)
        evidence = Evidence.NOT_COMPARED if arrow else figure.evidence
        return replace(figure, weak=True, reasons=reasons, evidence=evidence)
    return figure


def _why_hidden(group: Group, limits: Thresholds) -> Reason:
    if limits.enough(group.n, group.accounts):
        return because("withheld_against_subtraction")
    return because("withheld", show=limits.show, accounts=limits.accounts)
