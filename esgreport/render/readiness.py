"""Readiness as one HTML page in the report's design; it judges nothing and runs no script."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from esgreport.assessment import Readiness
from esgreport.definitions import Definitions
from esgreport.errors import RenderError
from esgreport.render.pages import environment, policy, style_sheet, trusted
from esgreport.render.readiness_text import effort_words, in_words, place_words, state_words
from esgreport.texts import day_in_words, translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def render_readiness(found: Readiness, definitions: Definitions) -> str:
    """Readiness as one self-contained HTML document; `definitions` give the themes of the disclosures.

    Errors: RenderError when a template is wrong.
    """
    from jinja2 import TemplateError

    say = translator(found.language)
    style = style_sheet("report.css", "readiness.css")
    try:
        return (
            _environment()
            .get_template("readiness.html.j2")
            .render(
                _=say,
                found=found,
                period_end=day_in_words(found.period_end, found.language),
                words=in_words(found),
                states=state_words(say),
                places=place_words(say),
                efforts=effort_words(say),
                themes={disclosure.code: disclosure.theme for disclosure in definitions.disclosures},
                style=trusted(style),
                policy=policy(style),
            )
        )
    except TemplateError as error:
        raise RenderError(f"templates/{getattr(error, 'name', None) or 'readiness.html.j2'}: {error}.") from error


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
