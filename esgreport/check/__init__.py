"""Facts against rules: what does not hold becomes a finding; the rules are data, this room knows their kinds only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from esgreport.check.conditions import applies, limits
from esgreport.check.kinds import OF_COMPLETENESS, OF_KIND
from esgreport.check.overlaps import Hit, one_each
from esgreport.check.problems import Holds
from esgreport.check.reported import Reported, place_of
from esgreport.check.wording import Wording
from esgreport.definitions import Definitions, FindingText, did_you_mean, make_finding
from esgreport.definitions.rules import AnyCheck, Rule, RuleReference
from esgreport.errors import DefinitionError
from esgreport.model import Filing, Finding, Severity

__all__ = ["check"]


def check(filing: Filing, definitions: Definitions, language: str = "en", edition: str = "") -> tuple[Finding, ...]:
    """What the rules of an edition find in a filing.

    `edition` is that of the filing when it is left empty. The findings come in the order of the disclosures (those of
    the filing as a whole first), in a disclosure by severity, then by cell; the same filing gives the same findings.
    Errors: DefinitionError for an edition that no rule belongs to, and for a text that asks for a value there is not.
    """
    edition = edition or filing.edition
    editions = {name for _, rule in definitions.rules for name in rule.editions}
    if edition not in editions:
        raise DefinitionError(f"There are no rules for the edition {edition!r}.{did_you_mean(edition, editions)}")
    compared = replace(filing, facts=(*filing.facts, *filing.side_answers))
    reported = Reported(compared, definitions, edition, Wording(definitions, language))
    looked = (
        each for home, rule in definitions.rules if edition in rule.editions for each in _hits(rule, home, reported)
    )
    found = (_worded(hit, reported) for hit in one_each(looked))
    return tuple(sorted(found, key=_order(definitions)))


def _hits(rule: Rule, home: str, reported: Reported) -> Iterator[Hit | Holds]:
    """What the checks of a rule find; one marked `otherwise` is asked only when those it goes on from found nothing."""
    told = False
    for each in rule.checks:
        if each.otherwise and told:
            continue
        found = list(_hits_of(each, rule, home, reported))
        told = any(isinstance(hit, Hit) for hit in found)
        yield from found


def _hits_of(each: AnyCheck, rule: Rule, home: str, reported: Reported) -> Iterator[Hit | Holds]:
    reference = rule.editions[reported.edition]
    home = reference.disclosure or home
    missing = each.kind in OF_COMPLETENESS
    conditions = (*rule.when, *reference.when, *each.when, *(reference.missed_when if missing else ()))
    if each.editions and reported.edition not in each.editions:
        return
    if applies(conditions, each.unless, reported):
        rank = _SEVERITIES.index(Severity(each.severity or rule.severity))
        for problem in OF_KIND[each.kind](each, reported):
            if isinstance(problem, Holds):
                yield problem
                continue
            disclosure = home or _home(problem.concept, reported)
            if not missing or reported.expected(problem.concept, disclosure):
                yield Hit(rule, disclosure, each, each.kind, problem, rank)


def _home(concept: str, reported: Reported) -> str:
    disclosure = reported.definitions.disclosure_of(concept, reported.edition)
    return disclosure.code if disclosure else ""


def _worded(hit: Hit, reported: Reported) -> Finding:
    rule, check, problem = hit.rule, hit.check, hit.problem
    reference = rule.editions[reported.edition]
    text = FindingText(
        code=rule.code,
        severity=_SEVERITIES[hit.rank].value,
        title=check.title or rule.title,
        message=problem.message or check.message or rule.message,
        fix=check.fix or rule.fix,
    )
    conditions = (*rule.when, *reference.when, *check.when, *reference.missed_when)
    values = {"concept": problem.concept, **limits(conditions, reported), **problem.values}
    finding = make_finding(reported.definitions, text, problem.source, reported.words.language, values)
    paragraph = _paragraph(reference, problem.concept, reported)
    return replace(finding, disclosure=hit.disclosure, paragraph=paragraph)


def _paragraph(reference: RuleReference, name: str, reported: Reported) -> str:
    concept = reported.definitions.concepts.get(name)
    own = concept.editions.get(reported.edition) if concept else None
    return reference.paragraph or (own.paragraph if own else "")


_SEVERITIES = tuple(Severity)


def _order(definitions: Definitions) -> Callable[[Finding], tuple[object, ...]]:
    places = {disclosure.code: place for place, disclosure in enumerate(definitions.disclosures, start=1)}

    def key(finding: Finding) -> tuple[object, ...]:
        severity = _SEVERITIES.index(finding.severity)
        place = place_of(finding.source)
        return places.get(finding.disclosure, 0), severity, place, finding.code, finding.concept, finding.message

    return key
