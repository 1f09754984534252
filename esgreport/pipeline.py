"""The rooms in order: the only module that knows the road from a workbook to its reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import esgreport
from esgreport import facts, read
from esgreport.definitions import Definitions, in_language
from esgreport.echoes import once
from esgreport.errors import RenderError
from esgreport.model import Fact, Filing, Finding, Progress, Severity
from esgreport.render import plain

if TYPE_CHECKING:
    from esgreport.assessment import Told
    from esgreport.customer_panels import CustomerFigures
    from esgreport.definitions.audiences import Audience
    from esgreport.definitions.cx_report import Audience as CustomerEdition
    from esgreport.definitions.statements import StatementsFile
    from esgreport.document import Document
    from esgreport.render.design import Design
    from esgreport.render.seal import Key


def silent(step: str) -> None:
    """A progress that says nothing."""
    del step


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its facts, what was found while reading them, and the edition it names or is seen under."""

    filing: Filing
    findings: tuple[Finding, ...]
    edition: str = ""


def read_filings(
    paths: Sequence[Path],
    definitions: Definitions,
    language: str = "",
    edition: str = "",
    progress: Progress = silent,
) -> Reading:
    """The facts of the workbooks of one undertaking, or of facts files in their place; the newest is the report's.

    Those of earlier years are its `prior`. All are seen under an edition: the one asked for, else the one a facts file
    names, else that of the financial year. Findings come in a language, or in each workbook's own; what could not be
    read in the workbook of an earlier year is no error of this report.
    Errors: WorkbookError for a file that cannot be used, and for files that do not make one undertaking's years.
    """
    readings = [_read(path, definitions, language, progress) for path in paths]
    filings = [reading.filing for reading in readings]
    filing, findings = facts.combined(filings, definitions, language or filings[0].language)
    found = [
        finding if reading.filing.period == filing.period else _no_error(finding)
        for reading in readings
        for finding in reading.findings
    ]
    stated = next((one.edition for one in readings if one.filing.period == filing.period), "")
    return _under(edition or stated, Reading(filing, (*found, *findings)), definitions)


@dataclass(frozen=True, slots=True)
class Given:
    """The files of one undertaking by what they hold: sustainability figures, or customers' data."""

    figures: tuple[Path, ...]
    customers: tuple[Path, ...]


def sorted_out(paths: Sequence[Path], definitions: Definitions) -> Given:
    """Which of the files hold customers' data, by their content.

    Errors: WorkbookError for one that cannot be opened.
    """
    customers = tuple(path for path in paths if read.holds_customers(path, str(path), definitions))
    return Given(tuple(path for path in paths if path not in customers), customers)


def with_customers(
    checked: Reading, paths: Sequence[Path], definitions: Definitions, language: str, progress: Progress = silent
) -> tuple[Reading, CustomerFigures | None]:
    """The reading with what was found in customers' files, and the figures measured from them; None without files.

    Errors: WorkbookError for a file of no use, EsgreportError where the libraries for statistics are not installed.
    """
    if not paths:
        return checked, None
    from esgreport.customers import for_report

    progress(f"Measuring customers from {', '.join(path.name for path in paths)}")
    figures, findings = for_report(paths, definitions, language)
    return replace(checked, findings=(*checked.findings, *findings)), figures


def _under(edition: str, reading: Reading, definitions: Definitions) -> Reading:
    """The reading under an edition, that of its financial year where none is named; findings with its paragraphs."""
    filing = reading.filing
    edition = edition or definitions.edition_for(filing.period.end).edition.id
    newest, *earlier = (replace(year, edition=edition) for year in filing.years)
    findings = tuple(_finding_under(edition, finding, definitions) for finding in reading.findings)
    return Reading(replace(newest, prior=tuple(earlier)), findings, edition)


def _finding_under(edition: str, finding: Finding, definitions: Definitions) -> Finding:
    home = definitions.disclosure_of(finding.concept, edition)
    if home is None:
        return finding
    paragraph = definitions.concepts[finding.concept].paragraph_in(edition)
    return replace(finding, disclosure=home.code, paragraph=paragraph)


def edition_line(reading: Reading, definitions: Definitions, language: str) -> str:
    """One line that says which edition the figures are seen under, and why."""
    edition = definitions.editions[reading.filing.edition]
    choice = definitions.edition_for(reading.filing.period.end)
    usual = choice.why(language) if choice.edition is edition else ""
    return f"{edition.id}: {in_language(edition.name, language)}. {usual}".rstrip()


