"""Every rule has cases that trip it and cases that do not, written so that who knows the law can read them."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from rule_cases import Case, cases, place

from esgreport.check import check
from esgreport.definitions import Definitions, load
from esgreport.definitions.rules import AnyCheck, Rule

DEFINITIONS = load()
CASES = tuple(cases(DEFINITIONS))
CODES = tuple(rule.code for _, rule in DEFINITIONS.rules)
COMPLETE = tuple(code for code, language in DEFINITIONS.languages.items() if language.complete)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.title}")
def test_a_rule_finds_in_a_case_what_the_case_says(case: Case) -> None:
    found = [(each.code, place(each.source)) for each in check(case.filing, DEFINITIONS, edition=case.edition)]
    assert [each for each in found if each[0] == case.code] == list(case.findings)


def test_every_rule_has_a_case_that_trips_it_and_one_that_does_not() -> None:
    tripped = {case.code for case in CASES if case.findings}
    left_alone = {case.code for case in CASES if not case.findings}
    assert [code for code in CODES if code not in tripped] == [], "without a case that trips it"
    assert [code for code in CODES if code not in left_alone] == [], "without a case that does not"


def test_every_check_of_a_rule_finds_something_in_a_case() -> None:
    idle = [
        f"{rule.code}, check {number} ({each.kind})"
        for disclosure, rule in DEFINITIONS.rules
        for number, each in enumerate(rule.checks, start=1)
        if not any(
            check(case.filing, with_check_alone(disclosure, rule, each), edition=case.edition)
            for case in CASES
            if case.code == rule.code and (case.edition or case.filing.edition) in rule.editions
        )
    ]
    assert idle == []


def with_check_alone(disclosure: str, rule: Rule, alone: AnyCheck) -> Definitions:
    """The definitions with one rule, and of that one check; in every edition, since a case may be of either."""
    definitions = copy.copy(DEFINITIONS)
    definitions.__dict__["rules"] = ((disclosure, replace(rule, checks=[alone])),)
    return definitions


def test_every_case_is_one_of_a_rule_there_is() -> None:
    assert {case.code for case in CASES} <= set(CODES)
    assert [case.title for case in CASES if any(code != case.code for code, _ in case.findings)] == []


def test_no_two_cases_of_a_rule_have_the_same_title() -> None:
    titles = [(case.code, case.title) for case in CASES]
    assert sorted(set(titles)) == sorted(titles)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_check_is_worded_in_every_language_that_is_complete(language: str) -> None:
    missing = [
        f"{rule.code} {name}"
        for _, rule in DEFINITIONS.rules
        for name, text in (
            ("title", rule.title),
            ("message", rule.message),
            ("fix", rule.fix),
            *((f"title of {each.kind}", each.title) for each in rule.checks if each.title),
            *((f"message of {each.kind}", each.message) for each in rule.checks if each.message),
            *((f"fix of {each.kind}", each.fix) for each in rule.checks if each.fix),
        )
        if not text.get(language)
    ]
    assert missing == []


@pytest.mark.parametrize("language", COMPLETE)
def test_every_finding_of_the_cases_can_be_worded_in_every_language(language: str) -> None:
    for case in CASES:
        for finding in check(case.filing, DEFINITIONS, language, case.edition):
            assert finding.title and finding.message and finding.fix, finding
            assert "{" not in finding.message + finding.fix, finding


def test_rules_are_in_the_order_of_the_disclosures_and_each_names_an_edition() -> None:
    order = ["", *(disclosure.code for disclosure in DEFINITIONS.disclosures)]
    places = [order.index(disclosure) for disclosure, _ in DEFINITIONS.rules]
    assert places == sorted(places)
    assert [rule.code for _, rule in DEFINITIONS.rules if not rule.editions] == []
