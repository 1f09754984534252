"""Letters as HTML that a word processor opens, and as PDF; it writes no word of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from esgreport.errors import RenderError
from esgreport.questionnaire import Letter
from esgreport.render.pages import environment, policy, template_file, trusted

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_GAP = re.compile(r"\[\[(.*?)\]\]")


def letter_html(letter: Letter) -> str:
    """A letter as one HTML file, what is missing in it marked. Errors: RenderError when the template is wrong."""
    from jinja2 import TemplateError

    style = template_file("letters/letter.css").strip()
    template = _environment().get_template("letters/letter.html.j2")
    try:
        return template.render(letter=letter, pieces=pieces, style=trusted(style), policy=policy(style))
    except TemplateError as error:
        raise RenderError(f"templates/letters/letter.html.j2: {error}.") from error


def letter_pdf(letter: Letter) -> bytes:
    """The same as PDF. Errors: RenderError where it cannot be set."""
    from esgreport.render.pdf import render_pdf

    return render_pdf(letter_html(letter), letter)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces, each with the gap that follows it; the last has none."""
    place = 0
    for gap in _GAP.finditer(text):
        yield text[place : gap.start()], gap[1]
        place = gap.end()
    yield text[place:], ""


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
