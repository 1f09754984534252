"""A report's readers, above the rooms: what they are told of a filing, and which files the PDF carries for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport import audience, read
from esgreport.assessment import Told
from esgreport.definitions import Definitions, in_language
from esgreport.definitions.audiences import Audience
from esgreport.model import Filing, Finding, Source
from esgreport.texts import translator

if TYPE_CHECKING:
    from esgreport.customer_panels import CustomerFigures
    from esgreport.definitions.cx_report import Audience as CustomerEdition
    from esgreport.render.pdf_marks import Enclosure

_WORKBOOKS = (".xlsx", ".xlsm")


def told_to(
    filing: Filing, findings: Sequence[Finding], readers: Audience, definitions: Definitions, language: str
) -> tuple[Told, tuple[Finding, ...]]:
    """What is left of a filing for its readers, and the findings that rest on nothing else."""
    from esgreport.check import check

    told = audience.told(filing, readers, definitions, language)
    if told.whole:
        return told, tuple(findings)
    again = check(told.filing, definitions, language)
    return told, audience.told_findings(findings, again, filing, told)


def difference(told: Told, readers: Audience, language: str) -> Iterator[str]:
    """Lines that say what these readers do not see of all there is; none where they see everything."""
    named = in_language(readers.label, language) or readers.like
    for kind, kept in (("Withheld", told.withheld), ("Rounded", told.rounded)):
        if kept:
            yield f"{kind}, since the report is {named}; figures and texts: {sum(each.count for each in kept)}."
        for reason in dict.fromkeys(each.reason for each in kept):
            listed = "; ".join(f"{each.label} ({each.count})" for each in kept if each.reason == reason)
            yield f"  {reason} {listed}".replace("   ", "  ")
    if not told.whole and "source" in readers.encloses:
        yield "The workbook is not enclosed in the PDF, since it holds what these readers do not see."


def as_book(
    told: Told, readers: Audience, customers: CustomerFigures | None, definitions: Definitions, language: str
) -> bytes:
    """The figures the readers are told, as a workbook; of customers those that the report shows them."""
    from esgreport.compose import ReportOptions
    from esgreport.compose.facts_book import facts_book
    from esgreport.measure import measure
    from esgreport.render.books import write_book

    edition: CustomerEdition = "full" if readers.customers == "full" else "customer"
    shown = None if readers.customers == "none" else customers
    how = ReportOptions(language, customers=shown, audience=edition)
    return write_book(facts_book(told.filing, measure(told.filing, definitions), definitions, how))


def enclosures(given: Filing, told: Told, readers: Audience, facts: bytes, language: str) -> tuple[Enclosure, ...]:
    """The files a PDF carries: the workbooks the figures come from, where its readers see all of them, and the facts.

    `given` is the filing as read, with its files as the user typed them.
    """
    from esgreport.render.pdf_marks import Enclosure

    say = translator(language)
    found, names = [], names_of(given)
    if told.whole and "source" in readers.encloses:
        for file, digest in (pair for year in given.years for pair in year.digests):
            content = _as_it_was(file, digest)
            if content is not None:
                name = names[file].replace("/", "_")
                found.append(Enclosure(name, content, "Source", say("Workbook the figures come from")))
    if "data" in readers.encloses:
        found.append(Enclosure("facts.json", facts, "Data", say("The facts of this report, for machines")))
    return tuple(found)


def _as_it_was(file: str, digest: str) -> bytes | None:
    """A workbook's content; None where it is not there, or no longer what was read, as behind a file of facts."""
    if Path(file).suffix.lower() not in _WORKBOOKS or not Path(file).is_file():
        return None
    content = read.read_bytes(Path(file), file)
    return content if hashlib.sha256(content).hexdigest() == digest else None


def handed_on(filing: Filing, findings: Sequence[Finding]) -> tuple[Filing, tuple[Finding, ...]]:
    """A filing and its findings with files by name alone, since a path tells of the computer it came from."""
    names = names_of(filing)

    def bare(source: Source) -> Source:
        return replace(source, file=names.get(source.file) or Path(source.file).name)

    newest, *earlier = (_with_sources(year, names, bare) for year in filing.years)
    return replace(newest, prior=tuple(earlier)), tuple(replace(each, source=bare(each.source)) for each in findings)


def _with_sources(year: Filing, names: Mapping[str, str], bare: Callable[[Source], Source]) -> Filing:
    dropped = (replace(item, source=bare(item.source), cause=item.cause and bare(item.cause)) for item in year.dropped)
    return replace(
        year,
        workbooks=tuple(names[file] for file in year.workbooks),
        facts=tuple(replace(fact, source=bare(fact.source)) for fact in year.facts),
        dropped=tuple(dropped),
        digests=tuple((names[file], digest) for file, digest in year.digests),
        stated_at=tuple((part, bare(source)) for part, source in year.stated_at),
        asked_at=tuple((concept, bare(source)) for concept, source in year.asked_at),
    )


def names_of(filing: Filing) -> Mapping[str, str]:
    """The names its files are handed on by."""
    return _bare_names(file for year in filing.years for file in (*year.workbooks, *dict(year.digests)))


def _bare_names(files: Iterable[str]) -> Mapping[str, str]:
    """The files by name; those of one name with as many of the folders they lie in as it takes to tell them apart."""
    distinct = dict.fromkeys(files)
    parts = {file: Path(file).parts for file in distinct}
    names = {file: Path(file).name for file in distinct}
    for depth in range(2, max((len(one) for one in parts.values()), default=0) + 1):
        twice = [file for file in distinct if list(names.values()).count(names[file]) > 1]
        names |= {file: "/".join(parts[file][-depth:]) for file in twice}
    return names