def _no_error(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def _read(path: Path, definitions: Definitions, language: str, progress: Progress) -> Reading:
    progress(f"Reading {path.name}")
    shown = str(path)
    if read.kind_of(path, shown) == "facts":
        content = read.read_facts_document(path, shown)
        return Reading(*facts.restored(content, definitions, shown, language), facts.stated_edition(content))
    filing, findings = facts.bind(read.read_workbook(path, shown), definitions, language)
    return Reading(filing, findings)


def check_filing(reading: Reading, definitions: Definitions, language: str, progress: Progress = silent) -> Reading:
    """The reading with the findings of the rules added to those of reading, in the standard's order."""
    from esgreport.check import check

    progress("Checking the figures against the rules")
    found = once(reading.findings, check(reading.filing, definitions, language), reading.filing)
    order = ["", *(disclosure.code for disclosure in definitions.disclosures)]
    severities = list(Severity)
    ranked = sorted(found, key=lambda item: (order.index(item.disclosure), severities.index(item.severity)))
    return Reading(reading.filing, tuple(ranked))


def compose(checked: Reading, told: Told, definitions: Definitions, options: BuildOptions) -> Document:
    """The report's document from checked facts, as far as its readers are told them, and from figures on customers."""
    from esgreport.compose import ReportOptions, compose_report
    from esgreport.definitions.statements import Statements
    from esgreport.measure import measure
    from esgreport.readiness import applicability

    filing, language = checked.filing, options.language
    measured: tuple[Fact, ...] = measure(told.filing, definitions)
    whole = measured if told.whole else measure(filing, definitions)
    statuses = applicability(filing, definitions, filing.edition, whole, language)
    readers = options.readers
    edition: CustomerEdition = "full" if readers.customers == "full" else "customer"
    customers = None if readers.customers == "none" else options.customers
    named = in_language(readers.label, language)
    said = options.statements.statements if options.statements else Statements()
    how = ReportOptions(language, options.draft, statuses, customers, edition, told, named, options.message, said)
    return compose_report(told.filing, measured, checked.findings, definitions, how)


def _handed_on(checked: Reading) -> Reading:
    """The reading as others may see it: files by name alone, since a path tells of the computer it came from."""
    from esgreport.readership import handed_on

    return Reading(*handed_on(checked.filing, checked.findings))


FORMATS = ("html", "pdf", "json", "xlsx")
"""What `build` can write; `json` is the facts and the findings, `xlsx` the figures to reckon with."""


def build(
    checked: Reading, definitions: Definitions, formats: Sequence[str], options: BuildOptions
) -> Mapping[str, bytes]:
    """The files of a report by name, `manifest.json` with the hashes of inputs and outputs among them.

    Errors: RenderError when one cannot be made; then there is none.
    """
    from esgreport import readership
    from esgreport.render.findings import render_findings
    from esgreport.render.html import render_html
    from esgreport.render.pdf import render_pdf

    given, checked = checked.filing, _handed_on(checked)
    readers, language = options.readers, options.language
    told, findings = readership.told_to(checked.filing, checked.findings, readers, definitions, language)
    checked = replace(checked, findings=findings)
    for line in readership.difference(told, readers, language):
        options.progress(line)
    machine = plain.json_text(facts.filing_to_document(told.filing, definitions)).encode()
    files: dict[str, bytes] = {}
    if {"html", "pdf"} & set(formats):
        options.progress("Composing the report")
        document = compose(checked, told, definitions, options)
        page = render_html(document, options.design)
        if "html" in formats:
            files["report.html"] = page.encode()
            files["findings.html"] = render_findings(told.filing, findings, definitions, language).encode()
        if "pdf" in formats:
            options.progress("Setting the PDF")
            enclosed = readership.enclosures(given, told, readers, machine, language)
            files["report.pdf"] = _sealed(render_pdf(page, document, enclosed), options)
    if "xlsx" in formats:
        options.progress("Writing the figures as a workbook")
        files["data.xlsx"] = readership.as_book(told, readers, options.customers, definitions, language)
    if "json" in formats:
        files["facts.json"] = machine
        files["findings.json"] = plain.json_text(findings_document(findings, definitions)).encode()
    files["manifest.json"] = plain.json_text(_manifest(checked.filing, files, options)).encode()
    return files


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a report is built: its language, for whom, whether as a draft, who hears of the steps, what of customers."""

    language: str
    readers: Audience
    draft: bool = False
    progress: Progress = silent
    customers: CustomerFigures | None = None
    design: Design | None = None
    key: Key | None = None
    """What to seal the PDF with."""
    message: str = ""
    """What the undertaking says to the readers before the figures; Markdown is understood."""
    statements: StatementsFile | None = None
    """What it says of the report: assurance, estimates, changes."""


def _sealed(pdf: bytes, options: BuildOptions) -> bytes:
    if options.key is None:
        return pdf
    from esgreport.render.seal import sealed

    options.progress(f"Sealing the PDF with {options.key.name}")
    return sealed(pdf, options.key)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a report is to look: a brand's file, a theme and a page that go before its own, a folder of templates."""

    brand: Path | None = None
    theme: str = ""
    page: str = ""
    templates: Path | None = None


def design(looks: Looks) -> Design:
    """The design that was asked for.

    Errors: DefinitionError for a brand that is wrong, with file and line; RenderError for templates of no use.
    """
    from esgreport.render.design import branded_design, plain_design, restyled

    if looks.brand:
        from esgreport.definitions.brand import load_brand

        made = branded_design(load_brand(looks.brand), looks.theme, looks.page)
    else:
        made = plain_design(looks.theme or "plain", looks.page or "a4")
    return restyled(made, looks.templates) if looks.templates else made


def findings_document(findings: Sequence[Finding], definitions: Definitions) -> dict[str, object]:
    """The findings as a structure for JSON, counted by disclosure."""
    return plain.findings_document(findings, [disclosure.code for disclosure in definitions.disclosures])


def findings_page(checked: Reading, definitions: Definitions, language: str) -> str:
    """The findings as a page to look at and hand on: files are named without the folders they lie in."""
    from esgreport.render.findings import render_findings

    handed = _handed_on(checked)
    return render_findings(handed.filing, handed.findings, definitions, language)


def readiness_as(
    form: str, reading: Reading, definitions: Definitions, language: str, profiles: tuple[str, ...] = ()
) -> str:
    """How ready an undertaking is, as `table`, `json` or `html`; for some profiles, or all."""
    from esgreport.measure import measure
    from esgreport.readiness import ReadinessOptions, readiness
    from esgreport.render import readiness_text as text

    options = ReadinessOptions(language, reading.filing.edition, profiles)
    found = readiness(reading.filing, measure(reading.filing, definitions), definitions, options)
    if form == "json":
        return plain.json_text(text.readiness_document(found))
    if form == "html":
        from esgreport.render.readiness import render_readiness

        return render_readiness(found, definitions)
    return text.readiness_text(found)


def marked_copy(path: Path, findings: Sequence[Finding], language: str) -> bytes:
    """A copy of a workbook with its own findings marked and listed in it; the workbook itself is left alone.

    Errors: WorkbookError for a file that cannot be opened, RenderError for one that cannot be added to.
    """
    from esgreport.render.marked_workbook import marked_workbook
    from esgreport.texts import translator

    try:
        return marked_workbook(read.read_bytes(path, str(path)), findings, translator(language))
    except RenderError as error:
        raise RenderError(f"{path}: {error.message} Use --format html.") from None


def write_workbook(path: Path, definitions: Definitions, language: str, *, sample: bool) -> None:
    """Write our own workbook in a language, empty or filled with the sample company."""
    from esgreport.output import write_files
    from esgreport.render.workbook import write_workbook as written

    filing = sample_filing(definitions, language) if sample else None
    write_files(path.parent, {path.name: written(definitions, language, filing)})


def sample_filing(definitions: Definitions, language: str) -> Filing:
    """The facts of the sample company, with its texts in a language."""
    path = definitions.folder / "samples" / f"{language}.json"
    return facts.filing_from_document(read.read_facts_document(path, path.name), definitions, path.name)


def disclosure_titles(definitions: Definitions, language: str) -> Mapping[str, str]:
    """The titles of the disclosures by code."""
    return {item.code: in_language(item.title, language) for item in definitions.disclosures}


def concept_labels(definitions: Definitions, language: str) -> Mapping[str, str]:
    """The labels of the concepts by name."""
    return {concept.name: in_language(concept.labels, language) for concept in definitions.concepts.values()}


def _inputs(filing: Filing, options: BuildOptions) -> Iterable[tuple[str, str]]:
    """Every file a report was made from, and its SHA-256."""
    yield from (each for year in filing.years for each in year.digests)
    yield from ((Path(file).name, digest) for file, digest in (options.customers.digests if options.customers else ()))
    if options.statements:
        yield options.statements.name, options.statements.digest


def _looks(design: Design | None) -> dict[str, object]:
    """What the report was dressed in."""
    if design is None:
        return {"theme": "plain", "page": "a4", "files": []}
    files = [{"file": file, "sha256": digest} for file, digest in design.digests]
    return {"theme": design.theme, "page": design.page, "files": files}


def _manifest(filing: Filing, files: Mapping[str, bytes], options: BuildOptions) -> dict[str, object]:
    """What went in, what came out, made by what: enough to repeat the run and compare. No time, so that it repeats."""
    import hashlib
    import platform
    from importlib.metadata import version

    return {
        "esgreport": esgreport.__version__,
        "python": platform.python_version(),
        "weasyprint": version("weasyprint"),
        "edition": filing.edition,
        "taxonomy": filing.taxonomy,
        "language": options.language,
        "draft": options.draft,
        "looks": _looks(options.design),
        "inputs": [{"file": file, "sha256": digest} for file, digest in _inputs(filing, options)],
        "outputs": [
            {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
        ],
    }
