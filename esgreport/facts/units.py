"""Which unit a number is in: the workbook's unit cell, the currency, the concept's own unit; it converts nothing."""

from __future__ import annotations

import re

from esgreport.definitions import Concept, Definitions
from esgreport.definitions.codes import normalised


def own_unit(concept: Concept, currency: str, definitions: Definitions) -> str | None:
    """The unit of a concept where the workbook has no cell for it; None when it needs a currency and there is none."""
    if concept.type == "monetary":
        return f"iso4217:{currency}" if currency else None
    if concept.type == "ghg_emissions_per_monetary":
        return f"utr:tCO2e/iso4217:{currency}" if currency else None
    return concept.unit or definitions.default_units[concept.type]


def has_unit_cell(concept: Concept) -> bool:
    """Whether a unit cell of the workbook may speak for the concept: money and rates have theirs by definition."""
    return concept.type not in ("monetary", "ghg_emissions_per_monetary", "number", "percent")


def written_units(text: str, definitions: Definitions) -> frozenset[str]:
    """The units a text names, whole or in brackets: `kilograms (kg)`, `kg`, `utr:kg`, `hectares (ha)`, `m²`."""
    candidates = [text, *re.findall(r"\(([^)]*)\)", text)]
    return frozenset(unit for candidate in candidates if (unit := _unit(candidate, definitions)))


def fitting_unit(found: frozenset[str], concept: Concept, definitions: Definitions) -> str | None:
    """The one of the units that measures what the concept is; None for none or several."""
    fitting = [unit for unit in found if definitions.units[unit].measures == concept.type]
    return fitting[0] if len(fitting) == 1 else None


def _unit(text: str, definitions: Definitions) -> str | None:
    return definitions.unit_spellings.get(normalised(text).replace("²", "2").replace("³", "3"))
