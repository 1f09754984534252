"""The languages a command can be asked for: those of `schemas/languages.yaml`, looked up when they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Collection

    Codes = click.ParamType[str]
else:
    Codes = click.ParamType  # which older versions of click do not let be written with its type


class Language(Codes):
    """The code of one of the languages there are."""

    name = "language"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The codes as help shows them: `[en|it|de|fr]`."""
        del param, ctx
        return f"[{'|'.join(languages())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code, if there is such a language. Errors: wrong usage that lists those there are."""
        if value not in languages():
            known = ", ".join(map(repr, languages()))
            self.fail(f"{value!r} is not one of {known}.", param, ctx)
        return value


def languages() -> Collection[str]:
    """The codes there are. The file is read as lines, one a language: help is shown before anything else is loaded."""
    import re

    from esgreport import resources

    text = (resources.folder("schemas") / "languages.yaml").read_text(encoding="utf-8")
    return re.findall(r"^\s*-\s*\{?\s*code:\s*([a-z]{2,3})\b", text, re.MULTILINE)
