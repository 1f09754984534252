"""From what is asked for to what we have: one short function a kind of target; it decides no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from esgreport.amounts import Amount, distinct
from esgreport.answers.figures import Figures
from esgreport.answers.units import plain, rounded
from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.definitions import targets as kinds
from esgreport.definitions.answering import AddsUp
from esgreport.definitions.metrics import Input
from esgreport.definitions.targets import Target
from esgreport.model import Fact, Filing, Period, Source

HeldValue = Decimal | bool | date | str | tuple[str, ...]

_NEAR = Decimal("0.005")
"""How far parts may be off the total they make, as a share of it: headcounts and weights are rounded."""


@dataclass(frozen=True, slots=True)
class Held:
    """Something we can say: a number in `unit`, yes or no, a day, a text, or members of the code list `members`.

    `quotient` says that it is the result of a division and may be rounded. `doubt` is why a person must look, and
    `remark` what has to be said beside it, both codes of `saying`.
    """

    value: HeldValue
    unit: str = ""
    percent: bool = False
    quotient: bool = False
    facts: tuple[Fact, ...] = ()
    members: str = ""
    period: Period | None = None
    evidence: tuple[Source, ...] = ()
    doubt: str = ""
    sample: CustomerMetric | None = None
    name: bool = False
    """Whether a number is a name, as a year is: it has no unit, no thousands and no period."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The cells it stands on, each once."""
        own = [source for fact in self.facts for source in sources_of(fact)]
        return tuple(dict.fromkeys(source for source in (*own, *self.evidence) if source.file))


def canonical(holding: Held) -> str:
    """What is held as text, the same for the same figure: by it answers given at different times are compared."""
    value = holding.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        digits = rounded(value, 6) if holding.quotient else plain(value)
        return f"{digits} {holding.unit}".rstrip()
    return "; ".join(sorted(value)) if isinstance(value, tuple) else str(value)


def sources_of(fact: Fact) -> tuple[Source, ...]:
    """The cell of a fact, or the cells of those it was computed from."""
    if fact.inputs:
        return tuple(source for item in fact.inputs for source in sources_of(item))
    return (fact.source,)


def held_fact(concept: str, figures: Figures, axis: str = "", member: str = "") -> Held | None:
    """What is filed for a concept; rows of a table are joined, and a person looks where they are more than one."""
    facts = figures.facts(concept, axis, member)
    if not facts:
        return None if member else _added_up(concept, figures)
    definition = figures.definitions.concepts[concept]
    first = facts[0]
    value = first.value
    if len(facts) > 1:
        return _of_rows(facts)
    members = definition.members if definition.type in ("enumeration", "enumeration_set") else ""
    if members and isinstance(value, str):
        value = (value,)
    percent = definition.type == "percent"
    held_value = Held(value, first.unit or "", percent=percent, facts=facts, members=members, period=first.period)
    return replace(held_value, name=definition.type == "year")


def _of_rows(facts: tuple[Fact, ...]) -> Held:
    """Rows of a table: a yes in one is a yes for all, and everything else is for a person to put together."""
    period = facts[0].period
    if all(isinstance(fact.value, bool) for fact in facts):
        proofs = tuple(fact for fact in facts if fact.value is True)
        return Held(bool(proofs), facts=proofs or facts, period=period, doubt="" if proofs else "several_rows")
    return Held(_joined(facts), facts=facts, period=period, doubt="several_rows")


def _added_up(concept: str, figures: Figures) -> Held | None:
    """The total of a concept's facts at the members of an axis that make one; None where they do not."""
    own = [fact for fact in figures.filing.facts if fact.concept == concept and isinstance(fact.value, Decimal)]
    for rule in figures.definitions.answering.settings.adds_up:
        facts = [fact for fact in own if [axis for axis, _ in fact.dimensions] == [rule.axis]]
        amount = figures.amount(Input(concept=concept, sum_over=rule.axis, unit=facts[0].unit or "")) if facts else None
        members = [fact.member(rule.axis) or "" for fact in facts]
        if amount and _make_a_whole(members, rule, figures):
            return _of_amount(amount, facts[0].unit or "", figures.filing.period, quotient=False)
    return None


