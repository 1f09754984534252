"""Facts against rules: what does not hold becomes a finding; the rules are data, this room knows their kinds only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from esgreport.check.conditions import applies, limits
from esgreport.check.kinds import OF_COMPLETENESS, OF_KIND
from esgreport.check.problems import Problem
from esgreport.check.reported import Reported, place_of
from esgreport.check.wording import Wording
from esgreport.definitions import Definitions, FindingText, did_you_mean, make_finding
from esgreport.definitions.rule_parts import Check
from esgreport.definitions.rules import Rule, RuleReference
from esgreport.errors import DefinitionError
from esgreport.model import Filing, Finding, Severity

__all__ = ["Counts", "Summary", "check", "summary"]


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
    reported = Reported(filing, definitions, edition, Wording(definitions, language))
    found = [
        finding
        for disclosure, rule in definitions.rules
        if edition in rule.editions
        for finding in _findings(rule, disclosure, reported)
    ]
    return tuple(sorted(found, key=_order(definitions)))


def _findings(rule: Rule, disclosure: str, reported: Reported) -> Iterator[Finding]:
    reference = rule.editions[reported.edition]
    disclosure = reference.disclosure or disclosure
    for each in rule.checks:
        conditions = (*rule.when, *reference.when, *each.when)
        if each.editions and reported.edition not in each.editions:
            continue
        if applies(conditions, each.unless, reported):
            for problem in OF_KIND[each.kind](each, reported):
                home = disclosure or _home(problem.concept, reported)
                if each.kind not in OF_COMPLETENESS or reported.expected(problem.concept, home):
                    worded = _worded(rule, each, problem, limits(conditions, reported), reported)
                    yield replace(worded, disclosure=home, paragraph=_paragraph(reference, problem, reported))


def _home(concept: str, reported: Reported) -> str:
    disclosure = reported.definitions.disclosure_of(concept)
    return disclosure.code if disclosure else ""


def _paragraph(reference: RuleReference, problem: Problem, reported: Reported) -> str:
    concept = reported.definitions.concepts.get(problem.concept)
    own = concept.editions.get(reported.edition) if concept else None
    return reference.paragraph or (own.paragraph if own else "")


def _worded(rule: Rule, each: Check, problem: Problem, limit: Mapping[str, str], reported: Reported) -> Finding:
    text = FindingText(
        code=rule.code,
        severity=each.severity or rule.severity,
        title=each.title or rule.title,
        message=problem.message or each.message or rule.message,
        fix=each.fix or rule.fix,
    )
    values = {"concept": problem.concept, **limit, **problem.values}
    return make_finding(reported.definitions, text, problem.source, reported.words.language, values)


_SEVERITIES = tuple(Severity)


def _order(definitions: Definitions) -> Callable[[Finding], tuple[object, ...]]:
    places = {disclosure.code: place for place, disclosure in enumerate(definitions.disclosures, start=1)}

    def key(finding: Finding) -> tuple[object, ...]:
        severity = _SEVERITIES.index(finding.severity)
        place = place_of(finding.source)
        return places.get(finding.disclosure, 0), severity, place, finding.code, finding.concept, finding.message

    return key


# ── counting them ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are of each severity."""

    error: int = 0
    warning: int = 0
    info: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """How many findings there are, in all and for each disclosure that has any.

    In `per_disclosure` the findings on the filing as a whole stand under the empty code.
    """

    error: int
    warning: int
    info: int
    per_disclosure: Mapping[str, Counts]


def summary(findings: Iterable[Finding]) -> Summary:
    """Counts the findings; the disclosures come in the order in which they are first met."""
    findings = tuple(findings)
    codes = dict.fromkeys(finding.disclosure for finding in findings)
    per = {code: _counts(each for each in findings if each.disclosure == code) for code in codes}
    whole = _counts(findings)
    return Summary(whole.error, whole.warning, whole.info, per)


def _counts(findings: Iterable[Finding]) -> Counts:
    severities = [finding.severity for finding in findings]
    return Counts(*(severities.count(severity) for severity in _SEVERITIES))
