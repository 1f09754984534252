"""A brand's few colours made into a palette, and every pair that is used held to WCAG 2.2 AA; it draws nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from esgreport.render.tokens import CONTRAST_OF_SHAPES, CONTRAST_OF_TEXT, Tokens, contrast, mixed, readable_on

SECTIONS = ("general", "environment", "social", "governance", "customers", "frame")
PARTS = ("part-3", "part-4", "part-5", "part-6")
_BLACK, _WHITE = "#000000", "#FFFFFF"
_STEP = 0.01
_OF_TEXT_AT_NIGHT = 7.0
"""A colour derived for dark screens is lighter than it must be: small letters on black glare less so."""
_OF_MIDS = 3.2
"""Enough to see the shape, and little enough that ink on it can be read."""
_OF_MIDS_AT_NIGHT = 4.6
"""There the letters on it are those of the page."""
_STAMP = "#FF8A80"


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on another in one of the modes, and the contrast it needs there."""

    front: str
    back: str
    needed: float
    mode: Literal["light", "dark"] = "light"


def passing(colour: str, against: str, needed: float, towards: str = "") -> str:
    """The nearest colour, mixed with black or white (or towards another), with the contrast that is needed."""
    end = towards or readable_on(against, _BLACK, _WHITE)
    steps = (mixed(end, colour, min(n * _STEP, 1.0)) for n in range(int(1 / _STEP) + 1))
    return next((each for each in steps if contrast(each, against) >= needed), end)


def completed(light: Mapping[str, str], dark: Mapping[str, str], base: Tokens) -> Tokens:
    """The palette of a brand: its own colours, those that follow from them, and for the rest the base's.

    `main` stands for cover and frame where these are not named.
    """
    if not light and not dark:
        return base
    own = dict(light)
    main = own.pop("main", "")
    if main:
        own = {"frame": main, "cover": main, **own}
    night = {**dark}
    night_main = night.pop("main", "")
    if night_main:
        night = {"frame": night_main, **night}
    day = {**base.light, **own, **_cover(own, base), **_softened(own, base.light["paper"], _OF_MIDS)}
    paper = night.get("paper", base.dark["paper"])
    derived = {name: passing(own[name], paper, _OF_TEXT_AT_NIGHT) for name in (*SECTIONS, *PARTS) if name in own}
    known = {**derived, **night}
    after = {**base.dark, **_fixed(day), **known, **_softened(known, paper, _OF_MIDS_AT_NIGHT)}
    return Tokens({**day, **_letters(day)}, {**after, **_letters(after)})


def _cover(own: Mapping[str, str], base: Tokens) -> dict[str, str]:
    """What stands on a cover of a colour of one's own."""
    if not {"cover", "cover-ink"} & set(own):
        return {}
    cover = own.get("cover", base.light["cover"])
    letters = own.get("cover-ink") or readable_on(cover, base.light["ink"], _WHITE)
    quiet = own.get("cover-ink-2") or passing(mixed(letters, cover, 0.72), cover, CONTRAST_OF_TEXT, letters)
    return {"cover-ink": letters, "cover-ink-2": quiet, "stamp": passing(_STAMP, cover, CONTRAST_OF_TEXT, letters)}


def _softened(known: Mapping[str, str], paper: str, needed: float) -> dict[str, str]:
    """The middle and the soft shade of each section's colour, where they are not named themselves."""
    shades: dict[str, str] = {}
    for name in SECTIONS:
        if name in known:
            faint = mixed(known[name], paper, 0.3)
            shades[f"{name}-mid"] = known.get(f"{name}-mid") or passing(faint, paper, needed, known[name])
            shades[f"{name}-soft"] = known.get(f"{name}-soft") or mixed(known[name], paper, 0.1)
    return shades


def _fixed(day: Mapping[str, str]) -> dict[str, str]:
    """The colours that dark screens do not change."""
    return {name: day[name] for name in ("cover", "cover-ink", "cover-ink-2", "stamp")}


def _letters(colours: Mapping[str, str]) -> dict[str, str]:
    """The colour of values inside the parts of a whole; 1 and 2 hold for all sections at once."""
    ink, paper = colours["ink"], colours["paper"]
    fills = {1: colours["frame"], 2: colours["frame-mid"], **{n: colours[f"part-{n}"] for n in range(3, 7)}}
    return {f"on-{n}": readable_on(fill, ink, paper) for n, fill in fills.items()}


def pairs() -> Iterator[Pair]:
    """Every pair of tokens that templates, style sheets and charts put upon each other; letters on shapes last."""
    modes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for mode in modes:
        for name in ("ink", "ink-2", "error", "warning"):
            yield Pair(name, "paper", CONTRAST_OF_TEXT, mode)
            yield Pair(name, "panel", CONTRAST_OF_TEXT, mode)
        for name in SECTIONS:
            yield Pair(name, "paper", CONTRAST_OF_TEXT, mode)
            yield Pair(f"{name}-mid", "paper", CONTRAST_OF_SHAPES, mode)
            yield Pair("ink", f"{name}-soft", CONTRAST_OF_TEXT, mode)
        for name in PARTS:
            yield Pair(name, "paper", CONTRAST_OF_SHAPES, mode)
        yield Pair("rule-2", "paper", CONTRAST_OF_SHAPES, mode)
    for name in ("cover-ink", "cover-ink-2", "stamp"):
        yield Pair(name, "cover", CONTRAST_OF_TEXT)
    for mode in modes:
        for name in SECTIONS:
            yield Pair("on-1", name, CONTRAST_OF_TEXT, mode)
            yield Pair("on-2", f"{name}-mid", CONTRAST_OF_TEXT, mode)
        for n, name in enumerate(PARTS, start=3):
            yield Pair(f"on-{n}", name, CONTRAST_OF_TEXT, mode)


def too_weak(colours: Tokens) -> Iterator[tuple[Pair, str, str, float]]:
    """The pairs that do not reach their contrast: with both colours and the contrast they have."""
    for pair in pairs():
        of_mode = colours.light if pair.mode == "light" else colours.dark
        front, back = of_mode[pair.front], of_mode[pair.back]
        found = contrast(front, back)
        if found < pair.needed:
            yield pair, front, back, found


def on_cover(colours: Tokens, name: str) -> str:
    """The colour of a section as a column on the cover, in which letters of the cover's colour can be read."""
    cover = colours.light["cover"]
    own = colours.light if contrast(_WHITE, cover) < contrast(_BLACK, cover) else colours.dark
    return passing(own[name], cover, CONTRAST_OF_TEXT, colours.light["cover-ink"])
