"""What stands before the disclosures: words for the cover, key figures, and how the report was made."""

from __future__ import annotations

from decimal import Decimal

from esgreport.assessment import Told
from esgreport.compose.disclosures import answers
from esgreport.compose.edition import home, said_of_edition
from esgreport.compose.long_texts import with_room
from esgreport.compose.withheld import said_of_audience
from esgreport.compose.writer import Writer
from esgreport.compose.years import in_a_line
from esgreport.definitions.layout import KeyFigureContext, KeyFigureLayout
from esgreport.document import Answer, Answers, Block, Figure, KeyFigure, KeyFigures, Narrative, Note, Section
from esgreport.model import Fact, Filing


def title(writer: Writer) -> str:
    """The title from the workbook, or a plain one with the year."""
    year = writer.numbers.year(writer.filing.period)
    return writer.filing.title.strip() or writer.text(writer.definitions.layout.title, year=year)


def standard(writer: Writer) -> str:
    """The edition and the module that was chosen, in words."""
    edition = writer.definitions.layout.editions.get(writer.filing.edition)
    module = writer.single("BasisForPreparation")
    names = [writer.text(edition.name) if edition else writer.filing.edition, writer.shown(module) if module else ""]
    return " · ".join(filter(None, names))


def facts_line(writer: Writer, customers: str = "") -> str:
    """What the report stands on: how many facts, which files, the start of their digests; files on customers too."""
    count, files = len(writer.filing.facts), _files(writer.filing)
    line = writer.say("%(count)s fact from %(files)s", "%(count)s facts from %(files)s", count, files=files)
    if writer.earlier:
        earlier = ", ".join(_files(year) for year in writer.filing.prior)
        line = writer.say("%(line)s; earlier years from %(files)s", line=line, files=earlier)
    return writer.say("%(line)s; customers from %(files)s", line=line, files=customers) if customers else line


def _files(filing: Filing) -> str:
    digests = dict(filing.digests)
    return ", ".join(
        f"{file} (SHA-256 {digests[file][:12]}…)" if digests.get(file) else file for file in filing.workbooks
    )


# ── at a glance ──


def key_figures(writer: Writer, sections: frozenset[str], more: tuple[KeyFigure, ...] = ()) -> KeyFigures:
    """The most wanted figures that exist, each with what can be said of it, and then `more`.

    `sections` are those of the report.
    """
    layout = writer.definitions.layout
    found = [_key_figure(writer, one, sections) for one in layout.key_figures]
    return KeyFigures((*[figure for figure in found if figure][: layout.most_key_figures], *more))


def _key_figure(writer: Writer, layout: KeyFigureLayout, sections: frozenset[str]) -> KeyFigure | None:
    fact = _wanted(writer, layout)
    if fact is None:
        return None
    said = (_context(writer, context) for context in layout.context)
    return KeyFigure(
        label=writer.text(layout.label),
        figure=writer.figure(fact, unit=layout.unit),
        context=next((text for text in said if text), ""),
        section=_section_of(writer, fact, sections),
        before=in_a_line(writer, fact, layout.unit),
    )


def _wanted(writer: Writer, layout: KeyFigureLayout | KeyFigureContext) -> Fact | None:
    """The number a candidate or a context asks for."""
    if layout.concept:
        fact = writer.single(layout.concept)
    else:
        measured = writer.of(layout.metric)
        fact = next((one for one in measured if not layout.of or one.inputs[0].concept == layout.of), None)
    return fact if fact is not None and isinstance(fact.value, Decimal) else None


def _context(writer: Writer, context: KeyFigureContext) -> str:
    fact = _wanted(writer, context)
    if fact is None:
        return ""
    base = fact.inputs[0].period if fact.inputs else fact.period
    return writer.text(context.text, value=writer.with_unit(fact), year=writer.numbers.year(base))


def _section_of(writer: Writer, fact: Fact, sections: frozenset[str]) -> str:
    metric = writer.metric(fact)
    code = metric.disclosure if metric else home(writer, fact.concept)
    return code.lower() if code.lower() in sections else ""


def message(writer: Writer, text: str) -> Section | None:
    """What the undertaking says before the figures, in its own words; None where it says nothing."""
    if not text.strip():
        return None
    return Section(id="message", title=writer.say("Message"), blocks=(Narrative("message-text", "", text.strip()),))


# ── about this report ──


def about(writer: Writer, told: Told | None = None, readers: str = "") -> Section:
    """How the report was made: basis, edition, period, currency, what was left out and for whom, assurance."""
    facts = [fact for name in writer.definitions.layout.about for fact in writer.of(name)]
    basis = answers(writer, facts, "about-basis")
    edition = writer.definitions.layout.editions.get(writer.filing.edition)
    blocks: list[Block] = [_frame(writer)]
    if basis:
        blocks.append(basis)
    text = writer.text(edition.statement) if edition else ""
    kept = said_of_audience(writer, told, readers) if told else ()
    said = (_boundary(writer), text, *said_of_edition(writer), *kept, _one_year(writer))
    blocks += [Note(text, "info") for text in said if text]
    blocks.append(Note(writer.say("Assurance: not stated in the data this report was made from."), "info"))
    return Section(
        id="about",
        title=writer.say("About this report"),
        paragraph=writer.paragraph(_names(facts)),
        blocks=tuple(with_room(blocks)),
    )


def _boundary(writer: Writer) -> str:
    """Which undertakings the figures cover, as far as that was said."""
    basis = writer.single("BasisForReporting")
    subsidiaries = len(writer.of("NameOfTheSubsidiary"))
    name = writer.filing.entity.name
    if basis and basis.value == "IndividualMember":
        return writer.say("The figures cover %(name)s alone.", name=name)
    if not basis or not subsidiaries:
        return ""
    return writer.say(
        "The figures cover %(name)s and %(count)s subsidiary.",
        "The figures cover %(name)s and %(count)s subsidiaries.",
        subsidiaries,
        name=name,
    )


def _one_year(writer: Writer) -> str:
    """Why there are no comparatives, where there are none, and from when on the edition asks for them."""
    if writer.earlier:
        return ""
    missing = writer.say("No workbook of an earlier year was given; figures of earlier years are not shown.")
    edition = writer.definitions.editions.get(writer.filing.edition)
    asked = edition.statement("comparatives") if edition else None
    if asked is None:
        return missing
    where = writer.cited(asked.paragraph) if asked.paragraph else ""
    grade = "" if asked.verified else writer.text(writer.definitions.law.grades[asked.grade])
    return f"{missing} {writer.text(asked.text)} ({', '.join(filter(None, (where, grade)))})"


def _names(facts: list[Fact]) -> list[str]:
    return [fact.concept for fact in facts]


def _frame(writer: Writer) -> Answers:
    """What holds for the whole report and is no fact: who, when, in which currency."""
    filing = writer.filing
    schemes = writer.definitions.layout.schemes
    scheme = writer.text(schemes[filing.entity.scheme]) if filing.entity.scheme in schemes else filing.entity.scheme
    rows = [
        (writer.say("Undertaking"), filing.entity.name),
        (writer.say("Identifier"), " ".join(filter(None, (filing.entity.identifier, f"({scheme})" if scheme else "")))),
        (writer.say("Reporting period"), writer.numbers.period(filing.period)),
        (writer.say("Currency"), filing.currency),
    ]
    shown = tuple(Answer(label, (Figure(text),)) for label, text in rows if text)
    return Answers("about-frame", shown)
