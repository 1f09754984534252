"""What to do next, by a stated rule, each with its evidence; and what was done last time, before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from esgreport.customer_panels import ActionView
from esgreport.definitions.scorecards import Effort
from esgreport.score.join import Wanted, at_stake
from esgreport.score.material import Case
from esgreport.score.requests import Requests
from esgreport.score.rows import Made
from esgreport.score.scores import shortfall
from esgreport.scorecard import AccountAtRisk, Light, NextAction, PastAction

_DONE = "done"
"""The status of an action that is finished."""
_EFFECTS = ("action_measured", "action_entered")
"""The panel's sentences that say what was before and after an action."""


def next_actions(
    rows: Sequence[Made], demands: Sequence[Wanted], accounts: Sequence[AccountAtRisk], requests: Requests
) -> tuple[NextAction, ...]:
    """The things to do next, the first few by gap × value at stake × feasibility."""
    found = [
        *(action for each in rows if (action := _of_row(each, rows, demands, requests))),
        *(_of_demand(each, requests) for each in demands),
        *_of_accounts(accounts, requests),
    ]
    ranked = sorted((each for each in found if each.score > 0), key=lambda each: (-each.score, each.title))
    return tuple(ranked[: requests.case.definition.actions.count])


def rule_of(case: Case) -> str:
    """The rule actions are ranked by, in words."""
    rules, number = case.definition.actions, case.say.number
    feasible = {effort: number(value, 1) for effort, value in rules.feasibility.items()}
    return case.say.text(rules.rule).format(late=number(rules.late, 1), **feasible)


def _of_row(each: Made, rows: Sequence[Made], demands: Sequence[Wanted], requests: Requests) -> NextAction | None:
    """A row that is off its target or to be watched, or has weight and no figure though its side was given."""
    row, case = each.row, requests.case
    gap, weight = shortfall(each), _weight_share(each, rows, case)
    if row.light in (Light.BAD, Light.WATCH) and row.target and row.actual and gap:
        asked = _asked_about(each.plan.name, requests)
        score = gap * max(asked, weight) * _feasible(each.plan.effort, case)
        shown = {"label": row.label, "actual": row.actual.shown, "target": row.target.shown}
        title = row.action or case.say("action_row", **shown)
        reason = case.say("reason_row", light=row.light_words, variance=row.variance, target=row.target.words)
        if asked > 0:
            reason += " " + case.say("reason_asked", share=case.say.share(asked))
        return NextAction(title, reason, rule_of(case), score, row.owner, (row.id,), row.source)
    side_given = case.customers if each.plan.customers else case.sustainability
    wanted_already = any(each.plan.name == one.demand.concept for one in demands)
    if row.missing and side_given and weight and not wanted_already:
        reason = case.say("reason_gap", share=case.say.share(weight), reason=row.missing)
        score = weight * _feasible(each.plan.effort, case)
        title = row.action or case.say("action_missing", label=row.label)
        return NextAction(title, reason, rule_of(case), score, row.owner, (row.id,), ())
    return None


def _weight_share(each: Made, rows: Sequence[Made], case: Case) -> float:
    """The row's share of the declared weights of both sides."""
    whole = sum(one.plan.weight for one in rows)
    return each.plan.weight / whole if whole else 0.0


def _asked_about(name: str, requests: Requests) -> float:
    """The share of revenue of the customers that ask about a datapoint, by the topics of their requests."""
    topics = [each.topic for each in requests.case.definition.join.topics if name in each.datapoints]
    asking = [each.account for each in requests.all if each.topic in topics]
    _, share = requests.worth([*asking, *requests.told.get(name, ())])
    return share or 0.0


def _feasible(effort: Effort, case: Case) -> float:
    return case.definition.actions.feasibility[effort]


def _of_demand(each: Wanted, requests: Requests) -> NextAction:
    demand, say = each.demand, requests.case.say
    title = say(f"action_{demand.state}", label=demand.label)
    return NextAction(title, demand.words, rule_of(requests.case), demand.score, "", (), each.evidence)


def _of_accounts(accounts: Sequence[AccountAtRisk], requests: Requests) -> Iterator[NextAction]:
    """The customers at risk on both sides, taken together."""
    if not accounts:
        return
    case, ids = requests.case, [each.account for each in accounts]
    _, share = requests.worth(ids)
    stake = share if share is not None else len(ids) / len(requests.accounts)
    title = case.say("action_accounts", count=len(ids)) if len(ids) > 1 else case.say("action_account")
    reason = case.say("reason_accounts", **at_stake(requests, ids))
    evidence = tuple(each.source for each in requests.all if each.account in ids)
    yield NextAction(title, reason, rule_of(case), stake * _feasible("medium", case), "", (), evidence)


# ── last time ────────────────────────────────────────────────────────────────────────────────────────────────


def past_actions(case: Case) -> tuple[PastAction, ...]:
    """The actions that are done and whose effect was measured or entered: before, after, and how sure that is."""
    if case.customers is None:
        return ()
    views = case.customers.panels.feedback.actions
    done = [view for view in views if view.status and view.status.code == _DONE]
    return tuple(past for view in done if (past := _past(view, case)))


def _past(view: ActionView, case: Case) -> PastAction | None:
    """The figures before and after, as the panel's sentence says them; None where it says none."""
    for name in _EFFECTS:
        sentence = case.say.text(case.definitions.cx_panels.texts[name].labels)
        said = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sentence)), view.text)
        if said:
            title = view.description or view.action
            return PastAction(title, said["before"], said["after"], view.text, _measured(view, case), (view.source,))
    return None


def _measured(view: ActionView, case: Case) -> str:
    """What an effect was measured by: the question, a figure’s or column’s name, else as the undertaking wrote it."""
    assert case.customers is not None
    table = case.customers.tables.tables["questions"]
    asked = table.frame[table.frame["question_id"] == view.measured]["question_text"].dropna()
    if len(asked):
        return str(asked.iloc[0])
    metric, known = case.definitions.cx_metrics.metrics.get(view.measured), case.definitions.cx
    columns = (column for table in known.tables.values() for column in table.columns if column.name == view.measured)
    column = next(columns, None)
    labels = metric.labels if metric else known.labels_of(column) if column else None
    return case.say.text(labels) if labels else view.measured
