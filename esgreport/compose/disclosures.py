"""The section of a disclosure: its layout's blocks, then whatever they left out, so that no fact is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from esgreport.compose.charts import chart
from esgreport.compose.edition import concepts_of, edition_notes, laid_out_here
from esgreport.compose.long_texts import with_room
from esgreport.compose.prose import prose
from esgreport.compose.sites import site_map
from esgreport.compose.tables import Line, axis_table, changes_table, lines_table, matrix_table, numbers_table
from esgreport.compose.writer import Writer
from esgreport.compose.years import before
from esgreport.definitions import Disclosure
from esgreport.definitions.layout import (
    AnswersBlock,
    ChangesBlock,
    LayoutBlock,
    MatrixBlock,
    NarrativeBlock,
    NumbersBlock,
    PartLayout,
    ProseBlock,
    SiteMapBlock,
    TableBlock,
)
from esgreport.document import (
    Answer,
    Answers,
    Block,
    Chart,
    Estimates,
    Figure,
    KeyFigures,
    Narrative,
    Note,
    Part,
    Prose,
    Section,
    SiteMap,
    Table,
)
from esgreport.model import Fact


def parts(writer: Writer) -> tuple[Part, ...]:
    """The chapters of the report; one without a section is left out."""
    made = [_part(writer, layout) for layout in writer.definitions.layout.parts]
    return tuple(part for part in made if part.sections)


def _part(writer: Writer, layout: PartLayout) -> Part:
    known = {disclosure.code: disclosure for disclosure in writer.definitions.disclosures}
    sections = [section(writer, known[code]) for code in layout.disclosures]
    sections.append(_additional(writer, layout))
    return Part(
        id=f"part-{layout.theme}",
        title=writer.text(layout.title),
        theme=layout.theme,
        sections=tuple(one for one in sections if one),
    )


def section(writer: Writer, disclosure: Disclosure) -> Section | None:
    """The section of a disclosure; None when nothing was reported in it."""
    facts = facts_of(writer, disclosure)
    if not facts:
        return None
    place = disclosure.code.lower()
    blocks = [*_laid_out(writer, disclosure.code, place)]
    blocks += _the_rest(writer, facts, place, anchors_of(blocks), len(blocks))
    return Section(
        id=place,
        title=writer.text(disclosure.title),
        number=disclosure.code,
        paragraph=paragraph_of(writer, disclosure, writer.filing.edition),
        theme=disclosure.theme,
        blocks=(
            *_omissions(writer, disclosure),
            *edition_notes(writer, disclosure),
            *_elsewhere(writer, disclosure),
            *with_room(blocks),
        ),
    )


def facts_of(writer: Writer, disclosure: Disclosure) -> tuple[Fact, ...]:
    """What a disclosure's section has to show: its facts and those measured from them, without those of "about"."""
    about = writer.definitions.layout.about
    names = [concept.name for concept in concepts_of(writer, disclosure) if concept.name not in about]
    names += [metric.code for metric in writer.definitions.metrics.values() if metric.disclosure == disclosure.code]
    return tuple(fact for name in names for fact in writer.of(name))


def _additional(writer: Writer, layout: PartLayout) -> Section | None:
    facts = [fact for name in layout.additional for fact in writer.of(name)]
    if layout is writer.definitions.layout.parts[0]:
        known = {*writer.definitions.concepts, *writer.definitions.metrics}
        facts += [fact for fact in writer.facts if fact.concept not in known]
    if not facts:
        return None
    own = writer.definitions.disclosure_of(layout.additional[0]) if layout.additional else None
    return Section(
        id=f"additional-{layout.theme}",
        title=writer.text(own.title) if own else writer.say("Further information"),
        paragraph=paragraph_of(writer, own, writer.filing.edition) if own else "",
        theme=layout.theme,
        blocks=tuple(with_room(_the_rest(writer, facts, f"additional-{layout.theme}", frozenset(), 0))),
    )


def _omissions(writer: Writer, disclosure: Disclosure) -> Iterator[Note]:
    omitted = [label for _, label in omitted_members(writer, disclosure.code)]
    if omitted:
        listed = "; ".join(omitted)
        yield Note(writer.say("Omitted as classified or sensitive information: %(listed)s.", listed=listed), "omitted")


def _elsewhere(writer: Writer, disclosure: Disclosure) -> Iterator[Note]:
    about = writer.definitions.layout.about
    if any(concept.name in about and writer.of(concept.name) for concept in disclosure.concepts):
        yield Note(writer.say("The basis for preparation is set out in “About this report”."), "info")


def paragraph_of(writer: Writer, disclosure: Disclosure, edition: str) -> str:
    """Where an edition has a disclosure; empty where that was not verified."""
    reference = disclosure.editions.get(edition)
    return writer.paragraph_words(reference.paragraph) if reference else ""


def omitted_members(writer: Writer, code: str) -> tuple[tuple[str, str], ...]:
    """What was omitted of a disclosure as classified or sensitive: members and their labels."""
    return _listed(writer, "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation", code)


def unchanged_members(writer: Writer, code: str) -> tuple[tuple[str, str], ...]:
    """What was said to be unchanged of a disclosure since the previous report: members and their labels."""
    return _listed(writer, "ListOfDisclosuresForWhichNoChangesAreReportedComparedToThePreviousPeriodReporting", code)


