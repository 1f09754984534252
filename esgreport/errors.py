"""What stops us, as exceptions with their exit codes; what the data has wrong is a Finding and lives in `model`.

    ClickException                     click prints one line and exits
    └── EsgreportError                 1  (never raised itself)
        ├── DefinitionError            3  a file in schemas/ or a user's definition is wrong: file and line
        ├── WorkbookError              4  a file sent to us cannot be read: file, place, what to do
        ├── RenderError                5  an output could not be made; nothing was written
        └── VerificationError          6  an output does not stand up to checking

Exit code 1 is for findings of severity error, 2 for usage (click's own).
"""

from __future__ import annotations

import click


class EsgreportError(click.ClickException):
    """Any error of ours: the message is one line that says where, what, and what to do."""

    exit_code = 1


class DefinitionError(EsgreportError):
    """A definition is wrong; the message names file and line."""

    exit_code = 3


class WorkbookError(EsgreportError):
    """A file we were given cannot be used; the message names it and says how to mend that."""

    exit_code = 4


class RenderError(EsgreportError):
    """An output could not be made; no partial output is left."""

    exit_code = 5


class VerificationError(EsgreportError):
    """A report does not stand up to verification."""

    exit_code = 6
