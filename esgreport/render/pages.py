"""What every HTML page of ours shares: templates that run nothing foreign, one design, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from esgreport import resources

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup


def environment() -> SandboxedEnvironment:
    """Where templates are loaded: escaping always on, a name that is not there an error, no way out of the sandbox."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resources.folder("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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
    script_source = f"'{_fingerprint(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; script-src {script_source}; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def trusted(markup: str) -> Markup:
    """Markup that this room made itself, escaping what it put in: it is not escaped again."""
    from markupsafe import Markup

    return Markup(markup)


def _fingerprint(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
