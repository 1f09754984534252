"""One definition file into its closed shape, or what it was found to say before; `validation` does the looking."""

from __future__ import annotations

from dataclasses import is_dataclass
from pathlib import Path
from typing import TypeVar

from esgreport.definitions import memory
from esgreport.definitions.places import shown

Shape = TypeVar("Shape")


def load_file(path: Path, shape: type[Shape]) -> Shape:
    """The file as that shape; a plain dataclass that was checked before, and has not changed since, is remembered.

    Errors: DefinitionError with file and line for a syntax error, a key given twice, an unknown key, a wrong value.
    """
    content = path.read_bytes()
    name = f"{path.parent.name}-{path.stem}"
    if is_dataclass(shape) and (known := memory.recall(name, content, shape)):
        return known
    from esgreport.definitions.validation import validated

    checked = validated(shown(path), content, shape)
    if is_dataclass(shape):
        memory.keep(name, content, checked)
    return checked
