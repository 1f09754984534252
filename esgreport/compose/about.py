"""The chapter on the report itself: basis, standard, scope, changes, estimates, assurance; it makes no own claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from esgreport.assessment import Told
from esgreport.compose.changes import changes
from esgreport.compose.disclosures import answers
from esgreport.compose.edition import said_of_edition
from esgreport.compose.long_texts import with_room
from esgreport.compose.withheld import said_of_audience
from esgreport.compose.writer import Writer
from esgreport.definitions.statements import Assurance, Estimated, Statements
from esgreport.document import Answer, Answers, Block, Figure, Note, Section

_NAMED = 8
"""Sites and subsidiaries, at most, that a sentence names; of more it gives the number."""


def about(writer: Writer, told: Told | None, readers: str, statements: Statements) -> Section:
    """How the report was made: basis, edition, scope, what was left out and for whom, changes, estimates, assurance.

    `told` is what `readers` are not shown, `statements` what the undertaking says of its report.
    """
    facts = [fact for name in writer.definitions.layout.about for fact in writer.of(name)]
    basis = answers(writer, facts, "about-basis")
    edition = writer.definitions.layout.editions.get(writer.filing.edition)
    text = writer.text(edition.statement) if edition else ""
    kept = said_of_audience(writer, told, readers) if told else ()
    blocks: list[Block] = [_frame(writer, basis)]
    blocks += _topic(writer.say("Standard and compliance"), (text, *said_of_edition(writer)))
    blocks += _topic(writer.say("What the figures cover"), (_boundary(writer), _sites(writer)))
    blocks += _topic(writer.say("Who this edition is for"), kept)
    blocks += _since_last_year(writer, statements)
    blocks += _estimates(writer, statements.estimates)
    blocks += _assurance(writer, statements.assurance)
    return Section(
        id="about",
        title=writer.say("About this report"),
        paragraph=writer.paragraph(fact.concept for fact in facts),
        blocks=tuple(with_room(blocks)),
    )


def _topic(title: str, texts: Iterable[str]) -> Iterator[Note]:
    """Sentences under a heading; nothing where there are none."""
    for number, text in enumerate(filter(None, texts)):
        yield Note(text, "method", title="" if number else title)


def _frame(writer: Writer, basis: Answers | None) -> Answers:
    """Who reports, for when, in which currency, and the answers of the data on how."""
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
    return Answers("about-frame", (*shown, *(basis.answers if basis else ())))


# ── scope ──


def _boundary(writer: Writer) -> str:
    """Which undertakings the figures cover, as far as that was said."""
    basis = writer.single("BasisForReporting")
    names = [writer.shown(fact) for fact in writer.of("NameOfTheSubsidiary")]
    name = writer.filing.entity.name
    if basis and basis.value == "IndividualMember":
        return writer.say("The figures cover %(name)s alone.", name=name)
    if not basis:
        return writer.say("The data does not say which undertakings the figures cover.")
    if not names:
        return writer.say("The figures are consolidated; the data names no subsidiary of %(name)s.", name=name)
    return writer.say(
        "The figures cover %(name)s and %(count)s subsidiary%(listed)s.",
        "The figures cover %(name)s and %(count)s subsidiaries%(listed)s.",
        len(names),
        name=name,
        listed=_listed(writer, names),
    )


def _sites(writer: Writer) -> str:
    """How many sites are listed, and where they are."""
    rows = {fact.dimensions: None for name in writer.definitions.layout.sites for fact in writer.of(name)}
    if not rows:
        return ""
    places = [", ".join(_words(writer, row)) for row in rows]
    listed = _listed(writer, places) if all(places) else ""
    return writer.say(
        "%(count)s site is listed%(listed)s.", "%(count)s sites are listed%(listed)s.", len(rows), listed=listed
    )


def _words(writer: Writer, row: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name in writer.definitions.layout.sites:
        yield from (writer.shown(fact) for fact in writer.in_context(name, row))


def _listed(writer: Writer, names: Sequence[str]) -> str:
    """Names behind a colon; nothing where there are too many."""
    return writer.say(": %(names)s", names="; ".join(names)) if len(names) <= _NAMED else ""


# ── what is not as it was ──


def _since_last_year(writer: Writer, statements: Statements) -> Iterator[Note]:
    own = [each.text for each in statements.changes]
    if not writer.earlier:
        yield from _topic(writer.say("Earlier years"), (*own, _one_year(writer)))
        return
    year = writer.numbers.year(writer.earlier[0].filing.period)
    found = [*changes(writer), *own]
    none = writer.say("The data shows no change of basis, scope or counting method since %(year)s.", year=year)
    yield from _topic(writer.say("What has changed since %(year)s", year=year), found or (none,))


def _one_year(writer: Writer) -> str:
    """Why there are no comparatives, where there are none, and from when on the edition asks for them."""
    missing = writer.say("No workbook of an earlier year was given; figures of earlier years are not shown.")
    edition = writer.definitions.editions.get(writer.filing.edition)
    asked = edition.statement("comparatives") if edition else None
    if asked is None:
        return missing
    where = writer.cited(asked.paragraph) if asked.paragraph else ""
    grade = "" if asked.verified else writer.text(writer.definitions.law.grades[asked.grade])
    return f"{missing} {writer.text(asked.text)} ({', '.join(filter(None, (where, grade)))})"


# ── what the undertaking alone can say ──


def _estimates(writer: Writer, estimates: Sequence[Estimated]) -> Iterator[Block]:
    """Which of the figures shown are estimates, and how they were made."""
    title = writer.say("Estimates")
    rows = [_estimate(writer, each) for each in estimates if writer.of(each.figure)]
    if not rows:
        text = writer.say(
            "No figure is marked as an estimate. Where the data says how a figure was obtained, a note gives it."
        )
        yield from _topic(title, (text,))
        return
    yield from _topic(
        title, (writer.say("The undertaking says that these figures are estimates, and how it made them:"),)
    )
    yield Answers("about-estimates", tuple(rows))


def _estimate(writer: Writer, each: Estimated) -> Answer:
    fact = writer.single(each.figure)
    shown = (writer.figure(fact),) if fact else ()
    return Answer(writer.label(each.figure), (*(replace(one, notes=()) for one in shown), Figure(each.how)))


def _assurance(writer: Writer, given: Assurance | None) -> Iterator[Block]:
    """What an independent party concluded, in its words; that there is none where nothing was said."""
    title = writer.say("Assurance")
    if given is None:
        text = writer.say(
            "No independent party is known to have examined this report: it carries no assurance statement."
        )
        yield from _topic(title, (text,))
        return
    text = writer.say(
        "The undertaking states that an independent party has examined what is named here, and nothing else:"
    )
    yield from _topic(title, (text,))
    level = writer.say("Limited assurance") if given.level == "limited" else writer.say("Reasonable assurance")
    rows = (
        (writer.say("Provider"), given.provider),
        (writer.say("Assurance standard"), given.standard),
        (writer.say("Level"), level),
        (writer.say("Scope of the engagement"), given.scope),
        (writer.say("Date of the statement"), writer.numbers.day(given.date)),
        (writer.say("Conclusion"), given.conclusion),
    )
    yield Answers("about-assurance", tuple(Answer(label, (Figure(words),)) for label, words in rows))
