"""The workbook's own sheet of translations, from any of its languages back to English; read when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from esgreport.definitions.codes import normalised
from esgreport.facts.names import Bindings
from esgreport.model import CellError, Workbook


class Translations:
    """English wordings of the texts a template translates; its range `template_translations` heads one column each."""

    def __init__(self, workbook: Workbook, bindings: Bindings) -> None:
        self._workbook = workbook
        self._heads = bindings.service.get("template_translations")

    def english(self, text: str) -> str | None:
        """The English wording of a text in another language; None where the workbook has none."""
        return self._english.get(normalised(text))

    @cached_property
    def _english(self) -> Mapping[str, str]:
        if self._heads is None:
            return {}
        texts = {
            place: cell.value
            for place, cell in self._workbook.sheets[self._heads.sheet].cells.items()
            if isinstance(cell.value, str) and not isinstance(cell.value, CellError)
        }
        found: dict[str, str] = {}
        for (row, column), text in texts.items():
            english = texts.get((row, self._heads.left))
            if english and self._heads.left < column <= self._heads.right:
                found.setdefault(normalised(text), english)
        return found
