"""The report's HTML as a PDF that is PDF/A-3a and PDF/UA-1: same input, same bytes; it reads nothing but that HTML."""

from __future__ import annotations

import gc
import hashlib
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from esgreport.errors import RenderError
from esgreport.render.pdf_marks import VARIANT, Enclosure, attachments, finish, mark_accessible
from esgreport.render.preflight import preflight

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher


class _Complaints(logging.Handler):
    """Keeps what the layout engine complains about, because it raises nothing for a dead link or a bad rule."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message of a record."""
        self.messages.append(record.getMessage())


class Titled(Protocol):
    """What the PDF of something has to know of it: a report's document, a letter."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def language(self) -> str:
        """The code of its language."""
        ...


_MISSING = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]{4,6})\)", re.DOTALL)
_STAND_IN = "□"
_FOLDED = re.compile(r'href="#[^"]*"( data-f="[^"]*") data-at="(#[^"]*)"')
"""A link to a line of the table of sources that on paper is folded into another, `data-at`."""


def render_pdf(html: str, document: Titled, enclosures: Sequence[Enclosure] = ()) -> bytes:
    """The PDF of the HTML that `render_html` made of the same document, with files it carries.

    A sign that no typeface on this computer has is shown as □, and the PDF then says so at its end.
    Errors: RenderError when the HTML asks for anything outside itself, or the layout engine complains.
    """
    html = _FOLDED.sub(r'href="\2"\1', html)
    pdf, complaints = _attempt(html, document, enclosures)
    missing = [found.group(1) for found in map(_MISSING.match, complaints) if found]
    if missing and len(missing) == len(complaints):
        pdf, complaints = _attempt(_legible(html, missing), document, enclosures)
    if complaints:
        more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
        raise RenderError(f"The PDF could not be made cleanly: {complaints[0]}{more}.")
    faults = preflight(pdf, document.language, [each.name for each in enclosures])
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise RenderError(f"The PDF is not fit to be handed on: {faults[0]}{more}.")
    return pdf


def pages_of(html: str) -> tuple[frozenset[str], ...]:
    """The names of the anchors on each page the HTML takes, to see what fits where; nothing is written."""
    from weasyprint import HTML

    with _quiet_memory(), _listening(_Complaints()):
        return tuple(frozenset(page.anchors) for page in HTML(string=html, url_fetcher=_fetcher()).render().pages)


def _attempt(html: str, document: Titled, enclosures: Sequence[Enclosure]) -> tuple[bytes, list[str]]:
    complaints = _Complaints()
    with _quiet_memory(), _listening(complaints):
        return _write(html, document, enclosures), complaints.messages


def _legible(html: str, missing: list[str]) -> str:
    """The HTML with a sign we have in place of those we have not, and with the sentence that says so shown."""
    shown = html.replace('<p class="remark signs" hidden>', '<p class="remark signs">')
    return shown.translate({int(code, 16): _STAND_IN for code in missing})


def _write(html: str, document: Titled, enclosures: Sequence[Enclosure]) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    identifier = hashlib.sha256(html.encode("utf-8")).digest()[:16]
    try:
        with warnings.catch_warnings():
            # Without libharfbuzz-subset fonts are subset by fontTools: slower, not wrong.
            warnings.simplefilter("ignore", DeprecationWarning)
            # The layout engine leaves the file of its colour profile to be closed by the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            laid_out = HTML(string=html, url_fetcher=_fetcher()).render(pdf_variant=VARIANT)
            laid_out.metadata.attachments = attachments(enclosures)
            mark_accessible(laid_out)
            written = laid_out.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=finish)
    except FatalURLFetchingError as error:
        raise RenderError(f"The report asks for something outside itself, which is never fetched: {error}.") from None
    except Exception as error:
        raise RenderError(f"The PDF of {document.title} could not be made: {error}.") from error
    return bytes(written)


def _fetcher() -> URLFetcher:
    """What fetches: nothing but what the HTML itself holds."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)


@contextmanager
def _listening(handler: logging.Handler) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


@contextmanager
def _quiet_memory() -> Iterator[None]:
    """Without garbage collection: the layout makes a million objects that all live to its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
