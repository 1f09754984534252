"""A finding from its texts and the values put into them; which finding there is to make is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from esgreport.definitions.models import Concept, Disclosure, FindingText, in_language
from esgreport.errors import DefinitionError
from esgreport.model import Finding, Severity, Source


class Standard(Protocol):
    """What a finding has to know of the standard, as the definitions have it."""

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts by name."""
        ...

    @property
    def questions(self) -> Mapping[str, Concept]:
        """The concepts and the side answers by name."""
        ...

    def disclosure_of(self, concept: str) -> Disclosure | None:
        """The disclosure a concept belongs to."""
        ...


def make_finding(
    definitions: Standard, text: FindingText, source: Source, language: str, values: Mapping[str, object]
) -> Finding:
    """A finding from its texts; what `Definitions.finding` does, for texts that stand elsewhere (rules)."""
    name = str(values.get("concept", ""))
    concept = definitions.concepts.get(name)
    disclosure = definitions.disclosure_of(name)
    question = definitions.questions.get(name) if name else None
    shown = {**values, "concept": in_language(question.labels, language) if question else name}
    try:
        message, fix = (in_language(part, language).format(**shown) for part in (text.message, text.fix))
    except KeyError as missing:
        raise DefinitionError(f"Finding {text.code}: its text asks for {missing}, which is not given.") from None
    return Finding(
        code=text.code,
        severity=Severity(text.severity),
        title=in_language(text.title, language),
        message=message,
        fix=fix,
        source=source,
        concept=name if concept else "",
        disclosure=disclosure.code if disclosure else "",
        paragraph=_paragraph(concept) if concept else "",
    )


def _paragraph(concept: Concept) -> str:
    """Its paragraph in the first edition that has it."""
    return next(iter(concept.editions.values())).paragraph
