"""What is known about the law beside the concepts, each file read when first asked for; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from esgreport.definitions.applicability import Applicability, check_circumstances
from esgreport.definitions.cap import Cap, check_cap
from esgreport.definitions.editions import Edition, Editions, check_editions
from esgreport.definitions.efforts import Effort, Efforts, by_concept
from esgreport.definitions.loading import load_file
from esgreport.definitions.metrics import Metric
from esgreport.definitions.models import Concept, Disclosure, Text
from esgreport.definitions.profiles import Profile, check_profile
from esgreport.definitions.rule_files import Known, check_names
from esgreport.definitions.sources import LegalSource, SourceFile


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


@dataclass(frozen=True)
class Law:
    """The editions, and what hangs on them. `names` are those that conditions may use."""

    known: Vocabulary
    names: Known

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
        return known.sub(lambda found: words[found[0]].get(language, found[0]), text)

    @cached_property
    def cap(self) -> Cap:
        """The value chain cap. Errors: DefinitionError for a concept, disclosure or source there is not."""
        cap = load_file(self.known.folder / "cap.yaml", Cap)
        check_cap(cap, self.known.concepts, [disclosure.code for disclosure in self.known.disclosures], self.sources)
        return cap

    @cached_property
    def applicability(self) -> Applicability:
        """When datapoints are asked for. Errors: DefinitionError for a name of nothing."""
        found = load_file(self.known.folder / "applicability.yaml", Applicability)
        check_names("schemas/applicability.yaml", found, self.names)
        check_circumstances(found, self.names.disclosures)
        return found

    @cached_property
    def efforts(self) -> Mapping[str, Effort]:
        """What it takes to get each concept. Errors: DefinitionError for a name of nothing, or given twice."""
        found = load_file(self.known.folder / "effort.yaml", Efforts)
        check_names("schemas/effort.yaml", found, self.names)
        return by_concept(found)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """What kinds of customers ask, by identifier. Errors: DefinitionError for a name of nothing."""
        files = {
            path.stem: load_file(path, Profile) for path in sorted((self.known.folder / "profiles").glob("*.yaml"))
        }
        for name, profile in files.items():
            check_profile(profile, name, [*self.known.concepts, *self.known.metrics], self.sources)
        return files
