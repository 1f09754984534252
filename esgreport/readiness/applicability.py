"""What became of every datapoint of an edition, and why of each that is not reported; the reasons are data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from esgreport.assessment import NEEDED, DatapointStatus, DisclosureStatus, State
from esgreport.definitions import Definitions, Disclosure, in_language
from esgreport.definitions.applicability import Circumstance, Saying
from esgreport.definitions.models import Reference
from esgreport.model import Fact, Filing
from esgreport.readiness.conditions import Answer, met, presumed
from esgreport.readiness.filed import Filed

NOT_ASKED: Mapping[str, Saying] = {
    "deleted": "deleted",
    "replaced": "replaced",
    "template_detail": "template_detail",
    "": "not_in_edition",
}
NOTHING = Reference()


def applicability(
    filing: Filing,
    definitions: Definitions,
    edition: str,
    measured: Sequence[Fact] = (),
    language: str = "en",
) -> tuple[DisclosureStatus, ...]:
    """What became of every disclosure and datapoint under an edition, in the standard's order, reasons in a language.

    `measured` are the derived figures of the filing: some answer a datapoint. A concept of another edition is there
    as well, as not asked for, so that every concept has a status.
    """
    return statuses(Filed(filing, tuple(measured), definitions, edition, language))


def statuses(filed: Filed) -> tuple[DisclosureStatus, ...]:
    """The same, of what was filed."""
    found = [_status(point, filed) for point in _points(filed)]
    return tuple(
        _disclosure(disclosure, tuple(each for each in found if each.disclosure == disclosure.code), filed)
        for disclosure in filed.definitions.disclosures
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """A datapoint of the edition: a concept, in the disclosure that asks for it, perhaps at members of an axis."""

    concept: str
    disclosure: Disclosure
    reference: Reference
    axis: str = ""
    at: tuple[str, ...] = ()


def _points(filed: Filed) -> Iterator[_Point]:
    homes = {disclosure.code: disclosure for disclosure in filed.definitions.disclosures}
    for disclosure in filed.definitions.disclosures:
        for concept in disclosure.concepts:
            reference = concept.editions.get(filed.edition, NOTHING)
            yield _Point(concept.name, homes[reference.disclosure or disclosure.code], reference)
        for asked in disclosure.also_asked:
            reference = asked.editions.get(filed.edition, NOTHING)
            for name in asked.concepts:
                yield _Point(name, disclosure, reference, asked.axis, tuple(asked.members))


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of a datapoint, why, which answer would tell more, which circumstance surely rules it out."""

    state: State
    reason: str = ""
    hangs_on: str = ""
    ruled_out_by: str = ""


# ── a datapoint ──────────────────────────────────────────────────────────────────────────────────────────────


def _status(point: _Point, filed: Filed) -> DatapointStatus:
    need = point.reference.need_of(filed.band)
    facts = filed.has_at(point.concept, point.axis, point.at) if point.at else bool(filed.facts(point.concept))
    computed = not facts and not point.at and point.concept in filed.computed
    held = facts or computed
    fate = _Fate(State.REPORTED) if held and need not in NOT_ASKED else _fate(point, need, filed)
    return DatapointStatus(
        concept=point.concept,
        label=filed.label(point.concept),
        disclosure=point.disclosure.code,
        need=need,
        state=fate.state,
        reason=fate.reason,
        paragraph=point.reference.paragraph,
        verified=point.reference.verified,
        held=held,
        computed=computed,
        at=point.at,
        hangs_on=fate.hangs_on,
        ruled_out_by=fate.ruled_out_by,
    )


def _fate(point: _Point, need: str, filed: Filed) -> _Fate:
    """What became of a datapoint that has no facts, or that the edition does not ask for."""
    if need in NOT_ASKED:
        return _Fate(State.NOT_ASKED, _not_asked(point, need, filed))
    if point.concept in filed.omitted:
        return _Fate(State.OMITTED, _say("omitted", filed))
    if point.concept in filed.unchanged:
        return _Fate(State.UNCHANGED, _say("unchanged", filed))
    return _left_out(point, need, filed)


