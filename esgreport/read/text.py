"""Text as workbooks store it, to text as a reader means it; it changes nothing a person typed."""

from __future__ import annotations

import re


def unescaped(text: str) -> str:
    """Text with its `_x000D_`-style escapes decoded, then made printable."""
    if "_x" not in text:
        return text
    return printable(re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text))


def printable(text: str) -> str:
    """Text that can be put into XML, HTML and UTF-8.

    Line breaks of any kind become `\\n`, control characters, which Excel does not show either, are left out (the
    official template 1.0.0 has some), halves of a character become the replacement character.
    """
    text = re.sub(r"([\ud800-\udbff])([\udc00-\udfff])", _joined, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    text = re.sub(r"[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return re.sub(r"[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def _joined(pair: re.Match[str]) -> str:
    return (pair[1] + pair[2]).encode("utf-16", "surrogatepass").decode("utf-16")
