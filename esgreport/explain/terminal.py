"""An explanation as text for a terminal: title, then each entry under its heading, broken at blanks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from esgreport.explain.model import Explanation

WIDTH = 100
_INDENT = "  "


def terminal_text(explanation: Explanation, width: int = WIDTH) -> str:
    """The explanation in lines of at most `width` characters, a word that is longer left whole."""
    return "\n".join(_lines(explanation, width)) + "\n"


def _lines(explanation: Explanation, width: int) -> Iterator[str]:
    if explanation.kind != "topics":
        yield explanation.word
    yield from textwrap.wrap(explanation.title, width)
    if explanation.text:
        yield ""
        yield from textwrap.wrap(explanation.text, width, break_long_words=False, break_on_hyphens=False)
    for entry in explanation.entries:
        yield ""
        yield entry.heading
        for line in entry.lines:
            yield from textwrap.wrap(
                line,
                width,
                initial_indent=_INDENT,
                subsequent_indent=_INDENT * 2,
                break_long_words=False,
                break_on_hyphens=False,
            )
