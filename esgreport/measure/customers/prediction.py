"""Which score tells better who leaves, on our own data: what was said before the period against what happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import Prediction
from esgreport.measure.customers.behaviour import customers_on, left_after
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.panel_desk import SHARE, Desk, cases, means, split
from esgreport.measure.customers.rank_correlation import rank_correlation
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.measure.customers.say_do_accounts import business_moves
from esgreport.measure.customers.stated import stated


def separates(score: Floats, left: Floats) -> float:
    """The chance that one who left had a worse score than one who stayed (area under the ROC curve), ties as half."""
    from scipy.stats import rankdata

    gone = left > 0
    ranks = rankdata(-score)
    count, others = int(gone.sum()), int((~gone).sum())
    return float((ranks[gone].sum() - count * (count + 1) / 2) / (count * others))


def prediction(desk: Desk) -> Prediction:
    """Effort, recommendation and satisfaction compared by how well each tells who leaves, and what research says."""
    scores = _scores(desk)
    figures = desk.handed_on(
        [*_each(desk, scores), _difference(desk, scores), *_growth(desk, scores), *_by_effort(desk), *_by_service(desk)]
    )
    difference = next(each for each in figures if each.metric == "effort_less_recommendation")
    research = tuple(desk.text(name) for name in ("research_against", "research_for"))
    return Prediction(figures, desk.text(_verdict(difference)), research, (desk.text("association"),))


def _verdict(difference: CustomerMetric) -> str:
    if difference.interval is None:
        return "prediction_unknown"
    low, high = difference.interval
    return "prediction_effort" if low > 0 else "prediction_recommendation" if high < 0 else "prediction_even"


def _scores(desk: Desk) -> pd.DataFrame:
    """A row an account that was a customer when the period began: its mean scores before, and whether it left in it."""
    customers = desk.customers
    period = customers.period
    compared = desk.panels.drivers.compared
    if period is None or period.start is None:
        return pd.DataFrame(columns=[*compared, "left"], dtype=float)
    answers = stated(customers, tuple(compared))
    before = answers[(answers["collected_at"] < pd.Timestamp(period.start)) & (answers["account"] >= 0)]
    table = before.pivot_table(index="account", columns="metric", values="better", observed=True).reindex(
        columns=compared
    )
    there = np.flatnonzero(customers_on(customers, np.datetime64(period.start, "D"))[: len(customers.account_ids)])
    gone = customers.within(customers.account_column("churned_on"), period)
    table = table[table.index.isin(there)]
    return table.assign(left=gone[table.index.to_numpy(dtype=np.int64)].astype(np.float64))


def _enough(desk: Desk, rows: pd.DataFrame) -> bool:
    needed = desk.panels.drivers.events_to_compare
    left = int(rows["left"].sum())
    return left >= needed and len(rows) - left >= needed


def _refused(desk: Desk, figure: Figure, rows: pd.DataFrame) -> Figure:
    needed = desk.panels.drivers.events_to_compare
    why = because("too_few_to_compare", events=int(rows["left"].sum()), n=len(rows), needed=needed)
    return replace(figure, reasons=(why,))


def _each(desk: Desk, scores: pd.DataFrame) -> Iterator[Figure]:
    for metric in desk.panels.drivers.compared:
        rows = scores.dropna(subset=[metric])
        empty = Figure("score_predicts", None, (("score", metric),), tables=("responses", "accounts"))
        if not _enough(desk, rows):
            yield _refused(desk, empty, rows)
            continue
        yield _estimated(desk, empty, rows, [metric])


def _difference(desk: Desk, scores: pd.DataFrame) -> Figure:
    rows = scores.dropna(subset=["ces", "nps"])
    empty = Figure("effort_less_recommendation", None, tables=("responses", "accounts"))
    return _estimated(desk, empty, rows, ["ces", "nps"]) if _enough(desk, rows) else _refused(desk, empty, rows)


def _estimated(desk: Desk, empty: Figure, rows: pd.DataFrame, metrics: list[str]) -> Figure:
    """The area of one score, or that of the first less that of the second; accounts are drawn anew for the interval."""
    rules = desk.panels.drivers
    draw = np.random.default_rng(rules.seed)
    left = rows["left"].to_numpy(dtype=np.float64)
    columns = [rows[metric].to_numpy(dtype=np.float64) for metric in metrics]

    def measured(at: Ints) -> float:
        areas = [separates(column[at], left[at]) for column in columns]
        return 100 * (areas[0] - areas[1] if len(areas) > 1 else areas[0])

    drawn: list[float] = []
    while len(drawn) < rules.draws:
        at = draw.integers(0, len(left), size=len(left))
        if 0 < left[at].sum() < len(at):
            drawn.append(measured(at))
    confidence = desk.customers.confidence
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    estimate = Estimate(measured(np.arange(len(left))), (float(low), float(high)), len(left), len(left), confidence)
    return replace(empty, estimate=estimate, methods=("auc_bootstrap",), reasons=(because("not_cause"),))


def _by_effort(desk: Desk) -> tuple[Figure, ...]:
    """Whether more of those who had found it hard left afterwards."""
    answers = stated(desk.customers, ("ces",))
    follow = desk.panels.drivers.follow_days
    days = answers["collected_at"].to_numpy(dtype="datetime64[D]")
    accounts = answers["account"].to_numpy(dtype=np.int64)
    left = left_after(desk.customers, accounts, days, follow)
    known = ~np.isnan(left)
    tables = ("responses", "accounts")
    if not known.any():
        return (Figure("left_by_effort", None, reasons=(because("nothing_followed"),), tables=tables),)
    side = np.where(answers["better"] > 0.5, "easy", "hard")[known]
    found = means("left_by_effort", cases(left, accounts, *tables), SHARE, desk.customers, split("effort", side))
    why = (because("followed_days", days=follow), because("not_cause"))
    return tuple(replace(figure, methods=(*figure.methods, "followed"), reasons=why) for figure in found)


def _growth(desk: Desk, scores: pd.DataFrame) -> Iterator[Figure]:
    """Whether customers that had given a better score before the period brought more revenue in it than before."""
    tables, needed = ("responses", "revenue"), desk.panels.drivers.accounts_from
    moves = business_moves(desk.customers)
    ratio = moves[0][scores.index.to_numpy(dtype=np.int64)] if moves else np.full(len(scores), np.nan)
    for metric in desk.panels.drivers.compared:
        empty = Figure("score_with_growth", None, (("score", metric),), tables=tables)
        score = scores[metric].to_numpy(dtype=np.float64)
        known = ~np.isnan(score) & ~np.isnan(ratio)
        found = None
        if known.sum() >= needed:
            found = rank_correlation(score[known], ratio[known], desk.customers.confidence)
        if found is None:
            yield replace(empty, reasons=(because("too_few_with_revenue", n=int(known.sum()), needed=needed),))
            continue
        estimate = replace(found, accounts=found.n)
        yield replace(empty, estimate=estimate, methods=("rank_correlation",), reasons=(because("not_cause"),))


def _by_service(desk: Desk) -> tuple[Figure, ...]:
    """Whether more of those whose ticket took long, or was never solved, left in the days after it was opened."""
    customers, rules = desk.customers, desk.panels.drivers
    frame, tables = customers.tables["tickets"], ("tickets", "accounts")
    opened = frame["opened_at"].to_numpy(dtype="datetime64[D]")
    accounts = customers.accounts_of("tickets")
    left = left_after(customers, accounts, opened, rules.follow_days)
    known = ~np.isnan(left)
    if not known.any():
        return (Figure("left_by_service", None, reasons=(because("nothing_followed"),), tables=tables),)
    late = ~((frame["first_solved_at"] - frame["opened_at"]) <= pd.Timedelta(days=rules.slow_after_days))
    side = np.where(late, "solved_late", "solved_soon")[known]
    found = means("left_by_service", cases(left, accounts, *tables), SHARE, customers, split("service", side))
    why = (because("slow_after", days=rules.slow_after_days), because("not_cause"))
    return tuple(replace(figure, methods=(*figure.methods, "followed"), reasons=why) for figure in found)
