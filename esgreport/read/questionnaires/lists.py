"""What a drop-down offers: listed in the rule itself, in cells of any sheet, under a name; nothing is computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from esgreport.model import Area, DefinedName, Sheet
from esgreport.read.questionnaires.parts import Rule
from esgreport.read.questionnaires.shown import shown_text
from esgreport.read.references import area_on, named_area

MOST_OFFERED = 500
LARGEST_LIST = 20_000
"""Cells a list may lie in and still be one."""


class Offers:
    """Resolves the lists of one workbook. Errors, when a sheet is first looked at: WorkbookError."""

    def __init__(self, names: tuple[DefinedName, ...], sheets: Mapping[str, Sheet]) -> None:
        self._names = {name.name.casefold(): name for name in names}
        self._sheets = sheets
        self._known = {name.casefold(): name for name in sheets}

    def of(self, rule: Rule, sheet: str) -> tuple[str, ...]:
        """The texts a rule of kind `list` offers on a sheet; none where they cannot be told without computing."""
        formula = rule.first.removeprefix("=").strip()
        if formula.startswith('"') and formula.endswith('"'):
            listed = formula[1:-1].replace('""', '"')
            return tuple(text.strip() for text in re.split(r"[,;]", listed) if text.strip())
        area = self._area(formula, sheet)
        return self._texts(area) if area else ()

    def named(self, name: str) -> tuple[str, ...]:
        """The texts in the cells a name stands for; none for an unknown name."""
        known = self._names.get(name.strip().casefold())
        area = named_area(known.refers_to.removeprefix("=").strip()) if known else None
        return self._texts(area) if area else ()

    def source(self, rule: Rule, sheet: str) -> str:
        """The sheet a list's entries stand on; empty where they stand on none."""
        area = self._area(rule.first.removeprefix("=").strip(), sheet) if rule.kind == "list" else None
        return self._known.get(area.sheet.casefold(), "") if area else ""

    def _area(self, formula: str, sheet: str) -> Area | None:
        if name := self._names.get(formula.rpartition("!")[2].casefold()):
            formula = name.refers_to.removeprefix("=").strip()
        return named_area(formula) or area_on(sheet, formula) or self._whole_column(formula)

    def _whole_column(self, formula: str) -> Area | None:
        whole = re.fullmatch(r"(.*!)\$?([A-Z]{1,3}):\$?([A-Z]{1,3})", formula)
        return named_area(f"{whole[1]}${whole[2]}$1:${whole[3]}$2000") if whole else None

    def _texts(self, area: Area) -> tuple[str, ...]:
        name = self._known.get(area.sheet.casefold())
        if name is None:
            return ()
        cells = self._sheets[name].cells
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size > LARGEST_LIST:
            return ()
        places = (
            (row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)
        )
        texts = (shown_text(cells[place].value) for place in places if place in cells)
        return tuple(islice((text for text in texts if text), MOST_OFFERED))
