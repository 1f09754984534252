"""Cases that are averaged, whatever they are - answers, tickets, customers - and the figures of a pool of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from esgreport.definitions.cx_metric import CustomerMetricBase, Dimension, Weight
from esgreport.measure.customers.customers import Customers, Grouping
from esgreport.measure.customers.figures import Estimate, Figure, InUnit, Reason, because
from esgreport.measure.customers.intervals import Scale, intervals
from esgreport.measure.customers.sampling import Binning, Cells, Floats, Ints, Sample, binned, by_account, by_case
from esgreport.model import Period

NOT_STATED = "not_stated"
Members = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Cases coded as numbers. `before` marks those of the period before; all others are of the period.

    `key` names the cases, not their coding: pools of one key share their cells. `rows` are the rows of `table` the
    cases are, `accounts` whose they are (-1: not known), `strata` which of the never-mixed `members` each belongs to.
    """

    key: tuple[str, ...]
    table: str
    rows: Ints
    accounts: Ints
    values: Floats
    before: npt.NDArray[np.bool_]
    strata: Ints
    members: tuple[Members, ...]
    scale: Scale
    weight: Weight = "response"
    weights: Floats | None = None
    period: Period | None = None
    methods: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    targets: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no pool, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Part:
    """The cases of a pool in one stratum and one group of a dimension (or all of the stratum), now and before."""

    members: Members
    dimension: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Parted:
    """A pool by stratum, group and period: the cells of all of them, and which is which."""

    parts: tuple[Part, ...]
    cells: Cells
    grouping: Grouping | None

    @property
    def wholes(self) -> Iterator[tuple[int, tuple[Part, ...]]]:
        """The parts that make one whole together, with the number of its stratum."""
        size = len(self.grouping.members) + 1 if self.grouping else 1
        for stratum, first in enumerate(range(0, len(self.parts), size)):
            yield stratum, self.parts[first : first + size]


def parted(pool: Pool, customers: Customers, dimension: Dimension | None = None) -> Parted | None:
    """The pool broken down by a dimension, or only by stratum; None where nothing is entered for the dimension.

    Cases that are in no group make a group of their own, so that the groups are always the whole.
    """
    grouping = customers.grouping(dimension, pool.table) if dimension else None
    if dimension and grouping is None:
        return None
    groups = len(grouping.members) + 1 if grouping else 1
    strata = len(pool.members)
    binning = _binning(pool, customers, grouping)
    parts = [
        Part(
            tuple(sorted((*pool.members[stratum], *_member(grouping, group)))),
            grouping.dimension if grouping else "",
            stratum * groups + group,
            (strata + stratum) * groups + group,
        )
        for stratum in range(strata)
        for group in range(groups)
    ]
    return Parted(tuple(parts), binning.cells(pool.values, pool.weights), grouping)


def _member(grouping: Grouping | None, group: int) -> Members:
    if grouping is None:
        return ()
    return ((grouping.dimension, grouping.members[group] if group < len(grouping.members) else NOT_STATED),)


def _binning(pool: Pool, customers: Customers, grouping: Grouping | None) -> Binning:
    key = ("binning", *pool.key, grouping.dimension if grouping else "")
    made = customers.kept.get(key)
    if isinstance(made, Binning):
        return made
    groups = len(grouping.members) + 1 if grouping else 1
    place = (pool.before * len(pool.members) + pool.strata) * groups
    if grouping:
        codes = np.append(grouping.codes, -1)[pool.accounts] if grouping.of_accounts else grouping.codes[pool.rows]
        place = place + np.where(codes < 0, groups - 1, codes)
    made = binned(place, pool.accounts, 2 * len(pool.members) * groups, len(customers.account_ids))
    customers.kept[key] = made
    return made


def sampled(pool: Pool, cells: Cells, customers: Customers) -> Sample:
    """What cells of a pool say, with the pool's weighting."""
    match pool.weight:
        case "response":
            return by_case(cells)
        case "revenue":
            return by_account(cells, customers.revenue_weights)
        case "account" | "role":
            return by_account(cells)


def pool_figures(metric: CustomerMetricBase, pool: Pool, customers: Customers) -> Iterator[Figure]:
    """The mean of each stratum in the period, then by each dimension asked for; one absent figure where no case is."""
    whole = parted(pool, customers)
    assert whole is not None
    found = list(_figures(metric, pool, whole, customers))
    if not found:
        yield absent(metric, because("no_cases"), pool.period)
    yield from found
    for dimension in customers.dimensions_for(metric.by):
        broken = parted(pool, customers, dimension)
        if broken:
            yield from _figures(metric, pool, broken, customers, _warnings(dimension))


def absent(metric: CustomerMetricBase, reason: Reason, period: Period | None = None) -> Figure:
    """The figure of a metric that cannot be had, and why."""
    return Figure(metric.code, None, period=period, reasons=(reason,))


def _warnings(dimension: Dimension) -> Sequence[Reason]:
    return (because(dimension.warning),) if dimension.warning else ()


def _figures(
    metric: CustomerMetricBase, pool: Pool, broken: Parted, customers: Customers, warnings: Sequence[Reason] = ()
) -> Iterator[Figure]:
    sample = sampled(pool, broken.cells, customers)
    made = intervals(sample, pool.scale, customers.confidence)
    there = (
        (stratum, part)
        for stratum, parts in broken.wholes
        for part in parts
        if sample.n[part.now] > 0 and (not part.dimension or sample.n[[each.now for each in parts[:-1]]].any())
    )
    for stratum, part in there:
        interval = (float(made.low[part.now]), float(made.high[part.now]))
        estimate = estimated(pool, sample, part.now, customers, interval)
        yield Figure(
            metric.code,
            estimate,
            part.members,
            pool.period,
            (made.method, *_how(sample, part.now), *pool.methods),
            (*pool.reasons, *warnings, *_notes(pool, estimate, stratum)),
            (pool.table,),
            broken_down=part.dimension,
        )


def estimated(pool: Pool, sample: Sample, group: int, customers: Customers, interval: tuple[float, float]) -> Estimate:
    """The estimate of one group of a sample."""
    known = bool((sample.cells.account[sample.cells.group == group] >= 0).any())
    factor = pool.scale.factor
    return Estimate(
        value=float(sample.mean[group]) * factor,
        interval=None if np.isnan(interval[0]) else interval,
        n=int(sample.n[group]),
        accounts=int(sample.accounts[group]) if known else None,
        confidence=customers.confidence,
        effective=float(sample.effective[group]),
        spread=float(sample.spread[group]) * factor**2,
    )


def _how(sample: Sample, group: int) -> tuple[str, ...]:
    return ("clustered_by_account",) if sample.clustered[group] else ()


def _notes(pool: Pool, estimate: Estimate, stratum: int) -> Iterator[Reason]:
    if estimate.interval is None:
        yield because("all_the_same")
    if pool.weight == "revenue" and estimate.effective is not None:
        yield because("worth_accounts", effective=round(estimate.effective, 1))
    target = pool.targets[stratum] if pool.targets else None
    if target is not None and estimate.interval is not None:
        yield because("target_reached" if estimate.interval[0] >= target else "target_not_shown", target=InUnit(target))
