"""Where customers and sustainability meet: gaps by what is at stake, accounts at risk on both sides, associations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esgreport.assessment import State
from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import AccountView
from esgreport.definitions.scorecards import Effort, Topic
from esgreport.model import Source
from esgreport.score.material import Case
from esgreport.score.requests import Request, Requests
from esgreport.score.writing import Measure
from esgreport.scorecard import AccountAtRisk, Demand

MISSING, LATE = "missing", "late"
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Ask:
    """Something that is asked for: its name and label, what became of it, who asks, what it takes, where it stands."""

    name: str
    label: str
    state: str
    accounts: tuple[str, ...]
    effort: Effort
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A demand with the rows of the requests behind it."""

    demand: Demand
    accounts: tuple[str, ...]
    evidence: tuple[Source, ...]


def wanted(requests: Requests) -> tuple[Wanted, ...]:
    """What customers ask for and do not have, by customer value at stake, the largest first."""
    found = [*_missing(requests), *_waiting(requests)]
    return tuple(sorted(found, key=lambda each: (-each.demand.score, each.demand.label)))


def _missing(requests: Requests) -> Iterator[Wanted]:
    """The datapoints of the topics asked about, and of the ledger, that are not reported."""
    given = requests.case.sustainability
    if given is None:
        return
    topics = requests.case.definition.join.topics
    names = dict.fromkeys([*(name for topic in topics for name in topic.datapoints), *requests.told])
    end = given.filing.period.end
    reported = {fact.concept for fact in (*given.filing.facts, *given.measured) if fact.period.end == end}
    points = {point.concept: point for each in given.readiness.disclosures for point in each.datapoints if not point.at}
    for name in names:
        known = name in requests.case.definitions.concepts or name in requests.case.definitions.metrics
        point = points.get(name)
        if not known or name in reported or (point and point.state is State.NOT_APPLICABLE):
            continue
        asking = [each for each in requests.all if name in _datapoints(each.topic, topics)]
        ids = tuple(dict.fromkeys([*(each.account for each in asking), *sorted(requests.told.get(name, ()))]))
        if ids:
            effort = requests.case.definitions.law.efforts.get(name)
            level: Effort = effort.level if effort else "medium"
            evidence = tuple(each.source for each in asking)
            yield _wanted(requests, _Ask(name, _label(name, requests.case), MISSING, ids, level, evidence))


def _datapoints(topic: str, topics: Sequence[Topic]) -> Sequence[str]:
    return next((each.datapoints for each in topics if each.topic == topic), [])


def _waiting(requests: Requests) -> Iterator[Wanted]:
    """The topics on which requests wait for an answer."""
    for topic in dict.fromkeys(each.topic for each in requests.all if each.waits):
        waiting = [each for each in requests.all if each.waits and each.topic == topic]
        ids = tuple(dict.fromkeys(each.account for each in waiting))
        evidence = tuple(each.source for each in waiting)
        yield _wanted(requests, _Ask(topic, topic_label(topic, requests.case), LATE, ids, "low", evidence))


def _wanted(requests: Requests, ask: _Ask) -> Wanted:
    rules, say = requests.case.definition.actions, requests.case.say
    revenue, share = requests.worth(ask.accounts)
    stake = share if share is not None else len(ask.accounts) / len(requests.accounts)
    score = stake * rules.feasibility[ask.effort] * (rules.late if ask.state == LATE else 1)
    name = f"demand_{ask.state}" + ("_one" if len(ask.accounts) == 1 else "")
    words = say(name, customers=len(ask.accounts), **at_stake(requests, ask.accounts))
    demand = Demand(
        concept=ask.name,
        label=ask.label,
        customers=len(ask.accounts),
        revenue=revenue,
        revenue_share=share,
        next_renewal=requests.renewal(ask.accounts),
        state=ask.state,
        effort=ask.effort,
        score=score,
        words=words,
    )
    return Wanted(demand, ask.accounts, ask.evidence)


def at_stake(requests: Requests, ids: Sequence[str]) -> dict[str, str]:
    """What some customers are worth and when their next contract is up, as parts of a sentence; empty where unknown."""
    say, (revenue, share) = requests.case.say, requests.worth(ids)
    day = requests.renewal(ids)
    value = ""
    if revenue is not None and share is not None:
        money = say.money(revenue, requests.case.currency)
        value = say("demand_value", revenue=money, share=say.share(share))
    return {"value": value, "renewal": say("demand_renewal", day=say.day(day)) if day else ""}


def _label(name: str, case: Case) -> str:
    definitions = case.definitions
    labels = definitions.concepts[name].labels if name in definitions.concepts else definitions.metrics[name].labels
    return case.say.text(labels)


def topic_label(topic: str, case: Case) -> str:
    """What a topic is called; itself where no list knows it."""
    return _in_list("esg_topics", topic, case)


def _in_list(name: str, value: str, case: Case) -> str:
    found = next((each for each in case.definitions.cx.lists[name].values if each.name == value), None)
    return case.say.text(found.labels) if found else value


