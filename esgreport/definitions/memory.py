"""Definition files found right before, kept in the user's cache as plain JSON, so that the next start need not check.

A file is remembered by its content and by the shapes it is read into: change either, and it is checked anew. What
cannot be kept or read back is simply not remembered.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from esgreport.definitions import models

Shape = TypeVar("Shape")
_TAG = "!"


def recall(name: str, content: bytes, shape: type[Shape]) -> Shape | None:
    """What a file of that content was found to say; None when it is not remembered."""
    try:
        key, _, kept = (_folder() / f"{name}.json").read_text(encoding="utf-8").partition("\n")
        if key != _key(content):
            return None
        found = json.loads(kept, object_hook=_rebuilt)
    except (OSError, RuntimeError, ValueError, TypeError, KeyError):  # RuntimeError: an account without a home
        return None
    return found if isinstance(found, shape) else None


def keep(name: str, content: bytes, value: object) -> None:
    """Remember what a file of that content says."""
    kept = f"{_key(content)}\n{json.dumps(value, default=_plain, ensure_ascii=False)}"
    # No home, no room, no right to write: then it is checked again next time.
    with contextlib.suppress(OSError, RuntimeError):
        _folder().mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=_folder())
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(kept)
        Path(draft).replace(_folder() / f"{name}.json")


def _plain(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no shape")
    return {_TAG: type(value).__name__, **{item.name: getattr(value, item.name) for item in fields(value)}}


def _rebuilt(content: dict[str, object]) -> object:
    name = content.pop(_TAG, None)
    return content if name is None else _shapes()[str(name)](**content)


@cache
def _shapes() -> dict[str, Callable[..., object]]:
    return {name: shape for name, shape in vars(models).items() if isinstance(shape, type) and is_dataclass(shape)}


def _key(content: bytes) -> str:
    return hashlib.sha256(_fingerprint() + content).hexdigest()


@cache
def _fingerprint() -> bytes:
    """What changes when the shapes do: their source."""
    return Path(models.__file__).read_bytes()


@cache
def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("esgreport") / "definitions"
