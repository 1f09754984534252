"""What is said beside a figure in the form's own language: unit, period, method, base, sample; it judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from esgreport.answers import saying
from esgreport.answers.asking import Asking
from esgreport.answers.having import Held
from esgreport.customer_metrics import CustomerMetric
from esgreport.definitions import in_language
from esgreport.definitions.answering import RemarkRule
from esgreport.definitions.targets import OfFact, OneOf, Target
from esgreport.texts import translator


def remark(target: Target, holding: Held, asking: Asking, unit: str) -> str:
    """What must be said beside the answer so that it is not misread; empty where nothing must."""
    if not isinstance(holding.value, Decimal | bool) or holding.name:
        return ""
    return " ".join(filter(None, _parts(target, holding, asking, unit)))


def _parts(target: Target, holding: Held, asking: Asking, unit: str) -> Iterator[str]:
    language = asking.form_language
    if isinstance(holding.value, Decimal):
        if unit and asking.unit is None:
            yield f"{unit}."
        yield _period(holding, asking)
        if _is_itself(target):
            yield from _of_concepts(holding, asking)
    if holding.sample:
        yield _sample(holding.sample, language)
    yield in_language(target.caveat, language) if target.caveat else ""


def _is_itself(target: Target) -> bool:
    """Whether the answer is a reported figure as such, to which what is said of its concept applies."""
    return isinstance(target.how, OneOf) or (isinstance(target.how, OfFact) and target.how.factor == 1)


def _period(holding: Held, asking: Asking) -> str:
    """The period of a figure, unless it is the calendar year that was asked for; of a day, its year's."""
    filing = asking.material.filing
    period = filing.period if holding.period and holding.period.end == filing.period.end else holding.period
    if period is None:
        return ""
    text = saying.period_text(period, asking.form_language)
    return "" if text == str(asking.year) else f"{text}."


def _of_concepts(holding: Held, asking: Asking) -> Iterator[str]:
    figured = {fact.concept for fact in holding.facts}
    for rule in asking.answering.settings.remarks:
        if figured and figured <= set(rule.concepts):
            yield in_language(rule.said, asking.form_language) if rule.said else _members(rule, asking)


def _members(rule: RemarkRule, asking: Asking) -> str:
    """The labels of other facts that say what a figure counts: in people, at the end of the year."""
    labels: list[str] = []
    for name in rule.members:
        concept = asking.material.definitions.concepts[name]
        for fact in asking.material.figures().facts(name):
            if isinstance(fact.value, str):
                codes = asking.material.definitions.code_list(concept.members)
                labels.append(codes.label(fact.value, asking.form_language))
    return f"{', '.join(labels)}." if labels else ""


def _sample(metric: CustomerMetric, language: str) -> str:
    """How many answered, and the interval; a score without them says more than is known."""
    say = translator(language)
    parts = [say("n = %(number)s", number=metric.n) if metric.n is not None else ""]
    if metric.interval and metric.confidence:
        low, high = (Decimal(f"{end:.3g}") for end in metric.interval)
        percent = metric.unit == "share"
        ends = [saying.quantity_text(end, "", language, percent=percent) for end in (low, high)]
        share = saying.quantity_text(Decimal(f"{metric.confidence:.3g}"), "", language, percent=True)
        parts.append(say("%(share)s interval %(low)s to %(high)s", share=share, low=ends[0], high=ends[1]))
    found = "; ".join(filter(None, parts))
    return f"{found}." if found else ""
