"""Footnotes of the official template, hung on the facts they speak of; one that fits none is said, not lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from esgreport.definitions.codes import normalised
from esgreport.facts.answers import Desk
from esgreport.facts.values import is_filled, shortened, text_of
from esgreport.model import Area, Fact, Finding, Source, cell_reference


@dataclass(frozen=True, slots=True)
class _Reference:
    """One line of the footnote table: the note's text, what it refers to as written, and where that stands."""

    text: str
    concept: str
    member: str
    source: Source


def with_footnotes(facts: tuple[Fact, ...], desk: Desk, language: str) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The facts with their footnotes. A note with a member goes to facts that have it, else to undimensioned ones."""
    notes: dict[int, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for reference in _references(desk):
        fitting = _fitting(facts, reference, desk)
        for index in fitting:
            notes[index] = (*notes.get(index, ()), reference.text)
        if not fitting:
            what = shortened(" ".join(part for part in (reference.concept, reference.member) if part))
            texts = {"text": shortened(reference.text), "reference": what}
            concept = _concept(reference.concept, desk)
            finding = desk.definitions.finding("NOTE-01", reference.source, language, **texts, concept=concept)
            findings.append(finding)
    noted = tuple(replace(fact, footnotes=notes[index]) if index in notes else fact for index, fact in enumerate(facts))
    return noted, tuple(findings)


def _references(desk: Desk) -> Iterator[_Reference]:
    """The lines of the table; a line without text of its own belongs to the note above it."""
    areas = desk.bindings.service
    texts, concepts = areas.get("footnote_text"), areas.get("footnote_ref_concept")
    if texts is None or concepts is None:
        return
    column = _column(desk, texts)
    references = _column(desk, concepts)
    members = _column(desk, areas.get("footnote_ref_dimension"))
    text = ""
    for row in sorted({*column, *references}):
        text = column.get(row, text)
        source = Source(desk.workbook.file, texts.sheet, cell_reference(row, texts.left), "footnote_table")
        yield _Reference(text, references.get(row, ""), members.get(row, ""), source)


def _column(desk: Desk, area: Area | None) -> Mapping[int, str]:
    if area is None:
        return {}
    cells = desk.workbook.sheets[area.sheet].cells
    return {
        row: text_of(cell.value)
        for (row, column), cell in cells.items()
        if area.top <= row <= area.bottom and area.left <= column <= area.right and is_filled(cell)
    }


def _fitting(facts: tuple[Fact, ...], reference: _Reference, desk: Desk) -> tuple[int, ...]:
    concept = _concept(reference.concept, desk)
    if reference.member:
        member = _member(reference.member, concept, desk)
        return tuple(
            index
            for index, fact in enumerate(facts)
            if fact.concept == concept and member in (value for _, value in fact.dimensions)
        )
    return tuple(index for index, fact in enumerate(facts) if fact.concept == concept and not fact.dimensions)


def _concept(text: str, desk: Desk) -> str:
    """A concept by name, qualified name, or a label of ours or of the official template, in any language."""
    name = text.strip().removeprefix("vsme:")
    if name in desk.definitions.concepts:
        return name
    known = desk.definitions.names.get(name) or desk.definitions.labelled.get(normalised(text))
    return known or desk.definitions.code_list("ConceptLabels").member(text) or ""


def _member(text: str, concept: str, desk: Desk) -> str:
    """A member by name or label among those of the concept's axes; the text itself for a typed axis."""
    name = text.strip()
    definition = desk.definitions.concepts.get(concept)
    table = desk.definitions.tables.get(definition.table) if definition else None
    for axis_name in table.axes if table else ():
        axis = desk.definitions.axes[axis_name]
        if axis.kind == "explicit":
            codes = desk.definitions.code_list(axis.members)
            found = codes.member(name) or codes.member(name.partition(":")[2])
            if found:
                return found
    return name
