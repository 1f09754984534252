"""Lists kept beside the figures as one panel: assumptions, maturity, sources of data, what the usual scores are for.

Employees' experience is held against customers' satisfaction here, for it is entered by team and not by answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from esgreport.customer_metrics import Named
from esgreport.customer_registers import Assumption, DataSource, MaturityItem, Registers, ScoreCompared
from esgreport.measure.customers.customers import period_named
from esgreport.measure.customers.figures import Figure, Reason, because
from esgreport.measure.customers.panel_desk import Desk, counted
from esgreport.measure.customers.panel_rows import day_of, text_of
from esgreport.measure.customers.rank_correlation import rank_correlation
from esgreport.measure.customers.stated import stated

MEANINGS = ("meaning_of_experience", "meaning_of_management", "why_retention")
_KEPT_APART = ("data_sources", "assumptions", "maturity")
"""Lists about the data and the company, which have no source system of their own."""


def registers(desk: Desk) -> Registers:
    """The lists as they were entered, what is missing from them, and how far each has come."""
    assumptions, maturity, sources = tuple(_assumptions(desk)), tuple(_maturity(desk)), tuple(_sources(desk))
    settled = sum(bool(each.status and each.status.code in desk.panels.registers.settled) for each in assumptions)
    said = [each.status.code for each in maturity if each.status]
    known = sum(bool(each.system and each.owner) for each in sources)
    figures = (
        counted("assumptions_settled", settled, len(assumptions), ("assumptions",), *_empty(assumptions)),
        counted("practices_in_place", said.count("yes"), len(said), ("maturity",), *_empty(said)),
        counted("sources_known", known, len(sources), ("data_sources",), *_empty(sources)),
        _employees(desk),
    )
    meanings = tuple(desk.text(name) for name in MEANINGS)
    notes = (desk.text("registers_declared"),)
    return Registers(assumptions, maturity, sources, tuple(_scores(desk)), desk.handed_on(figures), meanings, notes)


def _empty(listed: Sequence[object]) -> tuple[Reason, ...]:
    return () if listed else (because("nothing_listed"),)


def _assumptions(desk: Desk) -> Iterator[Assumption]:
    table = desk.customers.tables.tables["assumptions"]
    for row, line in enumerate(table.frame.to_dict("records")):
        yield Assumption(
            id=text_of(line["assumption_id"]),
            statement=text_of(line["statement"]),
            owner=text_of(line["owner"]),
            evidence=text_of(line["evidence"]),
            status=desk.value("assumption_status", line["status"]),
            source=table.place(row),
        )


def _maturity(desk: Desk) -> Iterator[MaturityItem]:
    """The practices of the list in its order, entered or not, then those of the company's own."""
    table = desk.customers.tables.tables["maturity"]
    entered = {text_of(line["item"]): (row, line) for row, line in enumerate(table.frame.to_dict("records"))}
    listed = [value.name for value in desk.customers.customer.lists["maturity_items"].values]
    for name in dict.fromkeys([*listed, *entered] if entered else []):
        item = desk.value("maturity_items", name) or Named(name, name)
        if name not in entered:
            yield MaturityItem(item, None, "", "", None)
            continue
        row, line = entered[name]
        status = desk.value("presences", line["status"])
        yield MaturityItem(item, status, text_of(line["evidence"]), text_of(line["owner"]), table.place(row))


def _sources(desk: Desk) -> Iterator[DataSource]:
    """Each table that is filled in, with where it comes from; those nobody entered a source for among them."""
    table = desk.customers.tables.tables["data_sources"]
    entered = {text_of(line["table"]): (row, line) for row, line in enumerate(table.frame.to_dict("records"))}
    for name, definition in desk.customers.customer.tables.items():
        if not desk.customers.tables.tables[name].given or name in _KEPT_APART:
            continue
        named = Named(name, desk.said(definition.labels))
        if name not in entered:
            yield DataSource(named, "", "", None, None)
            continue
        row, line = entered[name]
        system, owner = text_of(line["source_system"]), text_of(line["owner"])
        yield DataSource(named, system, owner, day_of(line["extracted_on"]), table.place(row))


def _scores(desk: Desk) -> Iterator[ScoreCompared]:
    for each in desk.panels.registers.scores:
        named = desk.value("metrics", each.score) or Named(each.score, each.score)
        yield ScoreCompared(named, *(desk.said(text) for text in (each.measures, each.strength, each.weakness)))


# ── employees and customers ──────────────────────────────────────────────────────────────────────────────────


def _employees(desk: Desk) -> Figure:
    """The rank correlation over teams of employees' experience and customers' satisfaction."""
    pairs = _by_team(desk)
    empty = Figure("employee_customer_correlation", None, tables=("employee_experience", "responses"))
    rules, n = desk.panels.registers, len(pairs)
    columns = pairs["ours"].to_numpy(dtype=np.float64), pairs["theirs"].to_numpy(dtype=np.float64)
    estimate = rank_correlation(*columns, desk.customers.confidence) if n >= rules.teams_from else None
    if estimate is None:
        values = {"n": n, "needed": rules.teams_from, "people": rules.respondents_from}
        return replace(empty, reasons=(because("too_few_teams", **values),))
    return replace(empty, estimate=estimate, methods=("rank_correlation",), reasons=(because("not_cause"),))


def _by_team(desk: Desk) -> pd.DataFrame:
    """A row a team: its own experience and its customers' satisfaction from 0 to 1, over the periods that have both."""
    rules, frame = desk.panels.registers, desk.customers.tables["employee_experience"]
    answers = stated(desk.customers, ("csat",))
    rows = []
    for line in frame[frame["respondents"] >= rules.respondents_from].to_dict("records"):
        period = period_named(str(line["period"]))
        theirs = answers[(answers["team"] == line["team"]) & desk.customers.within(answers["collected_at"], period)]
        accounts = theirs.loc[theirs["account"] >= 0, "account"].nunique()
        span = float(line["scale_max"]) - float(line["scale_min"])
        if span > 0 and desk.customers.thresholds.enough(len(theirs), accounts):
            ours = (float(line["score"]) - float(line["scale_min"])) / span
            rows.append((str(line["team"]), ours, float(theirs["better"].mean())))
    made = pd.DataFrame(rows, columns=["team", "ours", "theirs"]).dropna()
    return made.groupby("team")[["ours", "theirs"]].mean()
