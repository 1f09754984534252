"""How one report looks: its style sheet with theme, page and brand in it, its colours, its pictures; no text of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from esgreport.errors import DefinitionError, RenderError
from esgreport.render.lettering import INTER, Lettering
from esgreport.render.pages import style_sheet
from esgreport.render.palette import completed, passing, too_weak
from esgreport.render.pictures import Picture, picture
from esgreport.render.tokens import Tokens, tokens_of
from esgreport.render.typefaces import Use, lettering_of, typeface

if TYPE_CHECKING:
    from esgreport.definitions.brand import BrandKit

SHEETS = ("report.css", "matter.css", "chapters.css", "customers.css")
_REACHES_OUT = re.compile(r"</|@import[^;]*|url\(\s*['\"]?(?!data:|#)[^)]*\)?", re.IGNORECASE)
_STYLES = {"plain": (), "editorial": ("editorial.css",)}
_PAGES = {"a4": (), "letter": ("letter.css",)}


@dataclass(frozen=True, slots=True)
class Design:
    """A report's looks: style sheet, colours for drawings, and what a brand adds to the page."""

    style: str
    tokens: Tokens
    name: str = ""
    footer: str = ""
    logo: Picture | None = None
    lettering: Lettering = INTER
    """The typefaces of drawings, and how wide their letters are."""
    photo: bool = False
    templates: Path | None = None
    """A folder whose templates come before ours."""
    theme: str = "plain"
    page: str = "a4"
    digests: tuple[tuple[str, str], ...] = ()
    """The files of the brand and the templates it was made of, each with its SHA-256."""
    remarks: tuple[str, ...] = ()
    """What whoever chose the brand should know: letters its typefaces lack."""


@cache
def plain_design(theme: str = "plain", page: str = "a4") -> Design:
    """The design without a brand, of a theme and for a page."""
    sheets = (*SHEETS, *_STYLES[theme], *_PAGES[page])
    style = style_sheet(*sheets)
    return Design(style, tokens_of(style, f"templates/{sheets[-1]}"), theme=theme, page=page)


def branded_design(kit: BrandKit, theme: str = "", page: str = "") -> Design:
    """The design of a brand, its theme and page being those asked for, else its own.

    Errors: DefinitionError for a colour that cannot be read where it is used, a picture or typeface that is unfit.
    """
    brand = kit.brand
    base = plain_design(theme or brand.theme, page or brand.page)
    day, night = ({str(name): colour for name, colour in each.items()} for each in (brand.colours, brand.dark))
    colours = completed(day, night, base.tokens)
    _hold_to_contrast(kit, colours)
    faces = [(use, typeface(kit.files[f"fonts.{use}"], use)) for use in get_args(Use) if f"fonts.{use}" in kit.files]
    logo, photo = (picture(kit.files[key]) if key in kit.files else None for key in ("logo", "cover-image"))
    added = [
        *(face.rule for _, face in faces),
        *_families({use for use, _ in faces}),
        *_colours(colours, base.tokens),
        *([f".photo{{background-image:url({photo.address})}}"] if photo else []),
    ]
    return replace(
        base,
        style="\n".join([base.style, *added]),
        tokens=colours,
        name=brand.name,
        footer=brand.footer,
        logo=logo,
        photo=photo is not None,
        lettering=lettering_of(dict(faces)),
        digests=_digests(
            [(Path(kit.file).name, kit.text.encode()), *((f.name, f.content) for f in kit.files.values())]
        ),
        remarks=tuple(_remark(kit, use, face.lacking) for use, face in faces if face.lacking),
    )


def restyled(design: Design, templates: Path) -> Design:
    """The design with a user's folder of templates before ours, and its `style.css`, if there is one, after ours.

    Errors: RenderError, with file and line, for a folder that is none and a style sheet that reaches outside itself.
    """
    if not templates.is_dir():
        raise RenderError(
            f"{templates} is no folder of templates. Name a folder with report.html.j2 or style.css in it."
        )
    ours = ((file.relative_to(templates).as_posix(), file) for file in sorted(templates.rglob("*.*")))
    parts = [(name, file.read_bytes()) for name, file in ours if file.suffix in (".j2", ".css") and file.is_file()]
    design = replace(design, digests=(*design.digests, *_digests(parts)))
    sheet = templates / "style.css"
    if not sheet.is_file():
        return replace(design, templates=templates)
    try:
        style = sheet.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError(f"{sheet} cannot be read ({error}).") from None
    for found in _REACHES_OUT.finditer(style):
        line = style.count("\n", 0, found.start()) + 1
        raise RenderError(
            f"{sheet}:{line}: {found.group().strip()} is not taken: a report asks for nothing outside itself."
        )
    return replace(design, templates=templates, style=f"{design.style}\n{style.strip()}")


def _digests(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, hashlib.sha256(content).hexdigest()) for name, content in files)


def _remark(kit: BrandKit, use: Use, lacking: str) -> str:
    sample = " ".join(lacking[:12]) + (" …" if len(lacking) > 12 else "")
    file = kit.files[f"fonts.{use}"]
    return f"{file.place}: {file.name} lacks {len(lacking)} letters of Europe's languages ({sample}): Inter has them."


def _families(uses: Iterable[str]) -> Iterator[str]:
    uses = set(uses)
    if uses & {"text", "bold"}:
        yield ':root{--text:"Brand","Inter",sans-serif}'
    if "display" in uses:
        yield ':root{--display:"Brand Display","Brand","Inter Display","Inter",sans-serif}'
    elif uses:
        yield ':root{--display:"Brand","Inter Display","Inter",sans-serif}'


def _colours(colours: Tokens, base: Tokens) -> Iterator[str]:
    """The colours that differ from the base's, for paper, and for screens in both modes."""
    changed = [
        name
        for name in colours.light
        if colours.light[name] != base.light.get(name) or colours.dark[name] != base.dark.get(name)
    ]
    if not changed:
        return
    day = "".join(f"--{name}:{colours.light[name]};" for name in changed)
    both = "".join(f"--{name}:light-dark({colours.light[name]},{colours.dark[name]});" for name in changed)
    yield f":root{{{day}}}"
    yield f"@media screen{{@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}}}"


def _hold_to_contrast(kit: BrandKit, colours: Tokens) -> None:
    """Refuse a pair too weak to be read, with the nearest colour that can be."""
    for pair, front, back, found in too_weak(colours):
        table: Literal["colours", "dark"] = "dark" if pair.mode == "dark" and kit.brand.dark else "colours"
        own = kit.brand.dark if table == "dark" else kit.brand.colours
        changed = next((name for name in (pair.front, pair.back, _root(pair.back), "main") if name in own), pair.front)
        mends_back = changed in (pair.back, _root(pair.back)) and changed != pair.front
        nearest = passing(back, front, pair.needed) if mends_back else passing(front, back, pair.needed)
        raise DefinitionError(
            f"{kit.place(table, changed)}: {pair.front} {front} on {pair.back} {back} ({pair.mode}) has a contrast of "
            f"{found:.2f}, and needs {pair.needed:g} to be readable (WCAG 2.2 AA). "
            f"The nearest {pair.back if mends_back else pair.front} that has it is {nearest}."
            + (" A bright colour can be the cover's alone: give it to `cover`." if changed == "main" else "")
        )


def _root(name: str) -> str:
    return name.removesuffix("-mid").removesuffix("-soft")
