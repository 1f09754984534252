"""The rooms in order: the only module that knows the road from a workbook to its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import esgreport
from esgreport import facts, read
from esgreport.definitions import Definitions, in_language
from esgreport.model import Fact, Filing, Finding, Progress, Severity, Source
from esgreport.render import plain

if TYPE_CHECKING:
    from esgreport.document import Document


def silent(step: str) -> None:
    """A progress that says nothing."""
    del step


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its facts, and what was found while reading them."""

    filing: Filing
    findings: tuple[Finding, ...]


def read_filing(path: Path, definitions: Definitions, language: str = "", progress: Progress = silent) -> Reading:
    """The facts of a workbook, or of a facts file in its place; findings in a language, or in the workbook's own.

    Errors: WorkbookError for a file that cannot be used.
    """
    progress(f"Reading {path.name}")
    shown = str(path)
    if read.kind_of(path, shown) == "facts":
        filing = facts.filing_from_document(read.read_facts_document(path, shown), definitions, shown)
        return Reading(filing, ())
    filing, findings = facts.bind(read.read_workbook(path, shown), definitions, language)
    return Reading(filing, findings)


def check_filing(reading: Reading, definitions: Definitions, language: str, progress: Progress = silent) -> Reading:
    """The reading with the findings of the rules added to those of reading, in the standard's order."""
    from esgreport.check import check

    progress("Checking the figures against the rules")
    found = (*reading.findings, *check(reading.filing, definitions, language))
    order = ["", *(disclosure.code for disclosure in definitions.disclosures)]
    severities = list(Severity)
    ranked = sorted(found, key=lambda item: (order.index(item.disclosure), severities.index(item.severity)))
    return Reading(reading.filing, tuple(ranked))


def compose(checked: Reading, definitions: Definitions, language: str, *, draft: bool) -> Document:
    """The report's document from checked facts, with the figures derived from them."""
    from esgreport.compose import ReportOptions, compose_report
    from esgreport.measure import measure

    measured: tuple[Fact, ...] = measure(checked.filing, definitions)
    options = ReportOptions(language=language, draft=draft)
    return compose_report(checked.filing, measured, checked.findings, definitions, options)


def _handed_on(checked: Reading) -> Reading:
    """The reading as others may see it: files by name alone, since a path tells of the computer it came from."""

    def bare(source: Source) -> Source:
        return replace(source, file=Path(source.file).name)

    filing = checked.filing
    filing = replace(
        filing,
        workbooks=tuple(Path(file).name for file in filing.workbooks),
        facts=tuple(replace(fact, source=bare(fact.source)) for fact in filing.facts),
        dropped=tuple(replace(item, source=bare(item.source)) for item in filing.dropped),
        digests=tuple((Path(file).name, digest) for file, digest in filing.digests),
    )
    return Reading(filing, tuple(replace(finding, source=bare(finding.source)) for finding in checked.findings))


FORMATS = ("html", "pdf", "json")
"""What `build` can write; `json` is the facts and the findings."""


def build(
    checked: Reading, definitions: Definitions, formats: Sequence[str], options: BuildOptions
) -> Mapping[str, bytes]:
    """The files of a report by name, `manifest.json` with the hashes of inputs and outputs among them.

    Errors: RenderError when one cannot be made; then there is none.
    """
    from esgreport.render.html import render_html
    from esgreport.render.pdf import render_pdf

    checked = _handed_on(checked)
    files: dict[str, bytes] = {}
    if {"html", "pdf"} & set(formats):
        options.progress("Composing the report")
        document = compose(checked, definitions, options.language, draft=options.draft)
        page = render_html(document)
        if "html" in formats:
            files["report.html"] = page.encode()
        if "pdf" in formats:
            options.progress("Setting the PDF")
            files["report.pdf"] = render_pdf(page, document)
    if "json" in formats:
        files["facts.json"] = plain.json_text(facts.filing_to_document(checked.filing, definitions)).encode()
        files["findings.json"] = plain.json_text(findings_document(checked.findings, definitions)).encode()
    files["manifest.json"] = plain.json_text(_manifest(checked.filing, files, options)).encode()
    return files


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a report is built: its language, whether as a draft, and who is told of the steps."""

    language: str
    draft: bool = False
    progress: Progress = silent


def findings_document(findings: Sequence[Finding], definitions: Definitions) -> dict[str, object]:
    """The findings as a structure for JSON, counted by disclosure."""
    return plain.findings_document(findings, [disclosure.code for disclosure in definitions.disclosures])


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
        "inputs": [{"file": file, "sha256": digest} for file, digest in filing.digests],
        "outputs": [
            {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
        ],
    }
