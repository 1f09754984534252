"""The command for the executive scorecard; beside `cli`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esgreport.cli_options import EDITION, INPUTS, language_of, language_option, load_definitions, say

if TYPE_CHECKING:
    from esgreport.definitions import Definitions
    from esgreport.model import Filing, Finding, Progress
    from esgreport.pipeline import Reading
    from esgreport.questionnaire import Given


@click.command()
@INPUTS
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="scorecard",
    show_default=True,
    help="Folder to write into.",
)
@click.option(
    "--format",
    "formats",
    default="html,pdf,json",
    show_default=True,
    help="Which outputs, separated by commas: html, pdf (one page, and the pages behind it), json (all that is shown).",
)
@click.option(
    "--definition",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file of your own that says what is shown, aimed at and weighed, like schemas/scorecards/default.yaml.",
)
@click.option(
    "--brand",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your brand: name, logo, colours, typefaces. `esgreport init --brand` writes one to fill in.",
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The ledger of what customers were told [default: that of `esgreport answer`].",
)
@EDITION
@language_option("the scorecard")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def scorecard(
    workbooks: tuple[Path, ...],
    output: Path,
    formats: str,
    *,
    definition: Path | None,
    brand: Path | None,
    ledger: Path | None,
    edition: str | None,
    lang: str | None,
    quiet: bool,
) -> None:
    """Put customers and sustainability on one page: against target and last year, how certain, what to do next.

    WORKBOOK is that of `init` (or the official template, or facts) with earlier years beside it, that of `init --cx`,
    or both; with one of them alone the page says what is missing. Targets and owners stand on the
    sheet Scorecard of either workbook (`init --scorecard` writes it; where both have it, that of the customers' counts
    last) or in scorecard.csv, all else in a --definition of your own.
    """
    from esgreport import pipeline, scorecards
    from esgreport.cli_design import design_of
    from esgreport.output import write_files

    wanted = _wanted(formats, scorecards.FORMATS)
    tell = pipeline.silent if quiet else say
    definitions, design = load_definitions(), design_of(pipeline.Looks(brand), tell)
    given = pipeline.sorted_out(workbooks, definitions)
    reading = _read(given.figures, definitions, lang, edition, tell)
    language = language_of(lang, reading) if reading else lang or "en"
    filing = reading.filing if reading else None
    options = scorecards.ScorecardOptions(language, tell, definition, given.figures, _told(ledger, filing))
    card, findings = scorecards.made(filing, given.customers, definitions, options)
    files = scorecards.files_of(card, wanted, design, tell)
    write_files(output, files)
    for name, content in files.items():
        tell(f"  {output / name}  {len(content) / 1000:,.0f} kB")
    tell(card.message)
    _tell_findings((*(reading.findings if reading else ()), *findings), tell)


def write_workbook(path: Path, definitions: Definitions, language: str, *, sample: bool) -> None:
    """Write the workbook of `init` with a sheet for the scorecard's targets, empty or filled with the sample."""
    from esgreport import pipeline, scorecards

    scorecards.write_workbook(
        path, definitions, language, pipeline.sample_filing(definitions, language) if sample else None
    )


def _read(
    paths: Sequence[Path], definitions: Definitions, lang: str | None, edition: str | None, tell: Progress
) -> Reading | None:
    """The checked filing, where there is one."""
    from esgreport import pipeline

    if not paths:
        return None
    reading = pipeline.read_filings(paths, definitions, lang or "", edition or "", tell)
    return pipeline.check_filing(reading, definitions, language_of(lang, reading), tell)


def _told(ledger: Path | None, filing: Filing | None) -> tuple[Given, ...]:
    """What customers were told of the undertaking before, from the ledger, where there is one."""
    from esgreport import ledger as kept

    return kept.given(ledger or kept.usual_place(), kept.company_of(filing)) if filing else ()


def _wanted(text: str, known: Sequence[str]) -> list[str]:
    wanted = [item.strip() for item in text.split(",") if item.strip()]
    unknown = [item for item in wanted if item not in known]
    if unknown or not wanted:
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is none of {', '.join(known)}.", param_hint="--format"
        )
    return wanted


def _tell_findings(findings: Sequence[Finding], tell: Progress) -> None:
    """How many errors the figures have: a scorecard shows them as they are."""
    from esgreport.model import Severity

    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        tell(f"{errors} findings of severity error: the figures are shown as they are. See `esgreport check` and `cx`.")
