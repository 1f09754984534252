"""The commands: they declare their options, call the pipeline, print, and exit with the code that says how it went."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import esgreport
from esgreport.cli_answer import answer, ledger_command
from esgreport.cli_check import check
from esgreport.cli_cx import cx, propose_map
from esgreport.cli_design import design_of, design_options, open_report, write_template
from esgreport.cli_law import explain, readiness
from esgreport.cli_options import (
    ABOUT,
    EDITION,
    INPUTS,
    language_of,
    language_option,
    load_definitions,
    message_of,
    say,
    statements_of,
)
from esgreport.cli_preview import preview
from esgreport.cli_scorecard import scorecard
from esgreport.cli_verify import SIGN, key_of, verify

if TYPE_CHECKING:
    from esgreport.definitions import Definitions
    from esgreport.model import Finding, Progress
    from esgreport.pipeline import Given, Looks, Reading

EPILOG = """\b
Exit codes:
  0  fine
  1  findings of severity error (with --strict: warnings too)
  2  the command line is wrong
  3  a definition in schemas/ is wrong
  4  a file that was given cannot be used
  5  an output could not be made; nothing was written
  6  a report does not stand up to verification

\b
Everything happens on this computer: nothing is sent, nothing is fetched."""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(esgreport.__version__, prog_name="esgreport")
def main() -> None:
    """Sustainability reports from the Excel workbook you already fill in.

    Takes the official EFRAG VSME Digital Template (1.0.0 to 1.3.0), the workbook that `esgreport init` writes, or a
    facts file in JSON; with those of earlier years beside it, their figures are its comparatives. Every figure of a
    report can be traced to its cell.
    """


@main.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), required=False)
@language_option("the workbook", default="en")
@click.option("--cx", "customers", is_flag=True, help="The workbook for customers' data: surveys, contracts, tickets.")
@click.option("--brand", is_flag=True, help="The file for your brand: name, logo, colours, typefaces.")
@click.option("--about", is_flag=True, help="The file for what you say of a report: assurance, estimates, changes.")
@click.option(
    "--scorecard", "targets", is_flag=True, help="With a sheet for the targets and owners of `esgreport scorecard`."
)
@click.option("--sample", is_flag=True, help="Fill it with a fictional machine maker, to see what a report looks like.")
@click.option("--force", is_flag=True, help="Overwrite a file that is already there.")
def init(
    path: Path | None,
    lang: str | None,
    *,
    customers: bool,
    brand: bool,
    about: bool,
    targets: bool,
    sample: bool,
    force: bool,
) -> None:
    """Write a workbook to fill in, at PATH [default: esg-workbook.xlsx; with --cx: customers.xlsx].

    It has a sheet for each group of disclosures, with explanations, units and drop-down lists; with --cx a sheet for
    each table of customers' data.
    """
    kind = "cx" if customers else "brand" if brand else "about" if about else ""
    path = path or Path(_FILES[kind])
    if path.exists() and not force:
        raise click.UsageError(f"{path} is there already. Choose another name, or overwrite it with --force.")
    if kind in ("brand", "about"):
        write_template(f"{kind}.toml", path)
        click.echo(f"Written: {path}. Build with `--{kind} {shlex.quote(str(path))}`.", err=True)
        return
    if customers:
        from esgreport.customers import write_customer_workbook as write
    elif targets:
        from esgreport.cli_scorecard import write_workbook as write
    else:
        from esgreport.pipeline import write_workbook as write
    write(path, load_definitions(), lang or "en", sample=sample)
    click.echo(f"Written: {path}", err=True)
    if not customers:
        click.echo(f"Next: fill it in, then run `esgreport build {shlex.quote(str(path))}`.", err=True)


_FILES = {"": "esg-workbook.xlsx", "cx": "customers.xlsx", "brand": "brand.toml", "about": "about.toml"}
"""What `init` calls the file it writes."""


@main.command()
@INPUTS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON or CSV for other programs.",
)
@EDITION
@language_option("labels and messages")
def facts(workbooks: tuple[Path, ...], form: str, edition: str | None, lang: str | None) -> None:
    """Show what was read from WORKBOOK: each value with its unit, period and cell, and what was dropped and why.

    The result goes to standard output, messages to standard error.
    """
    from esgreport import facts as room
    from esgreport import pipeline
    from esgreport.render import plain

    definitions = load_definitions()
    reading = pipeline.read_filings(workbooks, definitions, lang or "", edition or "")
    language = language_of(lang, reading)
    labels = pipeline.concept_labels(definitions, language)
    if form == "json":
        click.echo(plain.json_text(room.filing_to_document(reading.filing, definitions)), nl=False)
    elif form == "csv":
        click.echo(plain.facts_csv(reading.filing, labels), nl=False)
    else:
        click.echo(plain.facts_table(reading.filing, labels), nl=False)
    say(pipeline.edition_line(reading, definitions, language))
    for finding in reading.findings:
        click.echo(str(finding), err=True)


main.add_command(check)


@main.command()
@INPUTS
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="report",
    show_default=True,
    help="Folder to write into.",
)
@click.option(
    "--formats",
    default="html,pdf,json,xlsx",
    show_default=True,
    help="Which outputs, separated by commas: html (report and findings), pdf, json (facts and findings), xlsx (the"
    " figures as a workbook).",
)
@EDITION
@language_option("the report")
@click.option(
    "--audience",
    metavar="NAME|FILE",
    default="customer",
    show_default=True,
    help="Who the report is for: customer, public, capped (no more than the value chain cap lets customers ask), full"
    " (for yourselves), or a file that says what your readers do not see.",
)
@click.option(
    "--message",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    callback=message_of,
    help="A text file with what you say to your readers before the figures; Markdown is understood.",
)
@ABOUT
@click.option("--draft", is_flag=True, help="Build in spite of errors; the report is marked and lists its findings.")
@design_options
@SIGN
@click.option("--open", "show", is_flag=True, help="Open the report when it is built.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def build(
    workbooks: tuple[Path, ...],
    output: Path,
    formats: str,
    *,
    edition: str | None,
    lang: str | None,
    audience: str,
    message: str,
    about: Path | None,
    draft: bool,
    looks: Looks,
    sign: Path | None,
    show: bool,
    quiet: bool,
) -> None:
    """Build the report of WORKBOOK as HTML and PDF, and its facts, its findings and a manifest beside it.

    The workbooks of earlier years give the comparatives, that of `init --cx` (or tables of customers' data) the chapter
    on customers. With findings of severity error nothing is built, unless as a --draft.
    """
    from esgreport import pipeline
    from esgreport.definitions.audiences import audience_named

    wanted = _formats(formats, pipeline.FORMATS)
    tell = pipeline.silent if quiet else say
    design, key = design_of(looks, tell), key_of(sign)
    definitions = load_definitions()
    readers = audience_named(audience, definitions)
    given = _given(workbooks, definitions)
    checked = _checked(given.figures, definitions, lang, edition, tell)
    language = language_of(lang, checked)
    tell(pipeline.edition_line(checked, definitions, language))
    checked, customers = pipeline.with_customers(checked, given.customers, definitions, language, tell)
    if not draft:
        _refuse_errors(checked.findings, pipeline.disclosure_titles(definitions, language), language)
    said = statements_of(about, definitions, checked)
    options = pipeline.BuildOptions(language, readers, draft, tell, customers, design, key, message, said)
    _hand_over(output, pipeline.build(checked, definitions, wanted, options), tell, show=show)
    tell(_summary(checked.findings, given.figures))


def _given(workbooks: Sequence[Path], definitions: Definitions) -> Given:
    """The files by what they hold; a report has to have figures on sustainability."""
    from esgreport import pipeline

    given = pipeline.sorted_out(workbooks, definitions)
    if not given.figures:
        raise click.UsageError("No file has sustainability figures. For customers alone there is `esgreport cx`.")
    return given


def _hand_over(output: Path, files: Mapping[str, bytes], tell: Progress, *, show: bool) -> None:
    """Write what was built, say how much it is, and open it where that was asked for."""
    from esgreport.output import write_files

    write_files(output, files)
    for name, content in files.items():
        tell(f"  {output / name}  {len(content) / 1000:,.0f} kB")
    if show:
        open_report(output, files)


def _summary(findings: Sequence[Finding], workbooks: Sequence[Path]) -> str:
    """How many findings of which kind, and where to look at them."""
    from esgreport.render import plain

    counts = plain.counts_line(findings, "en").removesuffix(".")
    return f"Findings: {counts}. See `esgreport check {shlex.join(map(str, workbooks))}`."


def _refuse_errors(findings: Sequence[Finding], titles: Mapping[str, str], language: str) -> None:
    """Say what keeps a report from being built, and end, where something does."""
    from esgreport.model import Severity
    from esgreport.render import plain

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not errors:
        return
    click.echo(plain.findings_text(errors, titles, language), err=True, nl=False)
    click.echo("Nothing was built. Mend these in the workbook, or see the report as it is with --draft.", err=True)
    sys.exit(1)


def _formats(text: str, known: tuple[str, ...]) -> list[str]:
    wanted = [item.strip() for item in text.split(",") if item.strip()]
    unknown = [item for item in wanted if item not in known]
    if unknown or not wanted:
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is none of {', '.join(known)}.", param_hint="--formats"
        )
    return wanted


def _checked(
    workbooks: tuple[Path, ...], definitions: Definitions, lang: str | None, edition: str | None, say: Progress
) -> Reading:
    from esgreport import pipeline

    reading = pipeline.read_filings(workbooks, definitions, lang or "", edition or "", say)
    return pipeline.check_filing(reading, definitions, language_of(lang, reading), say)


for command in (cx, propose_map, explain, readiness, scorecard, answer, ledger_command, preview, verify):
    main.add_command(command)
