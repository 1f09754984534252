"""The standard checked against itself: each name it uses exists, each text is in every language; it loads nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from esgreport.definitions.models import Axis, Concept, Disclosure, Language, TableDefinition, Text
from esgreport.definitions.places import did_you_mean, line_of
from esgreport.errors import DefinitionError


@dataclass(frozen=True, slots=True)
class Standard:
    """The files of `vsme/` as loaded, the folder they lie in, and what there is for them to name."""

    folder: Path
    disclosures: tuple[Disclosure, ...]
    axes: Mapping[str, Axis]
    code_lists: Collection[str]
    units: Collection[str]
    languages: Mapping[str, Language]


def check_standard(standard: Standard) -> None:
    """Whether the standard is whole. Errors: DefinitionError with file, line and the nearest name there is."""
    for axis in standard.axes.values():
        path = standard.folder / "dimensions.yaml"
        _must_be(path, axis.name, "code list", [axis.members], standard.code_lists)
        _check_texts(path, axis.name, {"labels": axis.labels}, standard)
    for disclosure in standard.disclosures:
        path = standard.folder / f"{disclosure.code}.yaml"
        if not path.is_file():
            raise DefinitionError(
                f"schemas/vsme: the file of disclosure {disclosure.code!r} must be named {path.name}."
            )
        _check_texts(path, "", {"title": disclosure.title, "summary": disclosure.summary}, standard)
    _check_items(standard)


def _check_items(standard: Standard) -> None:
    seen: set[str] = set()
    tables = [table.name for disclosure in standard.disclosures for table in disclosure.tables]
    for path, item in _items(standard):
        if item.name in seen:
            again = line_of(path, f"- name: {item.name}", f"- name: {item.name}")
            raise DefinitionError(f"{again}: {item.name} is defined twice.")
        seen.add(item.name)
        if isinstance(item, Concept):
            _must_be(path, item.name, "table", [item.table], tables)
            _must_be(path, item.name, "code list", [item.members], standard.code_lists)
            _must_be(path, item.name, "unit", [item.unit], standard.units)
            _check_texts(path, item.name, {"labels": item.labels, "help": item.help}, standard)
        else:
            _must_be(path, item.name, "axis", item.axes, standard.axes)
            _check_texts(path, item.name, {"labels": item.labels}, standard)


def _items(standard: Standard) -> Iterator[tuple[Path, Concept | TableDefinition]]:
    """Every table and concept with its file."""
    for disclosure in standard.disclosures:
        path = standard.folder / f"{disclosure.code}.yaml"
        yield from ((path, table) for table in disclosure.tables)
        yield from ((path, concept) for concept in disclosure.concepts)


def _must_be(path: Path, owner: str, what: str, names: list[str], known: Collection[str]) -> None:
    for name in names:
        if name and name not in known:
            place = line_of(path, f"- name: {owner}", name)
            raise DefinitionError(f"{place}: {owner}: unknown {what} {name!r}.{did_you_mean(name, known)}")


def _check_texts(path: Path, owner: str, texts: Mapping[str, Text], standard: Standard) -> None:
    """A text that is there at all must be in English and in every complete language, and in no unknown one."""
    wanted = {"en"} | {code for code, language in standard.languages.items() if language.complete}
    for key, text in texts.items():
        unknown, missing = set(text) - set(standard.languages), wanted - set(text)
        if text and (unknown or missing):
            place = line_of(path, *([f"- name: {owner}"] if owner else []), f"{key}:")
            problem = (
                f"unknown language {min(unknown)!r}.{did_you_mean(min(unknown), standard.languages)}"
                if unknown
                else f"there is no text in {min(missing)!r}, a language that is to be complete."
            )
            raise DefinitionError(f"{place}: {owner or path.stem}: {key}: {problem}")
