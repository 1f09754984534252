"""Texts people typed, as blocks to show: kept as typed, with what Markdown they used; nothing of theirs is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markupsafe import Markup

_ADDRESS = re.compile(r"https?://(?![^\s/?#]*@)[^\s<>\"'`{}|\\^\[\]()]+[^\s<>\"'`{}|\\^\[\]().,;:!?]")
_ALLOWED = re.compile(r"(?:https?://(?![^/?#]*@)|mailto:)", re.IGNORECASE)
"""Where a link may lead; a name before the host is how a bank's address is made to lead elsewhere."""
_ENDLESS = re.compile(r"[^\s\u200b]{33,}")
"""A word no column has room for; an e-mail address or a code is shorter and stays whole, so that it can be copied."""
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s)", re.MULTILINE)
_INSIDE_A_WORD = re.compile(r"(?<=\w)\*(?=\w)")
_MOST_SIGNS = 2000
"""More signs of Markdown than a text has that a person wrote: then none of them means anything."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a list; `pieces` are the one text of a paragraph, or those of the list's items."""

    kind: Literal["p", "ul", "ol"]
    pieces: tuple[Markup, ...]


def passages(text: str) -> list[Passage]:
    """A text as passages: empty lines part paragraphs, line breaks stay; lists, emphasis, headings and links are shown.

    All else that Markdown knows (HTML, pictures, code) stays as it was typed.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    signs = sum(plain.count(sign) for sign in "[]*_`<")
    if signs > _MOST_SIGNS:
        return [Passage("p", (_lines(part),)) for part in re.split(r"\n(?:[ \t]*\n)+", plain)]
    return list(_passages(_reader().parse(_as_typed(plain))))


def linked(text: str) -> Markup:
    """A text, escaped, with its http and https addresses as links that tell the other side nothing."""
    from markupsafe import Markup, escape

    pieces, end = [], 0
    for found in _ADDRESS.finditer(text):
        pieces.append(escape(breakable(text[end : found.start()])))
        pieces.append(_link(found.group(), found.group()))
        end = found.end()
    return Markup("").join([*pieces, escape(breakable(text[end:]))])


def breakable(text: str) -> str:
    """A text whose endless words may break at places set here: looking for such places makes a wide table very slow."""
    return _ENDLESS.sub(lambda word: "\u200b".join(re.findall(".{1,16}", word.group())), text)


def _link(address: str, words: str) -> Markup:
    from markupsafe import Markup

    return Markup('<a class="out" href="{}" rel="noopener noreferrer">{}</a>').format(address, words)


def _lines(text: str) -> Markup:
    from markupsafe import Markup

    return Markup("<br>").join(linked(line.strip()) for line in text.split("\n"))


def _as_typed(text: str) -> str:
    """The text with a stroke before signs that only look like Markdown: 2*3*4, a day at the beginning of a line."""
    text = _INSIDE_A_WORD.sub(r"\\*", text)
    counted = [int(found.group(1)) for found in _NUMBERED.finditer(text)]
    return text if counted[:2] == [1, 2] else _NUMBERED.sub(r"\1\\\2", text)


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"breaks": True}).enable(["list", "heading", "emphasis", "link", "newline", "escape"])


def _passages(tokens: Iterable[Token]) -> Iterator[Passage]:
    """Paragraphs and lists; a list inside a list goes on in it, since one level is all that is marked in a PDF."""
    depth, heading = 0, False
    kind: Literal["ul", "ol"] = "ul"
    items: list[Markup] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            kind = ("ol" if token.tag == "ol" else "ul") if depth == 0 else kind
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0:
                yield Passage(kind, tuple(items))
                items = []
        elif token.type == "heading_open":
            heading = True
        elif token.type == "inline":
            shown = _strong(_inline(token)) if heading else _inline(token)
            heading = False
            if depth:
                items.append(shown)
            else:
                yield Passage("p", (shown,))


def _strong(text: Markup) -> Markup:
    from markupsafe import Markup

    return Markup("<strong>{}</strong>").format(text)


_TAGS = {"strong_open": "<strong>", "strong_close": "</strong>", "em_open": "<em>", "em_close": "</em>"}


def _inline(token: Token) -> Markup:
    """A line of text with its emphasis; a link holds words alone, since a PDF's reader finds nothing else in one."""
    from markupsafe import Markup

    pieces: list[Markup] = []
    words: list[str] = []
    address: str | None = None
    for child in token.children or ():
        if child.type == "link_open":
            address, words = str(child.attrs.get("href", "")), []
        elif child.type == "link_close":
            said = "".join(words)
            pieces.append(_link(address, said) if address and _ALLOWED.match(address) else linked(said))
            address = None
        elif address is not None:
            words.append(child.content or (" " if child.type in ("softbreak", "hardbreak") else ""))
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(Markup("<br>"))
        elif child.type in _TAGS:
            pieces.append(Markup(_TAGS[child.type]))
        else:
            pieces.append(linked(child.content))
    return Markup("").join(pieces)
