"""The command that checks: it declares its options, has the files read and checked, prints or writes, and exits."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esgreport.cli_options import EDITION, INPUTS, language_of, language_option, load_definitions, say

if TYPE_CHECKING:
    from esgreport.definitions import Definitions
    from esgreport.model import Finding
    from esgreport.pipeline import Reading


_TABLES = (".csv", ".tsv", ".txt", ".parquet")
"""How the names of tables of customers' data end that are no workbooks."""


@click.command()
@INPUTS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "xlsx"]),
    default="text",
    show_default=True,
    help="A list to read, JSON for other programs, a page, or a copy of the workbook with each finding at its cell.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write html or xlsx to [default: beside the workbook, NAME.findings.html or NAME.checked.xlsx].",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors for the exit code.")
@EDITION
@language_option("the findings")
def check(
    workbooks: tuple[Path, ...], form: str, output: Path | None, strict: bool, edition: str | None, lang: str | None
) -> None:
    """Check WORKBOOK against the rules of the standard: where something is wrong, what, and what to do.

    The workbook of `init --cx` (or tables of customers' data) is checked too, alone or beside. Exits with 1 when there
    is a finding of severity error.
    """
    from esgreport import pipeline
    from esgreport.model import Severity
    from esgreport.render import plain

    targets = _targets(workbooks, form, output)
    definitions = load_definitions()
    checked = _checked(workbooks, definitions, lang, edition)
    language = language_of(lang, checked)
    if form == "json":
        click.echo(plain.json_text(pipeline.findings_document(checked.findings, definitions)), nl=False)
    elif form == "html":
        page = pipeline.findings_page(checked, definitions, language)
        _write(targets[workbooks[0]], page.encode(), checked.findings)
    elif form == "xlsx":
        for workbook, target in targets.items():
            others = {str(other) for other in workbooks if other != workbook}
            own = [finding for finding in checked.findings if finding.source.file not in others]
            _write(target, pipeline.marked_copy(workbook, own, language), own)
    else:
        titles = pipeline.disclosure_titles(definitions, language)
        click.echo(plain.findings_text(checked.findings, titles, language), nl=False)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(finding.severity in grave for finding in checked.findings) else 0)


def _checked(workbooks: Sequence[Path], definitions: Definitions, lang: str | None, edition: str | None) -> Reading:
    """All that is found in the files; for those of customers alone there is no fact beside it."""
    from esgreport import pipeline

    given = pipeline.sorted_out(workbooks, definitions)
    if not given.figures:
        from esgreport import customers

        found = customers.checked(given.customers, definitions, lang or "en")
        return pipeline.Reading(customers.as_filing(found), found.findings)
    reading = pipeline.read_filings(given.figures, definitions, lang or "", edition or "")
    language = language_of(lang, reading)
    checked = pipeline.check_filing(reading, definitions, language)
    say(pipeline.edition_line(checked, definitions, language))
    if not given.customers:
        return checked
    from esgreport import customers

    found = customers.checked(given.customers, definitions, language)
    filing = replace(checked.filing, workbooks=(*checked.filing.workbooks, *found.tables.files))
    return pipeline.Reading(filing, (*checked.findings, *found.findings))


def _targets(workbooks: tuple[Path, ...], form: str, output: Path | None) -> Mapping[Path, Path]:
    """Where `check` writes: a page beside the first workbook, or a copy of each; never over what was given."""
    if form in ("text", "json"):
        if output:
            raise click.UsageError(f"--output is for --format html and xlsx; {form} goes to standard output.")
        return {}
    if form == "html":
        targets = {workbooks[0]: output or workbooks[0].with_suffix(".findings.html")}
    else:
        targets = {workbook: _copy_of(workbook, output) for workbook in workbooks}
        if output and (len(workbooks) > 1 or output.suffix.lower() != workbooks[0].suffix.lower()):
            raise click.UsageError("--output with --format xlsx is for one workbook, and ends as its name does.")
    taken = {workbook.resolve() for workbook in workbooks}
    for target in targets.values():
        if target.resolve() in taken:
            raise click.UsageError(f"{target} is the workbook itself, which is never overwritten. Choose another name.")
    return targets


def _copy_of(workbook: Path, output: Path | None) -> Path:
    from esgreport import read

    if workbook.suffix.lower() in _TABLES:
        raise click.UsageError(f"{workbook} is a table: --format xlsx marks the cells of a workbook. Use html.")
    if read.kind_of(workbook, str(workbook)) == "facts":
        raise click.UsageError(f"{workbook} is a facts file: --format xlsx marks the cells of a workbook. Use html.")
    return output or workbook.with_suffix(f".checked{workbook.suffix or '.xlsx'}")


def _write(target: Path, content: bytes, findings: Sequence[Finding]) -> None:
    from esgreport.output import write_files
    from esgreport.render import plain

    write_files(target.parent, {target.name: content})
    click.echo(f"Written: {target} ({plain.counts_line(findings, 'en')})", err=True)
