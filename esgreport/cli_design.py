"""The options for how a report looks, shared by the commands that make one; they make none themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from esgreport.model import Progress
    from esgreport.pipeline import Looks
    from esgreport.render.design import Design

_BRAND = click.option(
    "--brand",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your brand: name, logo, colours, typefaces. `esgreport init --brand` writes one to fill in.",
)
_THEME = click.option(
    "--theme", type=click.Choice(["plain", "editorial"]), help="Look of the report [default: the brand's, else plain]."
)
_PAGE = click.option(
    "--page", type=click.Choice(["a4", "letter"]), help="Paper of the PDF [default: the brand's, else a4]."
)
_TEMPLATES = click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with templates of your own, or a style.css, in place of parts of ours.",
)


def design_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options `--brand`, `--theme`, `--page` and `--templates` of a command, which gets them as `looks`."""

    @wraps(command)
    def with_looks(
        *arguments: object,
        brand: Path | None,
        theme: str | None,
        page: str | None,
        templates: Path | None,
        **options: object,
    ) -> None:
        from esgreport.pipeline import Looks

        command(*arguments, looks=Looks(brand, theme or "", page or "", templates), **options)

    for option in (_TEMPLATES, _PAGE, _THEME, _BRAND):
        with_looks = option(with_looks)
    return with_looks


def design_of(looks: Looks, tell: Progress) -> Design:
    """The design that was asked for; what whoever chose the brand should know is told."""
    from esgreport import pipeline

    design = pipeline.design(looks)
    for remark in design.remarks:
        tell(remark)
    return design


def write_template(name: str, path: Path) -> None:
    """Write a file to fill in (`brand.toml`, `about.toml`), every key explained in it."""
    from esgreport import resources
    from esgreport.output import write_files

    write_files(path.parent, {path.name: (resources.folder("templates") / name).read_bytes()})


def open_report(folder: Path, names: Iterable[str]) -> None:
    """Open what was built, the page before the PDF, in the program this computer has for it."""
    written = list(names)
    first = next((name for name in ("report.html", "report.pdf", "findings.html") if name in written), written[0])
    click.launch(str((folder / first).resolve()))
