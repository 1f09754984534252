"""Typefaces of a brand made fit to be inside a report: may they be, and which letters of Europe they lack."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Literal

from esgreport.errors import DefinitionError
from esgreport.render.lettering import Lettering

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from esgreport.definitions.brand import BrandFile

LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?%&()/+-–—‘’“”„«»…€§"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇň"
    "ŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽžȘșȚț₂³²"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΆΈΉΊΌΎΏ"
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюя"
)
"""Letters of the Union's languages, and the signs a report cannot do without."""
_FORMATS = {b"wOF2": "woff2", b"\x00\x01\x00\x00": "truetype", b"true": "truetype", b"OTTO": "opentype"}
_RESTRICTED, _NOT_SUBSET, _BITMAPS = 0x0002, 0x0100, 0x0200

_LAST_MEASURED = 0x2400
_MADE_BOLD = 1.08
"""By how much letters get wider that a program thickens for want of a bold typeface."""

Use = Literal["text", "bold", "display"]


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface as a rule of a style sheet, and the letters it lacks, which Inter stands in for."""

    rule: str
    lacking: str
    widths: Mapping[str, float] = field(default_factory=dict)
    """How wide its letters are, in hundredths of an em."""


def typeface(file: BrandFile, use: Use) -> Typeface:
    """A woff2, ttf or otf file as the brand's typeface for a use.

    Errors: DefinitionError when it is none, when its licence bits forbid that it is handed on inside a document, or
    when it has not even the letters of English.
    """
    form = _FORMATS.get(file.content[:4])
    if form is None:
        raise DefinitionError(f"{file.place}: {file.name} is no typeface that can be taken. woff2, ttf and otf can.")
    font = _opened(file)
    allowed = int(font["OS/2"].fsType)
    if allowed & (_RESTRICTED | _NOT_SUBSET | _BITMAPS):
        raise DefinitionError(
            f"{file.place}: {file.name} does not allow that it is embedded in documents (fsType {allowed}). "
            "Ask its maker for a licence that does, or name another typeface."
        )
    known = font.getBestCmap()
    lacking = "".join(dict.fromkeys(letter for letter in LETTERS if ord(letter) not in known))
    if any(letter in lacking for letter in LETTERS[:62]):
        raise DefinitionError(f"{file.place}: {file.name} lacks letters of the Latin alphabet. Name another typeface.")
    return Typeface(_rule(file.content, form, use), lacking, _widths(font, known))


def _widths(font: TTFont, known: Mapping[int, str]) -> Mapping[str, float]:
    """The advance widths of all letters up to those of general punctuation, currencies and arrows."""
    em, widths = int(font["head"].unitsPerEm), font["hmtx"]
    return {chr(code): ceil(widths[name][0] * 100 / em) for code, name in known.items() if code < _LAST_MEASURED}


def lettering_of(faces: Mapping[Use, Typeface]) -> Lettering:
    """How drawings are lettered with a brand's typefaces; where one of two weights is missing, the other is taken."""
    text, bold = faces.get("text"), faces.get("bold")
    if text is None and bold is None:
        return Lettering()
    regular = (text or bold or _NONE).widths
    semibold = bold.widths if bold else {letter: wide * _MADE_BOLD for letter, wide in regular.items()}
    return Lettering("Brand, Inter", regular, semibold)


_NONE = Typeface("", "")


def _opened(file: BrandFile) -> TTFont:
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(file.content), lazy=True)
        font.getBestCmap()
        font["OS/2"].fsType  # noqa: B018
    except Exception as error:  # a typeface is a program of tables: a broken one fails in any of them, in its own way
        raise DefinitionError(f"{file.place}: {file.name} is broken ({error}).") from None
    return font


def _rule(content: bytes, form: str, use: Use) -> str:
    family = "Brand Display" if use == "display" else "Brand"
    weight = {"text": 400, "bold": 600, "display": 500}[use]
    address = f"data:font/{'woff2' if form == 'woff2' else 'ttf'};base64,{base64.b64encode(content).decode('ascii')}"
    return f'@font-face{{font-family:"{family}";font-weight:{weight};src:url({address}) format("{form}")}}'