def _listed(writer: Writer, concept: str, code: str) -> tuple[tuple[str, str], ...]:
    fact = writer.single(concept)
    if fact is None or not isinstance(fact.value, tuple):
        return ()
    codes = writer.definitions.code_list(writer.definitions.concepts[concept].members)
    chosen = [codes.by_member[member] for member in fact.value if member in codes.by_member]
    return tuple((one.member, codes.label(one.member, writer.language)) for one in chosen if one.code == code)


# ── blocks by the layout ──


def _laid_out(writer: Writer, code: str, place: str) -> Iterator[Block]:
    for number, layout in enumerate(writer.definitions.layout.disclosures.get(code, ()), start=1):
        yield from _blocks(writer, laid_out_here(writer, code, layout), f"{place}-{number}")


def _blocks(writer: Writer, layout: LayoutBlock, place: str) -> Sequence[Block]:
    made: Block | None
    match layout:
        case AnswersBlock():
            made = answers(writer, [fact for name in layout.concepts for fact in writer.of(name)], place)
        case NarrativeBlock():
            facts = [fact for name in layout.concepts for fact in writer.of(name)]
            return [narrative(writer, fact) for fact in facts]
        case ProseBlock():
            made = prose(writer, layout.sentences, place)
        case NumbersBlock():
            made = numbers_table(writer, layout, place)
        case MatrixBlock():
            made = matrix_table(writer, layout, place)
        case TableBlock():
            made = axis_table(writer, layout, place)
        case SiteMapBlock():
            made = site_map(writer, layout, place)
        case ChangesBlock():
            made = changes_table(writer, layout, place)
        case _:
            made = chart(writer, layout)
    return [made] if made else []


def answers(writer: Writer, facts: Sequence[Fact], place: str) -> Answers | None:
    """Short answers, one a fact; None where there are none."""
    return Answers(place, tuple(_answer(writer, fact) for fact in facts)) if facts else None


def _answer(writer: Writer, fact: Fact) -> Answer:
    if not isinstance(fact.value, tuple):
        return Answer(_label(writer, fact), (writer.figure(fact),))
    anchors, notes = (writer.anchors[fact],), writer.notes(fact)
    return Answer(_label(writer, fact), tuple(Figure(item, "", anchors, notes) for item in writer.items(fact)))


def narrative(writer: Writer, fact: Fact) -> Narrative:
    """A text as it was written."""
    anchor = writer.anchors[fact]
    return Narrative(
        id=f"text-{anchor}",
        label=_label(writer, fact),
        text=writer.shown(fact),
        facts=(anchor,),
        notes=writer.notes(fact),
        paragraph=writer.paragraph([fact.concept]),
    )


def _label(writer: Writer, fact: Fact) -> str:
    label = writer.label(fact.concept)
    where = ", ".join(writer.member(axis, member) for axis, member in fact.dimensions)
    return f"{label} ({where})" if where else label


# ── what no layout placed ──


def _the_rest(writer: Writer, facts: Iterable[Fact], place: str, placed: frozenset[str], after: int) -> Iterator[Block]:
    """Blocks for the facts not shown yet, in the standard's order, neighbours of one kind together."""
    left = [fact for fact in facts if writer.anchors[fact] not in placed]
    for number, (kind, run) in enumerate(groupby(left, lambda fact: _kind(writer, fact)), start=after + 1):
        together = list(run)
        if kind == "narrative":
            yield from (narrative(writer, fact) for fact in together)
        elif kind == "figures":
            yield _figures(writer, together, f"{place}-rest-{number}")
        else:
            yield Answers(f"{place}-rest-{number}", tuple(_answer(writer, fact) for fact in together))


def _kind(writer: Writer, fact: Fact) -> str:
    concept = writer.concept(fact)
    if concept is None:
        return "figures" if writer.metric(fact) else "answers"
    if concept.type == "text_block":
        return "narrative"
    return "figures" if concept.numeric else "answers"


def _figures(writer: Writer, facts: Sequence[Fact], place: str) -> Table:
    facts = tuple(facts)
    lines = [Line(_label(writer, fact), fact, before(writer, fact)) for fact in facts]
    paragraph = writer.paragraph(fact.concept for fact in facts)
    return lines_table(writer, Table(place, writer.say("Further figures"), (), (), paragraph=paragraph), lines)


def anchors_of(blocks: Iterable[Block]) -> frozenset[str]:
    """The anchors of all facts that blocks show."""
    return frozenset(anchor for block in blocks for figure in figures_of(block) for anchor in figure.facts)


def figures_of(block: Block) -> Iterator[Figure]:
    """Every figure a block shows; a narrative counts as one."""
    match block:
        case KeyFigures():
            for key in block.figures:
                yield from (key.figure, *(one.figure for one in key.beside))
        case Table():
            yield from (figure for row in block.rows for figure in row.cells)
        case Answers():
            yield from (figure for answer in block.answers for figure in answer.figures)
        case Narrative():
            yield Figure(block.text, "", block.facts, block.notes)
        case Estimates():
            yield from (Figure(row.shown, "", row.facts) for row in block.rows)
        case Chart() | SiteMap() | Note() | Prose():
            return
