"""Where an edition of the standard has something, and how far it asks for it, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from esgreport.definitions.models import Need, Reference
from esgreport.explain.words import Words
from esgreport.texts import several_paragraphs


def paragraph_in_words(edition: str, paragraph: str, guidance: str, words: Words) -> str:
    """An edition and the paragraph there, with that of the guidance where there is one."""
    say = words.say
    where, cited = say("paragraph not verified"), words.cited(paragraph)
    if several_paragraphs(paragraph):
        where = say("Paragraphs %(paragraph)s", paragraph=cited)
    elif paragraph:
        where = say("Paragraph %(paragraph)s", paragraph=cited)
    more = f" ({say('guidance %(paragraph)s', paragraph=words.cited(guidance))})" if guidance else ""
    return f"{words.edition(edition)}: {where}{more}"


def references_in_words(references: Mapping[str, Reference], words: Words) -> Iterator[str]:
    """A line an edition: paragraph, what became of it there, how far it is asked for."""
    for edition, reference in references.items():
        where = paragraph_in_words(edition, reference.paragraph, reference.guidance, words)
        if reference.status == "deleted" or (not reference.paragraph and not _unsure(reference, "paragraph")):
            where = words.edition(edition)
        yield " · ".join([where, *_status(reference, words), *_needs(reference, words)])


def _status(reference: Reference, words: Words) -> Iterator[str]:
    say = words.say
    if reference.status == "moved":
        yield say("moved to %(disclosure)s", disclosure=reference.disclosure)
    elif reference.status == "changed":
        yield say("changed")
    elif reference.status == "new":
        yield say("new")
    if reference.instead:
        yield say("instead: %(concept)s", concept=words.name(reference.instead))


def _needs(reference: Reference, words: Words) -> Iterator[str]:
    say = words.say
    over, up_to = reference.need_of("over_10"), reference.need_of("up_to_10")
    if over == up_to:
        yield from _need(over, words)
        return
    for band, need, text in (
        ("over_10", over, say("more than 10 employees")),
        ("up_to_10", up_to, say("up to 10 employees")),
    ):
        for name in _need(need, words):
            unsure = f" ({say('not verified')})" if _unsure(reference, band) else ""
            yield f"{text}: {name}{unsure}"


def _need(need: Need | str, words: Words) -> Iterator[str]:
    texts = {str(name): text for name, text in words.wordings.needs.items()}
    if need in texts:
        yield words.text(texts[need])


def _unsure(reference: Reference, key: str) -> bool:
    return key in {str(name) for name in reference.unverified}
