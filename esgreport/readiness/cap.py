"""Whether what is asked for is inside the value chain cap, and whether it protects; conditions and rows are data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esgreport.assessment import CapQuestion, CapVerdict
from esgreport.definitions import Definitions, did_you_mean, in_language
from esgreport.definitions.cap import Advice, Cap, CapRow, Coverage, Limit
from esgreport.definitions.metrics import Metric, inputs_of
from esgreport.definitions.models import Band, Reference
from esgreport.errors import DefinitionError
from esgreport.texts import day_in_words


def cap_of(
    name: str, asked: CapQuestion, definitions: Definitions, language: str = "en", member: str = ""
) -> CapVerdict:
    """The verdict on one thing asked for, with advice in a language.

    `name` is a concept, a derived figure, or empty for what the standard does not know; `member` one of an axis, for
    base-year and target figures. Errors: DefinitionError for a name that is neither.
    """
    case = _Case(asked, definitions, language)
    concepts, metrics = definitions.concepts, definitions.metrics
    if name and name not in concepts and name not in metrics:
        raise DefinitionError(f"There is no concept or metric {name!r}.{did_you_mean(name, [*concepts, *metrics])}")
    if name in metrics and not metrics[name].gives:
        return case.verdict(_of_metric(metrics[name], case))
    return case.verdict(_of_concept(metrics[name].gives if name in metrics else name, member, case))


def protection(
    asked: CapQuestion, year_start: date, definitions: Definitions, language: str
) -> tuple[bool | None, str]:
    """Whether the cap protects against a request, and why, in words; also that it is not yet in force.

    `year_start` is the first day of the year that is reported, where the request may be about a later one.
    """
    case = _Case(asked, definitions, language)
    return case.protects(), " ".join(case.protection(year_start))


@dataclass(frozen=True, slots=True)
class _Content:
    """What is asked for, as the cap sees it: where it stands in the standard, and the row that covers it."""

    reference: Reference
    row: CapRow | None = None
    coverage: Coverage | None = None
    instead: str = ""

    @property
    def paragraph(self) -> str:
        """Where it is asked for: the row's paragraph, or that of the datapoint."""
        return self.row.paragraph if self.row else self.reference.paragraph


