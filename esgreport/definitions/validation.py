"""Looking at every key and value of a definition file: YAML, then pydantic, then an error a person can act on.

It is loaded only for files not remembered as right.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from typing import TypeVar, get_args, get_type_hints

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

Shape = TypeVar("Shape")
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, which YAML itself lets pass."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002
        """The mapping; a ConstructorError where a key stands twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} given twice", key.start_mark)
            seen.add(key.value)
        result: dict[Hashable, object] = super().construct_mapping(node, deep)
        return result


def validated(name: str, content: bytes, shape: type[Shape]) -> Shape:
    """What a file says, as that shape; `name` is how messages call it.

    Errors: DefinitionError with file and line for a syntax error, a key given twice, an unknown key, a wrong value.
    """
    try:
        text = content.decode("utf-8")
        parsed = yaml.load(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DefinitionError(f"{name}:{line}: the file is not in UTF-8. Save it in that encoding.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(f"{name}:{line}: {error.problem}.") from None
    try:
        return TypeAdapter(shape).validate_python(parsed)
    except ValidationError as error:
        errors = error.errors()
        first = next((each for each in errors if each["type"] in _UNKNOWN), errors[0])
        place = tuple(first["loc"])
        raise DefinitionError(f"{name}:{_line(text, place)}: {_explain(first, shape)}") from None


def _explain(error: ErrorDetails, shape: type) -> str:
    place = error["loc"]
    where = ".".join(str(step) for step in place)
    if error["type"] in _UNKNOWN:
        return f"unknown key {place[-1]!r} ({where}).{did_you_mean(str(place[-1]), _keys_at(place, shape))}"
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"])
        return f"{where} is {error['input']!r}, not one of {expected}.{_nearest(str(error['input']), expected)}"
    if error["type"] == "union_tag_invalid":
        key, word = str(error["ctx"]["discriminator"]).strip("'"), str(error["ctx"]["tag"])
        return f"{where}: unknown {key} {word!r}.{_nearest(word, str(error['ctx']['expected_tags']))}"
    return f"{where}: {error['msg']}."


def _nearest(word: str, expected: str) -> str:
    return did_you_mean(word, re.findall(r"'([^']*)'", expected))


def _keys_at(place: tuple[int | str, ...], shape: type) -> set[str]:
    """The keys that may stand at that place; all below the last shape that is certain where it is one of several."""
    for step in place[:-1]:
        inner = _shapes_in(get_type_hints(shape).get(str(step)))
        if len(inner) > 1:
            inner = [each for each in inner if _kinds(each) & set(place[:-1])]
            if len(inner) != 1:
                return _all_keys(shape) - {str(place[-1])}
        shape = inner[0] if inner else shape
    return _keys(shape)


def _kinds(shape: type) -> set[str]:
    """What `kind` says where it is this shape, of several."""
    return set(get_args(get_type_hints(shape).get("kind")))


def _keys(shape: type) -> set[str]:
    return {item.name for item in fields(shape)} if is_dataclass(shape) else set(getattr(shape, "model_fields", ()))


def _all_keys(shape: type, seen: frozenset[type] = frozenset()) -> set[str]:
    """Every key that may stand anywhere in a file of that shape."""
    names = _keys(shape)
    for hint in get_type_hints(shape).values():
        for inner in _shapes_in(hint):
            if inner not in seen:
                names |= _all_keys(inner, seen | {shape})
    return names


def _shapes_in(hint: object) -> list[type]:
    if isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "model_fields")):
        return [hint]
    return [found for argument in get_args(hint) for found in _shapes_in(argument)]


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
