"""Texts as a person reads them and as they are compared; it knows no word of any language."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from esgreport.model import CellValue

_MOJIBAKE = re.compile(r"[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]")


def shown_text(value: CellValue) -> str:
    """What stands in a cell, in one line: numbers without needless digits, days as ISO, yes and no as Excel does."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.date().isoformat()
    return " ".join(str(value).replace("\u00a0", " ").replace("\u200b", "").split())


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A text for comparing: small letters without accents, ß as ss, everything else than letters and digits a blank."""
    folded = unicodedata.normalize("NFKD", mended(text).casefold().replace("№", "no").replace("°", " "))
    kept = "".join(sign if sign.isalnum() or sign == "#" else " " for sign in folded if not unicodedata.combining(sign))
    return " ".join(kept.split())


def mended(text: str) -> str:
    """A text whose letters were read in the wrong encoding (`MaÃŸeinheit`), mended where that works out."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
