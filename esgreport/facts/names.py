"""Which named range of a workbook answers which concept; it looks at names and places, never at values."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from esgreport.definitions import Definitions
from esgreport.model import Area, DefinedName, Sheet, Workbook

_OURS = ("template_", "enum_", "footnote_")
_FEWEST_RANGES = 3
"""Ranges that must have something in them before a sheet is taken for one that was renamed."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A range whose cells answer a concept, with the preset member (`Concept_Member`) where the name has one."""

    name: str
    concept: str
    area: Area
    preset: tuple[str, str] | None = None
    """Axis and member."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """The ranges of a workbook by what they are for."""

    values: tuple[Binding, ...]
    units: Mapping[str, Area] = field(default_factory=dict)
    axes: tuple[Binding, ...] = ()
    tables: tuple[Binding, ...] = ()
    members: Mapping[str, Area] = field(default_factory=dict)
    """Ranges named after a member alone: the cells with the base and target year."""
    service: Mapping[str, Area] = field(default_factory=dict)
    """`template_*` and `footnote_*` ranges."""
    side: Mapping[str, Area] = field(default_factory=dict)
    """Ranges named after what is asked besides the concepts."""
    lost: tuple[DefinedName, ...] = ()
    """Names of concepts and identity that point nowhere."""
    moved: tuple[tuple[str, str], ...] = ()
    """Sheets found under another name: as the ranges have it, as the workbook has it."""


def bind_names(workbook: Workbook, definitions: Definitions) -> Bindings:
    """Sort a workbook's named ranges; a sheet that was renamed is recognised when only its name differs."""
    moved = dict(_renamed_sheets(workbook, definitions))
    values: list[Binding] = []
    axes: list[Binding] = []
    tables: list[Binding] = []
    units: dict[str, Area] = {}
    members: dict[str, Area] = {}
    service: dict[str, Area] = {}
    side: dict[str, Area] = {}
    lost: list[DefinedName] = []
    for item in sorted(workbook.names, key=lambda name: name.name):
        area = _placed(item.area, workbook, moved)
        if item.name.startswith(_OURS):
            if area:
                service[item.name] = area
            continue
        role = _role(item.name, definitions)
        if role is None:
            if area and item.name in definitions.side_answers:
                side[item.name] = area
            continue
        if area is None:
            lost.append(item)
        elif role.kind == "unit":
            units[role.concept] = area
        elif role.kind == "member":
            members[role.concept] = area
        elif role.kind == "axis":
            axes.append(Binding(item.name, role.concept, area))
        elif role.kind == "table":
            tables.append(Binding(item.name, role.concept, area))
        else:
            values.append(Binding(item.name, role.concept, area, role.preset))
    return Bindings(
        tuple(values), units, tuple(axes), tuple(tables), members, service, side, tuple(lost), tuple(moved.items())
    )


@dataclass(frozen=True, slots=True)
class _Role:
    kind: str
    concept: str
    preset: tuple[str, str] | None = None


def _role(name: str, definitions: Definitions) -> _Role | None:
    """What a name stands for; None for one that is no business of ours."""
    full = definitions.names.get(name, "")
    if full in definitions.concepts:
        return _Role("value", full)
    if full in definitions.axes:
        return _Role("axis", full)
    if full in definitions.tables:
        return _Role("table", full)
    head, underscore, tail = name.partition("_")
    concept = definitions.names.get(head, "")
    if underscore and concept in definitions.concepts:
        if tail == "unit":
            return _Role("unit", concept)
        preset = _preset(concept, tail, definitions)
        return _Role("value", concept, preset) if preset else None
    return _Role("member", name) if name in _year_members(definitions) else None


def _preset(concept: str, member: str, definitions: Definitions) -> tuple[str, str] | None:
    table = definitions.tables.get(definitions.concepts[concept].table)
    for axis in table.axes if table else ():
        definition = definitions.axes[axis]
        if definition.kind == "explicit" and member in definitions.code_list(definition.members).by_member:
            return axis, member
    return None


def _year_members(definitions: Definitions) -> Iterable[str]:
    return definitions.code_list(definitions.axes["ReportingScopesAxis"].members).by_member


def _placed(area: Area | None, workbook: Workbook, moved: Mapping[str, str]) -> Area | None:
    if area is None:
        return None
    if area.sheet in moved:
        area = replace(area, sheet=moved[area.sheet])
    return area if area.sheet in workbook.sheet_names else None


def _renamed_sheets(workbook: Workbook, definitions: Definitions) -> Iterable[tuple[str, str]]:
    """Pairs of a sheet that ranges name and the workbook lacks, and the unclaimed sheet that must be it."""
    wanted = [item.area.sheet for item in workbook.names if item.area]
    missing = [sheet for sheet in dict.fromkeys(wanted) if sheet not in workbook.sheet_names]
    unclaimed = [sheet for sheet in workbook.sheet_names if sheet not in wanted]
    for sheet in missing:
        close = difflib.get_close_matches(sheet.casefold(), [name.casefold() for name in unclaimed], n=1, cutoff=0.6)
        found = next((name for name in unclaimed if close and name.casefold() == close[0]), None)
        if found is None and len(missing) == len(unclaimed) == 1:
            found = unclaimed[0]
        if found is None:
            found = _by_content([item.area for item in workbook.names if item.area], sheet, unclaimed, workbook)
        if found:
            unclaimed.remove(found)
            yield sheet, found


def _by_content(areas: Iterable[Area], sheet: str, unclaimed: Iterable[str], workbook: Workbook) -> str | None:
    """The sheet that has something in clearly more of a missing sheet's ranges than any other; None when none has."""
    wanted = [area for area in areas if area.sheet == sheet]
    scores = sorted(((_answered(wanted, workbook.sheets[name]), name) for name in unclaimed), reverse=True)
    if not scores or scores[0][0] < _FEWEST_RANGES:
        return None
    second = scores[1][0] if len(scores) > 1 else 0
    return scores[0][1] if scores[0][0] > 2 * second else None


def _answered(areas: Iterable[Area], sheet: Sheet) -> int:
    """In how many of the areas a sheet has a cell with something in it, looking at their corner."""
    return sum((area.top, area.left) in sheet.cells for area in areas)
