"""How ready an undertaking is: the cap's rows, customers' profiles, gaps by what they are worth; it computes none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from esgreport.assessment import (
    AskedItem,
    CapQuestion,
    CapVerdict,
    DatapointStatus,
    Gap,
    Held,
    ProfileStatus,
    Readiness,
    Remark,
    RowStatus,
    State,
)
from esgreport.definitions import Definitions, did_you_mean, in_language
from esgreport.definitions.cap import CapRow, Condition
from esgreport.definitions.editions import Statement
from esgreport.definitions.metrics import Metric, inputs_of
from esgreport.definitions.profiles import Profile
from esgreport.errors import DefinitionError
from esgreport.model import Fact, Filing
from esgreport.readiness.applicability import statuses
from esgreport.readiness.cap import cap_of, protection
from esgreport.readiness.filed import Filed

EFFORTS = ("low", "medium", "high")
OUR_OWN = "OWN"
ANSWERED = frozenset((State.REPORTED, State.UNCHANGED))


@dataclass(frozen=True, slots=True)
class ReadinessOptions:
    """What readiness is asked for: a language, an edition and profiles (all where left empty), and for whom the cap is.

    `asked` is the request the cap is looked at for; left out, one for a CSRD report on the first year the cap holds
    for, or on the year after the filing's where that is later, from an undertaking of the size it reports.
    """

    language: str = "en"
    edition: str = ""
    profiles: tuple[str, ...] = ()
    asked: CapQuestion | None = None


def readiness(
    filing: Filing, measured: Sequence[Fact], definitions: Definitions, options: ReadinessOptions
) -> Readiness:
    """How ready an undertaking is, texts in the language of the options.

    Errors: DefinitionError for an edition or profile there is not.
    """
    choice = definitions.edition_for(filing.period.end)
    edition = _known(options.edition or choice.edition.id, definitions.editions, "edition")
    reported = Filed(filing, tuple(measured), definitions, edition, options.language)
    cap = definitions.law.cap
    # A customer asks whichever module was chosen, so what the cap covers is looked for in both.
    case = _Case(replace(reported, edition=cap.edition, both_modules=True), options)
    start = filing.period.start or filing.period.end
    protects, words = protection(case.asked, start, definitions, options.language)
    return Readiness(
        entity=filing.entity.name,
        period_end=filing.period.end,
        language=options.language,
        edition=in_language(definitions.editions[edition].name, options.language),
        why=choice.why(options.language) if edition == choice.edition.id else "",
        asked=case.asked,
        band=case.filed.band,
        rows=tuple(_row(row, case) for row in cap.rows),
        ready=sum(each.answered for each in case.inside),
        missing=sum(case.misses(each) for each in case.inside),
        held=tuple(_held(case)),
        disclosures=statuses(reported),
        profiles=tuple(_profile(profile, case) for profile in case.profiles),
        gaps=_ranked(case),
        conditions=tuple(_remarks((cap.purpose, cap.applies_from, cap.protected, cap.lower_band), case)),
        caveats=tuple(_remarks((*cap.statements, *cap.exceptions, *cap.caveats), case)),
        protects=protects,
        protection=words,
    )


@dataclass(frozen=True)
class _Case:
    """A filing against the cap and the profiles, with the verdict on each datapoint."""

    filed: Filed
    options: ReadinessOptions

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self.options.language

    @property
    def definitions(self) -> Definitions:
        """The definitions."""
        return self.filed.definitions

    @cached_property
    def asked(self) -> CapQuestion:
        """The request the cap is looked at for."""
        return self.options.asked or _usual_request(self.filed)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The kinds of customers chosen, or all."""
        known = self.definitions.law.profiles
        chosen = [_known(name, known, "profile") for name in self.options.profiles] or list(known)
        return tuple(known[name] for name in chosen)

    @cached_property
    def points(self) -> Mapping[str, DatapointStatus]:
        """The datapoints of the cap's edition by concept, those of the period."""
        points = [point for each in statuses(self.filed) for point in each.datapoints]
        return {point.concept: point for point in points if not point.at}

    @cached_property
    def verdicts(self) -> Mapping[str, CapVerdict]:
        """The verdict on each of them."""
        return {name: self.verdict(name) for name in self.points}

    def verdict(self, name: str) -> CapVerdict:
        """The verdict on a concept or derived figure."""
        return cap_of(name, self.asked, self.definitions, self.language)

    def misses(self, point: DatapointStatus) -> bool:
        """Whether a datapoint is missing, and not just of no account until another one is there."""
        first = self.points.get(point.hangs_on)
        return point.state is State.MISSING and (first is None or first.state is not State.MISSING)

    @property
    def inside(self) -> tuple[DatapointStatus, ...]:
        """The datapoints inside the cap that apply to the undertaking."""
        apply = [each for each in self.points.values() if each.state is not State.NOT_APPLICABLE]
        return tuple(each for each in apply if self.verdicts[each.concept].inside is True)


def _usual_request(filed: Filed) -> CapQuestion:
    start = filed.filing.period.start or filed.filing.period.end
    first = filed.definitions.law.cap.applies_from.day
    return CapQuestion(filed.employees, "csrd", max(start, first), filed.full_time_equivalents)


def _known(name: str, known: Mapping[str, object], what: str) -> str:
    if name not in known:
        raise DefinitionError(f"There is no {what} {name!r}.{did_you_mean(name, known)}")
    return name


# ── the cap ──────────────────────────────────────────────────────────────────────────────────────────────────


