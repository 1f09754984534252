"""Where something stands in a definition file and which known word was meant; what a refusal says, it loads nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path


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
