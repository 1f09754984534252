"""Reading `schemas/rules/*.yaml`: every name in a rule must be that of something that exists; it applies no rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from esgreport.definitions import memory
from esgreport.definitions.codes import CodeList
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Axis, Concept
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.rule_parts import Condition, names_in
from esgreport.definitions.rules import Omissions, Paired, Requires, Rule, RuleFile
from esgreport.definitions.rules_of_figures import AtMost
from esgreport.definitions.rules_of_side_answers import ChangeBetween
from esgreport.definitions.rules_of_years import SameYears
from esgreport.errors import DefinitionError


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may name."""

    disclosures: tuple[str, ...]
    concepts: Mapping[str, Concept]
    axes: Mapping[str, Axis]
    tables: Collection[str]
    editions: Collection[str]
    units: Collection[str]
    spans: Collection[str]
    code_list: Callable[[str], CodeList]
    languages: Collection[str] = ("en",)
    """Those in which every text must exist."""

    def of(self, what: str) -> Collection[str]:
        """All names of a sort: concept, axis, table, edition, unit, span."""
        return {
            "concept": self.concepts,
            "axis": self.axes,
            "table": self.tables,
            "edition": self.editions,
            "unit": self.units,
            "span": self.spans,
        }[what]


def load_rules(folder: Path, known: Known) -> tuple[tuple[str, Rule], ...]:
    """All rules with the disclosure they belong to, in the order of the disclosures, those of the whole filing first.

    Errors: DefinitionError with the file for a code given twice and for a name of nothing, with the closest that is.
    """
    found: list[tuple[str, Rule]] = []
    seen: dict[str, str] = {}
    files = {path.stem: load_file(path, RuleFile) for path in sorted(folder.glob("*.yaml"))}
    named = b"".join(path.read_bytes() for path in _that_rules_name(folder))
    whole = memory.recall("rules-whole", named, bool)
    for stem, file in sorted(files.items(), key=lambda item: _order(item[1].disclosure, known)):
        place = f"schemas/rules/{stem}.yaml"
        if file.disclosure:
            _must_exist(place, "disclosure", file.disclosure, known.disclosures)
        for rule in file.rules:
            if rule.code in seen:
                raise DefinitionError(f"{place}: {rule.code} is given twice, first in {seen[rule.code]}.")
            seen[rule.code] = place
            if not whole:
                check_names(f"{place}: {rule.code}", rule, known)
                _check_texts(f"{place}: {rule.code}", rule, known)
            found.append((file.disclosure, rule))
    if not whole:
        memory.keep("rules-whole", named, True)
    return tuple(found)


def _that_rules_name(folder: Path) -> Iterator[Path]:
    """The files the names in rules may come from, and the rules' own: as long as none changes, all names exist."""
    for beside in ("rules", "vsme", "codes", "parameters"):
        yield from sorted((folder.parent / beside).glob("*.*"))
    yield folder.parent / "units.yaml"
    yield folder.parent / "languages.yaml"
    yield folder.parent / "side_answers.yaml"


def load_omissions(path: Path, known: Known) -> Mapping[str, frozenset[str]]:
    """For each member of the list of omitted disclosures, the concepts it stands for.

    A member that is not taken apart in the file stands for all concepts of the disclosure of its code.
    """
    file = load_file(path, Omissions)
    check_names("schemas/omissions.yaml", file, known)
    members = known.code_list("Disclosures").by_member
    for member in file.parts:
        _must_exist("schemas/omissions.yaml", "member", member, members)
    return {member: frozenset(concepts) for member, concepts in file.parts.items()}


def _order(disclosure: str, known: Known) -> int:
    return known.disclosures.index(disclosure) if disclosure in known.disclosures else -1


def check_names(place: str, definition: object, known: Known) -> None:
    """Whether every name in a definition, and every member its conditions name, exists; `place` begins the message."""
    for mark, name in names_in(definition):
        _must_exist(place, mark.what, name, known.of(mark.what))
    for part in _parts(definition):
        for member, members in _members(part, known):
            _must_exist(place, "member", member, members)


def _check_texts(place: str, rule: Rule, known: Known) -> None:
    """Every text of a rule and of its checks exists in every language that is to be complete."""
    for part in _parts(rule):
        for each in fields(part) if is_dataclass(part) else ():
            text = getattr(part, each.name)
            if isinstance(text, dict) and text and all(isinstance(words, str) for words in text.values()):
                for language in known.languages:
                    if language not in text:
                        problem = f"there is no text in {language!r}, a language that is to be complete."
                        raise DefinitionError(f"{place}: {each.name}: {problem}")


def _must_exist(place: str, what: str, name: str, names: Collection[str]) -> None:
    if name not in names:
        raise DefinitionError(f"{place}: unknown {what} {name!r}.{did_you_mean(name, names)}")


def _parts(definition: object) -> Iterator[object]:
    """A definition and every definition inside it."""
    yield definition
    for each in fields(definition) if is_dataclass(definition) else ():
        value = getattr(definition, each.name)
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
            if is_dataclass(item):
                yield from _parts(item)


def _members(part: object, known: Known) -> Iterator[tuple[str, Collection[str]]]:
    """The members a definition names, each with those there are."""
    if isinstance(part, Condition) and part.concept and known.concepts[part.concept].members:
        codes = known.code_list(known.concepts[part.concept].members)
        named = [part.equals if isinstance(part.equals, str) else "", part.contains]
        yield from ((member, codes.by_member) for member in named if member)
        groups = {code.group for code in codes.codes}
        yield from ((group, groups) for group in part.group)
    elif isinstance(part, (Paired, Requires, AtMost, SameYears, ChangeBetween)):
        axis = part.over if isinstance(part, AtMost) else part.axis
        named = _named_members(part)
        if axis and known.axes[axis].members:
            yield from ((member, known.code_list(known.axes[axis].members).by_member) for member in named if member)


def _named_members(part: Paired | Requires | AtMost | SameYears | ChangeBetween) -> list[str]:
    if isinstance(part, ChangeBetween):
        return [part.earlier, part.later]
    if isinstance(part, (Paired, Requires)):
        return part.members
    return [part.member, part.limit_member] if isinstance(part, AtMost) else [part.member]
