"""Writing results: all files of one run or none, never over something half written; it makes no content."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from esgreport.errors import RenderError


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file into the folder (made when missing): first beside their places, then all put in place.

    Errors: RenderError when one cannot be written; then none is changed.
    """
    drafts: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            drafts.append((_draft(folder, content), folder / name))
        for draft, place in drafts:
            draft.replace(place)
    except OSError as error:
        raise RenderError(f"{folder}: cannot write there ({error.strerror}). Choose another folder with -o.") from None
    finally:
        for draft, _ in drafts:
            with contextlib.suppress(OSError):
                draft.unlink()


def _draft(folder: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".esgreport-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft = Path(name)
    draft.chmod(0o666 & ~_umask())  # mkstemp makes private files; a report is made to be handed on
    return draft


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