@dataclass(frozen=True, slots=True)
class _Case:
    """A question on the cap, with what is needed to answer it."""

    asked: CapQuestion
    definitions: Definitions
    language: str

    @property
    def cap(self) -> Cap:
        """The cap."""
        return self.definitions.law.cap

    @property
    def band(self) -> Band | None:
        """The size that decides which rows hold; None where it cannot be told."""
        small = _within(self.asked, self.cap.lower_band)
        return None if small is None else "up_to_10" if small else "over_10"

    def verdict(self, content: _Content) -> CapVerdict:
        """The verdict on that content in this case."""
        return CapVerdict(
            inside=self._inside(content),
            protects=self.protects(),
            need=self._need(content.reference),
            band=self.band or "",
            paragraph=content.paragraph,
            advice=" ".join(self._advice(content)),
            row=content.row.id if content.row else "",
            part=in_language(content.coverage.part, self.language) if content.coverage else "",
            verified=content.reference.verified and (content.coverage is None or content.coverage.certain),
        )

    def _need(self, reference: Reference) -> str:
        needs = {reference.need_of(band) for band in ((self.band,) if self.band else ("over_10", "up_to_10"))}
        return needs.pop() if len(needs) == 1 else ""

    def _inside(self, content: _Content) -> bool | None:
        if content.row is None or content.coverage is None:
            return False
        bands: tuple[Band, ...] = (self.band,) if self.band else ("over_10", "up_to_10")
        holds = {content.row.holds_for(band) for band in bands}
        if holds == {False}:
            return False
        return True if holds == {True} and content.coverage.certain else None

    def protects(self) -> bool | None:
        """Whether purpose, year and size give protection; None where one of them cannot be told."""
        answers = [self._purpose(), self._begun(), _within(self.asked, self.cap.protected)]
        return False if False in answers else None if None in answers else True

    def _purpose(self) -> bool | None:
        return {"csrd": True, "other": False, "unknown": None}[self.asked.purpose]

    def _begun(self) -> bool | None:
        start = self.asked.financial_year_start
        return None if start is None else start >= self.cap.applies_from.day

    # ── what is said ──

    def protection(self, year_start: date) -> Iterator[str]:
        """Whether there is protection and since when, with the reason."""
        protects, day = self.protects(), day_in_words(self.cap.applies_from.day, self.language)
        if self._begun() and year_start < self.cap.applies_from.day:
            yield self._say("not_yet", day=day)
        if protects:
            employees = self._number(self.asked.employees or Decimal(0))
            yield self._say("protected", employees=employees, day=day)
        elif protects is None:
            yield self._what_is_open()
        else:
            yield self._why_not()
            yield self._say("for_orientation")

    def _advice(self, content: _Content) -> Iterator[str]:
        protects = self.protects()
        if protects is False:
            yield self._why_not()
            yield self._say("listed" if content.row else "not_listed", paragraph=self._paragraph(content))
            return
        if protects is None:
            yield self._what_is_open()
        yield self._place(content)
        if self._inside(content) is not False and content.coverage and content.coverage.certain:
            if content.coverage.part:
                yield self._say("only_part", part=in_language(content.coverage.part, self.language))
        elif content.instead:
            label = in_language(self.definitions.concepts[content.instead].labels, self.language)
            yield self._say("instead", instead=label)

    def _place(self, content: _Content) -> str:
        """Where something is: inside, beyond, or why that cannot be told."""
        inside, certain = self._inside(content), self.protects() is True
        if inside is None and content.coverage:
            unclear: Advice = "band_unknown" if content.coverage.certain else "row_unclear"
            limit = self._number(Decimal(self.cap.lower_band.employees_at_most))
            return self._say(unclear, paragraph=self._paragraph(content), limit=limit)
        if inside:
            return self._say("inside" if certain else "inside_open", paragraph=self._paragraph(content))
        return self._say("outside" if certain else "outside_open")

    def _why_not(self) -> str:
        """The first condition of the cap that is not met."""
        if self._purpose() is False:
            return self._say("other_purpose")
        if self._begun() is False:
            return self._say("not_yet", day=day_in_words(self.cap.applies_from.day, self.language))
        employees = self._number(self.asked.employees or Decimal(0))
        return self._say("not_protected", employees=employees, limit=self._protected_limit())

    def _what_is_open(self) -> str:
        """What has to be known before the cap's protection can be told."""
        if self._purpose() is None:
            return self._say("purpose_unknown")
        if self._begun() is None:
            return in_language(self.cap.applies_from.text, self.language)
        return self._say("size_unknown", limit=self._protected_limit())

    def _paragraph(self, content: _Content) -> str:
        return self.definitions.law.paragraph(content.paragraph, self.language)

    def _protected_limit(self) -> str:
        return self._number(Decimal(self.cap.protected.employees_at_most))

    def _number(self, value: Decimal) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language)

    def _say(self, key: Advice, **values: str) -> str:
        return in_language(self.cap.advice[key], self.language).format(**values)


def _within(asked: CapQuestion, limit: Limit) -> bool | None:
    """Whether the number of employees keeps a limit; full-time equivalents below it prove nothing unless far below."""
    if asked.employees is None:
        return None
    if asked.employees > limit.employees_at_most:
        return False
    return True if not asked.full_time_equivalents or asked.employees <= limit.full_time_equivalents else None


def _of_concept(name: str, member: str, case: _Case) -> _Content:
    """A concept's place; of base-year and target figures that of the disclosure that asks for them."""
    if not name:
        return _Content(Reference())
    for disclosure in case.definitions.disclosures if member else ():
        for asked in disclosure.also_asked:
            if name in asked.concepts and member in asked.members:
                return _Content(asked.editions.get(case.cap.edition, Reference()))
    reference = case.definitions.concepts[name].editions.get(case.cap.edition, Reference())
    row, coverage = case.cap.row_of(name) or (None, None)
    instead = reference.instead if case.cap.row_of(reference.instead) else ""
    return _Content(reference, row, coverage, instead)


def _of_metric(metric: Metric, case: _Case) -> _Content:
    """A derived figure's place: inside where all it is computed from is; then the row of the first input stands for it.

    A row that not all sizes have wins over one that all have: the figure is inside only where every input is.
    """
    reference = metric.editions.get(case.cap.edition, Reference())
    contents = [_of_concept(item.concept, item.member, case) for item in inputs_of(metric)]
    if not contents or any(content.row is None for content in contents):
        return _Content(reference)
    narrowest = min(contents, key=lambda content: bool(content.row and content.row.up_to_10))
    coverage = Coverage(concept=narrowest.coverage.concept) if narrowest.coverage else None
    return _Content(reference, narrowest.row, coverage)