def waiting_in_words(requests: Requests) -> str:
    """How many customers wait for answers and what they are worth, for the title; empty where none does."""
    ids = tuple(dict.fromkeys(each.account for each in requests.all if each.waits))
    revenue, _ = requests.worth(ids)
    if not ids or revenue is None:
        return ""
    money = requests.case.say.money(revenue, requests.case.currency)
    return requests.case.say("message_demand", customers=len(ids), revenue=money) if len(ids) > 1 else ""


# ── accounts at risk on both sides ───────────────────────────────────────────────────────────────────────────


def at_risk(requests: Requests) -> tuple[AccountAtRisk, ...]:
    """The customers that show signs of leaving and whose requests wait or went wrong; the largest first."""
    given = requests.case.customers
    found = [_at_risk(view, requests) for view in given.panels.feedback.accounts] if given else []
    both = [each for each in found if each]
    return tuple(sorted(both, key=lambda each: (-(each.revenue or 0), each.renewal or date.max, each.account)))


def _at_risk(view: AccountView, requests: Requests) -> AccountAtRisk | None:
    account, rules = requests.accounts.get(view.account), requests.case.definition.join
    signs = [
        sign.label for sign, codes in ((view.said, rules.said), (view.done, rules.done)) if sign and sign.code in codes
    ]
    own = [_in_words(each, requests) for each in requests.all if each.account == view.account]
    troubles = [words for words in own if words]
    if account is None or not signs or not troubles:
        return None
    loyalty, esg = "; ".join(signs), "; ".join(dict.fromkeys(troubles))
    return AccountAtRisk(account.id, account.name, loyalty, esg, account.revenue, account.renewal)


def _in_words(request: Request, requests: Requests) -> str:
    """What is wrong with a request; empty where nothing is, or where it went wrong more than a year ago."""
    case, topic = requests.case, topic_label(request.topic, requests.case)
    if request.waits:
        return case.say("request_late" if request.late else "request_waits", topic=topic)
    recent = request.received > requests.end - _A_YEAR
    if request.outcome in case.definition.join.outcomes and recent:
        return case.say("request_lost", outcome=_in_list("esg_outcomes", request.outcome, case), topic=topic)
    return ""


# ── associations ─────────────────────────────────────────────────────────────────────────────────────────────


def linked(case: Case) -> tuple[str, ...]:
    """What goes with what, with n and interval, or why that cannot be told; and that it is no cause."""
    if case.customers is None:
        return ()
    values, rules = case.customers.panels.values, case.definition.join
    figures = [each for each in (*values.figures, *values.controlled, *values.requests) if each.metric in rules.figures]
    figures.sort(key=lambda each: rules.figures.index(each.metric))
    controlled = {each.metric for each in values.controlled}
    said = [_association(each, each.metric in controlled, case) for each in figures]
    return (*said, *_touchpoints(case), *values.notes) if said else ()


def _touchpoints(case: Case) -> Iterator[str]:
    assert case.customers is not None
    for touchpoint in case.customers.panels.journey.touchpoints:
        if touchpoint.kind and touchpoint.kind.code == case.definition.join.touchpoint:
            name = case.say("touchpoint", touchpoint=touchpoint.name)
            yield from (f"{name}. {_figure(each, case)}" for each in touchpoint.figures)


def _association(metric: CustomerMetric, tested: object, case: Case) -> str:
    """A figure as a sentence; where nought lies within the interval of an association, none is claimed."""
    if tested and metric.interval and metric.interval[0] <= 0 <= metric.interval[1]:
        return _figure(metric, case, "linked_none")
    return _figure(metric, case)


def _figure(metric: CustomerMetric, case: Case, name: str = "linked_figure") -> str:
    say = case.say
    label = ", ".join([metric.label, *(f"{_dimension(each, case)} {member}" for each, member in metric.dimensions)])
    if metric.value is None:
        return say("linked_absent", label=label, reason=metric.reason).strip()
    measure = _measure(metric, case)
    basis = say("basis", n=say.number(metric.n or 0, 0))
    if metric.interval:
        span = say.span(float(metric.interval[0]), float(metric.interval[1]), measure)
        basis = say("basis_interval", n=say.number(metric.n or 0, 0), span=span)
    return say(name, label=label, value=say.with_unit(float(metric.value), measure), basis=basis)


def _dimension(name: str, case: Case) -> str:
    known = case.definitions.cx_panels.words.dimensions.get(name)
    return f"{case.say.text(known.labels)}:" if known else ""


def _measure(metric: CustomerMetric, case: Case) -> Measure:
    unit = case.definitions.cx_panels.words.units.get(metric.unit)
    if unit is None:
        return Measure("money", metric.unit.removeprefix("iso4217:"), 0)
    return Measure("percent", "", 1) if unit.shown == "percent" else Measure("number", case.say.text(unit.labels), 1)
