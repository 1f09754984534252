"""What a facts file says of cells that became no fact, as the findings they were; it reads no cell anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from esgreport.definitions import Definitions, did_you_mean, in_language
from esgreport.errors import WorkbookError
from esgreport.model import Dropped, Filing, Finding, Severity


def dropped_findings(filing: Filing, definitions: Definitions, language: str) -> Iterator[Finding]:
    """A finding for each dropped cell of the newest year: title and severity by its code, the reason as it was given.

    What several cells are dropped for is said once, at its cause. What to do is said where that is the same for all.
    Errors: WorkbookError for a code that no finding has.
    """
    said: set[tuple[str, str, str]] = set()
    for item in filing.dropped:
        place = item.cause or item.source
        if (item.code, place.sheet, place.cell) not in said:
            said.add((item.code, place.sheet, place.cell))
            yield replace(_restored(item, definitions, language), source=place)


def _restored(item: Dropped, definitions: Definitions, language: str) -> Finding:
    text = definitions.finding_texts.get(item.code)
    if text is None:
        known = did_you_mean(item.code, definitions.finding_texts)
        raise WorkbookError(f"{item.source}: dropped: there is no finding {item.code!r}.{known}")
    fix = in_language(text.fix, language)
    concept = definitions.concepts.get(definitions.names.get(item.source.name, ""))
    disclosure = definitions.disclosure_of(concept.name) if concept else None
    return Finding(
        code=text.code,
        severity=Severity(text.severity),
        title=in_language(text.title, language),
        message=item.reason,
        fix="" if "{" in fix else fix,
        source=item.source,
        concept=concept.name if concept else "",
        disclosure=disclosure.code if disclosure else "",
        paragraph=next(iter(concept.editions.values())).paragraph if concept else "",
    )
