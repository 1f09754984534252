"""What there is to say about a rule, and about a finding that is none's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esgreport.definitions import FindingText
from esgreport.definitions.models import Text
from esgreport.definitions.rule_parts import Check, names_in
from esgreport.definitions.rules import Rule, RuleReference
from esgreport.explain.checks import check_in_words, example_in_words
from esgreport.explain.conditions import conditions_in_words
from esgreport.explain.model import Entry, Explanation
from esgreport.explain.paragraphs import paragraph_in_words
from esgreport.explain.words import Words

_PLACE = re.compile(r"\{\w+\}")


def explain_rule(rule: Rule, disclosure: str, words: Words) -> Explanation:
    """A rule: what must hold, when, where the law says it, what its finding says, an example, what to do."""
    say = words.say
    entries = (
        Entry("severity", say("Severity"), (severity_in_words(rule.severity, words),)),
        Entry("disclosure", say("Disclosure"), tuple(_disclosure(disclosure, words))),
        Entry("must_hold", say("What must hold"), tuple(_checks(rule, words))),
        Entry("applies", say("When it applies"), tuple(_applies(rule, words))),
        Entry("paragraphs", say("Where the law says it"), tuple(_paragraphs(rule, words))),
        Entry("says", say("What the finding says"), tuple(dict.fromkeys(_messages(rule, words)))),
        Entry(
            "example", say("For example"), tuple(dict.fromkeys(example_in_words(each, words) for each in rule.checks))
        ),
        Entry("fix", say("What to do"), tuple(dict.fromkeys(_fixes(rule, words)))),
        Entry("concepts", say("Concepts it looks at"), tuple(_concepts(rule, words))),
    )
    filled = tuple(entry for entry in entries if any(entry.lines))
    return Explanation(rule.code, "rule", words.text(rule.title), entries=filled)


def explain_finding(text: FindingText, words: Words) -> Explanation:
    """A finding of the catalogue, made while a workbook is read."""
    say = words.say
    entries = (
        Entry("severity", say("Severity"), (severity_in_words(text.severity, words),)),
        Entry("says", say("What the finding says"), (_open(text.message, words),)),
        Entry("fix", say("What to do"), (_open(text.fix, words),)),
    )
    return Explanation(
        text.code, "finding", words.text(text.title), entries=tuple(each for each in entries if any(each.lines))
    )


def severity_in_words(severity: str, words: Words) -> str:
    """What a severity is called."""
    say = words.say
    return {"error": say("Error"), "warning": say("Warning")}.get(severity, say("Remark"))


def looks_at(rule: Rule, concept: str, words: Words) -> bool:
    """Whether a rule looks at a concept: by its name, its type, or a ratio it belongs to."""
    definition = words.definitions.concepts[concept]
    if concept in concepts_of(rule, words):
        return True
    return any(
        definition.type in getattr(check, "types", ()) and concept not in getattr(check, "but", ())
        for check in rule.checks
    )


def concepts_of(rule: Rule, words: Words) -> tuple[str, ...]:
    """The names of the concepts a rule names, also by way of a ratio, in order."""
    found = [name for mark, name in names_in(rule) if mark.what == "concept"]
    for check in rule.checks:
        span = words.definitions.spans.get(getattr(check, "span", ""))
        found += [*span.numerators, span.denominator] if span else []
    left_out = {name for check in rule.checks for name in getattr(check, "but", ())}
    return tuple(name for name in dict.fromkeys(found) if name in words.definitions.concepts and name not in left_out)


def _disclosure(code: str, words: Words) -> Iterator[str]:
    found = next((each for each in words.definitions.disclosures if each.code == code), None)
    yield f"{code} {words.text(found.title)}" if found else words.say("The filing as a whole")


def _checks(rule: Rule, words: Words) -> Iterator[str]:
    for check in rule.checks:
        yield " ".join(_pieces(check, words))


def _pieces(check: Check, words: Words) -> Iterator[str]:
    say = words.say
    yield check_in_words(check, words)
    if check.when:
        yield say("Only if: %(conditions)s.", conditions=conditions_in_words(check.when, words))
    if check.unless:
        clauses = (conditions_in_words([each], words) for each in check.unless)
        yield say("Not if: %(conditions)s.", conditions=words.listed(clauses))
    if check.editions:
        yield say("Only in: %(editions)s.", editions=words.listed(map(words.edition, check.editions)))
    if check.severity:
        yield f"({severity_in_words(check.severity, words)})"


def _applies(rule: Rule, words: Words) -> Iterator[str]:
    say = words.say
    if rule.when:
        yield conditions_in_words(rule.when, words)
    for edition, reference in rule.editions.items():
        for condition in _conditions(reference, words):
            yield f"{words.edition(edition)}: {condition}"
    missing = [words.edition(name) for name in words.definitions.editions if name not in rule.editions]
    if missing:
        yield say("Not in: %(editions)s.", editions=words.listed(missing))


def _conditions(reference: RuleReference, words: Words) -> Iterator[str]:
    if reference.when:
        yield conditions_in_words(reference.when, words)
    if reference.missed_when:
        clauses = conditions_in_words(reference.missed_when, words)
        yield words.say("what is missing is a finding only if: %(conditions)s", conditions=clauses)


def _paragraphs(rule: Rule, words: Words) -> Iterator[str]:
    for edition, reference in rule.editions.items():
        if reference.paragraph:
            yield paragraph_in_words(edition, reference.paragraph, reference.guidance, words)
    if not any(reference.paragraph for reference in rule.editions.values()):
        yield words.say("No paragraph of its own: a finding on a concept gives that concept’s.")


def _messages(rule: Rule, words: Words) -> Iterator[str]:
    for check in rule.checks:
        yield _open(check.message or rule.message, words)


def _fixes(rule: Rule, words: Words) -> Iterator[str]:
    for check in rule.checks:
        yield _open(check.fix or rule.fix, words)


def _open(text: Text, words: Words) -> str:
    """A message as it reads before its numbers are known."""
    return _PLACE.sub("…", words.text(text))


def _concepts(rule: Rule, words: Words) -> Iterator[str]:
    for name in concepts_of(rule, words):
        yield f"{name} – {words.text(words.definitions.concepts[name].labels)}"
