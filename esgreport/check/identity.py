"""Kinds of check on the filing itself: who reports, under which identifier, for which period, and days against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from esgreport.check.problems import Problem, at
from esgreport.check.reported import Reported
from esgreport.check.texts import is_lei, shortened
from esgreport.definitions.forms import IdentifierForms
from esgreport.definitions.rules_of_texts import DayAgainstPeriod, IdentifierForm, Lasts, Stated
from esgreport.model import Fact
from esgreport.thresholds import number_of

LEI = "http://standards.iso.org/iso/17442"


def stated(check: Stated, reported: Reported) -> Iterator[Problem]:
    """One problem when the filing does not say it."""
    entity = reported.filing.entity
    parts = {
        "name": entity.name,
        "identifier": entity.identifier,
        "scheme": entity.scheme,
        "currency": reported.filing.currency,
    }
    if not parts[check.part].strip():
        yield Problem("", reported.stated_at(check.part))


def identifier_form(_check: IdentifierForm, reported: Reported) -> Iterator[Problem]:
    """One problem when the scheme of the undertaking's identifier has a form and the identifier has another."""
    entity = reported.filing.entity
    identifier = entity.identifier.strip()
    form = reported.definitions.forms.identifiers.get(entity.scheme)
    fits = is_lei(identifier) if entity.scheme == LEI else form is None or has_form(identifier, form)
    if identifier and not fits:
        yield Problem("", reported.stated_at("identifier"), {"text": shortened(entity.identifier)})


def has_form(identifier: str, form: IdentifierForms) -> bool:
    """Whether an identifier has the form of its scheme, or of its country; true where that country's is not known."""
    text = re.sub(r"[\s.\-]", "", identifier).upper() if form.plain else identifier
    if form.form:
        return re.fullmatch(form.form, text, re.ASCII) is not None
    known = form.countries.get(text[:2])
    return re.fullmatch(known, text[2:], re.ASCII) is not None if known else len(text) > 2 and text[:2].isalpha()


def lasts(check: Lasts, reported: Reported) -> Iterator[Problem]:
    """One problem when the reporting period is shorter or longer than it should be."""
    period = reported.filing.period
    days = (period.end - period.start).days + 1 if period.start else 1
    if days < check.days_at_least or (check.days_at_most is not None and days > check.days_at_most):
        start, end = (reported.words.day(day) for day in (period.start or period.end, period.end))
        yield Problem("", reported.stated_at("end"), {"start": start, "end": end, "days": str(days)})


def dated(check: DayAgainstPeriod, reported: Reported) -> Iterator[Problem]:
    """One problem when a day or year stands on the wrong side of the end of the reporting period."""
    end = reported.filing.period.end
    for fact in reported.current(check.concept):
        order = _order(fact, end)
        wrong = {"not_later": (1,), "not_earlier": (-1,), "later": (-1, 0)}[check.than_the_period]
        if order in wrong:
            shown = reported.words.day(fact.value) if isinstance(fact.value, date) else str(fact.value)
            yield at(fact, value=shown, end=reported.words.day(end))


def _order(fact: Fact, end: date) -> int | None:
    """-1 for before the end of the period, 0 for that day or year, 1 for after it; None for what is no day or year."""
    if isinstance(fact.value, date):
        return (fact.value > end) - (fact.value < end)
    year = number_of(fact)
    return None if year is None else (year > end.year) - (year < end.year)
