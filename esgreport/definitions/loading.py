"""One definition file into its closed shape, or what it was found to say before; `validation` does the looking."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import is_dataclass
from pathlib import Path
from typing import TypeVar

from esgreport.definitions import memory

Shape = TypeVar("Shape")


def load_file(path: Path, shape: type[Shape]) -> Shape:
    """The file as that shape; a plain dataclass that was checked before, and has not changed since, is remembered.

    Errors: DefinitionError with file and line for a syntax error, a key given twice, an unknown key, a wrong value.
    """
    content = path.read_bytes()
    if is_dataclass(shape) and (known := memory.recall(path.stem, content, shape)):
        return known
    from esgreport.definitions.validation import validated

    checked = validated(shown(path), content, shape)
    if is_dataclass(shape):
        memory.keep(path.stem, content, checked)
    return checked


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean X?` for the closest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""


def line_of(path: Path, *words: str) -> str:
    """Where the last of the words stands, as `schemas/vsme/B3.yaml:41`; each is looked for below the one before."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = -1
    for word in words:
        whole = re.compile(rf"(?<![\w:]){re.escape(word)}(?!\w)")
        at = next((number for number in range(at + 1, len(lines)) if whole.search(lines[number])), at)
    return f"{shown(path)}:{max(at, 0) + 1}"


def shown(path: Path) -> str:
    """A file as messages name it: from `schemas/` on, where it is in such a folder."""
    parts = path.parts
    return "/".join(parts[parts.index("schemas") :]) if "schemas" in parts else str(path)
