"""The commands on customers: they declare options, call the rooms in order, print, and exit; beside `cli`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from esgreport.cli_language import Language

BREAKDOWNS = ("segment", "team", "country", "touchpoint")


@click.command()
@click.argument("workbooks", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON for other programs.",
)
@click.option(
    "--by",
    "by",
    type=click.Choice(BREAKDOWNS),
    multiple=True,
    help="Break the figures down, and compare each group with the rest; may be given again.",
)
@click.option(
    "--map",
    "maps",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="A file that says how an unknown export is laid out; may be given again.",
)
@click.option("--lang", type=Language(), default="en", show_default=True, help="Language of the texts.")
def cx(workbooks: tuple[Path, ...], form: str, by: tuple[str, ...], maps: tuple[Path, ...], lang: str) -> None:
    """Measure customer experience and loyalty from FILE: the workbook of `init --cx`, exports, CSV or Parquet tables.

    Each figure comes with n, interval, method and how far it carries. Small groups are withheld; what cannot be
    measured is listed with the reason. Exits with 1 when there is a finding of severity error.
    """
    from esgreport import customers, definitions
    from esgreport.model import Severity

    found = definitions.load()
    reading = customers.read_customers(workbooks, found, lang, maps)
    measured = customers.measured(reading, found, lang, by)
    click.echo(customers.metrics_as(form, measured, found, lang), nl=False)
    for finding in measured.findings:
        click.echo(str(finding), err=True)
    sys.exit(1 if any(finding.severity is Severity.ERROR for finding in measured.findings) else 0)


@click.command("map")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the mapping.")
@click.option("--force", is_flag=True, help="Overwrite a mapping that is already there.")
@click.option("--lang", type=Language(), default="en", show_default=True, help="Language of the texts.")
def propose_map(path: Path, output: Path | None, force: bool, lang: str) -> None:
    """Propose how FILE, the export of any tool, could be read as customers' data.

    How sure each column is, and what a person must look at, goes to standard error. The mapping (YAML) goes to standard
    output, or with -o to a file; give it with --map to `cx`. Exits with 1 when FILE is like none of our tables.
    """
    from esgreport import customers, definitions
    from esgreport.output import write_files

    if output and output.exists() and not force:
        raise click.UsageError(f"{output} is there already. Choose another name, or overwrite it with --force.")
    found = definitions.load()
    proposed = customers.proposed_mapping(path, found, lang)
    click.echo(proposed.table, err=True, nl=False)
    if output and proposed.mapping:
        write_files(output.parent, {output.name: proposed.mapping.encode()})
        click.echo(f"Written: {output}", err=True)
    elif proposed.mapping:
        click.echo(proposed.mapping, nl=False)
    sys.exit(0 if proposed.found else 1)
