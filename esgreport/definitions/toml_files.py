"""A person's TOML file as text and values, and the line a key stands in; it knows no key and judges no value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from esgreport.errors import DefinitionError


def read_toml(path: Path) -> tuple[str, dict[str, object]]:
    """The text of a file and what it holds.

    Errors: DefinitionError with file and line for one that cannot be read, is not in UTF-8, or is no TOML.
    """
    text = _text_of(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = found[1] if (found := re.search(r"at line (\d+)", str(error))) else str(text.count("\n") + 1)
        said = re.sub(r" \(at .*\)$", "", str(error))
        raise DefinitionError(f"{path}:{line}: {said}. The file is written in TOML.") from None


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # editors on Windows put a mark before the first letter
    except OSError as error:
        raise DefinitionError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise DefinitionError(f"{path}: the file is not in UTF-8. Save it in that encoding.") from None


def line_of(text: str, keys: Sequence[int | str]) -> int:
    """The line of a key, counted from 1; that of its table, or the first, where it is written in another way.

    `keys` leads to it: the table, which of several tables of that name, the key.
    """
    lines = text.splitlines()
    names = [str(step) for step in keys if not isinstance(step, int)]
    number = next((step for step in keys if isinstance(step, int)), 0)
    heads = [n for n, line in enumerate(lines) if re.match(rf"\s*\[+\s*{re.escape(names[0])}\s*\]", line)]
    start = heads[number] if number < len(heads) else 0
    inside = len(names) > 1 and bool(heads)
    end = next((n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
    key = re.compile(rf"\s*[\"']?{re.escape(names[-1])}[\"']?\s*[.=]|\s*\[\s*{re.escape(names[-1])}\s*\]")
    return next((n for n in range(start, end if inside else len(lines)) if key.match(lines[n])), start) + 1
