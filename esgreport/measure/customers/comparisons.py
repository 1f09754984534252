"""Is it more than chance: change from the period before, a group against the rest, what a sample could show at all.

No comparison is said to show anything unless its interval leaves out nought, the test holds after correction for all
groups looked at together, and the difference is as large as the workbook says it must be to matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from esgreport.customer_metrics import Evidence
from esgreport.definitions.cx_surveys import AgainstRest, Change, Detectable, EqualGroups, MixEffect
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.disclosure import Group, hidden_groups, limits_of
from esgreport.measure.customers.figures import Estimate, Figure, InUnit, Reason, because
from esgreport.measure.customers.intervals import Difference, Measured, difference, intervals, smallest_detectable
from esgreport.measure.customers.pool_kinds import pool_of
from esgreport.measure.customers.pools import Part, Parted, Pool, Refused, absent, parted, sampled
from esgreport.measure.customers.sampling import Cells, Sample, correlation

Comparing = Change | AgainstRest | Detectable | EqualGroups | MixEffect


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: a sample of one group, and its mean in the metric's unit."""

    sample: Sample
    measured: Measured

    @property
    def n(self) -> int:
        return int(self.sample.n[0])

    @property
    def accounts(self) -> int | None:
        return int(self.sample.accounts[0]) if (self.sample.cells.account >= 0).any() else None


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sides compared, for one part of a pool."""

    part: Part
    first: _Side
    second: _Side
    difference: Difference
    hidden: bool


def _side(pool: Pool, cells: Cells, customers: Customers, confidence: float) -> _Side:
    sample = sampled(pool, cells, customers)
    made = intervals(sample, pool.scale, confidence)
    value = float(sample.mean[0]) * pool.scale.factor
    ends = float(made.low[0]), float(made.high[0])
    return _Side(sample, Measured(value, *ends, float(made.error[0]), float(made.centre[0])))


def _ways(metric: Comparing, pool: Pool, customers: Customers, *, whole: bool) -> Iterator[Parted]:
    """The pool as a whole, where that is wanted, and broken down by each dimension asked for."""
    if whole and (undivided := parted(pool, customers)):
        yield undivided
    for dimension in customers.dimensions_for(metric.by):
        if broken := parted(pool, customers, dimension):
            yield broken


def change(metric: Change, customers: Customers) -> Iterator[Figure]:
    """By how much each figure of a metric differs from the period before."""
    pool = pool_of(customers.metrics.metrics[metric.of], customers)
    if isinstance(pool, Refused) or customers.prior is None:
        yield absent(metric, pool.reason if isinstance(pool, Refused) else because("no_period"))
        return
    found = False
    for broken in _ways(metric, pool, customers, whole=True):
        for _, parts in broken.wholes:
            pairs = list(_changes(metric, pool, broken, parts, customers))
            found = found or bool(pairs)
            yield from _compared(metric, pool, pairs, customers, ("compared_with_prior",))
    if not found:
        yield absent(metric, because("no_cases_before"), pool.period)


def _changes(
    metric: Change, pool: Pool, broken: Parted, parts: Sequence[Part], customers: Customers
) -> Iterator[_Pair]:
    hidden = _hidden(metric, pool, broken, parts, customers)
    both = [part for part in parts if _cases(broken, part.now) and _cases(broken, part.before)]
    confidence = 1 - (1 - customers.confidence) / max(len(both), 1)
    for part in both:
        now, before = (_side(pool, broken.cells.of_group(at), customers, confidence) for at in (part.now, part.before))
        shared = correlation(now.sample, before.sample)
        yield _Pair(part, now, before, difference(now.measured, before.measured, shared), part in hidden)


def against_rest(metric: AgainstRest, customers: Customers) -> Iterator[Figure]:
    """By how much each group differs from all others together; there is none without a dimension."""
    pool = pool_of(customers.metrics.metrics[metric.of], customers)
    if isinstance(pool, Refused):
        return
    for broken in _ways(metric, pool, customers, whole=False):
        for _, parts in broken.wholes:
            pairs = list(_against_rest(metric, pool, broken, parts, customers))
            yield from _compared(metric, pool, pairs, customers, ("compared_with_rest",))


def _against_rest(
    metric: AgainstRest, pool: Pool, broken: Parted, parts: Sequence[Part], customers: Customers
) -> Iterator[_Pair]:
    hidden = _hidden(metric, pool, broken, parts, customers)
    there = [part for part in parts if _cases(broken, part.now)]
    if len(there) < 2:
        return
    confidence = 1 - (1 - customers.confidence) / len(there)
    for part in there:
        rest = [other.now for other in there if other is not part]
        ours = _side(pool, broken.cells.of_group(part.now), customers, confidence)
        theirs = _side(pool, broken.cells.of_groups(rest), customers, confidence)
        shared = correlation(ours.sample, theirs.sample)
        yield _Pair(part, ours, theirs, difference(ours.measured, theirs.measured, shared), part in hidden)


def _cases(broken: Parted, group: int) -> bool:
    return bool((broken.cells.group == group).any())


def _hidden(
    metric: Comparing, pool: Pool, broken: Parted, parts: Sequence[Part], customers: Customers
) -> frozenset[Part]:
    """The parts that could not be shown by themselves, in either period: what is compared may not give them away."""
    sample = sampled(pool, broken.cells, customers)
    limits = limits_of(metric, customers.thresholds)
    apart = bool(broken.grouping and broken.grouping.of_accounts)
    found: set[Part] = set()
    for when in ("now", "before"):
        there = [part for part in parts if sample.n[getattr(part, when)] > 0]
        sizes = [_size(sample, getattr(part, when)) for part in there]
        found |= {there[at] for at in hidden_groups(sizes, limits, apart=apart)}
    return frozenset(found)


def _size(sample: Sample, group: int) -> Group:
    known = bool((sample.cells.account[sample.cells.group == group] >= 0).any())
    return Group(int(sample.n[group]), int(sample.accounts[group]) if known else None)


def _compared(
    metric: Change | AgainstRest, pool: Pool, pairs: Sequence[_Pair], customers: Customers, methods: tuple[str, ...]
) -> Iterator[Figure]:
    """The figures of a family of comparisons, with the chance of error held down over all of them."""
    if not pairs:
        return
    adjust = metric.adjust if isinstance(metric, AgainstRest) else "holm"
    chances = corrected_chances([pair.difference.p for pair in pairs], adjust)
    practical = customers.tables.number(metric.practical) or 0.0
    many = (f"adjusted_{adjust}",) if len(pairs) > 1 else ()
    for pair, chance in zip(pairs, chances, strict=True):
        found = pair.difference
        evidence = _evidence(found, chance < 1 - customers.confidence, practical)
        low, high = found.low, found.high
        known = None in (pair.first.accounts, pair.second.accounts)
        yield Figure(
            metric.code,
            Estimate(
                value=found.value,
                interval=None if np.isnan(low) or np.isnan(high) else (low, high),
                n=min(pair.first.n, pair.second.n),
                accounts=None if known else min(pair.first.accounts or 0, pair.second.accounts or 0),
                confidence=customers.confidence,
            ),
            pair.part.members,
            pool.period,
            (*methods, *many, *pool.methods),
            (_said(evidence, metric, practical, len(pairs)),),
            (pool.table,),
            evidence,
            broken_down=pair.part.dimension,
            withheld=pair.hidden,
        )


def corrected_chances(chances: Sequence[float], adjust: str) -> list[float]:
    """The chances of a family corrected for their number, by Holm or by Benjamini and Hochberg.

    statsmodels' `multipletests`, which the tests hold this against, collects garbage at each call: a tenth of a second.
    """
    found = np.nan_to_num(np.asarray(chances, dtype=np.float64), nan=1.0)
    order, count = np.argsort(found), len(found)
    ranks = np.arange(count)
    if adjust == "holm":
        corrected = np.maximum.accumulate(found[order] * (count - ranks))
    else:
        corrected = np.minimum.accumulate((found[order] * count / (ranks + 1))[::-1])[::-1]
    adjusted = np.empty(count)
    adjusted[order] = np.minimum(corrected, 1.0)
    return [float(chance) for chance in adjusted]


def _evidence(found: Difference, significant: object, practical: float) -> Evidence:
    if not (found.clear and significant):
        return Evidence.NONE
    if abs(found.value) < practical:
        return Evidence.TOO_SMALL
    return Evidence.RISE if found.value > 0 else Evidence.FALL


def _said(evidence: Evidence, metric: Change | AgainstRest, practical: float, families: int) -> Reason:
    what = "change" if isinstance(metric, Change) else "rest"
    if evidence is Evidence.TOO_SMALL:
        return because(f"{what}_too_small", practical=InUnit(practical))
    if evidence is Evidence.NONE:
        return because(f"{what}_no_evidence", groups=families)
    return because(f"{what}_{evidence.value}")


def detectable(metric: Detectable, customers: Customers) -> Iterator[Figure]:
    """The smallest change another sample like this one would show."""
    pool = pool_of(customers.metrics.metrics[metric.of], customers)
    if isinstance(pool, Refused):
        yield absent(metric, pool.reason)
        return
    for broken in _ways(metric, pool, customers, whole=True):
        for part in (part for _, parts in broken.wholes for part in parts if _cases(broken, part.now)):
            side = _side(pool, broken.cells.of_group(part.now), customers, customers.confidence)
            spread, worth = float(side.sample.spread[0]) * pool.scale.factor**2, float(side.sample.effective[0])
            if spread == 0:
                spread = side.measured.error**2 * worth
            if np.isnan(spread):
                continue
            value = smallest_detectable(spread, worth, customers.confidence, metric.power)
            estimate = Estimate(value, None, side.n, side.accounts)
            yield Figure(
                metric.code,
                estimate,
                part.members,
                pool.period,
                ("detectable",),
                tables=(pool.table,),
                broken_down=part.dimension,
            )


def equal_groups(metric: EqualGroups, customers: Customers) -> Iterator[Figure]:
    """The plain mean of the values of those groups that may be shown."""
    figures = list(_equal_groups(metric, customers))
    yield from figures or [absent(metric, because("no_groups"))]


def _equal_groups(metric: EqualGroups, customers: Customers) -> Iterator[Figure]:
    for pool, broken, stratum, parts in _by_group(metric, customers):
        hidden = _hidden(metric, pool, broken, parts, customers)
        shown = [part for part in parts if _cases(broken, part.now) and part not in hidden]
        if len(shown) < 2:
            continue
        sides = [_side(pool, broken.cells.of_group(part.now), customers, customers.confidence) for part in shown]
        value = float(np.mean([side.measured.value for side in sides]))
        error = float(np.sqrt(np.sum([side.measured.error**2 for side in sides]))) / len(sides)
        reach = _normal(customers.confidence) * error
        whole = broken.cells.of_groups([part.now for part in shown])
        everyone = _side(pool, whole, customers, customers.confidence)
        ends = (max(value - reach, pool.scale.low), min(value + reach, pool.scale.high))
        estimate = Estimate(value, ends, everyone.n, everyone.accounts, customers.confidence, error)
        yield Figure(
            metric.code,
            estimate,
            pool.members[stratum],
            pool.period,
            ("equal_groups",),
            (because("groups_counted", groups=len(shown)),),
            (pool.table,),
        )


def mix_effect(metric: MixEffect, customers: Customers) -> Iterator[Figure]:
    """What of a change comes from other weights of the groups: their mean times the change of their weight."""
    figures = list(_mix_effect(metric, customers))
    yield from figures or [absent(metric, because("no_groups"))]


def _mix_effect(metric: MixEffect, customers: Customers) -> Iterator[Figure]:
    for pool, broken, stratum, parts in _by_group(metric, customers):
        sample = sampled(pool, broken.cells, customers)
        now, before = (np.array([getattr(part, when) for part in parts]) for when in ("now", "before"))
        weights = [sample.n[at] / sample.n[at].sum() if sample.n[at].sum() else sample.n[at] for at in (now, before)]
        if not (weights[0].any() and weights[1].any()) or np.count_nonzero(weights[0] + weights[1]) < 2:
            continue
        means = np.stack([sample.mean[now], sample.mean[before]])
        middle = np.where(np.isnan(means[0]), means[1], np.where(np.isnan(means[1]), means[0], means.mean(axis=0)))
        value = float(np.nansum((weights[0] - weights[1]) * middle)) * pool.scale.factor
        whole = _side(pool, broken.cells.of_groups(now.tolist()), customers, customers.confidence)
        estimate = Estimate(value, None, min(whole.n, int(sample.n[before].sum())), whole.accounts)
        yield Figure(metric.code, estimate, pool.members[stratum], pool.period, ("kitagawa",), tables=(pool.table,))


def _by_group(
    metric: EqualGroups | MixEffect, customers: Customers
) -> Iterator[tuple[Pool, Parted, int, Sequence[Part]]]:
    """The pool of a metric, by the one dimension its definition names."""
    pool = pool_of(customers.metrics.metrics[metric.of], customers)
    if isinstance(pool, Refused):
        return
    broken = parted(pool, customers, customers.metrics.dimensions[metric.dimension])
    if broken:
        yield from ((pool, broken, stratum, parts) for stratum, parts in broken.wholes)


def _normal(confidence: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + confidence) / 2))
