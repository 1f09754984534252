"""The commands on customers' questionnaires: they declare options, call the rooms in order, print; beside `cli`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from esgreport.cli_options import EDITION, language_option, load_definitions, say

if TYPE_CHECKING:
    from esgreport.questionnaire import Answers

Purpose = Literal["csrd", "other", "unknown"]


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
@click.option("--pdf", is_flag=True, help="Make the letters as PDF too.")
@click.option("--force", is_flag=True, help="Overwrite answers written before.")
@EDITION
@language_option("the review and the letters")
def answer(
    paths: tuple[Path, ...],
    sources: tuple[Path, ...],
    output: Path | None,
    purpose: Purpose,
    customer: str,
    decisions: Path | None,
    *,
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
    from esgreport.output import write_files

    path, ours = paths[0], (*sources, *paths[1:])
    if not ours:
        raise click.UsageError("Say which workbook the answers come from, with --from WORKBOOK.")
    target = _target(path, output, ours, force=force)
    decided = load_decisions(decisions) if decisions else {}
    request = questionnaires.AnswerRequest(
        lang or "", edition or "", purpose, customer, decided, date.today(), pdf=pdf, progress=say
    )
    definitions = load_definitions()
    found = questionnaires.returned(path, ours, definitions, request)
    files = questionnaires.files_beside(found, target.stem, definitions, request)
    write_files(target.parent, {target.name: found.content, **files})
    _report(found.answers, target, files)


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
    say(f"Written: {target} ({filled} of {len(answers.answers)} questions filled in)")
    for name in files:
        say(f"         {target.parent / name}")
    say(", ".join(f"{count} {state}" for state, count in counts.most_common()))
