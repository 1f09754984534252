"""The report: a filing, its measured facts and findings become one Document; it decides nothing the layout decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esgreport.assessment import DisclosureStatus, Told
from esgreport.compose import front
from esgreport.compose.about import about
from esgreport.compose.comparatives import comparatives
from esgreport.compose.crosswalk import crosswalk
from esgreport.compose.customers import CustomerChapter, customer_chapter
from esgreport.compose.disclosures import anchors_of, parts
from esgreport.compose.glance import key_figures
from esgreport.compose.index import content_index
from esgreport.compose.methods import methods
from esgreport.compose.provenance import provenance
from esgreport.compose.writer import Writer
from esgreport.customer_panels import CustomerFigures
from esgreport.definitions import Definitions
from esgreport.definitions.statements import Statements
from esgreport.document import Document, KeyFigures, Part, Section
from esgreport.model import Fact, Filing, Finding

if TYPE_CHECKING:
    from esgreport.definitions.cx_report import Audience


NO_STATEMENTS = Statements()
"""Nothing is said of a report."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is to be written: in which language, and whether it is a draft, which prints its findings.

    `statuses` say what became of each disclosure and datapoint under the edition, for the content index. `customers`
    are the figures on customers, where there are any, and `audience` the readers they are told to. `told` is what those
    readers are not shown of the rest, `readers` what they are called. `message` is what the undertaking says to them.
    """

    language: str = "en"
    draft: bool = False
    statuses: tuple[DisclosureStatus, ...] = ()
    customers: CustomerFigures | None = None
    audience: Audience = "customer"
    told: Told | None = None
    readers: str = ""
    message: str = ""
    statements: Statements = NO_STATEMENTS


def compose_report(
    filing: Filing,
    measured: tuple[Fact, ...],
    findings: tuple[Finding, ...],
    definitions: Definitions,
    options: ReportOptions,
) -> Document:
    """The report of a filing, complete and in one language, before any format.

    Every fact, filed or `measured`, of the period stands once in "about" or the parts; those shown have their sources.
    Errors: DefinitionError for a layout, metric or catalogue that is wrong.
    """
    writer = Writer(filing, measured, definitions, options.language)
    told = customer_chapter(writer, options.customers, options.audience) if options.customers else _NOBODY
    chapters = (*parts(writer), *told.parts)
    sections = frozenset(section.id for part in chapters for section in part.sections)
    said, years = _around(writer, findings, options)
    glance = key_figures(writer, sections, told.key_figures)
    return Document(
        language=options.language,
        title=front.title(writer),
        subtitle=filing.subtitle.strip(),
        entity=filing.entity,
        period=writer.numbers.period(filing.period),
        standard=front.standard(writer),
        facts_line=front.facts_line(writer, told.files),
        key_figures=glance,
        about=said,
        parts=chapters,
        index=content_index(writer, sections, options.statuses, options.told),
        footnotes=writer.footnotes,
        provenance=(*provenance(writer, _anchors(chapters, (said, years), glance)), *told.provenance),
        findings=findings if options.draft else (),
        draft=options.draft,
        methods=methods(writer, findings),
        appendices=told.appendices,
        message=front.message(writer, options.message),
        comparatives=years,
        crosswalk=crosswalk(writer, sections),
    )


def _around(writer: Writer, findings: tuple[Finding, ...], options: ReportOptions) -> tuple[Section, Section | None]:
    """What is said of the report itself, and of the figures of earlier years."""
    said = about(writer, options.told, options.readers, options.statements)
    return said, comparatives(writer, findings, options.statements.restatements)


def _anchors(chapters: Iterable[Part], around: Iterable[Section | None], glance: KeyFigures) -> frozenset[str]:
    """The anchors of all that chapters, the sections around them and the page at a glance show."""
    sections = [*(section for part in chapters for section in part.sections), *filter(None, around)]
    return frozenset(anchor for section in sections for anchor in anchors_of(section.blocks)) | anchors_of([glance])


_NOBODY = CustomerChapter()
"""What there is to tell of customers where nothing of them was given."""
