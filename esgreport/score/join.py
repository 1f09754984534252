"""Where customers and sustainability meet: gaps by what is at stake, and accounts at risk on both sides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esgreport.assessment import State
from esgreport.customer_panels import AccountView
from esgreport.definitions.scorecards import Effort, Topic
from esgreport.model import Source
from esgreport.score.material import Case
from esgreport.score.requests import Request, Requests
from esgreport.score.writing import Say
from esgreport.scorecard import AccountAtRisk, Demand

MISSING, LATE, WITHHELD = "missing", "late", "withheld"
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Ask:
    """Something that is asked for: its name and label, what became of it, who asks, what it takes, where it stands.

    `overdue` is the first day an answer was due on that has passed.
    """

    name: str
    label: str
    state: str
    accounts: tuple[str, ...]
    effort: Effort
    evidence: tuple[Source, ...]
    overdue: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A demand with the rows of the requests behind it."""

    demand: Demand
    accounts: tuple[str, ...]
    evidence: tuple[Source, ...]


def wanted(requests: Requests) -> tuple[Wanted, ...]:
    """What customers ask for and do not have, by customer value at stake, the largest first."""
    missing = list(_missing(requests))
    found = [*missing, *_waiting(requests), *_declined(requests, {each.demand.concept for each in missing})]
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


def _declined(requests: Requests, missing: Collection[str]) -> Iterator[Wanted]:
    """The datapoints that are reported and that customers were last told are withheld: telling is a decision."""
    definitions = requests.case.definitions
    for name, accounts in sorted(requests.declined.items()):
        if name not in missing and (name in definitions.concepts or name in definitions.metrics):
            ids = tuple(sorted(accounts))
            yield _wanted(requests, _Ask(name, _label(name, requests.case), WITHHELD, ids, "low", ()))


def _datapoints(topic: str, topics: Sequence[Topic]) -> Sequence[str]:
    return next((each.datapoints for each in topics if each.topic == topic), [])


def _waiting(requests: Requests) -> Iterator[Wanted]:
    """The topics on which requests wait for an answer."""
    for topic in dict.fromkeys(each.topic for each in requests.all if each.waits):
        waiting = [each for each in requests.all if each.waits and each.topic == topic]
        ids = tuple(dict.fromkeys(each.account for each in waiting))
        evidence = tuple(each.source for each in waiting)
        overdue = min((each.due for each in waiting if each.late and each.due), default=None)
        label = topic_label(topic, requests.case)
        yield _wanted(requests, _Ask(topic, label, LATE, ids, "low", evidence, overdue))


def _wanted(requests: Requests, ask: _Ask) -> Wanted:
    rules, say = requests.case.definition.actions, requests.case.say
    revenue, share = requests.worth(ask.accounts)
    stake = share if share is not None else len(ask.accounts) / len(requests.accounts)
    score = stake * rules.feasibility[ask.effort] * (1 if ask.state == MISSING else rules.late)
    name = f"demand_{ask.state}" + ("_one" if len(ask.accounts) == 1 else "")
    words = say(name, customers=len(ask.accounts), since=_since(ask, say), **at_stake(requests, ask.accounts))
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


def _since(ask: _Ask, say: Say) -> str:
    return say("demand_since", day=say.day(ask.overdue)) if ask.overdue else ""


def at_stake(requests: Requests, ids: Sequence[str]) -> dict[str, str]:
    """What some customers are worth and when their next contract is up, as parts of a sentence; empty where unknown."""
    say, (revenue, share) = requests.case.say, requests.worth(ids)
    day = requests.renewal(ids)
    value = ""
    if revenue is not None and share is not None:
        money = say.about(revenue, requests.case.currency)
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
    money = requests.case.say.about(revenue, requests.case.currency)
    name = "message_demand" if len(ids) > 1 else "message_demand_one"
    return requests.case.say(name, customers=len(ids), revenue=money)


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
    signs += [sign.label for sign in view.signals if sign.code in rules.signals]
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


def at_risk_in_words(accounts: Sequence[AccountAtRisk], requests: Requests) -> str:
    """How many customers are at risk on both sides; empty where there are no requests to go by."""
    troubled = {each.account for each in requests.all if _in_words(each, requests)}
    if not requests.all:
        return ""
    name = "at_risk_some" if accounts else "at_risk_none"
    return requests.case.say(name, count=len(accounts), troubled=len(troubled))
