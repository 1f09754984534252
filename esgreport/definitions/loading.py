"""Reading one definition file: YAML into a closed model, with file, line and a "did you mean" when it is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from esgreport.errors import DefinitionError

Model = TypeVar("Model", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, which YAML itself lets pass."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """The mapping; a ConstructorError where a key stands twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} given twice", key.start_mark)
            seen.add(key.value)
        result: dict[Hashable, object] = super().construct_mapping(node, deep)
        return result


def load_file(path: Path, model: type[Model]) -> Model:
    """The file as that model.

    Errors: DefinitionError with file and line for a syntax error, a key given twice, an unknown key, a wrong value.
    """
    text = path.read_text(encoding="utf-8")
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(f"{_shown(path)}:{line}: {error.problem}.") from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        errors = error.errors()
        first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
        place = tuple(first["loc"])
        raise DefinitionError(f"{_shown(path)}:{_line(text, place)}: {_explain(first, model)}") from None


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
    return f"{_shown(path)}:{max(at, 0) + 1}"


def _shown(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("schemas") :]) if "schemas" in parts else str(path)


def _explain(error: ErrorDetails, model: type[BaseModel]) -> str:
    place = error["loc"]
    where = ".".join(str(step) for step in place)
    if error["type"] == "extra_forbidden":
        return f"unknown key {place[-1]!r} ({where}).{did_you_mean(str(place[-1]), _keys_at(place, model))}"
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"])
        return f"{where} is {error['input']!r}, not one of {expected}.{_nearest(str(error['input']), expected)}"
    return f"{where}: {error['msg']}."


def _nearest(word: str, expected: str) -> str:
    return did_you_mean(word, re.findall(r"'([^']*)'", expected))


def _keys_at(place: tuple[int | str, ...], model: type[BaseModel]) -> set[str]:
    """The keys that may stand at that place; all below the last model that is certain where it is one of several."""
    for step in place[:-1]:
        info = model.model_fields.get(str(step))
        inner = _models_in(info.annotation) if info else []
        if len(inner) > 1:
            return _field_names(model)
        model = inner[0] if inner else model
    return set(model.model_fields)


def _field_names(model: type[BaseModel], seen: frozenset[type] = frozenset()) -> set[str]:
    """Every key that may stand anywhere in a file of that model."""
    names = set(model.model_fields)
    for info in model.model_fields.values():
        for inner in _models_in(info.annotation):
            if inner not in seen:
                names |= _field_names(inner, seen | {model})
    return names


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in getattr(annotation, "__args__", ()) for found in _models_in(argument)]


def _line(text: str, place: tuple[int | str, ...]) -> int:
    """The line of the node at that place, counted from 1; the nearest one above where it is missing."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for step in place:
        if node is None:
            break
        line = node.start_mark.line + 1
        found, at = _child(node, step)
        if found is None:
            break
        node, line = found, at
    return line


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node | None, int]:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    return None, 0