def _left_out(point: _Point, need: str, filed: Filed) -> _Fate:
    """What it means that a datapoint the edition asks for has no facts."""
    circumstances = [each for each in filed.definitions.law.applicability.circumstances if _is_of(each, point, filed)]
    answers = [met(each, filed) for each in circumstances]
    both = tuple(zip(circumstances, answers, strict=True))
    # What somebody answered with no is the better reason than what nobody reported.
    refused = sorted((pair for pair in both if pair[1].holds is False), key=lambda pair: not pair[1].said)
    if refused:
        return _Fate(State.NOT_APPLICABLE, _refusal(*refused[0], filed), ruled_out_by=refused[0][0].id)
    if need not in NEEDED:
        return _Fate(State.VOLUNTARY, _say("consideration" if need == "consideration" else "voluntary", filed))
    untold = next((each for each in circumstances if presumed(each, filed)), None)
    if untold:
        return _Fate(State.NOT_APPLICABLE, in_language(untold.reason, filed.language))
    unknown = next((answer for answer in answers if answer.holds is None), None)
    if unknown:
        return _Fate(State.MISSING, _unknown(unknown, filed), unknown.open)
    if need == "necessary_if_applicable" and not any(each.concepts for each in circumstances):
        return _Fate(State.NOT_APPLICABLE, _say("presumed", filed))
    return _Fate(State.MISSING, _say("missing", filed))


def _refusal(circumstance: Circumstance, answer: Answer, filed: Filed) -> str:
    if answer.said:
        return _say("answered_no", filed, question=filed.label(answer.said))
    return in_language(circumstance.reason, filed.language)


def _unknown(answer: Answer, filed: Filed) -> str:
    if answer.full_time_equivalents:
        return _say("full_time_equivalents", filed)
    return _say("unanswered", filed, concept=filed.label(answer.open))


def _is_of(circumstance: Circumstance, point: _Point, filed: Filed) -> bool:
    if circumstance.editions and filed.edition not in circumstance.editions:
        return False
    if point.disclosure.code in circumstance.disclosures:
        return True
    return point.concept in circumstance.concepts and circumstance.also_asked == bool(point.at)


def _not_asked(point: _Point, need: str, filed: Filed) -> str:
    instead = point.reference.instead
    if need == "replaced" and instead:
        return _say("replaced", filed, instead=filed.label(instead))
    return _say("deleted" if need == "replaced" else NOT_ASKED[need], filed)


def _say(saying: Saying, filed: Filed, **values: str) -> str:
    return in_language(filed.definitions.law.applicability.sayings[saying], filed.language).format(**values)


# ── a disclosure ─────────────────────────────────────────────────────────────────────────────────────────────


def _disclosure(disclosure: Disclosure, points: tuple[DatapointStatus, ...], filed: Filed) -> DisclosureStatus:
    state = _state_of(points)
    reference = disclosure.editions.get(filed.edition, NOTHING)
    return DisclosureStatus(
        code=disclosure.code,
        title=in_language(disclosure.title, filed.language),
        module=disclosure.module,
        state=state,
        reason="" if state is State.REPORTED else _reason_of(state, points),
        paragraph=reference.paragraph,
        verified=reference.verified,
        datapoints=points,
    )


def _state_of(points: Sequence[DatapointStatus]) -> State:
    states = {each.state for each in points} - {State.NOT_ASKED}
    open_ = states & {State.MISSING, State.OMITTED}
    if State.REPORTED in states:
        return State.PARTLY if open_ else State.REPORTED
    if State.MISSING in states:
        return State.MISSING
    for state in (State.OMITTED, State.UNCHANGED, State.NOT_APPLICABLE, State.VOLUNTARY):
        if state in states:
            return state
    return State.NOT_ASKED


def _reason_of(state: State, points: Sequence[DatapointStatus]) -> str:
    """The reason most of the datapoints have that make the disclosure what it is."""
    decisive = {State.MISSING, State.OMITTED} if state is State.PARTLY else {state}
    reasons = Counter(each.reason for each in points if each.state in decisive and each.reason)
    return reasons.most_common(1)[0][0] if reasons else ""
