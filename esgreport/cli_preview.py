"""The command that shows a report while its workbook, brand or templates are worked on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esgreport.cli_design import design_of, design_options
from esgreport.cli_options import (
    ABOUT,
    EDITION,
    INPUTS,
    language_of,
    language_option,
    load_definitions,
    say,
    statements_of,
)

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

    from esgreport.definitions import Definitions
    from esgreport.pipeline import Looks


@click.command()
@INPUTS
@EDITION
@language_option("the report")
@click.option("--audience", metavar="NAME|FILE", default="customer", show_default=True, help="Who the report is for.")
@ABOUT
@design_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to serve at [default: a free one].")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def preview(
    workbooks: tuple[Path, ...],
    *,
    edition: str | None,
    lang: str | None,
    audience: str,
    about: Path | None,
    looks: Looks,
    port: int,
    show: bool,
) -> None:
    """Show the report of WORKBOOK while you work on it: built anew at each save of the workbook, brand or templates.

    It is served to this computer alone; errors are shown in the page. Ctrl-C ends it.
    """
    from esgreport.preview import Shelf, keep_building, server_of

    definitions = load_definitions()
    shelf = Shelf()

    def build() -> str:
        return _page(workbooks, definitions, (edition or "", lang or "", audience), looks, about)

    beside_brand = looks.brand.resolve().parent.glob("*.*") if looks.brand else ()
    watched = [*workbooks, *beside_brand, *filter(None, (looks.templates, about))]
    with _serving(server_of(shelf, port)) as address:
        rounds = keep_building(shelf, build, watched, say)
        next(rounds)
        _announce(address, show)
        for _ in rounds:
            pass


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """A server at work in the background, by its address; Ctrl-C is how a user ends it, and no error."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{server.server_address[0]!s}:{server.server_address[1]}/"
    except KeyboardInterrupt:
        say("Ended.")
    finally:
        server.shutdown()
        server.server_close()


def _announce(address: str, show: bool) -> None:
    say(f"The report is at {address} and follows each save. Ctrl-C ends this.")
    if show:
        click.launch(address)


def _page(
    workbooks: tuple[Path, ...],
    definitions: Definitions,
    asked: tuple[str, str, str],
    looks: Looks,
    about: Path | None,
) -> str:
    """The report as a page, as a draft where there are errors."""
    from esgreport import pipeline
    from esgreport.definitions.audiences import audience_named
    from esgreport.errors import WorkbookError
    from esgreport.model import Severity

    edition, lang, audience = asked
    given = pipeline.sorted_out(workbooks, definitions)
    if not given.figures:
        raise WorkbookError("No file has sustainability figures.")
    reading = pipeline.read_filings(given.figures, definitions, lang, edition)
    language = language_of(lang or None, reading)
    checked = pipeline.check_filing(reading, definitions, language)
    checked, customers = pipeline.with_customers(checked, given.customers, definitions, language)
    draft = any(finding.severity is Severity.ERROR for finding in checked.findings)
    readers, look = audience_named(audience, definitions), design_of(looks, pipeline.silent)
    said = statements_of(about, definitions, checked)
    options = pipeline.BuildOptions(language, readers, draft, customers=customers, design=look, statements=said)
    return pipeline.build(checked, definitions, ["html"], options)["report.html"].decode("utf-8")