def _row(row: CapRow, case: _Case) -> RowStatus:
    points = [case.points[each.concept] for each in row.covers]
    verdicts = {case.verdicts[each.concept].inside for each in row.covers if each.certain}
    missing = tuple(each.label for each in points if case.misses(each))
    return RowStatus(
        row=row.id,
        disclosure=row.disclosure,
        paragraph=case.definitions.law.paragraph(row.paragraph, case.language),
        wording=in_language(row.wording, case.language),
        inside=verdicts.pop() if len(verdicts) == 1 else None,
        state=_state_of_row(points),
        missing=missing,
    )


def _state_of_row(points: Sequence[DatapointStatus]) -> State:
    states = {each.state for each in points}
    if states & ANSWERED:
        return State.PARTLY if states & {State.MISSING, State.OMITTED} else State.REPORTED
    order = (State.MISSING, State.OMITTED, State.VOLUNTARY, State.NOT_APPLICABLE)
    return next((state for state in order if state in states), State.NOT_ASKED)


def _held(case: _Case) -> Iterable[Held]:
    for point in case.points.values():
        if point.held and case.verdicts[point.concept].inside is False:
            yield Held(point.concept, point.label, point.disclosure, point.need)


# ── customers ────────────────────────────────────────────────────────────────────────────────────────────────


def _profile(profile: Profile, case: _Case) -> ProfileStatus:
    items = [_item(name, ask.weight, case, verified=ask.verified) for ask in profile.asks for name in ask.datapoints]
    return ProfileStatus(
        id=profile.id,
        name=in_language(profile.name, case.language),
        summary=in_language(profile.summary, case.language),
        purpose=profile.purpose,
        items=tuple(items),
    )


def _item(name: str, weight: int, case: _Case, *, verified: bool) -> AskedItem:
    inside = case.verdict(name).inside
    if name in case.points:
        point = case.points[name]
        state = State.REPORTED if point.held else point.state
        reason = "" if point.held else point.reason
        return AskedItem(name, point.label, weight, state, reason, inside, verified)
    metric = case.definitions.metrics[name]
    label = in_language(metric.labels, case.language)
    known = any(fact.concept == name for fact in case.filed.measured) or _could_be_had(metric, case.filed)
    state = State.REPORTED if known else State.MISSING
    reason = "" if known else in_language(case.definitions.law.applicability.sayings["missing"], case.language)
    return AskedItem(name, label, weight, state, reason, inside, verified)


def _could_be_had(metric: Metric, filed: Filed) -> bool:
    """Whether an edition that has dropped a figure is why it was not computed: all it takes is reported."""
    reference = metric.editions.get(filed.edition)
    dropped = reference is None or reference.status == "deleted"
    return dropped and all(filed.has(item.concept) for item in inputs_of(metric))


def _concepts_asked(profile: Profile, case: _Case) -> Mapping[str, int]:
    """The concepts a profile asks for with their weight; of a derived figure that could not be had, its inputs."""
    found: dict[str, int] = {}
    measured = {fact.concept for fact in case.filed.measured}
    for ask in profile.asks:
        for name in ask.datapoints:
            metric = case.definitions.metrics.get(name)
            inputs = [item.concept for item in inputs_of(metric)] if metric and name not in measured else []
            for concept in inputs if metric else [name]:
                found[concept] = max(ask.weight, found.get(concept, 0))
    return found


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _ranked(case: _Case) -> tuple[Gap, ...]:
    """What is missing: inside the cap first, then what most customers ask for, then what is easiest to get."""
    asked = [(profile, _concepts_asked(profile, case)) for profile in case.profiles]
    ranked: list[tuple[tuple[int, ...], Gap]] = []
    for place, point in enumerate(case.points.values()):
        asking = [(profile, weights[point.concept]) for profile, weights in asked if point.concept in weights]
        if case.misses(point) or (point.state is State.VOLUNTARY and asking):
            gap = _gap(point, [profile for profile, _ in asking], case)
            inside = (True, None, False).index(gap.inside)
            weight = sum(weight for _, weight in asking)
            ranked.append(((inside, -len(asking), EFFORTS.index(gap.effort), -weight, place), gap))
    return tuple(gap for _, gap in sorted(ranked, key=lambda each: each[0]))


def _gap(point: DatapointStatus, profiles: Sequence[Profile], case: _Case) -> Gap:
    effort = case.definitions.law.efforts.get(point.concept)
    return Gap(
        concept=point.concept,
        label=point.label,
        disclosure=point.disclosure,
        paragraph=case.definitions.law.paragraph(point.paragraph, case.language),
        verified=point.verified,
        inside=case.verdicts[point.concept].inside,
        asked_by=tuple(in_language(profile.name, case.language) for profile in profiles),
        effort=effort.level if effort else "medium",
        effort_reason=in_language(effort.reason, case.language) if effort else "",
        reason=point.reason,
    )


# ── what is said of the law ──────────────────────────────────────────────────────────────────────────────────


def _remarks(statements: Iterable[Statement | Condition], case: _Case) -> Iterable[Remark]:
    law = case.definitions.law
    for each in statements:
        ours = each.verified and each.sources == [OUR_OWN]  # what we say of ourselves needs no proof
        yield Remark(
            text=in_language(each.text, case.language),
            paragraph=law.paragraph(each.paragraph, case.language),
            verified=each.verified,
            certainty="" if ours else in_language(law.grades[each.grade], case.language),
        )
