"""A JSON document of the contract as a filing: all of it is checked, names of any taxonomy are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from esgreport.definitions import Concept, Definitions, did_you_mean
from esgreport.errors import WorkbookError
from esgreport.facts.documents import taxonomy_version
from esgreport.facts.values import shortened
from esgreport.model import Dropped, Entity, Fact, FactValue, Filing, Period, Source

_LARGEST_POWER = 400
"""Of ten: beyond what a double holds. Written out, a number with a power of a million is a million digits."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Entity(_Closed):
    name: str
    identifier: str = ""
    scheme: str = ""


class _Source(_Closed):
    file: str = ""
    sheet: str = ""
    cell: str = ""
    name: str = ""


class _Period(_Closed):
    start: date | None = None
    end: date | None = None
    instant: date | None = None


class _Fact(_Closed):
    concept: str
    value: str | bool | int | Decimal | list[str]
    unit: str | None = None
    decimals: int | Literal["INF"] | None = None
    dimensions: dict[str, str] = {}
    period: _Period
    source: _Source = _Source()
    footnotes: list[str] = []


class _Dropped(_Closed):
    source: _Source
    reason: str
    code: str
    cause: _Source | None = None


class _Asked(_Closed):
    concept: str
    """Of a concept, an axis or a side answer."""
    source: _Source


class _Year(_Closed):
    """What holds for all facts of one period."""

    workbooks: list[str] = []
    taxonomy: str
    entity: _Entity
    currency: str
    period: _Period | None = None
    title: str = ""
    subtitle: str = ""
    language: str = ""
    stated_at: dict[Literal["name", "identifier", "scheme", "currency", "start", "end"], _Source] = {}
    asked_at: list[_Asked] = []


class _Document(_Year):
    edition: str = "vsme-2025"
    digests: dict[str, str] = {}
    facts: list[_Fact]
    dropped: list[_Dropped] = []
    cells_filled: int | None = None
    side_answers: list[_Fact] = []
    """What rules compare with besides the facts; what goes out has none of it."""
    prior: list[_Year] = []


