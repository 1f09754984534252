"""What stands before the disclosures: words for the cover, the message, and how the report was made."""

from __future__ import annotations

from esgreport.assessment import Told
from esgreport.compose.disclosures import answers
from esgreport.compose.edition import said_of_edition
from esgreport.compose.long_texts import with_room
from esgreport.compose.withheld import said_of_audience
from esgreport.compose.writer import Writer
from esgreport.document import Answer, Answers, Block, Figure, Narrative, Note, Section
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
