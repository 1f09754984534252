"""A scorecard put together: rows in the order of their groups, scores, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.score.actions import next_actions, past_actions
from esgreport.score.join import at_risk, at_risk_in_words, waiting_in_words, wanted
from esgreport.score.links import cautions, linked
from esgreport.score.material import Case
from esgreport.score.message import message_of, subtitle_of
from esgreport.score.method import method_of
from esgreport.score.requests import Requests
from esgreport.score.rows import made
from esgreport.score.scores import scores_of
from esgreport.scorecard import Scorecard


def scorecard(case: Case) -> Scorecard:
    """The scorecard of one undertaking and period, from what is given; what is not given is named, never guessed."""
    order = [group.id for group in case.definition.groups]
    plans = sorted(case.definition.rows, key=lambda row: order.index(row.group))
    rows = [made(plan, case) for plan in plans]
    requests, entity = Requests(case), _entity(case)
    demands, accounts = wanted(requests), at_risk(requests)
    return Scorecard(
        entity=entity,
        period=case.period,
        language=case.language,
        message=message_of(rows, waiting_in_words(requests), case),
        subtitle=subtitle_of(entity, case),
        groups=tuple((group.id, case.say.text(group.label)) for group in case.definition.groups),
        rows=tuple(each.row for each in rows),
        scores=scores_of(rows, case),
        demands=tuple(each.demand for each in demands),
        accounts=accounts,
        linked=linked(case),
        cautions=cautions(case),
        at_risk=at_risk_in_words(accounts, requests),
        actions=next_actions(rows, demands, accounts, requests),
        past_actions=past_actions(case),
        lacking=tuple(_lacking(case)),
        method=method_of(rows, case),
        files=tuple(_files(case)),
        customer_groups=case.customer_groups,
        currency=case.currency,
    )


def _entity(case: Case) -> str:
    if case.sustainability:
        return case.sustainability.filing.entity.name
    return case.customers.tables.text("company") if case.customers else ""


def _lacking(case: Case) -> Iterator[str]:
    if case.sustainability is None:
        yield case.say("no_sustainability")
    if case.customers is None:
        yield case.say("no_customers")


def _files(case: Case) -> Iterator[tuple[str, str]]:
    if case.sustainability:
        yield from (each for year in case.sustainability.filing.years for each in year.digests)
    if case.customers:
        yield from case.customers.tables.digests
