"""What every HTML page of ours shares: templates that run nothing foreign, one design, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport import resources
from esgreport.texts import several_paragraphs

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup


def environment(templates: Path | None = None) -> SandboxedEnvironment:
    """Where templates are loaded: escaping always on, a name that is not there an error, no way out of the sandbox.

    Those of a user's folder come before ours, which can still be had as `esgreport/NAME`, to extend them.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ours = FileSystemLoader(resources.folder("templates"))
    users = [FileSystemLoader(templates)] if templates else []
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*users, ours, PrefixLoader({"esgreport": ours})]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["several_paragraphs"] = several_paragraphs
    return made


def fault(error: Exception, template: str, templates: Path | None = None) -> str:
    """What is wrong in a template, with the file and line where it shows."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{_shown(error.filename, templates)}:{error.lineno}: {error.message}."
    if isinstance(error, TemplateNotFound):
        return f"templates/{template}: there is no template {error.name!r}."
    places = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.endswith(".j2")]
    place = f"{_shown(places[-1].filename, templates)}:{places[-1].lineno}" if places else f"templates/{template}"
    return f"{place}: {str(error).rstrip('.') or type(error).__name__}."


def _shown(file: str, templates: Path | None) -> str:
    if templates and Path(file).is_relative_to(templates):
        return file
    ours = resources.folder("templates")
    return f"templates/{Path(file).relative_to(ours).as_posix()}" if Path(file).is_relative_to(ours) else file


@cache
def style_sheet(*names: str) -> str:
    """The style sheets of these names as one, with their fonts inside."""

    def embedded(found: re.Match[str]) -> str:
        font = (resources.folder("templates") / "fonts" / found.group(1)).read_bytes()
        return f"url(data:font/woff2;base64,{base64.b64encode(font).decode('ascii')})"

    written = "\n".join(map(template_file, names))
    return re.sub(r"url\(fonts/([A-Za-z0-9-]+\.woff2)\)", embedded, written).strip()


@cache
def template_file(name: str) -> str:
    """A file of `templates/` as text."""
    return (resources.folder("templates") / name).read_text(encoding="utf-8")


def policy(style: str, script: str = "") -> str:
    """The content security policy that lets exactly this style and this script in, and no request out."""
    script_source = f"'{fingerprint(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src '{fingerprint(style)}'; script-src {script_source}; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def trusted(markup: str) -> Markup:
    """Markup that this room made itself, escaping what it put in: it is not escaped again."""
    from markupsafe import Markup

    return Markup(markup)


def fingerprint(content: str) -> str:
    """The hash of a style or script, as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
