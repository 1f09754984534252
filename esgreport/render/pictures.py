"""Pictures of a brand made fit to be inside a report: looked at, freed of what tells of their maker, never run."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from esgreport.errors import DefinitionError
from esgreport.render.drawings import cleaned_svg

if TYPE_CHECKING:
    from esgreport.definitions.brand import BrandFile

_MOST_PIXELS = 40_000_000
_WIDEST = 2400
"""Enough for a sheet of paper at 290 dots an inch."""
_KINDS = {"PNG": "png", "JPEG": "jpeg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as an address that holds it whole, and how much wider than high it is."""

    address: str
    ratio: float


def picture(file: BrandFile) -> Picture:
    """A PNG, JPEG or SVG as it may stand in a report: in sRGB, upright, without place, camera or author.

    Errors: DefinitionError for anything else, for one too large to be opened safely, and for SVG that asks for more
    than to be drawn.
    """
    start = file.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        drawing, ratio = cleaned_svg(file.content, file.place, file.name)
        return Picture(_address("svg+xml", drawing), ratio)
    return _raster(file)


def _raster(file: BrandFile) -> Picture:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(file.content), formats=tuple(_KINDS)) as opened:
            wide, high = opened.size
            if wide * high > _MOST_PIXELS:
                raise DefinitionError(f"{file.place}: {file.name} has {wide} × {high} pixels. Make it smaller.")
            form = str(opened.format)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_WIDEST, _WIDEST))
            content = _saved(upright, form)
            return Picture(_address(_KINDS[form], content), upright.width / max(upright.height, 1))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        message = f"{file.place}: {file.name} is no picture that can be read. PNG, JPEG and SVG can."
        raise DefinitionError(message) from None


def _saved(image: object, form: str) -> bytes:
    """The picture anew: pixels only, so that nothing else it carried is handed on."""
    from PIL import Image

    assert isinstance(image, Image.Image)
    clear = form == "PNG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
    plain = image.convert("RGBA" if clear else "RGB")
    fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = BytesIO()
    if form == "JPEG":
        fresh.save(out, "JPEG", quality=88, optimize=True)
    else:
        fresh.save(out, "PNG", optimize=True)
    return out.getvalue()


def _address(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"
