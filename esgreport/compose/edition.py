"""What the edition does to a report: where its datapoints stand, what it leaves out, what it newly asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esgreport.assessment import NEEDED
from esgreport.compose.writer import Writer
from esgreport.definitions import Concept, Disclosure
from esgreport.definitions.layout import AnswersBlock, LayoutBlock, NarrativeBlock, NumbersBlock
from esgreport.document import Note
from esgreport.model import Fact

COMPLIANCE = "StatementOfCompliance"


def concepts_of(writer: Writer, disclosure: Disclosure) -> Iterator[Concept]:
    """The concepts of a disclosure in the edition: its own but those moved away, then those moved to it."""
    yield from (one for one in disclosure.concepts if home(writer, one.name) == disclosure.code)
    for name, concept in writer.definitions.concepts.items():
        moved = home(writer, name) == disclosure.code and concept not in disclosure.concepts
        if moved:
            yield concept


def home(writer: Writer, name: str) -> str:
    """The code of the disclosure a concept stands in; empty for what is no concept."""
    disclosure = writer.definitions.disclosure_of(name, writer.filing.edition)
    return disclosure.code if disclosure else ""


def laid_out_here(writer: Writer, code: str, block: LayoutBlock) -> LayoutBlock:
    """A block of a disclosure without the concepts that the edition has in another one."""
    if not isinstance(block, (AnswersBlock, NarrativeBlock, NumbersBlock)):
        return block
    kept = [name for name in block.concepts if home(writer, name) == code or not _belongs(writer, name, code)]
    return block if kept == block.concepts else block.model_copy(update={"concepts": kept})


def _belongs(writer: Writer, name: str, code: str) -> bool:
    """Whether some edition has a concept in that disclosure."""
    own = writer.definitions.disclosure_of(name)
    concept = writer.definitions.concepts[name]
    places = [reference.disclosure for reference in concept.editions.values()]
    return code in places or bool(own and own.code == code)


# ── what is left out, and what is asked for ──


def left_out(writer: Writer, facts: Iterable[Fact]) -> str:
    """A sentence that names what was filed and the edition has deleted; empty where there is nothing of it."""
    names = "; ".join(dict.fromkeys(writer.label(fact.concept) for fact in facts))
    if not names:
        return ""
    return writer.say("Left out, because this edition no longer asks for it: %(names)s.", names=names)


def edition_notes(writer: Writer, disclosure: Disclosure) -> Iterator[Note]:
    """What a section says about the edition: what it leaves out of it, and what it newly asks for in vain."""
    gone = left_out(writer, (fact for fact in writer.deleted if home(writer, fact.concept) == disclosure.code))
    if gone:
        yield Note(gone, "omitted")
    missing = list(_newly_missed(writer, disclosure))
    always = "; ".join(_named(writer, one) for one in missing if _need(writer, one) == "necessary")
    if always:
        yield Note(writer.say("Newly asked for by this edition, and not reported: %(names)s.", names=always), "absent")
    some = "; ".join(_named(writer, one) for one in missing if _need(writer, one) != "necessary")
    if some:
        text = writer.say("Newly asked for by this edition where it applies, and not reported: %(names)s.", names=some)
        yield Note(text, "absent")


def _newly_missed(writer: Writer, disclosure: Disclosure) -> Iterator[Concept]:
    """What the edition has added to a disclosure and has to be reported, but is neither filed, computed nor omitted."""
    given = {metric.gives for code, metric in writer.definitions.metrics.items() if metric.gives and writer.of(code)}
    for concept in concepts_of(writer, disclosure):
        reference = concept.editions.get(writer.filing.edition)
        known = concept.name in given or concept.name in writer.definitions.layout.about or writer.of(concept.name)
        needed = reference is not None and reference.status == "new" and _need(writer, concept) in NEEDED
        if needed and not known and concept.name not in writer.withheld:
            yield concept


def _need(writer: Writer, concept: Concept) -> str:
    """How far the edition asks for a concept from an undertaking of this size; the larger one where it is not known."""
    reference = concept.editions.get(writer.filing.edition)
    return reference.need_of(writer.band) if reference else ""


def _named(writer: Writer, concept: Concept) -> str:
    paragraph = writer.paragraph([concept.name])
    label = writer.label(concept.name)
    return f"{label} ({writer.cited(paragraph)})" if paragraph else label


# ── about the report ──


def said_of_edition(writer: Writer) -> Iterator[str]:
    """Why this edition is followed, whether compliance was stated, and what is left out."""
    yield _why(writer)
    if writer.single(COMPLIANCE) is None:
        yield writer.say(
            "The data has no statement of compliance with the module chosen; this report makes none of its own."
        )
    gone = left_out(writer, writer.deleted)
    if gone:
        yield gone


def _why(writer: Writer) -> str:
    choice = writer.definitions.edition_for(writer.filing.period.end)
    if choice.edition.id == writer.filing.edition:
        return choice.why(writer.language)
    usual = writer.text(choice.edition.name)
    return writer.say("This edition was chosen; by its financial year the report would follow: %(usual)s.", usual=usual)
