"""The command that verifies a report, and the option that seals one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esgreport.errors import VerificationError

if TYPE_CHECKING:
    from esgreport.render.seal import Key

PASSPHRASE = "ESGREPORT_PASSPHRASE"
SIGN = click.option(
    "--sign",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="KEY.p12",
    help=f"Seal the PDF with this key (PKCS #12); its passphrase is asked for, or taken from {PASSPHRASE}.",
)


def key_of(path: Path | None) -> Key | None:
    """The key to seal with; its passphrase never stands on the command line, where others could read it."""
    if path is None:
        return None
    from esgreport.render.seal import opened_key

    given = os.environ.get(PASSPHRASE)
    words = (
        given
        if given is not None
        else click.prompt(f"Passphrase of {path.name}", hide_input=True, err=True, default="", show_default=False)
    )
    return opened_key(path, words)


@click.command()
@click.argument("report", metavar="REPORT.pdf|manifest.json", type=click.Path(path_type=Path))
def verify(report: Path) -> None:
    """Verify a report: that its files are as they were built, that its seal holds, that what it carries is unchanged.

    Whether the owner of a seal's certificate is who it says is for you to judge: compare its fingerprint. Exits with 6
    where something does not hold.
    """
    from esgreport.verification import verify as looked_at

    looks = looked_at(report)
    signs = {"ok": "✓", "unknown": "?", "wrong": "✗"}
    for look in looks:
        click.echo(f"{signs[look.verdict]} {look.what}: {look.said}")
    wrong = [look for look in looks if look.verdict == "wrong"]
    if wrong:
        raise VerificationError(
            f"{report} does not stand up to verification: {len(wrong)} of {len(looks)} do not hold."
        )
