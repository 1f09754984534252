"""What is not as it was in the year before: basis, methods, scope, disclosures, restatements; figures are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.compose.disclosures import facts_of
from esgreport.compose.writer import Writer
from esgreport.definitions.layout_front import ComparedRows
from esgreport.history import restatements


def changes(writer: Writer) -> Iterator[str]:
    """A sentence for each thing the data says otherwise than in the year before; there must be one."""
    last = writer.earlier[0]
    for name in writer.definitions.layout.compared.answers:
        yield from _answer(writer, last, name)
    for rows in writer.definitions.layout.compared.rows:
        yield from _rows(writer, last, rows)
    yield from _disclosures(writer, last)
    yield from _restated(writer)


def _answer(writer: Writer, last: Writer, name: str) -> Iterator[str]:
    """That an answer is another one; nothing where one of the years has none."""
    now, then = writer.single(name), last.single(name)
    if now and then and now.value != then.value:
        year = last.numbers.year(last.filing.period)
        yield writer.say(
            "%(label)s: “%(now)s”; in %(year)s “%(before)s”.",
            label=writer.label(name),
            now=writer.shown(now),
            before=last.shown(then),
            year=year,
        )


def _rows(writer: Writer, last: Writer, rows: ComparedRows) -> Iterator[str]:
    """Which rows of a table are new, and which are gone; nothing where a year lists none."""
    now, then = (_named(one, rows) for one in (writer, last))
    label = writer.text(rows.label)
    if not now or not then:
        return
    new = [words for key, words in now.items() if key not in then]
    gone = [words for key, words in then.items() if key not in now]
    if new:
        yield writer.say("%(label)s, newly included: %(names)s.", label=label, names="; ".join(new))
    if gone:
        yield writer.say("%(label)s, no longer included: %(names)s.", label=label, names="; ".join(gone))


def _named(writer: Writer, rows: ComparedRows) -> dict[str, str]:
    """The rows by their words, without regard to capitals and spaces, and as they were written."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for name in rows.concepts:
        for fact in writer.of(name):
            found.setdefault(fact.dimensions, []).append(writer.shown(fact))
    return {" ".join(", ".join(words).casefold().split()): ", ".join(words) for words in found.values()}


def _disclosures(writer: Writer, last: Writer) -> Iterator[str]:
    """Which disclosures have figures or texts in one of the years alone."""
    numbered = [one for one in writer.definitions.disclosures if one.code[0] in "BC"]
    now, then = ({one.code for one in numbered if facts_of(year, one)} for year in (writer, last))
    year = last.numbers.year(last.filing.period)
    new = [one.code for one in numbered if one.code in now - then]
    gone = [one.code for one in numbered if one.code in then - now]
    if new:
        yield writer.say("Reported now, and not for %(year)s: %(codes)s.", year=year, codes=", ".join(new))
    if gone:
        yield writer.say("Reported for %(year)s, and not now: %(codes)s.", year=year, codes=", ".join(gone))


def _restated(writer: Writer) -> Iterator[str]:
    count = len(restatements(writer.filing, writer.definitions))
    if count:
        yield writer.say(
            "%(count)s figure of an earlier year was restated: see “Figures of earlier years”.",
            "%(count)s figures of earlier years were restated: see “Figures of earlier years”.",
            count,
        )