def _make_a_whole(members: list[str], rule: AddsUp, figures: Figures) -> bool:
    axis = figures.definitions.axes[rule.axis]
    codes = figures.definitions.code_list(axis.members)
    every = {code.member for code in codes.domain} - {axis.default}
    if rule.every:
        return set(members) == every
    known = [codes.by_member[member].code for member in members if member in codes.by_member]
    nested = any(one != other and one.startswith(other) for one in known for other in known)
    return len(known) == len(members) and not nested


def _joined(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    texts = [", ".join(fact.value) if isinstance(fact.value, tuple) else str(fact.value) for fact in facts]
    return tuple(dict.fromkeys(texts))


def held(target: Target, figures: Figures, customers: tuple[CustomerMetric, ...]) -> Held | None:
    """What we have for a target in the year of the figures; None where it is missing or cannot be told."""
    how = target.how
    if isinstance(how, kinds.OfCustomers):
        settings = figures.definitions.answering.settings
        found = _of_customers(how, customers, settings.whole_company)
    elif isinstance(how, kinds.OfProfile):
        found = _of_profile(how, figures) or _of_only_site(how, figures)
    elif isinstance(how, kinds.FirstOf):
        found = next((one for each in how.of if (one := _simple(each, figures))), None)
    else:
        found = _of_figures(how, figures, target)
    if found is None:
        return None
    return replace(found, percent=found.percent or target.shown == "percent")


def _of_figures(how: kinds.How, figures: Figures, target: Target) -> Held | None:
    found: Held | None = None
    match how:
        case kinds.OfFact() | kinds.OfMetric():
            found = _simple(how, figures)
        case kinds.OneOf():
            found = _one_of(how, figures)
        case kinds.ShareFromRatio():
            found = _share_from_ratio(how, figures)
        case kinds.ShareOf() | kinds.SumOf() | kinds.SumOfProducts():
            unit = target.unit.replace("{currency}", f"iso4217:{figures.filing.currency}")
            found = _computed(how, figures, unit)
        case kinds.YesIfAny():
            found = _yes_if_any(how, figures)
        case kinds.YesIfMember():
            found = _yes_if_member(how, figures)
        case kinds.CountOfRows():
            found = _count(how, figures)
        case kinds.RowsOf():
            found = _rows(how, figures)
        case kinds.ListOf():
            found = _list(how, figures)
    return found


def _of_amount(amount: Amount, unit: str, period: Period, *, quotient: bool) -> Held:
    return Held(amount.value, unit, quotient=quotient, facts=amount.facts, period=period)


def _simple(how: kinds.OfFact | kinds.OfMetric, figures: Figures) -> Held | None:
    if isinstance(how, kinds.OfFact):
        found = held_fact(how.concept, figures, how.axis, how.member)
    else:
        fact = figures.metric(how.metric, how.of)
        shown = figures.definitions.metrics[how.metric].shown
        found = _of_fact(fact, percent=shown == "percent") if fact else None
    if found is None or how.factor == 1 or not isinstance(found.value, Decimal):
        return found
    return replace(found, value=found.value * how.factor)


def _of_fact(fact: Fact, *, percent: bool) -> Held:
    return Held(fact.value, fact.unit or "", percent=percent, quotient=True, facts=(fact,), period=fact.period)


def _one_of(how: kinds.OneOf, figures: Figures) -> Held | None:
    """Any of several: the first where it is the only one or all are equal; else it is a person's choice."""
    found = [(amount, item) for item in how.operands if (amount := figures.amount(item))]
    if not found:
        return None
    (amount, item), values = found[0], {one.value for one, _ in found}
    only = _of_amount(amount, item.unit or amount.facts[0].unit or "", figures.filing.period, quotient=False)
    return only if len(values) == 1 else replace(only, doubt="several_possible")


def _share_from_ratio(how: kinds.ShareFromRatio, figures: Figures) -> Held | None:
    amount = figures.amount(Input(concept=how.concept))
    if amount is None or amount.value < 0:
        return None
    share = amount.value / (1 + amount.value)
    return Held(share, "xbrli:pure", quotient=True, facts=amount.facts, period=figures.filing.period)


def _computed(how: kinds.ShareOf | kinds.SumOf | kinds.SumOfProducts, figures: Figures, unit: str) -> Held | None:
    match how:
        case kinds.ShareOf():
            amount = _share(how, figures)
        case kinds.SumOf():
            amount = _sum(how, figures)
        case kinds.SumOfProducts():
            amount = _products(how, figures)
    if amount is None:
        return None
    return _of_amount(amount, unit, figures.filing.period, quotient=isinstance(how, kinds.ShareOf))


def _share(how: kinds.ShareOf, figures: Figures) -> Amount | None:
    above, below = figures.total(how.numerator), figures.total(how.denominator)
    if above is None or below is None or not below.value or not figures.makes(below.value, how.whole, _NEAR):
        return None
    return Amount(above.value * how.scale / below.value, distinct((above.facts, below.facts)))


def _sum(how: kinds.SumOf, figures: Figures) -> Amount | None:
    total = figures.total(how.operands)
    if total is None or how.whole is None:
        return total
    rest = figures.total(how.rest) if how.rest else None
    return total if figures.makes(total.value + (rest.value if rest else 0), how.whole, _NEAR) else None


def _products(how: kinds.SumOfProducts, figures: Figures) -> Amount | None:
    """Means times sizes; nothing where a group with people has no mean, or a mean no people."""
    total, facts = Decimal(0), list[Fact]()
    for pair in how.pairs:
        mean, weight = (figures.amount(Input(concept=name)) for name in (pair.value, pair.weight))
        if mean is None and (weight is None or not weight.value):
            continue
        if mean is None or weight is None:
            return None
        total += mean.value * weight.value
        facts += (*mean.facts, *weight.facts)
    return Amount(total, tuple(facts)) if facts else None


def _yes_if_any(how: kinds.YesIfAny, figures: Figures) -> Held | None:
    facts = [fact for name in how.concepts for fact in _all_of(name, figures)]
    facts += [fact for item in how.inputs for fact in figures.facts(item.concept, item.axis, item.member)]
    proofs = tuple(fact for fact in facts if _proves(fact))
    noughts = tuple(fact for fact in facts if fact.value == Decimal(0) and not isinstance(fact.value, bool))
    if proofs:
        return Held(value=True, facts=proofs, period=proofs[0].period)
    if noughts and how.zero != "proves_nothing":
        return Held(value=how.zero == "proves_yes", facts=noughts, period=noughts[0].period)
    return None


def _all_of(concept: str, figures: Figures) -> tuple[Fact, ...]:
    """The facts of a concept for the year itself, whatever they are broken down by."""
    return tuple(
        fact
        for fact in figures.filing.facts
        if fact.concept == concept and fact.period.end == figures.filing.period.end
    )


def _proves(fact: Fact) -> bool:
    if isinstance(fact.value, bool):
        return fact.value
    return fact.value > 0 if isinstance(fact.value, Decimal) else bool(fact.value)


def _yes_if_member(how: kinds.YesIfMember, figures: Figures) -> Held | None:
    for fact in figures.facts(how.concept):
        if isinstance(fact.value, tuple) and how.member in fact.value:
            return Held(value=True, facts=(fact,), period=fact.period)
    return None


def _count(how: kinds.CountOfRows, figures: Figures) -> Held | None:
    facts = tuple(
        fact
        for fact in figures.filing.facts
        if fact.concept in how.concepts and fact.member(how.axis) and (not how.only_true or fact.value is True)
    )
    rows = {fact.member(how.axis) for fact in facts}
    return Held(Decimal(len(rows)), "xbrli:pure", facts=facts, period=figures.filing.period) if rows else None


def _rows(how: kinds.RowsOf, figures: Figures) -> Held | None:
    facts = [fact for fact in figures.filing.facts if fact.concept in how.concepts and fact.member(how.axis)]
    if not facts:
        return None
    numbers = list(dict.fromkeys(fact.member(how.axis) for fact in facts))
    rows = [", ".join(_row_texts(how, [fact for fact in facts if fact.member(how.axis) == row])) for row in numbers]
    return Held(tuple(rows), facts=tuple(facts), period=figures.filing.period)


def _row_texts(how: kinds.RowsOf, facts: list[Fact]) -> list[str]:
    by_concept = {fact.concept: str(fact.value) for fact in facts}
    return [by_concept[name] for name in how.concepts if name in by_concept]


def _list(how: kinds.ListOf, figures: Figures) -> Held | None:
    facts = tuple(fact for fact in figures.filing.facts if fact.concept == how.concept)
    texts = [fact.member(how.axis) if how.axis else str(fact.value) for fact in facts]
    found = tuple(dict.fromkeys(text for text in texts if text))
    members = figures.definitions.axes[how.axis].members if how.axis else ""
    return Held(found, facts=facts, members=members, period=figures.filing.period) if found else None


def _of_customers(
    how: kinds.OfCustomers, customers: tuple[CustomerMetric, ...], whole: Mapping[str, str]
) -> Held | None:
    """A customer metric for the whole company; that satisfaction is measured, a figure for a part shows too."""
    given = [each for each in customers if each.status in (Status.FULL, Status.INDICATIVE) and each.value is not None]
    for code in how.metrics:
        for metric in given:
            overall = all(whole.get(name) == member for name, member in metric.dimensions)
            if metric.metric == code and (overall or how.gives == "yes"):
                return _of_metric(metric, how)
    return None


def _of_metric(metric: CustomerMetric, how: kinds.OfCustomers) -> Held:
    if how.gives == "yes":
        return Held(value=True, period=metric.period, evidence=metric.source)
    doubt = "few_cases" if metric.status is Status.INDICATIVE else ""
    value = Decimal(f"{metric.value:.15g}")
    found = Held(value, metric.unit, quotient=True, period=metric.period, evidence=metric.source)
    return replace(found, sample=metric, doubt=doubt)


def _of_profile(how: kinds.OfProfile, figures: Figures) -> Held | None:
    filing = figures.filing
    languages = {code: known.name for code, known in figures.definitions.languages.items()}
    value = _profile_value(how.part, filing, languages)
    if not value:
        return None
    keys = {"name": ("name",), "currency": ("currency",), "start": ("start",), "language": ()}
    wanted = keys.get(how.part, ("start", "end") if how.part in ("period", "year", "end") else ("identifier", "scheme"))
    evidence = tuple(source for key, source in filing.stated_at if key in wanted)
    sources = evidence or tuple(Source(file) for file in filing.workbooks)
    return Held(value, period=filing.period, evidence=sources, name=how.part == "year")


def _of_only_site(how: kinds.OfProfile, figures: Figures) -> Held | None:
    """What is said of the only site there is, for a person to see whether it holds for the undertaking too."""
    facts = [fact for fact in figures.filing.facts if fact.concept in how.site]
    if not facts or len({fact.dimensions for fact in facts}) != 1:
        return None
    facts.sort(key=lambda fact: how.site.index(fact.concept))
    texts = tuple(str(fact.value) for fact in facts)
    members = figures.definitions.concepts[facts[0].concept].members
    value = texts if members else ", ".join(texts)
    return Held(value, facts=tuple(facts), members=members, period=figures.filing.period, doubt="only_site")


def _profile_value(part: str, filing: Filing, languages: Mapping[str, str]) -> HeldValue | None:
    period = filing.period
    start = period.start or period.end
    known: dict[str, HeldValue] = {
        "name": filing.entity.name,
        "currency": filing.currency,
        "language": languages.get(filing.language, ""),
        "start": start,
        "end": period.end,
        "period": (start.isoformat(), period.end.isoformat()),
        "year": Decimal(period.end.year) if period.end.year == start.year else "",
    }
    if part in known:
        return known[part]
    return filing.entity.identifier if filing.entity.scheme == SCHEMES.get(part) else None


SCHEMES = {
    "lei": "http://standards.iso.org/iso/17442",
    "duns": "https://www.dnb.co.uk/duns-number",
    "euid": "https://e-justice.europa.eu/489/EN/business_registers__search_for_a_company_in_the_eu",
    "vat": "https://ec.europa.eu/taxation_customs/vies",
    "nationalregister": "https://e-justice.europa.eu/106/EN/business_registers_in_eu_countries",
}
"""The schemes of identifiers, by part of the profile, as the facts name them."""