def read_document(content: object, definitions: Definitions, shown: str) -> Filing:
    """The filing a JSON document of the contract's form holds; names of any taxonomy are taken.

    Errors: WorkbookError, with the place in the document, for what the form does not allow.
    """
    try:
        document = _Document.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise WorkbookError(
            f"{shown}: {place}: {first['msg']}. See `esgreport facts --format json` for the form."
        ) from None
    if document.edition not in definitions.edition_names:
        known = did_you_mean(document.edition, definitions.edition_names)
        raise WorkbookError(f"{shown}: edition: there is no edition {document.edition!r}.{known}")
    version = taxonomy_version(document.taxonomy, definitions)
    facts = tuple(
        _fact_in(fact, definitions, f"{shown}: facts.{index} ({fact.concept})", version)
        for index, fact in enumerate(document.facts)
    )
    beside = tuple(
        _side_in(fact, definitions, f"{shown}: side_answers.{index} ({fact.concept})", version)
        for index, fact in enumerate(document.side_answers)
    )
    dropped = tuple(_dropped_in(item) for item in document.dropped)
    whole = _Content(facts, dropped, document)
    earlier = [
        _filing(year, whole.of(frozenset(year.workbooks)), f"{shown}: prior.{number}", definitions)
        for number, year in enumerate(document.prior)
    ]
    files = frozenset(file for year in document.prior for file in year.workbooks)
    filing = _filing(document, whole.of(files, others=True), shown, definitions)
    workbooks = tuple(file for file in filing.workbooks if file not in files) or (shown,)
    digests = tuple(pair for pair in document.digests.items() if pair[0] not in files)
    return replace(filing, workbooks=workbooks, digests=digests, prior=tuple(earlier), side_answers=beside)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a document lists, or the part of it that comes from some files."""

    facts: tuple[Fact, ...]
    dropped: tuple[Dropped, ...]
    document: _Document

    def of(self, files: frozenset[str], *, others: bool = False) -> _Content:
        """The facts and dropped cells of those files, or of all others."""
        return _Content(
            tuple(fact for fact in self.facts if (fact.source.file in files) != others),
            tuple(item for item in self.dropped if (item.source.file in files) != others),
            self.document,
        )


def _filing(year: _Year, content: _Content, shown: str, definitions: Definitions) -> Filing:
    """The filing of one period."""
    return Filing(
        workbooks=tuple(year.workbooks),
        taxonomy=year.taxonomy,
        entity=Entity(year.entity.name, year.entity.identifier, year.entity.scheme),
        currency=year.currency,
        period=_report_period(year, content.facts, shown),
        facts=content.facts,
        dropped=content.dropped,
        cells_filled=len(content.facts) + len(content.dropped),
        edition=content.document.edition,
        title=year.title,
        subtitle=year.subtitle,
        language=year.language,
        digests=tuple(pair for pair in content.document.digests.items() if pair[0] in year.workbooks),
        stated_at=tuple((part, _source_in(source)) for part, source in year.stated_at.items()),
        asked_at=tuple(
            _asked_in(asked, definitions, f"{shown}: asked_at.{index}") for index, asked in enumerate(year.asked_at)
        ),
    )


def _asked_in(asked: _Asked, definitions: Definitions, place: str) -> tuple[str, Source]:
    known = {**definitions.names, **{name: name for name in definitions.side_answers}}
    name = known.get(asked.concept)
    if name is None:
        raise WorkbookError(f"{place}: unknown concept {asked.concept!r}.{did_you_mean(asked.concept, known)}")
    return name, _source_in(asked.source)


def _dropped_in(item: _Dropped) -> Dropped:
    cause = _source_in(item.cause) if item.cause else None
    return Dropped(_source_in(item.source), item.code, item.reason, cause)


def _source_in(source: _Source) -> Source:
    return Source(source.file, source.sheet, source.cell, source.name)


def _fact_in(fact: _Fact, definitions: Definitions, place: str, version: str) -> Fact:
    name = definitions.names.get(fact.concept, "")
    concept = definitions.concepts.get(name)
    if concept is None:
        raise WorkbookError(f"{place}: unknown concept.{did_you_mean(fact.concept, definitions.names)}")
    return _answer_in(fact, concept, definitions, place, version)


def _side_in(fact: _Fact, definitions: Definitions, place: str, version: str) -> Fact:
    answer = definitions.side_answers.get(fact.concept)
    if answer is None:
        raise WorkbookError(f"{place}: unknown side answer.{did_you_mean(fact.concept, definitions.side_answers)}")
    return _answer_in(fact, answer.question, definitions, place, version)


def _answer_in(fact: _Fact, concept: Concept, definitions: Definitions, place: str, version: str) -> Fact:
    period = _period_in(fact.period, place)
    return Fact(
        concept=concept.name,
        value=_value_in(fact.value, concept, definitions, f"{place}.value", version),
        period=period,
        unit=fact.unit,
        decimals=fact.decimals,
        dimensions=tuple(sorted(_dimension_in(pair, definitions, place, version) for pair in fact.dimensions.items())),
        source=_source_in(fact.source),
        footnotes=tuple(fact.footnotes),
    )


def _dimension_in(pair: tuple[str, str], definitions: Definitions, place: str, version: str) -> tuple[str, str]:
    axis = definitions.axes.get(definitions.names.get(pair[0], ""))
    if axis is None:
        raise WorkbookError(f"{place}: unknown axis {pair[0]!r}.{did_you_mean(pair[0], definitions.axes)}")
    if axis.kind == "typed":
        return axis.name, pair[1]
    return axis.name, _member_in(pair[1], axis.members, definitions, place, version)


def _member_in(name: str, code_list: str, definitions: Definitions, place: str, version: str) -> str:
    codes = definitions.code_list(code_list)
    found = codes.named_in(name, version)
    if found is None:
        raise WorkbookError(f"{place}: {name!r} is no member of {code_list}.{did_you_mean(name, codes.by_member)}")
    return found


def _value_in(value: object, concept: Concept, definitions: Definitions, place: str, version: str) -> FactValue:
    if concept.type == "enumeration_set" and isinstance(value, list):
        return tuple(sorted(_member_in(item, concept.members, definitions, place, version) for item in value))
    if concept.type == "boolean" and isinstance(value, bool):
        return value
    if concept.numeric and not isinstance(value, (bool, list)):
        return _number_in(str(value), place)
    if concept.type in ("text", "text_block", "year", "enumeration", "date") and isinstance(value, (str, int)):
        return _worded_in(str(value), concept, definitions, place, version)
    raise WorkbookError(f"{place}: {value!r} does not fit the type {concept.type}.")


def _worded_in(text: str, concept: Concept, definitions: Definitions, place: str, version: str) -> FactValue:
    if concept.type == "enumeration":
        return _member_in(text, concept.members, definitions, place, version)
    if concept.type != "date":
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WorkbookError(f"{place}: {text!r} is no date of the form 2025-12-31.") from None


def _number_in(text: str, place: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise WorkbookError(f"{place}: {text!r} is no decimal number.") from None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_POWER:
        raise WorkbookError(f"{place}: {shortened(text)!r} is no number that a workbook can hold.")
    return number


def _period_in(period: _Period, place: str) -> Period:
    if period.instant and not (period.start or period.end):
        return Period(period.instant)
    if period.end and period.start and not period.instant and period.start <= period.end:
        return Period(period.end, period.start)
    raise WorkbookError(f'{place}: a period is {{"start", "end"}} or {{"instant"}}, and starts before it ends.')


def _report_period(year: _Year, facts: tuple[Fact, ...], shown: str) -> Period:
    """The stated reporting period; where the document has none, the span that most of its facts are for."""
    if year.period:
        return _period_in(year.period, f"{shown}: period")
    spans: Mapping[Period, int] = {
        fact.period: sum(other.period == fact.period for other in facts) for fact in facts if fact.period.start
    }
    if not spans:
        raise WorkbookError(f"{shown}: no period, and no fact that covers a span of time to take it from.")
    return max(spans, key=lambda span: spans[span])
