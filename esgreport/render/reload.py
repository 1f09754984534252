"""A page that is being worked on: it asks now and then whether there is a newer one; a report never has this in it."""

from __future__ import annotations

import re
from html import escape

from esgreport.render.pages import fingerprint, policy

_STYLE = "body{font:1rem/1.5 sans-serif;max-width:44rem;margin:4rem auto;padding:0 1rem}p{overflow-wrap:anywhere}"
_SCRIPT = """\
setInterval(async () => {
  try {
    const answer = await fetch("/version", { cache: "no-store" });
    if ((await answer.text()) !== "%d") location.reload();
  } catch {}
}, 600);"""


def with_reload(page: str, version: int) -> str:
    """The page with a script that loads it anew when the server has a later version; its policy lets in just that."""
    script = _SCRIPT % version
    page = re.sub(
        r"(<meta http-equiv=\"Content-Security-Policy\" content=\")([^\"]*)\"",
        lambda found: f'{found[1]}{_opened(found[2], script)}"',
        page,
        count=1,
    )
    before, end, after = page.rpartition("</body>")
    return f"{before}<script>{script}</script>{end}{after}" if end else f"{page}<script>{script}</script>"


def page_of_error(message: str) -> str:
    """What stands in place of a report that cannot be made: why not."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(_STYLE)}">'
        f"<title>Not built</title><style>{_STYLE}</style></head>"
        f"<body><h1>The report cannot be built</h1><p>{escape(message)}</p>"
        "<p>It is tried again at the next save.</p></body></html>"
    )


def _opened(content: str, script: str) -> str:
    """A policy that also lets in the script that asks, and its question."""
    quote = "&#39;" if "&#39;" in content else "'"
    allowed = f"{quote}{fingerprint(script)}{quote}"
    sources = re.sub(rf"script-src (?:{quote}none{quote})?", lambda _: f"script-src {allowed} ", content, count=1)
    return f"{sources}; connect-src {quote}self{quote}"
