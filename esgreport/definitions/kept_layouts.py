"""Layouts a person corrected, kept on this computer by the form they belong to; what they say is in `corrections`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.errors import DefinitionError
from esgreport.output import write_files

if TYPE_CHECKING:  # loaded only where there is one
    from esgreport.definitions.corrections import LayoutFile


def remembered_layout(form: str) -> LayoutFile | None:
    """The layout that was used for a form before; None where there is none, or what is kept is not right any more."""
    if not re.fullmatch(r"[0-9a-f]{64}", form):
        return None
    path = folder() / f"{form}.yaml"
    if not path.is_file():
        return None
    from esgreport.definitions.corrections import load_layout

    try:
        return load_layout(path)
    except DefinitionError:
        return None


def remember_layout(form: str, layout: Path) -> None:
    """Keep a layout file for its form, for the next time. Errors: RenderError where it cannot be kept."""
    write_files(folder(), {f"{form}.yaml": layout.read_bytes()})


def folder() -> Path:
    """Where they lie, in the user's own data."""
    from platformdirs import user_data_path

    return Path(user_data_path("esgreport")) / "layouts"
