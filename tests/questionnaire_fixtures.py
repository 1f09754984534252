"""Layouts of questionnaires, in our own words, with what a reader must make of them, by the name of their file.

`wild`: twenty that were met in the wild. `further`: others, written before the reader was tried on them. `unseen`:
more of those, of other makings. How a layout is written stands in `questionnaire_books`.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "questionnaires"


def layouts(name: str) -> dict[str, str]:
    """The layouts of a file by their titles."""
    parts = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("=== ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2].rstrip("\n") for part in parts}


ALL = {title: text for path in sorted(FOLDER.glob("*.txt")) for title, text in layouts(path.stem).items()}
