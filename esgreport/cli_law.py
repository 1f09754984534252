"""The commands on what is asked and what it means: `explain` and `readiness`; beside `cli`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from esgreport.cli_options import EDITION, INPUTS, language_of, language_option, load_definitions, say

if TYPE_CHECKING:
    from esgreport.definitions import Definitions


@click.command()
@click.argument("word", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to read, or JSON for other programs.",
)
@language_option("the explanation", default="en")
def explain(word: tuple[str, ...], form: str, lang: str | None) -> None:
    """Explain WORD: what it means, where the law says it, how it is checked or computed, where its cell is.

    WORD is the code of a rule or finding, the name or label of a concept, the code of a disclosure or computed figure,
    or `cap`. Without one, everything that can be explained is listed.
    """
    import shutil

    from esgreport import explain as room
    from esgreport.render import plain

    definitions, language, asked = load_definitions(), lang or "en", " ".join(word)
    found = room.explain(asked, definitions, language) if asked else room.topics(definitions, language)
    if found is None:
        close = room.meant(asked, definitions)
        hint = f" Did you mean {close!r}?" if close else ""
        raise click.UsageError(f"There is nothing called {asked!r}.{hint} `esgreport explain` lists what there is.")
    if form == "json":
        click.echo(plain.json_text(room.document(found)), nl=False)
    else:
        width = min(shutil.get_terminal_size((room.WIDTH, 0)).columns, room.WIDTH)
        click.echo(room.terminal_text(found, width), nl=False)


@click.command()
@INPUTS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
    help="Tables to read, JSON for other programs, or a page.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write to [default: standard output; for html NAME.readiness.html beside the workbook].",
)
@click.option("--profile", "profiles", multiple=True, help="A kind of customer, such as bank; may be given again.")
@EDITION
@language_option("the texts")
def readiness(
    workbooks: tuple[Path, ...],
    form: str,
    output: Path | None,
    profiles: tuple[str, ...],
    edition: str | None,
    lang: str | None,
) -> None:
    """Show how ready WORKBOOK is: completeness, the value chain cap, what customers ask for, what to get first.

    The cap is what a company reporting under the CSRD may ask for at most; kinds of customers are profiles.
    """
    from esgreport import pipeline
    from esgreport.output import write_files

    definitions = load_definitions()
    reading = pipeline.read_filings(workbooks, definitions, lang or "", edition or "")
    language = language_of(lang, reading)
    text = pipeline.readiness_as(form, reading, definitions, language, _known_profiles(profiles, definitions))
    if form == "html":
        output = output or workbooks[0].with_name(f"{workbooks[0].stem}.readiness.html")
    if output and output.resolve() in {workbook.resolve() for workbook in workbooks}:
        raise click.UsageError(f"{output} is the workbook itself, which is never overwritten. Choose another name.")
    if output is None:
        click.echo(text, nl=False)
    else:
        write_files(output.parent, {output.name: text.encode()})
        say(f"Written: {output}")


def _known_profiles(profiles: tuple[str, ...], definitions: Definitions) -> tuple[str, ...]:
    from esgreport.definitions import did_you_mean

    known = definitions.law.profiles
    for name in profiles:
        if name not in known:
            raise click.BadParameter(
                f"{name} is none of {', '.join(known)}.{did_you_mean(name, known)}", param_hint="--profile"
            )
    return profiles
