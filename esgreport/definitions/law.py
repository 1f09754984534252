"""What is known about the law beside the concepts, each file read when first asked for; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from esgreport.definitions.editions import Edition, Editions, check_editions
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Concept, Disclosure, Text
from esgreport.definitions.sources import LegalSource, SourceFile

if TYPE_CHECKING:  # loaded when they are first asked for: the editions alone do without them
    from esgreport.definitions.applicability import Applicability
    from esgreport.definitions.cap import Cap
    from esgreport.definitions.crosswalk import Framework, Neighbour
    from esgreport.definitions.efforts import Effort
    from esgreport.definitions.metrics import Metric
    from esgreport.definitions.profiles import Profile
    from esgreport.definitions.rule_files import Known


class Vocabulary(Protocol):
    """What the files of the law may name, as the definitions have it."""

    @property
    def folder(self) -> Path:
        """The folder of the definitions."""
        ...

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts by name."""
        ...

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """The derived figures by code."""
        ...

    @property
    def disclosures(self) -> tuple[Disclosure, ...]:
        """The disclosures in the standard's order."""
        ...

    @property
    def nameable(self) -> Known:
        """All that conditions and rules may name."""
        ...


@dataclass(frozen=True)
class Law:
    """The editions, and what hangs on them."""

    known: Vocabulary

    @cached_property
    def _sources(self) -> SourceFile:
        return load_file(self.known.folder / "sources.yaml", SourceFile)

    @cached_property
    def sources(self) -> Mapping[str, LegalSource]:
        """Where statements about the law come from, by identifier."""
        return {source.id: source for source in self._sources.sources}

    @cached_property
    def grades(self) -> Mapping[str, Text]:
        """How the grades of certainty are called."""
        return {grade.grade: grade.label for grade in self._sources.grades}

    @cached_property
    def _editions(self) -> Editions:
        return load_file(self.known.folder / "editions.yaml", Editions)

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        """The editions by identifier, oldest first. Errors: DefinitionError for a source or edition there is not."""
        check_editions(self._editions.editions, self.sources)
        return {edition.id: edition for edition in self._editions.editions}

    def paragraph(self, text: str, language: str) -> str:
        """A reference to a paragraph (`32, first sentence`) with its words in a language."""
        words = self._editions.paragraph_words
        known = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
        said = known.sub(lambda found: words[found[0]].get(language, found[0]), text)
        return re.sub(r"(?<=[\d)])-(?=[\d(])", "–", said)

    @cached_property
    def cap(self) -> Cap:
        """The value chain cap. Errors: DefinitionError for a concept, disclosure or source there is not."""
        from esgreport.definitions.cap import Cap, check_cap

        cap = load_file(self.known.folder / "cap.yaml", Cap)
        check_cap(cap, self.known.concepts, [disclosure.code for disclosure in self.known.disclosures], self.sources)
        return cap

    @cached_property
    def applicability(self) -> Applicability:
        """When datapoints are asked for. Errors: DefinitionError for a name of nothing."""
        from esgreport.definitions.applicability import Applicability, check_circumstances
        from esgreport.definitions.rule_files import check_names

        found = load_file(self.known.folder / "applicability.yaml", Applicability)
        check_names("schemas/applicability.yaml", found, self.known.nameable)
        check_circumstances(found, self.known.nameable.disclosures)
        return found

    @cached_property
    def efforts(self) -> Mapping[str, Effort]:
        """What it takes to get each concept. Errors: DefinitionError for a name of nothing, or given twice."""
        from esgreport.definitions.efforts import Efforts, by_concept
        from esgreport.definitions.rule_files import check_names

        found = load_file(self.known.folder / "effort.yaml", Efforts)
        check_names("schemas/effort.yaml", found, self.known.nameable)
        return by_concept(found)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """What kinds of customers ask, by identifier. Errors: DefinitionError for a name of nothing."""
        from esgreport.definitions.profiles import Profile, check_profile

        files = {
            path.stem: load_file(path, Profile) for path in sorted((self.known.folder / "profiles").glob("*.yaml"))
        }
        for name, profile in files.items():
            check_profile(profile, name, [*self.known.concepts, *self.known.metrics], self.sources)
        return files

    @cached_property
    def frameworks(self) -> Mapping[str, Framework]:
        """The frameworks the crosswalk leads to, by identifier."""
        from esgreport.definitions.crosswalk import Frameworks

        file = load_file(self.known.folder / "frameworks.yaml", Frameworks)
        return {framework.id: framework for framework in file.frameworks}

    @cached_property
    def crosswalk(self) -> Mapping[str, tuple[Neighbour, ...]]:
        """Where other frameworks ask for a datapoint, by its name. Errors: DefinitionError with file and line."""
        from esgreport.definitions.crosswalk import load_crosswalk

        datapoints = [*self.known.concepts, *self.known.metrics]
        return load_crosswalk(self.known.folder / "crosswalk.csv", self.frameworks, datapoints, self.sources)
