"""How questions hang together, and what their words say besides: follow-ups, years, one choice or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from esgreport.read.questionnaires.drafts import Draft, Position
from esgreport.read.questionnaires.words import Words

_ITEM = re.compile(r"\s*(?:\(?[a-z]\)|[-–•·])\s")
_PARTED = re.compile(r"(.+?)(?:[.\-_]?[a-z]\)?|[.\-_]\d+)$")


def apart(blocks: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """The questions of a sheet by block, each once, and no two with the same cell for their answer.

    Where two would have it, it is that of the one in its row, else of the first.
    """
    seen: set[tuple[Position, Position | None, str]] = set()
    owners: dict[Position, Draft] = {}
    found: list[list[Draft]] = []
    for drafts in blocks:
        once = [draft for draft in drafts if _is_new((draft.place, draft.answer, draft.text), seen)]
        found.append(once)
        for draft in once:
            if draft.answer and owners.setdefault(draft.answer, draft).place[0] != draft.answer[0] == draft.place[0]:
                owners[draft.answer] = draft
    return [[_own(draft, owners) for draft in drafts] for drafts in found]


def _is_new(key: tuple[Position, Position | None, str], seen: set[tuple[Position, Position | None, str]]) -> bool:
    is_new = key not in seen
    seen.add(key)
    return is_new


def _own(draft: Draft, owners: Mapping[Position, Draft]) -> Draft:
    if draft.answer is None or owners[draft.answer] is draft:
        return draft
    return replace(draft, answer=None, choices=())


def related(drafts: Iterable[Draft], words: Words) -> Iterator[Draft]:
    """The questions of a block, with what they hang on and what their words say.

    A follow-up hangs on the last question that is none; one with a number that goes on from another's, on that.
    """
    last: Draft | None = None
    numbered: dict[str, Draft] = {}
    for draft in drafts:
        parent = numbered.get(_before(draft.number)) if draft.number else None
        is_part = words.is_part(draft.text) or (not draft.number and _ITEM.match(draft.text) is not None)
        hangs = is_part or words.is_follow_up(draft.text)
        if parent is None and hangs and last is not None and last.section == draft.section:
            parent = last
        if draft.number and not draft.is_value:
            numbered.setdefault(_bare(draft.number), draft)
        if not hangs:
            last = draft
        section = draft.section
        if parent is last and is_part and last is not None:  # what is divided is said only there
            section = " – ".join(text for text in (section, last.text) if text)
        yield replace(
            draft,
            section=section,
            parent=parent.place if parent and parent.place != draft.place else None,
            year=draft.year or words.year_asked(draft.text),
            several=draft.several or _takes_several(draft, words),
        )


def _bare(number: str) -> str:
    return number.rstrip(".) ").casefold()


def _before(number: str) -> str:
    """The number another goes on from: `3a` → `3`, `A1.1` → `A1`."""
    found = _PARTED.fullmatch(_bare(number))
    return _bare(found[1]) if found else ""


def _takes_several(draft: Draft, words: Words) -> bool:
    """Whether more than one option may be picked: each has a mark of its own and nothing says that one counts."""
    if len(draft.choices) < 3 or any(choice.mark is None for choice in draft.choices):
        return words.allows_several(draft.sort)
    if len({choice.mark[0] for choice in draft.choices if choice.mark}) == 1:  # side by side: a scale, yes and no
        return words.allows_several(draft.text)
    return not words.allows_one(f"{draft.text} {draft.sort}")
