"""The commands on customers' questionnaires: they declare options, call the rooms in order, print; beside `cli`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from esgreport.cli_options import EDITION, language_option, load_definitions, say

if TYPE_CHECKING:
    from esgreport.questionnaire import Answers, Outlook
    from esgreport.questionnaires import AnswerRequest

Purpose = Literal["csrd", "other", "unknown"]
View = Literal["show", "contradictions", "superseded", "restated"]
Form = Literal["table", "json", "xlsx"]
LEDGER = click.option(
    "--ledger",
    "ledger_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The ledger of answers given [default: one for this user].",
)


@click.command()
@click.argument("paths", metavar="QUESTIONNAIRE", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    metavar="WORKBOOK...",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Our workbook or facts file; those of earlier years and of customers may follow it.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write the answered questionnaire to [default: beside it, NAME.answered.xlsx].",
)
@click.option(
    "--purpose",
    type=click.Choice(["csrd", "other", "unknown"]),
    default="unknown",
    show_default=True,
    help="What the customer asks for: its own report under the CSRD, something else, or nobody knows.",
)
@click.option("--customer", default="", help="Name of the customer, for the letters and the ledger.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What was decided on the review page, or by hand: YAML or JSON.",
)
@click.option("--show-layout", is_flag=True, help="Only show how the form was understood, as a file to correct.")
@click.option(
    "--layout",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A corrected layout file; it is remembered for the form.",
)
@click.option(
    "--report",
    "published",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Our report as published (report.pdf or its folder): the cross-reference then names its pages.",
)
@click.option("--pdf", is_flag=True, help="Make the letters as PDF too.")
@LEDGER
@click.option("--force", is_flag=True, help="Overwrite answers written before.")
@EDITION
@language_option("the review and the letters")
def answer(
    paths: tuple[Path, ...],
    sources: tuple[Path, ...],
    output: Path | None,
    *,
    purpose: Purpose,
    customer: str,
    decisions: Path | None,
    ledger_file: Path | None,
    show_layout: bool,
    layout: Path | None,
    published: Path | None,
    pdf: bool,
    force: bool,
    edition: str | None,
    lang: str | None,
) -> None:
    """Answer QUESTIONNAIRE, a customer's workbook, from ours: the same file with its answer cells filled.

    Only what is certain is filled in; nothing is added to the customer's sheets. Beside it are written a page to review
    every question on, with its cells, what a person must decide and what the value chain cap says, the answers as JSON,
    and the letters that go with them.
    """
    from esgreport import questionnaires
    from esgreport.definitions.decisions import load_decisions

    path, ours = paths[0], (*sources, *paths[1:])
    if show_layout:
        click.echo(questionnaires.layout_of(path, load_definitions(), lang or "en"), nl=False)
        return
    if not ours:
        raise click.UsageError("Say which workbook the answers come from, with --from WORKBOOK.")
    target = _target(path, output, ours, force=force)
    decided = load_decisions(decisions) if decisions else {}
    request = questionnaires.AnswerRequest(
        lang or "", edition or "", purpose, customer, decided, layout, date.today(), published, pdf, say
    )
    _answer(path, ours, target, request, ledger_file)


def _answer(path: Path, ours: tuple[Path, ...], target: Path, request: AnswerRequest, ledger_file: Path | None) -> None:
    """Answer, write, tell, and enter in the ledger what was said."""
    from esgreport import questionnaires
    from esgreport.answers import outlook
    from esgreport.ledger import usual_place
    from esgreport.output import write_files

    definitions = load_definitions()
    found = questionnaires.returned(path, ours, definitions, request)
    files = questionnaires.files_beside(found, target.stem, definitions, request)
    filled = {target.name: found.content} if questionnaires.fillable(path) else {}
    write_files(target.parent, {**filled, **files})
    _report(found.answers, target, files)
    _tell_outlook(outlook(found.answers.answers, definitions), found.answers)
    count = questionnaires.recorded(found, ledger_file or usual_place(), date.today(), definitions)
    say(f"Entered in the ledger: {count} answers. See `esgreport ledger`.")


def _target(path: Path, output: Path | None, ours: tuple[Path, ...], *, force: bool) -> Path:
    """Where the answered file goes: never over one that was given, nor unasked over an earlier one."""
    target = output or path.with_name(f"{path.stem}.answered{path.suffix}")
    given = {each.resolve() for each in (path, *ours)}
    if target.resolve() in given:
        raise click.UsageError(f"{target} is one of the files given, which are never overwritten. Choose another name.")
    if target.suffix.lower() != path.suffix.lower():
        raise click.UsageError(f"{target} must end as the questionnaire does: {path.suffix}.")
    if target.exists() and not force:
        raise click.UsageError(f"{target} is there already. Choose another name with -o, or overwrite it with --force.")
    return target


def _report(answers: Answers, target: Path, files: Mapping[str, bytes]) -> None:
    counts = Counter(answer.state.value.replace("_", " ") for answer in answers.answers)
    filled = sum(answer.written for answer in answers.answers)
    if target.suffix.lower() == ".csv":
        say("A CSV file has no cells to fill: the answers are in the review.")
    else:
        say(f"Written: {target} ({filled} of {len(answers.answers)} questions filled in)")
    for name in files:
        say(f"         {target.parent / name}")
    say(", ".join(f"{count} {state}" for state, count in counts.most_common()))


def _tell_outlook(look: Outlook, answers: Answers) -> None:
    """How much is inside the cap, what is still to be done, and what is odd about the questionnaire."""
    if look.share is not None:
        words: dict[str, str] = {
            "inside": "inside",
            "decline": "above, may be declined",
            "outside": "outside its scope",
            "ask": "to ask",
        }
        parts = ", ".join(f"{count} {words[place]}" for place, count in look.places.items())
        say(f"Value chain cap: {parts}; {look.within} ({look.share:.0%}) ask for no more than it allows")
    todo = [f"about {look.minutes} minutes to decide what is open"] if look.minutes else []
    todo += [f"{count} not tracked with {level} effort" for level, count in look.efforts.items()]
    if todo:
        say(f"To be done: {', '.join(todo)}")
    for title, count in Counter(finding.title for finding in answers.findings).items():
        say(f"About the questionnaire: {title}{f' ({count} times)' if count > 1 else ''}")


@click.command("ledger")
@click.argument(
    "view", type=click.Choice(["show", "contradictions", "superseded", "restated"]), default="show", required=False
)
@click.option(
    "--from",
    "sources",
    metavar="WORKBOOK",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Our workbook as it is now, for `restated`; may be given again.",
)
@click.option("--customer", default="", help="Only what this customer was told.")
@click.option("--company", default="", help="Identifier or name of our company, where the ledger has several.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "xlsx"]),
    default="table",
    show_default=True,
    help="Lines to read, JSON for other programs, or a spreadsheet.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write to; xlsx needs one."
)
@LEDGER
@language_option("the headings", default="en")
def ledger_command(
    view: View,
    sources: tuple[Path, ...],
    *,
    customer: str,
    company: str,
    form: Form,
    output: Path | None,
    ledger_file: Path | None,
    lang: str | None,
) -> None:
    """Show what customers were told: everything, or only contradictions, superseded answers, or restated figures.

    `contradictions`: customers were told different things of one figure. `superseded`: the same customer was told
    something else later. `restated`: the figure is another one in WORKBOOK now, and who was told the old one. Exits
    with 1 when there are contradictions or customers to tell.
    """
    from esgreport import questionnaires
    from esgreport.ledger import usual_place
    from esgreport.output import write_files

    if view == "restated" and not sources:
        raise click.UsageError("Say which workbook has the figures as they are now, with --from WORKBOOK.")
    if form == "xlsx" and not output:
        raise click.UsageError("A spreadsheet needs a file: name it with -o.")
    query = questionnaires.LedgerQuery(view, customer, company, sources)
    rows = questionnaires.ledger_rows(ledger_file or usual_place(), query, load_definitions())
    content = questionnaires.ledger_as(form, rows, lang or "en")
    if output:
        write_files(output.parent, {output.name: content})
        say(f"Written: {output} ({len(rows)} answers)")
    else:
        click.echo(content.decode(), nl=False)
    sys.exit(1 if rows and view in ("contradictions", "restated") else 0)
