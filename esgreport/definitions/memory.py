"""Definition files found right before, kept in the user's cache as plain JSON, so that the next start need not check.

A file is remembered by its content and by the shapes it is read into: change either, and it is checked anew. What
cannot be kept or read back is simply not remembered.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

Shape = TypeVar("Shape")
_TAG = "!"


def recall(name: str, content: bytes, shape: type[Shape]) -> Shape | None:
    """What a file of that content was found to say; None when it is not remembered."""
    try:
        key, _, kept = (_folder() / f"{name}.json").read_text(encoding="utf-8").partition("\n")
        if key != _key(content, shape):
            return None
        found = json.loads(kept, object_hook=_rebuilt)
    except (OSError, RuntimeError):  # never kept; or an account without a home
        return None
    except (ValueError, TypeError, KeyError, AttributeError, ImportError):  # not what this version kept
        return None
    return found if isinstance(found, shape) else None


def keep(name: str, content: bytes, value: object) -> None:
    """Remember what a file of that content says."""
    import tempfile  # not needed by a start that finds everything remembered

    kept = f"{_key(content, type(value))}\n{json.dumps(value, default=_plain, ensure_ascii=False)}"
    # No home, no room, no right to write: then it is checked again next time.
    with contextlib.suppress(OSError, RuntimeError):
        _folder().mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=_folder())
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(kept)
        Path(draft).replace(_folder() / f"{name}.json")


def _plain(value: object) -> dict[str, object]:
    if isinstance(value, (Decimal, date)):
        return {_TAG: type(value).__name__, "is": str(value)}
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no shape")
    module = type(value).__module__.rpartition(".")[2]
    content = {item.name: getattr(value, item.name) for item in fields(value)}
    return {_TAG: f"{module}.{type(value).__name__}", **content}


def _rebuilt(content: dict[str, object]) -> object:
    name = content.pop(_TAG, None)
    return content if name is None else _maker(str(name))(**content)


@cache
def _maker(name: str) -> Callable[..., object]:
    """What makes a value of that name again: a shape of this package, a decimal or a day."""
    if name in _PLAIN:
        return _PLAIN[name]
    module, _, shape = name.partition(".")
    found = getattr(importlib.import_module(f"{__package__}.{module}"), shape)
    if not (isinstance(found, type) and is_dataclass(found)):
        raise TypeError(f"{name} is no shape")
    return found


def _decimal(**content: str) -> Decimal:
    return Decimal(content["is"])


def _day(**content: str) -> date:
    return date.fromisoformat(content["is"])


_PLAIN: Mapping[str, Callable[..., object]] = {"Decimal": _decimal, "date": _day}


def _key(content: bytes, shape: type) -> str:
    return hashlib.sha256(_fingerprint() + _name(shape) + content).hexdigest()


def _name(shape: type) -> bytes:
    return f"{shape.__module__}.{shape.__qualname__}".encode()


@cache
def _fingerprint() -> bytes:
    """What changes when the shapes do: the source of this package."""
    return b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))


@cache
def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("esgreport") / "definitions"
