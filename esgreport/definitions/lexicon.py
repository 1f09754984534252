"""The folder `lexicon/`: how customers ask for what we know, as data; it reads no question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, TypeVar

from esgreport.definitions import Definitions
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text, closed
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

SCOPE_TAGS = ("scope1", "scope2", "scope3")
"""Tags that are found by how scopes are numbered ("scopes 1, 2 et 3") as well as by patterns."""
LANGUAGES = ("en", "it", "de", "fr")
"""The languages questions are understood in."""


@closed
class Tag:
    """A topic a question touches: patterns by language, divided by commas; `any` holds in every language.

    What `unless` matches is taken out first. `nothing` marks topics the standard does not hold. `like` and `unlike` are
    questions it is and is not found in; a test holds the patterns to them.
    """

    tag: str
    nothing: bool = False
    any: str = ""
    en: str = ""
    it: str = ""
    de: str = ""
    fr: str = ""
    unless: str = ""
    like: list[str]
    unlike: list[str]


@closed
class Tags:
    """A file of tags."""

    tags: list[Tag]


@closed
class Frame:
    """A target is asked for where one tag of each of `needs` (`a/b`: either) is found and none of `never`.

    `base` is what it scores then, more the more it needs; `likes` adds to it, or takes away, for tags it does without.
    `allows` are tags of nothing that do not speak against it. `member` is the member of an axis it stands for.
    """

    target: str
    needs: list[str]
    never: list[str] = field(default_factory=list)
    likes: dict[str, float] = field(default_factory=dict)
    allows: list[str] = field(default_factory=list)
    base: float
    member: str = ""

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The tags it needs, alternatives together."""
        return tuple(tuple(group.split("/")) for group in self.needs)


@closed
class Frames:
    """A file of frames; `sets` name lists of tags that frames then write as `$name` in `never` and `allows`."""

    sets: dict[str, list[str]] = field(default_factory=dict)
    frames: list[Frame]


@closed
class Gate:
    """A reason why a person must look: it closes for one of `targets` (all where empty) when the tags say so.

    `needs` and `never` are as in a frame, but with `when: two` two of `needs` suffice; `kinds` are the kinds of
    answer it is about (all where empty); any other `when` is what no tag can say; `reason` is what a person reads.
    """

    code: str
    when: Literal["", "nothing", "unit", "kind", "two"] = ""
    needs: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    reason: Text


@closed
class Gates:
    """The file of gates."""

    gates: list[Gate]


@closed
class Measure:
    """What is measured (`energy`, `mass` …) and how its units are spelt, divided by commas.

    `only_alone` are spellings too short to be a unit in the middle of a sentence.
    """

    measure: str
    spelt: str
    only_alone: str = ""


@closed
class Measures:
    """The file of units."""

    measures: list[Measure]


@closed
class Ordinary:
    """The file of words any question may have, by language, divided by blanks."""

    ordinary: dict[str, str]


@closed
class Phrases:
    """A file of ways to ask: for each target (`nothing`: for nothing of ours) questions and headings of customers."""

    phrases: dict[str, list[str]]


_Shape = TypeVar("_Shape")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All of `lexicon/`, each part read when it is first asked for.

    `targets` are the names that may be asked for: concepts and ids of `targets.yaml`. Errors: DefinitionError for a
    name given twice or one that is none.
    """

    folder: Path
    targets: Collection[str]

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """The tags by name."""
        found: dict[str, Tag] = {}
        for path, file in self._files("tags", Tags):
            for tag in file.tags:
                if tag.tag in found:
                    raise DefinitionError(f"{_shown(path)}: the tag {tag.tag} is given twice.")
                found[tag.tag] = tag
        return found

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """The frames, sets of tags written out."""
        frames: list[Frame] = []
        for path, file in self._files("frames", Frames):
            for frame in file.frames:
                whole = _with_sets(frame, file.sets, _shown(path))
                named = {*(tag for group in whole.groups for tag in group), *whole.never, *whole.likes, *whole.allows}
                self._check_tags(named, f"{_shown(path)}: {frame.target}")
                self._check_targets([frame.target], _shown(path))
                frames.append(whole)
        return tuple(frames)

    @cached_property
    def gates(self) -> Mapping[str, Gate]:
        """The gates by code."""
        path = self.folder / "gates.yaml"
        gates: dict[str, Gate] = {}
        for gate in load_file(path, Gates).gates:
            if gate.code in gates:
                raise DefinitionError(f"{_shown(path)}: {gate.code} is given twice.")
            self._check_tags({*"/".join(gate.needs).split("/"), *gate.never} - {""}, f"{_shown(path)}: {gate.code}")
            self._check_targets(gate.targets, _shown(path))
            gates[gate.code] = gate
        return gates

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What units there are, by what they measure."""
        return tuple(load_file(self.folder / "units.yaml", Measures).measures)

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words any question may have, of all languages."""
        file = load_file(self.folder / "ordinary.yaml", Ordinary)
        return frozenset(word for words in file.ordinary.values() for word in words.split())

    @cached_property
    def phrases(self) -> tuple[tuple[str, str, str], ...]:
        """Every example of a way to ask: language, target (`nothing` for none), text. Only needed to train."""
        found: list[tuple[str, str, str]] = []
        for path, file in self._files("phrases", Phrases):
            self._check_targets([name for name in file.phrases if name != "nothing"], _shown(path))
            language = path.stem.rpartition("_")[2]
            found += [(language, target, text) for target, texts in file.phrases.items() for text in texts]
        return tuple(found)

    def _files(self, name: str, shape: type[_Shape]) -> list[tuple[Path, _Shape]]:
        return [(path, load_file(path, shape)) for path in sorted((self.folder / name).glob("*.yaml"))]

    def _check_tags(self, names: Collection[str], place: str) -> None:
        for name in names:
            if name not in self.tags and name not in SCOPE_TAGS:
                raise DefinitionError(f"{place}: there is no tag {name!r}.{did_you_mean(name, self.tags)}")

    def _check_targets(self, names: Collection[str], place: str) -> None:
        for name in names:
            if name not in self.targets:
                raise DefinitionError(f"{place}: nothing is called {name!r}.{did_you_mean(name, self.targets)}")


@cache
def lexicon_of(definitions: Definitions) -> Lexicon:
    """The lexicon that belongs to some definitions. Errors: DefinitionError for a name twice or one of nothing."""
    return Lexicon(definitions.folder / "lexicon", frozenset((*definitions.concepts, *definitions.targets)))


def _with_sets(frame: Frame, sets: Mapping[str, list[str]], place: str) -> Frame:
    def written_out(names: list[str]) -> list[str]:
        unknown = [name for name in names if name.startswith("$") and name[1:] not in sets]
        if unknown:
            raise DefinitionError(f"{place}: {frame.target}: there is no set {unknown[0]!r}.")
        return [tag for name in names for tag in (sets[name[1:]] if name.startswith("$") else [name])]

    needed = {tag for group in frame.groups for tag in group}
    return Frame(
        target=frame.target,
        needs=frame.needs,
        never=[tag for tag in written_out(frame.never) if tag not in needed],
        likes=frame.likes,
        allows=written_out(frame.allows),
        base=frame.base,
        member=frame.member,
    )


def _shown(path: Path) -> str:
    folder = "" if path.parent.name == "lexicon" else f"{path.parent.name}/"
    return f"schemas/lexicon/{folder}{path.name}"
