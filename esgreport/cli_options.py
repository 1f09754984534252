"""What the commands share: arguments and options as users know them, and the language of a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from esgreport.cli_language import Language, languages

if TYPE_CHECKING:
    from esgreport.definitions import Definitions
    from esgreport.definitions.statements import StatementsFile
    from esgreport.pipeline import Reading

INPUTS = click.argument("workbooks", metavar="WORKBOOK...", nargs=-1, required=True, type=click.Path(path_type=Path))
EDITIONS = ("vsme-2025", "vs-2026")
EDITION = click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    help="Edition of the standard: VSME of 2025 or the voluntary standard of 2026 [default: by the financial year].",
)


Command = TypeVar("Command", bound=Callable[..., object])


def language_option(what: str, default: str = "the workbook's own, else en") -> Callable[[Command], Command]:
    """The option `--lang` of a command: of what, and which one where none is asked for."""
    return click.option("--lang", type=Language(), help=f"Language of {what} [default: {default}].")


def say(step: str) -> None:
    """Tell the user of a step, on standard error."""
    click.echo(step, err=True)


def load_definitions() -> Definitions:
    """The definitions that come with esgreport."""
    from esgreport import definitions

    return definitions.load()


def language_of(lang: str | None, reading: Reading) -> str:
    """The language asked for, else the workbook's where we speak it, else English."""
    own = reading.filing.language
    return lang or (own if own in languages() else "en")


ABOUT = click.option(
    "--about",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What you say of the report: who assured it, which figures are estimates, what changed. `esgreport init"
    " --about` writes a file to fill in.",
)
"""The option for statements on the report."""


def statements_of(path: Path | None, definitions: Definitions, reading: Reading) -> StatementsFile | None:
    """The statements of the file of `--about`; figures they speak of and nobody reported are told."""
    if path is None:
        return None
    from esgreport.definitions.statements import load_statements

    given = load_statements(path, definitions.concepts)
    reported = {fact.concept for year in reading.filing.years for fact in year.facts}
    for name in dict.fromkeys(given.statements.figures()):
        if name not in reported:
            say(f"{path}: {name} is in none of the workbooks; what is said of it is left out.")
    return given


_LONGEST_MESSAGE = 100_000


def message_of(_context: click.Context, _option: click.Parameter, path: Path | None) -> str:
    """The text in the file of `--message`; empty where there is none. Errors: UsageError where it is no such text."""
    if path is None:
        return ""
    try:
        text = path.read_bytes()[: _LONGEST_MESSAGE + 1].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise click.UsageError(f"{path} cannot be read as a text. Save it as plain text, in UTF-8.") from None
    if len(text) > _LONGEST_MESSAGE:
        raise click.UsageError(f"{path} is too long for a message: {_LONGEST_MESSAGE:,} characters at most.")
    return text
