"""How long customers stay after they said how responsible we are: curves by group, and whether they differ.

Time runs from the answer: none before it is credited, and who left before answering is not there to be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.lifetimes import Lifetimes
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.perception import GROUPS, answers_on, group_of
from esgreport.measure.customers.sampling import Ints
from esgreport.measure.customers.tenure import share_after

_TABLES = ("responses", "accounts")
_FEWEST_AT_RISK = 5


def staying(desk: Desk) -> Iterator[Figure]:
    """The share of each group still there after the days of the rules (Kaplan–Meier), then the log-rank test."""
    made = _lifetimes(desk)
    if made is None:
        why = (because("no_perception"),)
        yield Figure("perception_stays", None, reasons=why, tables=_TABLES)
        yield Figure("perception_tenure_test", None, reasons=why, tables=_TABLES)
        return
    lives, groups = made
    for group in np.unique(groups):
        yield _share(desk, lives.of(groups == group), GROUPS[group])
    yield _test(desk, lives, groups)


def _lifetimes(desk: Desk) -> tuple[Lifetimes, Ints] | None:
    """Days from each account's first answer to its leaving or the end of the period, and its group."""
    customers = desk.customers
    answers = answers_on(desk, desk.panels.values.asked).sort_values("day", kind="stable")
    first = answers[answers["account"] >= 0].drop_duplicates("account")
    if customers.period is None or not len(first):
        return None
    numbers = first["account"].to_numpy(dtype=np.int64)
    left = customers.account_column("churned_on").to_numpy(dtype="datetime64[D]")[numbers]
    status = customers.account_column("status").astype("object").to_numpy()[numbers]
    end = np.datetime64(customers.period.end, "D")
    gone = ~np.isnat(left) & (left <= end)
    time = (np.where(gone, left, end) - first["day"].to_numpy(dtype="datetime64[D]")) / np.timedelta64(1, "D")
    groups = group_of(desk, first["better"])
    known = (time > 0) & (groups >= 0) & ~((status == "churned") & np.isnat(left))
    lives = Lifetimes(time[known], gone[known], numbers[known])
    return (lives, groups[known]) if known.any() else None


def _share(desk: Desk, lives: Lifetimes, group: str) -> Figure:
    from statsmodels.duration.survfunc import SurvfuncRight

    days, n = desk.panels.values.follow_days, len(lives.time)
    with np.errstate(divide="ignore", invalid="ignore"):  # where all at risk leave at once, Greenwood's error is none
        found = SurvfuncRight(lives.time, lives.ended.astype(np.float64))
    base = Figure("perception_stays", None, (("perception", group),), tables=_TABLES, broken_down="perception")
    if not (lives.time >= days).any():
        return replace(base, reasons=(because("nothing_followed"),))
    share, low, high = share_after(found, days, desk.customers.confidence)
    estimate = Estimate(share, None if np.isnan(low) else (low, high), n, n, desk.customers.confidence)
    few = int((lives.time >= days).sum()) < _FEWEST_AT_RISK
    why = (because("not_cause"), because("halo"), *((because("few_at_risk"),) if few else ()))
    why = (*why, *((because("all_the_same"),) if estimate.interval is None else ()))
    return replace(base, estimate=estimate, methods=("kaplan_meier", "greenwood"), reasons=why, weak=few)


def _test(desk: Desk, lives: Lifetimes, groups: Ints) -> Figure:
    """Whether low and high perception stay differently long; the middle is left out."""
    from statsmodels.duration.survfunc import survdiff

    empty = Figure("perception_tenure_test", None, reasons=(because("one_group"),), tables=_TABLES)
    sizes = [int((groups == group).sum()) for group in (0, 2)]
    ends = groups != 1
    if not all(desk.customers.thresholds.enough(size, size) for size in sizes) or not lives.ended[ends].any():
        return empty
    p = float(survdiff(lives.time[ends], lives.ended[ends].astype(int), groups[ends])[1])
    estimate = Estimate(p, None, int(ends.sum()), int(ends.sum()))
    return replace(empty, estimate=estimate, methods=("log_rank",), reasons=(because("not_cause"), because("halo")))
